package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"duibiao/corpus"
	"duibiao/extract/segment"
	"duibiao/index/fulltext"
	"duibiao/rules"
)

// indexFolder is where the full-text index lies below the data folder.
func (f *folder) indexFolder() string { return filepath.Join(f.data, "fulltext") }

// openIndex opens the full-text index.
func (f *folder) openIndex(words *segment.Segmenter) (*fulltext.Index, error) {
	return fulltext.Open(f.indexFolder(), cutForSearch(words), words.Version())
}

func cutForSearch(words *segment.Segmenter) fulltext.Cut {
	return func(text string) []string {
		tokens := words.CutForSearch(text)
		out := make([]string, len(tokens))
		for i, t := range tokens {
			out[i] = t.Text
		}
		return out
	}
}

// indexAll makes the full-text index hold exactly these papers. Only what
// changed is written; an index of other versions, or a damaged one, is made
// anew.
func indexAll(ctx context.Context, f *folder, words *segment.Segmenter, papers []*paper, rows []rules.Row) error {
	wanted := indexed(papers, rows)
	x, err := f.openIndex(words)
	if errors.Is(err, fulltext.ErrRebuild) {
		all := func(yield func(fulltext.Doc, error) bool) {
			for _, d := range wanted {
				if !yield(d, nil) {
					return
				}
			}
		}
		return fulltext.Rebuild(ctx, f.indexFolder(), cutForSearch(words), words.Version(), all)
	}
	if err != nil {
		return err
	}
	return errors.Join(updateIndex(ctx, x, wanted), x.Close())
}

func updateIndex(ctx context.Context, x *fulltext.Index, wanted []fulltext.Doc) error {
	have, err := x.Documents()
	if err != nil {
		return err
	}
	for _, d := range wanted {
		if have[d.ID] != d.Stamp {
			if err := errors.Join(ctx.Err(), x.Update(d)); err != nil {
				return err
			}
		}
		delete(have, d.ID)
	}
	for gone := range have {
		if err := x.Delete(gone); err != nil {
			return err
		}
	}
	return x.Flush()
}

// indexed are the papers as the index holds them.
func indexed(papers []*paper, rows []rules.Row) []fulltext.Doc {
	items := itemsByPlace(rows)
	var docs []fulltext.Doc
	for _, p := range papers {
		if p.Doc == nil {
			continue
		}
		d := fulltext.Doc{ID: p.ID, Unit: p.Unit.Value, Year: p.Year.Value, Kind: corpus.Kind(p.Kind.Value)}
		for _, q := range p.passages {
			d.Entries = append(d.Entries, fulltext.Entry{Passage: q, Indicators: namesAt(items[p.ID], q.Span)})
		}
		d.Stamp = stamp(p.hash, d)
		docs = append(docs, d)
	}
	return docs
}

// stamp names what was indexed of a paper.
func stamp(hash string, d fulltext.Doc) string {
	h := sha256.New()
	fmt.Fprintln(h, hash, d.Unit, d.Year, d.Kind)
	enc := json.NewEncoder(h)
	for _, e := range d.Entries {
		if err := enc.Encode([]any{e.Span, e.Zone, e.Headings, e.Indicators}); err != nil {
			panic(fmt.Sprintf("stamp of spans and strings: %v", err)) // they always encode
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// place is where a row found its evidence, with the names of its indicator.
type place struct {
	span  corpus.Span
	names []string
}

func itemsByPlace(rows []rules.Row) map[string][]place {
	places := map[string][]place{}
	for _, r := range rows {
		for _, e := range r.Evidence {
			places[e.Doc] = append(places[e.Doc], place{e.Span, []string{r.Indicator, r.No, r.Title}})
		}
	}
	return places
}

func namesAt(places []place, s corpus.Span) []string {
	var names []string
	for _, p := range places {
		if s.Overlap(p.span) > 0 {
			names = append(names, p.names...)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}
