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

// covers reads the words of 责任单位 of an indicator for one unit of a roster,
// which may be nil.
func (s *Set) covers(ind *Indicator, u corpus.Unit, roster *Roster) reach {
	if len(ind.Applies) == 0 {
		return covered
	}
	var units []corpus.Unit
	at := -1
	if roster != nil {
		units = roster.units
		at = slices.IndexFunc(units, func(x corpus.Unit) bool { return x.Name == u.Name })
	}
	if at < 0 {
		at, units, roster = len(units), append(slices.Clip(units), u), nil
	}
	g := s.meant(ind, units, roster)
	switch {
	case g.in[at]:
		return covered
	case g.may[at]:
		return unclear
	}
	return notCovered
}

// meant are the units that an indicator is for; a roster remembers it.
func (s *Set) meant(ind *Indicator, units []corpus.Unit, roster *Roster) group {
	key := dutyKey{s, ind.Pack, strings.Join(ind.Applies, "\x00")}
	if roster != nil {
		if g, ok := roster.duties.Load(key); ok {
			return g.(group)
		}
	}
	d := &duties{units: units, read: new(int)}
	for i := range s.Packs {
		if s.Packs[i].Name == ind.Pack {
			d.defines = s.Packs[i].Defines
		}
	}
	if s.engine != nil {
		d.zonesApart = s.engine.zones()
	}
	g := d.list(ind.Applies)
	if roster != nil && g.size() == 0 && !g.open() { // nobody is left: a note was misunderstood, or nobody of the roster is meant
		g.may = d.list(withoutNotes(ind.Applies)).in
	}
	if roster != nil {
		roster.duties.Store(key, g)
	}
	return g
}

// withoutNotes are the words of a cell without what the notes added to them.
func withoutNotes(words []string) []string {
	var out []string
	for _, w := range words {
		if _, leaves := leftOut(w); !leaves {
			w, _, _ = strings.Cut(w, "（仅")
			out = append(out, w)
		}
	}
	return out
}

// dutyKey is a cell of one pack of a set.
type dutyKey struct {
	set         *Set
	pack, words string
}

// duties says which units of a roster the words of a table mean: names, types
// of unit, the roster's own 类别, words that the notes define, and what these
// are with some left out or added.
type duties struct {
	units      []corpus.Unit
	defines    map[string][]string // of the pack, by groupKey
	zonesApart bool                // development zones are named beside the counties
	reading    []string            // the words whose definitions are being read
	read       *int                // how many definitions were read for this cell
}

// group is a set of units. It is known when some word of it was understood; a
// word that was not may mean some others.
type group struct {
	in, may []bool
	known   bool
}

func (d *duties) empty() group {
	return group{in: make([]bool, len(d.units)), may: make([]bool, len(d.units))}
}

func (d *duties) none() group {
	g := d.empty()
	g.known = true
	return g
}

// unknown is what a word means that was not understood: anybody, but 部门 are
// no governments.
func (d *duties) unknown(w string) group {
	g := d.empty()
	for i := range d.units {
		kind := dutyKind(&d.units[i])
		g.may[i] = !strings.HasSuffix(w, "部门") || kind != corpus.County && kind != corpus.Township
	}
	return g
}

// open reports whether some word was not understood.
func (g group) open() bool { return slices.Contains(g.may, true) }

// where are the units for which ok holds.
func (d *duties) where(ok func(u *corpus.Unit) bool) group {
	g := d.none()
	for i := range d.units {
		g.in[i] = ok(&d.units[i])
	}
	return g
}

func (d *duties) everybody() group { return d.where(func(*corpus.Unit) bool { return true }) }

func (g group) size() int {
	n := 0
	for _, in := range g.in {
		if in {
			n++
		}
	}
	return n
}

func (g *group) add(more group) {
	for i, in := range more.in {
		g.in[i], g.may[i] = g.in[i] || in, g.may[i] || more.may[i]
	}
	g.known = g.known || more.known
}

func (g *group) leaveOut(those group) {
	for i, in := range those.in {
		g.in[i], g.may[i] = g.in[i] && !in, g.may[i] && !in
	}
}

func (g *group) keep(those group) {
	for i, in := range those.in {
		g.in[i] = g.in[i] && in
	}
}

// list reads the words of a cell one after the other: one that leaves units out
// leaves them out of what stands before it.
func (d *duties) list(words []string) group {
	g := d.empty()
	first := true
	for _, w := range words {
		parts := []string{w}
		if d.defines[groupKey(w)] == nil { // “县（区）及园区”
			parts = splitUnits(w)
		}
		for _, t := range parts {
			if rest, ok := leftOut(t); ok && d.defines[groupKey(t)] == nil {
				if first {
					g = d.everybody()
				}
				g.leaveOut(d.list(splitUnits(rest)))
			} else {
				g.add(d.word(t))
			}
			first = false
		}
	}
	return g
}

// maxNested is how deep the words of notes may refer to each other.
const maxNested = 6

// maxRead is how many definitions a cell may call for.
const maxRead = 40

// longWord is the length in runes from which a word is neither a name nor a kind,
// longCell that from which a word with brackets is not read.
const (
	longWord = 60
	longCell = 1000
)

// word reads one word of a list.
func (d *duties) word(word string) group {
	if len([]rune(word)) > longCell {
		return d.unknown(word)
	}
	w := unnoted(strings.TrimSpace(word))
	w = kindBrackets.Replace(halfBrackets.Replace(w))
	if w == "" || besides.MatchString(w) {
		return d.none() // 以上单位, 所属单位: nobody new
	}
	if who, ok := strings.CutSuffix(w, halfBrackets.Replace(leadsOnly)); ok {
		g := d.word(who)
		g.in, g.may = make([]bool, len(d.units)), g.in
		return g
	}
	if g, ok := d.defined(w); ok {
		if own := d.byClass(w); own.size() > 0 && (g.open() || g.size() == 0 || groupClass.MatchString(className(w)) && !speaksOfRoster(d.defines[groupKey(w)])) {
			return own // the roster says it better: 甲组为县（市、区）政府
		}
		return g
	}
	if rest := eachOf.ReplaceAllString(w, ""); rest != w && rest != "" { // 乙组各单位
		if g, ok := d.defined(rest); ok {
			return g
		}
	}
	if kind, ok := ofRoster(w); ok && !strings.HasPrefix(kind, "(") && !strings.HasPrefix(kind, "（") {
		if kind == "" {
			return d.everybody()
		}
		return d.list(splitUnits(kind))
	}
	if whole := d.byClass(w); whole.known && strings.ContainsAny(w, "（(") {
		return whole // 市直部门（执法类）
	}
	if base, aside := lastAside(w); aside != "" && base != "" {
		return d.withAside(base, aside)
	}
	if m := among.FindStringSubmatch(w); m != nil && !unitName(m[1]+"中") { // 县直部门中执法类以外的单位
		g := d.word(m[1])
		rest, out := strings.CutPrefix(m[2], "除")
		if cut := butFor.FindStringSubmatch(rest); cut != nil {
			g.leaveOut(d.list(splitUnits(cut[1])))
			return g
		}
		if only := d.list([]string{m[2]}); !out && only.open() {
			g.in, g.may = make([]bool, len(d.units)), g.in
			return g
		} else if !out {
			g.keep(only)
			return g
		}
	}
	if m := butFor.FindStringSubmatch(w); m != nil && !strings.HasPrefix(w, "除") { // 乡镇以外的单位
		g := d.everybody()
		if class := d.word(m[2]); class.known && !class.open() {
			g = class
		}
		g.leaveOut(d.list(splitUnits(m[1])))
		return g
	}
	if rest := strings.TrimSpace(ofList.ReplaceAllString(w, "")); rest != "" {
		w = rest
	}
	return d.atom(w)
}

var (
	// besides begin words that add nobody: 所属单位, 以上单位均须报送.
	besides = regexp.MustCompile(`^[（(]?(?:其?所属|其?下属|所辖|以上|上述)`)
	// ofList ends a word that is the last of a list: 县林草局、县水务局等2个部门.
	ofList = regexp.MustCompile(`(?:几家|等(?:[\d一二两三四五六七八九十]+[个家]?)?(?:部门|单位|局|机关)?|(?:这|共)?[\d一二两三四五六七八九十]+家|一家|全部|[都均](?:要|须|得)?[干做办报评考看算]*(?:上)?|也算上|(?:一起|共同)[做办干]?)$`)
	// eachOf ends a word for a group that cells also call without it.
	eachOf = regexp.MustCompile(`(?:各|全部|所有|全体)?(?:被考核)?(?:单位|部门)$|全部$|管委会$`)
	// among is a part of a larger group.
	among = regexp.MustCompile(`^(.{2,}?)(?:里头|里面|当中|之中|中|里)的?(除.+|.+以外的?\p{Han}*|.*\p{Han}{2,})$`)
	// butFor is everybody but some.
	butFor = regexp.MustCompile(`^(.+?)(?:以外|之外|外的)的?(\p{Han}*)$`)
	// notedBelow is what a cell adds to a word that the notes define, and to one
	// that means everybody: 持证的（见下）, 大家都要干.
	notedBelow = regexp.MustCompile(`[（(][^（）()]*见[^（）()]*[）)]$|(?:全部适用|[都均](?:要|须|得)?[干做办报评考看]?)$`)
)

// withAside reads a word with a bracket that says more of it: 各县区（含经开区），
// 市直部门（市统计局除外）, 市直有关部门（指市公安局、市水务局）.
func (d *duties) withAside(base, aside string) group {
	g := d.word(base)
	if aside == unsureAside {
		return g.unsure()
	}
	var out []string
	kept := ""
	for part := range strings.FieldsFuncSeq(aside, func(r rune) bool { return strings.ContainsRune("，,；;\n", r) }) {
		part = strings.TrimSpace(part)
		rest, leaves := leftOut(part)
		switch {
		case leaves && strings.HasPrefix(part, rest) && kept != "": // 市统计局，市气象局除外: both
			g.leaveOut(d.list(splitUnits(kept)))
			g.leaveOut(d.list(splitUnits(rest)))
			kept = ""
		case leaves:
			g.leaveOut(d.list(splitUnits(rest)))
		case strings.HasPrefix(part, "含") || strings.HasPrefix(part, "包括"):
			more := d.list(splitUnits(strings.TrimPrefix(strings.TrimPrefix(part, "含"), "包括")))
			more.may = make([]bool, len(d.units))
			g.add(more)
		case strings.HasPrefix(part, "指") || strings.HasPrefix(part, "即"):
			return d.list(splitUnits(strings.TrimPrefix(strings.TrimPrefix(part, "指"), "即")))
		case strings.HasPrefix(part, "仅") || strings.HasPrefix(part, "只"):
			g = d.onlyOf(g, strings.TrimLeft(part, "仅只限含指"))
		case d.byClass(part).size() > 0:
			g.keep(d.byClass(part))
		default:
			kept = strings.Trim(kept+"、"+part, "、")
			out = append(out, part)
		}
	}
	if listed := d.list(out); g.size() == 0 && g.open() && listed.size() > 0 && !listed.open() {
		return listed
	} else if g.size() > 1 && len(splitUnits(kept)) > 1 && !strings.HasSuffix(kept, "等") && listed.size() > 1 && !listed.open() {
		return listed // 执法部门（市公安局、市水利局）
	}
	return g
}

// defined reads a word that the notes define.
func (d *duties) defined(w string) (group, bool) {
	key := groupKey(w)
	names, ok := d.defines[key]
	if !ok && letterGroup.MatchString(key) { // A, where a note tells of A类
		for _, end := range []string{"类", "组", "档"} {
			if names, ok = d.defines[key+end]; ok {
				key += end
				break
			}
		}
	}
	if !ok {
		key, names, ok = d.sameEnforcers(w)
	}
	if !ok || slices.Contains(d.reading, key) || len(d.reading) >= maxNested || *d.read >= maxRead {
		return group{}, false
	}
	*d.read++
	inner := *d
	inner.reading = append(slices.Clip(d.reading), key)
	g := inner.list(names)
	if g.size() == 0 {
		if kind := d.ofKind(w); kind.size() > 0 {
			return kind, true // “各单位”是15家都算: what the note says adds nothing
		}
	}
	if bureauOnly.MatchString(w) && key != groupKey(w) && !bureauOnly.MatchString(key) { // 有行政执法职能的市直机关, where the note counts towns among them
		g.keep(d.where(isBureau))
	}
	return g, true
}

// speaksOfRoster reports whether a definition is made of words about the roster.
func speaksOfRoster(names []string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return strings.Contains(n, "类别") || strings.Contains(n, "名册") })
}

var bureauOnly = regexp.MustCompile(`[市县区]直|[市县区]级`)

// sameEnforcers is the definition of those who may enforce, however a cell
// calls them: the notes define 有执法权的部门, the cell says 行政执法单位.
func (d *duties) sameEnforcers(w string) (key string, names []string, ok bool) {
	if !enforcers(w) || d.byClass(w).size() > 0 {
		return "", nil, false
	}
	for k, n := range d.defines {
		if enforcers(k) {
			if ok {
				return "", nil, false // two words: which is meant nobody knows
			}
			key, names, ok = k, n, true
		}
	}
	return key, names, ok
}

var enforcing = regexp.MustCompile(`^(?:市直|县直|区直|市级|县级|区级)?(?:具?有|承担|行使|负有)?(?:行政)?执法(?:权|职能|职责|任务|主体|资格)?(?:资格)?(?:的)?(?:(?:市级|县级|市直|县直|区直)?(?:部门|单位|机关|主体|机构))?$`)

// enforcers reports whether a word names all units that may enforce.
func enforcers(w string) bool { return enforcing.MatchString(groupKey(w)) }

// atom reads a word that is no list.
func (d *duties) atom(w string) group {
	if w == "" {
		return d.none()
	}
	if len([]rune(w)) > longWord {
		return d.unknown(w)
	}
	if g, ok := d.defined(w); ok {
		return g
	}
	if g := d.byClass(w); g.known {
		return g
	}
	if g := d.named(w); g.size() > 0 {
		return g
	}
	if g := d.governmentOffice(w); g.size() == 1 {
		return g
	}
	if g := d.classWithin(w); g.known {
		return g
	}
	if g := d.ofKind(w); g.known || g.open() {
		return g
	}
	if g := d.counted(w); g.known {
		return g
	}
	if g := d.shortly(w); g.size() > 0 && !d.rivalled(w, g) {
		return g
	}
	if rest, ok := strings.CutPrefix(w, "其他"); ok && rest != "" {
		return d.atom(rest)
	}
	if _, rest, ok := strings.Cut(w, "的"); ok && rest != "" && rest != "单位" && rest != "部门" { // 挂了执法队牌子的黑龙庙镇
		if g := d.atom(rest); g.size() > 0 && !g.open() {
			return g
		}
	}
	if m := powerless.FindStringSubmatch(w); m != nil { // 市统计局无行政处罚权
		return d.named(m[1])
	}
	for i, r := range w { // 镇里和城关街道, where a note tells who 镇里 are
		if g, ok := d.defined(w[:i]); ok && strings.ContainsRune("和及与", r) {
			g.add(d.word(w[i+len(string(r)):]))
			return g
		}
	}
	if g, ok := d.overColumn(w); ok {
		return g
	}
	if unitName(w) {
		return d.none() // a unit that is not on the roster
	}
	return d.unknown(w)
}

var powerless = regexp.MustCompile(`^(.{3,}?)(?:无|没有|不具有)\p{Han}{2,}$`)

// byClass are the units whose 类别 the word is, or the part of it before or in
// its brackets.
func (d *duties) byClass(word string) group {
	own := className(word)
	g := d.empty()
	if own == "" {
		return g
	}
	for i, u := range d.units {
		base, aside := lastAside(kindBrackets.Replace(halfBrackets.Replace(u.Class)))
		for _, c := range []string{u.Class, base, aside} {
			if c := className(c); c != "" && (c == own || c+"类" == own || c == own+"类") {
				g.in[i], g.known = true, true
			}
		}
	}
	return g
}

// classWithin are the units whose 类别 a word holds beside words for all
// bureaus: 市直综合类部门.
func (d *duties) classWithin(w string) group {
	for _, u := range d.units {
		base, aside := lastAside(halfBrackets.Replace(u.Class))
		for _, c := range []string{aside, base} {
			if rest := strings.Replace(w, c, "", 1); len([]rune(c)) >= 3 && groupClass.MatchString(c) && rest != w && rest != "" && madeOf(rest, bureauWords) {
				return d.byClass(c)
			}
		}
	}
	return d.empty()
}

// className is a 类别 of a roster, or a word of the table that may be one,
// without what a table adds to it: 各县（市、区）, A类单位.
func className(word string) string {
	w := strings.ReplaceAll(withoutBrackets.Replace(groupKey(halfBrackets.Replace(word))), "各", "")
	for _, head := range []string{"全部", "所有", "全体"} {
		w = strings.TrimPrefix(w, head)
	}
	for _, tail := range []string{"单位", "部门", "人民政府", "政府", "企业"} {
		if rest := strings.TrimSuffix(w, tail); len([]rune(rest)) >= 2 {
			w = rest
		}
	}
	return strings.ReplaceAll(w, "、", "")
}

// counted reads words that count: 三镇两街, 四个街道, 区直六部门.
func (d *duties) counted(w string) group {
	g := d.empty()
	w = placeLead.ReplaceAllString(w, "")
	if m := countedFirst.FindStringSubmatch(w); m != nil { // 四家派驻单位
		if class := d.atom(m[2]); class.known && !class.open() && class.size() == smallNumber(m[1]) {
			return class
		}
	}
	if m := countedClass.FindStringSubmatch(w); m != nil {
		class := d.atom(m[1] + m[3])
		if n := smallNumber(m[2]); !class.known || class.open() || n != class.size() {
			return g
		}
		return class
	}
	if !countedKinds.MatchString(w) {
		return g
	}
	for _, m := range countedPart.FindAllStringSubmatch(w, -1) {
		kind := d.ofKind("各" + m[2])
		if m[2] == "局" || m[2] == "委" || m[2] == "办" {
			kind = d.where(func(u *corpus.Unit) bool { return strings.HasSuffix(u.Name, m[2]) })
			if kind.size() != smallNumber(m[1]) {
				return d.empty()
			}
		}
		g.add(kind)
	}
	return g
}

const countRunes = `[\d一二两三四五六七八九十]{1,3}`

var (
	countedPart  = regexp.MustCompile(`(` + countRunes + `)个?(乡镇街道|镇街道|镇街|街镇|乡镇|镇|乡|街道|街|县|区|市|旗|局|委|办|园区|开发区|管委会)`)
	countedFirst = regexp.MustCompile(`^(` + countRunes + `)[个家](\p{Han}{2,})$`)
	placeLead    = regexp.MustCompile(`^\p{Han}{1,2}里的`)
	countedKinds = regexp.MustCompile(`^(?:` + countedPart.String() + `)+$`)
	countedClass = regexp.MustCompile(`^(\p{Han}{2,3})(` + countRunes + `)个?(部门|单位|局|机关)$`)
)

// smallNumber reads a small number in either kind of digits, 0 when it is none.
func smallNumber(s string) int {
	if n := atoi(s); n > 0 {
		return n
	}
	n, _ := cnNumber([]rune(s), 0)
	return int(n)
}

var letterGroup = regexp.MustCompile(`^[A-Za-z甲乙丙丁戊]$`)

// unnoted is a word without what its cell adds to it, unless that is all it
// says: 全部适用.
func unnoted(w string) string {
	if rest := strings.TrimSpace(notedBelow.ReplaceAllString(w, "")); rest != "" || strings.ContainsAny(w, "（(") {
		return rest
	}
	return w
}

// groupKey is a word of 责任单位 as the notes define it: without 各 before it and
// with its brackets as every cell has them.
func groupKey(word string) string {
	w := unnoted(strings.TrimSpace(kindBrackets.Replace(halfBrackets.Replace(word))))
	for _, head := range []string{"各", "全体", "全部", "所有"} {
		if rest, ok := strings.CutPrefix(w, head); ok && len([]rune(rest)) >= 2 && rest != "单位" {
			return rest
		}
	}
	return w
}

// ofRoster reads a word that speaks of the roster: of 名册中类别为乡镇（街道）的
// 全部单位 it gives 乡镇（街道）, of 报送名册所列单位 "".
func ofRoster(word string) (kind string, ok bool) {
	word = withoutTitleMarks.Replace(word)
	head := rosterFrame.FindString(word)
	if !strings.Contains(head, "名册") && !strings.Contains(head, "名单") && !strings.Contains(head, "类别") {
		return "", false
	}
	kind = rosterTail.ReplaceAllString(strings.TrimPrefix(word, head), "")
	return strings.Trim(kind, "“”\"「」、，, "), true
}

var (
	rosterFrame = regexp.MustCompile(`^[指即为]?(?:\p{Han}{0,10}?(?:名册|名单)(?:[中里内上的]|所列|列明|所载|登记|确定|为准)*[，,、]?)?(?:(?:单位)?(?:类别|类型|性质)(?:一?栏)?[里中]?(?:标为|标注为|注明为|填的?是|填为|填|写的?是|写明|列为|登记为|属于|归在|[为是写])?|归在|列在|归为|标为|属于)?`)
	rosterTail  = regexp.MustCompile(`的?(?:类)?(?:的)?(?:全部|所有|全体|各|那些|这些|几家)*(?:单位|的)?(?:一个不落)?$`)
)

// leftOut is the unit or kind that a part of a cell or note leaves out.
func leftOut(n string) (string, bool) {
	n = strings.TrimSpace(n)
	if rest, ok := strings.CutPrefix(n, "除"); ok {
		name, spoken := strings.CutPrefix(rest, "了")
		for _, tail := range []string{"以外", "之外", "外"} {
			if rest, ok := strings.CutSuffix(name, tail); ok {
				return rest, true
			}
		}
		if spoken || unitName(rest) { // 除了市发改委
			return name, true
		}
	}
	for _, tail := range []string{"不在其内", "不在内", "除外", "不在此列", "不包括在内", "不计在内", "不列入", "不考核", "不评", "不计", "不算", "不参评", "不看", "不测", "不管", "不参加", "不含", "不用做", "不做", "不用报", "不用管", "不用", "不包括", "另行考核", "单独考核", "免考", "不作要求", "不纳入", "不适用"} {
		if rest, ok := strings.CutSuffix(n, tail); ok {
			return strings.TrimPrefix(rest, "但"), true
		}
	}
	for _, head := range []string{"不含", "不包括", "不包含", "但不含", "但不包括", "不要求"} {
		if rest, ok := strings.CutPrefix(n, head); ok {
			return rest, true
		}
	}
	return n, false
}

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

var (
	withoutTitleMarks = strings.NewReplacer("《", "", "》", "")
	withoutBrackets   = strings.NewReplacer("(场)", "", " ", "", "(", "", ")", "", "（", "", "）", "")
	halfBrackets      = strings.NewReplacer("（", "(", "）", ")")
)
