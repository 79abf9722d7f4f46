package rules

import (
	"fmt"

	"duibiao/corpus"
)

// signedOn is the day by which a paper is held against dated facts: that of
// its signature, else the last of its year, or "".
func (c *Case) signedOn(f *File) string {
	if isoDate.MatchString(f.Date.Value) {
		return f.Date.Value
	}
	if y := c.year(f); y > 0 {
		return fmt.Sprintf("%d-12-31", y)
	}
	return ""
}

// where an old name lives on, although the body does not
var nameLivesOn = words(`家属院 宿舍 小区 旧址 大院 家属楼 老楼`)

// dissolved: a body that no longer existed when the paper was written. What is
// told as history, or stands in a title, keeps its old names.
func dissolved(c *Case) []Finding {
	names, bodies := lexicon{}, map[string]Body{}
	for _, b := range c.Set.Bodies {
		for _, w := range append([]string{b.Name}, b.Words...) {
			r := foldRunes(w)
			names.add(r)
			bodies[string(r)] = b
		}
	}
	return c.eachFile(func(f *File) []Finding {
		when := c.signedOn(f)
		if when == "" {
			return nil
		}
		n := 0
		var out Finding
		eachSentence(f, func(ps *corpus.Passage, s corpus.Sentence) bool {
			t := foldRunes(scoringText(s.Text))
			if ps.Zone == corpus.Signature || tellsHistory(t) || nameLivesOn.in(t, 0, len(t)) >= 0 {
				return true
			}
			for i := names.in(t, 0, len(t)); i >= 0; i = names.in(t, i+1, len(t)) {
				word := string(t[i : i+names.at(t, i)])
				b := bodies[word]
				if y, _ := firstYear(t); when <= b.Until || y > 0 && y <= atoi(b.Until[:4]) {
					continue
				}
				n++
				if out.Evidence == nil {
					out = Finding{Doc: f.ID, Severity: Medium, Evidence: quote(f, ps, s), Value: word, Threshold: b.Instead,
						Message: fmt.Sprintf("疑似提到已经不存在的机构“%s”：%s年底以前已撤销或改名，现为%s", word, b.Until[:4], b.Instead), Ask: "请核对机构名称，确认用的不是旧稿。"}
				}
				i += len([]rune(word)) - 1
			}
			return true
		})
		if out.Evidence == nil {
			return nil
		}
		out.Message += times(n) + "。"
		return []Finding{out}
	})
}

// stale: a slogan of an earlier congress or outline with no newer one anywhere
// in the paper. "党的十八大以来" tells a period, and is never out of date.
func stale(c *Case) []Finding {
	return c.eachFile(func(f *File) []Finding {
		year := c.year(f)
		if year == 0 || f.Kind.Value == string(corpus.Other) {
			return nil
		}
		whole := foldRunes(f.Doc.String())
		var out []Finding
		for _, l := range c.Set.Slogans {
			if fmt.Sprintf("%d-01-01", year) <= l.Until || says(whole, l.Newer, false) != "" {
				continue
			}
			eachSentence(f, func(ps *corpus.Passage, s corpus.Sentence) bool {
				word := says(foldRunes(scoringText(s.Text)), l.Words, true)
				if word == "" || ps.Zone == corpus.Signature {
					return true
				}
				out = append(out, Finding{Doc: f.ID, Severity: Low, Evidence: quote(f, ps, s), Value: word, Threshold: l.Newer[0],
					Message: fmt.Sprintf("疑似口号过期：%d年的材料还停在“%s”，全文没有“%s”等更新的提法。", year, word, l.Newer[0]), Ask: "请核对提法，确认用的不是旧稿。"})
				return false
			})
		}
		return out
	})
}

// what follows a congress that is told as history
var congressHistory = words(`以来 召开 作出 提出 通过 审议 决定 首次 明确 确立 后`)

// says is the first word of the list that stands in t, or "". With current
// set, one that is told as history does not count.
func says(t []rune, list []string, current bool) string {
	for _, w := range list {
		r := foldRunes(w)
		for i := range t {
			if hasAt(t, i, r) && !(current && (congressHistory.in(t, i+len(r), i+len(r)+10) >= 0)) {
				return w
			}
		}
	}
	return ""
}
