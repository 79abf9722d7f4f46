package docx

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duibiao/corpus"
	"duibiao/corpus/readertest"
	"duibiao/ingest/capped"
	"duibiao/ingest/docx/docxtest"
	"duibiao/ingest/layout"
)

// sheets are pictures of so many pages. A reader knows them apart by their
// widths.
func sheets(t testing.TB, n int) [][]byte {
	t.Helper()
	var files [][]byte
	for i := range n {
		var b bytes.Buffer
		if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 210+i, 297))); err != nil {
			t.Fatal(err)
		}
		files = append(files, b.Bytes())
	}
	return files
}

// reader recognises the lines of each page, and fails for a page without any.
type reader struct {
	pages [][]string
	seen  []int
}

var errBlind = errors.New("blind")

func (r *reader) read(_ context.Context, page image.Image, _ float64) ([]layout.Line, error) {
	n := page.Bounds().Dx() - 210
	r.seen = append(r.seen, n+1)
	if r.pages[n] == nil {
		return nil, errBlind
	}
	var lines []layout.Line
	for i, s := range r.pages[n] {
		left, top := 110.0, 100+28*float64(i)
		if i > 0 {
			left = 80 // the first line of a paragraph is set in
		}
		lines = append(lines, layout.Line{Text: s, By: "test 1", Confidence: 0.9,
			Box: corpus.Box{Left: left, Top: top, Right: left + 15*float64(len([]rune(s))), Bottom: top + 15}})
	}
	return lines, nil
}

func onPage(i int) docxtest.Block {
	return docxtest.Para{Runs: []docxtest.Run{docxtest.Picture(i, 15, 21)}}
}

func recognised(doc *corpus.Document) []string {
	var got []string
	for _, p := range doc.Paragraphs {
		got = append(got, fmt.Sprintf("%s %.1f %s", p.By, p.Confidence, doc.Text(p.Span)))
	}
	return got
}

func TestScans(t *testing.T) {
	one, two := []string{"本单位全年开展法治培训，共计十二期，参训人员达到三百", "余人次，"}, []string{"取得了实际的效果。"}
	caption := docxtest.P("附：年度报告扫描件")
	tests := []struct {
		name   string
		doc    docxtest.Doc
		pages  [][]string
		seen   []int
		want   []string
		warn   []string
		unread []string
	}{
		{"only pictures", docxtest.Doc{Body: []docxtest.Block{onPage(2), onPage(1)}}, [][]string{two, one}, []int{2, 1},
			[]string{"test 1 0.9 " + one[0] + one[1], "test 1 0.9 " + two[0]},
			[]string{"文件里有2页是图片，文字由OCR（test 1）识别，可能有误，请对照原件核对"}, nil},
		{"after text", docxtest.Doc{Header: "页眉", Body: []docxtest.Block{caption, onPage(1), docxtest.P("完")}}, [][]string{two}, []int{1},
			[]string{" 0.0 附：年度报告扫描件", "test 1 0.9 " + two[0], " 0.0 完", " 0.0 页眉"},
			[]string{"文件里有1页是图片，文字由OCR（test 1）识别，可能有误，请对照原件核对"}, nil},
		{"one of them in vain", docxtest.Doc{Body: []docxtest.Block{onPage(1), onPage(2), onPage(3)}}, [][]string{two, nil, {}}, []int{1, 2, 3},
			[]string{"test 1 0.9 " + two[0]},
			[]string{"文件里有1页是图片，文字由OCR（test 1）识别，可能有误，请对照原件核对"},
			[]string{"需OCR：文件里有2处没有识别成功的整页图片，其中的文字没有读取（在“取得了实际的效果。”之后）。"}},
		{"smaller pictures beside text", docxtest.Doc{Body: []docxtest.Block{caption, docxtest.Para{Runs: []docxtest.Run{docxtest.Picture(1, 12, 16)}}}}, [][]string{two}, nil,
			[]string{" 0.0 附：年度报告扫描件"}, []string{"文件里有1处较大的图片，其中的文字没有读取（在“附：年度报告扫描件”之后）。"}, nil},
		{"smaller pictures without any", docxtest.Doc{Body: []docxtest.Block{docxtest.Para{Runs: []docxtest.Run{docxtest.Picture(1, 12, 16)}}}}, [][]string{two}, []int{1},
			[]string{"test 1 0.9 " + two[0]}, []string{"文件里有1页是图片，文字由OCR（test 1）识别，可能有误，请对照原件核对"}, nil},
		{"a picture in a cell", docxtest.Doc{Body: []docxtest.Block{caption, docxtest.Table{Rows: [][]docxtest.Cell{{{Text: "序号"}, {Text: "扫描件", Inner: []docxtest.Block{onPage(1)}}}}}}}, [][]string{two}, []int{1},
			[]string{" 0.0 附：年度报告扫描件", " 0.0 序号\t扫描件", "test 1 0.9 " + two[0]},
			[]string{"文件里有1页是图片，文字由OCR（test 1）识别，可能有误，请对照原件核对"}, nil},
		{"as WPS once drew pictures", docxtest.Doc{Body: []docxtest.Block{caption, docxtest.Raw(`<w:p><w:r><w:pict><v:shape id="1" style="width:420.5pt;height:594pt"><v:imagedata r:id="picture1" o:title=""/></v:shape></w:pict></w:r></w:p>`)}}, [][]string{two}, []int{1},
			[]string{" 0.0 附：年度报告扫描件", "test 1 0.9 " + two[0]},
			[]string{"文件里有1页是图片，文字由OCR（test 1）识别，可能有误，请对照原件核对"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.doc.Pictures = sheets(t, len(tt.pages))
			r := &reader{pages: tt.pages}
			doc, err := Read(t.Context(), write(t, docxtest.Build(tt.doc)), Limits{}, r.read)
			if err != nil {
				t.Fatal(err)
			}
			readertest.Check(t, doc)
			if diff := cmp.Diff(tt.want, recognised(doc)); diff != "" {
				t.Errorf("paragraphs (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.seen, r.seen); diff != "" {
				t.Errorf("pictures (-want +got):\n%s", diff)
			}
			for _, list := range []struct {
				want []string
				got  []corpus.Warning
			}{{tt.warn, doc.Warnings}, {tt.unread, doc.Unread}} {
				var got []string
				for _, w := range list.got {
					got = append(got, w.Message)
				}
				if diff := cmp.Diff(list.want, got); diff != "" {
					t.Errorf("told (-want +got):\n%s", diff)
				}
			}
			if doc.Pages != 0 || doc.Paragraphs[len(doc.Paragraphs)-1].Box != (corpus.Box{}) {
				t.Errorf("it has %d pages, and places on them", doc.Pages)
			}
		})
	}
}

func TestScansErrors(t *testing.T) {
	page := []string{"取得了实际的效果。"}
	whole := docxtest.Doc{Body: []docxtest.Block{onPage(1), onPage(2)}, Pictures: sheets(t, 2)}
	lost := whole
	lost.NoRels = true
	broken := whole
	broken.Pictures = [][]byte{[]byte("no picture"), []byte("\x89PNG\r\n\x1a\n")}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	tests := []struct {
		name  string
		ctx   context.Context
		doc   docxtest.Doc
		pages [][]string
		most  int
		want  []error
	}{
		{"no recogniser", t.Context(), whole, nil, 0, []error{corpus.ErrNoText}},
		{"all in vain", t.Context(), whole, [][]string{nil, nil}, 0, []error{corpus.ErrNoText, errBlind}},
		{"nothing on them", t.Context(), whole, [][]string{{}, {}}, 0, []error{corpus.ErrNoText}},
		{"parts not found", t.Context(), lost, [][]string{page, page}, 0, []error{corpus.ErrNoText, corpus.ErrBroken}},
		{"broken pictures", t.Context(), broken, [][]string{page, page}, 0, []error{corpus.ErrNoText, corpus.ErrBroken, corpus.ErrUnsupported}},
		{"too many", t.Context(), whole, [][]string{page, page}, 1, []error{corpus.ErrTooLarge}},
		{"end of ctx", ended, whole, [][]string{page, page}, 0, []error{corpus.ErrTimeout}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var recognise func(context.Context, image.Image, float64) ([]layout.Line, error)
			if tt.pages != nil {
				recognise = (&reader{pages: tt.pages}).read
			}
			doc, err := Read(tt.ctx, write(t, docxtest.Build(tt.doc)), Limits{Pages: tt.most}, recognise)
			for _, want := range tt.want {
				if doc != nil || !errors.Is(err, want) {
					t.Errorf("Read = %v, %v, want %v", doc, err, want)
				}
			}
		})
	}
}

// A picture over a limit is told, and the text beside it is read.
func TestScanOverALimit(t *testing.T) {
	noise := image.NewGray(image.Rect(0, 0, 210, 297))
	x := uint32(1)
	for i := range noise.Pix {
		x = x*1664525 + 1013904223
		noise.Pix[i] = byte(x >> 24)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, noise); err != nil {
		t.Fatal(err)
	}
	doc, err := Read(t.Context(), write(t, docxtest.Build(docxtest.Doc{Body: []docxtest.Block{docxtest.P("正文"), onPage(1)}, Pictures: [][]byte{b.Bytes()}})),
		Limits{Parts: capped.Parts{PartBytes: 40_000}}, (&reader{pages: [][]string{{"有字"}}}).read)
	if err != nil {
		t.Fatal(err)
	}
	if len(doc.Unread) != 1 || !strings.Contains(doc.Unread[0].Message, inVain) || doc.String() != "正文\n" {
		t.Errorf("text %q, unread %v", doc, doc.Unread)
	}
}
