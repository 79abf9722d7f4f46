package rules

import (
	"regexp"
	"slices"
	"strings"

	"duibiao/corpus"
)

// reach is what a 责任单位 cell says of one unit.
type reach int

const (
	notCovered reach = iota
	covered
	unclear // 相关单位: nobody can tell from the table
)

// covers reads the words of 责任单位 of an indicator for one unit. Words that
// the pack defines are looked up first.
func (s *Set) covers(ind *Indicator, u corpus.Unit) reach {
	if len(ind.Applies) == 0 {
		return covered
	}
	out := notCovered
	for _, w := range ind.Applies {
		base, except := exceptions(w)
		if slices.ContainsFunc(except, func(name string) bool { return s.coversWord(ind.Pack, name, u) == covered }) {
			return notCovered
		}
		if base == "" {
			continue
		}
		switch r := s.coversWord(ind.Pack, base, u); r {
		case covered, unclear:
			if out != covered {
				out = r
			}
		}
	}
	return out
}

// exceptions splits a word of 责任单位 into whom it names and whom it leaves
// out: 市直部门（市统计局除外）, 各单位（不含乡镇）, 市气象局除外.
func exceptions(word string) (base string, except []string) {
	w := halfBrackets.Replace(word)
	if rest, ok := leftOut(w); ok && !strings.Contains(w, "(") {
		return "", []string{rest}
	}
	base, aside := lastAside(w)
	var kept []string
	for part := range strings.FieldsFuncSeq(aside, func(r rune) bool { return strings.ContainsRune("，,；;\n\r", r) }) {
		rest, ok := leftOut(strings.TrimSpace(part))
		if !ok {
			kept = append(kept, part)
			continue
		}
		if strings.HasPrefix(part, rest) { // 市统计局，市气象局除外: both
			except = append(except, slices.DeleteFunc(slices.Clone(kept), adds)...)
			kept = slices.DeleteFunc(kept, func(k string) bool { return !adds(k) })
		}
		except = append(except, splitUnits(rest)...)
	}
	if len(except) == 0 {
		return word, nil
	}
	if len(kept) > 0 {
		base += "(" + strings.Join(kept, "，") + ")"
	}
	return base, except
}

// adds reports whether a part of a bracket says whom a word includes.
func adds(part string) bool { return strings.HasPrefix(part, "含") || strings.HasPrefix(part, "指") }

// lastAside splits the bracket that ends a word from what stands before it.
func lastAside(w string) (base, aside string) {
	if !strings.HasSuffix(w, ")") {
		return w, ""
	}
	depth := 0
	for i := len(w) - 1; i >= 0; i-- {
		switch w[i] {
		case ')':
			depth++
		case '(':
			if depth--; depth == 0 {
				return w[:i], w[i+1 : len(w)-1]
			}
		}
	}
	return w, ""
}

func (s *Set) coversWord(pack, word string, u corpus.Unit) reach {
	word = notedBelow.ReplaceAllString(strings.TrimSpace(word), "")
	for _, p := range s.Packs {
		if p.Name != pack {
			continue
		}
		if names, ok := p.Defines[groupKey(word)]; ok {
			return s.defined(&p, groupKey(word), names, u, true)
		}
	}
	r, known := s.class(word, u)
	others, rest, butFor := strings.Cut(word, "外的") // 乡镇（街道）以外的单位
	base, aside := lastAside(halfBrackets.Replace(word))
	named, only := strings.CutPrefix(aside, "指")
	added, more := strings.CutPrefix(aside, "含")
	switch {
	case only: // 市直有关部门（指市公安局、市水务局）
		return s.anyOf(splitUnits(named), u)
	case more && s.anyOf(splitUnits(added), u) == covered: // 各县区（含经开区）
		return covered
	case more:
		return s.coversWord(pack, base, u)
	case butFor && others != "" && rest != "" && s.means(strings.TrimRight(others, "以之"), u):
		return notCovered
	case butFor && others != "" && rest != "":
		return s.coversWord(pack, "各"+rest, u)
	case namesUnit(word, u):
		return covered
	case known:
		return r
	case aside != "" && base != "": // 市水利局（牵头）
		return s.coversWord(pack, base, u)
	case !unitName(word):
		return unclear // 行政复议机关, 涉农单位: who that is the table does not say
	}
	return notCovered
}

// notedBelow is what a cell adds to a word that the notes define, and to one
// that means everybody: 持证的（见下）, 大家都要干.
var notedBelow = regexp.MustCompile(`[（(][^（）()]*见[^（）()]*[）)]$|[都均](?:要|须|得)?[干做办报评考看]?$`)

// anyOf reports whether one of the words means the unit.
func (s *Set) anyOf(words []string, u corpus.Unit) reach {
	if slices.ContainsFunc(words, func(w string) bool { return s.means(w, u) }) {
		return covered
	}
	return notCovered
}

// groupKey is a word of 责任单位 as the notes define it: without 各 before it and
// with its brackets as every cell has them.
func groupKey(word string) string {
	w := notedBelow.ReplaceAllString(strings.TrimSpace(listWords.Replace(word)), "")
	for _, head := range []string{"各", "全体", "全部", "所有"} {
		if rest, ok := strings.CutPrefix(w, head); ok && len([]rune(rest)) >= 2 && rest != "单位" {
			return rest
		}
	}
	return w
}

// means reports whether a word of the table names this unit or its kind, or
// ends in such a name: 挂了执法队牌子的黑龙庙镇.
func (s *Set) means(word string, u corpus.Unit) bool {
	r, known := s.class(word, u)
	if r == covered || namesUnit(word, u) {
		return true
	}
	if counted, _, ok := strings.Cut(word, "视同"); ok { // 开发区管委会视同县（市、区）政府考核
		return namesUnit(counted, u) || s.means(counted, u)
	}
	_, rest, described := strings.Cut(word, "的")
	return described && !known && rest != "" && s.means(rest, u)
}

// defined reads what a note says that a word means: units and kinds of unit,
// some of them left out again (垂管单位不在其内); deep reads the words that other
// notes define, too.
func (s *Set) defined(p *Pack, word string, names []string, u corpus.Unit, deep bool) reach {
	out := notCovered
	for _, n := range names {
		if rest, ok := leftOut(n); ok {
			if s.means(rest, u) || beginsWithName(rest, u) {
				return notCovered
			}
		} else if n == word {
			continue
		} else if more, ok := p.Defines[groupKey(n)]; ok && deep && groupKey(n) != word {
			if s.defined(p, groupKey(n), more, u, false) == covered { // a word of another note
				out = covered
			}
		} else if s.means(n, u) {
			out = covered
		}
	}
	return out
}

// beginsWithName reports whether a word begins with a name of the unit:
// 市司法局无行政处罚权.
func beginsWithName(word string, u corpus.Unit) bool {
	r := []rune(word)
	for n := len(r) - 1; n >= 3; n-- {
		if namesUnit(string(r[:n]), u) {
			return true
		}
	}
	return false
}

// leftOut is the unit or kind that a part of a note leaves out.
func leftOut(n string) (string, bool) {
	if rest, ok := strings.CutPrefix(n, "除"); ok {
		for _, tail := range []string{"以外", "之外", "外"} {
			if rest, ok := strings.CutSuffix(rest, tail); ok {
				return rest, true
			}
		}
	}
	for _, tail := range []string{"不在其内", "不在内", "除外", "不在此列", "不包括在内", "不计在内", "不列入", "不考核", "不评", "不计", "不算", "不参评", "不看", "不测", "不管"} {
		if rest, ok := strings.CutSuffix(n, tail); ok {
			return strings.TrimPrefix(rest, "但"), true
		}
	}
	for _, head := range []string{"不含", "不包括", "不包含", "但不含", "但不包括"} {
		if rest, ok := strings.CutPrefix(n, head); ok {
			return rest, true
		}
	}
	return n, false
}

// unitName reports whether a word of the table looks like a unit or a kind of
// unit, so that one which is not this unit is another.
func unitName(word string) bool {
	w := []rune(withoutBrackets.Replace(word))
	return len(w) > 0 && (strings.ContainsRune("局委办镇乡县区市省道会院厅科室所队中心处企司校村部组站", w[len(w)-1]) || strings.HasSuffix(string(w), "政府"))
}

// class reads a word that names a type of unit; known is false of any other.
func (s *Set) class(word string, u corpus.Unit) (r reach, known bool) {
	w := withoutBrackets.Replace(withoutAside(word))
	kind := unitKind(u)
	has := func(subs ...string) bool {
		return slices.ContainsFunc(subs, func(x string) bool { return strings.Contains(w, x) })
	}
	when := func(ok bool) (reach, bool) {
		if ok {
			return covered, true
		}
		return notCovered, true
	}
	is := func(kinds ...corpus.UnitKind) (reach, bool) { return when(slices.Contains(kinds, kind)) }
	bureau := []corpus.UnitKind{corpus.Bureau, corpus.CountyBureau}
	switch {
	case zoneWords.in([]rune(w), 0, len([]rune(w))) >= 0 && !has("县", "市、区", "市区"):
		return when(namesUnit(word, u) || namesZone(w, u) || generalZone.in([]rune(w), 0, len([]rune(w))) >= 0 && len([]rune(w)) <= shortZone && runsZone(u))
	case has("没有执法", "无执法", "不具有执法", "不承担执法", "非执法"):
		return when(!u.Enforces)
	case w == "有执法权的部门" || has("执法部门", "执法单位", "执法机关", "执法职能", "执法职责", "执法权的", "执法主体"):
		return when(u.Enforces)
	case has("相关", "有关"):
		return unclear, true
	case apartWord.MatchString(w):
		return apart(w, u), true
	case has("各级各部门", "各单位", "所有单位", "全部单位", "全体单位", "各级政府各部门") || has("名册") && strings.HasSuffix(w, "单位") || madeOf(w, everybodyWords):
		return covered, true
	case has("市直", "市级部门", "市级各部门", "市政府部门", "市政府各部门", "市级机关"):
		return is(corpus.Bureau)
	case has("县直", "区直", "县级部门"):
		return is(corpus.CountyBureau)
	case madeOf(w, townshipWords):
		return is(corpus.Township)
	case madeOf(w, bureauWords):
		return is(bureau...)
	case has("县政府", "区政府", "县人民政府", "区人民政府") && has("部门"):
		return is(bureau...)
	case has("县级政府", "县区政府", "各县", "县市区", "各区", "功能区", "县区人民政府") || madeOf(w, countyWords):
		return when(kind == corpus.County && !(runsZone(u) && !has("功能区") && s.zonesApart()))
	case has("市级政府", "市人民政府") && !has("部门"), w == "市政府":
		return is(corpus.CityGov)
	case has("各部门", "政府部门", "各委办局", "部门"):
		return is(bureau...)
	case kind != "" && strings.Contains(w, string(kind)): // a type of the roster's own: 垂管单位
		return covered, true
	}
	return notCovered, false
}

// apart says whether a word for units that no government here runs, 垂管单位,
// 中央驻云单位 or 群团组织, means the unit. Only the roster says which units
// those are.
func apart(word string, u corpus.Unit) reach {
	named, is := apartWord.FindString(word), apartWord.FindString(string(u.Kind))
	body := func(w string) bool { return strings.HasPrefix(w, "群团") || strings.HasPrefix(w, "人民团体") }
	switch {
	case u.Kind == "":
		return unclear
	case is == "" || body(is) != body(named):
		return notCovered
	case strings.HasPrefix(is, "驻") != strings.HasPrefix(named, "驻"):
		return unclear // a unit under direct rule may be one of the centre's here
	}
	return covered
}

var apartWord = regexp.MustCompile(`垂管|垂直管理|群团|人民团体|驻\p{Han}{0,2}(单位|机构|部门)$`)

// townshipWords, bureauWords and countyWords make up the words for all
// townships, bureaus and counties; with anything else in it a word is a name:
// 北门街道.
var (
	townshipWords = words(everyOne + `乡 镇 街道 街 办事处 办`)
	bureauWords   = words(everyOne + `机关 直属 组成 工作 机构 局 委 办 部门`)
	countyWords   = words(everyOne + `县 区 市区 县级 县级市`)
)

// everybodyWords make up the words for all units: 全体被考核单位.
var everybodyWords = words(everyOne + `被 受 参评 参加 参与 考核 考评 评价 评估 测评 评审 报送 责任 创建 对象 家 大家 名册 上 列`)

const everyOne = `0 1 2 3 4 5 6 7 8 9 两 一 二 三 四 五 六 七 八 九 十 个 各 全部 所有 全体 全市 全县 全区 本市 辖区 人民政府 政府 党委 和 及 与 以及 、 等 级 单位 内 的 `

// madeOf reports whether a word is made of words of the list and no others.
func madeOf(w string, list lexicon) bool {
	t := []rune(w)
	i := 0
	for i < len(t) {
		n := list.at(t, i)
		if n == 0 {
			return false
		}
		i += n
	}
	return i > 0
}

// zoneWords name the zones that a city runs beside its counties, generalZone
// those of any kind.
var (
	zoneWords   = words(`管委会 管理委员会 开发区 功能区 高新区 经开区 综保区 保税区 园区 示范区 度假区`)
	generalZone = words(`管委会 管理委员会 开发区 功能区 园区`)
)

// namesZone reports whether a word is how people shorten the name of a zone:
// its runes in order, 经开区 for 云川经济技术开发区管委会.
func namesZone(word string, u corpus.Unit) bool {
	w, at := []rune(strings.TrimSuffix(strings.TrimSuffix(word, "管委会"), "管理委员会")), 0
	for _, r := range u.Name {
		if at < len(w) && w[at] == r {
			at++
		}
	}
	return len(w) >= 3 && at == len(w) && runsZone(u)
}

// shortZone is the length in runes up to which a word with one of zoneWords
// means all zones, and not that of a name.
const shortZone = 8

// runsZone reports whether a unit runs a development zone.
func runsZone(u corpus.Unit) bool {
	return strings.HasSuffix(bareName(u.Name), "管委会") || endsWith([]rune(u.Name), zoneWords) || zoneWords.in([]rune(string(u.Kind)), 0, len([]rune(string(u.Kind)))) >= 0
}

// zonesApart reports whether the tables name zones beside the counties, so that
// 县（市、区）政府 does not mean them.
func (s *Set) zonesApart() bool {
	named := func(words []string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return zoneWords.in([]rune(w), 0, len([]rune(w))) >= 0 })
	}
	return slices.ContainsFunc(s.Indicators, func(i Indicator) bool { return named(i.Applies) }) ||
		slices.ContainsFunc(s.Packs, func(p Pack) bool {
			for _, names := range p.Defines {
				if named(names) {
					return true
				}
			}
			return false
		})
}

// withoutAside is a word without what a bracket adds to it:
// 县（市、区）政府（含所属执法部门）.
func withoutAside(word string) string {
	w := halfBrackets.Replace(word)
	if i := strings.Index(w, "(含"); i > 0 {
		return w[:i]
	}
	return w
}

// unitKind is the unit's type, from the roster or else from its name.
func unitKind(u corpus.Unit) corpus.UnitKind {
	if u.Kind != "" {
		return u.Kind
	}
	n := u.Name
	switch {
	case runsZone(u):
		return corpus.County
	case strings.HasSuffix(n, "镇") || strings.HasSuffix(n, "乡") || strings.HasSuffix(n, "街道") || strings.HasSuffix(n, "街道办事处") || strings.HasSuffix(n, "镇人民政府") || strings.HasSuffix(n, "乡人民政府"):
		return corpus.Township
	case strings.HasSuffix(n, "局") || strings.HasSuffix(n, "委") || strings.HasSuffix(n, "委员会") || strings.HasSuffix(n, "办公室") || strings.HasSuffix(n, "中心"):
		return corpus.Bureau
	case strings.HasSuffix(n, "县") || strings.HasSuffix(n, "区") || strings.HasSuffix(n, "县人民政府") || strings.HasSuffix(n, "区人民政府") || strings.HasSuffix(n, "管委会"):
		return corpus.County
	}
	return ""
}

// namesUnit reports whether a word of the table means this unit: its name, an
// alias, or either without the place before it.
func namesUnit(word string, u corpus.Unit) bool {
	word = bareName(word)
	if len([]rune(word)) < 2 {
		return false
	}
	for _, n := range append([]string{u.Name}, u.Aliases...) {
		n = bareName(n)
		if core := afterPlace(n); len([]rune(core)) >= 3 && samePlace(word, n) && (core == afterPlace(word) || shortFor(afterPlace(word), core)) {
			return true
		}
		if n == word || strings.HasSuffix(n, word) && (placeBefore(strings.TrimSuffix(n, word)) || len([]rune(word)) >= wholeName) || strings.HasSuffix(word, n) && len([]rune(n)) >= 3 && placeBefore(strings.TrimSuffix(word, n)) {
			return true
		}
	}
	return false
}

// placeBefore reports whether what stands before a short name is a place, so
// that 安平市司法局 is 司法局 but 城乡规划局 is not 规划局.
func placeBefore(rest string) bool {
	return rest == "" || strings.HasSuffix(rest, "市") || strings.HasSuffix(rest, "县") || strings.HasSuffix(rest, "区") || strings.HasSuffix(rest, "省") || strings.HasSuffix(rest, "镇")
}

// shortFor reports whether short is how people shorten the name of an office:
// its runes in order, the first and the last kind of body kept: 城管局, 卫健委.
func shortFor(short, full string) bool {
	a, b := []rune(short), []rune(strings.TrimSuffix(full, "员会"))
	if len(a) < 3 || len(a) > 5 || a[0] != b[0] || a[len(a)-1] != b[len(b)-1] || !strings.ContainsRune("局委办队", a[len(a)-1]) {
		return false
	}
	at := 0
	for _, r := range b {
		if at < len(a) && a[at] == r {
			at++
		}
	}
	return at == len(a)
}

// afterPlace is a short name without the city or county before it:
// 市水利局 and 安平市水利局 are both 水利局.
func afterPlace(name string) string {
	r := []rune(name)
	for {
		cut := 0
		for i := 0; i < len(r)-2 && i < 6 && cut == 0; i++ {
			governs := hasAt(r, i, []rune("市政务")) || hasAt(r, i, []rune("市政府"))
			if strings.ContainsRune("市县区省", r[i]) && (governs || notPlace.at(r, i) == 0) && (i == 0 || notPlace.at(r, i-1) == 0) {
				cut = i + 1
			}
		}
		if cut == 0 {
			return string(r)
		}
		r = r[cut:]
	}
}

// notPlace are words with a rune that may end a place's name.
var notPlace = words(`城市 市场 市政 市容 社区 园区 景区 小区 地区 区域 都市 县域 城区`)

// samePlace reports whether two names may be of one place: a city's bureau is
// not a county's, and a place that is named must be the same.
func samePlace(a, b string) bool {
	pa, pb := strings.TrimSuffix(a, afterPlace(a)), strings.TrimSuffix(b, afterPlace(b))
	return strings.HasSuffix(pa, pb) || strings.HasSuffix(pb, pa)
}

// wholeName is the length in runes from which a name at the end of a longer
// one is no part of another word.
const wholeName = 8

func bareName(s string) string {
	s = strings.TrimSpace(s)
	for _, tail := range []string{"管理委员会", "管理办公室"} {
		if t, ok := strings.CutSuffix(s, tail); ok && (tail == "管理委员会" && t != "" || endsWith([]rune(t), zoneWords)) {
			s = t + "管委会"
		}
	}
	for _, tail := range []string{"人民政府", "政府", "人民政府办公室", "办事处"} {
		if t := strings.TrimSuffix(s, tail); t != "" {
			s = t
		}
	}
	return s
}

// splitUnits splits a cell or note that lists units, leaving 县（市、区）and what
// else stands in brackets whole. Of 各单位，市税务局、市气象局除外 each of the
// last two says that it is left out.
func splitUnits(s string) []string {
	var units []string
	for part := range strings.FieldsFuncSeq(exceptFirst(strings.ReplaceAll(listWords.Replace(s), "以及", "、")), outsideBrackets("，,；;\n\r。")) {
		out := ""
		if rest, ok := leftOut(strings.TrimSpace(part)); ok && !strings.ContainsAny(part, "（(") {
			part, out = rest, "除外"
		}
		if part == "" && len(units) > 0 { // 市司法局无行政处罚权，不在此列
			units[len(units)-1] += out
			continue
		}
		from := len(units)
		for w := range strings.FieldsFuncSeq(part, outsideBrackets("、\t /")) {
			for _, u := range splitAtAnd(w) {
				units = append(units, u+out)
			}
		}
		ofOneKind(units[from:])
	}
	return units
}

// ofOneKind gives each name of a list the kind that only the last one bears:
// 东湖、西岭两个街道.
func ofOneKind(units []string) {
	last := len(units) - 1
	if last < 1 {
		return
	}
	m := countedKind.FindStringSubmatch(units[last])
	if m == nil || slices.ContainsFunc(units[:last], func(u string) bool { return unitName(u) || unitWord(u) }) {
		return
	}
	for i := range units[:last] {
		units[i] += m[2]
	}
	units[last] = m[1] + m[2]
}

var countedKind = regexp.MustCompile(`^(\p{Han}{2,6}?)(?:[两二三四五六七八九十]|\d+)个?(街道|乡镇|镇|乡|局|县|区)$`)

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
	rest, ok := strings.CutPrefix(strings.TrimSpace(s), "除")
	if !ok {
		return s
	}
	for _, mark := range []string{"以外的", "之外的", "外的", "以外", "外"} {
		if names, base, ok := strings.Cut(rest, mark); ok && base != "" {
			return strings.TrimLeft(base, "，,") + "（" + names + "除外）"
		}
	}
	return s
}

// splitAtAnd splits at 和, 及 and 与 where what stands before is a whole unit:
// many names hold such a word, as 自然资源和规划局 does.
func splitAtAnd(w string) []string {
	var units []string
	from := 0
	for i, r := range w {
		if strings.ContainsRune("和及与", r) && endsWithAny(w[from:i], wholeEnds) {
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
var wholeEnds = []string{"局", "委", "办", "府", "厅", "院", "会", "部", "部门", "单位", "机关", "镇", "乡", "街道", "街", "中心", "公司", "队", "县", "区", "市", "所", "站", ")", "）"}

var (
	withoutBrackets = strings.NewReplacer("（市、区）", "", "(市、区)", "", "（市区）", "", "(区)", "", "（区）", "", "（场）", "", " ", "", "(", "", ")", "", "（", "", "）", "")
	halfBrackets    = strings.NewReplacer("（", "(", "）", ")")
	listWords       = strings.NewReplacer("（市、区）", "", "(市、区)", "", "（市,区）", "", "牵头单位：", "", "责任单位：", "", "配合单位：", "、", "牵头:", "", "配合:", "、", "牵头：", "", "配合：", "、")
)
