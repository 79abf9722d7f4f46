package picture

import (
	"image"
	"math"
)

// Lean is how the lines of text lie in a picture.
type Lean struct {
	Angle    float64 // radians by which they fall to the right; the page is to be turned back by it
	Sideways bool    // the lines run up or down, and Angle is theirs after a quarter turn clockwise
}

const (
	skewSide  = 1000              // pixels of the longer side of the picture in which the angle is sought
	maxSkew   = 6 * math.Pi / 180 //
	minSkew   = 0.12 * math.Pi / 180
	skewSteps = 24 // to each side, in the first round
)

// FindLean finds the angle at which the feet of the letters stand in the
// fewest rows. A picture without text leans by 0.
func FindLean(g *image.Gray) Lean {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	if long := max(w, h); long > skewSide {
		g = Scale(g, max(1, w*skewSide/long), max(1, h*skewSide/long))
	}
	angle, flat := bestAngle(feet(g))
	turned, _ := Turn(g, 90)
	sideAngle, upright := bestAngle(feet(turned))
	if upright > flat*1.2 {
		return Lean{Angle: sideAngle, Sideways: true}
	}
	return Lean{Angle: angle}
}

// feet are the dark pixels with paper below them.
func feet(g *image.Gray) []Point {
	dark := threshold(g)
	var found []Point
	for y := 0; y+1 < g.Rect.Dy(); y++ {
		line, below := row(g, y), row(g, y+1)
		for x := range line {
			if line[x] < dark && below[x] >= dark {
				found = append(found, Point{float64(x), float64(y)})
			}
		}
	}
	return found
}

// bestAngle is the angle at which points gather most, and how much they do so.
func bestAngle(points []Point) (angle, gathered float64) {
	if len(points) == 0 {
		return 0, 0
	}
	step := maxSkew / skewSteps
	for angle, gathered = 0, gathering(points, 0); step > minSkew/4; step /= 4 {
		mid := angle
		for i := -skewSteps; i <= skewSteps; i++ {
			if a := mid + float64(i)*step; a != mid {
				if s := gathering(points, a); s > gathered {
					angle, gathered = a, s
				}
			}
		}
	}
	if math.Abs(angle) < minSkew {
		angle = 0
	}
	return angle, gathered
}

// gathering is the sum of the squares of how many points each row has after
// the page is turned back by the angle, for each point.
func gathering(points []Point, angle float64) float64 {
	slope := math.Tan(angle)
	rows := make([]int32, 4*skewSide)
	for _, p := range points {
		if r := int(p.Y - p.X*slope + 1.5*skewSide); r >= 0 && r < len(rows) {
			rows[r]++
		}
	}
	sum := 0.0
	for _, n := range rows {
		sum += float64(n) * float64(n)
	}
	return sum / float64(len(points))
}

// threshold is the brightness that best parts ink from paper (Otsu).
func threshold(g *image.Gray) byte {
	var counts [256]int
	for y := range g.Rect.Dy() {
		for _, v := range row(g, y) {
			counts[v]++
		}
	}
	total, sum := 0, 0
	for v, n := range counts {
		total, sum = total+n, sum+v*n
	}
	best, at := -1.0, 128
	below, belowSum := 0, 0
	for v, n := range counts {
		below, belowSum = below+n, belowSum+v*n
		above := total - below
		if below == 0 || above == 0 {
			continue
		}
		gap := float64(belowSum)/float64(below) - float64(sum-belowSum)/float64(above)
		if s := float64(below) * float64(above) * gap * gap; s > best {
			best, at = s, v+1
		}
	}
	return byte(min(at, 255))
}
