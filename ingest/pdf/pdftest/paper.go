package pdftest

import (
	"fmt"
	"regexp"
	"strings"
)

// The layout of an official paper (GB/T 9704): 22 lines of 28 characters.
const (
	bodySize   = 16.0
	titleSize  = 22.0
	lineStep   = 28.0
	lineEms    = 28
	pageLines  = 22
	topEdge    = 105.0
	leftEdge   = (Width - lineEms*bodySize) / 2
	numberSize = 14.0
)

var (
	firstLevel  = regexp.MustCompile(`^[一二三四五六七八九十]+、`)
	secondLevel = regexp.MustCompile(`^（[一二三四五六七八九十]+）`)
	dateLine    = regexp.MustCompile(`^\d{4}年\d{1,2}月\d{1,2}日$`)
)

// Paper is the PDF of an official paper on A4: the title centred in 22 points,
// the paragraphs in 16 points with an indent of two characters, headings in
// their customary fonts, a final date with the unit above it set to the right,
// and a page number such as "— 1 —" on every page.
func Paper(title string, paragraphs []string) []byte {
	p := &paper{file: &File{Title: title}, line: pageLines}
	for _, l := range titleLines(title) {
		p.next()
		p.page.Text(Song, titleSize, (Width-titleSize*Ems(l))/2, p.y(), l)
	}
	if title != "" {
		p.next()
	}
	for i, s := range paragraphs {
		if p.signature(paragraphs, i) {
			p.next()
			p.page.Text(Fangsong, bodySize, leftEdge+bodySize*(lineEms-4-Ems(s)), p.y(), s)
			continue
		}
		p.paragraph(s)
	}
	if len(p.file.Pages) == 0 {
		p.next()
	}
	return p.file.Bytes()
}

type paper struct {
	file *File
	page *Page
	line int // lines used on this page
}

// next goes to the next line, on a new page where this one is full.
func (p *paper) next() {
	if p.line == pageLines {
		p.page = p.file.Add()
		p.line = 0
		n := len(p.file.Pages)
		number := fmt.Sprintf("— %d —", n)
		x := leftEdge + bodySize // even pages left, odd pages right
		if n%2 == 1 {
			x = leftEdge + (lineEms-1)*bodySize - numberSize*Ems(number)
		}
		p.page.Text(Song, numberSize, x, topEdge+lineStep*pageLines+24, number)
	}
	p.line++
}

func (p *paper) y() float64 { return topEdge + lineStep*float64(p.line-1) + bodySize }

func (p *paper) paragraph(s string) {
	font := fontFor(s)
	lines := Break(s, lineEms, 2)
	for i, l := range lines {
		p.next()
		x, room := leftEdge, float64(lineEms)
		if i == 0 {
			x, room = leftEdge+2*bodySize, lineEms-2
		}
		extra := 0.0
		if n := len([]rune(l)); i < len(lines)-1 && n > 1 {
			extra = (room - Ems(l)) * bodySize / float64(n-1) // full lines end at the margin
		}
		p.page.Spaced(font, bodySize, x, p.y(), extra, l)
	}
}

func fontFor(s string) Font {
	standsAlone := !strings.ContainsAny(s, "。；")
	switch {
	case standsAlone && firstLevel.MatchString(s):
		return Hei
	case standsAlone && secondLevel.MatchString(s):
		return Kai
	}
	return Fangsong
}

// signature reports whether paragraph i is the final date or the unit's name
// above it.
func (p *paper) signature(paragraphs []string, i int) bool {
	last := len(paragraphs) - 1
	if last < 1 || !dateLine.MatchString(paragraphs[last]) || i < last-1 {
		return false
	}
	return i == last || Ems(paragraphs[i]) <= lineEms-6 && !strings.ContainsAny(paragraphs[i], "。；，：")
}

// titleLines divides a title into lines of about the same length.
func titleLines(title string) []string {
	const most = 19
	rs := []rune(title)
	if len(rs) == 0 {
		return nil
	}
	n := (len(rs) + most - 1) / most
	var out []string
	for i := range n {
		out = append(out, string(rs[len(rs)*i/n:len(rs)*(i+1)/n]))
	}
	return out
}

const (
	mayNotBegin = "，。、；：？！”’）》〉」』】〕…—％%,.;:?!)]"
	mayNotEnd   = "“‘（《〈「『【〔(["
)

// Break divides s into lines of at most ems ems; the first is shorter by
// indent. Words and numbers stay whole, and no line begins with a closing mark
// or ends with an opening one.
func Break(s string, ems, indent float64) []string {
	var lines []string
	line, room := "", ems-indent
	for _, u := range units(s) {
		if line != "" && Ems(line)+Ems(u) > room {
			lines, line, room = append(lines, line), "", ems
		}
		for Ems(u) > room { // longer than a line by itself
			cut := max(1, int(room))
			rs := []rune(u)
			lines, u, room = append(lines, string(rs[:cut])), string(rs[cut:]), ems
		}
		line += u
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// units are the pieces of s that a line may not be broken in.
func units(s string) []string {
	var out []string
	glue := false // the next character belongs to the last unit
	word := false
	for _, r := range s {
		c := string(r)
		inWord := r < 0x80 && (r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z')
		if len(out) > 0 && (glue || word && inWord || strings.Contains(mayNotBegin, c)) {
			out[len(out)-1] += c
		} else {
			out = append(out, c)
		}
		glue, word = strings.Contains(mayNotEnd, c), inWord
	}
	return out
}
