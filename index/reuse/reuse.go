// Package reuse finds passages that stand in two documents, names their
// relation, and measures how much of a document is reused. Formulae that
// everybody uses are never charged.
//
// In: Documents (text, unit, date, shelf). Out: corpus.Reuse, one for each
// passage and source, and Shares. The way from one to the other is Query, which
// reads top to bottom: make the text comparable (normal.go), take fingerprints
// (winnow.go), look up who shares them (postings.go, candidates.go), align
// (seeds.go, passages.go), set formulae aside (formulae.go, prominence.go), and
// say where each passage comes from (attribute.go, relation.go). To have one
// more public phrase set aside, add a line to formulae.txt.
package reuse

import (
	"slices"
	"sync"

	"duibiao/corpus"
)

// Document is one text that is compared.
type Document struct {
	ID    string // unique; Reuse.Doc and Reuse.Source carry it
	Unit  string // "" when nothing names it
	Date  string // the day it was signed, "2021-01-12", or ""
	Year  string // the year it is about, "2021", or ""
	Level int    // 1 national, 2 province, 3 city, 4 county, 5 township; 0 unknown
	Shelf corpus.Shelf
	Text  string

	// Zones are the parts that may be compared, in order and apart: body
	// passages, not heads, signatures, tables or prescribed headings. Nil
	// means the whole text.
	Zones []corpus.Span

	// Public are parts of the zones, in order and apart, that may join copied
	// passages and are never charged: headings, often ordered from above.
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
// edited copies are lost. Seven days is the review practice: papers of one
// round are handed in within a week.
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

// Index holds documents to compare with. Queries may run at the same time as
// each other, but not at the same time as Add.
type Index struct {
	limits     Limits
	everywhere *formulae
	stock      *formulae

	docs   []Document
	facts  []facts
	units  map[string]int32
	text   []uint16 // the normal forms, one after the other
	start  []int    // docs[i] has text[start[i]:start[i+1]]
	public bits     // wording the lists and 《》 say is nobody's own, one stretch of words for each document
	word   []int    // docs[i] has the words word[i]:word[i+1]
	rank   []uint32
	post   postings

	taught   []uint32 // phrases the documents themselves show to be public, by document and place: where above, how long in the last eight bits
	taughtAt []uint32 // docs[i] has taught[taughtAt[i]:taughtAt[i+1]]

	mu    sync.Mutex
	stale bool // documents were added since post was built
}

// facts are what candidates are chosen by, kept small.
type facts struct {
	unit int32 // from 1; 0 unknown
	day  int32 // days since 1970; unknownDay when there is no date
	year int32 // 0 unknown
}

// New returns an empty index.
func New(o Options) *Index {
	everywhere, stock := shippedFormulae()
	return &Index{
		limits:     o.Limits.orDefault(),
		everywhere: newFormulae(everywhere),
		stock:      newFormulae(slices.Concat(stock, o.Formulae)),
		start:      []int{0},
		word:       []int{0},
		units:      map[string]int32{},
		stale:      true,
	}
}

// Add puts d into the index. Its ID must be new.
func (x *Index) Add(d Document) {
	n := normalise(d)
	grams := gramHashes(n.runes, nil)
	n.knowPublic(x.everywhere, x.stock, grams)
	hide(grams, n.public)
	x.post.add(uint32(len(x.docs)), winnow(grams, nil))
	x.docs = append(x.docs, d)
	x.facts = append(x.facts, x.factsOf(d))
	x.text = append(x.text, n.runes...)
	x.start = append(x.start, len(x.text))
	x.public = append(x.public, n.public[:(len(n.runes)+63)/64]...)
	x.word = append(x.word, len(x.public))
	x.stale = true
}

// Len is the number of documents in the index.
func (x *Index) Len() int { return len(x.docs) }

func (x *Index) runes(doc int) []uint16 { return x.text[x.start[doc]:x.start[doc+1]] }
func (x *Index) publicIn(doc int) bits  { return x.public[x.word[doc]:x.word[doc+1]] }

func (x *Index) factsOf(d Document) facts {
	f := facts{day: dayOf(d.Date), year: yearOf(d)}
	if d.Unit != "" {
		if x.units[d.Unit] == 0 {
			x.units[d.Unit] = int32(len(x.units) + 1)
		}
		f.unit = x.units[d.Unit]
	}
	return f
}

// Query returns the passages of d that stand in documents of the index, in
// the order of d, each with its most likely source. A document with d's ID,
// papers signed later than d, and papers of d's own unit for d's own year are
// no sources. d itself need not be in the index.
func (x *Index) Query(d Document) []corpus.Reuse {
	x.build()
	return x.query(d, x.scratch())
}

func (x *Index) query(d Document, w *scratch) []corpus.Reuse {
	q := x.ask(d, w)
	var pairs []*pair
	for _, doc := range x.candidates(q, w) {
		if p := x.align(q, doc, w); len(p.passages) > 0 {
			pairs = append(pairs, p)
		}
	}
	var out []corpus.Reuse
	for _, p := range x.attribute(q, pairs) {
		out = append(out, x.report(q, p, w))
	}
	sortReuse(out)
	return out
}
