package ppocr

import (
	"context"
	"errors"
	"image"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duibiao/ingest/ocr/picture"
)

// inkNet answers as the first network would: sure of text where it is dark.
func inkNet(in Tensor) (Tensor, error) {
	h, w := in.Shape[2], in.Shape[3]
	out := Tensor{Shape: []int{1, 1, h, w}, Data: make([]float32, h*w)}
	for i, v := range in.Data[:h*w] {
		if v < 0 {
			out.Data[i] = 0.9
		}
	}
	return out, nil
}

// fixedNet answers with one row of guesses a step: a class and how sure.
func fixedNet(classes int, steps ...float32) Net {
	return func(Tensor) (Tensor, error) {
		out := Tensor{Shape: []int{1, len(steps), classes}}
		for _, s := range steps {
			row := make([]float32, classes)
			class := int(s)
			row[class] = s - float32(class)
			out.Data = append(out.Data, row...)
		}
		return out, nil
	}
}

func TestDecode(t *testing.T) {
	r := Reader{Keys: []string{"法", "治", "A"}}
	tests := []struct {
		name       string
		steps      []float32
		text       string
		confidence float64
	}{
		{"nothing", []float32{0.9, 0.9}, "", 0},
		{"equal in a row is one", []float32{1.8, 1.8, 0.9, 2.6}, "法治", 0.7},
		{"equal with none between is two", []float32{1.5, 0.9, 1.5}, "法法", 0.5},
		{"the class after the keys is a space", []float32{3.9, 4.9, 3.9, 4.5}, "A A", 0.8},
	}
	for _, tt := range tests {
		out, err := fixedNet(5, tt.steps...)(Tensor{})
		if err != nil {
			t.Fatal(err)
		}
		text, confidence := r.decode(out.Data, 5)
		if text != tt.text || math.Abs(confidence-tt.confidence) > 1e-6 {
			t.Errorf("%s: %q %.3f, want %q %.3f", tt.name, text, confidence, tt.text, tt.confidence)
		}
	}
}

// bar draws a dark bar, turned clockwise about its middle.
func bar(page *image.Gray, middle picture.Point, wide, high, degrees float64) {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	for y := range page.Rect.Dy() {
		for x := range page.Rect.Dx() {
			dx, dy := float64(x)+0.5-middle.X, float64(y)+0.5-middle.Y
			if math.Abs(dx*cos+dy*sin) <= wide/2 && math.Abs(dy*cos-dx*sin) <= high/2 {
				page.Pix[y*page.Stride+x] = 0
			}
		}
	}
}

func TestFindGivesTheWholeLineInItsDirection(t *testing.T) {
	for _, degrees := range []float64{0, 3, -20, 40} {
		page := picture.Blank(640, 640)
		bar(page, picture.Point{X: 320, Y: 300}, 300, 12, degrees)
		quads, err := Reader{Find: inkNet}.find(page)
		if err != nil || len(quads) != 1 {
			t.Fatalf("at %v°: %d lines, %v", degrees, len(quads), err)
		}
		q := quads[0]
		angle := math.Atan2(q[1].Y-q[0].Y, q[1].X-q[0].X) * 180 / math.Pi
		grow := 300 * 12 * unclip / (2 * (300 + 12))
		wide, high := distance(q[0], q[1]), distance(q[0], q[3])
		if math.Abs(angle-degrees) > 0.6 || math.Abs(wide-300-2*grow) > 4 || math.Abs(high-12-2*grow) > 4 {
			t.Errorf("a bar of 300x12 at %v° gives %.0fx%.0f at %.1f°", degrees, wide, high, angle)
		}
	}
}

func TestFindPassesOverSpecksAndGoesFromTheTop(t *testing.T) {
	page := picture.Blank(640, 640)
	bar(page, picture.Point{X: 300, Y: 500}, 200, 14, 0)
	bar(page, picture.Point{X: 200, Y: 100}, 200, 14, 0)
	bar(page, picture.Point{X: 500, Y: 300}, 2, 2, 0)
	quads, err := Reader{Find: inkNet}.find(page)
	if err != nil || len(quads) != 2 {
		t.Fatalf("%d lines, %v, want 2", len(quads), err)
	}
	if _, top, _, _ := quads[0].Bounds(); top > 110 {
		t.Errorf("the first line is at %.0f, want the upper one", top)
	}
}

// TestCropTurnsALineLevel reads the ends of a slanting bar that is dark on its
// left and grey on its right.
func TestCropTurnsALineLevel(t *testing.T) {
	page := picture.Blank(400, 400)
	box := rect{picture.Point{X: 200, Y: 200}, 20 * math.Pi / 180, 200, 40}
	sin, cos := math.Sincos(box.angle)
	for y := range 400 {
		for x := range 400 {
			dx, dy := float64(x)-200, float64(y)-200
			along, across := dx*cos+dy*sin, dy*cos-dx*sin
			if math.Abs(along) < 100 && math.Abs(across) < 20 {
				page.Pix[y*page.Stride+x] = 100
				if along < 0 {
					page.Pix[y*page.Stride+x] = 0
				}
			}
		}
	}
	line := crop(page, box.corners())
	w := line.Rect.Dx()
	got := []byte{line.Pix[24*line.Stride+w/4], line.Pix[24*line.Stride+3*w/4], line.Pix[24*line.Stride]}
	if diff := cmp.Diff([]byte{0, 100, 255}, got); diff != "" || line.Rect.Dy() != readHigh {
		t.Errorf("left, right and margin of a line %v (-want +got):\n%s", line.Rect, diff)
	}
}

func TestLines(t *testing.T) {
	page := picture.Blank(640, 320)
	bar(page, picture.Point{X: 320, Y: 100}, 400, 14, 0)
	bar(page, picture.Point{X: 320, Y: 200}, 400, 14, 0)
	r := Reader{Find: inkNet, Read: fixedNet(4, 1.8, 2.6), Keys: []string{"法", "治"}}
	lines, err := r.Lines(context.Background(), page)
	if err != nil || len(lines) != 2 || lines[0].Text != "法治" || math.Abs(lines[0].Confidence-0.7) > 1e-6 {
		t.Errorf("Lines = %v, %v, want 法治 twice", lines, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := r.Lines(ctx, page); !errors.Is(err, context.Canceled) {
		t.Errorf("Lines with an ended context: %v", err)
	}
}

func TestCheckTellsNetworksThatDoNotFit(t *testing.T) {
	broken := errors.New("broken")
	fits := Reader{Find: inkNet, Read: fixedNet(4, 0.9), Keys: []string{"法", "治"}}
	if err := fits.Check(); err != nil {
		t.Errorf("Check of networks that fit: %v", err)
	}
	tests := []struct {
		name string
		r    Reader
		want error
	}{
		{"fewer characters than the network knows", Reader{Find: inkNet, Read: fixedNet(9, 0.9), Keys: []string{"法", "治"}}, errShape},
		{"a network of lines in place of the one of pages", Reader{Find: fixedNet(4, 0.9), Read: fixedNet(4, 0.9), Keys: []string{"法", "治"}}, errShape},
		{"a network that fails", Reader{Find: func(Tensor) (Tensor, error) { return Tensor{}, broken }, Read: fixedNet(4, 0.9), Keys: []string{"法", "治"}}, broken},
	}
	for _, tt := range tests {
		if err := tt.r.Check(); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
}

// FuzzFind holds that whatever the network answers, lines have finite corners
// and can be cut out.
func FuzzFind(f *testing.F) {
	f.Add([]byte(strings.Repeat("\x00\xff", 600)))
	f.Add([]byte{255})
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, answer []byte) {
		page := picture.Blank(64, 64)
		r := Reader{Keys: []string{"法"}, Find: func(in Tensor) (Tensor, error) {
			out := Tensor{Data: make([]float32, 64*64)}
			for i := range min(len(answer), len(out.Data)) {
				out.Data[i] = float32(answer[i])/200 - 0.1
			}
			return out, nil
		}, Read: fixedNet(3, 1.5)}
		lines, err := r.Lines(context.Background(), page)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range lines {
			for _, p := range l.Place {
				if math.IsNaN(p.X+p.Y) || math.IsInf(p.X+p.Y, 0) {
					t.Errorf("a line at %v", l.Place)
				}
			}
		}
	})
}
