package segment

import (
	"strings"
	"unicode/utf8"
)

// clean replaces what gojieba loses a whole text over: at one byte that is not
// UTF-8 it returns no words at all, and at NUL it stops. Neither is an error
// to it. Each such byte becomes one U+FFFD.
func clean(text string) string {
	if utf8.ValidString(text) && strings.IndexByte(text, 0) < 0 {
		return text
	}
	var b strings.Builder
	b.Grow(len(text) + 16)
	for _, r := range text {
		if r == 0 {
			r = utf8.RuneError
		}
		b.WriteRune(r)
	}
	return b.String()
}

// longest is how many bytes are cut at once. The C++ side needs several
// hundred bytes for each; a text of 100 MB would take all memory.
const longest = 16 << 10

// piece is the length of the first piece of text to cut: all of it, or up to
// the last place before longest where gojieba itself starts afresh (after
// white space, ， or 。), so that pieces cut as the whole would be. In a text
// without such a place the cut falls after any rune.
func piece(text string) int {
	if len(text) <= longest {
		return len(text)
	}
	n := longest
	for !utf8.RuneStart(text[n]) {
		n--
	}
	at := strings.LastIndexAny(text[:n], " \t\n，。")
	if at < 0 {
		return n
	}
	_, size := utf8.DecodeRuneInString(text[at:])
	return at + size
}
