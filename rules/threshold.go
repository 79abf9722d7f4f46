package rules

import "strings"

var (
	leastWords = words(`不少于 不低于 不得少于 不得低于 至少 达到 达 大于`)
	mostWords  = words(`不超过 不得超过 不多于 不高于 至多`)
)

// asked are the numbers an item asks for: its own, or those that its wording
// states.
func (ind *Indicator) asked() []Threshold {
	if len(ind.Thresholds) > 0 {
		return ind.Thresholds
	}
	return thresholdsIn(ind.Title + "。" + ind.Text)
}

// thresholdsIn reads 达到100%, 不少于2期, 至少听取1次 from an item's wording.
func thresholdsIn(wording string) []Threshold {
	t := foldRunes(wording)
	var out []Threshold
	for _, f := range scanFacts(t) {
		if f.Unit == "" || f.Value == 0 || f.Unit == "分" || f.Kind == Duration {
			continue
		}
		from, _ := clauseAt(t, f.Span.Start)
		th := Threshold{Name: measureName(t, from, f.Span.Start), Unit: f.Unit}
		switch {
		case mostWords.in(t, from, f.Span.Start) >= 0:
			th.Max, th.HasMax = f.Value, true
		case leastWords.in(t, from, f.Span.Start) >= 0 || f.Unit == "%":
			th.Min, th.HasMin = f.Value, true
		default:
			continue
		}
		out = append(out, th)
	}
	return out
}

// measureName is what a number measures: 答复率 in 按时答复率达到100%, or 数量.
func measureName(t []rune, from, to int) string {
	clause := string(t[from:to])
	if i := strings.LastIndex(clause, "率"); i >= 0 {
		r := []rune(clause[:i+len("率")])
		return string(r[max(0, len(r)-3):])
	}
	return "数量"
}
