package html

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// list is a numbered list whose items are read, or one with bullets.
type list struct {
	kind string // as CSS names it; "" for bullets
	next *int
}

func newList(n *html.Node) list {
	if n.DataAtom != atom.Ol {
		return list{}
	}
	start := 1
	if has(n, "start") {
		start = whole(attr(n, "start"))
	}
	return list{kind: numbering(n), next: &start}
}

// numbering is how a list numbers its items.
func numbering(n *html.Node) string {
	_, style, found := strings.Cut(strings.ReplaceAll(strings.ToLower(attr(n, "style")), " ", ""), "list-style-type:")
	if found {
		style, _, _ = strings.Cut(style, ";")
		return style
	}
	switch attr(n, "type") {
	case "a":
		return "lower-alpha"
	case "A":
		return "upper-alpha"
	case "i":
		return "lower-roman"
	case "I":
		return "upper-roman"
	}
	return "decimal"
}

// mark is the number that a browser shows before an item.
func (c context) mark(item *html.Node) string {
	if len(c.lists) == 0 {
		return ""
	}
	l := c.lists[len(c.lists)-1]
	if l.next == nil || l.kind == "none" {
		return ""
	}
	if has(item, "value") {
		*l.next = whole(attr(item, "value"))
	}
	n := *l.next
	*l.next = min(n+1, 1e6)
	return numeral(l.kind, n)
}

// numeral is n with the sign after it, in the numerals of CSS.
func numeral(kind string, n int) string {
	switch kind {
	case "cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal":
		return chinese(n) + "、"
	case "lower-alpha", "lower-latin":
		return letters(n) + ". "
	case "upper-alpha", "upper-latin":
		return strings.ToUpper(letters(n)) + ". "
	case "lower-roman":
		return strings.ToLower(roman(n)) + ". "
	case "upper-roman":
		return roman(n) + ". "
	}
	return strconv.Itoa(n) + ". "
}

// chinese is n in Chinese numerals up to 99, and in figures beyond.
func chinese(n int) string {
	digits := []rune("〇一二三四五六七八九十")
	switch {
	case n < 0 || n > 99:
		return strconv.Itoa(n)
	case n <= 10:
		return string(digits[n])
	}
	s := "十"
	if n >= 20 {
		s = string(digits[n/10]) + s
	}
	if n%10 > 0 {
		s += string(digits[n%10])
	}
	return s
}

// letters is a, b … z, aa, ab …
func letters(n int) string {
	s := ""
	for ; n > 0; n = (n - 1) / 26 {
		s = string(rune('a'+(n-1)%26)) + s
	}
	return s
}

func roman(n int) string {
	if n <= 0 || n > 3999 {
		return strconv.Itoa(n)
	}
	s := ""
	for _, r := range []struct {
		value int
		sign  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= r.value; n -= r.value {
			s += r.sign
		}
	}
	return s
}
