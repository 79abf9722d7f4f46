package output

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/nguyenthenguyen/docx"

	"duibiao/corpus"
)

// form names the paragraph of a template whose looks a piece of the letter
// takes: the paragraph that holds {{正文}}, and so on. A template without that
// paragraph shows the piece as 正文.
type form string

const (
	bodyText  form = "正文"
	heading1  form = "一级标题"
	heading2  form = "二级标题"
	excerpt   form = "摘录"
	tableHead form = "表头"
	tableCell form = "表格文字"
)

var forms = [...]form{heading1, heading2, bodyText, excerpt, tableHead, tableCell}

// piece is a paragraph of the letter, or a table.
type piece struct {
	form  form
	text  string
	keep  bool // on the page of what follows
	table *table
}

// table has as many widths and centred columns as each row has cells.
type table struct {
	widths  []int // in hundredths of the line
	centred []bool
	rows    [][]string // the first is the header, repeated on every page
}

const (
	maxTemplate = 32 << 20  // bytes of a template
	maxUnpacked = 128 << 20 // bytes of its parts together
)

const documentPart = "word/document.xml"

// The parts of the built-in template. Their paragraphs are what an office
// sees, and may change, when it opens the template.
var (
	//go:embed template/content_types.xml
	contentTypesXML string
	//go:embed template/package.rels.xml
	packageRelsXML string
	//go:embed template/document.xml
	documentXML string
	//go:embed template/notice.xml
	noticeXML string
	//go:embed template/document.rels.xml
	documentRelsXML string
	//go:embed template/styles.xml
	stylesXML string
	//go:embed template/settings.xml
	settingsXML string
	//go:embed template/fontTable.xml
	fontTableXML string
	//go:embed template/footer1.xml
	oddFooterXML string
	//go:embed template/footer2.xml
	evenFooterXML string
)

// LetterTemplate is the built-in template of the 反馈函, a .docx file in the
// layout of GB/T 9704. An office may edit its words and its looks in Word or
// WPS and give the result to Letter. It is the same bytes each time.
func LetterTemplate() []byte { return templateOf(documentXML) }

// NoticeTemplate is the built-in template of the 通报, for Notice.
func NoticeTemplate() []byte { return templateOf(noticeXML) }

// templateOf is a template with that document in it.
func templateOf(document string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range []struct{ name, content string }{
		{"[Content_Types].xml", contentTypesXML},
		{"_rels/.rels", packageRelsXML},
		{documentPart, document},
		{"word/_rels/document.xml.rels", documentRelsXML},
		{"word/styles.xml", stylesXML},
		{"word/settings.xml", settingsXML},
		{"word/fontTable.xml", fontTableXML},
		{"word/footer1.xml", oddFooterXML},
		{"word/footer2.xml", evenFooterXML},
	} {
		// Writing to memory does not fail, and a part made without a time
		// has none, so that the bytes are the same.
		w, _ := z.Create(part.name)
		_, _ = io.WriteString(w, part.content)
	}
	_ = z.Close()
	return b.Bytes()
}

// fillTemplate is template with words put for the placeholders inside its
// paragraphs, and pieces for the paragraph {{正文}}, which it must have beside
// the other musts. What is wrong with a template is said in Chinese, all of it
// at once.
func fillTemplate(template []byte, words map[string]string, pieces []piece, musts ...string) ([]byte, error) {
	parts, err := templateParts(template, maxUnpacked)
	if err != nil {
		return nil, err
	}
	pkg, err := docx.ReadDocxFromMemory(bytes.NewReader(template), int64(len(template)))
	if err != nil {
		return nil, notADocument(err)
	}
	defer pkg.Close()
	d := pkg.Editable()
	content, err := fillDocument(d.GetContent(), words, pieces, musts...)
	literals, faults := marginPlaceholders(parts, words)
	if err := errors.Join(err, faults); err != nil {
		return nil, err
	}
	d.SetContent(content)
	for _, literal := range slices.Sorted(maps.Keys(literals)) {
		word := printable(literals[literal])
		if err := errors.Join(d.ReplaceHeader(literal, word), d.ReplaceFooter(literal, word)); err != nil {
			return nil, fmt.Errorf("模板的页眉页脚无法填写：%w", err)
		}
	}
	var b bytes.Buffer
	if err := d.Write(&b); err != nil {
		return nil, fmt.Errorf("模板无法写出：%w", err)
	}
	return b.Bytes(), nil
}

func notADocument(err error) error {
	return fmt.Errorf("模板不是可用的 Word 文档（.docx）：%w（%w）", corpus.ErrBroken, err)
}

// templateParts reads every part of a template, which proves that the library
// will find them whole, and returns the headers and footers by name. limit is
// the bytes that all parts together may have.
func templateParts(template []byte, limit int64) (map[string]string, error) {
	if len(template) > maxTemplate {
		return nil, fmt.Errorf("模板超过 %d MB：%w", maxTemplate>>20, corpus.ErrTooLarge)
	}
	z, err := zip.NewReader(bytes.NewReader(template), int64(len(template)))
	if err != nil {
		return nil, notADocument(err)
	}
	parts, left := map[string]string{}, limit
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			return nil, notADocument(err)
		}
		b, err := io.ReadAll(io.LimitReader(r, left+1))
		_ = r.Close()
		if err != nil {
			return nil, notADocument(err)
		}
		if left -= int64(len(b)); left < 0 {
			return nil, fmt.Errorf("模板解压后超过 %d MB：%w", limit>>20, corpus.ErrTooLarge)
		}
		// As the library knows them.
		if strings.Contains(f.Name, "header") || strings.Contains(f.Name, "footer") {
			parts[f.Name] = string(b)
		}
	}
	return parts, nil
}

// marginPlaceholders are the placeholders in headers and footers, as they
// stand there, with what is to be put for them.
func marginPlaceholders(parts map[string]string, words map[string]string) (map[string]string, error) {
	literals := map[string]string{}
	var faults []error
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		if !strings.HasSuffix(name, ".xml") {
			continue
		}
		paragraphs, err := paragraphsOf(parts[name])
		if err != nil {
			return nil, notADocument(err)
		}
		for _, p := range paragraphs {
			for _, m := range placeholder.FindAllStringSubmatch(p.text(), -1) {
				word, known := words[nameIn(m[1])]
				literals[m[0]] = word
				switch {
				case !known:
					faults = append(faults, fmt.Errorf("模板的页眉页脚中不能用占位符%s；能用的有%s", m[0], listed(words)))
				case !strings.Contains(parts[name], m[0]) || !p.inOneRun(m[0]):
					faults = append(faults, fmt.Errorf("模板的页眉页脚中，占位符%s的各个字格式不一，请删去后一次输入", m[0]))
				}
			}
			faults = append(faults, p.unfinished())
		}
	}
	return literals, errors.Join(faults...)
}

// placeholder is a name in double braces.
var placeholder = regexp.MustCompile(`\{\{([^{}]*)\}\}`)

func nameIn(braces string) string { return strings.TrimSpace(braces) }

// listed is the placeholders of words, for people.
func listed(words map[string]string, more ...form) string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(words)) {
		all = append(all, "{{"+name+"}}")
	}
	for _, f := range more {
		all = append(all, "{{"+string(f)+"}}")
	}
	return strings.Join(all, "、")
}

// paragraph is one w:p of a part, with the byte offsets of its pieces.
type paragraph struct {
	from, to   int
	properties string // the w:pPr as it stands, or ""
	inBody     bool   // it stands in the document itself, not in a table or a box
	section    bool   // it ends a section
	runs       []run
}

// run is one w:t: the offsets of what is in it, and how it looks.
type run struct {
	from, to   int
	text       string
	properties string // the w:rPr of its w:r as it stands, or ""
}

func (p *paragraph) text() string {
	var b strings.Builder
	for _, r := range p.runs {
		b.WriteString(r.text)
	}
	return b.String()
}

func (p *paragraph) inOneRun(literal string) bool {
	return slices.ContainsFunc(p.runs, func(r run) bool { return strings.Contains(r.text, literal) })
}

// unfinished is an error where braces of p are no placeholder.
func (p *paragraph) unfinished() error {
	rest := placeholder.ReplaceAllString(p.text(), "")
	for _, mark := range []string{"{{", "}}", "｛｛", "｝｝"} {
		if strings.Contains(rest, mark) {
			return fmt.Errorf("模板中“%s”一段的占位符不完整，应为半角的两对花括号，如{{单位}}", shorten(strings.TrimSpace(p.text()), 30))
		}
	}
	return nil
}

// inWord reports whether n is called local in Word's own vocabulary, in its
// usual or its strict edition.
func inWord(n xml.Name, local string) bool {
	return n.Local == local && (n.Space == "http://schemas.openxmlformats.org/wordprocessingml/2006/main" ||
		n.Space == "http://purl.oclc.org/ooxml/wordprocessingml/main")
}

// paragraphsOf finds the paragraphs of a part in the order in which they end.
func paragraphsOf(content string) ([]*paragraph, error) {
	s := scanner{content: content, decoder: xml.NewDecoder(strings.NewReader(content))}
	for {
		from := int(s.decoder.InputOffset())
		token, err := s.decoder.Token()
		if err == io.EOF {
			return s.done, nil
		}
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			s.start(token.Name, from)
		case xml.CharData:
			s.chars(string(token))
		case xml.EndElement:
			s.end(from)
		}
	}
}

// scanner walks over a part.
type scanner struct {
	content string
	decoder *xml.Decoder
	open    []element
	within  []*paragraph // a paragraph may hold a text box with paragraphs
	done    []*paragraph
}

// element is an open element: where its tag begins and where what is in it
// begins. looks is, of a w:r, its w:rPr.
type element struct {
	name        xml.Name
	from, after int
	looks       string
}

func (s *scanner) start(name xml.Name, from int) {
	e := element{name: name, from: from, after: int(s.decoder.InputOffset())}
	if inWord(name, "p") {
		body := len(s.open) > 0 && inWord(s.open[len(s.open)-1].name, "body")
		s.within = append(s.within, &paragraph{from: from, inBody: body})
	}
	if p := s.paragraph(); p != nil {
		switch {
		case inWord(name, "t"):
			p.runs = append(p.runs, run{from: e.after, to: e.after, properties: s.looks()})
		case inWord(name, "sectPr"):
			p.section = true
		}
	}
	s.open = append(s.open, e)
}

func (s *scanner) paragraph() *paragraph {
	if len(s.within) == 0 {
		return nil
	}
	return s.within[len(s.within)-1]
}

// looks is the w:rPr of the run that is open.
func (s *scanner) looks() string {
	if n := len(s.open); n > 0 && inWord(s.open[n-1].name, "r") {
		return s.open[n-1].looks
	}
	return ""
}

func (s *scanner) chars(text string) {
	p := s.paragraph()
	if p != nil && len(p.runs) > 0 && inWord(s.open[len(s.open)-1].name, "t") {
		p.runs[len(p.runs)-1].text += text
	}
}

func (s *scanner) end(from int) {
	e := s.open[len(s.open)-1]
	s.open = s.open[:len(s.open)-1]
	p, to := s.paragraph(), int(s.decoder.InputOffset())
	if p == nil {
		return
	}
	parent := xml.Name{}
	if n := len(s.open); n > 0 {
		parent = s.open[n-1].name
	}
	switch {
	case inWord(e.name, "t"):
		p.runs[len(p.runs)-1].to = max(from, e.after)
	case inWord(e.name, "pPr") && inWord(parent, "p"):
		p.properties = s.content[e.from:to]
	case inWord(e.name, "rPr") && inWord(parent, "r"):
		s.open[len(s.open)-1].looks = s.content[e.from:to]
	case inWord(e.name, "p"):
		p.to = to
		s.done, s.within = append(s.done, p), s.within[:len(s.within)-1]
	}
}

// edit is text to be put for the bytes from, to of a part.
type edit struct {
	from, to int
	text     string
}

// fillDocument is content, a document.xml, filled in.
func fillDocument(content string, words map[string]string, pieces []piece, musts ...string) (string, error) {
	if !strings.Contains(content, "<w:body") {
		return "", notADocument(errors.New("no w:body"))
	}
	paragraphs, err := paragraphsOf(content)
	if err != nil {
		return "", notADocument(err)
	}
	f := filler{words: words, used: map[string]bool{}, looks: map[form]*paragraph{}}
	for _, p := range paragraphs {
		f.take(p)
	}
	for _, must := range append(musts, string(bodyText)) {
		if !f.used[must] {
			f.faults = append(f.faults, fmt.Errorf("模板中缺少占位符{{%s}}", must))
		}
	}
	if err := errors.Join(f.faults...); err != nil {
		return "", err
	}
	for like, p := range f.looks {
		e := edit{from: p.from, to: p.to}
		if like == bodyText {
			e.text = f.render(pieces)
		}
		f.edits = append(f.edits, e)
	}
	return apply(content, f.edits), nil
}

// filler gathers what is to be changed in a document.
type filler struct {
	words  map[string]string
	used   map[string]bool
	looks  map[form]*paragraph
	edits  []edit
	faults []error
}

// take finds the placeholders of p.
func (f *filler) take(p *paragraph) {
	text := p.text()
	changes := make(map[int]string)
	for _, m := range placeholder.FindAllStringSubmatchIndex(text, -1) {
		literal, name := text[m[0]:m[1]], nameIn(text[m[2]:m[3]])
		word, inline := f.words[name]
		switch {
		case inline:
			f.used[name] = true
			changes[m[0]] = word
		case slices.Contains(forms[:], form(name)):
			f.takeForm(p, form(name), strings.TrimSpace(text) == literal)
		default:
			f.faults = append(f.faults, fmt.Errorf("模板中有不认识的占位符%s；能用的有%s", literal, listed(f.words, forms[:]...)))
		}
	}
	if err := p.unfinished(); err != nil {
		f.faults = append(f.faults, err)
		return
	}
	if len(changes) > 0 {
		f.edits = append(f.edits, p.put(changes)...)
	}
}

// takeForm keeps p as the paragraph whose looks a form takes.
func (f *filler) takeForm(p *paragraph, like form, alone bool) {
	fault := ""
	switch {
	case f.looks[like] != nil:
		fault = "只能出现一次"
	case !alone || !p.inBody:
		fault = "必须单独成段，不能放在表格或文本框里"
	case p.section:
		fault = "所在的段落带有分节符，请另起一段"
	}
	if fault != "" {
		f.faults = append(f.faults, fmt.Errorf("模板中的占位符{{%s}}%s", like, fault))
		return
	}
	f.used[string(like)] = true
	f.looks[like] = p
}

// put replaces the placeholders that begin at the given bytes of p's text.
// Word cuts a text into runs as it likes: what stands for a placeholder goes
// into the run in which it begins.
func (p *paragraph) put(changes map[int]string) []edit {
	text := p.text()
	texts := make([]strings.Builder, len(p.runs))
	at, n := 0, 0 // n: the run that ends after at
	end := len(p.runs[0].text)
	for at < len(text) {
		for at >= end {
			n++
			end += len(p.runs[n].text)
		}
		if word, ok := changes[at]; ok {
			texts[n].WriteString(word)
			at += strings.Index(text[at:], "}}") + len("}}")
			continue
		}
		texts[n].WriteByte(text[at])
		at++
	}
	var edits []edit
	for i, r := range p.runs {
		if now := texts[i].String(); now != r.text {
			edits = append(edits, edit{r.from, r.to, escape(now)})
		}
	}
	return edits
}

// apply makes edits, none of which overlap but those inside one that takes
// away a whole paragraph.
func apply(content string, edits []edit) string {
	slices.SortFunc(edits, func(a, b edit) int { return a.from - b.from })
	var b strings.Builder
	at := 0
	for _, e := range edits {
		if e.from < at {
			continue
		}
		b.WriteString(content[at:e.from])
		b.WriteString(e.text)
		at = e.to
	}
	b.WriteString(content[at:])
	return b.String()
}

// like is the paragraph whose looks a form takes.
func (f *filler) like(x form) *paragraph {
	if p := f.looks[x]; p != nil {
		return p
	}
	return f.looks[bodyText]
}

func (f *filler) render(pieces []piece) string {
	var b strings.Builder
	for _, p := range pieces {
		if p.table != nil {
			f.table(&b, p.table)
			continue
		}
		f.paragraph(&b, p.form, p.text, p.keep)
	}
	return b.String()
}

func (f *filler) paragraph(b *strings.Builder, x form, text string, keep bool) {
	p := f.like(x)
	looks := ""
	for _, r := range p.runs {
		if strings.Contains(r.text, "{") {
			looks = r.properties
			break
		}
	}
	properties := p.properties
	if keep {
		properties = withNext(properties)
	}
	b.WriteString("<w:p>" + properties + "<w:r>" + looks + `<w:t xml:space="preserve">` + escape(text) + "</w:t></w:r></w:p>")
}

var styleOf = regexp.MustCompile(`^<w:pPr>\s*(<w:pStyle[^>]*/>)?`)

// withNext is a w:pPr with the wish to stand on the page of what follows.
func withNext(properties string) string {
	if strings.Contains(properties, "<w:keepNext") {
		return properties
	}
	at := styleOf.FindString(properties)
	if at == "" { // none, or an empty one
		return "<w:pPr><w:keepNext/></w:pPr>"
	}
	return at + "<w:keepNext/>" + properties[len(at):]
}

const lineTwips = 8844 // the line of the built-in template, for programs that need a width in numbers

func (f *filler) table(b *strings.Builder, t *table) {
	b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:jc w:val="center"/><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		b.WriteString(`<w:` + side + ` w:val="single" w:sz="4" w:space="0" w:color="auto"/>`)
	}
	b.WriteString(`</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="57" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="57" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>`)
	for _, width := range t.widths {
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, lineTwips*width/100)
	}
	b.WriteString("</w:tblGrid>")
	for i, row := range t.rows {
		b.WriteString("<w:tr><w:trPr><w:cantSplit/>")
		if i == 0 {
			b.WriteString("<w:tblHeader/>")
		}
		b.WriteString("</w:trPr>")
		for k, cell := range row {
			fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="pct"/><w:vAlign w:val="center"/></w:tcPr>`, 50*t.widths[k])
			x := tableCell
			if i == 0 || t.centred[k] {
				x = tableHead
			}
			f.paragraph(b, x, cell, false)
			b.WriteString("</w:tc>")
		}
		b.WriteString("</w:tr>")
	}
	b.WriteString("</w:tbl>")
}

// escape is s as text of XML.
func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;").Replace(printable(s))
}

// printable is s without line breaks, without what XML does not allow and
// without what would turn the direction of the text around it.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\r', r == '\t', r == '\u2028', r == '\u2029':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == '\uFFFE', r == '\uFFFF', r == '\uFEFF':
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}
