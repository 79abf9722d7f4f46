package main

import (
	"fmt"
	"slices"
	"sort"
	"strconv"
	"strings"

	"duibiao/cmd/duibiao/output"
	"duibiao/corpus"
	"duibiao/rules"
)

// judgeAll judges every unit under review by every indicator, in the order of
// the units; what the exemptions of the set let off is excused.
func judgeAll(f *folder, set *rules.Set, units []output.Unit, papers []*paper, c *copies) ([]rules.Row, []rules.Finding, []rules.Excused) {
	files, year := byUnit(papers), f.yearUnderReview(papers)
	library := shelfmarks(papers)
	roster := make([]corpus.Unit, len(units))
	for i, u := range units {
		roster[i] = u.Unit
	}
	known := set.Roster(roster)
	rows := make([][]rules.Row, len(units))
	findings := make([][]rules.Finding, len(units))
	excused := make([][]rules.Excused, len(units))
	each(len(units), func(i int) {
		in := rules.Input{Unit: roster[i], Set: set, Year: year, Roster: known, Library: library}
		for _, p := range files[roster[i].Name] {
			in.Files = append(in.Files, rules.File{Submission: p.Submission, Passages: p.passages,
				Reuse: c.byDoc[p.ID], SameAs: p.sameAs})
		}
		rows[i], findings[i] = rules.Judge(in)
		rows[i], findings[i], excused[i] = rules.Excuse(in, rows[i], findings[i])
	})
	return slices.Concat(rows...), slices.Concat(findings...), slices.Concat(excused...)
}

// texts gives papers as they were read.
func texts(papers []*paper) output.Texts {
	l := shelfmarks(papers)
	return func(id string) *corpus.Document {
		if p, ok := l[id]; ok {
			return p.Doc
		}
		return nil
	}
}

// library finds papers by their id.
type library map[string]*paper

func shelfmarks(papers []*paper) library {
	l := library{}
	for _, p := range papers {
		l[p.ID] = p
	}
	return l
}

// Lookup is the submission with that id.
func (l library) Lookup(id string) (*corpus.Submission, bool) {
	p, ok := l[id]
	if !ok {
		return nil, false
	}
	return &p.Submission, true
}

// report puts together what the run found.
func report(set *rules.Set, units []output.Unit, papers []*paper, skipped []output.Skipped,
	rows []rules.Row, findings []rules.Finding, c *copies) *output.Report {
	r := &output.Report{Texts: texts(papers), Units: units, Skipped: skipped, Rows: rows, Findings: findings}
	library := shelfmarks(papers)
	for _, p := range papers {
		d := output.DocumentOf(p.Submission)
		d.Hash = p.hash
		for _, conflict := range p.conflicts {
			d.Warnings = append(slices.Clone(d.Warnings), corpus.Warning{Message: conflict})
		}
		r.Documents = append(r.Documents, d)
	}
	for _, reuse := range c.found {
		r.Reuse = append(r.Reuse, bothSides(reuse, library))
	}
	for _, i := range set.Indicators {
		r.Indicators = append(r.Indicators, output.Indicator{ID: i.ID, No: i.No, Title: i.Title,
			Level1: i.Level1, Level2: i.Level2, Text: i.Text})
	}
	measureAll(r, papers, c)
	r.Run = runOf(set, papers)
	return r
}

// bothSides quotes a reuse in the paper and in its source.
func bothSides(r corpus.Reuse, l library) output.Reuse {
	doc, source := l[r.Doc], l[r.Source]
	return output.Reuse{
		Reuse: r,
		Quote: doc.Doc.Text(r.Span), Place: doc.Doc.Locate(r.Span), Section: doc.sectionAt(r.Span),
		SourceQuote: source.Doc.Text(r.SourceSpan), SourcePlace: source.Doc.Locate(r.SourceSpan),
		SourceSection: source.sectionAt(r.SourceSpan),
	}
}

// sectionAt are the headings above the place where s begins.
func (p *paper) sectionAt(s corpus.Span) string {
	i := sort.Search(len(p.passages), func(i int) bool { return p.passages[i].Span.End > s.Start })
	if i == len(p.passages) {
		return ""
	}
	return p.passages[i].Section()
}

// runOf says by what the results were made.
func runOf(set *rules.Set, papers []*paper) output.Run {
	run := output.Run{Tool: release}
	var packs []string
	for _, p := range set.Packs {
		packs = append(packs, p.Name+" "+p.Version)
	}
	run.Rules = strings.Join(packs, "、") + "（" + set.Hash()[:8] + "）"
	for _, p := range papers {
		if p.Doc != nil {
			run.Readers = append(run.Readers, p.Doc.Reader)
		}
	}
	slices.Sort(run.Readers)
	run.Readers = slices.Compact(run.Readers)
	l := set.Limits
	for _, t := range []struct {
		name  string
		share float64
	}{{"句子判为雷同", l.Copied}, {"照抄上级", l.Superior}, {"上年沿用", l.Previous}, {"同级雷同", l.Peer}, {"范文", l.Template}} {
		run.Thresholds = append(run.Thresholds, output.Threshold{Name: t.name, Value: "≥" + strconv.FormatFloat(100*t.share, 'f', -1, 64) + "%"})
	}
	run.Thresholds = append(run.Thresholds, output.Threshold{Name: "雷同文字下限", Value: fmt.Sprintf("≥%d字", l.Runes)})
	return run
}
