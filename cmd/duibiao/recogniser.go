package main

import (
	"context"
	"errors"
	"fmt"
	"image"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"

	"duibiao/corpus"
	"duibiao/ingest/layout"
	"duibiao/ingest/ocr"
	"duibiao/ingest/worker"
)

// ocrChoice is the value of --ocr.
type ocrChoice struct{ is ocr.Choice }

// Set is called by pflag with what the user typed.
func (c *ocrChoice) Set(s string) error {
	if !slices.Contains(ocr.Choices(), ocr.Choice(s)) {
		return fmt.Errorf("no such choice %q", s)
	}
	c.is = ocr.Choice(s)
	return nil
}

// String is the choice as it is typed.
func (c *ocrChoice) String() string { return string(c.is) }

// choices are what --ocr may be, for the message about a wrong one.
func (c *ocrChoice) choices() string { return ocrChoices() }

// Type is for pflag.
func (c *ocrChoice) Type() string { return "ocr" }

func ocrChoices() string {
	var all []string
	for _, c := range ocr.Choices() {
		all = append(all, string(c))
	}
	return strings.Join(all, "、")
}

// finder tells which recogniser would be used. Looking starts it, which takes
// a moment, so it is done once and not before somebody asks.
type finder func() (name string, err error)

// find is the finder for a choice.
func find(choice *ocrChoice) finder {
	return sync.OnceValues(func() (string, error) {
		engine, err := ocr.Open(context.Background(), ocr.Options{Choice: choice.is, Threads: 1})
		if err != nil || engine == nil {
			return "", err
		}
		return engine.Name(), engine.Close()
	})
}

// recogniser recognises pages in a worker process, started when the first page
// comes.
type recogniser struct {
	options ocr.Options
	once    sync.Once
	engine  *ocr.Engine
	err     error
}

func newRecogniser(l limits) *recogniser {
	return &recogniser{options: ocr.Options{Choice: l.ocr.is, Threads: max(1, runtime.GOMAXPROCS(0)/max(1, l.workers))}}
}

// lines tells the parent that a page is under way, and recognises it.
func (r *recogniser) lines(ctx context.Context, page image.Image, dpi float64) ([]layout.Line, error) {
	worker.Progress(ctx)
	r.once.Do(func() {
		if r.engine, r.err = ocr.Open(ctx, r.options); r.engine == nil && r.err == nil {
			r.err = ocr.ErrAbsent
		}
	})
	if r.err != nil {
		return nil, r.err
	}
	read, err := r.engine.Read(ctx, page, dpi)
	if err != nil {
		return nil, err
	}
	var lines []layout.Line
	for _, l := range read.Lines {
		lines = append(lines, layout.Line{Text: l.Text, Box: l.Box, Shown: read.AsShown(l.Box), Angle: float64(read.Turn) * math.Pi / 180,
			By: r.engine.Name(), Confidence: l.Confidence})
	}
	return lines, nil
}

func (r *recogniser) close() error {
	if r.engine == nil {
		return nil
	}
	return r.engine.Close()
}

// needsRecogniser reports whether a reading would be another with another
// recogniser, or under other limits.
func needsRecogniser(doc *corpus.Document, why error) bool {
	if doc == nil {
		return errors.Is(why, corpus.ErrNoText) || errors.Is(why, corpus.ErrGarbled)
	}
	return doc.OCR() || doc.Partial()
}
