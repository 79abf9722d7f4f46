// Package layout makes paragraphs of characters. In: pages with the places of
// their characters, ruling lines and pictures, as a PDF or an OFD file holds
// them, and lines of text recognised from a picture. Out: what the author
// wrote, in a corpus.Builder: lines joined to paragraphs, columns and vertical
// writing in reading order, tables as rows, footnotes after the text of their
// page, page headers, footers, watermarks and comments apart, each with its
// box on the page; and for every page that cannot be read the reason.
//
// Lay reads one page: turn.go brings it into reading direction, gate.go says
// whether its text is what is drawn, line.go, column.go and table.go find
// lines, columns and tables. Write puts the pages together: margin.go sets page
// headers apart, footnote.go notes, paragraph.go and heading.go join lines.
// ocr.go says which places a recogniser has to read and takes in what it read.
// To add a step, add a file and call it in Lay or in Write.
//
// All places are in points (1/72 inch) from the left and the top edge of the
// page as it is shown.
package layout

import "duibiao/corpus"

// Page is one page as its file describes it.
type Page struct {
	Number        int // from 1
	Width, Height float64
	Glyphs        []Glyph // in drawing order
	Faces         []Face  // the fonts that Glyphs speak of
	Rules         []Rule
	Pictures      float64 // the share of the page that pictures cover, 0 to 1
	Shapes        int     // filled outlines of eight and more points: text that was turned into drawings has one for each character
	Notes         []Note  // comments and form fields
	Lines         []Line  // recognised from a picture of the page, beside its Glyphs or without any
	Fault         string  // why the page could not be opened, in Chinese; "" when it was
}

// Glyph is one character and where it stands.
type Glyph struct {
	Rune   rune       // what it is; U+FFFD when the file does not say
	X, Y   float64    // the pen's place on the baseline
	Box    corpus.Box // the square that the font gives the character, ink or not
	Size   float64    // of the font in points, as shown; 0 takes the height of Box
	Angle  float64    // radians counterclockwise by which the line is turned
	Face   int        // index into Page.Faces
	Hidden bool       // drawn without ink: a text layer over a scan
}

// Face is one font as a page uses it.
type Face struct {
	Name   string // lower case
	Bold   bool
	Absent bool // the font is not in the file: a picture of the page is drawn in another
}

// Rule is a ruling line from one point to another, across or down the page.
type Rule struct{ X0, Y0, X1, Y1 float64 }

// Note is text that is no part of the page's own.
type Note struct {
	Text string
	Box  corpus.Box
}

// Line is one line of text recognised from a picture. Its characters are taken
// to be spread evenly over its box, full-width ones twice as wide as others. A
// box that is taller than wide along the line is read downwards.
type Line struct {
	Text       string
	Box        corpus.Box // of a level line: where the page is askew, as if it were straightened
	Shown      corpus.Box // where that is on the page as it is shown; the zero Box: at Box
	Angle      float64    // radians counterclockwise by which the line is turned, in quarter turns, as of Glyph
	By         string     // what recognised it, such as "tesseract 5.3.0"
	Confidence float64    // over 0 to 1
}
