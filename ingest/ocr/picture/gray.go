// Package picture makes a page ready for recognition.
//
// In: a picture of a page as a scanner or a camera gave it. Out: the same page
// in grey, upright, of a bounded size and without the red seals that were
// pressed over its text, with the way back to the points of the picture it was
// made from. Nothing here knows letters.
package picture

import (
	"image"
	"image/color"
)

// Grey is the brightness of img, one byte a pixel, with its upper left corner
// at 0, 0. The red of a seal becomes paper; black text under it stays. Red
// text, such as the name of the office at the head of an official paper, is no
// seal and stays as well.
func Grey(img image.Image) *image.Gray {
	b := img.Bounds()
	g := image.NewGray(image.Rect(0, 0, b.Dx(), b.Dy()))
	if same, ok := img.(*image.Gray); ok {
		for y := range b.Dy() {
			copy(row(g, y), same.Pix[same.PixOffset(b.Min.X, b.Min.Y+y):])
		}
		return g
	}
	rows := rowReader(img)
	line := make([]pixel, b.Dx())
	reds := newRedMap(b.Dx(), b.Dy())
	for y := range b.Dy() {
		rows(b.Min.Y+y, line)
		out := row(g, y)
		for x, p := range line {
			out[x] = p.brightness()
			if p.red() {
				reds.mark(x, y)
			}
		}
	}
	for _, seal := range reds.seals() {
		lift(g, seal, func(y int) []pixel { rows(b.Min.Y+y, line); return line })
	}
	return g
}

// row is the pixels of row y of g.
func row(g *image.Gray, y int) []byte {
	from := y * g.Stride
	return g.Pix[from : from+g.Rect.Dx()]
}

type pixel struct{ r, g, b uint8 }

func (p pixel) brightness() uint8 {
	return uint8((299*int(p.r) + 587*int(p.g) + 114*int(p.b) + 500) / 1000)
}

// red is true of the ink of a seal, also where it is faint, and of the fringe
// that compression leaves around it; never of grey or brown paper.
func (p pixel) red() bool {
	most := max(p.g, p.b)
	return p.r > 90 && p.r > most && p.r-most > 45
}

// reddish is true of the ink of a seal, and of what is mixed of it and of black
// or of paper.
func (p pixel) reddish() bool { return int(p.r)-int(max(p.g, p.b)) > 15 }

// rowReader returns a function that reads one row of img.
func rowReader(img image.Image) func(y int, to []pixel) {
	b := img.Bounds()
	switch img := img.(type) {
	case *image.RGBA:
		return func(y int, to []pixel) { fourBytes(img.Pix[img.PixOffset(b.Min.X, y):], to) }
	case *image.NRGBA:
		if img.Opaque() {
			return func(y int, to []pixel) { fourBytes(img.Pix[img.PixOffset(b.Min.X, y):], to) }
		}
	case *image.YCbCr:
		return func(y int, to []pixel) {
			for x := range to {
				at := img.COffset(b.Min.X+x, y)
				r, g, b := color.YCbCrToRGB(img.Y[img.YOffset(b.Min.X+x, y)], img.Cb[at], img.Cr[at])
				to[x] = pixel{r, g, b}
			}
		}
	}
	return func(y int, to []pixel) {
		for x := range to {
			to[x] = onPaper(img.At(b.Min.X+x, y))
		}
	}
}

func fourBytes(from []byte, to []pixel) {
	for x := range to {
		to[x] = pixel{from[4*x], from[4*x+1], from[4*x+2]}
	}
}

// onPaper is a colour as it looks on white paper, where it is not opaque.
func onPaper(c color.Color) pixel {
	r, g, b, a := c.RGBA()
	paper := 0xffff - a
	return pixel{uint8((r + paper) >> 8), uint8((g + paper) >> 8), uint8((b + paper) >> 8)}
}

// Blank is a white page of the given size in pixels.
func Blank(width, height int) *image.Gray {
	g := image.NewGray(image.Rect(0, 0, width, height))
	for i := range g.Pix {
		g.Pix[i] = 255
	}
	return g
}
