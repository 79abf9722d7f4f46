package xlsx

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"duibiao/corpus"
)

// ReadCSV reads b, the bytes of the CSV file at path. The separator is the one
// of comma, tab and semicolon that its first line holds most. Bytes that are
// not UTF-8 (with or without BOM) are given to decode, which knows the other
// encodings. path is only for the messages.
//
// Errors wrap corpus.ErrEmpty, ErrTooLarge or ErrBroken (a quotation mark that
// is never closed, or bytes that decode refuses).
func ReadCSV(path string, b []byte, decode func([]byte) (text, encoding string, err error)) ([]Table, error) {
	t, err := parseCSV(b, decode, most())
	if err != nil {
		return nil, fmt.Errorf("read %s as csv: %w", path, err)
	}
	return []Table{t}, nil
}

func parseCSV(b []byte, decode func([]byte) (text, encoding string, err error), max limits) (Table, error) {
	if int64(len(b)) > max.file {
		return Table{}, tooLarge(corpus.FileSize, int64(len(b)), max.file)
	}
	s, err := utf8Text(b, decode)
	if err != nil {
		return Table{}, err
	}
	if !strings.Contains(s, "\n") {
		s = strings.ReplaceAll(s, "\r", "\n") // as old Mac programs end lines
	}
	records, err := readRecords(s, true, max.cells)
	if errors.Is(err, csv.ErrBareQuote) { // 设"一窗"通办: a mark inside a field
		records, err = readRecords(s, false, max.cells)
	}
	if err != nil {
		return Table{}, err
	}
	t, err := table("", records, nil, max)
	if err == nil && len(t.Rows) == 0 {
		err = corpus.ErrEmpty
	}
	return t, err
}

func utf8Text(b []byte, decode func([]byte) (text, encoding string, err error)) (string, error) {
	if b := bytes.TrimPrefix(b, []byte("\xEF\xBB\xBF")); utf8.Valid(b) && !bytes.Contains(b, []byte{0}) {
		return string(b), nil
	}
	s, _, err := decode(b)
	if err != nil {
		return "", broken("%w", err)
	}
	return strings.TrimPrefix(s, "\uFEFF"), nil
}

// readRecords reads s line for line, so that record i stands in row i of what
// a spreadsheet program shows: empty lines count.
func readRecords(s string, strict bool, cells int) ([][]string, error) {
	r := csv.NewReader(strings.NewReader(s))
	r.Comma = separator(s)
	r.FieldsPerRecord = -1
	r.LazyQuotes = !strict
	var records [][]string
	line := 1
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return records, nil
		}
		if err != nil {
			return nil, broken("%w", err)
		}
		at, _ := r.FieldPos(0)
		for ; line < at && cells >= 0; line++ {
			records = append(records, nil)
			cells--
		}
		for i := range record {
			line += strings.Count(record[i], "\n")
			record[i] = strings.TrimSpace(record[i])
		}
		line++
		for len(record) > 0 && record[len(record)-1] == "" {
			record = record[:len(record)-1]
		}
		records = append(records, record)
		if cells -= len(record) + 1; cells < 0 {
			return nil, fmt.Errorf("too many cells: %w", corpus.ErrTooLarge)
		}
	}
}

// separator is the one of , tab and ; that the first line with text holds most
// outside quotation marks; a comma when it holds none.
func separator(s string) rune {
	line, _, _ := strings.Cut(strings.TrimLeft(s, "\r\n"), "\n")
	count := map[rune]int{}
	quoted := false
	for _, r := range line {
		if r == '"' {
			quoted = !quoted
		} else if !quoted {
			count[r]++
		}
	}
	best := ','
	for _, r := range "\t;" {
		if count[r] > count[best] {
			best = r
		}
	}
	return best
}
