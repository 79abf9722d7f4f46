// Package pdf reads PDF files. In: the path of one file. Out: a
// corpus.Document whose paragraphs are those the author wrote: lines joined,
// columns and vertical writing in reading order, tables as rows, footnotes
// after the text of their page, page headers, footers, watermarks, comments
// and form fields apart.
//
// PDFium gives the characters with their places (engine.go, sheet.go); the
// layout is made here: turn.go brings a page into reading direction, line.go
// and column.go find lines and columns, table.go ruled tables, margin.go page
// headers, paragraph.go and heading.go paragraphs. gate.go refuses pages whose
// text is not what is drawn. A second reader is asked for its opinion
// (second.go; it writes debugging lines to standard output, so a process whose
// standard output is read by another must give it a different one). To add a
// step, add a file and call it in layout or in write.
package pdf

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"duibiao/corpus"
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
	engine *engine
	limit  Options
	tables *tables
}

// New starts PDFium. The Reader must be closed.
func New(o Options) (*Reader, error) {
	o = o.withDefaults()
	e, err := newEngine(o)
	if err != nil {
		return nil, err
	}
	return &Reader{engine: e, limit: o, tables: newTables()}, nil
}

// Close stops PDFium.
func (r *Reader) Close() error { return r.engine.close() }

// Read reads one file. Pages that cannot be read are in the document's Unread
// list. The error wraps corpus.ErrNoText when no page has text, ErrGarbled
// when none has text that is what is drawn, ErrEncrypted when the file needs a password, ErrNoPages, ErrBroken,
// ErrEmpty, ErrTooLarge when a limit of Options is passed, and ErrTimeout when
// ctx ends. A Reader that gave an error can read the next file.
func (r *Reader) Read(ctx context.Context, path string) (*corpus.Document, error) {
	file, err := r.load(path)
	if err != nil {
		return nil, err
	}
	pages, err := r.pages(ctx, file)
	if err != nil {
		if errors.Is(err, errDead) {
			err = r.died(ctx, err)
		}
		return nil, err
	}
	return r.write(pages, ask(file, secondLimit))
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
		return nil, fmt.Errorf("%d bytes, at most %d: %w", info.Size(), r.limit.MaxBytes, corpus.ErrTooLarge)
	}
	file, err := os.ReadFile(path)
	if errors.Is(err, os.ErrPermission) {
		return nil, corpus.ErrPermission
	}
	return file, err
}

// died names the reason for which PDFium stopped and gives its instance up.
func (r *Reader) died(ctx context.Context, err error) error {
	r.engine.drop()
	if ctx.Err() != nil {
		return fmt.Errorf("%w: %w", ctx.Err(), corpus.ErrTimeout)
	}
	return fmt.Errorf("%w: %w", err, corpus.ErrBroken)
}

// pages reads and lays out every page.
func (r *Reader) pages(ctx context.Context, file []byte) (out []*pageText, err error) {
	if err := r.engine.refresh(); err != nil {
		return nil, err
	}
	d, err := r.engine.open(ctx, file)
	if err != nil {
		return nil, err
	}
	defer func() {
		if e := d.close(ctx); err == nil {
			err = e
		}
	}()
	switch {
	case d.pages <= 0:
		return nil, corpus.ErrNoPages
	case d.pages > r.limit.MaxPages:
		return nil, fmt.Errorf("%d pages, at most %d: %w", d.pages, r.limit.MaxPages, corpus.ErrTooLarge)
	}
	runes := 0
	for n := 1; n <= d.pages; n++ {
		if ctx.Err() != nil {
			return nil, fmt.Errorf("page %d: %w: %w", n, ctx.Err(), corpus.ErrTimeout)
		}
		s, err := d.sheet(ctx, n)
		if errors.Is(err, errBadPage) {
			out = append(out, &pageText{page: n, verdict: verdict{unreadable: true, reason: "页面损坏，无法打开"}})
			continue
		}
		if err != nil {
			return nil, err
		}
		if runes += len(s.glyphs); runes > r.limit.MaxRunes {
			return nil, fmt.Errorf("more than %d characters: %w", r.limit.MaxRunes, corpus.ErrTooLarge)
		}
		out = append(out, layout(s, r.tables))
	}
	return out, nil
}

// write makes the document, page by page. A paragraph stands whole on the page
// on which it begins.
func (r *Reader) write(pages []*pageText, o opinion) (*corpus.Document, error) {
	setApart(pages)
	footnotes(pages)
	text := paragraphs(pages)
	var b corpus.Builder
	readable := 0
	for _, p := range pages {
		b.Page(p.page)
		for _, s := range p.head {
			b.Aside(s)
		}
		for len(text) > 0 && text[0].page == p.page {
			text[0].write(&b)
			text = text[1:]
		}
		for _, s := range p.notes {
			b.Text(s)
		}
		for _, s := range append(p.foot, p.aside...) {
			b.Aside(s)
		}
		if reason := p.unread(); reason != "" {
			b.Unread(reason)
		} else if p.verdict.runes > 0 {
			readable++
		}
		for _, s := range p.warnings(o) {
			b.Warn(s)
		}
	}
	if o.pages > 0 && o.pages != len(pages) {
		b.Warn(fmt.Sprintf("两个读取程序数出的页数不同（%d页与%d页），文件可能有缺页", len(pages), o.pages))
	}
	if readable == 0 {
		return nil, r.nothing(pages)
	}
	return b.End(reader, ""), nil
}

func (p *paragraph) write(b *corpus.Builder) {
	switch {
	case p.cells != nil:
		b.Row(p.cells...)
	case p.level > 0:
		b.Heading(p.level, p.text)
	default:
		b.Text(p.text)
	}
}

// nothing is the error for a file without one readable page.
func (r *Reader) nothing(pages []*pageText) error {
	for _, p := range pages {
		if p.verdict.unreadable && p.verdict.runes > 0 {
			return fmt.Errorf("page %d: %s: %w", p.page, p.verdict.reason, corpus.ErrGarbled)
		}
	}
	return fmt.Errorf("%d pages: %w", len(pages), corpus.ErrNoText)
}

// scanShare is the part of a page that pictures cover on a scan.
const scanShare = 0.5

// unread is the reason for which the page was not read, or "".
func (p *pageText) unread() string {
	switch {
	case p.verdict.unreadable:
		return fmt.Sprintf("第%d页%s", p.page, p.verdict.reason)
	case len(p.elements) == 0 && p.pictures > 0.05:
		return fmt.Sprintf("第%d页没有文字层，需OCR", p.page)
	case p.garbled > 0:
		return fmt.Sprintf("第%d页有%d行疑似乱码，需OCR", p.page, p.garbled)
	case p.runes() < 40 && p.pictures > scanShare:
		return fmt.Sprintf("第%d页大部分是图像，文字很少，需OCR", p.page)
	}
	return ""
}

// runes counts the characters of the page's text, headers apart.
func (p *pageText) runes() int {
	n := 0
	for _, e := range p.elements {
		if e.line != nil {
			n += len(e.line.glyphs)
		}
		for _, c := range e.cells {
			n += len([]rune(c))
		}
	}
	return n
}

func (p *pageText) warnings(o opinion) []string {
	var out []string
	if p.verdict.lost > 0 && !p.verdict.unreadable {
		out = append(out, fmt.Sprintf("第%d页有%d个字符无法识别", p.page, p.verdict.lost))
	}
	if p.hidden {
		out = append(out, fmt.Sprintf("第%d页是图像，文字来自文件自带的识别层，可能有误", p.page))
	}
	if s := o.disagree(p.page, p.drawn); s != "" && !p.verdict.unreadable {
		out = append(out, s)
	}
	return out
}
