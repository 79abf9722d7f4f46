package docx

import (
	"encoding/xml"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"duibiao/corpus"
	"duibiao/ingest/capped"
)

// walker goes through a file's body and builds its document.
type walker struct {
	pkg     *parts
	styles  *styles
	numbers *numbering
	b       corpus.Builder

	tablesOnly bool
	tables     [][][]Cell
	scans      *scans // nil: no picture is recognised

	fields   []field
	carried  string  // text of paragraphs whose end was deleted
	boxes    []*node // text boxes, inner tables and pictures of pages, read after the paragraph or row they hang on
	refs     []ref   // footnotes and endnotes, in order
	contents bool    // the paragraph being read holds text of the table of contents
	written  bool    // there is text of the paper's own

	deleted, inserted, hidden int // runes
	pictures, unstoredFields  int
	clock                     bool // a field shows the day on which the file is opened
	missed                    []*missed
	last                      string // the beginning of what was written last
}

// ref is a reference to a footnote or endnote.
type ref struct{ kind, id string }

// para is a paragraph as read.
type para struct {
	text  string
	level int
	aside bool
}

func newWalker(p *parts, tablesOnly bool, s *scans) (*walker, error) {
	st, err := p.companion("styles")
	if err != nil {
		return nil, err
	}
	nums, err := p.companion("numbering")
	if err != nil {
		return nil, err
	}
	w := &walker{pkg: p, styles: readStyles(st), tablesOnly: tablesOnly, scans: s}
	w.numbers = readNumbering(nums, w.styles)
	return w, nil
}

// body reads the main part one paragraph or table at a time, so that a long
// file is never in memory as a tree.
func (w *walker) body() error {
	b, err := w.pkg.read(w.pkg.main)
	if err != nil {
		return err
	}
	d := newDecoder(b)
	depth, inBody := 0, false
	for {
		t, err := d.Token()
		if err != nil {
			return capped.Broken(w.pkg.main, err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			name := qualified(t.Name)
			inBody = inBody || name == "w:body"
			if depth++; depth > w.pkg.lim.Depth {
				return capped.Broken(w.pkg.main, tooDeep(w.pkg.lim.Depth))
			}
			if !inBody || container(name) {
				continue
			}
			n, err := element(d, t, depth, w.pkg.lim.Depth)
			if err != nil {
				return capped.Broken(w.pkg.main, err)
			}
			depth--
			if w.block(n); w.scans != nil && w.scans.end != nil {
				return w.scans.end
			}
		case xml.EndElement:
			if depth--; depth == 0 {
				w.finish()
				return nil
			}
		}
	}
}

// container reports whether an element only holds blocks.
func container(name string) bool {
	switch name {
	case "w:document", "w:body", "w:sdt", "w:sdtContent", "w:customXml", "w:smartTag", "w:ins", "w:moveTo", "w:txbxContent", "w:footnote", "w:endnote":
		return true
	}
	return false
}

// block reads a paragraph, a table, or what holds such.
func (w *walker) block(n *node) {
	switch {
	case n.name == "w:p":
		w.write(w.paragraph(n))
		w.readBoxes()
	case n.name == "w:tbl":
		w.table(n)
	case n.name == "mc:AlternateContent":
		w.blocks(n.chosen())
	case n.name == "w:del" || n.name == "w:moveFrom":
		w.deleted += textLength(n)
	case n.name == "w:altChunk":
		w.miss("插入的其他文档")
	case container(n.name):
		w.blocks(n)
	}
}

func (w *walker) blocks(n *node) {
	for _, k := range n.kids {
		w.block(k)
	}
}

// readBoxes reads the boxes met since the last call.
func (w *walker) readBoxes() {
	boxes := w.boxes
	w.boxes = nil
	for _, box := range boxes {
		switch box.name {
		case "w:tbl":
			w.table(box)
		case "pic:pic", "v:imagedata":
			w.scan(box)
		default:
			w.blocks(box)
		}
	}
}

// paragraph reads a w:p. Text of a paragraph whose end was deleted is carried
// into the next.
func (w *walker) paragraph(n *node) para {
	pPr := n.kid("w:pPr")
	w.contents = false
	mark := pPr.kid("w:rPr")
	var b strings.Builder
	before := w.hidden
	w.inline(&b, n, w.styles.vanishes(w.styles.paragraphStyle(pPr)))
	w.closeFields()
	text := b.String()
	if mark.kid("w:del") != nil || mark.kid("w:moveFrom") != nil {
		w.carried += text
		return para{}
	}
	text = w.carried + text
	w.carried = ""
	unseen := text == "" && (w.hidden > before || mark.kid("w:vanish").on())
	if !unseen {
		text = w.numbers.label(pPr) + text
	}
	return para{text: strings.ReplaceAll(text, "\u200b", ""), level: w.styles.level(pPr), aside: w.contents || w.styles.isContents(pPr)}
}

// finish writes what was carried past the last paragraph.
func (w *walker) finish() {
	w.write(para{text: w.carried})
	w.carried = ""
	w.writeScans()
	w.scans = nil // the pictures of notes and margins are those of other parts
}

// write appends a paragraph to the document.
func (w *walker) write(p para) {
	if strings.TrimFunc(p.text, unicode.IsSpace) == "" {
		return
	}
	for part := range strings.SplitSeq(p.text, "\f") { // a page ends a paragraph
		w.writePart(p, part)
	}
}

func (w *walker) writePart(p para, text string) {
	w.writeScans()
	switch {
	case p.aside:
		w.b.Aside(text)
		return
	case p.level > 0 && !isProse(text):
		w.b.Heading(p.level, text)
	default:
		for _, s := range softBreaks(text) {
			w.b.Text(s)
		}
	}
	w.note(text)
}

// note remembers that text of the paper's own was written.
func (w *walker) note(text string) {
	if text = strings.TrimFunc(text, unicode.IsSpace); text != "" {
		w.written = true
		w.last = beginning(text, 12)
	}
}

// beginning is the first runes of s, at most n and in one line.
func beginning(s string, n int) string {
	s, _, _ = strings.Cut(s, "\n")
	for i := range s {
		if n--; n < 0 {
			return s[:i] + "…"
		}
	}
	return s
}

// isProse reports whether a paragraph with a heading's style is running text:
// some authors give whole paragraphs an outline level. It must be judged.
func isProse(s string) bool {
	return utf8.RuneCountInString(strings.TrimSpace(s)) > 40 && strings.ContainsAny(s, "。；！？")
}

// softBreaks splits a paragraph at those line breaks inside it that stand
// where a paragraph ends: texts pasted from elsewhere often have no other.
func softBreaks(s string) []string {
	var out []string
	from := 0
	for i := 0; i < len(s); i++ {
		if s[i] == '\n' && (endsSentence(s[from:i]) || numbered(s[i+1:])) {
			out = append(out, s[from:i])
			from = i + 1
		}
	}
	return append(out, s[from:])
}

// endsSentence looks at no more than the end of s, which may be long.
func endsSentence(s string) bool {
	s = strings.TrimRightFunc(s[max(0, len(s)-64):], unicode.IsSpace)
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune("。！？；：", r)
}

var number = regexp.MustCompile(`^[ \t\x{3000}]*([一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}([、．]|\.[^\d])|第[一二三四五六七八九十百\d]{1,4}[章节条])`)

// numbered reports whether a line begins with a number such as 一、（一）1.
func numbered(s string) bool { return number.MatchString(s) }
