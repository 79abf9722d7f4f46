package docx

import (
	"strings"
	"unicode/utf8"
)

// field is one level of fields inside each other.
type field struct {
	result   bool // past the separator: what follows is shown
	contents bool // the field makes the table of contents
}

// inline reads what stands in a paragraph, or in something inside it.
func (w *walker) inline(b *strings.Builder, n *node, hidden bool) {
	for _, k := range n.kids {
		switch k.name {
		case "w:r":
			w.run(b, k, hidden)
		case "w:ins", "w:moveTo":
			before := b.Len()
			w.inline(b, k, hidden)
			w.inserted += utf8.RuneCountInString(b.String()[before:])
		case "w:del", "w:moveFrom":
			w.deleted += textLength(k)
		case "w:hyperlink", "w:smartTag", "w:customXml", "w:fldSimple", "w:sdt", "w:sdtContent", "w:dir", "w:bdo", "w:rubyBase":
			w.inline(b, k, hidden)
		case "m:oMath", "m:oMathPara":
			k.find("m:t", func(t *node) { w.add(b, t.content(), hidden) })
		case "mc:AlternateContent":
			w.inline(b, k.chosen(), hidden)
		}
	}
}

// run reads a w:r: characters with one format.
func (w *walker) run(b *strings.Builder, n *node, hidden bool) {
	rPr := n.kid("w:rPr")
	if v := rPr.kid("w:vanish"); v != nil {
		hidden = v.on()
	} else if id := rPr.kid("w:rStyle").attr("val"); id != "" && !hidden {
		hidden = w.styles.vanishes(id)
	}
	w.pieces(b, n, hidden, rPr.kid("w:rFonts").attr("ascii"))
}

func (w *walker) pieces(b *strings.Builder, n *node, hidden bool, font string) {
	for _, k := range n.kids {
		switch k.name {
		case "w:t":
			w.add(b, plain(k.content(), font), hidden)
		case "w:tab", "w:ptab":
			w.add(b, "\t", hidden)
		case "w:br", "w:cr":
			w.add(b, "\n", hidden)
		case "w:noBreakHyphen":
			w.add(b, "-", hidden)
		case "w:sym":
			w.add(b, symbol(k), hidden)
		case "w:fldChar":
			w.fieldChar(k.attr("fldCharType"))
		case "w:instrText":
			w.instruction(k.content())
		case "w:delText":
			w.deleted += textLength(k)
		case "w:footnoteReference", "w:endnoteReference":
			w.refs = append(w.refs, ref{strings.TrimSuffix(k.name[2:], "Reference"), k.attr("id")})
		case "w:ruby":
			if base := k.kid("w:rubyBase"); base != nil {
				w.inline(b, base, hidden)
			}
		case "w:drawing", "w:pict", "w:object":
			w.picture(k)
		case "mc:AlternateContent":
			w.pieces(b, k.chosen(), hidden, font)
		}
	}
}

// add appends text that is shown.
func (w *walker) add(b *strings.Builder, s string, hidden bool) {
	for _, f := range w.fields {
		if !f.result {
			return
		}
		w.contents = w.contents || f.contents
	}
	if hidden {
		w.hidden += utf8.RuneCountInString(strings.TrimSpace(s))
		return
	}
	b.WriteString(s)
}

func (w *walker) fieldChar(kind string) {
	switch last := len(w.fields) - 1; {
	case kind == "begin":
		w.fields = append(w.fields, field{})
	case last < 0:
	case kind == "separate":
		w.fields[last].result = true
	case kind == "end":
		w.fields = w.fields[:last]
	}
}

func (w *walker) instruction(s string) {
	if last := len(w.fields) - 1; last >= 0 && strings.HasPrefix(strings.TrimSpace(s), "TOC") {
		w.fields[last].contents = true
	}
}

// closeFields ends, with its paragraph, each field that has not come to its
// result: an instruction does not go on into the next, and a damaged field
// must not swallow the rest of the file.
func (w *walker) closeFields() {
	for i, f := range w.fields {
		if !f.result {
			w.fields = w.fields[:i]
			return
		}
	}
}

// largePicture is the side in EMU, 8 cm, from which a picture may well hold
// text.
const largePicture = 8 * 360000

// picture keeps the text boxes of a drawing for after its paragraph, and
// counts what cannot be read.
func (w *walker) picture(n *node) {
	n.find("w:txbxContent", func(box *node) { w.boxes = append(w.boxes, box) })
	n.find("pic:pic", func(*node) { w.pictures++ })
	n.find("v:imagedata", func(*node) { w.pictures++ })
	n.find("o:OLEObject", func(*node) { w.objects++ })
	for _, holder := range n.kids {
		if e := holder.kid("wp:extent"); e != nil && e.number("cx", 0) >= largePicture && e.number("cy", 0) >= largePicture && has(holder, "pic:pic") {
			w.largePictures++
		}
	}
}

func has(n *node, name string) bool {
	found := false
	n.find(name, func(*node) { found = true })
	return found
}

// plain is the characters of a w:t. Line ends there mean nothing, and the
// characters of symbol fonts stand in the private area.
func plain(s, font string) string {
	if !strings.ContainsAny(s, "\n\r") && strings.IndexByte(s, 0xEF) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\r':
			return ' '
		case r >= 0xF000 && r <= 0xF0FF && font != "":
			return symbolRune(font, r)
		}
		return r
	}, s)
}

// textLength counts the characters inside n, shown or deleted.
func textLength(n *node) int {
	if n.name == "" {
		return utf8.RuneCountInString(n.text)
	}
	if n.name == "w:instrText" {
		return 0
	}
	sum := 0
	for _, k := range n.kids {
		sum += textLength(k)
	}
	return sum
}
