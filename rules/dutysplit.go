package rules

import (
	"regexp"
	"slices"
	"strings"
)

// splitUnits splits a cell or note that lists units, leaving 县（市、区） and what
// else stands in brackets whole. Who leads and who helps is not told apart.
func splitUnits(s string) []string {
	var units []string
	for _, t := range dutyTerms(s) {
		units = append(units, t.text)
	}
	return units
}

// leads are the words of a cell of those who lead, where it says who does, and
// else all of them.
func leads(s string) []string {
	terms := dutyTerms(s)
	named := slices.ContainsFunc(terms, func(t dutyTerm) bool { return t.role == leading })
	var units []string
	for _, t := range terms {
		if !named || t.role != helping {
			units = append(units, t.text)
		}
	}
	return units
}

// dutyTerm is a word of a cell, with the part in the matter that the cell gives
// to those it means.
type dutyTerm struct {
	text string
	role dutyRole
}

type dutyRole int

const (
	anyRole dutyRole = iota
	leading
	helping
)

var (
	roleLabel  = regexp.MustCompile(`(?:[（(]\d[）)]|\d[.、])?(牵头|主责|主办|责任|负责|配合|协办|协助|参与|参加)(?:单位|部门|机关|方)?[:：]`)
	roleEnd    = regexp.MustCompile(`(?:共同|联合|具体|跟着|按职责|按职责分工)?(牵头|带头|主责|主办|配合|协办|协助|参与|参加|跟着做|一起做|分工负责|负责|落实)(?:落实|实施|办理|负责)?$`)
	roleAside  = regexp.MustCompile(`[（(](?:共同|联合)?(牵头|主责|主办|责任|配合|协办|协助|参与|参加)(?:单位|部门)?[）)]$`)
	unitNumber = regexp.MustCompile(`^(?:[（(]\d{1,2}[）)]|\d{1,2}[.．、)）]|[①-⑳])\s*`)
	addition   = strings.NewReplacer("”“", "、", "再加上", "、", "再加", "、", "会同", "、", "以及", "、", "连同", "、", "＋", "、", "+", "、", "／", "/", "　", " ", "“", "", "”", "", "\"", "", "「", "", "」", "")
)

func roleOf(word string) dutyRole {
	switch word {
	case "牵头", "带头", "主责", "主办", "责任", "负责":
		return leading
	}
	return helping
}

// dutyTerms reads the words of a cell.
func dutyTerms(s string) []dutyTerm {
	s = addition.Replace(strings.TrimSpace(footnote.ReplaceAllString(s, "")))
	s = roleLabel.ReplaceAllString(s, "\n$0")
	var terms []dutyTerm
	for chunk := range strings.FieldsFuncSeq(s, outsideBrackets("；;\n\r。")) {
		role := anyRole
		chunk = strings.TrimSpace(chunk)
		if m := roleLabel.FindStringSubmatchIndex(chunk); m != nil && m[0] == 0 {
			role, chunk = roleOf(chunk[m[2]:m[3]]), chunk[m[1]:]
		}
		for part := range strings.FieldsFuncSeq(exceptFirst(chunk), outsideBrackets("，,")) {
			from := len(terms)
			terms = appendTerms(terms, part, role)
			if m := roleEnd.FindStringSubmatch(part); m != nil {
				for i := from; i < len(terms); i++ {
					if terms[i].role == anyRole {
						terms[i].role = roleOf(m[1])
					}
				}
			}
		}
	}
	return terms
}

// appendTerms reads the words of a part of a cell without commas. Of 市税务局、市
// 气象局除外 each says that it is left out.
func appendTerms(terms []dutyTerm, part string, role dutyRole) []dutyTerm {
	part = strings.TrimSpace(part)
	out := ""
	if rest, ok := leftOut(part); ok && !strings.ContainsAny(part, "（(") {
		part, out = rest, "除外"
		if part == "" && len(terms) > 0 { // 市司法局无行政处罚权，不在此列
			terms[len(terms)-1].text += out
			return terms
		}
	} else if !strings.ContainsAny(part[max(0, len(part)-3):], "）)") {
		part = strings.TrimSuffix(part, roleEnd.FindString(part))
	}
	var words []string
	for w := range strings.FieldsFuncSeq(part, outsideBrackets("、\t /")) {
		words = append(words, splitAtAnd(unitNumber.ReplaceAllString(strings.TrimSpace(w), ""))...)
	}
	words = slices.DeleteFunc(words, func(w string) bool { return strings.TrimSpace(w) == "" })
	ofOneKind(words)
	ofOneFrame(words)
	from := len(terms)
	for _, w := range words {
		t := dutyTerm{text: strings.TrimSpace(w) + out, role: role}
		if m := roleAside.FindStringSubmatch(t.text); m != nil {
			t.text, t.role = strings.TrimSuffix(t.text, m[0]), roleOf(m[1])
		} else if m := roleEnd.FindStringSubmatch(t.text); m != nil && t.text != m[0] {
			t.text, t.role = strings.TrimSuffix(t.text, m[0]), roleOf(m[1])
		}
		if terms = append(terms, t); t.role == helping { // 县政府办、各乡镇（配合）
			for i := range terms[from:] {
				if terms[from+i].role == anyRole {
					terms[from+i].role = helping
				}
			}
		}
	}
	return terms
}

// ofOneKind gives each name of a list the kind that only the last one bears:
// 东湖、西岭两个街道; 甲、乙组; 坝区、山区乡镇.
func ofOneKind(units []string) {
	last := len(units) - 1
	if last < 1 {
		return
	}
	m := countedKind.FindStringSubmatch(units[last])
	if m == nil {
		m = sharedKind.FindStringSubmatch(units[last])
	}
	if m == nil || slices.ContainsFunc(units[:last], func(u string) bool {
		return unitName(u) && m[2] != "乡镇" || unitWord(u) && m[2] != "乡镇" || strings.HasSuffix(u, m[2])
	}) {
		return
	}
	for i := range units[:last] {
		if m[2] == "乡镇" && unitWord(strings.TrimSuffix(units[i], "区")) {
			return
		}
	}
	for i := range units[:last] {
		units[i] += m[2]
	}
	units[last] = m[1] + m[2]
}

// ofOneFrame gives each word of a list the words about the roster that stand
// around all of it: 名册中类别为县区和开发区管委会的单位.
func ofOneFrame(words []string) {
	if len(words) < 2 {
		return
	}
	first, ok := ofRoster(words[0])
	last := rosterTail.ReplaceAllString(words[len(words)-1], "")
	if !ok || first == "" || !strings.Contains(words[0], "类别") || last == words[len(words)-1] {
		return
	}
	words[0] = first
	if !strings.HasSuffix(words[len(words)-1], "类的单位") {
		words[len(words)-1] = last
	} else {
		words[len(words)-1] = strings.TrimSuffix(words[len(words)-1], "的单位")
	}
	for i := range words {
		words[i] = "类别为" + words[i] + "的单位"
	}
}

var (
	countedKind = regexp.MustCompile(`^(\p{Han}{2,6}?)(?:[两二三四五六七八九十]|\d+)个?(街道|乡镇|镇|乡|局|县|区)$`)
	sharedKind  = regexp.MustCompile(`^([甲乙丙丁A-D一二三四]|\p{Han}{2})[两三四]?(组|类|乡镇)(?:单位)?$`)
)

// outsideBrackets finds the separators of a text that stand in no bracket. It
// remembers how deep it is, so that each text wants one of its own.
func outsideBrackets(separators string) func(rune) bool {
	depth := 0
	return func(r rune) bool {
		switch r {
		case '（', '(':
			depth++
		case '）', ')':
			depth = max(0, depth-1)
		}
		return depth == 0 && strings.ContainsRune(separators, r)
	}
}

// exceptFirst turns 除市气象局外的各单位 into 各单位（市气象局除外）.
func exceptFirst(s string) string {
	if m := butForAmong.FindStringSubmatch(strings.TrimSpace(s)); m != nil { // 市直部门中，除市科技局、市司法局外的其他部门
		return m[1] + "（" + m[2] + "除外）"
	}
	m := butForFirst.FindStringSubmatch(strings.TrimSpace(s))
	if m == nil {
		m = butForComma.FindStringSubmatch(strings.TrimSpace(s))
	}
	if m == nil {
		return s
	}
	base, more := strings.TrimLeft(m[2], "，,的 "), ""
	if i := strings.IndexAny(base, "，,、"); i > 0 {
		base, more = base[:i], base[i:]
	}
	if base = othersWord.ReplaceAllString(base, ""); base == "" {
		base = "各单位"
	}
	return base + "（" + m[1] + "除外）" + more
}

var (
	butForFirst = regexp.MustCompile(`^除了?([^（(]+?)(?:以外|之外|外)((?:的|[，,]|各|全|所|其|剩|都|均|大|市|县|区|乡|镇|$).*)$`)
	butForAmong = regexp.MustCompile(`^([^、，,（(]{2,20}?)(?:里头|里面|当中|之中|中|里)的?[，,]?除了?([^（(]+?)(?:以外|之外|外)的?\p{Han}*$`)
	butForComma = regexp.MustCompile(`^除了([^（(，,]+)[，,](.*)$`)
	othersWord  = regexp.MustCompile(`^(?:其他|其它|其余|余下|剩下)的?(?:单位|各单位|部门)?(?:全部适用|[都均]?(?:要|须)?[做报考适]?用?)?$`)
)

// splitAtAnd splits at 和, 及, 与 and 加上 where what stands before is a whole
// unit: many names hold such a word, as 自然资源和规划局 does.
func splitAtAnd(w string) []string {
	var units []string
	from := 0
	for i, r := range w {
		if i >= from && strings.ContainsRune("和及与跟", r) && strings.Count(w[:i], "（") == strings.Count(w[:i], "）") && strings.Count(w[:i], "(") == strings.Count(w[:i], ")") && endsWithAny(w[from:i], wholeEnds) {
			units = append(units, w[from:i])
			from = i + len(string(r))
		}
	}
	if from < len(w) {
		units = append(units, w[from:])
	}
	return units
}

// wholeEnds are the last words of units and of groups of them.
var wholeEnds = []string{"局", "委", "办", "府", "厅", "院", "会", "部", "部门", "单位", "机关", "镇", "乡", "街道", "街", "中心", "公司", "队", "县", "区", "市", "直", "所", "站", "组", "类", ")", "）"}
