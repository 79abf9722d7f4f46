package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"duibiao/corpus"
)

// File is one submission with what was found in it.
type File struct {
	corpus.Submission
	Passages []corpus.Passage
	Reuse    []corpus.Reuse // found in it: each has Doc == Submission.ID
	SameAs   []string       // ids of other files with the same bytes, this one left out
}

// Library finds a document by its id, so that a finding can quote what was
// copied. The index has it.
type Library interface {
	Lookup(id string) (*corpus.Submission, bool)
}

// Input is everything that is judged of one unit.
type Input struct {
	Unit    corpus.Unit
	Set     *Set
	Files   []File  // of this unit only, in path order
	Year    int     // the year under review; 0 when not known
	Roster  *Roster // every unit of the run, this one included; nil where no other is known
	Library Library // may be nil
}

// Judge decides every indicator for one unit and runs the document-level
// checks. Rows come in the order of the Set; findings are rows' first, then
// the checks' in the order of Checks.
func Judge(in Input) ([]Row, []Finding) {
	if in.Roster == nil {
		in.Roster = in.Set.Roster(nil)
	}
	u := gather(in)
	var rows []Row
	var findings []Finding
	for i := range in.Set.Indicators {
		row := u.row(i)
		rows = append(rows, row)
		if f, ok := u.gap(row); ok {
			findings = append(findings, f)
		}
	}
	for _, c := range Checks() {
		for _, f := range c.Run(u) {
			f.Check, f.Unit = c.Name, in.Unit.Name
			f.ID = findingID(f)
			findings = append(findings, f)
		}
	}
	return rows, findings
}

// Case is one unit's papers, read and ready for the checks.
type Case struct {
	Input
	lines  []line
	byItem [][]int          // indicator -> places in lines
	read   int              // files that could be read
	unread bool             // some file, or some page of one, could not be read
	report bool             // one of the files tells what was done
	reach  map[string]reach // by pack and 责任单位, of this unit
	facts  map[spot][]Fact  // of the lines
}

// spot is a sentence of a file.
type spot struct {
	file *File
	span corpus.Span
}

// factsIn are the facts of a sentence, t when folded.
func (c *Case) factsIn(f *File, s corpus.Sentence, t []rune) []Fact {
	if found, ok := c.facts[spot{f, s.Span}]; ok {
		return found
	}
	return scanFacts(t)
}

// covers reads the 责任单位 of an indicator for the unit; most indicators of a
// table say the same.
func (c *Case) covers(ind *Indicator) reach {
	key := ind.Pack + "\x00" + strings.Join(ind.Applies, "\x00")
	r, ok := c.reach[key]
	if !ok {
		r = c.Set.covers(ind, c.Unit, c.Roster)
		c.reach[key] = r
	}
	return r
}

func gather(in Input) *Case {
	c := &Case{Input: in, byItem: make([][]int, len(in.Set.Indicators)), facts: map[spot][]Fact{}, reach: map[string]reach{}}
	for i := range in.Files {
		f := &in.Files[i]
		if f.Doc == nil {
			c.unread = true
			continue
		}
		c.read++
		c.unread = c.unread || f.Doc.Partial()
		p := pass{set: in.Set, file: f, year: c.year(f), plan: isPlan(f), heads: map[string][]mention{}}
		c.report = c.report || !p.plan
		for _, l := range p.lines() {
			for _, cl := range l.claims {
				c.byItem[cl.item] = append(c.byItem[cl.item], len(c.lines))
			}
			c.facts[spot{f, l.span}] = l.facts
			c.lines = append(c.lines, l)
		}
	}
	return c
}

// isPlan reports whether a paper's promises are its content.
func isPlan(f *File) bool {
	return f.Kind.Value == string(corpus.Plan) || f.Kind.Value == string(corpus.Notice)
}

// year is the year a file is about, or that under review.
func (c *Case) year(f *File) int {
	if y := atoi(f.Year.Value); y > 0 {
		return y
	}
	return c.Year
}

func atoi(s string) int {
	n := 0
	for _, r := range s {
		if r < '0' || r > '9' {
			return 0
		}
		n = n*10 + int(r-'0')
	}
	return n
}

// weighed is one line weighed for one indicator.
type weighed struct {
	line   *line
	claim  claim
	facts  []Fact // on the core of the item, checkable
	class  Status
	copied *corpus.Reuse
}

// plainStatement is how long, in runes, a clause may be that only states that
// nothing of a kind occurred.
const plainStatement = 40

// plain reports whether a sentence only states what did not occur.
func plain(t []rune) bool {
	for from := 0; from < len(t); {
		_, to := clauseAt(t, from)
		if to-from > plainStatement || len(t) > plainStatement && to > from && negationIn(t, from, to) < 0 {
			return false
		}
		from = to + 1
	}
	return true
}

// bareVerb is how long a negated verb at the end of its clause may be.
const bareVerb = 6

// weigh says what one line is worth for one indicator: Met, NotApplicable,
// Formulaic, OnlyPromised, Copied, or Missing when it is worth nothing.
func (c *Case) weigh(l *line, cl claim) weighed {
	w := weighed{line: l, claim: cl}
	ind := &c.Set.Indicators[cl.item]
	plan := isPlan(l.file)
	limit := l.planned
	if plan {
		limit = len(l.folded.Runes)
	}
	w.facts = c.core(ind, l, cl, limit)
	t := l.folded.Runes
	copied := l.copied
	if copied != nil && !plan {
		if own := ownFacts(l, w.facts); len(own) > 0 {
			copied, w.facts = nil, own
		}
	}
	switch {
	case l.zone == problems || admits(t) && len(w.facts) == 0 && !promisesOn(l, cl) || allExcepted(l, cl):
		w.class = Missing
	case l.passage.Zone == corpus.Table && emptyRow(l, cl, w.facts):
		w.class = Missing
	case copied != nil && !plan && plain(t) && c.deniedAll(l, cl):
		w.class = NotApplicable // 全年没有以本局为被告的案件: there is but one way to say so
	case copied != nil:
		w.class, w.copied = Copied, copied
	case !plan && (l.zone == planning || !c.didBefore(l, cl, w.facts) && c.allPlanned(l, cl)):
		w.class = OnlyPromised
	case plan:
		w.class = OnlyPromised
	case len(w.facts) > 0 && !noneOf(t, w.facts) && !c.deniedApart(l, cl, w.facts):
		w.class = Met
	case len(w.facts) > 0 || c.deniedAll(l, cl):
		w.class = NotApplicable
	default:
		w.class = Formulaic
	}
	return w
}

// ownRunes is how long the clauses at a stretch must be, in runes, that a unit
// added to a sentence that it copied, and ownShare how much of them may stand
// word for word in a source.
const (
	ownRunes = 12
	ownShare = 0.1
)

// ownFacts are the facts in clauses that the unit added to a sentence that it
// copied. A swapped figure stands among words that the source has too.
func ownFacts(l *line, facts []Fact) []Fact {
	added := ownStretches(l)
	return slices.DeleteFunc(slices.Clone(facts), func(f Fact) bool {
		return !slices.ContainsFunc(added, func(s corpus.Span) bool { return s.Start <= f.Span.Start && f.Span.End <= s.End })
	})
}

// ownStretches are the neighbouring clauses of a line, in runes of its folded
// text, of which no source has the words, where they are long enough.
func ownStretches(l *line) []corpus.Span {
	t := l.folded.Runes
	var out []corpus.Span
	open := false
	for from := 0; from < len(t); {
		_, to := clauseAt(t, from)
		b := l.folded.Back(from, to)
		switch {
		case verbatim(l.file.Reuse, corpus.Span{Start: l.span.Start + b.Start, End: l.span.Start + b.End}) >= ownShare:
			open = false
		case open:
			out[len(out)-1].End = to
		default:
			out, open = append(out, corpus.Span{Start: from, End: to}), true
		}
		from = to + 1
	}
	return slices.DeleteFunc(out, func(s corpus.Span) bool { return s.Len() < ownRunes })
}

// promisesOn reports whether a line promises something on the item in so many
// words: 此项组织不够，计划明年按月学法.
func promisesOn(l *line, cl claim) bool {
	return cl.own != nil && slices.ContainsFunc(cl.own.hits, func(h hit) bool { return h.start >= l.planned })
}

// allExcepted reports whether a line names the item only among what is not so.
func allExcepted(l *line, cl claim) bool {
	return cl.own != nil && len(cl.own.hits) > 0 && !slices.ContainsFunc(cl.own.hits, func(h hit) bool {
		from, to := clauseAt(l.folded.Runes, h.start)
		return !excepted(l.folded.Runes, from, to)
	})
}

// deniedApart reports whether a line states that nothing of the kind occurred,
// and tells its facts of something else: 我局3月组建，全年没有行政诉讼案件.
func (c *Case) deniedApart(l *line, cl claim, facts []Fact) bool {
	t := l.folded.Runes
	return cl.own != nil && len(cl.own.hits) > 0 && c.deniedAll(l, cl) && !slices.ContainsFunc(facts, func(f Fact) bool {
		from, _ := clauseAt(t, f.Span.Start)
		_, to := clauseAt(t, f.Span.End-1)
		return slices.ContainsFunc(cl.own.hits, func(h hit) bool { return h.start < to && from < h.end })
	})
}

// didBefore reports whether a line tells a figure of the item before it begins
// to plan, in a clause that does not only lead up to the plan.
func (c *Case) didBefore(l *line, cl claim, facts []Fact) bool {
	t := l.folded.Runes
	named := cl.own != nil && len(cl.own.hits) > 0 && !slices.ContainsFunc(cl.own.hits, func(h hit) bool { return h.start < l.planned })
	return l.planned > 0 && slices.ContainsFunc(facts, func(f Fact) bool {
		from, to := clauseAt(t, f.Span.Start)
		if f.Kind != Count && f.Kind != Money || to > l.planned || leadsUp(t, from, to) {
			return false
		}
		return !named || c.Set.engine.fit(l.likeIn(from, to), cl.item) >= fitHinted
	})
}

// noneOf reports whether all that a line counts is nought, and not of faults:
// 全年收到申请0件.
func noneOf(t []rune, facts []Fact) bool {
	return !slices.ContainsFunc(facts, func(f Fact) bool {
		from, to := clauseAt(t, f.Span.Start)
		return f.Kind != Count || f.Value != 0 || blame.in(t, from, to) >= 0
	})
}

// allPlanned reports whether everything the line says of the item is still to
// be done.
func (c *Case) allPlanned(l *line, cl claim) bool {
	t := l.folded.Runes
	if l.planned >= len(t) {
		return false
	}
	if l.planned == 0 || onlyLabel(t[:l.planned]) || !doing.says(t[:l.planned]) {
		return true
	}
	if cl.own == nil || len(cl.own.hits) == 0 {
		return false
	}
	return !slices.ContainsFunc(cl.own.hits, func(h hit) bool {
		from, to := clauseAt(t, h.start)
		return h.start < l.planned && !leadsUp(t, from, to) // 对过去的文件，计划明年清理
	})
}

// onlyLabel reports whether a text only says what follows is about: 8.公平竞争审
// 查：
func onlyLabel(t []rune) bool {
	end := len(t) - 1
	return end > 0 && end <= leadRunes && t[end] == ':' && !slices.ContainsFunc(t[:end], clauseEnd)
}

// doing are the verbs by which a clause tells of something done or kept up; a
// clause without one (对督察反馈的问题，) only leads up to the promise.
var doing = words(`坚持 落实 开展 加强 推进 严格 完善 健全 建立 组织 制定 印发 认真 深入 积极 全面 强化 持续 不断 做好 实行 执行 规范 已 了 召开 举办 完成 提高 提升 深化 推动 推行 压实 高度重视 聘请 设立 成立 贯彻 按照规定 出台 公布 公开 办理 受理 审核 审查 备案 清理 培训 学习`)

var leadingUp = words(`对 对于 针对 关于 围绕 为了 为 鉴于 以往 目前 由于 因 结合 根据 按照 随着`)

// topicEnd ends a clause that only names what the next one speaks of.
var topicEnd = words(`方面`)

// leadsUp reports whether the clause text[from:to] only leads up to the next:
// 对过去的文件， or 法律顾问方面，
func leadsUp(t []rune, from, to int) bool {
	return leadingUp.at(t, from) > 0 || endsWith(t[from:to], topicEnd)
}

// says reports whether some clause has a word of the list, other than as an
// attribute, and does not only lead up to the next.
func (l lexicon) says(t []rune) bool {
	for from := 0; from < len(t); {
		_, to := clauseAt(t, from)
		for i := from; i < to && !leadsUp(t, from, to); i++ {
			if n := l.at(t[:to], i); n > 0 && (i+n >= to || t[i+n] != '的') {
				return true
			}
		}
		from = to + 1
	}
	return false
}

// deniedAll reports whether the line states that nothing of the kind occurred.
func (c *Case) deniedAll(l *line, cl claim) bool {
	t := l.folded.Runes
	if cl.own != nil {
		for i, h := range cl.own.hits { // 未制定裁量基准: the item itself is what did not occur
			from, to := clauseAt(t, h.start)
			at := negationIn(t, from, to)
			after := at >= h.end && to-at <= bareVerb // 信息公开申请没有收到
			if at < 0 || at > h.start && !after || cl.own.roles[i] == weak || blame.in(t, at, h.start) >= 0 {
				continue
			}
			if cl.own.roles[i] == object && h.end-h.start >= 4 || blame.in(t, h.end, to) < 0 {
				return true
			}
		}
	}
	for _, f := range l.facts {
		if f.Kind != NonOccurrence || blame.in(t, f.Span.Start, f.Span.End) >= 0 {
			continue
		}
		if cl.own == nil || len(cl.own.hits) == 0 {
			if f.Span.Len() >= len(t)-2 || c.Set.engine.fit(l.likeIn(f.Span.Start, f.Span.End), cl.item) >= fitContext {
				return true
			}
			continue
		}
		for _, h := range cl.own.hits {
			if h.start < f.Span.End && f.Span.Start < h.end {
				return true
			}
		}
		if inapplicable.in(t, f.Span.Start, f.Span.End) >= 0 {
			return true
		}
	}
	return false
}

// blame marks a negation that praises or admits, and says nothing of whether
// the matter occurred: 没有一起违反程序.
var blame = words(`被撤 被纠 被退 被否 纠正 退回 返工 撤销 差错 出错 纰漏 因程序 缺席 走过场 例外 异议 扯皮 推诿 反弹 延误 拖延 遗留 再犯 断档 打折 变形 超时 过期 漏报 迟报 违反 超期 逾期 问题 现象 一起 死角 盲区 遗漏 违法 违规 不当 有效投诉 落实到位 形成`)

var inapplicable = words(`不适用 不涉及 本项 本指标 该指标 此项 该项`)

// emptyRow reports whether a table row says nothing but the item's own words.
func emptyRow(l *line, cl claim, facts []Fact) bool {
	if len(facts) > 0 {
		return false
	}
	t := l.folded.Runes
	own := make([]bool, len(t))
	if cl.own != nil {
		for _, h := range cl.own.selves {
			for i := h.start; i < h.end; i++ {
				own[i] = true
			}
		}
	}
	n := 0
	for i, r := range t {
		if isHan(r) && !own[i] {
			n++
		}
	}
	return n < 8
}

var business = words(`公里 招商 产值 亿元 脱贫 亩 道路 绿化 种植 养殖 固定资产 财政收入 GDP 生产总值 引资 厂房 硬化 路灯 河长 植树 收购 粮食 旅游收入 投产`)

// core keeps the checkable facts that stand on the item: before the planned
// part, outside the item's own repeated wording, and in no clause that is
// about another matter.
func (c *Case) core(ind *Indicator, l *line, cl claim, limit int) []Fact {
	t := l.folded.Runes
	item := cl.item
	var out []Fact
	for _, f := range l.facts {
		if !f.Counts || f.Kind == NonOccurrence || f.Span.Start >= limit {
			continue
		}
		if cl.own != nil && slices.ContainsFunc(cl.own.selves, func(h hit) bool { return h.start <= f.Span.Start && f.Span.End <= h.end }) {
			continue
		}
		if f.Kind == Deadline && strings.Contains(ind.Title+ind.Text, f.Text) {
			continue
		}
		from, to := clauseAt(t, f.Span.Start)
		if f.Kind != Act && !c.onItem(l, cl, item, from, to) {
			continue
		}
		out = append(out, f)
	}
	return out
}

// onItem reports whether a clause belongs to the item: it has a word of it, or
// names no other matter.
func (c *Case) onItem(l *line, cl claim, item, from, to int) bool {
	inside := func(h hit) bool { return h.start < to && from < h.end }
	if cl.own != nil && (slices.ContainsFunc(cl.own.hits, inside) || slices.ContainsFunc(cl.own.hinted, inside)) {
		return true
	}
	e := c.Set.engine
	if like := l.likeIn(from, to); like.top >= closeEnough && e.fit(like, item) >= fitHinted {
		return true
	}
	for i := range l.says {
		m := &l.says[i]
		if int(m.owner) < e.indicators || !m.strong || m.barred || slices.Contains(e.topicsOf[item], m.owner) {
			continue
		}
		if slices.ContainsFunc(m.hits, func(h hit) bool {
			return inside(h) && len(e.terms[h.term].parts) == 1 && slices.ContainsFunc(e.terms[h.term].uses, func(u use) bool { return u.owner == m.owner && u.role == strong })
		}) {
			return false
		}
	}
	return business.in(l.folded.Runes, from, to) < 0
}

// row decides one indicator, in the order of the review practice.
func (c *Case) row(i int) Row {
	ind := &c.Set.Indicators[i]
	r := Row{Unit: c.Unit.Name, Indicator: ind.ID, No: ind.No, Title: ind.Title}
	who := c.covers(ind)
	nobody := who != covered && unitKind(c.Unit) == "" // whose the papers are is not known
	if who == notCovered && !nobody {
		r.Status, r.Why = NotApplicable, fmt.Sprintf("责任单位是“%s”，不包括本单位。", strings.Join(ind.Applies, "、"))
		return r
	}
	if c.read == 0 {
		r.Status, r.Why = NotJudged, "本单位报来的文件没有一份能读出文字，无法判断。"
		if len(c.Files) == 0 {
			r.Why = "没有收到本单位的材料，无法判断。"
		}
		return r
	}
	by, faint := map[Status][]weighed{}, map[Status][]weighed{}
	for _, at := range c.byItem[i] {
		l := &c.lines[at]
		k := slices.IndexFunc(l.claims, func(x claim) bool { return x.item == i })
		w := c.weigh(l, l.claims[k])
		if l.claims[k].faint {
			if w.class == Formulaic && !l.claims[k].headed {
				continue // words without a fact that only lean to the item
			}
			faint[w.class] = append(faint[w.class], w)
		} else if w.class != Missing {
			by[w.class] = append(by[w.class], w)
		}
	}
	if slices.ContainsFunc(by[NotApplicable], func(w weighed) bool { return w.claim.own != nil && w.claim.own.object }) {
		by[Met] = slices.DeleteFunc(by[Met], vague) // 没有人申请公开: the lists on the wall are no answers to applications
	}
	named := slices.ContainsFunc(by[Formulaic], c.names) || slices.ContainsFunc(by[OnlyPromised], func(w weighed) bool { return !isPlan(w.line.file) })
	byName := func(w weighed) bool { return c.names(w) && (w.claim.fit == 1 || !c.Set.engine.paired(&w.claim)) }
	if slices.ContainsFunc(by[Formulaic], byName) || slices.ContainsFunc(by[OnlyPromised], byName) {
		by[Met] = c.besides(by[Met])
	}
	if len(by) == 0 {
		by = faint
	} else if len(by[NotApplicable])+len(by[Copied]) == 0 && len(by[Met]) == 0 {
		by[Met] = faint[Met] // the facts stand in the sentences after the one that names the matter
		if named {
			by[Met] = continuing(faint[Met])
		}
	} else if len(by[Met]) > 0 {
		by[Met] = append(by[Met], continuing(faint[Met])...) // shown after those that name it
	}
	c.decide(&r, ind, by)
	if r.Status == Missing {
		if l := c.suspect(i); l != nil {
			r.Notes = append(r.Notes, fmt.Sprintf("疑似有关的表述：“%s”，请核对。", l.text))
		}
	}
	if nobody && r.Status == Missing {
		r.Status, r.Why = NotJudged, "没有认出这是哪一类单位，此项是否适用说不准，没有判断。请在报送清单中写明单位和类别后重跑。"
	}
	if r.Status == Missing && c.Set.strange(ind) {
		r.Status, r.Why = NotJudged, "程序没有认出此项问的是什么事，没有找到也不能断定材料没有写。请人工核对，或在规则文件里给此项补上主题或说法。"
	}
	if who == unclear && !nobody && (r.Status == Missing || r.Status == NotJudged) {
		r.Status, r.Why = NotApplicable, fmt.Sprintf("责任单位只写“%s”，材料也没有提到此项，按不涉及本单位处理，请核对。", strings.Join(ind.Applies, "、"))
	}
	return r
}

// vague reports whether a line has only words of the item that others have too.
func vague(w weighed) bool {
	return w.claim.own == nil || !w.claim.own.strong && !w.claim.own.object
}

// suspect is the line that comes nearest to an item of which none is said to
// speak, or nil: before the unit is told that it is missing, somebody should
// look at it.
func (c *Case) suspect(item int) *line {
	e := c.Set.engine
	if len(e.topicsOf[item]) == 0 {
		return nil
	}
	var best *line
	top := nearLeast
	for i := range c.lines {
		l := &c.lines[i]
		fit := e.fit(l.like, item)
		if near := fit * float64(l.like.top); fit >= fitHinted && near > top && l.zone != problems && !e.bars(l, item) {
			best, top = l, near
		}
	}
	return best
}

// nearLeast is how much a line must resemble an item to be shown beside 缺项.
const nearLeast = 1.0

// names reports whether a line of a report names the matter and is about it,
// not only in passing.
func (c *Case) names(w weighed) bool {
	own := w.claim.own
	return !isPlan(w.line.file) && own != nil && own.strong && w.claim.fit >= fitWords
}

// besides keeps the lines that count where others name the matter and have no
// fact: a report that speaks of it emptily seldom gives the facts elsewhere,
// where words only happen to meet or the wording is one that many matters
// share.
func (c *Case) besides(met []weighed) []weighed {
	return slices.DeleteFunc(met, func(w weighed) bool {
		if w.claim.alone {
			return w.line.like.top < closeNamed
		}
		return c.Set.engine.paired(&w.claim) && w.claim.fit < fitWords
	})
}

// continuing keeps the lines that go on with a matter named before or above
// them, or have words that lean to it: a mere likeness of wording does not
// outweigh what a report promises on the item in so many words.
func continuing(ws []weighed) []weighed {
	return slices.DeleteFunc(ws, func(w weighed) bool { return w.claim.own == nil && !w.claim.headed })
}

func (c *Case) decide(r *Row, ind *Indicator, by map[Status][]weighed) {
	order := []Status{Met, NotApplicable, Formulaic, OnlyPromised, Copied}
	for _, st := range order {
		if len(by[st]) == 0 {
			continue
		}
		r.Status = st
		best := c.ranked(by[st])
		if st == OnlyPromised && !c.report {
			r.Status = planStatus(ind, best)
		}
		r.Evidence = c.evidence(best)
		r.Score = min(1, best[0].claim.score/1.5)
		r.Why = c.why(r.Status, ind, best)
		r.Notes = c.notes(r.Status, ind, best)
		return
	}
	if c.unread {
		r.Status, r.Why = NotJudged, fmt.Sprintf("能读出的材料里没有写到此项，但%s，不能断定缺项，请对照原件核对。", c.unreadFiles())
		return
	}
	r.Status, r.Why = Missing, "已读出的材料中，没有找到写到此项的正文。"
	if c.onlyOtherYears() {
		r.Notes = append(r.Notes, fmt.Sprintf("本单位的材料都不是%d年度的，请核对是否交错了年份。", c.Year))
	}
}

// ranked puts the best evidence first: that of the year under review, then what
// names the matter, then the most facts, then the surest mapping, then the order of the papers.
func (c *Case) ranked(all []weighed) []weighed {
	out := slices.Clone(all)
	year := func(w weighed) int {
		if c.otherYear(w.line.file) {
			return 1
		}
		return 0
	}
	slices.SortStableFunc(out, func(a, b weighed) int {
		return cmp.Or(cmp.Compare(year(a), year(b)), cmp.Compare(leaning(a), leaning(b)), cmp.Compare(factMass(b.facts), factMass(a.facts)), cmp.Compare(b.claim.score, a.claim.score))
	})
	return out
}

// leaning is 1 for a line that only leans to its item.
func leaning(w weighed) int {
	if w.claim.faint {
		return 1
	}
	return 0
}

const mostUnread = 3 // files that are named in a row's reason

// unreadFiles says which of the unit's files were not read, or not wholly.
func (c *Case) unreadFiles() string {
	var names []string
	for i := range c.Files {
		f := &c.Files[i]
		switch {
		case f.Doc == nil:
			names = append(names, fmt.Sprintf("“%s”没有读出", fileName(f.ID)))
		case f.Doc.Partial():
			names = append(names, fmt.Sprintf("“%s”有%d页没有读出", fileName(f.ID), len(f.Doc.Unread)))
		}
	}
	if n := len(names); n > mostUnread {
		names = append(names[:mostUnread], fmt.Sprintf("共%d份没有读全", n))
	}
	return strings.Join(names, "、")
}

// onlyOtherYears reports whether every paper that could be read says that it is
// about another year than that under review.
func (c *Case) onlyOtherYears() bool {
	return !slices.ContainsFunc(c.Files, func(f File) bool { return f.Doc != nil && f.Year.Value != "" && !c.otherYear(&f) }) &&
		slices.ContainsFunc(c.Files, func(f File) bool { return f.Doc != nil && c.otherYear(&f) })
}

// otherYear reports whether a paper says that it is about a year other than
// that under review.
func (c *Case) otherYear(f *File) bool {
	y := atoi(f.Year.Value)
	return y > 0 && c.Year > 0 && y != c.Year
}

// factMass weighs facts as reviewers do: a rate with its base most, a bare
// figure least.
func factMass(facts []Fact) int {
	n := 0
	for _, f := range facts {
		switch f.Kind {
		case OwnPaper, PaperNo, Meeting, Named, Award:
			n += 3
		case Count, Day, Act, Money:
			n += 2
		default:
			n++
		}
	}
	return n
}

const shown = 3 // evidence sentences on a row

func (c *Case) evidence(best []weighed) []Evidence {
	var out []Evidence
	for _, w := range best[:min(shown, len(best))] {
		e := Evidence{Doc: w.line.file.ID, Span: w.line.span, Quote: w.line.text, Section: w.line.passage.Section(),
			Place: w.line.passage.Place}
		for _, f := range w.facts {
			e.Facts = append(e.Facts, inClause(w.line, f))
		}
		out = append(out, e)
	}
	return out
}

// inClause is a fact as a reader would quote it: an act with the whole clauses in
// which it stands.
func inClause(l *line, f Fact) string {
	if f.Kind != Act {
		return original(l, f.Span)
	}
	from, _ := clauseAt(l.folded.Runes, f.Span.Start)
	_, to := clauseAt(l.folded.Runes, f.Span.End-1)
	return original(l, corpus.Span{Start: from, End: to})
}

// original is the text of a fact as it stands in the paper.
func original(l *line, s corpus.Span) string {
	b := l.folded.Back(s.Start, s.End)
	return strings.Join(strings.Fields(string([]rune(l.text)[b.Start:b.End])), "")
}

// planStatus judges what a plan says of an item: who, by when, what; two of
// the three make it concrete.
func planStatus(ind *Indicator, best []weighed) Status {
	if n, _ := planParts(ind, best); n >= min(2, len(planWants(ind))) {
		return Met
	}
	return Formulaic
}

func planWants(ind *Indicator) []string {
	if len(ind.Plan) > 0 {
		return ind.Plan
	}
	return []string{"主体", "时限", "措施"}
}

var (
	bodies    = words(`由 牵头 负责 责任单位 责任科室 办公室 法规科 政策法规 法制科 各科室 各股室 各站所 局党组 党工委 司法所 专班 联络员 联络人 执法大队 科负责 股负责`)
	deadlines = words(`月底前 年底前 月前 日前 每季度 每月 每半年 每年 每周 季度末 上半年 下半年 年内 工作日内 季末`)
)

// planParts counts which of the wanted parts some line states, and names the
// others.
func planParts(ind *Indicator, best []weighed) (n int, missing []string) {
	for _, want := range planWants(ind) {
		ok := slices.ContainsFunc(best, func(w weighed) bool {
			t := w.line.folded.Runes
			switch want {
			case "主体":
				return bodies.in(t, 0, len(t)) >= 0
			case "时限":
				return deadlines.in(t, 0, len(t)) >= 0 || slices.ContainsFunc(w.facts, func(f Fact) bool { return f.Kind == Day || f.Kind == Deadline })
			}
			return slices.ContainsFunc(w.facts, func(f Fact) bool { return f.Kind != Day && f.Kind != Deadline })
		})
		if ok {
			n++
		} else {
			missing = append(missing, want)
		}
	}
	return n, missing
}
