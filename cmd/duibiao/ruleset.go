package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"duibiao/extract/segment"
	"duibiao/ingest/docx"
	"duibiao/ingest/xlsx"
	"duibiao/rules"
	"duibiao/rules/packs"
)

// defaultPack is the pack by which a folder without a table of its own is
// judged, and alwaysPack holds the checks and profiles of every run.
const (
	defaultPack = "shifan"
	alwaysPack  = "checks"
)

// rules is the rule set of the folder: the office's own table, or the packs
// that are named, or the default; always with the checks of every run, and
// with the folder's exemptions.
func (f *folder) rules(words *segment.Segmenter) (*rules.Set, error) {
	always, err := loadPack(alwaysPack, "")
	if err != nil {
		return nil, err
	}
	sets, err := f.ownRules(words)
	if err != nil {
		return nil, err
	}
	set, err := always.With(sets...)
	if err != nil {
		return nil, err
	}
	set.Exempt(f.Exempt, time.Now().Format(time.DateOnly))
	return set, nil
}

// ownRules are the table and the packs by which the folder is judged, without
// the checks of every run.
func (f *folder) ownRules(words *segment.Segmenter) ([]*rules.Set, error) {
	var sets []*rules.Set
	if f.Table != "" {
		set, _, err := importTable(f.abs(f.Table), words)
		if err != nil {
			return nil, err
		}
		sets = append(sets, set)
	}
	names := f.Packs
	if f.Table == "" && len(names) == 0 {
		names = []string{defaultPack}
	}
	for _, name := range names {
		set, err := loadPack(name, f.root)
		if err != nil {
			return nil, err
		}
		sets = append(sets, set)
	}
	return sets, nil
}

// loadPack loads a pack that ships with the program, by its folder's name, or
// one of the user's, by its folder; a relative one is looked for below root
// when it is not where the user stands.
func loadPack(name, root string) (*rules.Set, error) {
	if slices.Contains(shippedPacks(), name) {
		shipped, err := fs.Sub(packs.FS, name)
		if err != nil {
			return nil, fmt.Errorf("open rule pack %s: %w", name, err)
		}
		return rules.Load(shipped)
	}
	for _, dir := range []string{name, filepath.Join(root, name)} {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			return rules.Load(os.DirFS(dir))
		}
	}
	return nil, usagef("没有规则包“%s”；内置的有 %s，也可以给出规则包的文件夹", name, strings.Join(shippedPacks(), "、"))
}

// shippedPacks are the packs inside the program.
func shippedPacks() []string {
	entries, err := fs.ReadDir(packs.FS, ".")
	if err != nil {
		panic(fmt.Sprintf("the embedded packs cannot be listed: %v", err)) // a fault of the build
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// importTable makes a rule set of an office's indicator table.
func importTable(path string, words *segment.Segmenter) (*rules.Set, *rules.ImportReport, error) {
	tables, err := ruleTables(path)
	if err != nil {
		return nil, nil, err
	}
	set, report, err := rules.Import(filepath.Base(path), tables, words.Cut)
	if err != nil {
		return nil, nil, usagef("%s：%v", path, err)
	}
	return set, report, nil
}

// ruleTables reads the tables of a workbook, a CSV file or a Word file.
func ruleTables(path string) ([]rules.Sheet, error) {
	var out []rules.Sheet
	if strings.EqualFold(filepath.Ext(path), ".docx") {
		tables, beside, err := docx.Tables(path)
		if err != nil {
			return nil, err
		}
		for i, t := range tables {
			out = append(out, rules.Sheet{Name: fmt.Sprintf("表%d", i+1), Rows: cells(t, docxCell)})
		}
		if len(out) > 0 {
			out[0].Beside = beside
		}
		return out, nil
	}
	tables, err := readTables(path)
	if err != nil {
		return nil, err
	}
	for _, t := range tables {
		out = append(out, rules.Sheet{Name: t.Sheet, Rows: cells(t.Rows, xlsxCell)})
	}
	return out, nil
}

func cells[T any](rows [][]T, cell func(T) rules.Cell) [][]rules.Cell {
	out := make([][]rules.Cell, len(rows))
	for i, row := range rows {
		for _, c := range row {
			out[i] = append(out[i], cell(c))
		}
	}
	return out
}

func docxCell(c docx.Cell) rules.Cell { return rules.Cell{Text: c.Text, Above: c.Above} }

// xlsxCell leaves a cell merged across columns to its first column, so that a
// note below the table is not read as an item.
func xlsxCell(c xlsx.Cell) rules.Cell {
	if c.Left {
		return rules.Cell{}
	}
	return rules.Cell{Text: c.Text, Above: c.Above}
}
