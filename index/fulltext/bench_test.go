package fulltext

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"duibiao/corpus"
)

// reports are n passages of 40 to 280 runes in documents of 50. Words are
// drawn as in a language: a few are everywhere, most are rare.
func reports(n int) []Doc {
	random := rand.New(rand.NewPCG(1, 2))
	zipf := rand.NewZipf(random, 1.1, 8, 29999)
	words := make([]string, 30000)
	for i := range words {
		for range 2 + random.IntN(3) {
			words[i] += string(rune(0x4E00 + min(random.IntN(3000), random.IntN(3000))))
		}
	}
	var docs []Doc
	for len(docs)*50 < n {
		var texts []string
		for range 50 {
			var b strings.Builder
			for length := 40 + random.IntN(240); b.Len() < 3*length; {
				b.WriteString(words[zipf.Uint64()])
				switch random.IntN(12) {
				case 0:
					b.WriteString("，")
				case 1:
					b.WriteString("。")
				case 2:
					fmt.Fprintf(&b, "%d件", random.IntN(1000))
				}
			}
			texts = append(texts, b.String())
		}
		i := len(docs)
		docs = append(docs, paper(fmt.Sprintf("单位%03d/2025年度报告.docx", i), fmt.Sprintf("单位%03d", i), fmt.Sprint(2020+i%6), corpus.Annual, texts...))
	}
	return docs
}

func textSize(docs []Doc) (bytes int) {
	for _, d := range docs {
		for _, e := range d.Entries {
			bytes += len(e.Text)
		}
	}
	return bytes
}

func folderSize(b *testing.B, dir string) (bytes int64) {
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if info, err := d.Info(); err == nil && !d.IsDir() {
			bytes += info.Size()
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	return bytes
}

// phrases are 2 to 8 runes cut from the texts, wherever that is.
func phrases(docs []Doc, n int) []string {
	random := rand.New(rand.NewPCG(3, 4))
	var list []string
	for len(list) < n {
		d := docs[random.IntN(len(docs))]
		runes := []rune(d.Entries[random.IntN(len(d.Entries))].Text)
		from, size := random.IntN(len(runes)), 2+random.IntN(7)
		list = append(list, string(runes[from:min(len(runes), from+size)]))
	}
	return list
}

func BenchmarkRebuild(b *testing.B) {
	docs := reports(10000)
	dir := filepath.Join(b.TempDir(), "index")
	b.SetBytes(int64(textSize(docs)))
	for b.Loop() {
		if err := Rebuild(context.Background(), dir, cutTwos, "bench", each(docs)); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(folderSize(b, dir))/float64(textSize(docs)), "size/text")
}

func BenchmarkUpdate(b *testing.B) {
	docs := reports(10000)
	x, dir := rebuilt(b, cutTwos)
	b.SetBytes(int64(textSize(docs)))
	for b.Loop() {
		for _, d := range docs {
			if err := x.Update(d); err != nil {
				b.Fatal(err)
			}
		}
		if err := x.Flush(); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(folderSize(b, dir))/float64(textSize(docs)), "size/text")
}

// BenchmarkOpen is what each `duibiao search` pays first.
func BenchmarkOpen(b *testing.B) {
	docs := reports(10000)
	dir := filepath.Join(b.TempDir(), "index")
	if err := Rebuild(context.Background(), dir, cutTwos, "bench", each(docs)); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		x, err := Open(dir, cutTwos, "bench")
		if err != nil {
			b.Fatal(err)
		}
		x.Close()
	}
}

// BenchmarkSearch asks the same phrases of the index and of a scan, which is
// the strings.Contains that the index must beat and agree with.
func BenchmarkSearch(b *testing.B) {
	docs := reports(10000)
	x, _ := rebuilt(b, cutTwos, docs...)
	asked := phrases(docs, 200)
	var folded []string
	for _, d := range docs {
		for _, e := range d.Entries {
			folded = append(folded, foldString(e.Text))
		}
	}
	scanned := func(phrase string) (n int) {
		phrase = foldString(phrase)
		for _, f := range folded {
			if strings.Contains(f, phrase) {
				n++
			}
		}
		return n
	}
	for _, p := range asked {
		if got, want := find(b, x, Query{Words: []string{p}}).Total, scanned(p); got != want {
			b.Fatalf("Search(%q) = %d passages, a scan finds %d", p, got, want)
		}
	}
	run := func(name string, asked []string, search func(string)) {
		b.Run(name, func(b *testing.B) {
			var took []time.Duration
			for i := 0; b.Loop(); i++ {
				start := time.Now()
				search(asked[i%len(asked)])
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
		})
	}
	run("index", asked, func(p string) { find(b, x, Query{Words: []string{p}}) })
	run("scan", asked, func(p string) { scanned(p) })
	run("facets", asked, func(p string) { find(b, x, Query{Words: []string{p}, Facets: true}) })
	run("common-rune", []string{"，"}, func(p string) { find(b, x, Query{Words: []string{p}}) })
	run("unit", []string{"单位007"}, func(u string) { find(b, x, Query{Filters: []Filter{{ByUnit, u}}, Facets: true}) })
}
