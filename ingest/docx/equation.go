package docx

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// equation is what an EQ field shows, in one line. Offices use it for a number
// in a circle that no list makes: EQ \o\ac(○,1).
func equation(s string) string {
	e := &eq{rest: s}
	return strings.TrimSpace(e.items(0))
}

// eq reads an EQ field's instruction.
type eq struct{ rest string }

// deepest is how many brackets inside each other are followed.
const deepest = 16

// items reads to the end of an argument.
func (e *eq) items(depth int) string {
	var b strings.Builder
	for e.rest != "" {
		r, size := utf8.DecodeRuneInString(e.rest)
		switch {
		case depth > 0 && (r == ',' || r == ';' || r == ')'):
			return b.String()
		case r == '\\' && len(e.rest) > 1 && isLetter(e.rest[1]):
			b.WriteString(e.operation(depth))
			continue
		case r == '\\' && len(e.rest) > 1:
			e.rest = e.rest[1:]
			r, size = utf8.DecodeRuneInString(e.rest)
		}
		b.WriteRune(r)
		e.rest = e.rest[size:]
	}
	return b.String()
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// operation reads switches such as \o\ac and the arguments after them.
func (e *eq) operation(depth int) string {
	name := ""
	for len(e.rest) > 1 && e.rest[0] == '\\' && isLetter(e.rest[1]) {
		end := 1
		for end < len(e.rest) && (isLetter(e.rest[end]) || e.rest[end] >= '0' && e.rest[end] <= '9') {
			end++
		}
		if name == "" {
			name = strings.ToLower(e.rest[1:2])
		}
		e.rest = strings.TrimLeftFunc(e.rest[end:], unicode.IsSpace)
	}
	if !strings.HasPrefix(e.rest, "(") || depth >= deepest {
		return ""
	}
	var args []string
	for more := true; more; {
		e.rest = e.rest[1:] // the bracket or comma
		args = append(args, e.items(depth+1))
		more = e.rest != "" && e.rest[0] != ')'
	}
	e.rest = strings.TrimPrefix(e.rest, ")")
	switch {
	case name == "o":
		return enclosed(args)
	case name == "f" && len(args) == 2:
		return args[0] + "/" + args[1]
	case name == "r":
		return "√" + args[len(args)-1]
	case name == "l":
		return strings.Join(args, ",")
	}
	return strings.Join(args, "")
}

// enclosed is characters written over each other: one in a circle, where there
// is a character for that.
func enclosed(args []string) string {
	var inside string
	circle := false
	for _, a := range args {
		switch a = strings.TrimSpace(a); a {
		case "○", "◯", "〇", "O":
			circle = true
		case "□", "△", "◇", "▽":
		default:
			inside += a
		}
	}
	if !circle {
		return inside
	}
	if n, err := strconv.Atoi(inside); err == nil && n >= 0 && n <= 50 {
		return circled(n)
	}
	for n := 1; n <= 10; n++ {
		if inside == thousands(n) {
			return run('㊀', n, 10)
		}
	}
	return inside
}
