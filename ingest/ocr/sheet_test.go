package ocr

import (
	"bytes"
	"fmt"
	"html"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// sheet is a page that is being drawn, in points. It is as wide as A4 and ends
// some way below what is on it, as large pages take long to read.
type sheet struct {
	font  string
	size  float64
	lead  float64 // from line to line
	lines []string
	parts strings.Builder
	end   float64 // the lowest that is drawn
}

const a4Width = 595.28

// column writes paragraphs in a column and returns where it ends. The first
// line of each is set in by two characters.
func (s *sheet) column(left, top float64, perLine int, paragraphs []string) float64 {
	for _, p := range paragraphs {
		line, x := 0.0, left+2*s.size
		from, room := 0, float64(perLine-2)
		runes := []rune(p)
		for i, r := range runes {
			line += width(r)
			if i+1 < len(runes) && (line+width(runes[i+1]) <= room || strings.ContainsRune("，。；：、）》”%", runes[i+1])) {
				continue
			}
			s.text(x, top, "black", "", string(runes[from:i+1]))
			from, line, x, room = i+1, 0, left, float64(perLine)
			top += s.lead
		}
	}
	return top
}

// width is the width of r in characters.
func width(r rune) float64 {
	if r < 0x80 {
		return 0.55
	}
	return 1
}

// text writes one line with its foot at y.
func (s *sheet) text(x, y float64, fill, style, line string) {
	s.lines = append(s.lines, line)
	s.end = max(s.end, y)
	fmt.Fprintf(&s.parts, `<text x="%.1f" y="%.1f" font-size="%.1f" fill="%s" style="%s">%s</text>`, x, y, s.size, fill, style, html.EscapeString(line))
}

// seal presses a round red seal with its middle at x, y.
func (s *sheet) seal(x, y float64, name string) {
	const r = 58.0
	s.end = max(s.end, y+r)
	fmt.Fprintf(&s.parts, `<g style="mix-blend-mode:multiply"><circle cx="%.1f" cy="%.1f" r="%.1f" fill="none" stroke="#dd2222" stroke-width="4"/>`, x, y, r)
	fmt.Fprintf(&s.parts, `<text x="%.1f" y="%.1f" font-size="34" fill="#dd2222" text-anchor="middle">★</text>`, x, y+12)
	letters := []rune(name)
	for i, c := range letters {
		turn := (float64(i) - float64(len(letters)-1)/2) * 250 / float64(len(letters))
		fmt.Fprintf(&s.parts, `<text x="%.1f" y="%.1f" font-size="17" fill="#dd2222" text-anchor="middle" transform="rotate(%.1f %.1f %.1f)">%c</text>`, x, y-r+20, turn, x, y, c)
	}
	s.parts.WriteString("</g>")
}

// truth is the text of the page.
func (s *sheet) truth() string { return strings.Join(s.lines, "\n") }

// scan is the page as a scanner with that many dots to the inch sees it.
func (s *sheet) scan(t testing.TB, dpi int) image.Image {
	t.Helper()
	mustHaveFont(t, s.font)
	svg := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%.2fpt" height="%.2fpt" viewBox="0 0 %.2f %.2f" font-family="%s"><rect width="100%%" height="100%%" fill="white"/>%s</svg>`,
		a4Width, s.end+60, a4Width, s.end+60, s.font, s.parts.String())
	d := fmt.Sprint(dpi)
	cmd := exec.Command("rsvg-convert", "-d", d, "-p", d)
	cmd.Stdin = strings.NewReader(svg)
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("draw a page (needs rsvg-convert from librsvg2-bin): %v", err)
	}
	img, err := png.Decode(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func mustHaveFont(t testing.TB, family string) {
	t.Helper()
	out, err := exec.Command("fc-match", "-f", "%{family}", family).Output()
	if err != nil || !strings.Contains(string(out), family) {
		t.Fatalf("no font %s (needs fonts-noto-cjk and fontconfig): got %q, %v", family, out, err)
	}
}

// worn is a picture as a bad scanner gives it: turned clockwise by some
// degrees, blurred, with noise, as JPEG of low quality.
func worn(t testing.TB, img image.Image, degrees, noise float64) image.Image {
	t.Helper()
	b := img.Bounds()
	from, out := image.NewRGBA(b), image.NewRGBA(b)
	draw.Draw(from, b, img, b.Min, draw.Src)
	rng := rand.New(rand.NewPCG(7, 11))
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	mx, my := float64(b.Dx())/2, float64(b.Dy())/2
	for y := range b.Dy() {
		for x := range b.Dx() {
			dx, dy := float64(x)-mx, float64(y)-my
			r, g, bl := blurred(from, mx+dx*cos+dy*sin, my+dy*cos-dx*sin)
			n := rng.NormFloat64() * noise
			out.SetRGBA(x, y, color.RGBA{shade(r*0.9 + n), shade(g*0.9 + n), shade(bl*0.9 + n), 255})
		}
	}
	var buf bytes.Buffer
	if err := jpeg.Encode(&buf, out, &jpeg.Options{Quality: 45}); err != nil {
		t.Fatal(err)
	}
	back, err := jpeg.Decode(&buf)
	if err != nil {
		t.Fatal(err)
	}
	return back
}

func shade(v float64) uint8 { return uint8(min(255, max(0, v))) }

// blurred is the mean of the four pixels around a place, paper outside.
func blurred(img *image.RGBA, x, y float64) (r, g, b float64) {
	for _, d := range [4]image.Point{{0, 0}, {1, 0}, {0, 1}, {1, 1}} {
		p := image.Pt(int(math.Floor(x)), int(math.Floor(y))).Add(d)
		if !p.In(img.Rect) {
			r, g, b = r+64, g+64, b+64
			continue
		}
		at := img.PixOffset(p.X, p.Y)
		r, g, b = r+float64(img.Pix[at])/4, g+float64(img.Pix[at+1])/4, b+float64(img.Pix[at+2])/4
	}
	return r, g, b
}

func paragraphs(t testing.TB, file string) []string {
	t.Helper()
	b, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSpace(string(b)), "\n")
}
