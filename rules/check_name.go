package rules

import (
	"fmt"
	"slices"
	"strings"

	"duibiao/corpus"
)

var (
	// what only a paper's own unit does, straight after its name
	selfVerbs = words(`坚持 认真 高度重视 始终 切实 深入 全面 紧紧 严格 不断 持续 把 党委 党组 党工委 进一步 牢固 充分 着力 扎实 大力 法治政府建设 以习近平 政府坚持 在市委 在县委 在区委 在上级 在局党 在党委 贯彻落实 成立了 制定了 印发了 召开党`)
	ownWords  = map[string][]string{ // what a unit calls itself -> the endings of names that may
		"我局": {"局", "总队", "支队", "大队", "办公室", "委员会", "委"}, "我镇": {"镇"}, "我乡": {"乡"}, "我街道": {"街道", "办事处"}, "我办事处": {"街道", "办事处"},
		"全镇上下": {"镇"}, "全乡上下": {"乡"}, "局党组": {"局", "办公室", "委员会", "委", "中心"}, "全局上下": {"局"}, "全局干部": {"局", "委"},
	}
)

// misnamed: the paper speaks as another unit, or calls itself by another kind
// of unit's word. Partners and targets may be named freely.
func misnamed(c *Case) []Finding {
	return c.eachFile(func(f *File) []Finding {
		var out []Finding
		eachSentence(f, func(ps *corpus.Passage, s corpus.Sentence) bool {
			if ps.Zone == corpus.Letter || ps.Zone == corpus.Signature {
				return true
			}
			t := foldRunes(s.Text)
			if name := c.strangerSpeaks(f, t); name != "" {
				out = []Finding{{Doc: f.ID, Severity: High, Evidence: quote(f, ps, s), Value: name, Threshold: c.Unit.Name,
					Message: fmt.Sprintf("疑似张冠李戴：这里应写本单位（%s），写成了“%s”。", c.Unit.Name, name), Ask: "请核对全文单位名称。"}}
			} else if w := c.wrongSelf(t); w != "" {
				out = []Finding{{Doc: f.ID, Severity: High, Evidence: quote(f, ps, s), Value: w, Threshold: c.Unit.Name,
					Message: fmt.Sprintf("疑似张冠李戴：本单位是%s，文中自称“%s”。", c.Unit.Name, w), Ask: "请核对文中的自称，确认不是别的单位的稿子。"}}
			}
			return out == nil
		})
		return out
	})
}

// strangerSpeaks is the other unit that is the subject of a sentence or
// clause, as only a paper's own unit is, or "".
func (c *Case) strangerSpeaks(f *File, t []rune) string {
	for i := range t {
		if i > 0 && !clauseEnd(t[i-1]) {
			continue
		}
		for _, name := range c.strangers(f) {
			w := foldRunes(name)
			if hasAt(t, i, w) && selfVerbs.at(t, i+len(w)) > 0 {
				return name
			}
		}
		if name := c.placeSpeaks(t, i); name != "" {
			return name
		}
	}
	return ""
}

// strangers are the other units of the roster, and the units of the papers
// that this one was copied from, without what is a part of the own name.
func (c *Case) strangers(f *File) []string {
	var out []string
	put := func(name string) {
		if len([]rune(name)) >= 3 && !c.ownName(name) && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	for _, u := range c.Roster {
		if u.Name == c.Unit.Name || u.Name == c.Unit.Parent || u.Kind == corpus.CityGov {
			continue
		}
		put(u.Name)
		for _, a := range u.Aliases {
			put(a)
		}
	}
	for _, r := range f.Reuse {
		if c.Library == nil || r.Relation == corpus.FromSuperior || r.Relation == corpus.Quotation {
			continue
		}
		if s, ok := c.Library.Lookup(r.Source); ok && s != nil {
			put(s.Unit.Value)
		}
	}
	return out
}

// ownName reports whether a name is the unit's own, a part of it, or the place
// or government it belongs to.
func (c *Case) ownName(name string) bool {
	for _, own := range append([]string{c.Unit.Name, c.Unit.Parent}, c.Unit.Aliases...) {
		if own != "" && (strings.Contains(own, name) || strings.Contains(name, own) || strings.Contains(own, bareName(name))) {
			return true
		}
	}
	return false
}

var placeEnds = words(`县 区 镇 乡 街道`)

// placeSpeaks is a place that no roster knows, speaking for itself: 东陵县坚持.
func (c *Case) placeSpeaks(t []rune, i int) string {
	strange := vocabulary().strange(t[i:min(len(t), i+6)])
	for n := 1; n <= 3 && i+n < len(t); n++ {
		if !strange[n-1] {
			return ""
		}
		k := placeEnds.at(t, i+n)
		if k == 0 {
			continue
		}
		name := string(t[i : i+n+k])
		if n >= 2 && selfVerbs.at(t, i+n+k) > 0 && !c.ownName(name) && !strings.Contains(c.Unit.Name, string(t[i:i+n])) {
			return name
		}
	}
	return ""
}

// wrongSelf is the word of another kind of unit by which the paper calls
// itself, or "".
func (c *Case) wrongSelf(t []rune) string {
	if c.Unit.Name == "" || unitKind(c.Unit) == "" {
		return ""
	}
	for _, w := range []string{"我局", "我镇", "我乡", "我街道", "我办事处", "全镇上下", "全乡上下", "全局上下", "全局干部", "局党组"} {
		at := indexRunes(t, 0, len(t), []rune(w))
		if at < 0 || at > 0 && (isHan(t[at-1]) && !selfBefore.has(t[at-1])) {
			continue
		}
		if !endsWithAny(bareSelf(c.Unit.Name), ownWords[w]) {
			return w
		}
	}
	return ""
}

type runeSet string

func (s runeSet) has(r rune) bool { return strings.ContainsRune(string(s), r) }

const selfBefore runeSet = "在对为将由使让是与和及给向是,"

func bareSelf(name string) string {
	for _, tail := range []string{"人民政府", "党工委", "管委会"} {
		if t := strings.TrimSuffix(name, tail); t != "" {
			name = t
		}
	}
	return name
}

func endsWithAny(s string, ends []string) bool {
	return slices.ContainsFunc(ends, func(e string) bool { return strings.HasSuffix(s, e) })
}

// misplacedDuties: a unit promises or claims what only others can do.
func misplacedDuties(c *Case) []Finding {
	return c.eachFile(func(f *File) []Finding {
		var out []Finding
		kind := unitKind(c.Unit)
		if kind == "" {
			return nil
		}
		for _, d := range c.Set.Duties {
			if slices.Contains(d.Kinds, kind) {
				continue
			}
			eachSentence(f, func(ps *corpus.Passage, s corpus.Sentence) bool {
				t := foldRunes(s.Text)
				if ps.Zone != corpus.Content && ps.Zone != corpus.Table || !saysPart(t, d.Words, d.Not) || containsAny(string(t), d.Not) {
					return true
				}
				out = append(out, Finding{Doc: f.ID, Severity: Medium, Evidence: quote(f, ps, s), Value: string(kind), Threshold: joinKinds(d.Kinds),
					Message: "疑似职责错位：" + strings.TrimRight(d.Note, "。") + "。", Ask: "请改写成本单位职责以内的事，或写明是配合哪个部门。"})
				return false
			})
		}
		return out
	})
}

func joinKinds(kinds []corpus.UnitKind) string {
	out := make([]string, len(kinds))
	for i, k := range kinds {
		out[i] = string(k)
	}
	return strings.Join(out, "、")
}
