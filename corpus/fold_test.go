package corpus

import (
	"testing"
	"unicode/utf8"
)

func TestFold(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", ""},
		{"法治 政府\n建设", "法治政府建设"},
		{"２０２５年ＡＢＣ", "2025年abc"},
		{"（一）１．", "(一)1."},
		{"濮〔2025〕6号【附件】", "濮[2025]6号[附件]"},
		{"“三项制度”‘双随机’", "\"三项制度\"'双随机'"},
		{"A\u00a0B\u3000C\ufeffD\u200bE\u00adF", "abcdef"},
		{"一—二–三", "一-二-三"},
		{"葛\ufe00城", "葛城"},
		{"，。：；！？％", ",。:;!?%"},
		{"名·名•名・名", "名·名·名·名"},
		{"\x00\x1f甲", "甲"},
	}
	for _, tt := range tests {
		if got := Fold(tt.text).String(); got != tt.want {
			t.Errorf("Fold(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
}

func TestBack(t *testing.T) {
	text := "甲 ２\n０乙"
	tests := []struct {
		start, end int
		want       Span
	}{
		{0, 1, Span{0, 1}}, // what is dropped after the last rune is outside
		{1, 3, Span{2, 5}}, // what is dropped inside is covered
		{0, 4, Span{0, 6}},
		{2, 2, Span{4, 4}},
		{4, 4, Span{6, 6}},
	}
	f := Fold(text)
	for _, tt := range tests {
		if got := f.Back(tt.start, tt.end); got != tt.want {
			t.Errorf("Back(%d, %d) = %v, want %v", tt.start, tt.end, got, tt.want)
		}
	}
}

func TestFoldFuncDropsWhatItIsTold(t *testing.T) {
	f := FoldFunc("a1b2", func(r rune) (rune, bool) { return r, r >= 'a' })
	if f.String() != "ab" || f.Back(1, 2) != (Span{2, 3}) {
		t.Errorf("FoldFunc = %q, Back(1, 2) = %v", f, f.Back(1, 2))
	}
}

// FuzzBackRefolds: the original text of any folded range folds to that range.
func FuzzBackRefolds(f *testing.F) {
	f.Add("法治 政府\n（一）Ａ“b”", 2, 5)
	f.Add("\ufeff 空\u200b白 ", 0, 2)
	f.Add("İstanbul ẞ Ⅳ", 0, 4)
	f.Add("\xff\xfe坏", 0, 1)
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		folded := Fold(text)
		n := len(folded.Runes)
		if start < 0 || end < start || end > n {
			start, end = 0, n
		}
		s := folded.Back(start, end)
		runes := []rune(text)
		if s.Start < 0 || s.End > utf8.RuneCountInString(text) || s.Start > s.End {
			t.Fatalf("Back(%d, %d) = %v in a text of %d runes", start, end, s, len(runes))
		}
		if got, want := Fold(string(runes[s.Start:s.End])).String(), string(folded.Runes[start:end]); got != want {
			t.Errorf("Fold(%q) = %q, want %q", string(runes[s.Start:s.End]), got, want)
		}
	})
}
