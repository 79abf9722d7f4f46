package output

import (
	"path"
	"slices"

	"duibiao/rules"
)

// matrix is the verdicts by unit and indicator. A pair without a row counts as
// 未判, so that each unit's verdicts add up to the number of indicators.
type matrix struct {
	r    *Report
	rows map[[2]string]*rules.Row
}

func (r *Report) matrix() matrix {
	m := matrix{r, make(map[[2]string]*rules.Row, len(r.Rows))}
	for i := range r.Rows {
		m.rows[[2]string{r.Rows[i].Unit, r.Rows[i].Indicator}] = &r.Rows[i]
	}
	return m
}

func (m matrix) status(unit, indicator string) rules.Status {
	if row := m.rows[[2]string{unit, indicator}]; row != nil {
		return row.Status
	}
	return rules.NotJudged
}

// tally counts verdicts in the order of verdicts, and the gaps among them.
type tally struct {
	of   [len(verdicts)]int
	gaps int
}

func (t *tally) add(s rules.Status) {
	for i, v := range verdicts {
		if v.status == s {
			t.of[i]++
		}
	}
	if s.Gap() {
		t.gaps++
	}
}

func (t *tally) plus(u tally) {
	for i := range t.of {
		t.of[i] += u.of[i]
	}
	t.gaps += u.gaps
}

func (m matrix) unit(name string) (t tally) {
	for _, x := range m.r.Indicators {
		t.add(m.status(name, x.ID))
	}
	return t
}

func (m matrix) indicator(id string) (t tally) {
	for _, u := range m.r.Units {
		t.add(m.status(u.Name, id))
	}
	return t
}

// files counts the files of each unit under review, and those of them that
// were not wholly read.
func (r *Report) files() (all, unread map[string]int) {
	all, unread = map[string]int{}, map[string]int{}
	for _, d := range r.Documents {
		if d.Shelf != "" {
			continue
		}
		all[d.Unit.Value]++
		if d.Status == Partial || d.Status == Unreadable {
			unread[d.Unit.Value]++
		}
	}
	return all, unread
}

// fileNames is what each document is called where its unit is known: the name
// of the file, or the whole id where the unit has two of that name.
func (r *Report) fileNames() map[string]string {
	type file struct{ unit, name string }
	times := map[file]int{}
	for _, d := range r.Documents {
		times[file{d.Unit.Value, path.Base(d.ID)}]++
	}
	names := make(map[string]string, len(r.Documents))
	for _, d := range r.Documents {
		names[d.ID] = d.ID
		if f := (file{d.Unit.Value, path.Base(d.ID)}); times[f] == 1 && f.unit != "" {
			names[d.ID] = f.name
		}
	}
	return names
}

func distinct(list []string) []string {
	list = slices.Clone(list)
	slices.Sort(list)
	return slices.Compact(list)
}
