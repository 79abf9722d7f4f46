package layout

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
)

// piece is a run of characters on one baseline without a wide gap in it.
type piece struct {
	glyphs []glyph // from left to right; spaces only between others
	left   float64
	right  float64
	base   float64 // the baseline
	size   float64 // of most of its characters
	row    int     // pieces of one row stand on one baseline
}

const (
	pieceGap = 0.9 // em: a wider gap begins a new piece
	spaceGap = 1.8 // em: so does a wider one that the author has filled with spaces
	rowReach = 0.5 // em: how far characters of one row may stray from its baseline

	raisedSize  = 0.75 // of the line's size: a note number is smaller
	raisedReach = 0.6  // em of the line: it is not raised higher
)

// pieces groups the characters of a page, or of one table cell, into rows from
// top to bottom and each row into pieces from left to right.
func pieces(glyphs []glyph) []piece {
	gs := slices.Clone(glyphs)
	slices.SortStableFunc(gs, func(a, b glyph) int { return cmp.Compare(a.y, b.y) })
	var out []piece
	row := 0
	for from := 0; from < len(gs); row++ {
		to := rowEnd(gs, from)
		line := gs[from:to]
		slices.SortStableFunc(line, func(a, b glyph) int { return cmp.Compare(a.left, b.left) })
		out = append(out, splitRow(line, row)...)
		from = to
	}
	return out
}

// rowEnd finds where the row that begins at from ends. The baseline of a row
// is that of its tallest character so far, so that a raised note number on top
// of a line does not begin a row of its own.
func rowEnd(gs []glyph, from int) int {
	base, size := gs[from].y, gs[from].size
	to := from + 1
	for ; to < len(gs); to++ {
		g := &gs[to]
		reach := rowReach * math.Min(size, g.size)
		if g.size < raisedSize*size || size < raisedSize*g.size {
			reach = raisedReach * math.Max(size, g.size)
		}
		if g.y-base > reach {
			break
		}
		if g.size > 1.2*size {
			base, size = g.y, g.size
		}
	}
	return to
}

func splitRow(line []glyph, row int) []piece {
	var out []piece
	start, right, limit := 0, math.Inf(-1), pieceGap
	for i := range line {
		g := &line[i]
		if unicode.IsSpace(g.r) {
			limit = spaceGap
			continue
		}
		if i > start && g.left-right > limit*g.size {
			out = appendPiece(out, line[start:i], row)
			start, right = i, math.Inf(-1)
		}
		right, limit = max(right, inkRight(g)), pieceGap
	}
	return appendPiece(out, line[start:], row)
}

// inkRight is where what is drawn of g ends: a full stop or comma fills only
// the left half of its square and may hang into the gap between two columns.
func inkRight(g *glyph) float64 {
	if strings.ContainsRune("，。、；：！？", g.r) && g.right-g.left > 0.8*g.size {
		return g.left + 0.5*g.size
	}
	return g.right
}

func appendPiece(out []piece, gs []glyph, row int) []piece {
	for len(gs) > 0 && unicode.IsSpace(gs[0].r) {
		gs = gs[1:]
	}
	for len(gs) > 0 && unicode.IsSpace(gs[len(gs)-1].r) {
		gs = gs[:len(gs)-1]
	}
	if len(gs) == 0 {
		return out
	}
	p := piece{glyphs: gs, left: math.Inf(1), right: math.Inf(-1), row: row}
	p.size = mainSize(gs)
	bases := make([]float64, 0, len(gs))
	for i := range gs {
		p.left, p.right = min(p.left, gs[i].left), max(p.right, gs[i].right)
		if gs[i].size > 0.8*p.size {
			bases = append(bases, gs[i].y)
		}
	}
	slices.Sort(bases)
	p.base = bases[len(bases)/2]
	p.raise()
	return append(out, p)
}

// raise writes small digits that stand high in the line as the superscripts
// they are, so that a note number does not become part of the figure before it.
func (p *piece) raise() {
	const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹"
	for i := range p.glyphs {
		g := &p.glyphs[i]
		if g.r >= '0' && g.r <= '9' && g.size < raisedSize*p.size && p.base-g.y > 0.15*p.size {
			g.r = []rune(superscripts)[g.r-'0']
		}
	}
}

// mainSize is the size of most characters; of two as frequent, the larger.
func mainSize(gs []glyph) float64 {
	sizes := make([]float64, 0, len(gs))
	for i := range gs {
		if !unicode.IsSpace(gs[i].r) {
			sizes = append(sizes, math.Round(gs[i].size*10)/10)
		}
	}
	return mode(sizes, gs[0].size)
}

// mode is the most frequent value, the largest of several; or otherwise.
func mode(values []float64, otherwise float64) float64 {
	slices.Sort(values)
	best, most := otherwise, 0
	for i := 0; i < len(values); {
		j := i
		for j < len(values) && values[j] == values[i] {
			j++
		}
		if j-i >= most {
			best, most = values[i], j-i
		}
		i = j
	}
	return best
}

// line is one line of text in its column.
type line struct {
	text   string
	glyphs []glyph
	left   float64
	right  float64
	base   float64
	size   float64
	bold   bool   // all of it
	font   string // of most characters
	cells  int    // pieces it is made of
	starts []float64
	ends   []float64
}

// faceOf is the font of g, or one without a name.
func faceOf(g *glyph, faces []Face) Face {
	if g.font < 0 || g.font >= len(faces) {
		return Face{}
	}
	return faces[g.font]
}

// joinPieces makes a line of the pieces of one row.
func joinPieces(row []piece, faces []Face) line {
	l := line{left: row[0].left, right: row[0].right, cells: len(row)}
	var b strings.Builder
	for i, p := range row {
		if i > 0 && p.left-row[i-1].right <= pieceGap*p.size {
			l.cells--
			l.ends[len(l.ends)-1] = p.right
		} else {
			l.starts, l.ends = append(l.starts, p.left), append(l.ends, p.right)
			if i > 0 {
				b.WriteByte(' ')
			}
		}
		b.WriteString(pieceText(p.glyphs))
		l.glyphs = append(l.glyphs, p.glyphs...)
		l.left, l.right = min(l.left, p.left), max(l.right, p.right)
	}
	l.text = b.String()
	counts := map[int]int{}
	bold := 0
	for i := range l.glyphs {
		g := &l.glyphs[i]
		counts[g.font]++
		if faceOf(g, faces).Bold {
			bold++
		}
	}
	l.bold = bold == len(l.glyphs)
	best := -1
	for font := range faces {
		if counts[font] > 0 && (best < 0 || counts[font] > counts[best]) {
			best = font
		}
	}
	if best >= 0 {
		l.font = faces[best].Name
	}
	l.size = mainSize(l.glyphs)
	l.base = row[0].base
	for _, p := range row {
		if p.size == l.size {
			l.base = p.base
			break
		}
	}
	return l
}

// pieceText writes a piece with the spaces that a reader sees in it.
func pieceText(gs []glyph) string {
	var b strings.Builder
	space := false
	for i := range gs {
		g := &gs[i]
		if unicode.IsSpace(g.r) {
			space = true
			continue
		}
		if i > 0 {
			prev := &gs[i-1]
			gap := g.left - prev.right
			if space && (gap > -0.5*g.size) || !space && letter(prev.r) && letter(g.r) && gap > 0.2*g.size {
				b.WriteByte(' ')
			}
		}
		space = false
		if lostRune(g.r) {
			g.r = 0xFFFD
		}
		b.WriteRune(g.r)
	}
	return b.String()
}
