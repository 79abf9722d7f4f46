package ocr

import (
	"strings"
	"unicode"
)

// characterErrors is the edit distance of what was read to the truth, for each
// character of the truth. White space does not count, nor does the width of
// characters.
func characterErrors(truth, read string) float64 {
	a, b := counted(truth), counted(read)
	before, now := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range before {
		before[j] = j
	}
	for i, r := range a {
		now[0] = i + 1
		for j, s := range b {
			cost := 1
			if r == s {
				cost = 0
			}
			now[j+1] = min(before[j]+cost, before[j+1]+1, now[j]+1)
		}
		before, now = now, before
	}
	return float64(before[len(b)]) / float64(max(1, len(a)))
}

func counted(s string) []rune {
	return []rune(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return -1
		case r >= 0xFF01 && r <= 0xFF5E:
			return r - 0xFEE0
		}
		return r
	}, s))
}
