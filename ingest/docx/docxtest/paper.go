package docxtest

import (
	"fmt"
	"regexp"
	"strings"
)

// styles are those of an official paper (GB/T 9704): body 仿宋 16 pt with lines
// of 28 pt and an indent of two characters, title 小标宋 22 pt, headings 黑体 and
// 楷体 16 pt.
var styles = `<w:docDefaults><w:rPrDefault><w:rPr>` + font("仿宋_GB2312") + `<w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>` +
	`<w:style w:type="paragraph" w:default="1" w:styleId="Body"><w:name w:val="Normal"/><w:pPr><w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/></w:pPr></w:style>` +
	styled("Title", "Title", `<w:keepNext/><w:spacing w:before="280" w:after="280" w:line="600" w:lineRule="exact"/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>`, font("方正小标宋简体")+`<w:sz w:val="44"/><w:szCs w:val="44"/>`) +
	styled("Heading1", "heading 1", `<w:keepNext/><w:outlineLvl w:val="0"/>`, font("黑体")) +
	styled("Heading2", "heading 2", `<w:keepNext/><w:outlineLvl w:val="1"/>`, font("楷体_GB2312")) +
	styled("Heading3", "heading 3", `<w:keepNext/><w:outlineLvl w:val="2"/>`, `<w:b/>`) +
	styled("Letterhead", "红头", `<w:spacing w:before="560" w:after="560" w:line="900" w:lineRule="exact"/><w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>`, font("方正小标宋简体")+`<w:color w:val="FF0000"/><w:sz w:val="64"/><w:szCs w:val="64"/>`) +
	styled("Centre", "居中", `<w:ind w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="center"/>`, "") +
	styled("Left", "主送", `<w:ind w:firstLineChars="0" w:firstLine="0"/>`, "") +
	styled("Right", "落款", `<w:ind w:firstLineChars="0" w:firstLine="0" w:rightChars="400" w:right="1280"/><w:jc w:val="right"/>`, "") +
	styled("Cell", "表格", `<w:spacing w:line="400" w:lineRule="exact"/><w:ind w:firstLineChars="0" w:firstLine="0"/>`, `<w:sz w:val="24"/><w:szCs w:val="24"/>`)

func font(eastAsian string) string {
	return fmt.Sprintf(`<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman" w:eastAsia="%s"/>`, eastAsian)
}

func styled(id, name, paragraph, character string) string {
	return fmt.Sprintf(`<w:style w:type="paragraph" w:styleId="%s"><w:name w:val="%s"/><w:basedOn w:val="Body"/><w:qFormat/><w:pPr>%s</w:pPr><w:rPr>%s</w:rPr></w:style>`, id, name, paragraph, character)
}

var (
	firstLevel  = regexp.MustCompile(`^[一二三四五六七八九十]{1,3}、`)
	secondLevel = regexp.MustCompile(`^[（(][一二三四五六七八九十]{1,3}[）)]`)
	documentNo  = regexp.MustCompile(`^\S{2,12}〔\d{4}〕\d+号$`)
	signed      = regexp.MustCompile(`^\d{4}年\d{1,2}月\d{1,2}日$`)
)

// Paper is an official paper: each paragraph gets the style that its form
// asks for (number, form of address, signature, date), and the pages are
// numbered. Numbers stay text, as most offices type them.
func Paper(title string, paragraphs []string) []byte {
	return Build(Doc{Body: PaperBlocks(title, paragraphs), Footer: "— # —"})
}

// PaperBlocks is the body of Paper, for a Doc that adds to it. The title may
// hold line breaks; paragraphs before the first form of address or heading
// that read as 红头 or 文号 may come first in paragraphs and then stand before
// the title.
func PaperBlocks(title string, paragraphs []string) []Block {
	var blocks []Block
	for len(paragraphs) > 0 {
		style := ""
		switch {
		case strings.HasSuffix(paragraphs[0], "文件") && len([]rune(paragraphs[0])) < 30:
			style = "Letterhead"
		case documentNo.MatchString(paragraphs[0]):
			style = "Centre"
		}
		if style == "" {
			break
		}
		blocks = append(blocks, Para{Style: style, Text: paragraphs[0]})
		paragraphs = paragraphs[1:]
	}
	blocks = append(blocks, Para{Style: "Title", Text: title})
	for i, s := range paragraphs {
		blocks = append(blocks, Para{Style: paperStyle(paragraphs, i), Text: s})
	}
	return blocks
}

func paperStyle(paragraphs []string, i int) string {
	s := paragraphs[i]
	short := len([]rune(s)) <= 40 && !strings.ContainsAny(s, "。；")
	switch {
	case short && firstLevel.MatchString(s):
		return "Heading1"
	case short && secondLevel.MatchString(s):
		return "Heading2"
	case signed.MatchString(s), i+1 < len(paragraphs) && short && signed.MatchString(paragraphs[i+1]):
		return "Right"
	case i < 2 && short && strings.HasSuffix(s, "："):
		return "Left"
	}
	return ""
}
