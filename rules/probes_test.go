package rules

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"duibiao/corpus"
)

// TestProbes judges single sentences, each as a paper of its own, on the item
// that they are written for: facts in words the item does not use, phrases,
// plans, and the item's words about another matter. The golden has what is
// said wrong of each kind, and the figures.
func TestProbes(t *testing.T) {
	paths, err := filepath.Glob("testdata/probes/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no probes: %v", err)
	}
	var got strings.Builder
	for _, path := range paths {
		probe(t, path, &got)
	}
	golden(t, "testdata/probes/golden", got.String())
}

// probe writes what is wrong in one file, then the figures by kind and how
// often a sentence on another matter was taken for any item at all.
func probe(t *testing.T, path string, got *strings.Builder) {
	t.Helper()
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	table := []string{"序号|三级指标|评分要点"}
	type sentence struct{ no, mark, text string }
	var all []sentence
	for line := range strings.Lines(string(body)) {
		mark, text, ok := strings.Cut(strings.TrimSpace(line), " ")
		switch {
		case !ok:
			t.Fatalf("%s: %q is no probe", path, line)
		case mark == "=":
			table = append(table, fmt.Sprintf("%d|%s", len(table), text))
		default:
			all = append(all, sentence{fmt.Sprint(len(table) - 1), mark, text})
		}
	}
	set, _, err := Import("表", []Sheet{sheet(table...)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	truth := map[string]Status{"+": Met, "~": Formulaic, ">": OnlyPromised, "x": Missing}
	right, said, sum := map[Status]int{}, map[Status]int{}, map[Status]int{}
	stray, missed, shown := 0, 0, 0
	for _, s := range all {
		want := truth[s.mark]
		rows, _ := Judge(Input{Unit: corpus.Unit{Name: "云河市水务局", Kind: corpus.Bureau}, Set: set, Files: []File{paper("r.txt", corpus.Annual, "2025", "# 报告", s.text)}, Year: 2025})
		elsewhere := 0
		for _, r := range rows {
			if r.No != s.no {
				if r.Status != Missing {
					elsewhere++
				}
				continue
			}
			sum[want]++
			said[r.Status]++
			if r.Status == want {
				right[want]++
				continue
			}
			if r.Status == Missing {
				missed++
				if len(r.Notes) > 0 {
					shown++ // beside 缺项, for somebody to look at
				}
			}
			fmt.Fprintf(got, "%s %s: %s, want %s: %s\n", s.no, r.Title, r.Status, want, s.text)
		}
		if want == Missing && elsewhere > 0 {
			stray++
		}
	}
	for _, st := range []Status{Met, Formulaic, OnlyPromised, Missing} {
		fmt.Fprintf(got, "%s %s: %d of %d right, %d said\n", filepath.Base(path), st, right[st], sum[st], said[st])
	}
	fmt.Fprintf(got, "%s: %d on the matter called 缺项, %d of them shown beside it, %d of %d on none taken for some other item\n", filepath.Base(path), missed, shown, stray, sum[Missing])
}
