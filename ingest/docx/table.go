package docx

import (
	"slices"
	"strings"
)

// table reads a table row by row. A table that only frames running text is
// read as that text.
func (w *walker) table(n *node) {
	if !w.tablesOnly && isFrame(n) {
		for _, tr := range through(n, "w:tr") {
			for _, tc := range through(tr, "w:tc") {
				w.blocks(tc)
			}
		}
		return
	}
	at := len(w.tables)
	if w.tablesOnly {
		w.tables = append(w.tables, nil)
	}
	var later []*node
	for _, tr := range through(n, "w:tr") {
		if trPr := tr.kid("w:trPr"); trPr.kid("w:del") != nil {
			w.deleted += textLength(tr)
			continue
		}
		row := w.row(tr)
		if w.tablesOnly {
			w.tables[at] = append(w.tables[at], row)
			later = append(later, w.boxes...)
			w.boxes = nil
			continue
		}
		w.writeRow(row)
		w.readBoxes()
	}
	w.boxes = later
	w.readBoxes()
}

func (w *walker) writeRow(row []Cell) {
	texts := make([]string, len(row))
	for i, c := range row {
		texts[i] = strings.Join(strings.Fields(c.Text), " ")
	}
	if strings.Join(texts, "") != "" {
		w.writeScans()
		w.b.Row(texts...)
		w.note(strings.Join(texts, " "))
	}
}

// row is the cells of a row, one for each column of the grid.
func (w *walker) row(tr *node) []Cell {
	row := make([]Cell, min(64, tr.kid("w:trPr", "w:gridBefore").number("val", 0)))
	for _, tc := range through(tr, "w:tc") {
		tcPr := tc.kid("w:tcPr")
		if tcPr.kid("w:cellDel") != nil {
			w.deleted += textLength(tc)
			continue
		}
		c := Cell{Above: goesOn(tcPr.kid("w:vMerge"))}
		if !c.Above && !goesOn(tcPr.kid("w:hMerge")) {
			c.Text = w.cellText(tc)
		}
		row = append(row, c)
		for range min(64, tcPr.kid("w:gridSpan").number("val", 1)) - 1 {
			row = append(row, Cell{Above: c.Above})
		}
	}
	return append(row, make([]Cell, min(64, tr.kid("w:trPr", "w:gridAfter").number("val", 0)))...)
}

// goesOn reports whether a merge mark continues a merge rather than begins it.
func goesOn(merge *node) bool { return merge != nil && merge.attr("val") != "restart" }

// cellText is the paragraphs of a cell. Inner tables and text boxes are kept
// for after the row.
func (w *walker) cellText(tc *node) string {
	var paragraphs []string
	for _, k := range through(tc, "w:p", "w:tbl") {
		if k.name == "w:tbl" {
			w.boxes = append(w.boxes, k)
			continue
		}
		if text := strings.TrimSpace(w.paragraph(k).text); text != "" {
			paragraphs = append(paragraphs, text)
		}
	}
	if rest := strings.TrimSpace(w.carried); rest != "" {
		paragraphs = append(paragraphs, rest)
	}
	w.carried = ""
	return strings.Join(paragraphs, "\n")
}

// isFrame reports whether a table is a box around running text: one cell a
// row, and in one of them several paragraphs.
func isFrame(n *node) bool {
	several := false
	for _, tr := range through(n, "w:tr") {
		cells := through(tr, "w:tc")
		if len(cells) > 1 {
			return false
		}
		for _, tc := range cells {
			filled := 0
			for _, p := range through(tc, "w:p", "w:tbl") {
				if textLength(p) > 0 {
					filled++
				}
			}
			several = several || filled > 1
		}
	}
	return several
}

// through is the elements of those names inside n, seen through what only
// holds them.
func through(n *node, names ...string) []*node {
	var found []*node
	for _, k := range n.kids {
		switch {
		case slices.Contains(names, k.name):
			found = append(found, k)
		case container(k.name):
			found = append(found, through(k, names...)...)
		case k.name == "mc:AlternateContent":
			found = append(found, through(k.chosen(), names...)...)
		}
	}
	return found
}
