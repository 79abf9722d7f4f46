package worker

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"runtime/metrics"
	"sync"
	"sync/atomic"
	"time"

	"duibiao/corpus"
)

// memoryExit is the exit code of a child that went over its memory.
const memoryExit = 86

// Stdio is the standard input and output for Serve. It takes the output away
// from everybody else: what a library prints goes to the standard error.
func Stdio() (in io.Reader, out io.Writer) {
	out = os.Stdout
	os.Stdout = os.Stderr
	return os.Stdin, out
}

// Work is what a child does. ctx is for Progress.
type Work struct {
	Read    func(ctx context.Context, path string) (*corpus.Document, error)
	Picture func(ctx context.Context, path string, page int) (*corpus.Picture, error) // page is from 1
}

// Serve is the child's side: it reads requests from in and answers each on out
// with what w makes of it, until in ends. When in ends while a file is being
// read, the parent is gone and the process exits. Serve ignores interrupts,
// which are for the parent to act on, and exits the process when it holds more
// memory than a request allows.
func Serve(in io.Reader, out io.Writer, w Work) error {
	signal.Ignore(os.Interrupt)
	var busy atomic.Bool
	var limit atomic.Int64
	done := make(chan struct{})
	defer close(done)
	go watch(&limit, done)
	requests := make(chan request)
	broken := make(chan error, 1)
	go func() {
		defer close(requests)
		if err := receive(in, requests, &busy); err != nil {
			broken <- err
		}
	}()
	voice := &voice{out: out}
	ctx := context.WithValue(context.Background(), voiceKey{}, voice)
	for q := range requests {
		limit.Store(q.Memory)
		debug.SetMemoryLimit(q.Memory / 10 * 8) // work harder at collecting before giving up
		r := w.answer(ctx, q)
		busy.Store(false)
		if err := voice.say(r); err != nil {
			return fmt.Errorf("write a reply: %w", err)
		}
	}
	select {
	case err := <-broken:
		return err
	default:
		return nil
	}
}

// receive passes requests on until in ends; when it ends in the midst of one,
// nobody waits for the answer.
func receive(in io.Reader, requests chan<- request, busy *atomic.Bool) error {
	for d := json.NewDecoder(bufio.NewReader(in)); ; {
		var q request
		err := d.Decode(&q)
		if err != nil && busy.Load() {
			os.Exit(0)
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read a request: %w", err)
		}
		busy.Store(true)
		requests <- q
	}
}

func (w Work) answer(ctx context.Context, q request) reply {
	var r reply
	var err error
	if q.Page > 0 {
		r.Picture, err = w.Picture(ctx, string(q.Path), q.Page)
	} else {
		r.Document, err = w.Read(ctx, string(q.Path))
	}
	switch {
	case err != nil:
		return failed(err)
	case r.Document == nil && r.Picture == nil:
		return failed(errors.New("the reader gave neither a document nor an error"))
	}
	return r
}

// Progress tells the parent that a child begins to recognise one more page from
// its picture: the file may take that much longer. It does nothing where ctx
// is not one that Serve gave.
func Progress(ctx context.Context) {
	if v, ok := ctx.Value(voiceKey{}).(*voice); ok {
		_ = v.say(reply{Working: true}) // a parent that is gone is met at the reply
	}
}

// voice is a child's way to speak to its parent.
type voice struct {
	mu  sync.Mutex
	out io.Writer
}

type voiceKey struct{}

func (v *voice) say(r reply) error {
	b, err := json.Marshal(r)
	if err != nil {
		return err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	_, err = v.out.Write(append(b, '\n'))
	return err
}

// watch ends the process when its Go runtime holds more memory than limit.
func watch(limit *atomic.Int64, done <-chan struct{}) {
	held := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	for t := time.NewTicker(lookEvery); ; {
		select {
		case <-done:
			t.Stop()
			return
		case <-t.C:
		}
		metrics.Read(held)
		if most := limit.Load(); most > 0 && int64(held[0].Value.Uint64()-held[1].Value.Uint64()) > most {
			fmt.Fprintln(os.Stderr, "over the memory limit")
			os.Exit(memoryExit)
		}
	}
}
