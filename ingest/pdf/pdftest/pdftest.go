// Package pdftest makes PDF files from text, for tests and for samples. In:
// lines and where they go, or the paragraphs of a whole paper. Out: the bytes
// of a PDF that a viewer with a Chinese font shows as a reader would expect.
//
// No font is embedded: the files name the fonts that every PDF viewer
// substitutes for Chinese, so they stay small and the same bytes come out for
// the same input. To add a trait, add a method to Page that writes operators.
package pdftest

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
)

// A4 in points.
const (
	Width  = 595.28
	Height = 841.89
)

// Font is one of the fonts that a Page can use.
type Font int

// The fonts, under the names by which PDF viewers know them.
const (
	Song     Font = iota // STSong-Light
	Fangsong             // STFangsong-Light
	Hei                  // STHeiti-Regular
	Kai                  // STKaiti-Regular
	Vertical             // STSong-Light, written downwards
	Strange              // a font whose table gives private codes for every character
)

const fonts = 6

func (f Font) name() string {
	return [fonts]string{"STSong-Light", "STFangsong-Light", "STHeiti-Regular", "STKaiti-Regular", "STSong-Light", "STSong-Light"}[f]
}

// File is a PDF file under construction.
type File struct {
	Title string // in the document information
	Pages []*Page
	// UserPassword is needed to open the file; OwnerPassword only to change
	// it. When either is set the file is encrypted with RC4, 40 bits.
	UserPassword, OwnerPassword string
}

// Page is one page. All places are in points from the top left corner, those
// of text are on the baseline. The zero Page is an empty A4 page.
type Page struct {
	Width, Height float64 // 0 means A4
	Rotate        int     // degrees by which a viewer turns the page
	ops           bytes.Buffer
	used          [fonts][]uint16
	picture       bool
	notes         []note
}

type note struct {
	text  string
	field bool
}

// Add appends an empty A4 page and returns it.
func (f *File) Add() *Page {
	p := &Page{}
	f.Pages = append(f.Pages, p)
	return p
}

func (p *Page) height() float64 {
	if p.Height == 0 {
		return Height
	}
	return p.Height
}

func (p *Page) width() float64 {
	if p.Width == 0 {
		return Width
	}
	return p.Width
}

// Text writes one line from x on. Characters outside the basic plane become 〓.
func (p *Page) Text(font Font, size, x, y float64, s string) { p.Spaced(font, size, x, y, 0, s) }

// Spaced is Text with extra room, in points, after each character.
func (p *Page) Spaced(font Font, size, x, y, extra float64, s string) {
	fmt.Fprintf(&p.ops, "BT /F%d %s Tf %s Tc 1 0 0 1 %s %s Tm <%s> Tj ET\n",
		font, num(size), num(extra), num(x), num(p.height()-y), p.hex(font, s))
}

// Turned writes one line that runs in another direction: degrees
// counterclockwise from left to right.
func (p *Page) Turned(font Font, size, x, y float64, degrees int, s string) {
	sin, cos := turn(degrees)
	fmt.Fprintf(&p.ops, "BT /F%d %s Tf 0 Tc %s %s %s %s %s %s Tm <%s> Tj ET\n",
		font, num(size), num(cos), num(sin), num(-sin), num(cos), num(x), num(p.height()-y), p.hex(font, s))
}

// Doubled writes one line twice, a third of a point apart, as word processors
// do to make a font look bold.
func (p *Page) Doubled(font Font, size, x, y float64, s string) {
	p.Text(font, size, x, y, s)
	p.Text(font, size, x+0.35, y, s)
}

// Characters writes one line with an operator of its own for each character.
func (p *Page) Characters(font Font, size, x, y float64, s string) {
	for _, r := range s {
		p.Text(font, size, x, y, string(r))
		x += size * Ems(string(r))
	}
}

// Column writes s downwards from y on, in the Vertical font.
func (p *Page) Column(size, x, y float64, s string) {
	p.Text(Vertical, size, x, y, s)
}

// Hidden writes one line without ink, as scanners put recognised text over
// their picture.
func (p *Page) Hidden(font Font, size, x, y float64, s string) {
	p.ops.WriteString("3 Tr\n")
	p.Text(font, size, x, y, s)
	p.ops.WriteString("0 Tr\n")
}

// Line draws a ruling line.
func (p *Page) Line(x0, y0, x1, y1 float64) {
	fmt.Fprintf(&p.ops, "0.5 w %s %s m %s %s l S\n", num(x0), num(p.height()-y0), num(x1), num(p.height()-y1))
}

// Table draws a ruled table from (x, y) on, with columns of the given widths,
// and breaks the text of each cell into lines. It returns the y of its lower
// edge.
func (p *Page) Table(font Font, size, x, y float64, widths []float64, rows [][]string) float64 {
	const pad = 4
	right := x
	for _, w := range widths {
		right += w
	}
	top := y
	p.Line(x, y, right, y)
	for _, row := range rows {
		left, tallest := x, 1
		for i, cell := range row {
			lines := Break(cell, (widths[i]-2*pad)/size, 0)
			tallest = max(tallest, len(lines))
			for n, l := range lines {
				p.Text(font, size, left+pad, y+pad+size+float64(n)*size*1.3, l)
			}
			left += widths[i]
		}
		y += float64(tallest)*size*1.3 + 2*pad
		p.Line(x, y, right, y)
	}
	left := x
	p.Line(left, top, left, y)
	for _, w := range widths {
		left += w
		p.Line(left, top, left, y)
	}
	return y
}

// Picture covers a part of the page with a grey image.
func (p *Page) Picture(x, y, width, height float64) {
	p.picture = true
	fmt.Fprintf(&p.ops, "q %s 0 0 %s %s %s cm /Im Do Q\n", num(width), num(height), num(x), num(p.height()-y-height))
}

// Outlines draws n filled octagons in lines from (x, y) on, as a program does
// that turns the characters of a text into drawings.
func (p *Page) Outlines(size, x, y float64, n int) {
	perLine := max(1, int((p.width()-2*x)/size))
	for i := range n {
		left, low := x+size*float64(i%perLine), p.height()-y-1.5*size*float64(i/perLine)
		for k, at := range [8][2]float64{{.3, 0}, {.6, 0}, {.9, .3}, {.9, .6}, {.6, .9}, {.3, .9}, {0, .6}, {0, .3}} {
			op := "l"
			if k == 0 {
				op = "m"
			}
			fmt.Fprintf(&p.ops, "%s %s %s ", num(left+size*at[0]), num(low+size*at[1]), op)
		}
		p.ops.WriteString("h f\n")
	}
}

// Note puts a comment on the page.
func (p *Page) Note(text string) { p.notes = append(p.notes, note{text, false}) }

// Field puts a form field on the page that is filled in with text.
func (p *Page) Field(text string) { p.notes = append(p.notes, note{text, true}) }

// hex is s as the codes of font, which it notes as used.
func (p *Page) hex(font Font, s string) string {
	var b strings.Builder
	for _, r := range s {
		if r > 0xFFFF {
			r = '〓'
		}
		fmt.Fprintf(&b, "%04X", r)
		p.used[font] = append(p.used[font], uint16(r))
	}
	return b.String()
}

// Ems is the width of s in the fonts of this package: half an em for ASCII,
// one em for everything else.
func Ems(s string) float64 {
	w := 0.0
	for _, r := range s {
		if r < 0x80 {
			w += 0.5
		} else {
			w++
		}
	}
	return w
}

func turn(degrees int) (sin, cos float64) {
	switch (degrees%360 + 360) % 360 {
	case 0:
		return 0, 1
	case 90:
		return 1, 0
	case 180:
		return 0, -1
	case 270:
		return -1, 0
	}
	return 0.7071, 0.7071 // anything else is drawn askew
}

// num writes a number as PDF wants it.
func num(v float64) string {
	s := strings.TrimRight(fmt.Sprintf("%.4f", v), "0")
	return strings.TrimSuffix(s, ".")
}

// textString is a PDF string object for text, in UTF-16.
func textString(s string) []byte {
	b := []byte{0xFE, 0xFF}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u>>8), byte(u))
	}
	return b
}

func deflate(b []byte) []byte {
	var out bytes.Buffer
	w := zlib.NewWriter(&out)
	w.Write(b) // a bytes.Buffer never fails
	w.Close()
	return out.Bytes()
}

// toUnicode is the table from the codes of a font to characters.
func toUnicode(codes []uint16, strange bool) []byte {
	codes = slices.Clone(codes)
	slices.Sort(codes)
	codes = slices.Compact(codes)
	var b bytes.Buffer
	b.WriteString("/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n" +
		"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n" +
		"/CMapName /Adobe-Identity-UCS def /CMapType 2 def\n" +
		"1 begincodespacerange <0000> <FFFF> endcodespacerange\n")
	for chunk := range slices.Chunk(codes, 100) {
		fmt.Fprintf(&b, "%d beginbfchar\n", len(chunk))
		for _, c := range chunk {
			to := c
			if strange {
				to = 0xE000 + c%0x1000
			}
			fmt.Fprintf(&b, "<%04X> <%04X>\n", c, to)
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap CMapName currentdict /CMap defineresource pop end end\n")
	return b.Bytes()
}
