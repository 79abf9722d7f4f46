package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"duibiao/corpus"
)

// organs are the endings of the names of offices, longest first where one
// ends another.
var organs = []string{
	"人民政府", "政府", "委员会", "管委会", "工委", "党委", "党组", "县委", "市委", "区委", "省委", "镇委", "乡委", "党工委", "发改委", "政法委", "卫健委", "住建委", "国资委", "编办", "军委", "教委", "科委", "农委", "纪委", "监委", "团委", "法委",
	"局", "厅", "办公室", "办事处", "领导小组", "工作小组", "指挥部", "中心", "支队", "大队", "总队", "执法队", "分局", "所", "站", "院", "部", "处",
	"街道办", "信访办", "政府办", "依法治县办", "依法治市办", "依法治区办", "外办", "总工会", "妇联", "残联", "联合会", "红十字会", "公司", "集团", "学校", "大学", "学院", "医院", "银行", "专班", "法办",
}

// regions are the endings of the names of places that have a government.
var regions = []string{"街道", "示范区", "开发区", "高新区", "新区", "园区", "管理区", "实验区", "试验区", "自治区", "自治州", "自治县", "省", "市", "县", "区", "旗", "州", "盟", "镇", "乡", "苏木"}

// notUnits are endings and beginnings of words that look like a unit's.
var (
	notEnds   = []string{"法治政府", "格局", "大局", "全局", "布局", "结局", "开局", "开新局", "当局", "各地区", "示范市", "示范县", "场所", "住所", "干部", "内部", "全部", "外部", "到处", "好处", "之处", "立足点", "党支部", "数字政府", "服务型政府", "城市", "县市", "市县", "省市", "乡镇", "城镇", "县区", "市区", "城区", "社区", "地区", "辖区", "园区", "山区", "景区", "全市", "全县", "全区", "本市", "本县", "本区", "我市", "我县", "我区", "各市", "各县", "各区"}
	notStarts = []string{"关于", "各", "我", "本", "全市", "全县", "全区", "全省", "有关", "相关", "该", "其", "某", "此", "一", "二", "三", "在", "对", "向", "由", "被", "以", "为", "经", "请", "现", "市直", "县直", "区直", "抄送", "主送", "附"}
	notInside = []string{"某", "x", "×", "关于", "的", "等", "《", "》", "\"", ",", "。", ":", ";", "!", "?", "建设情况", "工作情况", "我市", "我县", "我区", "我局", "印发"}
)

// isUnit reports whether key is the name of a unit and nothing else.
func isUnit(key string) bool {
	n := utf8.RuneCountInString(key)
	if n < 2 || n > 45 {
		return false
	}
	for _, r := range key {
		if !unicode.Is(unicode.Han, r) && r != '(' && r != ')' && r != '、' && r != '·' {
			return false
		}
	}
	if hasAny(key, notInside, strings.Contains) || hasAny(key, notStarts, strings.HasPrefix) {
		return false
	}
	if hasAny(key, regions, strings.HasSuffix) {
		return !hasAny(key, notEnds, func(s, end string) bool { return s == end })
	}
	if hasAny(key, notEnds, strings.HasSuffix) {
		return false
	}
	return n >= 3 && hasAny(key, organs, strings.HasSuffix)
}

func hasAny(s string, words []string, has func(s, word string) bool) bool {
	for _, w := range words {
		if has(s, w) {
			return true
		}
	}
	return false
}

// topics are the words with which the subject of a paper begins, right after
// the unit's name.
var topics = []string{"关于", "法治", "依法", "年度", "创建", "争创", "工作", "全面", "推进", "推行", "落实", "贯彻", "开展", "行政执法", "普法", "述法", "述职", "示范创建", "申报", "自评", "自查", "学法", "优化", "加强", "深化", "深入", "规范", "印发", "转发", "十四五", "\"", "《", "领导干部", "党政", "主要负责人", "重大行政", "政府信息", "上半年", "下半年", "实施", "履行", "(", "报告", "总结", "方案", "情况", "局长", "主任", "书记", "党组书记", "党委书记", "镇长", "乡长", "县长", "区长", "市长", "院长", "领导班子"}

// offices are bodies whose names begin with a topic's words.
var offices = []string{"领导小组办公室", "委员会办公室", "领导小组", "委员会", "执法局", "执法大队", "执法支队", "执法队", "协调小组", "法治办", "专班"}

// leadingUnit is the length in bytes of the unit's name at the beginning of a
// title or a file's name, or 0.
func leadingUnit(key string) int {
	if i := strings.Index(key, "关于"); i > 0 && isUnit(key[:i]) {
		return i
	}
	limit := subjectStart(key)
	if isUnit(key[:limit]) {
		return limit
	}
	for i := range key[:limit] {
		if i > 0 && hasAny(key[i:], topics, strings.HasPrefix) && !startsOffice(key[i:limit]) && isUnit(key[:i]) {
			return i
		}
	}
	return 0
}

// subjectStart is where the unit's name ends at the latest: before a year, a
// quoted name or 关于.
func subjectStart(key string) int {
	limit := len(key)
	for _, mark := range []string{"关于", "《", "\"", "20", "二〇", "二○", "二零", "19"} {
		if i := strings.Index(key[:limit], mark); i >= 0 {
			limit = i
		}
	}
	return limit
}

// startsOffice reports whether what looks like a subject is the rest of the
// unit's name: 法治政府建设领导小组, 依法治市委员会办公室.
func startsOffice(key string) bool {
	near := key[:min(len(key), 60)]
	for _, o := range offices {
		if i := strings.Index(near, o); i >= 0 && !hasAny(near[:i], []string{"方案", "报告", "计划", "通知"}, strings.Contains) {
			return true
		}
	}
	return false
}

// unitKind tells a unit's type by its name; "" where the name does not say.
// folder is the name of the folder it came in, which says whose bureau a plain
// 司法局 is.
func unitKind(name, folder string) corpus.UnitKind {
	key := foldAll(name)
	key = strings.TrimPrefix(key, "中共")
	if i := strings.LastIndexAny(key, "、"); i >= 0 {
		key = key[i+len("、"):]
	}
	if hasAny(key, []string{"国务院", "中央", "国家", "中华", "最高"}, strings.HasPrefix) {
		return ""
	}
	place, organ := splitPlace(key)
	switch {
	case hasAny(place, []string{"镇", "乡", "街道", "苏木"}, strings.HasSuffix):
		return corpus.Township
	case place == "" && organ == "":
		return ""
	case strings.HasSuffix(place, "省") || strings.HasSuffix(place, "自治区"):
		return ""
	case governs(organ):
		if isCity(place) {
			return corpus.CityGov
		}
		if place == "" {
			return ""
		}
		return corpus.County
	case place == "" && unitKind(folder, "") == corpus.County:
		return corpus.CountyBureau
	case place == "" || isCity(place):
		return corpus.Bureau
	}
	return corpus.CountyBureau
}

// governs reports whether organ is a government itself, not a department.
func governs(organ string) bool {
	switch organ {
	case "", "人民政府", "政府", "委", "委员会", "管委会", "管理委员会", "党工委", "工委", "工作委员会", "办事处", "党委":
		return true
	}
	return strings.HasSuffix(organ, "法治政府建设领导小组") || strings.HasSuffix(organ, "依法行政工作领导小组")
}

func isCity(place string) bool {
	if !hasAny(place, []string{"市", "州", "盟"}, strings.HasSuffix) {
		return false
	}
	at := strings.IndexAny(place, "市州盟")
	_, size := utf8.DecodeRuneInString(place[at:])
	return at+size == len(place)
}

// notPlaces are words of offices' names that end like a place's, and
// notAfterPlace are the ends of words that begin with such a character:
// 市场监管局, 市容环境局, 乡村振兴局, 市政管理局.
var (
	notPlaces     = []string{"依法治市", "依法治县", "依法治区", "依法治省", "城乡", "城市", "超市", "社区", "景区", "林区", "库区", "城镇", "乡镇", "村镇", "联盟"}
	notAfterPlace = []string{"场", "容", "政管", "政公", "政园", "政设", "政工", "村", "域", "民中心"}
)

// splitPlace parts a unit's name after its last place name: 甲市乙区|司法局.
func splitPlace(key string) (place, organ string) {
	end := 0
	for i := 0; i < len(key); {
		r, size := utf8.DecodeRuneInString(key[i:])
		i += size
		if !strings.ContainsRune("省市县区旗州盟镇乡道", r) || r == '道' && !strings.HasSuffix(key[:i], "街道") {
			continue
		}
		if utf8.RuneCountInString(key[end:i]) < 2 && i < len(key) && end > 0 {
			continue // 市区, 城市市场
		}
		if hasAny(key[:i], notPlaces, strings.HasSuffix) || hasAny(key[i:], notAfterPlace, strings.HasPrefix) {
			continue
		}
		end = i
	}
	return key[:end], key[end:]
}

// foldAll folds a name as keys are folded.
func foldAll(s string) string {
	var b strings.Builder
	for _, r := range s {
		if g, ok := foldKey(r); ok {
			b.WriteRune(g)
		}
	}
	return b.String()
}
