package xlsx

import (
	"strings"
	"unicode"
)

// Programs differ in whether they fit the height of a row to wrapped text when
// they open a file, so it is written; too high is better than cut.
const (
	lineHeight = 14  // points that a line of 10 points takes, in the fonts at hand
	maxHeight  = 409 // points; no program shows a higher row
)

// lines is how many lines s takes, wrapped in a column of the given width. A
// word of Latin letters or figures goes to the next line as a whole where it
// fits on one.
func lines(s string, width float64) float64 {
	n := 0.0
	for part := range strings.SplitSeq(s, "\n") {
		n++
		at, word := 0.0, 0.0 // how far the line is filled, and its last word's part of that
		for _, r := range part {
			w := 1.0
			if r >= 0x1100 {
				w = 2
			}
			if inWord(r) {
				word += w
			} else {
				word = 0
			}
			if at += w; at > width+0.2 && at > w {
				n++
				if at = w; word > 0 && word <= width {
					at = word
				}
			}
		}
	}
	return n
}

// inWord reports whether no program breaks a line before or after r when
// another such character stands there.
func inWord(r rune) bool {
	return r < 0x80 && (unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_')
}
