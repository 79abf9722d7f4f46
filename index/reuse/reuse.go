// Package reuse finds passages that stand in two documents, names their
// relation, and measures how much of a document is reused. Formulae that
// everybody uses are never charged.
//
// In: Documents (text, unit, date, shelf). Out: corpus.Reuse, one for each
// passage and source, and Shares. The way from one to the other is findAgain
// (update.go): make the text comparable (normal.go) and keep it (record.go,
// segments/), take fingerprints (winnow.go), look up who shares them (list.go,
// candidates.go), align (seeds.go, passages.go, dense.go), set formulae aside
// (formulae.go, prominence.go with common.go, family.go and learned.go), and say where each
// passage comes from (attribute.go, relation.go). An Index keeps all of it on
// disk and does again only what a change can have touched (index.go, update.go,
// state.go). To have one more public phrase set aside, add a line to
// formulae.txt.
package reuse

import "duibiao/corpus"

// Document is one text that is compared.
type Document struct {
	ID    string // unique; Reuse.Doc and Reuse.Source carry it
	Unit  string // "" when nothing names it
	Date  string // the day it was signed, "2021-01-12", or as far as it is known: "2021-01", "2021" or ""
	Year  string // the year it is about, "2021", or ""
	Level int    // 1 national, 2 province, 3 city, 4 county, 5 township; 0 unknown
	Shelf corpus.Shelf
	OCR   bool // the text was recognised from pictures and may hold wrong characters
	Text  string

	// Zones are the parts that may be compared, in order and apart: the body
	// with its headings, not tables or what is no text of the unit's. Nil means
	// the whole text.
	Zones []corpus.Span

	// Public are parts of the zones, in order and apart, that may join copied
	// passages and are never charged: titles and headings, often ordered from
	// above, letterheads and signatures.
	Public []corpus.Span
}

// Options say what counts as public wording and as reuse. The zero value is
// the shipped list of formulae and the measured thresholds.
type Options struct {
	Formulae []string // further public wording: indicator texts, law titles, an office's allow list
	Limits   Limits
}

// Limits are the thresholds, in runes of normal form unless said otherwise
// (punctuation and white space do not count). A zero field means the default.
type Limits struct {
	Informative int // a passage shares at least so many runes that are no formula, the first four of every run not counted; default 20
	Run         int // and at least one unbroken run of so many; default 10
	Length      int // and is so long; default 30
	Days        int // papers fewer days apart have no direction; default 7
	Votes       int // so many independent units make a phrase public wording; default 6
}

// The defaults were measured on generated sets of invented reports with known
// copies: below 20 and 10 coincidences of register are found, above them short
// edited copies are lost. What stays below Informative or Run is still found
// where it agrees rune by rune (see accept). Seven days is the review practice:
// papers of one round are handed in within a week.
func (l Limits) orDefault() Limits {
	set := func(v *int, d int) {
		if *v <= 0 {
			*v = d
		}
	}
	set(&l.Informative, 20)
	set(&l.Run, 10)
	set(&l.Length, 30)
	set(&l.Days, 7)
	set(&l.Votes, 6)
	return l
}
