package fulltext

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/blevesearch/bleve/v2/search"
	index "github.com/blevesearch/bleve_index_api"

	"duibiao/corpus"
)

// collector goes once through all candidates, counts those it accepts, and
// keeps the best.
type collector struct {
	plan   *plan
	accept func(number uint64) (bool, error) // nil accepts all

	rank   *ranking
	docs   index.DocValueReader // document id and stamp
	facets index.DocValueReader

	keep  int         // how many of the best are wanted
	best  []candidate // at most twice as many
	floor float64     // what a candidate must score once best is full
	full  bool

	count  int
	counts map[string]map[string]int // field, value
}

type candidate struct {
	number uint64
	score  float64
	doc    string
	place  uint32 // the passage's number in doc
}

func compareCandidates(a, b candidate) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.doc, b.doc), cmp.Compare(a.place, b.place))
}

var facetFields = []string{unitField, yearField, kindField}

func newCollector(p *plan) *collector {
	return &collector{plan: p, keep: p.query.Offset + p.query.Limit, counts: map[string]map[string]int{}}
}

// run collects what all of must and the filters match. It takes over must.
func (c *collector) run(ctx context.Context, must []search.Searcher) error {
	all, err := c.plan.filtered(ctx, must)
	if err != nil {
		return err
	}
	defer all.Close()
	if c.rank, err = newRanking(c.plan.index, c.plan.terms); err != nil {
		return err
	}
	defer c.rank.close()
	if c.docs, err = c.plan.index.DocValueReader([]string{docField}); err != nil {
		return err
	}
	if c.facets, err = c.plan.index.DocValueReader(facetFields); err != nil {
		return err
	}
	sctx := &search.SearchContext{DocumentMatchPool: search.NewDocumentMatchPool(all.DocumentMatchPoolSize()+1, 0), IndexReader: c.plan.index}
	for n := 0; ; n++ {
		if n%256 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		m, err := all.Next(sctx)
		if err != nil || m == nil {
			return err
		}
		if err := c.offer(m.IndexInternalID); err != nil {
			return err
		}
		sctx.DocumentMatchPool.Put(m)
	}
}

func (c *collector) offer(id index.IndexInternalID) error {
	if c.accept != nil {
		if ok, err := c.accept(id.Value()); err != nil || !ok {
			return err
		}
	}
	c.count++
	if c.plan.query.Facets {
		if err := c.countFacets(id); err != nil {
			return err
		}
	}
	score, err := c.rank.score(id)
	if err != nil || c.full && score < c.floor || c.keep == 0 {
		return err
	}
	found, err := c.identify(id)
	if err != nil {
		return err
	}
	found.score = score
	c.best = append(c.best, found)
	if len(c.best)/2 >= c.keep {
		c.prune()
	}
	return nil
}

// prune keeps only the best.
func (c *collector) prune() {
	slices.SortFunc(c.best, compareCandidates)
	if len(c.best) >= c.keep {
		c.best = c.best[:c.keep]
		c.full = true
		c.floor = c.best[c.keep-1].score
	}
}

// identify says where the passage id stands.
func (c *collector) identify(id index.IndexInternalID) (candidate, error) {
	found := candidate{number: id.Value()}
	err := c.docs.VisitDocValues(id, func(_ string, term []byte) {
		found.doc, _, _ = strings.Cut(string(term), "\x00")
	})
	if err != nil {
		return found, err
	}
	external, err := c.plan.index.ExternalID(id)
	if err != nil {
		return found, err
	}
	found.place = passageNumber(external)
	return found, nil
}

func (c *collector) countFacets(id index.IndexInternalID) error {
	values, err := c.values(id)
	for _, f := range facetFields {
		if c.counts[f] == nil {
			c.counts[f] = map[string]int{}
		}
		c.counts[f][values[f]]++
	}
	return err
}

func (c *collector) values(id index.IndexInternalID) (map[string]string, error) {
	values := make(map[string]string, len(facetFields))
	err := c.facets.VisitDocValues(id, func(field string, term []byte) { values[field] = string(term) })
	return values, err
}

// result makes the hits of the page that was asked for; words are marked in
// them.
func (c *collector) result(words []string) (Result, error) {
	c.prune()
	res := Result{Units: counts(c.counts[unitField]), Years: counts(c.counts[yearField]), Kinds: counts(c.counts[kindField])}
	for _, found := range c.best[min(c.plan.query.Offset, len(c.best)):] {
		hit, err := c.hit(found, words)
		if err != nil {
			return Result{}, err
		}
		res.Hits = append(res.Hits, hit)
	}
	return res, nil
}

func (c *collector) hit(found candidate, words []string) (Hit, error) {
	var r record
	err := c.plan.stored.visit(found.number, func(b []byte) (err error) {
		r, err = decodeRecord(b)
		return err
	})
	values, e := c.values(index.NewIndexInternalID(nil, found.number))
	if err := errors.Join(err, e); err != nil {
		return Hit{}, err
	}
	h := Hit{
		Doc: found.doc, Unit: values[unitField], Year: values[yearField], Kind: corpus.Kind(values[kindField]),
		Zone: r.Zone, Place: r.Place, Section: r.section,
		Span: r.Span, Spans: mark(r.Text, r.Span.Start, words), Score: found.score,
	}
	h.SnippetSpan = around(h.Span, h.Spans)
	h.Snippet = string([]rune(r.Text)[h.SnippetSpan.Start-r.Span.Start : h.SnippetSpan.End-r.Span.Start])
	return h, nil
}

// counts are the values with their numbers, most frequent first.
func counts(of map[string]int) []Count {
	var list []Count
	for v, n := range of {
		list = append(list, Count{v, n})
	}
	slices.SortFunc(list, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Value, b.Value))
	})
	return list
}
