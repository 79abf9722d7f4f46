package xlsx

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Names is what the sheets of b are called in the file, in their order: legal
// in every spreadsheet program, at most 31 characters and unlike each other,
// whatever the case of their letters.
func (b Book) Names() []string {
	names := make([]string, len(b.Sheets))
	taken := map[string]bool{"history": true} // reserved by Excel
	tried := map[string]int{}                 // the last number given to a name
	for i, s := range b.Sheets {
		base := legal(s.Name)
		name := cut(base, maxName)
		first := strings.ToLower(name)
		for n := max(2, tried[first]+1); taken[strings.ToLower(name)]; n++ {
			mark := fmt.Sprintf("(%d)", n)
			name = cut(base, maxName-len(mark)) + mark
			tried[first] = n
		}
		taken[strings.ToLower(name)] = true
		names[i] = name
	}
	return names
}

const maxName = 31 // UTF-16 units

func legal(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case r == '\'': // legal, but every reference to it must be escaped
			return '’'
		case strings.ContainsRune(`[]:*?/\`, r) || r < ' ':
			return ' '
		}
		return r
	}, clean(name))
	if name = strings.TrimSpace(name); name == "" {
		return "表"
	}
	return name
}

// cut is s cut to at most n UTF-16 units, without a space at its end.
func cut(s string, n int) string {
	for i, r := range s {
		if n -= units(r); n < 0 {
			return strings.TrimRight(s[:i], " ")
		}
	}
	return s
}

func units(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

// clean is s without the characters that XML cannot hold. Carriage returns
// become line breaks.
func clean(s string) string {
	s = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r < ' ' && r != '\n' && r != '\t', r == 0xFFFE, r == 0xFFFF:
			return -1
		}
		return r
	}, s)
}

const (
	maxText = 32767 // UTF-16 units that a cell can hold
	cutMark = "……（内容过长，已截断）"
)

// fit is s as a cell can hold it; what is too long ends with a mark.
func fit(s string) string {
	s = clean(s)
	if len(s) <= maxText || len(cut(s, maxText)) == len(s) {
		return s
	}
	return cut(s, maxText-utf8.RuneCountInString(cutMark)) + cutMark
}

// formulaLike reports whether a spreadsheet program would take s for a formula
// if a person typed it.
func formulaLike(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s != "" && strings.ContainsRune("=+-@\t\n＝＋－＠", r)
}
