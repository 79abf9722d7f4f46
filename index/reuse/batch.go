package reuse

import (
	"cmp"
	"context"
	"runtime"
	"slices"
	"sync"

	"duibiao/corpus"
)

// Batch returns the reuse in every document of docs that stands on no shelf,
// against the shelves and against each other, in the order of documents and
// places. It stops with ctx's error when ctx is done.
func Batch(ctx context.Context, docs []Document, o Options) ([]corpus.Reuse, *Index, error) {
	x := New(o)
	for _, d := range docs {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		x.Add(d)
	}
	found, err := x.Batch(ctx)
	return found, x, err
}

// Batch returns what Query returns for every document of the index that
// stands on no shelf, in the order of documents and places.
func (x *Index) Batch(ctx context.Context) ([]corpus.Reuse, error) {
	x.build()
	found := make([][]corpus.Reuse, len(x.docs))
	next := make(chan int)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			w := x.scratch()
			for i := range next {
				found[i] = x.query(x.docs[i], w)
			}
		})
	}
	var err error
	for i, d := range x.docs {
		if err = ctx.Err(); err != nil {
			break
		}
		if d.Shelf == "" {
			next <- i
		}
	}
	close(next)
	workers.Wait()
	if err != nil {
		return nil, err
	}
	out := slices.Concat(found...)
	sortReuse(out)
	return out, nil
}

// Families groups the documents of the index of which one is, for at least 60%
// of its comparable text, a version of another, directly or through others.
// Each family has at least two members and is in order, as are the families.
// Quotations join nobody.
func (x *Index) Families(found []corpus.Reuse) [][]string {
	number := map[string]int{}
	for i, d := range x.docs {
		number[d.ID] = i
	}
	type link struct{ doc, source string }
	shared := map[link]int{}
	for _, r := range found {
		if r.Relation != corpus.Quotation {
			shared[link{r.Doc, r.Source}] += r.Informative
		}
	}
	same := newUnion(len(x.docs))
	for l, n := range shared {
		doc, ok := number[l.doc]
		if ok && float64(n) >= family*float64(len(x.runes(doc))) {
			same.join(doc, number[l.source])
		}
	}
	members := make([][]string, len(x.docs))
	for i, d := range x.docs {
		members[same.root(i)] = append(members[same.root(i)], d.ID)
	}
	families := slices.DeleteFunc(members, func(m []string) bool { return len(m) < 2 })
	for _, m := range families {
		slices.Sort(m)
	}
	slices.SortFunc(families, func(a, b []string) int { return cmp.Compare(a[0], b[0]) })
	return families
}
