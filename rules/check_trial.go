package rules

import (
	"slices"
	"strings"

	"duibiao/corpus"
)

// Trial is papers of one unit that a document-level check must show, and
// papers that it must leave alone: the examples of the check.
type Trial struct {
	Check      string
	Unit       corpus.Unit
	Roster     []string // the names of the run's other units
	Kind       corpus.Kind
	Year       string // the year the papers are about
	Date       string // the day on which they were signed, or ""
	Shows, Not []string
	File       string `json:"-"`
	Line       int    `json:"-"`
}

// Passed is what a check makes of a paper that it leaves alone.
const Passed Status = "放过"

// tryChecks runs the examples of the document-level checks, in the order of
// the rule files.
func (s *Set) tryChecks() ([]Tested, error) {
	bare := *s
	bare.Indicators = nil
	if err := bare.compile(s.engine.segment); err != nil {
		return nil, err
	}
	var out []Tested
	for i := range s.Trials {
		t := &s.Trials[i]
		for _, text := range t.Shows {
			out = append(out, t.tested(&bare, text, Status(t.Check)))
		}
		for _, text := range t.Not {
			out = append(out, t.tested(&bare, text, Passed))
		}
	}
	slices.SortStableFunc(out, func(a, b Tested) int { return strings.Compare(a.Indicator, b.Indicator) })
	return out, nil
}

func (t *Trial) tested(s *Set, text string, want Status) Tested {
	got, v := Passed, Right
	if len(t.findings(s, text)) > 0 {
		got = Status(t.Check)
	}
	switch {
	case got == want:
	case want == Passed:
		v = Accused
	default:
		v = Missed
	}
	return Tested{Indicator: t.Check, File: t.File, Line: t.Line, Want: want, Got: got, Text: text, Verdict: v}
}

// findings is what the trial's check says of a paper.
func (t *Trial) findings(s *Set, text string) []Finding {
	roster := []corpus.Unit{t.Unit}
	for _, name := range t.Roster {
		u := corpus.Unit{Name: name}
		for _, short := range []string{unitOnly(name), bareName(name)} {
			if short != name {
				u.Aliases = append(u.Aliases, short)
			}
		}
		roster = append(roster, u)
	}
	c := gather(Input{Unit: t.Unit, Set: s, Roster: s.Roster(roster), Year: atoi(t.Year), Files: []File{t.paper(text)}})
	for _, check := range Checks() {
		if check.Name == t.Check {
			return check.Run(c)
		}
	}
	return nil
}

// zoneMarks say what a line of an example is; any other line is body text.
var zoneMarks = []struct {
	mark string
	zone corpus.Zone
}{{"# ", corpus.Head}, {"标题：", corpus.Title}, {"落款：", corpus.Signature}}

// paper makes a text a paper of the trial's unit: each line is a paragraph.
func (t *Trial) paper(text string) File {
	var b corpus.Builder
	var zones []corpus.Zone
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		zone := corpus.Content
		for _, m := range zoneMarks {
			if rest, ok := strings.CutPrefix(line, m.mark); ok {
				line, zone = rest, m.zone
			}
		}
		zones = append(zones, zone)
		b.Text(strings.ReplaceAll(line, `\n`, "\n"))
	}
	doc := b.End("trial/1", "")
	f := File{Submission: corpus.Submission{ID: "trial", Doc: doc, Kind: corpus.Taken{Value: string(t.Kind)}, Year: corpus.Taken{Value: t.Year},
		Date: corpus.Taken{Value: t.Date}, Title: corpus.Taken{Value: t.Year + "年度法治政府建设情况" + string(t.Kind)}}}
	var headings []string
	for i, p := range doc.Paragraphs {
		ps := corpus.Passage{Span: p.Span, Text: doc.Text(p.Span), Zone: zones[i], Place: corpus.Location{Paragraph: i + 1}, Sentences: sentences(doc, p.Span)}
		switch ps.Zone {
		case corpus.Head:
			headings = []string{ps.Text}
		case corpus.Title:
			f.Title = corpus.Taken{Value: ps.Text, Span: ps.Span}
		default:
			ps.Headings = headings
		}
		f.Passages = append(f.Passages, ps)
	}
	return f
}
