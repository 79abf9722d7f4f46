package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"duibiao/rules"
)

const (
	leastItems   = 5       // of a table that is recognised by what it holds
	largestTable = 4 << 20 // bytes; an office's table is far smaller
)

// tablesByContent are the files in the top of root that hold an indicator table,
// whatever they are called.
func (s settings) tablesByContent(root string) ([]string, error) {
	entries, err := os.ReadDir(root)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", root, err)
	}
	var found []string
	for _, e := range entries {
		if name := e.Name(); name != s.Roster && name != s.Manifest && mayBeTable(name) && holdsTable(filepath.Join(root, name)) {
			found = append(found, name)
		}
	}
	return found, nil
}

// findTable takes the one table that is recognised by what it holds. Of several
// it takes none, for which one is meant decides every verdict; they are no
// submissions either.
func (f *folder) findTable() error {
	found, err := f.tablesByContent(f.root)
	switch {
	case err != nil:
		return err
	case len(found) == 1:
		f.Table, f.byContent = found[0], true
	default:
		f.alike = found
	}
	return nil
}

// mayBeTable reports whether a file called name is looked into: a sheet that
// is not a unit's own, or a Word file that calls itself a list of criteria.
func mayBeTable(name string) bool {
	if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || containsAny(name, "自评", "自查", "台账", "汇总", "统计", outName) {
		return false
	}
	switch strings.ToLower(filepath.Ext(name)) {
	case ".xlsx", ".csv":
		return true
	case ".docx":
		return containsAny(name, "指标", "细则", "评分", "考评", "评价标准")
	}
	return false
}

// holdsTable reports whether the file can be read as an indicator table of some
// size. What cannot be read is no table: it is told as a paper.
func holdsTable(path string) bool {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() || info.Size() > largestTable {
		return false
	}
	tables, err := ruleTables(path)
	if err != nil {
		return false
	}
	whole := func(s string) []string { return []string{s} }
	_, report, err := rules.Import(filepath.Base(path), tables, whole)
	return err == nil && report.Items >= leastItems
}

// basis says what the indicators of set are from.
func (f *folder) basis(set *rules.Set) string {
	var from []string
	if f.Table != "" {
		from = append(from, filepath.Base(f.Table))
	}
	for _, name := range f.Packs {
		from = append(from, "规则包 "+filepath.Base(name))
	}
	switch {
	case len(from) == 0 && len(f.alike) > 0:
		return fmt.Sprintf("内置的“%s”（%s都像指标表，没有采用，也没有当作材料；请用 --table 指定用哪个）",
			set.Packs[len(set.Packs)-1].Name, "“"+strings.Join(f.alike, "”“")+"”")
	case len(from) == 0:
		return "内置的“" + set.Packs[len(set.Packs)-1].Name + "”（没有找到办公室自己的指标表）"
	case f.byContent:
		from[0] += "（名称看不出，按内容认作指标表；不是的请用 --table 或 --pack 指定）"
	}
	return strings.Join(from, "、")
}
