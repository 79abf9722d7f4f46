package main

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"strings"
	"unicode/utf8"

	"duibiao/ingest/docx/docxtest"
	"duibiao/ingest/pdf/pdftest"
)

// file makes the paper's bytes. To add a form, add a case.
func (p paper) file(gb gbEncoder) ([]byte, error) {
	switch p.as {
	case "txt":
		return p.text(gb)
	case "docx":
		return p.docx(true), nil
	case "docx-plain":
		return p.docx(false), nil
	case "docx-truncated":
		b := p.docx(true)
		return b[:len(b)*3/5], nil
	case "pdf":
		return p.pdf()
	case "pdf-encrypted":
		return p.lockedPDF(), nil
	case "pdf-scan":
		return p.scan(), nil
	case "png":
		return picture()
	}
	return nil, fmt.Errorf("unknown form %q", p.as)
}

// text is the body as it stands, in the paper's encoding.
func (p paper) text(gb gbEncoder) ([]byte, error) {
	switch p.encoding {
	case "", "utf-8":
		return []byte(p.body), nil
	case "utf-8-bom":
		return []byte("\ufeff" + p.body), nil
	case "gb18030": // with the line ends of the machines that write it
		return gb.encode(strings.ReplaceAll(p.body, "\n", "\r\n"))
	}
	return nil, fmt.Errorf("unknown encoding %q", p.encoding)
}

// docx is the paper as a word processor's file; without styles it is one in
// which headings can be told by their numbers only.
func (p paper) docx(styles bool) []byte {
	doc := docxtest.Doc{
		Footer: "— # —",
		Lists:  []docxtest.List{{Levels: []docxtest.Level{{Format: "decimal", Text: "%1.", Suffix: "nothing"}}}},
	}
	titled := false
	list := p.blocks()
	for i, b := range list {
		if b.kind == rowBlock {
			doc.Body = appendRow(doc.Body, b.cells)
			continue
		}
		titled = titled || b.kind == titleBlock
		para := docxtest.Para{Text: b.text}
		if styles {
			para.Style = b.style(titled, len(list)-i)
		}
		if b.kind == numberBlock {
			para.List = 1
		}
		doc.Body = append(doc.Body, para)
	}
	return docxtest.Build(doc)
}

// style is the style of docxtest for a block that stands after the first title
// or before it, and left blocks before the end.
func (b block) style(titled bool, left int) string {
	short := utf8.RuneCountInString(b.text) <= 24 && !strings.ContainsAny(b.text, "，。；")
	switch {
	case b.kind == titleBlock:
		return "Title"
	case b.kind == headBlock:
		return fmt.Sprintf("Heading%d", b.level)
	case !titled && strings.HasSuffix(b.text, "文件"):
		return "Letterhead"
	case !titled:
		return "Centre"
	case short && strings.HasSuffix(b.text, "："):
		return "Left"
	case short && left <= 2:
		return "Right"
	}
	return ""
}

// appendRow adds a row to the table at the end of blocks, or begins one.
func appendRow(blocks []docxtest.Block, cells []string) []docxtest.Block {
	if n := len(blocks); n > 0 {
		if t, ok := blocks[n-1].(docxtest.Table); ok {
			t.Rows = append(t.Rows, docxtest.Rows(cells).Rows...)
			blocks[n-1] = t
			return blocks
		}
	}
	return append(blocks, docxtest.Rows(cells))
}

// pdf is the paper on A4 pages. The source gives the title first, then
// paragraphs.
func (p paper) pdf() ([]byte, error) {
	var title string
	var paragraphs []string
	for i, b := range p.blocks() {
		switch {
		case i == 0 && b.kind == titleBlock:
			title = b.text
		case b.kind == textBlock:
			paragraphs = append(paragraphs, b.text)
		default:
			return nil, fmt.Errorf("line %d: a PDF has one title and paragraphs", i+1)
		}
	}
	return pdftest.Paper(title, paragraphs), nil
}

// lockedPDF is the paper on one page that asks for a password.
func (p paper) lockedPDF() []byte {
	f := pdftest.File{UserPassword: "yunque2026"}
	page := f.Add()
	for i, b := range p.blocks() {
		page.Text(pdftest.Fangsong, 16, 74, 105+28*float64(i), b.text)
	}
	return f.Bytes()
}

// scan is pages of pictures, as a scanner without text recognition makes them.
func (p paper) scan() []byte {
	var f pdftest.File
	for range p.pages {
		f.Add().Picture(0, 0, pdftest.Width, pdftest.Height)
	}
	return f.Bytes()
}

// picture is a small photograph's stand-in.
func picture() ([]byte, error) {
	m := image.NewGray(image.Rect(0, 0, 64, 48))
	for i := range m.Pix {
		m.Pix[i] = byte(i * 7)
	}
	var b bytes.Buffer
	err := png.Encode(&b, m)
	return b.Bytes(), err
}
