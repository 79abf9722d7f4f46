// Package store is the store of record: one SQLite database in a data folder,
// held by one process at a time.
//
// In: documents as they are read, the rows and findings of a run, and what
// reviewers decided. Out: the same, in this run and the next. A document is
// kept under the hash of its file's content and the reader that read it, so
// that the same content is read once, wherever it lies; each Put is committed
// when it returns, so that a process killed at any moment loses nothing it was
// told is kept. Rows and findings are kept as their owners' JSON. To keep one
// more thing, add a table to schema.go and a file for it.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"modernc.org/sqlite"

	"duibiao/corpus"
)

// Store is an open data folder. Its methods may be called from several
// goroutines at once.
type Store struct {
	db   *sql.DB
	lock *os.File
	path string
}

// Errors that only a store has. Their message says what to do.
var (
	// ErrDamaged says that the database cannot be read as it is; Rebuild makes a new one.
	ErrDamaged = errors.New("data file damaged; run `duibiao check --rebuild`")
	// ErrNewer says that a later duibiao wrote the folder.
	ErrNewer = errors.New("data folder written by a newer duibiao; use that one, or run `duibiao check --rebuild`")
)

const (
	dataFile = "duibiao.db"
	lockFile = "lock"
)

// Open opens the data folder dir, which it makes when it is missing, and holds
// it until Close or the end of the process, however that comes about.
//
// Errors wrap corpus.ErrBusy when another process holds dir (the message names
// it; Open does not wait), corpus.ErrPermission, ErrDamaged or ErrNewer; those
// of all methods may also wrap syscall.ENOSPC.
func Open(dir string) (*Store, error) {
	s, err := open(dir)
	if err != nil {
		return nil, fmt.Errorf("open data folder %s: %w", dir, err)
	}
	return s, nil
}

func open(dir string) (*Store, error) {
	s, err := claim(dir)
	if err != nil {
		return nil, err
	}
	if err := s.connect(); err != nil {
		return nil, errors.Join(err, release(s.lock))
	}
	return s, nil
}

// claim makes dir and takes its lock; the database is not opened yet.
func claim(dir string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, denied(err)
	}
	lock, err := hold(filepath.Join(dir, lockFile))
	if err != nil {
		return nil, err
	}
	return &Store{lock: lock, path: filepath.Join(dir, dataFile)}, nil
}

func (s *Store) connect() error {
	if err := finish(s.path); err != nil {
		return err
	}
	if err := writable(s.path); err != nil {
		return err
	}
	db, err := sql.Open("sqlite", address(s.path))
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1) // the folder is ours alone, and so is the connection
	if err := prepare(db); err != nil {
		return errors.Join(wrap(err), db.Close())
	}
	s.db = db
	return nil
}

// writable says early and clearly what SQLite would say late.
func writable(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return denied(err)
	}
	return f.Close()
}

func denied(err error) error {
	if errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("%w: %w", corpus.ErrPermission, err)
	}
	return err
}

// address is the database at path as SQLite is told of it. The exclusive mode
// needs no shared memory, which network folders do not have.
func address(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") { // C:/…
		path = "/" + path
	}
	u := url.URL{Scheme: "file", Path: path}
	u.RawQuery = url.Values{"_pragma": {
		"busy_timeout(1000)", "locking_mode(EXCLUSIVE)", "journal_mode(WAL)", "synchronous(NORMAL)",
	}}.Encode()
	return u.String()
}

// Close gives the folder free.
func (s *Store) Close() error {
	return errors.Join(wrap(s.db.Close()), release(s.lock))
}

// wrap marks the errors of SQLite that a user can act on.
func wrap(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	var is error
	switch code := e.Code(); code & 0xFF {
	case 3, 8: // SQLITE_PERM, SQLITE_READONLY
		is = corpus.ErrPermission
	case 5, 6: // SQLITE_BUSY, SQLITE_LOCKED: a program other than duibiao has the file open
		is = corpus.ErrBusy
	case 11, 26: // SQLITE_CORRUPT, SQLITE_NOTADB
		is = ErrDamaged
	case 13: // SQLITE_FULL
		is = syscall.ENOSPC
	case 10: // SQLITE_IOERR
		if code>>8 != 19 { // SQLITE_IOERR_SHMSIZE: there is no space for the index of the log
			return err
		}
		is = syscall.ENOSPC
	default:
		return err
	}
	return fmt.Errorf("%w: %w", is, err)
}

// transact runs do in one transaction: all of it is kept or nothing.
func (s *Store) transact(what string, do func(*sql.Tx) error) error {
	tx, err := s.db.BeginTx(context.Background(), nil)
	if err == nil {
		if err = do(tx); err != nil {
			err = errors.Join(err, tx.Rollback())
		} else {
			err = tx.Commit()
		}
	}
	if err != nil {
		return fmt.Errorf("store %s: %w", what, wrap(err))
	}
	return nil
}
