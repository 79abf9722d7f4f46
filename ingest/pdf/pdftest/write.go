package pdftest

import (
	"bytes"
	"crypto/md5"
	"crypto/rc4"
	"encoding/hex"
	"fmt"
	"strings"
)

// Bytes is the finished file.
func (f *File) Bytes() []byte {
	w := &writer{}
	w.out.WriteString("%PDF-1.6\n%\xE2\xE3\xCF\xD3\n")
	if f.UserPassword != "" || f.OwnerPassword != "" {
		w.lock(f.UserPassword, f.OwnerPassword)
	}
	catalog, tree := w.reserve(), w.reserve()
	var used [fonts][]uint16
	for _, p := range f.Pages {
		for i := range used {
			used[i] = append(used[i], p.used[i]...)
		}
	}
	var fontDict strings.Builder
	for i := range used {
		if len(used[i]) > 0 {
			fmt.Fprintf(&fontDict, "/F%d %d 0 R ", i, w.font(Font(i), used[i]))
		}
	}
	image := 0
	var kids strings.Builder
	for _, p := range f.Pages {
		if p.picture && image == 0 {
			image = w.stream("/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8",
				[]byte{0xEE, 0xDD, 0xDD, 0xEE})
		}
		fmt.Fprintf(&kids, "%d 0 R ", w.page(p, tree, fontDict.String(), image))
	}
	w.object(tree, fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", kids.String(), len(f.Pages)))
	fields := ""
	if len(w.fields) > 0 {
		fields = fmt.Sprintf("/AcroForm << /Fields [%s] >>", strings.Join(w.fields, " "))
	}
	w.object(catalog, fmt.Sprintf("<< /Type /Catalog /Pages %d 0 R %s >>", tree, fields))
	info := w.reserve()
	w.object(info, fmt.Sprintf("<< /Title %s /Creator %s /Producer %s >>",
		w.text(info, f.Title), w.text(info, "对标"), w.text(info, "pdftest")))
	return w.finish(catalog, info)
}

// writer numbers the objects of a file and remembers where they begin.
type writer struct {
	out    bytes.Buffer
	at     []int // at[i] is where object i+1 begins
	fields []string
	key    []byte // of the encryption; nil without
	crypt  string
}

func (w *writer) reserve() int {
	w.at = append(w.at, 0)
	return len(w.at)
}

func (w *writer) object(id int, body string) {
	w.at[id-1] = w.out.Len()
	fmt.Fprintf(&w.out, "%d 0 obj\n%s\nendobj\n", id, body)
}

func (w *writer) add(body string) int {
	id := w.reserve()
	w.object(id, body)
	return id
}

func (w *writer) stream(dict string, body []byte) int {
	id := w.reserve()
	packed := w.cipher(id, deflate(body))
	w.object(id, fmt.Sprintf("<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream", dict, len(packed), packed))
	return id
}

func (w *writer) text(id int, s string) string {
	return "<" + hex.EncodeToString(w.cipher(id, textString(s))) + ">"
}

func (w *writer) page(p *Page, tree int, fontDict string, image int) int {
	content := w.stream("", p.ops.Bytes())
	id := w.reserve()
	xobject := ""
	if p.picture {
		xobject = fmt.Sprintf("/XObject << /Im %d 0 R >>", image)
	}
	var notes strings.Builder
	for i, n := range p.notes {
		note := w.note(n, i)
		fmt.Fprintf(&notes, "%d 0 R ", note)
		if n.field {
			w.fields = append(w.fields, fmt.Sprintf("%d 0 R", note))
		}
	}
	w.object(id, fmt.Sprintf("<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %s %s] /Rotate %d /Resources << /Font << %s >> %s >> /Contents %d 0 R /Annots [%s] >>",
		tree, num(p.width()), num(p.height()), p.Rotate, fontDict, xobject, content, notes.String()))
	return id
}

func (w *writer) note(n note, i int) int {
	id := w.reserve()
	rect := fmt.Sprintf("/Rect [20 %d 120 %d]", 20+20*i, 36+20*i)
	if n.field {
		w.object(id, fmt.Sprintf("<< /Type /Annot /Subtype /Widget /FT /Tx /T (f%d) /V %s %s >>", id, w.text(id, n.text), rect))
	} else {
		w.object(id, fmt.Sprintf("<< /Type /Annot /Subtype /Text /Contents %s %s >>", w.text(id, n.text), rect))
	}
	return id
}

func (w *writer) font(f Font, used []uint16) int {
	table := w.stream("", toUnicode(used, f == Strange))
	descriptor := w.add(fmt.Sprintf("<< /Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 "+
		"/Ascent 880 /Descent -120 /CapHeight 700 /StemV 80 >>", f.name()))
	cid := w.add(fmt.Sprintf("<< /Type /Font /Subtype /CIDFontType0 /BaseFont /%s /FontDescriptor %d 0 R /DW 1000 /W [1 95 500] "+
		"/CIDSystemInfo << /Registry %s /Ordering %s /Supplement 2 >> >>", f.name(), descriptor,
		w.literal(len(w.at)+1, "Adobe"), w.literal(len(w.at)+1, "GB1")))
	encoding := "UniGB-UCS2-H"
	if f == Vertical {
		encoding = "UniGB-UCS2-V"
	}
	return w.add(fmt.Sprintf("<< /Type /Font /Subtype /Type0 /BaseFont /%s-%s /Encoding /%s /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>",
		f.name(), encoding, encoding, cid, table))
}

// literal is an ASCII string object inside object id.
func (w *writer) literal(id int, s string) string {
	return "<" + hex.EncodeToString(w.cipher(id, []byte(s))) + ">"
}

func (w *writer) finish(catalog, info int) []byte {
	start := w.out.Len()
	fmt.Fprintf(&w.out, "xref\n0 %d\n0000000000 65535 f \n", len(w.at)+1)
	for _, at := range w.at {
		fmt.Fprintf(&w.out, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&w.out, "trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R %s /ID [<%s> <%s>] >>\nstartxref\n%d\n%%%%EOF\n",
		len(w.at)+1, catalog, info, w.crypt, fileID, fileID, start)
	return w.out.Bytes()
}

// fileID is the same in every file: what is made of the same input stays the
// same.
const fileID = "00112233445566778899aabbccddeeff"

// padding fills a password up, as the PDF specification (7.6.3.3) has it.
var padding = [32]byte{0x28, 0xBF, 0x4E, 0x5E, 0x4E, 0x75, 0x8A, 0x41, 0x64, 0x00, 0x4E, 0x56, 0xFF, 0xFA, 0x01, 0x08,
	0x2E, 0x2E, 0x00, 0xB6, 0xD0, 0x68, 0x3E, 0x80, 0x2F, 0x0C, 0xA9, 0xFE, 0x64, 0x53, 0x69, 0x7A}

func pad(password string) []byte {
	return append([]byte(password), padding[:]...)[:32]
}

func crypt40(key, b []byte) []byte {
	c, err := rc4.NewCipher(key)
	if err != nil {
		panic(err) // the key has five or ten bytes
	}
	out := make([]byte, len(b))
	c.XORKeyStream(out, b)
	return out
}

// lock prepares the encryption of version 1, revision 2.
func (w *writer) lock(user, owner string) {
	if owner == "" {
		owner = user
	}
	ownerKey := md5.Sum(pad(owner))
	o := crypt40(ownerKey[:5], pad(user))
	const permissions = -4
	id, _ := hex.DecodeString(fileID)
	sum := md5.Sum(bytes.Join([][]byte{pad(user), o, {0xFC, 0xFF, 0xFF, 0xFF}, id}, nil))
	w.key = sum[:5]
	u := crypt40(w.key, padding[:])
	w.crypt = fmt.Sprintf("/Encrypt << /Filter /Standard /V 1 /R 2 /O <%x> /U <%x> /P %d >>", o, u, permissions)
}

// cipher encrypts what stands in object id.
func (w *writer) cipher(id int, b []byte) []byte {
	if w.key == nil {
		return b
	}
	sum := md5.Sum(append(append([]byte(nil), w.key...), byte(id), byte(id>>8), byte(id>>16), 0, 0))
	return crypt40(sum[:10], b)
}
