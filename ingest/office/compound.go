package office

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"unicode/utf16"

	"duibiao/corpus"
	"duibiao/ingest/capped"
)

// Kind is what a compound file holds.
type Kind string

// The kinds of compound files that are told apart.
const (
	Word    Kind = "doc" // also of WPS
	Excel   Kind = "xls" // also of WPS
	Slides  Kind = "ppt"
	Unknown Kind = ""
)

// KindOf looks into the compound file at path, as the older formats of Office
// and WPS are. The error wraps corpus.ErrEncrypted when the file needs a
// password, and ErrBroken when it is no compound file or a damaged one.
func KindOf(path string) (Kind, error) {
	f, _, err := capped.Open(path)
	if err != nil {
		return Unknown, fmt.Errorf("look into %s: %w", path, err)
	}
	defer f.Close()
	kind, err := kindOf(f)
	if err != nil {
		return Unknown, fmt.Errorf("look into %s: %w", path, err)
	}
	return kind, nil
}

func kindOf(f io.ReaderAt) (Kind, error) {
	c, err := openCompound(f)
	if err != nil {
		return Unknown, err
	}
	entries, err := c.entries()
	if err != nil {
		return Unknown, err
	}
	if _, ok := entries["EncryptedPackage"]; ok {
		return Unknown, corpus.ErrEncrypted
	}
	if _, ok := entries["PowerPoint Document"]; ok {
		return Slides, nil
	}
	for _, known := range []struct {
		name      string
		kind      Kind
		encrypted func(beginning []byte) bool
	}{{"WordDocument", Word, encryptedWord}, {"Workbook", Excel, encryptedExcel}, {"Book", Excel, encryptedExcel}} {
		e, ok := entries[known.name]
		if !ok {
			continue
		}
		b, err := c.beginning(e, entries["Root Entry"])
		if err == nil && known.encrypted(b) {
			err = corpus.ErrEncrypted
		}
		return known.kind, err
	}
	return Unknown, nil
}

// compound is a compound file: sectors, and a table that chains them.
type compound struct {
	f      io.ReaderAt
	sector int64    // bytes
	table  []uint32 // sectors of the table
	first  uint32   // sector of the directory
}

const (
	headerBytes = 512
	noSector    = 0xFFFFFFFA // and above: no sector, but a mark
	maxSectors  = 2000       // of the directory; each holds at least four names
)

func openCompound(f io.ReaderAt) (*compound, error) {
	h := make([]byte, headerBytes)
	if _, err := f.ReadAt(h, 0); err != nil || !bytes.HasPrefix(h, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")) {
		return nil, fmt.Errorf("%w: no header of a compound file", corpus.ErrBroken)
	}
	shift := binary.LittleEndian.Uint16(h[30:])
	if shift != 9 && shift != 12 {
		return nil, fmt.Errorf("%w: sectors of 2^%d bytes", corpus.ErrBroken, shift)
	}
	c := &compound{f: f, sector: 1 << shift, first: binary.LittleEndian.Uint32(h[48:])}
	for i := 76; i < headerBytes; i += 4 {
		if s := binary.LittleEndian.Uint32(h[i:]); s < noSector {
			c.table = append(c.table, s)
		}
	}
	return c, nil
}

// read is sector n; a last one that is cut off ends with zeros.
func (c *compound) read(n uint32) ([]byte, error) {
	b := make([]byte, c.sector)
	if got, err := c.f.ReadAt(b, (int64(n)+1)*c.sector); got == 0 && err != nil {
		return nil, fmt.Errorf("%w: sector %d: %w", corpus.ErrBroken, n, err)
	}
	return b, nil
}

// next is the sector after n.
func (c *compound) next(n uint32) (uint32, error) {
	per := uint32(c.sector / 4)
	if int(n/per) >= len(c.table) {
		return 0, fmt.Errorf("%w: sector %d is in no table", corpus.ErrBroken, n)
	}
	b, err := c.read(c.table[n/per])
	if err != nil {
		return 0, err
	}
	return binary.LittleEndian.Uint32(b[n%per*4:]), nil
}

// entry is one stream or folder.
type entry struct {
	start uint32 // its first sector
	size  uint32 // bytes
}

// entries is the streams and folders by name.
func (c *compound) entries() (map[string]entry, error) {
	found := map[string]entry{}
	at := c.first
	for n := 0; at < noSector && n < maxSectors; n++ {
		b, err := c.read(at)
		if err != nil {
			return nil, err
		}
		for ; len(b) >= 128; b = b[128:] {
			if name := entryName(b); name != "" {
				found[name] = entry{binary.LittleEndian.Uint32(b[116:]), binary.LittleEndian.Uint32(b[120:])}
			}
		}
		if at, err = c.next(at); err != nil {
			return nil, err
		}
	}
	return found, nil
}

func entryName(b []byte) string {
	size := int(binary.LittleEndian.Uint16(b[64:])) - 2
	if size <= 0 || size > 62 || b[66] == 0 {
		return ""
	}
	units := make([]uint16, size/2)
	for i := range units {
		units[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
	return string(utf16.Decode(units))
}

// beginning is the first bytes of a stream. Small streams stand together in the
// sectors of the root, in small sectors of their own.
func (c *compound) beginning(e, root entry) (b []byte, err error) {
	const small, smallSector = 4096, 64 // bytes
	if e.size >= small {
		return c.read(e.start)
	}
	const most = 100_000 // sectors of small streams
	per := uint32(c.sector / smallSector)
	at := root.start
	if e.start/per > most {
		return nil, fmt.Errorf("%w: small sector %d", corpus.ErrBroken, e.start)
	}
	for range e.start / per {
		if at, err = c.next(at); err != nil {
			return nil, err
		}
	}
	if b, err = c.read(at); err != nil {
		return nil, err
	}
	return b[e.start%per*smallSector:], nil
}

// encryptedWord looks at the flags with which the stream of a Word file begins.
func encryptedWord(b []byte) bool { return len(b) > 11 && b[11]&1 != 0 }

// encryptedExcel looks for the record that says so among the first of the
// stream.
func encryptedExcel(b []byte) bool {
	const password = 0x2F
	for len(b) >= 4 {
		kind, size := binary.LittleEndian.Uint16(b), int(binary.LittleEndian.Uint16(b[2:]))
		if kind == password {
			return true
		}
		b = b[min(len(b), 4+size):]
	}
	return false
}
