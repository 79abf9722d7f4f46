package rules

import (
	_ "embed" // the thesaurus and the vocabulary
	"fmt"
	"strings"
	"sync"

	"github.com/goccy/go-yaml/ast"

	"duibiao/corpus"
)

//go:embed words/thesaurus.yaml
var thesaurusFile []byte

//go:embed words/vocabulary.txt
var vocabularyFile []byte

// topic is one matter of this field, with the words by which it shows.
type topic struct {
	name                             string
	names, when, signs, objects, not []string
	broad                            bool // stands in many 评分要点 that are about something else
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
				"signs": r.list(&t.signs), "objects": r.list(&t.objects), "not": r.list(&t.not), "broad": r.flag(&t.broad)}, "topic", "names")
			out.all = append(out.all, t)
		})(top)
	}
	if len(r.errs) > 0 {
		return nil, r.errs[0]
	}
	for i := range out.all {
		out.byName[out.all[i].name] = &out.all[i]
	}
	return out, nil
}

// wordStock is the stock of words that every paper of this field uses, as a
// trie by runes.
type wordStock struct {
	next []map[rune]int32
	end  []bool
}

var vocabulary = sync.OnceValue(func() *wordStock {
	v := &wordStock{next: []map[rune]int32{{}}, end: []bool{false}}
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
	at := int32(0)
	for _, r := range w {
		to, ok := v.next[at][r]
		if !ok {
			to = int32(len(v.next))
			v.next = append(v.next, map[rune]int32{})
			v.end = append(v.end, false)
			v.next[at][r] = to
		}
		at = to
	}
	if at != 0 {
		v.end[at] = true
	}
}

// match is the length in runes of the longest stock word at the start of
// text, or 0.
func (v *wordStock) match(text []rune) int {
	longest, at := 0, int32(0)
	for i, r := range text {
		to, ok := v.next[at][r]
		if !ok {
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
