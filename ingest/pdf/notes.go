package pdf

import (
	"context"
	"strings"

	"duibiao/ingest/layout"
)

// PDFium's annotation types that hold no text of their own.
const (
	linkNote   = 2
	popupNote  = 16
	widgetNote = 20
)

const maxNotes = 2000 // annotations read of one page

// annotations reads the words of comments and of filled-in form fields, which
// are not part of the page's own text.
func (d *document) annotations(ctx context.Context, page uint64, s *sheet) error {
	n, err := d.e.call(ctx, "FPDFPage_GetAnnotCount", page)
	if err != nil {
		return err
	}
	for i := range min(int(int32(n)), maxNotes) {
		note, err := d.annotation(ctx, page, i, &s.frame)
		if err != nil {
			return err
		}
		if note.Text = strings.TrimSpace(note.Text); note.Text != "" {
			s.Notes = append(s.Notes, note)
		}
	}
	return nil
}

func (d *document) annotation(ctx context.Context, page uint64, i int, f *frame) (note layout.Note, err error) {
	e := d.e
	annot, err := e.call(ctx, "FPDFPage_GetAnnot", page, uint64(i))
	if err != nil || annot == 0 {
		return note, err
	}
	defer func() {
		if _, e2 := e.call(ctx, "FPDFPage_CloseAnnot", annot); err == nil {
			err = e2
		}
	}()
	kind, err := e.call(ctx, "FPDFAnnot_GetSubtype", annot)
	if err != nil {
		return note, err
	}
	key := "Contents"
	switch int32(kind) {
	case linkNote, popupNote:
		return note, nil
	case widgetNote:
		key = "V"
	}
	if note.Text, err = d.noteValue(ctx, annot, key); err != nil {
		return note, err
	}
	ok, err := e.call(ctx, "FPDFAnnot_GetRect", annot, uint64(e.scratch))
	if err == nil && int32(ok) != 0 { // left, top, right, bottom
		note.Box = f.box(e.float(0), e.float(12), e.float(8), e.float(4))
	}
	return note, err
}

func (d *document) noteValue(ctx context.Context, annot uint64, key string) (string, error) {
	at, err := d.e.put(ctx, append([]byte(key), 0))
	if err != nil {
		return "", err
	}
	s, err := d.e.utf16(ctx, "FPDFAnnot_GetStringValue", annot, at)
	if err != nil {
		return "", err
	}
	_, err = d.e.call(ctx, "free", at)
	return s, err
}
