package ofd

import (
	"encoding/xml"
	"math"
	"strconv"
	"strings"

	"duibiao/corpus"
)

// matrix maps a point in millimetres of an object to one of the page.
type matrix struct{ a, b, c, d, e, f float64 }

// plain maps every point to itself.
func plain() matrix { return matrix{a: 1, d: 1} }

func (m matrix) apply(x, y float64) (float64, float64) {
	return m.a*x + m.c*y + m.e, m.b*x + m.d*y + m.f
}

// then is m followed by n.
func (m matrix) then(n matrix) matrix {
	e, f := n.apply(m.e, m.f)
	return matrix{m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d, m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d, e, f}
}

// box is the box in points around the image of a rectangle in millimetres.
func (m matrix) box(left, top, right, bottom float64) corpus.Box {
	b := corpus.Box{Left: math.Inf(1), Top: math.Inf(1), Right: math.Inf(-1), Bottom: math.Inf(-1)}
	for _, p := range [4][2]float64{{left, top}, {right, top}, {left, bottom}, {right, bottom}} {
		x, y := m.apply(p[0], p[1])
		b.Left, b.Right = min(b.Left, x*points), max(b.Right, x*points)
		b.Top, b.Bottom = min(b.Top, y*points), max(b.Bottom, y*points)
	}
	return b
}

// placed is the matrix of an object: its own, then to where its boundary
// stands.
func placed(e xml.StartElement) matrix {
	m := plain()
	if n := numbers(attr(e, "CTM"), 6); len(n) == 6 {
		m = matrix{n[0], n[1], n[2], n[3], n[4], n[5]}
	}
	if n := numbers(attr(e, "Boundary"), 4); len(n) >= 2 {
		m.e, m.f = m.e+n[0], m.f+n[1]
	}
	return m
}

// numbers is the numbers in s, at most so many; what is no number ends them.
func numbers(s string, most int) []float64 {
	var out []float64
	for field := range strings.FieldsSeq(s) {
		v, ok := number(field)
		if !ok || len(out) == most {
			break
		}
		out = append(out, v)
	}
	return out
}

// number is a length that a page can have.
func number(s string) (float64, bool) {
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil && math.Abs(v) < 1e6
}

// steps is a list of distances as DeltaX and DeltaY give it, at most so many:
// "g 3 2.5" stands for 2.5 three times.
func steps(s string, most int) []float64 {
	var out []float64
	fields := strings.Fields(s)
	for i := 0; i < len(fields) && len(out) < most; i++ {
		times, at := 1, i
		if fields[i] == "g" {
			if i+2 >= len(fields) {
				break
			}
			n, err := strconv.Atoi(fields[i+1])
			if err != nil {
				break
			}
			times, at = min(n, most-len(out)), i+2
		}
		v, ok := number(fields[at])
		if !ok {
			break
		}
		for range times {
			out = append(out, v)
		}
		i = at
	}
	return out
}
