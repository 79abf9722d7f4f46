package main

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duibiao/cmd/duibiao/output"
	"duibiao/corpus"
	"duibiao/corpus/store"
	"duibiao/extract/segment"
	"duibiao/rules"
)

var update = flag.Bool("update", false, "rewrite the goldens")

// TestQuality holds what the tool says of invented places against what a
// careful reader said of them before: sixteen on which the rules may be
// developed, and seven, blind, whose texts nobody reads who writes rules; of them
// the test prints the figures and no text. The figures are in git; a change
// there is argued in the commit.
func TestQuality(t *testing.T) {
	harness := filepath.Join("testdata", "harness")
	for _, set := range []struct {
		name, folder, truth string
		blind               bool
	}{
		{"sample", filepath.Join("..", "..", "corpus", "sample"), filepath.Join("testdata", "sample"), false},
		{"unseen", filepath.Join("testdata", "unseen", "folder"), filepath.Join("testdata", "unseen", "truth"), false},
		{"dev", filepath.Join(harness, "dev", "folder"), filepath.Join(harness, "dev", "truth"), false},
		{"townships", filepath.Join(harness, "townships", "folder"), filepath.Join(harness, "townships", "truth"), false},
		{"formal", filepath.Join(harness, "formal", "folder"), filepath.Join(harness, "formal", "truth"), false},
		{"plain", filepath.Join(harness, "plain", "folder"), filepath.Join(harness, "plain", "truth"), false},
		{"merged", filepath.Join(harness, "merged", "folder"), filepath.Join(harness, "merged", "truth"), false},
		{"signs", filepath.Join(harness, "signs", "folder"), filepath.Join(harness, "signs", "truth"), false},
		{"county", filepath.Join(harness, "county", "folder"), filepath.Join(harness, "county", "truth"), false},
		{"foundry", filepath.Join(harness, "foundry", "folder"), filepath.Join(harness, "foundry", "truth"), false},
		{"harbour", filepath.Join(harness, "harbour", "folder"), filepath.Join(harness, "harbour", "truth"), false},
		{"orchard", filepath.Join(harness, "orchard", "folder"), filepath.Join(harness, "orchard", "truth"), false},
		{"saltern", filepath.Join(harness, "saltern", "folder"), filepath.Join(harness, "saltern", "truth"), false},
		{"forest", filepath.Join(harness, "forest", "folder"), filepath.Join(harness, "forest", "truth"), false},
		{"teahill", filepath.Join(harness, "teahill", "folder"), filepath.Join(harness, "teahill", "truth"), false},
		{"loess", filepath.Join(harness, "loess", "folder"), filepath.Join(harness, "loess", "truth"), false},
		{"delta", filepath.Join(harness, "delta", "folder"), filepath.Join(harness, "delta", "truth"), true},
		{"gorge", filepath.Join(harness, "gorge", "folder"), filepath.Join(harness, "gorge", "truth"), true},
		{"weavers", filepath.Join(harness, "weavers", "folder"), filepath.Join(harness, "weavers", "truth"), true},
		{"bamboo", filepath.Join(harness, "bamboo", "folder"), filepath.Join(harness, "bamboo", "truth"), true},
		{"lakes", filepath.Join(harness, "lakes", "folder"), filepath.Join(harness, "lakes", "truth"), true},
		{"coast", filepath.Join(harness, "coast", "folder"), filepath.Join(harness, "coast", "truth"), true},
		{"test", filepath.Join(harness, "test", "folder"), filepath.Join(harness, "test", "truth"), true},
	} {
		t.Run(set.name, func(t *testing.T) {
			r := reviewed(t, set.folder)
			var got strings.Builder
			s := scorer{T: t, Builder: &got, blind: set.blind}
			s.rows(r, tsv(t, filepath.Join(set.truth, "truth.tsv")))
			s.findings(r, tsv(t, filepath.Join(set.truth, "findings.tsv")))
			s.documents(r, tsv(t, filepath.Join(set.truth, "documents.tsv")))
			golden(t, filepath.Join("testdata", set.name+".quality.golden"), got.String())
		})
	}
}

// reviewed is the report on a copy of folder.
func reviewed(t *testing.T, folder string) *output.Report {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	r, _ := reviewIn(t, dir)
	return r
}

func reviewIn(t testing.TB, dir string) (*output.Report, *progress) {
	t.Helper()
	f, st := opened(t, dir)
	defer st.Close()
	show := &progress{}
	r, err := review(context.Background(), f, st, segment.New(), show)
	if err != nil {
		t.Fatal(err)
	}
	return r, show
}

// opened is the folder dir and its store, which the caller closes.
func opened(t testing.TB, dir string) (*folder, *store.Store) {
	t.Helper()
	in := inputs{limits: testLimits()}
	f, err := in.open(dir)
	if err != nil {
		t.Fatal(err)
	}
	st, err := store.Open(f.data)
	if err != nil {
		t.Fatal(err)
	}
	return f, st
}

func testLimits() limits {
	return limits{workers: 2}
}

// tsv is a table with a header line, as maps by column name.
func tsv(t *testing.T, path string) []map[string]string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimRight(string(b), "\n"), "\n")
	head := strings.Split(lines[0], "\t")
	var rows []map[string]string
	for _, line := range lines[1:] {
		row := map[string]string{}
		for i, cell := range strings.Split(line, "\t") {
			row[head[i]] = cell
		}
		rows = append(rows, row)
	}
	return rows
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got); run with -update if the change is meant:\n%s", path, diff)
	}
}

// tally counts for one class.
type tally struct{ right, said, true_ int }

func (c tally) String() string {
	p, r := ratio(c.right, c.said), ratio(c.right, c.true_)
	f := 0.0
	if p+r > 0 {
		f = 2 * p * r / (p + r)
	}
	return fmt.Sprintf("precision %.3f recall %.3f f1 %.3f (%d right, %d said, %d true)", p, r, f, c.right, c.said, c.true_)
}

func (c tally) f1() float64 {
	p, r := ratio(c.right, c.said), ratio(c.right, c.true_)
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

type cell struct{ unit, no string }

// scorer writes the figures of one place.
type scorer struct {
	*testing.T
	*strings.Builder
	blind bool // tell no text
}

// tell logs one difference, unless the place is blind.
func (s scorer) tell(format string, a ...any) {
	if !s.blind {
		s.Helper()
		s.Logf(format, a...)
	}
}

// accepted is the status that a row is scored against: the one said, where the
// reader lets it pass as another reading (或), or else the true one.
func accepted(want map[string]string, said rules.Status) string {
	if other := want["或"]; other != "" && slices.Contains(strings.Split(other, "、"), string(said)) {
		return string(said)
	}
	return want["状态"]
}

// rows compares unit × item statuses, and the first quote of rows that
// are right with the quotes the reader gave.
func (s scorer) rows(r *output.Report, truth []map[string]string) {
	got := map[cell]rules.Row{}
	for _, row := range r.Rows {
		got[cell{row.Unit, row.No}] = row
	}
	by := map[string]*tally{}
	at := func(status string) *tally {
		if by[status] == nil {
			by[status] = &tally{}
		}
		return by[status]
	}
	wrong := map[string]int{}
	rows, right, clean, accused, quoted, hit := 0, 0, 0, 0, 0, 0
	for _, want := range truth {
		if want["状态"] == "两可" {
			continue
		}
		row, ok := got[cell{want["单位"], want["序号"]}]
		if !ok {
			s.Errorf("no row for %s item %s", want["单位"], want["序号"])
			continue
		}
		status := accepted(want, row.Status)
		rows++
		at(status).true_++
		at(string(row.Status)).said++
		if status == string(rules.Met) || status == string(rules.NotApplicable) {
			clean++
			if row.Status.Gap() {
				accused++
			}
		}
		if status != string(row.Status) {
			wrong[status+" as "+string(row.Status)]++
			s.tell("%s %s %s: said %s, truth %s\n    why: %s\n    said:  %s\n    truth: %s", want["单位"], row.No, row.Title,
				row.Status, status, row.Why, firstQuote(row), want["摘录"])
			continue
		}
		right++
		at(status).right++
		if want["摘录"] != "" {
			quoted++
			if quotes(row, want["摘录"]) {
				hit++
			} else {
				s.tell("%s %s %s (%s): quoted %s\n    truth: %s", want["单位"], row.No, row.Title, row.Status, firstQuote(row), want["摘录"])
			}
		}
	}
	macro := 0.0
	for _, status := range slices.Sorted(maps.Keys(by)) {
		fmt.Fprintf(s, "status %s: %s\n", status, by[status])
		macro += by[status].f1() / float64(len(by))
	}
	for _, pair := range slices.Sorted(maps.Keys(wrong)) {
		fmt.Fprintf(s, "said %s: %d\n", pair, wrong[pair])
	}
	fmt.Fprintf(s, "rows %d accuracy %.3f macro-f1 %.3f\n", rows, ratio(right, rows), macro)
	fmt.Fprintf(s, "false accusations %d of %d (%.3f)\n", accused, clean, ratio(accused, clean))
	fmt.Fprintf(s, "evidence quotes %d of %d (%.3f)\n", hit, quoted, ratio(hit, quoted))
}

func firstQuote(row rules.Row) string {
	if len(row.Evidence) == 0 {
		return ""
	}
	return row.Evidence[0].Quote
}

// quotes reports whether one of the row's quotes and one of the alternatives
// hold each other.
func quotes(row rules.Row, alternatives string) bool {
	for _, alternative := range strings.Split(alternatives, "｜") {
		want := corpus.Fold(alternative).String()
		for _, e := range row.Evidence {
			got := corpus.Fold(e.Quote).String()
			if strings.Contains(got, want) || strings.Contains(want, got) {
				return true
			}
		}
	}
	return false
}

// findings compares the findings about documents and units as a whole, by
// unit and check.
func (s scorer) findings(r *output.Report, truth []map[string]string) {
	type key struct{ unit, check string }
	want, got := map[key]bool{}, map[key]bool{}
	for _, row := range truth {
		want[key{row["单位"], row["问题"]}] = true
	}
	for _, f := range r.Findings {
		if f.Indicator == "" {
			k := key{f.Unit, f.Check}
			if !want[k] && !got[k] {
				s.tell("not in the truth: %s %s: %s", f.Unit, f.Check, f.Message)
			}
			got[k] = true
		}
	}
	by := map[string]*tally{}
	all := &tally{}
	for _, k := range append(slices.Collect(maps.Keys(want)), slices.Collect(maps.Keys(got))...) {
		if by[k.check] == nil {
			by[k.check] = &tally{}
		}
	}
	for k := range want {
		by[k.check].true_++
		all.true_++
		if got[k] {
			by[k.check].right++
			all.right++
		} else {
			s.tell("not found: %s %s", k.unit, k.check)
		}
	}
	for k := range got {
		by[k.check].said++
		all.said++
	}
	for _, check := range slices.Sorted(maps.Keys(by)) {
		fmt.Fprintf(s, "check %s: %s\n", check, by[check])
	}
	fmt.Fprintf(s, "checks: %s\n", all)
}

// documents compares what was read off each file.
func (s scorer) documents(r *output.Report, truth []map[string]string) {
	got := map[string]output.Document{}
	for _, d := range r.Documents {
		got[d.ID] = d
	}
	right, all := map[string]int{}, map[string]int{}
	for _, want := range truth {
		d, ok := got[want["文件"]]
		if !ok {
			s.Errorf("no document %s", want["文件"])
			continue
		}
		unread := want["状态"] != "" && want["状态"] != "ok"
		for _, field := range []struct{ name, got string }{
			{"单位", d.Unit.Value}, {"年度", d.Year.Value}, {"类别", d.Kind.Value}, {"日期", d.Date.Value}, {"文号", d.No.Value},
		} {
			if unread && field.name != "单位" {
				continue
			}
			all[field.name]++
			if field.got == want[field.name] {
				right[field.name]++
			} else {
				s.tell("%s: %s is %q, truth %q", want["文件"], field.name, field.got, want[field.name])
			}
		}
	}
	for _, name := range []string{"单位", "年度", "类别", "日期", "文号"} {
		fmt.Fprintf(s, "field %s: %d of %d\n", name, right[name], all[name])
	}
}
