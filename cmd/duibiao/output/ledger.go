package output

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"duibiao/ingest/xlsx"
	"duibiao/rules"
)

// Entry is one row of a gap list as it came back: what people filled in about
// one finding.
type Entry struct {
	Sheet string
	Row   int    // of the sheet, from 1
	ID    string // the finding's; "" where the row lost it
	About About  // what the row says that it is about
	Decision
	Office bool   // the row has the column of the reviewer's opinion
	Known  bool   // the row says on which decision it was filled in; Made is that one's time
	Wrong  string // what in the row cannot be taken, a Chinese clause; "" where all can
}

// About is what a row of a gap list is about, in its own words. A column that
// the list does not have, or that was emptied, is "".
type About struct{ Unit, No, Title, Check string }

// String is a for people who must find the row again.
func (a About) String() string {
	return strings.Join(strings.Fields(a.Unit+" "+a.No+" "+a.Check), " ")
}

// Fits reports whether a can be about f. A row whose hidden id belongs to
// another finding is one that was sorted or pasted without it. The office may
// have numbered its indicators anew, or worded one anew, but hardly both.
func (a About) Fits(f rules.Finding) bool {
	other := func(said, is string) bool { return said != "" && said != folded(is) }
	return !other(a.Unit, f.Unit) && !other(a.Check, f.Check) &&
		!(a.No+a.Title != "" && other(a.Title, f.Title) && a.No != folded(f.No))
}

// ErrNotLedger is what ReadLedger wraps when a workbook has no gap list in it.
var ErrNotLedger = fmt.Errorf("no sheet with the columns %s and %s", idTitle, statusTitle)

// ReadLedger reads the gap lists in the workbook at path: all its sheets that
// have the columns 编号 and 销号状态, in whatever order people left them. Rows
// in which nothing stands are left out. The error wraps ErrNotLedger where
// there is no such sheet, or one of those of xlsx.ReadTables.
func ReadLedger(path string) ([]Entry, error) {
	tables, err := xlsx.ReadTables(path)
	if err != nil {
		return nil, err
	}
	var all []Entry
	found := false
	for _, t := range tables {
		for i, row := range t.Rows {
			if columns := columnsOf(row); columns[idTitle] >= 0 && columns[statusTitle] >= 0 {
				found = true
				all = append(all, entries(t, i+1, columns)...)
				break
			}
		}
	}
	if !found {
		return nil, fmt.Errorf("read %s: %w", path, ErrNotLedger)
	}
	return all, nil
}

// columnsOf is where the columns stand in a row of titles; -1 where they do not.
func columnsOf(row []xlsx.Cell) map[string]int {
	columns := map[string]int{}
	for _, title := range []string{"单位", "指标编号", "指标内容", "问题类型", sectionTitle, dueTitle, progressTitle, statusTitle, reviewTitle, noteTitle, idTitle, madeTitle} {
		columns[title] = slices.IndexFunc(row, func(c xlsx.Cell) bool { return folded(c.Text) == title })
	}
	return columns
}

// folded is s without spaces and line breaks, which programs and people put
// into cells.
func folded(s string) string { return strings.Join(strings.Fields(s), "") }

func entries(t xlsx.Table, from int, columns map[string]int) []Entry {
	var list []Entry
	for i, row := range t.Rows[from:] {
		of := func(title string) string {
			if at := columns[title]; at >= 0 {
				return row[at].Text
			}
			return ""
		}
		e := Entry{Sheet: t.Sheet, Row: from + i + 1, ID: of(idTitle), Office: columns[reviewTitle] >= 0}
		e.About = About{folded(of("单位")), folded(of("指标编号")), folded(of("指标内容")), folded(of("问题类型"))}
		e.Section, e.Due, e.Progress = of(sectionTitle), of(dueTitle), of(progressTitle)
		e.Review, e.Note = Review(folded(of(reviewTitle))), of(noteTitle)
		for _, title := range []string{sectionTitle, dueTitle, progressTitle, noteTitle} {
			if slices.Contains(formulaFaults[:], of(title)) {
				e.Wrong = fmt.Sprintf("“%s”一格的公式出错（%s）", title, of(title))
			}
		}
		var known bool
		if e.Status, known = StatusOf(folded(of(statusTitle))); !known && of(statusTitle) != "" {
			e.Wrong = fmt.Sprintf("“%s”不是销号状态，可填：%s", of(statusTitle), strings.Join(Choices(), "、"))
		}
		if e.Review != "" && !slices.Contains(Reviews(), string(e.Review)) {
			e.Wrong = fmt.Sprintf("“%s”不是审查意见，可填：%s", e.Review, strings.Join(Reviews(), "、"))
		}
		e.Made, e.Known = madeTime(of(madeTitle))
		if e.ID == "" && e.Decision == (Decision{}) {
			continue
		}
		list = append(list, e)
	}
	return list
}

// formulaFaults are what a cell shows when its formula has no value.
var formulaFaults = [...]string{"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"}

// madeWord is the time of a decision as the hidden column holds it.
func madeWord(t time.Time) string {
	if t.IsZero() {
		return "0"
	}
	return strconv.FormatInt(t.UnixNano(), 10)
}

func madeTime(word string) (t time.Time, ok bool) {
	n, err := strconv.ParseInt(word, 10, 64)
	switch {
	case err != nil:
		return time.Time{}, false
	case n == 0:
		return time.Time{}, true
	}
	return time.Unix(0, n), true
}
