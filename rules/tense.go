package rules

import "strings"

var (
	future = words(`下一步 下步 接下来 明年 来年 下一年 下年度 今后 下阶段 下一阶段 打算 预计 力争 争取 有望 即将 待条件成熟 正在筹备 计划于 计划在 将陆续 尚待 择机 适时启动 明后年 今后一个时期 新的一年 适时开展`)
	// 将 and 拟 are future before these, a preposition or a noun's part elsewhere.
	willThen = words(`选取 选定 选聘 选派 遴选 选树 补充 补齐 定期 创新 分批 按时 按期 按月 按季 拓宽 拓展 抓好 抓紧 接入 增加 增设 减少 扩大 升级 引入 引进 搭建 打造 构建 召集 购置 修改 编写 培养 轮训 开办 依托 利用 充分 大规模 尽早 主动 常态 会同 聚焦 突出 紧盯 瞄准 立足 引导 督促 压实 巩固 夯实 形成 协调 协同 配合 邀请 选聘 新增 新建 再次 陆续 择优 更多 更加 更好 更大 严肃 举行 推出 推行 实行 加强 注重 明确 认真 统筹 扎实 争取 努力 全力 积极 设立 成立 调整 改进 改善 解决 纠正 做好 做到 抓实 收集 通报 提请 争创 申报 进一步 继续 于 按照 开展 加大 加快 不断 严格 围绕 紧紧 全面 坚持 推动 推进 启动 完成 建立 健全 完善 制定 出台 举办 召开 聘请 聘任 印发 公布 修订 安排 持续 着力 切实 深化 深入 强化 优化 力争 逐步 适时 始终 大力 探索 采取 实施 编制 清理 选派 配备 落实 履行 提高 提升 尽快 细化 规范 首次 更 每 重点 通过 根据 针对 结合 会 按 依法`)
	// as these may also open the object that 将 takes, a verb of taking later in the clause decides
	willMaybe = words(`与 为 从 以 做 公开 再 分 化解 同 向 在 培训 处理 学习 宣传 对 建设 总结 抓 投 抽查 排查 支持 整改 新 检查 每季度 每年 每月 用 申请 监督 督察 督查 研究 组织 统一 考核 联合 评查 请 购 邀 集中`)
	taking    = words(`纳入 列入 作为 融入 贯穿 摆在 录入 移交 转为 上传 放在 写入 计入 落到 转化 延伸 分解 交由 报送 录进 下放 改为 改成 调整为 列为 降为 减为 增至 提高到 压缩 降至 降到 缩短 划转 公之于众 送到 报告 拆除 置于 挂钩 贴在`)
	planThen  = words(`于 在 明年 今年 下半年 上半年 开展 举办 组织 建 分 对 用 投 出 制 完 新 全 通过 聘 修 召 到 年 从 将 每 安排 向 选 配 实 清 启 进一步 三 两 二 接 进 引 邀 购 加 推 举 编 拓 深 完善 请 把 用 给 跟 争 选`)
	readyTo   = words(`于 在 从 请 把 将 对 给 跟 由 聘请 开展 组织 制定 举办 出台 召开 建立 建设 开办 增设 安排 邀请 修订 启动 推行`)
	planNoun  = words(`年度 工作 学法 学习 培训 立法 普法 检查 执法 发展 行动 创建 实施 制定 列入 纳入 按 该 月 季 宣传 监管 抽查 整改 总体 法治 规划 编制 一 了`)
	stillPlan = words(`工作 打算 计划 安排 任务 重点 措施`)
	notMeant  = words(`拟了 拟好 拟出 拟写 拟任 拟提 拟录 拟定了 拟稿 拟入 拟聘用人 拟表彰 拟发文 拟签合同 拟签协议 拟上会`)
	others    = words(`各县 各乡 各镇 各街道 各部门 各单位 各级 各科室 各有关 各地 市直各 县直各 各创建 各责任`)
	duty      = words(`要 应 须 必须 应当 务必`)
)

// plannedFrom is the rune of folded text from which it speaks of what is still
// to be done, or len(text) when nothing does. year is the year the paper is
// about; a clause that opens with the next one plans.
func plannedFrom(text []rune, year int) int {
	for i := range text {
		if planWordAt(text, i) || nextYearAt(text, i, year) {
			from, _ := clauseAt(text, i)
			return from
		}
	}
	if others.at(text, 0) > 0 && duty.in(text, 2, min(len(text), 24)) >= 0 || len(text) > 0 && text[0] == '要' && !hasAt(text, 0, []rune("要求")) {
		return 0
	}
	return len(text)
}

func planWordAt(t []rune, i int) bool {
	switch {
	case future.at(t, i) > 0:
		n := future.at(t, i)
		return !won(t, i) && (i+n >= len(t) || t[i+n] != '的' || stillPlan.at(t, i+n+1) > 0) // 下一步的按钮是灰的
	case t[i] == '将':
		return willAt(t, i)
	case t[i] == '拟':
		return notMeant.at(t, i) == 0 && indexRunes(t, i, min(len(t), i+6), []rune("的")) < 0 && (i == 0 || !strings.ContainsRune("模虚草比审核查阅对给", t[i-1])) && i+1 < len(t) && (t[i+1] != '定' || i+2 < len(t) && t[i+2] == '于')
	case hasAt(t, i, []rune("计划")):
		return (dateAt(t, i+2) || planThen.at(t, i+2) > 0) && (i == 0 || planNoun.last(t, max(0, i-2), i) < 0)
	case hasAt(t, i, []rune("准备")):
		return dateAt(t, i+2) || readyTo.at(t, i+2) > 0
	}
	return false
}

// dateAt reports whether a year or a month is named at i: 计划2026年对各村,
// 计划五月由法规科.
func dateAt(t []rune, i int) bool {
	if i >= len(t) {
		return false
	}
	_, n := arabic(t, i)
	year := n == 4
	if n == 0 {
		_, n = cnNumber(t, i)
	}
	return n > 0 && i+n < len(t) && (t[i+n] == '月' || year && t[i+n] == '年')
}

// won reports whether 争取 at i tells of what was got: 全年争取科技项目47个.
func won(t []rune, i int) bool {
	if !hasAt(t, i, []rune("争取")) {
		return false
	}
	from, to := clauseAt(t, i)
	return gotBefore.in(t, from, i) >= 0 || got.in(t, i, to) >= 0
}

var (
	gotBefore = words(`全年 已 共 累计 积极 先后 成功 年内`)
	got       = words(`到位 争取到 到资金 到项目 资金`)
)

// willAt reports whether 将 at i is the future and not 把: 将于5月公开 but
// 将法治建设纳入考核.
func willAt(t []rune, i int) bool {
	if i > 0 && strings.ContainsRune("即必", t[i-1]) {
		return true
	}
	if willThen.at(t, i+1) > 0 {
		return true
	}
	_, to := clauseAt(t, i)
	return willMaybe.at(t, i+1) > 0 && taking.in(t, i+1, to) < 0
}

func nextYearAt(t []rune, i, year int) bool {
	if year == 0 || !isDigit(t[i]) || i > 0 && !clauseEnd(t[i-1]) {
		return false
	}
	v, n := arabic(t, i)
	if n != 4 || int(v) <= year || i+5 >= len(t) || t[i+4] != '年' {
		return false
	}
	return strings.ContainsRune(",将拟要计继我度", t[i+5]) || yearAhead.at(t, i+5) > 0
}

// yearAhead are words after the next year that leave no doubt that it is
// still to come: by the time of the report none of it is over.
var yearAhead = words(`起 开始 下半年 上半年 年内 全年 二季度 三季度 四季度`)

var (
	planHeads    = words(`下一步 下步 打算 明年 下一年 工作计划 工作安排 工作思路 今后 展望 努力方向 下年度 来年 新年度 接下来 想干 想做 今年的安排 今年安排 今年的打算 下阶段 改进措施`)
	problemHeads = words(`问题 不足 短板 差距 困难 薄弱 差在 还差 欠缺 短处 毛病 欠账 没做好 不够 难处 遗憾 弱项 缺点 没干好 没办好 没抓好 没到位`)
	notProblem   = words(`问题导向 补齐 补短板 补弱项 强弱项 补强 补上 破解 攻坚 纾困 解困 清欠 清理欠账 清理拖欠 攻克 问题清零 解决问题 解决了 化解 问题整改 整改 排查 调解 困难群众 帮扶`)
	problemSays  = words(`还不够 不够 有待 仍存在 还存在 依然存在 存在不足 存在差距 存在薄弱 不深入 不平衡 不充分 还不强 有差距 仍不 还需 亟待 亟需 不到位 不及时 不熟 不扎实 不规范的问题 不高的问题 偏少 偏低 偏慢 滞后 不统一 覆盖不够 不到边 跟不上 不够经常 没跟上 不均衡 参差不齐 问题仍然 抓得不紧 证明材料不足 佐证材料不足 没有相关材料`)
)

// zone says how the sentences of a passage are to be read.
type zone int

const (
	deeds zone = iota
	planning
	problems
)

// zoneOf reads the headings above a passage, innermost first. year is that of
// the paper.
func zoneOf(headings []string, year int) zone {
	for i := len(headings) - 1; i >= 0; i-- {
		h := foldRunes(headings[i])
		problem := problemHeads.in(h, 0, len(h)) >= 0 && notProblem.in(h, 0, len(h)) < 0
		plan := planHeads.in(h, 0, len(h)) >= 0 || headYear(h) > year && year > 0
		switch {
		case problem && plan: // 存在问题和下一步打算: sentence by sentence
			return problems
		case problem:
			return problems
		case plan:
			return planning
		}
	}
	return deeds
}

// headYear is the first year named in a heading, or 0.
func headYear(h []rune) int {
	for i := range h {
		if isDigit(h[i]) && (i == 0 || !isDigit(h[i-1])) {
			if v, n := arabic(h, i); n == 4 && v > 1990 && v < 2100 && i+4 < len(h) && h[i+4] == '年' {
				return int(v)
			}
		}
	}
	return 0
}

// admits reports whether a sentence of folded text tells a shortcoming that it
// does not deny: 未出现因履职不到位引发的后果 tells none.
func admits(t []rune) bool {
	for i := problemSays.in(t, 0, len(t)); i >= 0; i = problemSays.in(t, i+1, len(t)) {
		if from, _ := clauseAt(t, i); denies.in(t, from, i) < 0 {
			return true
		}
	}
	return losesPoints(t)
}

var (
	shortfalls    = words(`主要差距 主要不足 主要短板 主要弱项 主要问题 存在的主要问题 存在的主要不足 存在的突出问题 存在的问题 存在的不足 存在的差距 存在的短板 不足之处 差距主要 不足主要 短板主要`)
	shortfallVerb = words(`是 有 为 在 表现 体现 集中 : ,`)
)

// confesses reports whether a sentence opens with the unit's shortcomings, so
// that it and the list after it cover nothing: 主要差距是学法没有形成制度.
func confesses(t []rune) bool {
	i := leadIn(t)
	n := shortfalls.at(t, i)
	return n > 0 && shortfallVerb.at(t, i+n) > 0 && notProblem.in(t, i, len(t)) < 0
}

var (
	exceptEnd = words(`外 以外 之外`)
	theRest   = words(`其余 其他 其它`)
)

// excepted reports whether text[from:to] is a clause that names what is not
// so, of which the rest then is: 除后评估等项外，其余指标基本完成.
func excepted(t []rune, from, to int) bool {
	return from < to && t[from] == '除' && endsWith(t[from:to], exceptEnd) && theRest.at(t, to+1) > 0
}

var denies = words(`未出现 未发生 没有 防止 避免 杜绝 克服 解决 整治 纠正 纠治 破解`)

var lostPoints = words(`失分 丢分 自扣 扣分项 扣分点 扣分主要 扣分原因 扣分在 合计扣 共扣 不予得分 不得分`)

// losesPoints reports whether a sentence tells for what a self-assessment
// takes points off: 公约未全部复审，扣2分.
func losesPoints(t []rune) bool {
	if lostPoints.in(t, 0, len(t)) >= 0 {
		return true
	}
	for i, r := range t {
		if r != '扣' {
			continue
		}
		_, n := arabic(t, i+1)
		if to := i + 1 + n; n > 0 && to < len(t) && t[to] == '分' && (to+1 == len(t) || clauseEnd(t[to+1])) {
			return true
		}
	}
	return false
}
