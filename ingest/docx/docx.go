// Package docx reads Word files as Word and WPS write them.
//
// In: a DOCX file (also DOCM and DOTX, also strict Open XML). Out: a
// corpus.Document with what a reader of the printed paper sees, in its order:
// automatic numbers, headings by their style, tables row by row, text boxes
// and SmartArt once, tracked changes as if accepted; and set apart as 非正文 the
// table of contents, page headers and footers, and comments. What was left out
// is reported in the document's warnings, with about where it stands; pictures
// that fill a page and are not recognised make the document partial. Pages are always 0: the file has
// none.
//
// A further element of a run is a case in inline.go, a field that stores no
// result one in field.go; a further kind of number is a line in numerals.go.
package docx

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"

	"duibiao/corpus"
	"duibiao/ingest/capped"
	"duibiao/ingest/picture"
)

// Reader names this reader and its version, which is part of cache keys.
const Reader = "docx/1"

// Limits bounds what a file may cost. Each zero field means its default.
type Limits struct {
	capped.Parts
	Pages int // pictures of pages that are recognised; 2,000
}

// Read reads the file at path. recognise reads pictures that fill a page and,
// where a file has no text of its own, those that may; nil leaves them unread.
// The error wraps corpus.ErrEncrypted for a file with a password,
// ErrUnsupported for the older binary formats of Office and WPS, ErrBroken when
// package or XML are damaged, ErrTooLarge when it is over a limit, ErrEmpty when
// there is no text, ErrNoText when there are pictures instead of text, and
// ErrTimeout when ctx ends.
func Read(ctx context.Context, path string, lim Limits, recognise picture.Recogniser) (*corpus.Document, error) {
	f, size, err := capped.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read %s as docx: %w", path, err)
	}
	defer f.Close()
	doc, err := readPackage(ctx, f, size, lim, recognise)
	if err != nil {
		return nil, fmt.Errorf("read %s as docx: %w", path, err)
	}
	return doc, nil
}

func readPackage(ctx context.Context, f io.ReaderAt, size int64, lim Limits, recognise picture.Recogniser) (*corpus.Document, error) {
	w, err := walk(f, size, lim.Parts, false, nil)
	if err != nil {
		return nil, err
	}
	s := &scans{ctx: ctx, recognise: recognise, most: cmp.Or(lim.Pages, 2000), alone: !w.written}
	if recognise != nil && w.mayHoldPages() {
		if w, err = walk(f, size, lim.Parts, false, s); err != nil {
			return nil, err
		}
	}
	switch {
	case w.written:
	case s.failed != nil:
		return nil, fmt.Errorf("%w: %w", corpus.ErrNoText, s.failed)
	case w.pictures > 0:
		return nil, corpus.ErrNoText
	default:
		return nil, corpus.ErrEmpty
	}
	if err := w.margins(); err != nil {
		return nil, err
	}
	w.report(s)
	return w.b.End(Reader, ""), nil
}

// Cell is one cell of a table.
type Cell struct {
	Text  string // paragraphs are separated by "\n"
	Above bool   // the cell goes on from the one above it, and has no text of its own
}

// Tables is every table of the file at path, outer tables before those in
// them: its rows, each with one cell for each column of the table's grid. A
// cell that spans columns is followed by empty ones. beside are the paragraphs
// that stand in no table, in order. Errors are those of Read.
func Tables(path string) (tables [][][]Cell, beside []string, err error) {
	f, size, err := capped.Open(path)
	if err != nil {
		return nil, nil, fmt.Errorf("read tables of %s: %w", path, err)
	}
	defer f.Close()
	w, err := walk(f, size, capped.Parts{}, true, nil)
	if err != nil {
		return nil, nil, fmt.Errorf("read tables of %s: %w", path, err)
	}
	doc := w.b.End("", "")
	for _, p := range doc.Paragraphs {
		beside = append(beside, doc.Text(p.Span))
	}
	return w.tables, beside, nil
}

// walk goes through the body and the notes of a file.
func walk(f io.ReaderAt, size int64, lim capped.Parts, tablesOnly bool, s *scans) (*walker, error) {
	p, err := openPackage(f, size, lim.WithDefaults())
	if err != nil {
		return nil, err
	}
	w, err := newWalker(p, tablesOnly, s)
	if err != nil {
		return nil, err
	}
	if err := w.body(); err != nil {
		return nil, err
	}
	return w, w.notes()
}

// report tells what a reviewer should know about the reading.
func (w *walker) report(s *scans) {
	if w.deleted+w.inserted > 0 {
		w.b.Warn(fmt.Sprintf("文件带有修订痕迹：标为删除的%d字没有计入，标为新增的%d字按已接受计入。", w.deleted, w.inserted))
	}
	if w.hidden > 0 {
		w.b.Warn(fmt.Sprintf("文件有隐藏文字%d字，没有计入。", w.hidden))
	}
	for _, m := range w.missed {
		if m.kind == scanned || m.kind == inVain {
			w.b.Unread("需OCR：" + m.message())
			continue
		}
		w.b.Warn(m.message())
	}
	if s.read > 0 {
		w.b.Warn(fmt.Sprintf("文件里有%d页是图片，文字由OCR（%s）识别，可能有误，请对照原件核对", s.read, strings.Join(s.by, "、")))
	}
	if w.unstoredFields > 0 {
		w.b.Warn(fmt.Sprintf("文件有%d处域（自动生成的文字）没有存下结果，没有读到；请用 Word 打开，全选后按 F9 更新，再保存。", w.unstoredFields))
	}
	if w.clock {
		w.b.Warn("文中有随打开日期自动更新的日期，读到的不一定是成文日期，请核对。")
	}
	if w.pkg.doubled {
		w.b.Warn("文件包里有两份同名的正文，只读取了第一份，请用 Word 打开核对。")
	}
}
