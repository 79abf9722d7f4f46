// Package xlsxtest changes workbooks in tests, as a person does in WPS or
// Excel.
package xlsxtest

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Fill sets the cell below the column title, in the first row of the sheet in
// which some cell contains row, of the workbook at path.
func Fill(path, sheet, row, title, value string) error {
	f, err := excelize.OpenFile(path)
	if err != nil {
		return err
	}
	defer f.Close()
	rows, err := f.GetRows(sheet)
	if err != nil {
		return err
	}
	column := 0
	for i, cells := range rows {
		for j, text := range cells {
			if column == 0 && text == title {
				column = j + 1
			}
		}
		if column == 0 || !strings.Contains(strings.Join(cells, "\n"), row) || strings.Contains(strings.Join(cells, "\n"), title) {
			continue
		}
		cell, err := excelize.CoordinatesToCellName(column, i+1)
		if err != nil {
			return err
		}
		if err := f.SetCellValue(sheet, cell, value); err != nil {
			return err
		}
		return f.Save()
	}
	return fmt.Errorf("%s: no row with %q below a column %q in sheet %s", path, row, title, sheet)
}
