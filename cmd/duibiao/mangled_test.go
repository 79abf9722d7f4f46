package main

import (
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"

	"duibiao/extract/segment"
	"duibiao/rules"
)

// TestMangledTables imports tables that were cut, joined and stirred at random:
// whatever comes of them, nothing may panic.
func TestMangledTables(t *testing.T) {
	words := segment.New()
	paths, err := filepath.Glob("testdata/tables/*/表.csv")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no tables: %v", err)
	}
	r := rand.New(rand.NewPCG(7, 7))
	for _, path := range paths {
		tables, err := readTables(path)
		if err != nil {
			t.Fatal(err)
		}
		units, err := readRoster(filepath.Join(filepath.Dir(path), "名册.csv"))
		if err != nil {
			t.Fatal(err)
		}
		for range 1 {
			var s rules.Sheet
			for _, row := range tables[0].Rows {
				var cells []rules.Cell
				for _, c := range row {
					cells = append(cells, rules.Cell{Text: mangled(r, c.Text), Above: r.IntN(40) == 0})
				}
				if r.IntN(25) > 0 {
					s.Rows = append(s.Rows, cells[:min(len(cells), 1+r.IntN(2*len(cells)))])
				}
			}
			if set, _, err := rules.Import("表", []rules.Sheet{s}, words.Cut); err == nil {
				reachOf(set, units)
			}
		}
	}
}

// mangled is a text as careless hands leave it: cut, with half-width marks,
// brackets that stay open, or nothing of it.
func mangled(r *rand.Rand, s string) string {
	t := []rune(s)
	switch r.IntN(8) {
	case 0:
		return strings.NewReplacer("，", ",", "：", ":", "（", "(", "）", ")", "；", ";").Replace(s)
	case 1:
		return string(t[:len(t)/2])
	case 2:
		return string(t[len(t)/2:])
	case 3:
		return strings.NewReplacer("）", "", "】", "", "”", "").Replace(s)
	case 4:
		return s + ","
	}
	return s
}
