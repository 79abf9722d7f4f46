package rules

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"duibiao/corpus"
)

// line is one sentence (or table row) of one file, with the indicators of
// which it speaks.
type line struct {
	file    *File
	passage *corpus.Passage
	span    corpus.Span
	text    string
	folded  corpus.Folded
	facts   []Fact // spans in runes of folded
	planned int    // rune of folded from which it plans
	zone    zone
	copied  *corpus.Reuse // what it is mostly covered by, or nil
	says    []mention
	like    likes
	clauses []clauseLikes // those that were asked for
	claims  []claim
}

// claim is an indicator of which a line speaks.
type claim struct {
	item   int
	score  float64
	own    *mention // what the line itself says of it; nil when only the context does
	fit    float64  // how much the sentence, or the clause with the item's words, is worded like the item: 0 to 1
	alone  bool     // only its wording speaks of the item, no word of it
	headed bool     // a faint one by the heading
	faint  bool     // only words that lean to it or the heading above: counts when nothing else is said of the item
}

// pass reads the passages of one file, sentence by sentence.
type pass struct {
	set   *Set
	file  *File
	year  int
	plan  bool // the paper is a plan: its promises are its content
	heads map[string][]mention
	out   []line

	annexes bool   // an annex was met
	annex   string // the headings that stood before it
}

var continues = words(`其中 共 会后 并 均 先后 本次 会上 为此 具体 最终 该案 该文件 此案 该项`)

// lines is every judged sentence of the file that speaks of an indicator.
func (p *pass) lines() []line {
	last := "" // the headings of the passage before
	for i := range p.file.Passages {
		ps := &p.file.Passages[i]
		if annexed(foldRunes(ps.Text)) {
			p.annexes, p.annex = true, last
		}
		if ps.Zone != corpus.Content && ps.Zone != corpus.Table {
			continue
		}
		last = strings.Join(ps.Headings, "\n")
		p.passage(ps)
	}
	return p.out
}

// annexed reports whether a paragraph is the title of an annex, 附：工作情况表,
// which is not under the heading that stands last before it.
func annexed(t []rune) bool {
	return annexes.at(t, 0) > 0 && len(t) <= annexRunes && !strings.ContainsRune(string(t), '。')
}

var annexes = words(`附: 附表 附件`)

const annexRunes = 30

func (p *pass) passage(ps *corpus.Passage) {
	sentences := ps.Sentences
	if ps.Zone == corpus.Table || len(sentences) == 0 {
		sentences = []corpus.Sentence{{Span: ps.Span, Text: ps.Text}}
	}
	place := zoneOf(ps.Headings, p.year)
	if p.annexes && p.annex == strings.Join(ps.Headings, "\n") {
		place = deeds
	}
	if p.plan && place == planning {
		place = deeds
	}
	heads := p.headings(ps.Headings)
	covered := coverage(p.file.Reuse, ps.Span)
	var prior []claim
	var topic []claim // of the last sentence that spoke of something, and how far back it is
	since := 0
	var lead []claim // of the first sentence, where that only says what the others are about
	stance := false  // the sentence before named a leader, and no deed
	opened := false  // by a sentence that plans, or tells shortcomings
	innermost := ps.Headings[max(0, len(ps.Headings)-1):]
	for k, s := range sentences {
		if k == 0 && len(sentences) > 1 && (bareHeading(foldRunes(s.Text)) || nameOnly(foldRunes(s.Text))) {
			heads = p.headings(append(slices.Clone(ps.Headings), s.Text))
			innermost = []string{s.Text}
			lead = p.set.engine.namedBy(p.headings(innermost))
			if z := zoneOf(innermost, p.year); z != deeds && !(p.plan && z == planning) {
				place = z
			}
			continue
		}
		if opening(s.Text) || addressed(s.Text) || onlyCites(foldRunes(s.Text)) {
			continue
		}
		l := line{file: p.file, passage: ps, span: s.Span, text: s.Text, folded: corpus.Fold(s.Text), zone: place}
		if opened && enumerated.at(l.folded.Runes, 0) == 0 {
			place, l.zone, opened = deeds, deeds, false
		}
		l.planned = plannedFrom(l.folded.Runes, p.year)
		if l.planned == 0 && place == deeds && nextPeriod.at(l.folded.Runes, leadIn(l.folded.Runes)) > 0 && !p.plan {
			place, opened = planning, true // "下一步，…。一是…。二是…": the list plans too
			l.zone = planning
		}
		if place == deeds && (lostPoints.in(l.folded.Runes, 0, len(l.folded.Runes)) >= 0 || confesses(l.folded.Runes)) {
			place, opened = problems, true // 失分主要在三处：一是…；二是…
			if l.planned == len(l.folded.Runes) {
				l.zone = problems
			}
		}
		l.says = p.set.engine.mentions(l.folded.Runes)
		l.resemble()
		l.claims = p.set.engine.claims(&l, heads, prior)
		prior = l.claims
		l.claims = append(l.claims, p.set.engine.hintedClaims(&l)...)
		l.claims = append(l.claims, p.set.engine.clauseClaims(&l)...)
		if place == deeds && leader.in(l.folded.Runes, 0, min(len(l.folded.Runes), leaderRunes)) >= 0 {
			l.claims = append(l.claims, carry(p.set.engine.ledBy(p.headings(innermost)), l.claims)...)
		}
		l.facts = scanFacts(l.folded.Runes)
		if stance && goesOn(l.folded.Runes) {
			l.claims = append(l.claims, carry(topic, l.claims)...)
		}
		stance = slices.ContainsFunc(l.facts, func(f Fact) bool { return f.Why == onlyStance })
		if len(l.claims) > 0 {
			topic, since = l.claims, 0
		} else {
			since++
			l.claims = p.set.engine.faintClaims(&l, p.headings(innermost), topic, since)
		}
		if k == 0 && introduces(&l) {
			lead = l.claims
		} else if k <= carried && place == deeds {
			l.claims = append(l.claims, p.set.engine.led(&l, lead)...)
		}
		l.copied = p.copied(s.Span, covered)
		p.out = append(p.out, l)
	}
}

// bareHeading reports whether a paragraph's first sentence is only a heading
// that runs in: （四）强化监督。 A heading alone covers nothing.
func bareHeading(t []rune) bool {
	n := leadIn(t)
	return n >= 2 && len(t) <= 30 && !strings.ContainsAny(yearless(t[n:]), ":;0123456789") && strings.Count(string(t[n:]), ",") <= 1 && strings.ContainsRune(").、.", t[n-1])
}

// leader are words for the person in charge, who stands at the beginning of a
// sentence about what he did.
var leader = words(`书记 局长 主任 县长 区长 市长 镇长 乡长 处长 院长 支队长 主要负责人 主要负责同志 主要领导 一把手`)

const leaderRunes = 20

// ledBy are the items on the deeds of the person in charge that a heading names.
func (e *engine) ledBy(head []mention) []claim {
	var out []claim
	for _, m := range head {
		if int(m.owner) < e.indicators && m.strong && !m.barred && slices.Contains(e.topicsOf[m.owner], e.leaders) {
			out = append(out, claim{item: int(m.owner), score: headShare, fit: 1})
		}
	}
	return out
}

// subjectless are words with which a sentence goes on about the person whom the
// one before it named.
var subjectless = words(`全年 年内 一年来 先后 多次 亲自 带队 主持 亲赴 带头 并 每`)

// goesOn reports whether a sentence is still about the person whom the one
// before it named: 11月他把案卷调来看过.
func goesOn(t []rune) bool {
	for i, r := range t[:min(len(t), pronounRunes)] {
		if (r == '他' || r == '她') && i+1 < len(t) && !strings.ContainsRune("的们", t[i+1]) {
			return true
		}
	}
	return subjectless.at(t, 0) > 0
}

// pronounRunes is within how many runes 他 stands that is the subject.
const pronounRunes = 6

// carry are the items of the sentence before, as faint claims of the one that
// tells what was done, beside its own.
func carry(before, own []claim) []claim {
	var out []claim
	for _, c := range before {
		if !slices.ContainsFunc(own, func(x claim) bool { return x.item == c.item }) {
			out = append(out, claim{item: c.item, score: headShare, fit: c.fit, faint: true, headed: true})
		}
	}
	return out
}

// leadRunes is how long a first sentence may be that only says what its
// paragraph is about: 权责清单这件事拖了两年。
const leadRunes = 20

// introduces reports whether a line only says what the sentences after it are about.
func introduces(l *line) bool {
	return len(l.folded.Runes) <= leadRunes && l.planned == len(l.folded.Runes) && !slices.ContainsFunc(l.facts, func(f Fact) bool { return f.Counts })
}

// namedBy are the items that a heading names.
func (e *engine) namedBy(head []mention) []claim {
	var out []claim
	for i := range head {
		if m := &head[i]; int(m.owner) < e.indicators && m.strong && !m.barred {
			out = append(out, claim{item: int(m.owner)})
		}
	}
	return out
}

// led are faint claims of a line to what the first sentence of its paragraph
// names.
func (e *engine) led(l *line, lead []claim) []claim {
	var out []claim
	for _, c := range carry(lead, l.claims) {
		if c.fit = e.fit(l.like, c.item); c.fit >= fitHinted {
			out = append(out, c)
		}
	}
	return out
}

// nameRunes is how long a sentence may be that only names a matter.
const nameRunes = 10

// predicates are what a sentence says of a matter, and a mere name lacks.
var predicates = words(`了 已 未 不 没 无 均 都 是 有 在 到 把 被 将 拟 要 也 还 就 能 得 很 全 开展 加强 坚持 落实 推进 推动 完善 健全 做好 规范 提高 提升 强化 严格 扎实 深入 认真 积极 持续 稳步 建立 组织 实行 实施 参加 完成 促进 明显 良好 顺利 充分 发挥 到位 有力 显著 增强 优化 改善 巩固 凸显 彰显 向好 平稳 有序 高效`)

// nameOnly reports whether a sentence is but the name of a matter, that stands
// for a heading: 普法宣传。
func nameOnly(t []rune) bool {
	n := len(t)
	if n > 0 && t[n-1] == '。' {
		n--
	}
	han := 0
	for _, r := range t[:n] {
		if !isHan(r) && r != '、' {
			return false
		}
		han++
	}
	return han >= 3 && han <= nameRunes && predicates.in(t, 0, n) < 0
}

var citing = words(`明确提出 明确要求 明确规定 明确指出 强调指出 提出 要求 规定 指出 强调 明确`)

// onlyCites reports whether a sentence says no more than what a paper of
// somebody else says: 《要点》明确提出，“……”。
func onlyCites(t []rune) bool {
	at := slices.Index(t, '》')
	if open := slices.Index(t, '《'); open < 0 || open > citeLead || at < open {
		return false
	}
	verb := citing.in(t, at+1, min(len(t), at+1+citeLead))
	if verb < 0 {
		return false
	}
	from := verb + citing.at(t, verb)
	for from < len(t) && clauseEnd(t[from]) {
		from++
	}
	to := len(t)
	for to > from && clauseEnd(t[to-1]) {
		to--
	}
	return to-from > 2 && t[from] == '"' && t[to-1] == '"' && strings.Count(string(t[from:to]), `"`) == 2
}

// citeLead is how many runes may stand before the title of a paper that is
// cited, and between it and what it says.
const citeLead = 14

// opening reports whether a sentence only opens a paper: 现将……情况报告如下。
func opening(text string) bool {
	t := strings.TrimRight(strings.TrimSpace(text), "。：:；;")
	return strings.HasSuffix(t, "如下")
}

// addressed reports whether a sentence only names those whom a paper is for:
// 市委、市政府，市人大常委会：
func addressed(text string) bool {
	text = strings.TrimSpace(text)
	if !strings.HasSuffix(text, "：") && !strings.HasSuffix(text, ":") {
		return false
	}
	names := strings.FieldsFunc(string(foldRunes(text)), func(r rune) bool { return strings.ContainsRune("、,和:", r) })
	return len(names) > 0 && !slices.ContainsFunc(names, func(n string) bool {
		return utf8.RuneCountInString(n) > bodyRunes || !bodyEnds.ends(n)
	})
}

// bodyRunes is how many runes the name of a body may have.
const bodyRunes = 20

var bodyEnds = words(`委 府 常委会 委员会 局 厅 处 办 办公室 政协 专班 领导小组`)

var pointsBack = words(`这样 这类 此类 同类 上述 类似 这些 这批 这种`)

// yearless is text without a year at its beginning: 2026年工作打算.
func yearless(t []rune) string {
	if len(t) > 5 && isDigit(t[0]) && isDigit(t[3]) && t[4] == '年' {
		t = t[5:]
	}
	return string(t)
}

var enumerated = words(`一是 二是 三是 四是 五是 六是 一要 二要 三要 四要 首先 其次 再次 最后 同时 此外 另外 并 继续 进一步 力争 确保 争取 ( 1 2 3 4 5 6 7 8 9 一、 二、 三、 四、 五、 ① ② ③ ④`)

var nextPeriod = words(`下一步 下步 接下来 明年 来年 下一年 下年度 今后 下阶段 新的一年`)

// leadIn is where a sentence begins after its number: （一） 1. 一是
func leadIn(t []rune) int {
	i := 0
	for i < len(t) && i < 6 && strings.ContainsRune("()0123456789.、一二三四五六七八九十是", t[i]) && nextPeriod.at(t, i) == 0 {
		if v, n := arabic(t, i); n == 4 && v > 1990 && i+4 < len(t) && t[i+4] == '年' {
			break
		}
		i++
	}
	return i
}

// headings scores the innermost three headings together.
func (p *pass) headings(hs []string) []mention {
	if len(hs) > 3 {
		hs = hs[len(hs)-3:]
	}
	key := strings.Join(hs, "\n")
	if m, ok := p.heads[key]; ok {
		return m
	}
	var m []mention
	if key != "" {
		m = p.set.engine.mentions(foldRunes(strings.Join(hs, "。")))
	}
	p.heads[key] = m
	return m
}

func find(ms []mention, owner int32) *mention {
	i := sort.Search(len(ms), func(i int) bool { return ms[i].owner >= owner })
	if i == len(ms) || ms[i].owner != owner {
		return nil
	}
	return &ms[i]
}

// claims decides of which indicators a line speaks.
func (e *engine) claims(l *line, heads []mention, prior []claim) []claim {
	var out []claim
	var seen []int
	consider := func(item int) {
		if item >= e.indicators || slices.Contains(seen, item) {
			return
		}
		seen = append(seen, item)
		c, ok := e.claim(l, item, heads, prior)
		if !ok {
			return
		}
		if c.fit = e.fitAround(l, item, c.own); c.fit >= e.leastFit(l, &c) {
			out = append(out, c)
		}
	}
	for i := range l.says {
		consider(int(l.says[i].owner))
	}
	for _, c := range prior {
		consider(c.item)
	}
	for item, ps := range e.patterns {
		if len(ps) > 0 {
			consider(item)
		}
	}
	for _, c := range e.closest(l.like, closeSure) {
		if len(l.folded.Runes) < sureRunes {
			break
		}
		if !slices.Contains(seen, c.item) || !slices.ContainsFunc(out, func(x claim) bool { return x.item == c.item }) && !e.bars(l, c.item) {
			c.score = enough
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b claim) int { return a.item - b.item })
	return out
}

// bars reports whether a line has a word that an item rules out, or lacks one
// that it demands.
func (e *engine) bars(l *line, item int) bool {
	m := find(l.says, int32(item))
	return m != nil && m.barred || e.musts[item] > musts(m)
}

// hintedClaims are the items of which a sentence speaks only by loose pairs.
func (e *engine) hintedClaims(l *line) []claim {
	var out []claim
	for i := range l.says {
		m := &l.says[i]
		if int(m.owner) >= e.indicators || len(m.hinted) == 0 || m.barred || slices.ContainsFunc(l.claims, func(c claim) bool { return c.item == int(m.owner) }) {
			continue
		}
		own := *m
		own.hits = slices.Concat(m.hits, m.hinted)
		own.roles = slices.Concat(m.roles, make([]role, len(m.hinted)))
		own.weights = slices.Concat(m.weights, make([]float32, len(m.hinted)))
		c := claim{item: int(m.owner), score: headShare + 0.1*float64(len(m.hinted)), own: &own, faint: true, headed: len(l.claims) == 0}
		if c.fit = e.fitAround(l, c.item, &own); c.fit >= fitHinted {
			out = append(out, c)
		}
	}
	return out
}

// carried is how many sentences without a word of any matter still tell of
// that which the sentence before them named.
const carried = 3

// faintClaims says what a sentence without a name of any matter may be about:
// what the heading right above it names, the matter of the sentences before it,
// or else the topic that it resembles.
func (e *engine) faintClaims(l *line, head []mention, topic []claim, since int) []claim {
	t := l.folded.Runes
	if l.zone == problems || len(t) < 8 && !slices.ContainsFunc(l.facts, func(f Fact) bool { return f.Counts }) {
		return nil
	}
	alike := e.alike(l)
	if l.zone != deeds || business.in(t, 0, len(t)) >= 0 || slices.ContainsFunc(l.says, func(m mention) bool { return int(m.owner) >= e.indicators && m.strong }) {
		return alike
	}
	out := e.underHeading(l, head)
	if len(out) == 0 && len(topic) <= 2 && since <= carried {
		for _, c := range topic {
			if fit := e.fit(l.like, c.item); fit >= max(fitCarried, contextFit(l.like)) {
				out = append(out, claim{item: c.item, score: headShare, fit: fit, faint: true, headed: true})
			}
		}
	}
	for _, c := range alike {
		if !slices.ContainsFunc(out, func(x claim) bool { return x.item == c.item }) {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b claim) int { return a.item - b.item })
	return out
}

// underHeading are the items that the heading right above a line names, where
// they are few.
func (e *engine) underHeading(l *line, head []mention) []claim {
	var out []claim
	for i := range head {
		if m := &head[i]; int(m.owner) < e.indicators && m.strong && !m.barred {
			if fit := e.fit(l.like, int(m.owner)); fit >= contextFit(l.like) {
				out = append(out, claim{item: int(m.owner), score: headShare, fit: fit, faint: true, headed: true})
			}
		}
	}
	if len(out) > 2 {
		return nil
	}
	return out
}

func (e *engine) claim(l *line, item int, heads []mention, prior []claim) (claim, bool) {
	m := find(l.says, int32(item))
	h := find(heads, int32(item))
	if m != nil && m.barred {
		return claim{}, false
	}
	own, context := 0.0, 0.0
	if m != nil {
		own = m.score
	}
	if h != nil && !h.barred {
		context += headShare * min(1, h.score)
	}
	was := slices.ContainsFunc(prior, func(c claim) bool { return c.item == item })
	if was {
		context += priorShare
	}
	if e.patternHolds(l, item) {
		own++
	}
	if e.musts[item] > 0 && musts(m)+musts(h) < e.musts[item] {
		return claim{}, false
	}
	c := claim{item: item, score: own + context, own: m}
	switch {
	case m != nil && m.strong:
		return c, true
	case own == 0 && !was:
		return claim{}, false
	}
	rival := e.rival(l, item)
	switch {
	case own >= enough && (!rival || own >= 1.5):
		return c, true
	case own >= ownLeast && own+context >= enough && (!rival || own >= 1):
		return c, true
	case m != nil && m.object && negationIn2(l.folded.Runes, m):
		return c, true
	case m != nil && l.planned == 0 && e.namesObject(m):
		return c, true // a promise names the matter and no more
	case own == 0 && was && !rival && (continues.at(l.folded.Runes, 0) > 0 || pointsBack.in(l.folded.Runes, 0, 10) >= 0):
		return c, true
	}
	return claim{}, false
}

// namesObject reports whether some object of a mention is long enough to name
// the matter: 规范性文件, but not 合同.
func (e *engine) namesObject(m *mention) bool {
	for i, h := range m.hits {
		if m.roles[i] == object && h.end-h.start >= 4 {
			return true
		}
	}
	return false
}

func musts(m *mention) int {
	if m == nil {
		return 0
	}
	return m.musts
}

// rival reports whether the line names a matter that is none of the item's.
func (e *engine) rival(l *line, item int) bool {
	for i := range l.says {
		m := &l.says[i]
		if int(m.owner) >= e.indicators && m.strong && !m.barred && !slices.Contains(e.topicsOf[item], m.owner) {
			return true
		}
	}
	return false
}

func (e *engine) patternHolds(l *line, item int) bool {
	if len(e.patterns[item]) == 0 {
		return false
	}
	facts := l.facts
	if facts == nil {
		facts = scanFacts(l.folded.Runes)
	}
	return slices.ContainsFunc(e.patterns[item], func(p []patternPart) bool { return matchPattern(p, l.folded.Runes, facts) })
}

// negationIn2 reports whether some clause with a word of the item is negated.
func negationIn2(t []rune, m *mention) bool {
	return slices.ContainsFunc(m.hits, func(h hit) bool {
		from, to := clauseAt(t, h.start)
		return negationIn(t, from, to) >= 0
	})
}

// coverage is the share of span that charged reuse covers.
func coverage(reuse []corpus.Reuse, span corpus.Span) float64 {
	if span.Len() == 0 {
		return 0
	}
	n, at := 0, span.Start
	for _, r := range sortedReuse(reuse) {
		if !charged(r.Relation) {
			continue
		}
		from, to := max(r.Span.Start, at), min(r.Span.End, span.End)
		if to > from {
			n += to - from
			at = to
		}
	}
	return float64(n) / float64(span.Len())
}

func sortedReuse(reuse []corpus.Reuse) []corpus.Reuse {
	if slices.IsSortedFunc(reuse, byStart) {
		return reuse
	}
	out := slices.Clone(reuse)
	slices.SortStableFunc(out, byStart)
	return out
}

func byStart(a, b corpus.Reuse) int { return a.Span.Start - b.Span.Start }

func charged(r corpus.Relation) bool { return r != corpus.Quotation }

// verbatim is the share of span that stands word for word in some charged
// source: a sentence of the unit's own between two copied ones has little. A
// reuse that does not tell its parts counts whole.
func verbatim(reuse []corpus.Reuse, span corpus.Span) float64 {
	var parts []corpus.Reuse
	for _, r := range reuse {
		if !charged(r.Relation) || r.Span.Overlap(span) == 0 {
			continue
		}
		if len(r.Same) == 0 {
			parts = append(parts, r)
		}
		for _, s := range r.Same {
			parts = append(parts, corpus.Reuse{Span: s, Relation: r.Relation})
		}
	}
	return coverage(parts, span)
}

// copied is the reuse that covers most of a sentence when it is charged as
// copied: enough of it, or half of that in a paragraph copied as a whole.
func (p *pass) copied(span corpus.Span, paragraph float64) *corpus.Reuse {
	share, least := coverage(p.file.Reuse, span), p.set.Limits.Copied
	if least == 0 {
		least = 0.6
	}
	if share < least && (share < least/2 || paragraph < least) || verbatim(p.file.Reuse, span) < least/2 {
		return nil
	}
	var best *corpus.Reuse
	for i := range p.file.Reuse {
		r := &p.file.Reuse[i]
		if charged(r.Relation) && r.Span.Overlap(span) > 0 && (best == nil || r.Span.Overlap(span) > best.Span.Overlap(span)) {
			best = r
		}
	}
	return best
}
