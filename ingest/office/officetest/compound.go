// Package officetest builds the containers of the older Office formats for
// tests.
package officetest

import (
	"encoding/binary"
	"unicode/utf16"
)

// Stream is one stream of a compound file: its name, and how it begins.
type Stream struct{ Name, Beginning string }

const (
	sector   = 512
	endChain = 0xFFFFFFFE
	tableIn  = 0xFFFFFFFD
	free     = 0xFFFFFFFF
)

// Compound is a compound file, as .doc, .xls and files with a password are,
// with those streams, each said to be longer than the one sector it has.
// Sector 0 is the table, the directory follows, then the streams.
func Compound(streams ...Stream) []byte {
	directory := (len(streams) + 1 + 3) / 4
	b := make([]byte, sector*(2+directory+len(streams)))
	le := binary.LittleEndian
	copy(b, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	le.PutUint16(b[26:], 3)
	le.PutUint16(b[28:], 0xFFFE)
	le.PutUint16(b[30:], 9)
	le.PutUint16(b[32:], 6)
	le.PutUint32(b[44:], 1)
	le.PutUint32(b[48:], 1)
	le.PutUint32(b[60:], endChain)
	le.PutUint32(b[68:], endChain)
	for i := 76; i < sector; i += 4 {
		le.PutUint32(b[i:], free)
	}
	le.PutUint32(b[76:], 0)
	table := b[sector : 2*sector]
	for i := range sector / 4 {
		next := uint32(free)
		switch {
		case i == 0:
			next = tableIn
		case i < directory:
			next = uint32(i + 1)
		case i <= directory+len(streams):
			next = endChain
		}
		le.PutUint32(table[4*i:], next)
	}
	entry(b[2*sector:], "Root Entry", 5, 0)
	for i, s := range streams {
		at := directory + 1 + i
		entry(b[2*sector+128*(i+1):], s.Name, 2, uint32(at))
		copy(b[sector*(at+1):sector*(at+2)], s.Beginning)
	}
	return b
}

func entry(b []byte, name string, kind byte, start uint32) {
	units := utf16.Encode([]rune(name))
	for i, u := range units {
		binary.LittleEndian.PutUint16(b[2*i:], u)
	}
	binary.LittleEndian.PutUint16(b[64:], uint16(2*len(units)+2))
	b[66] = kind
	binary.LittleEndian.PutUint32(b[116:], start)
	binary.LittleEndian.PutUint32(b[120:], 4096)
}
