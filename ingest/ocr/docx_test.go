package ocr

import (
	"bytes"
	"context"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"duibiao/ingest/docx"
	"duibiao/ingest/docx/docxtest"
	"duibiao/ingest/layout"
)

// TestScanInAWordFile reads a Word file that holds nothing but the picture of a
// page, from the file to its paragraphs.
func TestScanInAWordFile(t *testing.T) {
	scan := kinds(t)[0]
	var b bytes.Buffer
	if err := png.Encode(&b, scan.img); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "扫描件.docx")
	d := docxtest.Doc{Body: []docxtest.Block{docxtest.Para{Runs: []docxtest.Run{docxtest.Picture(1, 15, 18)}}}, Pictures: [][]byte{b.Bytes()}}
	if err := os.WriteFile(path, docxtest.Build(d), 0o600); err != nil {
		t.Fatal(err)
	}
	e := mustOpen(t, PPOCR)
	doc, err := docx.Read(t.Context(), path, docx.Limits{}, func(ctx context.Context, page image.Image, dpi float64) ([]layout.Line, error) {
		read, err := e.Read(ctx, page, dpi)
		if err != nil {
			return nil, err
		}
		var lines []layout.Line
		for _, l := range read.Lines {
			lines = append(lines, layout.Line{Text: l.Text, Box: l.Box, Shown: read.AsShown(l.Box), By: e.Name(), Confidence: l.Confidence})
		}
		return lines, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if rate := 100 * characterErrors(scan.truth, doc.String()); rate > 2 {
		t.Errorf("%.2f%% of the characters are wrong, want 2 at most; read:\n%s", rate, doc)
	}
	for i, p := range doc.Paragraphs {
		if p.By != e.Name() || p.Confidence <= 0 {
			t.Errorf("paragraph %d was read by %q with confidence %v", i+1, p.By, p.Confidence)
		}
	}
	if doc.Partial() {
		t.Errorf("unread: %v", doc.Unread)
	}
}
