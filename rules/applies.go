package rules

import (
	"slices"
	"strings"

	"duibiao/corpus"
)

// reach is what a 责任单位 cell says of one unit.
type reach int

const (
	notCovered reach = iota
	covered
	unclear // 相关单位: nobody can tell from the table
)

// covers reads the words of 责任单位 of an indicator for one unit. Words that
// the pack defines are looked up first.
func (s *Set) covers(ind *Indicator, u corpus.Unit) reach {
	if len(ind.Applies) == 0 {
		return covered
	}
	out := notCovered
	for _, w := range ind.Applies {
		if base, except, ok := strings.Cut(halfBrackets.Replace(w), "("); ok && strings.Contains(except, "除外") {
			for _, name := range splitUnits(strings.TrimSuffix(strings.TrimSuffix(except, ")"), "除外")) {
				if namesUnit(name, u) {
					return notCovered
				}
			}
			w = base
		}
		if r := s.coversWord(ind.Pack, w, u); r == covered {
			return covered
		} else if r == unclear {
			out = unclear
		}
	}
	return out
}

func (s *Set) coversWord(pack, word string, u corpus.Unit) reach {
	word = strings.TrimSpace(word)
	for _, p := range s.Packs {
		if p.Name != pack {
			continue
		}
		if names, ok := p.Defines[word]; ok {
			for _, n := range names {
				if n != word && (namesUnit(n, u) || s.class(n, u) == covered) {
					return covered
				}
			}
			return notCovered
		}
	}
	if r := s.class(word, u); r != notCovered {
		return r
	}
	if namesUnit(word, u) {
		return covered
	}
	if !unitName(word) {
		return unclear // 行政复议机关, 文件制定机关: who that is the table does not say
	}
	return notCovered
}

// unitName reports whether a word of the table looks like a unit or a kind of
// unit, so that one which is not this unit is another.
func unitName(word string) bool {
	w := []rune(withoutBrackets.Replace(word))
	return len(w) > 0 && (strings.ContainsRune("局委办镇乡县区市省道会院厅科室所队中心处企司校村部组站", w[len(w)-1]) || strings.HasSuffix(string(w), "政府") || strings.HasSuffix(string(w), "部门") || strings.HasSuffix(string(w), "单位"))
}

// class reads a word that names a type of unit.
func (s *Set) class(word string, u corpus.Unit) reach {
	w := withoutBrackets.Replace(word)
	kind := unitKind(u)
	has := func(subs ...string) bool {
		return slices.ContainsFunc(subs, func(x string) bool { return strings.Contains(w, x) })
	}
	is := func(kinds ...corpus.UnitKind) reach {
		if slices.Contains(kinds, kind) {
			return covered
		}
		return notCovered
	}
	bureau := []corpus.UnitKind{corpus.Bureau, corpus.CountyBureau}
	switch {
	case w == "有执法权的部门" || has("执法部门", "执法单位", "执法机关", "执法职能", "执法职责", "执法权的", "执法主体"):
		if u.Enforces {
			return covered
		}
		return notCovered
	case has("相关", "有关"):
		return unclear
	case has("各级各部门", "各单位", "所有单位", "全部单位", "全体单位", "各级政府各部门", "各报送单位", "各责任单位", "各参评单位") || w == "全部" || w == "所有":
		return covered
	case has("市直", "市级部门", "市级各部门", "市政府部门", "市政府各部门", "市级机关"):
		return is(corpus.Bureau)
	case has("县直", "区直", "县级部门"):
		return is(corpus.CountyBureau)
	case has("乡镇", "街道", "镇街", "各镇", "各乡"):
		return is(corpus.Township)
	case has("县级政府", "县区政府", "各县", "县市区", "各区", "县政府", "功能区", "县人民政府", "县区人民政府"):
		return is(corpus.County)
	case has("市级政府", "市人民政府") && !has("部门"), w == "市政府":
		return is(corpus.CityGov)
	case has("各部门", "政府部门", "各委办局", "部门"):
		return is(bureau...)
	}
	return notCovered
}

// unitKind is the unit's type, from the roster or else from its name.
func unitKind(u corpus.Unit) corpus.UnitKind {
	if u.Kind != "" {
		return u.Kind
	}
	n := u.Name
	switch {
	case strings.HasSuffix(n, "镇") || strings.HasSuffix(n, "乡") || strings.HasSuffix(n, "街道") || strings.HasSuffix(n, "街道办事处") || strings.HasSuffix(n, "镇人民政府") || strings.HasSuffix(n, "乡人民政府"):
		return corpus.Township
	case strings.HasSuffix(n, "局") || strings.HasSuffix(n, "委") || strings.HasSuffix(n, "委员会") || strings.HasSuffix(n, "办公室") || strings.HasSuffix(n, "中心"):
		return corpus.Bureau
	case strings.HasSuffix(n, "县") || strings.HasSuffix(n, "区") || strings.HasSuffix(n, "县人民政府") || strings.HasSuffix(n, "区人民政府") || strings.HasSuffix(n, "管委会"):
		return corpus.County
	}
	return ""
}

// namesUnit reports whether a word of the table means this unit: its name, an
// alias, or either without the place before it.
func namesUnit(word string, u corpus.Unit) bool {
	word = bareName(word)
	if len([]rune(word)) < 2 {
		return false
	}
	for _, n := range append([]string{u.Name}, u.Aliases...) {
		n = bareName(n)
		if core := afterPlace(n); len([]rune(core)) >= 3 && samePlace(word, n) && (core == afterPlace(word) || shortFor(afterPlace(word), core)) {
			return true
		}
		if n == word || strings.HasSuffix(n, word) && placeBefore(strings.TrimSuffix(n, word)) || strings.HasSuffix(word, n) && len([]rune(n)) >= 3 && placeBefore(strings.TrimSuffix(word, n)) {
			return true
		}
	}
	return false
}

// placeBefore reports whether what stands before a short name is a place, so
// that 安平市司法局 is 司法局 but 城乡规划局 is not 规划局.
func placeBefore(rest string) bool {
	return rest == "" || strings.HasSuffix(rest, "市") || strings.HasSuffix(rest, "县") || strings.HasSuffix(rest, "区") || strings.HasSuffix(rest, "省") || strings.HasSuffix(rest, "镇")
}

// shortFor reports whether short is how people shorten the name of an office:
// its runes in order, the first and the last kind of body kept: 城管局, 卫健委.
func shortFor(short, full string) bool {
	a, b := []rune(short), []rune(strings.TrimSuffix(full, "员会"))
	if len(a) < 3 || len(a) > 5 || a[0] != b[0] || a[len(a)-1] != b[len(b)-1] || !strings.ContainsRune("局委办", a[len(a)-1]) {
		return false
	}
	at := 0
	for _, r := range b {
		if at < len(a) && a[at] == r {
			at++
		}
	}
	return at == len(a)
}

// afterPlace is a short name without the city or county before it:
// 市水利局 and 安平市水利局 are both 水利局.
func afterPlace(name string) string {
	r := []rune(name)
	for {
		cut := 0
		for i := 0; i < len(r)-2 && i < 6 && cut == 0; i++ {
			if strings.ContainsRune("市县区省", r[i]) && notPlace.at(r, i) == 0 && (i == 0 || notPlace.at(r, i-1) == 0) {
				cut = i + 1
			}
		}
		if cut == 0 {
			return string(r)
		}
		r = r[cut:]
	}
}

// notPlace are words with a rune that may end a place's name.
var notPlace = words(`城市 市场 市政 市容 社区 园区 景区 小区 地区 区域 都市 县域 城区`)

// samePlace reports whether two names may be of one place: a city's bureau is
// not a county's, and a place that is named must be the same.
func samePlace(a, b string) bool {
	pa, pb := strings.TrimSuffix(a, afterPlace(a)), strings.TrimSuffix(b, afterPlace(b))
	return strings.HasSuffix(pa, pb) || strings.HasSuffix(pb, pa)
}

func bareName(s string) string {
	s = strings.TrimSpace(s)
	for _, tail := range []string{"人民政府", "人民政府办公室", "办事处"} {
		if t := strings.TrimSuffix(s, tail); t != "" {
			s = t
		}
	}
	return s
}

// splitUnits splits a cell or note that lists units, leaving 县（市、区）whole.
func splitUnits(s string) []string {
	s = listWords.Replace(s)
	var units []string
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、，,；;\n\r\t /。", r) }) {
		units = append(units, splitAtAnd(w)...)
	}
	return units
}

// splitAtAnd splits at 和, 及 and 与 where what stands before is a whole unit:
// many names hold such a word, as 自然资源和规划局 does.
func splitAtAnd(w string) []string {
	var units []string
	from := 0
	for i, r := range w {
		if strings.ContainsRune("和及与", r) && endsWithAny(w[from:i], wholeEnds) {
			units = append(units, w[from:i])
			from = i + len(string(r))
		}
	}
	if from < len(w) {
		units = append(units, w[from:])
	}
	return units
}

// wholeEnds are the last words of units and of groups of them.
var wholeEnds = []string{"局", "委", "办", "府", "厅", "院", "会", "部", "部门", "单位", "机关", "镇", "乡", "街道", "中心", "公司", "队", "县", "区", "市", "所", "站", ")", "）"}

var (
	withoutBrackets = strings.NewReplacer("（市、区）", "", "(市、区)", "", "（市区）", "", "(区)", "", "（区）", "", "（场）", "", " ", "", "(", "", ")", "", "（", "", "）", "")
	halfBrackets    = strings.NewReplacer("（", "(", "）", ")")
	listWords       = strings.NewReplacer("（市、区）", "", "(市、区)", "", "（市,区）", "", "牵头单位：", "", "责任单位：", "", "配合单位：", "、", "牵头:", "", "配合:", "、", "牵头：", "", "配合：", "、")
)
