package layout

import (
	"math"
	"slices"
)

// overprinted marks the characters of large type that stand on other text: a
// watermark, when it is not askew. Runs are judged as a whole.
func overprinted(gs []glyph) []bool {
	out := make([]bool, len(gs))
	if len(gs) == 0 {
		return out
	}
	body := mainSize(gs)
	const large, most = 1.5, 500
	n := 0
	for from := 0; from < len(gs) && n < most; {
		to := from + 1
		for to < len(gs) && gs[to].size == gs[from].size && gs[to].order == gs[to-1].order+1 {
			to++
		}
		if gs[from].size > large*body {
			n += to - from
			onText := 0
			for i := from; i < to; i++ {
				if standsOnText(&gs[i], gs) {
					onText++
				}
			}
			for i := from; i < to; i++ {
				out[i] = onText*3 >= to-from
			}
		}
		from = to
	}
	return out
}

// standsOnText reports whether the middle of another, smaller character is in
// the inner part of g's box.
func standsOnText(g *glyph, gs []glyph) bool {
	x, y := (g.left+g.right)/2, (g.top+g.bottom)/2
	const inner = 0.3 // em to each side
	return slices.ContainsFunc(gs, func(o glyph) bool {
		return o.size < 0.8*g.size && math.Abs((o.left+o.right)/2-x) < inner*g.size && math.Abs((o.top+o.bottom)/2-y) < inner*g.size
	})
}
