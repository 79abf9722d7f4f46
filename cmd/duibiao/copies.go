package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"duibiao/corpus"
	"duibiao/index/reuse"
	"duibiao/rules"
)

// copies is what the comparison of all papers found.
type copies struct {
	found    []corpus.Reuse
	byDoc    map[string][]corpus.Reuse
	measured map[string]reuse.Measured // the papers under review
}

// compareAll compares every paper under review with the shelves and with the
// others; what did not change since the last run is not compared again.
// wording is public wording beside the shipped formulae.
func compareAll(ctx context.Context, f *folder, papers []*paper, wording []string) (c *copies, err error) {
	var docs []reuse.Document
	for _, p := range papers {
		if p.Doc != nil {
			docs = append(docs, p.comparable())
		}
	}
	index, err := openComparison(f.comparisonFolder(), reuse.Options{Formulae: wording})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, index.Close()) }()
	found, err := index.Update(ctx, docs)
	if err != nil {
		return nil, err
	}
	c = &copies{found: found, byDoc: map[string][]corpus.Reuse{}, measured: map[string]reuse.Measured{}}
	for _, r := range found {
		c.byDoc[r.Doc] = append(c.byDoc[r.Doc], r)
	}
	for _, d := range docs {
		if d.Shelf == "" {
			c.measured[d.ID] = index.Measure(d, c.byDoc[d.ID])
		}
	}
	return c, nil
}

// comparisonFolder is where the index of the comparison lies below the data
// folder.
func (f *folder) comparisonFolder() string { return filepath.Join(f.data, "reuse") }

// openComparison opens the index of the comparison. One that is damaged or was
// made by another version is made anew: all of it can be had again.
func openComparison(dir string, o reuse.Options) (*reuse.Index, error) {
	index, err := reuse.Open(dir, o)
	if !errors.Is(err, reuse.ErrRebuild) {
		return index, err
	}
	if err := os.RemoveAll(dir); err != nil {
		return nil, fmt.Errorf("remove the comparison index: %w", err)
	}
	return reuse.Open(dir, o)
}

// comparable is p as the comparison sees it: all but tables and what is no text
// of the unit's. Headings that stand alone, the title, the letterhead and the
// signature may join copied paragraphs and are not charged themselves.
func (p *paper) comparable() reuse.Document {
	d := reuse.Document{ID: p.ID, Unit: p.Unit.Value, Date: p.Date.Value, Year: p.Year.Value,
		Level: p.level, Shelf: p.Shelf, OCR: p.Doc.OCR(), Text: p.Doc.String(), Zones: []corpus.Span{}}
	for _, q := range p.passages {
		switch q.Zone {
		case corpus.Head, corpus.Title, corpus.Letter, corpus.Signature:
			d.Public = append(d.Public, q.Span)
			fallthrough
		case corpus.Content, corpus.Frame:
			d.Zones = append(d.Zones, q.Span)
		}
	}
	return d
}

// publicWording is what a rule set itself prescribes: nobody is charged for
// repeating an indicator or the title of a law.
func publicWording(set *rules.Set) []string {
	var wording []string
	for _, i := range set.Indicators {
		wording = append(wording, i.Title, i.Text)
	}
	for _, l := range set.Laws {
		wording = append(wording, l.Title)
	}
	return wording
}
