package reuse

import (
	"cmp"
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
func (x *Index) learn(group []int32) {
	x.taught, x.taughtAt = x.taught[:0], append(x.taughtAt[:0], 0)
	common := x.countCommon(group)
	var grams []uint32
	var votes []int
	var found []stretch
	for doc := range x.docs {
		grams = gramHashes(x.runes(doc), grams)
		votes = votes[:0]
		for _, h := range grams {
			votes = append(votes, common.votes(h))
		}
		found = phrasesOf(found[:0], votes, x.limits.Votes)
		for _, s := range found {
			x.taught = append(x.taught, uint32(s.from)<<8|uint32(s.len()))
		}
		x.taughtAt = append(x.taughtAt, uint32(len(x.taught)))
	}
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
// inside another; votes has an entry for each gram of the document.
func phrasesOf(dst []stretch, votes []int, least int) []stretch {
	for i := 0; i < len(votes); i++ {
		if votes[i] < least {
			continue
		}
		from, to := i, i // the grams of the phrase, inclusive
		for from > 0 && votes[from-1]*prominence > votes[i] && i-from < longestPhrase {
			from--
		}
		for to+1 < len(votes) && votes[to+1]*prominence > votes[i] && to-i < longestPhrase {
			to++
		}
		s := stretch{int32(from), int32(to + gramLen)}
		if s.len() <= longestPhrase && (len(dst) == 0 || dst[len(dst)-1] != s) {
			dst = append(dst, s)
		}
	}
	return outermost(dst)
}

// outermost puts stretches in order and drops those that lie inside another.
func outermost(s []stretch) []stretch {
	slices.SortFunc(s, func(a, b stretch) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to)) })
	end := int32(-1)
	return slices.DeleteFunc(s, func(a stretch) bool {
		inside := a.to <= end
		end = max(end, a.to)
		return inside
	})
}
