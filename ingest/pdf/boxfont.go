package pdf

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// boxFont makes a TrueType font in which every character of the basic plane is
// the same box, one em wide. PDFium drops text of a font that is neither
// embedded nor installed when it cannot measure a glyph; with this one it can,
// on every machine alike. Where a character goes is said by the PDF's own
// widths, what it is by its encoding: the font only has to exist.
func boxFont() []byte {
	const em = 1000
	glyph := boxGlyph(60, -80, 940, 840)
	tables := []fontTable{
		{"OS/2", boxOS2()},
		{"cmap", boxCmap()},
		{"glyf", append(slices.Clone(glyph), glyph...)},
		{"head", be(uint32(0x00010000), uint32(0x00010000), uint32(0), uint32(0x5F0F3CF5), uint16(0x000B), uint16(em),
			uint64(0), uint64(0), int16(60), int16(-80), int16(940), int16(840), uint16(0), uint16(8), int16(2), int16(1), int16(0))},
		{"hhea", be(uint32(0x00010000), int16(880), int16(-120), int16(0), uint16(em), int16(60), int16(60), int16(940),
			int16(1), int16(0), int16(0), uint64(0), int16(0), uint16(1))},
		{"hmtx", be(uint16(em), int16(60), int16(60))},
		{"loca", be(uint32(0), uint32(len(glyph)), uint32(2*len(glyph)))},
		{"maxp", be(uint32(0x00010000), uint16(2), uint16(4), uint16(1), uint16(0), uint16(0), uint16(1),
			uint16(0), uint16(0), uint16(0), uint16(0), uint16(0), uint16(0), uint16(0), uint16(0))},
		{"name", boxName("Duibiao Box")},
		{"post", be(uint32(0x00030000), uint32(0), int16(-100), int16(50), uint32(1), uint32(0), uint32(0), uint32(0), uint32(0))},
	}
	return joinFont(tables)
}

type fontTable struct {
	tag  string
	body []byte
}

// be lays values out in big-endian order, as every table of a font is.
func be(values ...any) []byte {
	var b bytes.Buffer
	for _, v := range values {
		binary.Write(&b, binary.BigEndian, v) // a bytes.Buffer never fails
	}
	return b.Bytes()
}

func boxGlyph(left, bottom, right, top int16) []byte {
	return be(int16(1), left, bottom, right, top, uint16(3), uint16(0),
		[]byte{1, 1, 1, 1}, // four points on the curve, 16-bit steps
		[]int16{left, right - left, 0, left - right},
		[]int16{bottom, 0, top - bottom, 0})
}

// boxCmap maps U+0020 to U+FFFE to glyph 1: segments of one row of 256
// characters each, all of which point to the same array of ones.
func boxCmap() []byte {
	var ends, starts, deltas, offsets []uint16
	for row := 0; row < 256; row++ {
		first, last := row<<8, row<<8|0xFF
		starts = append(starts, uint16(max(first, 0x20)))
		ends = append(ends, uint16(min(last, 0xFFFE)))
		deltas = append(deltas, 0)
	}
	starts, ends, deltas = append(starts, 0xFFFF), append(ends, 0xFFFF), append(deltas, 1)
	n := len(ends)
	for i := range n - 1 {
		offsets = append(offsets, uint16(2*(n-i)))
	}
	offsets = append(offsets, 0)
	ones := slices.Repeat([]uint16{1}, 256)
	body := be(uint16(2*n), uint16(512), uint16(8), uint16(2*n-512), ends, uint16(0), starts, deltas, offsets, ones)
	format4 := be(uint16(4), uint16(6+len(body)), uint16(0), body)
	return be(uint16(0), uint16(1), uint16(3), uint16(1), uint32(12), format4)
}

// boxOS2 claims every CJK code page, which is how PDFium chooses a font.
func boxOS2() []byte {
	const latin, japanese, simplified, korean, traditional, johab = 1 << 0, 1 << 17, 1 << 18, 1 << 19, 1 << 20, 1 << 21
	return be(uint16(1), int16(1000), uint16(400), uint16(5), uint16(0),
		[10]int16{650, 600, 0, 75, 650, 600, 0, 350, 50, 300}, int16(0), [10]byte{},
		[4]uint32{0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF}, [4]byte{'D', 'B', ' ', ' '}, uint16(0x40),
		uint16(0x20), uint16(0xFFFE), int16(880), int16(-120), int16(0), uint16(880), uint16(120),
		uint32(latin|japanese|simplified|korean|traditional|johab), uint32(0))
}

func boxName(family string) []byte {
	var text []byte
	for _, r := range family {
		text = append(text, 0, byte(r))
	}
	records := []uint16{}
	ids := []uint16{1, 2, 4, 6}
	for _, id := range ids {
		records = append(records, 3, 1, 0x409, id, uint16(len(text)), 0)
	}
	return be(uint16(0), uint16(len(ids)), uint16(6+12*len(ids)), records, text)
}

// joinFont puts the tables, which stand in the order of their tags, behind
// their directory.
func joinFont(tables []fontTable) []byte {
	n := len(tables)
	var dir, bodies []byte
	at := 12 + 16*n
	for _, t := range tables {
		padded := append(slices.Clone(t.body), make([]byte, -len(t.body)&3)...)
		dir = append(dir, be([]byte(t.tag), checksum(padded), uint32(at+len(bodies)), uint32(len(t.body)))...)
		bodies = append(bodies, padded...)
	}
	return be(uint32(0x00010000), uint16(n), uint16(128), uint16(3), uint16(16*n-128), dir, bodies)
}

func checksum(b []byte) uint32 {
	sum := uint32(0)
	for i := 0; i+4 <= len(b); i += 4 {
		sum += binary.BigEndian.Uint32(b[i:])
	}
	return sum
}
