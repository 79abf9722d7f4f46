package reuse

import (
	"cmp"
	"slices"
)

// build makes the index ready for queries after documents were added.
func (x *Index) build() {
	x.mu.Lock()
	defer x.mu.Unlock()
	if !x.stale {
		return
	}
	x.rank = x.ranks()
	x.post.order(x.rank)
	x.learn(x.groups())
	x.stale = false
}

// ranks numbers the documents in the order in which they are kept where a
// list is longer than what is looked at: what the office itself put on a
// shelf, then by date, then what has none.
func (x *Index) ranks() []uint32 {
	order := make([]int, len(x.docs))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(
			cmp.Compare(shelfRank(x.docs[a]), shelfRank(x.docs[b])),
			cmp.Compare(x.facts[a].day, x.facts[b].day),
			cmp.Compare(x.docs[a].ID, x.docs[b].ID),
			cmp.Compare(a, b))
	})
	rank := make([]uint32, len(order))
	for r, doc := range order {
		rank[doc] = uint32(r)
	}
	return rank
}

// family is from what share of its fingerprints on a document counts as a
// version of another.
const family = 0.6

// familyCap is how many entries of a list are looked at for families: members
// of one find each other through its earliest.
const familyCap = 32

// groups says which documents count as one voice when phrases are counted:
// those of one unit, and those of one template family.
func (x *Index) groups() []int32 {
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
	hits := make([]int32, len(x.docs))
	x.eachDoc(func(doc int, prints []print) {
		var touched []uint32
		for _, f := range prints {
			from, to := x.post.list(f.hash)
			if to-from < 2 {
				continue // nobody but doc
			}
			for _, other := range x.post.doc[from:min(to, from+familyCap)] {
				if hits[other] == 0 {
					touched = append(touched, other)
				}
				hits[other]++
			}
		}
		for _, other := range touched {
			if int(other) != doc && float64(hits[other]) >= family*float64(len(prints)) {
				same.join(doc, int(other))
			}
			hits[other] = 0
		}
	})
	return same.roots()
}

// eachDoc calls f with the fingerprints of every document, in turn.
func (x *Index) eachDoc(f func(doc int, prints []print)) {
	var grams []uint32
	var prints []print
	for doc := range x.docs {
		grams = gramHashes(x.runes(doc), grams)
		hide(grams, x.publicIn(doc))
		prints = winnow(grams, prints)
		f(doc, prints)
	}
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
