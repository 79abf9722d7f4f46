package rules

import (
	"slices"
	"strconv"
	"strings"
)

// exemption is what a note below a table says of single items: 第7项不适用于
// 市统计局, 第12至17项只考核有执法权的单位.
type exemption struct {
	numbers []int
	units   []string
	only    bool // the units are the only ones judged
}

var (
	notJudgedWords  = words(`不考核 不适用于 不适用 不涉及 免于考核 免考 不参与 不参加 不计分 不作要求 不评 不列入 不纳入考核`)
	onlyJudgedWords = words(`只考核 仅考核 只适用于 仅适用于 只由 仅由 只对 仅对 只针对`)
	exemptionFill   = strings.NewReplacer("的单位", "的单位、", "对", "、", "考核", "", "情况", "", "均", "", "指标", "", "，", "、", "“", "", "”", "", "：", "、", ":", "、")
)

// exempt reads such notes sentence by sentence, and reports whether there is one.
func (im *importer) exempt(note string) bool {
	found := false
	for s := range strings.FieldsFuncSeq(note, func(r rune) bool { return strings.ContainsRune("。；;\n", r) }) {
		if e, ok := exemptionIn(s); ok {
			im.exemptions = append(im.exemptions, e)
			found = true
		}
	}
	return found
}

func exemptionIn(s string) (exemption, bool) {
	t := []rune(halfBrackets.Replace(strings.Join(strings.Fields(s), "")))
	from := slices.Index(t, '第')
	if from < 0 {
		return exemption{}, false
	}
	to := from + 1
	for to < len(t) && (isDigit(t[to]) || strings.ContainsRune("、，,至到-—~第项和及", t[to])) {
		to++
	}
	numbers := itemNumbers(string(t[from:to]))
	if len(numbers) == 0 || t[to-1] != '项' && !slices.Contains(t[from:to], '项') {
		return exemption{}, false
	}
	rest := append(append(slices.Clone(t[:from]), '、'), t[to:]...)
	e := exemption{numbers: numbers}
	at := onlyJudgedWords.in(rest, 0, len(rest))
	n := onlyJudgedWords.at(rest, max(at, 0))
	if e.only = at >= 0; !e.only {
		at = notJudgedWords.in(rest, 0, len(rest))
		n = notJudgedWords.at(rest, max(at, 0))
	}
	if at < 0 {
		return exemption{}, false
	}
	text := string(rest[:at]) + "、" + string(rest[at+n:])
	if i := strings.LastIndexAny(text, ".．"); i >= 0 && i < 8 {
		text = text[i+1:]
	}
	for _, u := range splitUnits(exemptionFill.Replace(text)) {
		u = strings.Trim(u, "在由的为按")
		if unitWord(u) || unitName(u) {
			e.units = append(e.units, u)
		}
	}
	return e, len(e.units) > 0
}

// itemNumbers reads 第3、5项, 第12至17项.
func itemNumbers(s string) []int {
	var out []int
	last, through := 0, false
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、，,第项和及", r) }) {
		through = false
		for _, d := range strings.FieldsFunc(strings.NewReplacer("至", "-", "到", "-", "—", "-", "~", "-").Replace(w), func(r rune) bool { return r == '-' }) {
			n, err := strconv.Atoi(d)
			if err != nil || n > 999 {
				continue
			}
			for k := last + 1; through && k < n; k++ {
				out = append(out, k)
			}
			out = append(out, n)
			last, through = n, true
		}
	}
	return out
}

// applyExemptions writes what the notes exempt into the items' 责任单位.
func (im *importer) applyExemptions() {
	for _, e := range im.exemptions {
		for i := range im.items {
			it := &im.items[i]
			if n, err := strconv.Atoi(it.No); err != nil || !slices.Contains(e.numbers, n) {
				continue
			}
			if e.only {
				it.Applies = slices.Clone(e.units)
				continue
			}
			if len(it.Applies) == 0 {
				it.Applies = []string{"各单位"}
			}
			for _, u := range e.units {
				it.Applies = append(it.Applies, u+"除外")
			}
		}
	}
}
