package extract

import (
	"strings"
	"unicode/utf8"

	"duibiao/corpus"
)

// The longest headings, in runes of the key after the number.
const (
	longestHead  = 45 // standing alone
	longestRunIn = 30 // up to 。
	longestColon = 16 // up to ：
)

// form is how a numbered line stands as a heading.
type form int

const (
	noHead   form = iota
	standing      // short, without an end mark: a heading or an item of a list
	single        // one short sentence: the same, but it stays content
	runIn         // a short sentence before the paragraph's text
)

// outline finds the headings among lines whose zone is still open and sets
// their opens, heading and, for one that stands alone, zone.
func outline(lines []line) {
	forms := make([]form, len(lines))
	ends := make([]int, len(lines)) // bytes of the key that are the heading
	for i := range lines {
		if l := &lines[i]; l.zone == "" {
			forms[i], ends[i] = formOf(l)
		}
	}
	listed := lists(lines, forms)
	for i := range lines {
		l := &lines[i]
		if forms[i] == noHead || listed[i] && !l.marked() {
			continue
		}
		l.opens = true
		l.heading = strings.TrimRight(l.shown(0, ends[i]), "。：:")
		if forms[i] == standing && !hasFigure(unbracketed(l.rest())) {
			l.zone = corpus.Head
		}
	}
}

// numbered reports whether l has a number that counts in the outline.
func (l *line) numbered() bool {
	return l.num.style != unnumbered && (l.zone == "" || l.zone == corpus.Content || l.zone == corpus.Head || l.zone == corpus.Frame)
}

// marked reports whether the file itself says that l is a heading.
func (l *line) marked() bool { return l.Role == corpus.Heading || l.bold }

func formOf(l *line) (form, int) {
	rest := l.rest()
	if l.num.style == article {
		return runIn, articleEnd(l)
	}
	end := strings.IndexAny(rest, "。;!?")
	if l.num.style == unnumbered {
		if l.marked() && l.short(longestHead) && end < 0 && rest != "" {
			return standing, len(l.key)
		}
		return noHead, 0
	}
	if l.short(longestHead+4) && end < 0 && rest != "" {
		if l.num.style == decimal && !l.marked() && !startsHan(rest) {
			return noHead, 0
		}
		if strings.HasSuffix(rest, ",") || strings.HasSuffix(rest, "、") {
			return noHead, 0
		}
		return standing, len(l.key)
	}
	colon := strings.IndexByte(rest, ':')
	if colon > 0 && (end < 0 || colon < end) && utf8.RuneCountInString(rest[:colon]) <= longestColon && !strings.Contains(rest[:colon], ",") && !hasFigure(rest[:colon]) {
		return runIn, l.num.size + colon
	}
	if end <= 0 || !strings.HasPrefix(rest[end:], "。") {
		return noHead, 0
	}
	name := unbracketed(rest[:end])
	switch {
	case utf8.RuneCountInString(name) > longestRunIn:
		return noHead, 0
	case end+len("。") == len(rest) && l.short(keyRunes):
		return single, len(l.key) - len("。")
	case !hasFigure(name):
		return runIn, l.num.size + end
	}
	return noHead, 0
}

// unbracketed is key without what stands in round brackets, such as the dates
// of a step of work.
func unbracketed(key string) string {
	for {
		from := strings.IndexByte(key, '(')
		if from < 0 {
			return key
		}
		n := strings.IndexByte(key[from:], ')')
		if n < 0 {
			return key
		}
		key = key[:from] + key[from+n+1:]
	}
}

// articleEnd is the end of 第一条 or 第一条【适用范围】.
func articleEnd(l *line) int {
	rest := l.rest()
	if strings.HasPrefix(rest, "[") {
		if n := strings.IndexByte(rest, ']'); n > 0 && n < 60 {
			return l.num.size + n + 1
		}
	}
	return l.num.size
}

func startsHan(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return r >= 0x4E00 && r < 0xA000
}

// tally counts the items of a sequence of numbers: all but the last, and those
// of them that have text below.
type tally struct{ items, filled int }

func (t *tally) add(filled bool) {
	t.items++
	if filled {
		t.filled++
	}
}

func (t tally) isList() bool { return t.filled*2 < t.items }

// lists says which numbered short lines are items of a list and no headings:
// in a heading's sequence most have text below them, in a list none has.
func lists(lines []line, forms []form) []bool {
	group, byGroup, byStyle := sequences(lines, forms)
	listed := make([]bool, len(lines))
	for i, g := range group {
		if g == 0 || forms[i] == noHead || forms[i] == runIn {
			continue
		}
		s := lines[i].num.style
		switch {
		case byGroup[g-1].items > 0:
			listed[i] = byGroup[g-1].isList()
		case byStyle[s].items > 0: // alone in its sequence: as the others of its style
			listed[i] = byStyle[s].isList()
		default:
			listed[i] = s >= digit || !hasBelow(lines, i, s)
		}
	}
	return listed
}

// sequences gives each numbered line its sequence, from 1: lines of one style
// numbered on, within one outer number.
func sequences(lines []line, forms []form) (group []int, byGroup []tally, byStyle [styles]tally) {
	order := nesting(lines)
	group = make([]int, len(lines))
	var open, last, at [styles]int // by style: the sequence now open, its last value and that one's line
	for i := range lines {
		s := lines[i].num.style
		if lines[i].zone == corpus.Title {
			open = [styles]int{}
		}
		if !lines[i].numbered() {
			continue
		}
		for t := range styles {
			if order[t] > order[s] {
				open[t] = 0
			}
		}
		if open[s] == 0 || lines[i].num.value != last[s]+1 {
			byGroup = append(byGroup, tally{})
			open[s] = len(byGroup)
		} else {
			filled := forms[at[s]] == runIn || hasBelow(lines, at[s], s)
			byGroup[open[s]-1].add(filled)
			byStyle[s].add(filled)
		}
		group[i], last[s], at[s] = open[s], lines[i].num.value, i
	}
	return group, byGroup, byStyle
}

// hasBelow reports whether text, a table or deeper numbering follows line i.
func hasBelow(lines []line, i int, s style) bool {
	for j := i + 1; j < len(lines); j++ {
		switch lines[j].zone {
		case corpus.NotText:
			continue
		case corpus.Table:
			return true
		case "":
			return lines[j].num.style != s
		}
		return false
	}
	return false
}

// nesting gives each style its depth. Papers are expected to nest as style
// lists them; where the numbers themselves show two neighbours the other way
// round (a style begins anew at 1 inside each of the other's items) they are
// exchanged.
func nesting(lines []line) [styles]int {
	var within [styles][styles]int // within[t][s]: how often t began anew between two items of s
	var last, at, one [styles]int  // last value, its line, the line of the last 1; lines from 1
	for i := range lines {
		n := lines[i].num
		if !lines[i].numbered() {
			continue
		}
		if n.value == last[n.style]+1 && n.value > 1 {
			for t := range styles {
				if one[t] > at[n.style] {
					within[t][n.style]++
				}
			}
		}
		last[n.style], at[n.style] = n.value, i+1
		if n.value == 1 {
			one[n.style] = i + 1
		}
	}
	var by [styles]style
	for s := range styles {
		by[s] = s
		for k := int(s); k > 1 && within[by[k-1]][by[k]] > within[by[k]][by[k-1]]; k-- {
			by[k-1], by[k] = by[k], by[k-1]
		}
	}
	var depth [styles]int
	for i, s := range by {
		depth[s] = i
	}
	return depth
}

// stack is the headings open above a line.
type stack struct {
	depth [styles]int
	open  []entry
}

type entry struct {
	style style
	level int // from the file's markup; 0 without
	text  string
}

// above prepares the stack for l and returns the headings above it: those
// that l's own number or level does not close.
func (s *stack) above(l *line) []entry {
	cut := len(s.open)
	switch {
	case l.num.style != unnumbered:
		for i, e := range s.open {
			if e.style != unnumbered && s.depth[e.style] >= s.depth[l.num.style] ||
				e.style == unnumbered && l.Level > 0 && e.level >= l.Level {
				cut = i
				break
			}
		}
	case l.opens:
		cut = s.cutMarked(l.Level)
	}
	s.open = s.open[:cut:cut]
	return s.open
}

// cutMarked is how many open headings stay above an unnumbered heading that
// the file marks with level; level 0 is bold type, which is the innermost.
func (s *stack) cutMarked(level int) int {
	if level == 0 {
		for i, e := range s.open {
			if e.style == unnumbered && e.level == 0 {
				return i
			}
		}
		return len(s.open)
	}
	for i := len(s.open) - 1; i >= 0; i-- {
		if e := s.open[i]; e.level > 0 && e.level < level {
			return i + 1
		}
	}
	return 0
}

func (s *stack) push(l *line) {
	s.open = append(s.open, entry{l.num.style, l.Level, l.heading})
}
