// Package segments keeps numbered records, and postings that say in which of
// them a hash stands, in one immutable file that is mapped into memory.
//
// In: records in order, each with its hashes, through a Writer. Out: a Segment,
// which gives a record by its number and the records of a hash in order. A file
// appears under its name only when it is whole, and is checked when it is
// opened: what is damaged is never read, but reported as ErrDamaged.
package segments

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"os"
	"slices"
)

// ErrDamaged says that a file is not what a Writer wrote; it is to be made
// again.
var ErrDamaged = errors.New("damaged segment")

// A file is the head, the records one after the other, three tables, and the
// foot: eight numbers of eight bytes. All numbers are little-endian.
//
//	starts  where each record begins, and where the last ends: 8 bytes each
//	dir     by the top bits of a hash, where its postings begin: 4 bytes each
//	posts   the lower half of each posting's hash, and its record: 2 and 3 bytes
const (
	head      = "duibiao segment2"
	footLen   = 8 * 8
	lowBytes  = 2
	docBytes  = 3
	postBytes = lowBytes + docBytes
)

// MaxRecords is how many records a segment can hold.
const MaxRecords = 1 << (8 * docBytes)

// foot is the end of a file.
type foot struct {
	starts, dir, posts uint64 // where the tables begin
	records, postings  uint64
	bits               uint64 // of a hash that dir counts by, at least 16
	size               uint64 // of the whole file
	sum                uint64 // checksum of all that stands before it
}

func (f *foot) numbers() []*uint64 {
	return []*uint64{&f.starts, &f.dir, &f.posts, &f.records, &f.postings, &f.bits, &f.size, &f.sum}
}

// Segment is a file that is open for reading. Its methods may be called at the
// same time, until Close.
type Segment struct {
	foot
	b      []byte
	mapped bool
}

// Open maps the file at path. The error wraps ErrDamaged when it is not whole,
// and fs.ErrNotExist when there is none.
func Open(path string) (*Segment, error) {
	b, mapped, err := mapFile(path)
	if err != nil {
		return nil, fmt.Errorf("open segment %s: %w", path, err)
	}
	s, err := Parse(b)
	if err != nil {
		if mapped {
			err = errors.Join(err, unmap(b))
		}
		return nil, fmt.Errorf("open segment %s: %w", path, err)
	}
	s.mapped = mapped
	return s, nil
}

// Parse reads a segment from what a Writer wrote. b must not change while the
// segment is in use.
func Parse(b []byte) (*Segment, error) {
	if len(b) < len(head)+footLen || string(b[:len(head)]) != head {
		return nil, fmt.Errorf("%w: no segment of this version", ErrDamaged)
	}
	s := &Segment{b: b}
	at := len(b) - footLen
	for i, n := range s.numbers() {
		*n = binary.LittleEndian.Uint64(b[at+8*i:])
	}
	if s.size != uint64(len(b)) {
		return nil, fmt.Errorf("%w: %d bytes of %d", ErrDamaged, len(b), s.size)
	}
	if sum := uint64(crc32.Checksum(b[:len(b)-8], castagnoli)); s.sum != sum {
		return nil, fmt.Errorf("%w: checksum %x, want %x", ErrDamaged, sum, s.sum)
	}
	if s.bits < 16 || s.bits > 28 || s.dir != s.starts+8*(s.records+1) || s.posts != s.dir+4*(1<<s.bits+1) ||
		s.size != s.posts+postBytes*s.postings+footLen {
		return nil, fmt.Errorf("%w: tables that do not meet", ErrDamaged)
	}
	return s, nil
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Close gives the memory back. Nothing that the segment returned may be used
// after it.
func (s *Segment) Close() error {
	b := s.b
	s.b = nil
	if b == nil || !s.mapped {
		return nil
	}
	return unmap(b)
}

// Len is the number of records.
func (s *Segment) Len() int { return int(s.records) }

// Size is the number of bytes in all, and of those that are not records.
func (s *Segment) Size() (all, tables int) { return len(s.b), len(s.b) - int(s.starts) }

// Record is the record with number i, as it lies in the file.
func (s *Segment) Record(i int) []byte {
	at := s.starts + 8*uint64(i)
	return s.b[binary.LittleEndian.Uint64(s.b[at:]):binary.LittleEndian.Uint64(s.b[at+8:])]
}

// List is where the postings of hash stand, half-open; Doc reads them.
func (s *Segment) List(hash uint32) (from, to int) {
	bucket := s.dir + 4*uint64(hash>>(32-s.bits))
	from, end := s.number(bucket), s.number(bucket+4)
	low := uint16(hash)
	for to = end; from < to; {
		if mid := int(uint(from+to) >> 1); s.lowAt(mid) < low {
			from = mid + 1
		} else {
			to = mid
		}
	}
	for to < end && s.lowAt(to) == low {
		to++
	}
	return from, to
}

// All calls f with each posting: a hash, in order, and the number of a record
// it stands in.
func (s *Segment) All(f func(hash uint32, record int)) {
	for bucket := range uint32(1) << s.bits {
		at := s.dir + 4*uint64(bucket)
		for i := s.number(at); i < s.number(at+4); i++ {
			f(bucket<<(32-s.bits)|uint32(s.lowAt(i)), s.Doc(i))
		}
	}
}

func (s *Segment) number(at uint64) int { return int(binary.LittleEndian.Uint32(s.b[at:])) }

func (s *Segment) lowAt(i int) uint16 {
	return binary.LittleEndian.Uint16(s.b[s.posts+postBytes*uint64(i):])
}

// Doc is the number of the record of posting i.
func (s *Segment) Doc(i int) int {
	return int(binary.LittleEndian.Uint32(s.b[s.posts+postBytes*uint64(i)+lowBytes-1:]) >> 8)
}

// Remove deletes the files of dir whose names match pattern but for those to
// be kept.
func Remove(dir, pattern string, keep []string) error {
	names, err := fs.Glob(os.DirFS(dir), pattern)
	if err != nil {
		return fmt.Errorf("list %s: %w", dir, err)
	}
	for _, name := range names {
		if slices.Contains(keep, name) {
			continue
		}
		if err := os.Remove(dir + string(os.PathSeparator) + name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
