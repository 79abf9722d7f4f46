package docx

import (
	"strconv"
	"strings"
)

// numeral writes n the way that Open XML calls format. Formats unknown here
// are written as plain figures.
func numeral(format string, n int) string {
	if f, ok := numerals[format]; ok {
		if s := f(n); s != "" {
			return s
		}
	}
	s := strconv.Itoa(n)
	if strings.HasPrefix(format, "0") && len(format) < 10 { // as wide as its first number
		s = strings.Repeat("0", max(0, len(format)-len(s))) + s
	}
	return s
}

// numerals are the ways of writing a number; "" says that n cannot be written
// so.
var numerals = map[string]func(n int) string{
	"none":                         func(int) string { return "\u200b" },
	"decimalZero":                  func(n int) string { return padded(n) },
	"decimalFullWidth":             fullWidth,
	"decimalFullWidth2":            fullWidth,
	"upperLetter":                  func(n int) string { return letters(n, 'A') },
	"lowerLetter":                  func(n int) string { return letters(n, 'a') },
	"upperRoman":                   roman,
	"lowerRoman":                   func(n int) string { return strings.ToLower(roman(n)) },
	"chineseCounting":              counting,
	"taiwaneseCounting":            counting,
	"japaneseCounting":             thousands,
	"chineseCountingThousand":      thousands,
	"taiwaneseCountingThousand":    thousands,
	"chineseLegalSimplified":       func(n int) string { return grouped(n, "零壹贰叁肆伍陆柒捌玖", "拾佰仟", false) },
	"ideographLegalTraditional":    func(n int) string { return grouped(n, "零壹貳參肆伍陸柒捌玖", "拾佰仟", false) },
	"ideographDigital":             digits,
	"taiwaneseDigital":             digits,
	"japaneseDigitalTenThousand":   digits,
	"ideographTraditional":         func(n int) string { return nth("甲乙丙丁戊己庚辛壬癸", n) },
	"ideographZodiac":              func(n int) string { return nth("子丑寅卯辰巳午未申酉戌亥", n) },
	"ideographZodiacTraditional":   sexagenary,
	"ideographEnclosedCircle":      func(n int) string { return run('㊀', n, 10) },
	"decimalEnclosedCircle":        circled,
	"decimalEnclosedCircleChinese": circled,
	"decimalEnclosedFullstop":      func(n int) string { return run('⒈', n, 20) },
	"decimalEnclosedParen":         func(n int) string { return run('⑴', n, 20) },
	"numberInDash":                 func(n int) string { return "- " + strconv.Itoa(n) + " -" },
}

func padded(n int) string {
	if n >= 0 && n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

func fullWidth(n int) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r + 0xFEE0
		}
		return r
	}, strconv.Itoa(n))
}

// letters is a, b, … z, aa, bb, …
func letters(n int, first rune) string {
	if n < 1 || n > 26*20 {
		return ""
	}
	return strings.Repeat(string(first+rune((n-1)%26)), (n-1)/26+1)
}

func roman(n int) string {
	if n < 1 || n > 3999 {
		return ""
	}
	var b strings.Builder
	for _, s := range []struct {
		value int
		sign  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= s.value; n -= s.value {
			b.WriteString(s.sign)
		}
	}
	return b.String()
}

// thousands is 十, 十一, 二十, 一百零一.
func thousands(n int) string { return grouped(n, "零一二三四五六七八九", "十百千", true) }

// counting is like thousands up to 九十九, then figure by figure.
func counting(n int) string {
	if n > 99 {
		return digits(n)
	}
	return thousands(n)
}

// grouped writes n, up to 9999, with signs for tens, hundreds and thousands.
func grouped(n int, signs, units string, bareTen bool) string {
	if n < 0 || n > 9999 {
		return ""
	}
	sign, unit := []rune(signs), []rune(units)
	if n == 0 {
		return string(sign[0])
	}
	var out []rune
	gap := false
	for place, value := 3, 1000; place >= 0; place, value = place-1, value/10 {
		d := n / value % 10
		if d == 0 {
			gap = len(out) > 0
			continue
		}
		if gap {
			out = append(out, sign[0])
			gap = false
		}
		if !(bareTen && place == 1 && d == 1 && len(out) == 0) {
			out = append(out, sign[d])
		}
		if place > 0 {
			out = append(out, unit[place-1])
		}
	}
	return string(out)
}

// digits is 一〇二, figure by figure.
func digits(n int) string {
	if n < 0 {
		return ""
	}
	sign := []rune("〇一二三四五六七八九")
	return strings.Map(func(r rune) rune { return sign[r-'0'] }, strconv.Itoa(n))
}

func nth(signs string, n int) string {
	r := []rune(signs)
	if n < 1 || n > len(r) {
		return ""
	}
	return string(r[n-1])
}

// sexagenary is 甲子, 乙丑, …
func sexagenary(n int) string {
	if n < 1 {
		return ""
	}
	return nth("甲乙丙丁戊己庚辛壬癸", (n-1)%10+1) + nth("子丑寅卯辰巳午未申酉戌亥", (n-1)%12+1)
}

// run is the n-th of a run of at most last characters that begins with first.
func run(first rune, n, last int) string {
	if n < 1 || n > last {
		return ""
	}
	return string(first + rune(n-1))
}

// circled is ① to ⑳, ㉑ to ㊿.
func circled(n int) string {
	switch {
	case n == 0:
		return "⓪"
	case n <= 20:
		return run('①', n, 20)
	case n <= 35:
		return run('㉑', n-20, 15)
	default:
		return run('㊱', n-35, 15)
	}
}
