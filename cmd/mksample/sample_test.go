package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

const (
	sampleDir = "../../corpus/sample"
	truthDir  = "../duibiao/testdata/sample"
)

// TestSampleIsWhatTheSourcesGive holds the committed folder to the sources,
// byte for byte.
func TestSampleIsWhatTheSourcesGive(t *testing.T) {
	want, err := sample(os.DirFS("source"))
	if err != nil {
		t.Fatal(err)
	}
	got := committed(t)
	for name, b := range want {
		if !bytes.Equal(got[name], b) {
			t.Errorf("%s is not what the sources give (%d bytes, want %d); run go run ./cmd/mksample", name, len(got[name]), len(b))
		}
	}
	size := 0
	for name, b := range got {
		size += len(b)
		if want[name] == nil {
			t.Errorf("%s comes from no source", name)
		}
	}
	if size > 1<<20 {
		t.Errorf("the sample has %d bytes, want 1 MiB at most", size)
	}
}

// committed are the files of the sample folder, without what a run of duibiao
// leaves there.
func committed(t *testing.T) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := fs.WalkDir(os.DirFS(sampleDir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name == ".duibiao" || name == "差距清单" {
				return fs.SkipDir
			}
			return nil
		}
		files[name], err = os.ReadFile(filepath.Join(sampleDir, filepath.FromSlash(name)))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// TestNamesFitAModule holds the names to what a Go module archive can carry:
// letters, digits and ASCII signs.
func TestNamesFitAModule(t *testing.T) {
	for name := range committed(t) {
		for _, r := range name {
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("/-._", r) {
				t.Errorf("%s holds %q", name, r)
			}
		}
	}
}

func TestTruthTableIsWhatTheSourcesGive(t *testing.T) {
	want, err := truthTable(os.DirFS("source"))
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(truthDir, "truth.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("truth.tsv is not what the sources give; run go run ./cmd/mksample (-want +got):\n%s", diff)
	}
}

// TestTruthIsQuotedFromTheUnit holds every quote of the truth to the sources
// of its unit, white space aside, and every verdict that needs one to a quote.
func TestTruthIsQuotedFromTheUnit(t *testing.T) {
	texts := unitTexts(t)
	for _, r := range truthRows(t, "truth.tsv") {
		unit, no, status, quotes := r[0], r[1], r[2], strings.Split(r[3], "｜")
		switch status {
		case "达标", "空泛", "只有打算", "雷同":
			if r[3] == "" {
				t.Errorf("%s, item %s: %s without a quote", unit, no, status)
			}
		case "不适用", "缺项", "未判":
		default:
			t.Errorf("%s, item %s: %q is no status", unit, no, status)
		}
		for _, q := range quotes {
			if !strings.Contains(texts[unit], squeeze(q)) {
				t.Errorf("%s, item %s: not in the unit's texts: %s", unit, no, q)
			}
		}
	}
}

// TestFindingsAreQuotedFromTheFile does the same for the findings about files.
func TestFindingsAreQuotedFromTheFile(t *testing.T) {
	texts := fileTexts(t)
	for _, r := range truthRows(t, "findings.tsv") {
		file, quote := r[1], r[4]
		if file == "" {
			continue
		}
		if text, ok := texts[file]; !ok {
			t.Errorf("finding about %s, which is not in the sample", file)
		} else if !strings.Contains(text, squeeze(quote)) {
			t.Errorf("%s: not in the file: %s", file, quote)
		}
	}
}

// TestDocumentsTableIsComplete holds documents.tsv to the files of the sample.
func TestDocumentsTableIsComplete(t *testing.T) {
	var got, want []string
	for _, r := range truthRows(t, "documents.tsv") {
		got = append(got, r[0])
	}
	for file := range fileTexts(t) {
		want = append(want, file)
	}
	sort.Strings(got)
	sort.Strings(want)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("files in documents.tsv (-want +got):\n%s", diff)
	}
}

// TestMissingHasNoQuote: what is missing or was not read cannot be quoted.
func TestMissingHasNoQuote(t *testing.T) {
	for _, r := range truthRows(t, "truth.tsv") {
		if (r[2] == "缺项" || r[2] == "未判") && r[3] != "" {
			t.Errorf("%s, item %s: %s with a quote", r[0], r[1], r[2])
		}
	}
}

func truthRows(t *testing.T, name string) [][]string {
	t.Helper()
	rows, err := readTSV(os.DirFS(truthDir), name)
	if err != nil {
		t.Fatal(err)
	}
	return rows[1:]
}

// fileTexts is the text of every file of the sample, white space aside.
func fileTexts(t *testing.T) map[string]string {
	t.Helper()
	papers, err := readPapers(os.DirFS("source"))
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, p := range papers {
		var b strings.Builder
		for _, bl := range p.blocks() {
			b.WriteString(bl.text + strings.Join(bl.cells, ""))
		}
		texts[p.out] = squeeze(b.String())
		if p.copyTo != "" {
			texts[p.copyTo] = texts[p.out]
		}
	}
	return texts
}

// unitTexts is the text of every unit's files, by the unit of documents.tsv.
func unitTexts(t *testing.T) map[string]string {
	t.Helper()
	files := fileTexts(t)
	texts := map[string]string{}
	for _, r := range truthRows(t, "documents.tsv") {
		if strings.HasPrefix(r[0], "报送材料/") {
			texts[r[1]] += files[r[0]] + "\n"
		}
	}
	return texts
}

func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
