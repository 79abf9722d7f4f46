package rules

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"unicode/utf8"

	"duibiao/corpus"
)

// compilePlaceholders makes the patterns ready.
func (s *Set) compilePlaceholders() error {
	for i := range s.Placeholders {
		p := &s.Placeholders[i]
		if p.pattern != nil {
			continue
		}
		var err error
		if p.pattern, err = regexp.Compile(p.Pattern); err != nil {
			return fmt.Errorf("placeholder %s: %w", p.Pattern, err)
		}
		if tree, err := syntax.Parse(p.Pattern, syntax.Perl); err == nil {
			for _, r := range needs(tree) {
				p.needs.add([]rune{r})
			}
		}
		if p.Not != "" {
			if p.not, err = regexp.Compile(p.Not); err != nil {
				return fmt.Errorf("placeholder %s: %w", p.Not, err)
			}
		}
	}
	return nil
}

const mostNeeded = 32 // runes of a class that is worth looking for

// needs are runes of which every match of a pattern has one, or nil where that
// is not known. To look for them is quicker than to try the pattern.
func needs(re *syntax.Regexp) []rune {
	var out []rune
	switch re.Op {
	case syntax.OpLiteral:
		if re.Flags&syntax.FoldCase == 0 {
			return re.Rune[:1]
		}
	case syntax.OpCharClass:
		for i := 0; i < len(re.Rune); i += 2 {
			for r := re.Rune[i]; r <= re.Rune[i+1]; r++ {
				if out = append(out, r); len(out) > mostNeeded {
					return nil
				}
			}
		}
	case syntax.OpCapture, syntax.OpPlus:
		return needs(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return needs(re.Sub[0])
		}
	case syntax.OpConcat:
		for _, sub := range re.Sub {
			if n := needs(sub); len(n) > 0 && (out == nil || len(n) < len(out)) {
				out = n
			}
		}
	case syntax.OpAlternate:
		for _, sub := range re.Sub {
			n := needs(sub)
			if len(n) == 0 {
				return nil
			}
			out = append(out, n...)
		}
	}
	return out
}

// leftPlaceholders: something of a template was not filled in.
func leftPlaceholders(c *Case) []Finding {
	return c.eachFile(func(f *File) []Finding {
		n := 0
		var first *Evidence
		note, value := "", ""
		eachSentence(f, func(ps *corpus.Passage, s corpus.Sentence) bool {
			folded := corpus.Fold(s.Text)
			t := ""
			for i := range c.Set.Placeholders {
				p := &c.Set.Placeholders[i]
				if p.needs.by != nil && p.needs.in(folded.Runes, 0, len(folded.Runes)) < 0 {
					continue
				}
				if t == "" {
					t = folded.String()
				}
				for _, at := range p.pattern.FindAllStringIndex(t, -1) {
					if p.not != nil && p.not.MatchString(around(t, at)) {
						continue
					}
					n++
					if first == nil {
						from, to := utf8.RuneCountInString(t[:at[0]]), utf8.RuneCountInString(t[:at[1]])
						b := folded.Back(from, to)
						first, note, value = quote(f, ps, s), p.Note, string([]rune(s.Text)[b.Start:b.End])
					}
				}
			}
			return true
		})
		if first == nil {
			return nil
		}
		return []Finding{{Doc: f.ID, Severity: High, Message: fmt.Sprintf("疑似残留占位符“%s”：%s%s。", value, note, times(n)), Evidence: first, Value: fmt.Sprintf("%d处", n), Threshold: "0处", Ask: "请核对全文，把没有填的地方填上。"}}
	})
}

// around is a match with up to four runes before it and after.
func around(t string, at []int) string {
	before, after := []rune(t[:at[0]]), []rune(t[at[1]:])
	return string(before[max(0, len(before)-4):]) + t[at[0]:at[1]] + string(after[:min(4, len(after))])
}
