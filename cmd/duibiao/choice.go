package main

import (
	"maps"
	"slices"
	"strings"
	"time"

	"duibiao/cmd/duibiao/output"
	"duibiao/rules"
)

// choice is the part of a report that the flags ask for. An empty list asks
// for everything.
type choice struct {
	units, indicators, statuses, severities []string
	since                                   string
}

// onlyUnits reports whether nothing but units is chosen.
func (c choice) onlyUnits() bool {
	return len(c.indicators)+len(c.statuses)+len(c.severities)+len(c.since) == 0
}

// name names a list by what was chosen for it.
func (c choice) name(as form) string {
	parts := []string{as.what}
	for _, list := range [][]string{c.units, c.indicators, c.statuses, c.severities} {
		parts = append(parts, list...)
	}
	if c.since != "" {
		parts = append(parts, c.since+"以来")
	}
	return fileName(strings.Join(parts, "-")) + as.ext
}

// from is the chosen part of r. A choice that nothing in the report has is an
// error, so that a misspelt name is not an empty list.
func (c choice) from(r *output.Report) (*output.Report, error) {
	since, err := c.check()
	if err != nil {
		return nil, err
	}
	if c.units, err = chosenUnits(r.Units, c.units); err != nil {
		return nil, err
	}
	part := *r
	part.Units = keepIf(r.Units, func(u output.Unit) bool { return chosen(c.units, u.Name) })
	part.Indicators = keepIf(r.Indicators, func(i output.Indicator) bool { return item(c.indicators, i.ID, i.No, i.Title) })
	if len(part.Indicators) == 0 && len(r.Indicators) > 0 {
		return nil, usagef("没有“%s”这项指标", strings.Join(c.indicators, "”“"))
	}
	part.Documents = keepIf(r.Documents, func(d output.Document) bool { return chosen(c.units, d.Unit.Value) })
	verdicts := keepIf(c.statuses, func(s string) bool { return slices.Contains(verdictNames(), s) })
	part.Rows = keepIf(r.Rows, func(row rules.Row) bool {
		return chosen(c.units, row.Unit) && item(c.indicators, row.Indicator, row.No, row.Title) && chosen(verdicts, string(row.Status))
	})
	part.Findings = keepIf(r.Findings, func(f rules.Finding) bool {
		return c.wants(f, since, r.Rounds.First[f.ID]) && c.inState(r, f, r.Rounds.State[f.ID])
	})
	part.Rounds.Gone = keepIf(r.Rounds.Gone, func(g output.Gone) bool { return c.wants(g.Finding, since, g.When) && c.inState(r, g.Finding, g.Round) })
	c.raise(&part)
	if !c.onlyUnits() {
		part.Rounds.Last = time.Time{} // the counts of a part would be taken for those of all
	}
	kept := map[string]bool{}
	for _, d := range part.Documents {
		kept[d.ID] = true
	}
	part.Reuse = keepIf(r.Reuse, func(x output.Reuse) bool { return kept[x.Doc] })
	return &part, nil
}

// raise puts what no longer stands among the findings of part where --status
// asks for its round: every form then shows it.
func (c choice) raise(part *output.Report) {
	part.Rounds.State = maps.Clone(part.Rounds.State)
	for _, g := range part.Rounds.Gone {
		if slices.Contains(c.statuses, string(g.Round)) {
			part.Findings = append(part.Findings, g.Finding)
			part.Rounds.State[g.ID] = g.Round
		}
	}
}

// check says what is wrong with the flags; since is the day that they name.
func (c choice) check() (since time.Time, err error) {
	known := slices.Concat(problems(), stateNames())
	for _, s := range c.statuses {
		if !slices.Contains(known, s) {
			return since, usagef("没有“%s”这种问题类型或状态；有 %s", s, strings.Join(known, "、"))
		}
	}
	for _, s := range c.severities {
		if err := oneOf("severity", s, string(rules.High), string(rules.Medium), string(rules.Low)); err != nil {
			return since, err
		}
	}
	if c.since != "" {
		if since, err = time.ParseInLocation(time.DateOnly, c.since, time.Local); err != nil {
			return since, usagef("选项 --since 应为日期，如 2026-03-01，不能是“%s”", c.since)
		}
	}
	return since, nil
}

func (c choice) wants(f rules.Finding, since, at time.Time) bool {
	return chosen(c.units, f.Unit) && item(c.indicators, f.Indicator, f.No, f.Title) &&
		chosen(c.severities, string(f.Severity)) && !at.Before(since) &&
		chosen(keepIf(c.statuses, func(s string) bool { return slices.Contains(problems(), s) }), f.Check)
}

// inState reports whether f, which stands in that round, is in one of the
// chosen states of each kind of which any is chosen.
func (c choice) inState(r *output.Report, f rules.Finding, round output.Round) bool {
	d := r.Decisions[f.ID]
	is := [...]string{d.Status.Word(), string(d.ReviewOrPending()), string(round)}
	for i, kind := range stateKinds() {
		wanted := keepIf(c.statuses, func(s string) bool { return slices.Contains(kind, s) })
		if !chosen(wanted, is[i]) {
			return false
		}
	}
	return true
}

// stateKinds are the states of findings that --status knows: 销号状态, 审查意见
// and 本轮.
func stateKinds() [3][]string {
	return [3][]string{output.Choices(), output.Reviews(), {string(output.New), string(output.Still),
		string(output.Fixed), string(output.Withdrawn), string(output.Unchecked)}}
}

func stateNames() []string {
	kinds := stateKinds()
	return slices.Concat(kinds[:]...)
}

func verdictNames() []string {
	return []string{string(rules.Met), string(rules.Formulaic), string(rules.OnlyPromised), string(rules.Copied),
		string(rules.Missing), string(rules.NotApplicable), string(rules.NotJudged)}
}

// problems are the problems that --status knows: the statuses of rows and the
// document-level checks.
func problems() []string {
	list := verdictNames()
	for _, c := range rules.Checks() {
		list = append(list, c.Name)
	}
	return list
}

func keepIf[T any](list []T, keep func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(list), func(x T) bool { return !keep(x) })
}

func item(choices []string, id, no, title string) bool {
	return len(choices) == 0 || slices.Contains(choices, id) || slices.Contains(choices, no) || title != "" && containsAny(title, choices...)
}

func chosen(choices []string, value string) bool {
	return len(choices) == 0 || slices.Contains(choices, value)
}
