package store

import (
	"database/sql"
	"errors"
	"fmt"
)

// Meta is the value kept under name, or nil when there is none.
func (s *Store) Meta(name string) ([]byte, error) {
	var value []byte
	err := s.db.QueryRow("SELECT value FROM meta WHERE name = ?", name).Scan(&value)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("meta %s: %w", name, wrap(err))
	}
	return value, nil
}

// PutMeta keeps value under name, in place of what was there.
func (s *Store) PutMeta(name string, value []byte) error {
	_, err := s.db.Exec(`INSERT INTO meta (name, value) VALUES (?, ?)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`, name, notNil(value))
	if err != nil {
		return fmt.Errorf("store meta %s: %w", name, wrap(err))
	}
	return nil
}
