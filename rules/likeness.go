package rules

import (
	_ "embed" // the example sentences
	"fmt"
	"math"
	"slices"
	"sync"
)

//go:embed words/sentences.txt
var sentencesFile []byte

// likeness knows how sentences on each topic of the thesaurus are worded: by
// the pairs of runes in the thesaurus's words and in example sentences, each
// weighed by how few topics use it. It says which topic a sentence resembles
// most, and so whether a word that also stands elsewhere speaks of its topic
// here.
type likeness struct {
	numbers  table[uint32] // wording -> its place in features, from 1
	features []feature     // one more for the end
	leans    []lean
	topics   int       // of the thesaurus; one more number stands for none of them
	rooms    sync.Pool // of *seenFeatures
}

// feature is a wording that speaks for some topic.
type feature struct {
	from int32   // the first of its leans
	sum  float32 // of their weights
}

// lean is how much a feature speaks for a topic.
type lean struct {
	topic  int32
	weight float32
}

// leansOf are what a feature speaks for.
func (m *likeness) leansOf(f int32) []lean {
	return m.leans[m.features[f].from:m.features[f+1].from]
}

// seenFeatures are the features that a text was found to have.
type seenFeatures struct {
	in   []uint32 // feature -> the last text that had it
	text uint32
}

// room is where the features of the next text are marked.
func (m *likeness) room() *seenFeatures {
	s, ok := m.rooms.Get().(*seenFeatures)
	if !ok || s.text == math.MaxUint32 {
		s = &seenFeatures{in: make([]uint32, len(m.features))}
	}
	s.text++
	return s
}

// likenessUnit is of the weights, so that a clear sentence resembles its topic
// by 1 to 4.
const likenessUnit = 9

// noneFactor is of what speaks for no topic: its many sentences have little in
// common.
const noneFactor = 1.3

const noTopic = "无"

// resemblance is read once from the embedded files. A fault in them is a bug of
// this program: TestSentences reads them too.
var resemblance = sync.OnceValue(func() *likeness {
	m, err := learn(thesaurus(), sentencesFile)
	if err != nil {
		panic(fmt.Sprintf("rules: embedded sentences: %v", err))
	}
	return m
})

// wording is a Han rune of folded text, or two neighbours: the first in the
// upper half.
type wording uint32

// eachWording calls f for the Han runes and the pairs of neighbouring ones,
// again where they stand again; all numbers are taken for one, and runes past
// the basic plane for none.
func eachWording(text []rune, f func(wording)) {
	last := rune(0)
	for i, r := range text {
		switch {
		case isDigit(r) || r == '.' && i > 0 && isDigit(text[i-1]) || r == '%':
			r = '0'
		case cnDigit(r) > 0 && r != '万':
			r = '一'
		case !isHan(r) || r > math.MaxUint16:
			r = 0
		}
		if r == last && (r == '0' || r == '一') {
			continue
		}
		if r != 0 && r != '0' {
			f(wording(r))
			if last != 0 && last != '0' {
				f(wording(last)<<16 | wording(r))
			}
		}
		last = r
	}
}

// wordings are the different wordings of a text.
func wordings(text []rune) []wording {
	var out []wording
	eachWording(text, func(w wording) { out = append(out, w) })
	slices.Sort(out)
	return slices.Compact(out)
}

// likes is how much a text resembles each topic; the last is that of none.
type likes struct {
	each []float32
	top  float32 // the most of them
}

// sums are the weights of a text by topic, and all of them.
type sums struct {
	each []float32
	all  float32
}

// most is the largest of a topic, above what is usual.
func (s sums) most() float32 {
	most := float32(0)
	for _, w := range s.each[:len(s.each)-1] {
		if w > most {
			most = w
		}
	}
	return most - s.all/float32(len(s.each))
}

// sum adds the weights of the different wordings of a text, in room of as many
// places as there are topics and one.
func (m *likeness) sum(text []rune, room []float32) sums {
	s := sums{each: room}
	seen := m.room()
	defer m.rooms.Put(seen)
	eachWording(text, func(w wording) {
		f := m.numbers.id(uint32(w))
		if seen.in[f] == seen.text {
			return
		}
		seen.in[f] = seen.text
		for _, l := range m.leansOf(f) {
			s.each[l.topic] += l.weight
		}
		s.all += m.features[f].sum
	})
	return s
}

// likes is how much a text with such sums resembles the topics.
func (m *likeness) likes(parts ...sums) likes {
	like := likes{each: make([]float32, m.topics+1)}
	usual := float32(0) // what any text has in common with any topic
	for _, p := range parts {
		usual += p.all / float32(len(like.each))
		for k, s := range p.each {
			like.each[k] += s
		}
	}
	for k, s := range like.each {
		if k == m.topics {
			s *= noneFactor
		}
		if s -= usual; s < 0 {
			s = 0
		}
		like.each[k] = s / likenessUnit
		if like.each[k] > like.top {
			like.top = like.each[k]
		}
	}
	return like
}

// scores is how much text resembles the topics, clause by clause.
func (m *likeness) scores(text []rune) likes {
	_, parts := m.clauses(text)
	return m.likes(parts...)
}

// clauses are the clauses of a text that are not empty, with their sums.
func (m *likeness) clauses(text []rune) (spans [][2]int, parts []sums) {
	for from := 0; from < len(text); {
		_, to := clauseAt(text, from)
		if to > from {
			spans = append(spans, [2]int{from, to})
		}
		from = to + 1
	}
	n := m.topics + 1
	room := make([]float32, n*len(spans))
	for i, at := range spans {
		parts = append(parts, m.sum(text[at[0]:at[1]], room[i*n:(i+1)*n]))
	}
	return spans, parts
}

// resemble finds what the line and its clauses resemble.
func (l *line) resemble() {
	m := resemblance()
	spans, parts := m.clauses(withoutLaws(l.folded.Runes))
	l.like = m.likes(parts...)
	l.clauses = make([]clauseLikes, len(spans), len(spans)+2)
	for i, at := range spans {
		l.clauses[i] = clauseLikes{from: at[0], to: at[1], sums: parts[i]}
	}
}

// clauseLikes are the likes of text[from:to] of a line.
type clauseLikes struct {
	from, to int
	sums     // of a clause; of what is none they are not kept
	likes    // made when first asked for
}

// likeIn is how much text[from:to] of the line resembles the topics.
func (l *line) likeIn(from, to int) likes {
	m := resemblance()
	for i := range l.clauses {
		if c := &l.clauses[i]; c.from == from && c.to == to {
			if c.likes.each == nil {
				c.likes = m.likes(c.sums)
			}
			return c.likes
		}
	}
	like := m.scores(l.folded.Runes[from:to])
	l.clauses = append(l.clauses, clauseLikes{from: from, to: to, likes: like})
	return like
}

// best is the topic that text resembles most, and by how much.
func (m *likeness) best(text []rune) (topic int, top float32) {
	like := m.scores(text)
	return slices.Index(like.each, like.top), like.top
}

// fit is how much a text resembles an item: the best of its topics, as a share
// of the best of all. An item without topics fits everything.
func (e *engine) fit(like likes, item int) float64 {
	topics := e.topicsOf[item]
	if len(topics) == 0 {
		return 1
	}
	if like.top == 0 {
		return 0
	}
	mine := float32(0)
	for _, t := range topics {
		mine = max(mine, like.each[int(t)-e.indicators])
	}
	return float64(mine / like.top)
}

// How much a sentence must be worded like an item that it is said to speak of,
// by what says so.
const (
	fitNamed    = 0.2  // a name of it, or a negation of its object
	fitPaired   = 0.38 // words that name it together
	fitWords    = 0.55 // words that lean to it
	fitHinted   = 0.5  // words that may speak of it
	fitCarried  = 0.25 // the sentence before
	fitContext  = 0.24 // the heading or the sentence before, where another topic is close
	closeEnough = 0.9  // what the wording alone must reach to speak of a topic when nothing else is said of it
	closeFree   = 1.9  // what a sentence must reach that speaks of nothing else
	closeLone   = 1.7  // or when it resembles hardly anything else
	loneShare   = 0.8
	alikeShare  = 0.5 // and as a share of what it resembles most
	alikeItems  = 3   // a sentence that resembles more items is about none
	closeClear  = 2.7 // what a clause must reach
	closeSure   = 2.9 // what it must reach to speak of it like a word would
	closeNamed  = 3.4 // and where another sentence names the matter
	sureRunes   = 12  // of a sentence that its wording alone may decide
	partRunes   = 10  // of a clause that may speak of a matter of its own
)

// fitAround is the fit of the whole line or of the clauses in which words of
// the item stand, whichever is better.
func (e *engine) fitAround(l *line, item int, own *mention) float64 {
	best := e.fit(l.like, item)
	if own == nil {
		return best
	}
	t := l.folded.Runes
	from, to := -1, -1
	for _, h := range own.hits {
		if best >= fitHinted {
			break
		}
		a, _ := clauseAt(t, h.start)
		_, b := clauseAt(t, h.end-1)
		if a == from && b == to || b-a == len(t) {
			continue
		}
		from, to = a, b
		best = max(best, e.fit(l.likeIn(a, b), item))
	}
	return best
}

// leastFit is the fit that a claim needs, by what it rests on.
func (e *engine) leastFit(l *line, c *claim) float64 {
	switch {
	case c.own == nil || len(c.own.hits) == 0:
		return contextFit(l.like)
	case c.own.object && negationIn2(l.folded.Runes, c.own) && (e.namesObject(c.own) || oneClause(l.folded.Runes)):
		return fitNamed
	case !c.own.strong:
		return fitWords
	case e.paired(c):
		return fitPaired
	}
	return fitNamed
}

// paired reports whether no single word of a line names the item, but words
// that do so only together.
func (e *engine) paired(c *claim) bool {
	if c.own == nil || !c.own.strong {
		return false
	}
	for i, h := range c.own.hits {
		if c.own.roles[i] == strong && e.terms[h.term].groups == nil {
			return false
		}
	}
	return true
}

// oneClause reports whether a sentence is a single clause.
func oneClause(t []rune) bool {
	_, to := clauseAt(t, 0)
	return to >= len(t)-1
}

// contextFit is what a sentence without words of an item needs: nothing, where
// it does not clearly resemble some topic.
func contextFit(like likes) float64 {
	if like.top < closeEnough {
		return 0
	}
	return fitContext
}

// closest are the items whose topics a text resembles most, at least so much,
// and hardly another topic more, asked for or not.
func (e *engine) closest(like likes, least float32) []claim {
	if like.top < least || like.each[len(like.each)-1] == like.top {
		return nil
	}
	best := max(float64(least), loneShare*float64(like.top))
	var out []claim
	for item, topics := range e.topicsOf {
		if len(topics) == 0 {
			continue
		}
		near := e.fit(like, item) * float64(like.top)
		if near > best {
			best, out = near, nil
		}
		if near == best {
			out = append(out, claim{item: item, score: headShare, fit: 1, alone: true})
		}
	}
	return out
}

// alike are faint claims to the items that a line resembles most.
func (e *engine) alike(l *line) []claim {
	top := l.like.top
	if top < closeLone || l.like.each[len(l.like.each)-1] == top || setting.in(l.folded.Runes, 0, len(l.folded.Runes)) >= 0 {
		return nil
	}
	var out []claim
	for item, topics := range e.topicsOf {
		if len(topics) == 0 {
			continue
		}
		fit := e.fit(l.like, item)
		if near := fit * float64(top); (fit >= alikeShare && near >= closeFree || fit >= loneShare && near >= closeLone) && !e.bars(l, item) {
			out = append(out, claim{item: item, score: headShare, fit: fit, alone: true, faint: true})
		}
	}
	if len(out) > alikeItems {
		return nil
	}
	return out
}

// setting are words by which a paper describes the place, not what was done:
// 我镇地处河口，有水闸三座。
var setting = words(`位于 地处 幅员 总面积 下辖 常住人口 户籍人口 总人口`)

// clauseClaims are faint claims to the items that single clauses of a line
// resemble, where the line as a whole speaks of something else.
func (e *engine) clauseClaims(l *line) []claim {
	var out []claim
	for i := range l.clauses {
		c := &l.clauses[i]
		if n := c.to - c.from; n < partRunes || n >= len(l.folded.Runes)-1 || c.sums.each == nil || c.sums.most() < closeClear*likenessUnit {
			continue // short, the whole line, no clause, or like nothing
		}
		for _, c := range e.closest(l.likeIn(c.from, c.to), closeClear) {
			same := func(x claim) bool { return x.item == c.item }
			if !slices.ContainsFunc(l.claims, same) && !slices.ContainsFunc(out, same) && !e.bars(l, c.item) {
				c.faint = true
				out = append(out, c)
			}
		}
	}
	slices.SortFunc(out, func(a, b claim) int { return a.item - b.item })
	return out
}
