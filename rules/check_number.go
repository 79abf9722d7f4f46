package rules

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"duibiao/corpus"
)

// tally is a number of a sentence with the words before it.
type tally struct {
	value      float64
	unit       string
	label      string // the words before it in its clause, or since the number before it in a list
	shown      string // label and number as they stand, folded
	start, end int    // of the number, in runes of the folded sentence
	exact      bool
}

var (
	// around a number that is not meant to the last digit
	roughly = words(`余 多 近 约 超 逾 几 上下 左右 以上 不足 至少`)
	// a sentence with one of these tells of things from before, too
	carriedOver = words(`结转 上年 往年 去年 历年 累计 遗留 积案 存量 以前 上期 旧存 转入 接续`)
	// words that a whole is told with before its parts
	partMarks = words(`其中 包括 分别是 分别为`)
	totals    = words(`合计 共计 总计`)
	// the last part of a whole
	restWords = words(`其他 其它 其余`)
)

const mostConflicts = 3 // contradictions that are shown of one paper

// contradicted: numbers of one paper that cannot both be right: a part greater
// than its whole, outcomes that are more than the things they are outcomes of,
// a rate that does not follow from its base, a sum that is not that of its
// parts, and the paper's one total told twice with two values.
func contradicted(c *Case) []Finding {
	pairs := &c.Set.words().figures
	return c.eachFile(func(f *File) []Finding {
		var out []Finding
		seen := map[string]told{}
		eachSentence(f, func(ps *corpus.Passage, s corpus.Sentence) bool {
			if ps.Zone != corpus.Content && ps.Zone != corpus.Frame {
				return true
			}
			t := foldRunes(s.Text)
			if !slices.ContainsFunc(t, isDigit) {
				return true
			}
			all := talliesOf(t, c.factsIn(f, s, t))
			if len(all) == 0 {
				return true
			}
			why := pairs.conflict(t, all)
			var src *Source
			if first, value, ok := c.toldTwice(f, ps, s, t, all, seen); why == "" && ok {
				why = fmt.Sprintf("同一个数前后不一致：前面是“%s”，这里是“%s”", first.shown, value)
				src = &Source{Doc: f.ID, Unit: c.Unit.Name, Span: first.sentence.Span, Quote: first.sentence.Text}
			}
			if why != "" {
				out = append(out, Finding{Doc: f.ID, Severity: Medium, Evidence: quote(f, ps, s), Source: src, Value: "对不上", Threshold: "前后一致",
					Message: "疑似数字矛盾：" + why + "。", Ask: "请核对这些数字；统计口径不同的请注明。"})
			}
			return len(out) < mostConflicts
		})
		return out
	})
}

// talliesOf are the counts among the facts of a folded sentence, in order.
func talliesOf(t []rune, facts []Fact) []tally {
	var out []tally
	for _, f := range facts {
		if f.Kind != Count || f.Unit == "" || f.Value <= 0 {
			continue
		}
		from, _ := clauseAt(t, f.Span.Start)
		if n := len(out); n > 0 {
			from = max(from, out[n-1].end)
		}
		for k := f.Span.Start - 1; k > from; k-- {
			if strings.ContainsRune("、(", t[k]) {
				from = k + 1
				break
			}
		}
		label := strings.Trim(string(t[from:f.Span.Start]), "、()")
		around := string(t[from:min(len(t), f.Span.End+2)])
		out = append(out, tally{value: f.Value, unit: f.Unit, label: label, shown: label + string(t[f.Span.Start:f.Span.End]),
			start: f.Span.Start, end: f.Span.End, exact: roughly.in([]rune(around), 0, len([]rune(around))) < 0})
	}
	return out
}

// figurePair is a Figure ready to be looked for.
type figurePair struct{ whole, part, rate lexicon }

// figurePairs are the relations of numbers that the rules know.
type figurePairs struct {
	pairs []figurePair
	apart []lexicon
}

func pairsOfFigures(s *Set) figurePairs {
	var out figurePairs
	for _, f := range s.Figures {
		if len(f.Apart) > 0 {
			out.apart = append(out.apart, lexiconOf(f.Apart))
			continue
		}
		out.pairs = append(out.pairs, figurePair{lexiconOf(f.Whole), lexiconOf(f.Part), lexiconOf(f.Rate)})
	}
	return out
}

func lexiconOf(list []string) lexicon {
	l := lexicon{}
	for _, w := range list {
		l.add(foldRunes(w))
	}
	return l
}

// holds reports whether one of the words stands in a label.
func (l lexicon) holds(label string) bool {
	r := []rune(label)
	return l.in(r, 0, len(r)) >= 0
}

// ends reports whether a label ends with one of the words.
func (l lexicon) ends(label string) bool {
	r := []rune(label)
	for i := range r {
		if n := l.at(r, i); n > 0 && i+n == len(r) {
			return true
		}
	}
	return false
}

// conflict is what cannot be right in one sentence, or "".
func (p figurePairs) conflict(t []rune, all []tally) string {
	if why := badTotal(t, all); why != "" {
		return why
	}
	older := carriedOver.in(t, 0, len(t)) >= 0
	for i := range all {
		if why := p.parts(t, all, i, older); why != "" {
			return why
		}
	}
	for _, pair := range p.pairs {
		if why := pair.conflict(t, all, older); why != "" {
			return why
		}
	}
	return ""
}

// badTotal is a 合计 that is not the sum of the list before it, or "".
func badTotal(t []rune, all []tally) string {
	for i := 2; i < len(all); i++ {
		label := []rune(all[i].label)
		if totals.at(label, 0) != len(label) || len(label) == 0 || !all[i].exact {
			continue
		}
		sum, n := 0.0, 0
		for _, a := range all[:i] {
			if a.unit != all[i].unit || !a.exact || partMarks.holds(a.label) || totals.holds(a.label) {
				return ""
			}
			sum += a.value
			n++
		}
		if n >= 2 && sum != all[i].value && all[0].unit == all[i].unit {
			return fmt.Sprintf("各项相加是%s%s，写的是“%s”", number(sum), all[i].unit, all[i].shown)
		}
	}
	return ""
}

// parts holds the parts told after 其中 at tally i against their whole.
func (p figurePairs) parts(t []rune, all []tally, i int, older bool) string {
	label := []rune(all[i].label)
	if i == 0 || partMarks.at(label, 0) == 0 || !all[i].exact {
		return ""
	}
	var whole tally // the largest
	wholes, total := 0, 0.0
	inClause, clauseFrom := 0.0, -1 // those of one clause are told together: 建议23件、提案31件，其中41件
	for _, a := range all[:i] {
		if a.unit != all[i].unit {
			continue
		}
		if !a.exact {
			return ""
		}
		wholes++
		if from, _ := clauseAt(t, a.start); from != clauseFrom {
			inClause, clauseFrom = 0, from
		}
		inClause += a.value
		total = max(total, inClause)
		if a.value > whole.value {
			whole = a
		}
	}
	if wholes == 0 || older {
		return ""
	}
	_, clause := clauseAt(t, all[i].start)
	list := []tally{}
	for _, a := range all[i:] {
		if a.unit == whole.unit && a.start < clause {
			if !a.exact {
				return ""
			}
			list = append(list, a)
		}
	}
	sum := 0.0
	for _, a := range list {
		if a.value > total {
			return fmt.Sprintf("部分大于整体：“%s”，“%s”", whole.shown, a.shown)
		}
		sum += a.value
	}
	if len(list) < 2 || !p.exclude(list) {
		return ""
	}
	last := restWords.holds(list[len(list)-1].label)
	if sum > total || last && wholes == 1 && sum != whole.value {
		return fmt.Sprintf("各部分相加是%s%s，整体是“%s”", number(sum), whole.unit, whole.shown)
	}
	return ""
}

// exclude reports whether every part of a list is an outcome of one sort, so
// that nothing is counted twice.
func (p figurePairs) exclude(list []tally) bool {
	for _, apart := range p.apart {
		if !slices.ContainsFunc(list, func(a tally) bool { return !apart.holds(a.label) && !restWords.holds(a.label) }) {
			return true
		}
	}
	return false
}

// conflict is a part greater than its whole, or a rate that is not that of its
// part to its whole, or "".
func (p figurePair) conflict(t []rune, all []tally, older bool) string {
	for i := range all {
		if !p.whole.ends(strings.TrimSuffix(all[i].label, "共")) || !all[i].exact {
			continue
		}
		for k := i + 1; k < len(all) && k <= i+2; k++ {
			part := all[k]
			if part.unit != all[i].unit || !part.exact || !p.part.ends(part.label) {
				continue
			}
			if part.value > all[i].value && !older {
				return fmt.Sprintf("部分大于整体：“%s”，“%s”", all[i].shown, part.shown)
			}
			if r, stated, ok := p.rateAfter(t, part.end); ok && !near(100*part.value/all[i].value, stated) {
				return fmt.Sprintf("“%s”“%s”，算出的比例是%.1f%%，写的是“%s”", all[i].shown, part.shown, 100*part.value/all[i].value, r)
			}
		}
	}
	return ""
}

// rateAfter is the pair's rate told after place i, as it stands and as a
// number of percent.
func (p figurePair) rateAfter(t []rune, i int) (shown, stated string, ok bool) {
	for at := p.rate.in(t, i, len(t)); at >= 0; at = p.rate.in(t, at+1, len(t)) {
		k := at + p.rate.at(t, at)
		from, _ := clauseAt(t, at)
		for k < len(t) && strings.ContainsRune("为达到均约是:", t[k]) {
			k++
		}
		_, n := arabic(t, k)
		if n == 0 || k+n >= len(t) || t[k+n] != '%' || at != from {
			continue
		}
		return string(t[at : k+n+1]), string(t[k : k+n]), true
	}
	return "", "", false
}

// near reports whether a rate, rounded or cut as stated, is right.
func near(rate float64, stated string) bool {
	unit := 1.0
	if i := strings.IndexByte(stated, '.'); i >= 0 {
		unit = math.Pow(10, float64(i+1-len(stated)))
	}
	v, _ := arabic([]rune(stated), 0)
	return math.Abs(rate-v) <= unit+1e-9
}

// told is a total of the whole paper with where it stands.
type told struct {
	value    float64
	shown    string
	sentence corpus.Sentence
}

var (
	// before the one total of a year
	wholeYear = words(`全年共计 全年累计 全年共 全年总共 全年 本年度共 年内共 年度内共`)
	// a sentence with one of these tells of another time or of a part
	otherScope = words(`上半年 下半年 季度 月 去年 上年 往年 同比 近年 以来 其中 分别 各 联合 配合 牵头 所属 下属 指导 辖区 计划 目标`)
)

const leastLabel = 6 // runes of what is counted, so that it is one certain thing

// toldTwice looks for a total of the year that the paper told before with
// another value: the same words, at the beginning of a sentence. A sentence
// that names another time, a part or a body of its own is not held against it.
func (c *Case) toldTwice(f *File, ps *corpus.Passage, s corpus.Sentence, t []rune, all []tally, seen map[string]told) (first told, shown string, ok bool) {
	at := leadNumber(t)
	n := wholeYear.at(t, at)
	if n == 0 || len(ps.Headings) > 3 || otherScope.in(t, 0, all[0].start) >= 0 || !all[0].exact {
		return told{}, "", false
	}
	if y, _ := firstYear(t); y > 0 && y != c.year(f) {
		return told{}, "", false
	}
	from, _ := clauseAt(t, all[0].start)
	what := strings.TrimLeft(string(t[at+n:all[0].start]), "共总累计")
	if from > at || len([]rune(what)) < leastLabel {
		return told{}, "", false
	}
	key := what + all[0].unit
	first, known := seen[key]
	if !known {
		seen[key] = told{all[0].value, string(t[at:all[0].end]), s}
		return told{}, "", false
	}
	return first, string(t[at:all[0].end]), first.value != all[0].value
}
