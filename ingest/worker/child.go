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
	setApart(cmd)
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

// ask has the child answer one request.
func (c *child) ask(ctx context.Context, q request) (reply, error) {
	c.files++
	q.Memory = c.limits.Memory
	b, err := json.Marshal(q)
	if err != nil {
		return reply{}, fmt.Errorf("read %s: %w", q.Path, err)
	}
	// A child that is gone cannot be written to; its end is met below.
	_, _ = c.in.Write(append(b, '\n'))
	due := c.limits.begin(time.Now())
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	for looks := 1; ; looks++ {
		select {
		case r, ok := <-c.replies:
			switch {
			case !ok:
				return reply{}, c.gone(string(q.Path))
			case r.Working:
				due.extend(time.Now())
			default:
				if err := due.passed(time.Now()); err != nil {
					return reply{}, fmt.Errorf("read %s: %w", q.Path, err) // too late, though nobody had looked yet
				}
				return r, r.err()
			}
		case <-ctx.Done():
			c.kill()
			return reply{}, fmt.Errorf("read %s: %w", q.Path, ctx.Err())
		case now := <-look.C:
			err := due.passed(now)
			if held := c.held(looks); err == nil && held > c.limits.Memory {
				err = &corpus.LimitError{Limit: corpus.Memory, Measured: held, Allowed: c.limits.Memory}
			}
			if err != nil {
				c.kill()
				return reply{}, fmt.Errorf("read %s: %w", q.Path, err)
			}
		}
	}
}

// held is the memory in bytes that the child holds; at every tenth look, with
// the programs that it started.
func (c *child) held(looks int) int64 {
	if looks%10 == 0 {
		return family(c.cmd.Process.Pid)
	}
	return resident(c.cmd.Process.Pid)
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
	killGroup(c.cmd) // what the child started and left behind
	var exit *exec.ExitError
	if errors.As(err, &exit) && (exit.ExitCode() == memoryExit || outOfMemory(exit, c.errors.String())) {
		return fmt.Errorf("read %s: %w", path, &corpus.LimitError{Limit: corpus.Memory, Allowed: c.limits.Memory})
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
	killGroup(c.cmd)
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
	return time.AfterFunc(2*time.Second, func() { killGroup(c.cmd) })
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
