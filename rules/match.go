package rules

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// role says how a term counts for its owner.
type role uint8

const (
	strong role = iota // enough by itself
	weak               // two of them
	object             // the thing itself: weak, and with 没有 a stated non-occurrence
	must               // each must be there
	never              // none may be there
	self               // the item's own wording, repeated in an evidence table
)

// use is one owner of a term: an indicator, or a topic (numbered after them).
type use struct {
	owner  int32
	role   role
	weight float32
}

// term is a word, or several in order with gaps of up to gapRunes.
type term struct {
	text  string
	parts []int32
	uses  []use
}

const (
	gapRunes   = 12
	weakWeight = 0.5
	enough     = 1.0 // the score from which a sentence speaks of an item
	headShare  = 0.5 // what the heading's words count
	priorShare = 0.5 // what the sentence before counts
	ownLeast   = 0.4 // what a sentence must bring itself when its context counts
)

// engine is a Set ready to be matched.
type engine struct {
	ac         *automaton
	terms      []term
	byFirst    [][]int32 // pattern -> the terms that begin with it
	indicators int
	topicsOf   [][]int32 // indicator -> its topics, as owners
	musts      []int     // indicator -> how many must-terms it has
	patterns   [][][]patternPart
	segment    func(string) []string
}

// compile makes the set ready. segment may be nil.
func (s *Set) compile(segment func(string) []string) error {
	e := &engine{indicators: len(s.Indicators), segment: segment}
	b := &builder{engine: e, ids: map[string]int32{}, terms: map[string]int32{}}
	th := thesaurus()
	topicAt := map[string]int32{}
	for k := range th.all {
		owner := int32(e.indicators + k)
		topicAt[th.all[k].name] = owner
		b.topic(owner, &th.all[k])
	}
	for i := range s.Indicators {
		ind := &s.Indicators[i]
		var mine []int32
		for _, t := range ind.Topics {
			mine = append(mine, topicAt[t])
			b.topic(int32(i), th.byName[t])
		}
		e.topicsOf = append(e.topicsOf, mine)
		e.musts = append(e.musts, len(ind.Terms.All))
		b.terms1(int32(i), ind)
		var parsed [][]patternPart
		for _, p := range ind.Patterns {
			parts, err := parsePattern(p)
			if err != nil {
				return err
			}
			parsed = append(parsed, parts)
		}
		e.patterns = append(e.patterns, parsed)
	}
	b.discount()
	e.ac = newAutomaton(b.patterns)
	s.engine = e
	return s.compilePlaceholders()
}

// builder collects the terms of all owners.
type builder struct {
	*engine
	patterns [][]rune
	ids      map[string]int32
	terms    map[string]int32
}

func (b *builder) put(owner int32, text string, r role, weight float64) {
	folded := string(foldRunes(text))
	if strings.Trim(folded, "…") == "" {
		return
	}
	at, ok := b.terms[folded]
	if !ok {
		t := term{text: text}
		for part := range strings.SplitSeq(folded, "…") {
			if part != "" {
				t.parts = append(t.parts, b.pattern(part))
			}
		}
		at = int32(len(b.engine.terms))
		b.engine.terms = append(b.engine.terms, t)
		b.byFirst[t.parts[0]] = append(b.byFirst[t.parts[0]], at)
		b.terms[folded] = at
	}
	t := &b.engine.terms[at]
	for i := range t.uses {
		if u := &t.uses[i]; u.owner == owner && (u.role == r || u.role <= object && r <= object) {
			if float32(weight) > u.weight || u.role == weak && r == object {
				u.role, u.weight = r, max(u.weight, float32(weight))
			}
			return
		}
	}
	t.uses = append(t.uses, use{owner, r, float32(weight)})
}

func (b *builder) pattern(p string) int32 {
	id, ok := b.ids[p]
	if !ok {
		id = int32(len(b.patterns))
		b.ids[p] = id
		b.patterns = append(b.patterns, []rune(p))
		b.byFirst = append(b.byFirst, nil)
	}
	return id
}

func (b *builder) topic(owner int32, t *topic) {
	for _, w := range t.names {
		b.put(owner, w, strong, 1)
	}
	for _, w := range t.signs {
		b.put(owner, w, weak, weakWeight)
	}
	for _, w := range t.objects {
		b.put(owner, w, object, weakWeight)
	}
	for _, w := range t.not {
		b.put(owner, w, never, 0)
	}
}

func (b *builder) terms1(owner int32, ind *Indicator) {
	weight := func(w string, def float64) float64 {
		if v, ok := ind.Terms.Weights[w]; ok {
			return v
		}
		return def
	}
	for _, w := range ind.Terms.Any {
		b.put(owner, w, strong, weight(w, 1))
	}
	for _, w := range ind.Terms.Some {
		b.put(owner, w, weak, weight(w, weakWeight))
	}
	for _, w := range ind.Terms.Object {
		b.put(owner, w, object, weight(w, weakWeight))
	}
	for _, p := range ind.Terms.Near {
		b.put(owner, p[0]+"…"+p[1], strong, 1)
		b.put(owner, p[1]+"…"+p[0], strong, 1)
	}
	for _, w := range ind.Terms.All {
		b.put(owner, w, must, 0)
	}
	for _, w := range ind.Terms.Not {
		b.put(owner, w, never, 0)
	}
	if len([]rune(ind.Title)) >= 4 {
		b.put(owner, ind.Title, self, 0)
	}
	if n := len([]rune(ind.Text)); n >= 6 && n <= 400 {
		b.put(owner, ind.Text, self, 0)
	}
}

// discount lowers the weight of a term that many items share: it says little
// about which of them is meant.
func (b *builder) discount() {
	for i := range b.engine.terms {
		t := &b.engine.terms[i]
		shared := 0
		for _, u := range t.uses {
			if int(u.owner) < b.indicators && u.role <= object {
				shared++
			}
		}
		if shared <= 3 {
			continue
		}
		f := float32(math.Max(0.4, 1/(1+0.25*math.Log(float64(shared)/3))))
		for k := range t.uses {
			if int(t.uses[k].owner) < b.indicators && t.uses[k].role <= object {
				t.uses[k].weight *= f
			}
		}
	}
}

// hit is a term where it stands in folded text.
type hit struct {
	term       int32
	start, end int
}

// scan finds all terms of a text.
func (e *engine) scan(text []rune) []hit {
	places := map[int32][][2]int{}
	var order []int32
	e.ac.find(text, func(p int32, start, end int) {
		if _, ok := places[p]; !ok {
			order = append(order, p)
		}
		places[p] = append(places[p], [2]int{start, end})
	})
	var out []hit
	for _, p := range order {
		for _, at := range e.byFirst[p] {
			t := &e.terms[at]
			for _, from := range places[p] {
				if end := joinParts(text, t.parts[1:], places, from[1]); end >= 0 {
					out = append(out, hit{at, from[0], end})
				}
			}
		}
	}
	return out
}

// joinParts is where the last of parts ends when they follow from with small
// gaps inside one sentence, or -1.
func joinParts(text []rune, parts []int32, places map[int32][][2]int, from int) int {
	for _, p := range parts {
		found := -1
		for _, at := range places[p] {
			if at[0] >= from && at[0]-from <= gapRunes && !slices.ContainsFunc(text[from:at[0]], sentenceEnd) {
				found = at[1]
				break
			}
		}
		if found < 0 {
			return -1
		}
		from = found
	}
	return from
}

func sentenceEnd(r rune) bool { return r == '。' || r == '!' || r == '?' || r == ';' }

// mention is what a text says of one owner.
type mention struct {
	owner   int32
	score   float64
	strong  bool
	object  bool
	barred  bool // a never-term stands there
	musts   int
	hits    []hit // distinct and not nested, with those of role self left out
	selves  []hit
	weights []float32
}

// mentions scores every owner of which the text has a term, in owner order.
func (e *engine) mentions(text []rune) []mention {
	type at struct {
		hit
		use
	}
	var all []at
	for _, h := range e.scan(text) {
		for _, u := range e.terms[h.term].uses {
			all = append(all, at{h, u})
		}
	}
	slices.SortFunc(all, func(a, b at) int {
		return cmp.Or(cmp.Compare(a.owner, b.owner), cmp.Compare(a.role, b.role), cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end), cmp.Compare(a.term, b.term))
	})
	var out []mention
	for i := 0; i < len(all); {
		m := mention{owner: all[i].owner}
		counted := map[int32]bool{}
		for ; i < len(all) && all[i].owner == m.owner; i++ {
			a := all[i]
			switch a.role {
			case never:
				m.barred = true
				continue
			case self:
				m.selves = append(m.selves, a.hit)
				continue
			case must:
				if !counted[a.term] {
					counted[a.term] = true
					m.musts++
				}
				continue
			}
			if counted[a.term] || nested(m.hits, a.hit) {
				if a.role == object {
					m.object = true
				}
				continue
			}
			counted[a.term] = true
			m.hits = append(m.hits, a.hit)
			m.weights = append(m.weights, a.weight)
			m.score += float64(a.weight)
			m.strong = m.strong || a.role == strong && a.weight >= 0.7
			m.object = m.object || a.role == object
		}
		out = append(out, m)
	}
	return out
}

func nested(kept []hit, h hit) bool {
	return slices.ContainsFunc(kept, func(k hit) bool { return k.start <= h.start && h.end <= k.end })
}
