package rules

import (
	"regexp"
	"slices"
	"strings"
)

// exemption is what a note below a table says of single items: 第7项不适用于
// 市统计局, 第12至17项只考核有执法权的单位, 第9项：市司法局、市财政局.
type exemption struct {
	items [][2]string // their numbers as the table has them, each the first and the last of a range
	units []string
	only  bool // the units are the only ones judged
}

var (
	notJudgedWords  = words(`不考核 不适用于 不适用 不涉及 免于考核 免考 不参与 不参加 不计分 不作要求 不评 不测 不列入 不纳入考核`)
	onlyJudgedWords = words(`只考核 仅考核 只适用于 仅适用于 只测 仅测 只评 仅评 只由 仅由 只对 仅对 只针对`)
	exemptionFill   = strings.NewReplacer("的单位", "的单位、", "对", "、", "考核", "", "情况", "", "均", "", "指标", "", "，", "、", "“", "", "”", "", "：", "、", ":", "、")
	itemList        = regexp.MustCompile(`(第|编号|序号)?(` + itemNo + `(?:(?:[、，,和及]|[至到—~～-])第?` + itemNo + `)*)`)
	itemRange       = regexp.MustCompile(`(` + itemNo + `)(?:[至到—~～-]第?(` + itemNo + `))?`)
	namedFor        = regexp.MustCompile(`^(?:的?责任单位|的?考核对象)?[为是由:：](.+)$`)
	onlyAside       = regexp.MustCompile(`[（(](?:只|仅)(?:考核|测|评|适用于|针对|对)([^（）()]{2,20})[）)]`)
)

const itemNo = `\d{1,3}(?:\.\d{1,3})*项?`

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
	s = halfBrackets.Replace(strings.Join(strings.Fields(s), ""))
	before, numbers, after, ok := itemsNamed(s)
	if !ok {
		return exemption{}, false
	}
	e := exemption{items: numbers}
	if m := namedFor.FindStringSubmatch(after); m != nil {
		e.units, e.only = splitUnits(m[1]), true
		if !slices.ContainsFunc(e.units, func(u string) bool { return !unitName(u) }) {
			return e, len(e.units) > 0
		}
		e = exemption{items: numbers}
	}
	rest := []rune(before + "、" + after)
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

// itemsNamed finds the items that a sentence names by number: 第3、5项, 第12至
// 17项, 编号2.1至2.3, 4.1; and what stands before and after.
func itemsNamed(s string) (before string, numbers [][2]string, after string, ok bool) {
	for _, m := range itemList.FindAllStringSubmatchIndex(s, -1) {
		list := s[m[0]:m[1]]
		lead := ""
		if m[2] >= 0 {
			lead = s[m[2]:m[3]]
		}
		amount := len(s) > m[1] && strings.ContainsRune("分%％个万亿元倍月年日", []rune(s[m[1]:])[0])
		if lead == "第" && !strings.Contains(list, "项") || lead == "" && (amount || !strings.Contains(list, ".")) {
			continue
		}
		for _, r := range itemRange.FindAllStringSubmatch(list, -1) {
			first, last := strings.TrimSuffix(r[1], "项"), strings.TrimSuffix(r[2], "项")
			if last == "" {
				last = first
			}
			numbers = append(numbers, [2]string{first, last})
		}
		return s[:m[0]], numbers, s[m[1]:], true
	}
	return "", nil, "", false
}

// numbered are the places of the items from number first to number last, in the
// order of the table.
func (im *importer) numbered(first, last string) []int {
	from, to := -1, -1
	for i, it := range im.items {
		no := strings.TrimRight(it.No, ".．、")
		if no == first && from < 0 {
			from = i
		}
		if no == last {
			to = i
		}
	}
	var out []int
	for i := from; from >= 0 && i <= to; i++ {
		out = append(out, i)
	}
	return out
}

// applyExemptions writes what the notes exempt, and what brackets in an item's
// own name do, into the items' 责任单位.
func (im *importer) applyExemptions() {
	for i := range im.items {
		if m := onlyAside.FindStringSubmatch(im.items[i].Title); m != nil && unitWord(m[1]) {
			im.items[i].Applies = splitUnits(m[1])
		}
	}
	for _, e := range im.exemptions {
		for _, r := range e.items {
			for _, i := range im.numbered(r[0], r[1]) {
				im.items[i].exempt(e)
			}
		}
	}
}

func (it *Indicator) exempt(e exemption) {
	if e.only {
		it.Applies = slices.Clone(e.units)
		return
	}
	if len(it.Applies) == 0 {
		it.Applies = []string{"各单位"}
	}
	for _, u := range e.units {
		it.Applies = append(it.Applies, u+"除外")
	}
}
