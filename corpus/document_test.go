package corpus

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func sampleDocument() *Document {
	var b Builder
	b.Page(1)
	b.Heading(1, "一、总体情况")
	b.Text("　　全年受理行政复议申请三件，\n已办结三件。　")
	b.Page(2)
	b.Row("序号", "任务", "时限")
	b.Row("1", "", " 三月 ")
	b.Aside("第2页")
	b.Warn("有一行看不清。")
	b.Unread("扫描页，没有文字。")
	return b.End("test/1", "GB18030")
}

func TestBuilderRecordsWhereTextWent(t *testing.T) {
	d := sampleDocument()
	want := []struct {
		text  string
		role  Role
		level int
		page  int
	}{
		{"一、总体情况", Heading, 1, 1},
		{"全年受理行政复议申请三件，\n已办结三件。", Body, 0, 1},
		{"序号\t任务\t时限", Row, 0, 2},
		{"1\t\t三月", Row, 0, 2},
		{"第2页", Aside, 0, 2},
	}
	if len(d.Paragraphs) != len(want) {
		t.Fatalf("%d paragraphs, want %d: %q", len(d.Paragraphs), len(want), d)
	}
	for i, w := range want {
		p := d.Paragraphs[i]
		if got := d.Text(p.Span); got != w.text || p.Role != w.role || p.Level != w.level || p.Page != w.page {
			t.Errorf("paragraph %d = %q %s %d page %d, want %q %s %d page %d", i+1, got, p.Role, p.Level, p.Page, w.text, w.role, w.level, w.page)
		}
	}
	var cells []string
	for _, c := range d.Paragraphs[3].Cells {
		cells = append(cells, d.Text(c))
	}
	if diff := cmp.Diff([]string{"1", "", "三月"}, cells); diff != "" {
		t.Errorf("cells (-want +got):\n%s", diff)
	}
	if d.Pages != 2 || !d.Partial() || d.Warnings[0].Page != 2 || d.Unread[0].Page != 2 {
		t.Errorf("pages %d, warnings %v, unread %v", d.Pages, d.Warnings, d.Unread)
	}
	if d.Reader != "test/1" || d.Encoding != "GB18030" {
		t.Errorf("reader %q, encoding %q", d.Reader, d.Encoding)
	}
}

func TestRawAndGapKeepTheTextOfTheFile(t *testing.T) {
	var b Builder
	b.Gap("# ")
	b.Raw(Heading, 1, "标题")
	b.Gap("\n\n")
	b.Raw(Body, 0, "　　正文，\n接着。  ")
	b.Gap("\n")
	d := b.End("test/1", "UTF-8")
	if want := "# 标题\n\n　　正文，\n接着。  \n"; d.String() != want {
		t.Errorf("String() = %q, want %q", d, want)
	}
	want := []Span{{2, 4}, {8, 15}}
	for i, p := range d.Paragraphs {
		if p.Span != want[i] {
			t.Errorf("paragraph %d at %v, want %v", i+1, p.Span, want[i])
		}
	}
}

func TestBuilderIsEmptyUntilTextComes(t *testing.T) {
	var b Builder
	b.Page(1)
	b.Text(" 　\n")
	b.Row("", " ")
	b.Gap("\n\n")
	if !b.Empty() {
		t.Error("Empty() = false after white space")
	}
	b.Text("甲")
	if b.Empty() {
		t.Error("Empty() = true after text")
	}
	b.End("test/1", "")
	if !b.Empty() {
		t.Error("Empty() = false after End")
	}
}

func TestBuilderRepairsText(t *testing.T) {
	var b Builder
	b.Text("甲\xff\xfe乙\x00丙")
	d := b.End("test/1", "")
	if want := "甲\uFFFD乙\uFFFD丙"; d.Text(d.Paragraphs[0].Span) != want {
		t.Errorf("text = %q, want %q", d.Text(d.Paragraphs[0].Span), want)
	}
}

func TestLocate(t *testing.T) {
	d := sampleDocument()
	tests := []struct {
		span Span
		want Location
		text string
	}{
		{d.Paragraphs[0].Span, Location{Page: 1, Paragraph: 1}, "第1页第1段"},
		{Span{d.Paragraphs[1].Span.Start + 3, d.Paragraphs[1].Span.End}, Location{Page: 1, Paragraph: 2}, "第1页第2段"},
		{d.Paragraphs[3].Cells[2], Location{Page: 2, Paragraph: 4}, "第2页第4段"},
		{Span{d.Len(), d.Len()}, Location{Page: 2, Paragraph: 5}, "第2页第5段"},
	}
	for _, tt := range tests {
		if got := d.Locate(tt.span); got != tt.want || got.String() != tt.text {
			t.Errorf("Locate(%v) = %v %s, want %v %s", tt.span, got, got, tt.want, tt.text)
		}
	}
	var b Builder
	b.Gap("\n\n")
	b.Text("甲")
	d = b.End("test/1", "")
	if got := d.Locate(Span{0, 0}); got.String() != "第1段" {
		t.Errorf("Locate before the first paragraph = %s, want 第1段", got)
	}
}

func TestTextPanicsOutsideTheDocument(t *testing.T) {
	d := sampleDocument()
	for _, s := range []Span{{-1, 2}, {0, d.Len() + 1}, {3, 2}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("Text(%v) did not panic", s)
				}
			}()
			_ = d.Text(s)
		}()
	}
}

func TestDocumentJSONRoundTrip(t *testing.T) {
	d := sampleDocument()
	b, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	var back Document
	if err := json.Unmarshal(b, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(d, &back, cmp.AllowUnexported(Document{})); diff != "" {
		t.Errorf("after JSON (-want +got):\n%s", diff)
	}
}

func TestUnmarshalRefusesWrongSpans(t *testing.T) {
	for _, span := range []string{`{"start":0,"end":3}`, `{"start":-1,"end":1}`, `{"start":2,"end":1}`} {
		var d Document
		err := json.Unmarshal([]byte(`{"text":"甲乙","paragraphs":[{"span":`+span+`}]}`), &d)
		if err == nil {
			t.Errorf("span %s in a text of two runes was accepted", span)
		}
	}
	var d Document
	if err := json.Unmarshal([]byte(`{"text":1}`), &d); err == nil {
		t.Error("a number was accepted as the text")
	}
}

func TestSpan(t *testing.T) {
	a := Span{2, 6}
	tests := []struct {
		b        Span
		contains bool
		overlap  int
	}{
		{Span{2, 6}, true, 4}, {Span{3, 5}, true, 2}, {Span{0, 3}, false, 1}, {Span{5, 9}, false, 1}, {Span{6, 8}, false, 0}, {Span{0, 1}, false, 0},
	}
	for _, tt := range tests {
		if got := a.Contains(tt.b); got != tt.contains {
			t.Errorf("%v.Contains(%v) = %v, want %v", a, tt.b, got, tt.contains)
		}
		if got := a.Overlap(tt.b); got != tt.overlap {
			t.Errorf("%v.Overlap(%v) = %d, want %d", a, tt.b, got, tt.overlap)
		}
	}
}

func TestPassageSection(t *testing.T) {
	p := Passage{Headings: []string{"一、主要举措", "（二）规范执法"}}
	if got, want := p.Section(), "一、主要举措 › （二）规范执法"; got != want {
		t.Errorf("Section() = %q, want %q", got, want)
	}
}

// FuzzBuilder: whatever is appended, every paragraph's span gives back its
// text, and the text is that of the calls in order.
func FuzzBuilder(f *testing.F) {
	f.Add("一、总体\n\n　　正文，\t接着。|表|格||\x00\xff尾")
	f.Add(strings.Repeat("字", 200) + "|" + strings.Repeat("a", 63))
	f.Fuzz(func(t *testing.T, s string) {
		parts := strings.Split(s, "|")
		var b Builder
		var want []string
		clean := func(s string) string {
			s = strings.TrimFunc(s, unicode.IsSpace)
			return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
		}
		for i, part := range parts {
			switch i % 4 {
			case 0:
				b.Text(part)
			case 1:
				b.Gap("\n")
				b.Raw(Body, 0, part)
				b.Gap("\n")
			case 2:
				b.Page(i)
				b.Heading(1, part)
			case 3:
				b.Aside(part)
			}
			if c := clean(part); c != "" {
				want = append(want, c)
			}
		}
		d := b.End("fuzz/1", "")
		if len(d.Paragraphs) != len(want) {
			t.Fatalf("%d paragraphs of %q, want %d", len(d.Paragraphs), s, len(want))
		}
		for i, p := range d.Paragraphs {
			if got := d.Text(p.Span); got != want[i] {
				t.Errorf("paragraph %d = %q, want %q", i+1, got, want[i])
			}
		}
		if !utf8.ValidString(d.String()) || utf8.RuneCountInString(d.String()) != d.Len() {
			t.Errorf("text %q of %d runes", d, d.Len())
		}
	})
}

func TestOriginIsOfOneParagraph(t *testing.T) {
	scan := Origin{Box: Box{70, 100, 500, 120}, By: "tesseract 5", Confidence: 0.9}
	var b Builder
	b.Page(2)
	b.From(scan)
	b.Text("据扫描件")
	b.Row("甲", "乙")
	d := b.End("pdf/1", "")
	if got := d.Paragraphs[0].Origin; got != scan {
		t.Errorf("the first paragraph comes from %+v, want %+v", got, scan)
	}
	if got := d.Paragraphs[1].Origin; got != (Origin{}) {
		t.Errorf("the second paragraph comes from %+v", got)
	}
	if got := d.Locate(d.Paragraphs[0].Span).String(); got != "第2页第1段（据OCR）" || !d.OCR() {
		t.Errorf("Locate = %s, OCR %v", got, d.OCR())
	}
}

func TestUnionOfBoxes(t *testing.T) {
	a, b := Box{1, 2, 3, 4}, Box{0, 3, 2, 9}
	if got := a.Union(b); got != (Box{0, 2, 3, 9}) || (Box{}).Union(a) != a || a.Union(Box{}) != a {
		t.Errorf("Union = %v", got)
	}
}
