package layout

import (
	"fmt"
	"strings"
	"unicode"
)

// verdict says whether the text of a page can be used.
type verdict struct {
	runes      int // visible characters
	lost       int // of them, those that are no characters: private use, controls
	unreadable bool
	undrawn    bool   // and so is any picture of the page, since its fonts are not in the file
	reason     string // a Chinese sentence
}

const (
	lostShare     = 0.02 // of a page's characters may be lost before the page is given up
	lostFew       = 5    // so many never condemn a page
	fontSample    = 30   // characters of a font that its judgement needs
	oddShare      = 0.25 // of a font's characters may be letters that no such text has
	commonShare   = 0.12 // of Chinese characters are at least among the most common in real text
	scrambleShare = 0.1  // of a page's characters may stand in fonts that give nonsense
	strangeShare  = 0.01 // of a page's characters may be signs as wide as Chinese characters
	narrowFew     = 10   // digits of their usual width show that wide ones are strange
	quietShare    = 0.3  // letters and digits make up at least this much of real Latin text
)

// bulletFont reports whether a font draws signs, whose codes mean nothing.
func bulletFont(name string) bool {
	return strings.Contains(name, "wingdings") || strings.Contains(name, "symbol") || strings.Contains(name, "webdings")
}

// judge weighs the characters of a page font by font: a font without a true
// table of its characters gives private codes, controls, or wrong letters.
func judge(gs []glyph, faces []Face) verdict {
	var v verdict
	byFont := make([]sample, len(faces))
	for i := range gs {
		g := &gs[i]
		if unicode.IsSpace(g.r) {
			continue
		}
		v.runes++
		if g.from > 0 {
			continue // what was recognised is real text, right or wrong
		}
		if lostRune(g.r) {
			v.lost++
			g.bad = true
		}
		if g.font >= 0 && g.font < len(byFont) {
			byFont[g.font].add(g)
		}
	}
	strange := strangers(gs)
	scrambled := 0
	var small sample // fonts too small to judge alone, such as one font for each character
	for font, s := range byFont {
		if s.n < fontSample {
			small.merge(s)
		} else if s.nonsense() {
			scrambled += s.n
			for i := range gs {
				gs[i].bad = gs[i].bad || gs[i].font == font
			}
		}
	}
	if small.n >= fontSample && small.nonsense() {
		scrambled += small.n
	}
	switch {
	case v.lost > lostFew && float64(v.lost) > lostShare*float64(v.runes):
		v.reason = fmt.Sprintf("有%d个字符没有对应文字（字体缺少编码表），共%d个字符，需OCR", v.lost, v.runes)
	case strange > lostFew && float64(strange) > strangeShare*float64(v.runes):
		v.reason = fmt.Sprintf("有%d个符号占着汉字的位置（字体编码表有错），共%d个字符，需OCR", strange, v.runes)
	case scrambled > 0 && float64(scrambled) > scrambleShare*float64(v.runes):
		v.reason = fmt.Sprintf("%d个字符中有%d个疑似乱码（字体编码错误），需OCR", v.runes, scrambled)
	}
	v.unreadable = v.reason != ""
	if v.unreadable && mostlyAbsent(gs, faces) {
		v.undrawn = true
		v.reason = fmt.Sprintf("的%d个字符是乱码，字体又没有嵌入文件，看到的也不是原文，请报送单位重新导出", v.runes)
	}
	return v
}

// mostlyAbsent reports whether the fonts of most characters are not in the
// file. Where their codes mean nothing either, nobody can say what they are.
func mostlyAbsent(gs []glyph, faces []Face) bool {
	absent, all := 0, 0
	for i := range gs {
		if unicode.IsSpace(gs[i].r) {
			continue
		}
		all++
		if faceOf(&gs[i], faces).Absent {
			absent++
		}
	}
	return absent*2 > all
}

// strangers counts Latin signs that are drawn as wide as Chinese characters,
// among Chinese text: what is left of characters whose codes a converter threw
// away. Digits and letters count only where others are narrow, since in some
// fonts all are wide.
func strangers(gs []glyph) int {
	signs, wideLetters, narrow := 0, 0, 0
	for i := range gs {
		g := &gs[i]
		if g.from > 0 || g.r <= ' ' || wide(g.r) || g.r >= 0x250 || i > 0 && gs[i-1].r == g.r {
			continue
		}
		full := g.right-g.left > 0.97*g.size
		switch {
		case g.r < 0x80 && (letter(g.r) || strings.ContainsRune(",.:;()", g.r)):
			if !full {
				narrow++
			} else if !strings.ContainsRune("WMmw", g.r) {
				wideLetters++
			}
		case full && (g.r > 0xA0 && unicode.IsLetter(g.r) || strings.ContainsRune("^_`~\\{}|<>÷¿¡", g.r)):
			signs++
		}
	}
	if narrow >= narrowFew {
		return signs + wideLetters
	}
	return signs
}

// lostRune reports whether r is no character of any text.
func lostRune(r rune) bool {
	return r == 0xFFFD || r < 0x20 || r >= 0x7F && r < 0xA0 || r >= 0xE000 && r < 0xF900 || r >= 0xF0000
}

// sign reports whether r is the private code of a sign in a font of signs.
func sign(r rune) bool { return r >= 0xF000 && r <= 0xF0FF }

// bullet reports whether gs[i] is a private sign at the head of a line, as word
// processors put before list items.
func bullet(gs []glyph, i int) bool {
	head := i == 0 || gs[i-1].y != gs[i].y
	return head && i+1 < len(gs) && !lostRune(gs[i+1].r)
}

// sample counts what kinds of characters a font gives.
type sample struct {
	n, han, common, odd, letters, wideLatin int
}

func (s *sample) add(g *glyph) {
	s.n++
	switch r := g.r; {
	case unicode.Is(unicode.Han, r):
		s.han++
		if isCommon(r) {
			s.common++
		}
	case wide(r):
		s.letters++
	case oddRune(r):
		s.odd++
	case r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r)):
		s.letters++
	}
	if g.r > 0x20 && g.r < 0x7F && g.size > 0 && g.right-g.left > 0.97*g.size {
		s.wideLatin++
	}
}

func (s *sample) merge(o sample) {
	s.n += o.n
	s.han += o.han
	s.common += o.common
	s.odd += o.odd
	s.letters += o.letters
	s.wideLatin += o.wideLatin
}

// oddRune reports whether r is a letter that neither Chinese nor English text
// has. Such letters are what glyph numbers look like when read as characters.
func oddRune(r rune) bool {
	switch {
	case r < 0x80, wide(r):
		return false
	case r >= 0x2000 && r < 0x2E80: // punctuation, number forms, arrows, signs, circled numbers
		return false
	case r >= 0xA0 && r < 0x100:
		return unicode.IsLetter(r)
	case r >= 0x391 && r < 0x3CA, r >= 0x410 && r < 0x450: // Greek and Cyrillic stand in formulae and lists
		return false
	}
	return true
}

// garbled reports whether a good part of a line is not what is drawn.
func (l *line) garbled() bool {
	wrong := 0
	for i := range l.glyphs {
		if g := &l.glyphs[i]; g.from == 0 && (g.bad || oddRune(g.r) && !unicode.IsSpace(g.r)) {
			wrong++
		}
	}
	const few, share = 4, 0.3
	return len(l.glyphs) >= few && float64(wrong) >= share*float64(len(l.glyphs))
}

// nonsense reports whether a font's characters cannot be what is drawn.
func (s *sample) nonsense() bool {
	n := float64(s.n)
	if float64(s.odd) > oddShare*n {
		return true
	}
	if s.han >= fontSample && float64(s.common) < commonShare*float64(s.han) && s.han*2 > s.n {
		return true
	}
	latin := s.n - s.han
	return s.han*5 < s.n && float64(s.wideLatin) > 0.5*float64(latin) && float64(s.letters) < quietShare*n+float64(s.wideLatin)*0.5
}
