package reuse

import (
	"cmp"
	"slices"

	"duibiao/corpus"
)

// Sources that share about as much of a passage are told apart by date.
const (
	asMuch    = 0.97 // of the most informative runes
	nearlyAll = 0.8  // of the passage
	hole      = 30   // a wider gap in a passage may have a source of its own
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
		chosen.same = chosen.agreeing() // before the seeds are claimed away below
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
			if rivals(g, most) && x.before(g, best) {
				best = g
			}
		}
	}
	return best
}

// rivals reports whether g shares about as much as most of the place where
// both are, and that place is nearly all of most.
func rivals(g, most *passage) bool {
	place := g.q.within(most.q)
	all := most.weightIn(place)
	return all >= nearlyAll*float64(most.weight) && g.weightIn(place) >= asMuch*all
}

// weightIn is the weight of g in a part of the query.
func (g *passage) weightIn(part stretch) float64 {
	sum := 0.0
	for _, sd := range g.seeds {
		sum += float64(sd.weight) * float64(sd.inQuery().overlap(part)) / float64(sd.n)
	}
	return sum
}

// before orders sources that share as much: the office's own shelf of
// superiors, then by date, then by level; what has no date comes last.
func (x *Index) before(a, b *passage) bool {
	return cmp.Or(
		cmp.Compare(superiorRank(x.docs[a.of.doc]), superiorRank(x.docs[b.of.doc])),
		cmp.Compare(x.facts[a.of.doc].day, x.facts[b.of.doc].day),
		cmp.Compare(levelRank(x.docs[a.of.doc]), levelRank(x.docs[b.of.doc])),
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
	p.formulae = slices.DeleteFunc(p.formulae, inside)
}

// snap moves the borders of a to the nearest edges of clauses, if they are
// near.
func (n *normal) snap(a stretch) stretch {
	return stretch{n.edge(a.from), n.edge(a.to)}
}

func (n *normal) edge(at int32) int32 {
	for d := range int32(snapWithin + 1) {
		for _, i := range []int32{at - d, at + d} {
			if i >= 0 && int(i) <= len(n.runes) && n.breaks.has(int(i)) {
				return i
			}
		}
	}
	return at
}

// report makes g known in positions of the texts.
func (x *Index) report(q *question, g passage, w *scratch) corpus.Reuse {
	source := normalise(x.docs[g.of.doc])
	s := source.snap(g.s)
	same, from := both(&q.normal, &source, g)
	return corpus.Reuse{
		Doc:         q.doc.ID,
		Span:        q.normal.folded.Back(int(g.q.from), int(g.q.to)),
		Same:        same,
		From:        from,
		Source:      x.docs[g.of.doc].ID,
		SourceSpan:  source.folded.Back(int(s.from), int(s.to)),
		Relation:    x.relation(q, g),
		Informative: g.informative,
		AlsoIn:      x.alsoIn(q, g, w),
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
		same = append(same, q.folded.Back(int(in.from), int(in.to)))
		from = append(from, source.folded.Back(int(at), int(at+in.len())))
	}
	return same, from
}

// alsoIn counts the documents, besides the two, that share at least half of
// the passage's fingerprints.
func (x *Index) alsoIn(q *question, g passage, w *scratch) int {
	var touched []uint32
	all := int32(0)
	for _, f := range q.prints {
		if f.at < g.q.from || f.at+gramLen > g.q.to {
			continue
		}
		all++
		from, to := x.post.list(f.hash)
		for _, doc := range x.post.doc[from:to] {
			if w.hits[doc] == 0 {
				touched = append(touched, doc)
			}
			w.hits[doc]++
		}
	}
	n := 0
	for _, doc := range touched {
		if 2*w.hits[doc] >= all && int(doc) != g.of.doc && x.docs[doc].ID != q.doc.ID {
			n++
		}
		w.hits[doc] = 0
	}
	return n
}

func sortReuse(r []corpus.Reuse) {
	slices.SortFunc(r, func(a, b corpus.Reuse) int {
		return cmp.Or(
			cmp.Compare(a.Doc, b.Doc),
			cmp.Compare(a.Span.Start, b.Span.Start),
			cmp.Compare(a.Span.End, b.Span.End),
			cmp.Compare(a.Source, b.Source),
			cmp.Compare(a.SourceSpan.Start, b.SourceSpan.Start))
	})
}
