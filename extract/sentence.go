package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"duibiao/corpus"
)

// minClause is how many runes must stand on either side of a ； for it to end
// a sentence: shorter parts ("查处3件；移送1件") make one fact together, longer
// ones are clauses with a tense of their own.
const minClause = 12

// longestLook is how many runes on either side of a ； are looked at for them.
const longestLook = 8 * minClause

// The longest bracketed texts that are kept in one sentence, in runes.
const (
	longestTitle  = 80  // 《》
	longestQuoted = 100 // “” （）
)

// splitter cuts texts into sentences. It keeps its buffers from one text to
// the next.
type splitter struct {
	runes  []rune
	bytes  []int32 // where each rune begins, and the end
	inside []bool  // rune stands inside brackets that are not broken
	open   []int   // stack of opening brackets
}

// sentences cuts text, which begins at rune base of its document. Together
// the sentences hold all of text but white space, in order.
func (s *splitter) sentences(text string, base int) []corpus.Sentence {
	s.load(text)
	dots := !strings.ContainsAny(text, "。｡")
	var all []corpus.Sentence
	from := 0
	for i := 0; i < len(s.runes); i++ {
		if !s.ends(i, from, dots) {
			continue
		}
		i = s.closing(i)
		all = s.add(all, text, base, from, i+1)
		from = i + 1
	}
	return s.add(all, text, base, from, len(s.runes))
}

func (s *splitter) load(text string) {
	s.runes, s.bytes, s.inside, s.open = s.runes[:0], s.bytes[:0], s.inside[:0], s.open[:0]
	for i, r := range text {
		s.runes = append(s.runes, r)
		s.bytes = append(s.bytes, int32(i))
		s.inside = append(s.inside, false)
	}
	s.bytes = append(s.bytes, int32(len(text)))
	for i, r := range s.runes {
		if _, _, ok := closerOf(r); ok {
			s.open = append(s.open, i)
		} else if isCloser(r) {
			s.close(i, r)
		}
	}
}

// close marks what stands between the bracket that r closes and i. Brackets
// opened in between and never closed are forgotten.
func (s *splitter) close(i int, r rune) {
	for k := len(s.open) - 1; k >= max(0, len(s.open)-4); k-- {
		closer, longest, _ := closerOf(s.runes[s.open[k]])
		if closer != r {
			continue
		}
		if i-s.open[k] <= longest {
			for j := s.open[k] + 1; j < i; j++ {
				s.inside[j] = true
			}
		}
		s.open = s.open[:k]
		return
	}
}

// closerOf is the bracket that closes r, and the longest text between the two
// that is not broken.
func closerOf(r rune) (closer rune, longest int, ok bool) {
	switch r {
	case '《':
		return '》', longestTitle, true
	case '〈':
		return '〉', longestTitle, true
	case '（':
		return '）', longestQuoted, true
	case '(':
		return ')', longestQuoted, true
	case '【':
		return '】', longestQuoted, true
	case '“':
		return '”', longestQuoted, true
	case '‘':
		return '’', longestQuoted, true
	case '「':
		return '」', longestQuoted, true
	case '『':
		return '』', longestQuoted, true
	}
	return 0, 0, false
}

func isCloser(r rune) bool {
	switch r {
	case '》', '〉', '）', ')', '】', '”', '’', '」', '』':
		return true
	}
	return false
}

func isEnd(r rune) bool {
	switch r {
	case '。', '｡', '！', '!', '？', '?':
		return true
	}
	return false
}

// ends reports whether a sentence that began at from ends with rune i.
func (s *splitter) ends(i, from int, dots bool) bool {
	r := s.runes[i]
	if s.inside[i] {
		return false
	}
	switch {
	case isEnd(r):
		return true
	case r == '；' || r == ';':
		return s.clause(i, from)
	case dots && (r == '.' || r == '．'):
		return i-from >= minClause && unicode.Is(unicode.Han, s.runes[i-1]) && (i+1 == len(s.runes) || unicode.Is(unicode.Han, s.runes[i+1]))
	case isCloser(r) && i > 0 && isEnd(s.runes[i-1]) && i+1 < len(s.runes):
		next := s.runes[i+1] // “……。”他 ends here, “……！”的 does not
		return s.inside[i-1] && next != '的' && !unicode.IsPunct(next)
	}
	return false
}

// clause reports whether the ； at i parts two clauses long enough to be
// judged each by itself, or comes before 二是.
func (s *splitter) clause(i, from int) bool {
	before := 0
	for j := max(from, i-longestLook); j < i && before < minClause; j++ {
		if !unicode.IsSpace(s.runes[j]) {
			before++
		}
	}
	if before < minClause {
		return false
	}
	if i+2 < len(s.runes) && s.runes[i+2] == '是' {
		if _, ok := hanDigit(s.runes[i+1]); ok {
			return true
		}
	}
	after := 0
	for j := i + 1; j < min(len(s.runes), i+longestLook) && after < minClause; j++ {
		if r := s.runes[j]; !s.inside[j] && (isEnd(r) || r == '；' || r == ';') {
			return false
		} else if !unicode.IsSpace(r) {
			after++
		}
	}
	return after == minClause
}

// closing is the last rune that belongs to a sentence ending with rune i:
// further end marks, brackets and quotes that close, and a last remark in
// brackets, （责任单位：各科室）.
func (s *splitter) closing(i int) int {
	for i+1 < len(s.runes) {
		r := s.runes[i+1]
		if !isEnd(r) && !isCloser(r) {
			break
		}
		i++
	}
	return s.remark(i)
}

// remark is where the brackets end that begin after rune i, if nothing stands
// behind them, or else i.
func (s *splitter) remark(i int) int {
	open := s.skipSpace(i + 1)
	if open == len(s.runes) || s.runes[open] != '（' && s.runes[open] != '(' {
		return i
	}
	shut := open + 1
	for shut < len(s.runes) && s.inside[shut] {
		shut++
	}
	if shut == open+1 || s.skipSpace(shut+1) < len(s.runes) {
		return i
	}
	return shut
}

// skipSpace is the first rune from i that is not white space.
func (s *splitter) skipSpace(i int) int {
	for i < len(s.runes) && unicode.IsSpace(s.runes[i]) {
		i++
	}
	return i
}

func (s *splitter) add(all []corpus.Sentence, text string, base, from, to int) []corpus.Sentence {
	for from < to && unicode.IsSpace(s.runes[from]) {
		from++
	}
	for to > from && unicode.IsSpace(s.runes[to-1]) {
		to--
	}
	if from == to {
		return all
	}
	return append(all, corpus.Sentence{
		Span: corpus.Span{Start: base + from, End: base + to},
		Text: text[s.bytes[from]:s.bytes[to]],
	})
}

// cells cuts a table row: each cell is one sentence or, where it holds
// several, those. text is the row's, which begins at rune base.
func (s *splitter) cells(text string, base int, cells []corpus.Span) []corpus.Sentence {
	var all []corpus.Sentence
	at, byteAt := base, 0
	for _, c := range cells {
		if c.Len() == 0 {
			continue
		}
		byteAt += bytesOf(text[byteAt:], c.Start-at)
		n := bytesOf(text[byteAt:], c.Len())
		all = append(all, s.sentences(text[byteAt:byteAt+n], c.Start)...)
		at, byteAt = c.End, byteAt+n
	}
	return all
}

// bytesOf is how many bytes the first n runes of text take.
func bytesOf(text string, n int) int {
	size := 0
	for ; n > 0; n-- {
		_, w := utf8.DecodeRuneInString(text[size:])
		size += w
	}
	return size
}
