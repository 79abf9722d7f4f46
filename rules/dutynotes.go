package rules

import (
	"iter"
	"regexp"
	"slices"
	"strings"
)

// noteLabel begins a row of notes, or a part of one.
var (
	noteLabel = regexp.MustCompile(`^[\s*※★（(【\[]*(?:注释?|备注|说明|填表说明|附注|分组说明|\p{Han}{0,4}说明)[一二三四五六七八九十\d]*[】\])）]*\s*(?:[：:1１.、]|$|\s)`)
	notePart  = regexp.MustCompile(`^\s*(?:[（(【\[]?(?:注释?|备注|说明|填表说明|附注|分组说明|\p{Han}{0,4}说明)?[】\])]?[一二三四五六七八九十\d]{0,3}\s*[）)】\].．、:：]+|【[^】]{1,8}】|[①-⑳]|[一二三四五六七八九十]、|几个说法先讲清楚[:：])\s*`)
	noteLead  = regexp.MustCompile(`^(?:其中|本表|表中|上表|表内|责任单位|适用单位|考核对象|单位类型|单位类别|单位分类|一?栏|中|内|的|所称|所指|所说|说的|凡写|写|凡|[:：，,、])+`)
)

// note reads a row of notes: what it defines of the words of 责任单位. It
// reports whether the row is a note at all. What a note says of words and items
// that come later is read again at the end.
func (im *importer) note(text string) bool {
	t := strings.TrimSpace(text)
	isNote := noteLabel.MatchString(t)
	isNote = im.readNote(t) || isNote
	if isNote {
		im.keepNote(t)
	}
	return isNote
}

// keepNote keeps a row or a paragraph to be read again when all cells are known.
func (im *importer) keepNote(t string) {
	im.report.Notes = append(im.report.Notes, oneLine(t))
	im.notes = append(im.notes, t)
}

// beside reads the paragraphs around the tables of a document: a note, and the
// numbered paragraphs that go on with it.
func (im *importer) beside(paragraphs []string) {
	noted := false
	for _, p := range paragraphs {
		p = strings.TrimSpace(p)
		switch {
		case p == "":
		case im.note(p):
			noted = true
		case noted && notePart.MatchString(p):
			im.keepNote(p)
		default:
			noted = false
		}
	}
}

// readNote takes what a note says, and reports whether that is anything.
func (im *importer) readNote(t string) bool {
	said := false
	for s := range strings.FieldsFuncSeq(im.parted(t), outsideBrackets("。；;\n")) {
		for rest := notePart.ReplaceAllString(s, ""); ; rest = notePart.ReplaceAllString(s, "") {
			if rest == s {
				break
			}
			s = rest
		}
		s = strings.TrimSpace(s)
		said = im.define(s) || said
	}
	said = im.exempt(t) || said
	frees, leads := im.freesPartners(t), im.readsLeads(t)
	return frees || leads || said
}

// parted sets a semicolon before each word whose meaning a note goes on to
// tell: A类：甲局，B类：乙局; 1.县级政府，指… 2.市直部门，指….
func (im *importer) parted(t string) string {
	t = kindBrackets.Replace(halfBrackets.Replace(t))
	t = partNumber.ReplaceAllString(t, "；")
	for _, w := range im.words {
		if !strings.Contains(t, w) {
			continue
		}
		begins := im.begins[w]
		if begins == nil {
			begins = regexp.MustCompile(`[，,：:\s]([各“]?` + regexp.QuoteMeta(w) + `”?(?:单位|部门|企业)?(?:[（(][^（）()]*[）)])?(?:：|:|是?指|为|包括|就是|就认|即|是|见))`)
			im.begins[w] = begins
		}
		t = begins.ReplaceAllString(t, "；$1")
	}
	return quotedPart.ReplaceAllString(t, "；${1}“")
}

var (
	partNumber = regexp.MustCompile(`\s+(?:\d{1,2}[.．、]|[（(]\d{1,2}[）)]|[①-⑳])|[①-⑳]`)
	quotedPart = regexp.MustCompile(`[，,]((?:所称|表中|类别为)?)“`)
)

// dutyWords are the words that stand in the cells of 责任单位, the longest first.
func (im *importer) dutyWords() []string {
	var out []string
	seen := map[string]bool{}
	for _, it := range im.items {
		for _, w := range it.Applies {
			w = groupKey(w)
			if base, aside := lastAside(w); aside != "" {
				w = base
			}
			if rest, ok := leftOut(w); ok {
				w = rest
			}
			for _, w := range []string{w, strings.TrimSuffix(w, "单位")} { // 乙类单位 is 乙类 in the notes
				if len([]rune(w)) >= 2 && !seen[w] {
					out, seen[w] = append(out, w), true
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b string) int { return len(b) - len(a) })
	return out
}

// defining is between a word and its meaning.
const defining = `(?:[，,]?(?:本表中)?(?:[均都也还]?(?:含|包括|包含)|是指|系指|仅指|均指|专指|特指|即指|指的是|说的是|也是指|也指|包括|包含|就是|就认|算的是|指|即|为|系|含|＝|=|是|就)|的?[，,](?:就是|说的是|也是指|指|是)|[:：])`

var (
	quotedWord  = regexp.MustCompile(`^(.{0,12}?)“([^“”]{1,20})”(?:的?单位|的)?(` + defining + `)(.+)$`)
	inverse     = regexp.MustCompile(`^(.+?)[，,]?(?:统称为?|合称为?|以下称为?|以下简称|简称|归入|归为|列入|列为|属于|属|均为|都是|算作|算|即|为|是)(?:表中)?(?:的)?“?([^“”]{1,14}?)”?(?:单位|企业|的合称)?$`)
	pairwise    = regexp.MustCompile(`^(.+?)分别(?:对应|指|为|是)(.*)$`)
	quoted      = regexp.MustCompile(`“([^“”]+)”`)
	alsoCalled  = regexp.MustCompile(`(?:又称|也称|亦称|写)“([^“”]+)”`)
	notWith     = regexp.MustCompile(`^(.*?)(?:均|都|也)?(?:不含|不包括|不包含|不算)(.{2,30})$`)
	ofTheRoster = regexp.MustCompile(`^(?:按)?(?:报送)?名册(?:的)?类别中?[，,]`)
	likened     = regexp.MustCompile(`^[\d.．、）)\s注附：:]*([^，,：:。“”]{2,24})(?:视同|视作|参照|比照|按照?)(\p{Han}*[（(]?[\p{Han}、]*[）)]?\p{Han}*?)(?:进行|一并|标准|管理|对待|的)*(?:(?:考核|考评|评价|测评|计分|评分|对待)\p{Han}*|$)`)
	ofOthers    = regexp.MustCompile(`^(?:其他|其它|其余|余下|剩下|另外)\p{Han}*(?:不|无|没有|免|另行|暂|参照|按)`)
	section     = regexp.MustCompile(`^\s*(?:[（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、|第[一二三四五六七八九十]+(?:部分|章|类)[、：:\s]*)\s*[\p{Han}、“”]{2,16}\s*(?:[（(][^（）()]{1,12}[）)])?\s*$`)
)

// define reads one statement of a note that says what a word of 责任单位 means:
// 有执法权的部门指市场监管局、城市管理局; 其余市直部门为丙组; and 开发区管委会视同县
// （市、区）政府, which joins a group.
func (im *importer) define(s string) bool {
	if m := likened.FindStringSubmatch(s); m != nil {
		im.extend(m[2], splitUnits(m[1]))
		return true
	}
	if m := pairwise.FindStringSubmatch(s); m != nil {
		return im.pairUp(m[1], m[2])
	}
	s = ofTheRoster.ReplaceAllString(s, "")
	if m := notWith.FindStringSubmatch(s); m != nil && strings.Contains(m[1], "“") {
		if with := quotedWord.FindStringSubmatch(strings.TrimRight(m[1], "，")); with != nil { // “各区县”含高新区，不含度假区
			im.says(with[2], with[3], with[4])
		}
		var out []string
		for _, u := range splitUnits(m[2]) {
			if !strings.HasPrefix(u, "该") {
				out = append(out, u+"除外")
			}
		}
		for _, w := range quoted.FindAllStringSubmatch(m[1], -1) {
			im.extend(w[1], out)
		}
		return true
	}
	if m := quotedWord.FindStringSubmatch(s); m != nil && !strings.Contains(m[1], "类别") && !strings.Contains(m[1], "名册") {
		ok := im.says(m[2], m[3], m[4])
		if more := alsoCalled.FindStringSubmatch(m[4]); ok && more != nil {
			im.defines(more[1], m[2])
		}
		return ok
	}
	plain := kindBrackets.Replace(halfBrackets.Replace(noteLead.ReplaceAllString(s, "")))
	if w := letterMeans.FindString(plain); w != "" { // A类为全体市直部门, where the cells say A
		if mark := markFirst.FindString(plain[len(w):]); mark != "" {
			return im.says(w, mark, plain[len(w)+len(mark):])
		}
	}
	for _, w := range im.words {
		rest, ok := strings.CutPrefix(plain, w)
		if !ok {
			rest, ok = strings.CutPrefix(strings.TrimPrefix(plain, "各"), w)
		}
		if ok {
			if mark := markFirst.FindString(rest); mark != "" && (!nameLike(w) || strings.Contains(mark, "指")) {
				return im.says(w, mark, rest[len(mark):])
			}
		}
	}
	for _, mark := range []string{"是指", "系指", "仅指", "专指", "特指", "均指", "即指", "包括", "指", "即", "：", ":", "＝"} {
		if i := strings.Index(plain, mark); i > 0 {
			w := trimLabel(plain[:i])
			if n := len([]rune(w)); n >= 3 && n <= 14 && unitWord(w) && !nameLike(w) && !strings.ContainsAny(w, "（(") {
				return im.says(w, mark, plain[i+len(mark):])
			}
		}
	}
	if m := inverse.FindStringSubmatch(s); m != nil {
		key := groupKey(m[2])
		if strings.HasSuffix(m[1], "分") || kindWord.MatchString(key) && !strings.Contains(s, "称") && !remainder.MatchString(m[1]) { // 考核对象分为三类
			return false
		}
		if slices.Contains(im.words, key) || slices.Contains(im.words, key+"单位") || strings.Contains(s, "“"+m[2]+"”") || groupName.MatchString(key) {
			return im.says(m[2], "", m[1])
		}
	}
	return false
}

// extend adds to what a word means, which is its plain meaning where no note
// told another.
func (im *importer) extend(word string, more []string) {
	key := groupKey(word)
	if len(im.pack.Defines[key]) == 0 {
		im.pack.Defines[key] = []string{"各" + key}
	}
	for _, u := range more {
		if !slices.Contains(im.pack.Defines[key], u) {
			im.pack.Defines[key] = append(im.pack.Defines[key], u)
		}
	}
}

// pairUp reads 县级政府、市直部门分别对应类别“县区”“市级部门”.
func (im *importer) pairUp(left, right string) bool {
	words := splitUnits(strings.ReplaceAll(noteLead.ReplaceAllString(left, ""), "”“", "、"))
	kinds := quoted.FindAllStringSubmatch(right, -1)
	if len(words) == 0 || len(words) != len(kinds) {
		return false
	}
	for i, w := range words {
		im.defines(w, "类别为“"+kinds[i][1]+"”的单位")
	}
	return true
}

var (
	markFirst = regexp.MustCompile(`^(?:单位|部门|企业)?(?:[（(][^（）()]*[）)])?` + defining)
	groupName = regexp.MustCompile(`^(?:[甲乙丙丁][组类]|[A-Da-d一二三四]类(?:单位)?|\p{Han}{2}类单位)$`)
	fiveOf    = regexp.MustCompile(`^(?:这|下列|以下)?[\d一二三四五六七八九十]*[家个]?(?:单位|部门)?[:：]`)
)

// nameLike reports whether a word looks like the name of one unit.
func nameLike(w string) bool {
	return endsWithAny(w, []string{"局", "委", "办", "办公室", "院", "会", "公司", "中心", "人民政府", "大队", "支队"})
}

// says takes what a statement says a word means.
func (im *importer) says(word, mark, meaning string) bool {
	word = strings.TrimSuffix(strings.TrimSpace(word), "单位")
	if len([]rune(word)) < 2 || word == "各" || word == "所有" || word == "全体" {
		word += "单位"
	}
	if m := onlyQuoted.FindStringSubmatch(meaning); m != nil { // 执法类单位即表中“有执法权的部门”
		return im.defines(m[1], word)
	}
	if same, list, ok := strings.Cut(meaning, "，即"); ok { // 乙组为有执法权的部门，即市公安局、市民政局
		im.defines(same, list)
		meaning = list
	}
	if m := someOf.FindStringSubmatch(meaning); m != nil && im.lastDefined != "" { // “执法类县直单位”指其中的4个县直单位，乡镇不在其内
		meaning = im.lastDefined + "（仅" + m[1] + "）"
	}
	switch {
	case strings.HasSuffix(mark, "含") && mark != "包含" || strings.HasSuffix(mark, "包括") && kindWord.MatchString(word) && !strings.Contains(meaning, "名册") && !strings.Contains(meaning, "类别"): // “各单位”含垂管单位: they come on top
		base := "各" + strings.TrimPrefix(word, "各")
		if old := im.pack.Defines[groupKey(word)]; len(old) > 0 && !slices.Contains(old, base) {
			base = strings.Join(old, "、")
		}
		if base == "各单位" {
			base = "全体单位"
		}
		meaning = base + "、" + meaning
	case remainder.MatchString(meaning): // 其余市直部门为丙组: but those of the other groups
		base := remainder.ReplaceAllString(meaning, "")
		if base == "" {
			base = "各单位"
		}
		out := []string{base}
		for _, w := range im.defined {
			if w != groupKey(word) {
				out = append(out, w+"除外")
			}
		}
		im.pack.Defines[groupKey(word)] = out
		im.remember(groupKey(word))
		return true
	}
	if key := groupKey(meaning); groupName.MatchString(word) && slices.Contains(im.words, key) && !kindWord.MatchString(key) {
		im.defines(meaning, word) // B类为有行政执法职能的县直部门: the roster tells who B类 are
	}
	return im.defines(word, meaning)
}

// kindWord is a word that means a type of unit by itself.
var kindWord = regexp.MustCompile(`^各?(?:县级|县区|区县|县|市直|县直|区直|市级|区级|乡镇|镇街|街道|乡镇街道)(?:各?(?:部门|机关|单位|政府))?$`)

// someOf is a part of the group that was defined just before: 其中的, 上款所列单
// 位中的.
var someOf = regexp.MustCompile(`^(?:其|(?:上款|前款|上条|上述|以上|上列|前列|前项|上项)(?:所列|所指|所称|列明|列出)?的?各?(?:单位|部门|名单)?(?:当|之)?)中的?(?:[\d一二三四五六七八九十]+[个家])?(\p{Han}{2,8})`)

var onlyQuoted = regexp.MustCompile(`^(?:表中|本表)?(?:的|所称)?“([^“”]{2,14})”$`)

var remainder = regexp.MustCompile(`^(?:列入名册的|名册[中上]的?)?(?:其他|其它|其余|余下的?|剩下的?)(?:的)?(?:单位|所有单位)?[都均全]?`)

var (
	// listedAside is a description with those that it means in brackets.
	listedAside  = regexp.MustCompile(`^[^（()、，,]{4,}[（(]([^（()）]*、[^（()）]*)[）)]$`)
	asideChanges = regexp.MustCompile(`^(?:含|不含|除|不|包括|其中|仅|限|共|如|等)|除外$|等$`)
)

// letterMeans is a group that cells call by its letter alone.
var letterMeans = regexp.MustCompile(`^[A-Za-z甲乙丙丁戊][类组档]`)

// defines takes what a word of 责任单位 is said to mean.
func (im *importer) defines(word, meaning string) bool {
	var names []string
	if base, _, ok := strings.Cut(meaning, "中"); ok && restIn.MatchString(meaning) { // 市直部门中有处罚权的单位，…不在此列，其余均在此列
		_, tail, _ := strings.Cut(meaning, "，")
		meaning = base + "，" + restIn.ReplaceAllString(tail, "")
	}
	if described, list, ok := strings.Cut(strings.Replace(meaning, ":", "：", 1), "："); ok && list != "" && (strings.HasSuffix(described, "的") || fiveOf.MatchString(described+"：")) {
		meaning = list // “持证的”是手里有执法证的：甲局、乙局
	}
	if m := listedAside.FindStringSubmatch(meaning); m != nil && !asideChanges.MatchString(m[1]) {
		meaning = m[1] // 有行政执法职责的部门（甲局、乙局）
	}
	if strings.Contains(meaning, "、") {
		meaning = endOfList.ReplaceAllString(meaning, "$1")
	}
	meaning = ofNames.ReplaceAllString(meaning, "")
	for i, u := range splitUnits(meaning) {
		if i > 0 && ofOthers.MatchString(u) {
			break // 其他部门不考核行政执法板块: of the others
		}
		u = comparedWith.ReplaceAllString(u, "") // 开发区管委会视同县级政府考核
		if asWhere.MatchString(u) {
			continue
		}
		if notUnits.MatchString(u) {
			if i == 0 {
				return false
			}
			continue
		}
		u = strings.TrimFunc(u, func(r rune) bool { return strings.ContainsRune("。，,、；;：: “”", r) })
		if n := len([]rune(u)); n >= 2 && n <= 60 {
			names = append(names, u)
		}
	}
	if len(names) == 0 {
		return false
	}
	key := groupKey(word)
	if len(im.pack.Defines[key]) > 0 && !slices.ContainsFunc(names, func(n string) bool { return unitName(n) || unitWord(n) }) {
		return false // 有执法权的部门：应当公示执法依据: it is told already who they are
	}
	im.remember(key)
	im.pack.Defines[key], im.lastDefined = names, key
	return true
}

// remember keeps the words that are defined, in order.
func (im *importer) remember(key string) {
	if !slices.Contains(im.defined, key) {
		im.defined = append(im.defined, key)
	}
}

// statements are the sentences of a note.
func statements(note string) iter.Seq[string] {
	return strings.FieldsFuncSeq(note, func(r rune) bool { return strings.ContainsRune("。；;\n", r) })
}

var restIn = regexp.MustCompile(`[，,]其[余他][^，,]*(?:在此列|在内|都是|均是|都算)$`)

// notUnits are parts of a definition that name nobody: 一家不落, 派驻机构随主管
// 单位一并考核.
var notUnits = regexp.MustCompile(`没有|^一[个家]也?(?:不|没)[落少]|一并|填报|得分|排名|负责|汇总|审核|报送$|重点$|责任主体$|关键`)

// ofNames says of other words that they are short names: 公安指市公安局，教体、
// 卫健均为规范简称.
var ofNames = regexp.MustCompile(`[，,][^，,]*(?:均|都)(?:为|是|系)[^，,]*(?:简称|全称|名称)[^，,]*`)

// asWhere tells where somebody is, and not who: 在乡镇设有派出所.
var asWhere = regexp.MustCompile(`^在[^的]*$`)

// endOfList is what follows the units of a definition.
var endOfList = regexp.MustCompile(`([^和及与、，])(?:等?(?:这|共)?[\d两三四五六七八九十]+[家个](?:\p{Han}{0,4}(?:单位|部门|局|机关))?|等(?:单位|部门)?)$|[，,]?(?:表中又称|又称|表中写|以名册为准|(?:分组|类别|名单|具体)?见(?:报送)?名册).*$`)

func trimLabel(s string) string {
	return strings.Trim(unnumbered(strings.Trim(s, " \t　：:“”")), " \t　，,、。；;：:“”（）()【】\"")
}

func unitWord(w string) bool {
	return slices.ContainsFunc([]string{"部门", "单位", "政府", "机关", "乡", "镇", "街道", "县", "区", "主体"}, func(x string) bool { return strings.Contains(w, x) })
}

// readsLeads reads a note on whether those who lead are judged themselves.
func (im *importer) readsLeads(note string) bool {
	for s := range statements(note) {
		switch {
		case leadsFree.MatchString(s):
			im.leadsCount = partNone
		case leadsToo.MatchString(s):
			im.leadsCount = partTaken
		default:
			continue
		}
		return true
	}
	return false
}

var (
	leadsFree = regexp.MustCompile(`(?:不因|并不因)牵头|牵头(?:单位|部门)?(?:不|只|仅)(?:作为|列为|列入|参加|参与|考核|计分|评分|单独|负责)|牵头[^。；;]{0,40}不(?:作为|列为|算|是)[^。；;]{0,6}(?:被评|被考核|责任|考核|评估|评价)`)
	leadsToo  = regexp.MustCompile(`牵头(?:单位|部门)?[^。；;]{0,24}(?:同时|也|均|都|一并|同样)(?:为|是|算|须|要|承担|列|作为|考核|参评|计分|评分|报送|报)`)
)

// freesPartners reads a note that 配合单位 are not judged.
func (im *importer) freesPartners(note string) bool {
	for s := range statements(note) {
		t := []rune(s)
		if at := partnerWords.in(t, 0, len(t)); at >= 0 && notCountedWords.in(t, at, len(t)) >= 0 || onlyLeads.MatchString(s) {
			im.partnersFree = true
			return true
		}
	}
	return false
}

var (
	partnerWords    = words(`配合 协助 协办 参与单位`)
	notCountedWords = words(`不计分 不记分 不单独计分 不考核 不评 不扣分 不参与 不计入 不纳入 不列入 不参加`)
	onlyLeads       = regexp.MustCompile(`(?:只|仅)(?:考核?|对|评|算|由)?牵头`)
)
