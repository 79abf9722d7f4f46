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

// Serve is the child's side: it reads requests from in and answers each on out
// with what read makes of the file, until in ends. When in ends while a file
// is being read, the parent is gone and the process exits. Serve ignores
// interrupts, which are for the parent to act on, and exits the process when
// it holds more memory than a request allows.
func Serve(in io.Reader, out io.Writer, read func(ctx context.Context, path string) (*corpus.Document, error)) error {
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
		for d := json.NewDecoder(bufio.NewReader(in)); ; {
			var r request
			if err := d.Decode(&r); err != nil {
				if !errors.Is(err, io.EOF) {
					broken <- fmt.Errorf("read a request: %w", err)
				}
				if busy.Load() {
					os.Exit(0)
				}
				return
			}
			busy.Store(true)
			requests <- r
		}
	}()
	for r := range requests {
		limit.Store(r.Memory)
		debug.SetMemoryLimit(r.Memory / 10 * 8) // work harder at collecting before giving up
		doc, err := read(context.Background(), string(r.Path))
		b, err := json.Marshal(replyTo(doc, err))
		if err != nil {
			return fmt.Errorf("write a reply: %w", err)
		}
		busy.Store(false)
		if _, err := out.Write(append(b, '\n')); err != nil {
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
