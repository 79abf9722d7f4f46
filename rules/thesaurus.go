package rules

import (
	_ "embed" // the thesaurus and the vocabulary
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml/ast"

	"duibiao/corpus"
)

//go:embed words/thesaurus.yaml
var thesaurusFile []byte

//go:embed words/classes.yaml
var classesFile []byte

//go:embed words/vocabulary.txt
var vocabularyFile []byte

// topic is one matter of this field, with the words by which it shows.
type topic struct {
	name                             string
	names, when, signs, objects, not []string
	loose                            []string // pairs that speak of it only when nothing else does
	yields                           []string // closer topics: what they say does not count as a sign of this one
	parts                            []string // the topics that it is made of
	of                               []string // topics of which it is a part where an item asks for it
	pairs                            []string // each of groups of words joined by "+"
	counts                           bool     // for those, where no item asks for it by itself
	broad                            bool     // stands in many 评分要点 that are about something else
	vague                            bool     // does not count in a title that names a closer topic
	alone                            bool     // in a title, it is all that the item is about
	study                            bool     // is about learning or teaching law, so that a law's name speaks of it
}

type topics struct {
	all    []topic
	byName map[string]*topic
}

// thesaurus is the embedded list of topics, read once. A fault in it is a bug
// of this program: TestThesaurus reads it too.
var thesaurus = sync.OnceValue(func() *topics {
	t, err := parseThesaurus(thesaurusFile)
	if err != nil {
		panic(fmt.Sprintf("rules: embedded thesaurus: %v", err))
	}
	return t
})

func parseThesaurus(body []byte) (*topics, error) {
	r := &reader{file: "thesaurus.yaml", ids: map[string]string{}}
	out := &topics{byName: map[string]*topic{}}
	top := r.parse(body)
	if top != nil {
		r.each(func(n ast.Node) {
			var t topic
			r.mapping(n, fields{"topic": r.id(&t.name), "names": r.list(&t.names), "when": r.list(&t.when),
				"signs": r.list(&t.signs), "objects": r.list(&t.objects), "not": r.list(&t.not), "pairs": r.list(&t.pairs), "loose": r.list(&t.loose), "yields": r.list(&t.yields), "parts": r.list(&t.parts), "of": r.list(&t.of), "counts": r.flag(&t.counts), "broad": r.flag(&t.broad), "study": r.flag(&t.study), "vague": r.flag(&t.vague), "alone": r.flag(&t.alone)}, "topic", "names")
			out.all = append(out.all, t)
		})(top)
	}
	if len(r.errs) > 0 {
		return nil, r.errs[0]
	}
	for i := range out.all {
		out.byName[out.all[i].name] = &out.all[i]
	}
	return out, out.check()
}

// check reports a pair that calls an unknown class, has an empty group or more
// groups than can be counted, and a topic that calls an unknown topic.
func (ts *topics) check() error {
	for _, t := range ts.all {
		for _, pair := range slices.Concat(t.pairs, t.loose) {
			groups := strings.Split(pair, "+")
			if len(groups) < 2 || len(groups) > 8 {
				return fmt.Errorf("topic %s: pair %q needs 2 to 8 groups", t.name, pair)
			}
			for _, g := range groups {
				if len(groupWords(g)) == 0 {
					return fmt.Errorf("topic %s: pair %q has a group without words", t.name, pair)
				}
			}
		}
		for _, name := range slices.Concat(t.yields, t.parts, t.of) {
			if ts.byName[name] == nil {
				return fmt.Errorf("topic %s: no topic %q", t.name, name)
			}
		}
	}
	return nil
}

// classes are lists of words that pairs call by name, read once.
var classes = sync.OnceValue(func() map[string][]string {
	c, err := parseClasses(classesFile)
	if err != nil {
		panic(fmt.Sprintf("rules: embedded classes: %v", err))
	}
	return c
})

func parseClasses(body []byte) (map[string][]string, error) {
	r := &reader{file: "classes.yaml", ids: map[string]string{}}
	out := map[string][]string{}
	if top := r.parse(body); top != nil {
		r.each(func(n ast.Node) {
			var name string
			var list []string
			r.mapping(n, fields{"class": r.id(&name), "words": r.list(&list)}, "class", "words")
			for i, w := range list {
				list[i] = corpus.Fold(w).String()
			}
			out[name] = list
		})(top)
	}
	if len(r.errs) > 0 {
		return nil, r.errs[0]
	}
	return out, nil
}

// groupWords are the words of one group of a pair, "甲/@类/乙", folded.
func groupWords(group string) []string {
	var out []string
	for w := range strings.SplitSeq(group, "/") {
		w = strings.TrimSpace(w)
		if name, ok := strings.CutPrefix(w, "@"); ok {
			out = append(out, classes()[name]...)
		} else if w != "" {
			out = append(out, string(foldRunes(w)))
		}
	}
	return out
}

// wordStock is the stock of words that every paper of this field uses.
type wordStock struct {
	trie
	end []bool // of each state, whether it is after a word
}

var vocabulary = sync.OnceValue(func() *wordStock {
	v := &wordStock{trie: newTrie()}
	for l := range strings.Lines(string(vocabularyFile)) {
		if strings.HasPrefix(l, "#") {
			continue
		}
		for w := range strings.FieldsSeq(l) {
			v.add(w)
		}
	}
	for _, t := range thesaurus().all {
		for _, list := range [][]string{t.names, t.objects} {
			for _, w := range list {
				for part := range strings.SplitSeq(w, "…") {
					v.add(corpus.Fold(part).String())
				}
			}
		}
	}
	return v
})

func (v *wordStock) add(w string) {
	at := v.put([]rune(w))
	v.end = append(v.end, make([]bool, len(v.from)-len(v.end))...)
	v.end[at] = at != 0
}

// match is the length in runes of the longest stock word at the start of
// text, or 0.
func (v *wordStock) match(text []rune) int {
	longest, at := 0, int32(0)
	for i, r := range text {
		to := v.step(at, r)
		if to == 0 {
			break
		}
		if at = to; v.end[at] {
			longest = i + 1
		}
	}
	return longest
}

// strange marks the Han runes of text that belong to no stock word, reading
// from the left, longest word first.
func (v *wordStock) strange(text []rune) []bool {
	out := make([]bool, len(text))
	for i := 0; i < len(text); {
		if n := v.match(text[i:]); n > 0 {
			i += n
			continue
		}
		out[i] = isHan(text[i])
		i++
	}
	return out
}

func isHan(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3400 && r <= 0x4DBF }
