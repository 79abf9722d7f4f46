package docxtest

import (
	"fmt"
	"strings"
)

const (
	declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	namespaces  = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"` +
		` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"` +
		` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"` +
		` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"` +
		` xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"` +
		` xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"` +
		` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"` +
		` xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"` +
		` xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"`
	relationType = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// companion is a part that the main part refers to.
type companion struct{ kind, file, content string }

func (d Doc) companions() []companion {
	all := []companion{
		{"styles", "styles.xml", "<w:styles" + namespaces + ">" + styles + d.Styles + "</w:styles>"},
		{"numbering", "numbering.xml", numbering(d.Lists)},
		{"header", "header1.xml", margin("hdr", d.Header)},
		{"footer", "footer1.xml", margin("ftr", d.Footer)},
		{"footnotes", "footnotes.xml", notes("footnote", d.Footnotes)},
		{"endnotes", "endnotes.xml", notes("endnote", d.Endnotes)},
		{"comments", "comments.xml", comments(d.Comments)},
	}
	var present []companion
	for _, c := range all {
		if c.content != "" {
			present = append(present, c)
		}
	}
	return present
}

func (d Doc) parts() map[string]string {
	types, rels, section := "", "", ""
	parts := map[string]string{}
	for _, c := range d.companions() {
		types += fmt.Sprintf(`<Override PartName="/word/%s" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.%s+xml"/>`, c.file, c.kind)
		rels += fmt.Sprintf(`<Relationship Id="%s" Type="%s%s" Target="%s"/>`, c.kind, relationType, c.kind, c.file)
		parts["word/"+c.file] = d.edition(declaration + c.content)
		if c.kind == "header" || c.kind == "footer" {
			section += fmt.Sprintf(`<w:%sReference w:type="default" r:id="%s"/>`, c.kind, c.kind)
		}
	}
	for i, file := range d.Pictures {
		name := fmt.Sprintf("media/image%d.png", i+1)
		rels += fmt.Sprintf(`<Relationship Id="picture%d" Type="%simage" Target="%s"/>`, i+1, relationType, name)
		parts["word/"+name] = string(file)
		types += fmt.Sprintf(`<Override PartName="/word/%s" ContentType="image/png"/>`, name)
	}
	body := ""
	for _, b := range d.Body {
		body += b.xml()
	}
	section = `<w:sectPr>` + section + `<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="1400" w:gutter="0"/></w:sectPr>`
	main := d.edition(declaration + "<w:document" + namespaces + "><w:body>" + body + section + "</w:body></w:document>")
	if d.UTF16 {
		main = toUTF16(main)
	}
	parts["word/document.xml"] = main
	parts["[Content_Types].xml"] = declaration + `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` + types + `</Types>`
	parts["_rels/.rels"] = relations(fmt.Sprintf(`<Relationship Id="main" Type="%sofficeDocument" Target="word/document.xml"/>`, relationType))
	if !d.NoRels {
		parts["word/_rels/document.xml.rels"] = relations(rels)
	}
	return parts
}

func relations(inner string) string {
	return declaration + `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` + inner + `</Relationships>`
}

// edition puts the strict edition's namespaces in where the Doc asks for it.
func (d Doc) edition(s string) string {
	if !d.Strict {
		return s
	}
	return strings.NewReplacer(
		"http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main",
		"http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/",
		"http://schemas.openxmlformats.org/drawingml/2006/", "http://purl.oclc.org/ooxml/drawingml/",
	).Replace(s)
}

func margin(element, s string) string {
	if s == "" {
		return ""
	}
	before, after, numbered := strings.Cut(s, "#")
	inner := text(before)
	if numbered {
		inner += string(Field("PAGE", "1")) + text(after)
	}
	return "<w:" + element + namespaces + `><w:p><w:pPr><w:jc w:val="center"/></w:pPr>` + inner + "</w:p></w:" + element + ">"
}

func notes(kind string, texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	inner := fmt.Sprintf(`<w:%s w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:%s>`, kind, kind) +
		fmt.Sprintf(`<w:%s w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:%s>`, kind, kind)
	for i, s := range texts {
		inner += fmt.Sprintf(`<w:%s w:id="%d"><w:p>%s</w:p></w:%s>`, kind, i+1, text(s), kind)
	}
	return "<w:" + kind + "s" + namespaces + ">" + inner + "</w:" + kind + "s>"
}

func comments(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	inner := ""
	for i, s := range texts {
		inner += fmt.Sprintf(`<w:comment w:id="%d" w:author="a" w:date="2025-01-01T00:00:00Z"><w:p>%s</w:p></w:comment>`, i+1, text(s))
	}
	return "<w:comments" + namespaces + ">" + inner + "</w:comments>"
}

// List is a list that numbers paragraphs.
type List struct {
	Levels []Level
	Like   int // the list goes on counting list Like, from 1; Levels is not used
	Start  int // where level 0 begins anew; 0 leaves it
}

// Level is how one level of a list is numbered.
type Level struct {
	Format string // as Open XML calls it, such as "chineseCountingThousand"
	Text   string // such as "第%1条"
	Suffix string // "nothing", "space"; a tab when ""
	Style  string // the paragraph style that stands for the level
	Start  int    // 1 when 0
	Extra  string // further XML
}

func numbering(lists []List) string {
	if len(lists) == 0 {
		return ""
	}
	abstracts, uses := "", ""
	for i, l := range lists {
		of := i + 1
		if l.Like > 0 {
			of = l.Like
		} else {
			abstracts += abstract(of, l.Levels)
		}
		override := ""
		if l.Start > 0 {
			override = fmt.Sprintf(`<w:lvlOverride w:ilvl="0"><w:startOverride w:val="%d"/></w:lvlOverride>`, l.Start)
		}
		uses += fmt.Sprintf(`<w:num w:numId="%d"><w:abstractNumId w:val="%d"/>%s</w:num>`, i+1, of, override)
	}
	return "<w:numbering" + namespaces + ">" + abstracts + uses + "</w:numbering>"
}

func abstract(id int, levels []Level) string {
	out := fmt.Sprintf(`<w:abstractNum w:abstractNumId="%d"><w:multiLevelType w:val="multilevel"/>`, id)
	for i, l := range levels {
		out += fmt.Sprintf(`<w:lvl w:ilvl="%d"><w:start w:val="%d"/><w:numFmt w:val="%s"/>`, i, max(1, l.Start), l.Format) + l.Extra
		if l.Style != "" {
			out += fmt.Sprintf(`<w:pStyle w:val="%s"/>`, l.Style)
		}
		if l.Suffix != "" {
			out += fmt.Sprintf(`<w:suff w:val="%s"/>`, l.Suffix)
		}
		out += fmt.Sprintf(`<w:lvlText w:val="%s"/><w:lvlJc w:val="left"/></w:lvl>`, escape(l.Text))
	}
	return out + "</w:abstractNum>"
}
