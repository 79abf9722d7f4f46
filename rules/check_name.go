package rules

import (
	"fmt"
	"slices"
	"strings"

	"duibiao/corpus"
)

var (
	// what only a paper's own unit says straight after its name
	ownVoice = words(`以习近平 在市委 在县委 在区委 在上级 在局党 在党委 党委坚持 党组坚持 党工委坚持 法治政府建设工作 法治政府建设 党委高度 党组高度 党工委高度 党组会 党组理论学习 党委理论学习 党委会前 党工委会前 党组专题 党组定期 领导班子坚持 领导班子成员坚持 全体干部职工`)
	// what it mostly says of itself, and of others only as an example
	selfVerbs = words(`聚焦 坚持 认真 高度重视 始终 切实 深入 全面 紧紧 严格 不断 持续 把 党委 党组 党工委 进一步 牢固 充分 着力 扎实 大力 政府坚持 贯彻落实 成立了 制定了 印发了 召开党`)
	// what of a unit may be its paper's subject in its place
	ownBody = words(`执法支队 执法大队 执法队 机关 党组 系统 干部职工 各科室`)
	// a paragraph with one of these tells of others
	asExample = words(`典型 经验 例如 比如 示范 推广 参观 借鉴 观摩 考察 赴 通报表扬 做法被 为例 等单位 等地`)
	// what a paper says of its own unit's cause, and the words with which others' causes are told
	ownCause = words(`法治政府建设 法治建设 依法行政水平 依法行政能力 依法治理水平 法治化水平`)
	guiding  = words(`指导 督导 督察 督查 考核 评估 检查 调研 学习 借鉴 交流 支持 帮助 协助 参与 参加`)
	// a sentence with one of these tells of two units together
	together = words(`联合 共同 共建 交流 学习 协作 边界 相邻 毗邻 邻近 接壤 会商 对接 互相 互评 移交 结对 联调 联防 联席 来我 我镇 我乡 我街道 我办事处 本镇 本乡 本街道`)
	// what belongs to the unit named before it: in a passage taken from that unit's paper it is no partner
	ownOrgan = words(`司法所 派出所 调委会 调解委员会 综合行政执法 综合执法 综治 党政办 司法办 便民服务中心 便民中心 党委书记 党工委书记 镇长 乡长 主任 法规科 政策法规科`)
	// after the name of a partner, a target or a superior
	afterName = words(`、 和 与 等 及 牵头 联合 负责 备案 审核 审查 反馈 组织的 举办的 转办 移送 批复 同意 批准 负责人 复议 ) 》`)
)

// misnamed: the paper speaks as another unit, keeps the name of the unit from
// which a passage was copied, or calls itself by another kind of unit's word.
// Partners and targets may be named freely.
func misnamed(c *Case) []Finding {
	if unitKind(c.Unit) == "" {
		return nil // nobody knows whose paper it is
	}
	strangers, places, country, own := c.strangers(), c.otherPlaces(), c.gazetteer(), &c.Set.words().selves
	return c.eachFile(func(f *File) []Finding {
		left := c.sourceNames(f)
		signers := f.signers()
		var out []Finding
		eachSentence(f, func(ps *corpus.Passage, s corpus.Sentence) bool {
			t := foldRunes(s.Text)
			name, where := "", ""
			switch ps.Zone {
			case corpus.Letter, corpus.NotText:
			case corpus.Signature:
				if len(signers) > 0 && !slices.ContainsFunc(signers, c.ownName) && strangers.has(string(t)) {
					name, where = string(t), "落款"
				}
			case corpus.Title:
				if name, where = c.titleOf(f, t, strangers), "标题"; name == "" {
					name = c.foreignTitle(t, country)
				}
			default:
				where = "这里"
				if name = c.leftName(ps, s, left); name == "" {
					name = c.strangerSpeaks(ps, t, strangers)
				}
				if name == "" {
					name = c.underStranger(t, strangers)
				}
				if name == "" {
					name = c.othersCause(t, strangers)
				}
				if name == "" {
					name = c.insideStranger(t, strangers)
				}
				if name == "" {
					name = otherPlace(t, places)
				}
				if name == "" {
					name = c.foreignPlace(t, country)
				}
				if name == "" {
					name = c.unknownPlace(t)
				}
			}
			if name != "" {
				out = []Finding{{Doc: f.ID, Severity: High, Evidence: quote(f, ps, s), Value: name, Threshold: c.Unit.Name,
					Message: fmt.Sprintf("疑似张冠李戴：%s应写本单位（%s），写成了“%s”。", where, c.Unit.Name, name), Ask: "请核对全文单位名称，确认不是别的单位的稿子。"}}
			} else if w := c.wrongSelf(ps, t, own); w != "" {
				out = []Finding{{Doc: f.ID, Severity: High, Evidence: quote(f, ps, s), Value: w, Threshold: c.Unit.Name,
					Message: fmt.Sprintf("疑似张冠李戴：本单位是%s，文中自称“%s”。", c.Unit.Name, w), Ask: "请核对文中的自称，确认不是别的单位的稿子。"}}
			}
			return out == nil
		})
		return out
	})
}

// signers are the lines of a signature that name a unit, folded.
func (f *File) signers() []string {
	var out []string
	for i := range f.Passages {
		t := foldRunes(f.Passages[i].Text)
		if f.Passages[i].Zone == corpus.Signature && len(t) >= 3 && len(t) <= 30 && (endsWith(t, unitEnds) || endsWith(t, placeTail)) {
			out = append(out, string(t))
		}
	}
	return out
}

// strangers are the names of the run's other units of the own kind, folded.
// Units of another kind may stand below or above, and are spoken of.
func (c *Case) strangers() nameSet {
	s := c.Roster.names[likeKind(unitKind(c.Unit))]
	s.own = c.ownName
	return s
}

const longestUnit = 24 // runes of a unit's name

// stranger is the longest name of strangers at i, or "".
func stranger(t []rune, i int, strangers nameSet) string {
	if i >= len(t) || !strangers.first[t[i]] {
		return ""
	}
	for n := min(longestUnit, len(t)-i); n >= 3; n-- {
		if name := string(t[i : i+n]); strangers.last[t[i+n-1]] && strangers.has(name) {
			return name
		}
	}
	return ""
}

// strangerBefore is the longest name of strangers that ends at i, or "".
func strangerBefore(t []rune, i int, strangers nameSet) string {
	if i < 3 || !strangers.last[t[i-1]] {
		return ""
	}
	for n := min(longestUnit, i); n >= 3; n-- {
		if name := string(t[i-n : i]); strangers.first[t[i-n]] && strangers.has(name) {
			return name
		}
	}
	return ""
}

var (
	onOrder  = words(`按照 遵照 根据 在 落实 贯彻`)
	commands = words(`要求 部署 领导下 正确领导 坚强领导 决策 统一安排`)
	// a paper stands on what its own place is like
	standing  = words(`立足 结合 针对`)
	ownNature = words(`实际 特点 优势 定位 大县 大区 大镇 县情 区情 镇情`)
)

// underStranger is the other county or town under whose orders, or from whose
// nature, the paper says its own unit works, or "". Bureaus lawfully work as other bureaus ask.
func (c *Case) underStranger(t []rune, strangers nameSet) string {
	if kind := unitKind(c.Unit); kind != corpus.County && kind != corpus.Township {
		return ""
	}
	for i := range t {
		order, stand := onOrder.at(t, i), standing.at(t, i)
		n := max(order, stand)
		if n == 0 || within(t, i) || quotedAt(t, i) {
			continue
		}
		name := stranger(t, i+n, strangers)
		k := i + n + len([]rune(name))
		_, to := clauseAt(t, i)
		ordered := order > 0 && (organs.at(t, k) > 0 || strings.HasSuffix(name, "政府")) && commands.in(t, k, to) >= 0
		if name != "" && (ordered || stand > 0 && ownNature.in(t, k, to) >= 0) && c.ofItself(t[i:to]) {
			return name
		}
	}
	return ""
}

// titleOf is the other unit whose paper the title says this is, or "".
func (c *Case) titleOf(f *File, t []rune, strangers nameSet) string {
	name := stranger(t, 0, strangers)
	if name == "" || c.namesItself(t) {
		return ""
	}
	if k := len([]rune(name)); k < len(t) && (isDigit(t[k]) || hasAt(t, k, []rune("关于"))) {
		return name
	}
	return ""
}

// namesItself reports whether t has a name of the own unit.
func (c *Case) namesItself(t []rune) bool {
	for _, own := range append([]string{c.Unit.Name, bareName(c.Unit.Name), unitOnly(c.Unit.Name)}, c.Unit.Aliases...) {
		if len([]rune(own)) >= 2 && indexRunes(t, 0, len(t), foldRunes(own)) >= 0 {
			return true
		}
	}
	return false
}

// strangerSpeaks is the other unit that is the subject of a sentence as only a
// paper's own unit is, or "".
func (c *Case) strangerSpeaks(ps *corpus.Passage, t []rune, strangers nameSet) string {
	if len(t) == 0 || asExample.in(t, 0, len(t)) >= 0 || c.namesItself(t) {
		return ""
	}
	alone := together.in(t, 0, len(t)) < 0
	for i := range t {
		if i > 0 && !clauseEnd(t[i-1]) {
			continue
		}
		name := stranger(t, i, strangers)
		k := i + len([]rune(name))
		// a town speaks of its neighbours only when it does something with them
		town := unitKind(c.Unit) == corpus.Township && k < len(t) && afterName.at(t, k) == 0
		k += ownBody.at(t, k)
		if name != "" && (ownVoice.at(t, k) > 0 || alone && (town || i == 0 && selfVerbs.at(t, k) > 0) && !c.listsOthers(ps, name, strangers)) {
			return name
		}
		if name := c.placeSpeaks(t, i); name != "" {
			return name
		}
	}
	return ""
}

// othersCause is the other unit of whose 法治政府建设 the paper speaks as of its
// own, or "".
func (c *Case) othersCause(t []rune, strangers nameSet) string {
	for i := range t {
		if ownCause.at(t, i) == 0 {
			continue
		}
		name := strangerBefore(t, i, strangers)
		if name == "" || within(t, i) || quotedAt(t, i) {
			continue
		}
		from, to := clauseAt(t, i)
		if guiding.in(t, from, to) < 0 && asExample.in(t, 0, len(t)) < 0 {
			return name
		}
	}
	return ""
}

var (
	through    = words(`经 由 提交 提请 报请 报经`)
	itsMeeting = words(`政府常务会 人民政府常务会 常务会 党委会 党工委会 党政联席会 班子会 镇长办公会 乡长办公会 党委研究 政府研究 党委班子`)
	posted     = words(`政府网站 政府门户网站 人民政府网站 人民政府门户网站 门户网站 政府公示栏 政务公开栏 公示栏 公开栏`)
	ownField   = words(`经济社会发展 高质量发展 乡村振兴 法治 依法治 社会治理 基层治理 营商环境 平安建设`)
)

// insideStranger is the other county or town in whose meetings the paper's own
// matters are decided, on whose board they are shown, or for whose good they are
// done, or "".
func (c *Case) insideStranger(t []rune, strangers nameSet) string {
	if kind := unitKind(c.Unit); kind != corpus.County && kind != corpus.Township {
		return ""
	}
	for i := range t {
		lead := through.at(t, i)
		if n := lead; n == 0 && t[i] != '在' && t[i] != '为' || within(t, i) || quotedAt(t, i) {
			continue
		}
		name := stranger(t, i+max(1, lead), strangers)
		k := i + max(1, lead) + len([]rune(name))
		if name == "" || k >= len(t) {
			continue
		}
		_, to := clauseAt(t, i)
		decided := lead > 0 && itsMeeting.at(t, k) > 0
		shown := t[i] == '在' && posted.at(t, k) > 0
		done := t[i] == '为' && ownField.at(t, k) > 0 && served.in(t, k, to) >= 0
		if (decided || shown || done) && c.ofItself(t) {
			return name
		}
	}
	return ""
}

// listsOthers reports whether a paragraph names a third unit too: then it
// tells of several, and speaks as none of them.
func (c *Case) listsOthers(ps *corpus.Passage, name string, strangers nameSet) bool {
	t := foldRunes(ps.Text)
	for i := range t {
		other := stranger(t, i, strangers)
		if other != "" && other != name && !strings.Contains(name, other) {
			return true
		}
	}
	return false
}

// leftover is the name of a source's unit in a passage shared with it.
type leftover struct {
	span  corpus.Span
	full  string
	names []string
}

// sourceNames are the passages that a file shares with another unit's paper,
// with the names by which that unit speaks of itself.
func (c *Case) sourceNames(f *File) []leftover {
	if c.Library == nil {
		return nil
	}
	shared := map[string]int{}
	for _, r := range f.Reuse {
		shared[r.Source] += r.Informative
	}
	var out []leftover
	for _, r := range f.Reuse {
		if shared[r.Source] < 2*c.Set.Limits.Runes {
			continue // a sentence on a joint action may stand in both papers
		}
		if r.Relation != corpus.FromPeer && (r.Relation != corpus.FromCommon || !c.isPeer(r.Source)) {
			continue // a superior may be named
		}
		s, ok := c.Library.Lookup(r.Source)
		if !ok || s == nil || c.ownName(s.Unit.Value) {
			continue
		}
		l := leftover{span: r.Span, full: string(foldRunes(s.Unit.Value))}
		for _, name := range append(slices.Clone(c.Roster.aliases(s.Unit.Value)), s.Unit.Value, unitOnly(s.Unit.Value)) {
			if n := string(foldRunes(name)); len([]rune(n)) >= 3 && !c.ownName(name) && !slices.Contains(l.names, n) {
				l.names = append(l.names, n)
			}
		}
		slices.SortStableFunc(l.names, func(a, b string) int { return len(b) - len(a) })
		out = append(out, l)
	}
	return out
}

// unitOnly is the name of a unit without the place before it: 民政局 of
// 云河市民政局. What is left must be more than the word for a kind of unit.
func unitOnly(name string) string {
	r := []rune(bareName(name))
	for i := 2; i < len(r) && i <= 4; i++ {
		if strings.ContainsRune("市县区", r[i]) && len(r)-i-1 >= 3 && !slices.Contains([]string{"委员会", "办公室", "管委会"}, string(r[i+1:])) {
			return string(r[i+1:])
		}
	}
	return string(r)
}

// leftName is the name of the source's unit left in a copied sentence, where
// it is no partner, or "".
func (c *Case) leftName(ps *corpus.Passage, s corpus.Sentence, left []leftover) string {
	for _, l := range left {
		if l.span.Overlap(s.Span)*2 < s.Span.Len() {
			continue
		}
		t := foldRunes(s.Text)
		for _, name := range l.names {
			w := []rune(name)
			for i := range t {
				if !hasAt(t, i, w) || within(t, i) || quotedAt(t, i) {
					continue
				}
				from := i
				for from > 0 && strings.ContainsRune("市县区我全本", t[from-1]) {
					from--
				}
				whole := from < i || endsWith(w, placeTail) || name == l.full // 民政局 alone may end a longer name
				partner := from > 0 && beside.has(t[from-1]) && !(t[from-1] == '由' && bureauAt(t, i+len(w))) && !servesItself(t, from, i+len(w))
				if from > 0 && !clauseEnd(t[from-1]) && ownOrgan.at(t, i+len(w)) == 0 && !servesItself(t, from, i+len(w)) && (!whole || partner) || afterName.at(t, i+len(w)) > 0 {
					continue // a partner, a target, or a part of a longer name
				}
				return string(t[from : i+len(w)])
			}
		}
	}
	return ""
}

var (
	ownDoing = words(`依法履职 依法行政 依法决策 依法办事 法治 高质量发展 各项工作`)
	served   = words(`提供 奠定 打下 营造 筑牢 夯实`)
)

// servesItself reports whether a clause tells what was done for the unit whose
// name ends at end: 为民政局依法履职提供支撑 is said in its own paper, and taken
// over with it.
func servesItself(t []rune, from, end int) bool {
	_, to := clauseAt(t, end)
	return from > 0 && t[from-1] == '为' && ownDoing.at(t, end) > 0 && served.in(t, end, to) >= 0
}

// bureauAt reports whether a bureau's name follows at i: 由邻县司法局设立 is said
// in that county's own paper.
func bureauAt(t []rune, i int) bool {
	_, to := clauseAt(t, i)
	return slices.Contains(t[i:min(i+8, to)], '局')
}

// quotedAt reports whether place i stands between quotation marks.
func quotedAt(t []rune, i int) bool {
	n := 0
	for _, r := range t[:i] {
		if r == '"' {
			n++
		}
	}
	return n%2 == 1
}

// ownName reports whether a name is the unit's own, a part of it, or the place
// or government it belongs to.
func (c *Case) ownName(name string) bool {
	for _, own := range append([]string{c.Unit.Name, c.Unit.Parent}, c.Unit.Aliases...) {
		if own != "" && (strings.Contains(own, name) || strings.Contains(name, own) || strings.Contains(own, bareName(name))) {
			return true
		}
	}
	return false
}

var placeEnds = words(`县 区 镇 乡 街道`)

// placeSpeaks is a place that no roster knows, speaking for itself: 东陵县坚持.
// A city's own bureaus may tell how a county does, so they must say more.
func (c *Case) placeSpeaks(t []rune, i int) string {
	if !isHan(t[i]) || c.Unit.Name == "" {
		return ""
	}
	strange := vocabulary().strange(t[i:min(len(t), i+6)])
	for n := 1; n <= 3 && i+n < len(t); n++ {
		if !strange[n-1] {
			return ""
		}
		k := placeEnds.at(t, i+n)
		if k == 0 {
			continue
		}
		name := string(t[i : i+n+k])
		voice := ownVoice.at(t, i+n+k) > 0
		if kind := unitKind(c.Unit); kind == corpus.County || kind == corpus.Township || kind == corpus.CountyBureau {
			voice = voice || i == 0 && selfVerbs.at(t, i+n+k) > 0
		}
		if n >= 2 && voice && !c.ownName(name) && !strings.Contains(c.Unit.Name, string(t[i:i+n])) && !c.below(name) {
			return name
		}
	}
	return ""
}

// below reports whether a place is of a lower kind than the own unit.
func (c *Case) below(name string) bool {
	if unitKind(c.Unit) == corpus.Township {
		return false
	}
	return strings.HasSuffix(name, "镇") || strings.HasSuffix(name, "乡") || strings.HasSuffix(name, "街道")
}

// otherPlaces are the places of the run's other units of the own kind, without
// the word for their kind. Only counties and towns have such.
func (c *Case) otherPlaces() nameSet {
	s := c.Roster.stems[unitKind(c.Unit)]
	s.own = func(stem string) bool { return strings.Contains(c.Unit.Name, stem) }
	return s
}

// otherPlace is the place in "法治澄水建设" when it is another's, or "".
func otherPlace(t []rune, places nameSet) string {
	for i := indexRunes(t, 0, len(t), []rune("法治")); i >= 0; i = indexRunes(t, i+2, len(t), []rune("法治")) {
		end := indexRunes(t, i+4, min(len(t), i+8), []rune("建设"))
		if end > 0 && places.has(string(t[i+2:end])) && asExample.in(t, 0, len(t)) < 0 {
			return string(t[i+2 : end])
		}
	}
	return ""
}

// ownWords are the words by which only some units call themselves, with those
// that ask for each.
type ownWords struct {
	all  lexicon
	asks map[string][]Self
}

func (s *Set) ownWords() ownWords {
	w := ownWords{lexicon{}, map[string][]Self{}}
	for _, self := range s.Selves {
		for _, word := range self.Words {
			r := foldRunes(word)
			if w.asks[string(r)] == nil {
				w.all.add(r)
			}
			w.asks[string(r)] = append(w.asks[string(r)], self)
		}
	}
	return w
}

// wrongSelf is the word of another kind of unit by which the paper calls
// itself, or "". Words between quotation marks are somebody else's.
func (c *Case) wrongSelf(ps *corpus.Passage, t []rune, own *ownWords) string {
	if ps.Zone == corpus.NotText || ps.Zone == corpus.Signature || ps.Zone == corpus.Letter {
		return ""
	}
	for i := range t {
		n := own.all.at(t, i)
		if n == 0 || within(t, i) || quotedAt(t, i) || hasAt(t, i, []rune("我局限")) {
			continue
		}
		w := string(t[i : i+n])
		for _, s := range own.asks[w] {
			if s.Subject && !c.speaksOfSystem(t, i, n) && !c.careOfImage(t, i, n) || !s.Subject && !beginsWord(t, i) {
				continue
			}
			if !c.maySay(s) {
				return w
			}
		}
	}
	return ""
}

var (
	wholeArea  = words(`全市 全县 全区 全州 全旗 我市 我县 我区 本市 本县 本区`)
	ofASystem  = words(`工作会 会议 先进 比赛 竞赛 评选 大会 干部学院 培训班 单位`)
	hereSystem = words(`在全 指导 督导 联合 会同 参加 协同 推动 面向`)
)

// speaksOfSystem reports whether a clause tells of the system of bureaus at i
// as of the paper's own: 全市水务系统坚持….
func (c *Case) speaksOfSystem(t []rune, i, n int) bool {
	name := foldRunes(c.Unit.Name)
	if forGovernment.in(name, 0, len(name)) >= 0 || i < 2 || wholeArea.at(t, i-2) == 0 || i > 2 && !clauseEnd(t[i-3]) {
		return false
	}
	_, to := clauseAt(t, i)
	return ofASystem.in(t, i+n, min(to, i+n+10)) < 0 && hereSystem.in(t, 0, len(t)) < 0 && together.in(t, 0, len(t)) < 0 && asExample.in(t, 0, len(t)) < 0
}

var (
	caring = words(`维护 树立 展现 展示 塑造 提升`)
	image  = words(`形象 公信力`)
)

// careOfImage reports whether a clause tells that the name of the bodies at i
// was kept up, as only they say it of themselves: 维护了水行政主管部门的良好形象.
func (c *Case) careOfImage(t []rune, i, n int) bool {
	name := foldRunes(c.Unit.Name)
	if forGovernment.in(name, 0, len(name)) >= 0 {
		return false
	}
	from, to := clauseAt(t, i)
	care := caring.in(t, from, i)
	return care >= 0 && i-care <= 8 && image.in(t, i+n, min(to, i+n+8)) >= 0 && together.in(t, 0, len(t)) < 0 && asExample.in(t, 0, len(t)) < 0
}

// beginsWord reports whether a word by which a unit calls itself begins at i,
// and not inside another one: 自我局限, 安全镇街, 西岭镇党委.
func beginsWord(t []rune, i int) bool {
	if i == 0 || !isHan(t[i-1]) {
		return true
	}
	if t[i] == '我' || t[i] == '全' {
		return !strings.ContainsRune("自忘大小唯安完健齐", t[i-1])
	}
	return selfBefore.has(t[i-1])
}

// maySay reports whether the unit may call itself by the words of s. A bureau
// whose name tells no place may stand in any.
func (c *Case) maySay(s Self) bool {
	kind := unitKind(c.Unit)
	if len(s.Kinds) > 0 && !slices.Contains(s.Kinds, kind) {
		return true
	}
	if len(s.Has) == 0 {
		return endsWithAny(bareSelf(c.Unit.Name), s.Ends)
	}
	if !s.Subject && unitOnly(c.Unit.Name) == bareName(c.Unit.Name) {
		return true
	}
	whose := strings.ReplaceAll(c.Unit.Name+c.Unit.Parent, "人民政府", "政府") // 民政 is no part of it
	return slices.ContainsFunc(s.Has, func(w string) bool { return strings.Contains(whose, w) })
}

type runeSet string

func (s runeSet) has(r rune) bool { return strings.ContainsRune(string(s), r) }

const (
	selfBefore runeSet = "在对为将由使让是与和及给向,"
	// before the name of a partner, a target or a superior
	beside runeSet = "与和同及由经向对到报请送赴、跟为是至从函被令让并往驻"
)

func bareSelf(name string) string {
	for _, tail := range []string{"人民政府", "政府", "党工委", "党委", "管委会"} {
		if t := strings.TrimSuffix(name, tail); t != "" {
			name = t
		}
	}
	return name
}

func endsWithAny(s string, ends []string) bool {
	return slices.ContainsFunc(ends, func(e string) bool { return strings.HasSuffix(s, e) })
}
