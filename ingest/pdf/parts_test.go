package pdf

import (
	"path/filepath"
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

func TestPageNumber(t *testing.T) {
	for s, want := range map[string]bool{
		"3": true, "- 3 -": true, "— 12 —": true, "第3页": true, "第 3 页 共 12 页": true, "第三页": true, "3/12": true,
		"Page 3 of 12": true, "iv": true, "·7·": true,
		"3.": true, "2025年": false, "3万元": false, "第三章": false, "一、总则": false, "97.2%": false, "12345": false,
	} {
		if got := pageNumber.MatchString(s); got != want {
			t.Errorf("pageNumber matches %q = %v, want %v", s, got, want)
		}
	}
}

func TestJoinText(t *testing.T) {
	tests := []struct{ before, next, want string }{
		{"依法", "行政", "依法行政"},
		{"办理案件21", "7件", "办理案件217件"},
		{"the rule of", "law", "the rule of law"},
		{"govern-", "ment", "government"},
		{"GB-", "T9704", "GB-T9704"},
		{"台账用Excel", "登记", "台账用Excel登记"},
		{"", "第一行", "第一行"},
		{"see above.", "Then", "see above. Then"},
	}
	for _, tt := range tests {
		var b strings.Builder
		b.WriteString(tt.before)
		joinText(&b, tt.next)
		if got := b.String(); got != tt.want {
			t.Errorf("joinText(%q, %q) = %q, want %q", tt.before, tt.next, got, tt.want)
		}
	}
}

func TestRowGoesOn(t *testing.T) {
	tests := []struct {
		before, rest []string
		want         bool
	}{
		{[]string{"3", "组织案卷评", "司法局"}, []string{"", "查两轮", ""}, true},
		{[]string{"3", "组织案卷评查两轮。", "司法局"}, []string{"", "公布结果", ""}, false},
		{[]string{"3", "组织案卷评", "司法局"}, []string{"4", "查两轮", ""}, false},
		{[]string{"3", "组织案卷评", "司法局"}, []string{"", "（二）培训", ""}, false},
		{[]string{"3", "组织案卷评"}, []string{"", "查两轮", ""}, false},
	}
	for _, tt := range tests {
		before := append([]string(nil), tt.before...)
		if got := rowGoesOn(before, tt.rest); got != tt.want {
			t.Errorf("rowGoesOn(%q, %q) = %v, want %v", tt.before, tt.rest, got, tt.want)
		}
	}
}

// glyphsOf sets text in one font, each character as wide as its kind is.
func glyphsOf(text string, width float64) []glyph {
	var out []glyph
	x := 0.0
	for _, r := range text {
		w := width
		if wide(r) {
			w = 10
		}
		out = append(out, glyph{r: r, x: x, left: x, right: x + w, size: 10, order: len(out)})
		x += w
	}
	return out
}

func TestJudge(t *testing.T) {
	tests := []struct {
		name, text string
		width      float64
		unreadable bool
	}{
		{"plain", lawful, 5, false},
		{"wide ASCII", lawful, 10, false},
		{"English", strings.Repeat("Annual report on law-based government. ", 3), 5, false},
		{"figures", strings.Repeat("12.5 37% 2025-01-12 ", 5), 5, false},
		{"private codes", strings.Repeat("\uE123\uE456", 40), 10, true},
		{"controls", lawful + strings.Repeat("\x7f", 8), 10, true},
		{"one lost character", lawful + "\x7f", 5, false},
		{"glyph numbers", strings.Repeat("ĆĳŐžǍȘɖʉ", 8), 10, true},
		{"rare characters", strings.Repeat("鬱龘麤籲囈貭鍔嚞", 8), 10, true},
	}
	k := newTables()
	for _, tt := range tests {
		if v := k.judge(glyphsOf(tt.text, tt.width), []face{{}}); v.unreadable != tt.unreadable {
			t.Errorf("judge(%s) = %+v, want unreadable %v", tt.name, v, tt.unreadable)
		}
	}
}

func TestStrangers(t *testing.T) {
	narrow := glyphsOf("2025年办理217件，听证96次，评查180宗", 5)
	if n := strangers(append(narrow, glyphsOf("1", 10)...)); n != 1 {
		t.Errorf("strangers() = %d for one digit as wide as a Chinese character among narrow ones, want 1", n)
	}
	if n := strangers(glyphsOf("2025年办理217件", 10)); n != 0 {
		t.Errorf("strangers() = %d where all digits are wide, want 0", n)
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
	if got := o.disagree(1, count(lawful)); got == "" {
		t.Error("a second reader that sees a paragraph more is not reported")
	}
	if got := o.disagree(2, count(lawful)); got != "" {
		t.Errorf("text drawn twice is reported: %s", got)
	}
	if got := o.disagree(3, han{}); got != "" {
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

func BenchmarkRead(b *testing.B) {
	r, err := New(Options{CacheDir: filepath.Join(b.TempDir(), "cache"), Killable: true})
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	path := save(b, paperFixture().file)
	pages := 0
	for b.Loop() {
		doc, err := r.Read(b.Context(), path)
		if err != nil {
			b.Fatal(err)
		}
		pages += doc.Pages
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(pages), "µs/page")
}

func TestBullets(t *testing.T) {
	page := turned{sheet: sheet{glyphs: glyphsOf("\uF06C加强培训", 5), fonts: []face{{}}}}
	page.clean(lookalikes())
	if got := pieceText(page.glyphs); got != "•加强培训" {
		t.Errorf("a private sign before a list item reads %q", got)
	}
}
