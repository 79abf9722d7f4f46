package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"duibiao/cmd/duibiao/output"
)

// TestQuotesStandWhereTheJSONSays holds every quote of the JSON against the
// text of its document, over the sample, in every format.
func TestQuotesStandWhereTheJSONSays(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("..", "..", "corpus", "sample"))); err != nil {
		t.Fatal(err)
	}
	r, _ := reviewIn(t, dir)
	var b bytes.Buffer
	if err := output.JSON(&b, r); err != nil {
		t.Fatal(err)
	}
	type quoted struct {
		Doc        string
		Start, End *int
		Quote      string
	}
	var all struct {
		Documents []struct{ ID, Status string }
		Matrix    []struct{ Evidence []quoted }
		Findings  []struct {
			quoted
			Source *quoted
		}
		Reuse []struct {
			quoted
			Source      string
			SourceStart int    `json:"source_start"`
			SourceEnd   int    `json:"source_end"`
			SourceQuote string `json:"source_quote"`
		}
	}
	if err := json.Unmarshal(b.Bytes(), &all); err != nil {
		t.Fatal(err)
	}
	texts := textsOf(t, dir)
	seen := map[string]int{}
	check := func(where, doc string, start, end int, quote string) {
		t.Helper()
		text, ok := texts[doc]
		if !ok || start < 0 || end > len(text) || start > end || string(text[start:end]) != quote {
			t.Errorf("%s: %s %d-%d is not %q", where, doc, start, end, quote)
		}
		seen[strings.ToLower(filepath.Ext(doc))]++
	}
	for _, row := range all.Matrix {
		for _, e := range row.Evidence {
			check("matrix", e.Doc, *e.Start, *e.End, e.Quote)
		}
	}
	for _, f := range all.Findings {
		if f.Start != nil {
			check("finding", f.Doc, *f.Start, *f.End, f.Quote)
		}
		if f.Source != nil && f.Source.Start != nil {
			check("source", f.Source.Doc, *f.Source.Start, *f.Source.End, f.Source.Quote)
		}
	}
	for _, x := range all.Reuse {
		check("reuse", x.Doc, *x.Start, *x.End, x.Quote)
		check("reuse source", x.Source, x.SourceStart, x.SourceEnd, x.SourceQuote)
	}
	for _, ext := range []string{".txt", ".docx", ".pdf"} {
		if seen[ext] == 0 {
			t.Errorf("no quote from a %s file was checked", ext)
		}
	}
}

// textsOf is the text of every readable document of a folder, by id, as the
// store of the last run has it.
func textsOf(t *testing.T, dir string) map[string][]rune {
	t.Helper()
	f, st := opened(t, dir)
	defer st.Close()
	papers, _, err := readAll(context.Background(), f, st, &progress{})
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string][]rune{}
	for _, p := range papers {
		if p.Doc != nil {
			texts[p.ID] = []rune(p.Doc.String())
		}
	}
	return texts
}
