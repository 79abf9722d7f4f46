package extract

import (
	"strings"
	"unicode"
)

// hasFigure reports whether text holds a number that says how much or on what
// day: not a year, not in a 《title》, a 〔2020〕6号 or a “7.19”, not 第3次.
func hasFigure(text string) bool {
	runes := []rune(text)
	for i := 0; i < len(runes); i++ {
		r := runes[i]
		if closer, longest, ok := closerOf(r); ok && r != '（' && r != '(' {
			i = skipTo(runes, i, closer, longest)
			continue
		}
		if r == '"' {
			i = skipTo(runes, i, '"', longestQuoted)
			continue
		}
		if r == '〔' || r == '[' || r == '［' {
			i = skipTo(runes, i, 0, 8)
			i = skipDigits(runes, i)
			continue
		}
		if unicode.IsDigit(r) {
			end := skipDigits(runes, i)
			if counts(runes, i, end) {
				return true
			}
			i = end
		} else if countsHan(runes, i) {
			return true
		}
	}
	return false
}

// skipTo is the place of the closing bracket of the one at i, or i when it is
// not near. closer 0 is any square bracket.
func skipTo(runes []rune, i int, closer rune, longest int) int {
	for j := i + 1; j < len(runes) && j <= i+longest; j++ {
		if runes[j] == closer || closer == 0 && strings.ContainsRune("〕]］", runes[j]) {
			return j
		}
	}
	return i
}

// skipDigits is the place of the last digit of the number at or after i.
func skipDigits(runes []rune, i int) int {
	for i+1 < len(runes) && unicode.IsDigit(runes[i+1]) {
		i++
	}
	return i
}

// counts reports whether the digits runes[from..last] are a figure.
func counts(runes []rune, from, last int) bool {
	if from > 0 && runes[from-1] == '第' {
		return false
	}
	next := last + 1
	for next < len(runes) && unicode.IsSpace(runes[next]) {
		next++
	}
	if next == len(runes) {
		return true
	}
	if last-from == 3 && strings.ContainsRune("年-—–－―至~～)）", runes[next]) {
		return false // a year
	}
	return !strings.ContainsRune("届号", runes[next])
}

// countsHan reports whether a Chinese number with a measure word stands at i.
func countsHan(runes []rune, i int) bool {
	if _, ok := hanDigit(runes[i]); !ok && hanUnit(runes[i]) == 0 || i+1 >= len(runes) {
		return false
	}
	if i > 0 && strings.ContainsRune("第再进同有", runes[i-1]) {
		return false
	}
	return strings.ContainsRune("件次场起份户家名", runes[i+1])
}
