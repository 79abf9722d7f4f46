package reuse

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"duibiao/corpus"
)

// facts are what candidates are chosen by. A date that is not known to the day
// is a range: a paper that names only the year it is about was signed between
// the December before, as plans are, and the June after, as reports are.
type facts struct {
	unit  int32 // from 1; 0 unknown
	year  int32 // it is about; 0 unknown
	first int32 // days since 1970
	last  int32 // unknownDay when nothing is known
	shelf int8  // shelfRank
	under bool  // it stands on no shelf: it is under review
}

// unknownDay sorts after every date: what has no date is never the earliest.
const unknownDay = math.MaxInt32

func factsOf(d Document) facts {
	f := facts{year: yearOf(d), first: -unknownDay, last: unknownDay, shelf: shelfRank(d), under: d.Shelf == ""}
	for _, form := range []struct {
		layout string
		months int // from the first to the last day, rounded up
	}{{time.DateOnly, 0}, {"2006-01", 1}, {"2006", 12}} {
		t, err := time.Parse(form.layout, d.Date)
		if err != nil {
			continue
		}
		f.first, f.last = dayOf(t), dayOf(t)
		if form.months > 0 {
			f.last = dayOf(t.AddDate(0, form.months, -1))
		}
		return f
	}
	if f.year > 0 {
		f.first = dayOf(time.Date(int(f.year)-1, time.December, 1, 0, 0, 0, 0, time.UTC))
		f.last = dayOf(time.Date(int(f.year)+1, time.June, 30, 0, 0, 0, 0, time.UTC))
	}
	return f
}

func dayOf(t time.Time) int32 { return int32(t.Unix() / (24 * 60 * 60)) }

// exact reports whether the day is known.
func (f facts) exact() bool { return f.first == f.last }

// precedes reports whether f was signed so many days before g at least,
// whatever is not known of the two.
func (f facts) precedes(g facts, days int) bool {
	return f.last != unknownDay && g.last != unknownDay && int(g.first)-int(f.last) >= days
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

func shelfRank(d Document) int8 {
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
func (x *Index) possible(q *question, doc int32) bool {
	f := &x.facts[doc]
	if q.facts.precedes(*f, x.limits.Days) {
		return false
	}
	if f.unit != 0 && f.unit == q.facts.unit && f.under &&
		(f.year == 0 || q.facts.year == 0 || f.year >= q.facts.year) {
		return false
	}
	return doc != q.number
}

// relation names how g stands to its source. A shelf is the office's own word
// that a paper came first; it holds unless the dates say otherwise.
func (x *Index) relation(q *question, g passage) corpus.Relation {
	src, f := &x.docs[g.of.doc], x.facts[g.of.doc]
	earlier := f.precedes(q.facts, x.limits.Days)
	switch {
	case f.unit != 0 && f.unit == q.facts.unit:
		return corpus.FromPrevious
	case f.exact() && q.facts.exact() && !earlier:
		return corpus.FromCommon
	case src.Shelf == corpus.Template:
		return corpus.FromTemplate
	case src.Shelf == corpus.Superior && inCityOf(src.Document, q.doc), earlier && higher(src.Document, q.doc):
		if q.normal.quotes(g.q) {
			return corpus.Quotation
		}
		return corpus.FromSuperior
	case src.Shelf == corpus.Superior, earlier && above(src.Document, q.doc): // another city's
		return corpus.FromCommon
	case earlier, src.Shelf == corpus.Previous:
		return corpus.FromPeer
	}
	return corpus.FromCommon
}

func above(a, b Document) bool { return a.Level != 0 && b.Level != 0 && a.Level < b.Level }

// higher reports whether a is of a higher level than b, and not of another
// city.
func higher(a, b Document) bool { return above(a, b) && inCityOf(a, b) }

// inCityOf reports whether b may lie in the city of a, as far as their names say:
// no shelf makes another city's plan the superior's of 云河市东湖区. A unit whose
// name goes on with no county may be of a county-level city in any prefecture.
func inCityOf(a, b Document) bool {
	here, there := cityOf(a.Unit), cityOf(b.Unit)
	if here == "" || there == "" || here == there {
		return true
	}
	_, below, _ := strings.Cut(b.Unit, there)
	return !strings.ContainsAny(below, "县区旗")
}

// cityOf is the city or prefecture that begins the name of a unit, or "".
func cityOf(unit string) string {
	unit = strings.TrimPrefix(unit, "中共")
	for _, end := range []string{"省", "自治区"} {
		if before, after, ok := strings.Cut(unit, end); ok && utf8.RuneCountInString(before) <= 4 {
			unit = after
		}
	}
	for _, end := range []string{"市", "自治州", "盟", "地区"} {
		if before, _, ok := strings.Cut(unit, end); ok && before != "" && utf8.RuneCountInString(before) <= 6 {
			return before
		}
	}
	return ""
}

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
