package rules

import (
	"fmt"
	"slices"
	"strings"

	"duibiao/corpus"
)

// wrongYears holds the years of headings, opening and signature against the
// year of the title. It asks only where a paper speaks of its own year:
// "2023年度报告于2024年3月公开" is no mismatch, and neither is a heading about
// what last year's inspection found.
func wrongYears(c *Case) []Finding {
	return c.eachFile(func(f *File) []Finding {
		year := headYear(foldRunes(f.Title.Value))
		if year == 0 {
			year = atoi(f.Year.Value)
		}
		var out []Finding
		switch {
		case year > 0 && isReport(f):
			out = c.reportYears(f, year)
		case year > 0 && f.Kind.Value == string(corpus.Plan):
			out = planOpening(f, year)
		}
		if out == nil {
			out = c.wrongReport(f)
		}
		if out == nil {
			out = brokenSpan(f)
		}
		return out
	})
}

// wrongReport finds a report or plan of an earlier year that came in place of
// the one under review. Beside that of the year it may be kept for reference.
func (c *Case) wrongReport(f *File) []Finding {
	year := atoi(f.Year.Value)
	if year == 0 || year >= c.Year || !isReport(f) && f.Kind.Value != string(corpus.Plan) || c.hasOfYear(f.Kind.Value) {
		return nil
	}
	at := f.Year.Span
	if at.Len() == 0 {
		at = f.Title.Span
	}
	return []Finding{{Doc: f.ID, Severity: High, Evidence: spanEvidence(f, at), Value: fmt.Sprintf("%d年", year), Threshold: fmt.Sprintf("%d年", c.Year),
		Message: fmt.Sprintf("疑似年份不符：审查的是%d年度，这份%s是%d年度的，没有收到本单位%d年度的%s。", c.Year, f.Kind.Value, year, c.Year, f.Kind.Value),
		Ask:     fmt.Sprintf("请核对是否交错了年份，补报%d年度的材料。", c.Year)}}
}

// hasOfYear reports whether the unit has a paper of a kind of the year under
// review, or may have one in what could not be read or dated.
func (c *Case) hasOfYear(kind string) bool {
	return slices.ContainsFunc(c.Files, func(f File) bool {
		y := atoi(f.Year.Value)
		return (f.Doc == nil || f.Kind.Value == kind) && (y == 0 || y == c.Year)
	})
}

// isReport reports whether a paper tells what its unit did.
func isReport(f *File) bool {
	return f.Kind.Value == string(corpus.Annual) || f.Kind.Value == string(corpus.SelfReview)
}

func yearFinding(f *File, ev *Evidence, year, value int, where string) []Finding {
	return []Finding{{Doc: f.ID, Severity: Medium, Evidence: ev, Value: fmt.Sprintf("%d年", value), Threshold: fmt.Sprintf("%d年", year),
		Message: fmt.Sprintf("疑似年份不符：材料是%d年度的，%s写的却是%d年。", year, where, value), Ask: "请核对全文年份，确认用的不是往年的稿子。"}}
}

// reportYears looks through a report for a year of its own that is not that of
// its title.
func (c *Case) reportYears(f *File, year int) []Finding {
	var out []Finding
	bodies := 0
	midYear := f.Date.Value != "" && f.Date.Value < fmt.Sprintf("%d-11", year)
	eachSentence(f, func(ps *corpus.Passage, s corpus.Sentence) bool {
		t := foldRunes(s.Text)
		first := len(ps.Sentences) == 0 || s.Span == ps.Sentences[0].Span
		if ps.Zone == corpus.Content && first {
			bodies++
		}
		y, where := 0, ""
		switch {
		case ps.Zone == corpus.Head:
			y, where = headingYear(t, year, midYear), "小标题"
		case ps.Zone == corpus.Frame || ps.Zone == corpus.Content && bodies <= 2:
			y, where = c.openingYear(t, year), "开头"
		}
		if y == 0 && first && ps.Zone == corpus.Content && len(ps.Headings) > 0 {
			y, where = runInYear(t, ps.Headings[len(ps.Headings)-1], year, midYear), "小标题"
		}
		if y != 0 {
			out = yearFinding(f, quote(f, ps, s), year, y, where)
		}
		return out == nil
	})
	switch d := signedYear(f); {
	case out != nil || d == 0:
	case d < year || d > year+1:
		out = yearFinding(f, spanEvidence(f, f.Date.Span), year, d, "落款")
	case d == year && f.Kind.Value == string(corpus.Annual) && f.Date.Value < fmt.Sprintf("%d-%s", year, earliestAnnual) && !c.tellsPart(f):
		out = []Finding{{Doc: f.ID, Severity: Medium, Evidence: spanEvidence(f, f.Date.Span), Value: f.Date.Value, Threshold: fmt.Sprintf("%d年底以后", year),
			Message: fmt.Sprintf("疑似年份不符：材料是%d年度的报告，落款却是%s，这一年还没有过完。", year, f.Date.Value), Ask: "请核对落款日期，确认没有写错年份，用的也不是往年的稿子。"}}
	}
	return out
}

// earliestAnnual is the month and day before which a report on the running year
// can only be one on the year before, or a wrong year. Later ones may be of half
// a year.
const earliestAnnual = "04-01"

var partOfYear = words(`上半年 半年 季度 截至 截止 今年以来`)

// tellsPart reports whether a report says that it is about part of the year.
func (c *Case) tellsPart(f *File) bool {
	found := partOfYear.in(foldRunes(f.Title.Value), 0, len(foldRunes(f.Title.Value))) >= 0
	eachSentence(f, func(_ *corpus.Passage, s corpus.Sentence) bool {
		t := foldRunes(s.Text)
		found = found || partOfYear.in(t, 0, len(t)) >= 0
		return !found
	})
	return found
}

// signedYear is the year of a paper's signature, or 0 where its date was not
// taken from there.
func signedYear(f *File) int {
	if f.Date.From != "落款" {
		return 0
	}
	return atoi(strings.SplitN(f.Date.Value, "-", 2)[0])
}

// runInYear is headingYear of a heading that runs into the sentence t.
func runInYear(t []rune, heading string, year int, midYear bool) int {
	h := foldRunes(heading)
	if len(h) > len(t) || !slices.Equal(h, t[:len(h)]) {
		return 0
	}
	return headingYear(h, year, midYear)
}

// what an earlier year may do in a heading
var otherYear = words(`整改 反馈 遗留 以来 相比 对比 同比 公开 报告 发现 督察 督查 通报 指出 考核 回头看 结转 审计 巡察 巡视 评估 至 未完成 问题 建议 提案 转入 存量 接续 制定的 印发 出台 清单`)

// what the paper's own year may do in a heading that also has a word of plans
var ownPlan = words(`完成 落实情况 执行情况 推进情况 下半年 季度 实施情况 进展 月`)

// headingYear is the year in a heading when it is not the paper's: an earlier
// one over its own work, or its own or the one after next over next year's
// plan. midYear tells that
// the paper was signed before its year was out.
func headingYear(h []rune, year int, midYear bool) int {
	y, at := firstYear(h)
	if y == 0 || len(h) > 40 || strings.ContainsRune(string(h), '《') {
		return 0
	}
	plan := planHeads.in(h, 0, len(h)) >= 0
	switch {
	case y < year && y >= year-3 && at == leadNumber(h) && otherYear.in(h, 0, len(h)) < 0 && !strings.Contains(string(h), fmt.Sprint(year)):
		return y
	case y == year && plan && !midYear && ownPlan.in(h, 0, len(h)) < 0 && !strings.Contains(string(h), fmt.Sprint(year+1)):
		return y
	case y == year+2 && plan && at == leadNumber(h) && !strings.Contains(string(h), fmt.Sprint(year+1)):
		return y
	}
	return 0
}

// firstYear is headYear with the place where the year stands.
func firstYear(h []rune) (year, at int) {
	if year = headYear(h); year == 0 {
		return 0, -1
	}
	return year, indexRunes(h, 0, len(h), []rune(fmt.Sprint(year)))
}

// leadNumber is where a heading begins after its number: （四） 1. 一、
func leadNumber(h []rune) int {
	i := 0
	for i < len(h) && strings.ContainsRune("(第一二三四五六七八九十", h[i]) {
		i++
	}
	if i > 0 && i < len(h) && strings.ContainsRune(")、.章节部", h[i]) {
		for i < len(h) && strings.ContainsRune(")、.章节部分:", h[i]) {
			i++
		}
		return i
	}
	for k := 0; k < len(h) && k < 3; k++ { // 1.2024年: the number is shorter than a year
		if !isDigit(h[k]) && h[k] != '(' {
			if k > 0 && strings.ContainsRune(".、)", h[k]) {
				return k + 1
			}
			break
		}
	}
	return i
}

// what a paper's own opening says after its year
var selfOpening = words(`我 本 全 在 以 坚持 按照 认真 深入 紧紧 持续 各 根据`)

// openingYear is the year of an opening sentence, "2023年,我局…" or
// "现将2023年…报告如下", when it is not the paper's.
func (c *Case) openingYear(t []rune, year int) int {
	y, at := firstYear(t)
	if y == 0 || y >= year || y < year-3 || strings.Contains(string(t), fmt.Sprint(year)) || otherYear.in(t, 0, min(len(t), 30)) >= 0 && asFollows.in(t, 0, len(t)) < 0 {
		return 0
	}
	if at == 0 {
		k := 5
		if k < len(t) && t[k] == '度' {
			k++
		}
		if k+1 < len(t) && t[k] == ',' && (selfOpening.at(t, k+1) > 0 || c.namesItself(t[k+1:min(len(t), k+16)])) {
			return y
		}
	}
	if now := indexRunes(t, 0, len(t), []rune("现将")); now >= 0 && now < at && asFollows.in(t, at, len(t)) >= 0 {
		return y
	}
	return 0
}

var makePlan = words(`制定本方案 制定本计划 制定如下方案 制定如下计划 特制定本 制订本方案 制订本计划`)

// planOpening finds a plan that says it was made for another year: "为做好2024
// 年法治政府建设工作,制定本方案" in the plan for 2025. Titles in 《》 are the
// superior's, and may be of any year.
func planOpening(f *File, year int) []Finding {
	var out []Finding
	bodies := 0
	eachSentence(f, func(ps *corpus.Passage, s corpus.Sentence) bool {
		if ps.Zone != corpus.Content && ps.Zone != corpus.Frame {
			return true
		}
		bodies++
		t := foldRunes(scoringText(s.Text))
		made := makePlan.in(t, 0, len(t))
		y, at := firstYear(t)
		if made >= 0 && at < made && y < year && y >= year-3 && ahead.last(t, max(0, at-8), at) >= 0 && !strings.Contains(s.Text, fmt.Sprint(year)) {
			out = yearFinding(f, quote(f, ps, s), year, y, "开头")
		}
		return out == nil && bodies < 8
	})
	return out
}

var ahead = words(`做好 推进 抓好 开展 加强 深化 落实`)

// brokenSpan finds spans of years that cannot be, such as 2023—2023, which
// find-and-replace leaves behind.
func brokenSpan(f *File) []Finding {
	var out []Finding
	eachSentence(f, func(ps *corpus.Passage, s corpus.Sentence) bool {
		t := foldRunes(s.Text)
		for i := range t {
			a, b, ok := yearSpan(t, i)
			if !ok || a < b {
				continue
			}
			why := "起止是同一年，像是批量替换留下的"
			if a > b {
				why = "起年晚于止年"
			}
			out = []Finding{{Doc: f.ID, Severity: Medium, Evidence: quote(f, ps, s), Value: fmt.Sprintf("%d—%d", a, b), Threshold: "起年早于止年",
				Message: fmt.Sprintf("疑似年份不符：“%d—%d”%s。", a, b, why), Ask: "请核对年份。"}}
			return false
		}
		return true
	})
	return out
}

// yearSpan reads 2021-2025 or 2021年至2025年 at i.
func yearSpan(t []rune, i int) (from, to int, ok bool) {
	if !isDigit(t[i]) || i > 0 && (isDigit(t[i-1]) || strings.ContainsRune("-~至", t[i-1])) {
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
	if k+m+1 < len(t) && t[k+m] == '年' && (isDigit(t[k+m+1]) || strings.ContainsRune("上下第一二三四", t[k+m+1])) {
		return 0, 0, false // 2021年-2021年3月, 2021年至2021年上半年
	}
	return int(a), int(b), true
}

var asFollows = words(`报告如下 汇报如下 总结如下`)
