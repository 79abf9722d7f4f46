// Package ppocr reads the lines of a page with the two networks of PP-OCR:
// one that marks where text is, one that reads the picture of a line.
//
// In: an upright page in grey, and the networks as functions, so that this
// package needs no library to run them. Out: lines of text with their places
// and how sure the network was of them.
package ppocr

import (
	"context"
	"fmt"
	"image"

	"duibiao/ingest/ocr/picture"
)

// Tensor is an array of numbers with the length of each of its sides.
type Tensor struct {
	Shape []int
	Data  []float32
}

// Net runs a network that has one input and one output.
type Net func(Tensor) (Tensor, error)

// Reader reads pages. Both networks must be set; Keys are the characters that
// the second one knows, in its order.
type Reader struct {
	Find Net
	Read Net
	Keys []string
}

// Line is one piece of text in a line, as wide as its characters stand close
// together.
type Line struct {
	Text       string
	Place      Quad
	Confidence float64 // mean over its characters, over 0 to 1
}

// Lines reads the page, from top to bottom. Between two lines it looks whether
// ctx has ended, and returns its error then.
func (r Reader) Lines(ctx context.Context, page *image.Gray) ([]Line, error) {
	quads, err := r.find(page)
	if err != nil {
		return nil, fmt.Errorf("find the lines: %w", err)
	}
	var lines []Line
	for _, q := range quads {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		text, confidence, err := r.line(page, q)
		if err != nil {
			return nil, fmt.Errorf("read a line: %w", err)
		}
		if text != "" {
			lines = append(lines, Line{text, q, confidence})
		}
	}
	return lines, nil
}

// Quad is a rectangle in any direction: its corners in pixels, clockwise, the
// upper left one of the text first.
type Quad [4]picture.Point

// Bounds are the left, top, right and bottom of q.
func (q Quad) Bounds() (left, top, right, bottom float64) {
	left, top, right, bottom = q[0].X, q[0].Y, q[0].X, q[0].Y
	for _, p := range q[1:] {
		left, right = min(left, p.X), max(right, p.X)
		top, bottom = min(top, p.Y), max(bottom, p.Y)
	}
	return left, top, right, bottom
}

// Check runs both networks on a small empty page, and returns an error when
// they do not fit together: one is of another kind, or the characters are
// those of another network.
func (r Reader) Check() error {
	blank := picture.Blank(findStep*2, findStep*2)
	if _, err := r.find(blank); err != nil {
		return fmt.Errorf("find the lines: %w", err)
	}
	if _, _, err := r.line(blank, Quad{{}, {X: findStep * 2}, {X: findStep * 2, Y: findStep}, {Y: findStep}}); err != nil {
		return fmt.Errorf("read a line with %d characters: %w", len(r.Keys), err)
	}
	return nil
}
