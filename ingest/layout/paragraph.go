package layout

import (
	"regexp"
	"strings"
	"unicode"

	"duibiao/corpus"
)

// paragraph is what the author wrote as one: its lines joined.
type paragraph struct {
	text   string
	page   int // on which it begins
	cells  []string
	level  int // of a heading, from 1; 0 otherwise
	origin corpus.Origin
}

const (
	closers = "，。、；：？！”’）》〉」』】〕］｝…—%％,.;:?!)]}"
	openers = "“‘（《〈「『【〔［｛([{"
	endings = "。！？；：!?;:.…"
)

// numbering matches what a numbered heading or item begins with.
var numbering = regexp.MustCompile(`^(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|\d{1,2}[.．、](?:\D|$)|[（(]\d{1,2}[）)]` +
	`|第[一二三四五六七八九十百\d]{1,4}[章节条]|[①-⑳]|附件\d*[:：]?|附[:：])`)

// paragraphs joins the lines of all pages to paragraphs.
func paragraphs(sheets []*Sheet) []paragraph {
	var elements []element
	for _, s := range sheets {
		elements = append(elements, s.elements...)
	}
	f := newFlow(elements)
	var out []paragraph
	for i := 0; i < len(elements); {
		e := &elements[i]
		if e.line == nil {
			if i == 0 || elements[i-1].line != nil || elements[i-1].page == e.page || !rowGoesOn(out[len(out)-1].cells, e.cells) {
				out = append(out, paragraph{page: e.page, cells: e.cells, origin: e.origin})
			}
			i++
			continue
		}
		j := i + 1
		for j < len(elements) && elements[j].line != nil && f.continues(elements[i:j], &elements[j]) {
			j++
		}
		out = append(out, f.join(elements[i:j]))
		i = j
	}
	return out
}

// rowGoesOn joins the first row of a page to the row before it when it is only
// the rest of that row: its first cell is empty, and what stands in the others
// goes on with sentences that were broken off.
func rowGoesOn(before, rest []string) bool {
	if len(before) != len(rest) || rest[0] != "" || before[0] == "" {
		return false
	}
	for i, s := range rest {
		if s != "" && (before[i] == "" || endsSentence(before[i]) || numbering.MatchString(s)) {
			return false
		}
	}
	for i, s := range rest {
		var b strings.Builder
		joinText(&b, before[i])
		joinText(&b, s)
		before[i] = b.String()
	}
	return true
}

// flow knows the habits of the whole document.
type flow struct {
	body     float64 // size of the body text
	bodyFont string
	bold     bool    // the body text is bold
	indented bool    // paragraphs begin with an indent
	pitch    float64 // of most areas
	widest   *area   // the margins of most lines
}

func newFlow(elements []element) *flow {
	f := &flow{}
	var sizes, pitches []float64
	fonts := map[string]int{}
	areas := map[*area]bool{}
	for _, e := range elements {
		if e.line == nil {
			continue
		}
		for range e.line.glyphs {
			sizes = append(sizes, e.line.size)
		}
		if !areas[e.area] {
			areas[e.area] = true
			if e.area.pitch > 0 {
				pitches = append(pitches, e.area.pitch)
			}
			if f.widest == nil || e.area.lines > f.widest.lines {
				f.widest = e.area
			}
		}
	}
	f.body = mode(sizes, 0)
	f.pitch = mode(pitches, 0)
	bold, plain, indents, lines := 0, 0, 0, 0
	for _, e := range elements {
		if e.line == nil || e.line.size != f.body {
			continue
		}
		lines++
		n := len(e.line.glyphs)
		fonts[e.line.font] += n
		if e.line.bold {
			bold += n
		} else {
			plain += n
		}
		if in := (e.line.left - e.area.left) / e.line.size; in > 1.5 && in < 2.6 {
			indents++
		}
	}
	f.bold = bold > plain
	f.indented = indents*20 >= lines && indents > 0
	for _, e := range elements { // in document order, so that ties are decided alike
		if e.line != nil && fonts[e.line.font] > fonts[f.bodyFont] {
			f.bodyFont = e.line.font
		}
	}
	return f
}

// margins are those of the area, or those of most lines of the document where
// the area has too few lines to show its own.
func (f *flow) margins(a *area) (left, right float64) {
	if a.lines < fewLines && f.widest != nil && a.left >= f.widest.left-2 && a.right <= f.widest.right+2 {
		return f.widest.left, f.widest.right
	}
	return a.left, a.right
}

// continues reports whether line e goes on with the paragraph made of before.
func (f *flow) continues(before []element, e *element) bool {
	last := &before[len(before)-1]
	p, l := last.line, e.line
	em := l.size
	if l.size > 1.12*p.size || l.size < 0.88*p.size {
		return false
	}
	pl, pr := f.margins(last.area)
	ll, lr := f.margins(e.area)
	pin, lin := (p.left-pl)/em, (l.left-ll)/em
	if f.centred(p, pl, pr) || f.centred(l, ll, lr) {
		return f.titleGoesOn(before, e, pl, pr, ll, lr)
	}
	if lin > 0.45*(lr-ll)/em || p.left-pl > 0.45*(pr-pl) {
		return false // set to the right: a signature or a date
	}
	if last.area == e.area && f.tooFar(p, l, e.area) {
		return false
	}
	if p.cells > 2 && l.cells > 2 {
		return false
	}
	ended := endsSentence(p.text)
	slack := pr - p.right - firstUnit(l)
	if ended && slack > 0.4*em || slack > 2.2*em || slack > 0.9*em && shortAlone(before) {
		return false
	}
	if numbering.MatchString(l.text) && (ended || lin > 1) {
		return false
	}
	if lin < 1.2 {
		// A sentence that ends with a full line says nothing by itself; without
		// indents the head of a page or column is where paragraphs begin.
		return !ended || f.indented || last.area == e.area
	}
	hanging := len(before) == 1 && numbering.MatchString(p.text) && lin-pin > 0.8 && lin-pin < 5
	level := len(before) > 1 && lin-pin < 0.6 && lin-pin > -0.6
	block := lin-pin < 0.6 && lin-pin > -0.6 && !ended && !f.indented
	return hanging && !f.indented || level || block
}

// shortAlone reports whether the paragraph so far looks like a heading: one
// short numbered line.
func shortAlone(before []element) bool {
	return len(before) == 1 && numbering.MatchString(before[0].line.text)
}

func (f *flow) tooFar(p, l *line, a *area) bool {
	pitch := a.pitch
	if pitch <= 0 || a.lines < 4 && f.pitch > 0 {
		pitch = f.pitch
	}
	step := l.base - p.base
	if l.size > 1.05*f.body {
		return step > max(2.1*l.size, 1.3*pitch) || step < -0.5*l.size
	}
	return pitch > 0 && step > 1.3*pitch+1 || step < -0.5*l.size
}

// centred reports whether a line stands in the middle of its column, with room
// on both sides.
func (f *flow) centred(l *line, left, right float64) bool {
	a, b := l.left-left, right-l.right
	return a > 2.6*l.size && b > 2.6*l.size && a-b < 1.2*l.size && b-a < 1.2*l.size
}

// titleGoesOn joins the lines of a title in large type.
func (f *flow) titleGoesOn(before []element, e *element, pl, pr, ll, lr float64) bool {
	last := &before[len(before)-1]
	p, l := last.line, e.line
	if p.size < 1.15*f.body || p.size != l.size || p.bold != l.bold || last.area != e.area || f.tooFar(p, l, e.area) {
		return false
	}
	return !endsSentence(p.text) && !numbering.MatchString(l.text) && f.middle(l, ll, lr) && f.middle(p, pl, pr)
}

// middle is the weaker sign for a title's line, which may fill the column.
func (f *flow) middle(l *line, left, right float64) bool {
	d := l.left - left - (right - l.right)
	return d < 1.5*l.size && d > -1.5*l.size
}

func endsSentence(s string) bool {
	s = strings.TrimRight(s, "”’）》」』】)\"' ")
	for _, r := range endings {
		if strings.HasSuffix(s, string(r)) {
			return true
		}
	}
	return false
}

// firstUnit is the width of what cannot be broken at the beginning of a line:
// opening marks, one character or one word, and the marks that must follow it.
func firstUnit(l *line) float64 {
	gs := l.glyphs
	i := 0
	for i < len(gs)-1 && strings.ContainsRune(openers, gs[i].r) {
		i++
	}
	if letter(gs[i].r) {
		for i < len(gs)-1 && letter(gs[i+1].r) && gs[i+1].left-gs[i].right < 0.2*l.size {
			i++
		}
	}
	for i < len(gs)-1 && strings.ContainsRune(closers, gs[i+1].r) {
		i++
	}
	return gs[i].right - gs[0].left
}

func (f *flow) join(es []element) paragraph {
	var b strings.Builder
	for _, e := range es {
		joinText(&b, e.line.text)
	}
	p := paragraph{text: b.String(), page: es[0].page, origin: originOf(es)}
	p.level = f.level(es, p.text)
	return p
}

// originOf is where elements stand on the page of the first, and what
// recognised them.
func originOf(es []element) corpus.Origin {
	var o corpus.Origin
	runes, sum := 0, 0.0
	for _, e := range es {
		if e.page == es[0].page {
			o.Box = o.Box.Union(e.origin.Box)
		}
		if e.origin.OCR() {
			n := len(e.line.glyphs)
			o.By = e.origin.By
			runes, sum = runes+n, sum+float64(n)*e.origin.Confidence
		}
	}
	if runes > 0 {
		o.Confidence = sum / float64(runes)
	}
	return o
}

// joinText appends the next line of a paragraph: nothing comes between Chinese
// characters, one space between words, and a word divided by a hyphen becomes
// whole.
func joinText(b *strings.Builder, next string) {
	next = strings.TrimSpace(next)
	if b.Len() == 0 || next == "" {
		b.WriteString(next)
		return
	}
	so := b.String()
	last, first := lastRune(so), firstRune(next)
	switch {
	case last == '-' && unicode.IsLower(first) && len(so) > 1 && unicode.IsLower(lastRune(so[:len(so)-1])):
		b.Reset()
		b.WriteString(so[:len(so)-1])
	case letter(last) && letter(first) && !(unicode.IsDigit(last) && unicode.IsDigit(first)):
		if unicode.IsLetter(last) && unicode.IsLetter(first) {
			b.WriteByte(' ')
		}
	case last < 0x80 && first < 0x80 && strings.ContainsRune(".,;:!?)", last) && unicode.IsLetter(first):
		b.WriteByte(' ')
	}
	b.WriteString(next)
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

func lastRune(s string) rune {
	r := rune(0)
	for i := len(s) - 1; i >= 0 && i >= len(s)-4; i-- {
		if s[i] < 0x80 || s[i] >= 0xC0 {
			for _, r = range s[i:] {
				return r
			}
		}
	}
	return r
}
