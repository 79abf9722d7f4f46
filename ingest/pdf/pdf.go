// Package pdf reads PDF files. In: the path of one file. Out: a
// corpus.Document whose paragraphs are those the author wrote, as package
// layout makes them of characters.
//
// PDFium gives the characters with their places, the ruling lines, the
// pictures, the comments and the form fields (engine.go, sheet.go, drawing.go,
// notes.go). A second reader is asked for its opinion (second.go; it writes
// debugging lines to standard output, so a process whose standard output is
// read by another must give it a different one).
package pdf

import (
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"time"

	"github.com/tetratelabs/wazero"

	"duibiao/corpus"
	"duibiao/ingest/layout"
)

const reader = "pdf/1"

// Options are the limits of a Reader. The zero value gives the defaults.
type Options struct {
	CacheDir string // where compiled PDFium is kept between runs; "" keeps it in memory only
	MemoryMB int    // of PDFium's own memory, in MiB; default 512
	MaxPages int    // of one file; default 2000
	MaxRunes int    // of text in one file; default 5,000,000
	MaxBytes int64  // of one file; default 256 MiB
	// Killable says that somebody kills this whole process when a file takes
	// too long. PDFium then runs without looking whether ctx has ended, which
	// makes it more than twice as fast; ctx is looked at between pages only.
	Killable bool
	// Recognise reads the lines of text on a picture of a page that has dpi
	// dots to the inch. It is asked for pages that are pictures or whose text
	// is not what is drawn, and for garbled lines; what it does not read stays
	// unread. nil: nothing is recognised.
	Recognise func(ctx context.Context, page image.Image, dpi float64) ([]layout.Line, error)
}

func (o Options) withDefaults() Options {
	if o.MemoryMB <= 0 {
		o.MemoryMB = 512
	}
	if o.MaxPages <= 0 {
		o.MaxPages = 2000
	}
	if o.MaxRunes <= 0 {
		o.MaxRunes = 5_000_000
	}
	if o.MaxBytes <= 0 {
		o.MaxBytes = 256 << 20
	}
	return o
}

// Reader reads PDF files, one at a time. Starting one takes most of a second
// or, without a cache, some seconds; a file takes milliseconds.
type Reader struct {
	engine  *engine
	painter *engine // draws pages; nil until the first
	cache   wazero.CompilationCache
	limit   Options
}

// New starts PDFium. The Reader must be closed.
func New(o Options) (*Reader, error) {
	o = o.withDefaults()
	cache, err := newCache(o)
	if err != nil {
		return nil, err
	}
	e, err := newEngine(o, cache, boxFonts())
	if err != nil {
		return nil, errors.Join(err, cache.Close(context.Background()))
	}
	return &Reader{engine: e, cache: cache, limit: o}, nil
}

// Close stops PDFium.
func (r *Reader) Close() error {
	err := r.engine.close()
	if r.painter != nil {
		err = errors.Join(err, r.painter.close())
	}
	return errors.Join(err, r.cache.Close(context.Background()))
}

// Read reads one file. Pages that cannot be read are in the document's Unread
// list. The error wraps corpus.ErrNoText when no page has text and
// corpus.ErrGarbled when none has text that is what is drawn, and then names the
// pages; ErrEncrypted when the file needs a password, ErrNoPages, ErrBroken,
// ErrEmpty, ErrTooLarge when a limit of Options is passed, and ErrTimeout when
// ctx ends. A Reader that gave an error can read the next file.
func (r *Reader) Read(ctx context.Context, path string) (*corpus.Document, error) {
	file, err := r.load(path)
	if err != nil {
		return nil, err
	}
	pages, err := r.pages(ctx, file)
	if err != nil {
		return nil, err
	}
	return write(pages, ask(file, secondLimit))
}

const secondLimit = 3 * time.Second // for the second reader's opinion

func (r *Reader) load(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, os.ErrPermission):
		return nil, corpus.ErrPermission
	case err != nil:
		return nil, err
	case info.Size() == 0:
		return nil, corpus.ErrEmpty
	case info.Size() > r.limit.MaxBytes:
		return nil, &corpus.LimitError{Limit: corpus.FileSize, Measured: info.Size(), Allowed: r.limit.MaxBytes}
	}
	file, err := os.ReadFile(path)
	if errors.Is(err, os.ErrPermission) {
		return nil, corpus.ErrPermission
	}
	return file, err
}

// pages reads and lays out every page.
func (r *Reader) pages(ctx context.Context, file []byte) (out []*page, err error) {
	runes := 0
	err = r.engine.with(ctx, file, func(d *document) error {
		switch {
		case d.pages <= 0:
			return corpus.ErrNoPages
		case d.pages > r.limit.MaxPages:
			return &corpus.LimitError{Limit: corpus.PageCount, Measured: int64(d.pages), Allowed: int64(r.limit.MaxPages)}
		}
		for n := 1; n <= d.pages; n++ {
			if ctx.Err() != nil {
				return fmt.Errorf("page %d: %w: %w", n, ctx.Err(), corpus.ErrTimeout)
			}
			s, err := d.sheet(ctx, n)
			if errors.Is(err, errBadPage) {
				s, err = &sheet{Page: layout.Page{Number: n, Fault: "页面损坏，无法打开"}}, nil
			}
			if err != nil {
				return err
			}
			if runes += len(s.Glyphs); runes > r.limit.MaxRunes {
				return &corpus.LimitError{Limit: corpus.TextLength, Allowed: int64(r.limit.MaxRunes)}
			}
			p := &page{sheet: layout.Lay(&s.Page), drawn: hanOf(s.Glyphs)}
			if err := r.recognise(ctx, file, p, n); err != nil {
				return err
			}
			out = append(out, p)
		}
		return nil
	})
	return out, err
}

// page is a page laid out, with what PDFium found on it before anything was
// dropped.
type page struct {
	sheet *layout.Sheet
	drawn han
}

func write(pages []*page, o opinion) (*corpus.Document, error) {
	var b corpus.Builder
	sheets := make([]*layout.Sheet, len(pages))
	for i, p := range pages {
		sheets[i] = p.sheet
	}
	err := layout.Write(&b, sheets, func(n int) []string { return o.disagree(n, pages[n-1].drawn) })
	if err != nil {
		return nil, err
	}
	if o.pages > 0 && o.pages != len(pages) {
		b.Warn(fmt.Sprintf("两个读取程序数出的页数不同（%d页与%d页），文件可能有缺页", len(pages), o.pages))
	}
	return b.End(reader, ""), nil
}
