package layout

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"duibiao/corpus"
)

// Sheet is a page that has been laid out.
type Sheet struct {
	page     *Page
	elements []element
	head     []scrap // page header, from top to bottom
	foot     []scrap // page footer and page number
	notes    []scrap // footnotes
	aside    []scrap // watermarks, comments, form fields, garbled lines
	garbled  []corpus.Box
	height   float64 // in reading direction
	verdict  verdict
	hidden   bool   // the text is an invisible layer over a picture
	tried    string // how an attempt to recognise it ended in vain, in Chinese
}

// element is one line of running text or one table row, in reading order.
type element struct {
	line   *line
	cells  []string // of a table row
	extent span     // of its table
	page   int
	area   *area
	origin corpus.Origin
}

// scrap is text that stands apart from the running text.
type scrap struct {
	text   string
	origin corpus.Origin
}

// area is one column of one page. Its lines are judged by its own margins.
type area struct {
	left, right float64 // where full lines begin and end
	pitch       float64 // from one baseline to the next
	lines       int
}

// Lay reads one page into its lines and table rows. It keeps p and does not
// change it.
func Lay(p *Page) *Sheet {
	t := turn(p)
	t.clean()
	s := &Sheet{page: p, height: t.height, aside: sideText(t)}
	s.verdict = judge(t.glyphs, p.Faces)
	s.hidden = mostlyHidden(t.glyphs) && p.Pictures > 0.5
	if s.verdict.unreadable {
		return s
	}
	for _, n := range p.Notes {
		s.aside = append(s.aside, scrap{n.Text, corpus.Origin{Box: n.Box}})
	}
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
		s.addText(above, t)
		a := &area{left: tab.left, right: tab.right}
		for _, r := range tab.rows {
			s.elements = append(s.elements, element{cells: r.cells, extent: span{tab.left, tab.right}, page: p.Number, area: a, origin: r.origin})
		}
	}
	s.addText(rest, t)
	return s
}

func (s *Sheet) addText(ps []piece, t *turned) {
	if len(ps) == 0 {
		return
	}
	for _, region := range columns(ps, t.cuts()) {
		a := &area{}
		ls := rowsOf(region, t.page.Faces)
		for i := 0; i < len(ls); {
			if table := unruled(ls[i:]); table != nil {
				s.addTable(table, a, t)
				i += len(table.lines)
				continue
			}
			s.addLine(&ls[i], a, t.origin(ls[i].glyphs))
			i++
		}
	}
}

func (s *Sheet) addTable(table *gridless, a *area, t *turned) {
	rows := table.rows()
	for i := 1; i < len(rows); i++ {
		cells, gs := table.row(rows[i-1], rows[i])
		s.elements = append(s.elements, element{cells: cells, extent: table.extent(), page: s.page.Number, area: a, origin: t.origin(gs)})
	}
}

func (s *Sheet) addLine(l *line, a *area, o corpus.Origin) {
	if l.garbled() {
		s.garbled = append(s.garbled, o.Box)
		s.aside = append(s.aside, scrap{l.text, o})
		return
	}
	s.elements = append(s.elements, element{line: l, page: s.page.Number, area: a, origin: o})
}

// rowsOf makes one line of each row of pieces.
func rowsOf(ps []piece, faces []Face) []line {
	var out []line
	for from := 0; from < len(ps); {
		to := from
		for to < len(ps) && ps[to].row == ps[from].row {
			to++
		}
		row := slices.Clone(ps[from:to])
		slices.SortStableFunc(row, func(a, b piece) int { return cmp.Compare(a.left, b.left) })
		out = append(out, joinPieces(row, faces))
		from = to
	}
	return out
}

// measure finds the margins of each column of the page: the outermost places
// at which more than one line begins or ends. Page headers and footers must
// have been set apart, since they may have wider ones.
func (s *Sheet) measure() {
	for from := 0; from < len(s.elements); {
		a := s.elements[from].area
		var ls []*line
		to := from
		for ; to < len(s.elements) && s.elements[to].area == a; to++ {
			if l := s.elements[to].line; l != nil {
				ls = append(ls, l)
			}
		}
		if len(ls) > 0 {
			a.measure(ls)
			a.widen(s.elements)
		}
		from = to
	}
}

// fewLines do not show the margins of their column.
const fewLines = 5

// widen takes the tables of the page for the margins of a column that has few
// lines of its own.
func (a *area) widen(page []element) {
	for _, e := range page {
		if a.lines < fewLines && e.cells != nil && e.extent.left < a.right && e.extent.right > a.left {
			a.left, a.right = min(a.left, e.extent.left), max(a.right, e.extent.right)
		}
	}
}

func (a *area) measure(ls []*line) {
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
func sideText(t *turned) []scrap {
	var out []scrap
	from := 0
	flush := func(to int) {
		var b strings.Builder
		for _, g := range t.aside[from:to] {
			if r := ordinary(g.r); r != 0xFFFD && !unicode.IsControl(r) {
				b.WriteRune(r)
			}
		}
		s := strings.TrimSpace(b.String())
		if s != "" && !slices.ContainsFunc(out, func(o scrap) bool { return o.text == s }) {
			out = append(out, scrap{s, t.origin(t.aside[from:to])})
		}
		from = to
	}
	const most = 200 // a drawing may be full of turned labels
	for i := 1; i < len(t.aside) && len(out) < most; i++ {
		a, b := &t.aside[i-1], &t.aside[i]
		if b.order != a.order+1 || b.angle != a.angle || b.size != a.size || far(a, b) {
			flush(i)
		}
	}
	if len(out) < most {
		flush(len(t.aside))
	}
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

// runes counts the characters of the page's text, headers apart.
func (s *Sheet) runes() int {
	n := 0
	for _, e := range s.elements {
		if e.line != nil {
			n += len(e.line.glyphs)
		}
		for _, c := range e.cells {
			n += len([]rune(c))
		}
	}
	return n
}
