// Package worker reads files in processes of their own, so that a file that
// hangs, eats the memory or crashes a reader costs that file only.
//
// In: a command that starts a child, and files. Out: their documents, or an
// error that says what became of the child. A child reads many files in turn,
// as one start is dear; it speaks JSON, one message a line, over its standard
// input and output.
//
// Memory is bounded in two ways, both of which look at what is held and not at
// addresses: RLIMIT_AS would not do, because the Go runtime and WebAssembly
// reserve address space by the gigabyte without using it. The child itself
// watches the memory its Go runtime holds, on every system; and on Linux the
// parent watches the resident memory of the child and of the programs that it
// started, such as tesseract.
//
// Time is bounded for a file, and anew for each page that is recognised from
// its picture, which the child tells of with Progress: a scan of a hundred
// pages may take its time, and a page that hangs may not.
package worker

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"sync"
	"time"

	"duibiao/corpus"
)

// Limits bounds what reading one file may cost. A zero field means its default.
type Limits struct {
	Time      time.Duration // from handing the file over; 60 seconds
	PageTime  time.Duration // from the last Progress; 2 minutes
	WholeTime time.Duration // from handing the file over, with all Progress; 1 hour
	Memory    int64         // bytes the child may hold, with the programs it started; 1.5 GB
}

// WithDefaults is l with each zero field at its default.
func (l Limits) WithDefaults() Limits {
	for _, t := range []struct {
		is  *time.Duration
		def time.Duration
	}{{&l.Time, time.Minute}, {&l.PageTime, 2 * time.Minute}, {&l.WholeTime, time.Hour}} {
		if *t.is <= 0 {
			*t.is = t.def
		}
	}
	if l.Memory <= 0 {
		l.Memory = 1536 << 20
	}
	return l
}

// Pool reads files in child processes. Set its fields, then use it from any
// number of goroutines; Close it at the end. Children start when they are
// first needed.
type Pool struct {
	Command func() *exec.Cmd // a new child; its standard input, output and error are the pool's to set
	Workers int              // children at a time; 1 when less
	Limits  Limits

	once   sync.Once
	free   chan *child // nil for a child that is yet to be started
	closed chan struct{}
}

var errClosed = errors.New("the worker pool is closed")

func (p *Pool) begin() {
	p.once.Do(func() {
		n := max(1, p.Workers)
		p.free = make(chan *child, n)
		for range n {
			p.free <- nil
		}
		p.closed = make(chan struct{})
		p.Limits = p.Limits.WithDefaults()
	})
}

// Read reads the file at path in a child. Errors of the reader keep their
// sentinels and their corpus.LimitError. Beyond those, the error wraps such a
// LimitError when the file went over a limit of the pool, ErrCrashed with the
// last words of the child when it died otherwise, and ctx's error when that
// ended; the child is killed, with every program it started, and replaced then.
//
// A child that dies over a file after it has read others is not held against
// the file: it is read once more by a fresh child, so that what becomes of a
// file does not depend on the files before it.
func (p *Pool) Read(ctx context.Context, path string) (*corpus.Document, error) {
	r, err := p.ask(ctx, request{Path: []byte(path)})
	if err != nil {
		return nil, err
	}
	return r.Document, nil
}

// Picture has a child draw page n, from 1, of the file at path. Errors are
// those of Read.
func (p *Pool) Picture(ctx context.Context, path string, n int) (*corpus.Picture, error) {
	r, err := p.ask(ctx, request{Path: []byte(path), Page: n})
	if err != nil {
		return nil, err
	}
	return r.Picture, nil
}

// ask has a child answer one request.
func (p *Pool) ask(ctx context.Context, q request) (reply, error) {
	p.begin()
	c, err := p.take(ctx)
	if err != nil {
		return reply{}, fmt.Errorf("read %s: %w", q.Path, err)
	}
	defer func() { p.free <- c }()
	for {
		if c == nil {
			if c, err = start(p.Command(), p.Limits); err != nil {
				return reply{}, fmt.Errorf("start a worker for %s: %w", q.Path, err)
			}
		}
		fresh := c.files == 0
		r, err := c.ask(ctx, q)
		if c.dead {
			c = nil
			if !fresh && (errors.Is(err, corpus.ErrMemory) || errors.Is(err, corpus.ErrCrashed)) {
				continue
			}
		}
		return r, err
	}
}

// take waits for a free place.
func (p *Pool) take(ctx context.Context) (*child, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	select {
	case <-p.closed:
		return nil, errClosed
	default:
	}
	select {
	case c := <-p.free:
		return c, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-p.closed:
		return nil, errClosed
	}
}

// Close ends the children, waiting for files that are being read. Reading
// after it fails.
func (p *Pool) Close() error {
	p.begin()
	select {
	case <-p.closed:
		return nil
	default:
		close(p.closed)
	}
	for range cap(p.free) {
		if c := <-p.free; c != nil {
			c.stop()
		}
	}
	return nil
}
