package reuse

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"duibiao/corpus"
)

// A list that keeps to the papers from before a day leaves out only what
// cannot be from before it, in whatever parts they lie.
func TestListKeepsToWhatIsBefore(t *testing.T) {
	var docs []Document
	for i := range 60 {
		d := Document{ID: fmt.Sprint(i), Text: plain(1, 3), Shelf: []corpus.Shelf{"", corpus.Template, corpus.Previous}[i%3]}
		day := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i*37%900).Format(time.DateOnly)
		d.Date = []string{day, day[:7], day[:4], ""}[i%4]
		docs = append(docs, d)
	}
	x := New(Options{})
	for chunk := range slices.Chunk(docs, 25) {
		if err := x.replace(t.Context(), chunk, nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := x.replace(t.Context(), nil, []string{"7", "8", "30", "55"}); err != nil {
		t.Fatal(err)
	}
	var n normal
	x.recordAt(0).source(&n)
	hash := new(indexing).hashes(n.runes, n.public)[0]
	for _, year := range []int{2019, 2020, 2021, 2022, 2023} {
		day := dayOf(time.Date(year, 4, 5, 0, 0, 0, 0, time.UTC))
		var l list
		l.keepTo(x.parts, x.dates.before(day))
		if all := l.open(x.parts, hash); all != len(x.docs) {
			t.Errorf("%d: open = %d, want %d", year, all, len(x.docs))
		}
		listed := newBits(len(x.docs))
		last := int32(-1)
		for doc, ok := l.next(); ok; doc, ok = l.next() {
			if doc <= last {
				t.Errorf("%d: document %d comes after %d", year, doc, last)
			}
			last = doc
			listed.set(int(doc))
		}
		left := 0
		for i, f := range x.facts {
			if !listed.has(i) {
				left++
			}
			if !listed.has(i) && (f.last == unknownDay || f.first < day) {
				t.Errorf("%d: %q, %s, is left out", year, x.docs[i].Date, x.docs[i].ID)
			}
		}
		if year == 2019 && left == 0 {
			t.Errorf("%d: nothing is left out", year)
		}
	}
}

// A step begins with the votes it is said to have, and is never wider than one
// in finest of them.
func TestSteps(t *testing.T) {
	for votes := 1; votes < 1<<18; votes += 1 + votes/100 {
		step := stepOf(votes)
		from, next := votesOf(step), votesOf(max(step, fewestVotes-1)+1)
		if from > votes || votes >= next {
			t.Fatalf("%d votes are of step %d, from %d to %d", votes, step, from, next)
		}
		if votes >= fewestVotes && (next-from)*finest > max(from, finest) {
			t.Fatalf("step %d goes from %d to %d", step, from, next)
		}
	}
}
