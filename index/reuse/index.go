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
// documents come first in a list - is worked out again after each change.
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
	byID  map[string]int32
	units map[string]int32

	learned  bool       // taught is that of docs
	taught   []uint32   // phrases the documents themselves show to be public, by document and place: where above, how long in the last eight bits
	taughtAt []uint32   // docs[i] has taught[taughtAt[i]:taughtAt[i+1]]
	known    collection // what was found, and what it was found from
	complete bool       // known is what there is to find
}

// part is a segment with the numbers of its documents.
type part struct {
	*segments.Segment
	file  string           // its name; "" in memory
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
	var err error
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

// segment writes a new segment and opens it.
func (x *Index) segment(fill func(*segments.Writer) error) error {
	write := func(to io.Writer) error {
		w := segments.NewWriter(to)
		if err := fill(w); err != nil {
			return err
		}
		return w.Finish()
	}
	p := &part{}
	var err error
	if x.dir == "" {
		var b bytes.Buffer
		if err = write(&b); err == nil {
			p.Segment, err = segments.Parse(b.Bytes())
		}
	} else {
		x.next++
		p.file = fmt.Sprintf(segmentName, x.next)
		path := filepath.Join(x.dir, p.file)
		if err = segments.Create(path, write); err == nil {
			p.Segment, err = segments.Open(path)
		}
	}
	if err != nil {
		return err
	}
	p.doc = make([]int32, p.Len())
	x.parts = append(x.parts, p)
	return nil
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
	x.docs, x.units, x.byID = nil, map[string]int32{}, map[string]int32{}
	for _, p := range x.parts {
		for i := range p.doc {
			if p.doc[i] == gone {
				continue
			}
			e := entry{part: p, record: int32(i)}
			e.Document, e.key, _ = record(p.Record(i)).head()
			x.docs = append(x.docs, e)
		}
	}
	facts := make(map[digest]facts, len(x.docs))
	for _, e := range x.docs {
		facts[e.key] = factsOf(e.Document)
	}
	slices.SortFunc(x.docs, func(a, b entry) int { return inOrder(a.Document, facts[a.key], b.Document, facts[b.key]) })
	x.facts = x.facts[:0]
	for i, e := range x.docs {
		e.part.doc[e.record], x.byID[e.ID] = int32(i), int32(i)
		f := facts[e.key]
		if e.Unit != "" {
			if x.units[e.Unit] == 0 {
				x.units[e.Unit] = int32(len(x.units) + 1)
			}
			f.unit = x.units[e.Unit]
		}
		x.facts = append(x.facts, f)
	}
	x.learned = false
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
