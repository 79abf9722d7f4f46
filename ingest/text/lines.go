package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"duibiao/corpus"
)

// line is one line of the file, or what is left of it without its marks.
type line struct {
	text       string // without marks and white space around it
	start, end int    // bytes of the file's text that hold text
	role       corpus.Role
	level      int
	indented   bool
	adjacent   bool // no empty line before it
	first      bool // nothing but the line's own white space before text: no mark was taken off
	width      int  // of the whole line, in half-width cells
}

// split is the lines of text that hold anything.
func split(text string) []line {
	var lines []line
	adjacent := false
	for at := 0; at < len(text); {
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			end = len(text)
		} else {
			end += at
		}
		raw := text[at:end]
		trimmed := strings.TrimFunc(raw, invisible)
		switch {
		case trimmed == "":
			adjacent = false
		case rule(trimmed):
			adjacent = false
		default:
			l := line{text: trimmed, start: at + strings.Index(raw, trimmed), role: corpus.Body, adjacent: adjacent, first: true}
			l.end = l.start + len(trimmed)
			l.indented = runes(raw[:l.start-at]) >= 2 || strings.HasPrefix(raw, "\t")
			l.width = width(raw)
			lines = append(lines, unmark(l))
			adjacent = true
		}
		at = end + 1
	}
	return lines
}

func invisible(r rune) bool {
	return unicode.IsSpace(r) || r == 0xFEFF || r == 0x200B || r == 0 || r == 0x1A
}

// rule reports whether a line is a Markdown rule such as --- or ***, or the
// line under the head of a table.
func rule(s string) bool {
	if strings.HasPrefix(s, "|") && strings.Contains(s, "--") && strings.Trim(s, "|-: \t") == "" {
		return true
	}
	return len(s) >= 3 && (strings.Trim(s, "-") == "" || strings.Trim(s, "*") == "" || strings.Trim(s, "_") == "" || strings.Trim(s, "=") == "")
}

// unmark takes Markdown marks off: the signs of a heading, and bold signs
// around a whole line. Bold inside a line stays as it is in the file.
func unmark(l line) line {
	hashes := len(l.text) - len(strings.TrimLeft(l.text, "#"))
	if hashes >= 1 && hashes <= 6 && strings.HasPrefix(l.text[hashes:], " ") {
		title := strings.TrimSpace(strings.TrimRight(l.text[hashes:], "# "))
		if title != "" {
			l = l.within(title)
			l.role, l.level = corpus.Heading, hashes
		}
	}
	for _, mark := range []string{"**", "__"} {
		inner, found := strings.CutPrefix(l.text, mark)
		inner, closed := strings.CutSuffix(inner, mark)
		if inner = strings.TrimSpace(inner); found && closed && inner != "" && !strings.Contains(inner, mark) {
			l = l.within(inner)
		}
	}
	return l
}

// within is l cut down to inner, which is part of its text.
func (l line) within(inner string) line {
	l.start += strings.Index(l.text, inner)
	l.end = l.start + len(inner)
	l.text, l.first = inner, false
	return l
}

// width counts half-width cells, two for a Chinese character.
func width(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case r == '\t':
			n += 4
		case r < 0x1100 || r >= 0xFF61 && r <= 0xFF9F:
			n++
		default:
			n += 2
		}
	}
	return n
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
