package extract

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"duibiao/corpus"
)

// roster finds units by the many ways in which files and papers write them.
type roster struct {
	units []corpus.Unit
	names [][]string // by unit: its name and aliases, in the form of bare
}

func newRoster(known []corpus.Unit) *roster {
	r := &roster{units: known, names: make([][]string, len(known))}
	for i, u := range known {
		for _, n := range append([]string{u.Name}, u.Aliases...) {
			if b := bare(foldAll(n)); b != "" {
				r.names[i] = append(r.names[i], b)
			}
		}
	}
	return r
}

// bare is a folded unit name without what is written or left out at will.
func bare(key string) string {
	key = strings.TrimPrefix(key, "中共")
	for _, cut := range []struct{ from, to string }{
		{"人民政府办公室", "政府办"}, {"街道办事处", "街道"}, {"人民政府", ""}, {"县政府", "县"}, {"市政府", "市"}, {"区政府", "区"}, {"镇政府", "镇"}, {"乡政府", "乡"},
		{"工作委员会", "工委"}, {"管理委员会", "管委会"}, {"委员会办公室", "办"}, {"委员会", "委"}, {"管委会", "管委"}, {"党工委", "工委"}, {"办公室", "办"}, {"街道办", "街道"},
	} {
		if strings.HasSuffix(key, cut.from) {
			return strings.TrimSuffix(key, cut.from) + cut.to
		}
	}
	return key
}

// likeness is how surely two bare names are one unit's: 3 the same; 2 the same
// but for the places in front of one of them; 1 one short for the other.
func likeness(a, b string) int {
	if a == b {
		return 3
	}
	if len(a) > len(b) {
		a, b = b, a
	}
	if front, ok := strings.CutSuffix(b, a); ok && (endsPlace(front)) {
		return 2
	}
	if isShort(a, b) || samePlace(a, b) {
		return 1
	}
	return 0
}

// ShortFor reports whether a unit's name is another way to write a longer one:
// 县水务局 for 甲县水务局, 甲县 for 甲县人民政府. Of a run without a roster it says
// which papers are of one unit.
func ShortFor(name, longer string) bool {
	if utf8.RuneCountInString(name) >= utf8.RuneCountInString(longer) {
		return false
	}
	a, b := bare(foldAll(name)), bare(foldAll(longer))
	return likeness(a, b) >= 2 || len(a) < len(b) && isShort(a, b)
}

// samePlace reports whether a and b are both the government or the party
// committee of one place, whose name may be shortened: 示范区管委 and
// 甲市经济示范区工委.
func samePlace(a, b string) bool {
	placeA, organA := splitPlace(a)
	placeB, organB := splitPlace(b)
	if placeA == "" || placeB == "" || !governs(organA) || !governs(organB) {
		return false
	}
	if len(placeA) > len(placeB) {
		placeA, placeB = placeB, placeA
	}
	return strings.HasSuffix(placeB, placeA) || strings.HasSuffix(placeA, "区") && picks([]rune(placeA), []rune(placeB))
}

func endsPlace(s string) bool {
	return hasAny(s, []string{"省", "市", "县", "区", "旗", "州", "盟"}, strings.HasSuffix)
}

// isShort reports whether a is an abbreviation of b: its places end b's, and
// its organ picks characters of b's organ in order, the first and last alike.
// A place alone (市, 县, 区 before an organ) stands for any of its sort.
func isShort(a, b string) bool {
	placeA, organA := splitPlace(a)
	placeB, organB := splitPlace(b)
	if organA == "" || organB == "" {
		return false
	}
	if r, size := utf8.DecodeRuneInString(organA); placeA == "" && strings.ContainsRune("市县区", r) && len(organA) > size*2 {
		if !strings.HasSuffix(placeB, string(r)) {
			return false
		}
		organA = organA[size:]
	} else if !strings.HasSuffix(placeB, placeA) {
		return false
	} else if name := placeName(placeB); placeA == "" && name != "" && strings.HasPrefix(organA, name) {
		organA = organA[len(name):]
	}
	return organA == organB || picks([]rune(organA), []rune(organB))
}

// placeName is the last place of a name without what sort of place it is: 乙 of
// 甲市乙区. It is empty where that leaves less than two characters.
func placeName(place string) string {
	_, size := utf8.DecodeLastRuneInString(place)
	place = place[:len(place)-size]
	from := 0
	for i, r := range place {
		if strings.ContainsRune("省市县州盟", r) {
			from = i + utf8.RuneLen(r)
		}
	}
	if name := place[from:]; utf8.RuneCountInString(name) >= 2 {
		return name
	}
	return ""
}

// picks reports whether short's runes stand in long in order, beginning and
// ending with it.
func picks(short, long []rune) bool {
	if len(short) < 3 || len(short) >= len(long) || short[0] != long[0] || short[len(short)-1] != long[len(long)-1] {
		return false
	}
	k := 0
	for _, r := range long {
		if k < len(short) && short[k] == r {
			k++
		}
	}
	return k == len(short)
}

// find is the unit of the roster that key names, or nil when none does or
// several do equally. Of several the one whose place the path names wins.
func (r *roster) find(key string, p path) *corpus.Unit {
	for one := range strings.SplitSeq(key, "、") {
		if u := r.findOne(bare(one), p); u != nil {
			return u
		}
	}
	return nil
}

func (r *roster) findOne(name string, p path) *corpus.Unit {
	best, at, ties := 0, -1, 0
	for i, names := range r.names {
		like := 0
		for _, n := range names {
			like = max(like, likeness(name, n)*2)
		}
		if like > 0 && like < 6 && r.placed(i, p) {
			like++
		}
		switch {
		case like > best:
			best, at, ties = like, i, 0
		case like == best && like > 0:
			ties++
		}
	}
	if at < 0 || ties > 0 {
		return nil
	}
	return &r.units[at]
}

// placed reports whether a folder of the path is the place unit i belongs to.
func (r *roster) placed(i int, p path) bool {
	place, _ := splitPlace(r.names[i][0])
	for _, f := range p.folders {
		if place != "" && isUnit(f) && strings.HasSuffix(place, bare(f)) {
			return true
		}
	}
	return false
}

// inPath is the unit of the roster that the path names: the file's name first
// where it is a bureau or township of the folder's place, else the innermost
// folder, else the file's name.
func (r *roster) inPath(p path) (u *corpus.Unit, from string) {
	inName := r.named(p.name, p)
	if p.unit != "" {
		if v := r.find(p.unit, p); v != nil {
			inName = v
		}
		if p.folderUnit != "" {
			if v := r.find(bare(p.folderUnit)+p.unit, p); v != nil {
				inName = v
			}
		}
	}
	var inFolder *corpus.Unit
	for _, f := range p.folders {
		v := r.named(f, p)
		if n := nameUnit(f); n != "" {
			v = r.find(n, p)
		}
		if v != nil {
			inFolder = v
			break
		}
	}
	switch {
	case inFolder == nil && inName == nil:
		return nil, ""
	case inFolder == nil:
		return inName, "文件名"
	case inName != nil && inName != inFolder && within(inName, inFolder):
		return inName, "文件名"
	}
	return inFolder, "目录"
}

// within reports whether u is a bureau or township of the place v governs.
func within(u, v *corpus.Unit) bool {
	return strings.Contains(bare(foldAll(u.Name)), bare(foldAll(v.Name))) || u.Parent != "" && u.Parent == v.Name
}

// named is the unit one of whose names stands in text; of several the one
// with the longest, nil when two are as long.
func (r *roster) named(text string, p path) *corpus.Unit {
	if nameUnit(text) != "" {
		return nil // text names a unit by itself, which find judges
	}
	longest, at, tie := 0, -1, false
	for i, names := range r.names {
		for _, n := range names {
			if len(n) < longest || len(n) < len("甲县") || !strings.Contains(text, n) {
				continue
			}
			tie = len(n) == longest && at != i
			longest, at = len(n), i
		}
	}
	if at < 0 || tie {
		return nil
	}
	return &r.units[at]
}

// choose takes the unit from the readings. What the office itself arranged is
// trusted first: a folder or file name that the roster knows. Then the paper
// and then the path, in the order of the readings, those the roster knows
// before the others.
func (r *roster) choose(all []reading, p path, kind corpus.Kind) (corpus.Taken, corpus.UnitKind) {
	if u, from := r.inPath(p); u != nil {
		return corpus.Taken{Value: u.Name, From: from}, kindOr(u, p)
	}
	for _, o := range all {
		if o.unit != nil {
			o.Value = o.unit.Name
			return o.Taken, kindOr(o.unit, p)
		}
	}
	if len(all) == 0 {
		return corpus.Taken{}, ""
	}
	best := fullest(issuer(all, kind), all)
	if place, _ := splitPlace(foldAll(best.Value)); place == "" && best.From == "文件名" && unitKind(p.folderUnit, "") == corpus.County {
		best.Value = bare(p.folderUnit) + best.Value
	}
	return best.Taken, unitKind(best.Value, p.folderUnit)
}

// issuer is the most trusted reading. The title of a plan or notice may name
// the place it is for; then the office of that place which signed made it.
func issuer(all []reading, kind corpus.Kind) reading {
	best := all[0]
	place, organ := splitPlace(foldAll(best.Value))
	if best.From != "标题" || organ != "" || kind != corpus.Plan && kind != corpus.Notice {
		return best
	}
	for _, o := range all[1:] {
		if p, _ := splitPlace(foldAll(o.Value)); o.From == "落款" && strings.HasSuffix(p, place) {
			return o
		}
	}
	return best
}

// fullest is the longest name among the readings that are best's unit.
func fullest(best reading, all []reading) reading {
	name := bare(foldAll(best.Value))
	longest := best
	for _, o := range all {
		other := bare(foldAll(o.Value))
		if len(o.Value) > len(longest.Value) && (likeness(name, other) >= 2 || isShort(name, other)) {
			longest = o
		}
	}
	return longest
}

func kindOr(u *corpus.Unit, p path) corpus.UnitKind {
	if u.Kind != "" {
		return u.Kind
	}
	return unitKind(u.Name, p.folderUnit)
}

// unitConflicts tells which readings name another unit than the one taken. The
// folder may name the place or the office that collected, so only a reading
// that is like neither counts.
func unitConflicts(taken corpus.Taken, all []reading) []string {
	var out []string
	own := bare(foldAll(taken.Value))
	seen := map[string]bool{}
	for _, o := range all {
		name := bare(foldAll(o.Value))
		if taken.Value == "" || seen[name] || o.unit != nil && o.unit.Name == taken.Value || related(own, name) {
			continue
		}
		seen[name] = true
		out = append(out, fmt.Sprintf("单位不一致：%s为“%s”，%s为“%s”。", taken.From, taken.Value, o.From, o.Value))
	}
	return out
}

// related reports whether two readings may be one unit's or a part of it: one
// name like the other, or inside it, as a county's is in its bureau's. Of
// names joined by 、 one is enough.
func related(a, b string) bool {
	if strings.Contains(a, b) || strings.Contains(b, a) {
		return true
	}
	for x := range strings.SplitSeq(a, "、") {
		for y := range strings.SplitSeq(b, "、") {
			if likeness(bare(x), bare(y)) > 0 {
				return true
			}
		}
	}
	return false
}
