package rules

import (
	"slices"
	"strings"
)

// lexicon is a fixed list of words, in heaps by their first rune, the longest
// first.
type lexicon struct {
	by    *[heaps][][]rune
	first *[firstBits / 64]uint64 // says quickly of most runes that no word begins so
}

const (
	heaps     = 256
	firstBits = 4096
)

// words reads a list separated by white space.
func words(list string) lexicon {
	l := lexicon{}
	for w := range strings.FieldsSeq(list) {
		l.add([]rune(w))
	}
	return l
}

func (l *lexicon) add(w []rune) {
	if len(w) == 0 {
		return
	}
	if l.by == nil {
		l.by, l.first = new([heaps][][]rune), new([firstBits / 64]uint64)
	}
	heap := &l.by[w[0]%heaps]
	*heap = append(*heap, w)
	l.first[w[0]%firstBits/64] |= 1 << (w[0] % 64)
	slices.SortStableFunc(*heap, func(a, b []rune) int { return len(b) - len(a) })
}

// heap holds every word that begins with r, and maybe others.
func (l lexicon) heap(r rune) [][]rune {
	if l.first == nil || l.first[r%firstBits/64]&(1<<(r%64)) == 0 {
		return nil
	}
	return l.by[r%heaps]
}

// at is the length of the longest word that stands at i, or 0.
func (l lexicon) at(text []rune, i int) int {
	if i < 0 || i >= len(text) {
		return 0
	}
	for _, w := range l.heap(text[i]) {
		if w[0] == text[i] && hasAt(text, i, w) {
			return len(w)
		}
	}
	return 0
}

// each calls f for every word.
func (l lexicon) each(f func([]rune)) {
	if l.by == nil {
		return
	}
	for _, list := range l.by {
		for _, w := range list {
			f(w)
		}
	}
}

// in is where the first word stands that lies wholly in text[from:to], or -1.
func (l lexicon) in(text []rune, from, to int) int {
	from, to = max(from, 0), min(to, len(text))
	for i := from; i < to; i++ {
		if n := l.at(text[:to], i); n > 0 {
			return i
		}
	}
	return -1
}

// last is where the last such word stands, or -1.
func (l lexicon) last(text []rune, from, to int) int {
	from, to = max(from, 0), min(to, len(text))
	for i := to - 1; i >= from; i-- {
		if n := l.at(text[:to], i); n > 0 {
			return i
		}
	}
	return -1
}

func hasAt(text []rune, i int, w []rune) bool {
	return i >= 0 && i+len(w) <= len(text) && slices.Equal(text[i:i+len(w)], w)
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// clauseEnd reports whether r ends a clause of folded text.
func clauseEnd(r rune) bool {
	switch r {
	case ',', ';', '。', ':', '!', '?', '\t':
		return true
	}
	return false
}

// clauseAt is the clause that holds place i, half-open.
func clauseAt(text []rune, i int) (from, to int) {
	from, to = min(i, len(text)), min(i, len(text))
	for from > 0 && !clauseEnd(text[from-1]) {
		from--
	}
	for to < len(text) && !clauseEnd(text[to]) {
		to++
	}
	return from, to
}
