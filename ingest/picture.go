package ingest

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"os"

	"duibiao/corpus"
	"duibiao/ingest/picture"
)

// Picture is how page n, from 1, of the file at path looks, good enough to
// read. The error wraps corpus.ErrUnsupported for a format that cannot be
// drawn, and ErrNoPages where there is no such page; others are those of Read.
func Picture(ctx context.Context, r *Readers, path string, n int, lim Limits) (*corpus.Picture, error) {
	lim = lim.WithDefaults()
	if err := admit(path, lim); err != nil {
		return nil, fmt.Errorf("draw %s: %w", path, err)
	}
	o, err := look(path)
	if err != nil {
		return nil, fmt.Errorf("draw %s: %w", path, err)
	}
	var p *corpus.Picture
	switch f := recognise(o, path); {
	case f != nil && f.name == "PDF":
		p, err = drawPDF(ctx, r, path, n, lim)
	case f != nil && f.name == "图片" && n == 1:
		p, err = drawScan(path)
	default:
		err = corpus.ErrUnsupported
	}
	if err != nil {
		return nil, fmt.Errorf("draw page %d of %s: %w", n, path, err)
	}
	return p, nil
}

// pictureDPI is how finely pages are drawn, in dots per inch.
const pictureDPI = 110

func drawPDF(ctx context.Context, r *Readers, path string, n int, lim Limits) (*corpus.Picture, error) {
	engine, err := r.pdf(lim)
	if err != nil {
		return nil, err
	}
	img, err := engine.Render(ctx, path, n, pictureDPI)
	if err != nil {
		return nil, err
	}
	b, err := packed(img)
	size := img.Bounds()
	return &corpus.Picture{Image: b, Width: float64(size.Dx()) / pictureDPI * 72, Height: float64(size.Dy()) / pictureDPI * 72}, err
}

// drawScan is a picture file as the picture of its only page.
func drawScan(path string) (*corpus.Picture, error) {
	file, err := os.ReadFile(path)
	if err != nil {
		return nil, named(err)
	}
	const pixels = 40_000_000
	img, err := picture.Decode(file, pixels)
	if err != nil {
		return nil, err
	}
	b, err := packed(img)
	p := &corpus.Picture{Image: b}
	p.Width, p.Height = picture.Size(img.Bounds().Dx(), img.Bounds().Dy())
	return p, err
}

// packed is a picture as PNG, or as JPEG where that is a good deal smaller, as
// it is of a scan.
func packed(img image.Image) ([]byte, error) {
	var lossless, photo bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&lossless, img); err != nil {
		return nil, err
	}
	if err := jpeg.Encode(&photo, img, &jpeg.Options{Quality: 70}); err != nil {
		return nil, err
	}
	if photo.Len() < lossless.Len()*2/3 {
		return photo.Bytes(), nil
	}
	return lossless.Bytes(), nil
}
