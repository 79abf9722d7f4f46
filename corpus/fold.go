package corpus

import "unicode"

// Folded is a text made comparable, with the way back: full-width letters,
// digits and signs are half-width, letters are lower case, and white space,
// line breaks and invisible characters are gone. So a phrase is found across
// line breaks and in either width.
type Folded struct {
	Runes []rune
	at    []int32 // at[i] is where Runes[i] stood; at[len] is the end of the original
}

// Fold folds text.
func Fold(text string) Folded { return FoldFunc(text, FoldRune) }

// FoldFunc folds text with a rule of the caller's own: each rune becomes
// fold(r), or nothing when fold says false.
func FoldFunc(text string, fold func(rune) (rune, bool)) Folded {
	f := Folded{Runes: make([]rune, 0, len(text)/3+8), at: make([]int32, 0, len(text)/3+9)}
	n := int32(0)
	for _, r := range text {
		if g, ok := fold(r); ok {
			f.Runes = append(f.Runes, g)
			f.at = append(f.at, n)
		}
		n++
	}
	f.at = append(f.at, n)
	return f
}

// FoldRune is the folding of one rune, or false when the rune is dropped.
func FoldRune(r rune) (rune, bool) {
	if r >= 0x4E00 && r <= 0x9FFF {
		return r, true
	}
	switch {
	case r >= 0xFF01 && r <= 0xFF5E:
		r -= 0xFEE0
	case r == '【' || r == '〔' || r == '［':
		return '[', true
	case r == '】' || r == '〕' || r == '］':
		return ']', true
	case r == '·' || r == '•' || r == '・':
		return '·', true
	case r == '“' || r == '”' || r == '„' || r == '‟':
		return '"', true
	case r == '‘' || r == '’':
		return '\'', true
	case r == '—' || r == '–' || r == '―' || r == '‐' || r == '‑' || r == '─':
		return '-', true
	case r < 0x20 || r == 0xFEFF || r == 0xAD || r >= 0x200B && r <= 0x200F || r == 0x2060:
		return 0, false
	case r >= 0xFE00 && r <= 0xFE0F:
		return 0, false
	}
	if unicode.IsSpace(r) {
		return 0, false
	}
	return unicode.ToLower(r), true
}

// Back is the span in the original text of folded runes start to end
// (half-open). It covers what was dropped between them, not what was dropped
// after the last.
func (f Folded) Back(start, end int) Span {
	if start >= end {
		return Span{int(f.at[start]), int(f.at[start])}
	}
	return Span{int(f.at[start]), int(f.at[end-1]) + 1}
}

// String is the folded text.
func (f Folded) String() string { return string(f.Runes) }
