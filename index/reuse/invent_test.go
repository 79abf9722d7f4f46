package reuse

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"duibiao/corpus"
)

// inventor writes papers of invented units, with passages copied and edited as
// people do, and keeps the truth. The same seed writes the same papers.
type inventor struct {
	r        *rand.Rand
	formulae []string
	said     map[string]fact // by the sentence that says it
	plans    bool            // half of what it writes is plans
	planned  map[string]task // by the sentence that says it
}

// theft is one copied passage.
type theft struct {
	doc, source      string
	span, sourceSpan corpus.Span
	edit             string
	massCopied       bool
}

var (
	who = strings.Fields("法规股 办公室 政务大厅 稽查中队 综合窗口 案审会 督查室 水政所 质检站 农技站 工会 团支部 档案室 财务室 会商组 复核组 信访岗 客服台 巡查队 植保站 测绘队 评议团 调解室 联络员 值班长 驻点律师 见习法官 退休会计 社区网格长 护林员")
	did = strings.Fields("退回了 补签了 抽看了 重新登记 当面核对 逐户走访 张榜公布 约见了 复盘了 注销了 改派了 移交了 更正了 封存了 清点了 验收了 撤换了 延后办结 提前办结 旁听了 回访了 标注了 翻译了 上传了 下架了 起草了 誊写了 复印了 估价了 丈量了")
	num = strings.Fields("三处 七件 十一份 两批 四十户 九家 六本 十五宗 二十一起 五台 八条 十三个摊位 三十二张 十六卷 二十七次")
	wht = strings.Fields("预付卡投诉 窨井盖台账 校车线路图 冷库温度记录 养殖尾水口 沿街招牌 电梯维保合同 危房鉴定书 苗木检疫证 渡船救生衣 井盖权属单 灶具检测表 收费公示牌 拆迁协议 停车位方案 农药空瓶 加油枪铅封 宗地图 听证笔录 抽检样品 考勤底册 罚没清单 印章名录 退税申请 竞价记录 仓储合同 避雷装置 广告灯箱 花圃围栏 泵房钥匙")
	whr = namesOf("柳渡 青埠 东洼 石臼 红叶 北关 粮库 南溪 五里 官塘 新港 白鹭 双井 高坳 横塘 云脚 西驿 铁匠 六合 望江 竹坪 马鞍 盐仓 银杏", "镇 街 村 岭 社区 菜场 桥头 码头 小学 巷口 渡口 老街 家园 新区")
	whn = strings.Fields("立春那周 汛期第二天 秋收以后 国庆长假前 三伏天里 开学头一天 月末盘点时 大雪封路当晚 换届以后 年审期间 清明前后 夜市收摊时 停电那日 例会次日 迎检之前")
	why = strings.Fields("因账实不符 因邻里举报 因图纸过时 因钥匙遗失 因排班冲突 因雨水倒灌 因印鉴模糊 因价格争议 因归属不清 因设备停机 因人手调走 因样品受潮")
	end = strings.Fields("当天销了账 结果贴在门口 下月再看一遍 双方都签了名 费用由双方分摊 没有留下尾巴 又多走了两趟 照片归了卷宗 比去年少一半 还欠一道手续 余款次日到账 经办人写了检讨 改用纸质单据 借此换了新锁")
)

// namesOf are all the names made of one of first and one of second.
func namesOf(first, second string) []string {
	var out []string
	for _, a := range strings.Fields(first) {
		for _, b := range strings.Fields(second) {
			out = append(out, a+b)
		}
	}
	return out
}

var like = strings.Fields("陈旧的 新换的 邻村的 上缴的 临时的 漏登的 加急的 合用的 外包的 受损的 待修的 多余的 借来的 闲放的 封存过的 抽中的 超期的 另册的 露天的 备用的")

// thing is something a report speaks of.
func (v *inventor) thing() string {
	if v.r.IntN(2) == 0 {
		return v.pick(like) + v.pick(wht)
	}
	return v.pick(wht) + v.pick(strings.Fields("底稿 副本 附页 清样 存根 样表 目录 凭据 回执 草图 名单 原件"))
}

// deed is what was done, now and then with how.
func (v *inventor) deed() string {
	if v.r.IntN(3) == 0 {
		return v.pick(strings.Fields("连夜 分头 照章 就近 逐一 径直 补办时 会签后 征询后 按次序")) + v.pick(did)
	}
	return v.pick(did)
}

func (v *inventor) pick(list []string) string { return list[v.r.IntN(len(list))] }

// fact is what a sentence says; in what words is another matter.
type fact struct {
	when, where, elsewhere, actor, other, deed, thing, things, number, reason, end string
	shape, month, day, days                                                        int
}

// sentence says something new, in one of several shapes.
func (v *inventor) sentence() string {
	f := fact{
		when: v.pick(whn), where: v.pick(whr), elsewhere: v.pick(whr), actor: v.pick(who), other: v.pick(who), deed: v.deed(),
		thing: v.thing(), things: v.thing(), number: v.pick(num), reason: v.pick(why), end: v.close(),
		shape: v.r.IntN(6), month: 1 + v.r.IntN(12), day: 1 + v.r.IntN(28), days: 2 + v.r.IntN(60),
	}
	s := v.say(f)
	if v.said == nil {
		v.said = map[string]fact{}
	}
	v.said[s] = f
	return s
}

// say says f in one of several shapes; words are its own.
func (v *inventor) say(f fact) string {
	w := func(words string) string { return v.pick(strings.Fields(words)) }
	switch f.shape {
	case 0:
		return f.when + "，" + f.actor + w("在 到 去 从 奔赴 借道 驻扎") + f.where + f.deed + f.thing + f.number + "，" + f.end + "。"
	case 1:
		return f.where + w("的 那批 留下的 报来的 名下的 积存的") + f.thing + f.reason + w("，由 ，改由 ，交给 ，经 ，请 ，终由") + f.actor + f.deed +
			fmt.Sprintf(w("，历时%d天。 ，前后%d天。 ，比计划少%d天。 ，多等了%d天。 ，歇业%d天。 ，停用%d天。"), f.days)
	case 2:
		return f.actor + w("同 陪 约 邀 带着 瞒着 代") + f.other + f.deed + f.thing + w("和 连同 以及 兼 外加 并") + f.things + "，" + f.end + "。"
	case 3:
		return fmt.Sprintf(w("%d月%d日， %d月%d日上午， %d月%d日那次， 从%d月%d日起， 到%d月%d日止，"), f.month, f.day) + f.where + f.actor + f.reason + f.deed + f.thing + "，" + f.end + "。"
	case 4:
		return f.thing + f.number + f.reason + w("压了下来， 排到后面， 耽误至今， 反复两轮， 退了回来， 搁在案头，") + f.when + f.actor + f.deed + f.things + "。"
	}
	return w("把 将 原先 除") + f.where + f.thing + w("和 与 同 挨着 连带") + f.elsewhere + f.things + w("并到一处， 对调过来， 合为一册， 分作两本， 隔了开来， 换了次序，") + f.actor + f.deed + "，" + f.end + "。"
}

// otherwise says the same in words of its own, as somebody does who was there
// too.
func (v *inventor) otherwise(f fact) string {
	w := func(words string) string { return v.pick(strings.Fields(words)) }
	switch f.shape {
	case 0:
		return w("关于 谈到 至于 再说") + f.thing + w("，据 ，听 ，问过") + f.where + w("反映已有 讲共有 说不下 统计约") + f.number + "；" + f.when + w("由 换 归") + f.actor + w("出面， 牵头， 顶上，") + f.deed + "。"
	case 1:
		return fmt.Sprintf(w("前后%d天， 整整%d天， 用去%d天， 头%d天里，"), f.days) + f.actor + w("都在忙 只顾 跑遍 蹲在") + f.where + w("那边的事： 的杂务： 一带：") + f.thing + w("，起初 ，本来 ，据说") + f.reason + "。"
	case 2:
		return f.things + w("这一头归 算在 交到") + f.other + w("名下， 手里，") + f.thing + w("那一头归 留给 派给") + f.actor + w("，两家都说 ，谁也不提 ，最后还是") + f.deed + w("才算完。 为好。 了事。")
	case 3:
		return w("说到 提起 回看") + f.thing + "，" + f.reason + fmt.Sprintf(w("，拖到%d月才由 ，等到%d月再请 ，挨过%d月方有"), f.month) + f.actor + w("到 往 上") + f.where + f.deed + "。"
	case 4:
		return f.actor + f.when + w("才腾出手来，先 抽空 顺路") + f.deed + "，" + f.things + w("一并算上，另外 不在其内，剩下 也没落下，还有") + f.number + f.thing + w("留待以后。 没有动。 另行处置。")
	}
	return f.actor + f.deed + w("以前， 之际， 完毕，") + f.things + w("在 放于 存于") + f.elsewhere + "，" + f.thing + w("在 放于 存于") + f.where + w("，各管各的。 ，互不相干。 ，两下分开。")
}

// close is how a sentence ends.
func (v *inventor) close() string {
	if v.r.IntN(2) == 0 {
		return v.pick(end)
	}
	return v.pick(strings.Fields("听说 只是 可惜 好在 后来 至此 另有 其中 倒是 幸而")) + v.thing() + v.pick(strings.Fields("没有找回 还在路上 换了主人 要等开春 算作备份 少了一页 抵了押金 错了编号 转给邻镇 留作样本 已经发霉 折价处理"))
}

// formula is a sentence of one, two or three entries of the shipped list.
func (v *inventor) formula() string {
	s := v.pick(v.formulae)
	for range v.r.IntN(3) {
		s += "，" + v.pick(v.formulae)
	}
	return s + "。"
}

// own is running text of n sentences, with formulae between them.
func (v *inventor) own(n int) []string {
	var out []string
	for range n {
		if v.r.IntN(5) == 0 {
			out = append(out, v.formula())
		}
		if v.plans && v.r.IntN(2) == 0 {
			out = append(out, v.plan())
			continue
		}
		out = append(out, v.sentence())
	}
	return out
}

// edits are what copiers do to a passage of sentences.
var edits = []struct {
	name  string
	do    func(v *inventor, s []string) []string
	short bool // of two sentences, sixty to a hundred runes
	scan  bool // the paper is a scan
	two   bool // by turns with a passage of a second source
}{
	{name: "照抄", do: func(_ *inventor, s []string) []string { return s }},
	{name: "短抄", do: func(_ *inventor, s []string) []string { return s }, short: true},
	{name: "改名", do: func(v *inventor, s []string) []string { return eachOf(s, v.rename) }},
	{name: "删句", do: func(v *inventor, s []string) []string { return v.drop(s, 4) }},
	{name: "换词", do: func(v *inventor, s []string) []string { return eachOf(s, v.reword) }},
	{name: "易词", do: func(v *inventor, s []string) []string { return eachOf(s, v.replace) }},
	{name: "换序", do: func(v *inventor, s []string) []string { return v.reorder(s) }},
	{name: "插句", do: func(v *inventor, s []string) []string { return v.insert(s) }},
	{name: "插语", do: func(v *inventor, s []string) []string { return eachOf(s, v.pad) }},
	{name: "标点", do: func(v *inventor, s []string) []string { return eachOf(s, v.repunctuate) }},
	{name: "错字", do: func(v *inventor, s []string) []string { return eachOf(s, v.misread(8)) }},
	{name: "识别", do: func(v *inventor, s []string) []string { return eachOf(s, v.misread(25)) }, scan: true},
	{name: "混合", do: func(v *inventor, s []string) []string { return eachOf(eachOf(v.drop(s, 5), v.rename), v.reword) }},
	{name: "重改", do: func(v *inventor, s []string) []string { return eachOf(eachOf(v.drop(s, 6), v.rename), v.replace) }},
	{name: "大删", do: func(v *inventor, s []string) []string { return eachOf(eachOf(v.thin(s), v.rename), v.reword) }},
	{name: "并句", do: func(v *inventor, s []string) []string { return v.merge(eachOf(s, v.reword)) }},
	{name: "改数", do: func(v *inventor, s []string) []string { return eachOf(s, v.recount) }},
	{name: "分条", do: func(v *inventor, s []string) []string { return v.list(v.drop(s, 5)) }},
	{name: "倒装", do: func(v *inventor, s []string) []string { return eachOf(v.reorder(s), v.reword) }},
	{name: "意述", do: func(v *inventor, s []string) []string { return eachOf(s, v.paraphrase) }},
	{name: "穿插", do: func(_ *inventor, s []string) []string { return s }, two: true},
}

func eachOf(s []string, f func(string) string) []string {
	out := make([]string, len(s))
	for i, x := range s {
		out[i] = f(x)
	}
	return out
}

// rename puts other places, units and figures in.
func (v *inventor) rename(s string) string {
	for _, list := range [][]string{whr, who} {
		for _, name := range list {
			if v.r.IntN(2) == 0 {
				s = strings.ReplaceAll(s, name, v.pick(list))
			}
		}
	}
	return strings.Map(func(r rune) rune {
		if r >= '1' && r <= '9' {
			return rune('1' + v.r.IntN(9))
		}
		return r
	}, s)
}

// drop leaves out one sentence, and one clause, of so many.
func (v *inventor) drop(s []string, of int) []string {
	var out []string
	for _, x := range s {
		if v.r.IntN(of) == 0 && len(s) > 2 {
			continue
		}
		clauses := strings.SplitAfter(x, "，")
		if len(clauses) > 2 && v.r.IntN(of) == 0 {
			clauses = append(clauses[:1], clauses[2:]...)
		}
		out = append(out, strings.Join(clauses, ""))
	}
	if len(out) == 0 {
		return s
	}
	return out
}

var synonyms = strings.Fields("当天 当日 登记 备案 核对 比对 走访 探访 公布 公示 注销 撤销 移交 转交 更正 改正 清点 盘点 验收 查收 提前 抢先 延后 推迟 历时 用时 同 会同 和 以及 在 于 结果 结论 下月 次月 贴在 张贴于 照片 影像 双方 两方 费用 花费 台账 账册 记录 记载 合同 合约 方案 预案 以后 之后 期间 当中")

// reword puts other words for two in three of those it knows.
func (v *inventor) reword(s string) string {
	for i := 0; i < len(synonyms); i += 2 {
		if v.r.IntN(3) > 0 {
			s = strings.ReplaceAll(s, synonyms[i], synonyms[i+1])
		}
	}
	return s
}

// reorder exchanges neighbouring clauses and sentences.
func (v *inventor) reorder(s []string) []string {
	out := eachOf(s, func(x string) string {
		c := strings.Split(strings.TrimSuffix(x, "。"), "，")
		v.r.Shuffle(len(c), func(i, j int) { c[i], c[j] = c[j], c[i] })
		return strings.Join(c, "，") + "。"
	})
	for i := 0; i+1 < len(out); i += 2 {
		out[i], out[i+1] = out[i+1], out[i]
	}
	return out
}

func (v *inventor) insert(s []string) []string {
	var out []string
	for _, x := range s {
		out = append(out, x)
		if v.r.IntN(3) == 0 {
			out = append(out, v.sentence())
		}
	}
	return out
}

// replace puts another word of two runes in one place of ten, whatever stood
// there.
func (v *inventor) replace(s string) string {
	r := []rune(s)
	for i := 0; i+2 < len(r); i++ {
		if v.r.IntN(10) == 0 && isHan(r[i]) && isHan(r[i+1]) {
			copy(r[i:], []rune(v.pick(plainWords)))
			i++
		}
	}
	return string(r)
}

var plainWords = strings.Fields("及时 逐步 统一 认真 随后 大体 相应 基本 仔细 当场 一并 分别 正式 专门 顺利 陆续 集中 单独 继续 直接 妥善 全部 部分 明确 有序 积极 耐心 重点 定期 适当")

// pad puts a clause of its own into the middle of a sentence.
func (v *inventor) pad(s string) string {
	clauses := strings.SplitAfter(s, "，")
	at := v.r.IntN(len(clauses))
	return strings.Join(clauses[:at], "") + v.pick(who) + v.pick(strings.Fields("对此没有异议 起初并不赞成 事后作了说明 表示愿意配合 也曾到场看过")) + "，" + strings.Join(clauses[at:], "")
}

// repunctuate changes marks, widths and line breaks and nothing else.
func (v *inventor) repunctuate(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '，' && v.r.IntN(2) == 0:
			b.WriteString([]string{",", "；", "、", " "}[v.r.IntN(4)])
		case r == '。' && v.r.IntN(2) == 0:
			b.WriteString([]string{"．", "；", "!"}[v.r.IntN(3)])
		case r >= '0' && r <= '9':
			b.WriteRune(r - '0' + '０')
		default:
			b.WriteRune(r)
			if v.r.IntN(12) == 0 {
				b.WriteString([]string{" ", "\n", "\u3000", "“"}[v.r.IntN(4)])
			}
		}
	}
	return b.String()
}

// misread spoils one rune in so many, as a scan does: two in three are taken
// for another, the others are lost.
func (v *inventor) misread(one int) func(string) string {
	wrong := []rune("目曰己已未末土士干千人入八天夫太犬大刀力")
	return func(s string) string {
		var b strings.Builder
		for _, r := range s {
			switch v.r.IntN(3 * one) {
			case 0:
			case 1, 2:
				b.WriteRune(wrong[v.r.IntN(len(wrong))])
			default:
				b.WriteRune(r)
			}
		}
		return b.String()
	}
}

// thin leaves out a quarter to three quarters of the clauses.
func (v *inventor) thin(s []string) []string {
	share := 25 + v.r.IntN(51)
	var out []string
	for _, x := range s {
		var kept []string
		for _, c := range strings.Split(strings.TrimSuffix(x, "。"), "，") {
			if v.r.IntN(100) >= share {
				kept = append(kept, c)
			}
		}
		if len(kept) > 0 {
			out = append(out, strings.Join(kept, "，")+"。")
		}
	}
	if len(out) == 0 {
		return s[:1]
	}
	return out
}

// merge makes one sentence of two or three.
func (v *inventor) merge(s []string) []string {
	var out []string
	for len(s) > 0 {
		n := min(2+v.r.IntN(2), len(s))
		var clauses []string
		for _, x := range s[:n] {
			clauses = append(clauses, strings.TrimSuffix(x, "。"))
		}
		out = append(out, strings.Join(clauses, v.pick([]string{"，", "；", "，同时", "，并且", "，其后"}))+"。")
		s = s[n:]
	}
	return out
}

// recount puts another number for each.
func (v *inventor) recount(s string) string {
	for _, n := range num {
		s = strings.ReplaceAll(s, n, v.pick(num))
	}
	return strings.Map(func(r rune) rune {
		if r >= '1' && r <= '9' {
			return rune('1' + v.r.IntN(9))
		}
		return r
	}, s)
}

// list makes one item of each sentence, or two.
func (v *inventor) list(s []string) []string {
	var out []string
	mark := v.pick([]string{"%d.", "（%d）", "%d、", "第%d，"})
	for _, x := range s {
		first, rest, _ := strings.Cut(x, "，")
		if rest != "" && v.r.IntN(2) == 0 {
			out, x = append(out, fmt.Sprintf(mark, len(out)+1)+first+"；"), rest
		}
		out = append(out, fmt.Sprintf(mark, len(out)+1)+x)
	}
	return out
}

// paraphrase says every clause with other words where it knows some, and with
// words that add nothing.
func (v *inventor) paraphrase(s string) string {
	for i := 0; i < len(synonyms); i += 2 {
		s = strings.ReplaceAll(s, synonyms[i], synonyms[i+1])
	}
	for i := 0; i < len(bureaucratic); i += 2 {
		s = strings.ReplaceAll(s, bureaucratic[i], bureaucratic[i+1])
	}
	var b strings.Builder
	for _, c := range strings.SplitAfter(s, "，") {
		if r := []rune(c); len(r) > 8 && v.r.IntN(2) == 0 {
			at := 3 + v.r.IntN(len(r)-6)
			c = string(r[:at]) + v.pick(plainWords) + string(r[at:])
		}
		b.WriteString(c)
	}
	return b.String()
}

// statute is what papers of all units quote from the same law.
var statute = []string{
	"行政机关应当自行政处罚案件立案之日起九十日内作出行政处罚决定。",
	"行政机关及其执法人员当场收缴罚款的，必须向当事人出具国务院财政部门或者省、自治区、直辖市人民政府财政部门统一制发的专用票据。",
	"公民、法人或者其他组织认为行政行为侵犯其合法权益的，可以自知道或者应当知道该行政行为之日起六十日内提出行政复议申请。",
}

// retold is what another office writes that saw the same happen, read the same
// law and has the same phrases to use: not a copy.
func (v *inventor) retold(s []string) []string {
	var out []string
	for _, i := range v.r.Perm(len(s)) {
		if f, ok := v.said[s[i]]; ok && v.r.IntN(2) == 0 {
			out = append(out, v.otherwise(f))
		}
	}
	for i, x := range s { // the outline is prescribed, and so is its order
		if p, ok := v.planned[x]; ok {
			out = append(out, fmt.Sprintf("（%d）%s", i+1, p.title()), v.carriedOut(p), v.sentence())
		}
	}
	return append(out, v.formula(), v.pick(statute))
}

// set is a collection with its truth.
type set struct {
	docs   []Document
	thefts []theft
	clean  map[string]bool
}

// set writes sources, a template that many of them use, and papers of which
// two in three copy passages and the others nothing.
func (v *inventor) set(sources, papers int) set {
	out := set{clean: map[string]bool{}}
	template := v.own(45)
	written := map[string][]string{"范文": template}
	out.docs = append(out.docs, Document{ID: "范文", Unit: "文稿站", Date: "2020-03-01", Level: 3, Shelf: corpus.Previous, Text: strings.Join(template, "\n")})
	for i := range sources {
		id := fmt.Sprintf("旧%03d", i)
		text := v.own(18 + v.r.IntN(25))
		if i%8 == 0 {
			from := v.r.IntN(len(template) - 12)
			text = append(append(text[:5:5], template[from:from+12]...), text[5:]...)
		}
		written[id] = text
		out.docs = append(out.docs, Document{ID: id, Unit: fmt.Sprintf("甲%03d局", i), Level: 4, Shelf: corpus.Previous,
			Date: fmt.Sprintf("2021-%02d-%02d", 1+v.r.IntN(12), 1+v.r.IntN(28)), Text: strings.Join(text, "\n")})
	}
	for i := range papers {
		d := Document{ID: fmt.Sprintf("新%03d", i), Unit: fmt.Sprintf("乙%03d局", i), Level: 4, Date: fmt.Sprintf("2023-%02d-%02d", 1+v.r.IntN(12), 1+v.r.IntN(28))}
		text := runes{}
		text.add(v.own(6 + v.r.IntN(8)))
		if i%3 == 2 {
			out.clean[d.ID] = true
			text.add(v.own(8))
			for k := range 2 {
				source := fmt.Sprintf("旧%03d", (i+k)%sources) // no other paper tells of it,
				from := v.r.IntN(len(written[source]) - 8)
				if (i+k)%8 == 0 { // nor of what follows the template
					from = len(written[source]) - 8
				}
				text.add(v.retold(written[source][from : from+8]))
			}
			text.add(v.own(8))
		} else {
			for k := range 3 {
				e := edits[(i*3+k)%len(edits)]
				source, mass := fmt.Sprintf("旧%03d", 1+v.r.IntN(sources/8-1)*8+v.r.IntN(7)), k == 0 && i%4 == 0
				if mass {
					source = "范文"
				}
				s := written[source]
				n := 4 + v.r.IntN(5)
				if e.short {
					n = 2
				}
				d.OCR = d.OCR || e.scan
				from := v.r.IntN(len(s) - n)
				t := theft{doc: d.ID, source: source, edit: e.name, massCopied: mass}
				t.sourceSpan = spanOf(s, from, from+n)
				if e.two {
					other := theft{doc: d.ID, source: fmt.Sprintf("旧%03d", (i*8+3)%sources), edit: e.name}
					w := written[other.source]
					at := v.r.IntN(len(w) - n)
					other.sourceSpan = spanOf(w, at, at+n)
					t.span = text.add(byTurns(s[from:from+n], w[at:at+n]))
					other.span = t.span
					out.thefts = append(out.thefts, t, other)
				} else {
					t.span = text.add(e.do(v, s[from:from+n]))
					out.thefts = append(out.thefts, t)
				}
				text.add(v.own(4 + v.r.IntN(8)))
			}
		}
		d.Text = text.String()
		out.docs = append(out.docs, d)
	}
	return out
}

// byTurns is two sentences of a, two of b, and so on.
func byTurns(a, b []string) []string {
	var out []string
	for len(a)+len(b) > 0 {
		n, m := min(2, len(a)), min(2, len(b))
		out = append(append(out, a[:n]...), b[:m]...)
		a, b = a[n:], b[m:]
	}
	return out
}

// runes is a text that knows where it put things.
type runes struct {
	strings.Builder
	n int
}

func (t *runes) add(sentences []string) corpus.Span {
	from := t.n
	for _, s := range sentences {
		t.WriteString(s + "\n")
		t.n += len([]rune(s)) + 1
	}
	return corpus.Span{Start: from, End: t.n - 1}
}

// spanOf is where sentences from to to stand in their text.
func spanOf(sentences []string, from, to int) corpus.Span {
	t := runes{}
	t.add(sentences[:from])
	return t.add(sentences[from:to])
}
