package rules

import (
	"slices"
	"strconv"
	"strings"
)

// Words after a number that make it a count; the first list also counts with
// Chinese numerals, which more often stand in set phrases (三项制度, 两个维护).
var (
	plainUnits = words(`件 桩 起 次 回 档 卷 人 人次 名 户 家 户次 家次 条 份 场 场次 期 宗 辆 辆次 台 台次 艘 轮 批 批次 天 个月 周 幅 篇 位 例 小时 学时 课时 工作日 个工作日
		个单位 个村 个社区 个乡镇 个科室 个部门 个案 个县 个镇 个街道 个站 个所 个点 个网格 个小区 个下属 个街 个行政村 个企业 个项目 亩 吨 公斤 公里 条船 处罚款 万元 元 支队伍 堂课 节课 块牌 间 座 张 册 本书 组 对夫妻 处摊 处隐患 处问题 个问题 个机构 个律师
		个窗口 个章 个晚上 个小时 个站台 个办公室 个系统 个口子 个集 个队 个班 个组 个中队 个大队 个角度 个版本 个摊 个摊位 个人 个钟头 个星期 个上午 个下午 个教学点 个泵站 个学校 个厂 个工地 个商场 个市场 个集市 个码头 个停车场 个乡 个片区 个路口 个家庭 个孩子 个工人 个老人 个环节减 间房 封信 通电话 副 格 趟 遍 双 堂`)
	digitUnits    = words(`项 课 样 个 处 种 类 支 块 面 部 届 分 分钟 平方米 千米 米 度 页 字 版 笔 票 套 本 封 对 幢 栋 所 所学校 头 只 棵 株 立方米 千克 克 升 亿元 亿 万 岁 堂 节 集 门 段 道 口 眼 根 盏 盒 袋 箱 桶 瓶 枚 把 顶 双 副 架 门课 宗地 百 组 日 个百分点 层 栏 季度 公顷 里 万人次 户次`)
	moneyUnits    = words(`万元 元 亿元 亿 万余元`)
	durationUnits = words(`天 个月 周 小时 个工作日 工作日 日 分钟 年 季度`)
	targetBefore  = words(`确保 力争 争取 不低于 不少于 不得少于 不得低于 至少 须达 应达 要达 目标 符合 达到国家 达到规定 要求达到 保证`)
	setAfterOne   = words(`是 批 系列 支 项 个 种 些 律 级 致 般 体 定 步 线 站 网 窗 把 岗 村 规 事 次性 起 号 揽 盘 张网 条龙 道 同 切 方面 直 贯 旦 户一 案一 企一 单 码 键 门 名 代 类 流 票 人一 件事 带`)
	festivals     = words(`国家宪法日 宪法日 宪法宣传 全国法制宣传日 国家安全 消费者 世界环境日 禁毒 消防 全国交通`)
	weekdays      = words(`每周一 每周二 每周三 每周四 每周五 每周六 每周日 每周末 每月初 逢集日`)
)

// cnDigit is the value of a Chinese numeral, or -1.
func cnDigit(r rune) int {
	switch r {
	case '零', '〇':
		return 0
	case '一':
		return 1
	case '二', '两':
		return 2
	case '三':
		return 3
	case '四':
		return 4
	case '五':
		return 5
	case '六':
		return 6
	case '七':
		return 7
	case '八':
		return 8
	case '九':
		return 9
	case '十':
		return 10
	case '百':
		return 100
	case '千':
		return 1000
	case '万':
		return 10000
	}
	return -1
}

// cnNumber is the value and length of the Chinese number at i.
func cnNumber(text []rune, i int) (value float64, n int) {
	total, unit := 0, 0
	for i+n < len(text) {
		d := cnDigit(text[i+n])
		if d < 0 {
			break
		}
		if d >= 10 {
			total += max(unit, 1) * d
			unit = 0
		} else {
			unit = d
		}
		n++
	}
	return float64(total + unit), n
}

// arabic is the value and length of the figure at i, with its decimals and
// thousands.
func arabic(text []rune, i int) (value float64, n int) {
	for i+n < len(text) && isDigit(text[i+n]) {
		n++
	}
	for i+n+3 < len(text) && text[i+n] == ',' && threeDigits(text[i+n+1:]) {
		n += 4
	}
	if i+n+1 < len(text) && text[i+n] == '.' && isDigit(text[i+n+1]) {
		n++
		for i+n < len(text) && isDigit(text[i+n]) {
			n++
		}
	}
	value, _ = strconv.ParseFloat(strings.ReplaceAll(string(text[i:i+n]), ",", ""), 64)
	return value, n
}

func threeDigits(t []rune) bool {
	return len(t) >= 3 && isDigit(t[0]) && isDigit(t[1]) && isDigit(t[2]) && (len(t) == 3 || !isDigit(t[3]))
}

func (s *factScan) numbers() {
	t := s.text
	for i := 0; i < len(t); {
		switch {
		case s.quoted[i]:
			i++
		case isDigit(t[i]):
			i += s.figure(i)
		case t[i] == '每' && weekdays.at(t, i) > 0:
			n := weekdays.at(t, i)
			s.add(Day, i, i+n, true, "")
			i += n
		case t[i] == '元' && i+1 < len(t) && t[i+1] == '月':
			i += s.day(i, 1, 1)
		case cnDigit(t[i]) >= 0:
			i += s.chineseFigure(i)
		default:
			i++
		}
	}
}

// figure reads what begins with an Arabic figure at i and returns how far it
// goes.
func (s *factScan) figure(i int) int {
	t := s.text
	value, n := arabic(t, i)
	after := i + n
	next := func(k int) rune {
		if after+k < len(t) {
			return t[after+k]
		}
		return 0
	}
	latin := i > 0 && t[i-1] >= 'a' && t[i-1] <= 'z'
	switch {
	case i > 0 && t[i-1] == '第':
		return s.ordinal(i-1, after)
	case i > 0 && t[i-1] == '[':
		return n // a year in a 文号, or a note mark
	case next(0) == '年' && value >= 1900 && value <= 2100:
		if m, k := arabic(t, after+1); k > 0 && after+1+k < len(t) && t[after+1+k] == '月' {
			return after + 1 - i + s.day(after+1, int(m), k)
		}
		if hasAt(t, after, []rune("年元月")) {
			return after + 1 - i + s.day(after+1, 1, 1)
		}
		s.add(Count, i, after+1, false, "年份不算")
		return n + 1
	case next(0) == '月' && value >= 1 && value <= 12:
		return s.day(i, int(value), n)
	case next(0) == '·' || (next(0) == '.' && isDigit(next(1))):
		_, k := arabic(t, after+1)
		s.add(Day, i, after+1+k, false, "纪念日不算")
		return n + 1 + k
	case (next(0) == '-' || next(0) == '至' || next(0) == '~') && isDigit(next(1)):
		if m, k := arabic(t, after+1); k > 0 && after+1+k < len(t) && t[after+1+k] == '月' && m <= 12 && value <= 12 {
			s.add(Day, i, after+2+k, false, "起止月份不算")
			return n + 2 + k
		}
		return n
	case strings.HasPrefix(string(t[i:after]), "12345") || string(t[i:after]) == "12348" || latin:
		return n
	}
	return s.measured(i, after, value, false)
}

func (s *factScan) chineseFigure(i int) int {
	t := s.text
	value, n := cnNumber(t, i)
	after := i + n
	switch {
	case i > 0 && t[i-1] == '第' && value > 1 && (after < len(t) && t[after] == '天' || hasAt(t, after, []rune("个工作日"))):
		s.add(Day, i-1, after+1, true, "")
		return n
	case i > 0 && strings.ContainsRune("第星数若", t[i-1]):
		return n
	case hasAt(t, i, []rune("百分之")):
		v, k := cnNumber(t, i+3)
		if k > 0 {
			f := s.add(Rate, i, i+3+k, !s.target(i), "照抄的目标不算")
			f.Value, f.Unit = v, "%"
			if f.Counts {
				f.Why = ""
			}
		}
		return 3 + k
	case after < len(t) && t[after] == '月' && value >= 1 && value <= 12 && (i == 0 || t[i-1] != '个'):
		return s.day(i, int(value), n)
	case value == 1 && n == 1 && !s.negatedOne(i):
		if setAfterOne.at(t, after) > 0 || plainUnits.at(t, after) == 0 {
			return n
		}
		if u := plainUnits.at(t, after); u == 1 && strings.ContainsRune("人家次位期条批组张", t[after]) {
			return n
		}
	}
	if n == 1 && i > 0 && (t[i-1] == '每' || t[i-1] == '之' || t[i-1] == '统') {
		return n
	}
	return s.measured(i, after, value, true)
}

func (s *factScan) negatedOne(i int) bool { return i > 0 && s.text[i-1] == '无' }

// measured reads the unit after a number that spans i to after.
func (s *factScan) measured(i, after int, value float64, chinese bool) int {
	t := s.text
	to := after
	for to < len(t) && strings.ContainsRune("余多几来", t[to]) {
		to++
	}
	if to < len(t) && t[to] == '%' {
		f := s.add(Rate, i, to+1, !s.target(i), "照抄的目标不算")
		f.Value, f.Unit = value, "%"
		if f.Counts {
			f.Why = ""
		}
		return to + 1 - i
	}
	if to < len(t) && (t[to] == '万' || t[to] == '亿') && moneyUnits.at(t, to) == 0 {
		value *= map[rune]float64{'万': 1e4, '亿': 1e8}[t[to]]
		to++
		for to < len(t) && strings.ContainsRune("余多", t[to]) {
			to++
		}
	}
	if plainUnits.at(t, to) == 0 && !chinese && s.unitBefore(i) {
		s.add(Count, i, to, true, "").Value = value
		return to - i
	}
	n := plainUnits.at(t, to)
	if !chinese || i > 1 && (t[i-1] == '共' || hasAt(t, i-2, []rune("共有")) || hasAt(t, i-2, []rune("取消")) || hasAt(t, i-2, []rune("新增"))) || divided.in(t, max(0, i-3), i) >= 0 {
		n = max(n, digitUnits.at(t, to))
	}
	if n == 0 || chinese && s.setPhrase(i, to+n) {
		return max(to-i, 1)
	}
	kind := Count
	switch {
	case moneyUnits.at(t, to) > 0:
		kind = Money
	case durationUnits.at(t, to) == n && n > 0:
		kind = Duration
	}
	counts, why := true, ""
	switch {
	case s.target(i), value == 1 && n == 1 && t[to] == '个' && completed.in(t, 0, len(t)) < 0:
		counts, why = false, "照抄的目标不算"
	case t[to] == '分' && n == 1 && (marks.in(t, max(0, i-marksBefore), to) >= 0 || hasAt(t, to+1, []rune("得"))):
		counts, why = false, "自评的分数不算"
	case kind == Duration && s.legalTerm(i, to+n):
		counts, why = false, "法定或要求的时限不算"
	case kind == Count && chinese && strings.ContainsRune("周天", t[to]):
		counts, why = false, "泛指的时间不算"
	}
	f := s.add(kind, i, to+n, counts, why)
	f.Value, f.Unit = value, string(t[to:to+n])
	return to + n - i
}

// marks are words before the points that a paper gives itself.
var marks = words(`自评 得分 分得 应得 实得 扣 失分 丢分 总分 加分 计 打分 满分`)

const marksBefore = 8

// unitBefore reports whether a bare number follows its unit in brackets, as in a
// row of a table: 移送案件(件) 11.
func (s *factScan) unitBefore(i int) bool {
	t := s.text
	if i < 3 || t[i-1] != ')' {
		return false
	}
	for from := i - 2; from >= max(0, i-5); from-- {
		if t[from] == '(' {
			return plainUnits.at(t, from+1) == i-2-from || digitUnits.at(t, from+1) == i-2-from
		}
	}
	return false
}

// setPhrase reports whether a Chinese number with its unit is a phrase of the
// register, such as 三项制度 or 两个维护.
func (s *factScan) setPhrase(i, to int) bool {
	if i > 0 && (strings.ContainsRune("第十'", s.text[i-1]) || s.text[i-1] == '"' && s.opens(i-1)) {
		return true
	}
	n := vocabulary().match(s.text[i:])
	return n > to-i
}

// opens reports whether the quotation mark at i begins what is quoted.
func (s *factScan) opens(i int) bool {
	n := 0
	for _, r := range s.text[:i] {
		if r == '"' {
			n++
		}
	}
	return n%2 == 0
}

// target reports whether the number at i is an aim rather than a result.
func (s *factScan) target(i int) bool {
	from, _ := clauseAt(s.text, i)
	return targetBefore.in(s.text, max(from, i-14), i) >= 0
}

// legalTerm reports whether a duration is a limit that law or the item sets:
// 在20个工作日内, 应当15日内, 2019年以来.
func (s *factScan) legalTerm(i, to int) bool {
	t := s.text
	from, end := clauseAt(t, i)
	if to < len(t) && (t[to] == '内' || hasAt(t, to, []rune("以内")) || hasAt(t, to, []rune("之内"))) {
		return true
	}
	if strings.ContainsRune("年季", t[to-1]) || hasAt(t, to-2, []rune("季度")) {
		return true
	}
	return obliging.in(t, from, min(end, i)) >= 0 && !s.doneAfter(to)
}

func (s *factScan) doneAfter(i int) bool {
	_, to := clauseAt(s.text, i)
	return shortening.in(s.text, i, to) >= 0
}

// ordinal reads 第N号, 第N次会议: a numbered meeting counts, 第N条 does not.
func (s *factScan) ordinal(i, after int) int {
	t := s.text
	n := after - i - 1
	if after >= len(t) {
		return n
	}
	national := highMeetings.in(t, max(0, i-12), min(len(t), after+8)) >= 0
	switch {
	case t[after] == '号', t[after] == '期':
		s.add(Meeting, i, after+1, !national, "")
	case strings.ContainsRune("天日周", t[after]), hasAt(t, after, []rune("个工作日")):
		s.add(Day, i, after+1, true, "") // 印发后第6天
	case t[after] == '次' && slices.Contains(t[after:min(len(t), after+12)], '会'):
		s.add(Meeting, i, after+1, !national, "")
	}
	return n
}

// day reads a month, and the day after it, from i; n is the length of the
// month's figure.
func (s *factScan) day(i, month, n int) int {
	t := s.text
	to := i + n + 1
	day := 0
	if to < len(t) && isDigit(t[to]) {
		v, k := arabic(t, to)
		if to+k < len(t) && (t[to+k] == '日' || t[to+k] == '号') {
			day = int(v)
			to += k + 1
		} else {
			to += k
		}
	} else if k := monthParts.at(t, to); k > 0 {
		to += k
	}
	counts, why, kind := true, "", Day
	switch {
	case festivals.in(t, to, to+10) >= 0 && (month == 12 && day == 4 || month == 4 && day == 15 || month == 3 && day == 15 || month == 6 || month == 11 && day == 9):
		counts, why = false, "纪念日不算"
	case to < len(t) && (t[to] == '-' || t[to] == '至' || t[to] == '到') && month == 1 && day == 0:
		counts, why = false, "起止月份不算"
	case beforeWords.at(t, to) > 0:
		kind = Deadline
		if day == 1 && (month == 3 || month == 4) || month == 1 && day == 31 {
			counts, why = false, "法定期限不算"
		}
	}
	f := s.add(kind, i, to, counts, why)
	f.Value = float64(month*100 + day)
	return to - i
}

var (
	divided      = words(`分成 分为 拆成 划成 划为 改成 并成 减到 降到 减为`)
	obliging     = words(`应当 须 要在 规定 法定`)
	shortening   = words(`压缩 缩短 减少 提前`)
	highMeetings = words(`全国 中央 中共 代表大会 全会 国务院`)
	monthParts   = words(`上旬 中旬 下旬 底 初 末 中`)
	beforeWords  = words(`前 之前 以前`)
)
