package store

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
)

// Rebuilt says what Rebuild did.
type Rebuilt struct {
	Store     *Store
	Decisions int    // how many decisions were carried over, superseded ones too
	Aside     string // where the old database was put because it is damaged or newer; "" when it could be emptied
}

// Rebuild opens dir and forgets what was read of the files; the decisions, and
// the last run, against which the next one is held, stay. A database that is damaged, or that a newer
// duibiao wrote, is put aside and not deleted, and the decisions that can be
// read in it go into a new one. Killed at any moment, it loses no decision.
// Errors are those of Open, but for ErrDamaged and ErrNewer.
func Rebuild(dir string) (Rebuilt, error) {
	r, err := rebuild(dir)
	if err != nil {
		return Rebuilt{}, fmt.Errorf("rebuild data folder %s: %w", dir, err)
	}
	return r, nil
}

func rebuild(dir string) (Rebuilt, error) {
	s, err := claim(dir)
	if err != nil {
		return Rebuilt{}, err
	}
	r := Rebuilt{Store: s}
	err = s.connect()
	if err == nil {
		err = s.empty()
		if err != nil {
			_ = s.db.Close() // it failed already, and is put aside
		}
	}
	if errors.Is(err, ErrDamaged) || errors.Is(err, ErrNewer) {
		r.Aside, err = s.replace()
	}
	if err != nil {
		return Rebuilt{}, errors.Join(err, release(s.lock))
	}
	all, err := history(s.db, "")
	if err != nil {
		return Rebuilt{}, errors.Join(wrap(err), s.Close())
	}
	r.Decisions = len(all)
	return r, nil
}

// empty forgets what was read, and then looks whether what stays is sound.
func (s *Store) empty() error {
	err := s.transact("rebuild", func(tx *sql.Tx) error {
		for _, table := range []string{"files", "documents"} {
			if _, err := tx.Exec("DELETE FROM " + table); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		_, err = s.db.Exec("VACUUM")
	}
	var verdict string
	if err == nil {
		err = s.db.QueryRow("PRAGMA integrity_check(1)").Scan(&verdict)
	}
	if err == nil && verdict != "ok" {
		err = fmt.Errorf("%w: %s", ErrDamaged, verdict)
	}
	return wrap(err)
}

// replace puts the database aside and opens a new one with its decisions. The
// new one is whole before the old one moves; see finish.
func (s *Store) replace() (aside string, err error) {
	decisions := rescued(s.path)
	fresh := &Store{path: s.path + ".new"}
	for _, part := range parts {
		if err := os.Remove(fresh.path + part); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	if err := fresh.connect(); err != nil {
		return "", err
	}
	if err := errors.Join(fresh.Decide(decisions...), fresh.db.Close()); err != nil {
		return "", err
	}
	if aside, err = putAside(s.path); err != nil {
		return "", err
	}
	return aside, s.connect() // which finishes
}

// finish ends a replacement that was cut short after the old database moved.
func finish(path string) error {
	if missing(path+".new") || !missing(path) {
		return nil
	}
	for _, part := range parts[1:] { // of the old database
		if err := os.Remove(path + part); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return denied(err)
		}
	}
	return denied(os.Rename(path+".new", path))
}

func missing(path string) bool {
	_, err := os.Stat(path)
	return errors.Is(err, fs.ErrNotExist)
}

// rescued is the decisions that can be read in the database at path, as far as
// they can.
func rescued(path string) []Decision {
	db, err := sql.Open("sqlite", address(path))
	if err != nil {
		return nil
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	_ = prepare(db) // decisions of an older database gain what they lack
	all, _ := history(db, "")
	return all
}

// parts are the endings of the files that a database has. The database itself
// comes first: as long as it lies there, nothing has moved.
var parts = [...]string{"", "-wal", "-shm"}

// putAside moves the database at path to a name that is free.
func putAside(path string) (string, error) {
	to := ""
	for n := 1; to == ""; n++ {
		if name := fmt.Sprintf("%s.damaged-%d", path, n); missing(name) {
			to = name
		}
	}
	for _, part := range parts {
		if err := os.Rename(path+part, to+part); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
	}
	return to, nil
}
