package docx

import (
	"strings"
	"unicode/utf8"
)

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
		case "w:fldSimple":
			before := b.Len()
			w.clock = w.clock || ofClock(k.attr("instr"))
			w.inline(b, k, hidden)
			if b.Len() == before && !hidden {
				w.add(b, w.unstored(field{instruction: k.attr("instr"), form: k.kid("w:ffData")}), false)
			}
		case "w:hyperlink", "w:smartTag", "w:customXml", "w:sdt", "w:sdtContent", "w:dir", "w:bdo", "w:rubyBase":
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
		case "w:br":
			if kind := k.attr("type"); kind == "page" || kind == "column" {
				w.add(b, "\f", hidden)
				continue
			}
			w.add(b, "\n", hidden)
		case "w:cr":
			w.add(b, "\n", hidden)
		case "w:noBreakHyphen":
			w.add(b, "-", hidden)
		case "w:sym":
			w.add(b, symbol(k), hidden)
		case "w:fldChar":
			w.fieldChar(b, k, hidden)
		case "w:instrText":
			w.instruct(k.content())
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
