package rules

import (
	"fmt"
	"slices"
	"strings"
)

// patternPart is a word, or one of some kinds of fact.
type patternPart struct {
	word  []rune
	kinds []FactKind
}

func patternKinds(name string) []FactKind {
	switch name {
	case "数量":
		return []FactKind{Count, Money}
	case "比例":
		return []FactKind{Rate}
	case "日期":
		return []FactKind{Day, Deadline}
	case "文号":
		return []FactKind{PaperNo}
	case "会议":
		return []FactKind{Meeting}
	case "自有文件":
		return []FactKind{OwnPaper}
	}
	return nil
}

// parsePattern reads a pattern such as "受理…{数量}…审结".
func parsePattern(p string) ([]patternPart, error) {
	var out []patternPart
	for rest := p; rest != ""; {
		before, after, found := strings.Cut(rest, "{")
		for w := range strings.SplitSeq(before, "…") {
			if w != "" {
				out = append(out, patternPart{word: foldRunes(w)})
			}
		}
		if !found {
			break
		}
		name, tail, closed := strings.Cut(after, "}")
		kinds := patternKinds(name)
		if !closed || kinds == nil {
			return nil, fmt.Errorf("pattern %q 里的 {%s} 不认识，可用 {数量} {比例} {日期} {文号} {会议} {自有文件}", p, name)
		}
		out = append(out, patternPart{kinds: kinds})
		rest = tail
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("pattern %q 是空的", p)
	}
	return out, nil
}

// matchPattern reports whether the parts stand in text in order, none further
// than gapRunes from the one before.
func matchPattern(parts []patternPart, text []rune, facts []Fact) bool {
	for start := range text {
		at, ok := start, true
		for k, p := range parts {
			limit := at + gapRunes
			if k == 0 {
				limit = at
			}
			if at = p.find(text, facts, at, limit); at < 0 {
				ok = false
				break
			}
		}
		if ok {
			return true
		}
	}
	return false
}

// find is where the part ends that begins between from and limit, or -1.
func (p patternPart) find(text []rune, facts []Fact, from, limit int) int {
	if p.word != nil {
		for i := from; i <= min(limit, len(text)-len(p.word)); i++ {
			if hasAt(text, i, p.word) {
				return i + len(p.word)
			}
		}
		return -1
	}
	for _, f := range facts {
		if f.Span.Start >= from && f.Span.Start <= limit && slices.Contains(p.kinds, f.Kind) {
			return f.Span.End
		}
	}
	return -1
}
