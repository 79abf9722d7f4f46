package main

import (
	"fmt"

	"duibiao/ingest/text"
)

// gbEncoder writes GB18030: each character in one or two bytes, which is
// enough for what offices write.
type gbEncoder map[rune][2]byte

// newGBEncoder turns the decoder of ingest/text round.
func newGBEncoder() gbEncoder {
	e := gbEncoder{}
	for high := 0x81; high <= 0xFE; high++ {
		for low := 0x40; low <= 0xFE; low++ {
			pair := [2]byte{byte(high), byte(low)}
			if s, ok := text.GB18030(pair[:]); ok {
				if r := []rune(s); len(r) == 1 {
					e[r[0]] = pair
				}
			}
		}
	}
	return e
}

// encode is s in GB18030, or an error that names the first character which has
// no code of two bytes.
func (e gbEncoder) encode(s string) ([]byte, error) {
	b := make([]byte, 0, len(s))
	for _, r := range s {
		if r < 0x80 {
			b = append(b, byte(r))
			continue
		}
		pair, ok := e[r]
		if !ok {
			return nil, fmt.Errorf("%q has no code of two bytes in GB18030", r)
		}
		b = append(b, pair[0], pair[1])
	}
	return b, nil
}
