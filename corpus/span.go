// Package corpus is the vocabulary that every other package speaks: documents
// and the places in them, submissions and the units that made them, passages,
// shelves, and the errors a user can act on.
//
// Nothing here reads a file, knows a rule or touches an index, and nothing but
// the standard library is imported.
package corpus

import "fmt"

// Span is a half-open range of runes in one document: Start is the first rune,
// End is one past the last.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Len is the number of runes in s.
func (s Span) Len() int { return s.End - s.Start }

// Contains reports whether t lies wholly inside s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Overlap is the number of runes that s and t share.
func (s Span) Overlap(t Span) int {
	return max(0, min(s.End, t.End)-max(s.Start, t.Start))
}

// Location is a place as a person looks it up.
type Location struct {
	Page      int `json:"page"`      // from 1; 0 where the format has no pages
	Paragraph int `json:"paragraph"` // from 1, counted through the whole document
}

// String is the place in Chinese, for example "第3页第12段", or "第12段" where the
// format has no pages.
func (l Location) String() string {
	if l.Page == 0 {
		return fmt.Sprintf("第%d段", l.Paragraph)
	}
	return fmt.Sprintf("第%d页第%d段", l.Page, l.Paragraph)
}
