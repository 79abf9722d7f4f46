package pdf

import (
	"context"
	"errors"
	"fmt"
	"image"
	"math"

	"duibiao/corpus"
	"duibiao/ingest/layout"
)

const (
	pointsPerInch = 72
	maxPixels     = 25_000_000 // of one picture
	scanDPI       = 300        // of a picture that is made to be recognised
	scanPixels    = 9_000_000  // of one: A4 at 300 dpi; pages said to be larger seldom hold more
)

// Render draws one page, counted from 1, as a viewer shows it, at dpi dots to
// the inch; where that would be over 25 million dots, at fewer. Text whose
// fonts are not in the file is drawn in those of this machine. The error is one
// of those of Read, and wraps corpus.ErrNoPages when there is no such page.
func (r *Reader) Render(ctx context.Context, path string, page int, dpi float64) (image.Image, error) {
	file, err := r.load(path)
	if err != nil {
		return nil, err
	}
	picture, _, err := r.draw(ctx, file, page, dpi, maxPixels)
	if err != nil {
		return nil, err
	}
	return picture, nil
}

// draw is Render for a file that has been loaded and a picture of most dots; it
// gives the dots to the inch that the picture has.
func (r *Reader) draw(ctx context.Context, file []byte, page int, dpi, most float64) (picture *image.RGBA, real float64, err error) {
	if r.painter == nil {
		if r.painter, err = newEngine(r.limit, r.cache, machineFonts()); err != nil {
			return nil, 0, err
		}
	}
	err = r.painter.with(ctx, file, func(d *document) error {
		if page < 1 || page > d.pages {
			return fmt.Errorf("page %d of %d: %w", page, d.pages, corpus.ErrNoPages)
		}
		var err error
		picture, real, err = d.draw(ctx, page, dpi, most)
		return err
	})
	if errors.Is(err, errBadPage) {
		err = fmt.Errorf("page %d: %w: %w", page, err, corpus.ErrBroken)
	}
	return picture, real, err
}

// recognise has what is not readable on page n read from its picture. Where
// that does not succeed the page stays as it is; the error is for a ctx that
// has ended.
func (r *Reader) recognise(ctx context.Context, file []byte, p *page, n int) error {
	if r.limit.Recognise == nil || !p.sheet.NeedsOCR() {
		return nil
	}
	picture, dpi, err := r.draw(ctx, file, n, scanDPI, scanPixels)
	if err == nil {
		var lines []layout.Line
		if lines, err = r.limit.Recognise(ctx, picture, dpi); err == nil {
			p.sheet = p.sheet.Recognised(lines)
		}
	}
	if ctx.Err() != nil {
		return fmt.Errorf("page %d: %w: %w", n, ctx.Err(), corpus.ErrTimeout)
	}
	if err != nil {
		p.sheet.NotRecognised(err)
	}
	return nil
}

func (d *document) draw(ctx context.Context, n int, dpi, most float64) (picture *image.RGBA, real float64, err error) {
	e := d.e
	page, err := e.call(ctx, "FPDF_LoadPage", d.handle, uint64(n-1))
	if err != nil {
		return nil, 0, err
	}
	if page == 0 {
		return nil, 0, errBadPage
	}
	defer func() {
		if _, e2 := e.call(ctx, "FPDF_ClosePage", page); err == nil {
			err = e2
		}
	}()
	s := &sheet{}
	if err := d.pageBox(ctx, page, s); err != nil {
		return nil, 0, err
	}
	if s.Width <= 0 || s.Height <= 0 || dpi <= 0 {
		return nil, 0, errBadPage
	}
	scale := min(dpi/pointsPerInch, math.Sqrt(most/(s.Width*s.Height)))
	width, height := max(1, int(s.Width*scale)), max(1, int(s.Height*scale))
	if width*height > maxPixels { // a page like a thread
		return nil, 0, errBadPage
	}
	picture, err = e.paint(ctx, page, width, height)
	return picture, scale * pointsPerInch, err
}

// paint draws a page on white paper, with its annotations.
func (e *engine) paint(ctx context.Context, page uint64, width, height int) (picture *image.RGBA, err error) {
	const withAlpha, white, annotations, redFirst = 1, 0xFFFFFFFF, 0x01, 0x10
	w, h := uint64(width), uint64(height)
	bitmap, err := e.call(ctx, "FPDFBitmap_Create", w, h, withAlpha)
	if err != nil {
		return nil, err
	}
	if bitmap == 0 {
		return nil, fmt.Errorf("a picture of %d × %d dots: %w", width, height, corpus.ErrTooLarge)
	}
	defer func() {
		if _, e2 := e.call(ctx, "FPDFBitmap_Destroy", bitmap); err == nil {
			err = e2
		}
	}()
	if _, err := e.call(ctx, "FPDFBitmap_FillRect", bitmap, 0, 0, w, h, white); err != nil {
		return nil, err
	}
	if _, err := e.call(ctx, "FPDF_RenderPageBitmap", bitmap, page, 0, 0, w, h, 0, annotations|redFirst); err != nil {
		return nil, err
	}
	at, err := e.call(ctx, "FPDFBitmap_GetBuffer", bitmap)
	if err != nil {
		return nil, err
	}
	dots, ok := e.mod.Memory().Read(uint32(at), uint32(4*width*height))
	if !ok {
		return nil, errNoMemory
	}
	picture = image.NewRGBA(image.Rect(0, 0, width, height))
	copy(picture.Pix, dots)
	return picture, nil
}
