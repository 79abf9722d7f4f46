package layout

import (
	"strings"
	"testing"
)

const lawful = "全年办理行政处罚案件217件，依法举行听证9次，制发行政执法监督意见书14份，纠正程序不规范问题31个；组织案卷评查4轮，抽查案卷180宗，合格率为97.2%，未发生因程序违法被撤销的案件。"

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
	for _, tt := range tests {
		if v := judge(glyphsOf(tt.text, tt.width), []Face{{}}); v.unreadable != tt.unreadable {
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

func TestBullets(t *testing.T) {
	page := turned{page: &Page{Faces: []Face{{}}}, glyphs: glyphsOf("\uF06C加强培训", 5)}
	page.clean()
	if got := pieceText(page.glyphs); got != "•加强培训" {
		t.Errorf("a private sign before a list item reads %q", got)
	}
}
