package reuse

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"

	"duibiao/corpus"
)

// digest stands for a content: two that differ have different ones.
type digest [16]byte

// digestOf is the digest of all that d holds.
func digestOf(d Document) digest {
	h := sha256.New()
	fmt.Fprintf(h, "%q %q %q %q %d %q %t %d %t %d\n", d.ID, d.Unit, d.Date, d.Year, d.Level, d.Shelf, d.OCR, d.Public, d.Zones == nil, d.Zones)
	h.Write([]byte(d.Text))
	return digest(h.Sum(nil))
}

// A record is a document as the index keeps it: its normal form with the way
// back, and not its text.
//
//	digest, ID, unit, date, year, level, shelf, whether it was recognised from pictures
//	how many runes the text has, how many the normal form
//	the normal form, two bytes a rune; kept and breaks, as words
//	public and quoted, as ranges: how many, and for each the gap before it and its length
type record []byte

// recordOf makes the record of a document, with its fingerprints.
func (x *Index) recordOf(d Document, w *indexing) record {
	n := normalise(d)
	w.grams = gramHashes(n.runes, w.grams)
	n.knowEverywhere(x.everywhere, w.grams)
	r := make([]byte, 0, 2*len(n.runes)+len(d.Text)/10+256)
	key := digestOf(d)
	r = append(r, key[:]...)
	for _, s := range []string{d.ID, d.Unit, d.Date, d.Year} {
		r = appendString(r, s)
	}
	r = binary.AppendUvarint(r, uint64(max(0, d.Level)))
	r = appendString(r, string(d.Shelf))
	r = append(r, asByte(d.OCR))
	r = binary.AppendUvarint(r, uint64(len(n.kept)))
	r = binary.AppendUvarint(r, uint64(len(n.runes)))
	for _, c := range n.runes {
		r = binary.LittleEndian.AppendUint16(r, c)
	}
	r = n.breaks.appendTo(n.kept.appendTo(r))
	return appendRanges(appendRanges(r, n.public), n.quoted)
}

// indexing is the working memory of making records.
type indexing struct {
	grams  []uint32
	prints []print
}

// hashes are the fingerprints of a document; they are valid until the next
// call.
func (w *indexing) hashes(runes []uint16, public bitset) []uint32 {
	w.grams = gramHashes(runes, w.grams)
	hide(w.grams, public)
	w.prints = winnow(w.grams, w.prints)
	out := w.grams[:0]
	for _, p := range w.prints {
		out = append(out, p.hash)
	}
	return out
}

func asByte(b bool) byte {
	if b {
		return 1
	}
	return 0
}

func appendString(b []byte, s string) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

func appendRanges(b []byte, set bitset) []byte {
	n := 0
	set.ranges(func(int, int) { n++ })
	b = binary.AppendUvarint(b, uint64(n))
	end := 0
	set.ranges(func(from, to int) {
		b = binary.AppendUvarint(b, uint64(from-end))
		b = binary.AppendUvarint(b, uint64(to-from))
		end = to
	})
	return b
}

// fields are read one after the other; what is missing is empty, and bad says
// so.
type fields struct {
	b   []byte
	bad bool
}

func (f *fields) number() int {
	v, n := binary.Uvarint(f.b)
	if n <= 0 || v > maxNumber {
		f.b, f.bad = nil, true
		return 0
	}
	f.b = f.b[n:]
	return int(v)
}

const maxNumber = 1 << 40

func (f *fields) bytes(n int) []byte {
	if n > len(f.b) {
		f.b, f.bad = nil, true
		return nil
	}
	b := f.b[:n]
	f.b = f.b[n:]
	return b
}

func (f *fields) string() string { return string(f.bytes(f.number())) }

// sameString is string for what many records say; they share it in memory.
func (f *fields) sameString(as map[string]string) string {
	b := f.bytes(f.number())
	s, ok := as[string(b)]
	if !ok {
		s = string(b)
		as[s] = s
	}
	return s
}

func (f *fields) digest() (d digest) {
	copy(d[:], f.bytes(len(d)))
	return d
}

func (f *fields) words(n int, dst bitset) bitset {
	dst = dst[:0]
	for b := f.bytes(8 * n); len(b) > 0; b = b[8:] {
		dst = append(dst, binary.LittleEndian.Uint64(b))
	}
	return dst
}

func (f *fields) ranges(runes int, dst bitset) bitset {
	dst = append(dst[:0], make(bitset, words(runes))...)
	at := 0
	for range f.number() {
		from := at + f.number()
		if at = from + f.number(); at > len(dst)*64 || f.bad {
			f.bad = true
			return dst
		}
		dst.setRange(from, at)
	}
	return dst
}

// head is what a record says of its document, whose text it does not hold. What
// documents have in common is kept in same.
func (r record) head(same map[string]string) (d Document, key digest, rest fields) {
	f := fields{b: r}
	key = f.digest()
	d = Document{ID: f.string(), Unit: f.sameString(same), Date: f.sameString(same), Year: f.sameString(same)}
	d.Level = f.number()
	d.Shelf = corpus.Shelf(f.sameString(same))
	d.OCR = f.number() != 0
	return d, key, f
}

// skipHead is where the rest of the record begins.
func (r record) skipHead() fields {
	f := fields{b: r}
	f.bytes(len(digest{}))
	for range 4 {
		f.bytes(f.number())
	}
	f.number()
	f.bytes(f.number())
	f.number()
	return f
}

// source is the normal form with what is public in it, in the memory of into.
func (r record) source(into *normal) {
	f := r.skipHead()
	kept := f.number()
	into.read(&f)
	f.bytes(8 * (kept + words(len(into.runes)+1)))
	into.public = f.ranges(len(into.runes), into.public)
}

// runes is the normal form alone, in the memory of into.
func (r record) runes(into *normal) {
	f := r.skipHead()
	f.number()
	into.read(&f)
}

func (n *normal) read(f *fields) {
	b := f.bytes(2 * f.number())
	n.runes = slices.Grow(n.runes[:0], len(b)/2)[:len(b)/2]
	out := n.runes
	for ; len(out) >= 4; b, out = b[8:], out[4:] {
		four := binary.LittleEndian.Uint64(b)
		out[0], out[1], out[2], out[3] = uint16(four), uint16(four>>16), uint16(four>>32), uint16(four>>48)
	}
	for i := range out {
		out[i] = binary.LittleEndian.Uint16(b[2*i:])
	}
}

// normal is the document's normal form without its stock phrases, which
// depend on the options.
func (r record) normal() normal {
	var n normal
	f := r.skipHead()
	kept := f.number()
	n.read(&f)
	n.kept = f.words(kept, nil)
	n.breaks = f.words(words(len(n.runes)+1), nil)
	n.public = f.ranges(len(n.runes), nil)
	n.quoted = f.ranges(len(n.runes), nil)
	return n
}
