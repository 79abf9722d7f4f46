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
	Page      int  `json:"page"`          // from 1; 0 where the format has no pages
	Paragraph int  `json:"paragraph"`     // from 1, counted through the whole document
	OCR       bool `json:"ocr,omitempty"` // its text was recognised from a picture, and may hold wrong characters
}

// String is the place in Chinese, for example "第3页第12段", or "第12段" where the
// format has no pages. A place on a scan says so: "第3页第12段（据OCR）".
func (l Location) String() string {
	page, ocr := "", ""
	if l.Page > 0 {
		page = fmt.Sprintf("第%d页", l.Page)
	}
	if l.OCR {
		ocr = "（据OCR）"
	}
	return fmt.Sprintf("%s第%d段%s", page, l.Paragraph, ocr)
}

// Picture is how a page looks.
type Picture struct {
	Image  []byte  `json:"image"`  // PNG, JPEG, GIF or WebP
	Width  float64 `json:"width"`  // of the page, in points, which Box counts
	Height float64 `json:"height"` //
}

// Box is where something stands on its page: points (1/72 inch) from the left
// and the top edge of the page as it is shown. The zero Box says that the
// place is not known.
type Box struct {
	Left   float64 `json:"left"`
	Top    float64 `json:"top"`
	Right  float64 `json:"right"`
	Bottom float64 `json:"bottom"`
}

// Union is the smallest box around b and c; a zero Box adds nothing.
func (b Box) Union(c Box) Box {
	switch {
	case b == Box{}:
		return c
	case c == Box{}:
		return b
	}
	return Box{min(b.Left, c.Left), min(b.Top, c.Top), max(b.Right, c.Right), max(b.Bottom, c.Bottom)}
}
