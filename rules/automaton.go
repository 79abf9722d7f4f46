package rules

import (
	"slices"

	"duibiao/corpus"
)

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
	root []int32       // the state after 0 for each rune below rootRunes; 0 where there is none
	ways table[uint64] // state and rune -> the state after
	from []state       // of each state
}

// state is how a state is reached.
type state struct {
	before int32
	r      rune
	depth  int // runes from the beginning
}

func newTrie() trie {
	return trie{root: make([]int32, rootRunes), from: []state{{}}}
}

// put adds a word and returns the state after it.
func (a *trie) put(word []rune) int32 {
	at := int32(0)
	for _, r := range word {
		to := a.step(at, r)
		if to == 0 {
			to = int32(len(a.from))
			a.from = append(a.from, state{at, r, a.from[at].depth + 1})
			if at == 0 && r < rootRunes {
				a.root[r] = to
			} else {
				a.ways.put(way(at, r), to)
			}
		}
		at = to
	}
	return at
}

const rootRunes = 0xA000 // past the Han characters in use

func way(at int32, r rune) uint64 { return uint64(at)<<32 | uint64(r) }

// step is the state after at that r leads to, 0 where there is none.
func (a *trie) step(at int32, r rune) int32 {
	if at == 0 && r < rootRunes {
		return a.root[r]
	}
	return a.ways.id(way(at, r))
}

// newAutomaton is built from patterns, none empty; pattern i is reported as i.
func newAutomaton(patterns [][]rune) *automaton {
	a := &automaton{trie: newTrie()}
	ends := make([]int32, len(patterns))
	for id, p := range patterns {
		ends[id] = a.put(p)
		a.size = append(a.size, int32(len(p)))
	}
	a.fail, a.out = make([]int32, len(a.from)), make([][]int32, len(a.from))
	for id, at := range ends {
		a.out[at] = append(a.out[at], int32(id))
	}
	a.link()
	return a
}

// link sets the failure states, breadth first, and passes outputs along them.
func (a *automaton) link() {
	order := make([]int32, 0, len(a.from))
	for at := range a.from[1:] {
		order = append(order, int32(at+1))
	}
	slices.SortStableFunc(order, func(x, y int32) int { return a.from[x].depth - a.from[y].depth })
	for _, at := range order {
		s := a.from[at]
		if s.depth > 1 {
			a.fail[at] = a.next(a.fail[s.before], s.r)
		}
		a.out[at] = append(a.out[at], a.out[a.fail[at]]...)
	}
}

// next is the longest state that r leads to from at or from what it fails to.
func (a *automaton) next(at int32, r rune) int32 {
	for {
		if to := a.step(at, r); to != 0 || at == 0 {
			return to
		}
		at = a.fail[at]
	}
}

// find calls hit for each pattern with the half-open range where it stands, in
// the order in which they end.
func (a *automaton) find(text []rune, hit func(pattern int32, start, end int)) {
	at := int32(0)
	for i, r := range text {
		at = a.next(at, r)
		for _, p := range a.out[at] {
			hit(p, i+1-int(a.size[p]), i+1)
		}
	}
}
