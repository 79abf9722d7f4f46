package reuse

import (
	"cmp"
	"slices"

	"duibiao/corpus"
)

// Shares measure how much of a text, or of parts of it, is reused. All but
// Runes are shares from 0 to 1 of its comparable runes: letters, Han and
// figures inside the zones of the document.
type Shares struct {
	Runes    int     // comparable runes, a run of digits counted as one
	Passages float64 // 雷同段落占比: in passages that stand in another document, with the formulae and the changed words in them; quotations left out
	Total    float64 // 总文字复制比: word for word the same in another document, or in formulae
	Copied   float64 // 去除公共表述复制比: the same without formulae and quotations; rank by this
	Largest  float64 // 单篇最大复制比: the part of Copied that one source accounts for
	Source   string  // the ID of that source; "" where nothing is copied
	Previous float64 // 往年重复率: the part of Copied from the unit's own earlier papers
	Formulae float64 // 套话率: in formulae of the lists
	Within   float64 // 重复率: in runs of 13 runes, figures read as they are, that stand earlier in the document
}

// Measured holds what Shares are read from, for one document.
type Measured struct {
	at       []int // by comparable rune: where it stands in the document
	passages []int32
	total    []int32
	copied   []int32
	previous []int32
	formulae []int32
	sources  []string
	from     [][]int32 // by source

	figures []int // by rune with figures as they are: where it stands
	within  []int32
}

// repeated is how long a run counts as said twice (Dyer, Lang and
// Stice-Lawrence 2017 use ten words; thirteen characters is the Chinese habit).
const repeated = 13

// Measure prepares the shares of d; found is the reuse of d and may hold that
// of other documents too.
func (x *Index) Measure(d Document, found []corpus.Reuse) Measured {
	n := normalise(d)
	grams := gramHashes(n.runes, nil)
	n.knowEverywhere(x.everywhere, grams)
	n.stock = x.stock.find(n.runes, grams)
	formula := make([]bool, len(n.runes))
	for i := range formula {
		formula[i] = n.public.has(i)
	}
	for _, s := range n.stock {
		for i := s.from; i < s.to; i++ {
			formula[i] = true
		}
	}
	m := Measured{at: places(n)}
	passage, reused, charged := make([]bool, len(formula)), make([]bool, len(formula)), make([]bool, len(formula))
	before := make([]bool, len(formula))
	bySource := map[string][]bool{}
	for _, r := range found {
		if r.Doc != d.ID {
			continue
		}
		if r.Relation != corpus.Quotation && bySource[r.Source] == nil {
			bySource[r.Source] = make([]bool, len(formula))
			m.sources = append(m.sources, r.Source)
		}
		if r.Relation != corpus.Quotation {
			for i := after(m.at, r.Span.Start); i < after(m.at, r.Span.End); i++ {
				passage[i] = true
			}
		}
		for _, same := range r.Same {
			for i := after(m.at, same.Start); i < after(m.at, same.End); i++ {
				reused[i] = true
				if formula[i] || r.Relation == corpus.Quotation {
					continue
				}
				charged[i], bySource[r.Source][i] = true, true
				before[i] = before[i] || r.Relation == corpus.FromPrevious
			}
		}
	}
	slices.Sort(m.sources)
	for _, s := range m.sources {
		m.from = append(m.from, sums(func(i int) bool { return bySource[s][i] }, len(formula)))
	}
	m.formulae = sums(func(i int) bool { return formula[i] }, len(formula))
	m.passages = sums(func(i int) bool { return passage[i] }, len(formula))
	m.total = sums(func(i int) bool { return reused[i] || formula[i] }, len(formula))
	m.copied = sums(func(i int) bool { return charged[i] }, len(formula))
	m.previous = sums(func(i int) bool { return before[i] }, len(formula))
	m.measureWithin(d)
	return m
}

func (m *Measured) measureWithin(d Document) {
	n := fold(d, figuresAsTheyAre)
	m.figures = places(n)
	again := make([]bool, len(n.runes))
	seen := map[string]bool{}
	runes := make([]rune, len(n.runes))
	for i, r := range n.runes {
		runes[i] = rune(r)
	}
	for i := 0; i+repeated <= len(runes); i++ {
		run := string(runes[i : i+repeated])
		if seen[run] {
			for k := i; k < i+repeated; k++ {
				again[k] = true
			}
		}
		seen[run] = true
	}
	m.within = sums(func(i int) bool { return again[i] }, len(again))
}

// Shares are those of parts, which lie apart in the document, or of the whole
// document when there are none.
func (m Measured) Shares(parts ...corpus.Span) Shares {
	if len(parts) == 0 {
		parts = []corpus.Span{{Start: 0, End: maxPlace}}
	}
	s := Shares{Runes: count(m.at, nil, parts)}
	if s.Runes == 0 {
		return s
	}
	share := func(sum []int32) float64 { return float64(count(m.at, sum, parts)) / float64(s.Runes) }
	s.Passages = share(m.passages)
	s.Total, s.Copied, s.Previous, s.Formulae = share(m.total), share(m.copied), share(m.previous), share(m.formulae)
	for i, source := range m.sources {
		if v := share(m.from[i]); v > s.Largest {
			s.Largest, s.Source = v, source
		}
	}
	s.Within = float64(count(m.figures, m.within, parts)) / float64(count(m.figures, nil, parts))
	return s
}

const maxPlace = int(^uint(0) >> 1)

// count adds up sum over the runes that stand in parts; without sum it counts
// the runes.
func count(at []int, sum []int32, parts []corpus.Span) int {
	n := 0
	for _, p := range parts {
		from, to := after(at, p.Start), after(at, p.End)
		if sum == nil {
			n += max(0, to-from)
		} else {
			n += int(sum[max(from, to)] - sum[from])
		}
	}
	return n
}

// after is the first rune that stands at or after place.
func after(at []int, place int) int {
	i, _ := slices.BinarySearchFunc(at, place, cmp.Compare[int])
	return i
}

func places(n normal) []int {
	at := make([]int, 0, len(n.runes))
	n.kept.ranges(func(from, to int) {
		for i := from; i < to; i++ {
			at = append(at, i)
		}
	})
	return at
}

// sums has, at i, how many of the first i are in.
func sums(in func(i int) bool, n int) []int32 {
	out := make([]int32, n+1)
	for i := range n {
		out[i+1] = out[i]
		if in(i) {
			out[i+1]++
		}
	}
	return out
}
