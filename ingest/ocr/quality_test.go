package ocr

import (
	"context"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// partsFolder is where make puts the parts of PP-OCR for the tests.
const partsFolder = "../../.tools/ocr"

// TestQuality keeps the share of characters that each engine gets wrong on
// each kind of page. Processors differ in the last digits of their sums, so a
// character here or there may change; more may not get worse.
func TestQuality(t *testing.T) {
	pages := kinds(t)
	for _, choice := range []Choice{PPOCR, Tesseract} {
		t.Run(string(choice), func(t *testing.T) {
			e := mustOpen(t, choice)
			var got strings.Builder
			golden := "testdata/" + string(choice) + ".golden"
			before := goldenRates(t, golden)
			for _, k := range pages {
				p, err := e.Read(context.Background(), k.img, k.dpi)
				if err != nil {
					t.Fatalf("%s: %v", k.name, err)
				}
				read := inOrder(p)
				rate := 100 * characterErrors(k.truth, read)
				fmt.Fprintf(&got, "%s\t%.2f%%\n", k.name, rate)
				if was, ok := before[k.name]; !*update && (!ok || rate > was+0.3) {
					t.Errorf("%s: %.2f%% of the characters are wrong, want about %.2f%%; read:\n%s", k.name, rate, was, read)
				}
			}
			if *update {
				if err := os.WriteFile(golden, []byte(got.String()), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func goldenRates(t *testing.T, file string) map[string]float64 {
	t.Helper()
	rates := map[string]float64{}
	b, err := os.ReadFile(file)
	if err != nil && !*update {
		t.Fatal(err)
	}
	for _, row := range strings.Split(strings.TrimSpace(string(b)), "\n") {
		var name string
		var rate float64
		if _, err := fmt.Sscanf(row, "%s\t%f%%", &name, &rate); err != nil && !*update {
			t.Fatalf("%s: %q: %v", file, row, err)
		}
		rates[name] = rate
	}
	return rates
}

// inOrder is the text of a page, the left column first where it has two.
func inOrder(p *Page) string {
	var left, right, all strings.Builder
	across := 0
	for _, l := range p.Lines {
		switch {
		case l.Box.Right < a4Width/2+8:
			fmt.Fprintln(&left, l.Text)
		case l.Box.Left > a4Width/2-8:
			fmt.Fprintln(&right, l.Text)
		default:
			across++
		}
		fmt.Fprintln(&all, l.Text)
	}
	if p.Turn != 0 || across*4 > len(p.Lines) {
		return all.String()
	}
	return left.String() + right.String()
}

func mustOpen(t testing.TB, choice Choice) *Engine {
	t.Helper()
	e, err := Open(context.Background(), Options{Choice: choice, Folder: partsFolder})
	if err != nil {
		t.Fatalf("%v (make test installs what the engines need)", err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}
