package picture

import (
	"image"
	"image/color"
	"math"
	"testing"
)

// striped is a page with level lines of short strokes that do not stand below
// each other.
func striped(width, height int) *image.Gray {
	g := Blank(width, height)
	for y := 60; y+60 < height; y += 40 {
		for x := 50; x+50 < width; x++ {
			if (x+y*y/7)%20 < 14 {
				for dy := range 18 {
					g.Pix[(y+dy)*g.Stride+x] = 0
				}
			}
		}
	}
	return g
}

func TestFindLean(t *testing.T) {
	page := striped(900, 1200)
	for _, degrees := range []float64{0, 0.5, -1.3, 3, -5} {
		angle := degrees * math.Pi / 180
		lean := FindLean(Straighten(page, angle))
		if math.Abs(lean.Angle-angle) > 0.1*math.Pi/180 || lean.Sideways {
			t.Errorf("a page turned by %v° leans %.2f°, sideways %v", degrees, lean.Angle*180/math.Pi, lean.Sideways)
		}
	}
	side, _ := Turn(page, 90)
	if !FindLean(side).Sideways {
		t.Error("lines that run down are not found to")
	}
	if lean := FindLean(Blank(300, 200)); lean != (Lean{}) {
		t.Errorf("an empty page leans %v", lean)
	}
}

func TestTurnLeadsBack(t *testing.T) {
	page := Blank(30, 20)
	page.SetGray(4, 2, color.Gray{0})
	for turn, want := range map[int]image.Point{0: {4, 2}, 90: {17, 4}, 180: {25, 17}, 270: {2, 25}} {
		turned, back := Turn(page, turn)
		if turned.GrayAt(want.X, want.Y).Y != 0 {
			t.Errorf("after a turn by %d° the dot is not at %v", turn, want)
		}
		p := back.At(Point{float64(want.X) + 0.5, float64(want.Y) + 0.5})
		if math.Abs(p.X-4.5) > 1e-9 || math.Abs(p.Y-2.5) > 1e-9 {
			t.Errorf("from a turn by %d° the dot goes back to %v", turn, p)
		}
	}
}

func TestStraightenKeepsTheWholePageAboutItsMiddle(t *testing.T) {
	page := Blank(200, 300)
	for i := range page.Pix {
		page.Pix[i] = 0
	}
	turned := Straighten(page, 3*math.Pi/180)
	dark := 0
	for _, v := range turned.Pix {
		dark += 255 - int(v)
	}
	if area := float64(dark) / 255; math.Abs(area-200*300) > 600 {
		t.Errorf("%.0f dark pixels of 60000 are left", area)
	}
	w, h := turned.Rect.Dx(), turned.Rect.Dy()
	if turned.GrayAt(w/2, h/2).Y != 0 || turned.GrayAt(0, 0).Y != 255 {
		t.Error("the page is not in the middle")
	}
}

func TestRotationIsClockwise(t *testing.T) {
	p := Rotation(Point{10, 10}, math.Pi/2).At(Point{15, 10})
	if math.Abs(p.X-10) > 1e-9 || math.Abs(p.Y-15) > 1e-9 {
		t.Errorf("a quarter turn leads to %v, want 10, 15", p)
	}
}

func TestScaleKeepsTheMean(t *testing.T) {
	page := striped(640, 480)
	for _, size := range []image.Point{{320, 240}, {213, 160}, {960, 720}, {640, 300}} {
		if got, want := mean(Scale(page, size.X, size.Y)), mean(page); math.Abs(got-want) > 1.5 {
			t.Errorf("in %v the mean is %.1f, want %.1f", size, got, want)
		}
	}
}

func mean(g *image.Gray) float64 {
	sum := 0
	for _, v := range g.Pix {
		sum += int(v)
	}
	return float64(sum) / float64(len(g.Pix))
}

// sealed is a page with black text, a red heading and a seal over the text.
func sealed() *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, 840, 1188))
	red := color.RGBA{215, 40, 45, 255}
	for y := range 1188 {
		for x := range 840 {
			c := color.RGBA{235, 235, 232, 255}
			d := math.Hypot(float64(x)-500, float64(y)-800)
			switch {
			case y >= 100 && y < 140 && x >= 200 && x < 640 && x%55 < 40: // the heading, letter by letter
				c = red
			case y >= 795 && y < 805 && x >= 350 && x < 650:
				c = color.RGBA{25, 25, 25, 255}
			case d > 72 && d < 80 || d < 20:
				c = red
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

func TestGreyTakesOffSealsAndNothingElse(t *testing.T) {
	g := Grey(sealed())
	tests := []struct {
		name string
		x, y int
		dark bool
	}{
		{"paper", 50, 50, false},
		{"the red heading", 230, 120, true},
		{"text beside the seal", 380, 800, true},
		{"text under the seal", 500, 800, true},
		{"the ring of the seal", 500, 724, false},
		{"the star of the seal", 500, 786, false},
	}
	for _, tt := range tests {
		if v := g.GrayAt(tt.x, tt.y).Y; (v < 128) != tt.dark || !tt.dark && v < 220 {
			t.Errorf("%s has brightness %d, dark should be %v", tt.name, v, tt.dark)
		}
	}
}

func TestGreyOfEveryKindOfPicture(t *testing.T) {
	rect := image.Rect(3, 5, 7, 8)
	ycc := image.NewYCbCr(rect, image.YCbCrSubsampleRatio420)
	for i := range ycc.Y {
		ycc.Y[i] = 200
	}
	for i := range ycc.Cb {
		ycc.Cb[i], ycc.Cr[i] = 128, 128
	}
	rgba, nrgba, clear := image.NewRGBA(rect), image.NewNRGBA(rect), image.NewNRGBA(rect)
	gray, gray16 := image.NewGray(rect), image.NewGray16(rect)
	palette := image.NewPaletted(rect, color.Palette{color.Gray{200}})
	for y := rect.Min.Y; y < rect.Max.Y; y++ {
		for x := rect.Min.X; x < rect.Max.X; x++ {
			rgba.Set(x, y, color.Gray{200})
			nrgba.Set(x, y, color.Gray{200})
			clear.Set(x, y, color.NRGBA{0, 0, 0, 55}) // black, of which paper shines through
			gray.Set(x, y, color.Gray{200})
			gray16.Set(x, y, color.Gray{200})
		}
	}
	for _, img := range []image.Image{ycc, rgba, nrgba, clear, gray, gray16, palette, rgba.SubImage(image.Rect(4, 6, 6, 8))} {
		g := Grey(img)
		if g.Rect.Size() != img.Bounds().Size() || g.Rect.Min != (image.Point{}) {
			t.Errorf("%T of %v gives %v", img, img.Bounds(), g.Rect)
		}
		for _, v := range g.Pix {
			if v < 199 || v > 201 {
				t.Errorf("%T gives brightness %d, want 200", img, v)
				break
			}
		}
	}
}

func TestSoftenTakesOffNoise(t *testing.T) {
	page := Blank(40, 40)
	page.SetGray(20, 20, color.Gray{0})
	soft := Soften(page, 3)
	if v := soft.GrayAt(20, 20).Y; v < 220 {
		t.Errorf("a speck has brightness %d after softening", v)
	}
	if Soften(page, 0) != page {
		t.Error("softening no time changes the page")
	}
}
