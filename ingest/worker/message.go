package worker

import (
	"errors"
	"io/fs"
	"strings"

	"duibiao/corpus"
)

// request asks a child for one file.
type request struct {
	Path   []byte `json:"path"` // bytes, as a file's name may be in any encoding
	Memory int64  `json:"memory"`
}

// reply is what a child made of it.
type reply struct {
	Document *corpus.Document `json:"document,omitempty"`
	Error    string           `json:"error,omitempty"`
	Kinds    []string         `json:"kinds,omitempty"` // the texts of the sentinels that the error wraps
}

// sentinels are the errors that keep their identity on the way from a child.
func sentinels() []error {
	return []error{corpus.ErrNoText, corpus.ErrGarbled, corpus.ErrEncrypted, corpus.ErrBroken, corpus.ErrEmpty, corpus.ErrNoPages, corpus.ErrTooLarge,
		corpus.ErrTimeout, corpus.ErrMemory, corpus.ErrCrashed, corpus.ErrUnsupported, corpus.ErrPermission, corpus.ErrBusy, fs.ErrNotExist}
}

func replyTo(doc *corpus.Document, err error) reply {
	if err == nil && doc == nil {
		err = errors.New("the reader gave neither a document nor an error")
	}
	if err == nil {
		return reply{Document: doc}
	}
	r := reply{Error: strings.ToValidUTF8(err.Error(), "\uFFFD")}
	for _, s := range sentinels() {
		if errors.Is(err, s) {
			r.Kinds = append(r.Kinds, s.Error())
		}
	}
	return r
}

func (r reply) document() (*corpus.Document, error) {
	if r.Error == "" && r.Document != nil {
		return r.Document, nil
	}
	e := &readError{text: r.Error}
	for _, s := range sentinels() {
		for _, k := range r.Kinds {
			if k == s.Error() {
				e.kinds = append(e.kinds, s)
			}
		}
	}
	return nil, e
}

// readError is an error as it was in the child.
type readError struct {
	text  string
	kinds []error
}

func (e *readError) Error() string   { return e.text }
func (e *readError) Unwrap() []error { return e.kinds }
