package worker

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
)

// mutant is a file made from one that was whole.
type mutant struct {
	name string
	b    []byte
	how  string // what was done to it, for the one who looks into a failure
}

// mutate makes one mutant of b, with chunks of others where it needs them. The
// same r makes the same mutant.
func mutate(r *rand.Rand, name string, b []byte, others [][]byte) mutant {
	m := mutant{name: name, b: slices.Clone(b)}
	for range 1 + r.IntN(3) {
		if bytes.HasPrefix(m.b, []byte("PK")) && r.IntN(3) > 0 {
			if inside, how, ok := mutatePart(r, m.b, others); ok {
				m.b, m.how = inside, m.how+how+"; "
				continue
			}
		}
		var how string
		m.b, how = damage(r, m.b, others)
		m.how += how + "; "
	}
	return m
}

// damage does one thing to bytes that knows nothing of their format.
func damage(r *rand.Rand, b []byte, others [][]byte) ([]byte, string) {
	if len(b) == 0 {
		return []byte{byte(r.Uint32())}, "a byte for nothing"
	}
	at, n := r.IntN(len(b)), 1+r.IntN(min(len(b), 4096))
	end := min(len(b), at+n)
	switch r.IntN(8) {
	case 0, 1:
		flips := 1 + r.IntN(64)
		for range flips {
			b[r.IntN(len(b))] ^= 1 << r.IntN(8)
		}
		return b, fmt.Sprintf("%d bits", flips)
	case 2:
		return b[:at], fmt.Sprintf("cut at %d", at)
	case 3:
		return slices.Delete(b, at, end), fmt.Sprintf("without %d-%d", at, end)
	case 4:
		return slices.Insert(b, at, slices.Clone(b[at:end])...), fmt.Sprintf("%d-%d twice", at, end)
	case 5:
		clear(b[at:end])
		return b, fmt.Sprintf("%d-%d zero", at, end)
	case 6:
		chunk := pick(r, others)
		from := r.IntN(len(chunk) + 1)
		chunk = chunk[from:min(len(chunk), from+n)]
		return slices.Insert(b, at, chunk...), fmt.Sprintf("%d strange bytes at %d", len(chunk), at)
	}
	if said, ok := replaceNumber(r, b); ok {
		return said, "a number"
	}
	b[at] = byte(r.Uint32())
	return b, fmt.Sprintf("byte %d", at)
}

func pick(r *rand.Rand, from [][]byte) []byte { return from[r.IntN(len(from))] }

var numbers = regexp.MustCompile(`[0-9]+`)

// replaceNumber puts a number at which programs go wrong in place of one.
func replaceNumber(r *rand.Rand, b []byte) ([]byte, bool) {
	places := numbers.FindAllIndex(b[:min(len(b), 1<<20)], 4000)
	if len(places) == 0 {
		return nil, false
	}
	at := places[r.IntN(len(places))]
	strange := []string{"0", "-1", "1", "65536", "2147483647", "2147483648", "4294967296", "9223372036854775807", "99999999999999999999", "1e308", "NaN"}
	return slices.Concat(b[:at[0]], []byte(strange[r.IntN(len(strange))]), b[at[1]:]), true
}

// mutatePart changes what is in one part of a zip package, or its directory,
// so that the package itself stays whole and the readers of its parts are met.
func mutatePart(r *rand.Rand, b []byte, others [][]byte) ([]byte, string, bool) {
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil || len(z.File) == 0 {
		return nil, "", false
	}
	target := r.IntN(len(z.File))
	how := ""
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i, f := range z.File {
		content := contents(f)
		header := zip.FileHeader{Name: f.Name, Method: f.Method}
		times := 1
		if i == target {
			content, how = mutateContent(r, content, others)
			switch r.IntN(12) {
			case 0:
				times, how = 0, "no part"
			case 1:
				times, how = 2, "part twice"
			case 2:
				header.Name, how = z.File[r.IntN(len(z.File))].Name, "another's name"
			case 3:
				header.Name, how = "../"+f.Name, "a way out"
			}
			how = f.Name + ": " + how
		}
		for range times {
			if !writePart(w, header, content, r.IntN(40) == 0) {
				return nil, "", false
			}
		}
	}
	if w.Close() != nil {
		return nil, "", false
	}
	return out.Bytes(), how, true
}

func contents(f *zip.File) []byte {
	r, err := f.Open()
	if err != nil {
		return nil
	}
	defer r.Close()
	var b bytes.Buffer
	_, _ = b.ReadFrom(r) // what comes before a fault is good enough here
	return b.Bytes()
}

// writePart writes a part, or one that promises to be larger than it is.
func writePart(w *zip.Writer, h zip.FileHeader, content []byte, lie bool) bool {
	if !lie {
		p, err := w.CreateHeader(&h)
		if err == nil {
			_, err = p.Write(content)
		}
		return err == nil
	}
	h.Method = zip.Store
	h.CRC32 = crc32.ChecksumIEEE(content)
	h.CompressedSize64, h.UncompressedSize64 = uint64(len(content)), uint64(len(content))+1<<33
	p, err := w.CreateRaw(&h)
	if err == nil {
		_, err = p.Write(content)
	}
	return err == nil
}

var tags = regexp.MustCompile(`<[^<>]+>`)

// mutateContent changes a part by its markup, where it has any.
func mutateContent(r *rand.Rand, b []byte, others [][]byte) ([]byte, string) {
	if bytes.HasPrefix(b, []byte("PK")) {
		if inside, how, ok := mutatePart(r, b, others); ok {
			return inside, how
		}
	}
	places := tags.FindAllIndex(b[:min(len(b), 1<<20)], 20000)
	if len(places) == 0 {
		return damage(r, b, others)
	}
	one, two := places[r.IntN(len(places))], places[r.IntN(len(places))]
	tag := b[one[0]:one[1]]
	switch r.IntN(9) {
	case 0:
		return slices.Concat(b[:one[0]], b[one[1]:]), "without " + string(tag)
	case 1:
		return slices.Concat(b[:one[0]], tag, b[one[0]:]), "twice " + string(tag)
	case 2:
		deep := 10 + r.IntN(3000)
		return slices.Concat(b[:one[0]], bytes.Repeat(tag, deep), b[one[1]:]), fmt.Sprintf("%d of %s", deep, tag)
	case 3:
		return slices.Concat(b[:one[0]], b[two[0]:two[1]], b[one[1]:]), fmt.Sprintf("%s for %s", b[two[0]:two[1]], tag)
	case 4:
		from, to := min(one[0], two[0]), max(one[1], two[1])
		return slices.Concat(b[:to], b[from:]), fmt.Sprintf("%d bytes of markup again", to-from)
	case 5:
		from, to := min(one[0], two[0]), max(one[1], two[1])
		return slices.Concat(b[:from], b[to:]), fmt.Sprintf("%d bytes of markup less", to-from)
	case 6:
		if said, ok := replaceNumber(r, b); ok {
			return said, "a number"
		}
	case 7:
		long := strings.Repeat("长", 1+r.IntN(200_000))
		return slices.Concat(b[:one[1]], []byte(long), b[one[1]:]), "a long text"
	}
	return damage(r, b, others)
}

// zipped is a zip file of the given members, each a name and its bytes.
func zipped(members ...string) []byte {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for i := 0; i+1 < len(members); i += 2 {
		if !writePart(w, zip.FileHeader{Name: members[i], Method: zip.Deflate}, []byte(members[i+1]), false) {
			panic("a buffer in memory takes everything")
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
}

// utf16File is s in UTF-16 with a byte order mark.
func utf16File(s string) []byte {
	out := []byte{0xFF, 0xFE}
	for _, r := range s {
		out = binary.LittleEndian.AppendUint16(out, uint16(r))
	}
	return out
}
