package ocr

import (
	"regexp"
	"strings"
	"unicode"
)

// tidy is recognised text as it would have been typed: without the spaces that
// engines see beside Chinese characters, with the marks beside those in their
// full width, which no engine tells from half width, and with the brackets
// that the number of an official paper has.
func tidy(s string) string {
	text := widen(unspaced([]rune(strings.Join(strings.Fields(s), " "))))
	s = string(unspaced(text)) // beside the marks that are wide now
	return paperNumber.ReplaceAllString(s, "〔$1〕$2")
}

// paperNumber is the end of the number of an official paper, 〔2024〕17号, with
// whatever brackets.
var paperNumber = regexp.MustCompile(`[\[〔【（(「『]((?:19|20)[0-9]{2})[\]〕】）)」』] ?([0-9]{1,5}号)`)

// unspaced is in without the spaces beside Chinese characters.
func unspaced(in []rune) []rune {
	out := in[:0:0]
	for i, r := range in {
		if r == ' ' && (wide(in[i-1]) || wide(in[i+1])) {
			continue
		}
		out = append(out, r)
	}
	return out
}

// widen gives the marks beside Chinese characters their full width, and makes
// a dash of a stroke between numbers, as in 2021—2025.
func widen(text []rune) []rune {
	for i, r := range text {
		before, after := at(text, i-1), at(text, i+1)
		switch {
		case r == '一' && isDigit(before) && isDigit(after):
			text[i] = '—'
		case wide(before) || before == 0 && wide(after) || opens(r) && wide(after):
			text[i] = widened(r)
		}
	}
	return text
}

// at is the character at i, or 0 outside the text.
func at(text []rune, i int) rune {
	if i < 0 || i >= len(text) {
		return 0
	}
	return text[i]
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func opens(r rune) bool { return r == '(' || r == '[' }

// widened is the full-width form of a mark of Chinese punctuation.
func widened(r rune) rune {
	switch r {
	case ',', ';', ':', '?', '!', '(', ')':
		return r + 0xFEE0
	}
	return r
}

// wide is true of Chinese characters and their punctuation.
func wide(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303F || r >= 0xFF01 && r <= 0xFF60 || r == '“' || r == '”' || r == '—' || r == '…'
}
