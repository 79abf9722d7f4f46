package store

import (
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Run is one run over a folder, with what it found.
type Run struct {
	Key      string // of what went in: two runs with the same key give the same results
	Started  time.Time
	Finished time.Time
	Info     []byte // JSON: counts and versions
	Rows     []Record
	Findings []Record
}

// Record is a row or a finding: its owner's JSON, beside what one may want to
// pick it by.
type Record struct {
	ID        string
	Unit      string
	Indicator string
	Check     string
	Status    string
	JSON      []byte
}

// SaveRun keeps r as the last run, in place of the one before: all of it or,
// should it fail, nothing. Of earlier runs only key, times and Info stay.
func (s *Store) SaveRun(r Run) error {
	return s.transact("run", func(tx *sql.Tx) error {
		if _, err := tx.Exec("INSERT INTO runs (name, started, finished, info) VALUES (?, ?, ?, ?)",
			r.Key, nanos(r.Started), nanos(r.Finished), notNil(r.Info)); err != nil {
			return err
		}
		if _, err := tx.Exec("DELETE FROM results"); err != nil {
			return err
		}
		insert, err := tx.Prepare(`INSERT INTO results (part, place, id, unit, indicator, kind, status, body)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?)`)
		if err != nil {
			return err
		}
		defer insert.Close()
		if err := put(insert, "row", r.Rows); err != nil {
			return err
		}
		return put(insert, "finding", r.Findings)
	})
}

func put(insert *sql.Stmt, part string, records []Record) error {
	for i, r := range records {
		if _, err := insert.Exec(part, i, r.ID, r.Unit, r.Indicator, r.Check, r.Status, notNil(r.JSON)); err != nil {
			return err
		}
	}
	return nil
}

// nanos is t as it is stored: nanoseconds since 1970, 0 for no time.
func nanos(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixNano()
}

func timeOf(nanos int64) time.Time {
	if nanos == 0 {
		return time.Time{}
	}
	return time.Unix(0, nanos)
}

// notNil is b as a column that is never NULL takes it.
func notNil(b []byte) []byte {
	if b == nil {
		return []byte{}
	}
	return b
}

// LastRun is the run that was saved last, with rows and findings in the order
// in which they were saved; ok is false when there was none.
func (s *Store) LastRun() (r Run, ok bool, err error) {
	var started, finished int64
	err = s.db.QueryRow("SELECT name, started, finished, info FROM runs ORDER BY id DESC LIMIT 1").
		Scan(&r.Key, &started, &finished, &r.Info)
	if errors.Is(err, sql.ErrNoRows) {
		return Run{}, false, nil
	}
	if err == nil {
		r.Started, r.Finished = timeOf(started), timeOf(finished)
		r.Rows, err = s.records("row")
	}
	if err == nil {
		r.Findings, err = s.records("finding")
	}
	if err != nil {
		return Run{}, false, fmt.Errorf("last run: %w", wrap(err))
	}
	return r, true, nil
}

func (s *Store) records(part string) ([]Record, error) {
	rows, err := s.db.Query("SELECT id, unit, indicator, kind, status, body FROM results WHERE part = ? ORDER BY place", part)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var records []Record
	for rows.Next() {
		var r Record
		if err := rows.Scan(&r.ID, &r.Unit, &r.Indicator, &r.Check, &r.Status, &r.JSON); err != nil {
			return nil, err
		}
		records = append(records, r)
	}
	return records, rows.Err()
}
