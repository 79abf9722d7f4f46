package corpus

import (
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Role says what a paragraph is in its document.
type Role string

// The roles a reader can give a paragraph.
const (
	Body    Role = "正文"  // running text; extract may still find it to be a heading
	Heading Role = "标题"  // the file's own markup says it is a heading
	Row     Role = "表格"  // one table row
	Aside   Role = "非正文" // page headers and footers, comments, web navigation: shown, never judged
)

// Paragraph is one paragraph or table row of a document.
type Paragraph struct {
	Span  Span   `json:"span"`            // white space around the text is outside it; may hold line breaks
	Role  Role   `json:"role"`            //
	Level int    `json:"level,omitempty"` // heading level from 1, from the file's markup; 0 otherwise
	Page  int    `json:"page,omitempty"`  // from 1; 0 where the format has no pages
	Cells []Span `json:"cells,omitempty"` // the cells of a Row, in order; empty cells are empty spans
	Origin
}

// Origin is how a paragraph came to be known. The zero Origin is that of a
// format without pages, read by the reader of the document.
type Origin struct {
	Box        Box     `json:"box,omitzero"`         // on its page, or on the page on which it begins
	By         string  `json:"by,omitempty"`         // what recognised it from a picture, such as "tesseract 5.3.0"; "" for text that was in the file
	Confidence float64 `json:"confidence,omitempty"` // of that recognition, over 0 to 1; 0 for text that was in the file
}

// OCR reports whether the text was recognised from a picture.
func (o Origin) OCR() bool { return o.By != "" }

// Warning is something a reader noticed that a reviewer should know: text that
// was dropped, two readers that disagree, lines that look garbled. Message is
// a Chinese sentence; Page is 0 when it is about the whole file.
type Warning struct {
	Page    int    `json:"page,omitempty"`
	Message string `json:"message"`
}

// Document is what was read from one file. Its text never changes once read,
// and every position anywhere in the program is a Span of it. Builder is the
// only way to make one.
type Document struct {
	Reader     string      // which reader made it, with its version, such as "text/1"
	Encoding   string      // of a text file, such as "GB18030"; empty otherwise
	Pages      int         // 0 where the format has no pages
	Paragraphs []Paragraph // in reading order
	Warnings   []Warning   // in page order
	Unread     []Warning   // pages that could not be read, with the reason; such a document is partial

	text  string
	marks []int // byte offset of every markStep-th rune
	runes int
}

const markStep = 64

// Text is the text of s, or "" for an empty span. It panics when s is not
// inside the document: a wrong span is a bug, never bad input.
func (d *Document) Text(s Span) string {
	if s.Start < 0 || s.End > d.runes || s.Start > s.End {
		panic(fmt.Sprintf("corpus: span %d-%d outside a document of %d runes", s.Start, s.End, d.runes))
	}
	from := d.byteAt(s.Start)
	to := from
	for n := s.Len(); n > 0; n-- {
		_, size := utf8.DecodeRuneInString(d.text[to:])
		to += size
	}
	return d.text[from:to]
}

func (d *Document) byteAt(r int) int {
	if len(d.marks) == 0 {
		return 0
	}
	at := d.marks[r/markStep]
	for n := r % markStep; n > 0; n-- {
		_, size := utf8.DecodeRuneInString(d.text[at:])
		at += size
	}
	return at
}

// String is the whole text, as `duibiao text` prints it.
func (d *Document) String() string { return d.text }

// Len is the length of the whole text in runes.
func (d *Document) Len() int { return d.runes }

// Locate says where s begins, for people: the last paragraph that starts at or
// before it.
func (d *Document) Locate(s Span) Location {
	i := sort.Search(len(d.Paragraphs), func(i int) bool { return d.Paragraphs[i].Span.Start > s.Start })
	if i == 0 {
		return Location{Page: min(1, d.Pages), Paragraph: 1}
	}
	p := d.Paragraphs[i-1]
	return Location{Page: p.Page, Paragraph: i, OCR: p.OCR()}
}

// OCR reports whether some of the text was recognised from a picture.
func (d *Document) OCR() bool {
	return slices.ContainsFunc(d.Paragraphs, func(p Paragraph) bool { return p.OCR() })
}

// Partial reports whether some page of the file could not be read.
func (d *Document) Partial() bool { return len(d.Unread) > 0 }

type documentJSON struct {
	Reader     string      `json:"reader"`
	Encoding   string      `json:"encoding,omitempty"`
	Pages      int         `json:"pages"`
	Paragraphs []Paragraph `json:"paragraphs"`
	Warnings   []Warning   `json:"warnings,omitempty"`
	Unread     []Warning   `json:"unread,omitempty"`
	Text       string      `json:"text"`
}

// MarshalJSON writes everything that UnmarshalJSON needs to make the same
// document again.
func (d *Document) MarshalJSON() ([]byte, error) {
	return json.Marshal(documentJSON{d.Reader, d.Encoding, d.Pages, d.Paragraphs, d.Warnings, d.Unread, d.text})
}

// UnmarshalJSON restores a document written by MarshalJSON. A paragraph that
// does not lie inside the text is an error.
func (d *Document) UnmarshalJSON(b []byte) error {
	var j documentJSON
	if err := json.Unmarshal(b, &j); err != nil {
		return err
	}
	*d = Document{Reader: j.Reader, Encoding: j.Encoding, Pages: j.Pages, Paragraphs: j.Paragraphs,
		Warnings: j.Warnings, Unread: j.Unread, text: j.Text}
	d.mark()
	end := 0
	for i, p := range d.Paragraphs {
		if p.Span.Start < end || p.Span.End > d.runes || p.Span.Start > p.Span.End {
			return fmt.Errorf("corpus: paragraph %d has span %v in a text of %d runes", i+1, p.Span, d.runes)
		}
		end = p.Span.End
	}
	return nil
}

func (d *Document) mark() {
	d.runes, d.marks = 0, d.marks[:0]
	for i := range d.text {
		if d.runes%markStep == 0 {
			d.marks = append(d.marks, i)
		}
		d.runes++
	}
	if d.runes%markStep == 0 {
		d.marks = append(d.marks, len(d.text))
	}
}

// Builder makes a Document. Positions are made here, once: each call appends
// text and records where it went. Text is kept as given but for bytes that are
// not UTF-8 and NUL, which become U+FFFD.
//
// The zero Builder is ready to use.
type Builder struct {
	doc    Document
	text   strings.Builder
	runes  int
	page   int
	origin Origin // of the next paragraph
}

// Page starts page n, from 1; what follows is on it.
func (b *Builder) Page(n int) {
	b.page = n
	b.doc.Pages = max(b.doc.Pages, n)
}

// From says how the next paragraph or row came to be known, and of that one
// only.
func (b *Builder) From(o Origin) { b.origin = o }

// Heading appends a heading of the given level, from 1.
func (b *Builder) Heading(level int, s string) { b.add(Paragraph{Role: Heading, Level: level}, s) }

// Text appends a body paragraph. s may hold the line breaks it has in its file.
func (b *Builder) Text(s string) { b.add(Paragraph{Role: Body}, s) }

// Aside appends text that is not part of what the unit wrote as its text.
func (b *Builder) Aside(s string) { b.add(Paragraph{Role: Aside}, s) }

// Row appends one table row. In the document's text the cells stand in one
// line with a tab between them. A row without any text is dropped.
func (b *Builder) Row(cells ...string) {
	if strings.TrimSpace(strings.Join(cells, "")) == "" {
		return
	}
	spans := make([]Span, len(cells))
	for i, c := range cells {
		if i > 0 {
			b.write("\t")
		}
		c = strings.TrimSpace(c)
		from := b.runes
		b.write(c)
		spans[i] = Span{from, b.runes}
	}
	first, last := spans[0], spans[0]
	for _, s := range spans {
		if s.Len() > 0 {
			if first.Len() == 0 {
				first = s
			}
			last = s
		}
	}
	b.put(Paragraph{Role: Row, Cells: spans, Span: Span{first.Start, last.End}})
	b.write("\n")
}

// Gap appends white space that belongs to no paragraph, such as an empty line
// of a text file, so that positions stay those of the file.
func (b *Builder) Gap(s string) { b.write(s) }

// Raw appends a paragraph without the line break that Text puts after it; the
// reader of plain text uses it with Gap to keep the file's own text.
func (b *Builder) Raw(role Role, level int, s string) {
	b.append(Paragraph{Role: role, Level: level}, s)
}

// Warn records something a reviewer should know about the current page, or
// about the file when no page was started. message is a Chinese sentence.
func (b *Builder) Warn(message string) {
	b.doc.Warnings = append(b.doc.Warnings, Warning{b.page, message})
}

// Unread records that the current page could not be read, and why, in Chinese.
func (b *Builder) Unread(reason string) {
	b.doc.Unread = append(b.doc.Unread, Warning{b.page, reason})
}

// Empty reports whether nothing but white space was appended so far.
func (b *Builder) Empty() bool { return len(b.doc.Paragraphs) == 0 }

// End returns the document and leaves the Builder empty. reader names the
// reader and its version; encoding is that of a text file, or "".
func (b *Builder) End(reader, encoding string) *Document {
	d := b.doc
	d.Reader, d.Encoding = reader, encoding
	d.text = b.text.String()
	d.mark()
	*b = Builder{}
	return &d
}

func (b *Builder) add(p Paragraph, s string) {
	if b.append(p, s) {
		b.write("\n")
	}
}

func (b *Builder) append(p Paragraph, s string) bool {
	trimmed := strings.TrimFunc(s, unicode.IsSpace)
	if trimmed == "" {
		return false
	}
	lead := strings.Index(s, trimmed)
	b.write(s[:lead])
	from := b.runes
	b.write(trimmed)
	p.Span = Span{from, b.runes}
	b.put(p)
	b.write(s[lead+len(trimmed):])
	return true
}

func (b *Builder) put(p Paragraph) {
	p.Page, p.Origin, b.origin = b.page, b.origin, Origin{}
	b.doc.Paragraphs = append(b.doc.Paragraphs, p)
}

func (b *Builder) write(s string) {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
	b.text.WriteString(s)
	b.runes += utf8.RuneCountInString(s)
}
