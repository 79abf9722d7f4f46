package extract

import (
	"strings"
	"unicode/utf8"

	"duibiao/corpus"
)

// frontLines is how many lines at the beginning may be letterhead and title.
const frontLines = 25

// zones gives their zone to the lines whose part is told by what they are and
// where they stand: letterhead, title, signature, and what is not the paper's
// text. The others stay open.
func zones(lines []line) {
	for i := range lines {
		switch l := &lines[i]; {
		case l.Role == corpus.Aside && redHead(l.key) > 0: // in the header of the first page
			l.zone = corpus.Letter
		case l.Role == corpus.Aside, isWebsite(l), isPageMark(l):
			l.zone = corpus.NotText
		case l.Role == corpus.Row:
			l.zone = corpus.Table
		}
	}
	body := front(lines)
	signatures(lines, body)
	attachedTitles(lines, body)
	tail(lines, body)
}

// front finds letterhead, title and addressee, and returns the line where the
// paper's own text begins.
func front(lines []line) int {
	titled, body := false, -1
	i := 0
	for n := 0; i < len(lines) && n < frontLines; i++ {
		l := &lines[i]
		if l.zone == corpus.NotText {
			continue
		}
		n++
		if l.zone == corpus.Table && isLetterRow(l) {
			l.zone = corpus.Letter
		}
		if t := titleLines(lines, i); t > 0 && body < 0 {
			for k := i; k < i+t; k++ {
				lines[k].zone = corpus.Title
			}
			letterAbove(lines, i)
			titled = true
			i += t - 1
			continue
		}
		switch {
		case l.zone == corpus.Letter:
		case l.zone == "" && (isLetter(l) || isAddressee(l) || body < 0 && (isDate(l) || titled && isSubtitle(l))):
			l.zone = corpus.Letter
		case l.zone == "" && isText(l):
			if body < 0 {
				body = i
			}
			return body
		case titled && body < 0:
			body = i
		}
	}
	if body < 0 {
		body = i
	}
	return body
}

// isText reports whether l can only be the paper's own text.
func isText(l *line) bool {
	return !l.short(50) || l.num.style != unnumbered || strings.ContainsAny(l.key, "。;")
}

// isDate reports whether l is a lone date.
func isDate(l *line) bool {
	_, ok := soleDate(l.key)
	return l.short(40) && (ok || maskedDate(l.key))
}

// isLetter reports whether l is a line of the letterhead: 发文机关标志, 文号,
// 签发人, 密级.
func isLetter(l *line) bool {
	if !l.short(60) {
		return false
	}
	if _, _, _, ok := soleNo(l.key); ok {
		return true
	}
	if redHead(l.key) > 0 {
		return true
	}
	for _, p := range []string{"签发人", "发文机关", "成文日期", "索引号", "发布日期", "发文字号", "主题分类", "主题词", "标题:", "份号", "急件", "特急", "加急", "机密", "秘密", "内部资料", "报告单位:", "填报单位:", "报送单位:"} {
		if strings.HasPrefix(l.key, p) {
			return true
		}
	}
	return false
}

// isLetterRow reports whether a table row is part of the letterhead, as where
// 文号 and 签发人 stand side by side in a table.
func isLetterRow(l *line) bool {
	_, _, _, ok := findNo(l.key)
	return ok && l.short(60) && strings.Contains(l.key, "签发人")
}

// redHead is the length in bytes of the unit's name in a 发文机关标志, such as
// 甲市人民政府文件, or 0.
func redHead(key string) int {
	for _, end := range []string{"文件", "(函)", "(通知)", "函件"} {
		if unit, ok := strings.CutSuffix(key, end); ok && isUnit(unit) {
			return len(unit)
		}
	}
	return 0
}

// letterAbove marks a unit's name that stands alone above the 文号: a
// 发文机关标志 without 文件.
func letterAbove(lines []line, title int) {
	for i := range lines[:title] {
		if lines[i].zone == "" && lines[i].short(45) && isUnit(lines[i].key) {
			lines[i].zone = corpus.Letter
		}
	}
}

// isSubtitle reports whether a line under the title names only the unit, the
// date or both: （甲县司法局 2022年1月10日）.
func isSubtitle(l *line) bool {
	if !l.short(45) {
		return false
	}
	key := strings.TrimSuffix(strings.TrimPrefix(l.key, "("), ")")
	if d, ok := findDate(key, 0); ok && d.to == len(key) {
		key = key[:d.from]
	}
	return key == "" || isUnit(key) || isMonth(key) || hasAny(key, []string{"征求意见稿", "讨论稿", "送审稿", "草案", "试行", "修订稿", "代拟稿"}, func(s, w string) bool { return s == w })
}

// isAddressee reports whether l is the line that says to whom the paper goes.
func isAddressee(l *line) bool {
	to, ok := strings.CutSuffix(l.key, ":")
	if !ok || !l.short(120) || l.num.style != unnumbered || strings.ContainsAny(to, "。;!?《") {
		return false
	}
	if hasAny(to, []string{"如下", "报告", "情况", "问题", "方面", "有关", "主要", "包括", "体现", "表现"}, strings.Contains) {
		return false
	}
	last := to
	if i := strings.LastIndexAny(to, ",、"); i >= 0 {
		last = strings.TrimLeft(to[i:], ",、")
	}
	for _, end := range []string{"委", "委员会", "府", "局", "厅", "办", "办公室", "处", "单位", "部门", "机构", "院", "部", "公司", "乡镇", "街道", "区", "县", "市", "镇", "乡", "组", "小组", "中心", "同志", "代表", "委员", "领导"} {
		if strings.HasSuffix(last, end) {
			return utf8.RuneCountInString(to) >= 2
		}
	}
	return false
}

// papers are the words with which the title of a paper ends.
var papers = []string{"方案", "报告", "通知", "总结", "计划", "意见", "要点", "汇报", "办法", "规定", "细则", "请示", "批复", "决定", "公告", "通报", "安排", "条例", "规划", "纲要", "清单", "材料", "说明", "制度", "规则", "公报", "自评", "答复", "函", "情况", "台账", "指标体系", "分工", "分工表", "一览表", "汇总表", "讲话", "倡议书", "承诺书", "体会"}

// titleEnd reports whether a title may end with key.
func titleEnd(key string) bool {
	key = strings.TrimRight(key, "》")
	if strings.HasSuffix(key, ")") {
		if i := strings.LastIndexByte(key, '('); i > 0 {
			key = strings.TrimRight(key[:i], "》")
		}
	}
	return hasAny(key, papers, strings.HasSuffix)
}

// titleLines is how many lines from i on are a title: one to three (four where
// names of units stand above), short, not numbered, the last ending as titles
// do; 0 when there is none.
func titleLines(lines []line, i int) int {
	best, total := 0, 0
	for k := i; k < min(len(lines), i+5); k++ {
		l := &lines[k]
		if l.zone != "" || !l.short(80) || l.num.style != unnumbered && l.num.style != chapter || strings.ContainsAny(l.key, "。;!?") || strings.HasSuffix(l.key, ":") || strings.HasSuffix(l.key, ",") || isLetter(l) || isDate(l) {
			break
		}
		total += l.runes
		if total > 130 || l.num.style == chapter {
			break
		}
		if titleEnd(l.key) && (k > i || l.runes >= 4) {
			best = k - i + 1
			if k+1 < len(lines) && !continues(&lines[k+1]) {
				break
			}
		}
	}
	if best > 1 && !sameTitle(lines[i:i+best]) {
		return 0
	}
	return best
}

// continues reports whether a title may go on with l although it could have
// ended before: only a line that says no more than what sort of paper it is.
func continues(l *line) bool {
	return l.zone == "" && l.short(30) && titleEnd(l.key) && l.num.style == unnumbered
}

// sameTitle reports whether lines before the last read as parts of one title:
// names of units, or text that the last line goes on with.
func sameTitle(part []line) bool {
	for i := range part[:len(part)-1] {
		l := &part[i]
		if strings.HasPrefix(l.key, "<<") || hasAny(l.key, []string{"首页", "当前位置", "会员", "下载", "学习"}, strings.Contains) && !titleEnd(l.key) {
			return false
		}
	}
	return true
}

// signatures finds the lines that close a paper or one of the papers in it:
// a lone date, the units above it, 附件 lists, 抄送 and 印发 lines.
func signatures(lines []line, body int) {
	for i := body; i < len(lines); i++ {
		l := &lines[i]
		if l.zone == corpus.Table && isColophon(l.key) {
			l.zone = corpus.Signature
		}
		if l.zone != "" || l.opensTitle() {
			continue
		}
		switch {
		case isSigned(l):
			l.zone = corpus.Signature
			signersAbove(lines, i, body)
		case isColophon(l.key) && l.short(keyRunes):
			l.zone = corpus.Signature
			signersAbove(lines, i, body)
		case isAnnex(l):
			l.zone = corpus.Signature
			i = annexList(lines, i)
		}
	}
}

func (l *line) opensTitle() bool { return l.Role == corpus.Heading && l.num.style != unnumbered }

// isSigned reports whether l is the date of a signature, perhaps with the
// unit before it or the sealing after.
func isSigned(l *line) bool {
	if !l.short(50) {
		return false
	}
	if maskedDate(l.key) {
		return true
	}
	d, ok := findDate(l.key, 0)
	if !ok || strings.TrimRight(l.key[d.to:], ")") != "" {
		return isMonth(l.key)
	}
	before := signer(strings.TrimPrefix(l.key[:d.from], "("))
	return before == "" || isDate(l) || isUnit(before)
}

// signer takes the seal's note off a unit's name.
func signer(key string) string {
	for _, seal := range []string{"(盖章)", "(公章)", "(印章)", "(签章)", "(章)"} {
		key = strings.TrimSuffix(key, seal)
	}
	for _, label := range []string{"报告单位:", "填报单位:", "报送单位:", "单位:", "单位名称:"} {
		key = strings.TrimPrefix(key, label)
	}
	return key
}

// signersAbove marks the names of units right above line i.
func signersAbove(lines []line, i, body int) {
	for k, n := i-1, 0; k >= body && n < 6; k-- {
		l := &lines[k]
		if l.zone == corpus.NotText {
			continue
		}
		if l.zone != "" || !l.short(45) || l.num.style != unnumbered || l.marked() || !isUnit(signer(l.key)) {
			return
		}
		l.zone = corpus.Signature
		n++
	}
}

// isColophon reports whether key is a line of the 版记 or a note under the
// signature.
func isColophon(key string) bool {
	if strings.HasPrefix(key, "抄送:") || strings.HasPrefix(key, "抄报:") || strings.HasPrefix(key, "主题词:") || strings.HasPrefix(key, "(此件") || strings.HasPrefix(key, "(本文有删减") || strings.HasPrefix(key, "(联系人") {
		return true
	}
	if before, ok := strings.CutSuffix(key, "印发"); ok {
		d, found := findDate(before, 0)
		return found && d.to == len(before) && utf8.RuneCountInString(before) <= 60
	}
	return false
}

// isAnnex reports whether l begins a list of annexes or stands alone above one.
func isAnnex(l *line) bool {
	rest, ok := strings.CutPrefix(l.key, "附件")
	if !ok {
		rest, ok = strings.CutPrefix(l.key, "附:")
		return ok && l.short(80) && !strings.ContainsAny(rest, "。;")
	}
	_, n := arabic(rest)
	if n == 0 {
		_, n = hanNumber(rest)
	}
	if n > 3 {
		return false
	}
	rest = rest[n:]
	return rest == "" || strings.HasPrefix(rest, ":") && l.short(80) && !strings.ContainsAny(rest, "。;")
}

// annexList marks the rest of the list of annexes that begins at line i, and
// returns its last line.
func annexList(lines []line, i int) int {
	if !strings.Contains(lines[i].key, ":") {
		return i
	}
	want := 2
	if strings.HasSuffix(lines[i].key, ":") {
		want = 1
	}
	for k := i + 1; k < len(lines); k++ {
		l := &lines[k]
		if l.zone == corpus.NotText {
			continue
		}
		if l.zone != "" || l.num.style != digit || l.num.value != want || !l.short(80) || strings.ContainsAny(l.key, "。;") {
			break
		}
		l.zone = corpus.Signature
		i = k
		want++
	}
	return i
}

// attachedTitles finds the titles of further papers in the file: short lines
// right below a signature, 附件 or 现印发给你们 that read like a title.
func attachedTitles(lines []line, body int) {
	closed := false
	for i := body; i < len(lines); i++ {
		switch lines[i].zone {
		case corpus.Signature:
			closed = true
			continue
		case corpus.NotText:
			continue
		case "":
			if closed {
				n := titleLines(lines, i)
				for k := i; k < i+n; k++ {
					lines[k].zone = corpus.Title
				}
				if k := i + n; n > 0 && k < len(lines) && lines[k].zone == "" && isAddressee(&lines[k]) {
					lines[k].zone = corpus.Letter
				}
			}
		}
		closed = strings.Contains(lines[i].key, "发给你们")
	}
}

// tail marks names of units that close the paper without a date.
func tail(lines []line, body int) {
	for i := len(lines) - 1; i >= body; i-- {
		l := &lines[i]
		switch {
		case l.zone == corpus.NotText || l.zone == corpus.Signature:
			continue
		case l.zone == "" && l.short(45) && !l.marked() && l.num.style == unnumbered && isUnit(signer(l.key)):
			l.zone = corpus.Signature
			continue
		}
		return
	}
}

// isWebsite reports whether l is a line that a web page puts around a paper:
// a short one with a word that stands nowhere else, or one with two of the
// words that may.
func isWebsite(l *line) bool {
	if !l.short(keyRunes) || l.Role == corpus.Row || l.num.style != unnumbered {
		return false
	}
	sure, hits := 0, 0
	for _, w := range []string{"网站发布:", "公开形式:", "公开时限:", "浏览次数", "点击数:", "访问量:", "打印本页", "关闭窗口", "分享到", "上一篇:", "下一篇:", "当前位置:", "版权所有", "icp备", "公网安备", "网站标识码", "网站找错", "返回主站", "返回首页", "点击下载附件", "扫一扫"} {
		if strings.Contains(l.key, w) {
			sure++
		}
	}
	for _, w := range []string{"来源:", "主办:", "承办:", "字体:", "字号:", "发布时间:", "发布日期:", "索引号:", "发布机构:", "技术支持:", "免责声明"} {
		if strings.Contains(l.key, w) {
			hits++
		}
	}
	return sure+hits >= 2 || sure == 1 && l.short(20) && !strings.ContainsAny(l.key, "。,")
}

// isPageMark reports whether l is a page number or a line of a table of
// contents, which ends with dots and a page.
func isPageMark(l *line) bool {
	if l.Role == corpus.Row || !l.short(60) {
		return false
	}
	name := strings.TrimRight(l.key, "0123456789")
	if len(name) == len(l.key) {
		return strings.Trim(l.key, "-") != l.key && isPageNumber(strings.Trim(l.key, "-"))
	}
	return strings.HasSuffix(name, "……") || strings.HasSuffix(name, "....") || strings.HasSuffix(name, "····")
}

func isPageNumber(key string) bool {
	_, n := arabic(key)
	return n > 0 && n <= 3 && n == len(key)
}
