package main

import (
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/term"
)

// progress tells a person at a terminal how far the run is. Into a file or a
// pipe it writes nothing.
type progress struct {
	w       io.Writer // nil when nobody watches
	name    string
	total   int
	done    int
	started time.Time
	shown   time.Time
	stages  []stage // those that are over
}

// stage is a part of a run and how long it took.
type stage struct {
	name string
	time time.Duration
}

// newProgress watches on w when w is a terminal and the user did not ask for
// quiet.
func newProgress(w io.Writer, quiet bool) *progress {
	if f, ok := w.(*os.File); ok && !quiet && term.IsTerminal(int(f.Fd())) {
		return &progress{w: w}
	}
	return &progress{}
}

// stage begins a stage that is not counted.
func (p *progress) stage(name string) { p.count(name, 0) }

// count begins a stage of total steps.
func (p *progress) count(name string, total int) {
	p.clear()
	p.stages = p.spent()
	p.name, p.total, p.done, p.started = name, total, 0, time.Now()
	p.show()
}

// spent is how long each stage took, the present one so far.
func (p *progress) spent() []stage {
	if p.name == "" {
		return nil
	}
	return append(p.stages, stage{p.name, time.Since(p.started)})
}

// step says that one more of the stage's steps is done.
func (p *progress) step() {
	p.done++
	if time.Since(p.shown) > 200*time.Millisecond {
		p.show()
	}
}

func (p *progress) show() {
	if p.w == nil {
		return
	}
	p.shown = time.Now()
	if p.total == 0 {
		fmt.Fprintf(p.w, "\r\x1b[K%s…", p.name)
		return
	}
	rate := float64(p.done) / max(0.001, time.Since(p.started).Seconds())
	fmt.Fprintf(p.w, "\r\x1b[K%s %d/%d　%.1f 份/秒", p.name, p.done, p.total, rate)
	if p.done > 0 {
		left := time.Duration(float64(p.total-p.done) / rate * float64(time.Second))
		fmt.Fprintf(p.w, "　约剩 %s", chineseDuration(left))
	}
}

// clear removes the line, so that what is printed next stands alone.
func (p *progress) clear() {
	if p.w != nil {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}

// chineseDuration is d in whole seconds or minutes.
func chineseDuration(d time.Duration) string {
	if d < time.Minute {
		return fmt.Sprintf("%d秒", int(d.Seconds()+0.5))
	}
	return fmt.Sprintf("%d分%d秒", int(d.Minutes()), int(d.Seconds())%60)
}
