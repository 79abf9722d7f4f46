package rules

import (
	"fmt"
	"strings"

	"duibiao/corpus"
)

// Verdict on one example of a rule.
type Verdict string

// The verdicts of Test.
const (
	Right   Verdict = "正确"
	Missed  Verdict = "漏报"   // a fault that the rule does not see
	Accused Verdict = "误报"   // called worse than it is
	Known   Verdict = "已知问题" // marked todo, and still wrong
	Mended  Verdict = "已修好"  // marked todo, but right: take the mark away
)

// Tested is one example and what the rule made of it.
type Tested struct {
	Indicator string
	File      string
	Line      int
	Want, Got Status
	Text      string
	Verdict   Verdict
}

// Test runs every example in the set's rules that is written, those of
// profiles last. Results come in the order of the rules.
func (s *Set) Test() ([]Tested, error) {
	var out []Tested
	for i := range s.Indicators {
		ind := &s.Indicators[i]
		if len(ind.Examples) == 0 {
			continue
		}
		one, err := s.about(ind.ID)
		if err != nil {
			return nil, fmt.Errorf("test %s: %w", ind.ID, err)
		}
		for _, e := range ind.Examples {
			if unwritten(e.Text) {
				continue
			}
			out = append(out, one.tried(ind, e))
		}
	}
	for _, p := range s.Profiles {
		for _, e := range p.Examples {
			got := Met
			if len(missingParts(&Case{Input: Input{Set: &Set{Profiles: []Profile{p}}, Files: []File{outlined(e.Text, p.Kinds[0])}}})) > 0 {
				got = "缺少必备部分"
			}
			v := Right
			if got != e.Status {
				v = Missed
				if e.Status == Met {
					v = Accused
				}
			}
			out = append(out, Tested{Indicator: p.ID, Line: e.Line, Want: e.Status, Got: got, Text: e.Text, Verdict: v})
		}
	}
	checks, err := s.tryChecks()
	if err != nil {
		return nil, fmt.Errorf("test checks: %w", err)
	}
	return append(out, checks...), nil
}

// Try tests one example of the indicator with this id, which need not be one of
// its own yet.
func (s *Set) Try(id string, e Example) (Tested, error) {
	ind := s.Find(id)
	if ind == nil {
		return Tested{}, fmt.Errorf("try an example: no indicator %q", id)
	}
	one, err := s.about(id)
	if err != nil {
		return Tested{}, fmt.Errorf("try an example of %s: %w", id, err)
	}
	return one.tried(ind, e), nil
}

// tried tests an example by the first indicator of the set, which is ind.
func (s *Set) tried(ind *Indicator, e Example) Tested {
	o := s.judgeOnly(e.Text, e.Kind)
	return Tested{Indicator: ind.ID, File: ind.File, Line: e.Line, Want: e.Status, Got: o.Status, Text: e.Text, Verdict: verdict(e, o.Status)}
}

// outlined makes a text look like a submission: a short line that begins with
// 一、 is a heading.
func outlined(text string, kind corpus.Kind) File {
	f := asFile(text, kind)
	var b corpus.Builder
	for l := range strings.Lines(text) {
		b.Text(l)
	}
	f.Doc, f.Passages = b.End("passage/1", ""), nil
	var headings []string
	for i, p := range f.Doc.Paragraphs {
		t := f.Doc.Text(p.Span)
		if r := []rune(t); len(r) > 2 && len(r) <= 30 && r[1] == '、' {
			headings = []string{t}
			continue
		}
		f.Passages = append(f.Passages, corpus.Passage{Span: p.Span, Text: t, Zone: corpus.Content, Place: corpus.Location{Paragraph: i + 1}, Headings: headings, Sentences: sentences(f.Doc, p.Span)})
	}
	return f
}

func verdict(e Example, got Status) Verdict {
	want := e.Status
	if want == Unrelated {
		want = Missing
	}
	right := got == want
	switch {
	case right && e.Todo:
		return Mended
	case right:
		return Right
	case e.Todo:
		return Known
	case want.Gap() && want != Missing && !got.Gap() || want == Missing && got == Met:
		return Missed
	}
	return Accused
}

// kindOrReport is the kind an example or passage is judged as.
func kindOrReport(k corpus.Kind) corpus.Kind {
	if k == "" {
		return corpus.Annual
	}
	return k
}
