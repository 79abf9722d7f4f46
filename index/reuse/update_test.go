package reuse

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"duibiao/corpus"

	"github.com/google/go-cmp/cmp"
)

// history is a collection that changes at random. Its papers are short and
// made, for the most part, of passages that many of them hold.
type history struct {
	r       *rand.Rand
	v       *inventor
	popular [][]string
	phrase  string
	docs    []Document
	next    int
}

func newHistory(seed uint64) *history {
	h := &history{r: rand.New(rand.NewPCG(seed, 5)), v: newInventor(seed + 100), phrase: strings.TrimSuffix(plain(seed+50, 1), "。")}
	for range 5 {
		h.popular = append(h.popular, h.v.own(4))
	}
	return h
}

func (h *history) text() string {
	if len(h.docs) > 0 && h.r.IntN(5) == 0 { // a version of another
		return h.docs[h.r.IntN(len(h.docs))].Text + "\n" + h.v.sentence()
	}
	lines := h.v.own(1 + h.r.IntN(3))
	if h.r.IntN(6) == 0 {
		lines = append(lines, h.v.own(18)...)
	}
	for range 1 + h.r.IntN(2) {
		edit := edits[h.r.IntN(len(edits))]
		lines = append(append(lines, edit.do(h.v, h.popular[h.r.IntN(len(h.popular))])...), h.v.own(1+h.r.IntN(2))...)
	}
	if h.r.IntN(3) == 0 {
		lines = append(lines, h.v.sentence()+h.phrase+"，"+h.v.sentence())
	}
	return strings.Join(lines, "\n")
}

func (h *history) date() string {
	if h.r.IntN(8) == 0 {
		return ""
	}
	return fmt.Sprintf("202%d-0%d-11", h.r.IntN(4), 1+h.r.IntN(9))
}

func (h *history) shelf() corpus.Shelf {
	return []corpus.Shelf{"", "", "", "", corpus.Superior, corpus.Previous, corpus.Template}[h.r.IntN(7)]
}

func (h *history) unit() string { return fmt.Sprintf("乙%03d局", h.r.IntN(20)) }

// step changes the collection: papers come in, go, and change their text,
// date, unit or shelf.
func (h *history) step() {
	for range 1 + h.r.IntN(3) {
		if len(h.docs) == 0 || h.r.IntN(3) == 0 {
			for range 1 + h.r.IntN(4) {
				h.next++
				h.docs = append(h.docs, Document{ID: fmt.Sprint("报", h.next), Unit: h.unit(), Date: h.date(), Shelf: h.shelf(), Text: h.text()})
			}
			continue
		}
		i := h.r.IntN(len(h.docs))
		switch d := &h.docs[i]; h.r.IntN(6) {
		case 0:
			d.Date = h.date()
		case 1:
			d.Unit = h.unit()
		case 2:
			d.Shelf = h.shelf()
		case 3:
			d.Text = h.text()
		default:
			h.docs = slices.Delete(h.docs, i, i+1)
		}
	}
	h.r.Shuffle(len(h.docs), func(i, j int) { h.docs[i], h.docs[j] = h.docs[j], h.docs[i] })
}

// What an index knows after any history is what is found from nothing in its
// collection,
// whether it was closed and opened between or not. Few documents are looked at
// in each, so that it matters which.
func TestUpdateIsAsFromNothing(t *testing.T) {
	ctx, o := context.Background(), Options{Limits: Limits{Votes: 3}}
	near := reach{counted: 5, listed: 7, inAll: 2, inSegment: 1, ofShelf: 1}
	found := 0
	for seed := range uint64(4) {
		h, dir := newHistory(seed), t.TempDir()
		x, err := Open(dir, o)
		if err != nil {
			t.Fatal(err)
		}
		x.reach = near
		for step := range 18 {
			h.step()
			fresh := New(o)
			fresh.reach = near
			want, err := fresh.Update(ctx, h.docs)
			if err != nil {
				t.Fatal(err)
			}
			got, err := x.Update(ctx, h.docs)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Fatalf("seed %d, step %d, %d documents: Update differs from what is found from nothing (-want +got):\n%s", seed, step, len(h.docs), d)
			}
			if d := cmp.Diff(whatLearned(fresh), whatLearned(x)); d != "" {
				t.Fatalf("seed %d, step %d: learned is not what is learned from nothing (-want +got):\n%s", seed, step, d)
			}
			found += len(got)
			if h.r.IntN(3) > 0 {
				continue
			}
			if err := x.Close(); err != nil {
				t.Fatal(err)
			}
			if x, err = Open(dir, o); err != nil {
				t.Fatal(err)
			}
			x.reach = near
		}
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if found < 200 {
		t.Errorf("only %d passages were found in all", found)
	}
}

// whatLearned is what the documents of x teach, and the steps of all grams.
func whatLearned(x *Index) map[string]string {
	all := map[string]string{}
	for i, e := range x.docs {
		all[e.ID] = fmt.Sprint(x.taughtIn(i, nil))
	}
	x.public.votes.All(func(h uint32, step int) { all[fmt.Sprintf("%08x", h)] = fmt.Sprint(step) })
	return all
}

// change does by pieces what Update does with the whole.
func TestChange(t *testing.T) {
	ctx := context.Background()
	s := newInventor(4).set(24, 12)
	x := New(Options{})
	for _, d := range s.docs {
		if _, err := x.change(ctx, []Document{d}, nil); err != nil {
			t.Fatal(err)
		}
	}
	got, err := x.change(ctx, nil, []string{s.docs[3].ID, "没有这一份"})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(batch(t, slices.Delete(s.docs, 3, 4)...), got); d != "" {
		t.Errorf("change by change differs from what is found from nothing (-want +got):\n%s", d)
	}
}

// Only what a change can reach is compared again.
func TestUpdateComparesOnlyWhatChanged(t *testing.T) {
	ctx := context.Background()
	s := newInventor(6).set(48, 60)
	x := New(Options{})
	if _, err := x.Update(ctx, s.docs); err != nil {
		t.Fatal(err)
	}
	before := map[digest]digest{}
	for key, r := range x.known.of {
		before[key] = r.inputs
	}
	s.docs[len(s.docs)-1].Text += "另有一句。"
	if _, err := x.Update(ctx, s.docs); err != nil {
		t.Fatal(err)
	}
	again := 0
	for key, r := range x.known.of {
		if before[key] != r.inputs {
			again++
		}
	}
	if again == 0 || again > len(before)/3 {
		t.Errorf("of %d papers %d were aligned again after a change to one", len(before), again)
	}
}

func TestUpdateRefusesTwoOfOneID(t *testing.T) {
	d := Document{ID: "甲", Text: plain(1, 5)}
	if _, err := New(Options{}).Update(context.Background(), []Document{d, d}); err == nil || !strings.Contains(err.Error(), "甲") {
		t.Errorf("Update = %v, want an error that names the id", err)
	}
}

// Other public wording finds other passages in what was indexed before.
func TestOpenWithOtherOptions(t *testing.T) {
	ctx, dir := context.Background(), t.TempDir()
	indicator := strings.TrimSuffix(plain(1, 1), "。")
	docs := []Document{
		{ID: "甲", Unit: "甲局", Date: "2024-01-01", Text: plain(2, 5) + indicator + "。" + plain(3, 5)},
		{ID: "乙", Unit: "乙局", Date: "2024-06-01", Text: plain(4, 5) + indicator + "。" + plain(5, 5)},
	}
	for _, o := range []Options{{}, {Formulae: []string{indicator}}, {}} {
		x, err := Open(dir, o)
		if err != nil {
			t.Fatal(err)
		}
		found, err := x.Update(ctx, docs)
		if err != nil || (len(found) == 0) != (o.Formulae != nil) {
			t.Errorf("with %q found %v, %v", o.Formulae, found, err)
		}
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// kept is a folder with the index of s.
func kept(t *testing.T, s set) string {
	t.Helper()
	dir := t.TempDir()
	x, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := x.Update(context.Background(), s.docs); err != nil {
		t.Fatal(err)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// Every byte of the files counts: what is changed, cut short or missing is
// never read as if it were whole.
func TestDamageIsSeen(t *testing.T) {
	s := newInventor(5).set(16, 6)
	files := []string{stateName, fmt.Sprintf(segmentName, 1), fmt.Sprintf(segmentName, 2), fmt.Sprintf(segmentName, 3)}
	damages := map[string]func(b []byte) []byte{
		"a byte changed":         func(b []byte) []byte { b[len(b)/3] ^= 4; return b },
		"the last byte changed":  func(b []byte) []byte { b[len(b)-1] ^= 4; return b },
		"the first byte changed": func(b []byte) []byte { b[0] ^= 4; return b },
		"cut short":              func(b []byte) []byte { return b[:len(b)/2] },
		"nothing left":           func([]byte) []byte { return nil },
	}
	for _, file := range files {
		for name, do := range damages {
			dir := kept(t, s)
			path := filepath.Join(dir, file)
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, do(b), 0o600); err != nil {
				t.Fatal(err)
			}
			if _, err := Open(dir, Options{}); !errors.Is(err, ErrRebuild) {
				t.Errorf("%s, %s: Open = %v, want %v", file, name, err, ErrRebuild)
			}
		}
	}
	dir := kept(t, s)
	if err := os.Remove(filepath.Join(dir, files[1])); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, Options{}); !errors.Is(err, ErrRebuild) {
		t.Errorf("without its segment Open = %v, want %v", err, ErrRebuild)
	}
}

// cancelled is a context that ends after so many looks at it.
type cancelled struct {
	context.Context
	looks int
}

func (c *cancelled) Err() error {
	if c.looks--; c.looks < 0 {
		return context.Canceled
	}
	return nil
}

// Wherever an update is broken off, the next process finds what is found from
// nothing, and no file lies about that belongs to no index.
func TestABrokenUpdateGoesOn(t *testing.T) {
	ctx := context.Background()
	s := newInventor(5).set(16, 9)
	want := batch(t, s.docs...)
	for looks := 0; looks < 200; looks += 17 {
		dir := kept(t, set{docs: s.docs[:12]})
		x, err := Open(dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		_, err = x.Update(&cancelled{ctx, looks}, s.docs)
		if err == nil {
			break
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
		left := filepath.Join(dir, "000099.segment.12.tmp")
		if err := os.WriteFile(left, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
		if x, err = Open(dir, Options{}); err != nil {
			t.Fatal(err)
		}
		got, err := x.Update(ctx, s.docs)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("after %d looks (-want +got):\n%s", looks, d)
		}
		files, err := os.ReadDir(dir)
		if err != nil || len(files) != len(x.parts)+3 { // with the state and what was learned
			t.Errorf("%d files for %d segments, %v", len(files), len(x.parts), err)
		}
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
