package fulltext

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/search"
	"github.com/blevesearch/bleve/v2/search/searcher"

	"duibiao/corpus"
)

// Match says how hits answer a query.
type Match string

// The matches.
const (
	Literal Match = "literal" // the passage holds every word as it was typed
	Related Match = "related" // 相关: it only shares some of the words
)

// Result is the answer to a Query.
type Result struct {
	Match   Match    // of all hits; Literal when there is none
	Total   int      // how many passages match literally; exact
	Related int      // how many passages are related; 0 unless Match is Related
	Hits    []Hit    // best first, then by document id and place
	Units   []Count  // of all matches, if the query asked for facets
	Years   []Count  //
	Kinds   []Count  //
	Unknown []Filter // filters whose value no passage has
}

// Count is how many matches have a value; "" is "not known".
type Count struct {
	Value string
	N     int
}

// Hit is one passage that matches.
type Hit struct {
	Doc         string
	Unit        string
	Year        string
	Kind        corpus.Kind
	Zone        corpus.Zone
	Place       corpus.Location
	Section     string
	Span        corpus.Span   // the passage, in runes of the document
	Spans       []corpus.Span // what matched, in runes of the document, in order, not touching
	Snippet     string        // the document's text at SnippetSpan
	SnippetSpan corpus.Span   // around the first match, at most 80 runes
	Score       float64
}

// Search finds the passages that hold every word of q literally; when none
// does, those that share words with q. It sees what was flushed. An ended ctx
// ends it. An error that wraps ErrRebuild means a damaged index.
func (x *Index) Search(ctx context.Context, q Query) (res Result, err error) {
	defer func() { guard(recover(), &err) }()
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	s, err := x.snapshot()
	if err != nil {
		return Result{}, err
	}
	defer s.Close()
	p, err := newPlan(s, q)
	if err != nil {
		return Result{}, err
	}
	res, err = p.find(ctx)
	if err != nil {
		return Result{}, fmt.Errorf("search: %w", err)
	}
	res.Unknown = p.unknown
	return res, nil
}

// plan is a query made ready for one state of the index.
type plan struct {
	query   Query
	index   *scorch.IndexSnapshot
	stored  *stored
	words   []string   // folded
	terms   []string   // what hits are ranked by
	filters [][]string // for each of filterFields the terms to accept; nil accepts all
	unknown []Filter
}

func newPlan(s *scorch.IndexSnapshot, q Query) (*plan, error) {
	p := &plan{query: q, index: s, stored: newStored(s)}
	if p.query.Limit <= 0 {
		p.query.Limit = DefaultLimit
	}
	p.query.Limit, p.query.Offset = clamp(p.query.Limit), clamp(p.query.Offset)
	for _, w := range q.Words {
		if w = foldString(w); w != "" && !slices.Contains(p.words, w) {
			p.words = append(p.words, w)
		}
	}
	if len(p.words)+len(q.Filters) == 0 {
		return nil, ErrEmptyQuery
	}
	return p, errors.Join(p.resolveFilters(), p.findTerms())
}

const longestTerm = 12 // runes

// findTerms finds the words to rank by: all the index knows that stand in the
// query. So no dictionary is loaded to search, and a word is found however its
// neighbours in the query would have it cut.
func (p *plan) findTerms() error {
	known, err := p.index.FieldDictContains(wordField)
	if err != nil {
		return err
	}
	for _, w := range p.words {
		runes := []rune(w)
		for from := range runes {
			for to := from + 2; to <= min(from+longestTerm, len(runes)); to++ {
				if insideRun(runes, from) || insideRun(runes, to) {
					continue
				}
				ok, err := known.Contains([]byte(string(runes[from:to])))
				if err != nil {
					return err
				}
				if ok {
					p.terms = append(p.terms, string(runes[from:to]))
				}
			}
		}
	}
	slices.Sort(p.terms)
	p.terms = slices.Compact(p.terms)
	return nil
}

// insideRun reports whether place i is inside a number or a Latin word: 12 is
// no word of 128.
func insideRun(runes []rune, i int) bool {
	return i > 0 && i < len(runes) && isASCIIWord(runes[i-1]) && isASCIIWord(runes[i])
}

func isASCIIWord(r rune) bool { return r < 0x80 && isLetterOrDigit(r) }

// clamp keeps sums of two within an int on any machine.
func clamp(n int) int { return min(max(0, n), 1<<29) }

// resolveFilters finds the values in the index that each filter means.
func (p *plan) resolveFilters() error {
	for _, f := range p.query.Filters {
		if !slices.ContainsFunc(filterFields, func(known filterField) bool { return known.name == f.Field }) {
			return fmt.Errorf("search: no filter %q", f.Field)
		}
	}
	p.filters = make([][]string, len(filterFields))
	for i, field := range filterFields {
		for _, f := range p.query.Filters {
			if f.Field != field.name {
				continue
			}
			values, err := p.values(field.field, foldString(f.Value), f.Field != ByYear)
			if err != nil {
				return err
			}
			if len(values) == 0 {
				p.unknown = append(p.unknown, f)
			}
			p.filters[i] = append(p.filters[i], values...)
			if p.filters[i] == nil {
				p.filters[i] = []string{}
			}
		}
	}
	return nil
}

func (p *plan) values(field, folded string, byPrefix bool) ([]string, error) {
	var same, longer []string
	err := eachTerm(p.index, field, "", func(term string) error {
		switch t := foldString(term); {
		case t == folded:
			same = append(same, term)
		case byPrefix && strings.HasPrefix(t, folded):
			longer = append(longer, term)
		}
		return nil
	})
	if len(same) > 0 {
		return same, err
	}
	return longer, err
}

// find finds the literal matches or, when there is none, the related ones.
func (p *plan) find(ctx context.Context) (Result, error) {
	literal, err := p.literal(ctx)
	if err != nil || literal.Total > 0 || len(p.terms) == 0 {
		return literal, err
	}
	related, err := p.related(ctx)
	if err != nil || related.Related > 0 {
		return related, err
	}
	return literal, nil // the terms are those of passages that were deleted
}

// literal finds the passages that hold every word.
func (p *plan) literal(ctx context.Context) (Result, error) {
	var must []search.Searcher
	var long []string // words that the pairs alone do not prove
	for _, w := range p.words {
		found, err := p.wordSearchers(ctx, w)
		if err != nil {
			return Result{}, closeAll(must, err)
		}
		must = append(must, found...)
		if utf8.RuneCountInString(w) > 2 {
			long = append(long, w)
		}
	}
	c := newCollector(p)
	if len(long) > 0 {
		c.accept = func(number uint64) (bool, error) { return p.stored.holds(number, long) }
	}
	if err := c.run(ctx, must); err != nil {
		return Result{}, err
	}
	res, err := c.result(p.words)
	res.Match, res.Total = Literal, c.count
	return res, err
}

// related finds the passages that share words with the query.
func (p *plan) related(ctx context.Context) (Result, error) {
	some, err := p.anyOf(ctx, wordField, p.terms)
	if err != nil {
		return Result{}, err
	}
	c := newCollector(p)
	if err := c.run(ctx, []search.Searcher{some}); err != nil {
		return Result{}, err
	}
	res, err := c.result(p.terms)
	res.Match, res.Related = Related, c.count
	return res, err
}

// unscored searchers only say which passages match; score ranks them.
var unscored = search.SearcherOptions{Score: "none"}

// enoughPairs is about how many pairs of a long phrase are asked for. They
// leave few candidates, and the stored text decides.
const enoughPairs = 16

// wordSearchers are searchers all of which every passage that holds w matches.
func (p *plan) wordSearchers(ctx context.Context, w string) ([]search.Searcher, error) {
	runes := []rune(w)
	if len(runes) == 1 {
		var begins []string
		err := eachTerm(p.index, pairField, w, func(term string) error {
			begins = append(begins, term)
			return nil
		})
		if err != nil {
			return nil, err
		}
		s, err := p.anyOf(ctx, pairField, begins)
		return []search.Searcher{s}, err
	}
	var must []search.Searcher
	seen := map[string]bool{}
	step := max(1, len(runes)/enoughPairs)
	for i := 0; i+1 < len(runes); i += step {
		pair := string(runes[i : i+2])
		if seen[pair] {
			continue
		}
		seen[pair] = true
		s, err := searcher.NewTermSearcher(ctx, p.index, pair, pairField, 1, unscored)
		if err != nil {
			return nil, closeAll(must, err)
		}
		must = append(must, s)
	}
	return must, nil
}

func (p *plan) anyOf(ctx context.Context, field string, terms []string) (search.Searcher, error) {
	if len(terms) == 0 {
		return searcher.NewMatchNoneSearcher(p.index)
	}
	return searcher.NewMultiTermSearcher(ctx, p.index, terms, field, 1, unscored, false)
}

func closeAll(searchers []search.Searcher, err error) error {
	for _, s := range searchers {
		s.Close()
	}
	return err
}

// filtered is the conjunction of must and the filters. It takes over must.
func (p *plan) filtered(ctx context.Context, must []search.Searcher) (search.Searcher, error) {
	for i, terms := range p.filters {
		if terms == nil {
			continue
		}
		s, err := p.anyOf(ctx, filterFields[i].field, terms)
		if err != nil {
			return nil, closeAll(must, err)
		}
		must = append(must, s)
	}
	s, err := searcher.NewConjunctionSearcher(ctx, p.index, must, unscored)
	if err != nil {
		return nil, closeAll(must, err)
	}
	return s, nil
}

// stored reads stored passages by their number in the index.
type stored struct {
	segments []*scorch.SegmentSnapshot
	first    []uint64 // number of each segment's first passage
	folded   []byte
}

func newStored(s *scorch.IndexSnapshot) *stored {
	r := &stored{segments: s.Segments()}
	next := uint64(0)
	for _, seg := range r.segments {
		r.first = append(r.first, next)
		next += uint64(seg.FullSize())
	}
	return r
}

// visit calls do with the encoded record of a passage, which is only valid
// until do returns.
func (r *stored) visit(number uint64, do func([]byte) error) error {
	i, found := slices.BinarySearch(r.first, number)
	if !found {
		i--
	}
	err := errRecord
	if e := r.segments[i].VisitDocument(number-r.first[i], func(field string, _ byte, value []byte, _ []uint64) bool {
		if field != recordField {
			return true
		}
		err = do(value)
		return false
	}); e != nil {
		return e
	}
	return err
}

// holds reports whether the folded text of a passage holds all of words.
func (r *stored) holds(number uint64, words []string) (all bool, err error) {
	err = r.visit(number, func(b []byte) error {
		text, err := recordText(b)
		if err != nil {
			return err
		}
		all = true
		isFolded := false
		for _, w := range words {
			// Folding what is folded changes nothing, so a word found in the
			// text as it is would be found in the folded text too.
			if bytes.Contains(text, []byte(w)) {
				continue
			}
			if !isFolded {
				r.folded = foldInto(r.folded[:0], text)
				isFolded = true
			}
			if !bytes.Contains(r.folded, []byte(w)) {
				all = false
				break
			}
		}
		return nil
	})
	return all, err
}

func foldInto(folded, text []byte) []byte {
	for _, r := range string(text) {
		if f, ok := corpus.FoldRune(r); ok {
			folded = utf8.AppendRune(folded, f)
		}
	}
	return folded
}
