package worker

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"sync"
	"time"

	"duibiao/corpus"
)

// child is a running child process, used by one goroutine at a time.
type child struct {
	cmd     *exec.Cmd
	in      io.WriteCloser
	replies chan reply // closed when the child's output ends
	errors  *tail
	limits  Limits
	files   int
	dead    bool
}

func start(cmd *exec.Cmd, limits Limits) (*child, error) {
	c := &child{cmd: cmd, replies: make(chan reply), errors: &tail{}, limits: limits}
	cmd.Stderr = c.errors
	cmd.WaitDelay = 2 * time.Second
	dieWithParent(cmd)
	var err error
	if c.in, err = cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	go c.listen(out)
	return c, nil
}

// listen passes the child's replies on until its output ends.
func (c *child) listen(out io.Reader) {
	defer close(c.replies)
	for d := json.NewDecoder(out); ; {
		var r reply
		if d.Decode(&r) != nil {
			return
		}
		c.replies <- r
	}
}

// read has the child read one file.
func (c *child) read(ctx context.Context, path string) (*corpus.Document, error) {
	c.files++
	b, err := json.Marshal(request{Path: []byte(path), Memory: c.limits.Memory})
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	// A child that is gone cannot be written to; its end is met below.
	_, _ = c.in.Write(append(b, '\n'))
	timeout := time.NewTimer(c.limits.Time)
	defer timeout.Stop()
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	for {
		select {
		case r, ok := <-c.replies:
			if ok {
				return r.document()
			}
			return nil, c.gone(path)
		case <-ctx.Done():
			c.kill()
			return nil, fmt.Errorf("read %s: %w", path, ctx.Err())
		case <-timeout.C:
			c.kill()
			return nil, fmt.Errorf("read %s: over %v: %w", path, c.limits.Time, corpus.ErrTimeout)
		case <-look.C:
			if held := resident(c.cmd.Process.Pid); held > c.limits.Memory {
				c.kill()
				return nil, fmt.Errorf("read %s: over %d MB: %w", path, c.limits.Memory>>20, corpus.ErrMemory)
			}
		}
	}
}

// lookEvery is how often a child's memory is looked at.
const lookEvery = 25 * time.Millisecond

// gone says why a child ended by itself.
func (c *child) gone(path string) error {
	c.dead = true
	_ = c.in.Close()
	timer := c.killSoon() // it may have stopped speaking without ending
	defer timer.Stop()
	err := c.cmd.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) && (exit.ExitCode() == memoryExit || outOfMemory(exit, c.errors.String())) {
		return fmt.Errorf("read %s: over %d MB: %w", path, c.limits.Memory>>20, corpus.ErrMemory)
	}
	if err == nil {
		err = io.ErrUnexpectedEOF
	}
	return fmt.Errorf("read %s: %w: %w%s", path, corpus.ErrCrashed, err, c.errors.quoted())
}

// outOfMemory reports whether a child was ended for the memory it wanted: by
// its own runtime, or by a system short of memory, whose killing looks like
// ours.
func outOfMemory(exit *exec.ExitError, words string) bool {
	return strings.Contains(words, "out of memory") || exit.ExitCode() == -1 && exit.String() == "signal: killed"
}

func (c *child) kill() {
	c.dead = true
	_ = c.cmd.Process.Kill()
	c.drain()
}

// stop lets an idle child end: its input ends.
func (c *child) stop() {
	_ = c.in.Close()
	timer := c.killSoon()
	defer timer.Stop()
	c.drain()
}

// killSoon kills the child unless it ends within two seconds.
func (c *child) killSoon() *time.Timer {
	return time.AfterFunc(2*time.Second, func() { _ = c.cmd.Process.Kill() })
}

func (c *child) drain() {
	for range c.replies {
		continue
	}
	_ = c.in.Close()
	_ = c.cmd.Wait()
}

// tail keeps the beginning and the end of what a child says on its standard
// error.
type tail struct {
	mu   sync.Mutex
	head []byte
	end  []byte
}

const tailBytes = 2 << 10

func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := len(b)
	if room := tailBytes - len(t.head); room > 0 {
		t.head = append(t.head, b[:min(room, len(b))]...)
		b = b[min(room, len(b)):]
	}
	if t.end = append(t.end, b...); len(t.end) > tailBytes {
		t.end = bytes.Clone(t.end[len(t.end)-tailBytes:])
	}
	return n, nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.end) == 0 {
		return string(t.head)
	}
	return string(t.head) + "\n…\n" + string(t.end)
}

// quoted is the words after a line break, or "".
func (t *tail) quoted() string {
	if s := strings.TrimSpace(t.String()); s != "" {
		return "\n" + strings.ToValidUTF8(s, "\uFFFD")
	}
	return ""
}
