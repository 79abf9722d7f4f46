package reuse

import (
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"duibiao/corpus"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// The golden holds what is found on two invented sets, beside the rule that
// charges every run of 13 runes, by the measures of the PAN competition:
// precision, recall, granularity, plagdet. A change there is argued in the
// commit message.
func TestQuality(t *testing.T) {
	var b strings.Builder
	for seed := range uint64(2) {
		everywhere, stock := shippedFormulae()
		v := &inventor{r: rand.New(rand.NewPCG(seed, 1)), formulae: append(everywhere, stock...), plans: seed == 1}
		s := v.set(120, 84)
		found := batch(t, s.docs...)
		fmt.Fprintf(&b, "第%d组\n", seed+1)
		rate(&b, "本程序", s, found)
		rate(&b, "连续13字", s, runsOf13(s.docs))
	}
	const golden = "testdata/quality.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), b.String()); d != "" {
		t.Errorf("quality changed (-want +got):\n%s", d)
	}
}

// rate writes the measures of found, and the recall for each edit.
func rate(b *strings.Builder, name string, s set, found []corpus.Reuse) {
	byDoc := map[string][]theft{}
	for _, c := range s.thefts {
		byDoc[c.doc] = append(byDoc[c.doc], c)
	}
	precision, flagged := 0.0, map[string]bool{}
	for _, r := range found {
		good := 0
		for _, c := range byDoc[r.Doc] {
			if c.source == r.Source && c.span.Overlap(r.Span) > 0 && c.sourceSpan.Overlap(r.SourceSpan) > 0 {
				good += c.span.Overlap(r.Span) + c.sourceSpan.Overlap(r.SourceSpan)
			}
		}
		precision += min(1, float64(good)/float64(r.Span.Len()+r.SourceSpan.Len())) / float64(len(found))
		if s.clean[r.Doc] {
			flagged[r.Doc] = true
		}
	}
	recall, hits, hit := 0.0, 0, 0
	byEdit, ofEdit := map[string]float64{}, map[string]int{}
	mass, massRight := 0, 0
	for _, c := range s.thefts {
		got, n := 0.0, 0
		for _, r := range found {
			if r.Doc == c.doc && r.Source == c.source && c.span.Overlap(r.Span) > 0 && c.sourceSpan.Overlap(r.SourceSpan) > 0 {
				got += float64(c.span.Overlap(r.Span) + c.sourceSpan.Overlap(r.SourceSpan))
				n++
			}
		}
		got = min(1, got/float64(c.span.Len()+c.sourceSpan.Len()))
		recall += got / float64(len(s.thefts))
		byEdit[c.edit] += got
		ofEdit[c.edit]++
		if n > 0 {
			hits, hit = hits+n, hit+1
		}
		if c.massCopied {
			mass++
			if n > 0 {
				massRight++
			}
		}
	}
	granularity := 1.0
	if hit > 0 {
		granularity = float64(hits) / float64(hit)
	}
	f1 := 0.0
	if precision+recall > 0 {
		f1 = 2 * precision * recall / (precision + recall)
	}
	fmt.Fprintf(b, "  %s plagdet %.3f 查准 %.3f 查全 %.3f 粒度 %.2f 误报清白 %d/%d 归到范文 %d/%d\n   ", name,
		f1/math.Log2(1+granularity), precision, recall, granularity, len(flagged), len(s.clean), massRight, mass)
	for _, e := range edits {
		fmt.Fprintf(b, " %s %.2f", e.name, byEdit[e.name]/float64(ofEdit[e.name]))
	}
	b.WriteString("\n")
}

// runsOf13 is the rule of thumb: every run of 13 runes that stands in another,
// earlier document is copied from the first that has it.
func runsOf13(docs []Document) []corpus.Reuse {
	const run = 13
	docs = slices.Clone(docs)
	slices.SortStableFunc(docs, func(a, b Document) int { return strings.Compare(a.Date, b.Date) })
	type spot struct{ doc, at int }
	first := map[string]spot{}
	var out []corpus.Reuse
	texts := make([]normal, len(docs))
	for i, d := range docs {
		texts[i] = normalise(d)
		r := []rune(textOf(texts[i].runes))
		for at := 0; at+run <= len(r); at++ {
			s, ok := first[string(r[at:at+run])]
			if !ok {
				first[string(r[at:at+run])] = spot{i, at}
				continue
			}
			if s.doc == i || d.Shelf != "" {
				continue
			}
			n := run
			source := texts[s.doc].runes
			for at+n < len(r) && s.at+n < len(source) && texts[i].runes[at+n] == source[s.at+n] {
				n++
			}
			out = append(out, corpus.Reuse{Doc: d.ID, Span: texts[i].back(at, at+n), Source: docs[s.doc].ID,
				SourceSpan: texts[s.doc].back(s.at, s.at+n)})
			at += n - 1
		}
	}
	return out
}
