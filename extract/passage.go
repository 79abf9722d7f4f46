// Package extract understands what was read: it finds the outline and the
// parts of a paper, cuts it into passages and sentences, and tells which unit
// handed in what, for which year.
//
// In: a corpus.Document and the path it came by. Out: its passages, and the
// Submission it is. Everything is a function of its arguments alone. To add a
// way of numbering, add a style in number.go; a part of the letterhead or the
// signature, a line in zone.go; a kind of paper, a line in kind.go.
package extract

import "duibiao/corpus"

// Passages cuts doc into one passage for each of its paragraphs and table
// rows, in order, so that passage i is paragraph i. All are searched; only
// those of zone Content and Table are to be judged. In doubt a paragraph is
// Content.
//
// The sentences of a passage hold all its text but white space, in order, and
// for the spans of passages and sentences alike doc.Text(x.Span) == x.Text. A
// sentence ends at 。！？ and at a ； between two parts of 12 runes or more;
// never inside short brackets. A table cell is a sentence of its own.
func Passages(doc *corpus.Document) []corpus.Passage {
	lines := layOut(doc)
	passages := make([]corpus.Passage, len(lines))
	headings := stack{depth: nesting(lines)}
	var split splitter
	for i := range lines {
		l := &lines[i]
		p := &passages[i]
		*p = corpus.Passage{Span: l.Span, Text: l.text, Zone: l.zone, Place: corpus.Location{Page: l.Page, Paragraph: i + 1, OCR: l.OCR()}}
		if l.Role == corpus.Row {
			p.Sentences = split.cells(l.text, l.Span.Start, l.Cells)
		} else {
			p.Sentences = split.sentences(l.text, l.Span.Start)
		}
		p.Headings = headings.of(l)
	}
	return passages
}

// of returns the headings of l, and opens the one that l is or holds.
func (s *stack) of(l *line) []string {
	switch l.zone {
	case corpus.Title:
		s.open = nil
		return nil
	case corpus.Letter, corpus.Signature, corpus.NotText:
		return nil
	}
	above := texts(s.above(l))
	if !l.opens {
		return above
	}
	s.push(l)
	if l.zone == corpus.Head {
		return above
	}
	return append(above, l.heading)
}

func texts(open []entry) []string {
	var all []string
	for _, e := range open {
		all = append(all, e.text)
	}
	return all
}

// layOut prepares the lines of doc and finds their zones and headings.
func layOut(doc *corpus.Document) []line {
	lines := make([]line, len(doc.Paragraphs))
	for i, p := range doc.Paragraphs {
		lines[i] = newLine(doc, p)
	}
	zones(lines)
	outline(lines)
	frame(lines)
	for i := range lines {
		if lines[i].zone == "" {
			lines[i].zone = corpus.Content
		}
	}
	return lines
}
