package reuse

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// paper is the i-th of any number of invented documents of about 2,000 runes,
// of which one in five takes a passage from an earlier one.
func paper(i int, formulae []string) Document {
	v := &inventor{r: rand.New(rand.NewPCG(7, uint64(i))), formulae: formulae}
	text := v.own(46)
	if i%5 == 4 {
		from := &inventor{r: rand.New(rand.NewPCG(7, uint64(v.r.IntN(i)))), formulae: formulae}
		text = append(text, eachOf(from.own(46)[10:20], v.rename)...)
	}
	day := time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i/30)
	return Document{ID: fmt.Sprint(i), Unit: fmt.Sprint("甲局", i), Date: day.Format(time.DateOnly), Text: strings.Join(text, "\n")}
}

// papers are the first n papers.
func papers(n int) []Document {
	everywhere, stock := shippedFormulae()
	formulae := append(everywhere, stock...)
	docs := make([]Document, n)
	for i := range docs {
		docs[i] = paper(i, formulae)
	}
	return docs
}

func bytesOf(docs []Document) int64 {
	n := 0
	for _, d := range docs {
		n += len(d.Text)
	}
	return int64(n)
}

// BenchmarkUpdate is an update after one paper in a thousand was changed, and
// the same from nothing.
func BenchmarkUpdate(b *testing.B) {
	ctx := context.Background()
	docs := papers(1_000)
	b.Run("all", func(b *testing.B) {
		for b.Loop() {
			if _, err := New(Options{}).Update(ctx, docs); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("one", func(b *testing.B) {
		x, err := Open(b.TempDir(), Options{})
		if err != nil {
			b.Fatal(err)
		}
		defer x.Close()
		if _, err := x.Update(ctx, docs); err != nil {
			b.Fatal(err)
		}
		for i := 0; b.Loop(); i++ {
			docs[i*389%len(docs)].Text += "另有一句。"
			if _, err := x.Update(ctx, docs); err != nil {
				b.Fatal(err)
			}
		}
	})
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
