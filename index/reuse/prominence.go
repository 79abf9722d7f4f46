package reuse

import (
	"cmp"
	"context"
	"slices"
)

// A phrase of up to longestPhrase runes that stands in prominence times as
// many units' papers as the text on either side of it is public wording, even
// if no list has it: what is copied as a whole stands out from its surroundings
// over its whole length, not phrase by phrase. The rule looks at the source,
// where a passage stands in its own surroundings.
const (
	longestPhrase = 70
	prominence    = 3
)

// learn finds the phrases that the documents themselves show to be public.
func (x *Index) learn(ctx context.Context) error {
	if x.learned {
		return nil
	}
	group, err := x.groups(ctx)
	if err != nil {
		return err
	}
	common, err := x.countCommon(ctx, group)
	if err != nil {
		return err
	}
	found := make([][]uint32, len(x.docs))
	err = each(ctx, len(x.docs), func() func(int) {
		var n normal
		var grams []uint32
		var votes []int
		var phrases []stretch
		return func(doc int) {
			x.recordAt(doc).runes(&n)
			grams = gramHashes(n.runes, grams)
			votes = votes[:0]
			for _, h := range grams {
				votes = append(votes, common.votes(h))
			}
			phrases = phrasesOf(phrases[:0], votes, x.limits.Votes)
			for _, s := range phrases {
				found[doc] = append(found[doc], uint32(s.from)<<8|uint32(s.len()))
			}
		}
	})
	x.taught, x.taughtAt = slices.Concat(found...), make([]uint32, 1, len(x.docs)+1)
	for _, f := range found {
		x.taughtAt = append(x.taughtAt, x.taughtAt[len(x.taughtAt)-1]+uint32(len(f)))
	}
	x.learned = err == nil
	return err
}

// taughtIn appends the phrases of a document to dst[:0], in order.
func (x *Index) taughtIn(doc int, dst []stretch) []stretch {
	dst = dst[:0]
	for _, t := range x.taught[x.taughtAt[doc]:x.taughtAt[doc+1]] {
		dst = append(dst, stretch{int32(t >> 8), int32(t>>8 + t&0xFF)})
	}
	return dst
}

// phrasesOf appends the phrases whose votes stand out to dst, in order, none
// inside another; votes has an entry for each gram of the document. A phrase
// has as many votes as that gram of it which has fewest.
func phrasesOf(dst []stretch, votes []int, least int) []stretch {
	for i := 0; i < len(votes); i++ {
		if votes[i] < least || i > 0 && votes[i] == votes[i-1] {
			continue // of the phrase before
		}
		from, to := i, i // the grams of the phrase of which i has fewest votes, inclusive
		for from > 0 && votes[from-1] >= votes[i] && i-from < longestPhrase {
			from--
		}
		for to+1 < len(votes) && votes[to+1] >= votes[i] && to-i < longestPhrase {
			to++
		}
		s := stretch{int32(from), int32(to + gramLen)}
		if s.len() <= longestPhrase && (len(dst) == 0 || dst[len(dst)-1] != s) && standsOut(votes, from, to, votes[i]) {
			dst = append(dst, s)
		}
	}
	return outermost(dst)
}

// standsOut reports whether the grams on both sides of from and to have so
// much fewer votes.
func standsOut(votes []int, from, to, v int) bool {
	return (from == 0 || votes[from-1]*prominence <= v) && (to+1 == len(votes) || votes[to+1]*prominence <= v)
}

// outermost puts stretches in order and drops those that lie inside another.
func outermost(s []stretch) []stretch {
	order := func(a, b stretch) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to)) }
	if !slices.IsSortedFunc(s, order) {
		slices.SortFunc(s, order)
	}
	end := int32(-1)
	return slices.DeleteFunc(s, func(a stretch) bool {
		inside := a.to <= end
		end = max(end, a.to)
		return inside
	})
}
