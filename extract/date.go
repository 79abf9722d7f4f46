package extract

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// date is a day found in a key.
type date struct {
	year, month, day int
	from, to         int // bytes of the key
}

// String is the date as 2025-01-12.
func (d date) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day) }

// findDate is the first full date in key at or after byte from: 2021年1月12日,
// 二〇二一年元月十二日, 2021-01-12, 2021.1.12.
func findDate(key string, from int) (date, bool) {
	for i := from; i < len(key); {
		if d, ok := dateAt(key, i); ok {
			return d, true
		}
		_, size := utf8.DecodeRuneInString(key[i:])
		i += size
		for size == 1 && key[i-1] >= '0' && key[i-1] <= '9' && i < len(key) && key[i] >= '0' && key[i] <= '9' {
			i++ // no date begins inside a number
		}
	}
	return date{}, false
}

func dateAt(key string, from int) (date, bool) {
	d := date{from: from}
	var n int
	d.year, n = yearNumber(key[from:])
	if n == 0 || d.year < 1949 || d.year > 2099 {
		return d, false
	}
	at := from + n
	sep, size := utf8.DecodeRuneInString(key[at:])
	end := ""
	switch sep {
	case '年':
		end = "月"
	case '-', '.', '/':
		end = string(sep)
	default:
		return d, false
	}
	at += size
	d.month, n = smallNumber(key[at:])
	if n == 0 || !strings.HasPrefix(key[at+n:], end) {
		return d, false
	}
	at += n + len(end)
	d.day, n = smallNumber(key[at:])
	if n == 0 {
		return d, false
	}
	at += n
	if end == "月" {
		if !strings.HasPrefix(key[at:], "日") && !strings.HasPrefix(key[at:], "号") {
			return d, false
		}
		at += len("日")
	}
	d.to = at
	return d, valid(d)
}

func valid(d date) bool {
	t := time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC)
	return t.Year() == d.year && int(t.Month()) == d.month && t.Day() == d.day
}

// yearNumber is the four-digit year at the beginning of s, in either digits.
func yearNumber(s string) (year, n int) {
	if y, n := arabic(s); n == 4 {
		return y, n
	} else if n > 0 {
		return 0, 0
	}
	for range 4 {
		r, size := utf8.DecodeRuneInString(s[n:])
		d, ok := hanDigit(r)
		if r == 'o' {
			d, ok = 0, true
		}
		if !ok {
			return 0, 0
		}
		year = year*10 + d
		n += size
	}
	return year, n
}

// smallNumber is the month or day at the beginning of s.
func smallNumber(s string) (value, n int) {
	if strings.HasPrefix(s, "元月") {
		return 1, len("元")
	}
	if v, n := arabic(s); n > 0 {
		if n > 2 {
			return 0, 0
		}
		return v, n
	}
	return hanNumber(s)
}

// soleDate is the date that a line consists of, perhaps in brackets.
func soleDate(key string) (date, bool) {
	d, ok := findDate(key, 0)
	if !ok {
		return d, false
	}
	before, after := key[:d.from], key[d.to:]
	switch {
	case before == "" && after == "", before == "(" && after == ")":
		return d, true
	case (before == "日期:" || before == "时间:" || before == "填报日期:" || before == "报送日期:" || before == "成文日期:") && after == "":
		return d, true
	}
	return d, false
}

// isMonth reports whether the line consists of a year and month without a day.
func isMonth(key string) bool {
	_, n := yearNumber(key)
	if n == 0 || !strings.HasPrefix(key[n:], "年") {
		return false
	}
	rest := key[n+len("年"):]
	_, m := smallNumber(rest)
	rest = strings.TrimPrefix(rest[m:], "月")
	return strings.Trim(rest, "xX×日") == ""
}

// maskedDate reports whether the line is a date with its digits blanked out,
// such as 20XX年X月X日 or 年 月 日.
func maskedDate(key string) bool {
	if !strings.HasSuffix(key, "日") || !strings.Contains(key, "年") || !strings.Contains(key, "月") {
		return false
	}
	return strings.Trim(key, "0123456789x×*年月日") == ""
}
