// Package ingest turns files into documents.
//
// In: a folder of submissions. Walk lists what is in it, archives included,
// and says what it passed over; Read makes a corpus.Document of one file, by
// what the file is and not by what it is called. Out: the document, or an
// error that names why there is none. A new format is one sub-package and one
// line in formats.
package ingest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"slices"
	"time"

	"duibiao/corpus"
)

// Limits is every limit on reading one file. A zero field means its default.
type Limits struct {
	MaxBytes int64 // size of the file in bytes; 100 MB
	MaxPages int   // pages; 2,000
	MaxRunes int   // runes of text; 3,000,000

	// Of the parts of an office file, each of which has its reader's default.
	PartBytes, PartsBytes int64 // bytes of one part and of all, unpacked
	Nesting               int   // elements inside each other
	Expansion             int64 // unpacked to packed size

	Program time.Duration // that another program may take to convert the file; 50 seconds
}

// WithDefaults is l with each zero field at its default.
func (l Limits) WithDefaults() Limits {
	if l.MaxBytes <= 0 {
		l.MaxBytes = 100 << 20
	}
	if l.MaxPages <= 0 {
		l.MaxPages = 2000
	}
	if l.MaxRunes <= 0 {
		l.MaxRunes = 3_000_000
	}
	return l
}

// Read reads the file at path with the reader that its content asks for. A
// file whose name says another format is read as what it is, with a warning.
// The error wraps one of the sentinels of package corpus where one fits, and
// never is nil for a file without text. Read does not panic, whatever the
// file: a fault in a reader is corpus.ErrCrashed.
func Read(ctx context.Context, r *Readers, path string, lim Limits) (doc *corpus.Document, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			doc, err = nil, fmt.Errorf("read %s: %w: %v\n%s", path, corpus.ErrCrashed, fault, debug.Stack())
		}
	}()
	lim = lim.WithDefaults()
	if err := admit(path, lim); err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	o, err := look(path)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	f := recognise(o, path)
	if f == nil {
		return nil, fmt.Errorf("read %s: %w", path, corpus.ErrUnsupported)
	}
	if doc, err = f.read(ctx, r, path, lim); err != nil {
		return nil, err
	}
	switch {
	case doc.Len() > lim.MaxRunes:
		return nil, fmt.Errorf("read %s: %w", path, &corpus.LimitError{Limit: corpus.TextLength, Measured: int64(doc.Len()), Allowed: int64(lim.MaxRunes)})
	case doc.Pages > lim.MaxPages:
		return nil, fmt.Errorf("read %s: %w", path, &corpus.LimitError{Limit: corpus.PageCount, Measured: int64(doc.Pages), Allowed: int64(lim.MaxPages)})
	}
	if ext := extension(path); byName(path) != nil && !slices.Contains(f.exts, ext) {
		doc.Warnings = append([]corpus.Warning{{Message: fmt.Sprintf("文件名的后缀是“.%s”，内容其实是%s，已按%s读取。", ext, f.name, f.name)}}, doc.Warnings...)
	}
	return doc, nil
}

// admit says whether the file at path may be opened at all. Devices and pipes
// are not: opening one may never return.
func admit(path string, lim Limits) error {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return named(err)
	case !info.Mode().IsRegular():
		return fmt.Errorf("not a plain file: %w", corpus.ErrUnsupported)
	case info.Size() == 0:
		return corpus.ErrEmpty
	case info.Size() > lim.MaxBytes:
		return &corpus.LimitError{Limit: corpus.FileSize, Measured: info.Size(), Allowed: lim.MaxBytes}
	}
	return nil
}

// named gives an error of the file system its sentinel.
func named(err error) error {
	if errors.Is(err, os.ErrPermission) {
		return fmt.Errorf("%w: %w", corpus.ErrPermission, err)
	}
	return err
}
