package ocr

import (
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"strings"

	"duibiao/ingest/ocr/ppocr"
	"duibiao/ingest/ocr/tesseract"
)

func openPPOCR(_ context.Context, dirs []string, threads int) (*Engine, error) {
	parts := findPPOCR(dirs)
	keys, err := readKeys(parts.keys.Path)
	if err != nil {
		return nil, err
	}
	if err := startLibrary(parts.library.Path); err != nil {
		return nil, err
	}
	find, err := loadNetwork(parts.find.Path, threads)
	if err != nil {
		return nil, err
	}
	read, err := loadNetwork(parts.read.Path, threads)
	if err != nil {
		return nil, errors.Join(err, find.close())
	}
	r := ppocr.Reader{Find: find.run, Read: read.run, Keys: keys}
	stop := func() error { return errors.Join(find.close(), read.close()) }
	if err := r.Check(); err != nil {
		return nil, errors.Join(err, stop())
	}
	return &Engine{name: release(parts.read.Path), read: ppocrPieces(r), close: stop}, nil
}

func ppocrPieces(r ppocr.Reader) func(ctx context.Context, page *image.Gray) ([]piece, error) {
	return func(ctx context.Context, page *image.Gray) ([]piece, error) {
		lines, err := r.Lines(ctx, page)
		var pieces []piece
		for _, l := range lines {
			p := piece{text: l.Text, confidence: l.Confidence}
			p.left, p.top, p.right, p.bottom = l.Place.Bounds()
			pieces = append(pieces, p)
		}
		return pieces, err
	}
}

// readKeys are the characters of a network, one a line.
func readKeys(path string) ([]string, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	text := strings.TrimPrefix(strings.ReplaceAll(string(b), "\r\n", "\n"), "\ufeff")
	keys := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
	if len(keys) < 2 {
		return nil, fmt.Errorf("no characters in %s", path)
	}
	return keys, nil
}

// tesseractProgram is the program with the trained data that was found.
func tesseractProgram(found tesseractParts) tesseract.Program {
	return tesseract.Program{Path: found.program.Path, Data: found.data.Path}
}
