package store

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"time"

	"duibiao/corpus"
)

// reasons are the errors of corpus with the names they are kept under; the
// first that fits counts.
var reasons = [...]struct {
	code string
	err  error
}{
	{"no-text", corpus.ErrNoText},
	{"garbled", corpus.ErrGarbled},
	{"encrypted", corpus.ErrEncrypted},
	{"broken", corpus.ErrBroken},
	{"empty", corpus.ErrEmpty},
	{"no-pages", corpus.ErrNoPages},
	{"too-large", corpus.ErrTooLarge},
	{"timeout", corpus.ErrTimeout},
	{"memory", corpus.ErrMemory},
	{"crashed", corpus.ErrCrashed},
	{"no-program", corpus.ErrNoProgram},
	{"not-zip", corpus.ErrNotZip},
	{"unsupported", corpus.ErrUnsupported},
	{"permission", corpus.ErrPermission},
}

func codeOf(why error) string {
	for _, r := range reasons {
		if errors.Is(why, r.err) {
			return r.code
		}
	}
	return ""
}

func causeOf(code string) error {
	for _, r := range reasons {
		if r.code == code {
			return r.err
		}
	}
	return nil
}

// reason is an error as it came out of the store: the same words, and the same
// answer of errors.Is for the reasons of corpus.
type reason struct {
	message string
	cause   error
}

func (r *reason) Error() string { return r.message }
func (r *reason) Unwrap() error { return r.cause }

// Document is what reader once made of the file content with that hash: the
// document, or the reason for which it could not be read. ok is false when
// PutDocument was never called for the two, or when what was kept cannot be
// read back; then the file is to be read again.
func (s *Store) Document(hash, reader string) (doc *corpus.Document, why error, ok bool) {
	var code, message string
	var body []byte
	err := s.db.QueryRow("SELECT code, message, body FROM documents WHERE hash = ? AND reader = ?", hash, reader).
		Scan(&code, &message, &body)
	if err != nil {
		return nil, nil, false
	}
	if body == nil {
		return nil, &reason{message, causeOf(code)}, true
	}
	if doc, err = unpack(body); err != nil {
		return nil, nil, false
	}
	return doc, nil, true
}

// PutDocument keeps what reader made of the file content with that hash: doc,
// or why it could not be read. It is committed when PutDocument returns. Not
// every reason is worth keeping: a file that took too long today may be read
// tomorrow, which is for the caller to judge.
func (s *Store) PutDocument(hash, reader string, doc *corpus.Document, why error) error {
	var body []byte
	status, code, message := "ok", "", ""
	switch {
	case why != nil:
		status, code, message = "unreadable", codeOf(why), why.Error()
	case doc == nil:
		return fmt.Errorf("store document %s: neither a document nor a reason", hash)
	case doc.Partial():
		status = "partial"
	}
	if why == nil {
		var err error
		if body, err = pack(doc); err != nil {
			return fmt.Errorf("store document %s: %w", hash, err)
		}
	}
	_, err := s.db.Exec(`INSERT INTO documents (hash, reader, status, code, message, body) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (hash, reader) DO UPDATE SET
		status = excluded.status, code = excluded.code, message = excluded.message, body = excluded.body`,
		hash, reader, status, code, message, body)
	if err != nil {
		return fmt.Errorf("store document %s: %w", hash, wrap(err))
	}
	return nil
}

func pack(doc *corpus.Document) ([]byte, error) {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	if err != nil {
		return nil, err
	}
	text, err := doc.MarshalJSON()
	if err != nil {
		return nil, err
	}
	if _, err := z.Write(text); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func unpack(b []byte) (*corpus.Document, error) {
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(z)
	if err != nil {
		return nil, err
	}
	var doc corpus.Document
	if err := doc.UnmarshalJSON(text); err != nil {
		return nil, err
	}
	return &doc, nil
}

// racy is how long after its last change a file may change again without that
// its time of change shows it, on the coarsest file systems.
const racy = 2 * time.Second

// Stat is the content hash of the file at path, if neither its size nor its
// time of change is another than when PutStat was called. A file that had
// changed just before it was hashed is not trusted.
func (s *Store) Stat(path string, size int64, changed time.Time) (hash string, ok bool) {
	var seen int64
	err := s.db.QueryRow("SELECT hash, seen FROM files WHERE path = ? AND size = ? AND mtime = ?",
		path, size, changed.UnixNano()).Scan(&hash, &seen)
	if err != nil || changed.Add(racy).UnixNano() > seen {
		return "", false
	}
	return hash, true
}

// PutStat keeps the content hash of the file at path, which was hashed just
// now; size and changed are those from before.
func (s *Store) PutStat(path string, size int64, changed time.Time, hash string) error {
	_, err := s.db.Exec(`INSERT INTO files (path, size, mtime, seen, hash) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (path) DO UPDATE SET
		size = excluded.size, mtime = excluded.mtime, seen = excluded.seen, hash = excluded.hash`,
		path, size, changed.UnixNano(), time.Now().UnixNano(), hash)
	if err != nil {
		return fmt.Errorf("store file %s: %w", path, wrap(err))
	}
	return nil
}
