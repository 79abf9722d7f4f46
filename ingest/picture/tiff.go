package picture

import (
	"bytes"
	"encoding/binary"
	"image"
	"slices"

	"golang.org/x/image/tiff"
)

// directories is where the pages of a TIFF file begin, at most so many; of
// other files one page, at 0.
func directories(b []byte, most int) []uint32 {
	order, ok := byteOrder(b)
	if !ok {
		return []uint32{0}
	}
	var starts []uint32
	for next := order.Uint32(b[4:]); next != 0 && len(starts) < most && !slices.Contains(starts, next); {
		starts = append(starts, next)
		end := int64(next) + 2
		if end > int64(len(b)) {
			break
		}
		if end += 12 * int64(order.Uint16(b[next:])); end+4 > int64(len(b)) {
			break
		}
		next = order.Uint32(b[end:])
	}
	if len(starts) == 0 {
		return []uint32{0}
	}
	return starts
}

// byteOrder is that of a TIFF file; false for other files.
func byteOrder(b []byte) (binary.ByteOrder, bool) {
	switch {
	case len(b) < 8:
	case bytes.HasPrefix(b, []byte("II*\x00")):
		return binary.LittleEndian, true
	case bytes.HasPrefix(b, []byte("MM\x00*")):
		return binary.BigEndian, true
	}
	return nil, false
}

// source is the bytes of a file and where in it a page begins: 0 in files that
// are one picture.
type source struct {
	b     []byte
	start uint32
}

func at(b []byte, start uint32) source { return source{b, start} }

func (s source) config() (image.Config, string, error) {
	if s.start > 0 {
		size, err := tiff.DecodeConfig(newPage(s.b, s.start))
		return size, "tiff", err
	}
	return image.DecodeConfig(bytes.NewReader(s.b))
}

func (s source) image() (image.Image, error) {
	if s.start > 0 {
		return tiff.Decode(newPage(s.b, s.start))
	}
	img, _, err := image.Decode(bytes.NewReader(s.b))
	return img, err
}

// tiffPage is a TIFF file whose header points to one of its further pages. It
// is read at places, so that no page makes a copy of the file.
type tiffPage struct {
	*bytes.Reader
	head [8]byte
}

// newPage reads the TIFF file b with the page at start as its first.
func newPage(b []byte, start uint32) *tiffPage {
	p := &tiffPage{Reader: bytes.NewReader(b)}
	copy(p.head[:], b)
	if order, ok := byteOrder(b); ok {
		order.PutUint32(p.head[4:], start)
	}
	return p
}

// ReadAt is that of the file, but for its header.
func (p *tiffPage) ReadAt(b []byte, off int64) (int, error) {
	n, err := p.Reader.ReadAt(b, off)
	if off >= 0 && off < int64(len(p.head)) {
		copy(b[:n], p.head[off:])
	}
	return n, err
}
