package main

import (
	"encoding/json"
	"fmt"
	"time"

	"duibiao/cmd/duibiao/output"
	"duibiao/corpus/store"
	"duibiao/rules"
)

// keep saves a report as the folder's last run.
func keep(st *store.Store, r *output.Report, started time.Time) error {
	run := store.Run{Key: r.Run.Rules, Started: started, Finished: time.Now()}
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
	rest.Rows, rest.Findings = nil, nil
	var err error
	if run.Info, err = json.Marshal(rest); err != nil {
		return fmt.Errorf("keep the run: %w", err)
	}
	return st.SaveRun(run)
}

// lastReport is what the last check of the folder found.
func lastReport(f *folder) (*output.Report, error) {
	st, err := store.Open(f.data)
	if err != nil {
		return nil, err
	}
	defer st.Close()
	run, ok, err := st.LastRun()
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, usagef("%s 还没有审查过；请先运行 duibiao check %s", f.root, f.root)
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
