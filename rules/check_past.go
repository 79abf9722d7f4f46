package rules

import (
	"fmt"
	"slices"
	"strings"

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
var nameLivesOn = words(`家属院 宿舍 小区 旧址 大院 家属楼 老楼 留下 遗留 无主 改制`)

// dissolved: a body that no longer existed when the paper was written. What is
// told as history, or stands in a title, keeps its old names.
func dissolved(c *Case) []Finding {
	words := c.Set.words()
	names, bodies := words.bodies, words.bodyOf
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
				if insideName(t, i, len([]rune(word))) || quotedAt(t, i) || c.hasUnit(word) {
					continue
				}
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

// insideName reports whether a body's name at i is a part of a longer word:
// 环保部 of 环保部门, 环保局 of 应急和环保局.
func insideName(t []rune, i, n int) bool {
	if t[i+n-1] == '部' && i+n < len(t) && t[i+n] == '门' {
		return true
	}
	joined := i >= 2 && (t[i-1] == '和' || t[i-1] == '与') && isHan(t[i-2])
	return joined && !strings.ContainsRune("局委办院厅部府行会镇乡市县区站所队门位", t[i-2])
}

// hasUnit reports whether a unit of the run still goes by a name.
func (c *Case) hasUnit(name string) bool {
	return strings.Contains(c.Unit.Name, name) || slices.ContainsFunc(c.Roster.units, func(u corpus.Unit) bool { return strings.Contains(u.Name, name) })
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
			if fmt.Sprintf("%d-01-01", year) <= l.Until || says(whole, l.Words, false) == "" || says(whole, l.Newer, false) != "" {
				continue
			}
			eachSentence(f, func(ps *corpus.Passage, s corpus.Sentence) bool {
				word := says(foldRunes(scoringText(s.Text)), l.Words, true)
				if word == "" || ps.Zone == corpus.Signature {
					return true
				}
				out = append(out, staleFinding(f, quote(f, ps, s), l, word, year))
				return false
			})
		}
		return out
	})
}

func staleFinding(f *File, ev *Evidence, l Slogan, word string, year int) Finding {
	out := Finding{Doc: f.ID, Severity: Low, Evidence: ev, Value: word, Threshold: l.Until[:4] + "年以前的提法",
		Message: fmt.Sprintf("疑似口号过期：%d年的材料还在写“%s”。", year, word), Ask: "请核对提法，确认用的不是旧稿。"}
	if len(l.Newer) > 0 {
		out.Threshold = l.Newer[0]
		out.Message = fmt.Sprintf("疑似口号过期：%d年的材料还停在“%s”，全文没有“%s”等更新的提法。", year, word, l.Newer[0])
	}
	return out
}

// what follows a slogan that is told as history
var congressHistory = words(`以来 期间 总结 验收 收官 评估 成果 胜利 结束 召开 作出 提出 通过 审议 决定 首次 明确 确立 后`)

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
