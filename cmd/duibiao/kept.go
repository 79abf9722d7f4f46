package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"duibiao/cmd/duibiao/output"
	"duibiao/corpus"
	"duibiao/corpus/store"
	"duibiao/rules"
)

// keep saves a report as the folder's last run, after holding it against the
// run before and the decisions of the reviewers.
func keep(st *store.Store, r *output.Report, started time.Time) error {
	before, err := kept(st)
	if err != nil {
		return err
	}
	r.Follow(before, started)
	if err := carryOver(st, r); err != nil {
		return err
	}
	if r.Decisions, err = decisions(st); err != nil {
		return err
	}
	run := store.Run{Key: r.Rounds.Key, Started: started, Finished: time.Now()}
	for _, row := range r.Rows {
		b, err := json.Marshal(row)
		if err != nil {
			return fmt.Errorf("keep the run: %w", err)
		}
		run.Rows = append(run.Rows, store.Record{ID: row.Unit + "\x1f" + row.Indicator, Unit: row.Unit,
			Indicator: row.Indicator, Status: string(row.Status), JSON: b})
	}
	for _, f := range r.Findings {
		b, err := json.Marshal(f)
		if err != nil {
			return fmt.Errorf("keep the run: %w", err)
		}
		run.Findings = append(run.Findings, store.Record{ID: f.ID, Unit: f.Unit, Indicator: f.Indicator,
			Check: f.Check, Status: string(f.Severity), JSON: b})
	}
	rest := *r
	rest.Rows, rest.Findings, rest.Decisions = nil, nil, nil // decisions have a table of their own
	if run.Info, err = json.Marshal(rest); err != nil {
		return fmt.Errorf("keep the run: %w", err)
	}
	return st.SaveRun(run)
}

// carryOver gives a finding that is the same matter as one of the round before
// what was entered about that one: who works on it until when. Opinions are of
// the words that were found then and are not carried over.
func carryOver(st *store.Store, r *output.Report) error {
	all, err := st.Decisions()
	if err != nil {
		return err
	}
	var more []store.Decision
	for _, f := range r.Findings {
		d, ok := all[r.Rounds.Was[f.ID]]
		if _, has := all[f.ID]; !ok || has {
			continue
		}
		if d.Status == string(output.Closed) || d.Status == string(output.Asked) {
			d.Status = string(output.Open) // it is still there
		}
		d.Finding, d.Review, d.Note, d.Who, d.When = f.ID, "", "", carrier, r.Rounds.At
		more = append(more, d)
	}
	return st.Decide(more...)
}

const carrier = "对标（沿用上一轮）" // who made a decision that was carried over

// decisions are the decisions in force, by finding.
func decisions(st *store.Store) (map[string]output.Decision, error) {
	all, err := st.Decisions()
	if err != nil {
		return nil, err
	}
	m := make(map[string]output.Decision, len(all))
	for id, d := range all {
		m[id] = decisionOf(d)
	}
	return m, nil
}

func decisionOf(d store.Decision) output.Decision {
	return output.Decision{Status: cmp.Or(output.DecisionStatus(d.Status), output.Open), Review: cmp.Or(output.Review(d.Review), output.Pending),
		Note: d.Note, Section: d.Section, Due: d.Due, Progress: d.Progress, Made: d.When}
}

// openReviewed opens the folder's store, and gives what its last check found,
// without decisions. The caller closes the store.
func openReviewed(f *folder) (*store.Store, *output.Report, error) {
	st, err := store.Open(f.data)
	if err != nil {
		return nil, nil, err
	}
	r, err := kept(st)
	if err == nil && r == nil {
		err = usagef("%s 还没有审查过；请先运行 duibiao check %s", f.root, f.root)
	}
	if err != nil {
		st.Close()
		return nil, nil, err
	}
	return st, r, nil
}

// lastReport is what the last check of the folder found, as the decisions made
// since leave it.
func lastReport(f *folder) (*output.Report, error) {
	st, r, err := openReviewed(f)
	if err != nil {
		return nil, err
	}
	defer st.Close()
	if r.Decisions, err = decisions(st); err != nil {
		return nil, err
	}
	r.Texts = storedTexts(f, r)
	return r.Decided(), nil
}

// storedTexts gives the papers of r as they are in the store, when they are
// first asked for.
func storedTexts(f *folder, r *output.Report) output.Texts {
	load := sync.OnceValue(func() map[string]*corpus.Document {
		m := map[string]*corpus.Document{}
		st, err := store.Open(f.data)
		if err != nil {
			return m // the report is whole without them
		}
		defer st.Close()
		for _, d := range r.Documents {
			if doc, _, ok := st.Document(d.Hash, readerKey); ok {
				m[d.ID] = doc
			}
		}
		return m
	})
	return func(id string) *corpus.Document { return load()[id] }
}

// kept is the report of the last run, without decisions; nil where there was
// none.
func kept(st *store.Store) (*output.Report, error) {
	run, ok, err := st.LastRun()
	if err != nil || !ok {
		return nil, err
	}
	var r output.Report
	if err := json.Unmarshal(run.Info, &r); err != nil {
		return nil, fmt.Errorf("read the last run: %w", err)
	}
	for _, record := range run.Rows {
		var row rules.Row
		if err := json.Unmarshal(record.JSON, &row); err != nil {
			return nil, fmt.Errorf("read the last run: %w", err)
		}
		r.Rows = append(r.Rows, row)
	}
	for _, record := range run.Findings {
		var finding rules.Finding
		if err := json.Unmarshal(record.JSON, &finding); err != nil {
			return nil, fmt.Errorf("read the last run: %w", err)
		}
		r.Findings = append(r.Findings, finding)
	}
	return &r, nil
}
