package pdf

import (
	"context"
	"errors"
	"fmt"

	"duibiao/corpus"
	"duibiao/ingest/layout"
)

var errBadPage = errors.New("page cannot be loaded")

// PDFium's reasons for refusing a file.
const (
	wrongPassword = 4
	wrongSecurity = 5
)

// with opens file, runs f on it and closes it again. The error of a PDFium that
// stopped is named, and its instance given up.
func (e *engine) with(ctx context.Context, file []byte, f func(*document) error) (err error) {
	defer func() {
		if !errors.Is(err, errDead) {
			return
		}
		e.drop()
		if ctx.Err() != nil {
			err = fmt.Errorf("%w: %w", ctx.Err(), corpus.ErrTimeout)
		} else {
			err = fmt.Errorf("%w: %w", err, corpus.ErrBroken)
		}
	}()
	if err := e.refresh(); err != nil {
		return err
	}
	d, err := e.open(ctx, file)
	if err != nil {
		return err
	}
	defer func() {
		if e2 := d.close(ctx); err == nil {
			err = e2
		}
	}()
	return f(d)
}

// open loads a PDF into the engine's memory. The error wraps ErrEncrypted,
// ErrBroken or ErrTooLarge.
func (e *engine) open(ctx context.Context, file []byte) (*document, error) {
	at, err := e.put(ctx, file)
	if errors.Is(err, errNoMemory) {
		return nil, fmt.Errorf("%d bytes: %w", len(file), corpus.ErrTooLarge)
	}
	if err != nil {
		return nil, err
	}
	handle, err := e.call(ctx, "FPDF_LoadMemDocument", at, uint64(len(file)), 0)
	if err != nil {
		return nil, err
	}
	if uint32(handle) == 0 {
		return nil, e.refusal(ctx, at)
	}
	d := &document{e: e, handle: handle, file: at, faces: map[uint64]layout.Face{}}
	n, err := e.call(ctx, "FPDF_GetPageCount", handle)
	if err != nil {
		return nil, err
	}
	d.pages = int(int32(n))
	return d, nil
}

func (e *engine) refusal(ctx context.Context, file uint64) error {
	code, err := e.call(ctx, "FPDF_GetLastError")
	if err != nil {
		return err
	}
	if _, err := e.call(ctx, "free", file); err != nil {
		return err
	}
	switch uint32(code) {
	case wrongPassword:
		return fmt.Errorf("needs a password: %w", corpus.ErrEncrypted)
	case wrongSecurity:
		return fmt.Errorf("unknown security scheme: %w", corpus.ErrEncrypted)
	}
	return fmt.Errorf("pdfium error %d: %w", uint32(code), corpus.ErrBroken)
}

func (d *document) close(ctx context.Context) error {
	if _, err := d.e.call(ctx, "FPDF_CloseDocument", d.handle); err != nil {
		return err
	}
	_, err := d.e.call(ctx, "free", d.file)
	return err
}
