package rules

import (
	"maps"
	"regexp"
	"slices"
	"strings"
)

// dense is the share of the fullest column's different texts from which a
// column speaks of single items; one with fewer groups them.
const dense = 0.7

// layout settles what the columns of a table hold, by their names and, where
// a name such as 考核项目 or 考核内容 says little, by how they are filled: a
// column whose cells are blank or repeated over many rows groups items, one
// that says something else in each row describes them.
func layout(head []Cell, rows [][]Cell) map[int]column {
	cols, ok := header(head)
	if !ok {
		return nil
	}
	for k := range head {
		if _, named := cols[k]; !named && wordy(rows, k) {
			cols[k] = colAny // 怎么看: no usual name, but it says what is asked
		}
	}
	texts := map[int]int{} // column -> how many different texts
	most := 0
	for k, c := range cols {
		if c == colLevel1 || c == colLevel2 || c == colTitle || c == colText || c == colAny {
			texts[k] = distinct(rows, k)
			most = max(most, texts[k])
		}
	}
	if n := numberedRows(rows, cols); n > 0 {
		most = min(most, n)
	}
	if k := numberedNames(rows, cols); k >= 0 {
		cols[k] = colTitle
	}
	full := func(k int) bool { return float64(texts[k]) >= dense*float64(most) }
	var anyGroups, anyItems []int
	for k := range head {
		switch {
		case cols[k] != colAny:
		case full(k):
			anyItems = append(anyItems, k)
		default:
			anyGroups = append(anyGroups, k)
		}
	}
	groups := []column{colLevel1, colLevel2}
	for _, k := range anyGroups {
		for len(groups) > 0 && held(cols, groups[0]) {
			groups = groups[1:]
		}
		if len(groups) == 0 {
			cols[k] = colOther
			continue
		}
		cols[k] = groups[0]
	}
	named := !held(cols, colTitle) && (len(anyItems) > 1 || held(cols, colText))
	if len(anyItems) == 1 && !held(cols, colTitle) && !held(cols, colText) && held(cols, colScore) && !wordy(rows, anyItems[0]) {
		named = true // 考核事项 | 考核标准
	}
	for i, k := range anyItems {
		cols[k] = colText
		if i == 0 && named {
			cols[k] = colTitle
		}
	}
	if !held(cols, colTitle) {
		for k := range head {
			if cols[k] == colLevel2 && full(k) {
				cols[k] = colTitle
			}
		}
	}
	if !held(cols, colTitle) && !anyWordy(rows, cols, colText) && anyWordy(rows, cols, colScore) {
		promote(cols, colText, colTitle) // 评估要点 | 评估标准: short names, and what is asked beside them
	}
	if !held(cols, colText) {
		promote(cols, colScore, colText)
	}
	return cols
}

// anyWordy reports whether a column of a kind is filled with sentences.
func anyWordy(rows [][]Cell, cols map[int]column, c column) bool {
	for k, have := range cols {
		if have == c && wordy(rows, k) {
			return true
		}
	}
	return false
}

func held(cols map[int]column, c column) bool { return hasColumn(cols, c) }

// promote lets the columns of one kind be of another.
func promote(cols map[int]column, from, to column) {
	for k, c := range cols {
		if c == from {
			cols[k] = to
		}
	}
}

// groupsEach reports whether nearly each item has a 二级指标 of its own, which
// then names it.
func groupsEach(rows [][]Cell, cols map[int]column) bool {
	groups, titles := 0, 0
	for k, c := range cols {
		switch c {
		case colLevel2:
			groups = distinct(rows, k)
		case colTitle:
			titles = distinct(rows, k)
		}
	}
	return titles > 0 && float64(groups) >= dense*float64(titles)
}

// distinct counts the different texts in a column, in rows that say more than
// one thing: notes below a table stand alone in theirs.
func distinct(rows [][]Cell, k int) int {
	seen := map[string]bool{}
	for _, row := range rows {
		if k < len(row) && !row[k].Above && filled(row) > 1 {
			if t := oneLine(row[k].Text); t != "" {
				seen[t] = true
			}
		}
	}
	return len(seen)
}

// numberedRows counts the rows that have a number of their own, which are the
// items where there are any: those below a number add to it.
func numberedRows(rows [][]Cell, cols map[int]column) int {
	n := 0
	for _, row := range rows {
		for k, cell := range row {
			if c, ok := cols[k]; ok && c == colNo && !cell.Above && strings.TrimSpace(cell.Text) != "" && filled(row) > 1 {
				n++
			}
		}
	}
	return n
}

// numberedNames is the column of numbered names, if the rows below each add
// numbered points to it: （一）出庭应诉 over （1） and （2）. It is -1 where there
// is none, or the table names its items in another way.
func numberedNames(rows [][]Cell, cols map[int]column) int {
	if held(cols, colTitle) || held(cols, colNo) {
		return -1
	}
	at := slices.Sorted(maps.Keys(cols))
	for _, k := range at {
		if cols[k] != colAny && cols[k] != colLevel2 {
			continue
		}
		names, numbered, below, points := 0, 0, 0, 0
		for _, row := range rows {
			if k >= len(row) || filled(row) < 2 || isTotal(firstOf(row)) || row[k].Above && !slices.ContainsFunc(row, isPoint) {
				continue
			}
			switch t := oneLine(row[k].Text); {
			case t != "" && !row[k].Above:
				names++
				if unnumbered(t) != t {
					numbered++
				}
			default:
				below++
				if slices.ContainsFunc(row, isPoint) {
					points++
				}
			}
		}
		if below >= 3 && 5*numbered >= 4*names && 5*points >= 4*below {
			return k
		}
	}
	return -1
}

var pointNumber = regexp.MustCompile(`^(?:[（(][2-9][）)]|[②-⑨]|[2-9][.．、)）])`)

// isPoint reports whether a cell is a second or later point of a list.
func isPoint(c Cell) bool { return !c.Above && pointNumber.MatchString(oneLine(c.Text)) }

// wordyRunes is the mean length in runes from which the cells of a column are
// sentences.
const wordyRunes = 12

// wordy reports whether a column is filled with sentences.
func wordy(rows [][]Cell, k int) bool {
	n, runes := 0, 0
	for _, row := range rows {
		if k < len(row) && !row[k].Above && filled(row) > 1 && strings.TrimSpace(row[k].Text) != "" {
			n++
			runes += len([]rune(oneLine(row[k].Text)))
		}
	}
	return n > 0 && runes >= wordyRunes*n
}

// filled counts the cells of a row that have a text of their own.
func filled(row []Cell) int {
	n := 0
	for _, c := range row {
		if strings.TrimSpace(c.Text) != "" && !c.Above {
			n++
		}
	}
	return n
}

// inherits reports whether blank cells of a column stand for the one above:
// so it is where the table knows of no merged cells in it, as in a CSV file.
func inherits(rows [][]Cell, cols map[int]column, c column) bool {
	return !slices.ContainsFunc(rows, func(row []Cell) bool {
		for k := range row {
			if cols[k] == c && row[k].Above {
				return true
			}
		}
		return false
	})
}
