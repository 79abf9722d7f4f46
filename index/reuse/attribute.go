package reuse

import (
	"cmp"
	"slices"

	"duibiao/corpus"
)

// Sources that share about as much of a passage are told apart by date.
const (
	asMuch   = 0.9 // of the most informative runes
	goodPart = 0.4 // of the passage
	hole     = 30  // a wider gap in a passage may have a source of its own
)

// attribute chooses for every passage of q the one source it is reported
// with: who shares most of it, among equals the earliest, then the higher
// level. What another source shares beyond it is a passage of its own.
func (x *Index) attribute(q *question, pairs []*pair) []passage {
	var out []passage
	for {
		best := x.bestOf(pairs)
		if best == nil {
			return out
		}
		chosen := *best
		chosen.q = q.normal.snap(chosen.q)
		out = append(out, chosen)
		for _, p := range pairs {
			if p.touches(chosen.q) {
				p.without(claimed(chosen))
				x.form(p)
			}
		}
	}
}

func (x *Index) bestOf(pairs []*pair) *passage {
	var best *passage
	for _, p := range pairs {
		for i := range p.passages {
			if g := &p.passages[i]; best == nil || g.weight > best.weight {
				best = g
			}
		}
	}
	if best == nil {
		return nil
	}
	most := best
	for _, p := range pairs {
		for i := range p.passages {
			g := &p.passages[i]
			if g.rivals(most) && x.before(g, best) {
				best = g
			}
		}
	}
	return best
}

// rivals reports whether g shares about as much as most of the place where
// both are, and that place is a good part of most.
func (g *passage) rivals(most *passage) bool {
	place := g.q.within(most.q)
	all := most.weightIn(place)
	return all >= goodPart*most.weight && g.weightIn(place) >= asMuch*all
}

// weightIn is the weight of g in a part of the query.
func (g *passage) weightIn(part stretch) float64 {
	sum := 0.0
	for _, sd := range g.same {
		sum += float64(sd.weight) * float64(sd.inQuery().overlap(part)) / float64(sd.n)
	}
	return sum
}

// before orders sources that share as much: the office's own shelf of
// superiors, then by date, then by level; what has no date comes last.
func (x *Index) before(a, b *passage) bool {
	return cmp.Or(
		cmp.Compare(superiorRank(x.docs[a.of.doc].Document), superiorRank(x.docs[b.of.doc].Document)),
		cmp.Compare(x.facts[a.of.doc].last, x.facts[b.of.doc].last),
		cmp.Compare(levelRank(x.docs[a.of.doc].Document), levelRank(x.docs[b.of.doc].Document)),
		cmp.Compare(b.weight, a.weight),
		cmp.Compare(x.docs[a.of.doc].ID, x.docs[b.of.doc].ID)) < 0
}

func (p *pair) touches(q stretch) bool {
	return slices.ContainsFunc(p.passages, func(g passage) bool { return g.q.overlap(q) > 0 })
}

// claimed are the parts of the query that g accounts for: all of it but its
// holes, where another source may be found.
func claimed(g passage) []stretch {
	var out []stretch
	for _, sd := range split(g.seeds, 1<<30, inQuery)[0] {
		if n := len(out); n > 0 && out[n-1].apart(sd.inQuery()) <= hole {
			out[n-1] = out[n-1].cover(sd.inQuery())
		} else {
			out = append(out, sd.inQuery())
		}
	}
	out[0].from = g.q.from
	out[len(out)-1].to = max(g.q.to, out[len(out)-1].to)
	return out
}

// agreeing are the parts that g shares word for word with its source, formulae
// included, in the order of the query and apart in it.
func (g *passage) agreeing() []seed {
	parts := slices.Clone(g.seeds)
	for _, sd := range g.of.formulae {
		if g.q.overlap(sd.inQuery()) == sd.n && g.s.overlap(sd.inSource()) == sd.n {
			parts = append(parts, sd)
		}
	}
	slices.SortStableFunc(parts, func(a, b seed) int { return cmp.Compare(a.q, b.q) })
	out, end := parts[:0], int32(0)
	for _, sd := range parts {
		if cut := end - sd.q; cut > 0 {
			sd.weight -= sd.weight * min(cut, sd.n) / sd.n
			sd.q, sd.s, sd.n = sd.q+cut, sd.s+cut, sd.n-cut
		}
		if sd.n > 0 {
			out, end = append(out, sd), sd.q+sd.n
		}
	}
	return out
}

// without takes the seeds that lie in parts, for the greater part, out of p.
func (p *pair) without(parts []stretch) {
	inside := func(sd seed) bool {
		in := int32(0)
		for _, part := range parts {
			in += sd.inQuery().overlap(part)
		}
		return 2*in > sd.n
	}
	p.seeds = slices.DeleteFunc(p.seeds, inside)
	p.loose = slices.DeleteFunc(p.loose, inside)
	p.formulae = slices.DeleteFunc(p.formulae, inside)
}

// snap moves the borders of a to the nearest edges of clauses, if they are
// near, and else over a clause of which a has the greater part.
func (n *normal) snap(a stretch) stretch {
	return stretch{n.edge(a.from, a.to-a.from, -1), n.edge(a.to, a.to-a.from, 1)}
}

// edge is where to move a border; outward is the way out of the passage, which
// has so many runes.
func (n *normal) edge(at, within, outward int32) int32 {
	for d := range int32(snapWithin + 1) {
		for _, i := range []int32{at - d, at + d} {
			if n.clause(i) {
				return i
			}
		}
	}
	for d := int32(snapWithin + 1); d <= within && !n.clause(at-outward*d); d++ {
		if n.clause(at + outward*d) {
			return at + outward*d
		}
	}
	return at
}

// clause reports whether a clause begins or the text ends at i.
func (n *normal) clause(i int32) bool {
	return i >= 0 && int(i) <= len(n.runes) && n.breaks.has(int(i))
}

// report makes g known in positions of the texts.
func (x *Index) report(q *question, g passage, w *scratch) corpus.Reuse {
	source := x.recordAt(g.of.doc).normal()
	s := source.snap(g.s)
	same, from := both(&q.normal, &source, g)
	return corpus.Reuse{
		Doc:         q.doc.ID,
		Span:        q.normal.back(int(g.q.from), int(g.q.to)),
		Same:        same,
		From:        from,
		Source:      x.docs[g.of.doc].ID,
		SourceSpan:  source.back(int(s.from), int(s.to)),
		Relation:    x.relation(q, g),
		Informative: g.informative,
		AlsoIn:      x.alsoIn(q, g.q, x.docs[g.of.doc].ID, w),
	}
}

// both are the parts of g that agree, as spans of the document and of its
// source; what snapping the border left outside is not among them.
func both(q, source *normal, g passage) (same, from []corpus.Span) {
	for _, sd := range g.same {
		in := sd.inQuery().within(g.q)
		if in.len() <= 0 {
			continue
		}
		at := sd.s + in.from - sd.q
		same = append(same, q.back(int(in.from), int(in.to)))
		from = append(from, source.back(int(at), int(at+in.len())))
	}
	return same, from
}

// alsoIn counts the documents, besides q and the source, that share at least
// half of the fingerprints of a place in q. Of a list so many are looked at:
// there it is all the same how many more there are.
func (x *Index) alsoIn(q *question, at stretch, source string, w *scratch) int {
	all := int32(0)
	for _, f := range q.prints {
		if f.at >= at.from && f.at+gramLen <= at.to {
			all++
			w.list.open(x.parts, f.hash)
			w.count(x.reach.listed)
		}
	}
	n := 0
	w.counted(func(doc, hits int32) {
		if 2*hits >= all && doc != q.number && x.docs[doc].ID != source {
			n++
		}
	})
	return n
}

func sortReuse(r []corpus.Reuse) { slices.SortFunc(r, compareReuse) }

func compareReuse(a, b corpus.Reuse) int {
	return cmp.Or(
		cmp.Compare(a.Doc, b.Doc),
		cmp.Compare(a.Span.Start, b.Span.Start),
		cmp.Compare(a.Span.End, b.Span.End),
		cmp.Compare(a.Source, b.Source),
		cmp.Compare(a.SourceSpan.Start, b.SourceSpan.Start))
}
