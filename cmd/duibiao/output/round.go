package output

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"duibiao/rules"
)

// Round says how a finding stands against the round of review before.
type Round string

// The rounds. The first two are of findings that stand, the others of findings
// that no longer do.
const (
	New       Round = "新增"
	Still     Round = "仍在"
	Fixed     Round = "已改"  // the unit's papers changed, and it is no longer found in them
	Withdrawn Round = "撤下"  // it is no longer found in papers that did not change: rules or other papers did
	Unchecked Round = "未复核" // nothing of the unit could be read this time
)

// Rounds is what is known of the rounds before. A new round begins whenever
// the files or the rules are others than at the last one.
type Rounds struct {
	Key   string               // of the files and the rules of this round
	Units map[string]string    // of each unit's files
	At    time.Time            // when this round began
	Last  time.Time            // when the round before began; zero in the first round
	First map[string]time.Time // when each finding was first found, by its id
	State map[string]Round     // New or Still, by the finding's id; empty in the first round
	Was   map[string]string    // by a finding's id: the id under which the same unit and indicator stood in the round before
	Gone  []Gone               // what was found in earlier rounds and is no longer, in the order of the round in which it went
}

// Gone is a finding of an earlier round that is no longer found.
type Gone struct {
	rules.Finding
	Round Round
	When  time.Time // the round in which it was no longer found
}

// Follow fills in r.Rounds: how r stands against before, the report of the
// same folder that was made last, or nil. at is when r was made.
func (r *Report) Follow(before *Report, at time.Time) {
	r.Rounds = Rounds{Key: r.inputs(""), Units: map[string]string{}, At: at,
		First: map[string]time.Time{}, State: map[string]Round{}, Was: map[string]string{}}
	for _, u := range r.Units {
		r.Rounds.Units[u.Name] = r.inputs(u.Name)
	}
	switch {
	case before == nil:
		for _, f := range r.Findings {
			r.Rounds.First[f.ID] = at
		}
	case before.Rounds.Key == r.Rounds.Key:
		r.Rounds = before.Rounds
	default:
		r.Rounds.Last = before.Rounds.At
		r.compare(before)
		r.gone(before)
	}
}

// inputs is a hash of the unit's files and what they hold, or of everything
// that went into r where unit is "".
func (r *Report) inputs(unit string) string {
	h := sha256.New()
	if unit == "" {
		fmt.Fprintln(h, r.Run.Rules)
	}
	for _, d := range r.ordered().Documents {
		if unit == "" || d.Shelf == "" && d.Unit.Value == unit {
			fmt.Fprintf(h, "%s\x00%s\x00%s\n", d.ID, d.Hash, d.Status)
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:8])
}

// subject is what a finding is about: the unit and the indicator, whatever is
// wrong there.
type subject struct{ unit, indicator string }

// compare tells what is new from what was found before. An indicator that is
// found wanting again, in whatever way, is the same matter to the unit.
func (r *Report) compare(before *Report) {
	known := map[string]bool{}
	about := map[subject]string{}
	for _, f := range before.Findings {
		known[f.ID] = true
		if f.Indicator != "" {
			about[subject{f.Unit, f.Indicator}] = f.ID
		}
	}
	for _, f := range r.Findings {
		was, again := about[subject{f.Unit, f.Indicator}]
		switch {
		case known[f.ID]:
			was = f.ID
		case f.Indicator != "" && again:
			r.Rounds.Was[f.ID] = was
		default:
			r.Rounds.State[f.ID], r.Rounds.First[f.ID] = New, r.Rounds.At
			continue
		}
		r.Rounds.State[f.ID], r.Rounds.First[f.ID] = Still, before.Rounds.First[was]
	}
}

// gone tells what became of the findings that are no longer there.
func (r *Report) gone(before *Report) {
	here := map[string]bool{}
	for _, f := range r.Findings {
		here[f.ID] = true
		here[r.Rounds.Was[f.ID]] = true
	}
	for _, g := range before.Rounds.Gone {
		if !here[g.ID] {
			r.Rounds.Gone = append(r.Rounds.Gone, r.judgeGone(g.Finding, g.Round, g.When, before))
			here[g.ID] = true
		}
	}
	for _, f := range before.Findings {
		if !here[f.ID] {
			r.Rounds.Gone = append(r.Rounds.Gone, r.judgeGone(f, Unchecked, r.Rounds.At, before))
			here[f.ID] = true
		}
	}
}

// judgeGone keeps what was said of f, unless it could not be checked then.
func (r *Report) judgeGone(f rules.Finding, said Round, when time.Time, before *Report) Gone {
	if said != Unchecked {
		return Gone{f, said, when}
	}
	read := slices.ContainsFunc(r.Documents, func(d Document) bool {
		return d.Shelf == "" && d.Unit.Value == f.Unit && d.Status != Unreadable
	})
	g := Gone{f, Fixed, r.Rounds.At}
	switch {
	case f.Check == notSent:
		// Papers came, or the unit left the roster.
	case !read:
		g.Round = Unchecked
	case before.Rounds.Units[f.Unit] == r.Rounds.Units[f.Unit]:
		g.Round = Withdrawn
	}
	return g
}

// counts how many findings stand in each round, and how many are closed.
func (r *Report) roundCounts() (of map[Round]int, closed int) {
	of = map[Round]int{}
	for _, f := range r.Findings {
		switch d := r.Decisions[f.ID]; {
		case d.excused():
			continue // no matter between the office and the unit
		case d.Status == Closed:
			closed++
			continue
		}
		of[r.Rounds.State[f.ID]]++
	}
	for _, g := range r.Rounds.Gone {
		of[g.Round]++
	}
	return of, closed
}

// RoundSummary is one Chinese sentence on how r stands against the round
// before, or "" in the first round.
func (r *Report) RoundSummary() string {
	if r.Rounds.Last.IsZero() {
		return ""
	}
	of, closed := r.roundCounts()
	s := fmt.Sprintf("与上一轮（%s）相比：新增 %d 条，仍在 %d 条，已改 %d 条，已销号 %d 条",
		r.Rounds.Last.Format("2006年1月2日"), of[New], of[Still], of[Fixed], closed)
	if n := of[Withdrawn]; n > 0 {
		s += fmt.Sprintf("，材料未变而撤下 %d 条", n)
	}
	if n := of[Unchecked]; n > 0 {
		s += fmt.Sprintf("，未能复核 %d 条", n)
	}
	return s + "。"
}
