package reuse

import (
	"cmp"
	"context"
	"runtime"
	"slices"
)

// common tells in how many independent units' papers a gram stands, for the
// grams that stand in at least fewestVotes of them.
type common struct {
	slots []uint64 // hash above, votes below; 0 is empty
	shift uint
}

const (
	fewestVotes = 3
	countAtOnce = 1 << 24 // grams sorted at one time, for each core: 256 MB
)

// countCommon counts the grams of all documents, a part of the hashes at a
// time.
func (x *Index) countCommon(ctx context.Context, group []int32) (*common, error) {
	all := 0
	for i := range x.docs {
		all += x.runesIn(i)
	}
	parts := 1
	for parts*countAtOnce < all || parts < runtime.GOMAXPROCS(0) {
		parts *= 2
	}
	found := make([][]uint64, parts)
	err := each(ctx, parts, func() func(int) {
		var n normal
		var grams []uint32
		keys := make([]uint64, 0, all/parts+all/parts/8+64)
		return func(part int) {
			keys = keys[:0]
			for doc := range x.docs {
				x.recordAt(doc).runes(&n)
				grams = gramHashes(n.runes, grams)
				for _, h := range grams {
					if int(h)&(parts-1) == part {
						keys = append(keys, uint64(h)<<32|uint64(group[doc]))
					}
				}
			}
			sortKeys(keys, len(x.docs))
			found[part] = appendCommon(nil, keys)
		}
	})
	return newCommon(slices.Concat(found...)), err
}

// appendCommon appends the hashes of sorted keys, which hold a group below,
// that enough groups share, with their number.
func appendCommon(dst, keys []uint64) []uint64 {
	for from := 0; from < len(keys); {
		votes, to := uint64(1), from+1
		for ; to < len(keys) && keys[to]>>32 == keys[from]>>32; to++ {
			if keys[to] != keys[to-1] {
				votes++
			}
		}
		if votes >= fewestVotes {
			dst = append(dst, keys[from]>>32<<32|votes)
		}
		from = to
	}
	return dst
}

func newCommon(found []uint64) *common {
	c := &common{shift: 28}
	for 1<<(32-c.shift) < 2*len(found) {
		c.shift--
	}
	c.slots = make([]uint64, 1<<(32-c.shift))
	for _, f := range found {
		slot := f >> 32 >> c.shift
		for c.slots[slot] != 0 {
			slot = (slot + 1) & uint64(len(c.slots)-1)
		}
		c.slots[slot] = f
	}
	return c
}

// votes is how many groups share the gram with hash h, or 1 where they are
// fewer than fewestVotes.
func (c *common) votes(h uint32) int {
	for slot := h >> c.shift; c.slots[slot] != 0; slot = (slot + 1) & uint32(len(c.slots)-1) {
		if uint32(c.slots[slot]>>32) == h {
			return int(uint32(c.slots[slot]))
		}
	}
	return 1
}

// sortKeys sorts keys whose lower halves are below groups.
func sortKeys(keys []uint64, groups int) {
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
	for shift := 0; shift < 32 && groups>>shift > 0; shift += digit {
		pass(shift)
	}
	for shift := 32; shift < 64; shift += digit {
		pass(shift)
	}
	if &a[0] != &keys[0] {
		copy(keys, a)
	}
}
