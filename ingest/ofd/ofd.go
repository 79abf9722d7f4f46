// Package ofd reads OFD files, the page format of Chinese offices (GB/T 33190).
//
// In: a file. Out: a corpus.Document laid out as a PDF is, by package layout:
// page by page, what a page's template holds with it, annotations apart. Text
// that is not shown is dropped and reported; where it lies over a picture of
// the page it is the text. Attachments are named and not read, seals and
// signatures passed over. All documents of a package are read, one after the
// other.
//
// structure.go finds the pages, page.go walks through one; a further kind of
// object is a case in element.
package ofd

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"duibiao/corpus"
	"duibiao/ingest/capped"
	"duibiao/ingest/layout"
	"duibiao/ingest/picture"
)

// Reader names this reader and its version, which is part of cache keys.
const Reader = "ofd/1"

// Limits bounds what a file may cost. Each zero field means its default.
type Limits struct {
	capped.Parts
	Pages int // 2,000
	Runes int // characters of all pages; 3,000,000
}

func (l Limits) withDefaults() Limits {
	l.Parts = l.Parts.WithDefaults()
	if l.Pages <= 0 {
		l.Pages = 2000
	}
	if l.Runes <= 0 {
		l.Runes = 3_000_000
	}
	return l
}

// Read reads the file at path. recognise reads pages that are pictures; nil
// leaves them unread. Pages that cannot be read are in the document's Unread
// list. The error wraps corpus.ErrBroken when package or XML are damaged,
// ErrEncrypted for a package with a password, ErrTooLarge when it is over a
// limit, ErrNoPages, ErrNoText when there are pictures instead of text,
// ErrGarbled when the text is not what is drawn, and ErrTimeout when ctx ends.
func Read(ctx context.Context, path string, lim Limits, recognise picture.Recogniser) (*corpus.Document, error) {
	f, size, err := capped.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read %s as ofd: %w", path, err)
	}
	defer f.Close()
	doc, err := read(ctx, f, size, lim.withDefaults(), recognise)
	if err != nil {
		return nil, fmt.Errorf("read %s as ofd: %w", path, err)
	}
	return doc, nil
}

func read(ctx context.Context, f io.ReaderAt, size int64, lim Limits, recognise picture.Recogniser) (*corpus.Document, error) {
	p, err := openParts(f, size, lim.Parts)
	if err != nil {
		return nil, err
	}
	books, err := p.books()
	if err != nil {
		return nil, err
	}
	r := &reader{lim: lim, recognise: recognise}
	for _, b := range books {
		if err := r.book(ctx, b); err != nil {
			return nil, err
		}
	}
	if len(r.sheets) == 0 {
		return nil, corpus.ErrNoPages
	}
	return r.write(books)
}

// reader gathers the pages of all documents of a package.
type reader struct {
	lim       Limits
	recognise picture.Recogniser
	sheets    []*layout.Sheet
	runes     int
	drawn     int // ruling lines and pictures
	unseen    int // characters
}

func (r *reader) book(ctx context.Context, b *book) error {
	for _, page := range b.pages {
		if ctx.Err() != nil {
			return fmt.Errorf("page %d: %w: %w", len(r.sheets)+1, ctx.Err(), corpus.ErrTimeout)
		}
		if len(r.sheets) == r.lim.Pages {
			return &corpus.LimitError{Limit: corpus.PageCount, Allowed: int64(r.lim.Pages)}
		}
		s, err := b.page(resolve(b.dir, page.Loc))
		if errors.Is(err, corpus.ErrBroken) {
			r.sheets = append(r.sheets, layout.Lay(&layout.Page{Number: len(r.sheets) + 1, Fault: "页面损坏，无法打开"}))
			continue
		}
		if err != nil {
			return fmt.Errorf("page %d: %w", len(r.sheets)+1, err)
		}
		if r.runes += len(s.Glyphs); r.runes > r.lim.Runes {
			return &corpus.LimitError{Limit: corpus.TextLength, Allowed: int64(r.lim.Runes)}
		}
		const most = 2_000_000 // lines and pictures of all pages
		if r.drawn += len(s.Rules) + len(s.pictures); r.drawn > most {
			return fmt.Errorf("more than %d lines and pictures: %w", most, corpus.ErrTooLarge)
		}
		r.unseen += len(s.unseen)
		s.Number, s.Faces, s.Notes = len(r.sheets)+1, b.resources.faces, b.notesOn(page.ID)
		r.sheets = append(r.sheets, r.lay(ctx, b, s))
	}
	return nil
}

// lay lays a page out, with what a recogniser finds in its pictures where it
// needs that.
func (r *reader) lay(ctx context.Context, b *book, s *sheet) *layout.Sheet {
	laid := layout.Lay(&s.Page)
	if r.recognise == nil || !laid.NeedsOCR() {
		return laid
	}
	var lines []layout.Line
	for _, p := range s.pictures {
		more, err := r.look(ctx, b, p)
		if err != nil {
			laid.NotRecognised(err)
			return laid
		}
		lines = append(lines, more...)
	}
	return laid.Recognised(lines)
}

// look is the lines in one picture, at their places on the page. Of a picture
// that is too small for text, or that cannot be opened, there are none, and the
// page stays unread.
func (r *reader) look(ctx context.Context, b *book, p drawn) ([]layout.Line, error) {
	wide := p.box.Right - p.box.Left
	if p.part == "" || wide < 36 || p.box.Bottom-p.box.Top < 9 {
		return nil, nil
	}
	raw, err := b.parts.read(p.part)
	if err != nil {
		return nil, nil
	}
	const most = 100_000_000 // pixels
	img, err := picture.Decode(raw, most)
	if err != nil {
		return nil, nil
	}
	lines, err := r.recognise(ctx, img, float64(img.Bounds().Dx())/wide*72)
	if err != nil {
		return nil, err
	}
	for i := range lines {
		for _, box := range []*corpus.Box{&lines[i].Box, &lines[i].Shown} {
			if *box != (corpus.Box{}) {
				*box = corpus.Box{Left: box.Left + p.box.Left, Top: box.Top + p.box.Top, Right: box.Right + p.box.Left, Bottom: box.Bottom + p.box.Top}
			}
		}
	}
	return lines, nil
}

func (r *reader) write(books []*book) (*corpus.Document, error) {
	var b corpus.Builder
	if r.unseen > 0 {
		b.Warn(fmt.Sprintf("文件有不显示的文字%d字，没有计入。", r.unseen))
	}
	for _, book := range books {
		if len(book.attached) > 0 {
			b.Warn(fmt.Sprintf("文件带有%d个附件（%s），没有读取。", len(book.attached), strings.Join(book.attached, "、")))
		}
		if len(book.faults) > 0 {
			b.Warn("文件的" + strings.Join(book.faults, "、") + "损坏，没有读取。")
		}
	}
	if err := layout.Write(&b, r.sheets, nil); err != nil {
		return nil, err
	}
	return b.End(Reader, ""), nil
}
