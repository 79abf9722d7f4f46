package picture

import "image"

// Soften is g with each pixel the weighted mean of the nine around it, over
// again that many times: the noise of a scanner goes, and letters stay.
func Soften(g *image.Gray, times int) *image.Gray {
	for range times {
		g = softened(g)
	}
	return g
}

func softened(g *image.Gray) *image.Gray {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	out := image.NewGray(g.Rect)
	for y := range h {
		line := row(out, y)
		up, mid, down := row(g, max(0, y-1)), row(g, y), row(g, min(h-1, y+1))
		for x := range line {
			l, r := max(0, x-1), min(w-1, x+1)
			sum := int(up[l]) + 2*int(up[x]) + int(up[r]) +
				2*int(mid[l]) + 4*int(mid[x]) + 2*int(mid[r]) +
				int(down[l]) + 2*int(down[x]) + int(down[r])
			line[x] = byte((sum + 8) / 16)
		}
	}
	return out
}
