package rules

import (
	"slices"
	"strings"

	"duibiao/corpus"
)

// unitName reports whether a word of the table looks like a unit or a kind of
// unit, so that one which is not this unit is another.
func unitName(word string) bool {
	w := []rune(withoutBrackets.Replace(word))
	return len(w) > 0 && (strings.ContainsRune("局委办镇乡县区市省道会院厅科室所队中心处企司校村部组站社团联馆", w[len(w)-1]) || strings.HasSuffix(string(w), "政府"))
}

// unitKind is the unit's type, from the roster or else from its name.
func unitKind(u corpus.Unit) corpus.UnitKind {
	if u.Kind != "" {
		return u.Kind
	}
	n := u.Name
	switch {
	case runsZone(u):
		return corpus.County
	case strings.HasSuffix(n, "镇") || strings.HasSuffix(n, "乡") || strings.HasSuffix(n, "街道") || strings.HasSuffix(n, "街道办事处") || strings.HasSuffix(n, "街道办") || strings.HasSuffix(n, "镇人民政府") || strings.HasSuffix(n, "乡人民政府"):
		return corpus.Township
	case strings.HasSuffix(n, "局") || strings.HasSuffix(n, "委") || strings.HasSuffix(n, "委员会") || strings.HasSuffix(n, "办公室") || strings.HasSuffix(n, "办") || strings.HasSuffix(n, "中心"):
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
		if n == word || strings.HasSuffix(n, word) && (placeBefore(strings.TrimSuffix(n, word)) || len([]rune(word)) >= wholeName) || strings.HasSuffix(word, n) && len([]rune(n)) >= 3 && placeBefore(strings.TrimSuffix(word, n)) {
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
	if len(a) < 3 || len(a) > 5 || a[0] != b[0] || a[len(a)-1] != b[len(b)-1] || !strings.ContainsRune("局委办队", a[len(a)-1]) {
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
			governs := hasAt(r, i, []rune("市政务")) || hasAt(r, i, []rune("市政府"))
			if strings.ContainsRune("市县区省", r[i]) && (governs || notPlace.at(r, i) == 0) && (i == 0 || notPlace.at(r, i-1) == 0) {
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
var notPlace = words(`城市 市场 市监 市政 市容 社区 园区 景区 小区 地区 区域 都市 县域 城区`)

// samePlace reports whether two names may be of one place: a city's bureau is
// not a county's, and a place that is named must be the same.
func samePlace(a, b string) bool {
	pa, pb := strings.TrimSuffix(a, afterPlace(a)), strings.TrimSuffix(b, afterPlace(b))
	return strings.HasSuffix(pa, pb) || strings.HasSuffix(pb, pa)
}

// wholeName is the length in runes from which a name at the end of a longer
// one is no part of another word.
const wholeName = 8

func bareName(s string) string {
	s = strings.TrimSpace(s)
	for _, tail := range []string{"管理委员会", "管理办公室"} {
		if t, ok := strings.CutSuffix(s, tail); ok && (tail == "管理委员会" && t != "" && !strings.HasSuffix(t, "监督") || endsWith([]rune(t), zoneWords)) {
			s = t + "管委会"
		}
	}
	for _, tail := range []string{"人民政府", "政府", "人民政府办公室", "办事处"} {
		if t := strings.TrimSuffix(s, tail); t != "" {
			s = t
		}
	}
	return s
}

// named are the units that a word names.
func (d *duties) named(word string) group {
	word = withoutBrackets.Replace(word)
	exact := d.where(func(u *corpus.Unit) bool {
		return u.Name == word || slices.Contains(u.Aliases, word) || bareName(u.Name) == bareName(word)
	})
	if exact.size() > 0 {
		return exact
	}
	elsewhere := func(u *corpus.Unit) bool { // 岚口市司法局 is not the city's own where 岚口市 is one of its counties
		return slices.ContainsFunc(d.units, func(c corpus.Unit) bool {
			place := bareName(c.Name)
			return dutyKind(&c) == corpus.County && strings.HasPrefix(word, place) && len(word) > len(place) && !strings.HasPrefix(u.Name, place)
		})
	}
	if g := d.where(func(u *corpus.Unit) bool {
		return (namesUnit(word, *u) || plainName(u.Name) == plainName(word) && samePlaceOrNone(word, u.Name)) && !elsewhere(u)
	}); g.size() > 0 {
		return g
	}
	return d.where(func(u *corpus.Unit) bool {
		stem := placeStem(u.Name)
		return len([]rune(word)) >= 2 && (dutyKind(u) == corpus.Township || dutyKind(u) == corpus.County) && (stem == word || strings.HasSuffix(stem, word) && placeBefore(strings.TrimSuffix(stem, word)))
	})
}

// shortly is the one unit whose name a word shortens, or that the roster has
// in a shorter form: 资规局, 团县委, 城投集团, 县市场监督管理局 for 市监局. Where
// two names fit alike it is none.
func (d *duties) shortly(word string) group {
	w := plainName(word)
	short := []rune(w)
	best, at, tie := 0, -1, false
	for i, u := range d.units {
		cost := 0
		for _, n := range append([]string{u.Name}, u.Aliases...) {
			c := shortens(w, plainName(n))
			if c == 0 && len(short) > 3 && strings.ContainsRune("市县区", short[0]) { // 市政数局
				c = shortens(string(short[1:]), plainName(n))
			}
			if c > 0 && (cost == 0 || c < cost) && samePlaceOrNone(word, n) {
				cost = c
			}
		}
		switch {
		case cost == 0:
		case at < 0 || cost < best:
			best, at, tie = cost, i, false
		case cost == best:
			tie = true
		}
	}
	g := d.none()
	if at >= 0 && !tie {
		g.in[at] = true
	}
	return g
}

// plainName is the name of an office without its place, its kind shortened.
func plainName(name string) string {
	name = withoutBrackets.Replace(name)
	if _, of, ok := strings.Cut(name, "共青团"); ok && of != "" { // 共青团安渠县委员会, 团县委
		for _, place := range []string{"市", "县", "区", "州"} {
			if strings.Contains(of, place+"委") {
				return "团" + place + "委"
			}
		}
	}
	plain := kindsShort.Replace(afterPlace(bareName(name)))
	for _, lead := range []string{"人民政府", "政府"} { // 市政府国有资产监督管理委员会
		if rest, ok := strings.CutPrefix(plain, lead); ok && len([]rune(rest)) >= 4 {
			return rest
		}
	}
	return plain
}

var kindsShort = strings.NewReplacer("委员会", "委", "办公室", "办", "有限责任公司", "公司", "股份有限公司", "公司", "有限公司", "公司", "集团公司", "集团", "中国共产主义青年团", "团", "共青团", "团", "妇女联合会", "妇联", "环境保护局", "生态环境局", "环保局", "生态环境局", "国土局", "自然资源局", "国土资源局", "自然资源局", "工商局", "市场监督管理局", "审批局", "行政审批局", "法制办", "司法局")

// shortens says how far a word is from a name that it shortens, its runes in
// order: 0 when it does not, else 1 and what it leaves out.
func shortens(word, name string) int {
	a, b := []rune(word), []rune(name)
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < 2 || len(b) < 3 {
		return 0
	}
	first, at := -1, 0
	for i, r := range b {
		if at < len(a) && a[at] == r {
			if at == 0 {
				first = i
			}
			at++
		}
	}
	if at < len(a) {
		return 0
	}
	ended := a[len(a)-1] == b[len(b)-1]
	if !ended && strings.ContainsRune("局委办院会厅处队府", a[len(a)-1]) && !strings.Contains(string(b), string(a)) && !strings.HasSuffix(string(b), "公司") && !strings.HasSuffix(string(b), "集团") {
		return 0
	}
	if first > 0 && len(a) > 2 && !ended && !strings.Contains(string(b), string(a)) {
		return 0
	}
	cost := 1 + len(b) - len(a)
	if first > 0 {
		cost += 10
	}
	if !ended {
		cost += 5
	}
	return cost
}

// samePlaceOrNone reports whether two names may be of one place, as far as both
// tell it.
func samePlaceOrNone(a, b string) bool {
	a, b = bareName(withoutBrackets.Replace(a)), bareName(b)
	return a == afterPlace(a) || b == afterPlace(b) || samePlace(a, b)
}
