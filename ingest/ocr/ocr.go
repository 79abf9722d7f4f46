// Package ocr recognises the text of pages that are pictures.
//
// In: the picture of a page, and an engine that was found on this machine when
// the program ran: PP-OCR through onnxruntime, or tesseract. Neither is needed
// to build the program or to run it without OCR. Out: lines with their places
// and how sure the engine was, under the engine's name. Which lines make a
// paragraph, and in what order columns are read, is for the layout.
//
// To add an engine, write a package that reads lines from a grey picture, a
// function here that finds its parts, and a line in engines.
package ocr

import (
	"context"
	"errors"
	"fmt"
	"image"
	"math"
	"unicode/utf8"

	"duibiao/corpus"
	"duibiao/ingest/ocr/picture"
)

// Engine recognises text. It may be used by several goroutines; close it at
// the end.
type Engine struct {
	name  string
	read  func(ctx context.Context, page *image.Gray) ([]piece, error)
	close func() error
}

// Name is the engine with its version, such as "ppocr v4" or
// "tesseract 5.3.0": the By of the text that comes from it.
func (e *Engine) Name() string { return e.name }

// Close frees the engine.
func (e *Engine) Close() error { return e.close() }

// Line is one printed line, or a part of one up to a wide gap.
type Line struct {
	Text       string
	Box        corpus.Box // on the page as it would be if it had not been put in askew
	Confidence float64    // over 0 to 1
}

// Page is what was recognised on a page.
type Page struct {
	Lines []Line  // from the top to the bottom of the text
	Turn  int     // degrees by which the page had to be turned clockwise to be read: 0, 90, 180 or 270
	Skew  float64 // degrees clockwise by which it lay askew, a few at most; the boxes of the lines are without it

	middle picture.Point // of the page, in points
}

// AsShown is the box on the page as it was given, askew, that holds b, the box
// of a line or of lines.
func (p *Page) AsShown(b corpus.Box) corpus.Box {
	return moved(picture.Rotation(p.middle, p.Skew*math.Pi/180), b)
}

// moved is the box that holds the corners of b after m.
func moved(m picture.Map, b corpus.Box) corpus.Box {
	var out corpus.Box
	for i, c := range []picture.Point{{X: b.Left, Y: b.Top}, {X: b.Right, Y: b.Top}, {X: b.Right, Y: b.Bottom}, {X: b.Left, Y: b.Bottom}} {
		at := m.At(c)
		if i == 0 {
			out = corpus.Box{Left: at.X, Top: at.Y, Right: at.X, Bottom: at.Y}
			continue
		}
		out.Left, out.Right = min(out.Left, at.X), max(out.Right, at.X)
		out.Top, out.Bottom = min(out.Top, at.Y), max(out.Bottom, at.Y)
	}
	return out
}

// piece is what an engine reads: text at a place in the picture it was given.
type piece struct {
	text                     string
	left, top, right, bottom float64 // pixels
	confidence               float64
}

const (
	maxPixels = 120_000_000 // of a picture, 1200 dpi of A4
	longSide  = 3400        // pixels of the longer side of the picture that is read, at most: 200 dpi of A3
	shortSide = 1754        // and at least: 150 dpi of A4

	// A page that is read with this confidence on average, over so many
	// characters, stands the right way up; on others all directions are tried.
	sureEnough = 0.8
	enough     = 12
)

// Read recognises the text of the picture of a page that has dpi dots to the
// inch. A page without text gives no lines and no error. The error wraps
// corpus.ErrBroken for a picture without pixels, corpus.ErrTooLarge for one of
// more than 120 million, corpus.ErrTimeout where the engine takes too long, and
// ctx's error where that ends.
func (e *Engine) Read(ctx context.Context, img image.Image, dpi float64) (*Page, error) {
	b := img.Bounds()
	if b.Empty() || !(dpi > 0) || math.IsInf(dpi, 0) {
		return nil, fmt.Errorf("recognise a picture of %v at %v dpi: %w", b.Size(), dpi, corpus.ErrBroken)
	}
	if b.Dx() > maxPixels/b.Dy() {
		return nil, fmt.Errorf("recognise a picture of %v: %w", b.Size(), corpus.ErrTooLarge)
	}
	grey := sized(picture.Grey(img))
	lean := picture.FindLean(grey)
	var best *attempt
	for _, turn := range turns(lean) {
		a, err := e.attempt(ctx, grey, turn)
		if err != nil {
			return nil, fmt.Errorf("recognise with %s: %w", e.name, err)
		}
		if best == nil || a.sure*a.characters > best.sure*best.characters {
			best = a
		}
		if a.sure >= sureEnough && a.characters >= enough {
			break
		}
	}
	return best.page(b.Size(), grey.Rect.Size(), dpi), nil
}

// turns are the quarter turns to try, in degrees clockwise.
func turns(lean picture.Lean) []int {
	if lean.Sideways {
		return []int{90, 270, 0, 180}
	}
	return []int{0, 180, 90, 270}
}

// sized is the picture in a size that engines are at home with.
func sized(g *image.Gray) *image.Gray {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	long := max(w, h)
	to := min(longSide, max(shortSide, long))
	// A strip gains nothing from being enlarged.
	to = min(to, 3*long)
	return picture.Scale(g, max(1, w*to/long), max(1, h*to/long))
}

// attempt is a page read in one direction.
type attempt struct {
	pieces     []piece // their places in the turned and straightened picture
	sure       float64 // mean confidence over the characters
	characters float64
	turn       int
	back       picture.Map // from the turned to the grey picture
	skew       float64     // radians
	dx, dy     float64     // what straightening added to the left and the top, in pixels
}

func (e *Engine) attempt(ctx context.Context, grey *image.Gray, turn int) (*attempt, error) {
	g, back := picture.Turn(grey, turn)
	a := &attempt{turn: turn, back: back}
	if lean := picture.FindLean(g); !lean.Sideways {
		before := g.Rect.Size()
		g = picture.Straighten(g, -lean.Angle)
		a.skew = lean.Angle
		a.dx, a.dy = float64(g.Rect.Dx()-before.X)/2, float64(g.Rect.Dy()-before.Y)/2
	}
	pieces, err := e.read(ctx, g)
	if err != nil {
		return nil, err
	}
	a.pieces = rows(pieces)
	for _, p := range a.pieces {
		runes := float64(utf8.RuneCountInString(p.text))
		a.sure += p.confidence * runes
		a.characters += runes
	}
	a.sure /= max(1, a.characters)
	return a, nil
}

// page is the attempt in points. given is the size of the picture in pixels,
// and grey that of the grey one.
func (a *attempt) page(given, grey image.Point, dpi float64) *Page {
	point := float64(given.X) / float64(grey.X) * 72 / dpi // points of a pixel of the grey picture
	p := &Page{
		Turn: a.turn, Skew: a.skew * 180 / math.Pi,
		middle: picture.Point{X: float64(grey.X) / 2 * point, Y: float64(grey.Y) / 2 * point},
	}
	place := picture.Linear(1, -a.dx, -a.dy).Then(a.back).Then(picture.Linear(point, 0, 0))
	for _, s := range a.pieces {
		box := moved(place, corpus.Box{Left: s.left, Top: s.top, Right: s.right, Bottom: s.bottom})
		p.Lines = append(p.Lines, Line{s.text, box, s.confidence})
	}
	return p
}

// ErrAbsent says that an engine was asked for by name of which parts are
// missing on this machine.
var ErrAbsent = errors.New("OCR engine not installed")
