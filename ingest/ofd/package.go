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
	"duibiao/ingest/capped"
	"duibiao/ingest/text"
)

// parts is the package of an OFD file: its parts by name, read with caps.
type parts struct {
	files map[string]*zip.File // by name in lower case: programs do not agree on it
	lim   capped.Parts
	spent int64
}

func openParts(f io.ReaderAt, size int64, lim capped.Parts) (*parts, error) {
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
	return p.lim.Read(f, name, &p.spent)
}

// decode reads the XML part into v. It says false when there is no such part.
func (p *parts) decode(name string, v any) (bool, error) {
	b, err := p.read(name)
	if b == nil || err != nil {
		return false, err
	}
	if err := newDecoder(b).Decode(v); err != nil {
		return false, capped.Broken(name, err)
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
