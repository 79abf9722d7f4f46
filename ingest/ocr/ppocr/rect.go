package ppocr

import (
	"cmp"
	"math"
	"slices"

	"duibiao/ingest/ocr/picture"
)

// rect is a rectangle in any direction.
type rect struct {
	mid        picture.Point
	angle      float64 // radians by which its width falls to the right, over -45 to 45 degrees
	wide, high float64
}

// corners are the corners of r, clockwise from the upper left.
func (r rect) corners() Quad {
	sin, cos := math.Sincos(r.angle)
	w, h := r.wide/2, r.high/2
	at := func(x, y float64) picture.Point {
		return picture.Point{X: r.mid.X + x*cos - y*sin, Y: r.mid.Y + x*sin + y*cos}
	}
	return Quad{at(-w, -h), at(w, -h), at(w, h), at(-w, h)}
}

// mean is the mean of the values of a w by h map inside r.
func (r rect) mean(values []float32, w, h int) float64 {
	left, top, right, bottom := r.corners().Bounds()
	sin, cos := math.Sincos(r.angle)
	sum, n := 0.0, 0
	for y := max(0, int(top)); y < min(h, int(math.Ceil(bottom))); y++ {
		for x := max(0, int(left)); x < min(w, int(math.Ceil(right))); x++ {
			dx, dy := float64(x)+0.5-r.mid.X, float64(y)+0.5-r.mid.Y
			if math.Abs(dx*cos+dy*sin) <= r.wide/2 && math.Abs(dy*cos-dx*sin) <= r.high/2 {
				sum += float64(values[y*w+x])
				n++
			}
		}
	}
	return sum / float64(max(1, n))
}

// tightest is the smallest rectangle around the points. ok is false where they
// have no area.
func tightest(points []picture.Point) (r rect, ok bool) {
	hull := convex(points)
	if len(hull) < 3 {
		return rect{}, false
	}
	best := math.Inf(1)
	for i, p := range hull {
		q := hull[(i+1)%len(hull)]
		angle := math.Atan2(q.Y-p.Y, q.X-p.X)
		angle -= math.Round(angle/(math.Pi/2)) * math.Pi / 2
		if box := around(hull, angle); box.wide*box.high < best-1e-9 {
			best, r = box.wide*box.high, box
		}
	}
	return r, true
}

// around is the rectangle around the points in the given direction.
func around(points []picture.Point, angle float64) rect {
	sin, cos := math.Sincos(angle)
	x0, x1, y0, y1 := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, p := range points {
		x, y := p.X*cos+p.Y*sin, p.Y*cos-p.X*sin
		x0, x1, y0, y1 = min(x0, x), max(x1, x), min(y0, y), max(y1, y)
	}
	mx, my := (x0+x1)/2, (y0+y1)/2
	return rect{picture.Point{X: mx*cos - my*sin, Y: mx*sin + my*cos}, angle, x1 - x0, y1 - y0}
}

// convex is the convex hull of the points (Andrew's monotone chain).
func convex(points []picture.Point) []picture.Point {
	points = slices.Clone(points)
	slices.SortFunc(points, func(a, b picture.Point) int { return cmp.Or(cmp.Compare(a.X, b.X), cmp.Compare(a.Y, b.Y)) })
	points = slices.Compact(points)
	half := func() []picture.Point {
		var chain []picture.Point
		for _, p := range points {
			for len(chain) > 1 && cross(chain[len(chain)-2], chain[len(chain)-1], p) <= 0 {
				chain = chain[:len(chain)-1]
			}
			chain = append(chain, p)
		}
		return chain[:max(0, len(chain)-1)]
	}
	lower := half()
	slices.Reverse(points)
	return append(lower, half()...)
}

func cross(o, a, b picture.Point) float64 {
	return (a.X-o.X)*(b.Y-o.Y) - (a.Y-o.Y)*(b.X-o.X)
}
