package reuse

import (
	"cmp"
	"slices"
)

// postings are the fingerprints of all documents as flat arrays: the list of a
// hash stands in one stretch, the documents that come first in it first.
type postings struct {
	dir  []uint32 // dir[b] is where the hashes with the top bits b begin
	low  []uint16 // the lower half of each hash; the directory has the rest
	doc  []uint32
	bits int      // how many top bits; at least 16
	next []uint64 // added since: hash above, document below
}

// add appends the fingerprints of a document; order must be called before the
// next look-up.
func (p *postings) add(doc uint32, prints []print) {
	for _, f := range prints {
		p.next = append(p.next, uint64(f.hash)<<32|uint64(doc))
	}
}

// order sorts the lists, the documents of each by rank, and drops what stands
// twice.
func (p *postings) order(rank []uint32) {
	byRank := make([]uint32, len(rank))
	for doc, r := range rank {
		byRank[r] = uint32(doc)
	}
	keys := p.keys()
	for i, k := range keys {
		keys[i] = k>>32<<32 | uint64(rank[uint32(k)])
	}
	sortKeys(keys, len(rank))
	keys = slices.Compact(keys)
	p.bits = 16
	for p.bits < 28 && 1<<p.bits < len(keys)/16 {
		p.bits++
	}
	p.dir = make([]uint32, 1<<p.bits+1)
	p.low, p.doc = make([]uint16, len(keys)), make([]uint32, len(keys))
	for i, k := range keys {
		p.low[i], p.doc[i] = uint16(k>>32), byRank[uint32(k)]
		p.dir[k>>(64-p.bits)+1]++
	}
	for b := range len(p.dir) - 1 {
		p.dir[b+1] += p.dir[b]
	}
}

// keys are all fingerprints, those added since too, which are added no more.
func (p *postings) keys() []uint64 {
	keys := slices.Grow(p.next, len(p.low))
	p.next = nil
	for b := range max(0, len(p.dir)-1) {
		for i := p.dir[b]; i < p.dir[b+1]; i++ {
			hash := uint64(b)<<(32-p.bits) | uint64(p.low[i])
			keys = append(keys, hash<<32|uint64(p.doc[i]))
		}
	}
	return keys
}

// list is where the postings of hash stand in p.doc, half-open.
func (p *postings) list(hash uint32) (from, to int) {
	b := hash >> (32 - p.bits)
	end := int(p.dir[b+1])
	at, _ := slices.BinarySearch(p.low[p.dir[b]:end], uint16(hash))
	from = int(p.dir[b]) + at
	to = from
	for to < end && p.low[to] == uint16(hash) {
		to++
	}
	return from, to
}

// sortKeys sorts keys whose lower halves are below ranks.
func sortKeys(keys []uint64, ranks int) {
	if len(keys) < 1<<12 {
		slices.SortFunc(keys, cmp.Compare[uint64])
		return
	}
	const digit = 11
	buf := make([]uint64, len(keys))
	a, b := keys, buf
	pass := func(shift int) {
		var at [1 << digit]int
		for _, k := range a {
			at[k>>shift&(1<<digit-1)]++
		}
		sum := 0
		for d, n := range at {
			at[d] = sum
			sum += n
		}
		for _, k := range a {
			d := k >> shift & (1<<digit - 1)
			b[at[d]] = k
			at[d]++
		}
		a, b = b, a
	}
	for shift := 0; shift < 32 && ranks>>shift > 0; shift += digit {
		pass(shift)
	}
	for shift := 32; shift < 64; shift += digit {
		pass(shift)
	}
	if &a[0] != &keys[0] {
		copy(keys, a)
	}
}
