package layout

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"duibiao/corpus"
)

// table is a grid of ruling lines with what stands in its cells.
type table struct {
	left, top, right, bottom float64
	rows                     []tableRow
}

// tableRow is one row; a cell that spans several rows has its text in the
// first of them and is empty in the others.
type tableRow struct {
	cells  []string
	origin corpus.Origin
}

const (
	maxCells = 20000
	thin     = 3.0  // points: pieces of a line may be so far apart
	touch    = 3.0  // points: lines that come this near to each other meet
	maxRules = 4000 // ruling lines of a page; a drawing has more
)

// ruledTables finds the tables of a page and takes the characters in them out
// of t.glyphs.
func (t *turned) ruledTables() []table {
	across, down := t.rules()
	if len(across) < 1 || len(down) < 2 || len(across)+len(down) > maxRules {
		return nil
	}
	var out []table
	for _, g := range grids(across, down) {
		if g.columns() < 2 && g.lines() < 3 || g.columns() < 1 || g.lines() < 2 || g.columns()*(g.lines()-1) < 2 || g.columns()*g.lines() > maxCells {
			continue
		}
		inside := t.takeInside(g)
		out = append(out, t.fill(g, inside))
	}
	return out
}

// rules are the ruling lines, pieces of one line joined, sorted.
func (t *turned) rules() (across, down []stroke) {
	for _, l := range t.strokes {
		if l.x1-l.x0 >= l.y1-l.y0 {
			across = append(across, l)
		} else {
			down = append(down, stroke{l.y0, l.x0, l.y1, l.x1}) // with x and y exchanged
		}
	}
	across, down = joinRules(across), joinRules(down)
	for i, l := range down {
		down[i] = stroke{l.y0, l.x0, l.y1, l.x1}
	}
	return across, down
}

// joinRules joins horizontal lines at one height that touch or overlap.
func joinRules(ls []stroke) []stroke {
	slices.SortFunc(ls, func(a, b stroke) int {
		return cmp.Or(cmp.Compare(math.Round(a.y0), math.Round(b.y0)), cmp.Compare(a.x0, b.x0), cmp.Compare(a.x1, b.x1))
	})
	var out []stroke
	for _, l := range ls {
		if n := len(out); n > 0 && math.Abs(out[n-1].y0-l.y0) < thin && l.x0 <= out[n-1].x1+touch {
			out[n-1].x1 = max(out[n-1].x1, l.x1)
			continue
		}
		out = append(out, l)
	}
	return out
}

// grid is a set of ruling lines that hang together.
type grid struct {
	across, down []stroke
	xs, ys       []float64
}

func (g *grid) columns() int { return len(g.xs) - 1 }
func (g *grid) lines() int   { return len(g.ys) }

// grids groups lines that meet.
func grids(across, down []stroke) []grid {
	group := make([]int, len(across)+len(down))
	for i := range group {
		group[i] = i
	}
	root := func(i int) int {
		for group[i] != i {
			group[i] = group[group[i]]
			i = group[i]
		}
		return i
	}
	for i, a := range across {
		for j, d := range down {
			if a.x0-touch <= d.x0 && d.x0 <= a.x1+touch && d.y0-touch <= a.y0 && a.y0 <= d.y1+touch {
				group[root(len(across)+j)] = root(i)
			}
		}
	}
	at := map[int]int{}
	var out []grid
	for i := range group {
		r := root(i)
		k, ok := at[r]
		if !ok {
			k = len(out)
			at[r] = k
			out = append(out, grid{})
		}
		if i < len(across) {
			out[k].across = append(out[k].across, across[i])
			out[k].ys = append(out[k].ys, across[i].y0)
		} else {
			d := down[i-len(across)]
			out[k].down = append(out[k].down, d)
			out[k].xs = append(out[k].xs, d.x0)
		}
	}
	for i := range out {
		out[i].xs = distinct(out[i].xs)
		out[i].close()
		out[i].ys = distinct(out[i].ys)
	}
	slices.SortStableFunc(out, func(a, b grid) int { return cmp.Compare(first(a.ys), first(b.ys)) })
	return out
}

// close adds the edges that are missing where a row is broken by the end of the
// page: its upright lines go on beyond the last that runs across.
func (g *grid) close() {
	if len(g.xs) < 3 || len(g.ys) == 0 {
		return
	}
	top, bottom := slices.Min(g.ys), slices.Max(g.ys)
	above, below := top, bottom
	const row = 10.0 // points that a row takes at least
	ups, downs := 0, 0
	for _, l := range g.down {
		if l.y0 < top-row {
			above = min(above, l.y0)
			ups++
		}
		if l.y1 > bottom+row {
			below = max(below, l.y1)
			downs++
		}
	}
	left, right := g.xs[0], g.xs[len(g.xs)-1]
	if ups >= 3 {
		g.ys, g.across = append(g.ys, above), append(g.across, stroke{left, above, right, above})
	}
	if downs >= 3 {
		g.ys, g.across = append(g.ys, below), append(g.across, stroke{left, below, right, below})
	}
}

func first(v []float64) float64 {
	if len(v) == 0 {
		return 0
	}
	return v[0]
}

// distinct sorts places and drops those that are nearly the same.
func distinct(v []float64) []float64 {
	slices.Sort(v)
	out := v[:0]
	for _, x := range v {
		if len(out) == 0 || x-out[len(out)-1] > touch {
			out = append(out, x)
		}
	}
	return out
}

// takeInside moves the characters inside the grid from the page.
func (t *turned) takeInside(g grid) []glyph {
	left, right, top, bottom := g.xs[0], g.xs[len(g.xs)-1], g.ys[0], g.ys[len(g.ys)-1]
	var inside []glyph
	rest := make([]glyph, 0, len(t.glyphs))
	for _, c := range t.glyphs {
		x, y := (c.left+c.right)/2, (c.top+c.bottom)/2
		if left < x && x < right && top < y && y < bottom {
			inside = append(inside, c)
		} else {
			rest = append(rest, c)
		}
	}
	t.glyphs = rest
	return inside
}

// fill puts the characters into the cells and reads each cell.
func (t *turned) fill(g grid, inside []glyph) table {
	rows, cols := g.lines()-1, g.columns()
	cell := g.cells(rows, cols)
	in := make([][]glyph, rows*cols)
	for _, c := range inside {
		x, y := (c.left+c.right)/2, (c.top+c.bottom)/2
		i := min(max(upper(g.ys, y)-1, 0), rows-1)
		j := min(max(upper(g.xs, x)-1, 0), cols-1)
		k := cell[i*cols+j]
		in[k] = append(in[k], c)
	}
	out := table{left: g.xs[0], right: g.xs[cols], top: g.ys[0], bottom: g.ys[rows]}
	for i := range rows {
		var row tableRow
		var all []glyph
		for j := range cols {
			k := cell[i*cols+j]
			if j > 0 && k == cell[i*cols+j-1] {
				continue // the same cell, spanning columns
			}
			text := ""
			if k == i*cols+j {
				text = cellText(in[k], t.page.Faces)
				all = append(all, in[k]...)
			}
			row.cells = append(row.cells, text)
		}
		row.origin = t.origin(all)
		out.rows = append(out.rows, row)
	}
	return out
}

// cells gives each place of the grid the number of the place at the top left
// of its cell: places without a line between them are one cell.
func (g grid) cells(rows, cols int) []int {
	cell := make([]int, rows*cols)
	for i := range rows {
		y0, y1 := g.ys[i], g.ys[i+1]
		for j := range cols {
			k := i*cols + j
			cell[k] = k
			x0, x1 := g.xs[j], g.xs[j+1]
			switch {
			case j > 0 && !covers(g.down, x0, y0, y1, true):
				cell[k] = cell[k-1]
			case i > 0 && !covers(g.across, y0, x0, x1, false):
				cell[k] = cell[k-cols]
			}
		}
	}
	return cell
}

// covers reports whether one of the lines at place runs along most of the way
// from a to b.
func covers(ls []stroke, place, a, b float64, down bool) bool {
	for _, l := range ls {
		at, from, to := l.y0, l.x0, l.x1
		if down {
			at, from, to = l.x0, l.y0, l.y1
		}
		if math.Abs(at-place) <= touch && math.Min(to, b)-math.Max(from, a) > 0.5*(b-a) {
			return true
		}
	}
	return false
}

// upper is the number of places not above v.
func upper(places []float64, v float64) int {
	i, _ := slices.BinarySearchFunc(places, v, func(p, v float64) int {
		if p <= v {
			return -1
		}
		return 1
	})
	return i
}

// cellText reads a cell: its lines joined as those of one paragraph.
func cellText(gs []glyph, faces []Face) string {
	var b strings.Builder
	for _, l := range rowsOf(pieces(gs), faces) {
		joinText(&b, l.text)
	}
	return b.String()
}
