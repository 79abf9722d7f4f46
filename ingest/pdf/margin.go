package pdf

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
func setApart(pages []*pageText) {
	count := map[string]int{}
	for _, p := range pages {
		for _, top := range []bool{true, false} {
			for _, i := range p.edgeLines(top) {
				count[p.signature(i, top)]++
			}
		}
	}
	enough := 3
	if len(pages) < 6 {
		enough = 2
	}
	for _, p := range pages {
		drop := map[int]bool{}
		for _, top := range []bool{true, false} {
			for _, i := range p.edgeLines(top) {
				text := strings.TrimSpace(p.elements[i].line.text)
				if count[p.signature(i, top)] < enough && !pageNumber.MatchString(text) {
					break
				}
				drop[i] = true
				if top {
					p.head = append(p.head, text)
				} else {
					p.foot = append(p.foot, text)
				}
			}
		}
		slices.Reverse(p.foot)
		kept := p.elements[:0]
		for i, e := range p.elements {
			if !drop[i] {
				kept = append(kept, e)
			}
		}
		p.elements = kept
	}
}

// edgeLines gives the elements that are the outermost lines in the top or
// bottom edge of the page, the outermost first.
func (p *pageText) edgeLines(top bool) []int {
	var out []int
	for i, e := range p.elements {
		if e.line == nil {
			continue
		}
		middle := e.line.base - 0.4*e.line.size
		if top && middle < edge*p.height || !top && middle > (1-edge)*p.height {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(i, j int) int {
		a, b := p.elements[i].line.base, p.elements[j].line.base
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
func (p *pageText) signature(i int, top bool) string {
	l := p.elements[i].line
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
		y = p.height - l.base
	}
	const step = 8
	b.WriteByte(byte('0' + int(math.Abs(y)/step)%64))
	if top {
		b.WriteByte('t')
	}
	return b.String()
}
