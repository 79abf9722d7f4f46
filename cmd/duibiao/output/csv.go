package output

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// CSV writes all gaps of r as the sheet 全部 has them, as UTF-8 with the mark
// by which Excel and WPS know it. A text that a program would take for a
// formula gets an apostrophe in front.
func CSV(w io.Writer, r *Report) error {
	r = r.ordered()
	s := gapSheet(r, r.ledger())
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	line := make([]string, len(s.Columns))
	for i, c := range s.Columns {
		line[i] = c.Title
	}
	lines := [][]string{line}
	for _, row := range s.Rows {
		line := make([]string, len(row))
		for i, v := range row {
			line[i] = noFormula(v.Text)
			if v.Numeric {
				line[i] = strconv.FormatFloat(v.Number, 'f', -1, 64)
			}
		}
		lines = append(lines, line)
	}
	if err := out.WriteAll(lines); err != nil {
		return fmt.Errorf("write csv: %w", err)
	}
	return nil
}

func noFormula(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}
