package reuse

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"duibiao/corpus"
	"duibiao/index/reuse/segments"
)

// ErrRebuild says that an index is damaged, or was made by another version:
// delete its folder and open it again, and Update makes it anew.
var ErrRebuild = errors.New("the comparison index must be rebuilt")

// The files of an index. The state names the segments that belong to it: until
// it is replaced, what a killed run wrote does not count.
const (
	stateName      = "state"
	segmentName    = "%06d.segment"
	segmentPattern = "*.segment"
	leftPattern    = "*.tmp" // what a killed run was writing
)

// version changes whenever records are made otherwise, or something else is
// found in them.
const version = "duibiao reuse 3"

// stateKey is the version together with the shipped list, by which records are
// made too.
func stateKey() digest { return digestOf(Document{ID: version, Text: shipped}) }

// Open opens the index in a folder, and makes it where there is none. Only one
// process at a time may have it open; who calls sees to that. The error wraps
// ErrRebuild when something of the index is damaged or missing.
func Open(dir string, o Options) (*Index, error) {
	x := New(o)
	x.dir = dir
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("open comparison index: %w", err)
	}
	b, err := os.ReadFile(filepath.Join(dir, stateName))
	if errors.Is(err, fs.ErrNotExist) {
		return x, x.tidy()
	}
	if err != nil {
		return nil, fmt.Errorf("open comparison index: %w", err)
	}
	if err := x.load(b); err != nil {
		return nil, fmt.Errorf("open comparison index %s: %w: %w", dir, ErrRebuild, errors.Join(err, x.Close()))
	}
	x.arrange()
	return x, x.tidy()
}

// tidy deletes what does not belong to the index.
func (x *Index) tidy() error {
	var files []string
	for _, p := range x.parts {
		files = append(files, p.name)
	}
	if x.public.votes.Segment != nil {
		files = append(files, x.public.votes.name, x.public.lessons.name)
	}
	return errors.Join(segments.Remove(x.dir, segmentPattern, files), segments.Remove(x.dir, leftPattern, nil))
}

// save makes the state that of x.
func (x *Index) save() error {
	if x.dir == "" {
		return nil
	}
	b := x.state()
	b = binary.LittleEndian.AppendUint32(b, crc32.Checksum(b, castagnoli))
	err := segments.Create(filepath.Join(x.dir, stateName), func(w io.Writer) error {
		_, err := w.Write(b)
		return err
	})
	if err != nil {
		return err
	}
	return x.tidy()
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// state is all that is kept beside the segments.
func (x *Index) state() []byte {
	key := stateKey()
	b := number(key[:], x.next, len(x.parts))
	for _, p := range x.parts {
		b = number(appendString(b, p.name), p.gone)
		for i, doc := range p.doc {
			if doc == gone {
				b = number(b, i)
			}
		}
	}
	if b = append(b, asByte(x.learned)); x.learned {
		b = appendString(appendString(b, x.public.votes.name), x.public.lessons.name)
	}
	b = append(b, x.known.wording[:]...)
	b = append(number(b, x.known.size, len(x.known.of)), asByte(x.complete))
	for _, e := range x.docs {
		if r, ok := x.known.of[e.key]; ok {
			b = r.appendTo(append(b, e.key[:]...))
		}
	}
	return b
}

func number(b []byte, numbers ...int) []byte {
	for _, n := range numbers {
		b = binary.AppendUvarint(b, uint64(n))
	}
	return b
}

func (r result) appendTo(b []byte) []byte {
	b = append(append(b, r.inputs[:]...), asByte(r.stale))
	b = number(b, len(r.candidates))
	for _, c := range r.candidates {
		b = append(b, c[:]...)
	}
	b = number(b, len(r.found))
	for _, f := range r.found {
		for _, s := range []string{f.Doc, f.Source, string(f.Relation)} {
			b = appendString(b, s)
		}
		b = number(b, f.Span.Start, f.Span.End, f.SourceSpan.Start, f.SourceSpan.End, f.Informative, f.AlsoIn, int(f.at.from), int(f.at.to), len(f.Same))
		for i := range f.Same {
			b = number(b, f.Same[i].Start, f.Same[i].End, f.From[i].Start, f.From[i].End)
		}
	}
	return b
}

// load makes x what its state says.
func (x *Index) load(b []byte) error {
	if len(b) < 4 {
		return errors.New("the state is cut short")
	}
	body, sum := b[:len(b)-4], binary.LittleEndian.Uint32(b[len(b)-4:])
	if crc32.Checksum(body, castagnoli) != sum {
		return errors.New("the checksum of the state is wrong")
	}
	f := fields{b: body}
	if f.digest() != stateKey() {
		return errors.New("made by another version")
	}
	x.next = f.number()
	for range f.number() {
		if err := x.loadPart(&f); err != nil {
			return err
		}
	}
	x.learned = f.number() != 0
	if err := x.loadLearned(&f); err != nil {
		return err
	}
	x.known = collection{wording: f.digest(), size: f.number(), of: map[digest]result{}}
	results := f.number()
	x.complete = f.number() != 0
	for range results {
		key := f.digest()
		x.known.of[key] = f.result()
		if f.bad {
			return errors.New("the state is cut short")
		}
	}
	if x.known.wording != x.wording {
		x.known, x.complete = collection{wording: x.wording, size: x.known.size}, false
		x.learned = false
		return x.public.close()
	}
	return nil
}

// loadLearned opens what was learned.
func (x *Index) loadLearned(f *fields) error {
	if !x.learned {
		return nil
	}
	x.public.touched, x.public.gone = map[digest]bool{}, map[digest][]uint32{}
	for _, to := range []*file{&x.public.votes, &x.public.lessons} {
		var err error
		if *to, err = x.open(f.string()); err != nil {
			return err
		}
	}
	return nil
}

// open opens a file of the index.
func (x *Index) open(name string) (file, error) {
	s, err := segments.Open(filepath.Join(x.dir, filepath.Base(name)))
	return file{s, name}, err
}

func (x *Index) loadPart(f *fields) error {
	name, lost := f.string(), f.number()
	opened, err := x.open(name)
	if err != nil {
		return err
	}
	p := &part{file: opened}
	x.parts = append(x.parts, p)
	p.doc = make([]int32, p.Len())
	var w indexing
	var n normal
	for range lost {
		i := f.number()
		if f.bad || i >= p.Len() {
			return errors.New("the state names a document that is not there")
		}
		p.lose(int32(i), &w, &n)
	}
	return nil
}

func (f *fields) result() result {
	r := result{inputs: f.digest(), stale: f.number() != 0}
	for n := f.number(); n > 0 && !f.bad; n-- {
		r.candidates = append(r.candidates, f.digest())
	}
	for n := f.number(); n > 0 && !f.bad; n-- {
		r.found = append(r.found, f.finding())
	}
	return r
}

func (f *fields) finding() finding {
	var r finding
	r.Doc, r.Source, r.Relation = f.string(), f.string(), corpus.Relation(f.string())
	r.Span, r.SourceSpan = f.span(), f.span()
	r.Informative, r.AlsoIn = f.number(), f.number()
	r.at = stretch{int32(f.number()), int32(f.number())}
	for n := f.number(); n > 0 && !f.bad; n-- {
		r.Same, r.From = append(r.Same, f.span()), append(r.From, f.span())
	}
	return r
}

func (f *fields) span() corpus.Span { return corpus.Span{Start: f.number(), End: f.number()} }
