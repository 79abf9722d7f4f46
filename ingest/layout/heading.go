package layout

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// headingNumbers are the numberings of headings, from the highest level.
var headingNumbers = []*regexp.Regexp{
	regexp.MustCompile(`^(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百]{1,4}章)`),
	regexp.MustCompile(`^(?:[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十百]{1,4}节)`),
	regexp.MustCompile(`^\d{1,2}[.．、]\D`),
	regexp.MustCompile(`^[（(]\d{1,2}[）)]`),
}

const (
	longHeading = 50   // runes: what is longer is text
	titleSize   = 1.25 // times the body's size
)

// level is that of a heading, or 0 for body text. Type and words must agree:
// a number with a face or size of its own, or a title in large type in the
// middle of the first page. Everything else is left for extract to find.
func (f *flow) level(es []element, text string) int {
	l := es[0].line
	n := utf8.RuneCountInString(text)
	if n > longHeading || n < 3 || strings.ContainsAny(lastOf(text), "。；，、！;,") {
		return 0
	}
	large := l.size >= 1.1*f.body
	for i, re := range headingNumbers {
		if re.MatchString(text) && len(es) <= 2 {
			if large || l.bold && !f.bold || l.font != f.bodyFont && l.font != "" && f.bodyFont != "" && f.oneFont(es) {
				return i + 1
			}
			return 0
		}
	}
	left, right := f.margins(es[0].area)
	if es[0].page == 1 && l.size >= titleSize*f.body && f.middle(l, left, right) && !strings.HasSuffix(text, "文件") && n >= 5 {
		return 1
	}
	return 0
}

// oneFont reports whether the lines are set in one font, apart from the ASCII
// characters, which documents take from a Latin font.
func (f *flow) oneFont(es []element) bool {
	font := -1
	for _, e := range es {
		for i := range e.line.glyphs {
			g := &e.line.glyphs[i]
			if !wide(g.r) {
				continue
			}
			if font >= 0 && g.font != font {
				return false
			}
			font = g.font
		}
	}
	return true
}

func lastOf(s string) string {
	_, n := utf8.DecodeLastRuneInString(s)
	return s[len(s)-n:]
}
