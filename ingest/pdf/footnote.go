package pdf

import (
	"regexp"
	"strings"
)

const noteSize = 0.9 // of the body's size: footnotes are smaller

// noteMark matches the beginning of a footnote.
var noteMark = regexp.MustCompile(`^(?:[①-⑳]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\[?\d{1,3}\]?\s?[^\d.．、%]|[*＊※]|注\d*[:：])`)

// noteCall matches what calls for a footnote inside the text.
const noteCall = "¹²³⁴⁵⁶⁷⁸⁹①②③④⑤⑥⑦⑧⑨⑩※*＊"

// footnotes moves the notes at the foot of each page behind its text, so that a
// paragraph goes on undisturbed over the page break.
func footnotes(pages []*pageText) {
	var sizes []float64
	for _, p := range pages {
		for _, e := range p.elements {
			if e.line != nil {
				for range e.line.glyphs {
					sizes = append(sizes, e.line.size)
				}
			}
		}
	}
	body := mode(sizes, 0)
	for _, p := range pages {
		p.takeNotes(body)
	}
}

func (p *pageText) takeNotes(body float64) {
	from := len(p.elements)
	for from > 0 && p.elements[from-1].line != nil && p.elements[from-1].line.size <= noteSize*body {
		from--
	}
	for from < len(p.elements) && !noteMark.MatchString(p.elements[from].line.text) {
		from++
	}
	if from == len(p.elements) || !p.calls(from) {
		return
	}
	var note strings.Builder
	for _, e := range p.elements[from:] {
		if note.Len() > 0 && noteMark.MatchString(e.line.text) {
			p.notes = append(p.notes, note.String())
			note.Reset()
		}
		joinText(&note, e.line.text)
	}
	p.notes = append(p.notes, note.String())
	p.elements = p.elements[:from]
}

// calls reports whether one of the first n elements calls for a note.
func (p *pageText) calls(n int) bool {
	for _, e := range p.elements[:n] {
		if e.line != nil && strings.ContainsAny(e.line.text, noteCall) {
			return true
		}
	}
	return false
}
