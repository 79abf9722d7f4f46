package rules

import (
	"slices"
	"strings"

	"duibiao/corpus"
)

// seat is where a place lies.
type seat struct{ province, city string }

// places are the places of the rules, by folded name such as 华龙区.
type places struct {
	seats   map[string][]seat
	longest map[rune]int // runes of the longest name that begins so
}

// settled are the places where units of the run lie.
type settled struct {
	home   map[string]bool // their names and those of the places above them
	cities map[string]bool // prefectures of which a place is home
}

// gazetteer knows the places of the country that are not the unit's own: what
// speaks here as the paper's own place, and is none of its home, was written
// elsewhere.
type gazetteer struct {
	*places
	run, own  settled
	itsCounty bool // the unit is a county or says in which it stands, so that no other can be above it
}

const longestPlace = 12 // runes: 积石山保安族东乡族撒拉族自治县 is longer, and not found

func placesOf(list []Place) *places {
	p := &places{map[string][]seat{}, map[rune]int{}}
	put := func(name string, s seat) {
		p.seats[name] = append(p.seats[name], s)
		if r := []rune(name); len(r) >= 2 {
			p.longest[r[0]] = max(p.longest[r[0]], min(len(r), longestPlace))
		}
	}
	for _, l := range list {
		if p.seats[l.Province] == nil {
			put(l.Province, seat{l.Province, l.Province})
		}
		if l.City != "" {
			put(l.City, seat{l.Province, l.City})
		}
		for _, county := range l.Counties {
			put(county, seat{l.Province, l.City})
		}
	}
	return p
}

// gazetteer is the places of the rules as seen from the unit.
func (c *Case) gazetteer() *gazetteer {
	g := &gazetteer{places: c.Roster.places, run: c.Roster.settled, own: settled{map[string]bool{}, map[string]bool{}}}
	g.settle(c.Unit, &g.own)
	whose := foldRunes(c.Unit.Name + "," + c.Unit.Parent)
	at := slices.IndexFunc(whose, func(x rune) bool { return x == '县' || x == '区' || x == '旗' })
	g.itsCounty = (unitKind(c.Unit) == corpus.County || at >= 2) && zones.in(whose, 0, len(whose)) < 0
	return g
}

// settle takes the places in the names of a unit for home.
func (p *places) settle(u corpus.Unit, at *settled) {
	for _, name := range append([]string{u.Name, u.Parent}, u.Aliases...) {
		r := foldRunes(name)
		for i := range r {
			for n := 2; n <= p.longest[r[i]] && i+n <= len(r); n++ {
				place := string(r[i : i+n])
				seats := p.seats[place]
				if len(seats) == 0 {
					continue
				}
				at.home[place] = true
				if len(seats) == 1 { // 和平区 lies in two prefectures: nobody knows which
					at.home[seats[0].province], at.home[seats[0].city] = true, true
					at.cities[seats[0].city] = true
				}
			}
		}
	}
}

// foreign reports whether a place of the gazetteer can be neither home nor
// above it nor below it.
func (g *gazetteer) foreign(name string, unit corpus.Unit) bool {
	seats := g.seats[name]
	if len(seats) == 0 || g.run.home[name] || g.own.home[name] || strings.Contains(unit.Name+unit.Parent, name) {
		return false
	}
	if slices.ContainsFunc(seats, func(s seat) bool { return g.run.cities[s.city] || g.own.cities[s.city] }) {
		return false
	}
	prefecture := slices.ContainsFunc(seats, func(s seat) bool { return s.city == name })
	return len(g.run.cities)+len(g.own.cities) > 0 || g.itsCounty && !prefecture
}

// at is the longest place of the gazetteer at i, after the province or
// prefecture before it, with where it ends; "" where none stands.
func (p *places) at(t []rune, i int) (name string, end int) {
	if i >= len(t) {
		return "", i
	}
	for n := min(p.longest[t[i]], len(t)-i); n >= 2; n-- {
		if place := string(t[i : i+n]); len(p.seats[place]) > 0 {
			if below, to := p.at(t, i+n); below != "" {
				return below, to
			}
			return place, i + n
		}
	}
	return "", i
}

// before is the longest place of the gazetteer that ends at i, or "".
func (p *places) before(t []rune, i int) string {
	if i < 2 || !strings.ContainsRune("县区市旗州盟", t[i-1]) {
		return ""
	}
	for n := min(longestPlace, i); n >= 2; n-- {
		if place := string(t[i-n : i]); len(p.seats[place]) > 0 {
			return place
		}
	}
	return ""
}

// zones may lie in a county that no name tells.
var zones = words(`高新区 开发区 示范区 新区 园区 经开区 功能区 管理区 度假区 风景区 管委会 管理委员会`)

var (
	// what a place's own committee or government is called after its name
	organs = words(`委、县政府 委县政府 委、区政府 委区政府 委、市政府 委市政府 人民政府 政府 党委、政府 党委政府 党委 党工委 委`)
	led    = words(`领导下 正确领导 坚强领导`)
	// a sentence with one of these tells of another place lawfully
	elsewhere = words(`一案 案例 典型案 该案 籍贯 户籍 县人 区人 市人 来自 对口 帮扶 协作 支援 跨区域 跨省 法院 检察院 公司 企业 签订 召开的 举办 举行 全国 全省 先进 模式 交流 会议在 现场会 推进会 论坛 委托 移送 异地 外地 外省 兄弟 周边 同类`)
)

// foreignPlace is the other place that a sentence speaks of as of its own, or
// "": as its subject, as whose leadership it stands under, or as that whose
// 法治政府建设 it tells of.
func (c *Case) foreignPlace(t []rune, g *gazetteer) string {
	if len(g.seats) == 0 {
		return ""
	}
	for i := range t {
		start := i == 0 || clauseEnd(t[i-1])
		if k := i; start {
			under := t[k] == '在'
			if under {
				k++
			}
			name, end := g.at(t, k)
			if name != "" && g.foreign(name, c.Unit) && g.speaks(t, i, end, under) && c.ofItself(t) {
				return name
			}
		}
		if ownCause.at(t, i) > 0 && !within(t, i) && !quotedAt(t, i) {
			from, to := clauseAt(t, i)
			if name := g.before(t, i); name != "" && g.foreign(name, c.Unit) && guiding.in(t, from, to) < 0 && c.ofItself(t) {
				return name
			}
		}
	}
	return ""
}

// ofItself reports whether a sentence that names another place can only be
// meant of the paper's own: it tells neither of both, nor of others.
func (c *Case) ofItself(t []rune) bool {
	return !c.namesItself(t) && asExample.in(t, 0, len(t)) < 0 && together.in(t, 0, len(t)) < 0 && elsewhere.in(t, 0, len(t)) < 0
}

// speaks reports whether what stands after a place's name at the beginning of
// a clause is said as only the place's own paper says it.
func (g *gazetteer) speaks(t []rune, clause, end int, under bool) bool {
	organ := organs.at(t, end)
	_, to := clauseAt(t, clause)
	if under {
		return organ > 0 && led.in(t, end, to) >= 0
	}
	k := end + organ
	return ownVoice.at(t, k) > 0 || clause == 0 && selfVerbs.at(t, k) > 0 || ownVoice.at(t, end) > 0
}

// foreignTitle is the other place whose paper the title says this is, or "".
func (c *Case) foreignTitle(t []rune, g *gazetteer) string {
	name, end := g.at(t, 0)
	if name == "" || !g.foreign(name, c.Unit) || c.namesItself(t) || end >= len(t) {
		return ""
	}
	if k := end + organs.at(t, end); k < len(t) && (isDigit(t[k]) || hasAt(t, k, []rune("关于")) || hasAt(t, k, []rune("法治"))) {
		return name
	}
	return ""
}

// unknownPlace is a place that neither roster nor gazetteer knows, of whose
// cause the paper of a place of its kind speaks as of its own, or "".
func (c *Case) unknownPlace(t []rune) string {
	ends, ok := map[corpus.UnitKind]string{corpus.County: "县区", corpus.Township: "镇乡"}[unitKind(c.Unit)]
	if !ok {
		return ""
	}
	for i := 3; i < len(t); i++ {
		if ownCause.at(t, i) == 0 || !strings.ContainsRune(ends, t[i-1]) || within(t, i) || quotedAt(t, i) {
			continue
		}
		from, to := clauseAt(t, i)
		strange := vocabulary().strange(t[from:i])
		at := i - 1
		for at > from && i-at <= 3 && strange[at-1-from] {
			at--
		}
		name := string(t[at:i])
		lead := at == from || strings.ContainsRune("为在对动进升强化抓实", t[at-1])
		if n := i - at; n >= 3 && n <= 4 && lead && guiding.in(t, from, to) < 0 && !c.ownName(name) && !strings.Contains(c.Unit.Name, string(t[at:i-1])) && c.ofItself(t) {
			return name
		}
	}
	return ""
}
