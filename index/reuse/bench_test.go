package reuse

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// papers are invented documents of about 2,000 runes, of which one in five
// takes a passage from an earlier one.
func papers(n int) []Document {
	everywhere, stock := shippedFormulae()
	v := &inventor{r: rand.New(rand.NewPCG(7, 7)), formulae: append(everywhere, stock...)}
	texts := make([][]string, n)
	docs := make([]Document, n)
	day := time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC)
	for i := range docs {
		texts[i] = v.own(46)
		if i%5 == 4 {
			from := texts[v.r.IntN(i)]
			texts[i] = append(texts[i], each(from[10:20], v.rename)...)
		}
		docs[i] = Document{ID: fmt.Sprint(i), Unit: fmt.Sprint("甲局", i), Date: day.AddDate(0, 0, i/3).Format(time.DateOnly), Text: strings.Join(texts[i], "\n")}
	}
	return docs
}

func build(docs []Document) *Index {
	x := New(Options{})
	for _, d := range docs {
		x.Add(d)
	}
	x.build()
	return x
}

func bytesOf(docs []Document) int64 {
	n := 0
	for _, d := range docs {
		n += len(d.Text)
	}
	return int64(n)
}

func BenchmarkIndex(b *testing.B) {
	for _, n := range []int{1_000, 10_000} {
		docs := papers(n)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.SetBytes(bytesOf(docs))
			var x *Index
			for b.Loop() {
				x = build(docs)
			}
			b.ReportMetric(float64(x.size())/float64(n), "index-B/doc")
			b.ReportMetric(float64(2*len(x.text))/float64(n), "text-B/doc")
		})
	}
}

// size is what the index takes beside the normal forms and the documents.
func (x *Index) size() int {
	return 2*len(x.post.low) + 4*(len(x.post.doc)+len(x.post.dir)+len(x.rank)+len(x.taught)+len(x.taughtAt)) +
		8*(len(x.public)+len(x.start)+len(x.word)) + 12*len(x.facts)
}

func BenchmarkQuery(b *testing.B) {
	for _, n := range []int{1_000, 10_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			x := build(papers(n))
			w := x.scratch()
			i, found := 0, 0
			for b.Loop() {
				found += len(x.query(x.docs[(i*7919)%n], w))
				i++
			}
			b.ReportMetric(float64(found)/float64(b.N), "passages/op")
		})
	}
}

// BenchmarkRunsOf13 is the rule of thumb on the same documents, all of them
// at once.
func BenchmarkRunsOf13(b *testing.B) {
	docs := papers(1_000)
	b.SetBytes(bytesOf(docs))
	for b.Loop() {
		runsOf13(docs)
	}
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N)/float64(len(docs)), "ms/doc")
}
