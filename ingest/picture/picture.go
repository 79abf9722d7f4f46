// Package picture reads pictures that units hand in: scans and photographs of
// paper, of one page or, in TIFF files, of several.
//
// In: a file (PNG, JPEG, GIF, BMP, TIFF, WebP) and a recogniser of text. Out:
// a corpus.Document, laid out by package layout from the lines recognised. A
// further format is one more import here.
package picture

import (
	"context"
	"errors"
	"fmt"
	"image"
	_ "image/gif" // the formats that are read
	_ "image/jpeg"
	_ "image/png"

	_ "golang.org/x/image/bmp"
	_ "golang.org/x/image/webp"

	"duibiao/corpus"
	"duibiao/ingest/capped"
	"duibiao/ingest/layout"
)

// Reader names this reader and its version, which is part of cache keys.
const Reader = "picture/1"

// Recogniser finds the lines of text in a picture of dpi dots per inch, with
// their boxes in points from the picture's left and upper edges.
type Recogniser func(ctx context.Context, picture image.Image, dpi float64) ([]layout.Line, error)

// Limits bounds what a file may cost. Each zero field means its default.
type Limits struct {
	MaxBytes  int64 // size of the file in bytes; 100 MB
	MaxPixels int   // of one page; 100,000,000
	MaxPages  int   // 2,000
}

func (l Limits) withDefaults() Limits {
	if l.MaxBytes <= 0 {
		l.MaxBytes = 100 << 20
	}
	if l.MaxPixels <= 0 {
		l.MaxPixels = 100_000_000
	}
	if l.MaxPages <= 0 {
		l.MaxPages = 2000
	}
	return l
}

// Read reads the file at path. The error wraps corpus.ErrNoText when
// recognise is nil or finds no text, ErrBroken for a damaged picture,
// ErrUnsupported for a format not in the list, ErrTooLarge when it is over a
// limit, and ErrTimeout when ctx ends.
func Read(ctx context.Context, path string, lim Limits, recognise Recogniser) (*corpus.Document, error) {
	if recognise == nil {
		return nil, fmt.Errorf("read %s as a picture: %w", path, corpus.ErrNoText)
	}
	lim = lim.withDefaults()
	b, err := capped.File(path, lim.MaxBytes)
	if err != nil {
		return nil, fmt.Errorf("read %s as a picture: %w", path, err)
	}
	doc, err := read(ctx, b, lim, recognise)
	if err != nil {
		return nil, fmt.Errorf("read %s as a picture: %w", path, err)
	}
	return doc, nil
}

func read(ctx context.Context, b []byte, lim Limits, recognise Recogniser) (*corpus.Document, error) {
	starts := directories(b, lim.MaxPages+1)
	if len(starts) > lim.MaxPages {
		return nil, &corpus.LimitError{Limit: corpus.PageCount, Allowed: int64(lim.MaxPages)}
	}
	var sheets []*layout.Sheet
	var failed error
	for i, start := range starts {
		if ctx.Err() != nil {
			return nil, fmt.Errorf("page %d: %w: %w", i+1, ctx.Err(), corpus.ErrTimeout)
		}
		s, err := sheet(ctx, at(b, start), i+1, lim, recognise)
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("page %d: %w", i+1, err))
		}
		sheets = append(sheets, s)
	}
	var out corpus.Builder
	if err := layout.Write(&out, sheets, nil); err != nil {
		if failed != nil {
			return nil, failed
		}
		return nil, err
	}
	return out.End(Reader, ""), nil
}

// Sheet is the picture in b laid out as page n, from 1, of a paper, with what
// recognise finds on it. Where that does not succeed the sheet is one that was
// not read, and the error says why; it wraps corpus.ErrBroken, ErrUnsupported or
// ErrTooLarge where the picture cannot be opened.
func Sheet(ctx context.Context, b []byte, n int, recognise Recogniser) (*layout.Sheet, error) {
	return sheet(ctx, at(b, 0), n, Limits{}.withDefaults(), recognise)
}

func sheet(ctx context.Context, r source, n int, lim Limits, recognise Recogniser) (*layout.Sheet, error) {
	img, err := decode(r, lim.MaxPixels)
	if err != nil {
		return layout.Lay(&layout.Page{Number: n, Fault: "的图像无法打开"}), err
	}
	size := img.Bounds()
	width, height := Size(size.Dx(), size.Dy())
	s := layout.Lay(&layout.Page{Number: n, Width: width, Height: height, Pictures: 1})
	lines, err := recognise(ctx, img, resolution(size.Dx(), size.Dy()))
	if err != nil {
		s.NotRecognised(err)
		return s, fmt.Errorf("recognise: %w", err)
	}
	return s.Recognised(lines), nil
}

// resolution is the dots per inch of a picture of a sheet of A4: what files
// say of it themselves is as often that of a screen.
func resolution(width, height int) float64 {
	const long = 297 / 25.4 // inches
	return float64(max(width, height)) / long
}

// Size is how large a picture of so many pixels is taken to be, in points: its
// long side is that of a sheet of A4.
func Size(width, height int) (w, h float64) {
	dpi := resolution(width, height)
	return float64(width) * 72 / dpi, float64(height) * 72 / dpi
}

// Decode is the picture in b, upright as its camera says, of at most pixels
// pixels. The error wraps corpus.ErrBroken, ErrUnsupported or ErrTooLarge.
func Decode(b []byte, pixels int) (image.Image, error) {
	return decode(at(b, 0), pixels)
}

func decode(r source, pixels int) (image.Image, error) {
	size, format, err := r.config()
	switch {
	case errors.Is(err, image.ErrFormat):
		return nil, fmt.Errorf("%w: %w", corpus.ErrUnsupported, err)
	case err != nil:
		return nil, fmt.Errorf("%w: %w", corpus.ErrBroken, err)
	case size.Width <= 0 || size.Height <= 0:
		return nil, fmt.Errorf("%w: %d by %d pixels", corpus.ErrBroken, size.Width, size.Height)
	case size.Width > pixels/size.Height:
		return nil, fmt.Errorf("%d by %d pixels: %w", size.Width, size.Height, corpus.ErrTooLarge)
	}
	img, err := r.image()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", corpus.ErrBroken, err)
	}
	if format == "jpeg" {
		return upright(img, orientation(r.b)), nil
	}
	return img, nil
}
