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
// parent watches the child's resident memory in /proc.
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

// Limits bounds what reading one file may cost.
type Limits struct {
	Time   time.Duration // from handing the file over; 60 seconds when 0
	Memory int64         // bytes the child may hold; 1.5 GB when 0
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
		if p.Limits.Time <= 0 {
			p.Limits.Time = 60 * time.Second
		}
		if p.Limits.Memory <= 0 {
			p.Limits.Memory = 1536 << 20
		}
	})
}

// Read reads the file at path in a child. Errors of the reader keep their
// sentinels. Beyond those, the error wraps corpus.ErrTimeout or ErrMemory when
// the file went over a limit, ErrCrashed with the last words of the child when
// it died otherwise, and ctx's error when that ended; the child is killed and
// replaced then.
//
// A child that dies over a file after it has read others is not held against
// the file: it is read once more by a fresh child, so that what becomes of a
// file does not depend on the files before it.
func (p *Pool) Read(ctx context.Context, path string) (*corpus.Document, error) {
	p.begin()
	c, err := p.take(ctx)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	defer func() { p.free <- c }()
	for {
		if c == nil {
			if c, err = start(p.Command(), p.Limits); err != nil {
				return nil, fmt.Errorf("start a worker for %s: %w", path, err)
			}
		}
		fresh := c.files == 0
		doc, err := c.read(ctx, path)
		if c.dead {
			c = nil
			if !fresh && (errors.Is(err, corpus.ErrMemory) || errors.Is(err, corpus.ErrCrashed)) {
				continue
			}
		}
		return doc, err
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
