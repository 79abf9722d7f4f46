package main

import (
	"bufio"
	"context"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"path/filepath"

	"duibiao/corpus"
	"duibiao/extract"
)

//go:embed textpage.html
var textPageHTML string

// writeTextPage writes what was read from a file as one web page: each page of
// the file as it looks, beside the text that was read from it. It needs
// nothing else: no network, no other file.
func writeTextPage(ctx context.Context, w io.Writer, path string, doc *corpus.Document, picture func(page int) (*corpus.Picture, error)) error {
	t, err := template.New("text").Parse(textPageHTML)
	if err != nil {
		return err
	}
	s, conflicts := extract.Describe(doc, path, nil)
	v := textView{Name: filepath.Base(path), Doc: doc, Taken: takenFrom(s), Conflicts: conflicts, Unread: doc.Unread, Warnings: doc.Warnings}
	passages := extract.Passages(doc)
	for n := min(1, doc.Pages); n <= doc.Pages; n++ {
		sheet := &sheetView{N: n, ctx: ctx, picture: picture}
		for i, p := range doc.Paragraphs {
			if p.Page == n {
				sheet.Paragraphs = append(sheet.Paragraphs, paragraphOf(doc, i, passages[i]))
			}
		}
		for _, u := range doc.Unread {
			if u.Page == n && n > 0 {
				sheet.Unread = append(sheet.Unread, u.Message)
			}
		}
		v.Sheets = append(v.Sheets, sheet)
	}
	out := bufio.NewWriter(w)
	if err := t.Execute(out, v); err != nil {
		return fmt.Errorf("write the page for %s: %w", path, err)
	}
	return out.Flush()
}

// textView is what the web page shows.
type textView struct {
	Name             string
	Doc              *corpus.Document
	Taken            []namedTaken
	Conflicts        []string
	Unread, Warnings []corpus.Warning
	Sheets           []*sheetView
}

// Runes is the length of the text.
func (v textView) Runes() string { return grouped(int64(v.Doc.Len())) }

// sheetView is one page of the file; N is 0 for the whole of a file without
// pages.
type sheetView struct {
	N          int
	Paragraphs []*paragraphView
	Unread     []string

	ctx     context.Context
	picture func(page int) (*corpus.Picture, error)
}

// paragraphView is one paragraph, and where it stands on its page's picture in
// per cent of that.
type paragraphView struct {
	N                        int
	Zone                     corpus.Zone
	Level                    int
	Text                     string
	Cells                    []string
	Reader                   string
	OCR                      bool
	Doubtful                 bool // recognised with less confidence than most
	Confidence               string
	Section                  string
	box                      corpus.Box
	Left, Top, Width, Height string
}

// doubtful is the confidence below which recognised text is marked.
const doubtful = 0.8

func paragraphOf(doc *corpus.Document, i int, p corpus.Passage) *paragraphView {
	of := doc.Paragraphs[i]
	v := &paragraphView{N: i + 1, Zone: p.Zone, Level: of.Level, Text: p.Text, Reader: readerOf(doc, of), OCR: of.OCR(),
		Doubtful: of.OCR() && of.Confidence < doubtful, Confidence: percent(of.Confidence), Section: p.Section(), box: of.Box}
	for _, c := range of.Cells {
		v.Cells = append(v.Cells, doc.Text(c))
	}
	return v
}

// pictureView is a page's picture.
type pictureView struct {
	Source template.URL
	Boxes  []*paragraphView // the paragraphs whose place on it is known
	Fault  string
}

// Picture draws the page when its turn comes, so that only one is in memory;
// nil for a file without pages, or of a kind that cannot be drawn.
func (s *sheetView) Picture() (*pictureView, error) {
	if s.N == 0 {
		return nil, nil
	}
	p, err := s.picture(s.N)
	switch {
	case s.ctx.Err() != nil:
		return nil, s.ctx.Err()
	case errors.Is(err, corpus.ErrUnsupported):
		return nil, nil
	case err != nil:
		return &pictureView{Fault: reason(err)}, nil
	}
	kind := http.DetectContentType(p.Image)
	v := &pictureView{Source: template.URL("data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(p.Image))}
	for _, q := range s.Paragraphs {
		if q.place(p) {
			v.Boxes = append(v.Boxes, q)
		}
	}
	return v, nil
}

// place finds where the paragraph stands on the picture of its page, and
// reports whether that is known.
func (v *paragraphView) place(p *corpus.Picture) bool {
	b := v.box
	if b == (corpus.Box{}) || p.Width <= 0 || p.Height <= 0 {
		return false
	}
	left, right := part(b.Left, p.Width), part(b.Right, p.Width)
	top, bottom := part(b.Top, p.Height), part(b.Bottom, p.Height)
	v.Left, v.Top = fmt.Sprintf("%.2f", left), fmt.Sprintf("%.2f", top)
	v.Width, v.Height = fmt.Sprintf("%.2f", right-left), fmt.Sprintf("%.2f", bottom-top)
	return right > left && bottom > top
}

// part is where x lies on a length, in per cent.
func part(x, length float64) float64 { return min(100, max(0, x/length*100)) }
