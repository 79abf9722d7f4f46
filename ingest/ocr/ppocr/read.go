package ppocr

import (
	"image"
	"math"
	"strings"

	"duibiao/ingest/ocr/picture"
)

const (
	readHigh = 48   // pixels of the height of a line as the network wants it
	readWide = 3200 // and the most of its width
	readStep = 32   // widths are multiples of this, so that few sizes are seen
)

// line reads the line at q.
func (r Reader) line(page *image.Gray, q Quad) (string, float64, error) {
	out, err := r.Read(oneColour(crop(page, q)))
	if err != nil {
		return "", 0, err
	}
	classes := len(r.Keys) + 2 // none first, the space last
	if len(out.Shape) != 3 || out.Shape[2] != classes || len(out.Data)%classes != 0 {
		return "", 0, errShape
	}
	text, confidence := r.decode(out.Data, classes)
	return text, confidence, nil
}

// crop is the picture of the line at q in the height that the network wants.
// A line much higher than wide is laid on its side.
func crop(page *image.Gray, q Quad) *image.Gray {
	if distance(q[0], q[3]) >= 1.5*distance(q[0], q[1]) {
		q = Quad{q[1], q[2], q[3], q[0]}
	}
	q = q.longer(0.25 * distance(q[0], q[3]))
	wide, high := distance(q[0], q[1]), max(1, distance(q[0], q[3]))
	w := min(readWide, max(readStep/2, int(math.Ceil(wide*readHigh/high))))
	// Where the line is higher than the network wants it is first cut out in
	// its own size, as a picture that is made smaller needs the mean of pixels.
	k := int(max(1, math.Ceil(high/readHigh)))
	cut := picture.Warp(page, w*k, readHigh*k, picture.Between(w*k, readHigh*k, q[0], q[1], q[3]))
	return picture.Scale(cut, w, readHigh)
}

// longer is q with so many pixels more at both ends of its text: a mark there,
// such as a full stop, is often only half inside.
func (q Quad) longer(by float64) Quad {
	wide := max(1, distance(q[0], q[1]))
	dx, dy := (q[1].X-q[0].X)*by/wide, (q[1].Y-q[0].Y)*by/wide
	return Quad{{X: q[0].X - dx, Y: q[0].Y - dy}, {X: q[1].X + dx, Y: q[1].Y + dy}, {X: q[2].X + dx, Y: q[2].Y + dy}, {X: q[3].X - dx, Y: q[3].Y - dy}}
}

func distance(a, b picture.Point) float64 { return math.Hypot(a.X-b.X, a.Y-b.Y) }

// oneColour is the picture of a line as the network wants it: three equal
// planes over -1 to 1, with nothing at the end.
func oneColour(g *image.Gray) Tensor {
	w, h := g.Rect.Dx(), g.Rect.Dy()
	padded := (w + readStep - 1) / readStep * readStep
	t := Tensor{Shape: []int{1, 3, h, padded}, Data: make([]float32, 3*padded*h)}
	plane := t.Data[:padded*h]
	for y := range h {
		for x, v := range g.Pix[y*g.Stride : y*g.Stride+w] {
			plane[y*padded+x] = float32(v)/127.5 - 1
		}
	}
	copy(t.Data[padded*h:], plane)
	copy(t.Data[2*padded*h:], plane)
	return t
}

// decode is the text of a row of guesses: of equal ones in a row the first,
// and none of class 0.
func (r Reader) decode(guesses []float32, classes int) (string, float64) {
	var text strings.Builder
	sure, n, before := 0.0, 0, 0
	for ; len(guesses) > 0; guesses = guesses[classes:] {
		best := 0
		for i, v := range guesses[:classes] {
			if v > guesses[best] {
				best = i
			}
		}
		if best != 0 && best != before {
			text.WriteString(r.key(best))
			sure += float64(guesses[best])
			n++
		}
		before = best
	}
	return strings.TrimSpace(text.String()), sure / float64(max(1, n))
}

func (r Reader) key(class int) string {
	if class > len(r.Keys) {
		return " "
	}
	return r.Keys[class-1]
}
