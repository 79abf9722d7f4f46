package ocr

import (
	"context"
	"errors"
	"image"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duibiao/corpus"
	"duibiao/ingest/ocr/picture"
)

// boxEngine reads the dark boxes of a page: one piece of text for each. It is
// sure of them when the first one is wider than high and stands in the upper
// half, as text that is the right way up does.
func boxEngine() *Engine {
	return &Engine{name: "boxes", close: func() error { return nil }, read: func(_ context.Context, page *image.Gray) ([]piece, error) {
		var pieces []piece
		for y := range page.Rect.Dy() {
			for x := range page.Rect.Dx() {
				if page.GrayAt(x, y).Y < 128 {
					pieces = grown(pieces, float64(x), float64(y))
				}
			}
		}
		for i, p := range pieces {
			pieces[i].text, pieces[i].confidence = "甲乙丙", 0.5
			if first := pieces[0]; p.right-p.left > p.bottom-p.top && first.bottom < float64(page.Rect.Dy())/2 {
				pieces[i].confidence = 0.9
			}
		}
		return pieces, nil
	}}
}

// grown is pieces with a dark pixel, in the piece that it is near.
func grown(pieces []piece, x, y float64) []piece {
	for i := range pieces {
		p := &pieces[i]
		if x > p.left-60 && x < p.right+60 && y > p.top-60 && y < p.bottom+60 {
			p.left, p.top, p.right, p.bottom = min(p.left, x), min(p.top, y), max(p.right, x+1), max(p.bottom, y+1)
			return pieces
		}
	}
	return append(pieces, piece{left: x, top: y, right: x + 1, bottom: y + 1})
}

// boxes is a page of A4 at 150 dpi with boxes like lines in its upper half.
func boxes() *image.Gray {
	g := picture.Blank(1240, 1754)
	for i := range 4 {
		for y := 200 + 150*i; y < 240+150*i; y++ {
			for x := 200; x < 900; x++ {
				g.Pix[y*g.Stride+x] = 0
			}
		}
	}
	return g
}

func TestReadLeadsBackToThePageAsGiven(t *testing.T) {
	tests := []struct {
		name  string
		img   image.Image
		turn  int
		skew  float64
		box   corpus.Box // of the first line, in pixels of img
		shown corpus.Box
	}{
		{"straight", boxes(), 0, 0, corpus.Box{Left: 200, Top: 200, Right: 900, Bottom: 240}, corpus.Box{Left: 200, Top: 200, Right: 900, Bottom: 240}},
		{"upside down", turned(180), 180, 0, corpus.Box{Left: 340, Top: 1514, Right: 1040, Bottom: 1554}, corpus.Box{Left: 340, Top: 1514, Right: 1040, Bottom: 1554}},
		{"lying on its right", turned(90), 270, 0, corpus.Box{Left: 1514, Top: 200, Right: 1554, Bottom: 900}, corpus.Box{Left: 1514, Top: 200, Right: 1554, Bottom: 900}},
		// Straightening enlarged the page by half of 92 and of 65 pixels.
		{"askew", picture.Straighten(boxes(), 3*math.Pi/180), 0, 3, corpus.Box{Left: 245, Top: 232, Right: 945, Bottom: 272}, corpus.Box{Left: 279, Top: 214, Right: 980, Bottom: 291}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p, err := boxEngine().Read(context.Background(), tt.img, 72)
			if err != nil || len(p.Lines) != 4 {
				t.Fatalf("%d lines, %v", len(p.Lines), err)
			}
			if p.Turn != tt.turn || math.Abs(p.Skew-tt.skew) > 0.1 {
				t.Errorf("turn %d, skew %.2f, want %d, %.2f", p.Turn, p.Skew, tt.turn, tt.skew)
			}
			near := cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 4 })
			if diff := cmp.Diff(tt.box, p.Lines[0].Box, near); diff != "" {
				t.Errorf("box (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.shown, p.AsShown(p.Lines[0].Box), near); diff != "" {
				t.Errorf("box as shown (-want +got):\n%s", diff)
			}
		})
	}
}

func turned(clockwise int) image.Image {
	g, _ := picture.Turn(boxes(), clockwise)
	return g
}

func TestReadCountsInPoints(t *testing.T) {
	small := picture.Scale(boxes(), 310, 438) // is enlarged to be read
	p, err := boxEngine().Read(context.Background(), small, 36)
	if err != nil || len(p.Lines) == 0 {
		t.Fatalf("%v, %v", p, err)
	}
	near := cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 3 })
	if diff := cmp.Diff(corpus.Box{Left: 100, Top: 100, Right: 450, Bottom: 120}, p.Lines[0].Box, near); diff != "" {
		t.Errorf("box (-want +got):\n%s", diff)
	}
}

func TestReadRefuses(t *testing.T) {
	broken := errors.New("broken")
	failing := &Engine{name: "failing", read: func(context.Context, *image.Gray) ([]piece, error) { return nil, broken }}
	tests := []struct {
		name string
		img  image.Image
		dpi  float64
		want error
	}{
		{"no pixels", image.NewGray(image.Rectangle{}), 200, corpus.ErrBroken},
		{"no size", picture.Blank(9, 9), 0, corpus.ErrBroken},
		{"a size that is no number", picture.Blank(9, 9), math.NaN(), corpus.ErrBroken},
		{"too many pixels", image.NewUniform(image.White), 200, corpus.ErrTooLarge},
		{"an engine that fails", picture.Blank(9, 9), 200, broken},
	}
	for _, tt := range tests {
		if _, err := failing.Read(context.Background(), tt.img, tt.dpi); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
}

func TestReadOfAnEmptyPage(t *testing.T) {
	for _, size := range []image.Point{{1, 1}, {3, 4000}, {600, 800}} {
		p, err := boxEngine().Read(context.Background(), picture.Blank(size.X, size.Y), 200)
		if err != nil || len(p.Lines) != 0 || p.Turn != 0 {
			t.Errorf("an empty page of %v: %v, %v", size, p, err)
		}
	}
}

func TestRowsJoinsWhatStandsCloseTogether(t *testing.T) {
	at := func(text string, left, top, right float64) piece {
		return piece{text, left, top, right, top + 20, 0.8}
	}
	pieces := []piece{
		at("办法", 110, 103, 150), at("《工作", 10, 100, 105), at("A", 400, 98, 420), // one line, and a cell far to its right
		at("第一行", 10, 40, 70), at("B", 425, 99, 445),
	}
	var got []string
	for _, l := range rows(pieces) {
		got = append(got, l.text)
	}
	if diff := cmp.Diff([]string{"第一行", "《工作办法", "A B"}, got); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

// parts writes empty files of those names to a new folder.
func parts(t *testing.T, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("甲\n乙\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// alone keeps the engines of this machine out of sight.
func alone(t *testing.T) {
	t.Setenv(FolderVariable, "")
	t.Setenv("PATH", t.TempDir())
	t.Setenv("HOME", t.TempDir())
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
}

func TestFindPPOCRByTheNamesOfItsFiles(t *testing.T) {
	library := LibraryName()
	some := parts(t, library, "readme.txt", "record.onnx")
	all := parts(t, library, "ch_PP-OCRv4_det_infer.onnx", "ch_PP-OCRv4_rec_infer.onnx", "ch_ppocr_mobile_v2.0_cls_infer.onnx", "ppocr_keys_v1.txt", "LICENSE")
	short := parts(t, library, "det.onnx", "rec.onnx", "keys.txt")
	for _, dir := range []string{all, short} {
		p := findPPOCR([]string{some, dir})
		for _, part := range p.all() {
			if filepath.Dir(part.Path) != dir {
				t.Errorf("%s is %q, want one in %s", part.What, part.Path, dir)
			}
		}
	}
	p := findPPOCR([]string{parts(t), some})
	if lack := missing(p.all()); len(lack) != 2 || p.library.Path == "" {
		t.Errorf("of an incomplete folder %v is missing, want 2 parts", lack)
	}
	for model, want := range map[string]string{"a/ch_PP-OCRv4_rec_infer.onnx": "ppocr v4", "ppocrv5_rec.onnx": "ppocr v5", "rec.onnx": "ppocr"} {
		if got := release(model); got != want {
			t.Errorf("release(%s) = %s, want %s", model, got, want)
		}
	}
}

func TestFindTesseract(t *testing.T) {
	alone(t)
	data := parts(t, "tessdata/chi_sim.traineddata")
	if p := findTesseract([]string{data}); p.program.Path != "" || p.data.Path != filepath.Join(data, "tessdata") {
		t.Errorf("findTesseract = %v", p)
	}
	other := parts(t, "tessdata/eng.traineddata")
	if p := findTesseract([]string{other}); len(missing(p.all())) != 1 || p.data.Path != "" {
		t.Errorf("findTesseract = %v", p)
	}
}

func TestOpenWithoutEngines(t *testing.T) {
	alone(t)
	ctx := context.Background()
	for _, choice := range []Choice{"", Auto, Off} {
		if e, err := Open(ctx, Options{Choice: choice}); e != nil || err != nil {
			t.Errorf("Open(%q) = %v, %v, want nil", choice, e, err)
		}
	}
	for _, choice := range []Choice{PPOCR, Tesseract, "other"} {
		if _, err := Open(ctx, Options{Choice: choice}); !errors.Is(err, ErrAbsent) {
			t.Errorf("Open(%q): %v, want ErrAbsent", choice, err)
		}
	}
	for _, f := range Survey(ctx, "") {
		if f.Name != "" || f.Broken != nil || len(f.Missing) == 0 || len(f.Add) == 0 {
			t.Errorf("Survey says %+v", f)
		}
	}
}

func TestOpenWithABrokenLibrary(t *testing.T) {
	alone(t)
	t.Setenv(FolderVariable, parts(t, LibraryName(), "det.onnx", "rec.onnx", "keys.txt"))
	for _, choice := range []Choice{Auto, PPOCR} {
		if e, err := Open(context.Background(), Options{Choice: choice}); err == nil || errors.Is(err, ErrAbsent) {
			t.Errorf("Open(%q) = %v, %v, want what is wrong with it", choice, e, err)
		}
	}
	if f := Survey(context.Background(), "")[0]; f.Broken == nil || f.Name != "" {
		t.Errorf("Survey says %+v", f)
	}
}

func TestOffOpensNothing(t *testing.T) {
	if e, err := Open(context.Background(), Options{Choice: Off, Folder: partsFolder}); e != nil || err != nil {
		t.Errorf("Open(off) = %v, %v", e, err)
	}
}
