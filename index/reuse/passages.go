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
	closely    = 32   // where text was left out, what is left stands so near
	leftOut    = 20   // so many runes that one text has alone cost as much as one that differs in both
	joinGap    = 120  // passages of one pair that lie so near are one,
	weakest    = 6    // as is a stretch with so much evidence beside an accepted one
	misread    = 3    // runs are so much shorter where one text was recognised from pictures
	dense      = 0.65 // where runs are short, this share of the runes that are nobody else's agrees,
	denser     = 0.75 // and this where they are few
	trailAhead = 40   // a border looks so far ahead for what agrees
	trailGain  = 3    // and moves to where so many more agree than do not
	adjoins    = 8    // a formula so near in one text
	adjoinsFar = 30   // and so near in the other belongs to the passage
	snapWithin = 6    // a border moves so far to the edge of a clause
)

// pair is a query and one possible source.
type pair struct {
	doc      int
	run      int      // an unbroken run of so many is needed
	q, s     own      // of both texts
	qr, sr   []uint16 // their normal forms
	seeds    []seed   // informative ones, in the order of the query
	loose    []seed   // short ones that stand alone, in the order of the query
	formulae []seed   // the others
	passages []passage
}

// passage is a stretch that stands in both texts.
type passage struct {
	q, s        stretch
	seeds       []seed
	same        []seed // what agrees word for word, formulae included, in the order of the query and apart in it
	informative int
	evidence    int     // informative runes beyond what agrees by chance
	weight      float64 // runes of same that are on no list, whatever the source teaches
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
	p := &pair{doc: doc}
	x.recordAt(doc).source(&w.source)
	w.taught = x.taughtIn(doc, w.taught)
	w.grams = gramHashes(w.source.runes, w.grams)
	within(w.taught, func(at int) { w.grams[at] = noHash })
	if p.run = x.limits.Run; q.doc.OCR || x.docs[doc].OCR {
		p.run -= misread
	}
	if !q.grams.share(w.grams, p.run-gramLen+1) {
		return p
	}
	w.seeds = q.table.find(w.source.runes, w.seeds)
	public := w.source.public
	if !p.promising(q, public, w) {
		return p
	}
	seeds := unshadowed(w, len(q.normal.runes), len(w.source.runes))
	for _, sd := range seeds {
		sd.weigh(&q.normal, public, w.taught)
		if sd.informative > 0 {
			p.seeds = append(p.seeds, sd)
		} else {
			p.formulae = append(p.formulae, sd)
		}
	}
	p.seeds, p.loose = accompanied(p.seeds)
	p.q, p.s = q.own, newOwn(w.source.runes, public, w.taught)
	p.qr, p.sr = q.normal.runes, slices.Clone(w.source.runes)
	x.form(p)
	return p
}

// promising reports whether a seed is long enough to carry a passage; most
// candidates have none, and are done with here.
func (p *pair) promising(q *question, public bitset, w *scratch) bool {
	for _, sd := range w.seeds {
		if int(sd.n) < p.run {
			continue
		}
		if sd.weigh(&q.normal, public, w.taught); int(sd.longest) >= p.run {
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
		switch g := p.passage(trimmed(seeds)); {
		case x.accept(g):
			p.passages = append(p.passages, g)
		case g.evidence >= weakest:
			weak = append(weak, g)
		}
	}
	weak = x.rally(p, weak)
	p.join(weak)
	for i := range p.passages {
		g := &p.passages[i]
		p.grow(g)
		g.same = g.agreeing()
		g.weight = g.weightIn(g.q)
	}
}

// accompanied sets short seeds apart that stand alone in either text.
func accompanied(seeds []seed) (kept, loose []seed) {
	kept = make([]seed, 0, len(seeds))
	for i, sd := range seeds {
		if sd.n >= shortSeed || near(seeds, i) {
			kept = append(kept, sd)
		} else {
			loose = append(loose, sd)
		}
	}
	return kept, loose
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

func (p *pair) passage(seeds []seed) passage {
	g := passage{of: p, seeds: seeds}
	g.q, g.s = extent(seeds)
	g.informative, g.evidence = weight(seeds, inQuery)
	informative, evidence := weight(seeds, inSource)
	g.informative, g.evidence = min(g.informative, informative), min(g.evidence, evidence)
	return g
}

// weight adds up the informative runes of seeds, and what of them is evidence:
// none twice where seeds overlap on one side, as they do where a text says a
// thing twice and the other once.
func weight(seeds []seed, side func(seed) stretch) (informative, evidence int) {
	end := int32(0)
	for _, sd := range split(seeds, 1<<30, side)[0] {
		if to := side(sd).to; to > end {
			more := min(sd.informative, to-end)
			informative += int(more)
			evidence += int(max(0, more-chance))
			end = to
		}
	}
	return informative, evidence
}

// accept reports whether g is more than a coincidence of register. A long run
// with enough beside it is. Shorter runs are made by the names and terms that
// both texts speak of, too; then most of what lies between must agree as well,
// and the more the less the runs say.
func (x *Index) accept(g passage) bool {
	if int(g.q.len()) < x.limits.Length || g.evidence < weakest {
		return false
	}
	longest := int32(0)
	for _, sd := range g.seeds {
		longest = max(longest, sd.longest)
	}
	runs := g.evidence >= x.limits.Informative && int(longest) >= g.of.run
	if runs && int(longest) >= x.limits.Run+chance {
		return true
	}
	if x.solid(g) {
		return true
	}
	q, s := g.of.q.in(g.q), g.of.s.in(g.s)
	least := min(len(q), len(s))
	return 2*least >= max(len(q), len(s)) && x.agrees(runs, inCommon(q, s), least)
}

// agrees reports whether so many runes that are nobody else's agree of so many
// that could.
func (x *Index) agrees(runs bool, same, of int) bool {
	switch {
	case runs, same >= 3*x.limits.Informative:
		return float64(same) >= dense*float64(of)
	case 2*same >= 3*x.limits.Informative:
		return float64(same) >= denser*float64(of)
	}
	return false
}

// solid reports whether what of g follows each other in both texts has the runs
// of a passage, and agrees between them: where one text has more there than the
// other, as it has where something was left out or put in, the shorter counts.
// Phrases the source teaches say little one by one; so many in one order, with
// nothing else between them, were written from one paper.
func (x *Index) solid(g passage) bool {
	chain := sequence(g.seeds)
	_, evidence := weight(chain, inQuery)
	longest, phrases := int32(0), 0
	for _, sd := range chain {
		longest = max(longest, sd.longest)
		phrases += int(max(0, sd.weight-chance))
	}
	switch {
	case evidence >= x.limits.Informative && int(longest) >= g.of.run:
		same, of := g.along(chain, g.of.q.in, g.of.s.in)
		return float64(same) >= dense*float64(of)
	case 2*evidence >= x.limits.Informative && phrases >= 2*x.limits.Informative:
		same, of := g.along(chain, func(s stretch) []uint16 { return g.of.qr[s.from:s.to] }, func(s stretch) []uint16 { return g.of.sr[s.from:s.to] })
		return float64(same) >= denser*float64(of)
	}
	return false
}

// along is how many runes of both texts agree in the seeds of chain and between
// them, of how many that could.
func (g *passage) along(chain []seed, query, source func(stretch) []uint16) (same, of int) {
	for i, sd := range chain {
		n := len(query(sd.inQuery()))
		same, of = same+n, of+n
		if i > 0 {
			last := chain[i-1]
			q, s := query(stretch{last.q + last.n, sd.q}), source(stretch{last.s + last.n, sd.s})
			same, of = same+inCommon(q, s), of+min(len(q), len(s))
		}
	}
	return same, of
}

// trimmed takes short seeds off the edges of a cluster that stand in another
// order than most of it: what is repeated elsewhere is found on either side of
// any passage.
func trimmed(seeds []seed) []seed {
	firm := map[seed]bool{}
	for _, sd := range sequence(seeds) {
		firm[sd] = true
	}
	within := func(sd seed) bool { return firm[sd] || sd.n >= gramLen }
	q, s := extent(slices.DeleteFunc(slices.Clone(seeds), func(sd seed) bool { return !within(sd) }))
	return slices.DeleteFunc(slices.Clone(seeds), func(sd seed) bool {
		return !within(sd) && (q.cover(sd.inQuery()) != q || s.cover(sd.inSource()) != s)
	})
}

// sequence are those seeds, apart from each other, that stand in the same order
// in both texts and hold most.
func sequence(seeds []seed) []seed {
	starts := slices.SortedFunc(slices.Values(seeds), func(a, b seed) int { return cmp.Or(cmp.Compare(a.q, b.q), cmp.Compare(a.s, b.s)) })
	ends := make([]int, len(starts)) // of starts, in the order in which they end in the query
	places := make([]int32, len(starts))
	for i, sd := range starts {
		ends[i], places[i] = i, sd.s+sd.n
	}
	slices.SortStableFunc(ends, func(a, b int) int { return cmp.Compare(starts[a].inQuery().to, starts[b].inQuery().to) })
	slices.Sort(places)
	sum, before := make([]int32, len(starts)), make([]int, len(starts))
	best := make([]int, len(places)+1) // a tree: which chain + 1 holds most of those that end in the source by a place
	last, ended := -1, 0
	for i, sd := range starts {
		for ; starts[ends[ended]].inQuery().to <= sd.q; ended++ {
			e := ends[ended]
			at, _ := slices.BinarySearch(places, starts[e].inSource().to)
			for at++; at < len(best); at += at & -at {
				if best[at] == 0 || sum[e] > sum[best[at]-1] {
					best[at] = e + 1
				}
			}
		}
		before[i] = -1
		at, _ := slices.BinarySearch(places, sd.s+1)
		for ; at > 0; at -= at & -at {
			if b := best[at] - 1; b >= 0 && (before[i] < 0 || sum[b] > sum[before[i]]) {
				before[i] = b
			}
		}
		if sum[i] = sd.n; before[i] >= 0 {
			sum[i] += sum[before[i]]
		}
		if last < 0 || sum[i] > sum[last] {
			last = i
		}
	}
	var chain []seed
	for i := last; i >= 0; i = before[i] {
		chain = append(chain, starts[i])
	}
	slices.Reverse(chain)
	return chain
}

// rally makes passages of weak ones that follow each other in both texts, in
// one of them closely: so stand the remains of a text of which much was left
// out. It returns the others.
func (x *Index) rally(p *pair, weak []passage) []passage {
	slices.SortFunc(weak, func(a, b passage) int {
		return cmp.Or(cmp.Compare(a.q.from, b.q.from), cmp.Compare(a.s.from, b.s.from))
	})
	var rest []passage
	for len(weak) > 0 {
		g, used := weak[0], []int{0}
		for i, o := range weak[1:] {
			if o.q.from-g.q.to > 2*joinGap {
				break
			}
			if g.leadsTo(o) {
				g.take(o)
				used = append(used, i+1)
			}
		}
		if len(used) > 1 && x.solid(g) {
			p.passages = append(p.passages, g)
			for k, i := range used {
				weak = slices.Delete(weak, i-k, i-k+1)
			}
			continue
		}
		rest, weak = append(rest, weak[0]), weak[1:]
	}
	return rest
}

func (g *passage) leadsTo(o passage) bool {
	q, s := stretch{g.q.to, o.q.from}, stretch{g.s.to, o.s.from}
	if min(q.len(), s.len()) < 0 || max(q.len(), s.len()) > 2*joinGap {
		return false
	}
	agreed := int32(0)
	formulae := g.of.formulae
	at, _ := slices.BinarySearchFunc(formulae, q.from, func(sd seed, from int32) int { return cmp.Compare(sd.q, from) })
	for _, sd := range formulae[at:] {
		if sd.q >= q.to {
			break
		}
		if q.overlap(sd.inQuery()) == sd.n && s.overlap(sd.inSource()) == sd.n {
			agreed += sd.n
		}
	}
	return min(q.len(), s.len())-agreed <= closely && max(q.len(), s.len())-agreed <= joinGap
}

// join makes one of neighbouring passages, and takes weak ones to those that
// they stand next to.
func (p *pair) join(weak []passage) {
	for i := 0; i < len(p.passages); {
		g := &p.passages[i]
		carries := func(o passage) bool { return g.near(o) && int(min(g.q.apart(o.q), g.s.apart(o.s))) <= 2*o.evidence }
		if j := slices.IndexFunc(p.passages[i+1:], g.near); j >= 0 {
			g.take(p.passages[i+1+j])
			p.passages = slices.Delete(p.passages, i+1+j, i+2+j)
		} else if j := slices.IndexFunc(weak, carries); j >= 0 {
			g.take(weak[j])
			weak = slices.Delete(weak, j, j+1)
		} else {
			i++
		}
	}
}

func (g *passage) near(o passage) bool { return g.q.apart(o.q) <= joinGap && g.s.apart(o.s) <= joinGap }

func (g *passage) take(o passage) {
	g.q, g.s = g.q.cover(o.q), g.s.cover(o.s)
	g.seeds = append(slices.Clip(g.seeds), o.seeds...)
	g.informative += o.informative
	g.evidence += o.evidence
}

// grow moves the borders of g over what goes on agreeing beyond them.
func (p *pair) grow(g *passage) {
	for p.trail(g) || p.reach(g) || p.extend(g) {
	}
}

// reach takes in the seeds, also those that stand alone, that follow or precede
// g in both texts and say more than the gap costs.
func (p *pair) reach(g *passage) bool {
	grown := false
	take := func(sd seed) {
		q, s := sd.inQuery(), sd.inSource()
		after := q.from >= g.q.to && s.from >= g.s.to
		before := q.to <= g.q.from && s.to <= g.s.from
		near, far := min(g.q.apart(q), g.s.apart(s)), max(g.q.apart(q), g.s.apart(s))
		if (after || before) && far <= joinGap && near+far/leftOut <= sd.informative-chance {
			g.take(p.passage([]seed{sd}))
			grown = true
		}
	}
	for _, seeds := range [][]seed{p.seeds, p.loose} {
		for i := range seeds {
			take(seeds[i])
		}
		for i := range seeds {
			take(seeds[len(seeds)-1-i])
		}
	}
	return grown
}

// trail moves the borders of g over what goes on agreeing in runs too short
// for seeds, as words that were put for others leave it.
func (p *pair) trail(g *passage) bool {
	q, s := trailing(p.qr[g.q.to:], p.sr[g.s.to:], forward)
	g.q.to, g.s.to = g.q.to+q, g.s.to+s
	qb, sb := trailing(p.qr[:g.q.from], p.sr[:g.s.from], backward)
	g.q.from, g.s.from = g.q.from-qb, g.s.from-sb
	return q+qb > 0
}

// The way in which trailing goes from the border.
const (
	forward  = false
	backward = true
)

// trailing is how far the texts agree from a border on, if gaps and other
// runes cost as much as what agrees brings in.
func trailing(q, s []uint16, back bool) (inQuery, inSource int32) {
	at := func(r []uint16, i int) uint16 {
		if back {
			return r[len(r)-1-i]
		}
		return r[i]
	}
	n, m := min(len(q), trailAhead), min(len(s), trailAhead)
	var rows [2][trailAhead + 1]int
	above, row := &rows[0], &rows[1]
	for j := range m + 1 {
		above[j] = -j
	}
	best := trailGain - 1
	for i := 1; i <= n; i++ {
		row[0] = -i
		for j := 1; j <= m; j++ {
			if at(q, i-1) == at(s, j-1) {
				row[j] = above[j-1] + 1
				if row[j] > best {
					best, inQuery, inSource = row[j], int32(i), int32(j)
				}
			} else {
				row[j] = max(above[j-1], above[j], row[j-1]) - 1
			}
		}
		above, row = row, above
	}
	return inQuery, inSource
}

// extend takes in the formulae that adjoin g in both texts.
func (p *pair) extend(g *passage) bool {
	before := [2]stretch{g.q, g.s}
	for _, sd := range p.formulae {
		q, s := sd.inQuery(), sd.inSource()
		near, far := min(g.q.apart(q), g.s.apart(s)), max(g.q.apart(q), g.s.apart(s))
		if near <= adjoins && far <= adjoinsFar {
			g.q, g.s = g.q.cover(q), g.s.cover(s)
		}
	}
	return before != [2]stretch{g.q, g.s}
}
