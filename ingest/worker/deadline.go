package worker

import (
	"time"

	"duibiao/corpus"
)

// deadline is when a child must have answered.
type deadline struct {
	limits Limits
	at     time.Time
	last   time.Time // no Progress moves it past this
	by     corpus.Limit
	after  time.Duration
}

// begin is the deadline of a file handed over now.
func (l Limits) begin(now time.Time) deadline {
	return deadline{limits: l, at: now.Add(l.Time), last: now.Add(l.WholeTime), by: corpus.ReadTime, after: l.Time}
}

// extend gives the recognition of one more page its time.
func (d *deadline) extend(now time.Time) {
	if next := now.Add(d.limits.PageTime); next.After(d.at) {
		d.at, d.by, d.after = next, corpus.PageTime, d.limits.PageTime
	}
	if d.at.After(d.last) {
		d.at, d.by, d.after = d.last, corpus.WholeTime, d.limits.WholeTime
	}
}

// passed is an error when it is past the deadline.
func (d *deadline) passed(now time.Time) error {
	if now.Before(d.at) {
		return nil
	}
	return &corpus.LimitError{Limit: d.by, Allowed: int64(d.after)}
}
