package layout

import (
	"math"
	"slices"
	"unicode"

	"duibiao/corpus"
)

// glyph is one character in reading direction: x grows along the line, y
// downwards from line to line, whatever way the text runs on the page.
type glyph struct {
	r                        rune
	x, y                     float64 // the pen's place on the baseline
	left, right, top, bottom float64
	size                     float64
	angle                    float64 // of the line on the page
	font                     int     // index into Page.Faces
	order                    int     // in which it was drawn
	from                     int     // recognised from line from-1 of Page.Lines; 0 for text of the file
	bad                      bool    // no character, or of a font that gives wrong ones
	hidden                   bool
}

// stroke is a ruling line in reading direction.
type stroke struct{ x0, y0, x1, y1 float64 }

// turned is a page in reading direction.
type turned struct {
	page          *Page
	quarter       int     // turns from the page as it is shown
	vertical      bool    // and one more, for vertical writing
	width, height float64 // in reading direction
	glyphs        []glyph
	aside         []glyph // askew or sideways on the page: watermarks, side notes
	strokes       []stroke
}

const (
	askew    = 10 * math.Pi / 180
	longRule = 0.5 // of the page's width or height
)

// turn brings the page into the direction in which most of its text is read.
// Text in another direction is set aside.
func turn(p *Page) *turned {
	all := p.all()
	t := &turned{page: p, quarter: mainQuarter(all), width: p.Width, height: p.Height}
	if t.quarter%2 == 1 {
		t.width, t.height = t.height, t.width
	}
	t.glyphs = all[:0]
	for i := range all {
		g := all[i]
		t.turnGlyph(&g)
		if quarter(g.angle) != t.quarter {
			t.aside = append(t.aside, g)
			continue
		}
		t.glyphs = append(t.glyphs, g)
	}
	t.strokes = make([]stroke, len(p.Rules))
	for i, l := range p.Rules {
		x0, y0 := t.point(l.X0, l.Y0)
		x1, y1 := t.point(l.X1, l.Y1)
		t.strokes[i] = stroke{min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)}
	}
	if down, across := steps(t.glyphs); down >= 3 && down > 2*across {
		t.setVertical()
	}
	return t
}

// all is every character of the page, those of recognised lines last, at its
// place on the page as it is shown.
func (p *Page) all() []glyph {
	out := make([]glyph, 0, len(p.Glyphs)+32*len(p.Lines))
	for i := range p.Glyphs {
		g := &p.Glyphs[i]
		out = append(out, glyph{r: g.Rune, x: g.X, y: g.Y, left: g.Box.Left, right: g.Box.Right, top: g.Box.Top, bottom: g.Box.Bottom,
			size: g.Size, angle: g.Angle, font: g.Face, order: i, bad: g.Rune == 0xFFFD, hidden: g.Hidden})
	}
	return p.spread(out)
}

// quarter is the direction of a line in quarter turns, or -1 when it is askew.
func quarter(angle float64) int {
	q := math.Round(angle / (math.Pi / 2))
	if math.Abs(angle-q*math.Pi/2) > askew {
		return -1
	}
	return (int(q)%4 + 4) % 4
}

func mainQuarter(glyphs []glyph) int {
	var count [4]int
	for _, g := range glyphs {
		if q := quarter(g.angle); q >= 0 && !unicode.IsSpace(g.r) {
			count[q]++
		}
	}
	best := 0
	for q, n := range count {
		if n > count[best] {
			best = q
		}
	}
	return best
}

// point maps a place on the page as it is shown to reading direction.
func (t *turned) point(x, y float64) (float64, float64) {
	switch t.quarter {
	case 1:
		return t.page.Height - y, x
	case 2:
		return t.page.Width - x, t.page.Height - y
	case 3:
		return y, t.page.Width - x
	}
	return x, y
}

func (t *turned) turnGlyph(g *glyph) {
	if t.quarter == 0 {
		return
	}
	x0, y0 := t.point(g.left, g.top)
	x1, y1 := t.point(g.right, g.bottom)
	g.x, g.y = t.point(g.x, g.y)
	g.left, g.right = min(x0, x1), max(x0, x1)
	g.top, g.bottom = min(y0, y1), max(y0, y1)
}

// shown maps a place in reading direction back to the page as it is shown.
func (t *turned) shown(x, y float64) (float64, float64) {
	if t.vertical {
		x, y = t.height-y, x
	}
	switch t.quarter {
	case 1:
		return y, t.page.Height - x
	case 2:
		return t.page.Width - x, t.page.Height - y
	case 3:
		return t.page.Width - y, x
	}
	return x, y
}

// shownBox maps a box likewise.
func (t *turned) shownBox(left, top, right, bottom float64) corpus.Box {
	x0, y0 := t.shown(left, top)
	x1, y1 := t.shown(right, bottom)
	return corpus.Box{Left: min(x0, x1), Top: min(y0, y1), Right: max(x0, x1), Bottom: max(y0, y1)}
}

// origin is where the characters stand on the page as it is shown, and what
// recognised them.
func (t *turned) origin(gs []glyph) corpus.Origin {
	var o corpus.Origin
	left, top, right, bottom := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	recognised := 0
	for i := range gs {
		g := &gs[i]
		if g.from > 0 {
			l := &t.page.Lines[g.from-1]
			recognised++
			o.By = l.By
			o.Confidence += (l.Confidence - o.Confidence) / float64(recognised)
			if l.Shown != (corpus.Box{}) {
				o.Box = o.Box.Union(l.Shown)
				continue
			}
		}
		left, top, right, bottom = min(left, g.left), min(top, g.top), max(right, g.right), max(bottom, g.bottom)
	}
	if left <= right {
		o.Box = o.Box.Union(t.shownBox(left, top, right, bottom))
	}
	return o
}

// steps counts, in drawing order, how often the next character stands one em
// below and how often it stands one em to the right.
func steps(glyphs []glyph) (down, across int) {
	for i := 1; i < len(glyphs); i++ {
		a, b := &glyphs[i-1], &glyphs[i]
		if !wide(a.r) || !wide(b.r) || a.size <= 0 {
			continue
		}
		dx, dy := (b.x-a.x)/a.size, (b.y-a.y)/a.size
		switch {
		case math.Abs(dx) < 0.3 && dy > 0.6 && dy < 1.2:
			down++
		case math.Abs(dy) < 0.3 && dx > 0.5 && dx < 1.8:
			across++
		}
	}
	return down, across
}

// setVertical turns a page of vertical writing once more, so that its columns,
// which are read from right to left, are lines. Horizontal lines on such a
// page are set aside.
func (t *turned) setVertical() {
	flat := horizontalRuns(t.glyphs)
	top, bottom := t.bodyEdges()
	var upright []glyph
	for i, g := range t.glyphs {
		if flat[i] || g.bottom < top || g.top > bottom {
			t.aside = append(t.aside, g)
			continue
		}
		middle := g.left + min(g.right-g.left, g.size)/2 // boxes of some punctuation reach into the next column
		g.left, g.right, g.top, g.bottom = g.top, g.bottom, t.width-g.right, t.width-g.left
		g.x, g.y = g.left, t.width-middle+0.38*g.size
		upright = append(upright, g)
	}
	t.glyphs = upright
	for i := range t.aside {
		g := &t.aside[i]
		g.x, g.y = g.y, t.width-g.x
		g.left, g.right, g.top, g.bottom = g.top, g.bottom, t.width-g.right, t.width-g.left
	}
	for i, l := range t.strokes {
		t.strokes[i] = stroke{l.y0, t.width - l.x1, l.y1, t.width - l.x0}
	}
	t.width, t.height, t.vertical = t.height, t.width, true
}

// bodyEdges are the places of ruling lines right across the page that stand
// between its text and a page header or footer.
func (t *turned) bodyEdges() (top, bottom float64) {
	top, bottom = 0, t.height
	for _, l := range t.strokes {
		if l.y0 != l.y1 || l.x1-l.x0 < longRule*t.width {
			continue
		}
		if l.y0 < edge*t.height {
			top = max(top, l.y0)
		}
		if l.y0 > (1-edge)*t.height {
			bottom = min(bottom, l.y0)
		}
	}
	return top, bottom
}

// cuts are the places of ruling lines that run down most of the page, unless
// there are too many to stand between columns.
func (t *turned) cuts() []float64 {
	var out []float64
	for _, l := range t.strokes {
		if l.x0 == l.x1 && l.y1-l.y0 > longRule*t.height {
			out = append(out, l.x0)
		}
	}
	const most = 8
	if out = distinct(out); len(out) > most {
		return nil
	}
	return out
}

// horizontalRuns marks the characters of runs of at least four that go to the
// right on a page that otherwise goes down.
func horizontalRuns(glyphs []glyph) []bool {
	flat := make([]bool, len(glyphs))
	start := 0
	for i := 1; i <= len(glyphs); i++ {
		if i < len(glyphs) && across(&glyphs[i-1], &glyphs[i]) {
			continue
		}
		if i-start >= 4 {
			for j := start; j < i; j++ {
				flat[j] = true
			}
		}
		start = i
	}
	return flat
}

func across(a, b *glyph) bool {
	dx, dy := (b.x-a.x)/max(a.size, 1), (b.y-a.y)/max(a.size, 1)
	return math.Abs(dy) < 0.3 && dx > 0.15 && dx < 3
}

// wide reports whether r takes a full square, as Chinese characters and their
// punctuation do.
func wide(r rune) bool {
	return r >= 0x2E80 && r < 0xD7B0 || r >= 0xF900 && r < 0xFB00 || r >= 0xFE30 && r < 0xFE50 ||
		r >= 0xFF00 && r < 0xFF61 || r >= 0x20000 && r < 0x40000
}

// letter reports whether r belongs to a word written with letters or digits.
func letter(r rune) bool { return !wide(r) && (unicode.IsLetter(r) || unicode.IsDigit(r)) }

// clean normalises the characters and drops those that cannot be seen twice:
// doubled to look bold or shadowed, or off the page.
func (t *turned) clean() {
	seen := map[uint64][]int{} // by character and place
	cell := func(r rune, x, y int) uint64 {
		return uint64(r)<<40 | uint64(x&0xFFFFF)<<20 | uint64(y&0xFFFFF)
	}
	kept := t.glyphs[:0]
	for _, g := range t.glyphs {
		g.r = ordinary(g.r)
		if t.outside(&g) || g.r == 0xAD || g.r == 0xFEFF || g.r >= 0x200B && g.r <= 0x200F {
			continue
		}
		if g.size <= 0 {
			g.size = max(g.bottom-g.top, 1)
		}
		if unicode.IsSpace(g.r) {
			kept = append(kept, g)
			continue
		}
		near := 0.2 * g.size
		if w := g.right - g.left; w > 0 {
			near = min(near, w/2)
		}
		const grid = 4.0
		x, y := int(math.Floor(g.left/grid)), int(math.Floor(g.y/grid))
		twice := false
		for i := 0; i < 9 && !twice; i++ {
			twice = slices.ContainsFunc(seen[cell(g.r, x+i/3-1, y+i%3-1)], func(i int) bool {
				return kept[i].r == g.r && math.Abs(kept[i].left-g.left) < near && math.Abs(kept[i].y-g.y) < near
			})
		}
		if twice {
			continue
		}
		at := cell(g.r, x, y)
		seen[at] = append(seen[at], len(kept))
		kept = append(kept, g)
	}
	over := overprinted(kept)
	t.glyphs = t.glyphs[:0]
	for i, g := range kept {
		if over[i] {
			t.aside = append(t.aside, g)
		} else {
			t.glyphs = append(t.glyphs, g)
		}
	}
	kept = t.glyphs
	for i := range kept {
		g := &kept[i]
		if sign(g.r) && (bulletFont(faceOf(g, t.page.Faces).Name) || bullet(kept, i)) {
			g.r = '•'
		}
	}
}

// outside reports whether nothing of g can be seen on the page.
func (t *turned) outside(g *glyph) bool {
	if t.width <= 0 || t.height <= 0 {
		return false
	}
	x, y := (g.left+g.right)/2, (g.top+g.bottom)/2
	return x < -2 || y < -2 || x > t.width+2 || y > t.height+2
}
