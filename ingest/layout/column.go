package layout

import (
	"cmp"
	"slices"
)

const (
	columnRows = 4   // rows that a column must have at least
	gutter     = 0.3 // em before a column that its neighbour must leave free
	columnEms  = 6   // em that most lines of a column must fill
	columnFill = 0.6 // share of the column that most of its lines must fill
	ruledFill  = 0.4 // the same where a ruling line stands between the columns
)

// columns divides the pieces of a page, which come row by row, into regions in
// reading order: what stands above columns, the columns from left to right,
// what stands below. cuts are the places of long ruling lines, which often
// stand between columns. Cells of a table without lines stay in their rows:
// they are short, while the lines of a column fill it.
func columns(ps []piece, cuts []float64) [][]piece {
	if len(ps) < 2*columnRows {
		return [][]piece{ps}
	}
	em := pieceSize(ps)
	for _, x := range cuts {
		if out := divide(ps, gap{x + 0.5*em, x, ruledFill}, em, cuts); out != nil {
			return out
		}
	}
	for _, x := range columnStarts(ps, em) {
		if out := divide(ps, gap{x - gutter*em, x - 0.5*em, columnFill}, em, cuts); out != nil {
			return out
		}
	}
	return [][]piece{ps}
}

// gap is the room between two columns: pieces of the left one end before
// right, pieces of the right one begin at left or after it, and most lines fill
// a share of their column.
type gap struct{ right, left, fill float64 }

func pieceSize(ps []piece) float64 {
	sizes := make([]float64, len(ps))
	for i, p := range ps {
		sizes[i] = p.size
	}
	return mode(sizes, ps[0].size)
}

// columnStarts gives the places at which several pieces begin, those with the
// most pieces first.
func columnStarts(ps []piece, em float64) []float64 {
	lefts := make([]float64, len(ps))
	for i, p := range ps {
		lefts[i] = p.left
	}
	slices.Sort(lefts)
	type start struct {
		x float64
		n int
	}
	var starts []start
	for i := 0; i < len(lefts); {
		j := i
		for j < len(lefts) && lefts[j]-lefts[i] < 0.5*em {
			j++
		}
		if j-i >= columnRows && lefts[i] > lefts[0]+columnEms*em {
			starts = append(starts, start{lefts[i], j - i})
		}
		i = j
	}
	slices.SortStableFunc(starts, func(a, b start) int { return cmp.Compare(b.n, a.n) })
	const tries = 6
	out := make([]float64, 0, tries)
	for _, s := range starts[:min(len(starts), tries)] {
		out = append(out, s.x)
	}
	return out
}

// divide cuts the pieces at the gap wherever enough rows leave it free and both
// sides look like columns of text; nil when there is no such place.
func divide(ps []piece, at gap, em float64, cuts []float64) [][]piece {
	var out [][]piece
	found := false
	flush := func(run []piece) {
		if len(run) > 0 {
			out = append(out, run)
		}
	}
	var single, band []piece
	endBand := func() {
		left, right := sides(band, at)
		if isColumn(left, em, at.fill) && isColumn(right, em, at.fill) {
			flush(single)
			single, found = nil, true
			out = append(out, columns(left, cuts)...)
			out = append(out, columns(right, cuts)...)
		} else {
			single = append(single, band...)
		}
		band = nil
	}
	for from := 0; from < len(ps); {
		to := from
		crossing := false
		for ; to < len(ps) && ps[to].row == ps[from].row; to++ {
			crossing = crossing || ps[to].left < at.left && ps[to].right > at.right
		}
		if crossing {
			endBand()
			single = append(single, ps[from:to]...)
		} else {
			band = append(band, ps[from:to]...)
		}
		from = to
	}
	endBand()
	flush(single)
	if !found {
		return nil
	}
	return out
}

func sides(ps []piece, at gap) (left, right []piece) {
	for _, p := range ps {
		if p.left < at.left {
			left = append(left, p)
		} else {
			right = append(right, p)
		}
	}
	return left, right
}

// isColumn reports whether the pieces are lines that mostly fill one column.
func isColumn(ps []piece, em, fill float64) bool {
	var widths []float64
	widest := 0.0
	for from := 0; from < len(ps); {
		to := from
		left, right := ps[from].left, ps[from].right
		for ; to < len(ps) && ps[to].row == ps[from].row; to++ {
			left, right = min(left, ps[to].left), max(right, ps[to].right)
		}
		widths = append(widths, right-left)
		widest = max(widest, right-left)
		from = to
	}
	if len(widths) < columnRows {
		return false
	}
	slices.Sort(widths)
	middle := widths[len(widths)/2]
	return middle >= columnEms*em && middle >= fill*widest
}
