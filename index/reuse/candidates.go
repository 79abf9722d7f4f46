package reuse

import (
	"cmp"
	"math"
	"math/bits"
	"slices"

	"duibiao/corpus"
)

// reach says which documents are aligned with a query: the best in all, the
// best of every segment (without them a document stitched from many sources
// loses most of them), and the best of every shelf and of the unit's own
// papers.
type reach struct {
	counted   int // entries of one list that are counted: the earliest that can be sources
	listed    int // entries that are looked at for them
	inAll     int
	inSegment int
	ofShelf   int
}

func usualReach() reach {
	return reach{counted: 128, listed: 1024, inAll: 20, inSegment: 3, ofShelf: 4}
}

const segment = 120 // runes

// question is a document that is looked up.
type question struct {
	doc    Document // without its text
	number int32    // of it in the index
	normal normal
	facts  facts
	prints []print
	grams  gramSet // those that lie neither in public wording nor in one stock phrase
	table  seedTable
	own    own
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
	source  normal    // the source at hand
	taught  []stretch // of the source at hand
	hits    []int32
	touched []int32 // those with hits
	list    list
}

func (x *Index) scratch() *scratch {
	n := len(x.docs)
	return &scratch{total: newScores(n), local: newScores(n), seen: make([]bool, n), hits: make([]int32, n)}
}

// scores add up by document. Of equals the earlier document comes first.
type scores struct {
	of      []score
	touched []int32
}

// score is the weight of the fingerprints that a document shares, and how many
// signs of a passage they are: one that lies in a single stock phrase is one,
// any other enough.
type score struct {
	weight float32
	signs  int32
}

const enoughSigns = 2

func newScores(n int) scores { return scores{of: make([]score, n)} }

func (s *scores) add(doc int32, v score) {
	if s.of[doc].signs == 0 {
		s.touched = append(s.touched, doc)
	}
	s.of[doc].weight += v.weight
	s.of[doc].signs += v.signs
}

func (s *scores) clear() {
	for _, doc := range s.touched {
		s.of[doc] = score{}
	}
	s.touched = s.touched[:0]
}

// best calls keep with the n highest documents of those that fit.
func (s *scores) best(n int, fits func(doc int32) bool, keep func(doc int32)) {
	var top []int32
	for _, doc := range s.touched {
		if s.of[doc].signs < enoughSigns || !fits(doc) {
			continue
		}
		if len(top) == n && s.compare(doc, top[n-1]) > 0 {
			continue
		}
		at, _ := slices.BinarySearchFunc(top, doc, s.compare)
		top = slices.Insert(top[:min(len(top), n-1)], at, doc)
	}
	for _, doc := range top {
		keep(doc)
	}
}

func (s *scores) compare(a, b int32) int {
	return cmp.Or(cmp.Compare(s.of[b].weight, s.of[a].weight), cmp.Compare(a, b))
}

// ask prepares a document of the index.
func (x *Index) ask(doc int, w *scratch) *question {
	q := &question{doc: x.docs[doc].Document, normal: x.recordAt(doc).normal(), facts: x.facts[doc], number: int32(doc)}
	w.grams = gramHashes(q.normal.runes, w.grams)
	q.normal.stock = x.stock.find(q.normal.runes, w.grams)
	q.own = newOwn(q.normal.runes, q.normal.public, q.normal.stock)
	q.table = newSeedTable(q.normal.runes)
	hide(w.grams, q.normal.public)
	q.prints = winnow(w.grams, nil)
	stock := newBits(len(w.grams))
	within(q.normal.stock, func(at int) { stock.set(at); w.grams[at] = noHash })
	for i, f := range q.prints {
		q.prints[i].stock = stock.has(int(f.at))
	}
	q.grams = newGramSet(w.grams)
	return q
}

// candidates are the documents to align with q, in the order of the index.
func (x *Index) candidates(q *question, w *scratch) []int32 {
	var out []int32
	keep := func(doc int32) {
		if !w.seen[doc] {
			w.seen[doc] = true
			out = append(out, doc)
		}
	}
	all := func(int32) bool { return true }
	current := int32(0)
	for _, f := range q.prints {
		if f.at/segment != current {
			current = f.at / segment
			w.local.best(x.reach.inSegment, all, keep)
			w.local.clear()
		}
		x.score(q, f, w)
	}
	w.local.best(x.reach.inSegment, all, keep)
	w.local.clear()
	w.total.best(x.reach.inAll, all, keep)
	for _, shelf := range []corpus.Shelf{corpus.Superior, corpus.Template} {
		w.total.best(x.reach.ofShelf, func(doc int32) bool { return x.docs[doc].Shelf == shelf }, keep)
	}
	if q.facts.unit > 0 {
		w.total.best(x.reach.ofShelf, func(doc int32) bool { return x.facts[doc].unit == q.facts.unit }, keep)
	}
	w.total.clear()
	for _, doc := range out {
		w.seen[doc] = false
	}
	slices.Sort(out)
	return out
}

// score gives every possible source that has the fingerprint the weight of its
// rarity. The size of the collection counts in powers of two, so that one
// document more does not change every weight.
func (x *Index) score(q *question, f print, w *scratch) {
	n := w.list.open(x.parts, f.hash)
	v := score{float32(math.Log(1 + float64(int(1)<<bits.Len(uint(len(x.docs))))/float64(n))), enoughSigns}
	if f.stock {
		v.signs = 1
	}
	kept := 0
	for range x.reach.listed {
		doc, ok := w.list.next()
		if !ok {
			return
		}
		if !x.possible(q, doc) {
			continue
		}
		w.total.add(doc, v)
		w.local.add(doc, v)
		if kept++; kept == x.reach.counted {
			return
		}
	}
}
