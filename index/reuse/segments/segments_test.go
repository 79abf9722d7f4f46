package segments

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// written is a segment of n records, and what it must hold.
func written(t *testing.T, n int) (b []byte, records [][]byte, lists map[uint32][]int) {
	t.Helper()
	r := rand.New(rand.NewPCG(uint64(n), 1))
	var out bytes.Buffer
	w := NewWriter(&out)
	lists = map[uint32][]int{}
	for i := range n {
		record := []byte(fmt.Sprint("记录", i))
		var hashes []uint32
		for range r.IntN(60) {
			h := uint32(r.IntN(800)) * 5_000_011
			hashes = append(hashes, h)
			if l := lists[h]; len(l) == 0 || l[len(l)-1] != i {
				lists[h] = append(l, i)
			}
		}
		w.Add(record, hashes)
		records = append(records, record)
	}
	if err := w.Finish(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), records, lists
}

func list(s *Segment, hash uint32) []int {
	var docs []int
	from, to := s.List(hash)
	for i := from; i < to; i++ {
		docs = append(docs, s.Doc(i))
	}
	return docs
}

func TestWhatIsWrittenIsRead(t *testing.T) {
	for _, n := range []int{0, 1, 7, 500} {
		b, records, lists := written(t, n)
		s, err := Parse(b)
		if err != nil {
			t.Fatal(err)
		}
		if s.Len() != n {
			t.Errorf("Len = %d, want %d", s.Len(), n)
		}
		for i, want := range records {
			if got := s.Record(i); !bytes.Equal(got, want) {
				t.Errorf("Record(%d) = %q, want %q", i, got, want)
			}
		}
		for hash, want := range lists {
			if got := list(s, hash); !slices.Equal(got, want) {
				t.Errorf("List(%d) = %v, want %v", hash, got, want)
			}
		}
		all := map[uint32][]int{}
		s.All(func(h uint32, record int) { all[h] = append(all[h], record) })
		if !maps.EqualFunc(all, lists, slices.Equal) {
			t.Errorf("All gives %v, want %v", all, lists)
		}
		for _, hash := range []uint32{1, 5_000_010, 1<<32 - 1} {
			if got := list(s, hash); len(got) > 0 {
				t.Errorf("List(%d) = %v, want none", hash, got)
			}
		}
		if all, tables := s.Size(); all != len(b) || tables <= 0 || tables > all {
			t.Errorf("Size = %d, %d of %d bytes", all, tables, len(b))
		}
	}
}

func TestSortByHash(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 1))
	var buf []uint64
	for _, n := range []int{0, 1, 3, 4000} {
		keys := make([]uint64, n)
		for i := range keys {
			keys[i] = uint64(r.Uint32()%900*4_772_185)<<32 | uint64(r.Uint32())
		}
		want := slices.Clone(keys)
		slices.SortStableFunc(want, func(a, b uint64) int { return cmp.Compare(a>>32, b>>32) })
		if got := SortByHash(keys, &buf); !slices.Equal(got, want) {
			t.Errorf("SortByHash of %d keys is not in the order of hashes, equals as they were", n)
		}
	}
}

func TestAFileIsMapped(t *testing.T) {
	b, records, _ := written(t, 40)
	path := filepath.Join(t.TempDir(), "a.segment")
	if err := Create(path, func(w io.Writer) error { _, err := w.Write(b); return err }); err != nil {
		t.Fatal(err)
	}
	s, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := s.Record(39); !bytes.Equal(got, records[39]) {
		t.Errorf("Record(39) = %q, want %q", got, records[39])
	}
	if err := errors.Join(s.Close(), s.Close()); err != nil {
		t.Errorf("Close: %v", err)
	}
}

func TestDamage(t *testing.T) {
	b, _, _ := written(t, 30)
	for i := range b {
		if i > 200 && i < len(b)-200 && i%97 != 0 {
			continue
		}
		bad := slices.Clone(b)
		bad[i] ^= 0x10
		if _, err := Parse(bad); !errors.Is(err, ErrDamaged) {
			t.Fatalf("byte %d of %d changed: Parse = %v, want %v", i, len(b), err, ErrDamaged)
		}
	}
	for _, n := range []int{0, 1, len(head), len(b) / 2, len(b) - 1} {
		if _, err := Parse(b[:n]); !errors.Is(err, ErrDamaged) {
			t.Errorf("cut to %d bytes: Parse = %v, want %v", n, err, ErrDamaged)
		}
	}
	if _, err := Open(filepath.Join(t.TempDir(), "nothing")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Open of nothing = %v, want %v", err, fs.ErrNotExist)
	}
}

// What could not be written whole is not there, and what was there before is.
func TestCreateIsAllOrNothing(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "state")
	full := errors.New("no room")
	put := func(s string, end error) error {
		return Create(path, func(w io.Writer) error {
			if _, err := w.Write([]byte(s)); err != nil {
				return err
			}
			return end
		})
	}
	if err := put("旧", nil); err != nil {
		t.Fatal(err)
	}
	if err := put("新", full); !errors.Is(err, full) {
		t.Errorf("Create = %v, want %v", err, full)
	}
	got, err := os.ReadFile(path)
	if err != nil || string(got) != "旧" {
		t.Errorf("the file holds %q, %v, want what was there before", got, err)
	}
	if err := put("新", nil); err != nil {
		t.Fatal(err)
	}
	if got, err = os.ReadFile(path); err != nil || string(got) != "新" {
		t.Errorf("the file holds %q, %v, want what was written", got, err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("%d files, %v, want one", len(entries), err)
	}
}

func TestAWriterTellsOfItsErrors(t *testing.T) {
	w := NewWriter(failing{})
	w.Add(make([]byte, 1<<17), []uint32{1})
	if err := w.Finish(); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("Finish = %v, want %v", err, io.ErrShortWrite)
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, io.ErrShortWrite }

func TestRemove(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"1.segment", "2.segment", "3.tmp"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := Remove(dir, "*.segment", []string{"2.segment"}); err != nil {
		t.Fatal(err)
	}
	left, err := fs.Glob(os.DirFS(dir), "*")
	if err != nil || !slices.Equal(left, []string{"2.segment", "3.tmp"}) {
		t.Errorf("left are %v, %v", left, err)
	}
}

// FuzzParse: whatever the bytes, Parse gives an error or a segment.
func FuzzParse(f *testing.F) {
	var out bytes.Buffer
	w := NewWriter(&out)
	w.Add([]byte("记录"), []uint32{3, 4})
	if err := w.Finish(); err != nil {
		f.Fatal(err)
	}
	f.Add(out.Bytes()[:200])
	f.Add([]byte(head))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		if s, err := Parse(b); err == nil && s.Len() < 0 {
			t.Errorf("a segment of %d records", s.Len())
		}
	})
}
