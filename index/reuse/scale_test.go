//go:build unix

package reuse

import (
	"context"
	"flag"
	"math"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"duibiao/corpus"
)

var scale = flag.String("scale", "1000,2000", "how many documents BenchmarkScale indexes, `numbers` with commas")

// BenchmarkScale indexes documents on disk and looks some up: what a document
// costs in processor time, and with what power of their number the whole grows.
// One more arrives at the end. Run it with -benchtime 1x.
func BenchmarkScale(b *testing.B) {
	var sizes, index, query []float64
	for _, s := range strings.Split(*scale, ",") {
		n, err := strconv.Atoi(s)
		if err != nil {
			b.Fatal(err)
		}
		b.Run(s, func(b *testing.B) {
			for b.Loop() {
				i, q := scaleTo(b, n)
				sizes, index, query = append(sizes, float64(n)), append(index, i), append(query, q)
			}
		})
	}
	b.Run("growth", func(b *testing.B) {
		for b.Loop() {
		}
		b.ReportMetric(power(sizes, index), "index-exponent")
		b.ReportMetric(power(sizes, query), "query-exponent")
	})
}

// scaleTo measures n documents: the processor seconds for indexing them all,
// and for looking all of them up as far as those looked up tell.
func scaleTo(b *testing.B, n int) (index, query float64) {
	ctx := context.Background()
	everywhere, stock := shippedFormulae()
	formulae := append(everywhere, stock...)
	x, err := Open(b.TempDir(), Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	took := func(do func() error) float64 {
		start := spent(b)
		if err := do(); err != nil {
			b.Fatal(err)
		}
		return spent(b).cpu - start.cpu
	}
	size := int64(0)
	for from := 0; from < n; from += perSegment {
		docs := make([]Document, 0, perSegment)
		for i := from; i < min(n, from+perSegment); i++ {
			docs = append(docs, paper(i, formulae))
			docs[len(docs)-1].Shelf = corpus.Previous
		}
		size += bytesOf(docs)
		index += took(func() error { return x.replace(ctx, docs, nil) })

	}
	index += took(func() error { return x.learn(ctx) })
	const looks = 200
	found := 0
	w := x.scratch()
	query = float64(n) / looks * took(func() error {
		for i := range looks {
			q := x.ask(i*7919%n, w)
			found += len(x.findIn(q, x.lookUp(q, w), w))
		}
		return nil
	})
	last := paper(n, formulae)
	last.Date = "2022-01-11"
	arrival := took(func() error {
		_, err := x.change(ctx, []Document{last}, nil)
		return err
	})
	text, rest, learned := x.size()
	b.ReportMetric(1000*index/float64(n), "index-cpu-ms/doc")
	b.ReportMetric(float64(size)/1e6/index, "index-MB/cpu-s")
	b.ReportMetric(1000*query/float64(n), "query-cpu-ms/doc")
	b.ReportMetric(1000*arrival, "arrival-cpu-ms")
	b.ReportMetric(float64(rest)/float64(n), "index-B/doc")
	b.ReportMetric(float64(text)/float64(n), "text-B/doc")
	b.ReportMetric(float64(learned)/float64(n), "learned-B/doc")
	b.ReportMetric(float64(found)/looks, "passages/doc")
	b.ReportMetric(spent(b).peak, "peak-MB")
	return index, query
}

// power is the exponent of the curve through the points, by least squares.
func power(xs, ys []float64) float64 {
	var n, sx, sy, sxx, sxy float64
	for i := range xs {
		x, y := math.Log(xs[i]), math.Log(ys[i])
		n, sx, sy, sxx, sxy = n+1, sx+x, sy+y, sxx+x*x, sxy+x*y
	}
	return (n*sxy - sx*sy) / (n*sxx - sx*sx)
}

// cost is what the process has cost so far.
type cost struct {
	cpu  float64 // seconds of all cores
	peak float64 // the most memory at one time, what is mapped included, in MB
}

func spent(b *testing.B) cost {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	seconds := func(t syscall.Timeval) float64 { return float64(t.Sec) + float64(t.Usec)/1e6 }
	return cost{seconds(u.Utime) + seconds(u.Stime), float64(u.Maxrss) / 1024}
}

// size is how many bytes the index takes: those of the normal forms, and all
// others.
func (x *Index) size() (text, index, learned int) {
	for _, p := range x.parts {
		all, _ := p.Size()
		index += all
	}
	for i := range x.docs {
		text += 2 * x.runesIn(i)
	}
	for _, f := range []file{x.public.votes, x.public.lessons} {
		all, _ := f.Size()
		learned += all
	}
	return text, index - text, learned
}
