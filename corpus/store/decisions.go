package store

import (
	"database/sql"
	"fmt"
	"time"
)

// Decision is all that people entered about a finding, as it stood at one
// moment.
type Decision struct {
	Finding  string // the finding's id
	Status   string // how far the work on it has come
	Review   string // the reviewer's opinion of it
	Note     string
	Section  string // 责任科室
	Due      string // 完成时限
	Progress string // 整改进展
	Who      string
	When     time.Time
}

// Decide keeps decisions: all of them or, should it fail, none. Earlier ones
// on the same findings stay on record.
func (s *Store) Decide(decisions ...Decision) error {
	return s.transact("decisions", func(tx *sql.Tx) error {
		for _, d := range decisions {
			if err := decide(tx, d); err != nil {
				return err
			}
		}
		return nil
	})
}

func decide(tx *sql.Tx, d Decision) error {
	_, err := tx.Exec(`INSERT INTO decisions (finding, status, review, note, section, due, progress, who, made)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		d.Finding, d.Status, d.Review, d.Note, d.Section, d.Due, d.Progress, d.Who, nanos(d.When))
	return err
}

// Decisions is the decision in force for each finding, by its id: the one with
// the latest When and, of several with the same, the one kept last.
func (s *Store) Decisions() (map[string]Decision, error) {
	all, err := history(s.db, "")
	if err != nil {
		return nil, fmt.Errorf("decisions: %w", wrap(err))
	}
	m := make(map[string]Decision)
	for _, d := range all {
		m[d.Finding] = d
	}
	return m, nil
}

// History is all decisions ever made on a finding, in the order of their When.
func (s *Store) History(finding string) ([]Decision, error) {
	all, err := history(s.db, finding)
	if err != nil {
		return nil, fmt.Errorf("decisions on %s: %w", finding, wrap(err))
	}
	return all, nil
}

// history lists the decisions on one finding, or on all when finding is "".
func history(db *sql.DB, finding string) ([]Decision, error) {
	rows, err := db.Query(`SELECT finding, status, review, note, section, due, progress, who, made FROM decisions
		WHERE ? = '' OR finding = ? ORDER BY made, id`, finding, finding)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Decision
	for rows.Next() {
		var d Decision
		var made int64
		if err := rows.Scan(&d.Finding, &d.Status, &d.Review, &d.Note, &d.Section, &d.Due, &d.Progress, &d.Who, &made); err != nil {
			return nil, err
		}
		d.When = timeOf(made)
		all = append(all, d)
	}
	return all, rows.Err()
}
