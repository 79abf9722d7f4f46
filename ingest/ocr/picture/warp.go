package picture

import (
	"image"
	"math"
)

// Point is a place in a picture, in pixels from the left and the top edge.
type Point struct{ X, Y float64 }

// Map is an affine map of one picture's points to another's.
type Map struct{ xx, xy, x0, yx, yy, y0 float64 }

// Same maps each point to itself.
func Same() Map { return Map{xx: 1, yy: 1} }

// At is where p goes.
func (m Map) At(p Point) Point {
	return Point{m.xx*p.X + m.xy*p.Y + m.x0, m.yx*p.X + m.yy*p.Y + m.y0}
}

// Then is m followed by n.
func (m Map) Then(n Map) Map {
	o := n.At(Point{m.x0, m.y0})
	return Map{
		n.xx*m.xx + n.xy*m.yx, n.xx*m.xy + n.xy*m.yy, o.X,
		n.yx*m.xx + n.yy*m.yx, n.yx*m.xy + n.yy*m.yy, o.Y,
	}
}

// Warp draws a picture of the given size of which every pixel is taken from
// src at the place to which back maps it. What lies outside src is white.
func Warp(src *image.Gray, width, height int, back Map) *image.Gray {
	out := image.NewGray(image.Rect(0, 0, width, height))
	for y := range height {
		line := row(out, y)
		p := back.At(Point{0.5, float64(y) + 0.5})
		for x := range line {
			line[x] = between(src, p.X-0.5, p.Y-0.5)
			p.X += back.xx
			p.Y += back.yx
		}
	}
	return out
}

// between is the brightness of src at a place between pixels, where x and y
// are the middle of pixel x, y.
func between(src *image.Gray, x, y float64) byte {
	w, h := src.Rect.Dx(), src.Rect.Dy()
	if x < -0.5 || y < -0.5 || x > float64(w)-0.5 || y > float64(h)-0.5 {
		return 255
	}
	fx, fy := math.Floor(x), math.Floor(y)
	x0, y0 := max(0, int(fx)), max(0, int(fy))
	x1, y1 := min(w-1, int(fx)+1), min(h-1, int(fy)+1)
	rx, ry := int32((x-fx)*256), int32((y-fy)*256)
	above, below := src.Pix[y0*src.Stride:], src.Pix[y1*src.Stride:]
	top := int32(above[x0])*(256-rx) + int32(above[x1])*rx
	bottom := int32(below[x0])*(256-rx) + int32(below[x1])*rx
	return byte((top*(256-ry) + bottom*ry + 1<<15) >> 16)
}

// Turn is src turned clockwise by 0, 90, 180 or 270 degrees, with the way back
// to its points.
func Turn(src *image.Gray, clockwise int) (*image.Gray, Map) {
	w, h := float64(src.Rect.Dx()), float64(src.Rect.Dy())
	switch clockwise {
	case 90:
		m := Map{xy: 1, yx: -1, y0: h}
		return Warp(src, int(h), int(w), m), m
	case 180:
		m := Map{xx: -1, x0: w, yy: -1, y0: h}
		return Warp(src, int(w), int(h), m), m
	case 270:
		m := Map{xy: -1, x0: w, yx: 1}
		return Warp(src, int(h), int(w), m), m
	}
	return src, Same()
}

// Straighten is src turned clockwise by a small angle in radians about its
// middle, enlarged on all sides so that nothing is cut off.
func Straighten(src *image.Gray, clockwise float64) *image.Gray {
	if clockwise == 0 {
		return src
	}
	sin, cos := math.Sincos(math.Abs(clockwise))
	w, h := float64(src.Rect.Dx()), float64(src.Rect.Dy())
	width, height := math.Ceil(w*cos+h*sin), math.Ceil(h*cos+w*sin)
	back := Linear(1, (w-width)/2, (h-height)/2).Then(Rotation(Point{w / 2, h / 2}, -clockwise))
	return Warp(src, int(width), int(height), back)
}

// Rotation turns points clockwise by an angle in radians about a middle.
func Rotation(middle Point, clockwise float64) Map {
	sin, cos := math.Sincos(clockwise)
	turn := Map{xx: cos, xy: -sin, yx: sin, yy: cos}
	return Linear(1, -middle.X, -middle.Y).Then(turn).Then(Linear(1, middle.X, middle.Y))
}

// Scale is src in another size: smaller by the mean of the pixels that fall
// together, larger by what lies between them.
func Scale(src *image.Gray, width, height int) *image.Gray {
	w, h := src.Rect.Dx(), src.Rect.Dy()
	if width == w && height == h {
		return src
	}
	sx, sy := float64(w)/float64(width), float64(h)/float64(height)
	if sx <= 1 && sy <= 1 {
		return Warp(src, width, height, Map{xx: sx, yy: sy})
	}
	out := image.NewGray(image.Rect(0, 0, width, height))
	across, down := shares(w, width), shares(h, height)
	sums := make([]float32, w)
	for y := range height {
		clear(sums)
		for _, s := range down[y] {
			for x, v := range row(src, s.at) {
				sums[x] += float32(v) * s.part
			}
		}
		line := row(out, y)
		for x := range line {
			var v float32
			for _, s := range across[x] {
				v += sums[s.at] * s.part
			}
			line[x] = byte(v + 0.5)
		}
	}
	return out
}

// share is the part that one old pixel has in a new one.
type share struct {
	at   int
	part float32
}

// shares are the shares of n old pixels in m new ones, along one side. Where
// pixels are to grow, each new one takes from the two that are nearest.
func shares(n, m int) [][]share {
	all := make([][]share, m)
	scale := float64(n) / float64(m)
	reach := max(scale, 1)
	for i := range all {
		mid := (float64(i) + 0.5) * scale
		from, to := mid-reach, mid+reach
		sum := float32(0)
		for at := max(0, int(from)); at < min(n, int(math.Ceil(to))); at++ {
			if part := float32(1 - math.Abs(float64(at)+0.5-mid)/reach); part > 0 {
				all[i] = append(all[i], share{at, part})
				sum += part
			}
		}
		for k := range all[i] {
			all[i][k].part /= sum
		}
	}
	return all
}

// Between maps a picture of the given size to the parallelogram that has its
// upper left, upper right and lower left corners at the given points.
func Between(width, height int, corner, right, below Point) Map {
	w, h := float64(width), float64(height)
	return Map{
		(right.X - corner.X) / w, (below.X - corner.X) / h, corner.X,
		(right.Y - corner.Y) / w, (below.Y - corner.Y) / h, corner.Y,
	}
}

// Linear maps a point to its scale-fold, moved by dx and dy.
func Linear(scale, dx, dy float64) Map {
	return Map{xx: scale, x0: dx, yy: scale, y0: dy}
}
