package reuse

import (
	"slices"
	"sort"

	"duibiao/index/reuse/segments"
)

// list goes through the documents that have a fingerprint, in their order,
// over all parts of an index, or through those of some ranges of numbers.
type list struct {
	heads []listHead
	among [][]stretch // by part: the records gone through, ascending; nil for all
}

// listHead is where a list stands in one part.
type listHead struct {
	part   *part
	among  []stretch // the records ahead
	at, to int
	doc    int32 // of the posting before at
}

var everyRecord = []stretch{{0, segments.MaxRecords}}

// open begins the list of hash, and returns how many documents it has in all.
func (l *list) open(parts []*part, hash uint32) int {
	l.heads = l.heads[:0]
	n := 0
	for i, p := range parts {
		from, to := p.List(hash)
		if from == to {
			continue
		}
		n += to - from - int(p.fewer[hash])
		h := listHead{part: p, among: everyRecord, at: from, to: to}
		if l.among != nil {
			h.among = l.among[i]
		}
		if h.advance() {
			l.heads = append(l.heads, h)
		}
	}
	return n
}

// advance moves to the next document that is gone through, if there is one.
func (h *listHead) advance() bool {
	for h.at < h.to {
		record := int32(h.part.Doc(h.at))
		for len(h.among) > 0 && record >= h.among[0].to {
			h.among = h.among[1:]
		}
		if len(h.among) == 0 {
			return false
		}
		if from := h.among[0].from; record < from {
			h.at += sort.Search(h.to-h.at, func(i int) bool { return h.part.Doc(h.at+i) >= int(from) })
			continue
		}
		h.doc = h.part.doc[record]
		if h.at++; h.doc != gone {
			return true
		}
	}
	return false
}

// next is the next document, or false at the end.
func (l *list) next() (doc int32, ok bool) {
	if len(l.heads) == 0 {
		return 0, false
	}
	first := 0 // few lists stand in more than one part
	for i := range l.heads[1:] {
		if l.heads[i+1].doc < l.heads[first].doc {
			first = i + 1
		}
	}
	h := &l.heads[first]
	doc = h.doc
	if !h.advance() {
		l.heads[first] = l.heads[len(l.heads)-1]
		l.heads = l.heads[:len(l.heads)-1]
	}
	return doc, true
}

// keepTo makes l go only through documents with numbers in ranges, which are
// ascending.
func (l *list) keepTo(parts []*part, ranges []stretch) {
	l.among = l.among[:0]
	for _, p := range parts {
		records := make([]stretch, 0, len(ranges))
		for _, r := range ranges {
			records = append(records, stretch{p.first(r.from), p.first(r.to)})
		}
		l.among = append(l.among, records)
	}
}

// first is the first record of a document whose number is doc or higher.
func (p *part) first(doc int32) int32 {
	from, to := 0, len(p.doc)
	for from < to {
		mid := (from + to) / 2
		at := mid
		for at < to && p.doc[at] == gone {
			at++
		}
		if at == to || p.doc[at] >= doc {
			to = mid
		} else {
			from = at + 1
		}
	}
	return int32(from)
}

// dates tell which documents can have been signed before a day.
type dates struct {
	first []int32    // by document: the first day it can have been signed, or a document after it on its shelves
	dated [2]stretch // by shelfRank: the documents that have a date, which stand in its order, before those that have none
}

func newDates(of []facts) dates {
	d := dates{first: make([]int32, len(of))}
	for i, f := range slices.Backward(of) {
		d.first[i] = f.first
		known := &d.dated[f.shelf]
		if f.last == unknownDay {
			continue
		}
		if known.from = int32(i); known.to == 0 {
			known.to = int32(i + 1)
		} else {
			d.first[i] = min(f.first, d.first[i+1])
		}
	}
	return d
}

// before are the ranges of the documents that can have been signed before day.
func (d dates) before(day int32) []stretch {
	var out []stretch
	from := int32(0)
	for _, dated := range d.dated {
		if dated.len() > 0 {
			late, _ := slices.BinarySearch(d.first[dated.from:dated.to], day)
			out = append(out, stretch{from, dated.from + int32(late)})
			from = dated.to
		}
	}
	return append(out, stretch{from, int32(len(d.first))})
}
