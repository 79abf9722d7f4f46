package rules

import (
	"fmt"
	"strings"

	"duibiao/corpus"
)

// wrongYears holds the years of headings, opening and signature against the
// year of the title. It asks only where a paper speaks of its own year:
// "2023年度报告于2024年3月公开" is no mismatch.
func wrongYears(c *Case) []Finding {
	return c.eachFile(func(f *File) []Finding {
		year := headYear(foldRunes(f.Title.Value))
		if year == 0 {
			year = atoi(f.Year.Value)
		}
		if year == 0 {
			return nil
		}
		say := func(ev *Evidence, value int, where string) []Finding {
			return []Finding{{Doc: f.ID, Severity: Medium, Message: fmt.Sprintf("疑似年份不符：标题是%d年，%s却是%d年。", year, where, value), Evidence: ev,
				Value: fmt.Sprint(value), Threshold: fmt.Sprint(year), Ask: "请核对全文年份，确认用的不是往年的稿子。"}}
		}
		if isPlan(f) {
			return brokenSpan(f)
		}
		var out []Finding
		bodies := 0
		eachSentence(f, func(ps *corpus.Passage, s corpus.Sentence) bool {
			t := foldRunes(s.Text)
			if ps.Zone == corpus.Content {
				bodies++
			}
			y, where := 0, ""
			switch {
			case ps.Zone == corpus.Head:
				y, where = headingYear(t, year), "小标题"
			case ps.Zone == corpus.Frame || bodies <= 3:
				y, where = openingYear(t, year), "开头"
			}
			if y != 0 {
				out = say(quote(f, ps, s), y, where)
			}
			return out == nil
		})
		if out != nil {
			return out
		}
		if out := runInYear(f, year, say); out != nil {
			return out
		}
		if d := atoi(strings.SplitN(f.Date.Value, "-", 2)[0]); d > 0 && (d < year || d > year+1) {
			return say(nil, d, "落款")
		}
		return brokenSpan(f)
	})
}

// runInYear looks at headings that run into a paragraph.
func runInYear(f *File, year int, say func(*Evidence, int, string) []Finding) []Finding {
	for i := range f.Passages {
		ps := &f.Passages[i]
		for _, h := range ps.Headings {
			if y := headingYear(foldRunes(h), year); y != 0 && ps.Zone == corpus.Content && len(ps.Sentences) > 0 {
				return say(quote(f, ps, ps.Sentences[0]), y, "小标题")
			}
		}
	}
	return nil
}

var ownWork = words(`工作开展情况 主要举措 主要做法 工作成效 主要成效 主要工作 工作情况 工作总结 回顾 成效 举措`)

// headingYear is the year in a heading when it is not the paper's: an earlier
// one over its own work, or its own over next year's plan.
func headingYear(h []rune, year int) int {
	y := headYear(h)
	plan := planHeads.in(h, 0, len(h)) >= 0
	switch {
	case y == 0 || len(h) > 40:
		return 0
	case y < year && y >= year-3 && (plan || ownWork.in(h, 0, len(h)) >= 0):
		return y
	case y == year && plan:
		return y
	}
	return 0
}

// openingYear is the year of an opening sentence, "2023年,我局…" or
// "现将2023年…报告如下", when it is not the paper's.
func openingYear(t []rune, year int) int {
	y := headYear(t)
	if y == 0 || y == year || strings.Contains(string(t), fmt.Sprint(year)) {
		return 0
	}
	opening := len(t) > 6 && isDigit(t[0]) && (t[5] == ',' || t[5] == '度' && t[6] == ',')
	report := asFollows.in(t, 0, len(t)) >= 0 && strings.Contains(string(t), "现将")
	if opening || report {
		return y
	}
	return 0
}

// brokenSpan finds spans of years that cannot be, such as 2023—2023, which
// find-and-replace leaves behind.
func brokenSpan(f *File) []Finding {
	var out []Finding
	eachSentence(f, func(ps *corpus.Passage, s corpus.Sentence) bool {
		t := foldRunes(s.Text)
		for i := range t {
			a, b, ok := yearSpan(t, i)
			if ok && a >= b {
				out = []Finding{{Doc: f.ID, Severity: Medium, Message: fmt.Sprintf("疑似年份不符：“%d—%d”不是一段年份，像是批量替换留下的。", a, b), Evidence: quote(f, ps, s),
					Value: fmt.Sprintf("%d—%d", a, b), Threshold: "起年早于止年", Ask: "请核对年份。"}}
				return false
			}
		}
		return true
	})
	return out
}

// yearSpan reads 2021-2025 or 2021年至2025年 at i.
func yearSpan(t []rune, i int) (from, to int, ok bool) {
	if !isDigit(t[i]) || i > 0 && isDigit(t[i-1]) {
		return 0, 0, false
	}
	a, n := arabic(t, i)
	k := i + n
	if k < len(t) && t[k] == '年' {
		k++
	}
	dash := k
	for k < len(t) && strings.ContainsRune("-~至", t[k]) {
		k++
	}
	if n != 4 || k == dash || k >= len(t) || a < 1990 || a > 2100 {
		return 0, 0, false
	}
	b, m := arabic(t, k)
	if m != 4 || b < 1990 || b > 2100 || k+m >= len(t) || t[k+m] != '年' && t[k+m] != ')' {
		return 0, 0, false
	}
	if k+m+1 < len(t) && t[k+m] == '年' && isDigit(t[k+m+1]) {
		return 0, 0, false // 2021年-2021年3月
	}
	return int(a), int(b), true
}

var asFollows = words(`报告如下 汇报如下 总结如下`)
