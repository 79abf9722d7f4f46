package ingest

import (
	"context"
	"fmt"
	"sync"

	"duibiao/corpus"
	"duibiao/ingest/pdf"
)

// Readers holds what is costly to make and is used for many files, made when
// first needed: the PDF engine. The zero Readers is ready to use, by several
// goroutines; Close it at the end.
type Readers struct {
	PDF pdf.Options // for the PDF engine, read when the first PDF comes

	once   sync.Once
	engine *pdf.Reader
	err    error
}

func readPDF(ctx context.Context, r *Readers, path string, lim Limits) (*corpus.Document, error) {
	r.once.Do(func() {
		o := r.PDF
		o.MaxBytes, o.MaxPages, o.MaxRunes = lim.MaxBytes, lim.MaxPages, lim.MaxRunes
		r.engine, r.err = pdf.New(o)
	})
	if r.err != nil {
		return nil, fmt.Errorf("read %s as pdf: %w", path, r.err)
	}
	return r.engine.Read(ctx, path)
}

// Close frees the engines. Reading after it starts none again.
func (r *Readers) Close() error {
	r.once.Do(func() { r.err = fmt.Errorf("the readers are closed") })
	if r.engine == nil {
		return nil
	}
	return r.engine.Close()
}
