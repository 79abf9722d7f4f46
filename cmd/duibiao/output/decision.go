package output

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"duibiao/rules"
)

// DecisionStatus says how far the work on a finding has come.
type DecisionStatus string

// The states of a finding.
const (
	Open   DecisionStatus = "open"
	Fixing DecisionStatus = "fixing"
	Asked  DecisionStatus = "asked" // the unit says that it is done
	Closed DecisionStatus = "closed"
)

// Review is what the reviewer thinks of a finding.
type Review string

// The opinions of a reviewer.
const (
	Pending   Review = "待核"
	Confirmed Review = "属实"
	Mistaken  Review = "误报" // the finding is wrong
	Exempted  Review = "豁免" // it is right, and the unit is not asked about it
)

// Reviews are the opinions in the order in which they are offered.
func Reviews() []string {
	return []string{string(Pending), string(Confirmed), string(Mistaken), string(Exempted)}
}

// Decision is what people entered about a finding. The zero Decision is that
// of a finding about which nobody entered anything.
type Decision struct {
	Status   DecisionStatus // "" is Open
	Review   Review         // "" is Pending
	Note     string         // the reviewer's
	Section  string         // 责任科室
	Due      string         // 完成时限
	Progress string         // 整改进展
	Made     time.Time      // when it was entered
}

// ReviewOrPending is the reviewer's opinion; where there is none, it is to
// come.
func (d Decision) ReviewOrPending() Review { return cmp.Or(d.Review, Pending) }

// excused reports whether the unit is not asked about the finding.
func (d Decision) excused() bool { return d.Review == Mistaken || d.Review == Exempted }

// settled reports whether there is nothing left to do about the finding.
func (d Decision) settled() bool { return d.Status == Closed || d.excused() }

// statusWords are the states as people know them.
var statusWords = []struct {
	status DecisionStatus
	word   string
}{{Open, "未销号"}, {Fixing, "整改中"}, {Asked, "申请销号"}, {Closed, "已销号"}}

// Choices are what 销号状态 may be in a workbook.
func Choices() []string {
	list := make([]string, len(statusWords))
	for i, w := range statusWords {
		list[i] = w.word
	}
	return list
}

// StatusOf is the state that word names in a workbook; ok is false where it
// names none.
func StatusOf(word string) (s DecisionStatus, ok bool) {
	for _, w := range statusWords {
		if w.word == word {
			return w.status, true
		}
	}
	return "", false
}

// Word is s as a workbook shows it.
func (s DecisionStatus) Word() string {
	for _, w := range statusWords {
		if w.status == s {
			return w.word
		}
	}
	return statusWords[0].word
}

// Decided is r as the reviewers' decisions leave it: a verdict that rests on a
// finding marked 误报 becomes 达标, one marked 豁免 becomes 不适用, and each says
// so. r is not changed.
func (r *Report) Decided() *Report {
	type pair struct{ unit, indicator string }
	overruled := map[pair]Decision{}
	for _, f := range r.Findings {
		if d := r.Decisions[f.ID]; d.excused() && rules.Status(f.Check).Gap() {
			overruled[pair{f.Unit, f.Indicator}] = d
		}
	}
	if len(overruled) == 0 {
		return r
	}
	o := *r
	o.Rows = slices.Clone(r.Rows)
	for i, row := range o.Rows {
		d, ok := overruled[pair{row.Unit, row.Indicator}]
		if !ok || !row.Status.Gap() {
			continue
		}
		o.Rows[i].Status, o.Rows[i].Why = rules.NotApplicable, overruling("豁免", row.Status, d.Note)
		if d.Review == Mistaken {
			o.Rows[i].Status, o.Rows[i].Why = rules.Met, overruling("误报", row.Status, d.Note)
		}
	}
	return &o
}

func overruling(as string, was rules.Status, note string) string {
	if note != "" {
		note = "：" + note
	}
	return fmt.Sprintf("程序判为%s，审查人核定为%s%s。", was, as, note)
}
