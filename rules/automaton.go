package rules

import "duibiao/corpus"

func foldRunes(s string) []rune { return corpus.Fold(s).Runes }

// automaton finds all patterns in a text in one pass (Aho and Corasick 1975).
type automaton struct {
	next [](map[rune]int32)
	fail []int32
	out  [][]int32 // the patterns that end in a state
	size []int32   // of each pattern, in runes
}

// newAutomaton is built from patterns, none empty; pattern i is reported as i.
func newAutomaton(patterns [][]rune) *automaton {
	a := &automaton{next: []map[rune]int32{{}}, fail: []int32{0}, out: [][]int32{nil}}
	for id, p := range patterns {
		at := int32(0)
		for _, r := range p {
			to, ok := a.next[at][r]
			if !ok {
				to = int32(len(a.next))
				a.next = append(a.next, map[rune]int32{})
				a.fail = append(a.fail, 0)
				a.out = append(a.out, nil)
				a.next[at][r] = to
			}
			at = to
		}
		a.out[at] = append(a.out[at], int32(id))
		a.size = append(a.size, int32(len(p)))
	}
	a.link()
	return a
}

// link sets the failure states, breadth first, and passes outputs along them.
func (a *automaton) link() {
	var queue []int32
	for _, to := range a.next[0] {
		queue = append(queue, to)
	}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		for r, to := range a.next[at] {
			f := a.fail[at]
			for f != 0 {
				if _, ok := a.next[f][r]; ok {
					break
				}
				f = a.fail[f]
			}
			if s, ok := a.next[f][r]; ok && s != to {
				a.fail[to] = s
			}
			a.out[to] = append(a.out[to], a.out[a.fail[to]]...)
			queue = append(queue, to)
		}
	}
}

// find calls hit for each pattern with the half-open range where it stands, in
// the order in which they end.
func (a *automaton) find(text []rune, hit func(pattern int32, start, end int)) {
	at := int32(0)
	for i, r := range text {
		for {
			if to, ok := a.next[at][r]; ok {
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
