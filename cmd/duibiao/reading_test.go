package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/spf13/cobra"

	"duibiao/corpus"
	"duibiao/corpus/store"
	"duibiao/ingest"
)

// What a recogniser or a limit may change is read again when that changes;
// what it does not is not.
func TestWhatIsReadAgain(t *testing.T) {
	st, err := store.Open(filepath.Join(t.TempDir(), "data"))
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	under := func(recogniser string, flags ...string) limits {
		var l limits
		cmd := &cobra.Command{}
		l.add(cmd)
		if err := cmd.ParseFlags(flags); err != nil {
			t.Fatal(err)
		}
		l.find = func() (string, error) { return recogniser, nil }
		return l
	}
	var b corpus.Builder
	b.Page(1)
	b.Text("甲")
	plain := b.End("pdf/1", "")
	b.From(corpus.Origin{By: "tesseract 5", Confidence: 0.9})
	b.Text("甲")
	recognised := b.End("pdf/1", "")
	b.Text("甲")
	b.Unread("需OCR")
	partial := b.End("pdf/1", "")

	none, tesseract, ppocr := under(""), under("tesseract 5"), under("ppocr 4")
	longer := under("tesseract 5", "--ocr-timeout=5m")
	tests := []struct {
		name  string
		doc   *corpus.Document
		why   error
		runs  []limits
		reads []int // of which runs the file is read
	}{
		{"text", plain, nil, []limits{none, tesseract, ppocr, longer}, []int{0}},
		{"a broken file", nil, corpus.ErrBroken, []limits{none, tesseract}, []int{0}},
		{"a scan without text", nil, fmt.Errorf("read: %w", corpus.ErrNoText), []limits{none, none, tesseract, tesseract, ppocr}, []int{0, 2, 4}},
		{"garbled text", nil, corpus.ErrGarbled, []limits{none, tesseract, none}, []int{0, 1}},
		{"recognised text", recognised, nil, []limits{tesseract, ppocr, tesseract}, []int{0, 1}},
		{"a partial document", partial, nil, []limits{tesseract, tesseract, longer}, []int{0, 2}},
		{"too large", nil, &corpus.LimitError{Limit: corpus.TextLength}, []limits{none, none}, []int{0, 1}},
	}
	for _, tt := range tests {
		path := filepath.Join(t.TempDir(), "a.pdf")
		if err := os.WriteFile(path, []byte(tt.name), 0o600); err != nil {
			t.Fatal(err)
		}
		var reads []int
		for i, l := range tt.runs {
			_, err := readOne(t.Context(), source{File: ingest.File{ID: "a.pdf", Abs: path, Size: int64(len(tt.name))}}, st, l.circumstances,
				func(context.Context, string) (*corpus.Document, error) {
					reads = append(reads, i)
					return tt.doc, tt.why
				})
			if err != nil {
				t.Fatal(err)
			}
		}
		if !slices.Equal(reads, tt.reads) {
			t.Errorf("%s is read in runs %v, want %v", tt.name, reads, tt.reads)
		}
	}
}
