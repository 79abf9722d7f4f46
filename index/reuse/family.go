package reuse

import (
	"context"
	"slices"
)

// family is from what share of its fingerprints on a document counts as a
// version of another.
const family = 0.6

// familyCap is how many entries of a list are looked at for families: members
// of one find each other through its earliest.
const familyCap = 32

// groups says which documents count as one voice when phrases are counted:
// those of one unit, and those of one template family, directly or through
// others.
func (x *Index) groups(kin []kin) []int32 {
	same := newUnion(len(x.docs))
	first := map[int32]int{}
	for i, f := range x.facts {
		if f.unit == 0 {
			continue
		}
		if j, ok := first[f.unit]; ok {
			same.join(i, j)
		} else {
			first[f.unit] = i
		}
	}
	for doc, k := range kin {
		for _, other := range k.of {
			same.join(doc, int(other))
		}
	}
	return same.roots()
}

// kin are the documents of which a document is a version.
type kin struct {
	known bool
	few   bool // all of its fingerprints were looked at, because they are few
	of    []int32
}

// findKin finds what is not known.
func (x *Index) findKin(ctx context.Context, all []kin) error {
	return each(ctx, len(x.docs), func() func(int) {
		w := x.scratch()
		return func(doc int) {
			if !all[doc].known {
				all[doc] = x.kinOf(doc, w)
			}
		}
	})
}

func (x *Index) kinOf(doc int, w *scratch) kin {
	x.recordAt(doc).source(&w.source)
	w.grams = gramHashes(w.source.runes, w.grams)
	hide(w.grams, w.source.public)
	prints := winnow(w.grams, nil)
	k := kin{known: true, few: len(prints) < manyPrints}
	if !k.few {
		prints = slices.DeleteFunc(prints, func(f print) bool { return !sampled(f.hash) })
	}
	for _, f := range prints {
		if w.list.open(x.parts, f.hash) < 2 {
			continue // nobody but doc
		}
		w.count(familyCap)
	}
	w.counted(func(other, n int32) {
		if int(other) != doc && float64(n) >= family*float64(len(prints)) {
			k.of = append(k.of, other)
		}
	})
	slices.Sort(k.of)
	return k
}

// manyPrints is from how many fingerprints on a document is known by a sample
// of them: one in eight, the same in all documents.
const manyPrints = 128

func sampled(hash uint32) bool { return hash&7 == 0 }

// count gives a hit to each of the first most documents of w.list.
func (w *scratch) count(most int) {
	for range most {
		doc, ok := w.list.next()
		if !ok {
			return
		}
		if w.hits[doc] == 0 {
			w.touched = append(w.touched, doc)
		}
		w.hits[doc]++
	}
}

// counted calls f with each document that has hits, and takes them away.
func (w *scratch) counted(f func(doc, n int32)) {
	for _, doc := range w.touched {
		f(doc, w.hits[doc])
		w.hits[doc] = 0
	}
	w.touched = w.touched[:0]
}

// union is a set of disjoint sets of 0 to n-1.
type union []int32

func newUnion(n int) union {
	u := make(union, n)
	for i := range u {
		u[i] = int32(i)
	}
	return u
}

func (u union) root(i int) int {
	for int(u[i]) != i {
		u[i] = u[u[i]]
		i = int(u[i])
	}
	return i
}

// join puts a and b into one set; its least member stands for it.
func (u union) join(a, b int) {
	a, b = u.root(a), u.root(b)
	u[max(a, b)] = int32(min(a, b))
}

func (u union) roots() []int32 {
	for i := range u {
		u[i] = int32(u.root(i))
	}
	return u
}
