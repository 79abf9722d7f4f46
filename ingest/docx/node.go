package docx

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"duibiao/corpus"
	"duibiao/ingest/capped"
)

// node is an element with what is in it, or a text where name is "".
type node struct {
	name  string // such as "w:p", whatever prefix and edition the file uses
	attrs []xml.Attr
	kids  []*node
	text  string
}

// prefixes names the namespaces by the end of their names, which the
// transitional and the strict edition share.
var prefixes = [...]struct{ uri, prefix string }{
	{"/wordprocessingml/2006/main", "w:"},
	{"/wordprocessingml/main", "w:"},
	{"/officeDocument/2006/math", "m:"},
	{"/officeDocument/math", "m:"},
	{"/markup-compatibility/2006", "mc:"},
	{"/drawingml/2006/wordprocessingDrawing", "wp:"},
	{"/drawingml/wordprocessingDrawing", "wp:"},
	{"/drawingml/2006/main", "a:"},
	{"/drawingml/main", "a:"},
	{"/drawingml/2006/diagram", "dgm:"},
	{"/drawingml/diagram", "dgm:"},
	{"/drawingml/2006/picture", "pic:"},
	{"/drawingml/picture", "pic:"},
	{"urn:schemas-microsoft-com:vml", "v:"},
	{"urn:schemas-microsoft-com:office:office", "o:"},
}

func qualified(n xml.Name) string {
	for _, p := range prefixes {
		if strings.HasSuffix(n.Space, p.uri) {
			return p.prefix + n.Local
		}
	}
	return "?:" + n.Local
}

// attr is the value of the attribute with that local name, or "".
func (n *node) attr(local string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.attrs {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// number is the value of an attribute as a whole number, or def.
func (n *node) number(local string, def int) int {
	v, err := strconv.Atoi(n.attr(local))
	if err != nil {
		return def
	}
	return v
}

// kid follows names downwards from n, taking the first child of each; nil when
// there is none.
func (n *node) kid(names ...string) *node {
	for _, name := range names {
		if n == nil {
			return nil
		}
		var next *node
		for _, k := range n.kids {
			if k.name == name {
				next = k
				break
			}
		}
		n = next
	}
	return n
}

// on reports whether a toggle such as w:vanish is there and not switched off.
func (n *node) on() bool {
	if n == nil {
		return false
	}
	switch n.attr("val") {
	case "0", "false", "off":
		return false
	}
	return true
}

// find calls visit for each element inside n with that name, not looking
// inside those. Of alternatives only the chosen one is looked at.
func (n *node) find(name string, visit func(*node)) {
	for _, k := range n.kids {
		switch k.name {
		case name:
			visit(k)
		case "":
		case "mc:AlternateContent":
			k.chosen().find(name, visit)
		default:
			k.find(name, visit)
		}
	}
}

// chosen is the alternative that is read of an mc:AlternateContent: the first
// choice, or the fallback where only that has text, as for signs of newer
// fonts. Reading both would double a text box.
func (n *node) chosen() *node {
	choice, fallback := n.kid("mc:Choice"), n.kid("mc:Fallback")
	switch {
	case choice == nil && fallback == nil:
		return &node{}
	case choice == nil, fallback != nil && textLength(choice) == 0 && textLength(fallback) > 0:
		return fallback
	}
	return choice
}

// tree parses the whole named part; nil when there is none.
func (p *parts) tree(name string) (*node, error) {
	b, err := p.read(name)
	if b == nil || err != nil {
		return nil, err
	}
	d := newDecoder(b)
	for {
		t, err := d.Token()
		if err != nil {
			return nil, capped.Broken(name, err)
		}
		if start, ok := t.(xml.StartElement); ok {
			n, err := element(d, start, 1, p.lim.Depth)
			if err != nil {
				return nil, capped.Broken(name, err)
			}
			return n, nil
		}
	}
}

// element parses the element that start began, at depth from 1; none may be
// deeper than most.
func element(d *xml.Decoder, start xml.StartElement, depth, most int) (*node, error) {
	if depth > most {
		return nil, tooDeep(most)
	}
	n := &node{name: qualified(start.Name), attrs: start.Attr}
	for {
		t, err := d.Token()
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			k, err := element(d, t, depth+1, most)
			if err != nil {
				return nil, err
			}
			n.kids = append(n.kids, k)
		case xml.CharData:
			if keepsText(n.name) {
				n.kids = append(n.kids, &node{text: string(t)})
			}
		case xml.EndElement:
			return n, nil
		}
	}
}

// tooDeep is the error of elements deeper inside each other than most.
func tooDeep(most int) error {
	return &corpus.LimitError{Limit: corpus.Nesting, Allowed: int64(most)}
}

// keepsText reports whether the characters right inside an element matter.
func keepsText(name string) bool {
	switch name {
	case "w:t", "w:delText", "w:instrText", "m:t", "a:t":
		return true
	}
	return false
}

// content is the characters right inside n.
func (n *node) content() string {
	s := ""
	for _, k := range n.kids {
		s += k.text
	}
	return s
}

func newDecoder(b []byte) *xml.Decoder {
	d := xml.NewDecoder(bytes.NewReader(clean(b)))
	d.CharsetReader = func(charset string, in io.Reader) (io.Reader, error) {
		switch strings.ToLower(charset) {
		case "utf-16", "utf-16le", "utf-16be", "us-ascii":
			return in, nil // clean made UTF-8 of it
		}
		return nil, errors.New("unknown encoding " + charset)
	}
	return d
}

// clean makes b valid UTF-8 without the control characters that XML forbids,
// which careless programs leave in.
func clean(b []byte) []byte {
	switch {
	case bytes.HasPrefix(b, []byte("\xff\xfe")), bytes.HasPrefix(b, []byte("<\x00")):
		b = fromUTF16(b, binary.LittleEndian)
	case bytes.HasPrefix(b, []byte("\xfe\xff")), bytes.HasPrefix(b, []byte("\x00<")):
		b = fromUTF16(b, binary.BigEndian)
	}
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(b) {
		b = bytes.ToValidUTF8(b, []byte("\uFFFD"))
	}
	if !suspect(b) {
		return b
	}
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); {
		if n := illegalReference(b[i:]); n > 0 {
			i += n
			continue
		}
		if c := b[i]; c >= 0x20 || c == '\t' || c == '\n' || c == '\r' {
			out = append(out, c)
		}
		i++
	}
	return dropNonCharacters(out)
}

// suspect reports whether b holds anything that clean must look at closely.
func suspect(b []byte) bool {
	for i, c := range b {
		switch {
		case c < 0x20 && c != '\t' && c != '\n' && c != '\r':
			return true
		case c == '&' && i+1 < len(b) && b[i+1] == '#':
			return true
		case c == 0xEF && i+2 < len(b) && b[i+1] == 0xBF && b[i+2] >= 0xBE:
			return true
		}
	}
	return false
}

// illegalReference is the length of a reference such as &#x1; at the start of
// b to a character that XML forbids, or 0.
func illegalReference(b []byte) int {
	if len(b) < 4 || b[0] != '&' || b[1] != '#' {
		return 0
	}
	end := bytes.IndexByte(b[:min(len(b), 12)], ';')
	if end < 3 {
		return 0
	}
	digits, base := string(b[2:end]), 10
	if digits[0] == 'x' || digits[0] == 'X' {
		digits, base = digits[1:], 16
	}
	r, err := strconv.ParseUint(digits, base, 32)
	if err != nil || r >= 0x20 && r != 0xFFFE && r != 0xFFFF && r <= utf8.MaxRune && (r < 0xD800 || r > 0xDFFF) || r == '\t' || r == '\n' || r == '\r' {
		return 0
	}
	return end + 1
}

// dropNonCharacters removes U+FFFE and U+FFFF.
func dropNonCharacters(b []byte) []byte {
	b = bytes.ReplaceAll(b, []byte("\uFFFE"), nil)
	return bytes.ReplaceAll(b, []byte("\uFFFF"), nil)
}

func fromUTF16(b []byte, order binary.ByteOrder) []byte {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = order.Uint16(b[2*i:])
	}
	return []byte(strings.TrimPrefix(string(utf16.Decode(units)), "\ufeff"))
}
