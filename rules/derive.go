package rules

import (
	"slices"
	"strings"
	"sync"
)

// generic words name no item: they stand in all of them, and are never enough.
var generic = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(`加强 领导 制度 工作 建设 落实 推进 完善 健全 建立 开展 组织 实施 规范 提高 提升 强化 深化 全面 严格 依法 行政 政府 法治 法律 法规 机制 体系 管理 服务 监督 检查 责任 要求 情况 进行 有关 相关 部门 单位 各级 每年 年度 至少 不少于 达到 以上 以下 按照 规定 及时 定期 主要 重点 重要 重大 制定 印发 公开 公布 社会 网站 清单 落实情况 执行 履行 履职 履行职责 考核 评价 标准 内容 方案 计划 报告 材料 会议 研究 部署 人员 干部 领导干部 机关 本级 本地 本单位 地区 切实 认真 有效 充分 积极 不断 进一步 持续 创新 方式 措施 程序 决定 作出 办理 处理 案件 事项 文件 意见 问题 整改 活动 宣传 教育 培训 学习 执法 决策 化解 纠纷 保障 能力 水平 质量 效率 力度 范围 覆盖 全覆盖 率 分 得分 扣分 每项 每次 一次 一项 未 不 无 有 的 和 与 及 并 或 等 在 对 将 由 按 各 其 中 前 后 为 以 于 是 了 上 下 内 外 第 向社会 规范化 常态化 制度化 科学 民主 合法 公正 文明 统一 明确 纳入 做到 实行 推行 实现 发挥 作用 健全完善 贯彻 贯彻落实 依照 根据 通过 采取 形成 建成 确保 应当 必须 没有 提供 印证 佐证 证明 资料 年内 当年 本年度 全年 上一年度 年 月 日 次 项 件 期 名 人 个 以及 同时 查阅 资料 实地 查看 发现 存在 符合 按时 按期 及其 所有 全部 名称 每 例 扣 最多 扣完 为止 比例 数量 情况说明`) {
		m[w] = true
	}
	return m
}()

// derive turns an item's wording into topics of the thesaurus and words of its
// own. title is the item, text its 评分要点. segment may be nil.
func derive(title, text string, segment func(string) []string) ([]string, Terms) {
	by := thesaurus().byName
	named := title
	if onlyWording(title, text) {
		named, text = asked(scoringText(text)), ""
	}
	names := topicsIn(named)
	if slices.ContainsFunc(names, func(n string) bool { return !by[n].vague }) {
		names = slices.DeleteFunc(names, func(n string) bool { return by[n].vague })
	}
	titled, alone := len(names) > 0, slices.ContainsFunc(names, func(n string) bool { return by[n].alone })
	add := func(list []string, alone bool) {
		for _, n := range list {
			part := slices.ContainsFunc(by[n].of, func(whole string) bool { return slices.Contains(names, whole) })
			if !slices.Contains(names, n) && (part || !alone && (!titled || !by[n].broad && !by[n].vague)) {
				names = append(names, n)
			}
		}
	}
	add(likely(named), false)
	if text != "" {
		text = asked(scoringText(text))
		add(topicsIn(text), alone)
		if !titled {
			add(likely(text), alone)
		}
	}
	if len(names) == 0 {
		k, top := resemblance().best(foldRunes(named + "。" + text))
		if all := thesaurus().all; k < len(all) && top >= titleClose {
			names = append(names, all[k].name)
		}
	}
	if names == nil {
		names = []string{}
	}
	return names, ownTerms(title, names, segment)
}

// onlyWording reports whether an item has no name but the first words of its
// wording, so that all of the wording counts as the name does.
func onlyWording(title, text string) bool {
	return title == firstClause(text) && title != oneLine(text)
}

// A clause of an item's wording is about the topic that it resembles most, when
// it does so as much as this; and the wording as a whole, when no clause is
// about any.
const (
	clauseClose = 2.5
	titleClose  = 1.0
)

// likely are the topics that the clauses of a wording resemble.
func likely(wording string) []string {
	var out []string
	all := thesaurus().all
	t := foldRunes(wording)
	for from := 0; from < len(t); {
		_, to := clauseAt(t, from)
		k, top := resemblance().best(t[from:to])
		if k < len(all) && top >= clauseClose && !slices.Contains(out, all[k].name) {
			out = append(out, all[k].name)
		}
		from = to + 1
	}
	return out
}

// asked is a wording without the clauses that only say what shall not happen:
// 无因信息公开败诉情形 asks for nothing about lawsuits, nor 除投诉核查外 about
// complaints.
func asked(wording string) string {
	var b strings.Builder
	t := foldRunes(wording)
	for from := 0; from < len(t); {
		_, to := clauseAt(t, from)
		if ruledOut.at(t, from) == 0 && !strings.HasSuffix(string(t[from:to]), "为零") && !(hasAt(t, from, []rune("除")) && strings.HasSuffix(string(t[from:to]), "外")) {
			b.WriteString(string(t[from:min(to+1, len(t))]))
		}
		from = to + 1
	}
	return b.String()
}

var ruledOut = words(`无 不存在 不发生 不得有 没有 未发生 杜绝 严禁 年内不发生 不出现 避免 防止`)

// scoringText is 评分要点 without the titles it cites and what is said of
// marks and proofs, which are not the matter.
func scoringText(text string) string {
	var b strings.Builder
	depth := 0
	for _, r := range text {
		switch r {
		case '《':
			depth++
		case '》':
			depth = max(0, depth-1)
		default:
			if depth == 0 {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

// topicsIn are the topics that a wording names, in the thesaurus's order. Of
// two names one inside the other only the longer speaks.
func topicsIn(wording string) []string {
	t := foldRunes(wording)
	e := namesEngine()
	type found struct {
		topic      int32
		start, end int
		whole      bool // one word without a gap
		paired     bool // words that name the topic only together
	}
	var all, away []found
	room := e.room()
	defer e.rooms.Put(room)
	for _, h := range e.scan(t, room) {
		for _, u := range e.terms[h.term].uses {
			if u.role == never {
				away = append(away, found{topic: u.owner, start: h.start, end: h.end})
			} else {
				all = append(all, found{u.owner, h.start, h.end, len(e.terms[h.term].parts) == 1, e.terms[h.term].groups != nil})
			}
		}
	}
	like := resemblance().scores(t)
	var out []string
	for k, tp := range thesaurus().all {
		speaks := slices.ContainsFunc(all, func(f found) bool {
			if f.topic != int32(k) || slices.ContainsFunc(away, func(g found) bool { return g.topic == f.topic && g.start < f.end && f.start < g.end }) {
				return false
			}
			return !slices.ContainsFunc(all, func(g found) bool {
				if g.topic == f.topic || !g.whole {
					return false
				}
				inside := g.start <= f.start && f.end <= g.end && g.end-g.start > f.end-f.start
				// 公布涉企检查计划 is about the checks
				return inside || f.paired && g.start < f.end && f.start < g.end && like.each[f.topic] < like.each[g.topic]
			})
		})
		if speaks {
			for _, name := range append([]string{tp.name}, tp.parts...) {
				if !slices.Contains(out, name) {
					out = append(out, name)
				}
			}
		}
	}
	return out
}

// ownTerms are words of the item itself: each content word counts half, two
// that stand together count whole when no topic speaks for the item.
func ownTerms(title string, names []string, segment func(string) []string) Terms {
	t := Terms{Weights: map[string]float64{}}
	cut := segment
	if cut == nil {
		cut = segmentByStock
	}
	prev := ""
	for _, w := range cut(scoringText(title)) {
		if !contentWord(w) {
			prev = ""
			continue
		}
		if !slices.Contains(t.Some, w) {
			t.Some = append(t.Some, w)
			if len(names) > 0 && everyday(w) {
				t.Weights[w] = everydayWeight
			}
		}
		if prev != "" && len(names) == 0 && !slices.Contains(t.Any, prev+w) {
			t.Any = append(t.Any, prev+w)
		}
		prev = w
	}
	return t
}

// everydayWeight is what a word of the register counts for an item that has a
// topic: 企业, 合同 and 书面 stand in too many other matters.
const everydayWeight = 0.2

// everyday reports whether a word of a title is one of the register's.
func everyday(w string) bool {
	r := []rune(w)
	return vocabulary().match(r) == len(r) || len(r) == 2
}

func contentWord(w string) bool {
	n := 0
	for _, r := range w {
		if !isHan(r) {
			return false
		}
		n++
	}
	return n >= 2 && !generic[w]
}

// segmentByStock cuts by the stock of words, the longest first; what is left
// over stays together.
func segmentByStock(text string) []string {
	t := foldRunes(text)
	v := vocabulary()
	var out []string
	var rest []rune
	flush := func() {
		if len(rest) > 0 {
			out = append(out, string(rest))
			rest = nil
		}
	}
	for i := 0; i < len(t); {
		n := v.match(t[i:])
		switch {
		case n >= 2 || n == 1 && generic[string(t[i])] || !isHan(t[i]):
			flush()
			out = append(out, string(t[i:i+max(n, 1)]))
			i += max(n, 1)
		default:
			rest = append(rest, t[i])
			i++
		}
	}
	flush()
	return out
}

// namesEngine finds the names of all topics in an item's wording.
var namesEngine = sync.OnceValue(func() *engine {
	e := &engine{}
	b := &builder{engine: e, ids: map[string]int32{}, terms: map[string]int32{}}
	for k, t := range thesaurus().all {
		for _, w := range append(slices.Clone(t.names), t.when...) {
			b.put(int32(k), w, strong, 1)
		}
		for _, w := range t.pairs {
			b.pair(int32(k), w, strong, 1)
		}
		for _, w := range t.not {
			b.put(int32(k), w, never, 0)
		}
	}
	e.ac = newAutomaton(b.patterns)
	return e
})
