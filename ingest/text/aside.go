package text

import (
	"regexp"
	"strings"

	"duibiao/corpus"
)

// markAsides sets apart what a web page or a template shop put around the
// paper: navigation and adverts before its title, share buttons and footers
// after its end, tables of metadata. It errs on the side of the paper: a line
// is only set apart when it says itself that it is not of the paper, or stands
// among such lines outside the paper. Nothing is removed.
func markAsides(lines []line) {
	from, to := paper(lines)
	set := func(i int) { lines[i].role, lines[i].level = corpus.Aside, 0 }
	last := -1
	for i := range lines[:from] {
		if Foreign(lines[i].text) {
			last = i
		}
	}
	for i := range lines[:from] {
		if text := lines[i].text; isPageNumber(text) || i <= last && !OfPaper(text) {
			set(i)
		}
	}
	for i := from; i < to; i++ {
		if text := lines[i].text; i < from+8 && metadata(text) || isTool(text) || isPageNumber(text) {
			set(i)
		}
	}
	inFooter := false
	for i := to; i < len(lines); i++ {
		inFooter = inFooter || Foreign(lines[i].text)
		if isPageNumber(lines[i].text) || inFooter && !OfPaper(lines[i].text) {
			set(i)
		}
	}
}

// paper is the range of lines that surely are the paper's: from its title or
// first running text to its last running text, date or attachment.
func paper(lines []line) (from, to int) {
	sure := func(l line) bool { return !Foreign(l.text) && anchors(l) }
	for from < len(lines) && !sure(lines[from]) {
		from++
	}
	if from == len(lines) {
		return 0, len(lines)
	}
	to = len(lines)
	for !sure(lines[to-1]) {
		to--
	}
	return from, to
}

// anchors reports whether a line that is not foreign belongs to a paper beyond
// doubt.
func anchors(l line) bool {
	n := runes(l.text)
	return l.role == corpus.Heading || n > 60 ||
		strings.ContainsAny(l.text, "。；") ||
		n >= 6 && titleEnd.MatchString(l.text) ||
		OfPaper(l.text)
}

// OfPaper reports whether a line is a part of an official paper by its form: a
// 文号, a date, a numbered heading, an attachment, a form of address.
func OfPaper(s string) bool {
	return docNumber.MatchString(s) || dateLine.MatchString(s) || numbered.MatchString(s) || addressed.MatchString(s)
}

// Foreign reports whether a line says itself that it is not of the paper it
// stands with: a button or a path of a web page, its footer, its table of
// metadata, an advert.
func Foreign(s string) bool {
	return runes(s) <= 120 && (isTool(s) || footer.MatchString(s) || metadata(s) || advert(s))
}

// isTool reports whether a line is a button or a path of a web page.
func isTool(s string) bool { return len(s) <= 240 && tool.MatchString(s) }

// isPageNumber reports whether a line is nothing but the number of a page.
func isPageNumber(s string) bool { return len(s) <= 40 && pageNumber.MatchString(s) }

// metadata reports whether a line is a table of the web page's about the paper.
func metadata(s string) bool {
	if runes(s) > 160 {
		return false
	}
	n := len(label.FindAllString(s, 3))
	return n >= 2 || n == 1 && onlyLabel.MatchString(s)
}

// advert reports whether a short line sells something or forbids passing on.
func advert(s string) bool {
	if runes(s) > 40 || strings.ContainsAny(s, "。；") {
		return false
	}
	n := 0
	for _, w := range adverts {
		if strings.Contains(s, w) {
			n++
		}
	}
	return n >= 2 || n == 1 && slogan.MatchString(s)
}

var adverts = [...]string{"会员", "订阅", "免费", "QQ", "微信", "公众号", "扫码", "扫一扫", "加群", "倒卖",
	"仅供学习", "禁止外传", "严禁外传", "请勿外传", "资料", "下载", "范文", "文库", "客服", "权益", "赠送", "举报", "优惠", "充值", "点击", "关注", "转发", "模板"}

var (
	slogan     = regexp.MustCompile(`^([【\[（(]?[^。，]{0,8}(仅供学习|禁止外传|严禁外传|请勿外传|会员|倒卖|公众号|扫码|加群|范文|文库|QQ群|客服)[^。，]{0,12}[】\]）)]?[!！:：]?.{0,12})$`)
	label      = regexp.MustCompile(`(索\s*引\s*号|序号|发布机构|发文机关|发布单位|公开形式|公开方式|公开时限|公开范围|公开属性|公开类别|网站发布|发布时间|发布日期|成文日期|成文时间|生成日期|发文日期|主题分类|主题词|体裁分类|信息来源|文章来源|来源|浏览次数|浏览量|阅读次数|阅读量|点击数|点击量|访问量|阅读|点击|字体|字号|有效性|效力状态|信息分类|责任编辑|作者|编辑|审核|校对|发布人)\s*[:：]`)
	onlyLabel  = regexp.MustCompile(`^[【\[(（]?(索\s*引\s*号|发布机构|公开形式|公开方式|公开时限|公开范围|公开属性|网站发布|发布时间|发布日期|生成日期|主题分类|信息来源|文章来源|来源|浏览次数|浏览量|阅读次数|阅读量|点击数|点击量|访问量|字体|字号|效力状态|责任编辑|编辑|作者)\s*[:：]\s*[^，。；]{0,24}$`)
	tool       = regexp.MustCompile(`^[\s<>«»《》【\[(（|·\-]*(返回(主站|首页|顶部|列表|上一页)|(您?(现在)?的?|当前)位置\s*[:：].*|(网站)?首页\s*[>›»/|].*|分享(到|至)?[:：]?.{0,20}|(我要)?打印(本页|本文|此页)?|关闭(窗口|本页|页面)?|收藏(本页|本站)?|加入收藏|设为首页|(点击)?(下载)?附件下载|点击下载.{0,8}|下载附件|扫一扫.{0,20}|【?字体[:：]?.{0,12}】?|字号[:：]?.{0,10}|大\s+中\s+小|上一篇\s*[:：]?.{0,60}|下一篇\s*[:：]?.{0,60}|(相关|推荐|热门|更多|延伸)(阅读|文章|新闻|链接|信息|资讯|推荐)[:：]?|网站地图|联系我们|关于我们|无障碍(浏览|阅读)?|长者(助手|模式|版)|登录\s*[|/]?\s*注册|政府网站找错|网站纠错|我要纠错|微信扫.{0,16})[\s<>«»》】\])）|]*$`)
	footer     = regexp.MustCompile(`^(版权所有|©|copyright|Copyright|COPYRIGHT|主办(单位)?\s*[:：].*(技术支持|承办|维护|网站标识码|ICP|备案)|承办(单位)?\s*[:：].*(技术支持|维护)|技术支持\s*[:：]|网站标识码|政府网站标识码|.{0,30}ICP备.{0,20}|.{0,12}公网安备.{0,24}|.*(版权所有|未经授权.{0,4}(禁止|不得)转载).{0,30}$)`)
	pageNumber = regexp.MustCompile(`^([-—–－]\s*\d{1,4}\s*[-—–－]|第\s*\d{1,4}\s*页(\s*[,，/]?\s*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4})$`)
	docNumber  = regexp.MustCompile(`[〔\[（(【]\s*\d{4}\s*[〕\]）)】]\s*第?\s*[\dXx×]+\s*号`)
	numbered   = regexp.MustCompile(`^([一二三四五六七八九十]{1,3}\s*、|[（(]\s*[一二三四五六七八九十]{1,3}\s*[）)]|\d{1,2}\s*[.．、]\s*\S|第[一二三四五六七八九十百]{1,4}[章节条]|附件|附[：:]|签发人|抄送|主送)`)
	addressed  = regexp.MustCompile(`^[^，。；!！?？]{0,60}(政府|委|局|办|厅|中心|单位|部门|街道|镇|乡|公司|院|组|处|所)[)）]?[：:]$`)
)
