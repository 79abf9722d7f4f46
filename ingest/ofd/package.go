package ofd

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"duibiao/corpus"
	"duibiao/ingest/text"
)

// parts is the package of an OFD file: its parts by name, read with caps.
type parts struct {
	files map[string]*zip.File // by name in lower case: programs do not agree on it
	lim   Limits
	spent int64
}

func openParts(f io.ReaderAt, size int64, lim Limits) (*parts, error) {
	z, err := zip.NewReader(f, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, fmt.Errorf("%w: %w", corpus.ErrBroken, err)
	}
	p := &parts{files: map[string]*zip.File{}, lim: lim}
	for _, file := range z.File {
		name := strings.ToLower(resolve("", file.Name))
		if p.files[name] == nil {
			p.files[name] = file
		}
	}
	return p, nil
}

// resolve is the name of the part that loc means in the folder dir.
func resolve(dir, loc string) string {
	loc = strings.ReplaceAll(strings.TrimSpace(loc), "\\", "/")
	if !strings.HasPrefix(loc, "/") {
		loc = dir + "/" + loc
	}
	return strings.TrimPrefix(path.Clean("/"+loc), "/")
}

// read is the bytes of a part, or nil when there is none.
func (p *parts) read(name string) ([]byte, error) {
	f := p.files[strings.ToLower(name)]
	if f == nil {
		return nil, nil
	}
	if f.Flags&1 != 0 {
		return nil, fmt.Errorf("%s: %w", name, corpus.ErrEncrypted)
	}
	r, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %w", name, corpus.ErrBroken, err)
	}
	defer r.Close()
	most, over := p.most(f)
	b, err := io.ReadAll(io.LimitReader(r, most+1))
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %w", name, corpus.ErrBroken, err)
	}
	if int64(len(b)) > most {
		return nil, fmt.Errorf("%s: %w", name, over)
	}
	p.spent += int64(len(b))
	return b, nil
}

// most is how many bytes of f may be unpacked, and the error when there are
// more.
func (p *parts) most(f *zip.File) (int64, error) {
	packed, promised := max(1, int64(min(f.CompressedSize64, 1<<40))), int64(min(f.UncompressedSize64, 1<<50))
	most, over := p.lim.PartBytes, &corpus.LimitError{Limit: corpus.PartSize, Measured: promised, Allowed: p.lim.PartBytes}
	if left := p.lim.AllBytes - p.spent; left < most {
		most, over = left, &corpus.LimitError{Limit: corpus.PartsSize, Measured: p.spent + promised, Allowed: p.lim.AllBytes}
	}
	if byRatio := max(p.lim.RatioFrom, packed*p.lim.Ratio); byRatio < most {
		most, over = byRatio, &corpus.LimitError{Limit: corpus.Expansion, Measured: promised / packed, Allowed: p.lim.Ratio}
	}
	if over.Measured <= over.Allowed {
		over.Measured = 0 // the package does not say how large the part really is
	}
	return max(0, most), over
}

// decode reads the XML part into v. It says false when there is no such part.
func (p *parts) decode(name string, v any) (bool, error) {
	b, err := p.read(name)
	if b == nil || err != nil {
		return false, err
	}
	if err := newDecoder(b).Decode(v); err != nil {
		return false, fmt.Errorf("%s: %w: %w", name, corpus.ErrBroken, err)
	}
	return true, nil
}

// newDecoder reads XML in any encoding, and without the control characters
// that XML forbids and careless programs leave in.
func newDecoder(b []byte) *xml.Decoder {
	d := xml.NewDecoder(bytes.NewReader(tidy(b)))
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // tidy made UTF-8 of it
	return d
}

func tidy(b []byte) []byte {
	if s, encoding, err := text.Decode(b); err == nil && encoding != "UTF-8" {
		b = []byte(s)
	}
	b = bytes.TrimPrefix(bytes.ToValidUTF8(b, []byte("\uFFFD")), []byte("\xef\xbb\xbf"))
	return bytes.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, b)
}
