package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// findNo is the 文号 in key: 华发〔2021〕4号, with any brackets and spaces, as
// the bytes it takes and in its proper form.
func findNo(key string) (no string, from, to int, ok bool) {
	for at := 0; at < len(key); {
		open := strings.IndexAny(key[at:], "[(<")
		if open < 0 {
			return "", 0, 0, false
		}
		open += at
		if no, from, to, ok := noAround(key, open); ok {
			return no, from, to, true
		}
		at = open + 1
	}
	return "", 0, 0, false
}

func noAround(key string, open int) (no string, from, to int, ok bool) {
	year, n := arabic(key[open+1:])
	if n != 4 || year < 1949 || year > 2099 {
		return "", 0, 0, false
	}
	end := open + 1 + n
	if end >= len(key) || !strings.ContainsRune("])>", rune(key[end])) {
		return "", 0, 0, false
	}
	serial := strings.TrimPrefix(key[end+1:], "第")
	skipped := len(key[end+1:]) - len(serial)
	_, m := arabic(serial)
	if m == 0 || m > 5 || !strings.HasPrefix(serial[m:], "号") {
		return "", 0, 0, false
	}
	from = codeStart(key[:open])
	to = end + 1 + skipped + m + len("号")
	if from == open {
		return "", 0, 0, false
	}
	code := key[from:open]
	return code + "〔" + key[open+1:open+5] + "〕" + serial[:m] + "号", from, to, true
}

// codeStart is where the office's code before the year begins: Han characters
// without a gap, at most twelve.
func codeStart(before string) int {
	at := len(before)
	for range 12 {
		r, size := utf8.DecodeLastRuneInString(before[:at])
		if !unicode.Is(unicode.Han, r) || strings.HasSuffix(before[:at], "文号") {
			break
		}
		at -= size
	}
	return at
}

// soleNo is the 文号 that a line consists of, perhaps with 签发人 after it or
// a label before.
func soleNo(key string) (no string, from, to int, ok bool) {
	no, from, to, ok = findNo(key)
	if !ok {
		return "", 0, 0, false
	}
	before, after := strings.TrimSuffix(key[:from], ":"), key[to:]
	switch {
	case before != "" && before != "文号" && before != "发文字号" && before != "(":
		return "", 0, 0, false
	case after != "" && after != ")" && !strings.HasPrefix(after, "签发人"):
		return "", 0, 0, false
	}
	return no, from, to, true
}
