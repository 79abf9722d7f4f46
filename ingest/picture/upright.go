package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
)

// orientation is how the camera was held, as a JPEG file says it: 1 is
// upright, 3 upside down, 6 and 8 on a side. Others, which mirror, and no word
// of it are 1.
func orientation(b []byte) int {
	for at := 2; at+4 <= len(b) && b[at] == 0xFF; {
		size := int(binary.BigEndian.Uint16(b[at+2:]))
		if size < 2 || at+2+size > len(b) {
			return 1
		}
		if segment := b[at+4 : at+2+size]; b[at+1] == 0xE1 && bytes.HasPrefix(segment, []byte("Exif\x00\x00")) {
			return heldAs(segment[6:])
		}
		at += 2 + size
	}
	return 1
}

// heldAs looks for the orientation in the notes of a camera, which are kept as
// TIFF files keep theirs.
func heldAs(b []byte) int {
	order, ok := byteOrder(b)
	if !ok {
		return 1
	}
	const tag = 0x0112
	from := int64(order.Uint32(b[4:]))
	if from+2 > int64(len(b)) {
		return 1
	}
	entries := b[from+2:]
	for range order.Uint16(b[from:]) {
		if len(entries) < 12 {
			return 1
		}
		if order.Uint16(entries) == tag {
			return int(order.Uint16(entries[8:]))
		}
		entries = entries[12:]
	}
	return 1
}

// upright turns a picture taken with the camera held so.
func upright(img image.Image, held int) image.Image {
	switch held {
	case 3, 6, 8:
		return &turnedImage{img, held}
	}
	return img
}

// turnedImage is a picture turned by a half or a quarter.
type turnedImage struct {
	image.Image
	held int
}

// Bounds is the size of the turned picture, from 0, 0.
func (t *turnedImage) Bounds() image.Rectangle {
	size := t.Image.Bounds().Size()
	if t.held != 3 {
		size.X, size.Y = size.Y, size.X
	}
	return image.Rectangle{Max: size}
}

// At is the colour at a place of the turned picture.
func (t *turnedImage) At(x, y int) color.Color {
	b := t.Image.Bounds()
	switch t.held {
	case 3:
		x, y = b.Dx()-1-x, b.Dy()-1-y
	case 6: // its top is at the right
		x, y = y, b.Dy()-1-x
	case 8: // its top is at the left
		x, y = b.Dx()-1-y, x
	}
	return t.Image.At(b.Min.X+x, b.Min.Y+y)
}
