package reuse

import (
	"fmt"
	"strings"
)

// task is what a sentence of a plan sets: in the register of plans, where all
// offices speak of the same matters with few words.
type task struct {
	verb, matter, tail, other, otherTail, office, partner, aim, further, check string
	shape, month                                                               int
}

var (
	verbs   = strings.Fields("健全 完善 落实 推行 规范 加强 深化 建立 优化 改进 巩固 细化")
	matters = strings.Fields("行政执法监督 合法性审查 文件备案 复议案件办理 政务服务事项 信用监管 法律顾问选聘 案卷评查 普法责任 矛盾排查 决策听证 轻微免罚 证明事项告知 涉企检查 应诉出庭 裁量权基准 公平竞争审查 信息公开 执法证件管理 人民调解 公共法律服务 行风评议 投诉受理 网格走访 柔性执法 随机抽查 应急演练 干部学法 审批提速 档案移交")
	tails   = strings.Fields("机制 制度 清单 流程 标准 台账 办法 平台 队伍 责任 方案 目录")
	offices = strings.Fields("司法局 各执法部门 办公室 政务服务中心 各镇街 督查组 信访部门 市场监管部门 公安机关 民政部门 教育部门 主要负责人")
	toward  = strings.Fields("做到 推动 压实 提高 防止 减少 实现 方便 形成 杜绝 缩短 守住 回应 避免 补齐 促进")
	aim     = strings.Fields("应审尽审 问题整改 部门责任 群众满意度 重复检查 程序瑕疵 全程留痕 企业办事 工作合力 类案不同罚 办理时间 安全底线 社会关切 选择性执法 基层短板 资源共享 源头治理 结果互认 公正文明 久拖不决 跨区协作 权责一致")
	often   = strings.Fields("每季度 每半年 每月 逢双月 年中 年底 会前 不定期 届满时 按周 分批 随机")
	checks  = strings.Fields("通报进度 抽查案卷 纳入考核 销号管理 列入述法 回头看 邀请代表评议 公布结果 专人督办 与评优挂钩 更新台账 交叉互评 约谈负责人 听取汇报")
	faults  = strings.Fields("不合要求的 进度滞后的 成效突出的 弄虚作假的 群众反映多的 长期空转的 连续两次垫底的 材料不全的 主动整改的")
	deal    = strings.Fields("限期纠正 约谈提醒 通报表扬 取消资格 重新办理 挂牌督办 优先支持 移送处理 退回补正 从轻处理")
)

// plan sets something, in one of several shapes.
func (v *inventor) plan() string {
	p := task{verb: v.pick(verbs), matter: v.pick(matters), tail: v.pick(tails), other: v.pick(matters), otherTail: v.pick(tails),
		office: v.pick(offices), partner: v.pick(offices), aim: v.pick(toward) + v.pick(aim), further: v.pick(toward) + v.pick(aim), check: v.pick(often) + v.pick(checks),
		shape: v.r.IntN(4), month: 1 + v.r.IntN(12)}
	s := v.sayPlan(p)
	if v.planned == nil {
		v.planned = map[string]task{}
	}
	v.planned[s] = p
	return s
}

func (p task) title() string { return p.verb + p.matter + p.tail }

func (v *inventor) sayPlan(p task) string {
	w := func(words string) string { return v.pick(strings.Fields(words)) }
	switch p.shape {
	case 0:
		return p.title() + "，" + p.office + w("牵头制定 负责修订 会同有关单位编制 抓紧出台") + p.other + p.otherTail + "，" + fmt.Sprintf(w("%d月底前完成， %d月起施行， 力争%d月见效，"), p.month) + p.aim + "。"
	case 1:
		return fmt.Sprintf("%d月，", p.month) + p.office + w("要对 将对 组织对") + p.matter + w("逐项核查， 全面梳理， 集中评估， 摸底排查，") + "对" + v.pick(faults) + v.pick(deal) + "，" + p.check + "，" + p.aim + "。"
	case 2:
		return "把" + p.matter + w("作为重点任务， 摆上重要日程， 列入民生实事， 当作突破口，") + p.title() + "，" + p.check + "，" + p.aim + w("， ，切实 ，努力") + p.further + "。"
	}
	return p.office + w("牵头 具体 统筹") + p.title() + "，" + p.partner + w("配合做好 同步推进 协助落实") + p.other + p.otherTail + "，" + p.check + w("，确保 ，着力 ，") + p.aim + "。"
}

// carriedOut tells how the writer's own office did p: of the same matter, in
// the words of policy, and not copied.
func (v *inventor) carriedOut(p task) string {
	w := func(words string) string { return v.pick(strings.Fields(words)) }
	switch v.r.IntN(3) {
	case 0:
		return w("围绕 对照 按照") + p.title() + w("的要求， 这一任务， 的安排，") + v.pick(who) + v.deed() + v.thing() + v.pick(num) + "，" + w("基本 初步 已经") + p.aim + "。"
	case 1:
		return p.matter + w("方面， 工作中， 一项，") + v.pick(whn) + v.pick(who) + "到" + v.pick(whr) + v.deed() + v.thing() + "，" + p.check + "。"
	}
	return v.pick(whr) + w("率先 试点 带头") + p.verb + p.matter + p.tail + "，" + v.thing() + v.pick(num) + v.pick(did) + "，" + v.close() + "。"
}

// bureaucratic words, each with one that is put for it.
var bureaucratic = strings.Fields("健全 建立健全 完善 优化完善 落实 贯彻执行 推行 推广实行 规范 规整 加强 强化 深化 纵深推进 优化 改良 牵头 带头 会同 联合 负责 承担 抓紧 尽快 底前 末以前 完成 办结 逐项 逐条 核查 检查 梳理 清理 评估 评价 限期 按时 纠正 整治 通报 公开 表扬 表彰 重点 关键 任务 事项 配合 协同 同步 一体 推进 推动 确保 保证 着力 下力气 做到 达到 问题 毛病 整改 改正 压实 夯实 责任 职责 提高 提升 满意度 认可度 防止 避免 减少 降低 方便 便利 企业 经营主体 缩短 压缩 时间 时限 及时 尽早 关切 期盼 补齐 补上 短板 弱项 每季度 每三个月 抽查 抽检 一轮 一遍 考核 考评 列入 纳入 定期 按期 组织 安排 邀请 请来 公布 发布 专人 专门人员 跟踪 盯紧 建立 设立 机制 体制机制 制度 规章 流程 程序 台账 账册")
