package pdf

import (
	"strings"
	"testing"
	"testing/fstest"

	"duibiao/ingest/pdf/pdftest"
)

func TestFontFS(t *testing.T) {
	if err := fstest.TestFS(fontFS{boxFont()}, fontPath); err != nil {
		t.Error(err)
	}
}

func TestFontFSHoldsNothingElse(t *testing.T) {
	for _, name := range []string{"etc/passwd", "usr/share/fonts/truetype", "usr/bin"} {
		if f, err := (fontFS{boxFont()}).Open(name); err == nil {
			f.Close()
			t.Errorf("Open(%q) succeeded", name)
		}
	}
}

func TestOpinion(t *testing.T) {
	count := func(s string) (h han) {
		for _, r := range s {
			h.add(r)
		}
		return h
	}
	o := opinion{pages: 2, han: []han{count(lawful + decide), count(lawful + lawful)}}
	if got := o.disagree(1, count(lawful)); len(got) == 0 {
		t.Error("a second reader that sees a paragraph more is not reported")
	}
	if got := o.disagree(2, count(lawful)); len(got) != 0 {
		t.Errorf("text drawn twice is reported: %s", got)
	}
	if got := o.disagree(3, han{}); len(got) != 0 {
		t.Errorf("a page that the second reader has not is reported: %s", got)
	}
}

func TestFootnotes(t *testing.T) {
	f := &pdftest.File{}
	lines := pdftest.Break(lawful+decide, 28, 2)
	p := f.Add()
	for i, l := range lines[:4] {
		p.Text(pdftest.Fangsong, 16, indentAt(i), 560+28*float64(i), l)
	}
	p.Text(pdftest.Fangsong, 8, 74+16*pdftest.Ems(lines[3]), 560+28*3-6, "1")
	p.Line(74, 676, 220, 676)
	p.Text(pdftest.Song, 10, 74, 690, "1 数据来自云溪县统计调查队。")
	q := f.Add()
	for i, l := range lines[4:] {
		q.Text(pdftest.Fangsong, 16, 74, 100+28*float64(i), l)
	}
	doc, err := readFile(t, f.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, p := range doc.Paragraphs {
		texts = append(texts, doc.Text(p.Span))
	}
	want := []string{strings.Join(lines[:4], "") + "¹" + strings.Join(lines[4:], ""), "1 数据来自云溪县统计调查队。"}
	if strings.Join(texts, "|") != strings.Join(want, "|") {
		t.Errorf("paragraphs = %q, want %q", texts, want)
	}
}

func indentAt(i int) float64 {
	if i == 0 {
		return 74 + 32
	}
	return 74
}
