// Package xlsxtest changes workbooks in tests, as a person does in WPS or
// Excel.
package xlsxtest

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Fill sets the cell below the column title, in the first row of the sheet in
// which some cell contains row, of the workbook at path.
func Fill(path, sheet, row, title, value string) error {
	return Edit(path, func(b *Book) { b.Set(sheet, row, title, value) })
}

// Book is a workbook that is being changed. The first fault ends all changes.
type Book struct {
	f   *excelize.File
	err error
}

// Edit opens the workbook at path, changes it and saves it. The error is the
// first fault of a change, or why the file could not be opened or saved.
func Edit(path string, change func(*Book)) error {
	f, err := excelize.OpenFile(path)
	if err != nil {
		return err
	}
	defer f.Close()
	b := Book{f: f}
	change(&b)
	if b.err == nil {
		b.err = f.Save()
	}
	if b.err != nil {
		return fmt.Errorf("%s: %w", path, b.err)
	}
	return nil
}

func (b *Book) try(err error) {
	if b.err == nil {
		b.err = err
	}
}

// Set puts value, a text, a number or a time.Time, where Fill does.
func (b *Book) Set(sheet, row, title string, value any) {
	if cell := b.find(sheet, row, title); b.err == nil {
		b.try(b.f.SetCellValue(sheet, cell, value))
	}
}

// Formula puts a formula, and the number that a program found for it, where
// Fill does.
func (b *Book) Formula(sheet, row, title, formula string, value int) {
	if cell := b.find(sheet, row, title); b.err == nil {
		b.try(b.f.SetCellInt(sheet, cell, int64(value)))
		b.try(b.f.SetCellFormula(sheet, cell, formula))
	}
}

// Rename gives a sheet another name.
func (b *Book) Rename(sheet, name string) { b.try(b.f.SetSheetName(sheet, name)) }

// Keep takes all sheets away but one.
func (b *Book) Keep(sheet string) {
	for _, name := range b.f.GetSheetList() {
		if name != sheet {
			b.try(b.f.DeleteSheet(name))
		}
	}
}

// Insert puts an empty column, with a title of its own, before the one called
// title.
func (b *Book) Insert(sheet, title, called string) {
	cell := b.find(sheet, title, title)
	if b.err != nil {
		return
	}
	column := strings.TrimRight(cell, "0123456789")
	b.try(b.f.InsertCols(sheet, column, 1))
	b.try(b.f.SetCellValue(sheet, cell, called))
}

// Reverse turns the order of the rows below the one that has a cell called
// title. What stands in the columns called fixed stays where it is, as when
// somebody sorts without them.
func (b *Book) Reverse(sheet, title string, fixed ...string) {
	rows, err := b.f.GetRows(sheet)
	b.try(err)
	head := slices.IndexFunc(rows, func(cells []string) bool { return slices.Contains(cells, title) })
	if b.err != nil || head < 0 {
		b.try(fmt.Errorf("sheet %s has no column %q", sheet, title))
		return
	}
	body := rows[head+1:]
	for i, row := range body {
		for j, name := range rows[head] {
			from := body[len(body)-1-i]
			if slices.Contains(fixed, name) {
				from = row
			}
			text := ""
			if j < len(from) {
				text = from[j]
			}
			cell, err := excelize.CoordinatesToCellName(j+1, head+2+i)
			b.try(err)
			b.try(b.f.SetCellStr(sheet, cell, text))
		}
	}
}

// Repeat copies the first row that contains row below it.
func (b *Book) Repeat(sheet, row string) {
	if at := b.row(sheet, row, ""); b.err == nil {
		b.try(b.f.DuplicateRow(sheet, at))
	}
}

// find is the cell below the column title in the first row that contains row;
// where row is the title itself, the title's own.
func (b *Book) find(sheet, row, title string) string {
	rows, err := b.f.GetRows(sheet)
	b.try(err)
	column := 0
	for _, cells := range rows {
		if at := slices.Index(cells, title); at >= 0 {
			column = at + 1
			break
		}
	}
	at := b.row(sheet, row, title)
	if b.err != nil || column == 0 {
		b.try(fmt.Errorf("sheet %s has no column %q", sheet, title))
		return ""
	}
	cell, err := excelize.CoordinatesToCellName(column, at)
	b.try(err)
	return cell
}

// row is the first row that contains text and does not contain not, unless
// both are the same.
func (b *Book) row(sheet, text, not string) int {
	rows, err := b.f.GetRows(sheet)
	b.try(err)
	titled := not == ""
	for i, cells := range rows {
		joined := strings.Join(cells, "\n")
		head := not != "" && slices.Contains(cells, not)
		titled = titled || head
		if strings.Contains(joined, text) && titled && (!head || text == not) {
			return i + 1
		}
	}
	b.try(fmt.Errorf("sheet %s has no row with %q", sheet, text))
	return 0
}
