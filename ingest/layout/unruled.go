package layout

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Tables drawn without ruling lines are known by the empty gutters between
// their columns.
const (
	leastGutter = 0.4  // em between two columns
	leastRows   = 3    // rows that have three cells
	pairRows    = 4    // rows that have two, where there are but two columns
	pairGutter  = 1.5  // em between those two
	farRow      = 3.5  // em from one line of a table to the next, at most
	fullCell    = 1.5  // em that a cell's line may leave free when it goes on below
	rowStep     = 1.15 // times the distance of lines in a row is the distance of rows, at least
	rowSteps    = 8    // distances looked at
	mostLines   = 300  // of one table on one page
	mostCells   = 60   // of one line
	clearRows   = 0.8  // share of the rows that must have one first cell
)

// span is what a cell or a column takes of the line.
type span struct{ left, right float64 }

// gridless is a table without ruling lines that begins with the first of some
// lines.
type gridless struct {
	lines   []line
	columns []span
}

// unruled finds the table that the first lines make, or nil.
func unruled(ls []line) *gridless {
	if len(ls) < leastRows || ls[0].cells < 2 {
		return nil
	}
	t := &gridless{}
	for n := 1; n <= min(len(ls), mostLines); n++ {
		if n > 1 && !ls[n-1].below(&ls[n-2]) {
			break
		}
		columns, merged := addCells(t.columns, &ls[n-1])
		check := ls[n-1 : n]
		if merged {
			check = ls[:n]
		}
		if ls[n-1].cells > mostCells || !apart(check, columns) {
			break
		}
		t.lines, t.columns = ls[:n], columns
	}
	if len(t.lines) == 0 {
		return nil
	}
	t.trim()
	t.takeHead()
	if !t.plausible() {
		return nil
	}
	return t
}

// addCells is columns with room for the cells of one more line, and whether
// two of them have become one.
func addCells(columns []span, l *line) (out []span, merged bool) {
	all := slices.Clone(columns)
	for k := range l.starts {
		all = append(all, span{l.starts[k], l.ends[k]})
	}
	slices.SortFunc(all, func(a, b span) int { return cmp.Compare(a.left, b.left) })
	for _, s := range all {
		if n := len(out); n > 0 && s.left < out[n-1].right+leastGutter*l.size {
			out[n-1].right = max(out[n-1].right, s.right)
		} else {
			out = append(out, s)
		}
	}
	for i := 1; i < len(columns); i++ {
		merged = merged || columnAt(out, columns[i].left) == columnAt(out, columns[i-1].left)
	}
	return out, merged
}

// apart reports whether no two cells of a line stand in one column.
func apart(ls []line, columns []span) bool {
	for i := range ls {
		last := -1
		for _, left := range ls[i].starts {
			at := columnAt(columns, left)
			if at == last {
				return false
			}
			last = at
		}
	}
	return true
}

func columnAt(columns []span, x float64) int {
	return slices.IndexFunc(columns, func(c span) bool { return x <= c.right })
}

// below reports whether l may be the next line of the table after p.
func (l *line) below(p *line) bool {
	step := l.base - p.base
	return step > 0 && step <= farRow*l.size && l.size < 1.1*p.size && l.size > 0.9*p.size
}

// takeHead joins a column that holds nothing but the heading of the one beside
// it, which happens where they are not aligned alike.
func (t *gridless) takeHead() {
	for c := len(t.columns) - 1; c > 0; c-- {
		a, b := t.in(c-1), t.in(c)
		if len(a) == 1 && a[0] < b[0] || len(b) == 1 && b[0] < a[0] {
			t.columns[c-1].right = t.columns[c].right
			t.columns = slices.Delete(t.columns, c, c+1)
		}
	}
}

// in are the lines that have a cell in column c.
func (t *gridless) in(c int) []int {
	var out []int
	for i := range t.lines {
		if t.has(i, c) {
			out = append(out, i)
		}
	}
	return out
}

// has reports whether line i has a cell in column c.
func (t *gridless) has(i, c int) bool {
	return slices.ContainsFunc(t.lines[i].starts, func(x float64) bool { return columnAt(t.columns, x) == c })
}

// plausible reports whether the rows are enough for a table and no table of
// contents.
func (t *gridless) plausible() bool {
	if len(t.columns) < 2 {
		return false
	}
	full, rows := 0, t.rows()
	for i := 1; i < len(rows); i++ {
		if t.filled(rows[i-1], rows[i]) >= min(3, len(t.columns)) {
			full++
		}
	}
	if len(t.columns) > 2 {
		return full >= leastRows
	}
	return full >= pairRows && t.columns[1].left-t.columns[0].right > pairGutter*t.lines[0].size && !t.contents()
}

// filled counts the columns in which the lines have cells.
func (t *gridless) filled(from, to int) int {
	in := make([]bool, len(t.columns))
	n := 0
	for i := from; i < to; i++ {
		for _, x := range t.lines[i].starts {
			if c := columnAt(t.columns, x); !in[c] {
				in[c] = true
				n++
			}
		}
	}
	return n
}

// contents reports whether the lines are headings with the numbers of their
// pages.
func (t *gridless) contents() bool {
	last := 0
	for i := range t.lines {
		words := strings.Fields(t.lines[i].text)
		n, err := strconv.Atoi(words[len(words)-1])
		if err != nil || n < last {
			return false
		}
		last = n
	}
	return numbering.MatchString(t.lines[0].text)
}

func (t *gridless) extent() span { return span{t.columns[0].left, t.columns[len(t.columns)-1].right} }

// trim leaves out what stands below the table: single cells further away than
// its lines are from each other.
func (t *gridless) trim() {
	gaps := t.gaps()
	for n := len(t.lines); n > 1 && t.lines[n-1].cells == 1 && gaps[n-2] > 1.3*slices.Min(gaps); n-- {
		t.lines = t.lines[:n-1]
	}
}

// gaps are the distances from each line to the next.
func (t *gridless) gaps() []float64 {
	var out []float64
	for i := 1; i < len(t.lines); i++ {
		out = append(out, t.lines[i].base-t.lines[i-1].base)
	}
	return out
}

// rows gives the number of the first line of each row, and the number of lines
// at the end. A row is more than one line where a cell is wrapped. Where rows
// stand further apart than the lines in them, the distance tells; it is the one
// by which most rows have one first cell each.
func (t *gridless) rows() []int {
	gaps := t.gaps()
	sorted := slices.Clone(gaps)
	slices.Sort(sorted)
	limits := []float64{0}
	for i := 1; i < len(sorted) && len(limits) < rowSteps; i++ {
		if sorted[i] > rowStep*sorted[i-1] {
			limits = append(limits, (sorted[i]+sorted[i-1])/2)
		}
	}
	var best []int
	score := 0.0
	for _, limit := range limits {
		starts := []int{0}
		for i, g := range gaps {
			if g > limit {
				starts = append(starts, i+1)
			}
		}
		starts = append(starts, len(t.lines))
		if s := t.clear(starts); s > score {
			best, score = starts, s
		}
	}
	if score < clearRows {
		return t.wrapped()
	}
	return best
}

// clear is the share of the rows that have exactly one first cell.
func (t *gridless) clear(starts []int) float64 {
	n := 0
	for i := 1; i < len(starts); i++ {
		firsts := 0
		for k := starts[i-1]; k < starts[i]; k++ {
			if t.first(k) {
				firsts++
			}
		}
		if firsts == 1 {
			n++
		}
	}
	return float64(n) / float64(len(starts)-1)
}

// first reports whether line i has a cell in the first column.
func (t *gridless) first(i int) bool { return t.has(i, 0) }

// wrapped begins a row with every line but those that only go on with cells
// that fill their columns in the line before.
func (t *gridless) wrapped() []int {
	var starts []int
	for i := range t.lines {
		if i == 0 || t.first(i) || !t.goesOn(i) {
			starts = append(starts, i)
		}
	}
	return append(starts, len(t.lines))
}

func (t *gridless) goesOn(i int) bool {
	above := &t.lines[i-1]
	for _, left := range t.lines[i].starts {
		c := columnAt(t.columns, left)
		at := slices.IndexFunc(above.starts, func(x float64) bool { return columnAt(t.columns, x) == c })
		if at < 0 || t.columns[c].right-above.ends[at] > fullCell*above.size {
			return false
		}
	}
	return true
}

// row puts the cells of lines from to to together, with their characters.
func (t *gridless) row(from, to int) (cells []string, gs []glyph) {
	text := make([]strings.Builder, len(t.columns))
	for i := from; i < to; i++ {
		l := &t.lines[i]
		done := 0
		for k, left := range l.starts {
			end := len(l.glyphs)
			if k+1 < len(l.starts) {
				end = done
				for end < len(l.glyphs) && l.glyphs[end].left < l.starts[k+1] {
					end++
				}
			}
			joinText(&text[columnAt(t.columns, left)], pieceText(l.glyphs[done:end]))
			done = end
		}
		gs = append(gs, l.glyphs...)
	}
	for i := range text {
		cells = append(cells, text[i].String())
	}
	return cells, gs
}
