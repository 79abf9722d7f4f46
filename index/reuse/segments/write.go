package segments

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"
)

// Writer writes a segment. Records go out as they come; the postings stay in
// memory, eight bytes each and as much again while they are sorted.
type Writer struct {
	out    *bufio.Writer
	sum    hash.Hash32
	size   uint64
	starts []uint64
	keys   []uint64 // hash above, record below
	err    error
}

// NewWriter returns a Writer to w.
func NewWriter(w io.Writer) *Writer {
	s := &Writer{sum: crc32.New(castagnoli)}
	s.out = bufio.NewWriterSize(io.MultiWriter(w, s.sum), 1<<16)
	s.write([]byte(head))
	return s
}

// Add appends a record with its hashes; one that stands twice counts once.
func (s *Writer) Add(record []byte, hashes []uint32) {
	if len(s.starts) == MaxRecords {
		s.fail(fmt.Errorf("more than %d records", MaxRecords))
		return
	}
	for _, h := range hashes {
		s.keys = append(s.keys, uint64(h)<<32|uint64(len(s.starts)))
	}
	s.starts = append(s.starts, s.size)
	s.write(record)
}

// Finish writes what follows the records. The first error of all writing is
// returned here.
func (s *Writer) Finish() error {
	records := uint64(len(s.starts))
	var buf []uint64
	keys := slices.Compact(SortByHash(s.keys, &buf))
	f := foot{records: records, postings: uint64(len(keys)), bits: 16, starts: s.size}
	for f.bits < 28 && 1<<f.bits < len(keys)/16 {
		f.bits++
	}
	for _, at := range append(s.starts, f.starts) {
		s.number(8, at)
	}
	f.dir = s.size
	s.directory(keys, f.bits)
	f.posts = s.size
	for _, k := range keys {
		s.number(postBytes, k>>32&(1<<(8*lowBytes)-1)|k<<(8*lowBytes))
	}
	f.size = s.size + footLen
	for _, n := range f.numbers()[:7] {
		s.number(8, *n)
	}
	if err := s.out.Flush(); err != nil {
		s.fail(err)
	}
	s.number(8, uint64(s.sum.Sum32()))
	if err := s.out.Flush(); err != nil {
		s.fail(err)
	}
	return s.err
}

// directory writes where the postings of each bucket begin.
func (s *Writer) directory(keys []uint64, bits uint64) {
	dir := make([]uint32, 1<<bits+1)
	for _, k := range keys {
		dir[k>>(64-bits)+1]++
	}
	b := make([]byte, 0, 4*len(dir))
	sum := uint32(0)
	for _, n := range dir {
		sum += n
		b = binary.LittleEndian.AppendUint32(b, sum)
	}
	s.write(b)
}

func (s *Writer) number(size int, n uint64) {
	s.write(binary.LittleEndian.AppendUint64(s.out.AvailableBuffer(), n)[:size])
}

func (s *Writer) write(b []byte) {
	n, err := s.out.Write(b)
	s.size += uint64(n)
	if err != nil {
		s.fail(err)
	}
}

func (s *Writer) fail(err error) {
	if s.err == nil {
		s.err = err
	}
}

// SortByHash sorts keys by their upper halves; equals stay in order. What it
// returns lies in keys or in buf, which is made long enough, and buf is the
// other of the two then.
func SortByHash(keys []uint64, buf *[]uint64) []uint64 {
	const digit = 11
	from, to := keys, slices.Grow((*buf)[:0], len(keys))[:len(keys)]
	for shift := 32; shift < 64; shift += digit {
		var at [1 << digit]int
		for _, k := range from {
			at[k>>shift&(1<<digit-1)]++
		}
		sum := 0
		for d, n := range at {
			at[d] = sum
			sum += n
		}
		for _, k := range from {
			d := k >> shift & (1<<digit - 1)
			to[at[d]] = k
			at[d]++
		}
		from, to = to, from
	}
	*buf = to
	return from
}

// Create makes the file at path: under another name until fill is done and
// the disk has it, so that a file under its own name is always whole. An
// older file at path is replaced.
func Create(path string, fill func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.tmp")
	if err != nil {
		return fmt.Errorf("create %s: %w", path, err)
	}
	defer func() {
		if err != nil {
			err = fmt.Errorf("create %s: %w", path, errors.Join(err, os.Remove(f.Name())))
		}
	}()
	err = fill(f)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err = os.Rename(f.Name(), path); err != nil {
		return err
	}
	return syncDir(filepath.Dir(path))
}
