package picture

import "image"

// redMap says where a picture has red ink, by cells of a size at which the
// parts of a seal lie together and the letters of a red heading do not.
type redMap struct {
	width, height      int
	cell, across, down int
	reds               []int32 // red pixels in each cell
}

// cellsAcross is how many cells the shorter side of a page has: about 1.2 mm
// each on A4.
const cellsAcross = 176

func newRedMap(width, height int) *redMap {
	cell := max(1, min(width, height)/cellsAcross)
	m := &redMap{width: width, height: height, cell: cell, across: width/cell + 1, down: height/cell + 1}
	m.reds = make([]int32, m.across*m.down)
	return m
}

func (m *redMap) mark(x, y int) { m.reds[y/m.cell*m.across+x/m.cell]++ }

// seals are the places of the seals in pixels. A seal is a patch of red about
// as high as wide, and larger than the largest letters: 24 to 80 mm on A4.
func (m *redMap) seals() []image.Rectangle {
	on := make([]bool, len(m.reds))
	for i, n := range m.reds {
		on[i] = int(n)*12 >= m.cell*m.cell
	}
	page := image.Rect(0, 0, m.width, m.height)
	var found []image.Rectangle
	for _, box := range components(on, m.across, m.down) {
		w, h := box.Dx(), box.Dy()
		long, short := max(w, h), min(w, h)
		if long*5 > short*8 || long*8 < cellsAcross || long*5 > cellsAcross*2 {
			continue
		}
		r := box.Inset(-1)
		r.Min, r.Max = r.Min.Mul(m.cell), r.Max.Mul(m.cell)
		found = append(found, r.Intersect(page))
	}
	return found
}

// lift takes a seal off: under red light its ink is as bright as the paper.
func lift(g *image.Gray, seal image.Rectangle, pixels func(y int) []pixel) {
	ink := underRed(seal, pixels, pixel.red)
	paper := underRed(seal, pixels, func(p pixel) bool { return !p.reddish() })
	for y := seal.Min.Y; y < seal.Max.Y; y++ {
		line, out := pixels(y), row(g, y)
		for x := seal.Min.X; x < seal.Max.X; x++ {
			if p := line[x]; p.reddish() {
				out[x] = byte(min(paper, int(p.r)*paper/max(1, ink)))
			}
		}
	}
}

// underRed is how bright the pixels of a kind are under red light: the middle
// one of them.
func underRed(seal image.Rectangle, pixels func(y int) []pixel, kind func(pixel) bool) int {
	var counts [256]int
	all := 0
	for y := seal.Min.Y; y < seal.Max.Y; y++ {
		for _, p := range pixels(y)[seal.Min.X:seal.Max.X] {
			if kind(p) {
				counts[p.r]++
				all++
			}
		}
	}
	seen := 0
	for v, n := range counts {
		if seen += n; seen*2 >= all {
			return v
		}
	}
	return 255
}

// near is how far apart, in cells, parts of a seal may be: a line of text over
// it cuts it in two.
const near = 3

// components are the boxes of the sets of near cells that are on, in the order
// of their first cell. It clears on.
func components(on []bool, across, down int) []image.Rectangle {
	var found []image.Rectangle
	var todo []int
	for first := range on {
		if !on[first] {
			continue
		}
		on[first] = false
		todo = append(todo[:0], first)
		var box image.Rectangle
		for len(todo) > 0 {
			at := todo[len(todo)-1]
			todo = todo[:len(todo)-1]
			x, y := at%across, at/across
			box = box.Union(image.Rect(x, y, x+1, y+1))
			for ny := max(0, y-near); ny <= min(down-1, y+near); ny++ {
				for nx := max(0, x-near); nx <= min(across-1, x+near); nx++ {
					if n := ny*across + nx; on[n] {
						on[n] = false
						todo = append(todo, n)
					}
				}
			}
		}
		found = append(found, box)
	}
	return found
}
