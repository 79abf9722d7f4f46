package store

import (
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"duibiao/corpus"
)

func TestFullDisk(t *testing.T) {
	s, err := Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.db.Exec("PRAGMA max_page_count = 40"); err != nil { // as if the disk ended there
		t.Fatal(err)
	}
	if err := s.Decide(Decision{Finding: "kept", Status: "closed"}); err != nil {
		t.Fatal(err)
	}
	if err := s.Decide(Decision{Finding: "large", Note: strings.Repeat("注", 1<<19)}); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("Decide = %v, want ENOSPC", err)
	}
	kept, err := s.Decisions()
	if err != nil || len(kept) != 1 || kept["kept"].Status != "closed" {
		t.Errorf("Decisions = %v, %v; want what was kept before", kept, err)
	}
}

func TestOtherProgramHasTheFile(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	other, err := sql.Open("sqlite", s.path)
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	other.SetMaxOpenConns(1)
	for _, command := range []string{"PRAGMA locking_mode = EXCLUSIVE", "BEGIN EXCLUSIVE"} {
		if _, err := other.Exec(command); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Open(dir); !errors.Is(err, corpus.ErrBusy) {
		t.Errorf("Open = %v, want ErrBusy", err)
	}
}

// TestEveryReasonIsKnown holds the list of reasons against corpus/errors.go,
// where one may be added without a thought of this package.
func TestEveryReasonIsKnown(t *testing.T) {
	source, err := os.ReadFile(filepath.Join("..", "errors.go"))
	if err != nil {
		t.Fatal(err)
	}
	declared := regexp.MustCompile(`(?m)^\tErr\w+ += errors\.New\("([^"]+)"\)`).FindAllStringSubmatch(string(source), -1)
	for _, d := range declared {
		known := d[1] == corpus.ErrBusy.Error() // about the folder, not about a file
		for _, r := range reasons {
			known = known || r.err.Error() == d[1]
		}
		if !known {
			t.Errorf("the store would forget that a file has %q", d[1])
		}
	}
	if len(declared) <= len(reasons) {
		t.Errorf("%d errors found in corpus/errors.go, %d known here", len(declared), len(reasons))
	}
}
