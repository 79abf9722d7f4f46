package ppocr

import (
	"errors"
	"image"
	"math"
	"slices"

	"duibiao/ingest/ocr/picture"
)

const (
	findSide = 1280 // pixels of the longer side of the picture that the network looks at
	findStep = 32   // its sides are multiples of this

	inkAbove   = 0.3 // how sure the network must be of a pixel
	lineAbove  = 0.6 // and of a line, on average
	leastSide  = 3.0 // pixels of the shorter side of a line in the network's picture
	unclip     = 1.5 // the network marks the heart of a line; this gives its whole height back
	mostPieces = 4000
)

var errShape = errors.New("the network answered in another shape than expected")

// find is where text is on the page, from top to bottom.
func (r Reader) find(page *image.Gray) ([]Quad, error) {
	w, h := page.Rect.Dx(), page.Rect.Dy()
	scale := min(1, float64(findSide)/float64(max(w, h)))
	nw, nh := steps(float64(w)*scale), steps(float64(h)*scale)
	out, err := r.Find(colours(picture.Scale(page, nw, nh)))
	if err != nil {
		return nil, err
	}
	if len(out.Data) != nw*nh {
		return nil, errShape
	}
	quads := lines(out.Data, nw, nh)
	sx, sy := float64(w)/float64(nw), float64(h)/float64(nh)
	for i := range quads {
		for k := range quads[i] {
			quads[i][k].X *= sx
			quads[i][k].Y *= sy
		}
	}
	slices.SortStableFunc(quads, func(a, b Quad) int {
		_, ta, _, _ := a.Bounds()
		_, tb, _, _ := b.Bounds()
		switch {
		case ta < tb:
			return -1
		case ta > tb:
			return 1
		}
		return 0
	})
	return quads, nil
}

func steps(side float64) int { return max(1, int(math.Round(side/findStep))) * findStep }

// colours is a grey picture as the network wants it: three planes, each about
// a mean and in units of the spread that its teachers saw.
func colours(g *image.Gray) Tensor {
	mean := [3]float32{0.485, 0.456, 0.406}
	spread := [3]float32{0.229, 0.224, 0.225}
	w, h := g.Rect.Dx(), g.Rect.Dy()
	t := Tensor{Shape: []int{1, 3, h, w}, Data: make([]float32, 3*w*h)}
	for c := range 3 {
		plane := t.Data[c*w*h : (c+1)*w*h]
		for y := range h {
			for x, v := range g.Pix[y*g.Stride : y*g.Stride+w] {
				plane[y*w+x] = (float32(v)/255 - mean[c]) / spread[c]
			}
		}
	}
	return t
}

// lines are the rectangles around the patches of a map of probabilities.
func lines(probability []float32, w, h int) []Quad {
	var found []Quad
	for _, patch := range patches(probability, w, h) {
		box, ok := tightest(patch)
		if !ok || min(box.wide, box.high) < leastSide || box.mean(probability, w, h) < lineAbove {
			continue
		}
		grow := box.wide * box.high * unclip / (2 * (box.wide + box.high))
		box.wide += 2 * grow
		box.high += 2 * grow
		found = append(found, box.corners())
	}
	return found
}

// patches are the outlines of the sets of touching pixels that are text: for
// each row of a patch its first and its last pixel.
func patches(probability []float32, w, h int) [][]picture.Point {
	seen := make([]bool, len(probability))
	var found [][]picture.Point
	var todo []int
	ends := map[int][2]int{}
	for first, v := range probability {
		if seen[first] || v <= inkAbove {
			continue
		}
		clear(ends)
		seen[first] = true
		for todo = append(todo[:0], first); len(todo) > 0; {
			at := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			x, y := at%w, at/w
			if e, ok := ends[y]; ok {
				ends[y] = [2]int{min(e[0], x), max(e[1], x)}
			} else {
				ends[y] = [2]int{x, x}
			}
			for ny := max(0, y-1); ny <= min(h-1, y+1); ny++ {
				for nx := max(0, x-1); nx <= min(w-1, x+1); nx++ {
					if n := ny*w + nx; !seen[n] && probability[n] > inkAbove {
						seen[n] = true
						todo = append(todo, n)
					}
				}
			}
		}
		if found = append(found, outline(ends)); len(found) == mostPieces {
			break
		}
	}
	return found
}

// outline is the corners of the pixels at the ends of the rows.
func outline(ends map[int][2]int) []picture.Point {
	points := make([]picture.Point, 0, 4*len(ends))
	for y, e := range ends {
		for _, dy := range []float64{0, 1} {
			points = append(points, picture.Point{X: float64(e[0]), Y: float64(y) + dy}, picture.Point{X: float64(e[1] + 1), Y: float64(y) + dy})
		}
	}
	return points
}
