package output

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"duibiao/corpus"
	"duibiao/rules"
)

// verdict is how a status is shown and explained.
type verdict struct {
	status rules.Status
	sign   string // one character, told apart without colour
	means  string
}

// verdicts are the statuses in the order in which they are counted.
var verdicts = [...]verdict{
	{rules.Met, "√", "本单位自己的文字中，有关于该指标的、过去一年的、可以核对的事实。是否达到数量标准另行注明，不影响此项。"},
	{rules.Formulaic, "空", "有本单位的现在时或过去时表述，但没有可以核对的事实（数字与基数、本单位文件、具体会议、案例等）。"},
	{rules.OnlyPromised, "拟", "只写了打算、计划、下一步；打算中的数字和期限不作为已完成的事实。"},
	{rules.Copied, "同", "有关该指标的文字都与其他材料（上级文件、往年、范文、其他单位）相同或基本相同，疑似照搬，由审查人判断。"},
	{rules.Missing, "缺", "已读出的全部材料中，没有关于该指标的正文。只有标题、背景或“存在问题”中的一句话不算。"},
	{rules.NotApplicable, "－", "责任单位不包括该单位，或该单位说明了本年度没有发生。"},
	{rules.NotJudged, "？", "未报送、读不出或没有规则可判，因此没有下结论。不等于缺项。"},
}

func signOf(s rules.Status) string {
	for _, v := range verdicts {
		if v.status == s {
			return v.sign
		}
	}
	return "？"
}

func legend() string {
	parts := make([]string, len(verdicts))
	for i, v := range verdicts {
		parts[i] = v.sign + " " + string(v.status)
	}
	return strings.Join(parts, "　")
}

var fileWords = map[FileStatus]string{OK: "已读", OCR: "据OCR", Partial: "部分未读", Unreadable: "读不出"}

// relationWords are the relations by their names in the JSON.
var relationWords = map[corpus.Relation]string{
	corpus.FromSuperior: "上级",
	corpus.FromPeer:     "同级",
	corpus.FromPrevious: "往年",
	corpus.FromTemplate: "范文",
	corpus.FromCommon:   "同源",
	corpus.Quotation:    "引用",
}

const maxQuote = 400 // runes of a quote in a workbook: a row must fit on a page

// shorten is s without empty lines, cut to n runes with a mark that says so.
func shorten(s string, n int) string {
	if strings.Contains(s, "\n") {
		s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' }), "\n")
	}
	if len(s) <= n || utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n]) + "……"
}

// cutQuote is shorten for a quote: it is cut behind a mark of punctuation, where
// one stands in the latter half.
func cutQuote(s string, n int) string {
	short := shorten(s, n)
	cut, long := strings.CutSuffix(short, "……")
	if t := []rune(cut); long && len(t) == n {
		for i := n; i > n/2; i-- {
			if strings.ContainsRune("。；，、！？;,!?\n", t[i-1]) {
				return strings.TrimSuffix(string(t[:i]), "\n") + "……"
			}
		}
	}
	return short
}

// place is where a passage stands, for people: its headings, then page and
// paragraph.
func place(section string, l corpus.Location) string {
	if l == (corpus.Location{}) {
		return section
	}
	if section == "" {
		return l.String()
	}
	return section + "\n" + l.String()
}

// measured is the value of f beside its threshold, where that is a limit, or
// "" where the message says all there is.
func measured(f rules.Finding) string {
	limit := strings.HasPrefix(f.Threshold, "≥") || strings.HasPrefix(f.Threshold, "≤")
	switch {
	case f.Value == "" || f.Threshold != "" && !limit:
		return ""
	case !limit && strings.Contains(f.Message, f.Value):
		return ""
	case !limit:
		return "（实测" + f.Value + "）"
	}
	return "（实测" + f.Value + "，界限" + f.Threshold + "）"
}

// unreadPages says in one sentence which pages were not read, and why.
func unreadPages(list []corpus.Warning) string {
	parts := make([]string, 0, len(list))
	for _, w := range list {
		parts = append(parts, warning(w))
	}
	return strings.Join(parts, "；")
}

func warning(w corpus.Warning) string {
	if w.Page == 0 {
		return w.Message
	}
	return fmt.Sprintf("第%d页：%s", w.Page, strings.TrimSuffix(w.Message, "。"))
}

// years is what the reviewed documents are about, such as "2025年度".
func (r *Report) years() string {
	var seen []string
	for _, d := range r.Documents {
		if d.Shelf == "" && d.Year.Value != "" {
			seen = append(seen, d.Year.Value)
		}
	}
	seen = distinct(seen)
	if len(seen) == 0 || len(seen) > 3 {
		return ""
	}
	return strings.Join(seen, "、") + "年度"
}

// wholeFindings counts the findings of each unit that are about a paper or the
// unit as a whole, not about an indicator; not those that a reviewer excused.
func (r *Report) wholeFindings() map[string]int {
	m := map[string]int{}
	for _, f := range r.Findings {
		if f.Indicator == "" && !r.Decisions[f.ID].excused() {
			m[f.Unit]++
		}
	}
	return m
}
