package layout

import (
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

const (
	edge      = 0.16 // share of the page's height in which headers and footers stand
	edgeLines = 3    // lines looked at from each edge
)

// pageNumber matches a line that is nothing but the number of the page.
var pageNumber = regexp.MustCompile(`^(?:[-—–－―─·•.~～\s]*(?:\d{1,4}|[ivxIVX]{1,5})[-—–－―─·•.~～\s]*` +
	`|第\s*[\d一二三四五六七八九十百]{1,5}\s*页(?:[\s,，/、]*共\s*[\d一二三四五六七八九十百]{1,5}\s*页)?` +
	`|\d{1,4}\s*[/／]\s*\d{1,4}|(?i:page)\s*\d{1,4}(?:\s*(?i:of)\s*\d{1,4})?)$`)

// setApart moves page headers, footers and page numbers out of the text: lines
// at the edge of the page that are page numbers, or that stand at the same
// place on several pages with the same words, numbers aside.
func setApart(sheets []*Sheet, body float64) {
	count := map[string]int{}
	for _, s := range sheets {
		for _, top := range []bool{true, false} {
			for _, i := range s.edgeLines(top, body) {
				count[s.signature(i, top)]++
			}
		}
	}
	enough := 3
	if len(sheets) < 6 {
		enough = 2
	}
	for _, s := range sheets {
		drop := map[int]bool{}
		for _, top := range []bool{true, false} {
			for _, i := range s.edgeLines(top, body) {
				text := strings.TrimSpace(s.elements[i].line.text)
				if count[s.signature(i, top)] < enough && !pageNumber.MatchString(text) {
					break
				}
				drop[i] = true
				if top {
					s.head = append(s.head, scrap{text, s.elements[i].origin})
				} else {
					s.foot = append(s.foot, scrap{text, s.elements[i].origin})
				}
			}
		}
		slices.Reverse(s.foot)
		kept := s.elements[:0]
		for i, e := range s.elements {
			if !drop[i] {
				kept = append(kept, e)
			}
		}
		s.elements = kept
	}
}

// edgeLines gives the elements that are the outermost lines in the top or
// bottom edge of the page, the outermost first. Footnotes are none of them.
func (s *Sheet) edgeLines(top bool, body float64) []int {
	var out []int
	for i, e := range s.elements {
		if e.line == nil || !top && s.isNote(i, body) {
			continue
		}
		middle := e.line.base - 0.4*e.line.size
		if top && middle < edge*s.height || !top && middle > (1-edge)*s.height {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(i, j int) int {
		a, b := s.elements[i].line.base, s.elements[j].line.base
		if !top {
			a, b = b, a
		}
		switch {
		case a < b:
			return -1
		case a > b:
			return 1
		}
		return 0
	})
	return out[:min(len(out), edgeLines)]
}

// signature names a line at the edge by its words, its place and which edge.
func (s *Sheet) signature(i int, top bool) string {
	l := s.elements[i].line
	var b strings.Builder
	digits := false
	for _, r := range l.text {
		switch {
		case unicode.IsDigit(r):
			if !digits {
				b.WriteByte('#')
			}
		case !unicode.IsSpace(r):
			b.WriteRune(r)
		}
		digits = unicode.IsDigit(r)
	}
	y := l.base
	if !top {
		y = s.height - l.base
	}
	const step = 8
	b.WriteByte(byte('0' + int(math.Abs(y)/step)%64))
	if top {
		b.WriteByte('t')
	}
	return b.String()
}
