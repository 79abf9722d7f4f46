// Package html reads web pages that units hand in as files: HTML, and the
// single-file pages (MHT) that browsers and Word save.
//
// In: a file. Out: a corpus.Document with the page's paper as paragraphs,
// headings, list items with the numbers a browser would show, and tables row
// by row. What a web site puts around it — navigation, share buttons,
// adverts, footers — is set apart as 非正文, never dropped; what the page hides
// is dropped and reported. It errs on the side of the paper: sentences are
// only set apart when they stand in an element that says it is not the paper.
// Pages are always 0: the file has none.
//
// encoding.go makes text of bytes, blocks.go goes through the page, table.go
// and list.go read what they are named for, paper.go finds the paper.
package html

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"

	"duibiao/corpus"
	"duibiao/ingest/capped"
)

// Reader names this reader and its version, which is part of cache keys.
const Reader = "html/1"

// Limits bounds what Read takes in. The zero value means the defaults.
type Limits struct {
	MaxBytes int64 // size of the file in bytes; 32 MB when 0
}

// Read reads the file at path. The error wraps corpus.ErrEmpty when there is
// no text in it, ErrNoText when there are pictures instead, ErrBroken when it
// is not text, ErrTooLarge when it is over the limit.
func Read(path string, lim Limits) (*corpus.Document, error) {
	if lim.MaxBytes <= 0 {
		lim.MaxBytes = 32 << 20
	}
	b, err := capped.File(path, lim.MaxBytes)
	if err != nil {
		return nil, fmt.Errorf("read %s as html: %w", path, err)
	}
	doc, err := read(b)
	if err != nil {
		return nil, fmt.Errorf("read %s as html: %w", path, err)
	}
	return doc, nil
}

func read(b []byte) (*corpus.Document, error) {
	source, encoding, err := decode(b)
	if err != nil {
		return nil, err
	}
	root, err := html.Parse(strings.NewReader(source))
	if err != nil { // of a text in memory: elements too deep inside each other
		return nil, fmt.Errorf("%w: %w", corpus.ErrTooLarge, err)
	}
	p := &page{}
	p.walk(root, context{})
	if len(p.blocks) == 0 {
		if p.pictures > 0 {
			return nil, corpus.ErrNoText
		}
		return nil, corpus.ErrEmpty
	}
	p.findPaper()
	var out corpus.Builder
	p.warn(&out, source)
	for _, b := range p.blocks {
		b.write(&out)
	}
	return out.End(Reader, encoding), nil
}

// warn tells what a reviewer should know about the reading.
func (p *page) warn(b *corpus.Builder, source string) {
	if n := strings.Count(source, "\uFFFD"); n > 0 {
		b.Warn(fmt.Sprintf("有%d处字节不是文字，显示为“\uFFFD”，请对照原件。", n))
	}
	if p.hidden > 0 {
		b.Warn(fmt.Sprintf("网页有不显示的文字%d字，没有计入。", p.hidden))
	}
	if p.deleted > 0 {
		b.Warn(fmt.Sprintf("网页有标为删除的文字%d字，没有计入。", p.deleted))
	}
	if p.deep {
		b.Warn("网页的结构嵌套过深，最里层的内容没有读取。")
	}
	if p.frames > 0 {
		b.Warn(fmt.Sprintf("网页嵌有%d个其他网页或对象，其中的文字没有读取。", p.frames))
	}
	if p.pictures > 0 {
		b.Warn(fmt.Sprintf("网页有%d幅图片，图片里的文字没有读取。", p.pictures))
	}
}

func (b *block) write(out *corpus.Builder) {
	switch {
	case b.aside:
		out.Aside(b.text)
	case b.cells != nil:
		out.Row(b.cells...)
	case b.level > 0:
		out.Heading(b.level, b.text)
	default:
		out.Text(b.text)
	}
}
