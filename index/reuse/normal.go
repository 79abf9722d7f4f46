package reuse

import (
	"unicode"

	"duibiao/corpus"
)

// normal is a document made comparable, with the way back. Letters and Han
// stay, in half width and lower case; a run of digits is one '0', so that
// changed figures do not hide a copy; white space, punctuation and signs are
// gone, and with them line and page breaks.
type normal struct {
	folded corpus.Folded
	runes  []uint16  // folded.Runes, cut to 16 bits
	breaks bits      // a clause begins at this rune; also set at len(runes)
	public bits      // wording that is nobody's own, however long it goes on
	stock  []stretch // stock phrases, of which one by itself is nobody's own
	quoted bits      // stands between quotation marks
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
	f := folder{figures: figures, zones: d.Zones, open: d.Public, whole: d.Zones == nil, title: -1, quote: -1, clause: true, at: -1}
	size := len(d.Text)/3 + 65
	f.breaks, f.public, f.quoted = newBits(size), newBits(size), newBits(size)
	f.folded = corpus.FoldFunc(d.Text, f.rune)
	f.grow()
	f.breaks.set(f.kept)
	f.runes = make([]uint16, f.kept)
	for i, r := range f.folded.Runes {
		f.runes[i] = uint16(r) ^ uint16(r>>16)
	}
	return f.normal
}

// folder makes a normal, rune by rune.
type folder struct {
	normal
	figures bool
	whole   bool          // there are no zones
	zones   []corpus.Span // this one and those after it
	open    []corpus.Span // the public part ahead and those after it
	at      int           // position in the text
	kept    int           // runes kept so far
	last    rune          // the last of them
	title   int           // where an open 《 began; -1 when none is open
	quote   int           // where an open “ began; -1 when none is open
	clause  bool          // a clause begins with the next rune kept
}

// rune is what r becomes, or false when it is dropped.
func (f *folder) rune(r rune) (rune, bool) {
	f.at++
	if !f.inZone() {
		return 0, false
	}
	if !isHan(r) {
		if f.mark(r) {
			return 0, false
		}
		var ok bool
		if r, ok = corpus.FoldRune(r); !ok || !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '〇' {
			return 0, false
		}
		if unicode.IsDigit(r) && !f.figures {
			r = '0'
			if f.last == r {
				return 0, false
			}
		}
	}
	if f.kept&63 == 0 {
		f.grow()
	}
	if f.clause {
		f.breaks.set(f.kept)
		f.clause = false
	}
	if f.inOpen() {
		f.public.set(f.kept)
	}
	f.kept, f.last = f.kept+1, r
	return r, true
}

func (f *folder) inZone() bool {
	if f.whole {
		return true
	}
	for len(f.zones) > 0 && f.at >= f.zones[0].End {
		f.zones, f.clause, f.title, f.quote = f.zones[1:], true, -1, -1
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
	case '，', '。', '；', '：', '！', '？', '、', ',', ';', ':', '!', '?', '\n', '\r', '\t', '\f', '\u2028', '\u2029':
		f.clause = true
	case '《':
		f.title = f.kept
	case '》':
		if f.title >= 0 && f.kept-f.title <= longestTitle {
			f.public.setRange(f.title, f.kept)
		}
		f.title = -1
	case '“', '「':
		f.quote = f.kept
	case '”', '」':
		if f.quote >= 0 {
			f.quoted.setRange(f.quote, f.kept)
		}
		f.quote = -1
	default:
		return false
	}
	return true
}

func (f *folder) grow() {
	f.breaks, f.public, f.quoted = f.breaks.grow(f.kept+1), f.public.grow(f.kept+1), f.quoted.grow(f.kept+1)
}

func isHan(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF }

// knowPublic finds public wording by the lists; grams are those of n.runes.
func (n *normal) knowPublic(everywhere, stock *formulae, grams []uint32) {
	for _, s := range everywhere.find(n.runes, grams) {
		n.public.setRange(int(s.from), int(s.to))
	}
	n.stock = stock.find(n.runes, grams)
}
