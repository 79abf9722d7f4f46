package xlsx

import "strings"

// Programs differ in whether they fit the height of a row to wrapped text when
// they open a file, so it is written; too high is better than cut.
const (
	lineHeight = 14  // points that a line of 10 points takes, in the fonts at hand
	maxHeight  = 409 // points; no program shows a higher row
)

// lines is how many lines s takes, wrapped in a column of the given width.
func lines(s string, width float64) float64 {
	n := 0.0
	for part := range strings.SplitSeq(s, "\n") {
		n++
		at := 0.0
		for _, r := range part {
			w := 1.0
			if r >= 0x1100 {
				w = 2
			}
			if at += w; at > width+0.2 && at > w {
				n++
				at = w
			}
		}
	}
	return n
}
