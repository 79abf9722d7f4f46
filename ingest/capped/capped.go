// Package capped reads files and the parts of zip packages up to a limit, so
// that none costs more memory than it may.
//
// In: a path, or a part of a package. Out: its bytes, or a corpus.LimitError
// that says which limit it is over.
package capped

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"os"

	"duibiao/corpus"
)

// Open opens the file at path and tells its size in bytes. The error wraps
// corpus.ErrPermission where that is why.
func Open(path string) (*os.File, int64, error) {
	f, err := os.Open(path)
	if errors.Is(err, os.ErrPermission) {
		err = corpus.ErrPermission
	}
	if err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, 0, err
	}
	return f, info.Size(), nil
}

// File is the content of the file at path. The error wraps a
// corpus.LimitError when it has more than most bytes, or
// corpus.ErrPermission.
func File(path string, most int64) ([]byte, error) {
	f, size, err := Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var b []byte
	if size <= most {
		b, err = io.ReadAll(io.LimitReader(f, most+1)) // it may have grown
	}
	if size = max(size, int64(len(b))); size > most {
		err = &corpus.LimitError{Limit: corpus.FileSize, Measured: size, Allowed: most}
	}
	if err != nil {
		return nil, err
	}
	return b, nil
}

// Parts bounds what the parts of one package may cost. Each zero field means
// its default.
type Parts struct {
	PartBytes int64 // bytes of one part of the package once unpacked; 64 MB
	AllBytes  int64 // bytes of all parts read; 128 MB
	Ratio     int64 // unpacked to packed size of a part; 300
	RatioFrom int64 // bytes of a part up to which its ratio does not matter; 1 MB
	Depth     int   // elements inside each other, which the readers of parts count; 400
}

// WithDefaults is p with each zero field at its default.
func (p Parts) WithDefaults() Parts {
	set := func(v *int64, def int64) {
		if *v <= 0 {
			*v = def
		}
	}
	set(&p.PartBytes, 64<<20)
	set(&p.AllBytes, 128<<20)
	set(&p.Ratio, 300)
	set(&p.RatioFrom, 1<<20)
	if p.Depth <= 0 {
		p.Depth = 400
	}
	return p
}

// Read unpacks the part f, called name in errors. spent is the bytes of the
// parts read before, to which it adds. The error wraps a corpus.LimitError,
// corpus.ErrEncrypted or corpus.ErrBroken.
func (p Parts) Read(f *zip.File, name string, spent *int64) ([]byte, error) {
	if f.Flags&1 != 0 {
		return nil, fmt.Errorf("%s: %w", name, corpus.ErrEncrypted)
	}
	r, err := f.Open()
	if err != nil {
		return nil, Broken(name, err)
	}
	defer r.Close()
	most, over := p.Room(f, *spent)
	b, err := io.ReadAll(io.LimitReader(r, most+1))
	if err != nil {
		return nil, Broken(name, err)
	}
	if int64(len(b)) > most {
		return nil, fmt.Errorf("%s: %w", name, over)
	}
	*spent += int64(len(b))
	return b, nil
}

// Broken is the error of a part called name that err says cannot be read. It
// wraps corpus.ErrBroken unless err is that of a limit, and never io.EOF.
func Broken(name string, err error) error {
	if errors.Is(err, corpus.ErrTooLarge) {
		return fmt.Errorf("%s: %w", name, err)
	}
	if errors.Is(err, io.EOF) {
		err = io.ErrUnexpectedEOF
	}
	return fmt.Errorf("%s: %w: %w", name, corpus.ErrBroken, err)
}

// Room is how many bytes of the part f may be unpacked where those read before
// are spent bytes, and the error when there are more.
func (p Parts) Room(f *zip.File, spent int64) (int64, *corpus.LimitError) {
	packed, promised := max(1, int64(min(f.CompressedSize64, 1<<40))), int64(min(f.UncompressedSize64, 1<<50))
	most, over := p.PartBytes, &corpus.LimitError{Limit: corpus.PartSize, Measured: promised, Allowed: p.PartBytes}
	if left := p.AllBytes - spent; left < most {
		most, over = left, &corpus.LimitError{Limit: corpus.PartsSize, Measured: spent + promised, Allowed: p.AllBytes}
	}
	if byRatio := max(p.RatioFrom, packed*p.Ratio); byRatio < most {
		most, over = byRatio, &corpus.LimitError{Limit: corpus.Expansion, Measured: promised / packed, Allowed: p.Ratio}
	}
	if over.Measured <= over.Allowed {
		over.Measured = 0 // the package does not say how large the part really is
	}
	return max(0, most), over
}
