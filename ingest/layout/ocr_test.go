package layout

import (
	"errors"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duibiao/corpus"
	"duibiao/corpus/readertest"
)

const (
	by      = "tesseract 5"
	opening = "云溪县全年办理行政复议案件三十二件，办结二十九件，其余三件正在"
	ending  = "审理，没有超过法定期限的案件。"
)

// scanned is a line of 12 points, one em for each character, recognised at
// (x, y).
func scanned(text string, x, y float64) Line {
	l := Line{Text: text, By: by, Confidence: 0.9}
	l.Box = corpus.Box{Left: x, Top: y, Right: x + 6*float64(l.units()), Bottom: y + 12}
	return l
}

func write(t *testing.T, sheets ...*Sheet) *corpus.Document {
	t.Helper()
	var b corpus.Builder
	if err := Write(&b, sheets, nil); err != nil {
		t.Fatal(err)
	}
	doc := b.End("test/1", "")
	readertest.Check(t, doc)
	return doc
}

func texts(doc *corpus.Document) []string {
	var out []string
	for _, p := range doc.Paragraphs {
		out = append(out, doc.Text(p.Span))
	}
	return out
}

func TestRecognisedPage(t *testing.T) {
	a, b := scanned(opening, 124, 100), scanned(ending, 100, 120)
	b.Confidence = 0.6
	scan := Lay(&Page{Number: 1, Width: 595, Height: 842, Pictures: 1})
	if !scan.NeedsOCR() {
		t.Fatal("a page that is all picture needs no OCR")
	}
	doc := write(t, scan.Recognised([]Line{b, a}))
	if diff := cmp.Diff([]string{opening + ending}, texts(doc)); diff != "" {
		t.Fatalf("paragraphs (-want +got):\n%s", diff)
	}
	p := doc.Paragraphs[0]
	if want := a.Box.Union(b.Box); p.Box != want || p.By != by {
		t.Errorf("it stands at %v by %q, want %v by %q", p.Box, p.By, want, by)
	}
	n, m := float64(len([]rune(opening))), float64(len([]rune(ending)))
	if want := (0.9*n + 0.6*m) / (n + m); math.Abs(p.Confidence-want) > 1e-9 {
		t.Errorf("confidence %v, want %v", p.Confidence, want)
	}
	want := []corpus.Warning{{Message: "第1页有文字由OCR（tesseract 5）识别，可能有误，请对照原件核对"}}
	if diff := cmp.Diff(want, doc.Warnings); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
}

// TestRecognisedOnItsSide: a scan whose text runs upwards, with lines that were
// straightened.
func TestRecognisedOnItsSide(t *testing.T) {
	lines := []Line{scanned(opening, 0, 0), scanned(ending, 0, 0)}
	for i := range lines {
		length := lines[i].Box.Right
		lines[i].Angle = math.Pi / 2
		lines[i].Box = corpus.Box{Left: 100 + 20*float64(i), Top: 600 - length, Right: 112 + 20*float64(i), Bottom: 600}
		lines[i].Shown = corpus.Box{Left: 98, Top: 190, Right: 140, Bottom: 605}
	}
	doc := write(t, Lay(&Page{Number: 1, Width: 842, Height: 595, Lines: lines}))
	if diff := cmp.Diff([]string{opening + ending}, texts(doc)); diff != "" {
		t.Errorf("paragraphs (-want +got):\n%s", diff)
	}
	if got := doc.Paragraphs[0].Box; got != lines[0].Shown {
		t.Errorf("it stands at %v, want %v", got, lines[0].Shown)
	}
}

func TestRecognisedColumns(t *testing.T) {
	var lines []Line
	var want []string
	for c := range 2 {
		var b strings.Builder
		for i := range 6 {
			text := string([]rune("甲乙")[c]) + "栏全年办理案件三十二件没有超过期限"
			if i == 5 {
				text = "全部办结。"
			}
			lines = append(lines, scanned(text, 60+250*float64(c), 100+20*float64(i)))
			b.WriteString(text)
		}
		want = append(want, b.String())
	}
	if diff := cmp.Diff(want, texts(write(t, Lay(&Page{Number: 1, Width: 595, Height: 842, Lines: lines})))); diff != "" {
		t.Errorf("paragraphs (-want +got):\n%s", diff)
	}
}

// set appends text in characters of 12 points from (x, y) on.
func (p *Page) set(text string, x, y float64, face int) {
	for _, r := range text {
		p.Glyphs = append(p.Glyphs, Glyph{Rune: r, X: x, Y: y + 10, Size: 12, Face: face, Box: corpus.Box{Left: x, Top: y, Right: x + 12, Bottom: y + 12}})
		x += 12
	}
}

// TestGarbledLineRecognised: the garbled line is read from the picture, and the
// rest is kept as the file has it.
func TestGarbledLineRecognised(t *testing.T) {
	p := &Page{Number: 1, Width: 595, Height: 842, Faces: []Face{{}}}
	for i := range 12 {
		p.set("全年办理行政复议案件办结二十九件没有超过期限", 72, 100+20*float64(i), 0)
	}
	p.set("ĆĳŐžǍ", 72, 340, 0)
	s := Lay(p)
	if want := "有1行疑似乱码，需OCR"; s.Unread() != want || !s.NeedsOCR() {
		t.Fatalf("Unread() = %q, want %q", s.Unread(), want)
	}
	s = s.Recognised([]Line{scanned("全年办里行政复义案件", 72, 100), scanned("另有三件", 72, 340)})
	if s.Unread() != "" {
		t.Errorf("Unread() = %q after it was recognised", s.Unread())
	}
	doc := write(t, s)
	got := doc.String()
	if strings.Contains(got, "办里") || strings.Contains(got, "Ć") || !strings.Contains(got, "另有三件") || strings.Count(got, "办理") != 12 {
		t.Errorf("text = %q", got)
	}
}

func TestNotRecognised(t *testing.T) {
	scan := func() *Sheet { return Lay(&Page{Number: 1, Width: 595, Height: 842, Pictures: 1}) }
	noise := scanned("云溪县全年办理案件", 72, 100)
	noise.Confidence = 0.3
	broken := scan()
	broken.NotRecognised(errors.New("no engine"))
	tests := []struct {
		name  string
		sheet *Sheet
		want  string
	}{
		{"nothing read", scan().Recognised([]Line{{Text: "  "}}), "没有识别出文字"},
		{"noise", scan().Recognised([]Line{noise}), "识别结果不可信，把握只有0.30，低于0.60"},
		{"fault", broken, "识别没有成功"},
	}
	for _, tt := range tests {
		if !tt.sheet.NeedsOCR() {
			t.Errorf("%s: the page counts as read", tt.name)
		}
		var b corpus.Builder
		err := Write(&b, []*Sheet{tt.sheet}, nil)
		if !errors.Is(err, corpus.ErrNoText) || !strings.Contains(err.Error(), "第1页没有文字层，"+tt.want) {
			t.Errorf("%s: Write() = %v, want %v with %s", tt.name, err, corpus.ErrNoText, tt.want)
		}
	}
}

// TestUndrawn: where neither codes nor fonts are in the file, its picture is of
// no use.
func TestUndrawn(t *testing.T) {
	for _, absent := range []bool{false, true} {
		p := &Page{Number: 1, Width: 595, Height: 842, Faces: []Face{{Absent: absent}}}
		p.set(strings.Repeat("\uE123\uE456", 18), 72, 100, 0)
		if s := Lay(p); s.NeedsOCR() == absent {
			t.Errorf("font absent %v: NeedsOCR() = %v, %s", absent, s.NeedsOCR(), s.Unread())
		}
	}
}

func TestPageList(t *testing.T) {
	for want, pages := range map[string][]int{"第1页": {1}, "第1—12页": {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}, "第1—2、5、7—8页": {1, 2, 5, 7, 8}} {
		if got := pageList(pages); got != want {
			t.Errorf("pageList(%v) = %s, want %s", pages, got, want)
		}
	}
}

// TestVertical: columns are read from right to left, and the page header above
// the ruling line stands apart.
func TestVertical(t *testing.T) {
	p := &Page{Number: 1, Width: 595, Height: 842, Faces: []Face{{}}, Rules: []Rule{{40, 60, 555, 60}, {40, 420, 555, 420}}}
	down := func(text string, x, y float64) {
		for _, r := range text {
			p.set(string(r), x, y, 0)
			y += 12
		}
	}
	p.set("简报", 280, 40, 0)
	var want []string
	for tier := range 2 {
		for i := range 8 {
			text := string([]rune("上下")[tier]) + string([]rune("甲乙丙丁戊己庚辛")[i]) + "栏办理案件十二件没有超过期限。"
			down(text, 500-20*float64(i), 70+360*float64(tier))
			want = append(want, text)
		}
	}
	doc := write(t, Lay(p))
	if got := strings.Join(texts(doc), ""); got != strings.Join(want, "")+"简报" {
		t.Errorf("text = %q, want %q and the header", got, want)
	}
	if last := doc.Paragraphs[len(doc.Paragraphs)-1]; last.Role != corpus.Aside || last.Box != (corpus.Box{Left: 280, Top: 40, Right: 304, Bottom: 52}) {
		t.Errorf("the header is %s at %v", last.Role, last.Box)
	}
}
