package reuse

import (
	"cmp"
	"context"
	"slices"

	"duibiao/index/reuse/segments"
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

// learn finds the phrases that the documents themselves show to be public,
// from what was learned before where that is known.
func (x *Index) learn(ctx context.Context) error {
	if x.learned {
		return nil
	}
	b := x.recall()
	if err := x.findKin(ctx, b.kin); err != nil {
		return err
	}
	group := x.groups(b.kin)
	again, err := x.recount(ctx, b, group)
	if err != nil {
		return err
	}
	phrases := make([][]byte, len(x.docs))
	var other []int32
	for doc, l := range b.lessons {
		if l != nil && !again(doc) {
			phrases[doc] = l.phrases()
		} else {
			other = append(other, int32(doc))
		}
	}
	chunks := slices.Collect(slices.Chunk(other, atOnce))
	err = each(ctx, len(chunks), func() func(int) {
		var w teaching
		return func(i int) { x.phrases(chunks[i], &w, phrases) }
	})
	if err != nil {
		return err
	}
	f, err := x.create(func(w *segments.Writer) error {
		for i, e := range x.docs {
			w.Add(lessonOf(e.key, group[i], b.kin[i], phrases[i]), nil)
		}
		return nil
	})
	if err != nil {
		return err
	}
	x.learned = true
	x.public.touched, x.public.gone, x.public.moved = map[digest]bool{}, map[digest][]uint32{}, 0
	return x.public.lessons.replace(f)
}

// teaching is the working memory of finding the phrases of documents.
type teaching struct {
	n         normal
	grams     []uint32
	keys, buf []uint64 // a gram above, and which it is in votes
	votes     []int
	phrases   []stretch
}

// phrases puts those of docs into dst, as they are kept. The grams of all docs
// are looked up in the order in which the votes lie in memory.
func (x *Index) phrases(docs []int32, w *teaching, dst [][]byte) {
	w.keys = w.keys[:0]
	ends := make([]int, len(docs))
	for i, doc := range docs {
		x.recordAt(int(doc)).runes(&w.n)
		w.grams = gramHashes(w.n.runes, w.grams)
		for _, h := range w.grams {
			w.keys = append(w.keys, uint64(h)<<32|uint64(len(w.keys)))
		}
		ends[i] = len(w.keys)
	}
	w.keys = segments.SortByHash(w.keys, &w.buf)
	w.votes = slices.Grow(w.votes[:0], len(w.keys))[:len(w.keys)]
	last, votes := uint32(noHash), 0
	for _, k := range w.keys {
		if h := uint32(k >> 32); h != last {
			last, votes = h, votesOf(x.public.step(h))
		}
		w.votes[uint32(k)] = votes
	}
	from := 0
	for i, doc := range docs {
		w.phrases = phrasesOf(w.phrases[:0], w.votes[from:ends[i]], x.limits.Votes)
		dst[doc] = appendPhrases(nil, w.phrases)
		from = ends[i]
	}
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
