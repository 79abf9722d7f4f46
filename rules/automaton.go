package rules

import "duibiao/corpus"

func foldRunes(s string) []rune { return corpus.Fold(s).Runes }

// automaton finds all patterns in a text in one pass (Aho and Corasick 1975).
type automaton struct {
	trie
	fail []int32
	out  [][]int32 // the patterns that end in a state
	size []int32   // of each pattern, in runes
}

// trie is words by their runes; state 0 is before the first.
type trie struct {
	root []int32          // the state after 0 for each rune below rootRunes; 0 where there is none
	only []edge           // of each state; most have one way on
	next []map[rune]int32 // the others; nil where there are none
}

func newTrie() trie {
	return trie{root: make([]int32, rootRunes), only: []edge{{}}, next: []map[rune]int32{nil}}
}

// put adds a word and returns the state after it.
func (a *trie) put(word []rune) int32 {
	at := int32(0)
	for _, r := range word {
		to, ok := a.step(at, r)
		if !ok {
			to = a.lead(at, r)
		}
		at = to
	}
	return at
}

// edge leads from a state to another; to is 0 where there is none.
type edge struct {
	r  rune
	to int32
}

const rootRunes = 0xA000 // past the Han characters in use

// step is the state after at that r leads to.
func (a *trie) step(at int32, r rune) (int32, bool) {
	if at == 0 && r < rootRunes {
		return a.root[r], a.root[r] != 0
	}
	if e := a.only[at]; e.to == 0 || e.r == r {
		return e.to, e.to != 0
	}
	to, ok := a.next[at][r]
	return to, ok
}

// lead adds a way from a state to a new one, which it returns.
func (a *trie) lead(at int32, r rune) int32 {
	to := int32(len(a.only))
	a.only, a.next = append(a.only, edge{}), append(a.next, nil)
	if at == 0 && r < rootRunes {
		a.root[r] = to
	}
	switch {
	case a.only[at].to == 0:
		a.only[at] = edge{r, to}
	case a.next[at] == nil:
		a.next[at] = map[rune]int32{r: to}
	default:
		a.next[at][r] = to
	}
	return to
}

// each calls f for the ways on from a state.
func (a *trie) each(at int32, f func(r rune, to int32)) {
	if e := a.only[at]; e.to != 0 {
		f(e.r, e.to)
	}
	for r, to := range a.next[at] {
		f(r, to)
	}
}

// newAutomaton is built from patterns, none empty; pattern i is reported as i.
func newAutomaton(patterns [][]rune) *automaton {
	a := &automaton{trie: newTrie()}
	ends := make([]int32, len(patterns))
	for id, p := range patterns {
		ends[id] = a.put(p)
		a.size = append(a.size, int32(len(p)))
	}
	a.fail, a.out = make([]int32, len(a.only)), make([][]int32, len(a.only))
	for id, at := range ends {
		a.out[at] = append(a.out[at], int32(id))
	}
	a.link()
	return a
}

// link sets the failure states, breadth first, and passes outputs along them.
func (a *automaton) link() {
	var queue []int32
	a.each(0, func(_ rune, to int32) { queue = append(queue, to) })
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		a.each(at, func(r rune, to int32) {
			f := a.fail[at]
			for f != 0 {
				if _, ok := a.step(f, r); ok {
					break
				}
				f = a.fail[f]
			}
			if s, ok := a.step(f, r); ok && s != to {
				a.fail[to] = s
			}
			a.out[to] = append(a.out[to], a.out[a.fail[to]]...)
			queue = append(queue, to)
		})
	}
}

// find calls hit for each pattern with the half-open range where it stands, in
// the order in which they end.
func (a *automaton) find(text []rune, hit func(pattern int32, start, end int)) {
	at := int32(0)
	for i, r := range text {
		for {
			if to, ok := a.step(at, r); ok {
				at = to
				break
			}
			if at == 0 {
				break
			}
			at = a.fail[at]
		}
		for _, p := range a.out[at] {
			hit(p, i+1-int(a.size[p]), i+1)
		}
	}
}
