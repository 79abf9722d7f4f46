package extract

import (
	"strings"
	"unicode/utf8"
)

// path is what a paper's path says, folded.
type path struct {
	name       string   // the file's name without its ending
	folders    []string // innermost first
	unit       string   // the unit that the name gives; "" without
	folderUnit string
}

func newPath(id string) path {
	parts := strings.Split(strings.ReplaceAll(id, "!/", "/"), "/")
	p := path{name: foldAll(cutExt(parts[len(parts)-1]))}
	p.unit = nameUnit(p.name)
	for i := len(parts) - 2; i >= 0; i-- {
		folder := foldAll(cutExt(parts[i]))
		p.folders = append(p.folders, folder)
		if u := nameUnit(folder); u != "" && p.folderUnit == "" {
			p.folderUnit = u
		}
	}
	return p
}

func cutExt(name string) string {
	i := strings.LastIndexByte(name, '.')
	if i > 0 && len(name)-i <= 6 && utf8.RuneCountInString(name[i:]) == len(name)-i {
		return name[:i]
	}
	return name
}

// nameUnit is the unit in the name of a file or folder, whose parts stand
// between dashes, blanks and brackets: 003-甲县司法局-2025年报告.
func nameUnit(name string) string {
	for _, piece := range strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune("-_+.,[]()、&", r) }) {
		piece = strings.TrimLeft(piece, "0123456789")
		if isUnit(piece) {
			return piece
		}
		if n := leadingUnit(piece); n > 0 {
			return piece[:n]
		}
	}
	return ""
}
