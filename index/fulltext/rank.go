package fulltext

import (
	"context"
	"errors"
	"math"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
)

// ranking scores passages by BM25 over wordField. bleve's own BM25 takes the
// average length from the dictionaries of its segments, which depends on how
// often they were merged; here the same passages always score the same.
type ranking struct{ terms []*rankTerm }

type rankTerm struct {
	postings index.TermFieldReader
	idf      float64
	at       *index.TermFieldDoc // the last posting read; nil before the first and after the last
	started  bool
}

// BM25's customary constants, and the length in words of a usual passage,
// which stands in for the average so that adding a document leaves the other
// documents' scores in proportion.
const (
	bm25K1      = 1.2
	bm25B       = 0.75
	usualLength = 60
)

func newRanking(s *scorch.IndexSnapshot, terms []string) (*ranking, error) {
	total, err := s.DocCount()
	if err != nil {
		return nil, err
	}
	r := &ranking{}
	for _, t := range terms {
		postings, err := s.TermFieldReader(context.Background(), []byte(t), wordField, true, true, false)
		if err != nil {
			return nil, errors.Join(err, r.close())
		}
		n := float64(postings.Count())
		r.terms = append(r.terms, &rankTerm{
			postings: postings,
			idf:      math.Log(1 + (float64(total)-n+0.5)/(n+0.5)),
		})
	}
	return r, nil
}

// score is the score of passage id. Ids must come in rising order.
func (r *ranking) score(id index.IndexInternalID) (float64, error) {
	sum := 0.0
	for _, t := range r.terms {
		if err := t.moveTo(id); err != nil {
			return 0, err
		}
		if t.at == nil || !t.at.ID.Equals(id) {
			continue
		}
		freq, length := float64(t.at.Freq), 1/(t.at.Norm*t.at.Norm)
		sum += t.idf * freq * (bm25K1 + 1) / (freq + bm25K1*(1-bm25B+bm25B*length/usualLength))
	}
	return sum, nil
}

// moveTo reads on to the first posting that is not before id.
func (t *rankTerm) moveTo(id index.IndexInternalID) (err error) {
	if t.started && (t.at == nil || t.at.ID.Compare(id) >= 0) {
		return nil
	}
	t.started = true
	t.at, err = t.postings.Advance(id, t.at)
	return err
}

func (r *ranking) close() error {
	var errs []error
	for _, t := range r.terms {
		errs = append(errs, t.postings.Close())
	}
	return errors.Join(errs...)
}
