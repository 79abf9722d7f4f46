package rules

import "strings"

var (
	issuing  = words(`印发 制定 出台 制发 修订 起草 发布 下发 编制 公布 签订 签署 转发 编印 汇编 拟定 形成 修改 公示 出具 发出 制作 建立 发放 废止 完善了 健全了 通过 编写 列出 研究制定`)
	studying = words(`学习 贯彻 落实 按照 根据 依据 遵守 执行 对照 依照 结合 宣传 解读 围绕 遵循 符合 参照 普及 违反 履行 适用 宣讲 领会 深入 组织学 依 认领 据 以`)
	issuedBy = words(`列入 已印发 印发 出台 发布实施 经局 经县 经市 经镇 经区 由局 由市 由县 由区 送审 送市 送县 送区 挂网 先后 报市 报县 报区 征集 审议 通过 因 暂缓 征求 公开征求 听证 起草 报送 实施以来`)
	national = words(`中华人民共和国 中国共产党 中共中央 国务院 中央 法治政府建设实施纲要 法治中国建设规划 法治社会建设实施纲要 党政主要负责人履行 法治政府建设与责任落实 重大行政决策程序 政府信息公开 宪法 民法典 最高人民 习近平 优化营商环境条例 全国 省 关于进一步`)
	showing  = words(`观看 收看 播放 栏目 报道 刊发 刊登 警示教育片 专题片 拍摄 排演 短片 微电影 登载 播出`)
	ownRules = words(`办法`)
	lawEnd   = words(`法 条例 宪法 纲要`)
)

// papers tells the unit's own 《文件》 and 文号 from laws that are studied.
func (s *factScan) papers() {
	t := s.text
	for i := 0; i < len(t); i++ {
		switch {
		case t[i] == '《' && !s.quoted[i]:
			i = s.title(i)
		case t[i] == '[' && i+5 < len(t) && isDigit(t[i+1]) && t[i+5] == ']' && !s.quoted[i]:
			s.paperNo(i)
		}
	}
}

// title judges the 《》 that opens at i and returns where it closes.
func (s *factScan) title(i int) int {
	t := s.text
	end := i + 1
	for end < len(t) && s.quoted[end] {
		end++
	}
	name := t[i+1 : min(end, len(t))]
	if len(name) == 0 {
		return end
	}
	from := s.verbFrom(i)
	issue, study := issuing.last(t, from, i), studying.last(t, from, i)
	to := min(len(t), end+14)
	law := national.at(name, 0) > 0 || endsWith(name, lawEnd) && !endsWith(name, ownRules) && issue < 0
	switch {
	case showing.in(t, max(0, i-8), to) >= 0 && study < 0:
		s.add(Named, i, end+1, true, "")
	case law:
		s.add(OwnPaper, i, end+1, false, "学习、执行的法律文件不算本单位的事实")
	case issue >= 0 && issue > study:
		s.add(OwnPaper, i, end+1, true, "")
	case study < 0 && issuedBy.at(t, end+1) > 0:
		s.add(OwnPaper, i, end+1, true, "")
	default:
		s.add(OwnPaper, i, end+1, false, "没有写明是本单位制发的")
	}
	return end
}

// verbFrom is where the words that govern the title at i begin: the start of
// its clause, a list of titles read as one.
func (s *factScan) verbFrom(i int) int {
	from := i
	for from > 0 && (s.quoted[from-1] || !clauseEnd(s.text[from-1])) && i-from < 200 {
		from--
	}
	for k := i - 1; k > from; k-- { // "按照《甲》制定《乙》": only what follows 甲, unless the two are one list
		if s.text[k] == '》' && !s.quoted[k] && i-k > 3 {
			return k + 1
		}
	}
	return from
}

// endsWith reports whether a word of the list ends the text.
func endsWith(text []rune, l lexicon) bool {
	for i := range text {
		for _, w := range l.heap(text[i]) {
			if i+len(w) == len(text) && hasAt(text, i, w) {
				return true
			}
		}
	}
	return false
}

func (s *factScan) paperNo(i int) {
	t := s.text
	end := i + 6
	for end < len(t) && (isDigit(t[end]) || t[end] == '第') {
		end++
	}
	if end == i+6 || end >= len(t) || t[end] != '号' {
		return
	}
	from, _ := clauseAt(t, i)
	if studying.in(t, from, i) >= 0 {
		s.add(PaperNo, i, end+1, false, "依据的文件不算本单位的事实")
		return
	}
	s.add(PaperNo, i, end+1, true, "")
}

var (
	meetings  = words(`党组会 党组会议 党委会 党委会议 常务会 常务会议 常委会 常委会议 办公会 办公会议 专题会 推进会 领导小组会议 联席会议 动员会 工作会议 主任会 局务会 领导小组会`)
	whenWords = words(`年初 年中 年末 上半年 下半年 一季度 二季度 三季度 四季度 去年底 当天 当晚 次日`)
	chairing  = words(`主持会议 主持召开 召开 主持`)
)

// meetings finds a meeting that was held at a told time under a told chair.
func (s *factScan) meetings() {
	t := s.text
	m := meetings.in(t, 0, len(t))
	w := whenWords.in(t, 0, len(t))
	if m < 0 || w < 0 {
		return
	}
	held := presiding.in(t, 0, len(t)) >= 0
	if from, to := clauseAt(t, m); held && chairing.in(t, from, len(t)) >= 0 {
		s.add(Meeting, from, to, true, "")
	}
}

const surnames = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏潘葛范彭郎鲁韦马苗凤方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房解应宗丁邓郁洪包诸左石崔吉龚程嵇邢裴陆荣翁荀甄曲封储靳段富巫焦侯车侯班仰秋仲伊宫宁仇栾甘厉武符刘景詹束龙叶幸司郜黎溥印怀蒲邰鄂索咸籍赖卓屠蒙池乔闻党谭贡冉宰雍桑桂牛温庄晏柴瞿阎连习容艾向古易廖居衡步都耿满匡国文寇广阙欧殳沃利蔚越隆师巩聂晁敖冷辛阚简饶曾关相查荆红游权盖益桓公"

var (
	roles = words(`法官 人员 律师 队长 局长 主任 书记 镇长 乡长 县长 区长 市长 所长 站长 科长 网格员 调解员 民警 干部 村民 居民 业主 老板 经营者 当事人 同志 窗主 窑主 店主 户主 工人 教授 检察官 村支书 支书 职工 社工 群众 党员 负责人 院长 庭长 申请人 司机 摊主 承包人 企业主 校长 老师 委员 代表 顾问`)
	after = words(`大爷 大妈 大娘 同志 法官 律师 局长 主任 书记 老人 教授 奶奶 阿姨 师傅 女士 先生 所长 队长 副局长 副主任 副书记 镇长 副镇长 县长 副县长 校长 老师 院长 庭长 警官 站长 科长`)
	spots = words(`村 社区 小区 闸口 路口 水库 商场 农贸市场 工业园 派出所 中学 小学 幼儿园 医院 大厦 步行街 码头 渡口 集市 广场 公园 大道 街 路 镇 乡 律师事务所 砖瓦窑 矿 厂 公司 合作社 河 桥 山 大学 学院 仓库 车站 庄 湾 屯 寨 沟 巷 胡同 窑 岭 岗 坝 渠 仓 祠堂 礼堂 码头 渔港`)
)

// names finds named people and places. There is no list of names: one is a
// role or a kind of place beside runes that no stock word explains.
func (s *factScan) names() {
	t := s.text
	for i := range t {
		if s.quoted[i] {
			continue
		}
		if (t[i] == '某') && i > 0 && strings.ContainsRune(surnames, t[i-1]) && s.strange[i-1] {
			s.add(Named, i-1, i+1, true, "")
		}
		if n := roles.at(t, i); n > 0 {
			s.person(i+n, i)
		}
		if n := after.at(t, i); n > 0 {
			s.personBefore(i, i+n)
		}
		if n := spots.at(t, i); n > 0 {
			s.place(i, i+n)
		}
	}
}

// person finds a full name that begins at i, after the role at from.
func (s *factScan) person(i, from int) {
	t := s.text
	if i+2 >= len(t) || !strings.ContainsRune(surnames, t[i]) || !isHan(t[i+1]) {
		return
	}
	n := 0
	for i+n < len(t) && n < 3 && isHan(t[i+n]) && (n == 0 || s.strange[i+n] || !stockAt(t, i+n)) {
		n++
	}
	if n >= 2 && (s.strange[i+1] || s.strange[i] && !stockAt(t, i+1)) && !stockAt(t, i) {
		if dutiful.at(t, i+n) > 0 {
			s.add(Named, from, i+n, false, onlyStance)
			return
		}
		s.add(Named, from, i+n, true, "")
	}
}

const onlyStance = "只表态的领导姓名不算"

// dutiful are words after the name of a leader that tell of a stance.
var dutiful = words(`严格 认真 切实 始终 自觉 坚决 高度 全面 坚持 履行 扛起 牢固 充分 深入`)

// personBefore finds a surname, and perhaps a given name, before a form of
// address: 杨大爷, 李建国同志.
func (s *factScan) personBefore(i, to int) {
	for n := 1; n <= 3 && n <= i; n++ {
		at := i - n
		if !strings.ContainsRune(surnames, s.text[at]) {
			continue
		}
		if n == 1 && s.strange[at] || n > 1 && s.strange[at] && s.strange[at+1] {
			s.add(Named, at, to, true, "")
			return
		}
	}
}

// stockAt reports whether a stock word of two runes or more begins at i.
func stockAt(t []rune, i int) bool { return vocabulary().match(t[i:]) >= 2 }

// place finds a proper name before a kind of place.
func (s *factScan) place(i, to int) {
	n := 0
	for n < 4 && i-n-1 >= 0 && s.strange[i-n-1] && isHan(s.text[i-n-1]) {
		n++
	}
	if to == i+1 && stockAt(s.text, i) {
		return // 畅通渠道
	}
	goesOn := to == i+1 && to < len(s.text) && s.strange[to] && !strings.ContainsRune("村区镇乡", s.text[to-1])
	if goesOn || n == 4 || n >= 2 && spots.at(s.text, i-n) > 0 {
		return // 迎接河南省: the word goes on, and is no name; nor are 渔港渔村
	}
	if n >= 2 || n == 1 && to-i >= 2 {
		s.add(Named, i-n, to, true, "")
	}
}

var (
	awarded  = words(`荣获 获评 被评为 被授予 被命名为 入选 获得 授予 评为 获全国 获省 获市 获县 获区 被确定为 表彰为 认定为`)
	prizes   = words(`称号 奖 先进集体 先进单位 先进个人 表彰 表扬 示范单位 优秀案例 示范村 示范点 典型案例 十佳 第一名 第二名 第三名 优秀等次 命名 示范项目`)
	notPrize = words(`奖励 奖惩 评先 表彰先进`)
)

// awards finds a prize that was received.
func (s *factScan) awards() {
	i := awarded.in(s.text, 0, len(s.text))
	if i < 0 {
		return
	}
	from, to := clauseAt(s.text, i)
	p := prizes.in(s.text, i, to)
	if p < 0 || notPrize.at(s.text, p) > 0 || hoped.in(s.text, from, i) >= 0 {
		return
	}
	s.add(Award, i, to, true, "")
}

var (
	presiding = words(`主持会议 主持召开`)
	hoped     = words(`力争 争取 确保 争创 将 要 取消`)
)
