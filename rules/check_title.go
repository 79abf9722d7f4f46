package rules

import (
	"fmt"
	"slices"
	"strings"

	"duibiao/corpus"
)

const (
	republic  = "中华人民共和国"
	mostWrong = 5 // sentences with wrong titles that are shown of one paper
)

// title is the name of a paper as it is quoted in a sentence.
type title struct {
	name    string      // folded
	version string      // what stands in the brackets behind it, such as "2017年修正"
	span    corpus.Span // in runes of the folded sentence, brackets included
}

// wrongTitles: a known misnomer, a dated plan with the wrong years, the name
// of a national law that is off by one character, a law that another has
// replaced, or a text of it that is no longer in force.
func wrongTitles(c *Case) []Finding {
	known := &c.Set.words().laws
	return c.eachFile(func(f *File) []Finding {
		var out []Finding
		told := map[string]bool{}
		year := c.year(f)
		eachSentence(f, func(ps *corpus.Passage, s corpus.Sentence) bool {
			var says, values, rights []string
			folded := corpus.Fold(s.Text)
			t := folded.Runes
			for _, q := range append(quotedTitles(t), known.openPlans(t)...) {
				right, why := known.wrong(q, t, year)
				if right == "" || told[q.name+q.version] {
					continue
				}
				told[q.name+q.version] = true
				b := folded.Back(q.span.Start, q.span.End)
				shown := strings.Join(strings.Fields(string([]rune(s.Text)[b.Start:b.End])), "")
				says = append(says, fmt.Sprintf("写的是%s，%s%s", shown, why, right))
				values, rights = append(values, shown), append(rights, right)
			}
			if says != nil {
				out = append(out, Finding{Doc: f.ID, Severity: Medium, Evidence: quote(f, ps, s), Value: strings.Join(values, "、"), Threshold: strings.Join(rights, "、"),
					Message: fmt.Sprintf("疑似引用错误：%s。", strings.Join(says, "；")), Ask: "请核对文件的名称、年份和是否现行有效。"})
			}
			return len(out) < mostWrong
		})
		return out
	})
}

// quotedTitles are the titles in 《》, outermost only, each with the brackets
// that say of which year's text it is.
func quotedTitles(t []rune) []title {
	var out []title
	depth, from := 0, 0
	for i, r := range t {
		switch r {
		case '《':
			if depth == 0 {
				from = i + 1
			}
			depth++
		case '》':
			if depth == 1 {
				q := title{name: string(t[from:i]), span: corpus.Span{Start: from - 1, End: i + 1}}
				switch end := closing(t, i+1); {
				case end < 0:
				case versionWords.in(t, i+2, end) >= 0 || bareYear(t[i+2:end]):
					q.version, q.span.End = string(t[i+2:end]), end+1
				case yearsOnly(string(t[i+1:end+1])) != "": // 《…纲要》(2021-2025年)
					q.name, q.span.End = q.name+string(t[i+1:end+1]), end+1
				}
				if at := strings.LastIndex(q.name, "("); at > 0 && strings.HasSuffix(q.name, ")") && versionWords.in([]rune(q.name[at:]), 0, 20) >= 0 {
					q.name, q.version = q.name[:at], strings.Trim(q.name[at:], "()")
				}
				out = append(out, q)
			}
			depth = max(0, depth-1)
		}
	}
	return out
}

// bareYear reports whether all that stands in brackets is a year: (2007年).
func bareYear(t []rune) bool {
	_, n := arabic(t, 0)
	return n == 4 && len(t) == 5 && t[4] == '年'
}

// tellsHistory reports whether a sentence speaks of what was, and no longer is.
func tellsHistory(t []rune) bool {
	if formerly.in(t, 0, len(t)) >= 0 {
		return true
	}
	for i, r := range t {
		if r == '原' && notFormer.at(t, i) == 0 {
			return true
		}
	}
	return false
}

// closing is the ")" of a bracket that opens at i and is not long, or -1.
func closing(t []rune, i int) int {
	if i >= len(t) || t[i] != '(' {
		return -1
	}
	return indexRunes(t, i, min(len(t), i+14), []rune(")"))
}

var (
	versionWords = words(`修正 修订 版`)
	// a sentence with one of these tells history, and so does 原 before a name
	formerly  = words(`撤销 改革前 划转 并入 更名 前身 曾 旧 废止 失效 修订前 修改前 当时 取代 替代 替换 代替 此前 以前 对比 相比`)
	notFormer = words(`原因 原则 原本 原来 原告 原有 原件 原料 原创 原始 原理 原材料 原油 原野 原址`)
	// a plan that stands without 《》 is the national one after these
	planBefore = "实彻照据绕习院央和与、,行《"
)

// issuers may stand before a title and are no part of it.
var issuers = []string{"中共中央办公厅", "中共中央", "国务院办公厅", "国务院"}

func (k *lawNames) withoutIssuer(name string) string {
	bare := name
	for _, who := range issuers {
		bare = strings.TrimLeft(strings.TrimPrefix(bare, who), "、,")
	}
	if _, known := k.right[strings.TrimPrefix(name, republic)]; known {
		return name
	}
	return bare
}

// lawNames knows the right titles.
type lawNames struct {
	right    map[string]Law    // by bare name
	wrongs   map[string]string // misnomer -> right title
	replaced map[string]Law    // a title that is no longer -> what came in its place
	plans    []Law
	opens    [][]rune         // the folded titles of plans
	bySize   map[int][]string // bare names by length, laws and long 条例
}

func knownLaws(s *Set) lawNames {
	k := lawNames{right: map[string]Law{}, wrongs: map[string]string{}, replaced: map[string]Law{}, bySize: map[int][]string{}}
	for _, l := range s.Laws {
		bare := strings.TrimPrefix(string(foldRunes(l.Title)), republic)
		k.right[bare] = l
		if l.Years != "" {
			k.plans, k.opens = append(k.plans, l), append(k.opens, foldRunes(l.Title))
		} else {
			for _, e := range l.Earlier {
				k.replaced[string(foldRunes(e))] = l
			}
		}
		if n := len([]rune(bare)); nearable(bare, n) {
			k.bySize[n] = append(k.bySize[n], bare)
		}
		for _, w := range l.Wrong {
			k.wrongs[string(foldRunes(w))] = l.Title
		}
	}
	return k
}

// nearable reports whether a title is long enough for one wrong character to
// tell it from another title.
func nearable(bare string, n int) bool {
	return strings.HasSuffix(bare, "法") && n >= 5 || strings.HasSuffix(bare, "条例") && n >= 9
}

// openPlans are dated plans that stand without 《》.
func (k *lawNames) openPlans(t []rune) []title {
	var out []title
	if !slices.Contains(t, '(') {
		return nil
	}
	for _, w := range k.opens {
		for i := range t {
			if !hasAt(t, i, w) || i > 0 && isHan(t[i-1]) && !strings.ContainsRune(planBefore, t[i-1]) {
				continue
			}
			if end := closing(t, i+len(w)); end > 0 && !within(t, i) {
				out = append(out, title{name: string(t[i : end+1]), span: corpus.Span{Start: i, End: end + 1}})
			}
		}
	}
	return out
}

// within reports whether place i stands inside 《》.
func within(t []rune, i int) bool {
	depth := 0
	for _, r := range t[:i] {
		switch r {
		case '《':
			depth++
		case '》':
			depth = max(0, depth-1)
		}
	}
	return depth > 0
}

// wrong is what should stand in place of a title, and the words before it, or
// "". year is that of the paper.
func (k *lawNames) wrong(q title, sentence []rune, year int) (right, why string) {
	q.name = k.withoutIssuer(q.name)
	bare := strings.TrimPrefix(q.name, republic)
	history := tellsHistory(sentence)
	if r, ok := k.wrongs[bare]; ok {
		return "《" + r + "》", "应为"
	}
	if l, ok := k.replaced[bare]; ok {
		if history || year <= firstVersion(l) {
			return "", ""
		}
		return "《" + l.Title + "》", "已经失效，现行的是"
	}
	if l, ok := k.right[bare]; ok {
		last := lastVersion(l)
		if v := versionYear(q.version); v > 0 && v < last && year > last && !history && !strings.Contains(string(sentence), fmt.Sprint(last)) {
			return fmt.Sprintf("《%s》（%d年修订或修正）", l.Title, last), "此后又有修改，应核对是否为"
		}
		return "", ""
	}
	if r := k.wrongSpan(q.name); r != "" {
		return r, "应为"
	}
	if r := k.withoutFiller(bare, q.name != bare); r != "" {
		return "《" + k.right[r].Title + "》", "应为"
	}
	if r := k.otherKind(bare, q.name != bare); r != "" && follows(sentence, q.span.Start) {
		return "《" + k.right[r].Title + "》", "应为"
	}
	if r := k.near(bare); r != "" && (q.name != bare || len([]rune(bare)) >= 6) {
		return "《" + k.right[r].Title + "》", "应为"
	}
	return "", ""
}

func lastVersion(l Law) int {
	if len(l.Versions) == 0 {
		return 0
	}
	return atoi(l.Versions[len(l.Versions)-1][:4])
}

func firstVersion(l Law) int {
	if len(l.Versions) == 0 {
		return 9999
	}
	return atoi(l.Versions[0][:4])
}

// versionYear is the year in "2017年修正", or 0.
func versionYear(s string) int {
	t := []rune(s)
	for i := range t {
		if v, n := arabic(t, i); n == 4 && v > 1949 && v < 2100 {
			return int(v)
		}
	}
	return 0
}

// wrongSpan is the right title of a dated plan that is quoted with years it
// never had, or "".
func (k *lawNames) wrongSpan(name string) string {
	for i, p := range k.plans {
		rest, ok := strings.CutPrefix(name, string(k.opens[i]))
		if !ok || !strings.HasPrefix(rest, "(") {
			continue
		}
		span := yearsOnly(rest)
		if span == "" || span == p.Years {
			return ""
		}
		for _, e := range p.Earlier {
			if span == e {
				return ""
			}
		}
		return "《" + p.Title + "（" + strings.Replace(p.Years, "-", "—", 1) + "年）》"
	}
	return ""
}

// fillers are words that people put into the name of a law that has none.
var fillers = []string{"管理", "监督", "保护", "促进"}

// withoutFiller is the known law whose name this one is with a word too many:
// 旅游管理法, or, where it is cited as a law of the republic, with any word:
// 中华人民共和国行政强制执行法. Or "".
func (k *lawNames) withoutFiller(bare string, national bool) string {
	for _, w := range fillers {
		if stem, ok := strings.CutSuffix(bare, w+"法"); ok {
			if l, known := k.right[stem+"法"]; known && strings.HasSuffix(l.Title, "法") {
				return stem + "法"
			}
		}
	}
	r := []rune(bare)
	for i := 2; national && strings.HasSuffix(bare, "法") && i+2 < len(r); i++ {
		name := string(r[:i]) + string(r[i+2:])
		if _, known := k.right[name]; known && len(r)-2 >= 4 {
			return name
		}
	}
	return ""
}

// near is the one known title from which this one is off by one rune, or "".
// A place's own rules are never compared with the nation's.
func (k *lawNames) near(bare string) string {
	r := []rune(bare)
	if !nearable(bare, len(r)) || strings.ContainsAny(bare, "省市县区州") {
		return ""
	}
	for n := len(r) - 1; n <= len(r)+1; n++ {
		for _, l := range k.bySize[n] {
			if oneOff(r, []rune(l)) {
				return l
			}
		}
	}
	return ""
}

const leastStem = 6 // runes of a title without the word for its kind that tell it from others

// kindsOfRules are the words for the kind of a title; the last is looked for
// only where a title is cited as one of the republic.
var kindsOfRules = []string{"条例", "规定", "办法", "决定", "细则", "法"}

// otherKind is the one known title from which this one differs only in the word
// for its kind, or in 暂行: 政府督查工作办法, which is a 条例. Or "".
func (k *lawNames) otherKind(bare string, national bool) string {
	kinds := kindsOfRules
	if !national {
		kinds = kinds[:len(kinds)-1]
	}
	for _, kind := range kinds {
		stem, ok := strings.CutSuffix(bare, kind)
		stem = strings.TrimSuffix(stem, "暂行")
		if n := len([]rune(stem)); !ok || n < leastStem && (!national || n < 4) || strings.ContainsAny(stem, "省市县区州") {
			continue
		}
		for _, other := range kinds {
			for _, name := range []string{stem + other, stem + "暂行" + other} {
				if _, known := k.right[name]; known && name != bare {
					return name
				}
			}
		}
	}
	return ""
}

var following = words(`对照 依照 按照 遵照 根据 依据 执行 落实 贯彻 学习 遵守 参照`)

// follows reports whether what is cited at i is followed, as the rules of others
// are, and not made or changed by the unit itself.
func follows(t []rune, i int) bool {
	from, _ := clauseAt(t, i)
	return following.in(t, from, i) >= 0
}

// yearsOnly is "2021-2025" of "(2021-2025年)", or "".
func yearsOnly(s string) string {
	t := []rune(s)
	for i := range t {
		if a, b, ok := yearSpan(t, i); ok {
			return fmt.Sprintf("%d-%d", a, b)
		}
	}
	return ""
}

// oneOff reports whether two names differ by one rune put in, left out or
// changed, or by two neighbours that changed places.
func oneOff(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || string(a) == string(b) {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		swapped := i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && string(a[i+2:]) == string(b[i+2:])
		return swapped || string(a[i+1:]) == string(b[i+1:])
	}
	return string(a[i:]) == string(b[i+1:])
}
