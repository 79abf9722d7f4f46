package html

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// isTable reports whether a table holds data and is not a frame to arrange a
// page in: rows and columns, no table within, and no cell with most of a long
// text.
func isTable(t *html.Node) bool {
	columns, rows, longest, all := 0, 0, 0, 0
	for n := range t.Descendants() {
		switch n.DataAtom {
		case atom.Table, atom.Form, atom.H1, atom.H2, atom.H3:
			return false
		case atom.Td, atom.Th:
			size := utf8.RuneCountInString(inline(contentOf(n)))
			longest, all = max(longest, size), all+size
		}
	}
	for _, row := range rowsOf(t) {
		rows++
		columns = max(columns, len(cellsOf(row)))
	}
	const long = 400 // runes
	return rows >= 2 && columns >= 2 && (longest < long || longest*2 < all)
}

// rowsOf is the rows of a table, those of its head and foot too.
func rowsOf(t *html.Node) []*html.Node {
	var rows []*html.Node
	for k := range t.ChildNodes() {
		switch k.DataAtom {
		case atom.Tr:
			rows = append(rows, k)
		case atom.Thead, atom.Tbody, atom.Tfoot:
			rows = append(rows, rowsOf(k)...)
		}
	}
	return rows
}

func cellsOf(row *html.Node) []*html.Node {
	var cells []*html.Node
	for k := range row.ChildNodes() {
		if k.DataAtom == atom.Td || k.DataAtom == atom.Th {
			cells = append(cells, k)
		}
	}
	return cells
}

// table makes a block of each row. A cell that spans columns or rows is
// followed by empty ones.
func (p *page) table(t *html.Node, c context) {
	for k := range t.ChildNodes() {
		if k.DataAtom == atom.Caption {
			p.walk(k, c)
		}
	}
	c.in, c.cell = append(c.in[:len(c.in):len(c.in)], t), true
	below := map[int]int{} // of each column, the rows that a cell above still takes
	for _, row := range rowsOf(t) {
		if concealed(row) {
			p.hidden += utf8.RuneCountInString(inline(contentOf(row)))
			continue
		}
		p.row(row, c, below)
	}
}

const maxSpan = 300 // columns that a cell may take

func (p *page) row(row *html.Node, c context, below map[int]int) {
	b := &block{in: c.in}
	skip := func() {
		for below[len(b.cells)] > 0 {
			below[len(b.cells)]--
			b.cells = append(b.cells, "")
		}
	}
	for _, cell := range cellsOf(row) {
		skip()
		p.text.Reset()
		p.links = 0
		p.walk(cell, c)
		text := inline(p.text.String())
		b.links += p.links
		p.text.Reset()
		p.links = 0
		for i := range max(1, min(whole(attr(cell, "colspan")), maxSpan)) {
			if down := whole(attr(cell, "rowspan")); down > 1 {
				below[len(b.cells)] = down - 1
			}
			if i > 0 {
				text = ""
			}
			b.cells = append(b.cells, text)
		}
		if len(b.cells) > 10*maxSpan {
			break
		}
	}
	skip()
	if b.text = strings.TrimSpace(strings.Join(b.cells, "\t")); b.text != "" {
		p.blocks = append(p.blocks, b)
	}
}
