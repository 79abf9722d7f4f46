package reuse

import (
	"context"
	"crypto/sha256"
	"fmt"
	"math/bits"
	"slices"

	"duibiao/corpus"
)

// collection is what was found in a collection, by the digests of its
// documents.
type collection struct {
	wording digest // of the options it was found with
	size    int    // in powers of two: fingerprints are weighed by it
	of      map[digest]result
}

// result is what was found in one document, and from what.
type result struct {
	candidates []digest // the documents it was aligned with
	inputs     digest   // of all that was looked at to find it
	stale      bool     // the candidates, and who else has the passages, are to be looked up again
	found      []finding
}

// finding is a passage with the place in the normal form by which it is looked
// up who else has it.
type finding struct {
	corpus.Reuse
	at stretch
}

// Update makes docs the collection and returns the reuse in every document
// that stands on no shelf, against the shelves and against each other, in the
// order of documents and places. A document's own ID, papers signed later, and
// papers under review of the same unit for the same year are no sources.
//
// What is returned depends on docs alone, but not what is done for it: only
// documents that are new or differ in any field are indexed, and only what such
// a document can have changed is compared again. No two documents may have the
// same ID. It stops with ctx's error when ctx is done.
//
// After an error the index must be closed; opened again, it goes on from where
// it was.
func (x *Index) Update(ctx context.Context, docs []Document) ([]corpus.Reuse, error) {
	var changed []Document
	known := make(map[string]digest, len(x.docs))
	for _, e := range x.docs {
		known[e.ID] = e.key
	}
	given := make(map[string]bool, len(docs))
	for _, d := range docs {
		if given[d.ID] {
			return nil, fmt.Errorf("compare documents: two have the id %q", d.ID)
		}
		given[d.ID] = true
		if key, ok := known[d.ID]; !ok || key != digestOf(d) {
			changed = append(changed, d)
		}
	}
	var removed []string
	for _, e := range x.docs {
		if !given[e.ID] {
			removed = append(removed, e.ID)
		}
	}
	return x.change(ctx, changed, removed)
}

// change puts documents into the collection, in place of those that have the
// same ID, and takes out those with the removed IDs. It returns what Update
// returns.
func (x *Index) change(ctx context.Context, put []Document, removed []string) ([]corpus.Reuse, error) {
	if len(put)+len(removed) > 0 {
		if err := x.replace(ctx, put, removed); err != nil {
			return nil, fmt.Errorf("index documents: %w", err)
		}
	}
	if !x.complete {
		if err := x.findAll(ctx); err != nil {
			return nil, fmt.Errorf("compare documents: %w", err)
		}
	}
	var out []corpus.Reuse
	for _, e := range x.docs {
		for _, f := range x.known.of[e.key].found {
			out = append(out, f.Reuse)
		}
	}
	sortReuse(out)
	return out, nil
}

// replace changes the documents, and notes whose results depend on that.
func (x *Index) replace(ctx context.Context, put []Document, removed []string) error {
	out := make(map[string]bool, len(put)+len(removed))
	for _, id := range removed {
		out[id] = true
	}
	for _, d := range put {
		out[d.ID] = true
	}
	marks := x.marks()
	leaving := func(doc int) bool { return out[x.docs[doc].ID] }
	marks.add(leaving)
	if err := x.unlearn(leaving, true); err != nil {
		return err
	}
	x.remove(leaving)
	if err := x.add(ctx, put); err != nil {
		return err
	}
	x.arrange()
	x.learned = false
	if err := x.compact(ctx); err != nil {
		return err
	}
	arriving := make(map[string]bool, len(put))
	for _, d := range put {
		arriving[d.ID] = true
	}
	arrived := func(doc int) bool { return arriving[x.docs[doc].ID] }
	marks.add(arrived)
	if err := x.unlearn(arrived, false); err != nil {
		return err
	}
	x.spoil(marks)
	return x.save()
}

// marks are the fingerprints of documents that come or go.
type marks struct {
	x      *Index
	hashes map[uint32]bool
}

func (x *Index) marks() *marks { return &marks{x, map[uint32]bool{}} }

// add takes the fingerprints of the documents for which in is true.
func (m *marks) add(in func(doc int) bool) {
	if len(m.x.known.of) == 0 {
		return // nothing depends on them
	}
	var w indexing
	var n normal
	for i := range m.x.docs {
		if !in(i) {
			continue
		}
		m.x.recordAt(i).source(&n)
		for _, h := range w.hashes(n.runes, n.public) {
			m.hashes[h] = true
		}
	}
}

// spoil makes the results stale whose documents have one of the fingerprints,
// and forgets those of documents that are gone.
func (x *Index) spoil(m *marks) {
	touched := newBits(len(x.docs))
	var l list
	for h := range m.hashes {
		l.open(x.parts, h)
		for doc, ok := l.next(); ok; doc, ok = l.next() {
			touched.set(int(doc))
		}
	}
	size := bits.Len(uint(len(x.docs)))
	kept := make(map[digest]result, len(x.known.of))
	for i, e := range x.docs {
		if r, ok := x.known.of[e.key]; ok {
			r.stale = r.stale || touched.has(i) || size != x.known.size
			kept[e.key] = r
		}
	}
	x.known.of, x.known.size, x.complete = kept, size, false
}

// findAll finds what is not known, and what may have changed.
func (x *Index) findAll(ctx context.Context) error {
	if err := x.learn(ctx); err != nil {
		return err
	}
	if x.known.wording != x.wording {
		x.known = collection{wording: x.wording, size: bits.Len(uint(len(x.docs)))}
	}
	number := make(map[digest]int32, len(x.docs))
	for i, e := range x.docs {
		number[e.key] = int32(i)
	}
	var review []int
	for i, e := range x.docs {
		if e.Shelf == "" {
			review = append(review, i)
		}
	}
	results := make([]result, len(review))
	err := each(ctx, len(review), func() func(int) {
		w := x.scratch()
		return func(i int) { results[i] = x.findAgain(review[i], number, w) }
	})
	if err != nil {
		return err
	}
	x.known.of = make(map[digest]result, len(review))
	for i, doc := range review {
		x.known.of[x.docs[doc].key] = results[i]
	}
	x.complete = true
	return x.save()
}

// findAgain is what stands in document i, from what was found before where
// nothing that it was found from has changed. The candidates change only with
// a document that shares a fingerprint; what is found in them changes with
// them and with the phrases they teach.
func (x *Index) findAgain(i int, number map[digest]int32, w *scratch) result {
	before, ok := x.known.of[x.docs[i].key]
	if ok && !before.stale {
		var candidates []int32
		for _, c := range before.candidates {
			candidates = append(candidates, number[c])
		}
		if x.inputs(i, candidates) == before.inputs {
			return before
		}
	}
	q := x.ask(i, w)
	candidates := x.lookUp(q, w)
	now := result{inputs: x.inputs(i, candidates)}
	for _, c := range candidates {
		now.candidates = append(now.candidates, x.docs[c].key)
	}
	if ok && now.inputs == before.inputs {
		now.found = before.found
		for k := range now.found {
			f := &now.found[k]
			f.AlsoIn = x.alsoIn(q, f.at, f.Source, w)
		}
		return now
	}
	now.found = x.findIn(q, candidates, w)
	return now
}

// lookUp returns the candidates of q. Lists are gone through only where their
// papers can be sources: most of a long one may be of later years.
func (x *Index) lookUp(q *question, w *scratch) []int32 {
	if q.facts.last != unknownDay {
		w.list.keepTo(x.parts, x.dates.before(q.facts.last+int32(x.limits.Days)))
	}
	candidates := x.candidates(q, w)
	w.list.among = nil
	return candidates
}

// inputs is the digest of all from which the passages of a document are made:
// the document, its candidates, and what they teach.
func (x *Index) inputs(doc int, candidates []int32) digest {
	h := sha256.New()
	h.Write(x.docs[doc].key[:])
	var b []byte
	for _, i := range candidates {
		phrases := x.taught(int(i))
		b = number(append(b[:0], x.docs[i].key[:]...), len(phrases))
		h.Write(b)
		h.Write(phrases)
	}
	return digest(h.Sum(nil))
}

// findIn aligns q with its candidates and says where each passage comes from.
func (x *Index) findIn(q *question, candidates []int32, w *scratch) []finding {
	var pairs []*pair
	for _, doc := range candidates {
		if p := x.align(q, int(doc), w); len(p.passages) > 0 {
			pairs = append(pairs, p)
		}
	}
	var out []finding
	for _, g := range x.attribute(q, pairs) {
		out = append(out, finding{x.report(q, g, w), g.q})
	}
	slices.SortFunc(out, func(a, b finding) int { return compareReuse(a.Reuse, b.Reuse) })
	return out
}
