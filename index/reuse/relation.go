package reuse

import (
	"math"
	"strconv"
	"time"

	"duibiao/corpus"
)

// unknownDay sorts after every date: what has no date is never the earliest.
const unknownDay = math.MaxInt32

func dayOf(date string) int32 {
	t, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return unknownDay
	}
	return int32(t.Unix() / (24 * 60 * 60))
}

// yearOf is the year d is about, or else the year it was signed in.
func yearOf(d Document) int32 {
	y := d.Year
	if y == "" && len(d.Date) >= 4 {
		y = d.Date[:4]
	}
	n, err := strconv.ParseInt(y, 10, 32)
	if err != nil {
		return 0
	}
	return int32(n)
}

func shelfRank(d Document) int {
	if d.Shelf == corpus.Superior || d.Shelf == corpus.Template {
		return 0
	}
	return 1
}

func superiorRank(d Document) int {
	if d.Shelf == corpus.Superior {
		return 0
	}
	return 1
}

// levelRank puts the higher level first and an unknown one last.
func levelRank(d Document) int {
	if d.Level == 0 {
		return math.MaxInt
	}
	return d.Level
}

// possible reports whether a document can be a source of q at all: not what
// was signed later, and not another paper under review of the same unit for
// the same year: a unit's report may repeat its plan.
func (x *Index) possible(q *question, doc int) bool {
	f := x.facts[doc]
	if f.day != unknownDay && q.facts.day != unknownDay && f.day-q.facts.day >= int32(x.limits.Days) {
		return false
	}
	if f.unit != 0 && f.unit == q.facts.unit && x.docs[doc].Shelf == "" &&
		(f.year == 0 || q.facts.year == 0 || f.year >= q.facts.year) {
		return false
	}
	return x.docs[doc].ID != q.doc.ID
}

// relation names how g stands to its source. A shelf is the office's own word
// that a paper came first; it holds unless the dates say otherwise.
func (x *Index) relation(q *question, g passage) corpus.Relation {
	src, f := x.docs[g.of.doc], x.facts[g.of.doc]
	dated := f.day != unknownDay && q.facts.day != unknownDay
	switch {
	case f.unit != 0 && f.unit == q.facts.unit:
		return corpus.FromPrevious
	case dated && q.facts.day-f.day < int32(x.limits.Days):
		return corpus.FromCommon
	case src.Shelf == corpus.Template:
		return corpus.FromTemplate
	case src.Shelf == corpus.Superior, dated && higher(src, q.doc):
		if q.normal.quotes(g.q) {
			return corpus.Quotation
		}
		return corpus.FromSuperior
	case dated, src.Shelf == corpus.Previous:
		return corpus.FromPeer
	}
	return corpus.FromCommon
}

func higher(a, b Document) bool { return a.Level != 0 && b.Level != 0 && a.Level < b.Level }

// mostlyQuoted is what share of a passage must stand between quotation marks
// to make it a quotation.
const mostlyQuoted = 0.8

func (n *normal) quotes(a stretch) bool {
	in := 0
	for i := a.from; i < a.to; i++ {
		if n.quoted.has(int(i)) {
			in++
		}
	}
	return float64(in) >= mostlyQuoted*float64(a.len())
}
