package layout

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"unicode"

	"duibiao/corpus"
)

// NeedsOCR reports whether a recogniser would help: the page, or a part of it,
// is a picture, or its text is not what is drawn.
func (s *Sheet) NeedsOCR() bool {
	return s.page.Fault == "" && !s.verdict.undrawn && s.Unread() != ""
}

// Recognised lays the page out again with the lines that were recognised from
// its picture. They take the place of what was not readable; where the page
// has text of its own, that is kept and what was recognised there is not.
// Where nothing new was read the page stays unread, and says so.
func (s *Sheet) Recognised(lines []Line) *Sheet {
	lines = slices.DeleteFunc(slices.Clone(lines), func(l Line) bool { return l.units() == 0 })
	p := *s.page
	p.Glyphs = nil
	if !s.verdict.unreadable {
		lost := s.recovered(lines)
		p.Glyphs = slices.DeleteFunc(slices.Clone(s.page.Glyphs), func(g Glyph) bool {
			return slices.ContainsFunc(lost, func(b corpus.Box) bool { return inside(b, g.Box) })
		})
	}
	p.Lines = slices.DeleteFunc(lines, func(l Line) bool { return covered(l.shown(), p.Glyphs) })
	switch sure := confidence(p.Lines); {
	case len(p.Lines) == 0:
		s.tried = "没有识别出文字"
		return s
	case sure < leastSure:
		s.tried = fmt.Sprintf("识别结果不可信，把握只有%.2f，低于%.2f", sure, leastSure)
		return s
	}
	return Lay(&p)
}

// leastSure is the confidence below which what was recognised on a page is
// taken for noise.
const leastSure = 0.6

// confidence is the mean over the characters of the lines.
func confidence(lines []Line) float64 {
	n, sum := 0.0, 0.0
	for i := range lines {
		k := float64(lines[i].units())
		n, sum = n+k, sum+k*lines[i].Confidence
	}
	return sum / max(n, 1)
}

// shown is where the line is on the page as it is shown.
func (l *Line) shown() corpus.Box {
	if l.Shown == (corpus.Box{}) {
		return l.Box
	}
	return l.Shown
}

// NotRecognised records why a recogniser could not read the page's picture.
func (s *Sheet) NotRecognised(err error) {
	s.tried = "识别没有成功"
	if errors.Is(err, corpus.ErrTimeout) || errors.Is(err, context.DeadlineExceeded) {
		s.tried = "识别超时"
	}
}

// recovered are the boxes of the garbled lines that lines give anew.
func (s *Sheet) recovered(lines []Line) []corpus.Box {
	return slices.DeleteFunc(slices.Clone(s.garbled), func(b corpus.Box) bool {
		return !slices.ContainsFunc(lines, func(l Line) bool { return inside(b, l.shown()) || inside(l.shown(), b) })
	})
}

// inside reports whether the middle of b lies in a.
func inside(a, b corpus.Box) bool {
	x, y := (b.Left+b.Right)/2, (b.Top+b.Bottom)/2
	return a.Left <= x && x <= a.Right && a.Top <= y && y <= a.Bottom
}

// covered reports whether upright characters stand on most of the box.
func covered(b corpus.Box, glyphs []Glyph) bool {
	free := (b.Right - b.Left) * (b.Bottom - b.Top) / 2
	for i := range glyphs {
		g := &glyphs[i]
		w := min(b.Right, g.Box.Right) - max(b.Left, g.Box.Left)
		h := min(b.Bottom, g.Box.Bottom) - max(b.Top, g.Box.Top)
		if w > 0 && h > 0 && quarter(g.Angle) >= 0 && !unicode.IsSpace(g.Rune) {
			free -= w * h
		}
	}
	return free <= 0
}

// units is the width of the line's characters in half ems.
func (l *Line) units() int {
	n := 0
	for _, r := range l.Text {
		n += halves(r)
	}
	return n
}

func halves(r rune) int {
	if wide(r) || r >= 0x2010 && r < 0x2E80 {
		return 2
	}
	return 1
}

// spread appends the characters of the recognised lines, each line's evenly
// over its box.
func (p *Page) spread(out []glyph) []glyph {
	sizes := p.lineSizes()
	for i := range p.Lines {
		l := &p.Lines[i]
		t, b := p.along(l)
		n := l.units()
		if n == 0 {
			continue
		}
		length := b.Right - b.Left
		if l.downwards(b) {
			length = b.Bottom - b.Top
		}
		step, at := length/float64(n), 0.0
		for _, r := range l.Text {
			g := glyph{r: r, size: sizes[i], angle: l.Angle, font: -1, from: i + 1, order: len(out)}
			from, to := at, at+step*float64(halves(r))
			at = to
			if l.downwards(b) {
				g.left, g.right, g.top, g.bottom = b.Left, b.Right, b.Top+from, b.Top+to
			} else {
				g.left, g.right, g.top, g.bottom = b.Left+from, b.Left+to, b.Top, b.Bottom
			}
			const descent = 0.12 // em below the baseline
			g.x, g.y = t.shown(g.left, g.bottom-descent*g.size)
			box := t.shownBox(g.left, g.top, g.right, g.bottom)
			g.left, g.top, g.right, g.bottom = box.Left, box.Top, box.Right, box.Bottom
			out = append(out, g)
		}
	}
	return out
}

// along is the line's box in the line's own direction, and the way back.
func (p *Page) along(l *Line) (*turned, corpus.Box) {
	t := &turned{page: p, quarter: max(quarter(l.Angle), 0)}
	x0, y0 := t.point(l.Box.Left, l.Box.Top)
	x1, y1 := t.point(l.Box.Right, l.Box.Bottom)
	return t, corpus.Box{Left: min(x0, x1), Top: min(y0, y1), Right: max(x0, x1), Bottom: max(y0, y1)}
}

// downwards reports whether the line, whose box in its own direction is b, is
// written from top to bottom.
func (l *Line) downwards(b corpus.Box) bool {
	return l.units() > 2 && b.Bottom-b.Top > 1.5*(b.Right-b.Left)
}

// lineSizes estimates the size of type of each recognised line. What a
// recogniser measures strays, and the layout compares sizes: those of one
// page that are nearly the same are made the same, beginning with that of most
// characters.
func (p *Page) lineSizes() []float64 {
	sizes := make([]float64, len(p.Lines))
	order := make([]int, len(p.Lines))
	for i := range p.Lines {
		_, b := p.along(&p.Lines[i])
		sizes[i], order[i] = p.Lines[i].size(b), i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p.Lines[b].units(), p.Lines[a].units()) })
	var steps []float64
	for _, i := range order {
		const near, short, least = 0.12, 16, 0.65 // the ink of a short line is narrower than its characters
		at := slices.IndexFunc(steps, func(s float64) bool {
			return math.Abs(sizes[i]-s) <= near*s || p.Lines[i].units() < short && sizes[i] < s && sizes[i] > least*s
		})
		if at < 0 {
			at = len(steps)
			steps = append(steps, sizes[i])
		}
		sizes[i] = steps[at]
	}
	return sizes
}

// size is that of a full-width character of the line, whose box in its own
// direction is b, to a tenth of a point.
func (l *Line) size(b corpus.Box) float64 {
	length := b.Right - b.Left
	if l.downwards(b) {
		length = b.Bottom - b.Top
	}
	return math.Round(20*length/float64(max(l.units(), 1))) / 10
}
