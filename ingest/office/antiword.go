package office

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"duibiao/corpus"
)

// AntiwordReader names the reader that asks antiword, and its version, which
// is part of cache keys.
const AntiwordReader = "antiword/1"

// ReadWord reads the Word file at path by antiword, which is quick and knows
// text, headings and tables, but no automatic numbers; the document's warnings
// say so. limit bounds antiword's time; 0 means 20 seconds.
//
// The error wraps corpus.ErrNoProgram, corpus.ErrEncrypted, ErrTimeout, ErrEmpty when
// there is no text, or ErrBroken when antiword makes nothing of the file.
func ReadWord(ctx context.Context, path string, limit time.Duration) (*corpus.Document, error) {
	program := programs()[1].find()
	if program == "" {
		return nil, fmt.Errorf("read %s: %w", path, corpus.ErrNoProgram)
	}
	if limit <= 0 {
		limit = 20 * time.Second
	}
	doc, err := askAntiword(ctx, program, path, limit)
	if err != nil {
		return nil, fmt.Errorf("read %s by antiword: %w", path, err)
	}
	return doc, nil
}

func askAntiword(ctx context.Context, program, path string, limit time.Duration) (doc *corpus.Document, err error) {
	dir, err := os.MkdirTemp("", "duibiao-office-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	in := filepath.Join(dir, "in.doc") // a name it cannot mistake for an option
	if err := copyFile(in, path); err != nil {
		return nil, err
	}
	out, said, err := run(ctx, limit, program, "-x", "db", in)
	if errors.Is(err, corpus.ErrTimeout) || errors.Is(err, corpus.ErrTooLarge) || ctx.Err() != nil {
		return nil, err
	}
	if bytes.Contains(bytes.ToLower(said), []byte("encrypted")) {
		return nil, corpus.ErrEncrypted
	}
	if bytes.Contains(said, []byte("too small to handle")) {
		return nil, fmt.Errorf("antiword reads no paper this short: %w", corpus.ErrNoProgram)
	}
	doc, err = docBook(out)
	if said = bytes.TrimSpace(said); errors.Is(err, corpus.ErrEmpty) && len(said) > 0 {
		err = fmt.Errorf("%w: it said: %.300s", corpus.ErrBroken, strings.ToValidUTF8(string(said), "\uFFFD"))
	}
	return doc, err
}

// docBook makes a document of DocBook as antiword writes it.
func docBook(b []byte) (*corpus.Document, error) {
	d := xml.NewDecoder(bytes.NewReader(bytes.Map(legal, bytes.ToValidUTF8(b, []byte("\uFFFD")))))
	d.Strict = false
	w := &bookWalk{}
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("%w: what antiword wrote: %w", corpus.ErrBroken, err)
		}
		w.token(t)
	}
	w.flush()
	if w.b.Empty() {
		return nil, corpus.ErrEmpty
	}
	w.b.Warn("本文件由 antiword 读取：自动编号没有读出，脚注、页眉和修订痕迹可能不全。装上 LibreOffice 后重读，或请报送单位另存为 DOCX，可以读全。")
	return w.b.End(AntiwordReader, ""), nil
}

// legal drops the control characters that XML forbids.
func legal(r rune) rune {
	if r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
		return -1
	}
	return r
}

// bookWalk gathers the text between the tags of a DocBook file.
type bookWalk struct {
	b     corpus.Builder
	text  strings.Builder
	level int // of sections around
	title bool
	row   []string // cells of the row that is read
	inRow bool
	about bool // what is read is about the file
}

func (w *bookWalk) token(t xml.Token) {
	switch t := t.(type) {
	case xml.CharData:
		if !w.about {
			w.text.Write(t)
		}
	case xml.StartElement:
		switch name := t.Name.Local; {
		case section(name):
			w.flush()
			w.level++
		case name == "title":
			w.flush()
			w.title = true
		case name == "row":
			w.flush()
			w.row, w.inRow = nil, true
		case name == "entry":
			w.text.Reset()
		case name == "para":
			w.flush()
		case name == "bookinfo":
			w.about = true
		}
	case xml.EndElement:
		switch name := t.Name.Local; {
		case section(name):
			w.flush()
			w.level = max(0, w.level-1)
		case name == "title", name == "para":
			w.flush()
			w.title = false
		case name == "bookinfo":
			w.about = false
		case name == "entry":
			w.row = append(w.row, oneLine(w.text.String()))
			w.text.Reset()
		case name == "row":
			w.inRow = false
			w.b.Row(w.row...)
		}
	}
}

func section(name string) bool { return name == "chapter" || strings.HasPrefix(name, "sect") }

// flush writes what was gathered as a paragraph or heading.
func (w *bookWalk) flush() {
	if w.inRow {
		return
	}
	s := oneLine(w.text.String())
	w.text.Reset()
	switch {
	case s == "" || strings.Trim(s, "-") == "":
	case w.title:
		w.b.Heading(max(1, w.level), s)
	default:
		w.b.Text(s)
	}
}

// oneLine is s with its lines, which antiword breaks as it likes, as one.
func oneLine(s string) string {
	var out []string
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return strings.Join(out, " ")
}
