package pdf

import (
	"math"
	"slices"
	"unicode"
)

// turned is a page in reading direction: x grows along the line, y downwards
// from line to line, whatever way the text runs on the sheet.
type turned struct {
	sheet
	aside []glyph // askew or sideways on the page: watermarks, side notes
}

const askew = 10 * math.Pi / 180

// turn brings the page into the direction in which most of its text is read.
// Text in another direction is set aside.
func turn(s *sheet) *turned {
	q := mainQuarter(s.glyphs)
	t := &turned{sheet: *s}
	t.glyphs = nil
	for _, g := range s.glyphs {
		if quarter(g.angle) != q {
			t.aside = append(t.aside, g)
			continue
		}
		t.glyphs = append(t.glyphs, s.turnGlyph(g, q))
	}
	t.strokes = make([]stroke, len(s.strokes))
	for i, l := range s.strokes {
		x0, y0 := s.turnPoint(l.x0, l.y0, q)
		x1, y1 := s.turnPoint(l.x1, l.y1, q)
		t.strokes[i] = stroke{min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)}
	}
	if q%2 == 1 {
		t.width, t.height = s.height, s.width
	}
	if down, across := steps(t.glyphs); down >= 3 && down > 2*across {
		t.setVertical()
	}
	return t
}

// quarter is the direction of a line in quarter turns, or -1 when it is askew.
func quarter(angle float64) int {
	q := math.Round(angle / (math.Pi / 2))
	if math.Abs(angle-q*math.Pi/2) > askew {
		return -1
	}
	return (int(q) + 4) % 4
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

// turnPoint maps a point of the sheet, y upwards, to reading direction.
func (s *sheet) turnPoint(x, y float64, q int) (float64, float64) {
	x, y = x-s.left, y-s.bottom
	switch q {
	case 1:
		return y, x
	case 2:
		return s.width - x, y
	case 3:
		return s.height - y, s.width - x
	}
	return x, s.height - y
}

func (s *sheet) turnGlyph(g glyph, q int) glyph {
	x0, y0 := s.turnPoint(g.left, g.bottom, q)
	x1, y1 := s.turnPoint(g.right, g.top, q)
	g.x, g.y = s.turnPoint(g.x, g.y, q)
	g.left, g.right = min(x0, x1), max(x0, x1)
	g.top, g.bottom = min(y0, y1), max(y0, y1)
	return g
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
	var upright []glyph
	for i, g := range t.glyphs {
		if flat[i] {
			t.aside = append(t.aside, g)
			continue
		}
		middle := (g.left + g.right) / 2
		g.left, g.right, g.top, g.bottom = g.top, g.bottom, t.width-g.right, t.width-g.left
		g.x, g.y = g.left, t.width-middle+0.38*g.size
		upright = append(upright, g)
	}
	t.glyphs = upright
	for i, l := range t.strokes {
		t.strokes[i] = stroke{l.y0, t.width - l.x1, l.y1, t.width - l.x0}
	}
	t.width, t.height = t.height, t.width
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
func (t *turned) clean(same map[rune]rune) {
	type cell struct {
		r    rune
		x, y int
	}
	seen := map[cell][]int{}
	kept := t.glyphs[:0]
	for _, g := range t.glyphs {
		if to, ok := same[g.r]; ok {
			g.r = to
		}
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
		at := cell{g.r, int(math.Floor(g.left / grid)), int(math.Floor(g.y / grid))}
		twice := false
		for dx := -1; dx <= 1 && !twice; dx++ {
			for dy := -1; dy <= 1 && !twice; dy++ {
				twice = slices.ContainsFunc(seen[cell{g.r, at.x + dx, at.y + dy}], func(i int) bool {
					return math.Abs(kept[i].left-g.left) < near && math.Abs(kept[i].y-g.y) < near
				})
			}
		}
		if twice {
			continue
		}
		seen[at] = append(seen[at], len(kept))
		kept = append(kept, g)
	}
	t.glyphs = kept
	for i := range kept {
		g := &kept[i]
		if sign(g.r) && (g.font < len(t.fonts) && bulletFont(t.fonts[g.font].name) || bullet(kept, i)) {
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
