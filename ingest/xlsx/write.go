package xlsx

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
)

// Write writes b as a workbook (.xlsx). The bytes are the same for the same b.
// Texts are stored as texts, never as formulas, also those that begin like
// one; characters that XML cannot hold are dropped, and a text longer than a
// cell can hold is cut and ends with a mark that says so.
func Write(w io.Writer, b Book) error {
	if len(b.Sheets) == 0 {
		return fmt.Errorf("write xlsx: no sheet")
	}
	f := excelize.NewFile()
	defer f.Close()
	f.SetZipWriter(func(w io.Writer) excelize.ZipWriter { return newSortedZip(w) })
	if err := fill(f, b); err != nil {
		return fmt.Errorf("write xlsx: %w", err)
	}
	if _, err := f.WriteTo(w); err != nil {
		return fmt.Errorf("write xlsx: %w", err)
	}
	return nil
}

func fill(f *excelize.File, b Book) error {
	if err := f.SetDocProps(&excelize.DocProperties{
		Title: clean(b.Title), Creator: "对标", LastModifiedBy: "对标",
		Created: "2000-01-01T00:00:00Z", Modified: "2000-01-01T00:00:00Z",
	}); err != nil {
		return err
	}
	look, err := newLook(f)
	if err != nil {
		return err
	}
	names := b.Names()
	link := make(map[string]string, len(names))
	for i, s := range b.Sheets {
		if link[s.Name] == "" {
			link[s.Name] = names[i]
		}
	}
	for i, name := range names {
		if i == 0 {
			err = f.SetSheetName(f.GetSheetName(0), name)
		} else {
			_, err = f.NewSheet(name)
		}
		if err != nil {
			return err
		}
	}
	for i, s := range b.Sheets {
		p := page{f: f, look: look, link: link, name: names[i], Sheet: s}
		if err := p.write(); err != nil {
			return fmt.Errorf("sheet %s: %w", names[i], err)
		}
	}
	return nil
}

// page is one sheet while it is written. What must stand in the file before
// the rows is said before the first of them, the rest before Flush.
type page struct {
	Sheet
	f    *excelize.File
	look look
	link map[string]string // what sheets are called in the file, by Name
	name string
	out  *excelize.StreamWriter
	row  int // the last row written, from 1
	head int // the row of the column titles
	over int // the row above them, or head when there is none
}

func (p *page) write() error {
	yes := true
	if err := p.f.SetSheetProps(p.name, &excelize.SheetPropsOptions{FitToPage: &yes}); err != nil {
		return err
	}
	var err error
	if p.out, err = p.f.NewStreamWriter(p.name); err != nil {
		return err
	}
	p.head = 1
	for _, s := range []string{p.Title, p.Note} {
		if s != "" {
			p.head++
		}
	}
	p.over = p.head
	if slices.ContainsFunc(p.Columns, func(c Column) bool { return c.Above != "" }) {
		p.head++
	}
	for _, step := range []func() error{p.columns, p.panes, p.above, p.header, p.body, p.tools, p.print} {
		if err := step(); err != nil {
			return err
		}
	}
	return p.out.Flush()
}

func (p *page) columns() error {
	for i, c := range p.Columns {
		if err := p.out.SetColWidth(i+1, i+1, min(max(c.Width, 1), 255)); err != nil {
			return err
		}
		if c.Hidden {
			if err := p.out.SetColVisible(i+1, i+1, false); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *page) panes() error {
	corner := cell(p.Freeze+1, p.head+1)
	active := "bottomLeft"
	if p.Freeze > 0 {
		active = "bottomRight"
	}
	return p.out.SetPanes(&excelize.Panes{
		Freeze: true, XSplit: p.Freeze, YSplit: p.head, TopLeftCell: corner, ActivePane: active,
	})
}

// above writes the lines above the table, each merged over the columns that
// fit on one printed page.
func (p *page) above() error {
	last, width := 1, 0.0
	for i, c := range p.Columns {
		if c.Hidden {
			continue
		}
		if width += c.Width; width > pageWidth && i > 0 {
			width -= c.Width
			break
		}
		last = i + 1
	}
	if p.Title != "" {
		end := last
		values := []any{excelize.Cell{StyleID: p.look.id(title, plain), Value: fit(p.Title)}}
		if to := p.link[p.Back]; to != "" && last > 2 {
			end--
			for len(values) < last {
				values = append(values, nil)
			}
			values[last-1] = excelize.Cell{StyleID: p.look.id(back, plain), Value: "返回" + to}
			if err := p.f.SetCellHyperLink(p.name, cell(last, 1), target(to), "Location"); err != nil {
				return err
			}
		}
		if err := p.line(values, end, 30); err != nil {
			return err
		}
	}
	if p.Note != "" {
		values := []any{excelize.Cell{StyleID: p.look.id(note, plain), Value: fit(p.Note)}}
		return p.line(values, last, lines(p.Note, width)*lineHeight+6)
	}
	return nil
}

// pageWidth is how many digits of the standard font stand side by side on A4
// landscape at the scale that can still be read.
const pageWidth = 170

// line writes a row whose first cell is merged up to column last.
func (p *page) line(values []any, last int, height float64) error {
	p.row++
	if err := p.out.SetRow(cell(1, p.row), values, excelize.RowOpts{Height: min(height, maxHeight)}); err != nil {
		return err
	}
	if last < 2 {
		return nil
	}
	return p.out.MergeCell(cell(1, p.row), cell(last, p.row))
}

func (p *page) header() error {
	if p.over < p.head {
		if err := p.superscript(); err != nil {
			return err
		}
	}
	values := make([]any, len(p.Columns))
	height := 0.0
	for i, c := range p.Columns {
		style, points := header, lines(c.Title, c.Width)*lineHeight
		if c.Upright {
			style, points = upright, float64(utf8.RuneCountInString(c.Title))*lineHeight
		}
		values[i] = excelize.Cell{StyleID: p.look.id(style, plain), Value: fit(c.Title)}
		height = max(height, points)
	}
	p.row++
	return p.out.SetRow(cell(1, p.row), values, excelize.RowOpts{Height: min(height+10, maxHeight)})
}

// superscript writes the row above the column titles; a title without a text
// above it takes both rows.
func (p *page) superscript() error {
	values := make([]any, len(p.Columns))
	for i, c := range p.Columns {
		text := c.Above
		if text == "" {
			text = c.Title
			if err := p.out.MergeCell(cell(i+1, p.over), cell(i+1, p.head)); err != nil {
				return err
			}
		}
		values[i] = excelize.Cell{StyleID: p.look.id(header, plain), Value: fit(text)}
	}
	p.row++
	return p.out.SetRow(cell(1, p.row), values, excelize.RowOpts{Height: lineHeight + 4})
}

func (p *page) body() error {
	values := make([]any, len(p.Columns))
	for _, row := range p.Rows {
		p.row++
		height := 1.0
		for i := range values {
			var v Value
			if i < len(row) {
				v = row[i]
			}
			c := p.look.cell(v)
			values[i] = c
			if s, ok := c.Value.(string); ok && !p.Columns[i].Hidden {
				height = max(height, lines(s, p.Columns[i].Width))
			}
			if to := p.link[v.Sheet]; to != "" {
				if err := p.f.SetCellHyperLink(p.name, cell(i+1, p.row), target(to), "Location"); err != nil {
					return err
				}
			}
		}
		opts := excelize.RowOpts{Height: min(height*lineHeight+4, maxHeight)}
		if err := p.out.SetRow(cell(1, p.row), values, opts); err != nil {
			return err
		}
	}
	return nil
}

// tools adds the filter and the lists to choose from.
func (p *page) tools() error {
	if len(p.Columns) == 0 || len(p.Rows) == 0 {
		return nil
	}
	if p.Filter {
		area := cell(1, p.head) + ":" + cell(len(p.Columns), p.row)
		if err := p.f.AutoFilter(p.name, area, nil); err != nil {
			return err
		}
	}
	for i, c := range p.Columns {
		if len(c.Choices) == 0 {
			continue
		}
		list := excelize.NewDataValidation(true)
		list.SetSqref(cell(i+1, p.head+1) + ":" + cell(i+1, p.row))
		if err := list.SetDropList(c.Choices); err != nil {
			return err
		}
		list.SetError(excelize.DataValidationErrorStyleStop, c.Title, "请从下拉列表中选择")
		if err := p.f.AddDataValidation(p.name, list); err != nil {
			return err
		}
	}
	return nil
}

// print says how the sheet goes on paper.
func (p *page) print() error {
	a4, landscape, across, down := 9, "landscape", max(p.Wide, 1), 0
	if err := p.f.SetPageLayout(p.name, &excelize.PageLayoutOptions{
		Size: &a4, Orientation: &landscape, FitToWidth: &across, FitToHeight: &down,
	}); err != nil {
		return err
	}
	side, top, edge := 0.4, 0.6, 0.3 // inches
	if err := p.f.SetPageMargins(p.name, &excelize.PageLayoutMarginsOptions{
		Left: &side, Right: &side, Top: &top, Bottom: &top, Header: &edge, Footer: &edge,
	}); err != nil {
		return err
	}
	// The space ends the number of the font size: a name may begin with digits.
	if err := p.f.SetHeaderFooter(p.name, &excelize.HeaderFooterOptions{
		OddHeader: "&R&9 " + strings.ReplaceAll(p.name, "&", "&&"), OddFooter: "&C&9第 &P 页，共 &N 页",
	}); err != nil {
		return err
	}
	repeat := fmt.Sprintf("'%s'!$%d:$%d", p.name, p.over, p.head)
	if p.Freeze > 0 {
		last := strings.TrimRight(cell(p.Freeze, 1), "1")
		repeat = fmt.Sprintf("'%s'!$A:$%s,%s", p.name, last, repeat)
	}
	return p.define(excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: repeat, Scope: p.name})
}

// define adds a name of this sheet. It does so in an empty list: excelize holds
// a new name against each one there is and looks every one's sheet up anew,
// which takes minutes in a book of a thousand sheets.
func (p *page) define(name excelize.DefinedName) error {
	earlier := p.f.WorkBook.DefinedNames
	p.f.WorkBook.DefinedNames = nil
	err := p.f.SetDefinedName(&name)
	if added := p.f.WorkBook.DefinedNames; earlier != nil {
		if added != nil {
			earlier.DefinedName = append(earlier.DefinedName, added.DefinedName...)
		}
		p.f.WorkBook.DefinedNames = earlier
	}
	return err
}

func target(sheet string) string { return "'" + sheet + "'!A1" }

// cell names a cell; columns and rows count from 1.
func cell(column, row int) string {
	var b [8]byte
	at := len(b)
	for ; column > 0; column = (column - 1) / 26 {
		at--
		b[at] = byte('A' + (column-1)%26)
	}
	return string(b[at:]) + fmt.Sprint(row)
}
