package reuse

import (
	"context"
	"encoding/binary"
	"errors"
	"maps"
	"slices"

	"duibiao/index/reuse/segments"
)

// learned is what the documents of an index show to be public wording, and
// from what it was learned. A change touches only part of it: the documents
// that may be a version of another than before, the grams of those whose voice
// is no longer the same, and what is taught by those that have such a gram.
type learned struct {
	votes   file // record i stands for step i, and has the grams with so many votes
	lessons file // by document, in the order they had then

	touched map[digest]bool     // documents that may be a version of others since then; false if only those with few fingerprints
	gone    map[digest][]uint32 // grams of those that have left since then
	moved   int                 // grams of those that have left or come since then
}

// file is a segment with its name, "" in memory.
type file struct {
	*segments.Segment
	name string
}

// A lesson is what a document teaches, as it is kept:
//
//	digest of the document, which votes as one with the document of this number
//	whether it has so few fingerprints that all of them are looked at
//	numbers of the documents of which it is a version: how many, and they
//	the phrases it teaches, each by the gap between their beginnings, and its length
type lesson []byte

func lessonOf(key digest, group int32, k kin, phrases []byte) lesson {
	b := number(slices.Clone(key[:]), int(group), int(asByte(k.few)), len(k.of))
	for _, v := range k.of {
		b = number(b, int(v))
	}
	return append(b, phrases...)
}

func (l lesson) read() (key digest, group int32, k kin) {
	f := fields{b: l}
	key, group = f.digest(), int32(f.number())
	k.few = f.number() != 0
	for n := f.number(); n > 0 && !f.bad; n-- {
		k.of = append(k.of, int32(f.number()))
	}
	return key, group, k
}

// phrases is where the phrases begin.
func (l lesson) phrases() []byte {
	f := fields{b: l[len(digest{}):]}
	f.number()
	f.number()
	for n := f.number(); n > 0 && !f.bad; n-- {
		f.number()
	}
	return f.b
}

func appendPhrases(b []byte, phrases []stretch) []byte {
	from := int32(0)
	for _, s := range phrases {
		b = append(binary.AppendUvarint(b, uint64(s.from-from)), byte(s.len()))
		from = s.from
	}
	return b
}

// taught are the phrases of a document as they are kept.
func (x *Index) taught(doc int) []byte { return lesson(x.public.lessons.Record(doc)).phrases() }

// taughtIn appends the phrases of a document to dst[:0], in order.
func (x *Index) taughtIn(doc int, dst []stretch) []stretch {
	dst = dst[:0]
	from := int32(0)
	for b := x.taught(doc); len(b) > 0; {
		gap, n := binary.Uvarint(b)
		from += int32(gap)
		dst = append(dst, stretch{from, from + int32(b[n])})
		b = b[n+1:]
	}
	return dst
}

// close forgets what was learned.
func (l *learned) close() error {
	err := errors.Join(l.votes.replace(file{}), l.lessons.replace(file{}))
	*l = learned{}
	return err
}

// unlearn notes what must be learned again when the documents for which in is
// true leave, or have come; all of it, when they are too many.
func (x *Index) unlearn(in func(doc int) bool, leaving bool) error {
	if x.public.votes.Segment == nil {
		return nil
	}
	var w indexing
	var n normal
	var l list
	for i := range x.docs {
		if !in(i) {
			continue
		}
		x.recordAt(i).source(&n)
		if x.public.moved += len(n.runes); x.public.moved > mostMoved {
			return x.public.close()
		}
		if leaving {
			x.public.gone[x.docs[i].key] = gramHashes(n.runes, nil)
		}
		for _, h := range w.hashes(n.runes, n.public) {
			if !l.early(x.parts, h, int32(i)) {
				continue
			}
			l.open(x.parts, h)
			for doc, ok := l.next(); ok; doc, ok = l.next() {
				key := x.docs[doc].key
				x.public.touched[key] = x.public.touched[key] || sampled(h)
			}
		}
	}
	return nil
}

// early reports whether doc is among the entries of a list that are looked at
// for families.
func (l *list) early(parts []*part, hash uint32, doc int32) bool {
	l.open(parts, hash)
	for range familyCap {
		if other, ok := l.next(); !ok || other >= doc {
			return ok && other == doc
		}
	}
	return false
}

// before is what was learned before of the documents there are now.
type before struct {
	lessons []lesson // by document; nil where there was none
	group   []int32  // by document: the one it had; -1 where it had none
	kin     []kin    // by document, numbered as now; not known where it may be another
}

// recall finds what was learned before and still holds.
func (x *Index) recall() before {
	n := len(x.docs)
	b := before{lessons: make([]lesson, n), group: make([]int32, n), kin: make([]kin, n)}
	byKey := make(map[digest]int32, n)
	for i, e := range x.docs {
		byKey[e.key], b.group[i] = int32(i), -1
	}
	old := x.public.lessons
	if old.Segment == nil {
		return b
	}
	now := make([]int32, old.Len()) // by the number it had
	for i := range now {
		key, _, _ := lesson(old.Record(i)).read()
		now[i] = byKey[key]
	}
	for i := range now {
		l := lesson(old.Record(i))
		key, group, kin := l.read()
		doc, ok := byKey[key]
		if !ok {
			continue
		}
		b.lessons[doc], b.group[doc] = l, group
		if many, touched := x.public.touched[key]; many || touched && kin.few {
			continue
		}
		for k, v := range kin.of {
			kin.of[k] = now[v]
		}
		kin.known = true
		b.kin[doc] = kin
	}
	return b
}

// mostMoved is how many grams can be counted again one by one; when there are
// more all are.
const mostMoved = 1 << 20

// moved returns the grams whose votes can be others than before: as long as
// the documents of a group stay together, apart from all others, it has the
// same vote for each gram. It gives up when there are too many.
func (x *Index) moved(b before, group []int32) (grams map[uint32]bool, ok bool) {
	if x.public.votes.Segment == nil {
		return nil, false
	}
	grams = map[uint32]bool{}
	add := func(hashes []uint32) {
		for _, h := range hashes {
			grams[h] = true
		}
	}
	for _, hashes := range x.public.gone {
		add(hashes)
	}
	stays := staying(b.group, group)
	var n normal
	var hashes []uint32
	for doc := range x.docs {
		if stays(doc) {
			continue
		}
		x.recordAt(doc).runes(&n)
		hashes = gramHashes(n.runes, hashes)
		if add(hashes); len(grams) > mostMoved {
			return nil, false
		}
	}
	return grams, true
}

// staying tells which documents stay together: for each group before, most of
// its documents, if they are most of what they are with now.
func staying(was, is []int32) func(doc int) bool {
	type pair struct{ was, is int32 }
	together := map[pair]int{}
	for doc := range is {
		if was[doc] >= 0 {
			together[pair{was[doc], is[doc]}]++
		}
	}
	mostWas, mostIs := map[int32]pair{}, map[int32]pair{}
	for doc := range is {
		p := pair{was[doc], is[doc]}
		if most, ok := mostWas[p.was]; !ok || together[p] > together[most] {
			mostWas[p.was] = p
		}
		if most, ok := mostIs[p.is]; !ok || together[p] > together[most] {
			mostIs[p.is] = p
		}
	}
	return func(doc int) bool {
		p := pair{was[doc], is[doc]}
		return together[p] > 0 && mostWas[p.was] == p && mostIs[p.is] == p
	}
}

// recount brings the votes up to date, and returns the documents with a gram
// whose step is not what it was.
func (x *Index) recount(ctx context.Context, b before, group []int32) (again func(doc int) bool, err error) {
	moved, ok := x.moved(b, group)
	if !ok {
		all, err := x.countAll(ctx, group)
		if err != nil {
			return nil, err
		}
		return func(int) bool { return true }, x.keepVotes(all...)
	}
	keys, err := x.holding(ctx, moved)
	if err != nil {
		return nil, err
	}
	to := make(map[uint32]int, len(moved)) // what step
	for h := range moved {
		to[h] = 0
	}
	taught := newBits(len(x.docs))
	var count counting
	count.runs(segments.SortByHash(keys, &count.buf), group, func(h uint32, votes int, run []uint64) {
		if to[h] = stepOf(votes); to[h] == x.public.step(h) {
			return
		}
		for _, k := range run {
			taught.set(int(uint32(k)))
		}
	})
	maps.DeleteFunc(to, func(h uint32, step int) bool { return step == x.public.step(h) })
	if len(to) == 0 {
		return taught.has, nil
	}
	var now steps
	x.public.votes.All(func(h uint32, step int) {
		if _, other := to[h]; !other {
			now.add(h, step)
		}
	})
	for h, step := range to {
		if step > 0 {
			now.add(h, step)
		}
	}
	return taught.has, x.keepVotes(now)
}

// holding returns where the grams stand: each above a document that has it.
func (x *Index) holding(ctx context.Context, grams map[uint32]bool) ([]uint64, error) {
	few := newBits(1 << fewBits) // the first bits of grams: most others are known by them
	for h := range grams {
		few.set(int(h >> (32 - fewBits)))
	}
	found := make([][]uint64, len(x.docs))
	err := each(ctx, len(x.docs), func() func(int) {
		var n normal
		var hashes []uint32
		return func(doc int) {
			x.recordAt(doc).runes(&n)
			hashes = gramHashes(n.runes, hashes)
			for _, h := range hashes {
				if few.has(int(h>>(32-fewBits))) && grams[h] {
					found[doc] = append(found[doc], uint64(h)<<32|uint64(doc))
				}
			}
		}
	})
	return slices.Concat(found...), err
}

const fewBits = 22

// steps are the grams of every step; of step 0 there are none.
type steps [][]uint32

func (s *steps) add(hash uint32, step int) {
	for len(*s) <= step {
		*s = append(*s, nil)
	}
	(*s)[step] = append((*s)[step], hash)
}

// keepVotes puts a new file of votes in the place of the one there was.
func (x *Index) keepVotes(parts ...steps) error {
	f, err := x.create(func(w *segments.Writer) error {
		most := 0
		for _, p := range parts {
			most = max(most, len(p))
		}
		var hashes []uint32
		for step := range most {
			hashes = hashes[:0]
			for _, p := range parts {
				if step < len(p) {
					hashes = append(hashes, p[step]...)
				}
			}
			w.Add(nil, hashes)
		}
		return nil
	})
	if err != nil {
		return err
	}
	return x.public.votes.replace(f)
}

// replace gives up f for another file.
func (f *file) replace(by file) error {
	old := *f
	if *f = by; old.Segment == nil {
		return nil
	}
	return old.Close()
}

// step is the step of a gram, 0 where it has too few votes.
func (l *learned) step(h uint32) int {
	from, to := l.votes.List(h)
	if from == to {
		return 0
	}
	return l.votes.Doc(from)
}
