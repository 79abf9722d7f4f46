package ocr

import (
	"cmp"
	"slices"
	"unicode/utf8"
)

// rows are the pieces from top to bottom, with those that stand close together
// in one row joined to a line, and their text tidied.
func rows(pieces []piece) []piece {
	pieces = slices.Clone(pieces)
	slices.SortStableFunc(pieces, func(a, b piece) int {
		return cmp.Or(cmp.Compare(a.top+a.bottom, b.top+b.bottom), cmp.Compare(a.left, b.left))
	})
	var lines []piece
	for len(pieces) > 0 {
		row, rest := pieces[:1:1], pieces[:0:0]
		for _, p := range pieces[1:] {
			if level(row[0], p) {
				row = append(row, p)
			} else {
				rest = append(rest, p)
			}
		}
		slices.SortStableFunc(row, func(a, b piece) int { return cmp.Compare(a.left, b.left) })
		lines = append(lines, closeTogether(row)...)
		pieces = rest
	}
	return lines
}

// level reports whether a and b stand in one row: most of the lower one's
// height is that of the other as well.
func level(a, b piece) bool {
	shared := min(a.bottom, b.bottom) - max(a.top, b.top)
	return shared > 0.6*min(a.bottom-a.top, b.bottom-b.top)
}

// closeTogether joins the pieces of a row, which are in order, over gaps that
// are narrower than a character.
func closeTogether(row []piece) []piece {
	var lines []piece
	for _, p := range row {
		last := len(lines) - 1
		if last < 0 || p.left-lines[last].right > 0.8*max(p.bottom-p.top, lines[last].bottom-lines[last].top) {
			lines = append(lines, p)
			continue
		}
		l := &lines[last]
		n, m := float64(utf8.RuneCountInString(l.text)), float64(utf8.RuneCountInString(p.text))
		l.confidence = (l.confidence*n + p.confidence*m) / (n + m)
		l.text += " " + p.text
		l.right, l.top, l.bottom = max(l.right, p.right), min(l.top, p.top), max(l.bottom, p.bottom)
	}
	for i := range lines {
		lines[i].text = tidy(lines[i].text)
	}
	return lines
}
