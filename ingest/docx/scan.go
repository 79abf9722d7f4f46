package docx

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"duibiao/corpus"
	"duibiao/ingest/layout"
	"duibiao/ingest/picture"
)

// scans are the pictures of pages that are recognised: those that fill a page
// and, in a file without text of its own, those that may.
type scans struct {
	ctx       context.Context
	recognise picture.Recogniser
	most      int  // pictures of pages in one file
	alone     bool // the file has no other text

	n      int             // pictures met
	sheets []*layout.Sheet // recognised one after the other, and not yet written
	read   int             // pictures recognised
	by     []string        // what recognised them
	failed error           // why some were not
	end    error           // why the file is not read further
}

// mayHoldPages reports whether something may be recognised in what was read.
func (w *walker) mayHoldPages() bool {
	return !w.written && w.pictures > 0 || slices.ContainsFunc(w.missed, func(m *missed) bool { return m.kind == scanned })
}

// page takes the pictures of one drawing that fills a page. They are read after
// the paragraph they hang on.
func (w *walker) page(pics []*node) {
	if w.scans == nil {
		w.miss(scanned)
		return
	}
	w.boxes = append(w.boxes, pics...)
}

// scan recognises one picture.
func (w *walker) scan(pic *node) {
	s := w.scans
	if s == nil || s.end != nil {
		return
	}
	if s.n++; s.n > s.most {
		s.end = &corpus.LimitError{Limit: corpus.PageCount, Allowed: int64(s.most)}
		return
	}
	sheet, err := w.recognised(pic)
	if s.ctx.Err() != nil {
		s.end = fmt.Errorf("picture %d: %w: %w", s.n, s.ctx.Err(), corpus.ErrTimeout)
		return
	}
	if err != nil || sheet.Unread() != "" {
		w.writeScans()
		w.miss(inVain)
		s.failed = errors.Join(s.failed, err)
		return
	}
	s.sheets = append(s.sheets, sheet)
}

func (w *walker) recognised(pic *node) (*layout.Sheet, error) {
	s := w.scans
	name := w.pkg.byID[linkOf(pic)]
	part := w.pkg.files[name]
	if part == nil {
		return nil, fmt.Errorf("picture %d: %w: no part %q", s.n, corpus.ErrBroken, name)
	}
	raw, err := w.pkg.lim.Read(part, name, new(int64)) // one by one: they do not add up with the text
	if err != nil {
		return nil, fmt.Errorf("picture %d: %w", s.n, err)
	}
	sheet, err := picture.Sheet(s.ctx, raw, s.n, s.recognise)
	if err != nil {
		return nil, fmt.Errorf("picture %d: %w", s.n, err)
	}
	return sheet, nil
}

// writeScans writes the pages that were recognised since the last text, as the
// pages of one paper. They have no places: a Word file has no pages.
func (w *walker) writeScans() {
	s := w.scans
	if s == nil || len(s.sheets) == 0 {
		return
	}
	var b corpus.Builder
	err := layout.Write(&b, s.sheets, nil)
	n := len(s.sheets)
	s.sheets = nil
	if err != nil {
		for range n {
			w.miss(inVain)
		}
		s.failed = errors.Join(s.failed, err)
		return
	}
	s.read += n
	doc := b.End(Reader, "")
	for _, p := range doc.Paragraphs {
		if p.OCR() && !slices.Contains(s.by, p.By) {
			s.by = append(s.by, p.By)
		}
		w.b.From(corpus.Origin{By: p.By, Confidence: p.Confidence})
		text := doc.Text(p.Span)
		switch p.Role {
		case corpus.Aside:
			w.b.Aside(text)
			continue
		case corpus.Heading:
			w.b.Heading(p.Level, text)
		case corpus.Row:
			cells := make([]string, len(p.Cells))
			for i, c := range p.Cells {
				cells[i] = doc.Text(c)
			}
			w.b.Row(cells...)
		default:
			w.b.Text(text)
		}
		w.note(text)
	}
}

// linkOf is the relation to the part that holds the picture.
func linkOf(pic *node) string {
	if pic.name == "v:imagedata" {
		return pic.attr("id")
	}
	return pic.kid("pic:blipFill", "a:blip").attr("embed")
}

// picturesIn are the pictures of one drawing, without those in its text box:
// the text box is read as text.
func picturesIn(holder *node) []*node {
	boxed := map[*node]bool{}
	var pics []*node
	for _, name := range []string{"pic:pic", "v:imagedata"} {
		holder.find("w:txbxContent", func(box *node) { box.find(name, func(n *node) { boxed[n] = true }) })
		holder.find(name, func(n *node) {
			if !boxed[n] {
				pics = append(pics, n)
			}
		})
	}
	return pics
}

// extent is the size of a drawing on paper in EMU; 0 where it is not told.
func extent(holder *node) (wide, high int) {
	if e := holder.kid("wp:extent"); e != nil {
		return e.number("cx", 0), e.number("cy", 0)
	}
	for _, property := range strings.Split(holder.attr("style"), ";") {
		switch name, value, _ := strings.Cut(property, ":"); strings.TrimSpace(name) {
		case "width":
			wide = emu(value)
		case "height":
			high = emu(value)
		}
	}
	return wide, high
}

// emu is a length such as "415.3pt" in EMU; 0 where it is none.
func emu(length string) int {
	length = strings.TrimSpace(length)
	for unit, emus := range map[string]float64{"pt": 12700, "in": 914400, "cm": 360000, "mm": 36000} {
		if number, ok := strings.CutSuffix(length, unit); ok {
			v, err := strconv.ParseFloat(number, 64)
			if err != nil || v < 0 || v > 10000 {
				return 0
			}
			return int(v * emus)
		}
	}
	return 0
}
