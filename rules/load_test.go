package rules

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"duibiao/rules/packs"
)

var update = flag.Bool("update", false, "rewrite goldens")

func TestLoadReportsEveryFaultWithItsLine(t *testing.T) {
	set, err := Load(os.DirFS("testdata/faults"))
	if err == nil || set != nil {
		t.Fatalf("Load = %v, %v, want faults", set, err)
	}
	golden(t, "testdata/faults.golden", err.Error()+"\n")
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s (-want +got); run with -update if the change is meant:\n%s", filepath.ToSlash(path), d)
	}
}

func TestShippedPacksLoadAndAreRight(t *testing.T) {
	set, err := Load(packs.FS)
	if err != nil {
		t.Fatal(err)
	}
	if set.Limits.Copied == 0 || len(set.Laws) < 100 || len(set.Placeholders) == 0 || len(set.Bodies) == 0 || len(set.Duties) == 0 {
		t.Errorf("Load(packs.FS) is short of rules: %d laws, %d placeholders", len(set.Laws), len(set.Placeholders))
	}
}

func TestLoadOfNoPack(t *testing.T) {
	if _, err := Load(fstest.MapFS{"a.yaml": {Data: []byte("id: x")}}); err == nil || !strings.Contains(err.Error(), "pack.yaml") {
		t.Errorf("Load = %v, want a word about pack.yaml", err)
	}
}

func TestHashFollowsTheRules(t *testing.T) {
	a, b := smallSet(t), smallSet(t)
	if a.Hash() != b.Hash() {
		t.Errorf("equal sets hash to %s and %s", a.Hash(), b.Hash())
	}
	b.Indicators[0].Applies = []string{"县级政府"}
	if a.Hash() == b.Hash() {
		t.Error("a changed rule did not change the hash")
	}
}

func TestEmbeddedThesaurusIsRight(t *testing.T) {
	th, err := parseThesaurus(thesaurusFile)
	if err != nil {
		t.Fatal(err)
	}
	if len(th.all) < 120 {
		t.Errorf("thesaurus has %d topics, want at least 120", len(th.all))
	}
	for _, tp := range th.all {
		for _, n := range tp.names {
			if !strings.Contains(n, "…") && generic[n] {
				t.Errorf("topic %s: %q is too general to be a name", tp.name, n)
			}
		}
	}
}

func FuzzLoad(f *testing.F) {
	for _, s := range []string{"id: a\ntitle: b\n", "kind: limits\ncopied: 1", "- a\n- b", "a: &x [*x]", "{", "\x00", "id: |\n  多行\ntitle: >\n  折", "kind: laws\nitems: [{title: 甲法, wrong: [乙]}]"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		set, err := Load(fstest.MapFS{"pack.yaml": {Data: []byte("name: n\nversion: v\nsource: s\n")}, "x.yaml": {Data: []byte(body)}})
		if (set == nil) == (err == nil) {
			t.Errorf("Load(%q) = %v, %v", body, set, err)
		}
	})
}
