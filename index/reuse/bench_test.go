package reuse

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// ofCounty is how many papers a county's offices have handed in over the years.
// Papers tell of the places and things of their own county: beside what all
// the country says alike, formulae and the names of offices among it, there is
// no end of words, and on a longer shelf two counties do not tell ever more of
// the same. Drawn from one list of words, seven in ten runs of eight runes in
// 4,000 papers stand in more than one, formulae left aside, and the more the
// more papers there are; in sixty real texts of one office one in 25 does.
// Passages, too, come from papers of the county, so that families stay of one
// size.
const ofCounty = 300

// paper is the i-th of any number of invented documents of about 2,000 runes,
// of which one in five takes a passage from an earlier one of its county.
func paper(i int, formulae []string) Document {
	county := i / ofCounty
	here := dialect(county)
	v := &inventor{r: rand.New(rand.NewPCG(7, uint64(i))), formulae: formulae}
	text := v.own(46)
	if at := i % ofCounty; at%5 == 4 {
		from := &inventor{r: rand.New(rand.NewPCG(7, uint64(i-at+v.r.IntN(at)))), formulae: formulae}
		text = append(text, eachOf(from.own(46)[10:20], v.rename)...)
	}
	day := time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i%ofCounty*8)
	return Document{ID: fmt.Sprint(i), Unit: fmt.Sprint("甲局", i), Date: day.Format(time.DateOnly), Text: here.Replace(strings.Join(text, "\n"))}
}

// dialect puts the words of a county for places and things.
func dialect(county int) *strings.Replacer {
	r := rand.New(rand.NewPCG(11, uint64(county)))
	var words []string
	for _, list := range [][]string{whr, wht} {
		for _, word := range list {
			own := ""
			for range word {
				own += string(rune(0x4E00 + r.IntN(3000)))
			}
			words = append(words, word, own)
		}
	}
	return strings.NewReplacer(words...)
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
