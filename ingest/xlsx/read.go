package xlsx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"strings"

	"github.com/xuri/excelize/v2"

	"duibiao/corpus"
	"duibiao/ingest/capped"
)

// limits are what is read at most.
type limits struct {
	file     int64 // bytes of the file
	unpacked int64 // bytes of what is packed in it
	cells    int   // cells of a sheet, and cells with text of all sheets
}

// most is more than any indicator table or roster has.
func most() limits { return limits{file: 64 << 20, unpacked: 100 << 20, cells: 4_000_000} }

// ReadTables reads all sheets of the workbook at path that hold any text, in
// their order, hidden ones too. Only the modern format (.xlsx, .xlsm, .xltx)
// is read.
//
// Errors wrap corpus.ErrPermission, ErrEmpty (no bytes, or no text in any
// sheet), ErrTooLarge, ErrEncrypted (opening it needs a password),
// ErrUnsupported (the old binary .xls) or ErrBroken.
func ReadTables(path string) ([]Table, error) {
	b, err := load(path, most())
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	tables, err := parse(b, most())
	if err != nil {
		return nil, fmt.Errorf("read %s as xlsx: %w", path, err)
	}
	return tables, nil
}

func load(path string, max limits) ([]byte, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return nil, fmt.Errorf("is a folder: %w", corpus.ErrUnsupported)
	}
	return capped.File(path, max.file)
}

func tooLarge(what corpus.Limit, size, limit int64) error {
	return &corpus.LimitError{Limit: what, Measured: size, Allowed: limit}
}

func broken(format string, args ...any) error {
	return fmt.Errorf("%w: %w", corpus.ErrBroken, fmt.Errorf(format, args...))
}

// parse reads the tables of the workbook b.
func parse(b []byte, max limits) (tables []Table, err error) {
	err = eachSheet(b, max, func(_ *excelize.File, _ sheet, t Table) error {
		if len(t.Rows) > 0 {
			tables = append(tables, t)
		}
		return nil
	})
	if err == nil && len(tables) == 0 {
		err = fmt.Errorf("no text in any sheet: %w", corpus.ErrEmpty)
	}
	if err != nil {
		return nil, err
	}
	return tables, nil
}

// eachSheet calls visit for each sheet of the workbook b, in their order.
// excelize is not trusted with strange bytes: should it panic, the file is
// broken.
func eachSheet(b []byte, max limits, visit func(*excelize.File, sheet, Table) error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = broken("excelize: %v", r)
		}
	}()
	sheets, err := unpack(b, max)
	if err != nil {
		return err
	}
	book, err := excelize.OpenReader(bytes.NewReader(b), excelize.Options{
		UnzipSizeLimit:    max.unpacked,
		UnzipXMLSizeLimit: max.unpacked, // nothing goes to a file on disk
		ShortDatePattern:  "yyyy/m/d",
		LongDatePattern:   `yyyy"年"m"月"d"日"`,
		CultureInfo:       excelize.CultureNameZhCN,
	})
	if err != nil {
		return broken("%w", err)
	}
	defer book.Close()

	cells := max.cells
	for _, s := range sheets {
		rows, err := shown(book, s.name, &cells)
		if err != nil {
			return fmt.Errorf("sheet %s: %w", s.name, err)
		}
		t, err := table(s.name, rows, s.merged, max)
		if err != nil {
			return fmt.Errorf("sheet %s: %w", s.name, err)
		}
		if err := visit(book, s, t); err != nil {
			return fmt.Errorf("sheet %s: %w", s.name, err)
		}
	}
	return nil
}

// shown is the text of every row; rows end at their last cell with text. It
// takes what it reads from cells.
func shown(book *excelize.File, sheet string, cells *int) ([][]string, error) {
	rows, err := book.Rows(sheet)
	if err != nil {
		return nil, broken("%w", err)
	}
	defer rows.Close()
	var all [][]string
	for rows.Next() {
		row, err := rows.Columns()
		if err != nil {
			return nil, broken("row %d: %w", len(all)+1, err)
		}
		for i := range row {
			row[i] = strings.TrimSpace(row[i])
		}
		for len(row) > 0 && row[len(row)-1] == "" {
			row = row[:len(row)-1]
		}
		all = append(all, row)
		if *cells -= len(row) + 1; *cells < 0 {
			return nil, fmt.Errorf("too many cells: %w", corpus.ErrTooLarge)
		}
	}
	if err := rows.Error(); err != nil {
		return nil, broken("%w", err)
	}
	return all, nil
}

// table makes rows rectangular and fills merged ranges, as far as the sheet
// has text.
func table(sheet string, rows [][]string, merged []area, max limits) (Table, error) {
	height, width := 0, 0
	for i, row := range rows {
		if len(row) > 0 {
			height = i + 1
		}
		if len(row) > width {
			width = len(row)
		}
	}
	if int64(height)*int64(width) > int64(max.cells) {
		return Table{}, fmt.Errorf("%d rows of %d columns: %w", height, width, corpus.ErrTooLarge)
	}
	t := Table{Sheet: sheet, Rows: make([][]Cell, height)}
	for i := range t.Rows {
		t.Rows[i] = make([]Cell, width)
		for j := range t.Rows[i] {
			t.Rows[i][j].Text = text(rows, i, j)
		}
	}
	budget := height * width // merged ranges do not overlap, unless in a forged file
	for _, a := range merged {
		t.fill(a, &budget)
	}
	return t, nil
}

func text(rows [][]string, row, col int) string {
	if row < len(rows) && col < len(rows[row]) {
		return rows[row][col]
	}
	return ""
}

func (t Table) fill(a area, budget *int) {
	for i := a.top; i <= a.bottom && i < len(t.Rows); i++ {
		for j := a.left; j <= a.right && j < len(t.Rows[i]) && *budget > 0; j++ {
			*budget--
			t.Rows[i][j] = Cell{Text: t.Rows[a.top][a.left].Text, Above: i > a.top, Left: j > a.left}
		}
	}
}

// encrypted is the name of the stream that holds a workbook with a password,
// as an OLE file stores it.
var encrypted = utf16("EncryptedPackage")

func utf16(ascii string) []byte {
	b := make([]byte, 0, 2*len(ascii))
	for i := range len(ascii) {
		b = append(b, ascii[i], 0)
	}
	return b
}

// open checks that b is a ZIP container of bearable size.
func open(b []byte, max limits) (*zip.Reader, error) {
	switch {
	case len(b) == 0:
		return nil, corpus.ErrEmpty
	case bytes.HasPrefix(b, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")):
		if bytes.Contains(b, encrypted) {
			return nil, corpus.ErrEncrypted
		}
		return nil, fmt.Errorf("the old binary format: %w", corpus.ErrUnsupported)
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		return nil, broken("%w", err)
	}
	size := int64(0)
	for _, f := range z.File {
		if f.Flags&1 != 0 {
			return nil, corpus.ErrEncrypted
		}
		if f.UncompressedSize64 > uint64(max.unpacked) {
			return nil, tooLarge(corpus.PartsSize, int64(min(f.UncompressedSize64, 1<<62)), max.unpacked)
		}
		if size += int64(f.UncompressedSize64); size > max.unpacked {
			return nil, tooLarge(corpus.PartsSize, size, max.unpacked)
		}
	}
	return z, nil
}
