package worker

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"duibiao/corpus"
)

// request asks a child for one file, or for the picture of one of its pages.
type request struct {
	Path   []byte `json:"path"`           // bytes, as a file's name may be in any encoding
	Page   int    `json:"page,omitempty"` // from 1, for its picture; 0 for the text
	Memory int64  `json:"memory"`
}

// reply is what a child made of it, or that it is still at work.
type reply struct {
	Working  bool               `json:"working,omitempty"` // it begins to recognise one more page
	Document *corpus.Document   `json:"document,omitempty"`
	Picture  *corpus.Picture    `json:"picture,omitempty"`
	Error    string             `json:"error,omitempty"`
	Kinds    []string           `json:"kinds,omitempty"` // the texts of the sentinels that the error wraps
	Limit    *corpus.LimitError `json:"limit,omitempty"` // the limit that the error wraps
}

// sentinels are the errors that keep their identity on the way from a child.
func sentinels() []error {
	return []error{corpus.ErrNoText, corpus.ErrGarbled, corpus.ErrEncrypted, corpus.ErrBroken, corpus.ErrEmpty, corpus.ErrNoPages, corpus.ErrTooLarge,
		corpus.ErrTimeout, corpus.ErrMemory, corpus.ErrCrashed, corpus.ErrUnsupported, corpus.ErrNoProgram, corpus.ErrNotZip, corpus.ErrPermission, corpus.ErrBusy, fs.ErrNotExist}
}

// failed is the reply of a child that could not do what it was asked.
func failed(err error) reply {
	r := reply{Error: strings.ToValidUTF8(err.Error(), "\uFFFD")}
	for _, s := range sentinels() {
		if errors.Is(err, s) {
			r.Kinds = append(r.Kinds, s.Error())
		}
	}
	errors.As(err, &r.Limit)
	return r
}

// err is the error in a reply; nil when there is none.
func (r reply) err() error {
	if r.Document != nil || r.Picture != nil {
		return nil
	}
	e := &readError{text: r.Error}
	if r.Error == "" {
		return fmt.Errorf("the answer is empty: %w", corpus.ErrCrashed)
	}
	if r.Limit != nil {
		e.kinds = append(e.kinds, r.Limit)
	}
	for _, s := range sentinels() {
		for _, k := range r.Kinds {
			if k == s.Error() {
				e.kinds = append(e.kinds, s)
			}
		}
	}
	return e
}

// readError is an error as it was in the child.
type readError struct {
	text  string
	kinds []error
}

func (e *readError) Error() string   { return e.text }
func (e *readError) Unwrap() []error { return e.kinds }
