package reuse

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"path/filepath"
	"runtime"
	"slices"
	"sync"

	"duibiao/index/reuse/segments"
)

// Index holds documents that are compared with each other. Its methods must not
// run at the same time, but for Measure.
//
// Its documents lie in segments, which never change: what is added makes a new
// one, what is removed is noted as gone until its segment is made anew. All
// that depends on the whole collection - which phrases are public, which
// documents come first in a list - is worked out again after each change, as
// far as the change can have touched it.
type Index struct {
	dir        string // "" for one in memory
	limits     Limits
	reach      reach
	everywhere *formulae
	stock      *formulae
	wording    digest // of the options: what was found with others is found again

	parts []*part
	next  int     // the number of the next segment's file
	docs  []entry // in the order in which they are kept where a list is longer than what is looked at
	facts []facts // of docs, apart from them because they are looked at so often
	dates dates   // of docs

	public   learned
	learned  bool       // public is that of docs
	known    collection // what was found, and what it was found from
	complete bool       // known is what there is to find
}

// part is a segment with the numbers of its documents.
type part struct {
	file
	doc   []int32          // by record: the number of the document, or gone; ascending but for that
	gone  int              // how many records are gone
	fewer map[uint32]int32 // by hash: how many of its postings are those of records that are gone
}

const gone = -1

// entry is a document without its text.
type entry struct {
	Document
	key    digest
	part   *part
	record int32
}

// New returns an empty index in memory.
func New(o Options) *Index {
	everywhere, stock := shippedFormulae()
	x := &Index{
		limits:     o.Limits.orDefault(),
		reach:      usualReach(),
		everywhere: newFormulae(everywhere),
		stock:      newFormulae(slices.Concat(stock, o.Formulae)),
	}
	x.wording = digestOf(Document{Text: fmt.Sprintf("%v %q", x.limits, o.Formulae)})
	x.arrange()
	return x
}

// Close gives up the files of the index, which must not be used after it.
func (x *Index) Close() error {
	err := x.public.close()
	for _, p := range x.parts {
		err = cmp.Or(err, p.Close())
	}
	x.parts, x.docs = nil, nil
	return err
}

// add makes a new segment of documents.
func (x *Index) add(ctx context.Context, docs []Document) error {
	docs = slices.Clone(docs)
	slices.SortFunc(docs, func(a, b Document) int { return inOrder(a, factsOf(a), b, factsOf(b)) })
	for chunk := range slices.Chunk(docs, perSegment) {
		err := x.segment(func(w *segments.Writer) error { return x.write(ctx, chunk, w) })
		if err != nil {
			return err
		}
	}
	return nil
}

const (
	perSegment = 1 << 15 // documents: a segment's postings are in memory while it is written
	atOnce     = 1 << 8  // documents that are made comparable at the same time
)

// write writes the records of docs, which are in order.
func (x *Index) write(ctx context.Context, docs []Document, w *segments.Writer) error {
	records, hashes := make([]record, atOnce), make([][]uint32, atOnce)
	for chunk := range slices.Chunk(docs, atOnce) {
		err := each(ctx, len(chunk), func() func(int) {
			var mine indexing
			var n normal
			return func(i int) {
				records[i] = x.recordOf(chunk[i], &mine)
				records[i].source(&n)
				hashes[i] = slices.Clone(mine.hashes(n.runes, n.public))
			}
		})
		if err != nil {
			return err
		}
		for i := range chunk {
			w.Add(records[i], hashes[i])
		}
	}
	return nil
}

// segment writes a new segment of documents.
func (x *Index) segment(fill func(*segments.Writer) error) error {
	f, err := x.create(fill)
	if err != nil {
		return err
	}
	x.parts = append(x.parts, &part{file: f, doc: make([]int32, f.Len())})
	return nil
}

// create writes a new file and opens it.
func (x *Index) create(fill func(*segments.Writer) error) (file, error) {
	write := func(to io.Writer) error {
		w := segments.NewWriter(to)
		if err := fill(w); err != nil {
			return err
		}
		return w.Finish()
	}
	var f file
	var err error
	if x.dir == "" {
		var b bytes.Buffer
		if err = write(&b); err == nil {
			f.Segment, err = segments.Parse(b.Bytes())
		}
		return f, err
	}
	x.next++
	f.name = fmt.Sprintf(segmentName, x.next)
	path := filepath.Join(x.dir, f.name)
	if err = segments.Create(path, write); err == nil {
		f.Segment, err = segments.Open(path)
	}
	return f, err
}

// inOrder puts documents in the order in which they are kept where a list is
// longer than what is looked at: what the office itself put on a shelf, then
// by date, then what has none.
func inOrder(a Document, f facts, b Document, g facts) int {
	return cmp.Or(cmp.Compare(f.shelf, g.shelf), cmp.Compare(f.last, g.last), cmp.Compare(a.ID, b.ID))
}

// remove notes that the documents of x.docs for which out is true are gone.
func (x *Index) remove(out func(doc int) bool) {
	var w indexing
	var n normal
	for i, e := range x.docs {
		if !out(i) {
			continue
		}
		e.part.lose(e.record, &w, &n)
	}
}

func (p *part) lose(i int32, w *indexing, n *normal) {
	record(p.Record(int(i))).source(n)
	hashes := w.hashes(n.runes, n.public)
	slices.Sort(hashes)
	if p.fewer == nil {
		p.fewer = map[uint32]int32{}
	}
	for _, h := range slices.Compact(hashes) {
		p.fewer[h]++
	}
	p.doc[i] = gone
	p.gone++
}

// arrange numbers the documents of all parts that are not gone.
func (x *Index) arrange() {
	n := 0
	for _, p := range x.parts {
		n += p.Len() - p.gone
	}
	x.docs, x.facts = make([]entry, 0, n), make([]facts, n)
	same := map[string]string{}
	for _, p := range x.parts {
		for i := range p.doc {
			if p.doc[i] == gone {
				continue
			}
			e := entry{part: p, record: int32(i)}
			e.Document, e.key, _ = record(p.Record(i)).head(same)
			x.docs = append(x.docs, e)
		}
	}
	of := make(map[digest]facts, n)
	for _, e := range x.docs {
		of[e.key] = factsOf(e.Document)
	}
	slices.SortFunc(x.docs, func(a, b entry) int { return inOrder(a.Document, of[a.key], b.Document, of[b.key]) })
	units := map[string]int32{}
	for i, e := range x.docs {
		e.part.doc[e.record] = int32(i)
		f := of[e.key]
		if e.Unit != "" {
			if units[e.Unit] == 0 {
				units[e.Unit] = int32(len(units) + 1)
			}
			f.unit = units[e.Unit]
		}
		x.facts[i] = f
	}
	x.dates = newDates(x.facts)
}

// runesIn is the length of a document's normal form.
func (x *Index) runesIn(doc int) int {
	f := x.recordAt(doc).skipHead()
	f.number()
	return f.number()
}

func (x *Index) recordAt(doc int) record {
	e := &x.docs[doc]
	return e.part.Record(int(e.record))
}

// The smaller segments are made into one when there are more than mostParts,
// and a segment is written anew when more than one in mostGone of its documents
// are gone.
const (
	mostParts = 8
	mostGone  = 4
)

// compact makes one segment of those that are too many or have lost too much.
func (x *Index) compact(ctx context.Context) error {
	slices.SortStableFunc(x.parts, func(a, b *part) int { return cmp.Compare(b.Len()-b.gone, a.Len()-a.gone) })
	old := map[*part]bool{}
	for i, p := range x.parts {
		if len(x.parts) > mostParts && i >= mostParts/2 || mostGone*p.gone > p.Len() {
			old[p] = true
		}
	}
	if len(old) == 0 {
		return nil
	}
	x.arrange()
	var docs []entry
	for _, e := range x.docs {
		if old[e.part] {
			docs = append(docs, e)
		}
	}
	for chunk := range slices.Chunk(docs, perSegment) {
		err := x.segment(func(w *segments.Writer) error {
			var mine indexing
			var n normal
			for _, e := range chunk {
				r := record(e.part.Record(int(e.record)))
				r.source(&n)
				w.Add(r, mine.hashes(n.runes, n.public))
			}
			return ctx.Err()
		})
		if err != nil {
			return err
		}
	}
	x.parts = slices.DeleteFunc(x.parts, func(p *part) bool { return old[p] })
	for p := range old {
		if err := p.Close(); err != nil {
			return err
		}
	}
	x.arrange()
	return nil
}

// each calls, for 0 to n-1, one of the functions that worker returns, each of
// which is in use by one goroutine only. It stops with ctx's error when ctx is
// done.
func each(ctx context.Context, n int, worker func() func(int)) error {
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		workers.Go(func() {
			do := worker()
			for i := range next {
				do(i)
			}
		})
	}
	var err error
	for i := range n {
		if err = ctx.Err(); err != nil {
			break
		}
		next <- i
	}
	close(next)
	workers.Wait()
	return err
}
