package fulltext

import (
	"context"
	"fmt"
	"hash/fnv"
	"iter"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"duibiao/corpus"
)

// cutTwos is a tiny cutter: runs of letters and digits, Han two by two.
func cutTwos(text string) []string {
	var words []string
	var run []rune
	end := func() {
		if len(run) > 0 {
			words = append(words, string(run))
		}
		run = run[:0]
	}
	for _, r := range text {
		switch {
		case r < 0x80:
			if len(run) > 0 && run[0] >= 0x80 {
				end()
			}
			run = append(run, r)
		default:
			if len(run) == 2 || len(run) > 0 && run[0] < 0x80 {
				end()
			}
			run = append(run, r)
		}
	}
	end()
	return words
}

// cutBadly cuts at places that depend on the whole text, so that a phrase is
// hardly ever cut as it is in its passage.
func cutBadly(text string) []string {
	h := fnv.New64a()
	h.Write([]byte(text))
	random := rand.New(rand.NewPCG(h.Sum64(), 1))
	var words []string
	for runes := []rune(text); len(runes) > 0; {
		n := min(len(runes), 1+random.IntN(5))
		words = append(words, string(runes[:n]))
		runes = runes[n:]
	}
	return words
}

// paper is a document of one passage for each text.
func paper(id, unit, year string, kind corpus.Kind, texts ...string) Doc {
	d := Doc{ID: id, Stamp: "v1", Unit: unit, Year: year, Kind: kind}
	at := 0
	for i, t := range texts {
		n := utf8.RuneCountInString(t)
		d.Entries = append(d.Entries, Entry{Passage: corpus.Passage{
			Span: corpus.Span{Start: at, End: at + n}, Text: t, Zone: corpus.Content,
			Place: corpus.Location{Page: i + 1, Paragraph: i + 1}, Headings: []string{"一、总体情况"},
		}})
		at += n + 1
	}
	return d
}

func each(docs []Doc) iter.Seq2[Doc, error] {
	return func(yield func(Doc, error) bool) {
		for _, d := range docs {
			if !yield(d, nil) {
				return
			}
		}
	}
}

// rebuilt is an open index of docs, and its folder.
func rebuilt(t testing.TB, cut Cut, docs ...Doc) (*Index, string) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "index")
	if err := Rebuild(context.Background(), dir, cut, "test", each(docs)); err != nil {
		t.Fatalf("Rebuild: %v", err)
	}
	x, err := Open(dir, cut, "test")
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() {
		if err := x.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return x, dir
}

func find(t testing.TB, x *Index, q Query) Result {
	t.Helper()
	r, err := x.Search(context.Background(), q)
	if err != nil {
		t.Fatalf("Search(%+v): %v", q, err)
	}
	return r
}

func typed(t testing.TB, s string) Query {
	t.Helper()
	q, err := ParseQuery(s)
	if err != nil {
		t.Fatalf("ParseQuery(%q): %v", s, err)
	}
	return q
}

// places are the hits as "doc paragraph".
func places(r Result) []string {
	list := []string{}
	for _, h := range r.Hits {
		list = append(list, fmt.Sprintf("%s %d", h.Doc, h.Place.Paragraph))
	}
	return list
}

// foldAll is the folded text of each passage, by "doc paragraph".
func foldAll(docs []Doc) map[string]string {
	folded := map[string]string{}
	for _, d := range docs {
		for _, e := range d.Entries {
			folded[fmt.Sprintf("%s %d", d.ID, e.Place.Paragraph)] = corpus.Fold(e.Text).String()
		}
	}
	return folded
}

// scan finds what Search must find: passages whose folded text holds all
// folded words.
func scan(folded map[string]string, words ...string) []string {
	found := []string{}
	for place, text := range folded {
		all := true
		for _, w := range words {
			all = all && strings.Contains(text, foldString(w))
		}
		if all {
			found = append(found, place)
		}
	}
	slices.Sort(found)
	return found
}
