package layout

import (
	"regexp"
	"strings"
)

const noteSize = 0.9 // of the body's size: footnotes are smaller

// noteMark matches the beginning of a footnote.
var noteMark = regexp.MustCompile(`^(?:[①-⑳]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|\[?\d{1,3}\]?\s?[^\d.．、%]|[*＊※]|注\d*[:：])`)

// noteCall matches what calls for a footnote inside the text.
const noteCall = "¹²³⁴⁵⁶⁷⁸⁹①②③④⑤⑥⑦⑧⑨⑩※*＊"

// bodySize is the size of most characters.
func bodySize(sheets []*Sheet) float64 {
	var sizes []float64
	for _, s := range sheets {
		for _, e := range s.elements {
			if e.line != nil {
				for range e.line.glyphs {
					sizes = append(sizes, e.line.size)
				}
			}
		}
	}
	return mode(sizes, 0)
}

// isNote reports whether element i begins a footnote that is called for above.
func (s *Sheet) isNote(i int, body float64) bool {
	l := s.elements[i].line
	return l.size <= noteSize*body && noteMark.MatchString(l.text) && !pageNumber.MatchString(l.text) && s.calls(i)
}

// footnotes moves the notes at the foot of each page behind its text, so that a
// paragraph goes on undisturbed over the page break.
func footnotes(sheets []*Sheet, body float64) {
	for _, s := range sheets {
		s.takeNotes(body)
	}
}

func (s *Sheet) takeNotes(body float64) {
	from := len(s.elements)
	for from > 0 && s.elements[from-1].line != nil && s.elements[from-1].line.size <= noteSize*body {
		from--
	}
	for from < len(s.elements) && !noteMark.MatchString(s.elements[from].line.text) {
		from++
	}
	if from == len(s.elements) || !s.calls(from) {
		return
	}
	end := len(s.elements)
	for i := from; i < end; {
		j := i + 1
		for j < end && !noteMark.MatchString(s.elements[j].line.text) {
			j++
		}
		var note strings.Builder
		for _, e := range s.elements[i:j] {
			joinText(&note, e.line.text)
		}
		s.notes = append(s.notes, scrap{note.String(), originOf(s.elements[i:j])})
		i = j
	}
	s.elements = s.elements[:from]
}

// calls reports whether one of the first n elements calls for a note.
func (s *Sheet) calls(n int) bool {
	for _, e := range s.elements[:n] {
		if e.line != nil && strings.ContainsAny(e.line.text, noteCall) {
			return true
		}
	}
	return false
}
