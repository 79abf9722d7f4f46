package xlsxtest

import "github.com/xuri/excelize/v2"

// Merged writes rows as the one sheet of a new workbook at path. Each merge
// joins the cells from row and column [0], [1] to [2], [3], counted from 0.
func Merged(path string, rows [][]string, merges [][4]int) error {
	f := excelize.NewFile()
	const sheet = "Sheet1"
	for i := range rows {
		for k, text := range rows[i] {
			at, err := excelize.CoordinatesToCellName(k+1, i+1)
			if err != nil {
				return err
			}
			if err := f.SetCellValue(sheet, at, text); err != nil {
				return err
			}
		}
	}
	for _, m := range merges {
		from, err := excelize.CoordinatesToCellName(m[1]+1, m[0]+1)
		if err != nil {
			return err
		}
		to, err := excelize.CoordinatesToCellName(m[3]+1, m[2]+1)
		if err != nil {
			return err
		}
		if err := f.MergeCell(sheet, from, to); err != nil {
			return err
		}
	}
	return f.SaveAs(path)
}
