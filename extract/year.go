package extract

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"duibiao/corpus"
)

// years lists the readings of the year the paper is about, most trusted first.
func years(lines []line, titles []block, p path, s corpus.Submission) []corpus.Taken {
	var all []corpus.Taken
	add := func(y int, from string, span corpus.Span) {
		all = append(all, corpus.Taken{Value: strconv.Itoa(y), From: from, Span: span})
	}
	for _, t := range titles {
		if m, ok := titleYear(t.key()); ok {
			add(m.year, "标题", t.taken(len(t.key())).Span)
		}
	}
	if y, ok := nameYear(p.name); ok {
		add(y, "文件名", corpus.Span{})
	}
	signing, dated := signingYear(s)
	if at, ok := bodyYear(lines, signing); ok {
		add(at.year, "正文", at.line.span(at.from, at.to))
	}
	for _, folder := range p.folders {
		if y, ok := nameYear(folder); ok {
			add(y, "目录", corpus.Span{})
		}
	}
	if dated {
		from, span := s.Date.From, s.Date.Span
		if s.Date.Value == "" {
			from, span = "文号", s.No.Span
		}
		add(signing, from, span)
	}
	return all
}

// signingYear is the year that the date or the 文号 suggests: a report signed
// by the end of April is about the year before.
func signingYear(s corpus.Submission) (int, bool) {
	var y, month int
	if n, err := fmt.Sscanf(s.Date.Value, "%d-%d", &y, &month); err == nil && n == 2 {
		if (s.Kind.Value == string(corpus.Annual) || s.Kind.Value == string(corpus.SelfReview)) && month <= 4 {
			y--
		}
		return y, true
	}
	if i := strings.Index(s.No.Value, "〔"); i >= 0 {
		y, n := arabic(s.No.Value[i+len("〔"):])
		return y, n == 4
	}
	return 0, false
}

// yearConflicts tells which other titles and file names name another year
// than the one taken. What years the text speaks of is for the rules.
func yearConflicts(all []corpus.Taken, p path) []string {
	var out []string
	for i, t := range all {
		if i == 0 || t.From != "标题" && t.From != "文件名" || t.Value == all[0].Value {
			continue
		}
		if t.From == "文件名" && strings.Contains(p.name, all[0].Value) {
			continue
		}
		out = append(out, fmt.Sprintf("年度不一致：%s为%s年，%s为%s年。", all[0].From, all[0].Value, t.From, t.Value))
	}
	return out
}

// mention is a year named in a key.
type mention struct {
	year     int
	from, to int // bytes of the key
}

// yearsIn lists the years that key is about: 2021年, 2021年度, 二〇二一年. Not
// among them are the ends of ranges (2021—2025年), the year of a 文号, and
// years inside 《》 unless quoted says that those count.
func yearsIn(key string, quoted bool) []mention {
	var all []mention
	depth := 0
	for i := 0; i < len(key); {
		r, size := utf8.DecodeRuneInString(key[i:])
		switch r {
		case '《':
			depth++
		case '》':
			depth--
		}
		y, n := yearNumber(key[i:])
		if n == 0 {
			i += size
			for size == 1 && isDigit(key[i-1]) && i < len(key) && isDigit(key[i]) {
				i++
			}
			continue
		}
		if (quoted || depth <= 0) && y >= 1990 && y <= 2099 && strings.HasPrefix(key[i+n:], "年") && !inRange(key, i, i+n) {
			all = append(all, mention{y, i, i + n + len("年")})
		}
		i += n
	}
	return all
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

// inRange reports whether the year key[from:to] is an end of a span of years,
// or only the beginning of one: 2021-2025年, 2016年以来.
func inRange(key string, from, to int) bool {
	before, _ := utf8.DecodeLastRuneInString(key[:from])
	if strings.ContainsRune("-~至到", before) && before != utf8.RuneError {
		head := strings.TrimSuffix(key[:from], string(before))
		head = strings.TrimRight(head, "-年")
		if len(head) > 0 && isDigit(head[len(head)-1]) {
			return true
		}
	}
	after := strings.TrimPrefix(key[to:], "年")
	for _, s := range []string{"以来", "至2", "到2", "-2", "--", "~", "以前", "底前"} {
		if strings.HasPrefix(after, s) {
			return true
		}
	}
	return strings.HasPrefix(key[to:], "-") || strings.HasPrefix(key[to:], "~")
}

// titleYear is the year that a title or a file's name is about.
func titleYear(key string) (mention, bool) {
	if all := yearsIn(key, false); len(all) > 0 {
		return all[0], true
	}
	if all := yearsIn(key, true); len(all) > 0 && strings.Contains(key, "印发") {
		return all[0], true
	}
	return mention{}, false
}

// nameYear is the year in the name of a file or folder, where 年 may be left
// out: 2021报告, 甲县_2021, but not the 2021 of 20210112.
func nameYear(key string) (int, bool) {
	if m, ok := titleYear(key); ok {
		return m.year, true
	}
	for i := 0; i < len(key); {
		y, n := arabic(key[i:])
		if n == 0 {
			i++
			continue
		}
		dated := strings.HasPrefix(key[i+n:], "-") || strings.HasPrefix(key[i+n:], ".")
		if dated {
			_, ok := dateAt(key, i)
			dated = ok
		}
		if n == 4 && y >= 2000 && y <= 2050 && !dated {
			return y, true
		}
		i += n
	}
	return 0, false
}

// place is a mention and the line it stands in.
type place struct {
	line *line
	mention
}

// bodyYear is the year that the text speaks of most, where it stands first;
// ok is false when it speaks of none. Days named in full count less than bare
// years, for they say when something happened; years in 《》 and ranges, and
// those far from the year of signing (0 where unknown), do not count.
func bodyYear(lines []line, signing int) (best place, ok bool) {
	score := map[int]int{}
	first := map[int]place{}
	for i := range lines {
		l := &lines[i]
		switch l.zone {
		case corpus.Letter, corpus.Signature, corpus.NotText:
			continue
		}
		for _, m := range yearsIn(l.key, false) {
			if signing > 0 && (m.year < signing-1 || m.year > signing+1) || isTarget(l.key[:m.from]) {
				continue
			}
			if _, ok := first[m.year]; !ok {
				first[m.year] = place{l, m}
			}
			score[m.year] += weight(l, m)
		}
	}
	if len(score) == 0 {
		return openingYear(lines)
	}
	top := 0
	for year, s := range score {
		if s > top || s == top && best.year != signing && (year > best.year || year == signing) {
			top, best = s, first[year]
		}
	}
	return best, true
}

// weight is how much a mention says about what year the paper is about.
func weight(l *line, m mention) int {
	w := 2
	if _, ok := dateAt(l.key, m.from); ok {
		w = 1
	}
	if strings.HasSuffix(l.key[:m.from], "争创") || strings.HasPrefix(l.key[m.to:], "度") {
		w = 4
	}
	if l.zone == corpus.Head {
		w++
	}
	return w
}

// openingYear is the year at the beginning of the text: 2023年以来，我局….
func openingYear(lines []line) (place, bool) {
	for i := range lines {
		l := &lines[i]
		if l.zone != corpus.Content && l.zone != corpus.Frame {
			continue
		}
		y, n := yearNumber(l.key)
		if n > 0 && y >= 1990 && y <= 2099 && strings.HasPrefix(l.key[n:], "年") {
			return place{l, mention{y, 0, n + len("年")}}, true
		}
	}
	return place{}, false
}

// isTarget reports whether the year after before is an aim or a limit: 到2025年.
func isTarget(before string) bool {
	return hasAny(before, []string{"到", "至", "自", "从", "截至", "截止"}, strings.HasSuffix)
}
