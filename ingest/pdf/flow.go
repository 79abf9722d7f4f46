package pdf

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
)

// element is one line of running text or one table row, in reading order.
type element struct {
	line  *line
	cells []string // of a table row
	page  int
	area  *area
}

// area is one column of one page. Its lines are judged by its own margins.
type area struct {
	left, right float64 // where full lines begin and end
	pitch       float64 // from one baseline to the next
	lines       int
}

// pageText is what the layout makes of one page.
type pageText struct {
	page     int
	elements []element
	head     []string // page header, from top to bottom
	foot     []string // page footer and page number
	notes    []string // footnotes
	garbled  int      // lines set aside because their text is not what is drawn
	aside    []string // watermarks, comments, form fields
	height   float64
	verdict  verdict
	pictures float64
	drawn    han  // what PDFium found, before anything was dropped
	hidden   bool // the text is an invisible layer over a picture
}

// layout reads one page into its lines and table rows.
func layout(s *sheet, k *tables) *pageText {
	t := turn(s)
	var drawn han
	for _, g := range s.glyphs {
		drawn.add(g.r)
	}
	t.clean(k.same)
	p := &pageText{page: s.page, height: t.height, pictures: s.pictures, aside: sideText(t.aside, k.same)}
	p.verdict = k.judge(t.glyphs, t.fonts)
	p.drawn = drawn
	p.hidden = mostlyHidden(t.glyphs) && s.pictures > 0.5
	if p.verdict.unreadable {
		return p
	}
	p.aside = append(p.aside, s.notes...)
	tables := t.ruledTables()
	rest := pieces(t.glyphs)
	for _, tab := range tables {
		var above []piece
		n := 0
		for _, q := range rest {
			if q.base <= tab.top || q.base < tab.bottom && q.left > tab.right {
				above = append(above, q)
			} else {
				rest[n] = q
				n++
			}
		}
		rest = rest[:n]
		p.addText(above, t.fonts)
		a := &area{left: tab.left, right: tab.right}
		for _, r := range tab.rows {
			p.elements = append(p.elements, element{cells: r.cells, page: p.page, area: a})
		}
	}
	p.addText(rest, t.fonts)
	return p
}

func (p *pageText) addText(ps []piece, fonts []face) {
	if len(ps) == 0 {
		return
	}
	for _, region := range columns(ps) {
		a := &area{}
		ls := rowsOf(region, fonts)
		a.measure(ls)
		for i := 0; i < len(ls); {
			for n := alignedTable(ls[i:]); n > 0; n-- {
				p.elements = append(p.elements, element{cells: cellsOf(&ls[i]), page: p.page, area: a})
				i++
			}
			if i < len(ls) {
				if ls[i].garbled() {
					p.garbled++
					p.aside = append(p.aside, ls[i].text)
				} else {
					p.elements = append(p.elements, element{line: &ls[i], page: p.page, area: a})
				}
				i++
			}
		}
	}
}

// rowsOf makes one line of each row of pieces.
func rowsOf(ps []piece, fonts []face) []line {
	var out []line
	for from := 0; from < len(ps); {
		to := from
		for to < len(ps) && ps[to].row == ps[from].row {
			to++
		}
		row := slices.Clone(ps[from:to])
		slices.SortStableFunc(row, func(a, b piece) int { return cmp.Compare(a.left, b.left) })
		out = append(out, joinPieces(row, fonts))
		from = to
	}
	return out
}

// cellsOf splits a line at its wide gaps.
func cellsOf(l *line) []string {
	var out []string
	from := 0
	for i := 1; i < len(l.starts); i++ {
		to := from
		for to < len(l.glyphs) && l.glyphs[to].left < l.starts[i] {
			to++
		}
		out = append(out, pieceText(l.glyphs[from:to]))
		from = to
	}
	return append(out, pieceText(l.glyphs[from:]))
}

// measure finds the margins of the column: the outermost places at which more
// than one line begins or ends.
func (a *area) measure(ls []line) {
	a.lines = len(ls)
	var lefts, rights, steps []float64
	for i, l := range ls {
		lefts = append(lefts, l.left)
		rights = append(rights, -l.right)
		if i > 0 && ls[i-1].size == l.size && l.base > ls[i-1].base {
			steps = append(steps, l.base-ls[i-1].base)
		}
	}
	em := ls[len(ls)/2].size
	a.left, a.right = margin(lefts, 0.5*em), -margin(rights, 0.8*em)
	if len(steps) > 0 {
		slices.Sort(steps)
		a.pitch = steps[(len(steps)-1)*2/5]
	}
}

// margin is the smallest value that another comes near, or the smallest.
func margin(v []float64, near float64) float64 {
	slices.Sort(v)
	for i := 1; i < len(v); i++ {
		if v[i]-v[i-1] <= near {
			return v[i-1]
		}
	}
	return v[0]
}

// sideText gives text that runs in another direction, in drawing order, each
// distinct one once: a watermark is drawn many times.
func sideText(gs []glyph, same map[rune]rune) []string {
	var out []string
	var b strings.Builder
	flush := func() {
		if s := strings.TrimSpace(b.String()); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
		b.Reset()
	}
	const most = 200 // a drawing may be full of turned labels
	for i, g := range gs {
		if len(out) == most {
			break
		}
		if i > 0 && (g.order != gs[i-1].order+1 || g.angle != gs[i-1].angle || g.size != gs[i-1].size || far(&gs[i-1], &g)) {
			flush()
		}
		if to, ok := same[g.r]; ok {
			g.r = to
		}
		if g.r == 0xFFFD || unicode.IsControl(g.r) {
			continue
		}
		b.WriteRune(g.r)
	}
	flush()
	return out
}

func far(a, b *glyph) bool { return math.Hypot(a.x-b.x, a.y-b.y) > 4*max(a.size, 1) }

func mostlyHidden(gs []glyph) bool {
	n := 0
	for i := range gs {
		if gs[i].hidden {
			n++
		}
	}
	return len(gs) > 0 && n*2 > len(gs)
}
