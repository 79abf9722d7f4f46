// Package xlsx reads the tables that an office keeps as workbooks or CSV
// files, reads workbooks that units hand in, and writes workbooks.
//
// In, for reading: a path or the bytes of a file. Out: Tables of cells as a
// person sees them, with merged cells filled in; or, by Read, a
// corpus.Document with a row for each row that is shown. In, for writing: a Book that
// says what each sheet holds and how it prints. Out: the bytes of a workbook,
// the same for the same Book. To add a look, add one line to the list of
// styles.
package xlsx

// Table is one sheet of a workbook, or a CSV file. All rows have the same
// number of cells, and Rows[i] is row i+1 of the sheet, empty rows included,
// so that a message can name the row; rows and columns after the last text are
// left out.
type Table struct {
	Sheet string // the sheet's name; "" for a CSV file
	Rows  [][]Cell
}

// Cell is one cell as it is shown: numbers and dates in the format of the
// cell, and no white space around the text. Every cell of a merged range
// repeats the range's text.
type Cell struct {
	Text  string
	Above bool // in a merged range, and not in its first row
	Left  bool // in a merged range, and not in its first column
}
