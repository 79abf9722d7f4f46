package text

import (
	"regexp"
	"strings"
	"unicode"

	"duibiao/corpus"
)

// paragraph is a run of lines that are one paragraph of the author's.
type paragraph struct {
	start, end int // bytes
	role       corpus.Role
	level      int
}

// join makes paragraphs of lines: usually each line is one, but a sentence
// that a page break or a narrow window tore is put together again.
func join(lines []line) []paragraph {
	full, indents := wrapWidth(lines), indented(lines)
	var out []paragraph
	for i, l := range lines {
		if i > 0 && l.role == corpus.Body && lines[i-1].role == corpus.Body &&
			(wrapped(lines[i-1], l, full, indents) || torn(out[len(out)-1], lines[i-1], l)) {
			out[len(out)-1].end = l.end
			continue
		}
		out = append(out, paragraph{l.start, l.end, l.role, l.level})
	}
	return out
}

// wrapWidth is the width in cells at which the lines of the file were broken,
// or 0 when each line is a paragraph.
func wrapWidth(lines []line) int {
	const widest, slack = 160, 3
	most := 0
	for _, l := range lines {
		most = max(most, l.width)
	}
	if most > widest || most < 30 {
		return 0
	}
	near := 0
	for _, l := range lines {
		if l.width >= most-slack {
			near++
		}
	}
	if near < 4 || near*10 < len(lines)*3 {
		return 0
	}
	return most - slack
}

// indented reports whether the file marks its paragraphs by indentation.
func indented(lines []line) bool {
	n := 0
	for _, l := range lines {
		if l.indented {
			n++
		}
	}
	return n >= 3 && n < len(lines)
}

// wrapped reports whether next goes on from a line that a window broke: prev
// fills the width, and nothing says that next begins a paragraph.
func wrapped(prev, next line, full int, indents bool) bool {
	if full == 0 || prev.width < full || !next.adjacent || !next.first || next.indented || begins(next.text) {
		return false
	}
	return indents || !ends(prev.text)
}

// torn reports whether next goes on from a sentence of prev that a page break
// tore: prev is a text without an end, and next ends one without beginning as
// paragraphs do.
func torn(p paragraph, prev, next line) bool {
	if !hangs(prev.text) || !prev.first || !next.first || next.indented && !prev.indented || begins(next.text) {
		return false
	}
	joined := p.end-p.start > len(prev.text)
	return (joined || isText(prev.text)) && goesOn(next.text)
}

// ends reports whether s ends as a sentence, a heading or a list item does.
func ends(s string) bool {
	return strings.ContainsRune("。！？；：!?;:”’」』）)】〕》>…|", lastRune(s)) || dateLine.MatchString(s)
}

// hangs reports whether s breaks off: its last sign is one after which a
// sentence must go on, or can.
func hangs(s string) bool {
	r := lastRune(s)
	return unicode.Is(unicode.Han, r) || unicode.IsDigit(r) || strings.ContainsRune("，、,（(《“—", r)
}

// isText reports whether a line that breaks off is running text and no
// heading, title, signature or cell of a table.
func isText(s string) bool {
	switch {
	case strings.Contains(s, "\t"):
		return false
	case strings.ContainsRune("，、,（(《“", lastRune(s)):
		return runes(s) >= 8
	case strings.ContainsAny(s, "。；"):
		return true
	case dateLine.MatchString(s) || titleEnd.MatchString(s):
		return false
	}
	return strings.ContainsAny(s, "，,：") && (!begins(s) || year.MatchString(s)) && runes(s) >= 20 || runes(s) >= 45 && strings.ContainsAny(s, "，,、")
}

// goesOn reports whether s reads as the rest of a sentence: it holds the end
// of one, and is no form of address.
func goesOn(s string) bool {
	if strings.HasSuffix(s, "：") || strings.HasSuffix(s, ":") {
		return strings.Contains(s, "。")
	}
	return strings.ContainsAny(s, "。；！？") || runes(s) >= 20 && strings.ContainsAny(s, "，,")
}

var (
	dateLine = regexp.MustCompile(`^[（(]?(\d{4}|[一二三四五六七八九〇○Ｏ零]{4})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月(\s*[\d一二三四五六七八九十]{1,3}\s*日)?(印发)?[）)]?$`)
	year     = regexp.MustCompile(`^(\d{4}|[一二三四五六七八九〇○零]{4})\s*年`)
	titleEnd = regexp.MustCompile(`(方案|报告|通知|意见|规划|计划|要点|总结|汇报|办法|规定|细则|条例|决定|通报|公告|公示|函|请示|批复|纪要|自评表|清单|台账|名单|体系|分工|文件|[〔\[（(]\d{4}[〕\]）)]\s*第?\d+号)([（(][^）)]*[）)])?$`)
	// beginning is how a paragraph of its own begins: a number, a bullet, a
	// date, an attachment, an ordinal word, a mark of Markdown.
	beginning = regexp.MustCompile(`^(` +
		`[一二三四五六七八九十百]{1,4}\s*[、．.]|[（(]\s*[一二三四五六七八九十百\d]{1,3}\s*[）)]|` +
		`\d{1,3}\s*([、．)）]|\.[^\d])|[①-⑳⑴-⒇⒈-⒛]|` +
		`第[一二三四五六七八九十百\d]{1,4}[章节条款编部]|` +
		`[一二三四五六七八九十]{1,2}是|[一二三四五六七八九十]要|首先|其次|再次|最后|此外|下一步|` +
		`(\d{4}|[一二三四五六七八九〇○零]{4})\s*年|附件|附[：:]|抄送|主送|\p{Han}{2,8}[：:]|` +
		`[#>*+|●■◆▲★○□\-－—•·]|<<|【|\[)`)
)

func begins(s string) bool { return beginning.MatchString(s) }
