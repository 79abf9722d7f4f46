package rules

import (
	"regexp"
	"slices"
	"strings"
)

// exemption is what a note below a table says of single items: 第7项不适用于
// 市统计局, 第12至17项只考核有执法权的单位, 第9项：市司法局、市财政局, “四、行政执法”
// 部分不考核群团, 国有企业只考核第1项; and, where it names neither items nor
// sections, of all of them: 市数据局不参加考核.
type exemption struct {
	items  [][2]string // their numbers as the table has them, each the first and the last of a range
	where  string      // the statement, which may name sections; "" where items are named
	units  []string
	only   bool // the units are the only ones judged
	named  bool // they are named in place of whom the cell names
	others bool // the units are judged by these items only
	also   bool // the units are judged beside those of the table

	from, to int // the items of the small table below which the note stands, when it does
}

var (
	notJudgedWords  = words(`不考核 不考 不适用于 不适用 不涉及 免于考核 免考 不参与 不参加 不计分 不作要求 不评 不测 不列入 不纳入 不纳入考核 不填 不填报 不填写 免填`)
	onlyJudgedWords = words(`只考核 仅考核 只适用于 仅适用于 只测 仅测 只评 仅评 只由 仅由 只对 仅对 只针对 只看 只考 仅考`)
	exemptionFill   = strings.NewReplacer("的单位", "的单位、", "对", "、", "考核", "", "情况", "", "均", "", "指标", "", "，", "、", "“", "", "”", "", "：", "、", ":", "、", "该部分", "", "部分", "、", "板块", "、")
	itemList        = regexp.MustCompile(`(第|编号|序号)?(` + itemNo + `(?:(?:[、，,和及]|[至到—~～-])第?` + itemNo + `)*)`)
	itemRange       = regexp.MustCompile(`(` + itemNo + `)(?:[至到—~～-]第?(` + itemNo + `))?`)
	namedFor        = regexp.MustCompile(`^(?:的?责任单位|的?考核对象)?[为是:：](.+)$`)
	onlyAside       = regexp.MustCompile(`[（(](?:只|仅)(?:考核|测|评|适用于|针对|对)([^（）()]{2,20})[）)]`)
	notAtAll        = regexp.MustCompile(`^(.{2,40}?)(?:(?:为|是|系|因)[^，,。；]*[，,]|(?:今年|本年|去年|刚)[^，,。；]*[，,])?(?:暂|均|都|也)?(?:不参加(?:本年度|今年|本次|本轮|当年)?(?:的)?(?:考核|考评|评价|评估|测评)|不纳入(?:本年度|今年|本次)?(?:的)?(?:考核|考评)(?:范围)?|不列入(?:本年度|今年|本次)?(?:的)?考核(?:范围|对象)?|哪一?项都不考.?|(?:另行|单独)考核|免于考核|不作为(?:本次|本年度)?考核对象)(?:范围|对象)?(?:$|[，,：:（(])`)
	somePart        = regexp.MustCompile(`第[一二三四五六七八九十\d]+(?:部分|类|大项|章|板块|大类|项)|部分|板块|[一二三四五六七八九十]、|该项|此项|栏`)
)

const itemNo = `[A-Z]?\d{1,3}(?:\.\d{1,3})*项?`

// lettered begins a number that has a letter: B3.
var lettered = regexp.MustCompile(`^[A-Z]\d`)

// exempt reads such notes sentence by sentence, and reports whether there is one.
func (im *importer) exempt(note string) bool {
	found := false
	for s := range statements(note) {
		if im.also(s) {
			found = true
		} else if e, ok := exemptionIn(s); ok {
			e.from, e.to = im.noteFrom, im.noteTo
			im.exemptions = append(im.exemptions, e)
			found = true
		}
	}
	return found
}

func exemptionIn(s string) (exemption, bool) {
	s = strings.TrimLeft(halfBrackets.Replace(strings.Join(strings.Fields(s), "")), "*＊※★▲")
	before, numbers, after, ok := itemsNamed(s)
	e := exemption{items: numbers}
	if !ok {
		s = notePart.ReplaceAllString(s, "")
		if m := notAtAll.FindStringSubmatch(s); m != nil && !somePart.MatchString(s) {
			e.units = judgedUnits(m[1])
			return e, len(e.units) > 0
		}
		if !somePart.MatchString(s) {
			return e, false
		}
		e.where, before, after = s, "", s
	}
	if m := namedFor.FindStringSubmatch(after); m != nil && ok {
		e.units, e.only, e.named = splitUnits(m[1]), true, true
		if !slices.ContainsFunc(e.units, func(u string) bool { return !unitName(u) || providing.MatchString(u) }) {
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
	first, last := string(rest[:at]), string(rest[at+n:])
	if e.only && ok && at <= len([]rune(before)) { // 国有企业只考核第1项，其余各项不考核
		if after != "" && !strings.HasPrefix(after, "，") {
			return exemption{}, false // 市司法局只考核第3项数据真实性: it judges
		}
		e.units, e.others, e.only = judgedUnits(first), true, false
		return e, len(e.units) > 0
	}
	if e.only {
		last, _, _ = strings.Cut(last, "，") // 只考核执法类单位，其他单位不考核
		if e.where != "" {
			first = ""
		}
	}
	if i := strings.LastIndex(strings.TrimRight(first, "，"), "，"); i >= 0 && (e.where != "" || strings.Contains(first[:i], "指")) && strings.Trim(first[i:], "，但均都也") != "" {
		first = first[i:] // 有执法权的部门指甲局、乙局，其他部门不考核
	}
	if e.where != "" {
		first = sectionNames.ReplaceAllString(first, "、")
		last = sectionNames.ReplaceAllString(last, "、")
	}
	e.units = judgedUnits(judges.ReplaceAllString(first, "") + "、" + last)
	return e, len(e.units) > 0
}

// judges are who judges, and so not judged: 由市司法局负责考核.
var judges = regexp.MustCompile(`由[^，,、]{2,20}?(?:负责|组织|牵头)*(?:考核|考评|评分|打分|汇总|核定)`)

// providing marks who provides or receives something: 材料报市司法局.
var providing = regexp.MustCompile(`^[由以]|报|来源|数据|材料|人数|网站`)

// sectionNames are how a note speaks of a part of the table.
var sectionNames = regexp.MustCompile(`“[^“”]*”(?:部分|板块|一类|类|指标)?|第[一二三四五六七八九十\d]+(?:部分|大?类|大项|章|板块|项)(?:“[^“”]*”)?(?:的?指标)?|的?指标$`)

// judgedUnits are the units that a statement about who is judged names.
func judgedUnits(text string) []string {
	if i := strings.LastIndexAny(text, ".．"); i >= 0 && i < 8 {
		text = text[i+1:]
	}
	var units []string
	for _, u := range splitUnits(exemptionFill.Replace(sectionNames.ReplaceAllString(text, "、"))) {
		if strings.HasPrefix(u, "其他") || strings.HasPrefix(u, "其余") || strings.Contains(u, "名册") {
			continue // whom the others are the table says already
		}
		u = strings.Trim(comparedWith.ReplaceAllString(u, ""), "在由的为按中但")
		if m := unitWithReason.FindStringSubmatch(u); m != nil {
			u = m[1]
		}
		if partOfUnit.MatchString(u) {
			continue
		}
		if unitWord(u) || unitName(u) || groupName.MatchString(u) || strings.HasSuffix(u, "类") || strings.HasSuffix(u, "组") || strings.HasSuffix(u, "群团") || strings.HasSuffix(u, "企业") || strings.HasSuffix(u, "公司") {
			units = append(units, u)
		}
	}
	return units
}

// unitWithReason is a unit with why it is not judged: 市水利局尚未组建执法队伍.
var unitWithReason = regexp.MustCompile(`^(\p{Han}{2,}?(?:局|委|委员会|办公室|馆|院|中心|镇|乡|街道))(?:尚|因|为|系|刚|没有|无|今年|本年)`)

// partOfUnit is less than a unit, or a matter and no unit: 市直部门的下属企业,
// 乡镇街道编外人员, 市直部门党风廉政建设工作.
var partOfUnit = regexp.MustCompile(`(?:所属|下属|下辖|所辖|内设|派出)\p{Han}|支队$|大队$|(?:人员|工作|任务|数据|案件|案卷|情况|事项|材料|问题|加分|台账|排名|评分|村|社区|村[(（]社区[)）])$|^各单位$`)

// comparedWith is by whose measure a unit is judged: 参照乡镇（街道）考核.
var comparedWith = regexp.MustCompile(`(?:参照|视同|比照).*$`)

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
		if lead == "第" && !strings.Contains(list, "项") || lead == "" && (amount || !strings.Contains(list, ".") && !lettered.MatchString(list)) {
			if !ok || lead != "" || !strings.Contains(list, "项") {
				continue
			}
		}
		for _, r := range itemRange.FindAllStringSubmatch(list, -1) {
			first, last := strings.TrimSuffix(r[1], "项"), strings.TrimSuffix(r[2], "项")
			if last == "" {
				last = first
			}
			numbers = append(numbers, [2]string{first, last})
		}
		if !ok {
			before = s[:m[0]]
		}
		after, ok = s[m[1]:], true
		if next := strings.TrimLeft(after, "、，,和及"); !strings.HasPrefix(next, "第") { // 第5项、第6项不考核群团
			break
		}
	}
	return before, numbers, after, ok
}

// numbered are the places of the items from number first to number last, in the
// order of the table.
func (im *importer) numbered(first, last string) []int {
	from, to := -1, -1
	var out []int
	low, high := atoi(first), atoi(last)
	for i, it := range im.items {
		no := strings.TrimRight(it.No, ".．、")
		if n := atoi(no); low > 0 && low < high {
			if n >= low && n <= high {
				out = append(out, i)
			}
			continue
		}
		if first == last && no == first {
			out = append(out, i) // several rows may bear one number
		}
		if no == first && from < 0 {
			from = i
		}
		if no == last {
			to = i
		}
	}
	for i := from; first != last && from >= 0 && i <= max(from, to); i++ {
		out = append(out, i)
	}
	return out
}

// inSections are the places of the items of the sections that a statement
// names, by their place in the table or by their name: 第三部分, “四、行政执法”部分.
func (im *importer) inSections(statement string) []int {
	var out []int
	order := 0
	last, named := "", false
	for i, it := range im.items {
		if it.Level1 != last || i == 0 {
			last, named = it.Level1, false
			order++
			own := sectionNumber.FindString(it.Level1)
			name := strings.TrimSpace(sectionNumber.ReplaceAllString(unnumbered(clean(it.Level1)), ""))
			for _, tail := range []string{"部分", "大类", "类", "大项", "章", "板块"} {
				named = named || own == "" && strings.Contains(statement, "第"+cardinal(order)+tail)
			}
			named = named || own != "" && strings.Contains(statement, strings.Trim(own, ":： \t、"))
			named = named || len([]rune(name)) >= 4 && strings.Contains(statement, name) || len([]rune(name)) >= 2 && (strings.Contains(statement, name+"部分") || strings.Contains(statement, name+"板块") || strings.Contains(statement, name+"”"))
		}
		if named {
			out = append(out, i)
		}
	}
	return out
}

var sectionNumber = regexp.MustCompile(`^第[一二三四五六七八九十\d]+(?:部分|类|大项|章|板块|大类)[:：、\s]*`)

// cardinal is a number below a hundred in Chinese.
func cardinal(n int) string {
	digits := []string{"", "一", "二", "三", "四", "五", "六", "七", "八", "九"}
	switch tens := n / 10 % 10; tens {
	case 0:
		return digits[n%10]
	case 1:
		return "十" + digits[n%10]
	default:
		return digits[tens] + "十" + digits[n%10]
	}
}

// applyExemptions writes what the notes exempt, and what brackets in an item's
// own name do, into the items' 责任单位.
func (im *importer) applyExemptions() {
	for i := range im.items {
		if m := onlyAside.FindStringSubmatch(im.items[i].Title); m != nil && unitWord(m[1]) {
			im.items[i].Applies = splitUnits(m[1])
		}
	}
	im.applyAsides()
	for _, e := range im.exemptions {
		places := im.inSections(e.where)
		for _, r := range e.items {
			places = append(places, im.numbered(r[0], r[1])...)
		}
		places = e.inSmallTable(places)
		switch {
		case e.where == "" && len(e.items) == 0: // not judged at all
			for i := range im.items {
				im.items[i].exempt(e)
			}
		case e.others:
			for i := range im.items {
				if len(places) > 0 && !slices.Contains(places, i) {
					im.items[i].exempt(e)
				}
			}
		default:
			for _, i := range places {
				im.items[i].exempt(e)
			}
		}
	}
}

func (it *Indicator) exempt(e exemption) {
	if len(it.Applies) == 0 {
		it.Applies = []string{"各单位"}
	}
	if e.also {
		it.Applies = append(it.Applies, e.units...)
		return
	}
	if e.only {
		it.only(e)
		return
	}
	for _, u := range e.units {
		it.Applies = append(it.Applies, u+"除外")
	}
}

// only narrows whom an item is for to those whom a note names.
func (it *Indicator) only(e exemption) {
	if e.named || len(it.Applies) == 1 && madeOf(it.Applies[0], everybodyWords) {
		it.Applies = slices.Clone(e.units)
		return
	}
	for i, w := range it.Applies {
		if _, out := leftOut(w); !out {
			it.Applies[i] = w + "（仅" + strings.Join(e.units, "、") + "）"
		}
	}
}
