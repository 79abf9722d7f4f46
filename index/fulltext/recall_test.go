package fulltext

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"duibiao/corpus"
)

// alphabets from which strange passages are made. The small ones make phrases
// whose pairs all occur in a passage that does not hold the phrase.
var alphabets = []string{
	"法治政府建设行政执法公示全过程记录重大决策合法性审核",
	"的了是和在一二三",
	"𠀀𠮷𪚥𫝀𰻞鿿㐀龘",
	"0123456789０１２３４５６７８９.．%％",
	"abcXYZａｂＸＹßİσς",
	"，。、；：？！,.;:?!（）()〔〕[]【】［］《》“”\"‘’'—–-…·•",
	" \t\n\r\u3000\u00a0\u200b\ufeff\u00ad\ufe0f\x01",
	"e\u0301한글ไทยعر",
	"aa",
}

func strangeText(random *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		a := []rune(alphabets[random.IntN(len(alphabets))])
		for range 1 + random.IntN(6) {
			b.WriteRune(a[random.IntN(len(a))])
		}
	}
	return b.String()
}

// restyled is s as another person would type it: other widths, cases, quotes
// and spaces.
func restyled(random *rand.Rand, s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case random.IntN(2) == 0:
		case r > 0x20 && r < 0x7F:
			r += 0xFEE0
		case r >= 0xFF01 && r <= 0xFF5E:
			r -= 0xFEE0
		case r == '〔':
			r = '【'
		case r == '“':
			r = '"'
		default:
			if u := unicode.ToUpper(r); unicode.ToLower(u) == unicode.ToLower(r) {
				r = u
			}
		}
		b.WriteRune(r)
		if random.IntN(6) == 0 {
			b.WriteString([]string{" ", "\n", "\u3000", "\u200b"}[random.IntN(4)])
		}
	}
	return b.String()
}

// Law: a phrase is found in exactly the passages whose folded text holds it.
func TestLiteralHitsAreThoseOfAScan(t *testing.T) {
	for name, cut := range map[string]Cut{"twos": cutTwos, "badly": cutBadly} {
		t.Run(name, func(t *testing.T) {
			random := rand.New(rand.NewPCG(7, 1))
			var docs []Doc
			for i := range 40 {
				var texts []string
				for range 10 {
					texts = append(texts, strangeText(random, random.IntN(30)))
				}
				docs = append(docs, paper(fmt.Sprintf("县%02d/报告.docx", i), "", "", corpus.Annual, texts...))
			}
			folded := foldAll(docs)
			x, _ := rebuilt(t, cut, docs[:20]...)
			for _, d := range docs[20:] { // half of them in other segments
				if err := x.Update(d); err != nil {
					t.Fatal(err)
				}
			}
			for _, d := range docs[10:30] { // and some twice
				if err := x.Update(d); err != nil {
					t.Fatal(err)
				}
			}
			if err := x.Flush(); err != nil {
				t.Fatal(err)
			}
			asked := 0
			for range 500 {
				d := docs[random.IntN(len(docs))]
				runes := []rune(d.Entries[random.IntN(len(d.Entries))].Text)
				if len(runes) == 0 {
					continue
				}
				from := random.IntN(len(runes))
				phrase := restyled(random, string(runes[from:min(len(runes), from+1+random.IntN(12))]))
				words := []string{phrase}
				if random.IntN(4) == 0 {
					words = append(words, string(runes[random.IntN(len(runes))]))
				}
				if words = slices.DeleteFunc(words, func(w string) bool { return foldString(w) == "" }); len(words) == 0 {
					continue
				}
				asked++
				want := scan(folded, words...)
				r := find(t, x, Query{Words: words, Limit: 1000})
				got := places(r)
				slices.Sort(got)
				if r.Match != Literal || r.Total != len(want) || !slices.Equal(got, want) {
					t.Fatalf("Search(%q) = %s %d %v, want %v", words, r.Match, r.Total, got, want)
				}
				checkHits(t, docs, words, r)
			}
			if asked < 400 {
				t.Fatalf("only %d phrases asked", asked)
			}
		})
	}
}

// checkHits holds each hit against its document.
func checkHits(t *testing.T, docs []Doc, words []string, r Result) {
	t.Helper()
	for _, h := range r.Hits {
		i := slices.IndexFunc(docs, func(d Doc) bool { return d.ID == h.Doc })
		e := docs[i].Entries[h.Place.Paragraph-1]
		text := func(s corpus.Span) string {
			return string([]rune(e.Text)[s.Start-e.Span.Start : s.End-e.Span.Start])
		}
		if h.Span != e.Span {
			t.Fatalf("hit %s %d has span %v, want %v", h.Doc, h.Place.Paragraph, h.Span, e.Span)
		}
		if h.SnippetSpan.Len() > 80 || text(h.SnippetSpan) != h.Snippet {
			t.Fatalf("hit %s %d: snippet %q at %v, want %q", h.Doc, h.Place.Paragraph, h.Snippet, h.SnippetSpan, text(h.SnippetSpan))
		}
		if len(h.Spans) == 0 || h.Spans[0].Overlap(h.SnippetSpan) == 0 {
			t.Fatalf("hit %s %d: first match of %v is not in snippet %v", h.Doc, h.Place.Paragraph, h.Spans, h.SnippetSpan)
		}
		end := -1
		for _, s := range h.Spans {
			if s.Start <= end || !h.Span.Contains(s) || s.Len() == 0 {
				t.Fatalf("hit %s %d has spans %v", h.Doc, h.Place.Paragraph, h.Spans)
			}
			end = s.End
			if len(words) == 1 && !strings.Contains(foldString(text(s)), foldString(words[0])) {
				t.Fatalf("hit %s %d: %q is marked for %q", h.Doc, h.Place.Paragraph, text(s), words[0])
			}
		}
	}
}

// Law: folding what is folded changes nothing. holds relies on it.
func TestFoldingTwiceIsFoldingOnce(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		once, ok := corpus.FoldRune(r)
		if !ok {
			continue
		}
		if twice, ok := corpus.FoldRune(once); !ok || twice != once {
			t.Errorf("FoldRune(%U) = %U, but FoldRune(%U) = %U, %v", r, once, once, twice, ok)
		}
	}
}

func TestPhrasesAcrossStyles(t *testing.T) {
	x, _ := rebuilt(t, cutTwos,
		paper("a", "", "", corpus.Annual, "（一）落实“三项制度”，按照云府发〔2021〕12号文件"),
		paper("b", "", "", corpus.Annual, "全年办结行政复\n议案件１２８件，同比\n上升15.6％"),
		paper("c", "", "", corpus.Annual, "法治"),
		paper("d", "", "", corpus.Annual, "府"),
	)
	for _, c := range []struct {
		phrase string
		want   []string
	}{
		{"(一)落实", []string{"a 1"}},
		{"（一）落实", []string{"a 1"}},
		{`"三项制度"`, []string{"a 1"}},
		{"云府发[2021]12号", []string{"a 1"}},
		{"云府发【2021】12号", []string{"a 1"}},
		{"云府发〔２０２１〕１２号", []string{"a 1"}},
		{"云府发(2021)12号", []string{}},
		{"制度”,按照", []string{"a 1"}},
		{"行政复议案件", []string{"b 1"}},
		{"行政 复议案件128件,同比上升", []string{"b 1"}},
		{"15.6%", []string{"b 1"}},
		{"5.", []string{"b 1"}},
		{"法治", []string{"c 1"}},
		{"法", []string{"c 1"}},
		{"治", []string{"c 1"}},
		{"府", []string{"a 1", "d 1"}},
		{"号", []string{"a 1"}},
		{"％", []string{"b 1"}},
		{"𠮷", []string{}},
	} {
		r := find(t, x, Query{Words: []string{c.phrase}})
		got := places(r)
		if r.Match == Related {
			got = []string{}
		}
		slices.Sort(got)
		if diff := cmp.Diff(c.want, got); diff != "" || r.Total != len(c.want) {
			t.Errorf("Search(%q): total %d, -want +got\n%s", c.phrase, r.Total, diff)
		}
	}
}
