package main

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io/fs"
	"strings"
)

// grid is one sheet as offices lay it out: a title over all columns, a header,
// rows in which the same words one below the other are one merged cell, and
// notes over all columns.
type grid struct {
	title  string
	header []string
	rows   [][]string
	merge  []bool // columns whose equal neighbours are merged
	notes  []string
	widths []int
}

// rosterBook is 报送名册.xlsx.
func rosterBook(source fs.FS) ([]byte, error) {
	rows, err := readTSV(source, rosterSource)
	if err != nil {
		return nil, err
	}
	return grid{
		title:  "2025年度法治政府建设材料报送名册",
		header: rows[0], rows: rows[1:], merge: make([]bool, len(rows[0])), widths: []int{28, 12, 22, 12},
	}.xlsx()
}

// tableBook is 指标体系.xlsx.
func tableBook(source fs.FS) ([]byte, error) {
	rows, err := readTSV(source, tableSource)
	if err != nil {
		return nil, err
	}
	notes, err := fs.ReadFile(source, notesSource)
	if err != nil {
		return nil, err
	}
	return grid{
		title:  "云阙市2025年度法治政府建设指标体系",
		header: rows[0], rows: rows[1:], merge: []bool{false, true, true, false, false, false},
		notes:  strings.Split(strings.TrimSpace(string(notes)), "\n"),
		widths: []int{6, 12, 16, 18, 56, 30},
	}.xlsx()
}

// readTSV reads a table of tab-separated lines, each as long as the first.
func readTSV(source fs.FS, name string) ([][]string, error) {
	b, err := fs.ReadFile(source, name)
	if err != nil {
		return nil, err
	}
	var rows [][]string
	for i, line := range strings.Split(strings.TrimSuffix(string(b), "\n"), "\n") {
		row := strings.Split(line, "\t")
		if len(rows) > 0 && len(row) != len(rows[0]) {
			return nil, fmt.Errorf("read %s:%d: %d cells, want %d", name, i+1, len(row), len(rows[0]))
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// bookParts are the parts of a workbook beside its sheet.
var bookParts = [...]member{
	{"[Content_Types].xml", []byte(xml.Header + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>` +
		`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`)},
	{"_rels/.rels", []byte(xml.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`)},
	{"xl/workbook.xml", []byte(xml.Header + `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ` +
		`xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`)},
	{"xl/_rels/workbook.xml.rels", []byte(xml.Header + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
		`<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>`)},
	{"xl/styles.xml", []byte(xml.Header + `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` +
		`<fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="16"/><name val="宋体"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="2"><border/><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border></borders>` +
		`<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf/>` +
		`<xf borderId="1" applyBorder="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>` +
		`<xf fontId="1" applyFont="1" applyAlignment="1"><alignment horizontal="center" vertical="center"/></xf></cellXfs></styleSheet>`)},
}

// The looks that styles.xml numbers.
const (
	plainLook = iota
	cellLook
	titleLook
)

// xlsx writes the grid as a workbook. Nothing is compressed, so that the bytes
// do not hang on a compressor's version.
func (g grid) xlsx() ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range append(bookParts[:len(bookParts):len(bookParts)], member{"xl/worksheets/sheet1.xml", g.sheet()}) {
		w, err := z.CreateHeader(&zip.FileHeader{Name: part.name, Method: zip.Store})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(part.b); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return out.Bytes(), err
}

func (g grid) sheet() []byte {
	var b bytes.Buffer
	b.WriteString(xml.Header + `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cols>`)
	for i, w := range g.widths {
		fmt.Fprintf(&b, `<col min="%d" max="%d" width="%d" customWidth="1"/>`, i+1, i+1, w)
	}
	b.WriteString(`</cols><sheetData>`)
	line := 0
	write := func(look int, cells ...string) {
		line++
		fmt.Fprintf(&b, `<row r="%d">`, line)
		for i, c := range cells {
			writeCell(&b, at(i, line), look, c)
		}
		b.WriteString(`</row>`)
	}
	write(titleLook, g.title)
	write(cellLook, g.header...)
	for i := range g.rows {
		write(cellLook, g.shown(i)...)
	}
	for _, n := range g.notes {
		write(plainLook, n)
	}
	b.WriteString(`</sheetData><mergeCells>`)
	for _, area := range g.merged() {
		fmt.Fprintf(&b, `<mergeCell ref="%s"/>`, area)
	}
	b.WriteString(`</mergeCells></worksheet>`)
	return b.Bytes()
}

// shown are the cells of row i as they stand in the file: below the first cell
// of a merged area nothing.
func (g grid) shown(i int) []string {
	cells := append([]string(nil), g.rows[i]...)
	for c := range cells {
		if i > 0 && g.joined(i, c) {
			cells[c] = ""
		}
	}
	return cells
}

// joined reports whether the cell at row i, column c is one with the cell
// above it: the same words below the same words to the left.
func (g grid) joined(i, c int) bool {
	if !g.merge[c] {
		return false
	}
	for k := 0; k <= c; k++ {
		if g.merge[k] && g.rows[i][k] != g.rows[i-1][k] {
			return false
		}
	}
	return true
}

// merged are the areas of more than one cell, in reading order by column.
func (g grid) merged() []string {
	const above = 3 // the file's row of rows[0]
	last := len(g.header) - 1
	areas := []string{at(0, 1) + ":" + at(last, 1)}
	for c := range g.merge {
		for from := 0; from < len(g.rows); {
			to := from + 1
			for to < len(g.rows) && g.joined(to, c) {
				to++
			}
			if to > from+1 {
				areas = append(areas, at(c, from+above)+":"+at(c, to-1+above))
			}
			from = to
		}
	}
	for i := range g.notes {
		line := above + len(g.rows) + i
		areas = append(areas, at(0, line)+":"+at(last, line))
	}
	return areas
}

// at names a cell: column from 0, line from 1.
func at(column, line int) string { return fmt.Sprintf("%c%d", 'A'+column, line) }

func writeCell(b *bytes.Buffer, ref string, look int, s string) {
	if s == "" {
		fmt.Fprintf(b, `<c r="%s" s="%d"/>`, ref, look)
		return
	}
	fmt.Fprintf(b, `<c r="%s" s="%d" t="inlineStr"><is><t>`, ref, look)
	xml.EscapeText(b, []byte(s)) // a Buffer takes everything
	b.WriteString(`</t></is></c>`)
}
