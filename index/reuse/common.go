package reuse

import (
	"context"
	"math/bits"
	"slices"

	"duibiao/index/reuse/segments"
)

const (
	fewestVotes = 3       // a gram has one vote for each independent unit with a paper that has it; fewer are not told apart
	countAtOnce = 1 << 24 // grams sorted at one time, for each core: 256 MB
)

// Votes are told apart in steps, one by one below 2*finest and then ever fewer
// to the octave, so that one paper more does not change what every other one
// teaches.
const finest = 16

// stepOf is the step of so many votes, 0 where they are too few to count.
func stepOf(votes int) int {
	if votes < fewestVotes {
		return 0
	}
	doubled := max(0, bits.Len(uint(votes))-bits.Len(uint(2*finest-1)))
	return doubled*finest + votes>>doubled
}

// votesOf is the least number of votes of a step, but at least 1.
func votesOf(step int) int {
	if step < 2*finest {
		return max(1, step)
	}
	return (step%finest + finest) << (step/finest - 1)
}

// countAll counts the votes of all grams, a part of the hashes at a time.
func (x *Index) countAll(ctx context.Context, group []int32) ([]steps, error) {
	all := 0
	for i := range x.docs {
		all += x.runesIn(i)
	}
	top := 1 // bits of the hash by which the parts are told apart
	for countAtOnce<<top < all {
		top++
	}
	found := make([]steps, 1<<top)
	err := each(ctx, len(found), func() func(int) {
		var text normal
		var grams []uint32
		var count counting
		keys := make([]uint64, 0, all>>top+all>>(top+3)+64)
		return func(part int) {
			keys = keys[:0]
			for doc := range x.docs {
				x.recordAt(doc).runes(&text)
				grams = gramHashes(text.runes, grams)
				keys = slices.Grow(keys, len(grams))
				n, ahead := len(keys), keys[:len(keys)+len(grams)]
				for _, h := range grams { // without a jump that none can foresee
					ahead[n] = uint64(h)<<32 | uint64(doc)
					if int(h>>(32-top)) == part {
						n++
					}
				}
				keys = ahead[:n]
			}
			keys = segments.SortByHash(keys, &count.buf)
			count.runs(keys, group, func(h uint32, votes int, _ []uint64) {
				if step := stepOf(votes); step > 0 {
					found[part].add(h, step)
				}
			})
		}
	})
	return found, err
}

// counting is the working memory of counting votes.
type counting struct {
	buf  []uint64
	seen []int32 // by group: the last run it stood in, from 1
}

// runs calls f with every hash of keys, which are in the order of hashes with
// a document below each: the groups of these documents, and their keys.
func (c *counting) runs(keys []uint64, group []int32, f func(hash uint32, votes int, run []uint64)) {
	c.seen = cleared(c.seen, len(group))
	n := int32(0)
	for from := 0; from < len(keys); {
		n++
		votes, to := 0, from
		for ; to < len(keys) && keys[to]>>32 == keys[from]>>32; to++ {
			if g := group[uint32(keys[to])]; c.seen[g] != n {
				c.seen[g] = n
				votes++
			}
		}
		f(uint32(keys[from]>>32), votes, keys[from:to])
		from = to
	}
}
