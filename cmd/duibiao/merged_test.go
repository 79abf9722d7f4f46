package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duibiao/extract/segment"
	"duibiao/ingest/xlsx"
	"duibiao/ingest/xlsx/xlsxtest"
	"duibiao/rules"
)

// TestMergedTables holds that a table reads alike as a CSV file and as the
// workbook that it came from, where level names, titles and names over several
// columns are merged cells.
func TestMergedTables(t *testing.T) {
	words := segment.New()
	dirs, err := filepath.Glob("testdata/tables/*")
	if err != nil || len(dirs) == 0 {
		t.Fatalf("no tables: %v", err)
	}
	for _, dir := range dirs {
		plain := filepath.Join(dir, "表.csv")
		book := filepath.Join(t.TempDir(), "表.xlsx")
		tables, err := readTables(plain)
		if err != nil {
			t.Fatal(err)
		}
		mergedBook(t, tables[0].Rows, book)
		want, _, err := importTable(plain, words)
		if err != nil {
			t.Fatal(err)
		}
		got, _, err := importTable(book, words)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(itemLines(want), itemLines(got)); d != "" {
			t.Errorf("%s (-csv +xlsx):\n%s", dir, d)
		}
	}
}

func itemLines(set *rules.Set) []string {
	var out []string
	for _, i := range set.Indicators {
		out = append(out, fmt.Sprint(i.No, i.Title, i.Applies, i.Topics))
	}
	return out
}

// mergedBook writes rows as a workbook in which blank cells belong to what
// stands before them: rows of one text to the whole width, blank cells of a
// header to the name left of them or above, those of the first column to the
// level above.
func mergedBook(t *testing.T, rows [][]xlsx.Cell, path string) {
	width, head := 0, -1
	for i := range rows {
		width = max(width, len(rows[i]))
	}
	texts := make([][]string, len(rows)+1)
	filled := make([]int, len(texts))
	for i := range texts {
		texts[i] = make([]string, width)
		for k := 0; i < len(rows) && k < len(rows[i]); k++ {
			if texts[i][k] = strings.TrimSpace(rows[i][k].Text); texts[i][k] != "" {
				filled[i]++
			}
		}
		if head < 0 && filled[i] >= 3 {
			head = i
		}
	}
	var merges [][4]int
	merge := func(i, k, toI, toK int) {
		if i != toI || k != toK {
			merges = append(merges, [4]int{i, k, toI, toK})
		}
	}
	for i := range texts {
		if filled[i] == 1 && texts[i][0] != "" {
			merge(i, 0, i, width-1)
		}
	}
	first := head + 1
	if texts[first][0] == "" && filled[first] >= 2 && filled[head] < width { // a second header row
		for k := range width {
			to := k
			for to+1 < width && texts[head][to+1] == "" {
				to++
			}
			switch {
			case texts[head][k] == "":
			case texts[first][k] == "":
				merge(head, k, first, k)
			default:
				merge(head, k, head, to)
			}
		}
		first++
	}
	if name := texts[head][0]; !strings.Contains(name, "号") && !strings.Contains(name, "码") {
		for i := first; i < len(rows); i++ {
			to := i
			for texts[i][0] != "" && filled[i] > 1 && texts[to+1][0] == "" && filled[to+1] > 1 {
				to++
			}
			merge(i, 0, to, 0)
			i = to
		}
	}
	if err := xlsxtest.Merged(path, texts[:len(rows)], merges); err != nil {
		t.Fatal(err)
	}
}
