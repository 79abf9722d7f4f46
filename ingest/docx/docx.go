// Package docx reads Word files as Word and WPS write them.
//
// In: a DOCX file (also DOCM and DOTX, also strict Open XML). Out: a
// corpus.Document with what a reader of the printed paper sees, in its order:
// automatic numbers, headings by their style, tables row by row, text boxes
// and SmartArt once, tracked changes as if accepted; and set apart as 非正文 the
// table of contents, page headers and footers, and comments. What was left out
// is reported in the document's warnings, with about where it stands; pictures
// that fill a page make the document partial. Pages are always 0: the file has
// none.
//
// A further element of a run is a case in inline.go, a field that stores no
// result one in field.go; a further kind of number is a line in numerals.go.
package docx

import (
	"fmt"
	"io"

	"duibiao/corpus"
	"duibiao/ingest/capped"
)

// Reader names this reader and its version, which is part of cache keys.
const Reader = "docx/1"

// Read reads the file at path. The error wraps corpus.ErrEncrypted for a file
// with a password, ErrUnsupported for the older binary formats of Office and
// WPS, ErrBroken when package or XML are damaged, ErrTooLarge when it is over
// a limit, ErrEmpty when there is no text, and ErrNoText when there are
// pictures instead of text.
func Read(path string, lim capped.Parts) (*corpus.Document, error) {
	w, err := walk(path, lim, false)
	if err != nil {
		return nil, fmt.Errorf("read %s as docx: %w", path, err)
	}
	return w.b.End(Reader, ""), nil
}

// Cell is one cell of a table.
type Cell struct {
	Text  string // paragraphs are separated by "\n"
	Above bool   // the cell goes on from the one above it, and has no text of its own
}

// Tables is every table of the file at path, outer tables before those in
// them: its rows, each with one cell for each column of the table's grid. A
// cell that spans columns is followed by empty ones. Errors are those of Read.
func Tables(path string) ([][][]Cell, error) {
	w, err := walk(path, capped.Parts{}, true)
	if err != nil {
		return nil, fmt.Errorf("read tables of %s: %w", path, err)
	}
	return w.tables, nil
}

// walk reads the whole file into a walker.
func walk(path string, lim capped.Parts, tablesOnly bool) (*walker, error) {
	f, size, err := capped.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return walkPackage(f, size, lim, tablesOnly)
}

func walkPackage(r io.ReaderAt, size int64, lim capped.Parts, tablesOnly bool) (*walker, error) {
	p, err := openPackage(r, size, lim.WithDefaults())
	if err != nil {
		return nil, err
	}
	w, err := newWalker(p, tablesOnly)
	if err != nil {
		return nil, err
	}
	if err := w.body(); err != nil {
		return nil, err
	}
	if err := w.notes(); err != nil {
		return nil, err
	}
	switch {
	case tablesOnly || w.written:
	case w.pictures > 0:
		return nil, corpus.ErrNoText
	default:
		return nil, corpus.ErrEmpty
	}
	if err := w.margins(); err != nil {
		return nil, err
	}
	w.report()
	return w, nil
}

// report tells what a reviewer should know about the reading.
func (w *walker) report() {
	if w.deleted+w.inserted > 0 {
		w.b.Warn(fmt.Sprintf("文件带有修订痕迹：标为删除的%d字没有计入，标为新增的%d字按已接受计入。", w.deleted, w.inserted))
	}
	if w.hidden > 0 {
		w.b.Warn(fmt.Sprintf("文件有隐藏文字%d字，没有计入。", w.hidden))
	}
	for _, m := range w.missed {
		if m.kind == scanned {
			w.b.Unread("需OCR：" + m.message())
			continue
		}
		w.b.Warn(m.message())
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
