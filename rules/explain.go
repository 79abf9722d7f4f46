package rules

import (
	"cmp"
	"fmt"
	"slices"

	"duibiao/corpus"
)

// Explanation tells how one indicator was decided on one submission.
type Explanation struct {
	Indicator Indicator
	Status    Status
	Why       string
	Notes     []string
	Terms     []TermWeight    // every term of the item, as it counts in this set
	Sentences []SentenceScore // those with a term of the item, in reading order
	Missing   []string        // what would have made it 达标, Chinese sentences; empty when it is
}

// TermWeight is one term of an item with its weight.
type TermWeight struct {
	Text   string
	Role   string // 主词 旁证 事物 必有 排除; 让开, 另有所指: takes away what it overlaps; 线索: speaks of the item only when nothing else does
	Weight float64
}

// SentenceScore is one sentence and what it is worth for the item.
type SentenceScore struct {
	Evidence
	Score  float64 // 1 and more speaks of the item
	Hits   []TermWeight
	Counts Status // what the sentence shows by itself: 达标 空泛 只有打算 雷同 不适用, or 缺项 when it counts for nothing
	Facts  []Fact // with runes of the sentence
	Reason string // why it does not count, where it does not
}

// Explain tells how the indicator with this id is decided on one submission
// alone. An unknown id is an error.
func (s *Set) Explain(id string, unit corpus.Unit, f File) (*Explanation, error) {
	at := -1
	for i := range s.Indicators {
		if s.Indicators[i].ID == id || s.Indicators[i].No == id {
			at = i
			break
		}
	}
	if at < 0 {
		return nil, fmt.Errorf("explain %s: 没有这个指标", id)
	}
	c := gather(Input{Unit: unit, Set: s, Files: []File{f}})
	row := c.row(at)
	x := &Explanation{Indicator: s.Indicators[at], Status: row.Status, Why: row.Why, Notes: row.Notes, Terms: s.engine.termsOf(int32(at))}
	if f.Doc != nil {
		x.Sentences = c.scores(at, &f)
	}
	x.Missing = wanting(row.Status)
	return x, nil
}

func wanting(st Status) []string {
	switch st {
	case Missing:
		return []string{"正文里没有一句话说到此项：可以对照上面的词，看是真的没写，还是规则缺词。"}
	case Formulaic:
		return []string{"提到了此项，但句子里没有数量、日期、文件、会议、人名地名或具体做成的事。"}
	case OnlyPromised:
		return []string{"说的都是今后：没有已经做成的事。"}
	case Copied:
		return []string{"说到此项的句子都落在相同文字里：没有本单位自己的句子。"}
	}
	return nil
}

var roleNames = [...]string{strong: "主词", weak: "旁证", object: "事物", must: "必有", never: "排除", self: "原文", unless: "让开", closer: "另有所指", hint: "线索"}

// termsOf are the terms of an item by their roles, the weightiest first.
func (e *engine) termsOf(owner int32) []TermWeight {
	type used struct {
		TermWeight
		role role
	}
	var all []used
	for i := range e.terms {
		for _, u := range e.terms[i].uses {
			if u.owner == owner && u.role != self {
				all = append(all, used{TermWeight{e.terms[i].text, roleNames[u.role], float64(u.weight)}, u.role})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b used) int { return cmp.Or(cmp.Compare(a.role, b.role), cmp.Compare(b.Weight, a.Weight)) })
	var out []TermWeight
	for _, u := range all {
		out = append(out, u.TermWeight)
	}
	return out
}

// scores lists the sentences with a term of the item, also those that fall
// short.
func (c *Case) scores(item int, f *File) []SentenceScore {
	byStart := map[int]*line{}
	for i := range c.lines {
		byStart[c.lines[i].span.Start] = &c.lines[i]
	}
	var out []SentenceScore
	eachSentence(f, func(ps *corpus.Passage, s corpus.Sentence) bool {
		text := corpus.Fold(s.Text)
		m := find(c.Set.engine.mentions(text.Runes), int32(item))
		l := byStart[s.Span.Start]
		var cl *claim
		if l != nil {
			for k := range l.claims {
				if l.claims[k].item == item {
					cl = &l.claims[k]
				}
			}
		}
		if m == nil && cl == nil {
			return true
		}
		x := SentenceScore{Evidence: *quote(f, ps, s), Counts: Missing, Facts: Facts(s.Text)}
		if m != nil {
			x.Score = m.score
			for k, h := range m.hits {
				x.Hits = append(x.Hits, TermWeight{Text: c.Set.engine.terms[h.term].text, Weight: float64(m.weights[k])})
			}
		}
		switch {
		case cl != nil:
			w := c.weigh(l, *cl)
			x.Score, x.Counts = cl.score, w.class
			if w.class == Missing {
				x.Reason = "在讲问题和不足，或者表格行里没有内容，不算写到此项"
			}
		case ps.Zone != corpus.Content && ps.Zone != corpus.Table:
			x.Reason = "在" + string(ps.Zone) + "里，不判"
		case m != nil && m.barred:
			x.Reason = "句中有排除词"
		default:
			x.Reason = "分数不够，或者这句在说别的事"
		}
		out = append(out, x)
		return true
	})
	return out
}
