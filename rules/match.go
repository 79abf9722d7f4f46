package rules

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"
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
	unless             // takes away what it overlaps, and every weak word
	closer             // takes away pairs too: the line is about a closer matter
	hint               // two or three words that may speak of the owner when nothing else does
)

// use is one owner of a term: an indicator, or a topic (numbered after them).
type use struct {
	owner  int32
	topic  int32 // whose word it is, from 1; 0 when it is the owner's own
	role   role
	weight float32
}

// term is a word, or several in order with gaps of up to gapRunes, or groups of
// words of which one each stands near the others in any order.
type term struct {
	text   string
	parts  []int32
	groups [][]int32
	whole  uint8 // a bit for each group
	uses   []use
}

const (
	gapRunes   = 12
	nearRunes  = 36 // between the outer words of a pair
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
	inGroups   [][]place // pattern -> the groups that hold it
	indicators int
	topicsOf   [][]int32 // indicator -> its topics, as owners
	musts      []int     // indicator -> how many must-terms it has
	study      []bool    // owner -> is about learning or teaching law
	patterns   [][][]patternPart
	asked      [][]Threshold // indicator -> the numbers it asks for
	segment    func(string) []string
	words      func() *checkWords // made when first asked for
	leaders    int32              // the topic of what the person in charge did, as owner
	zones      func() bool        // whether the tables name zones beside the counties
	rooms      sync.Pool          // of *scanned
}

// place is a group of a term.
type place struct{ term, group int32 }

// leadersTopic is the topic under whose heading all deeds of the person in
// charge stand, whatever else they are about.
const leadersTopic = "第一责任人"

// compile makes the set ready. segment may be nil.
func (s *Set) compile(segment func(string) []string) error {
	e := &engine{indicators: len(s.Indicators), segment: segment, words: sync.OnceValue(s.checkWords), zones: sync.OnceValue(s.zonesApart)}
	b := &builder{engine: e, ids: map[string]int32{}, terms: map[string]int32{}, topicAt: map[string]int32{}}
	th := thesaurus()
	e.study = make([]bool, e.indicators+len(th.all))
	for k := range th.all {
		owner := int32(e.indicators + k)
		b.topicAt[th.all[k].name] = int32(k)
		if th.all[k].name == leadersTopic {
			e.leaders = owner
		}
		e.study[owner] = th.all[k].study
		b.topic(owner, &th.all[k], nil)
	}
	for i := range s.Indicators {
		ind := &s.Indicators[i]
		var mine []int32
		for _, t := range ind.Topics {
			mine = append(mine, int32(e.indicators)+b.topicAt[t])
			e.study[i] = e.study[i] || th.byName[t].study
			b.topic(int32(i), th.byName[t], ind.Topics)
		}
		e.topicsOf = append(e.topicsOf, mine)
		e.musts = append(e.musts, len(ind.Terms.All))
		e.asked = append(e.asked, ind.asked())
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
	topicAt  map[string]int32
	of       int32 // the topic whose words are put, from 1
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
	b.use(at, owner, r, weight)
}

// pair puts words that name a matter only together: "甲/乙 + 丙/丁", where @类
// stands for a class of the thesaurus.
func (b *builder) pair(owner int32, text string, r role, weight float64) {
	at, ok := b.terms[text]
	if !ok {
		at = int32(len(b.engine.terms))
		b.engine.terms = append(b.engine.terms, term{text: text})
		for group := range strings.SplitSeq(text, "+") {
			var ids []int32
			for _, w := range groupWords(group) {
				id := b.pattern(w)
				b.inGroups[id] = append(b.inGroups[id], place{at, int32(len(b.engine.terms[at].groups))})
				ids = append(ids, id)
			}
			t := &b.engine.terms[at]
			t.groups, t.whole = append(t.groups, ids), t.whole<<1|1
		}
		b.terms[text] = at
	}
	b.use(at, owner, r, weight)
}

// use adds an owner to a term, or raises the weight that it has.
func (b *builder) use(at, owner int32, r role, weight float64) {
	t := &b.engine.terms[at]
	for i := range t.uses {
		if u := &t.uses[i]; u.owner == owner && u.topic == b.of && (u.role == r || u.role <= object && r <= object) {
			if float32(weight) > u.weight || u.role == weak && r == object {
				u.role, u.weight = r, max(u.weight, float32(weight))
			}
			return
		}
	}
	t.uses = append(t.uses, use{owner, b.of, r, float32(weight)})
}

func (b *builder) pattern(p string) int32 {
	id, ok := b.ids[p]
	if !ok {
		id = int32(len(b.patterns))
		b.ids[p] = id
		b.patterns = append(b.patterns, []rune(p))
		b.byFirst = append(b.byFirst, nil)
		b.inGroups = append(b.inGroups, nil)
	}
	return id
}

// topic gives owner the words of a topic. beside are all topics of the owner:
// none of them takes away what another brings.
func (b *builder) topic(owner int32, t *topic, beside []string) {
	b.of = b.topicAt[t.name] + 1
	defer func() { b.of = 0 }()
	for _, w := range t.names {
		b.put(owner, w, strong, 1)
	}
	for _, w := range t.signs {
		b.put(owner, w, weak, weakWeight)
	}
	for _, w := range t.objects {
		b.put(owner, w, object, weakWeight)
	}
	for _, w := range t.pairs {
		b.pair(owner, w, strong, 1)
	}
	for _, w := range t.loose {
		b.pair(owner, w, hint, 0)
	}
	for _, w := range t.not {
		b.put(owner, w, unless, 0)
	}
	for _, name := range t.yields {
		if near := thesaurus().byName[name]; near != nil && !slices.Contains(beside, name) {
			for _, w := range near.names {
				b.put(owner, w, closer, 0)
			}
			for _, w := range near.pairs {
				b.pair(owner, w, closer, 0)
			}
		}
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

// scanned is the room that one scan needs, kept for the next.
type scanned struct {
	places [][][2]int // pattern -> where it stands
	order  []int32    // the patterns that stand somewhere, as they were first found
	groups []uint8    // term -> which of its groups have a word
	begun  []int32    // the terms of which some group has one
	full   []int32    // and of which all have
	hits   []hit
	owners []int32 // of the hits, in order
	next   []int   // owner -> where its next hit goes
	all    []at
}

func (e *engine) room() *scanned {
	if s, ok := e.rooms.Get().(*scanned); ok {
		return s
	}
	return &scanned{places: make([][][2]int, len(e.byFirst)), groups: make([]uint8, len(e.terms)), next: make([]int, len(e.study))}
}

// scan finds all terms of a text. The hits are those of s, until its next use.
func (e *engine) scan(text []rune, s *scanned) []hit {
	s.order, s.hits = s.order[:0], s.hits[:0]
	e.ac.find(text, func(p int32, start, end int) {
		if start > 0 && text[start-1] == '副' {
			return // 副局长 is not 局长
		}
		if len(s.places[p]) == 0 {
			s.order = append(s.order, p)
		}
		s.places[p] = append(s.places[p], [2]int{start, end})
	})
	e.pairsIn(text, s)
	for _, p := range s.order {
		for _, at := range e.byFirst[p] {
			t := &e.terms[at]
			for _, from := range s.places[p] {
				if end := joinParts(text, t.parts[1:], s.places, from[1]); end >= 0 {
					s.hits = append(s.hits, hit{at, from[0], end})
				}
			}
		}
	}
	for _, p := range s.order {
		s.places[p] = s.places[p][:0]
	}
	return s.hits
}

// pairsIn finds the terms all of whose groups have a word in the text, near
// each other and in one sentence.
func (e *engine) pairsIn(text []rune, s *scanned) {
	s.begun, s.full = s.begun[:0], s.full[:0]
	for _, p := range s.order {
		for _, g := range e.inGroups[p] {
			before := s.groups[g.term]
			after := before | 1<<g.group
			if after == before {
				continue
			}
			if s.groups[g.term] = after; before == 0 {
				s.begun = append(s.begun, g.term)
			}
			if after == e.terms[g.term].whole {
				s.full = append(s.full, g.term)
			}
		}
	}
	for _, at := range s.begun {
		s.groups[at] = 0
	}
	slices.Sort(s.full)
	for _, at := range s.full {
		groups := e.terms[at].groups
		for _, p := range groups[0] {
			for _, from := range s.places[p] {
				if to, ok := joinGroups(text, groups[1:], s.places, from); ok {
					s.hits = append(s.hits, hit{at, to[0], to[1]})
				}
			}
		}
	}
}

// joinGroups widens span by the nearest word of each group, and reports
// whether all of it stands close together in one sentence.
func joinGroups(text []rune, groups [][]int32, places [][][2]int, span [2]int) ([2]int, bool) {
	taken := [][2]int{span}
	for _, g := range groups {
		best, mine, found := span, span, false
		for _, p := range g {
			for _, at := range places[p] {
				if slices.ContainsFunc(taken, func(t [2]int) bool { return at[0] < t[1] && t[0] < at[1] }) {
					continue
				}
				wide := [2]int{min(span[0], at[0]), max(span[1], at[1])}
				if wide[1]-wide[0] <= nearRunes && (!found || wide[1]-wide[0] < best[1]-best[0]) {
					best, mine, found = wide, at, true
				}
			}
		}
		if !found || slices.ContainsFunc(text[best[0]:best[1]], sentenceEnd) {
			return span, false
		}
		span = best
		taken = append(taken, mine)
	}
	return span, true
}

// joinParts is where the last of parts ends when they follow from with small
// gaps inside one sentence, or -1.
func joinParts(text []rune, parts []int32, places [][][2]int, from int) int {
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
	hinted  []hit
	roles   []role
	weights []float32 // what each hit adds to the score
}

// at is a hit for one owner.
type at struct {
	hit
	use
}

// before orders the hits of one owner: by role, then by place, the longer first.
func before(a, b at) int {
	return cmp.Or(int(a.role)-int(b.role), a.start-b.start, b.end-a.end, int(a.term)-int(b.term))
}

// byOwner are the hits of a text by their owners, who come in order.
func (e *engine) byOwner(hits []hit, s *scanned) []at {
	s.owners = s.owners[:0]
	total := 0
	for _, h := range hits {
		for _, u := range e.terms[h.term].uses {
			if s.next[u.owner] == 0 {
				s.owners = append(s.owners, u.owner)
			}
			s.next[u.owner]++
			total++
		}
	}
	slices.Sort(s.owners)
	from := 0
	for _, o := range s.owners {
		from, s.next[o] = from+s.next[o], from
	}
	s.all = slices.Grow(s.all[:0], total)[:total]
	for _, h := range hits {
		for _, u := range e.terms[h.term].uses {
			s.all[s.next[u.owner]] = at{h, u}
			s.next[u.owner]++
		}
	}
	from = 0
	for _, o := range s.owners {
		slices.SortStableFunc(s.all[from:s.next[o]], before)
		from, s.next[o] = s.next[o], 0
	}
	return s.all
}

// mentions scores every owner of which the text has a term, in owner order.
func (e *engine) mentions(text []rune) []mention {
	s := e.room()
	defer e.rooms.Put(s)
	all := e.byOwner(e.scan(text, s), s)
	laws := studiedLaws(text)
	out := make([]mention, 0, len(s.owners))
	hits, roles, weights := make([]hit, 0, len(all)), make([]role, 0, len(all)), make([]float32, 0, len(all))
	var counted []int32
	var away []at
	for i := 0; i < len(all); {
		m := mention{owner: all[i].owner}
		counted, away = counted[:0], away[:0]
		for k := i; k < len(all) && all[k].owner == m.owner; k++ {
			if all[k].role == unless || all[k].role == closer {
				away = append(away, all[k])
			}
		}
		first := len(roles)
		keep := func(list *[]hit, h hit) { // the roles come in order: each list is all of a piece
			hits = append(hits, h)
			*list = hits[len(hits)-len(*list)-1 : len(hits) : len(hits)]
		}
		for ; i < len(all) && all[i].owner == m.owner; i++ {
			a := all[i]
			if (a.role <= object || a.role == hint) && (!e.study[a.owner] && lawName(laws, a.start, a.end) || e.takenAway(a, away)) {
				continue
			}
			said := slices.Contains(counted, a.term)
			switch a.role {
			case hint:
				keep(&m.hinted, a.hit)
				continue
			case unless, closer:
				continue
			case never:
				m.barred = true
				continue
			case self:
				keep(&m.selves, a.hit)
				continue
			case must:
				if !said {
					counted = append(counted, a.term)
					m.musts++
				}
				continue
			}
			m.object = m.object || a.role == object
			if nested(m.hits, a.hit) {
				continue
			}
			keep(&m.hits, a.hit)
			roles = append(roles, a.role)
			if said {
				weights = append(weights, 0) // said again: it adds nothing
				continue
			}
			counted = append(counted, a.term)
			weights = append(weights, a.weight)
			m.score += float64(a.weight)
			m.strong = m.strong || a.role == strong && a.weight >= 0.7
		}
		m.roles, m.weights = roles[first:len(roles):len(roles)], weights[first:len(weights):len(weights)]
		if len(m.hits) > 0 || m.barred || m.musts > 0 || len(m.selves) > 0 || len(m.hinted) > 0 {
			out = append(out, m)
		}
	}
	return out
}

// takenAway reports whether a hit falls to words that speak of another matter.
func (e *engine) takenAway(a at, away []at) bool {
	pair := e.terms[a.term].groups != nil
	return slices.ContainsFunc(away, func(w at) bool {
		if w.topic != a.topic && a.topic != 0 {
			return false
		}
		return a.role != strong && a.role != hint || pair && w.role == closer || a.start < w.end && w.start < a.end
	})
}

var (
	learning = words(`学习 学法 领学 宣讲 宣传 普法 培训 学了 学的 讲解 解读 研读`)
	lawEnds  = words(`条例 法》 法、 法, 法。 法; 法等 法和`)
)

// studiedLaws marks the names of laws in a sentence about learning or
// teaching them: 学习公平竞争审查条例 says nothing of that review.
func studiedLaws(t []rune) []bool {
	if learning.in(t, 0, len(t)) < 0 {
		return nil
	}
	out := make([]bool, len(t))
	for i := range t {
		n := lawEnds.at(t, i)
		if n == 0 {
			continue
		}
		for k := i; k >= 0 && i-k < 16 && !clauseEnd(t[k]) && !strings.ContainsRune("、《", t[k]) && learning.at(t, k-1) == 0; k-- {
			out[k] = true
		}
		out[min(i+1, len(t)-1)] = true
	}
	return out
}

// withoutLaws is text with a comma for each rune of a law that is learnt or
// taught: of what the law is about, the sentence says nothing.
func withoutLaws(t []rune) []rune {
	laws := studiedLaws(t)
	if laws == nil {
		return t
	}
	out := slices.Clone(t)
	for i := range out {
		if laws[i] {
			out[i] = ','
		}
	}
	return out
}

// lawName reports whether all of a place is marked.
func lawName(laws []bool, start, end int) bool {
	return laws != nil && !slices.Contains(laws[start:end], false)
}

func nested(kept []hit, h hit) bool {
	return slices.ContainsFunc(kept, func(k hit) bool { return k.start <= h.start && h.end <= k.end })
}
