package fulltext

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duibiao/corpus"
)

func byName(list []string) { slices.Sort(list) }

func TestUpdateReplacesAndDeleteRemoves(t *testing.T) {
	x, _ := rebuilt(t, cutTwos, paper("a", "", "", corpus.Annual, "旧的第一段", "旧的第二段"), paper("ab", "", "", corpus.Annual, "旧的别文"))
	for _, step := range []struct {
		name string
		do   func() error
		want []string // passages with 段
		docs map[string]string
	}{
		{"nothing", func() error { return nil }, []string{"a 1", "a 2"}, map[string]string{"a": "v1", "ab": "v1"}},
		{"fewer passages", func() error { return x.Update(paper("a", "", "", corpus.Annual, "新段")) }, []string{"a 1"}, map[string]string{"a": "v1", "ab": "v1"}},
		{"twice in one batch", func() error {
			return errors.Join(x.Update(paper("c", "", "", corpus.Annual, "段", "段", "段")), x.Update(paper("c", "", "", corpus.Annual, "段")))
		}, []string{"a 1", "c 1"}, map[string]string{"a": "v1", "ab": "v1", "c": "v1"}},
		{"deleted in the batch that brought it", func() error {
			return errors.Join(x.Update(paper("d", "", "", corpus.Annual, "段")), x.Delete("d"))
		}, []string{"a 1", "c 1"}, map[string]string{"a": "v1", "ab": "v1", "c": "v1"}},
		{"deleted", func() error { return errors.Join(x.Delete("c"), x.Delete("unknown")) }, []string{"a 1"}, map[string]string{"a": "v1", "ab": "v1"}},
		{"deleted and back", func() error {
			return errors.Join(x.Delete("a"), x.Update(paper("a", "", "", corpus.Annual, "又一段", "段")))
		}, []string{"a 1", "a 2"}, map[string]string{"a": "v1", "ab": "v1"}},
		{"no passages", func() error { return x.Update(Doc{ID: "a"}) }, []string{}, map[string]string{"ab": "v1"}},
	} {
		if err := errors.Join(step.do(), x.Flush()); err != nil {
			t.Fatalf("%s: %v", step.name, err)
		}
		got := places(find(t, x, Query{Words: []string{"段"}}))
		byName(got)
		if diff := cmp.Diff(step.want, got); diff != "" {
			t.Errorf("%s: -want +got\n%s", step.name, diff)
		}
		docs, err := x.Documents()
		if diff := cmp.Diff(step.docs, docs); diff != "" || err != nil {
			t.Errorf("%s: Documents: %v, -want +got\n%s", step.name, err, diff)
		}
	}
}

func TestUpdateRefusesWhatItCouldNotShow(t *testing.T) {
	x, _ := rebuilt(t, cutTwos)
	wrong := paper("a", "", "", corpus.Annual, "四个字符")
	wrong.Entries[0].Span.End++
	for _, d := range []Doc{wrong, {}, {ID: "a\x00b"}} {
		if err := x.Update(d); err == nil {
			t.Errorf("Update(%q) with %v: no error", d.ID, d.Entries)
		}
	}
}

func TestWhatIsNotFlushedIsFlushedByClose(t *testing.T) {
	x, dir := rebuilt(t, cutTwos)
	if err := x.Update(paper("a", "", "", corpus.Annual, "一段")); err != nil {
		t.Fatal(err)
	}
	if r := find(t, x, typed(t, "一段")); r.Total != 0 {
		t.Errorf("found %d before Flush", r.Total)
	}
	if err := errors.Join(x.Close(), x.Close()); err != nil {
		t.Fatal(err)
	}
	if err := x.Update(paper("b", "", "", corpus.Annual, "段")); err == nil {
		t.Errorf("Update after Close: no error")
	}
	if _, err := x.Search(context.Background(), typed(t, "段")); err == nil {
		t.Errorf("Search after Close: no error")
	}
	x, err := Open(dir, cutTwos, "test")
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if r := find(t, x, typed(t, "一段")); r.Total != 1 {
		t.Errorf("found %d after Close and Open, want 1", r.Total)
	}
}

func TestSecondOpenerIsToldSoon(t *testing.T) {
	t.Parallel()
	_, dir := rebuilt(t, cutTwos, paper("a", "", "", corpus.Annual, "一段"))
	start := time.Now()
	if _, err := Open(dir, cutTwos, "test"); !errors.Is(err, corpus.ErrBusy) || errors.Is(err, ErrRebuild) {
		t.Errorf("Open: %v, want %v", err, corpus.ErrBusy)
	}
	if err := Rebuild(context.Background(), dir, cutTwos, "test", each(nil)); !errors.Is(err, corpus.ErrBusy) {
		t.Errorf("Rebuild: %v, want %v", err, corpus.ErrBusy)
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("took %v", took)
	}
}

func TestOtherVersionsAreRebuilt(t *testing.T) {
	x, dir := rebuilt(t, cutTwos, paper("a", "", "", corpus.Annual, "一段"))
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, cutTwos, "other"); !errors.Is(err, ErrRebuild) {
		t.Errorf("Open: %v, want %v", err, ErrRebuild)
	}
	if _, err := Open(filepath.Join(dir, "nothing"), cutTwos, "test"); !errors.Is(err, ErrRebuild) {
		t.Errorf("Open of nothing: %v, want %v", err, ErrRebuild)
	}
	if err := Rebuild(context.Background(), dir, cutTwos, "other", each([]Doc{paper("b", "", "", corpus.Annual, "一段")})); err != nil {
		t.Fatal(err)
	}
	x, err := Open(dir, cutTwos, "other")
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	if diff := cmp.Diff([]string{"b 1"}, places(find(t, x, typed(t, "一段")))); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestRebuildThatFailsLeavesTheIndex(t *testing.T) {
	x, dir := rebuilt(t, cutTwos, paper("a", "", "", corpus.Annual, "一段"))
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	unread := errors.New("unread")
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	for name, rebuild := range map[string]func() error{
		"docs": func() error {
			return Rebuild(context.Background(), dir, cutTwos, "test", func(yield func(Doc, error) bool) {
				_ = yield(paper("b", "", "", corpus.Annual, "段"), nil) && yield(Doc{}, unread)
			})
		},
		"context": func() error {
			return Rebuild(ended, dir, cutTwos, "test", each([]Doc{paper("b", "", "", corpus.Annual, "段")}))
		},
		"same id": func() error {
			d := paper("b", "", "", corpus.Annual, "段")
			return Rebuild(context.Background(), dir, cutTwos, "test", each([]Doc{d, d}))
		},
		"passage": func() error {
			return Rebuild(context.Background(), dir, cutTwos, "test", each([]Doc{{ID: "\x00"}}))
		},
	} {
		if err := rebuild(); err == nil {
			t.Errorf("%s: no error", name)
		}
		if left, _ := filepath.Glob(dir + "?*"); len(left) > 0 {
			t.Errorf("%s: left %v", name, left)
		}
		x, err := Open(dir, cutTwos, "test")
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if r := find(t, x, typed(t, "一段")); r.Total != 1 {
			t.Errorf("%s: found %d, want 1", name, r.Total)
		}
		x.Close()
	}
}

// Law: a damaged index is said to be damaged, and can be rebuilt.
func TestDamageIsNoticed(t *testing.T) {
	change := func(pattern string, do func(b []byte) []byte) func(t *testing.T, dir string) {
		return func(t *testing.T, dir string) {
			files, _ := filepath.Glob(filepath.Join(dir, pattern))
			if len(files) == 0 {
				t.Fatalf("no %s", pattern)
			}
			for _, f := range files {
				b, err := os.ReadFile(f)
				if err != nil {
					t.Fatal(err)
				}
				if b = do(b); b == nil {
					err = os.Remove(f)
				} else {
					err = os.WriteFile(f, b, 0o600)
				}
				if err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	flip := func(where func(n int) int) func([]byte) []byte {
		return func(b []byte) []byte { b[where(len(b))] ^= 0x55; return b }
	}
	damages := map[string]func(t *testing.T, dir string){
		"segment gone":           change("*.zap", func([]byte) []byte { return nil }),
		"segment empty":          change("*.zap", func([]byte) []byte { return []byte{} }),
		"segment of three bytes": change("*.zap", func(b []byte) []byte { return b[:3] }),
		"segment of 40 bytes":    change("*.zap", func(b []byte) []byte { return b[:40] }),
		"half a segment":         change("*.zap", func(b []byte) []byte { return b[:len(b)/2] }),
		"segment of zeros":       change("*.zap", func(b []byte) []byte { return make([]byte, len(b)) }),
		"bit in a segment":       change("*.zap", flip(func(n int) int { return n / 3 })),
		"bit in the footer":      change("*.zap", flip(func(n int) int { return n - 20 })),
		"bit in the sum":         change("*.zap", flip(func(n int) int { return n - 1 })),
		"root gone":              change("root.bolt", func([]byte) []byte { return nil }),
		"root empty":             change("root.bolt", func([]byte) []byte { return []byte{} }),
		"root is garbage":        change("root.bolt", func([]byte) []byte { return []byte(strings.Repeat("garbage ", 4096)) }),
		"root of a page":         change("root.bolt", func(b []byte) []byte { return b[:os.Getpagesize()] }),
		"root of three pages":    change("root.bolt", func(b []byte) []byte { return b[:3*os.Getpagesize()] }),
		"root pages of zeros":    change("root.bolt", func(b []byte) []byte { clear(b[2*os.Getpagesize():]); return b }),
	}
	for name, damage := range damages {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "index")
			docs := []Doc{paper("a", "云山县", "2024", corpus.Annual, "加强行政执法监督", "全年办案120件")}
			if err := Rebuild(context.Background(), dir, cutTwos, "test", each(docs)); err != nil {
				t.Fatal(err)
			}
			damage(t, dir)
			x, err := Open(dir, cutTwos, "test")
			if !errors.Is(err, ErrRebuild) || errors.Is(err, corpus.ErrBusy) {
				t.Errorf("Open: %v, want %v", err, ErrRebuild)
			}
			if err == nil {
				x.Close()
			}
			if err := Rebuild(context.Background(), dir, cutTwos, "test", each(docs)); err != nil {
				t.Fatalf("Rebuild: %v", err)
			}
			x, err = Open(dir, cutTwos, "test")
			if err != nil {
				t.Fatalf("Open after Rebuild: %v", err)
			}
			defer x.Close()
			if r := find(t, x, typed(t, "行政执法")); r.Total != 1 {
				t.Errorf("found %d after Rebuild, want 1", r.Total)
			}
		})
	}
}

func TestSearchWhileWriting(t *testing.T) {
	docs := reports(150)
	x, _ := rebuilt(t, cutTwos, docs[:2]...)
	var all sync.WaitGroup
	for w := range 2 {
		all.Go(func() {
			for i := w; i < len(docs); i += 2 {
				if err := errors.Join(x.Update(docs[i]), x.Flush()); err != nil {
					t.Error(err)
				}
			}
		})
		all.Go(func() {
			for range 20 {
				r, err := x.Search(context.Background(), Query{Words: []string{"件"}, Limit: 5, Facets: true})
				if err != nil || r.Total == 0 {
					t.Errorf("Search: %d, %v", r.Total, err)
				}
			}
		})
	}
	all.Wait()
	if got, want := find(t, x, Query{Words: []string{"件"}}).Total, len(scan(foldAll(docs), "件")); got != want {
		t.Errorf("found %d at last, want %d", got, want)
	}
}

func FuzzRecord(f *testing.F) {
	f.Add(record{corpus.Passage{Text: "一段", Zone: corpus.Content, Place: corpus.Location{Page: 1, Paragraph: 2, OCR: true}, Span: corpus.Span{Start: 300, End: 302}}, "一、总体"}.encode())
	f.Add([]byte{})
	f.Add([]byte("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x00\x00\xff\x01"))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := decodeRecord(b)
		text, textErr := recordText(b)
		if (err == nil) != (textErr == nil) || err == nil && string(text) != r.Text {
			t.Fatalf("decodeRecord = %+v, %v; recordText = %q, %v", r, err, text, textErr)
		}
		if err == nil && r.Span.Start >= 0 {
			again, err := decodeRecord(r.encode())
			if diff := cmp.Diff(fmt.Sprintf("%+v", r), fmt.Sprintf("%+v", again)); diff != "" || err != nil {
				t.Fatalf("decoded again: %v, -want +got\n%s", err, diff)
			}
		}
	})
}
