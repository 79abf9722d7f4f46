package rules

import (
	"regexp"
	"slices"
	"strings"

	"duibiao/corpus"
)

// ofKind are the units of a type that a word names: 市直各部门, 各镇, 垂管单位.
func (d *duties) ofKind(word string) group {
	w := strings.TrimSuffix(groupKey(word), "机构")
	w = withoutBrackets.Replace(w)
	r := []rune(w)
	has := func(subs ...string) bool {
		return slices.ContainsFunc(subs, func(x string) bool { return strings.Contains(w, x) })
	}
	switch {
	case zoneWords.in(r, 0, len(r)) >= 0 && !has("县", "市、区", "市区", "镇", "街"):
		if g := d.where(func(u *corpus.Unit) bool { return namesUnit(word, *u) || namesZone(w, *u) }); g.size() > 0 {
			return g
		}
		if madeOf(w, zonesWords) {
			return d.where(func(u *corpus.Unit) bool { return runsZone(*u) })
		}
	case enforcers(w) || withoutPower.MatchString(w):
		return d.enforcing(w)
	case has("相关", "有关", "涉及"):
		return d.unknown("")
	case apartWord.MatchString(w):
		return d.apart(w)
	case madeOf(w, everybodyWords) || w == "类单位" || has("各级各部门", "各级政府各部门", "各地各部门", "各地区各部门", "地各部门", "地区各部门"):
		return d.everybody()
	case levels.MatchString(w):
		return d.where(func(u *corpus.Unit) bool {
			switch dutyKind(u) {
			case corpus.County:
				return has("县", "区")
			case corpus.Township:
				return has("乡", "镇", "街")
			}
			return has("市")
		})
	case has("国企", "企业") && madeOf(w, companyWords):
		return d.where(isCompany)
	case has("党政") && has("部门", "机关"):
		return d.where(func(u *corpus.Unit) bool { return isBureau(u) || isParty(u) })
	case has("党委部门", "党群部门", "党口") || partyWord.MatchString(w):
		return d.where(isParty)
	case madeOf(w, townshipWords):
		return d.townships(w)
	case has("市级政府", "市人民政府") && !has("部门"), w == "市政府":
		return d.where(func(u *corpus.Unit) bool { return dutyKind(u) == corpus.CityGov })
	case madeOf(w, countyWords):
		return d.counties(w)
	case madeOf(w, bureauWords) && has("部门", "直", "机关", "局", "委", "办", "级单位"):
		all := has("机关", "单位") && !has("政府")
		return d.where(func(u *corpus.Unit) bool {
			county := dutyKind(u) == corpus.CountyBureau
			switch {
			case all && isParty(u) || isBureau(u) && (all || !isParty(u)):
			default:
				return false
			}
			return has("市") && !county || has("县", "区", "旗") && (county || !d.has(corpus.CountyBureau)) || !has("市", "县", "区", "旗")
		})
	}
	if g := d.where(func(u *corpus.Unit) bool { return u.Kind != "" && strings.Contains(w, string(u.Kind)) }); g.size() > 0 {
		return g
	}
	return d.empty()
}

// kindBrackets are types of unit that everybody writes with brackets.
var kindBrackets = strings.NewReplacer("乡镇(街道、场)", "乡镇街道", "乡镇(街道)", "乡镇街道", "乡(镇、街道)", "乡镇街道", "乡(镇)、街道", "乡镇街道", "乡(镇)", "乡镇", "镇(街道)", "镇街道", "镇(街)", "镇街", "镇(乡、街道)", "乡镇街道", "街道(乡镇)", "乡镇街道", "街道(镇)", "镇街道", "街(镇)", "镇街", "县(市、区)", "县区", "县(市)区", "县区", "县(市)、区", "县区", "县(区)", "县区", "区(县)", "县区", "县(区、市)", "县区", "县(市区)", "县区", "区(市)县", "县区", "县市区", "县区")

func (d *duties) has(kind corpus.UnitKind) bool {
	return slices.ContainsFunc(d.units, func(u corpus.Unit) bool { return dutyKind(&u) == kind })
}

// enforcing are those with power to enforce, or those without: the roster or
// its 类别 says who they are. Where it does not, nobody knows.
func (d *duties) enforcing(w string) group {
	flagged := d.where(func(u *corpus.Unit) bool {
		return u.Enforces || strings.Contains(u.Class, "执法") && !withoutPower.MatchString(u.Class) || strings.Contains(u.Class, "（执）")
	})
	if flagged.size() == 0 {
		return d.unknown(w)
	}
	if withoutPower.MatchString(w) {
		g := d.everybody()
		g.leaveOut(flagged)
		return g
	}
	return flagged
}

var withoutPower = regexp.MustCompile(`没有执法|无(?:行政)?执法|不具有|不承担|非(?:行政)?执法`)

// townships are the units below the counties, or those of them whose kind the
// word names: 各镇 are not the 街道.
func (d *duties) townships(w string) group {
	street, town, village := strings.Contains(w, "街"), strings.Contains(w, "镇"), strings.Contains(w, "乡")
	zone := strings.Contains(w, "园")
	return d.where(func(u *corpus.Unit) bool {
		if runsZone(*u) {
			return zone
		}
		if dutyKind(u) != corpus.Township {
			return false
		}
		switch n := bareName(u.Name); {
		case strings.Contains(n, "街道") || strings.HasSuffix(n, "街"):
			return street
		case strings.HasSuffix(n, "乡"):
			return village
		case strings.HasSuffix(n, "镇"):
			return town
		}
		return true
	})
}

// counties are the governments of counties, or those of them whose kind the
// word names: 各区 are not the 县.
func (d *duties) counties(w string) group {
	kinds := ""
	for _, r := range "县区市旗" {
		if strings.ContainsRune(w, r) {
			kinds += string(r)
		}
	}
	single := len([]rune(kinds)) == 1 && !strings.Contains(w, "县级")
	autonomous := strings.Contains(w, "自治")
	zone := strings.Contains(w, "功能区") || strings.Contains(w, "开发区")
	return d.where(func(u *corpus.Unit) bool {
		if runsZone(*u) {
			return zone || !d.zonesApart && dutyKind(u) == corpus.County && !single
		}
		n := bareName(u.Name)
		return dutyKind(u) == corpus.County && (!autonomous || strings.Contains(n, "自治")) && (!single || strings.HasSuffix(n, kinds) || !strings.ContainsAny(string([]rune(n)[len([]rune(n))-1:]), "县区市旗"))
	})
}

// dutyKind is the type of a unit: by its 类别, or by its name where that is a
// group of the office's own making (甲组, A类, 执法类).
func dutyKind(u *corpus.Unit) corpus.UnitKind {
	switch u.Kind {
	case corpus.County, corpus.Bureau, corpus.CountyBureau, corpus.Township, corpus.CityGov:
		return u.Kind
	}
	if apartWord.MatchString(string(u.Kind)) || runsZone(*u) || isCompany(u) {
		return u.Kind
	}
	return unitKind(corpus.Unit{Name: u.Name})
}

var groupClass = regexp.MustCompile(`[组类]$`)

func isBureau(u *corpus.Unit) bool {
	k := dutyKind(u)
	return k == corpus.Bureau || k == corpus.CountyBureau
}

// isParty reports whether a unit is a body of the party, by its 类别 or its name.
func isParty(u *corpus.Unit) bool {
	return partyClass.MatchString(u.Class) || partyName.MatchString(u.Name)
}

func isCompany(u *corpus.Unit) bool {
	return strings.Contains(u.Class, "企") || strings.HasSuffix(u.Name, "公司") || strings.HasSuffix(u.Name, "集团")
}

var (
	partyClass = regexp.MustCompile(`党委|党群|[市县区]委(?:部门|机关|工作)`)
	partyName  = regexp.MustCompile(`(?:^|[市县区旗州])(?:市委|县委|区委|党工委|[市县区旗]委)(?:办|组织|宣传|统战|政法|网信|编|巡察|社会工作|改革|依法|党校|机要|老干|直属)`)
	partyWord  = regexp.MustCompile(`^[市县区]委(?:各|直属)?(?:部门|机关|工作部门|部委)`)
)

// apart are the units that no government here runs, 垂管单位, 中央驻云单位 or 群团
// 组织. Only the roster says which units those are.
func (d *duties) apart(word string) group {
	named := apartWord.FindString(word)
	body := func(w string) bool {
		return strings.HasPrefix(w, "群团") || strings.HasPrefix(w, "人民团体") || strings.HasPrefix(w, "群众团体")
	}
	g := d.none()
	for i, u := range d.units {
		is := apartWord.FindString(u.Class + string(u.Kind))
		switch {
		case u.Kind == "" && !body(named):
			g.may[i] = true
		case body(named):
			g.in[i] = body(is) || massBody.MatchString(u.Name)
		case is == "" || body(is):
		case strings.HasPrefix(is, "驻") || strings.HasPrefix(is, "派驻"):
			g.in[i] = strings.HasPrefix(named, "驻") || strings.HasPrefix(named, "派驻")
		case strings.HasPrefix(named, "驻") || strings.HasPrefix(named, "派驻"):
			g.may[i] = true // a unit under direct rule may be one of the centre's here
		default:
			g.in[i] = true
		}
	}
	return g
}

var (
	apartWord = regexp.MustCompile(`垂管|垂直管理|群团|群众团体|人民团体|派?驻\p{Han}{0,2}(单位|机构|部门)?$`)
	massBody  = regexp.MustCompile(`总工会|共青团|团[市县区]委|妇联|妇女联合会|残联|残疾人联合会|工商联|工商业联合会|文联|科协|红十字会|侨联`)
)

// townshipWords, bureauWords and countyWords make up the words for all
// townships, bureaus and counties; with anything else in it a word is a name:
// 北门街道.
var (
	townshipWords = words(everyOne + `乡 镇 街道 街 办事处 办 园区 园`)
	bureauWords   = words(everyOne + `市 县 区 旗 州 地区 地直 州直 州级 上 里 市直 县直 区直 市级 县级 区级 机关 直属 组成 工作 机构 局 委 办 部门 本级 政府`)
	countyWords   = words(everyOne + `县 区 市区 市 旗 县级 县级市 自治县 自治 民族 地方 功能区`)
	zonesWords    = words(everyOne + `管委会 管理委员会 开发区 功能区 园区 开发园区 管理`)
	companyWords  = words(everyOne + `国有 国企 企业 市属 县属 区属 属 市 县 区 平台`)
)

// levels are levels of government in one word: 市县乡三级.
var levels = regexp.MustCompile(`^(?:市县区?|县区?|区县?|市区县)?(?:乡镇?|镇街?|乡镇街道?)?(?:村)?[两二三四]级(?:政府|联动)?$|^市县区?(?:乡镇?|镇街?)?$`)

// everybodyWords make up the words for all units: 全体被考核单位.
var everybodyWords = words(everyOne + `被 受 主体 大伙儿 大伙 人人 个个 家家 适用 通用 共性 共同 普遍 全员 均 都 全 指标 参评 参加 参与 考核 考评 评价 评估 测评 评审 督察 督查 检查 报送 责任 创建 对象 家 大家 名册 上 列`)

const everyOne = `0 1 2 3 4 5 6 7 8 9 两 一 二 三 四 五 六 七 八 九 十 个 各 全部 所有 全体 上下 全市 全县 全区 本市 辖区 人民政府 政府 党委 和 及 与 以及 、 等 级 单位 内 的 `

// madeOf reports whether a word is made of words of the list and no others.
func madeOf(w string, list lexicon) bool {
	t := []rune(w)
	i := 0
	for i < len(t) {
		n := list.at(t, i)
		if n == 0 {
			return false
		}
		i += n
	}
	return i > 0
}

// zoneWords name the zones that a city runs beside its counties.
var zoneWords = words(`管委会 管理委员会 开发区 功能区 高新区 经开区 综保区 保税区 园区 示范区 度假区`)

// namesZone reports whether a word is how people shorten the name of a zone:
// its runes in order, 经开区 for 云川经济技术开发区管委会.
func namesZone(word string, u corpus.Unit) bool {
	w, at := []rune(strings.TrimSuffix(strings.TrimSuffix(word, "管委会"), "管理委员会")), 0
	for _, r := range u.Name {
		if at < len(w) && w[at] == r {
			at++
		}
	}
	return len(w) >= 3 && at == len(w) && runsZone(u)
}

// runsZone reports whether a unit runs a development zone.
func runsZone(u corpus.Unit) bool {
	if strings.HasSuffix(u.Name, "监督管理委员会") {
		return false
	}
	return strings.HasSuffix(bareName(u.Name), "管委会") || endsWith([]rune(u.Name), zoneWords) || zoneWords.in([]rune(string(u.Kind)), 0, len([]rune(string(u.Kind)))) >= 0
}

// zonesApart reports whether the tables name zones beside the counties, so that
// 县（市、区）政府 does not mean them.
func (s *Set) zonesApart() bool {
	named := func(words []string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return zoneWords.in([]rune(w), 0, len([]rune(w))) >= 0 })
	}
	return slices.ContainsFunc(s.Indicators, func(i Indicator) bool { return named(i.Applies) }) ||
		slices.ContainsFunc(s.Packs, func(p Pack) bool {
			for _, names := range p.Defines {
				if named(names) {
					return true
				}
			}
			return false
		})
}
