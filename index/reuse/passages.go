package reuse

import (
	"cmp"
	"slices"
)

// The shape of a passage, in runes of normal form.
const (
	chance     = 4    // so many runes of every run agree by chance; what is beyond is evidence
	shortSeed  = 10   // a shorter seed needs a neighbour
	neighbour  = 24   // in both texts so near
	widest     = 60   // a passage may skip so much in either text,
	thin       = 0.35 // but where less than this share of it agrees, gaps must be smaller,
	narrowest  = 8    // down to this
	joinGap    = 120  // passages of one pair that lie so near are one,
	weakest    = 6    // as is a stretch with so much evidence beside an accepted one
	adjoins    = 8    // a formula so near in one text
	adjoinsFar = 30   // and so near in the other belongs to the passage
	snapWithin = 6    // a border moves so far to the edge of a clause
)

// pair is a query and one possible source.
type pair struct {
	doc      int
	source   []uint16
	seeds    []seed // informative ones, in the order of the query
	formulae []seed // the others
	passages []passage
}

// passage is a stretch that stands in both texts.
type passage struct {
	q, s        stretch
	seeds       []seed
	same        []seed // what agrees word for word; set when the passage is attributed
	informative int
	evidence    int // informative runes beyond what agrees by chance
	weight      int // runes that agree and are on no list, whatever the source teaches
	of          *pair
}

// stretch is a half-open range of normal form.
type stretch struct{ from, to int32 }

func (a stretch) shift(by int32) stretch   { return stretch{a.from + by, a.to + by} }
func (a stretch) len() int32               { return a.to - a.from }
func (a stretch) overlap(b stretch) int32  { return max(0, min(a.to, b.to)-max(a.from, b.from)) }
func (a stretch) within(b stretch) stretch { return stretch{max(a.from, b.from), min(a.to, b.to)} }

// without is the longer part of a that b leaves.
func (a stretch) without(b stretch) stretch {
	if a.overlap(b) == 0 {
		return a
	}
	left, right := stretch{a.from, max(a.from, b.from)}, stretch{min(a.to, b.to), a.to}
	if left.len() >= right.len() {
		return left
	}
	return right
}

func (a stretch) cover(b stretch) stretch { return stretch{min(a.from, b.from), max(a.to, b.to)} }
func (a stretch) apart(b stretch) int32   { return max(b.from-a.to, a.from-b.to) }

func (sd seed) inQuery() stretch  { return stretch{sd.q, sd.q + sd.n} }
func (sd seed) inSource() stretch { return stretch{sd.s, sd.s + sd.n} }

func inQuery(sd seed) stretch  { return sd.inQuery() }
func inSource(sd seed) stretch { return sd.inSource() }

// align finds the passages that the query shares with a document.
func (x *Index) align(q *question, doc int, w *scratch) *pair {
	p := &pair{doc: doc, source: x.runes(doc)}
	w.seeds = q.table.find(p.source, w.seeds)
	public := x.publicIn(doc)
	w.taught = x.taughtIn(doc, w.taught)
	if !x.promising(q, public, w) {
		return p
	}
	seeds := unshadowed(w, len(q.normal.runes), len(p.source))
	for _, sd := range seeds {
		sd.weigh(&q.normal, public, w.taught)
		if sd.informative > 0 {
			p.seeds = append(p.seeds, sd)
		} else {
			p.formulae = append(p.formulae, sd)
		}
	}
	p.seeds = accompanied(p.seeds)
	x.form(p)
	return p
}

// promising reports whether a seed is long enough to carry a passage; most
// candidates have none, and are done with here.
func (x *Index) promising(q *question, public bits, w *scratch) bool {
	for _, sd := range w.seeds {
		if int(sd.n) < x.limits.Run {
			continue
		}
		if sd.weigh(&q.normal, public, w.taught); int(sd.longest) >= x.limits.Run {
			return true
		}
	}
	return false
}

// form makes the passages of p from its seeds.
func (x *Index) form(p *pair) {
	p.passages = p.passages[:0]
	var weak []passage
	for _, seeds := range clusters(p.seeds, widest) {
		switch g := x.passage(p, seeds); {
		case x.accept(g):
			p.passages = append(p.passages, g)
		case g.evidence >= weakest:
			weak = append(weak, g)
		}
	}
	p.join(weak)
	for i := range p.passages {
		p.extend(&p.passages[i])
	}
}

// accompanied drops short seeds that stand alone in either text.
func accompanied(seeds []seed) []seed {
	kept := make([]seed, 0, len(seeds))
	for i, sd := range seeds {
		if sd.n >= shortSeed || near(seeds, i) {
			kept = append(kept, sd)
		}
	}
	return kept
}

func near(seeds []seed, i int) bool {
	sd := seeds[i]
	fits := func(o seed) bool { return sd.inSource().apart(o.inSource()) <= neighbour }
	for j := i - 1; j >= 0 && sd.q-seeds[j].q <= neighbour+longestPhrase; j-- {
		if sd.inQuery().apart(seeds[j].inQuery()) <= neighbour && fits(seeds[j]) {
			return true
		}
	}
	for j := i + 1; j < len(seeds) && seeds[j].q-(sd.q+sd.n) <= neighbour; j++ {
		if fits(seeds[j]) {
			return true
		}
	}
	return false
}

// clusters splits seeds wherever one of the texts has a gap of more than gap
// between them, in turn, until neither has; a cluster that agrees too thinly
// is split at smaller gaps.
func clusters(seeds []seed, gap int32) [][]seed {
	if len(seeds) == 0 {
		return nil
	}
	var out [][]seed
	for _, byQuery := range split(seeds, gap, inQuery) {
		parts := split(byQuery, gap, inSource)
		if len(parts) > 1 {
			for _, part := range parts {
				out = append(out, clusters(part, gap)...)
			}
			continue
		}
		if half := gap / 2; half >= narrowest-1 && coverage(parts[0]) < thin {
			out = append(out, clusters(parts[0], max(half, narrowest))...)
			continue
		}
		out = append(out, parts[0])
	}
	return out
}

// split orders seeds by one text and splits them at its gaps.
func split(seeds []seed, gap int32, side func(seed) stretch) [][]seed {
	seeds = slices.Clone(seeds)
	slices.SortFunc(seeds, func(a, b seed) int {
		return cmp.Or(cmp.Compare(side(a).from, side(b).from), cmp.Compare(a.q, b.q), cmp.Compare(a.s, b.s))
	})
	var out [][]seed
	from, end := 0, side(seeds[0]).to
	for i, sd := range seeds {
		if side(sd).from-end > gap {
			out = append(out, seeds[from:i])
			from = i
		}
		end = max(end, side(sd).to)
	}
	return append(out, seeds[from:])
}

// coverage is what share of the longer side of the seeds' extent agrees.
func coverage(seeds []seed) float64 {
	q, s := extent(seeds)
	return float64(agreed(seeds)) / float64(max(q.len(), s.len()))
}

func extent(seeds []seed) (q, s stretch) {
	q, s = seeds[0].inQuery(), seeds[0].inSource()
	for _, sd := range seeds[1:] {
		q, s = q.cover(sd.inQuery()), s.cover(sd.inSource())
	}
	return q, s
}

// agreed is how many runes of the query the seeds cover.
func agreed(seeds []seed) int32 {
	byQuery := split(seeds, 1<<30, inQuery)[0]
	sum, end := int32(0), int32(0)
	for _, sd := range byQuery {
		sum += max(0, sd.q+sd.n-max(end, sd.q))
		end = max(end, sd.q+sd.n)
	}
	return sum
}

func (x *Index) passage(p *pair, seeds []seed) passage {
	g := passage{of: p, seeds: seeds}
	g.q, g.s = extent(seeds)
	end := int32(0)
	for _, sd := range split(seeds, 1<<30, inQuery)[0] {
		if sd.q+sd.n > end { // not twice where seeds overlap
			g.informative += int(min(sd.informative, sd.q+sd.n-end))
			g.weight += int(min(sd.weight, sd.q+sd.n-end))
			g.evidence += int(max(0, min(sd.informative, sd.q+sd.n-end)-chance))
		}
		end = max(end, sd.q+sd.n)
	}
	return g
}

// accept reports whether g is more than a coincidence of register.
func (x *Index) accept(g passage) bool {
	longest := int32(0)
	for _, sd := range g.seeds {
		longest = max(longest, sd.longest)
	}
	return g.evidence >= x.limits.Informative && int(longest) >= x.limits.Run && int(g.q.len()) >= x.limits.Length
}

// join makes one of neighbouring passages, and takes weak ones to those that
// they stand next to.
func (p *pair) join(weak []passage) {
	for i := 0; i < len(p.passages); {
		g := &p.passages[i]
		fits := func(o passage) bool { return g.q.apart(o.q) <= joinGap && g.s.apart(o.s) <= joinGap }
		if j := slices.IndexFunc(p.passages[i+1:], fits); j >= 0 {
			g.take(p.passages[i+1+j])
			p.passages = slices.Delete(p.passages, i+1+j, i+2+j)
		} else if j := slices.IndexFunc(weak, fits); j >= 0 {
			g.take(weak[j])
			weak = slices.Delete(weak, j, j+1)
		} else {
			i++
		}
	}
}

func (g *passage) take(o passage) {
	g.q, g.s = g.q.cover(o.q), g.s.cover(o.s)
	g.seeds = append(slices.Clip(g.seeds), o.seeds...)
	g.informative += o.informative
	g.evidence += o.evidence
	g.weight += o.weight
}

// extend takes in the formulae that adjoin g in both texts.
func (p *pair) extend(g *passage) {
	for grown := true; grown; {
		grown = false
		for _, sd := range p.formulae {
			q, s := sd.inQuery(), sd.inSource()
			near, far := min(g.q.apart(q), g.s.apart(s)), max(g.q.apart(q), g.s.apart(s))
			if near > adjoins || far > adjoinsFar || g.q.cover(q) == g.q && g.s.cover(s) == g.s {
				continue
			}
			g.q, g.s, grown = g.q.cover(q), g.s.cover(s), true
		}
	}
}
