package main

import (
	"slices"

	"duibiao/cmd/duibiao/output"
	"duibiao/corpus"
	"duibiao/index/reuse"
	"duibiao/rules"
)

// measureAll measures every paper under review, and what each unit wrote on
// each indicator.
func measureAll(r *output.Report, papers []*paper, c *copies) {
	facts := countFacts(papers)
	byID := shelfmarks(papers)
	for i := range r.Documents {
		d := &r.Documents[i]
		if m, ok := c.measured[d.ID]; ok {
			d.Measures = measures(m.Shares(), facts[d.ID].within(nil))
		}
	}
	r.Sections = map[string]output.Measures{}
	for _, row := range r.Rows {
		if doc, parts := section(row, byID); doc != "" {
			if m, ok := c.measured[doc]; ok {
				r.Sections[output.SectionKey(row.Unit, row.Indicator)] = measures(m.Shares(parts...), facts[doc].within(parts))
			}
		}
	}
}

// section is where a row's evidence stands: the paper with most of it, and the
// paragraphs of that paper, in order.
func section(row rules.Row, byID library) (doc string, parts []corpus.Span) {
	of := map[string][]corpus.Span{}
	for _, e := range row.Evidence {
		p := byID[e.Doc]
		at := p.Doc.Paragraphs[e.Place.Paragraph-1].Span
		if !slices.Contains(of[e.Doc], at) {
			of[e.Doc] = append(of[e.Doc], at)
		}
		if doc == "" || len(of[e.Doc]) > len(of[doc]) {
			doc = e.Doc
		}
	}
	parts = of[doc]
	slices.SortFunc(parts, func(a, b corpus.Span) int { return a.Start - b.Start })
	return doc, parts
}

func measures(s reuse.Shares, facts int) output.Measures {
	m := output.Measures{Runes: s.Runes, Passages: s.Passages, Total: s.Total, Copied: s.Copied, Largest: s.Largest, Source: s.Source,
		Previous: s.Previous, Formulae: s.Formulae, Within: s.Within, Facts: facts}
	if s.Runes > 0 {
		m.Density = 1000 * float64(facts) / float64(s.Runes)
	}
	return m
}

// factPlaces is where the checkable facts of a paper stand, in order.
type factPlaces []int

// countFacts finds the facts in the text of every paper under review. Tables
// are left out: they are not in the runes that facts are held against.
func countFacts(papers []*paper) map[string]factPlaces {
	found := make([]factPlaces, len(papers))
	each(len(papers), func(i int) {
		p := papers[i]
		if p.Doc == nil || p.Shelf != "" {
			return
		}
		for _, q := range p.passages {
			if q.Zone != corpus.Content && q.Zone != corpus.Frame {
				continue
			}
			for _, s := range q.Sentences {
				for _, f := range rules.Facts(s.Text) {
					if f.Counts {
						found[i] = append(found[i], s.Span.Start+f.Span.Start)
					}
				}
			}
		}
	})
	m := map[string]factPlaces{}
	for i, p := range papers {
		m[p.ID] = found[i]
	}
	return m
}

// within counts the facts in parts, or all of them where there are no parts.
func (f factPlaces) within(parts []corpus.Span) int {
	if len(parts) == 0 {
		return len(f)
	}
	n := 0
	for _, at := range f {
		if slices.ContainsFunc(parts, func(s corpus.Span) bool { return s.Start <= at && at < s.End }) {
			n++
		}
	}
	return n
}
