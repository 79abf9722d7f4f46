package reuse

import (
	"cmp"
	"math"
	"slices"

	"duibiao/corpus"
)

// Which documents are aligned with a query: the best in all, the best of every
// segment (without them a document stitched from many sources loses most of
// them), and the best of every shelf and of the unit's own papers.
const (
	listCap       = 128 // entries looked at of one list: the earliest
	bestInAll     = 20
	bestInSegment = 3
	bestOfShelf   = 4
	segment       = 120 // runes
)

// question is a document that is looked up.
type question struct {
	doc    Document
	normal normal
	facts  facts
	prints []print
	table  seedTable
}

// scratch is the working memory of one query, for use in turn.
type scratch struct {
	grams   []uint32
	total   scores
	local   scores
	seen    []bool
	reachQ  []int32
	reachS  []int32
	seeds   []seed // of one pair, as found
	kept    []seed // those no other shadows
	ordered []seed
	counts  []int32
	taught  []stretch // of the source at hand
	hits    []int32
}

func (x *Index) scratch() *scratch {
	n := len(x.docs)
	return &scratch{total: newScores(x.rank), local: newScores(x.rank), seen: make([]bool, n), hits: make([]int32, n)}
}

// scores add up by document.
type scores struct {
	of      []float32
	rank    []uint32 // of equals the earlier comes first
	touched []uint32
}

func newScores(rank []uint32) scores { return scores{of: make([]float32, len(rank)), rank: rank} }

func (s *scores) add(doc uint32, v float32) {
	if s.of[doc] == 0 {
		s.touched = append(s.touched, doc)
	}
	s.of[doc] += v
}

func (s *scores) clear() {
	for _, doc := range s.touched {
		s.of[doc] = 0
	}
	s.touched = s.touched[:0]
}

// best calls keep with the n highest documents of those that fit.
func (s *scores) best(n int, fits func(doc uint32) bool, keep func(doc uint32)) {
	var top []uint32
	for _, doc := range s.touched {
		if !fits(doc) {
			continue
		}
		at, _ := slices.BinarySearchFunc(top, doc, s.compare)
		if at < n {
			top = slices.Insert(top[:min(len(top), n-1)], at, doc)
		}
	}
	for _, doc := range top {
		keep(doc)
	}
}

func (s *scores) compare(a, b uint32) int {
	return cmp.Or(cmp.Compare(s.of[b], s.of[a]), cmp.Compare(s.rank[a], s.rank[b]))
}

func (x *Index) ask(d Document, w *scratch) *question {
	q := &question{doc: d, normal: normalise(d), facts: x.lookFacts(d)}
	w.grams = gramHashes(q.normal.runes, w.grams)
	q.normal.knowPublic(x.everywhere, x.stock, w.grams)
	hide(w.grams, q.normal.public)
	q.prints = winnow(w.grams, nil)
	q.table = newSeedTable(q.normal.runes)
	return q
}

// lookFacts is factsOf for a document that may not be in the index: a unit
// nobody else has is unknown to all of them.
func (x *Index) lookFacts(d Document) facts {
	f := facts{unit: x.units[d.Unit], day: dayOf(d.Date), year: yearOf(d)}
	if d.Unit != "" && f.unit == 0 {
		f.unit = -1
	}
	return f
}

// candidates are the documents to align with q, in the order of the index.
func (x *Index) candidates(q *question, w *scratch) []int {
	var out []int
	keep := func(doc uint32) {
		if !w.seen[doc] {
			w.seen[doc] = true
			out = append(out, int(doc))
		}
	}
	all := func(uint32) bool { return true }
	current := int32(0)
	for _, f := range q.prints {
		if f.at/segment != current {
			current = f.at / segment
			w.local.best(bestInSegment, all, keep)
			w.local.clear()
		}
		x.score(q, f.hash, w)
	}
	w.local.best(bestInSegment, all, keep)
	w.local.clear()
	w.total.best(bestInAll, all, keep)
	for _, shelf := range []corpus.Shelf{corpus.Superior, corpus.Template} {
		w.total.best(bestOfShelf, func(doc uint32) bool { return x.docs[doc].Shelf == shelf }, keep)
	}
	if q.facts.unit > 0 {
		w.total.best(bestOfShelf, func(doc uint32) bool { return x.facts[doc].unit == q.facts.unit }, keep)
	}
	w.total.clear()
	for _, doc := range out {
		w.seen[doc] = false
	}
	slices.Sort(out)
	return out
}

// score gives every possible source that has the fingerprint the weight of its
// rarity.
func (x *Index) score(q *question, hash uint32, w *scratch) {
	from, to := x.post.list(hash)
	weight := float32(math.Log(1 + float64(len(x.docs))/float64(to-from)))
	looked := 0
	for _, doc := range x.post.doc[from:to] {
		if !x.possible(q, int(doc)) {
			continue
		}
		w.total.add(doc, weight)
		w.local.add(doc, weight)
		if looked++; looked == listCap {
			return
		}
	}
}
