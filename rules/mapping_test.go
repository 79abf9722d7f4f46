package rules

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"duibiao/corpus"
)

// mappingCase is one paper with what a reader says of it.
type mappingCase struct {
	name  string
	lines []string
	truth map[string]string // item number -> status
	all   bool              // items that truth leaves out are 缺项
}

// TestMapping judges invented papers against invented tables, worded as clerks
// word them. What is wrong now is in the golden, so that a change shows.
func TestMapping(t *testing.T) {
	paths, err := filepath.Glob("testdata/mapping/*.txt")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no mapping sets: %v", err)
	}
	var got strings.Builder
	for _, path := range paths {
		set, cases := readMapping(t, path)
		right, rows, clean, accused := 0, 0, 0, 0
		for _, c := range cases {
			judged, _ := Judge(Input{Unit: corpus.Unit{Name: "云河市水务局", Kind: corpus.Bureau}, Set: set, Files: []File{paper("r.txt", corpus.Annual, "2025", c.lines...)}, Year: 2025})
			for _, r := range judged {
				want, ok := c.truth[r.No]
				if !ok && c.all {
					want = string(Missing)
				}
				if want == "" || want == "?" {
					continue
				}
				rows++
				if want == string(Met) || want == string(NotApplicable) {
					clean++
					if r.Status.Gap() {
						accused++
					}
				}
				if want == string(r.Status) {
					right++
					continue
				}
				fmt.Fprintf(&got, "%s %s %s %s: %s, want %s\n", filepath.Base(path), c.name, r.No, r.Title, r.Status, want)
			}
		}
		fmt.Fprintf(&got, "%s: %d of %d right, %d of %d falsely accused\n", filepath.Base(path), right, rows, accused, clean)
	}
	golden(t, "testdata/mapping/golden", got.String())
}

func readMapping(t *testing.T, path string) (*Set, []mappingCase) {
	t.Helper()
	body, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	table := []string{"序号|三级指标|评分要点"}
	var cases []mappingCase
	for line := range strings.Lines(string(body)) {
		line = strings.TrimSpace(line)
		if row, ok := strings.CutPrefix(line, "= "); ok {
			table = append(table, row)
			continue
		}
		if name, ok := strings.CutPrefix(line, "@@ "); ok {
			cases = append(cases, mappingCase{name: name, truth: map[string]string{}})
			continue
		}
		c := &cases[len(cases)-1]
		if !strings.HasPrefix(line, "==") {
			c.lines = append(c.lines, line)
			continue
		}
		c.all = !strings.HasPrefix(line, "===")
		for _, p := range strings.Fields(strings.TrimLeft(line, "=")) {
			no, status, _ := strings.Cut(p, ":")
			c.truth[no] = status
		}
	}
	set, _, err := Import("表", []Sheet{sheet(table...)}, nil)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return set, cases
}
