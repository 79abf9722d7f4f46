package extract

import (
	"strings"
	"unicode/utf8"
)

// style is a way of numbering, in the order in which official papers nest
// them (GB/T 9704): the first is the outermost.
type style int

const (
	unnumbered style = iota
	part             // 第一编, 第一部分
	chapter          // 第一章
	section          // 第一节
	article          // 第一条
	formal           // 壹、
	han              // 一、
	hanParen         // （一）
	digit            // 1.
	decimal          // 1.1
	digitParen       // （1）
	circled          // ①
	styles
)

// number is the numbering at the beginning of a line; 一是, 二是 are none, for
// they number sentences and head nothing.
type number struct {
	style style
	value int
	size  int // bytes of the key
}

// parseNumber reads the numbering at the beginning of a key. gapAfter says
// whether white space follows the first n bytes in the text.
func parseNumber(key string, gapAfter func(n int) bool) number {
	r, size := utf8.DecodeRuneInString(key)
	switch {
	case r == '第':
		return parseChapter(key, gapAfter)
	case r == '(' || r == '[' || r == '<':
		return parseParen(key, size)
	case r >= '①' && r <= '⑳':
		return number{circled, int(r-'①') + 1, size}
	case r >= '❶' && r <= '❿':
		return number{circled, int(r-'❶') + 1, size}
	case r >= '⑴' && r <= '⒇':
		return number{digitParen, int(r-'⑴') + 1, size}
	case r >= '⒈' && r <= '⒛':
		return number{digit, int(r-'⒈') + 1, size}
	case r >= '㈠' && r <= '㈩':
		return number{hanParen, int(r-'㈠') + 1, size}
	case r >= '0' && r <= '9':
		return parseDigits(key, gapAfter)
	}
	return parseHan(key)
}

func parseHan(key string) number {
	value, n := hanNumber(key)
	if n == 0 || value == 0 || value > 99 {
		return number{}
	}
	mark, size := utf8.DecodeRuneInString(key[n:])
	switch mark {
	case ')', ']':
		return number{hanParen, value, n + size}
	case '、', '.', '﹑':
		if next, m := hanNumber(key[n+size:]); m > 0 && next == value+1 {
			return number{} // 三、四季度
		}
		if strings.ContainsAny(key[:n], "壹贰叁肆伍陆柒捌玖拾") {
			return number{formal, value, n + size}
		}
		return number{han, value, n + size}
	}
	return number{}
}

func parseParen(key string, open int) number {
	value, n := hanNumber(key[open:])
	s := hanParen
	if n == 0 {
		value, n = arabic(key[open:])
		s = digitParen
	}
	mark, size := utf8.DecodeRuneInString(key[open+n:])
	if n == 0 || value == 0 || value > 99 || mark != ')' && mark != ']' && mark != '>' {
		return number{}
	}
	end := open + n + size
	if strings.HasPrefix(key[end:], "、") {
		end += len("、")
	}
	return number{s, value, end}
}

func parseDigits(key string, gapAfter func(int) bool) number {
	value, n := arabic(key)
	if n > 3 || value == 0 {
		return number{}
	}
	rest := key[n:]
	switch {
	case strings.HasPrefix(rest, "、"), strings.HasPrefix(rest, "﹑"):
		return number{digit, value, n + len("、")}
	case strings.HasPrefix(rest, ")"):
		return number{digitParen, value, n + 1}
	case !strings.HasPrefix(rest, "."):
		return number{}
	}
	second, m := arabic(rest[1:])
	if m == 0 {
		return number{digit, value, n + 1}
	}
	end := n + 1 + m
	if m > 2 || second == 0 || !gapAfter(end) {
		return number{} // 1.5 万元 has its gap too; the outline asks for a sequence
	}
	return number{decimal, second, end}
}

func parseChapter(key string, gapAfter func(int) bool) number {
	from := len("第")
	value, n := hanNumber(key[from:])
	if n == 0 {
		value, n = arabic(key[from:])
	}
	if n == 0 || value == 0 {
		return number{}
	}
	mark, size := utf8.DecodeRuneInString(key[from+n:])
	end := from + n + size
	switch mark {
	case '编':
		return number{part, value, end}
	case '部':
		// 第一部分企业 is no heading.
		if rest, ok := strings.CutPrefix(key[end:], "分"); ok {
			end += len("分")
			if rest == "" || gapAfter(end) || strings.HasPrefix(rest, ":") || strings.HasPrefix(rest, "、") {
				return number{part, value, end}
			}
		}
	case '章':
		return number{chapter, value, end}
	case '节':
		return number{section, value, end}
	case '条':
		// 第一条生产线 is no article.
		if end == len(key) || gapAfter(end) || strings.ContainsRune(":[(", rune(key[end])) {
			return number{article, value, end}
		}
	}
	return number{}
}

// arabic is the number at the beginning of s and its length in bytes.
func arabic(s string) (value, n int) {
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		if n < 9 {
			value = value*10 + int(s[n]-'0')
		}
		n++
	}
	return value, n
}

// hanNumber is the Chinese number at the beginning of s, up to thousands, and
// its length in bytes.
func hanNumber(s string) (value, n int) {
	last := 0
	for n < len(s) {
		r, size := utf8.DecodeRuneInString(s[n:])
		if d, ok := hanDigit(r); ok {
			last = d
		} else if unit := hanUnit(r); unit > 0 {
			value += max(last, 1) * unit
			last = 0
		} else {
			break
		}
		n += size
		if n > 15 {
			return 0, 0
		}
	}
	return value + last, n
}

func hanDigit(r rune) (int, bool) {
	switch r {
	case '〇', '零', '○', 'Ｏ', '０', '◯':
		return 0, true
	case '一', '壹':
		return 1, true
	case '二', '贰', '两':
		return 2, true
	case '三', '叁':
		return 3, true
	case '四', '肆':
		return 4, true
	case '五', '伍':
		return 5, true
	case '六', '陆':
		return 6, true
	case '七', '柒':
		return 7, true
	case '八', '捌':
		return 8, true
	case '九', '玖':
		return 9, true
	}
	return 0, false
}

func hanUnit(r rune) int {
	switch r {
	case '十', '拾':
		return 10
	case '百', '佰':
		return 100
	case '千':
		return 1000
	}
	return 0
}
