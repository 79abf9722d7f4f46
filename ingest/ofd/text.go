package ofd

import (
	"encoding/xml"
	"math"
	"strconv"
	"strings"
	"unicode/utf16"

	"duibiao/ingest/layout"
)

// textObject is the content of a TextObject.
type textObject struct {
	Fill *struct {
		Alpha string `xml:"Alpha,attr"`
	} `xml:"FillColor"`
	Codes []textCode `xml:"TextCode"`
}

// textCode is a run of characters with the place of the first, and the way
// from each to the next.
type textCode struct {
	X    string `xml:"X,attr"`
	Y    string `xml:"Y,attr"`
	DX   string `xml:"DeltaX,attr"`
	DY   string `xml:"DeltaY,attr"`
	Text string `xml:",chardata"`
}

// Where a font's characters reach to, as parts of their size.
const (
	ascent  = 0.86
	descent = 0.14
)

// pen is what the characters of one text object have in common.
type pen struct {
	m      matrix
	size   float64 // millimetres
	wide   float64 // horizontal scale
	turned float64 // radians by which each character is turned
	read   float64 // radians of the reading direction
	shown  bool
	sample layout.Glyph // with the marks that all have
}

func (r *pageReader) text(d *xml.Decoder, e xml.StartElement, m matrix, shown bool) error {
	var object textObject
	if err := d.DecodeElement(&object, &e); err != nil {
		return err
	}
	p := r.pen(e, object, m, shown)
	x, y := 0.0, 0.0
	for _, c := range object.Codes {
		if v, ok := number(c.X); ok { // one without goes on where the last began
			x = v
		}
		if v, ok := number(c.Y); ok {
			y = v
		}
		if run := p.run(c, x, y); p.shown {
			r.into.Glyphs = append(r.into.Glyphs, run...)
		} else {
			r.into.unseen = append(r.into.unseen, run...)
		}
		if err := r.into.bound(); err != nil {
			return err
		}
	}
	return nil
}

func (r *pageReader) pen(e xml.StartElement, object textObject, m matrix, shown bool) pen {
	p := pen{m: placed(e).then(m), wide: 1}
	p.size, _ = number(attr(e, "Size"))
	if v, ok := number(attr(e, "HScale")); ok && v > 0 {
		p.wide = v
	}
	p.turned, p.read = quarter(attr(e, "CharDirection")), quarter(attr(e, "ReadDirection"))
	clear := attr(e, "Alpha") == "0" || object.Fill != nil && object.Fill.Alpha == "0" ||
		attr(e, "Fill") == "false" && attr(e, "Stroke") != "true"
	p.shown = shown && !clear
	weight, _ := number(attr(e, "Weight"))
	p.sample = layout.Glyph{
		Size:  p.size * math.Hypot(p.m.c, p.m.d) * points,
		Angle: -math.Atan2(p.m.b, p.m.a) - p.turned,
		Face:  r.book.resources.face(attr(e, "Font"), weight >= 600),
	}
	return p
}

// quarter is a direction of OFD, which turns clockwise by quarters, in radians.
func quarter(degrees string) float64 {
	n, err := strconv.Atoi(degrees)
	if err != nil || n%90 != 0 {
		return 0
	}
	return float64(n%360) * math.Pi / 180
}

// run places the characters of c, the first of which stands at x, y.
func (p pen) run(c textCode, x, y float64) []layout.Glyph {
	text := []rune(strings.Trim(c.Text, "\r\n\t"))
	most := 2 * len(text)
	dx, dy := steps(c.DX, most), steps(c.DY, most)
	double := max(len(dx), len(dy)) >= len(utf16.Encode(text))-1 // a character of two units has two steps
	var out []layout.Glyph
	unit := 0
	for _, ch := range text {
		wide := p.advance(ch)
		if ch != ' ' && ch != '\u3000' {
			out = append(out, p.glyph(ch, x, y, wide))
		}
		n := 1
		if double && ch > 0xFFFF {
			n = 2
		}
		for range n {
			sx, sy := p.step(dx, dy, unit, wide)
			x, y = x+sx, y+sy
			unit++
		}
	}
	return out
}

// advance is how far a character reaches, in millimetres.
func (p pen) advance(r rune) float64 {
	if r < 0x2000 && r != '·' && r != '—' {
		return p.size * p.wide / 2
	}
	return p.size * p.wide
}

// step is the way from character i to the next. Where the file gives no way
// at all, it is the width of the character; where its list is too short, the
// last one counts on.
func (p pen) step(dx, dy []float64, i int, wide float64) (x, y float64) {
	if len(dx) == 0 && len(dy) == 0 {
		return wide * math.Cos(p.read), wide * math.Sin(p.read)
	}
	return at(dx, i), at(dy, i)
}

func at(list []float64, i int) float64 {
	if len(list) == 0 {
		return 0
	}
	return list[min(i, len(list)-1)]
}

// glyph is one character with its pen at x, y.
func (p pen) glyph(r rune, x, y, wide float64) layout.Glyph {
	g := p.sample
	g.Rune = r
	cos, sin := math.Cos(p.turned), math.Sin(p.turned)
	own := matrix{cos, sin, -sin, cos, x, y}.then(p.m)
	g.Box = own.box(0, -ascent*p.size, wide, descent*p.size)
	g.X, g.Y = p.m.apply(x, y)
	g.X, g.Y = g.X*points, g.Y*points
	return g
}
