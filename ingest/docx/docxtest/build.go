// Package docxtest builds DOCX files from a small description, for tests and
// for samples: what it makes opens in Word, WPS and LibreOffice without repair.
//
// In: a Doc, or the title and paragraphs of a paper. Out: the bytes of a file,
// the same for the same description. What the description has no word for is
// given as Raw XML.
package docxtest

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"sort"
	"strings"
	"time"
	"unicode/utf16"
)

// Doc describes a file. The zero Doc is one without text.
type Doc struct {
	Body      []Block
	Lists     []List            // Para.List i is the i-th of them, from 1
	Header    string            // of every page
	Footer    string            // of every page; "#" in it becomes the page number
	Footnotes []string          // Note(i) refers to the i-th, from 1
	Endnotes  []string          // Endnote(i) refers to the i-th, from 1
	Comments  []string          // attached to nothing
	Pictures  [][]byte          // PNG files; Picture(i, …) shows the i-th, from 1
	Styles    string            // further w:style elements
	Parts     map[string]string // further parts, or other contents for those made
	Strict    bool              // the strict edition's namespaces
	UTF16     bool              // the main part in UTF-16
	NoRels    bool              // without word/_rels
}

// Block is a Para, a Table or Raw.
type Block interface{ xml() string }

// Raw is XML of the main part as it is.
type Raw string

func (r Raw) xml() string { return string(r) }

// Para is a paragraph. Text comes before Runs.
type Para struct {
	Style string // a style id: Title, Heading1 to Heading3, Body, Left, Right; "" for the default
	List  int    // which of Doc.Lists numbers it, from 1; 0 for none
	Level int    // level in the list, from 0
	Text  string
	Runs  []Run
}

// P is a paragraph of the default style.
func P(text string) Para { return Para{Text: text} }

// H is a heading of the level, from 1 to 3.
func H(level int, text string) Para { return Para{Style: fmt.Sprintf("Heading%d", level), Text: text} }

func (p Para) xml() string {
	props := ""
	if p.Style != "" {
		props += fmt.Sprintf(`<w:pStyle w:val="%s"/>`, p.Style)
	}
	if p.List > 0 {
		props += fmt.Sprintf(`<w:numPr><w:ilvl w:val="%d"/><w:numId w:val="%d"/></w:numPr>`, p.Level, p.List)
	}
	if props != "" {
		props = "<w:pPr>" + props + "</w:pPr>"
	}
	out := "<w:p>" + props
	if p.Text != "" {
		out += text(p.Text)
	}
	for _, r := range p.Runs {
		out += string(r)
	}
	return out + "</w:p>"
}

// Run is XML inside a paragraph, made by the functions that return one.
type Run string

// Text is plain characters; "\n" breaks the line and "\t" is a tab.
func Text(s string) Run { return Run(text(s)) }

// Bold is characters in bold.
func Bold(s string) Run { return run("<w:b/>", s) }

// Hidden is characters that are not printed.
func Hidden(s string) Run { return run("<w:vanish/>", s) }

// Inserted is characters marked as new.
func Inserted(s string) Run { return tracked("ins", text(s)) }

// Deleted is characters marked as struck out.
func Deleted(s string) Run {
	return tracked("del", "<w:r><w:delText xml:space=\"preserve\">"+escape(s)+"</w:delText></w:r>")
}

// Field is a field with its instruction and the result stored in the file.
func Field(instruction, result string) Run {
	return Run(`<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ` + escape(instruction) +
		` </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>` + text(result) + `<w:r><w:fldChar w:fldCharType="end"/></w:r>`)
}

// Note refers to footnote i, from 1.
func Note(i int) Run { return Run(fmt.Sprintf(`<w:r><w:footnoteReference w:id="%d"/></w:r>`, i)) }

// Endnote refers to endnote i, from 1.
func Endnote(i int) Run { return Run(fmt.Sprintf(`<w:r><w:endnoteReference w:id="%d"/></w:r>`, i)) }

// Picture shows picture i, from 1, so many centimetres wide and high.
func Picture(i int, wide, high float64) Run {
	size := fmt.Sprintf(`cx="%.0f" cy="%.0f"`, 360000*wide, 360000*high)
	return Run(fmt.Sprintf(`<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent %s/><wp:docPr id="%d" name="picture"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">`+
		`<pic:pic><pic:nvPicPr><pic:cNvPr id="%d" name="picture"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="picture%d"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`+
		`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext %s/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`, size, 100+i, 100+i, i, size))
}

// Box is a text box of one paragraph, written twice as Word does: for itself
// and for older programs.
func Box(s string) Run {
	inner := "<w:txbxContent><w:p>" + text(s) + "</w:p></w:txbxContent>"
	return Run(`<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="2000000" cy="600000"/><wp:docPr id="1" name="box"/>` +
		`<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="2000000" cy="600000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx>` +
		inner + `</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape id="box1" style="width:150pt;height:40pt"><v:textbox>` +
		inner + `</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>`)
}

func run(props, s string) Run {
	return Run(strings.ReplaceAll(text(s), "<w:r>", "<w:r><w:rPr>"+props+"</w:rPr>"))
}

func tracked(kind, inner string) Run {
	return Run(`<w:` + kind + ` w:id="1" w:author="a" w:date="2025-01-01T00:00:00Z">` + inner + `</w:` + kind + `>`)
}

// text is runs for s.
func text(s string) string {
	s = `<w:r><w:t xml:space="preserve">` + escape(s) + `</w:t></w:r>`
	s = strings.ReplaceAll(s, "&#xA;", `</w:t><w:br/><w:t xml:space="preserve">`)
	return strings.ReplaceAll(s, "&#x9;", `</w:t><w:tab/><w:t xml:space="preserve">`)
}

func escape(s string) string {
	var b bytes.Buffer
	if err := xml.EscapeText(&b, []byte(s)); err != nil {
		return ""
	}
	return b.String()
}

// Table is a table. Each row's cells fill the columns.
type Table struct{ Rows [][]Cell }

// Cell is a cell of a Table.
type Cell struct {
	Text  string  // "\n" begins a new paragraph
	Span  int     // columns, 1 when 0
	Merge string  // "restart" begins a merge downwards, "continue" goes on with it
	Inner []Block // further blocks, such as a table
	List  int     // numbers the cell's paragraphs, as Para.List
}

// Rows is a table of plain cells.
func Rows(rows ...[]string) Table {
	t := Table{}
	for _, r := range rows {
		cells := make([]Cell, len(r))
		for i, s := range r {
			cells[i] = Cell{Text: s}
		}
		t.Rows = append(t.Rows, cells)
	}
	return t
}

func (t Table) xml() string {
	columns := 0
	for _, r := range t.Rows {
		n := 0
		for _, c := range r {
			n += max(1, c.Span)
		}
		columns = max(columns, n)
	}
	var b strings.Builder
	b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="8800" w:type="dxa"/><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(&b, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="auto"/>`, side)
	}
	b.WriteString(`</w:tblBorders></w:tblPr><w:tblGrid>`)
	width := 8800 / max(1, columns)
	for range columns {
		fmt.Fprintf(&b, `<w:gridCol w:w="%d"/>`, width)
	}
	b.WriteString(`</w:tblGrid>`)
	for _, r := range t.Rows {
		b.WriteString("<w:tr>")
		for _, c := range r {
			b.WriteString(c.xml(width))
		}
		b.WriteString("</w:tr>")
	}
	b.WriteString("</w:tbl>")
	return b.String()
}

func (c Cell) xml(width int) string {
	span := max(1, c.Span)
	props := fmt.Sprintf(`<w:tcW w:w="%d" w:type="dxa"/>`, width*span)
	if span > 1 {
		props += fmt.Sprintf(`<w:gridSpan w:val="%d"/>`, span)
	}
	if c.Merge != "" {
		props += fmt.Sprintf(`<w:vMerge w:val="%s"/>`, c.Merge)
	}
	out := "<w:tc><w:tcPr>" + props + "</w:tcPr>"
	for _, line := range strings.Split(c.Text, "\n") {
		out += Para{Style: "Cell", Text: line, List: c.List}.xml()
	}
	for _, b := range c.Inner {
		out += b.xml()
	}
	if len(c.Inner) > 0 {
		out += "<w:p/>"
	}
	return out + "</w:tc>"
}

// Build is the file that d describes.
func Build(d Doc) []byte {
	parts := d.parts()
	for name, content := range d.Parts {
		parts[name] = content
	}
	names := make([]string, 0, len(parts))
	for name := range parts {
		names = append(names, name)
	}
	sort.Strings(names) // [Content_Types].xml comes first, as it should
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err == nil {
			_, err = w.Write([]byte(parts[name]))
		}
		if err != nil {
			panic(err) // a buffer in memory takes everything
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// toUTF16 is s in UTF-16 with a byte order mark.
func toUTF16(s string) string {
	out := []byte{0xFF, 0xFE}
	for _, u := range utf16.Encode([]rune(strings.Replace(s, `encoding="UTF-8"`, `encoding="UTF-16"`, 1))) {
		out = append(out, byte(u), byte(u>>8))
	}
	return string(out)
}
