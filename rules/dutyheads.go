package rules

import (
	"regexp"
	"slices"
	"strings"
)

// dutyHead is a heading of a table: a row of its own, the title of one of
// several small tables, or a cell of a level. What it says of 责任单位 holds for
// the rows below until a heading of its rank or a higher one.
type dutyHead struct {
	rank  int    // 0 for the title of a sheet, then 表一, 一、, （一）, 1.; titleRank for the name of an item
	units string // as a cell of 责任单位 would have them; "" where it names nobody
	rules []headRule
	items int  // how many items stand under it so far
	bare  bool // it has no name: 责任单位 alone
}

// headRule is what a heading says of some units and some of its items: 乡镇只查
// B2、B3; 第一条另由县公安局共同承担; C4街道不填.
type headRule struct {
	items [][2]string // by number
	place int         // or by the place under the heading, from 1
	units string
	kind  ruleKind
}

type ruleKind int

const (
	alsoFor ruleKind = iota // the units are judged by these items too
	notFor                  // they are not judged by these items
	onlyBy                  // they are judged by these items and no others of the heading
)

const titleRank = 9

const dutyLabel = `(?:责任单位|责任部门|责任主体|适用单位|适用对象|适用范围|承担单位|考核对象|被考核单位|考评对象|被考评单位|督察对象|督查对象|被督察单位|检查对象|被检查单位|评价对象|评估对象|测评对象|评审对象|参评单位|落实单位|涉及单位|实施主体)\s*[:：]`

var (
	headRanks = []*regexp.Regexp{1: regexp.MustCompile(`^(?:附?表\s*[一二三四五六七八九十\d]+|第[一二三四五六七八九十\d]+(?:部分|类|章|板块|大类|篇))[、：:．.\s　]*`),
		2: regexp.MustCompile(`^(?:[一二三四五六七八九十]+[、.．]|一级(?:指标|项目)[一二三四五六七八九十\d]*[：:、.\s]+|[A-Z](?:[\s　、.．:：]+|部分|类))`),
		3: regexp.MustCompile(`^(?:[（(][一二三四五六七八九十]+[）)]|二级(?:指标|项目)[一二三四五六七八九十\d]*[：:、.\s]+)`),
		4: regexp.MustCompile(`^(?:\d{1,2}(?:\.\d{1,2})*[、.．\s]|三级(?:指标|项目)[一二三四五六七八九十\d]*[：:、.\s]+)`)}
	levelWord  = regexp.MustCompile(`^[一二]级(?:指标|项目)`)
	labelled   = regexp.MustCompile(`(?:^|[\s　，,；;。）)】])` + dutyLabel + `\s*(\S[\s\S]*)$`)
	asideLabel = regexp.MustCompile(`^` + dutyLabel + `\s*(.+)$`)
	headAside  = regexp.MustCompile(`(?:【([^【】]+)】|\[([^\[\]]+)\])\s*$`)

	filledBy   = regexp.MustCompile(`^(?:本部分|本表|此表|该部分|本项)?由?(.+?)[均都加]?(?:如实|分别|自行|抽评|自评|共同|单独)?(?:填报|填写|填|使用|用|适用)$`)
	filledFor  = regexp.MustCompile(`^(?:\d{4}年度?|当年)?(?:本项|该项|此项|本指标|本部分)?(?:仅|只|限)(?:限于|限|由|对|考核|适用于|针对|评|测|查|考)*(.+?)(?:单独)?(?:填报|填写|填|考核|适用|承担|涉及|参评|报送)?$`)
	notFilled  = regexp.MustCompile(`^(.+?)(?:[由因][^，,]*[，,])?[暂均都可]?(?:不填报|不填写|不填|免填报?|不考核|不考|免考|不适用|不涉及|不评|不测|不查|不报|不督察|不检查|除外|不作要求)(?:本项|该项|此项|本指标|本部分)?$`)
	notFilled2 = regexp.MustCompile(`^(?:本项|该项|此项|本指标|本部分)?(?:不考核|不适用于|不含|不包括|不督察|不检查)(.+)$`)

	ruleItems = `(?:第?` + itemNo + `(?:[、，,和及至到—~～-]第?` + itemNo + `)*(?:[项条款])?)`
	onlyItems = regexp.MustCompile(`^(.+?)[只仅](?:督察|检查|考核|填报|填写|查|考|填|评|测|报)(` + ruleItems + `)$`)
	alsoItems = regexp.MustCompile(`^(` + ruleItems + `|第[一二三四五六七八九十]+[项条款])(?:同时|另外?|还|也|并|增加)(?:由|考核|督察|检查|适用于|对)*(.+?)(?:共同)?(?:承担|负责|落实|填报|填写|填)?$`)
	notItems  = regexp.MustCompile(`^(` + ruleItems + `|第[一二三四五六七八九十]+[项条款])(.+?)[均都]?(?:不填报|不填写|不填|免填|不考核|不考|不查|不评|不测)$`)
	sameUnits = regexp.MustCompile(`([^，；、]+)[，,](?:即|也就是|就是)([^；]+)$`)
	ofBodies  = regexp.MustCompile(`([市县区州]直|[市县区州]级)((?:各|有关)?(?:部门|机关))、(?:各|直属|所属)*单位`)
	lastOut   = regexp.MustCompile(`^(.+)[（(]([^（()）]+?)(?:不考核|不考|不填报|不填|免填|除外)[）)]$`)
	sheetWide = regexp.MustCompile(`(?:本表|此表|本清单|本细则)(?:由|适用于|考核对象为)([^，,。；;]+?)(?:如实|分别|自行|逐项)*(?:填报|填写|填|使用|自评|$)`)
	byJudges  = regexp.MustCompile(`[核察查评导]组|汇总|统一|统计|审核|核定|打分|专家|第三方`)
)

// rankOf is the rank of a heading by its number, 0 when it has none.
func rankOf(text string) int {
	for rank, re := range headRanks {
		if re != nil && re.MatchString(text) {
			return rank
		}
	}
	return 0
}

// dutyClause splits what a heading says of 责任单位 from its name. found is
// false when it says nothing, or nothing that is surely about units.
func dutyClause(text string) (name string, h dutyHead, found bool) {
	text = strings.TrimSpace(text)
	before, aside := lastBracket(text)
	if m := asideLabel.FindStringSubmatch(aside); m != nil {
		h.read(m[1])
		return strings.TrimSpace(before), h, true
	}
	if m := labelled.FindStringSubmatchIndex(text); m != nil && hasHan(text[m[2]:m[3]]) {
		first, _, _ := strings.Cut(text[m[2]:m[3]], "。")
		h.read(first)
		return strings.TrimSpace(text[:m[0]]), h, true
	}
	if aside != "" && h.readAside(aside) {
		return strings.TrimSpace(before), h, true
	}
	return text, h, false
}

// lastBracket splits the bracket that ends a text from what stands before it.
func lastBracket(text string) (before, aside string) {
	if m := headAside.FindStringSubmatchIndex(text); m != nil {
		return text[:m[0]], strings.Trim(text[m[0]:m[1]], "【】[] \t")
	}
	half := strings.TrimSpace(halfBrackets.Replace(text))
	before, aside = lastAside(half)
	return before, strings.TrimSpace(aside)
}

func hasHan(s string) bool { return strings.ContainsFunc(s, isHan) }

// read takes the words behind 责任单位：, part by part; those that are about
// single items become rules, the others are read as a cell is.
func (h *dutyHead) read(text string) {
	var units []string
	for part := range strings.FieldsFuncSeq(text, outsideBrackets("；;")) {
		part = strings.TrimSpace(part)
		if h.rule(part) {
			continue
		}
		if i := strings.LastIndexAny(part, "，,"); i > 0 && h.rule(strings.TrimLeft(part[i:], "，,")) {
			part = part[:i]
		}
		units = append(units, headUnits(part))
	}
	h.units = strings.Join(units, "；")
}

// headUnits writes the words of a heading as a cell has them: 执法部门，即甲局、乙局
// are 甲局 and 乙局, and a bracket that ends the list and leaves a unit out leaves
// it out of all of it.
func headUnits(text string) string {
	text = ofBodies.ReplaceAllString(strings.TrimRight(text, "。 "), "$1$2")
	text = sameUnits.ReplaceAllString(text, "$2")
	if m := lastOut.FindStringSubmatch(text); m != nil {
		return m[1] + "；" + leavingOut(m[2])
	}
	return text
}

// leavingOut are words that leave each of the units of a list out.
func leavingOut(list string) string {
	var out []string
	for _, u := range splitUnits(list) {
		out = append(out, u+"除外")
	}
	return strings.Join(out, "；")
}

// readAside reads a bracket without 责任单位：（由执法部门填报，县教育局除外）, （仅
// 乡镇）, （街道不填）, and reports whether it is about units at all.
func (h *dutyHead) readAside(aside string) bool {
	if e, ok := rowExemption(aside); ok {
		if h.units = strings.Join(e.units, "、"); !e.only {
			h.units = "各单位；" + leavingOut(h.units)
		}
		return true
	}
	var who []string
	for i, part := range slices.Collect(strings.FieldsFuncSeq(aside, outsideBrackets("，,；;"))) {
		m := filledBy.FindStringSubmatch(part)
		e, out := rowExemption(part)
		switch {
		case h.rule(part):
		case i == 0 && m != nil && onlyUnits(headUnits(m[1])):
			who = append(who, headUnits(m[1]))
		case len(who) > 0 && out && !e.only:
			who = append(who, leavingOut(strings.Join(e.units, "、")))
		default:
			return false
		}
	}
	h.units = strings.Join(who, "；")
	return h.units != "" || len(h.rules) > 0
}

// rule reads a part of a heading that is about single items.
func (h *dutyHead) rule(part string) bool {
	part = strings.TrimSpace(part)
	for _, form := range []struct {
		re           *regexp.Regexp
		units, items int
		kind         ruleKind
	}{{onlyItems, 1, 2, onlyBy}, {alsoItems, 2, 1, alsoFor}, {notItems, 2, 1, notFor}} {
		m := form.re.FindStringSubmatch(part)
		if m == nil || !onlyUnits(m[form.units]) {
			continue
		}
		r := headRule{units: m[form.units], kind: form.kind, items: itemRanges(m[form.items])}
		if n := strings.Trim(m[form.items], "第项条款"); len(r.items) == 0 {
			r.place = smallNumber(n)
		}
		h.rules = append(h.rules, r)
		return true
	}
	return false
}

// itemRanges are the numbers of a list of items.
func itemRanges(list string) [][2]string {
	var out [][2]string
	for _, r := range itemRange.FindAllStringSubmatch(list, -1) {
		first, last := strings.TrimSuffix(r[1], "项"), strings.TrimSuffix(r[2], "项")
		if last == "" {
			last = first
		}
		out = append(out, [2]string{first, last})
	}
	return out
}

// onlyUnits reports whether each word of a list is a unit or a kind of unit.
func onlyUnits(list string) bool {
	units := splitUnits(list)
	return len(units) > 0 && !slices.ContainsFunc(units, func(u string) bool {
		if rest, out := leftOut(u); out {
			u = rest
		}
		base, _ := lastAside(halfBrackets.Replace(u))
		return partOfUnit.MatchString(u) && base != "各单位" || !unitEnd(base) && !groupName.MatchString(base)
	})
}

// unitEnd reports whether a word ends as units and kinds of them do.
func unitEnd(w string) bool {
	w = kindBrackets.Replace(w)
	return endsWithAny(w, wholeEnds) || endsWithAny(w, []string{"企业", "团体", "组织", "全体", "主体"})
}

// rowExemption reads a remark beside an item, or a bracket in its wording, that
// says who is judged by it: 仅行政执法部门、乡镇填; 街道不填. A remark that may be
// about anything else says nothing.
func rowExemption(s string) (exemption, bool) {
	s = strings.TrimRight(oneLine(s), "。；;")
	if m := filledFor.FindStringSubmatch(s); m != nil {
		list, rest, _ := strings.Cut(m[1], "，")
		if noUnits.MatchString(list) {
			return exemption{}, false
		}
		list = strings.TrimRight(fillWord.ReplaceAllString(list, ""), "， ")
		if (rest == "" || ofOthers.MatchString(rest)) && onlyUnits(list) {
			return exemption{units: splitUnits(list), only: true, named: true}, true
		}
		return exemption{}, false
	}
	m := notFilled.FindStringSubmatch(s)
	if m == nil {
		m = notFilled2.FindStringSubmatch(s)
	}
	if m == nil || noUnits.MatchString(m[1]) || !onlyUnits(m[1]) {
		return exemption{}, false
	}
	return exemption{units: splitUnits(m[1])}, true
}

// noUnits begin what is no unit of a roster: 仅供考核组, 限3个部门, 本单位.
var noUnits = regexp.MustCompile(`^[供报向给送在用本该\d]|同一`)

var fillWord = regexp.MustCompile(`(?:填报|填写|填|考核|适用|承担|参评)$`)

// heading reads a row that is a heading with 责任单位, or one that ends what such
// a heading said; it reports whether the row is no item.
func (im *importer) heading(row []Cell, text string, st *tableState) bool {
	if noteLabel.MatchString(text) {
		return false
	}
	rank := rankOf(text)
	if filled(row) != 1 {
		if rank == 0 || rank > 3 || !onlyPoints(row) {
			return false
		}
		text = firstOf(row)
	}
	if st.manyOf[rank] && rank > 0 || st.manyAlone && rank != 1 {
		return false // so the items stand
	}
	name, h, found := dutyClause(text)
	if !found && rank == 1 {
		h, found = titleUnits(text)
	}
	switch {
	case found && rank == 0 && name == "" && len(st.heads) > 0:
		rank = st.heads[len(st.heads)-1].rank // 责任单位 in a row below its heading
	case found && rank == 0 && st.ended:
		return false
	case found && rank == 0:
		rank = 1
	case found && rank == 4 && st.last > 0 && !strings.HasSuffix(text, "）") && !strings.HasSuffix(text, "】"):
		return false // a numbered note
	case !found && (rank == 0 || len([]rune(text)) >= longNote):
		return false
	}
	if st.ended && rank > 1 {
		return false
	}
	known := found || rank <= 3 && (slices.Contains(st.ranks, rank) || levelWord.MatchString(text))
	h.bare = name == ""
	st.open(rank, h, found)
	if known {
		st.nameLevel(rank, name)
	}
	return known
}

// onlyPoints reports whether a row has one text and beside it only numbers.
func onlyPoints(row []Cell) bool {
	texts := 0
	for _, c := range row {
		if t := strings.TrimSpace(c.Text); t != "" && !c.Above && !pointsCell.MatchString(t) {
			texts++
		}
	}
	return texts == 1
}

var pointsCell = regexp.MustCompile(`^\d+(?:\.\d+)?分?$`)

// itemForms reports of which rank so many rows are, and whether so many have a
// single text, that the items themselves have this form.
func itemForms(rows [][]Cell) (manyOf [5]bool, manyAlone bool) {
	all, alone, of := 0, 0, [5]int{}
	for _, row := range rows {
		if n := filled(row); n > 0 {
			all++
			of[rankOf(firstOf(row))]++
			if n == 1 {
				alone++
			}
		}
	}
	for rank, n := range of {
		manyOf[rank] = 2*n > all
	}
	return manyOf, 4*alone > 3*all // a heading may stand above each item
}

// titleUnits are whom the title of a small table names: 表一 县（市、区）填, 第二部分
// 市直部门, 表三 执法部门加填（甲局、乙局）.
func titleUnits(text string) (dutyHead, bool) {
	rest := oneLine(headRanks[1].ReplaceAllString(text, ""))
	before, aside := lastBracket(rest)
	if m := filledBy.FindStringSubmatch(before); m != nil && aside != "" && onlyUnits(aside) && onlyUnits(m[1]) {
		return dutyHead{units: m[1] + "（" + aside + "）"}, true
	}
	if m := filledBy.FindStringSubmatch(rest); m != nil && onlyUnits(headUnits(m[1])) {
		return dutyHead{units: headUnits(m[1])}, true
	}
	return dutyHead{units: rest}, onlyKinds(rest)
}

// onlyKinds reports whether a text is a list of kinds of units and nothing else.
func onlyKinds(list string) bool {
	units := splitUnits(list)
	return len(units) > 0 && !slices.ContainsFunc(units, func(u string) bool {
		w := withoutBrackets.Replace(groupKey(u))
		return !madeOf(w, townshipWords) && !madeOf(w, countyWords) && !madeOf(w, bureauWords)
	})
}

// open puts a heading in the place of those of its rank and below.
func (st *tableState) open(rank int, h dutyHead, speaks bool) {
	st.heads = slices.DeleteFunc(st.heads, func(o *dutyHead) bool { return o.rank >= rank && o.rank > 0 })
	if !speaks {
		return
	}
	h.rank = rank
	st.heads = append(st.heads, &h)
	if rank < titleRank {
		st.applies, st.lead, st.partners = "", "", ""
		st.ranks = append(st.ranks, rank)
	}
}

// nameLevel keeps the name of a heading row where the table has no column for it.
func (st *tableState) nameLevel(rank int, name string) {
	name = oneLine(name)
	switch {
	case name == "":
		return
	case rank <= 2 && !hasColumn(st.cols, colLevel1):
		st.level1, st.level2 = name, ""
	case rank > 2 && !hasColumn(st.cols, colLevel2):
		st.level2 = name
	}
	st.title = ""
}

// openLevels reads what the cells of the levels and of the name say of 责任单位,
// and leaves their names in them.
func (st *tableState) openLevels(cells *[columns]string, fresh [columns]bool) {
	for _, l := range []struct {
		col  column
		rank int
	}{{colLevel1, 2}, {colLevel2, 3}, {colTitle, titleRank}, {colText, titleRank}} {
		text := cells[l.col]
		if text == "" || l.col == colText && (hasColumn(st.cols, colTitle) || !strings.Contains(text, "单位：") && !strings.Contains(text, "对象：")) {
			continue
		}
		name, h, found := dutyClause(text)
		if found && name != "" {
			cells[l.col] = name
		}
		if fresh[l.col] && (text != st.levelText[l.col] || l.col == colTitle) {
			st.open(l.rank, h, found)
			st.levelText[l.col] = text
		}
	}
}

// headed is whom a row is for whose own cells name nobody: those of the nearest
// heading that names some, or inherited, whom its columns inherit.
func (st *tableState) headed(inherited, number string, own bool) string {
	units := inherited
	var rules []string
	for i := len(st.heads) - 1; i >= 0; i-- {
		h := st.heads[i]
		if own || inherited != "" && h.rank != titleRank {
			break
		}
		for _, r := range h.rules {
			if w := r.words(number, h.items+1); w != "" {
				rules = append(rules, w)
			}
		}
		if h.units != "" {
			units = h.units
			break
		}
	}
	for _, h := range st.heads {
		h.items++
	}
	if len(rules) > 0 && units == "" {
		units = "各单位"
	}
	return strings.Join(append([]string{units}, rules...), "；")
}

// words are what a rule adds to whom an item is for.
func (r headRule) words(number string, place int) string {
	here := r.place == place || slices.ContainsFunc(r.items, func(n [2]string) bool { return between(number, n) })
	switch {
	case here && r.kind != notFor:
		return r.units
	case here || r.kind == onlyBy:
		return leavingOut(r.units)
	}
	return ""
}

// between reports whether a number is one of a range.
func between(number string, r [2]string) bool {
	number = strings.TrimRight(strings.TrimSpace(number), ".．、")
	if number == r[0] || number == r[1] {
		return true
	}
	letter := strings.TrimRight(r[0], "0123456789")
	n, low, high := atoi(strings.TrimPrefix(number, letter)), atoi(strings.TrimPrefix(r[0], letter)), atoi(strings.TrimPrefix(r[1], letter))
	return strings.HasPrefix(number, letter) && n > 0 && low <= n && n <= high
}

// rowAside is what the row of an item says of who is judged by it.
type rowAside struct {
	item int
	exemption
}

// asides reads the remarks of the row of the last item and the brackets in its
// wording.
func (im *importer) asides(row []Cell, st *tableState) {
	for k, cell := range row {
		c, ok := st.cols[k]
		if cell.Above || strings.TrimSpace(cell.Text) == "" {
			continue
		}
		var said []string
		switch {
		case !ok || c == colOther:
			said = []string{cell.Text}
		case c == colText || c == colScore:
			for _, m := range inBrackets.FindAllStringSubmatch(cell.Text, -1) {
				said = append(said, m[1])
			}
		}
		for _, s := range said {
			if e, is := rowExemption(s); is && (c == colOther || !ok || plainlyJudged.MatchString(s) || onlyKinds(strings.TrimLeft(s, "仅只限"))) {
				im.rowAsides = append(im.rowAsides, rowAside{len(im.items) - 1, e})
			}
		}
	}
}

// plainlyJudged marks a bracket in a wording that is about who is judged and
// not about what is asked.
var plainlyJudged = regexp.MustCompile(`不考|免考|不填|免填|不作要求|[仅只](?:由|考核|适用于)|[仅只].*(?:承担|填报?|填写|考核|适用)`)

var inBrackets = regexp.MustCompile(`[（(]([^（()）]*(?:[（(][^（()）]*[）)][^（()）]*)*)[）)]`)

// applyAsides writes what the rows say of their items.
func (im *importer) applyAsides() {
	for _, a := range im.rowAsides {
		im.items[a.item].exempt(a.exemption)
	}
}

// forAll reads a sentence about a whole table: 本表由各乡镇（街道）填报; 考核对象：
// 各县（市、区） above the header. Who judges is not judged, and a single unit may
// fill a table in for the others.
func (st *tableState) forAll(text string, above bool) {
	for s := range statements(text) {
		list := ""
		if m := sheetWide.FindStringSubmatch(s); m != nil {
			list = m[1]
		} else if m := labelled.FindStringSubmatch(s); m != nil && above {
			list = m[1]
		} else if _, aside := lastBracket(s); above && onlyKinds(aside) {
			list = aside
		}
		list = headUnits(list)
		units := splitUnits(list)
		if onlyUnits(list) && !byJudges.MatchString(list) && (len(units) > 1 || !nameLike(units[0])) {
			st.sheetUnits = units
		}
	}
}

// settleSheet gives the items from a place on, which nothing else is said of,
// to those whom the sheet names.
func (im *importer) settleSheet(from int, st *tableState) {
	if n := len(st.heads); st.sheetUnits == nil && n > 0 && st.heads[n-1].bare && st.heads[n-1].items == 0 {
		st.sheetUnits = splitUnits(st.heads[n-1].units) // 责任单位 below all items
	}
	for i := from; i < len(im.items) && len(st.sheetUnits) > 0; i++ {
		if len(im.items[i].Applies) == 0 {
			im.items[i].Applies = slices.Clone(st.sheetUnits)
			im.cells[i] = strings.Join(st.sheetUnits, "、")
		}
	}
}

// inSmallTable keeps of the items that a note names those of its own small
// table, where it stands right below it and several use the same numbers.
func (e exemption) inSmallTable(places []int) []int {
	own := slices.DeleteFunc(slices.Clone(places), func(i int) bool { return i < e.from || i >= e.to })
	if len(own) == 0 {
		return places
	}
	return own
}

// also reads a note that gives items to more units than the table does: B3同时
// 考核县司法局.
func (im *importer) also(statement string) bool {
	found := false
	for part := range strings.FieldsFuncSeq(notePart.ReplaceAllString(statement, ""), outsideBrackets("，,")) {
		if m := alsoItems.FindStringSubmatch(strings.TrimSpace(part)); m != nil && onlyUnits(m[2]) && len(itemRanges(m[1])) > 0 {
			im.exemptions = append(im.exemptions, exemption{items: itemRanges(m[1]), units: splitUnits(m[2]), also: true, from: im.noteFrom, to: im.noteTo})
			found = true
		}
	}
	return found
}

// another begins the next of several small tables of a sheet, at a header that
// is not the one above repeated. It reports whether row n is a part of a header.
func (im *importer) another(s Sheet, n int, st *tableState) bool {
	row := s.Rows[n]
	if n < st.first {
		return true // the second line of that header
	}
	if _, ok := header(row); !ok {
		return n > 0 && st.headText != "" && rowText(s.Rows[n-1]) == st.headText && underHeader(row, st.cols)
	}
	text := rowText(row)
	if text == st.headText || filled(s.Rows[n-1]) > 1 || filled(row) < 3 {
		return false
	}
	names, first := headerRows(s.Rows, n)
	below := s.Rows[first:]
	if end := slices.IndexFunc(below, func(r []Cell) bool { _, ok := header(r); return ok && rowText(r) != text }); end >= 0 {
		below = below[:end]
	}
	st.cols, st.headText, st.first = layout(names, below), text, first
	st.appliesBelow, st.groupsEach = inherits(below, st.cols, colApplies), groupsEach(below, st.cols)
	st.title, st.last, st.ended = "", 0, false
	st.levelText = [columns]string{}
	st.manyOf, st.manyAlone = itemForms(below)
	im.smallTable = len(im.items)
	im.tellColumns(s.Name, names, st.cols, nil)
	return true
}

// underHeader reports whether a row below a header is its second line: names of
// columns, and no number.
func underHeader(row []Cell, cols map[int]column) bool {
	named := false
	for k, cell := range row {
		t := strings.TrimSpace(cell.Text)
		if _, ok := headerColumn(t); ok {
			named = true
		}
		if c, ok := cols[k]; ok && c == colNo && t != "" && !cell.Above || len([]rune(t)) > 6 {
			return false
		}
	}
	return named && hasColumn(cols, colNo)
}
