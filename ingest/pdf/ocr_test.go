package pdf

import (
	"context"
	"errors"
	"fmt"
	"image"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duibiao/corpus"
	"duibiao/corpus/readertest"
	"duibiao/ingest/layout"
	"duibiao/ingest/pdf/pdftest"
)

// recogniser reads the same lines from every picture and notes what it was
// given.
type recogniser struct {
	lines []layout.Line
	err   error
	seen  []string
}

func (r *recogniser) read(_ context.Context, page image.Image, dpi float64) ([]layout.Line, error) {
	r.seen = append(r.seen, fmt.Sprintf("%v at %.0f", page.Bounds().Size(), dpi))
	return r.lines, r.err
}

func readScan(t *testing.T, file []byte, rec *recogniser) (*corpus.Document, error) {
	t.Helper()
	r, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	r.limit.Recognise = rec.read
	defer func() { r.limit.Recognise = nil }()
	return r.Read(t.Context(), save(t, file))
}

func recognised(texts ...string) []layout.Line {
	var out []layout.Line
	for i, s := range texts {
		y := 50 + 20*float64(i)
		out = append(out, layout.Line{Text: s, By: "test 1", Confidence: 0.9,
			Box: corpus.Box{Left: 20, Top: y, Right: 20 + 14*pdftest.Ems(s), Bottom: y + 14}})
	}
	return out
}

func TestRecognise(t *testing.T) {
	doc, err := readScan(t, scanPageFixture().file, &recogniser{lines: recognised("扫描页上共有一段。")})
	if err != nil {
		t.Fatal(err)
	}
	readertest.Check(t, doc)
	want := body(1, lawful)
	want = append(want, body(2, "扫描页上共有一段。")...)
	if diff := cmp.Diff(want, got(doc), cmp.AllowUnexported(paragraphWant{})); diff != "" {
		t.Errorf("paragraphs (-want +got):\n%s", diff)
	}
	if doc.Partial() || doc.Paragraphs[0].OCR() || !doc.Paragraphs[1].OCR() {
		t.Errorf("unread %v, paragraphs %+v", doc.Unread, doc.Paragraphs)
	}
}

func TestRecogniseIsAskedForWhatIsNotText(t *testing.T) {
	strange := &pdftest.File{}
	strange.Add().Text(pdftest.Strange, 14, 72, 100, lawful)
	wide := &pdftest.File{}
	p := wide.Add()
	p.Width, p.Height = 4*pdftest.Width, 4*pdftest.Height
	p.Outlines(14, 72, 100, 120)
	tests := []struct {
		name string
		file []byte
		want []string
	}{
		{"text", paperFixture().file, nil},
		{"scan", scanPageFixture().file, []string{"(1250,833) at 300"}},
		{"outlines", outlinedFixture().file, []string{"(2480,3507) at 300"}},
		{"garbled, but the font is not in the file", strange.Bytes(), nil},
		{"a huge page", wide.Bytes(), []string{"(2522,3567) at 76"}},
		{"blank", blankFile(), nil},
	}
	for _, tt := range tests {
		rec := &recogniser{}
		readScan(t, tt.file, rec)
		if diff := cmp.Diff(tt.want, rec.seen); diff != "" {
			t.Errorf("%s: pictures (-want +got):\n%s", tt.name, diff)
		}
	}
}

func blankFile() []byte {
	f := &pdftest.File{}
	f.Add()
	return f.Bytes()
}

func TestRecogniseInVain(t *testing.T) {
	tests := []struct {
		rec  *recogniser
		want string
	}{
		{&recogniser{}, "第2页没有文字层，需OCR（没有识别出文字）"},
		{&recogniser{err: errors.New("no model")}, "第2页没有文字层，需OCR（识别没有成功）"},
	}
	for _, tt := range tests {
		doc, err := readScan(t, scanPageFixture().file, tt.rec)
		if err != nil {
			t.Fatal(err)
		}
		if len(doc.Unread) != 1 || doc.Unread[0].Message != tt.want {
			t.Errorf("Unread = %v, want %s", doc.Unread, tt.want)
		}
	}
}

func TestRecogniseStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	r, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	r.limit.Recognise = func(context.Context, image.Image, float64) ([]layout.Line, error) {
		cancel()
		return nil, ctx.Err()
	}
	defer func() { r.limit.Recognise = nil }()
	if _, err := r.Read(ctx, save(t, scanPageFixture().file)); !errors.Is(err, corpus.ErrTimeout) {
		t.Errorf("Read() = %v, want %v", err, corpus.ErrTimeout)
	}
}

func TestErrorNamesThePages(t *testing.T) {
	f := &pdftest.File{}
	for range 3 {
		f.Add().Picture(0, 0, pdftest.Width, pdftest.Height)
	}
	if _, err := readFile(t, f.Bytes()); err == nil || !strings.HasPrefix(err.Error(), "第1—3页没有文字层") {
		t.Errorf("Read() = %v, want the pages named", err)
	}
}

func TestRender(t *testing.T) {
	f := &pdftest.File{}
	p := f.Add()
	p.Width, p.Height = 200, 100
	p.Picture(0, 0, 100, 100)
	q := f.Add()
	q.Width, q.Height, q.Rotate = 200, 100, 90
	path := save(t, f.Bytes())
	r, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	for page, want := range map[int]image.Point{1: {400, 200}, 2: {200, 400}} {
		picture, err := r.Render(t.Context(), path, page, 144)
		if err != nil {
			t.Fatal(err)
		}
		if got := picture.Bounds().Size(); got != want {
			t.Errorf("page %d is drawn as %v, want %v", page, got, want)
		}
	}
	picture, err := r.Render(t.Context(), path, 1, 72)
	if err != nil {
		t.Fatal(err)
	}
	left, _, _, _ := picture.At(50, 50).RGBA()
	right, _, _, _ := picture.At(150, 50).RGBA()
	if left>>8 == 0xFF || right>>8 != 0xFF {
		t.Errorf("the picture is drawn as %x, the paper beside it as %x", left>>8, right>>8)
	}
	for _, page := range []int{0, 3} {
		if _, err := r.Render(t.Context(), path, page, 72); !errors.Is(err, corpus.ErrNoPages) {
			t.Errorf("Render() of page %d = %v, want %v", page, err, corpus.ErrNoPages)
		}
	}
}

// TestBoxes: a box is where the paragraph is seen, also on a sheet on its side.
func TestBoxes(t *testing.T) {
	turned := &pdftest.File{}
	p := turned.Add()
	p.Rotate = 90
	p.Turned(pdftest.Song, 14, 100, 760, 90, "云溪县司法局")
	tests := []struct {
		name string
		file []byte
		want []corpus.Box
	}{
		{"two pages", marginsFixture().file, []corpus.Box{
			{Left: 230, Top: 32, Right: 347, Bottom: 41}, {Left: 74, Top: 86, Right: 522, Bottom: 186}, {Left: 270, Top: 802, Right: 320, Bottom: 811}}},
		{"turned", turned.Bytes(), []corpus.Box{{Left: 82, Top: 86, Right: 166, Bottom: 102}}},
		{"row", pairsFixture().file, []corpus.Box{{}, {Left: 90, Top: 110, Right: 336, Bottom: 121}}},
	}
	for _, tt := range tests {
		doc, err := readFile(t, tt.file)
		if err != nil {
			t.Fatal(err)
		}
		for i, want := range tt.want {
			if want == (corpus.Box{}) {
				continue
			}
			if b := doc.Paragraphs[i].Box; far(b, want) {
				t.Errorf("%s: paragraph %d stands at %.0f, want %.0f", tt.name, i+1, b, want)
			}
		}
	}
}

// far reports whether an edge is off by more than two points: where the box of
// a character ends is for its font to say.
func far(a, b corpus.Box) bool {
	return math.Abs(a.Left-b.Left) > 2 || math.Abs(a.Top-b.Top) > 2 || math.Abs(a.Right-b.Right) > 2 || math.Abs(a.Bottom-b.Bottom) > 2
}
