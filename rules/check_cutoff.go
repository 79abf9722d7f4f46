package rules

import (
	"fmt"

	"duibiao/corpus"
)

var (
	cutOff    = words(`截至 截止`)
	milestone = words(`全面完成 全部完成 均已完成 已全部 全部建成 全覆盖`) // reached by then, and final
)

const lastStaleMonth = 10 // figures up to October are stale in a paper signed in December or later

// staleCutOff: "截至8月" in a report signed in December or later: perhaps a
// draft that nobody brought up to date. A milestone reached in August is no
// fault, so the severity is low.
func staleCutOff(c *Case) []Finding {
	return c.eachFile(func(f *File) []Finding {
		year := c.year(f)
		if year == 0 || !isReport(f) || !isoDate.MatchString(f.Date.Value) || f.Date.Value < fmt.Sprintf("%d-12-01", year) {
			return nil
		}
		n := 0
		var out Finding
		eachSentence(f, func(ps *corpus.Passage, s corpus.Sentence) bool {
			if ps.Zone != corpus.Content && ps.Zone != corpus.Table && ps.Zone != corpus.Frame {
				return true
			}
			t := foldRunes(s.Text)
			month := cutOffMonth(t, year)
			if month == 0 || month > lastStaleMonth || milestone.in(t, 0, len(t)) >= 0 {
				return true
			}
			n++
			if out.Evidence == nil {
				out = Finding{Doc: f.ID, Severity: Low, Evidence: quote(f, ps, s), Value: fmt.Sprintf("截至%d月", month), Threshold: "落款" + f.Date.Value,
					Message: fmt.Sprintf("疑似陈旧截止：落款是%s，这里的情况只写到%d月", f.Date.Value, month), Ask: "请核对数字是否更新到年底；确是当时完成的事项可以保留。"}
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

// cutOffMonth is the month of "截至8月" or "截止2021年8月" in the paper's own
// year, or 0.
func cutOffMonth(t []rune, year int) int {
	at := cutOff.in(t, 0, len(t))
	if at < 0 {
		return 0
	}
	k := at + 2
	for k < len(t) && (t[k] == '到' || t[k] == '至') {
		k++
	}
	y, n := arabic(t, k)
	if n == 4 && k+4 < len(t) && t[k+4] == '年' {
		if int(y) != year {
			return 0
		}
		k += 5
	} else if hasAt(t, k, []rune("今年")) || hasAt(t, k, []rune("当年")) {
		k += 2
	}
	m, n := arabic(t, k)
	if n < 1 || n > 2 || m < 1 || m > 12 || k+n >= len(t) || t[k+n] != '月' {
		return 0
	}
	return int(m)
}
