package fulltext

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"

	"duibiao/corpus"
)

// Doc is one document as it is indexed.
type Doc struct {
	ID      string // the submission's
	Stamp   string // names what was indexed, such as a content hash with the versions; Documents gives it back
	Unit    string
	Year    string // "2025"; empty when not known
	Kind    corpus.Kind
	Entries []Entry
}

// Entry is one passage of a Doc. Its Text must be the document's text at its
// Span.
type Entry struct {
	corpus.Passage
	Indicators []string // what 指标: finds it by: ids, numbers or titles
}

// batchSize is how much text, in bytes, is indexed at once. Smaller batches
// cost time, larger ones memory.
const batchSize = 3 << 20

// Update makes d's passages the only ones of that document. They are found
// after the next Flush; a kill before it leaves the document as it was.
func (x *Index) Update(d Doc) error {
	passages, err := newDocuments(d, x.cut)
	if err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if err := x.clear(d.ID); err != nil {
		return fmt.Errorf("index %s: %w", d.ID, err)
	}
	// All passages go into one batch, so that a document is never half there.
	for i, p := range passages {
		x.batch.Update(p)
		x.size += len(d.Entries[i].Text)
	}
	x.pending[d.ID] = true
	if x.size < batchSize {
		return nil
	}
	return x.flush()
}

// Delete removes a document. An unknown one is no error.
func (x *Index) Delete(doc string) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if err := x.clear(doc); err != nil {
		return fmt.Errorf("remove %s from the index: %w", doc, err)
	}
	return nil
}

// Flush writes all updates and deletions to the disk and makes them visible to
// Search.
func (x *Index) Flush() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.flush()
}

// Documents are the ids of all documents that have passages in the index, with
// their stamps: what a caller holds against its own list to see what is to be
// updated or deleted. Unflushed updates are flushed first.
func (x *Index) Documents() (map[string]string, error) {
	if err := x.Flush(); err != nil {
		return nil, err
	}
	s, err := x.snapshot()
	if err != nil {
		return nil, err
	}
	defer s.Close()
	docs := map[string]string{}
	err = eachTerm(s, docField, "", func(term string) error {
		r, err := s.TermFieldReader(context.Background(), []byte(term), docField, false, false, false)
		if err != nil {
			return err
		}
		if r.Count() > 0 { // the dictionary still knows the terms of deleted passages
			id, stamp, _ := strings.Cut(term, "\x00")
			docs[id] = stamp
		}
		return r.Close()
	})
	return docs, err
}

// newDocuments are the passages of d as they are indexed.
func newDocuments(d Doc, cut Cut) ([]*document.Document, error) {
	if d.ID == "" || strings.Contains(d.ID, "\x00") {
		return nil, fmt.Errorf("index %q: not a document id", d.ID)
	}
	passages := make([]*document.Document, len(d.Entries))
	for i, e := range d.Entries {
		if n := utf8.RuneCountInString(e.Text); n != e.Span.Len() || e.Span.Start < 0 {
			return nil, fmt.Errorf("index %s: passage %d has span %v but a text of %d runes", d.ID, i+1, e.Span, n)
		}
		passages[i] = newDocument(d, i, cut)
	}
	return passages, nil
}

// clear makes the batch delete the passages that doc has in the index.
func (x *Index) clear(doc string) error {
	if x.pending[doc] {
		if err := x.flush(); err != nil {
			return err
		}
	}
	s, err := x.snapshot()
	if err != nil {
		return err
	}
	defer s.Close()
	return eachTerm(s, docField, doc+"\x00", func(term string) error {
		r, err := s.TermFieldReader(context.Background(), []byte(term), docField, false, false, false)
		if err != nil {
			return err
		}
		for {
			p, err := r.Next(nil)
			if err != nil || p == nil {
				return errors.Join(err, r.Close())
			}
			id, err := s.ExternalID(p.ID)
			if err != nil {
				return errors.Join(err, r.Close())
			}
			x.batch.Delete(id)
			x.pending[doc] = true
		}
	})
}

func (x *Index) flush() error {
	if x.closed {
		return errClosed
	}
	if len(x.batch.IndexOps) == 0 {
		return nil
	}
	err := x.scorch.Batch(x.batch)
	x.batch.Reset()
	clear(x.pending)
	x.size = 0
	if err != nil {
		return fmt.Errorf("write full-text index: %w", err)
	}
	return nil
}

// eachTerm calls do for each term of field that begins with prefix, in order.
func eachTerm(s *scorch.IndexSnapshot, field, prefix string, do func(term string) error) error {
	dict, err := s.FieldDictPrefix(field, []byte(prefix))
	if err != nil {
		return err
	}
	for {
		entry, err := dict.Next()
		if err == nil && entry != nil {
			err = do(entry.Term)
		}
		if err != nil || entry == nil {
			return errors.Join(err, dict.Close())
		}
	}
}
