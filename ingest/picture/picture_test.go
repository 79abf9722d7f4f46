package picture

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"

	"duibiao/corpus"
	"duibiao/corpus/readertest"
	"duibiao/ingest/layout"

	"github.com/google/go-cmp/cmp"
)

// blank is a white picture with a black corner at the upper left.
func blank(w, h int) image.Image {
	img := image.NewGray(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			if x > w/4 || y > h/4 {
				img.SetGray(x, y, color.Gray{255})
			}
		}
	}
	return img
}

func encoded(t testing.TB, encode func(b *bytes.Buffer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := encode(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngOf(t testing.TB, w, h int) []byte {
	return encoded(t, func(b *bytes.Buffer) error { return png.Encode(b, blank(w, h)) })
}

func jpegOf(t testing.TB, w, h int) []byte {
	return encoded(t, func(b *bytes.Buffer) error { return jpeg.Encode(b, blank(w, h), nil) })
}

// tiffOf is a file of several pages, each so many pixels wide.
func tiffOf(t testing.TB, widths ...int) []byte {
	t.Helper()
	var all []byte
	link := 4 // where the place of the next page is written
	for i, w := range widths {
		b := encoded(t, func(b *bytes.Buffer) error { return tiff.Encode(b, blank(w, 2*w), nil) })
		shift := uint32(len(all))
		order := binary.LittleEndian
		first := order.Uint32(b[4:])
		entries := int(order.Uint16(b[first:]))
		for k := range entries { // places in the file move with the page
			e := b[int(first)+2+12*k:]
			size := map[uint16]uint32{1: 1, 2: 1, 3: 2, 4: 4, 5: 8}[order.Uint16(e[2:])] * order.Uint32(e[4:])
			if tag := order.Uint16(e); size > 4 || tag == 273 {
				order.PutUint32(e[8:], order.Uint32(e[8:])+shift)
			}
		}
		if i > 0 {
			order.PutUint32(all[link:], first+shift)
		}
		all = append(all, b...)
		link = int(first+shift) + 2 + 12*entries
	}
	return all
}

// exif puts a word about how the camera was held into a JPEG file.
func exif(b []byte, held byte) []byte {
	notes := []byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00" + string(rune(held)) + "\x00\x00\x00\x00\x00\x00")
	out := append([]byte{}, b[:2]...)
	out = append(out, 0xFF, 0xE1, 0, byte(len(notes)+2))
	return append(append(out, notes...), b[2:]...)
}

// widthReader recognises the size of a picture.
func widthReader(_ context.Context, img image.Image, dpi float64) ([]layout.Line, error) {
	s := img.Bounds().Size()
	text := fmt.Sprintf("宽度是%d，高度是%d。", s.X, s.Y)
	return []layout.Line{{Text: text, Box: corpus.Box{Left: 90, Top: 100, Right: 290, Bottom: 116}, By: "试验 1", Confidence: 0.8}}, nil
}

func parse(t *testing.T, b []byte, recognise Recogniser) (*corpus.Document, []string, error) {
	t.Helper()
	doc, err := read(t.Context(), b, Limits{}.withDefaults(), recognise)
	if err != nil {
		return nil, nil, err
	}
	readertest.Check(t, doc)
	var got []string
	for _, p := range doc.Paragraphs {
		got = append(got, fmt.Sprint(p.Page, " ", doc.Text(p.Span)))
	}
	return doc, got, nil
}

func TestReadFormats(t *testing.T) {
	img := blank(30, 40)
	tests := []struct {
		name string
		b    []byte
		want []string
	}{
		{"PNG", pngOf(t, 30, 40), []string{"1 宽度是30，高度是40。"}},
		{"JPEG", jpegOf(t, 30, 40), []string{"1 宽度是30，高度是40。"}},
		{"GIF", encoded(t, func(b *bytes.Buffer) error { return gif.Encode(b, img, nil) }), []string{"1 宽度是30，高度是40。"}},
		{"BMP", encoded(t, func(b *bytes.Buffer) error { return bmp.Encode(b, img) }), []string{"1 宽度是30，高度是40。"}},
		{"TIFF", tiffOf(t, 20), []string{"1 宽度是20，高度是40。"}},
		{"TIFF of pages", tiffOf(t, 20, 30, 25), []string{"1 宽度是20，高度是40。", "2 宽度是30，高度是60。", "3 宽度是25，高度是50。"}},
		{"JPEG from a camera held upright", exif(jpegOf(t, 30, 40), 6), []string{"1 宽度是40，高度是30。"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc, got, err := parse(t, tt.b, widthReader)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("paragraphs (-want +got):\n%s", diff)
			}
			if p := doc.Paragraphs[0]; p.By != "试验 1" || p.Confidence < 0.79 || !doc.OCR() {
				t.Errorf("origin %+v", p.Origin)
			}
		})
	}
}

// The dark corner is at the upper left when the picture is upright.
func TestUpright(t *testing.T) {
	dark := func(img image.Image, x, y int) bool {
		r, _, _, _ := img.At(x, y).RGBA()
		return r < 0x8000
	}
	tests := []struct{ held, x, y int }{{1, 1, 1}, {3, 38, 58}, {6, 58, 1}, {8, 1, 38}, {9, 1, 1}}
	for _, tt := range tests {
		img, err := Decode(exif(jpegOf(t, 40, 60), byte(tt.held)), 1e6)
		if err != nil {
			t.Fatal(err)
		}
		if !dark(img, tt.x, tt.y) || dark(img, img.Bounds().Dx()/2, img.Bounds().Dy()/2) {
			t.Errorf("held %d: %v is not dark at %d, %d", tt.held, img.Bounds(), tt.x, tt.y)
		}
	}
}

func TestReadErrors(t *testing.T) {
	none := func(context.Context, image.Image, float64) ([]layout.Line, error) { return nil, nil }
	fails := func(context.Context, image.Image, float64) ([]layout.Line, error) {
		return nil, fmt.Errorf("the model: %w", corpus.ErrMemory)
	}
	whole := pngOf(t, 30, 40)
	tests := []struct {
		name      string
		b         []byte
		recognise Recogniser
		want      error
	}{
		{"no lines", whole, none, corpus.ErrNoText},
		{"a recogniser that fails", whole, fails, corpus.ErrMemory},
		{"cut off", whole[:len(whole)/2], widthReader, corpus.ErrBroken},
		{"another format", []byte("\x00\x00\x00\x18ftypheic\x00\x00\x00\x00"), widthReader, corpus.ErrUnsupported},
		{"no pixels", encoded(t, func(b *bytes.Buffer) error { return bmp.Encode(b, image.NewGray(image.Rect(0, 0, 0, 0))) }), widthReader, corpus.ErrBroken},
	}
	for _, tt := range tests {
		if _, _, err := parse(t, tt.b, tt.recognise); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, err, tt.want)
		}
	}
	path := filepath.Join(t.TempDir(), "a.png")
	if err := os.WriteFile(path, whole, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		lim       Limits
		recognise Recogniser
		want      error
	}{{Limits{}, nil, corpus.ErrNoText}, {Limits{MaxBytes: 10}, widthReader, corpus.ErrTooLarge}, {Limits{MaxPixels: 100}, widthReader, corpus.ErrTooLarge}, {Limits{}, widthReader, nil}} {
		if _, err := Read(t.Context(), path, tt.lim, tt.recognise); !errors.Is(err, tt.want) {
			t.Errorf("Read(%+v): %v, want %v", tt.lim, err, tt.want)
		}
	}
	if _, err := Read(t.Context(), filepath.Join(t.TempDir(), "none"), Limits{}, widthReader); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("Read of no file: %v", err)
	}
	if _, err := read(t.Context(), tiffOf(t, 10, 10, 10), Limits{MaxPages: 2, MaxPixels: 1e6}, widthReader); !errors.Is(err, corpus.ErrTooLarge) {
		t.Errorf("too many pages: %v, want ErrTooLarge", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := read(ended, whole, Limits{}.withDefaults(), widthReader); !errors.Is(err, corpus.ErrTimeout) {
		t.Errorf("after the end of ctx: %v, want ErrTimeout", err)
	}
}

// A page that cannot be recognised is told, and the others are read.
func TestReadOfAPartOfAFile(t *testing.T) {
	some := func(ctx context.Context, img image.Image, dpi float64) ([]layout.Line, error) {
		if img.Bounds().Dx() == 30 {
			return nil, errors.New("no")
		}
		return widthReader(ctx, img, dpi)
	}
	doc, got, err := parse(t, tiffOf(t, 20, 30), some)
	if err != nil || !cmp.Equal(got, []string{"1 宽度是20，高度是40。"}) || len(doc.Unread) != 1 || doc.Unread[0].Page != 2 {
		t.Errorf("read = %q, %v", got, err)
	}
}

// A file whose pages lead back to the first ends.
func TestDirectoriesThatLeadBack(t *testing.T) {
	b := tiffOf(t, 10)
	first := binary.LittleEndian.Uint32(b[4:])
	n := binary.LittleEndian.Uint16(b[first:])
	binary.LittleEndian.PutUint32(b[int(first)+2+12*int(n):], first)
	if got := directories(b, 100); len(got) != 1 {
		t.Errorf("directories = %v, want one", got)
	}
}

// FuzzRead: no bytes make Read panic or give a document that breaks the laws
// of documents.
func FuzzRead(f *testing.F) {
	f.Add(pngOf(f, 4, 4))
	f.Add(tiffOf(f, 4, 4))
	f.Add(exif(jpegOf(f, 4, 4), 8))
	f.Add([]byte("II*\x00\xff\xff\xff\xff"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if doc, err := read(t.Context(), b, Limits{MaxPages: 5, MaxPixels: 1e6}, widthReader); err == nil {
			readertest.Check(t, doc)
		}
	})
}
