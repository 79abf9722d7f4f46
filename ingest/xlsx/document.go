package xlsx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"duibiao/corpus"
)

// Reader names the reader of Read and its version, which is part of cache keys.
const Reader = "xlsx/1"

// Limits bounds what a file may cost. A zero field means its default.
type Limits struct {
	AllBytes int64 // bytes of what is packed in the file; 100 MB
}

// Read reads the workbook at path as a submission: each sheet's name as a
// heading, a title over its table as text, then its rows as they are shown;
// the text of a merged range stands in its first cell only. Hidden sheets,
// rows and columns are left out and reported, comments are apart.
//
// Errors are those of ReadTables, and corpus.ErrNoText where there are
// pictures instead of text.
func Read(path string, lim Limits) (*corpus.Document, error) {
	max := most()
	if lim.AllBytes > 0 {
		max.unpacked = lim.AllBytes
	}
	b, err := load(path, max)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	doc, err := document(b, max)
	if err != nil {
		return nil, fmt.Errorf("read %s as xlsx: %w", path, err)
	}
	return doc, nil
}

func document(b []byte, max limits) (*corpus.Document, error) {
	w := &writer{}
	if err := eachSheet(b, max, w.sheet); err != nil {
		return nil, err
	}
	pictures := largePictures(b)
	switch {
	case !w.written && pictures > 0:
		return nil, corpus.ErrNoText
	case !w.written:
		return nil, fmt.Errorf("no text in any sheet: %w", corpus.ErrEmpty)
	case pictures > 0:
		w.b.Warn(fmt.Sprintf("文件有%d幅较大的图片，图片里的文字没有读取。", pictures))
	}
	return w.b.End(Reader, ""), nil
}

// writer makes a document of sheets.
type writer struct {
	b       corpus.Builder
	written bool // there is text that is shown
}

func (w *writer) sheet(book *excelize.File, s sheet, t Table) error {
	if s.hidden {
		if len(t.Rows) > 0 {
			w.b.Warn(fmt.Sprintf("工作表“%s”是隐藏的，没有计入。", s.name))
		}
		return nil
	}
	rows, hiddenRows, hiddenCols := s.visible(t)
	if hiddenRows > 0 {
		w.b.Warn(fmt.Sprintf("工作表“%s”有%d个隐藏的行，没有计入。", s.name, hiddenRows))
	}
	if hiddenCols > 0 {
		w.b.Warn(fmt.Sprintf("工作表“%s”有%d个隐藏的列，没有计入。", s.name, hiddenCols))
	}
	if len(rows) > 0 && !defaultName(s.name) {
		w.b.Heading(1, s.name)
	}
	inTable := false
	for _, row := range rows {
		w.written = true
		if only, alone := single(row); alone && !inTable {
			w.b.Text(only)
			continue
		}
		inTable = true
		w.b.Row(row...)
	}
	return w.comments(book, s.name)
}

// defaultName reports whether a sheet has the name that programs give.
func defaultName(name string) bool {
	rest := strings.TrimLeft(strings.ToLower(name), "abcdefghijklmnopqrstuvwxyz工作表 ")
	known := strings.HasPrefix(strings.ToLower(name), "sheet") || strings.HasPrefix(name, "工作表")
	return known && strings.Trim(rest, "0123456789") == ""
}

// single is the only text of a row, and whether it is: a title stands alone
// in a row, as a rule in a merged one.
func single(row []string) (string, bool) {
	text, n := "", 0
	for _, c := range row {
		if c != "" {
			text = c
			n++
		}
	}
	return text, n == 1 && len(row) > 1
}

// visible is the text of the rows that are shown and hold any, and how many
// rows and columns with text are not shown.
func (s sheet) visible(t Table) (rows [][]string, hiddenRows, hiddenCols int) {
	hidden := map[int]bool{}
	for i, cells := range t.Rows {
		var row []string
		text := false
		for j, c := range cells {
			own := c.Text != "" && !c.Above && !c.Left
			switch {
			case s.hiddenRows[i]:
				text = text || own
			case !s.hiddenCols[j]:
				shown := s.cellText(t, i, j)
				text = text || shown != ""
				row = append(row, shown)
			case own:
				hidden[j] = true
			}
		}
		switch {
		case !text:
		case s.hiddenRows[i]:
			hiddenRows++
		default:
			rows = append(rows, row)
		}
	}
	return rows, hiddenRows, len(hidden)
}

// cellText is the text of a cell in one line, without that of a merged range
// that begins elsewhere.
func (s sheet) cellText(t Table, row, col int) string {
	if !s.begins(t, row, col) {
		return ""
	}
	return strings.Join(strings.FieldsFunc(t.Rows[row][col].Text, func(r rune) bool { return r == '\n' || r == '\r' || r == '\t' }), " ")
}

// begins reports whether a cell is the first of its merged range that is
// shown, or in none.
func (s sheet) begins(t Table, row, col int) bool {
	for t.Rows[row][col].Above && s.hiddenRows[row-1] {
		row--
	}
	for t.Rows[row][col].Left && s.hiddenCols[col-1] {
		col--
	}
	return !t.Rows[row][col].Above && !t.Rows[row][col].Left
}

// comments writes the comments of a sheet apart, in the order of their cells.
func (w *writer) comments(book *excelize.File, name string) error {
	list, err := book.GetComments(name)
	if err != nil {
		w.b.Warn(fmt.Sprintf("工作表“%s”的批注损坏，没有读取。", name))
		return nil
	}
	slices.SortStableFunc(list, func(a, b excelize.Comment) int { return compareCells(a.Cell, b.Cell) })
	for _, c := range list {
		text := c.Text
		if text == "" {
			for _, p := range c.Paragraph {
				text += p.Text
			}
		}
		if text = strings.TrimSpace(text); text != "" {
			w.b.Aside(fmt.Sprintf("批注（%s）：%s", c.Cell, text))
		}
	}
	return nil
}

// compareCells orders cells row by row.
func compareCells(a, b string) int {
	p, _ := parseArea(a)
	q, _ := parseArea(b)
	if p.top != q.top {
		return p.top - q.top
	}
	return p.left - q.left
}

// largePictures counts the pictures in the package that may hold text.
func largePictures(b []byte) int {
	const large = 40 << 10 // bytes
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return 0
	}
	n := 0
	for _, f := range z.File {
		dir := path.Dir(strings.ReplaceAll(f.Name, `\`, "/"))
		if strings.HasSuffix(dir, "media") && f.UncompressedSize64 >= large {
			n++
		}
	}
	return n
}
