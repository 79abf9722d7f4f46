package rules

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Lint finds what is written correctly but probably not meant: items without
// words, words that are too general or stand in many items, exemptions of
// items that are not there. Each line is one Chinese sentence, "file: …".
func (s *Set) Lint() []string {
	var out []string
	shared := map[string][]string{}
	for i := range s.Indicators {
		ind := &s.Indicators[i]
		if len(ind.Topics) == 0 && ind.Terms.empty() && len(ind.Patterns) == 0 {
			out = append(out, fmt.Sprintf("%s: 没有任何可用来对照的词", ind.where()))
		}
		for _, w := range slices.Concat(ind.Terms.Any, ind.Terms.Object) {
			if generic[w] {
				out = append(out, fmt.Sprintf("%s: “%s”太笼统，单独出现会误认", ind.where(), w))
			}
		}
		for _, w := range ind.Terms.Any {
			if !unwritten(w) {
				shared[w] = append(shared[w], ind.ID)
			}
		}
		if len(ind.Basis) == 0 && !s.imported(ind.Pack) {
			out = append(out, fmt.Sprintf("%s: 没有写依据（basis）", ind.where()))
		}
	}
	var words []string
	for w, ids := range shared {
		if len(ids) > 3 {
			words = append(words, w)
		}
	}
	slices.Sort(words)
	for _, w := range words {
		out = append(out, fmt.Sprintf("%s 等%d条规则都把“%s”当主词，分不清说的是哪一条", shared[w][0], len(shared[w]), w))
	}
	for _, e := range slices.Concat(s.Exemptions, s.Expired) {
		if e.Item != "" && !slices.ContainsFunc(s.Indicators, func(i Indicator) bool { return e.Item == i.ID || e.Item == i.No || e.Item == i.Title }) {
			out = append(out, fmt.Sprintf("%s: 豁免的指标“%s”不在规则里", e.Where, e.Item))
		}
	}
	return out
}

// where is the indicator's file, or its id where it has none.
func (i *Indicator) where() string { return cmp.Or(i.File, i.ID) }

func (s *Set) imported(pack string) bool {
	return slices.ContainsFunc(s.Packs, func(p Pack) bool { return p.Name == pack && p.Imported })
}

// toWrite begins what an author has still to write.
const toWrite = "请补写"

func unwritten(s string) bool { return strings.Contains(s, toWrite) }

// Unfinished tells what authors have still to write: what `rules new` left for
// them, and the examples that a rule lacks. Each line is one Chinese sentence,
// "file: …".
func (s *Set) Unfinished() []string {
	var out, bare []string
	for i := range s.Indicators {
		ind := &s.Indicators[i]
		for _, k := range []struct {
			key    string
			values []string
		}{
			{"title", []string{ind.Title}}, {"level1", []string{ind.Level1}}, {"level2", []string{ind.Level2}}, {"text", []string{ind.Text}},
			{"basis", ind.Basis}, {"applies", ind.Applies},
			{"terms.any", ind.Terms.Any}, {"terms.some", ind.Terms.Some}, {"terms.object", ind.Terms.Object},
		} {
			if slices.ContainsFunc(k.values, unwritten) {
				out = append(out, fmt.Sprintf("%s: %s %s：%s", ind.where(), toWrite, k.key, aboutKey("indicator."+k.key)))
			}
		}
		for _, e := range ind.Examples {
			if unwritten(e.Text) {
				out = append(out, fmt.Sprintf("%s:%d: %s examples 里%s的例子", ind.where(), e.Line, toWrite, e.Status))
			}
		}
		if len(ind.Examples) == 0 {
			bare = append(bare, ind.where())
		} else if lack := lacking(ind.Examples); len(lack) > 0 {
			out = append(out, fmt.Sprintf("%s: 缺少例子：%s", ind.where(), strings.Join(lack, "、")))
		}
	}
	if len(bare) > 0 {
		out = append(out, fmt.Sprintf("%d 项还没有任何例子（%s、%s、%s各要一个）：%s", len(bare), aGood, aFault, anUnrelated, strings.Join(bare, "、")))
	}
	return out
}

// lacking are the sorts of example that a rule should have and has not.
func lacking(examples []Example) []string {
	has := map[string]bool{}
	for _, e := range examples {
		switch {
		case e.Status == Met || e.Status == NotApplicable:
			has[aGood] = true
		case e.Status == Unrelated || e.Status == Missing:
			has[anUnrelated] = true
		default:
			has[aFault] = true
		}
	}
	return slices.DeleteFunc([]string{aGood, aFault, anUnrelated}, func(sort string) bool { return has[sort] })
}

// The sorts of example that every rule should have.
const (
	aGood       = "达标"
	aFault      = "毛病（空泛或只有打算）"
	anUnrelated = "无关"
)
