package rules

import (
	"slices"
	"strings"
	"sync"
)

var (
	negations = words(`没有 没人 没碰上 没遇上 没遇到 没发生 没接到 没收到 没出过 没发过 没开过 没办过 没打过 没有过 从没 不曾 未曾 尚未发生 未形成 是零 为零 挂零 未安排 未举行 未召开 未启动 未遇到 未承接 未抽到 未组织 未新 未提出 未引发 从未 未制定 未出台 未发生 未收到 未接到 未受理 未作出 未产生 未出现 未涉及 未被 未列入 未列 未实施 未印发 未有 未开展 未办理 未承办 未制发 未发现 未查处 未发布 未组织实施 未提拔 未聘用 未进行 未签订 未设 暂无 尚无 均无 并无 也无 不存在 不涉及 不承担 不具有 不具备 不实施 不属于 不设 不是 无一 不适用 不负责 不享有 不需要 不产生 不行使 不制定 不涉 零`)
	bareNo    = []rune("无")
	notNo     = words(`无法 无论 无不 无障碍 无缝 无偿 无私 无证 无故 无害 无违 无小事 无死角 无盲区 无一例外 无纸化 无疑 无愧 无人机 无业 无讼`)
	faults    = words(`没有形成 没有建立 没有落实 没有做到 没有真正 没有完全 没有及时 没有得到 没有严格 没有充分 不是很 不是特别 没有很好`)
	things    = words(`案件 事项 诉讼 复议 投诉 申请 举报 情况 行为 职责 职能 权限 机关 执法权 被告 处罚 许可 强制 收费 机构 决策 规范性文件 纠纷 行政村 决定 合同 裁决 仲裁 事件 指标 任务 立法 清单 会议 干部 人员 项目 协议 败诉 应诉 移送 信访 文件 检查 摊派 企业 村居 数据`)
)

// objectWords are the objects of all topics: what can be said not to occur.
var objectWords = sync.OnceValue(func() lexicon {
	l := lexicon{}
	things.each(l.add)
	for _, t := range thesaurus().all {
		for _, o := range t.objects {
			l.add(foldRunes(strings.Split(o, "…")[0]))
		}
	}
	return l
})

// nonOccurrence finds clauses which state that nothing of a kind occurred, or
// that the unit has no such duty.
func (s *factScan) nonOccurrence() {
	t := s.text
	for from := 0; from < len(t); {
		_, to := clauseAt(t, from)
		if at := negationIn(t, from, to); at >= 0 && !s.quoted[at] {
			if objectWords().in(t, at, to) >= 0 {
				s.add(NonOccurrence, from, to, true, "")
			}
		}
		from = to + 1
	}
}

// negationIn is where a clause is negated near its beginning, or -1.
func negationIn(t []rune, from, to int) int {
	for i := from; i < to && i-from <= 18; i++ {
		if faults.at(t, i) > 0 {
			return -1
		}
		if negations.at(t, i) > 0 {
			return i
		}
		if hasAt(t, i, bareNo) && notNo.at(t, i) == 0 && (i == from || !stockAt(t, i-1)) && i-from <= 10 {
			return i
		}
	}
	return -1
}

var (
	completed = words(`了 已 改成 改为 换成 装好 移交 签字 存档 到场 当场 当天 当日 次日 随后 每周 劝返 被 送到 送去 送回 交回 带回 跑到 来到 换新 换了 腾出 补上 存于 拉走 请到 退还 收回 拆除 关停 整改完毕 办结 撤销 收缴 联合 双方 逐一 全部 带着 搬到 请来 开通 上线 启用 挂牌 入驻 设在 设立 设置 牵头 签订 签收 缺席 撤诉 道歉 归还 查封 扣押 约谈 公开 听证 暂缓 未通过 坐班 办成 搬进 贴在 张贴 画 印成 写进 送 把 下来 争得 谈成 谈定 答应 同意 拒绝 否决 推迟 追回 讨回 领到 拿到 撤下 交还 同日 补办 划掉 换成`)
	notAct    = words(`氛围 风气 良好 浓厚 进一步 不断 有效 切实 显著 明显 扎实`)
)

// ruling are words of a rule, which tells what is to be done and not what was.
var ruling = words(`凡 绝不 决不 一律 必须 不得 确保 做到 坚持 严禁 杜绝 必 加强 从严`)

// telling are words of narration, which the register hardly uses: each is worth
// a few strange runes.
var telling = words(`当场 当天 当日 当晚 次日 第二天 双方签字 签字 存档 签收 到场 劝返 退回 上门 坐班 挂牌 撤诉 缺席 道歉 归还 已移交 暂缓 值守 改成了 送到了 装好了 搬到 关停 拆除 收回 逢集 调头 补办 垫付 登门`)

// founding tells of a body set up by name, other than the groups that every
// paper sets up.
var (
	founding   = words(`成立 设立 组建 挂牌成立 建起 设了 建成 开设`)
	founded    = words(`工委 调解委员会 调解室 指挥部 服务站 工作站 联系点 调解中心 服务中心 议事厅 合议室 听证室 巡回法庭 工作室 分局 执法中队 法律援助站 驿站`)
	notFounded = words(`要 将 拟 应 各 健全 完善 推动各`)
)

// Strange runes from which a completed sentence tells a concrete act: at
// least so many, and at least such a share of its Han runes.
const (
	actRunes = 6
	actShare = 0.24
	// from these it needs no word of completion: 显示屏上滚动放执法队自己拍的短片
	vividRunes = 9
	vividShare = 0.42
)

var (
	striking  = words(`删去 删除 删掉 去掉 划掉 剔除 砍掉 撤下`)
	wordingOf = words(`一条 一款 一句 这条 条款 的条款 的门槛 的条件 的限制 的规定 的表述 等条款 等表述 等规定 等限制 门槛`)
	altering  = words(`提出修改 修改 取消 退回 删 改为 改成 改掉 不同意 叫停 没有依据 无依据 建议 不合法 提出异议 异议 采纳 吸收`)
	notStruck = words(`将 拟 应 要 须 不得 严禁 禁止 凡 一律 杜绝`)
)

// quotedLeast is how many strange runes quoted wording must have to be that of a
// draft: slogans are words of the register.
const quotedLeast = 2

// strikes finds wording of a paper that was struck out or objected to:
// 删去"须在本地纳税"的门槛.
func (s *factScan) strikes() {
	t := s.text
	for open := 0; open < len(t); open++ {
		if t[open] != '"' {
			continue
		}
		end := open + 1
		for end < len(t) && t[end] != '"' {
			end++
		}
		if end >= len(t) {
			return
		}
		from, _ := clauseAt(t, open)
		_, to := clauseAt(t, end)
		struck := striking.in(t, from, open) >= 0 || striking.in(t, end, to) >= 0
		named := wordingOf.at(t, end+1) > 0 && (altering.in(t, from, open) >= 0 || altering.in(t, end, len(t)) >= 0)
		told := slices.ContainsFunc(s.found, func(f Fact) bool { return f.Kind == Act && f.Span.Start < to && from < f.Span.End })
		if (struck || named) && !told && s.strangeIn(open, end) >= quotedLeast && notStruck.in(t, from, open) < 0 {
			s.add(Act, from, to, true, "")
		}
		open = end
	}
}

// strangeIn is how many runes of text[from:to] no stock word explains.
func (s *factScan) strangeIn(from, to int) int {
	n := 0
	for _, strange := range s.strange[from:to] {
		if strange {
			n++
		}
	}
	return n
}

// acts finds a sentence that tells a completed act with its object in words
// that are not the register's: 机关车棚改成了调解室. Digits are not needed.
func (s *factScan) acts() {
	t := s.text
	n, han := 0, 0
	first, last := -1, -1
	for i, r := range t {
		if s.quoted[i] || !isHan(r) {
			continue
		}
		han++
		if s.strange[i] {
			n++
			if first < 0 {
				first = i
			}
			last = i + 1
		}
	}
	if at := founding.in(t, 0, len(t)); at >= 0 {
		from, to := clauseAt(t, at)
		if b := founded.in(t, at, to); b >= 0 && notFounded.in(t, from, at) < 0 {
			s.add(Act, at, min(b+4, to), true, "")
		}
	}
	for i := 0; i < len(t); i++ {
		if k := telling.at(t, i); k > 0 && !s.quoted[i] {
			n += 3
			first, last = min(max(first, 0), i), max(last, i+k)
			i += k - 1
		}
	}
	vivid := n >= vividRunes && float64(n) >= vividShare*float64(han)
	if n < actRunes || float64(n) < actShare*float64(han) || !vivid && completed.in(t, 0, len(t)) < 0 {
		return
	}
	share := actShare
	for i := 0; i < len(t); i++ {
		if notAct.at(t, i) > 0 {
			share += 0.08 // words of praise ask for more of the concrete
		}
		if ruling.at(t, i) > 0 {
			share += 0.06
		}
	}
	if float64(n) >= share*float64(han) {
		s.add(Act, first, last, true, "")
	}
}
