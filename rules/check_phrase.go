package rules

import "strings"

// phrases are words to look for, by their first rune. "…" in a word is a gap
// of up to gapRunes runes; a word does not count where it begins inside one of
// the words of not, or where what follows "…" in one of them stands after it in
// its clause: "…出庭".
type phrases struct {
	by      map[rune][][][]rune
	not     lexicon
	after   lexicon
	longest int // runes of the longest word of not
}

func phrasesOf(list, not []string) phrases {
	p := phrases{by: map[rune][][][]rune{}, not: lexicon{}, after: lexicon{}}
	for _, w := range list {
		var parts [][]rune
		for part := range strings.SplitSeq(w, "…") {
			if r := foldRunes(part); len(r) > 0 {
				parts = append(parts, r)
			}
		}
		if len(parts) > 0 {
			p.by[parts[0][0]] = append(p.by[parts[0][0]], parts)
		}
	}
	for _, w := range not {
		if rest, ok := strings.CutPrefix(w, "…"); ok {
			p.after.add(foldRunes(rest))
			continue
		}
		r := foldRunes(w)
		p.not.add(r)
		p.longest = max(p.longest, len(r))
	}
	return p
}

// in reports whether one of the words stands in t.
func (p *phrases) in(t []rune) bool {
	for i := range t {
		if p.at(t, i) {
			return true
		}
	}
	return false
}

// at reports whether one of the words begins at i.
func (p *phrases) at(t []rune, i int) bool {
	for _, parts := range p.by[t[i]] {
		if partsAt(t, i, parts) && !p.barred(t, i) {
			return true
		}
	}
	return false
}

func partsAt(t []rune, i int, parts [][]rune) bool {
	if !hasAt(t, i, parts[0]) {
		return false
	}
	at := i + len(parts[0])
	for _, p := range parts[1:] {
		k := indexRunes(t, at, min(len(t), at+gapRunes+len(p)), p)
		if k < 0 {
			return false
		}
		at = k + len(p)
	}
	return true
}

// barred reports whether place i stands inside a word that does not count, or
// before one in its clause.
func (p *phrases) barred(t []rune, i int) bool {
	if p.after.by != nil {
		if _, to := clauseAt(t, i); p.after.in(t, i, to) >= 0 {
			return true
		}
	}
	for back := 0; back < p.longest && back <= i; back++ {
		if p.not.at(t, i-back) > back {
			return true
		}
	}
	return false
}
