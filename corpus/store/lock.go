package store

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"duibiao/corpus"
)

// hold takes the lock file at path, and writes into it who holds it. The
// system itself gives the lock free when the process ends, also when it is
// killed; the file stays.
func hold(path string) (*os.File, error) {
	f, err := lockedFile(path)
	if errors.Is(err, errHeld) {
		return nil, fmt.Errorf("%w by %s", corpus.ErrBusy, holder(path))
	}
	if err != nil {
		return nil, denied(err)
	}
	host, err := os.Hostname()
	if err != nil {
		host = "unknown host"
	}
	_ = f.Truncate(0) // the text is for people only; the lock holds without it
	_, _ = fmt.Fprintf(f, "process %d on %s since %s\n", os.Getpid(), host, time.Now().Format("2006-01-02 15:04:05"))
	return f, nil
}

// errHeld says that another process has the lock.
var errHeld = errors.New("lock is held")

func holder(path string) string {
	f, err := os.Open(path)
	if err != nil {
		return "another process"
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, 300))
	if s := strings.TrimSpace(string(b)); err == nil && s != "" {
		return s
	}
	return "another process"
}

func release(f *os.File) error {
	_ = f.Truncate(0)
	return f.Close()
}
