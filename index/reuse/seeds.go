package reuse

import (
	"cmp"
	"slices"
)

// seed is a run that stands in both texts and cannot be made longer.
type seed struct {
	q, s, n     int32 // where in the query, where in the source, how long
	informative int32 // runes of it in pieces that are no formula
	longest     int32 // the longest such piece
	weight      int32 // the same sum, leaving aside what the source teaches about formulae
}

const (
	seedLen     = 5  // the shortest seed
	oftenInText = 24 // a gram that stands more often in the query starts no seed
)

// seedTable finds the places of every gram of seedLen runes.
type seedTable struct {
	runes []uint16
	head  []int32 // by hash: the last place + 1
	next  []int32 // by place: the place before it with the same hash + 1
	often bitset  // places whose gram starts no seed
	shift uint
}

func newSeedTable(runes []uint16) seedTable {
	size, shift := 16, uint(28)
	for size < 2*len(runes) {
		size, shift = size*2, shift-1
	}
	t := seedTable{runes: runes, head: make([]int32, size), next: make([]int32, len(runes)), often: newBits(len(runes) + 1), shift: shift}
	count := make([]uint16, size)
	for i := 0; i+seedLen <= len(runes); i++ {
		h := seedHash(runes[i:]) >> shift
		t.next[i] = t.head[h]
		t.head[h] = int32(i + 1)
		if count[h] < oftenInText+1 {
			count[h]++
		}
	}
	for h, c := range count {
		if c > oftenInText {
			for i := t.head[h]; i > 0; i = t.next[i-1] {
				t.often.set(int(i - 1))
			}
			t.head[h] = 0
		}
	}
	return t
}

func seedHash(r []uint16) uint32 {
	_ = r[4]
	v := uint64(r[0]) | uint64(r[1])<<16 | uint64(r[2])<<32 | uint64(r[3])<<48
	return uint32((v*hashBase ^ uint64(r[4])*hashMix) * hashBase >> 32)
}

// find appends all seeds of the query and s to dst[:0].
func (t *seedTable) find(s []uint16, dst []seed) []seed {
	dst = dst[:0]
	q := t.runes
	for j := 0; j+seedLen <= len(s); j++ {
		for i := int(t.head[seedHash(s[j:])>>t.shift]); i > 0; i = int(t.next[i-1]) {
			if sd, ok := t.extend(q, s, i-1, j); ok {
				dst = append(dst, sd)
			}
		}
	}
	return dst
}

// extend makes the longest run through q[i:] and s[j:], unless they differ or
// the run is found from an earlier place.
func (t *seedTable) extend(q, s []uint16, i, j int) (seed, bool) {
	n := 0
	for i+n < len(q) && j+n < len(s) && q[i+n] == s[j+n] {
		n++
	}
	if n < seedLen {
		return seed{}, false
	}
	for i > 0 && j > 0 && q[i-1] == s[j-1] {
		if !t.often.has(i - 1) {
			return seed{}, false
		}
		i, j, n = i-1, j-1, n+1
	}
	return seed{q: int32(i), s: int32(j), n: int32(n)}, true
}

// unshadowed drops the seeds that lie, in either text, inside a longer one:
// what is repeated elsewhere would stretch a passage over it. The rest comes
// in the order of the query.
func unshadowed(w *scratch, qLen, sLen int) []seed {
	longest := int32(0)
	for _, sd := range w.seeds {
		longest = max(longest, sd.n)
	}
	seeds := w.sorted(w.seeds, longest, func(sd seed) int32 { return longest - sd.n })
	w.reachQ, w.reachS = cleared(w.reachQ, qLen), cleared(w.reachS, sLen)
	kept := w.kept[:0]
	for from := 0; from < len(seeds); {
		to := from
		for to < len(seeds) && seeds[to].n == seeds[from].n {
			to++
		}
		first := len(kept)
		for _, sd := range seeds[from:to] {
			if w.reachQ[sd.q] < sd.q+sd.n && w.reachS[sd.s] < sd.s+sd.n {
				kept = append(kept, sd)
			}
		}
		for _, sd := range kept[first:] { // equals do not shadow each other
			shadow(w.reachQ[sd.q:sd.q+sd.n], sd.q+sd.n)
			shadow(w.reachS[sd.s:sd.s+sd.n], sd.s+sd.n)
		}
		from = to
	}
	w.kept = kept
	return w.sorted(kept, int32(qLen), func(sd seed) int32 { return sd.q })
}

// sorted returns seeds by key, which is from 0 to most; equals stay in order.
// What it returns is valid until it is called again.
func (w *scratch) sorted(seeds []seed, most int32, key func(seed) int32) []seed {
	w.counts = cleared(w.counts, int(most)+2)
	for _, sd := range seeds {
		w.counts[key(sd)+1]++
	}
	for k := range w.counts[1:] {
		w.counts[k+1] += w.counts[k]
	}
	w.ordered = slices.Grow(w.ordered[:0], len(seeds))[:len(seeds)]
	for _, sd := range seeds {
		k := key(sd)
		w.ordered[w.counts[k]] = sd
		w.counts[k]++
	}
	return w.ordered
}

func shadow(at []int32, end int32) {
	for i := range at {
		at[i] = max(at[i], end)
	}
}

func cleared(b []int32, n int) []int32 {
	if cap(b) < n {
		return make([]int32, n)
	}
	b = b[:n]
	clear(b)
	return b
}

// weigh counts the informative runes of sd in its pieces outside public
// wording, if a piece has at least seedLen.
func (sd *seed) weigh(q *normal, publicS bitset, taughtS []stretch) {
	from := int32(0)
	for k := range sd.n + 1 {
		if k < sd.n && !q.public.has(int(sd.q+k)) && !publicS.has(int(sd.s+k)) {
			continue
		}
		if piece := (stretch{sd.q + from, sd.q + k}); piece.len() >= seedLen {
			sd.weighPiece(q, piece, taughtS)
		}
		from = k + 1
	}
}

func (sd *seed) weighPiece(q *normal, piece stretch, taughtS []stretch) {
	var p phrases
	p.take(listedChain, piece, q.stock, 0)
	if n := q.own(piece, p); n >= seedLen {
		sd.weight += n
	}
	p.take(taughtChain, piece, taughtS, sd.s-sd.q)
	if n := q.own(piece, p); n >= seedLen {
		sd.informative += n
		sd.longest = max(sd.longest, n)
	}
}

// How many phrases may follow each other in two texts by chance: of the lists
// two, of those the source teaches one. More in the same order were written
// from one paper.
const (
	listedChain = 2
	taughtChain = 1
)

// phrases are stretches of one piece that lie in one phrase each.
type phrases struct {
	are [listedChain + taughtChain]stretch
	n   int
}

// take adds the n longest stretches of piece that lie in one of list and in
// none of p. list is in order and stands by further on than piece.
func (p *phrases) take(n int, piece stretch, list []stretch, by int32) {
	at, _ := slices.BinarySearchFunc(list, piece.from+by+1, func(s stretch, from int32) int { return cmp.Compare(s.to, from) })
	for range n {
		longest := stretch{}
		for _, s := range list[at:] {
			if s.from-by >= piece.to {
				break
			}
			s = s.shift(-by).within(piece)
			for _, taken := range p.are[:p.n] {
				s = s.without(taken)
			}
			if s.len() > longest.len() {
				longest = s
			}
		}
		if longest.len() == 0 {
			return
		}
		p.are[p.n] = longest
		p.n++
	}
}

// own is how many runes of piece are neither figures nor in p.
func (n *normal) own(piece stretch, p phrases) int32 {
	own := piece.len()
	for _, s := range p.are[:p.n] {
		own -= s.len()
	}
	for i := piece.from; i < piece.to; i++ {
		if n.runes[i] == '0' && !p.hold(i) {
			own--
		}
	}
	return own
}

func (p *phrases) hold(i int32) bool {
	return slices.ContainsFunc(p.are[:p.n], func(s stretch) bool { return s.from <= i && i < s.to })
}
