package store

import (
	"database/sql"
	"fmt"
)

// schema is the tables, one step a version: step i makes version i+1 out of
// version i. A step that was released is never changed; a new one is added.
var schema = [...]string{`
CREATE TABLE files (
	path   TEXT PRIMARY KEY,
	size   INTEGER NOT NULL,
	mtime  INTEGER NOT NULL, -- nanoseconds since 1970
	seen   INTEGER NOT NULL, -- when the content was hashed, likewise
	hash   TEXT NOT NULL
);
CREATE TABLE documents (
	hash    TEXT NOT NULL,   -- of the file's content
	reader  TEXT NOT NULL,
	status  TEXT NOT NULL,   -- ok, partial or unreadable
	code    TEXT NOT NULL,   -- names the reason when unreadable
	message TEXT NOT NULL,   -- the reason in full
	body    BLOB,            -- the document's JSON, gzip; NULL when unreadable
	PRIMARY KEY (hash, reader)
);
CREATE TABLE runs (
	id       INTEGER PRIMARY KEY,
	name     TEXT NOT NULL,  -- the run's key
	started  INTEGER NOT NULL,
	finished INTEGER NOT NULL,
	info     BLOB NOT NULL   -- JSON: counts and versions
);
CREATE TABLE results (       -- of the last run
	part      TEXT NOT NULL, -- row or finding
	place     INTEGER NOT NULL,
	id        TEXT NOT NULL,
	unit      TEXT NOT NULL,
	indicator TEXT NOT NULL,
	kind      TEXT NOT NULL, -- the check of a finding
	status    TEXT NOT NULL,
	body      BLOB NOT NULL, -- JSON
	PRIMARY KEY (part, place)
);
CREATE TABLE decisions (     -- all that were ever made
	id      INTEGER PRIMARY KEY,
	finding TEXT NOT NULL,
	status  TEXT NOT NULL,
	note    TEXT NOT NULL,
	who     TEXT NOT NULL,
	made    INTEGER NOT NULL
);
CREATE INDEX decisions_by_finding ON decisions (finding);
CREATE TABLE meta (
	name  TEXT PRIMARY KEY,
	value BLOB NOT NULL
);
`, `
ALTER TABLE decisions ADD COLUMN review   TEXT NOT NULL DEFAULT ''; -- of the reviewer
ALTER TABLE decisions ADD COLUMN section  TEXT NOT NULL DEFAULT ''; -- 责任科室
ALTER TABLE decisions ADD COLUMN due      TEXT NOT NULL DEFAULT ''; -- 完成时限
ALTER TABLE decisions ADD COLUMN progress TEXT NOT NULL DEFAULT ''; -- 整改进展
DROP TABLE meta;
`}

// prepare brings a database to the present version.
func prepare(db *sql.DB) error {
	var version int
	if err := db.QueryRow("PRAGMA user_version").Scan(&version); err != nil {
		return err
	}
	if version > len(schema) {
		return fmt.Errorf("schema %d, known %d: %w", version, len(schema), ErrNewer)
	}
	if version == len(schema) {
		return sound(db)
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback()
	for ; version < len(schema); version++ {
		if _, err := tx.Exec(schema[version]); err != nil {
			return err
		}
	}
	if _, err := tx.Exec(fmt.Sprintf("PRAGMA user_version = %d", version)); err != nil {
		return err
	}
	return tx.Commit()
}

// sound looks into each table, so that most damage shows at once and not in
// the middle of a run. A full check would read the whole file.
func sound(db *sql.DB) error {
	for _, table := range []string{"files", "documents", "runs", "results", "decisions"} {
		var n int
		if err := db.QueryRow("SELECT count(*) FROM (SELECT 1 FROM " + table + " LIMIT 1)").Scan(&n); err != nil {
			return fmt.Errorf("%w: table %s: %w", ErrDamaged, table, err)
		}
	}
	return nil
}
