package reuse

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"duibiao/corpus"
)

// normal is a document made comparable, with the way back. Letters and Han
// stay, in half width and lower case; a run of digits is one '0', so that
// changed figures do not hide a copy; white space, punctuation and signs are
// gone, and with them line and page breaks.
type normal struct {
	runes  []uint16  // cut to 16 bits
	kept   bitset    // the runes of the text that are in runes
	breaks bitset    // a clause begins at this rune; also set at len(runes)
	public bitset    // wording that is nobody's own, however long it goes on
	quoted bitset    // stands between quotation marks, or is announced as another's
	stock  []stretch // stock phrases, of which one by itself is nobody's own
}

// longestTitle is how far apart 《 and 》 may stand and still hold a title.
const longestTitle = 80

func normalise(d Document) normal { return fold(d, figuresAsOne) }

// How fold reads figures.
const (
	figuresAsOne     = false
	figuresAsTheyAre = true
)

func fold(d Document, figures bool) normal {
	size := utf8.RuneCountInString(d.Text)
	f := folder{figures: figures, zones: d.Zones, open: d.Public, whole: d.Zones == nil, title: -1, quote: -1, intro: -1, clause: true}
	f.runes = make([]uint16, 0, size)
	f.kept, f.breaks, f.public, f.quoted = newBits(size), newBits(size+1), newBits(size), newBits(size)
	for _, r := range d.Text {
		if f.inZone() {
			f.rune(r)
		}
		f.at++
	}
	n := f.normal
	n.breaks.set(len(n.runes))
	n.breaks, n.public, n.quoted = n.breaks[:words(len(n.runes)+1)], n.public[:words(len(n.runes))], n.quoted[:words(len(n.runes))]
	return n
}

// back is where runes i to j of n stood in the text, half-open. It covers what
// was dropped between them, not what was dropped after the last.
func (n *normal) back(i, j int) corpus.Span {
	s := corpus.Span{Start: n.kept.nth(i)}
	if s.End = s.Start; i < j {
		s.End = n.kept.nth(j-1) + 1
	}
	return s
}

// folder makes a normal, rune by rune.
type folder struct {
	normal
	figures bool
	whole   bool          // there are no zones
	zones   []corpus.Span // this one and those after it
	open    []corpus.Span // the public part ahead and those after it
	at      int           // position in the text
	last    rune          // the last rune kept
	title   int           // where an open 《 began; -1 when none is open
	quote   int           // where an open “ began; -1 when none is open
	intro   int           // where a quotation without marks began; -1 when none did
	began   int           // where the clause began
	clause  bool          // a clause begins with the next rune kept
}

// rune takes r in, or drops it.
func (f *folder) rune(r rune) {
	if !isHan(r) {
		if f.mark(r) {
			return
		}
		var ok bool
		if r, ok = corpus.FoldRune(r); !ok || !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '〇' {
			return
		}
		if unicode.IsDigit(r) && !f.figures {
			r = '0'
			if f.last == r {
				return
			}
		}
	}
	i := len(f.runes)
	if f.clause {
		f.breaks.set(i)
		f.clause, f.began = false, i
	}
	if f.inOpen() {
		f.public.set(i)
	}
	f.kept.set(f.at)
	f.runes, f.last = append(f.runes, uint16(r)^uint16(r>>16)), r
}

func (f *folder) inZone() bool {
	if f.whole {
		return true
	}
	for len(f.zones) > 0 && f.at >= f.zones[0].End {
		f.zones, f.clause, f.title, f.quote = f.zones[1:], true, -1, -1
		f.intro = -1
	}
	return len(f.zones) > 0 && f.at >= f.zones[0].Start
}

func (f *folder) inOpen() bool {
	for len(f.open) > 0 && f.at >= f.open[0].End {
		f.open = f.open[1:]
	}
	return len(f.open) > 0 && f.at >= f.open[0].Start
}

// mark notes what the mark r says of the text around it; false when it is no
// mark that says something.
func (f *folder) mark(r rune) bool {
	switch r {
	case '，', ',':
		f.refer()
		f.introduce(statutory)
		f.clause = true
	case '：', ':':
		f.refer()
		f.introduce(announced)
		f.clause = true
	case '。', '！', '？', '!', '?', '\n', '\r', '\f', '\u2028', '\u2029':
		f.quoteTo(&f.intro)
		f.clause = true
	case '；', '、', ';', '\t':
		f.clause = true
	case '《':
		f.title = len(f.runes)
	case '》':
		if f.title >= 0 && len(f.runes)-f.title <= longestTitle {
			f.public.setRange(f.title, len(f.runes))
		}
		f.title = -1
	case '“', '「':
		f.quote = len(f.runes)
	case '”', '」':
		f.quoteTo(&f.quote)
	default:
		return false
	}
	return true
}

// quoteTo ends the quotation that began at *from, if one did.
func (f *folder) quoteTo(from *int) {
	if *from >= 0 {
		f.quoted.setRange(*from, len(f.runes))
	}
	*from = -1
}

// What announces, after 根据 or the like at the beginning of its clause, that
// the rest of the sentence is another's: before a comma only 规定, because
// 按照……要求， begins sentences of one's own everywhere.
var (
	sourced   = []string{"根据", "按照", "依据", "依照", "遵照", "按"}
	statutory = []string{"规定"}
	announced = []string{"规定", "要求", "部署", "明确", "提出", "指出", "强调", "写道", "精神", "如下"}
	ordered   = []string{"精神", "要求", "部署", "规定", "通知", "安排", "意见"}
)

// refer makes a clause public that only says by whose order or after which
// meeting the rest was done: all who were there name it in the same words.
func (f *folder) refer() {
	if clause := f.runes[f.began:]; affixed(clause, sourced, first) && affixed(clause, ordered, last) {
		f.public.setRange(f.began, len(f.runes))
	}
}

// introduce begins a quotation without marks where the clause that ends here
// announces one.
func (f *folder) introduce(by []string) {
	clause := f.runes[f.began:]
	if f.intro < 0 && affixed(clause, sourced, first) && affixed(clause, by, last) {
		f.intro = len(f.runes)
	}
}

// affixed reports whether the clause begins, or ends, with one of words and
// has more than it.
func affixed(clause []uint16, words []string, at func(clause []uint16, n int) []uint16) bool {
	return slices.ContainsFunc(words, func(word string) bool {
		w := []rune(word)
		return len(clause) > len(w) && slices.EqualFunc(at(clause, len(w)), w, func(c uint16, r rune) bool { return rune(c) == r })
	})
}

func first(clause []uint16, n int) []uint16 { return clause[:n] }
func last(clause []uint16, n int) []uint16  { return clause[len(clause)-n:] }

func isHan(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF }

// knowEverywhere finds public wording that may go on however long; grams are
// those of n.runes.
func (n *normal) knowEverywhere(list *formulae, grams []uint32) {
	for _, s := range list.find(n.runes, grams) {
		n.public.setRange(int(s.from), int(s.to))
	}
}
