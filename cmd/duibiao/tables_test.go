package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"duibiao/corpus"
	"duibiao/extract/segment"
	"duibiao/rules"
)

// TestTables holds what the tool makes of 43 invented offices' tables
// against what a careful reader said of them: which items there are, what each
// is about, and whom it covers. Items are compared in order, for the reader
// gave some a name of his own.
func TestTables(t *testing.T) {
	const folder = "testdata/tables"
	words := segment.New()
	var got strings.Builder
	var sum tableScore
	for n := 1; n <= 43; n++ {
		dir := filepath.Join(folder, fmt.Sprint(n))
		units, err := readRoster(filepath.Join(dir, "名册.csv"))
		if err != nil {
			t.Fatal(err)
		}
		set, _, err := importTable(filepath.Join(dir, "表.csv"), words)
		if err != nil {
			t.Fatal(err)
		}
		truth := tsv(t, filepath.Join(dir, "truth.tsv"))
		fmt.Fprintf(&got, "table %d: %d items, truth %d\n", n, len(set.Indicators), len(truth))
		if len(set.Indicators) == len(truth) {
			reach := reachOf(set, units)
			for i, want := range truth {
				sum.item(&got, set.Indicators[i], want, reach[i], units)
			}
		}
	}
	fmt.Fprintf(&got, "items read %d\nitems with some wanted topic %d\nitems with all wanted topics %d\nitems with a topic that should not be %d\nitems given to the right units %d\n",
		sum.items, sum.some, sum.all, sum.wrong, sum.units)
	golden(t, folder+".golden", got.String())
}

// reachOf says of each item which units it covers, and which the words of its
// 责任单位 leave open, by what is judged of a paper that says nothing.
func reachOf(set *rules.Set, units []corpus.Unit) []map[string]string {
	reach := make([]map[string]string, len(set.Indicators))
	roster := set.Roster(units)
	for _, u := range units {
		var b corpus.Builder
		b.Text("无。")
		blank := rules.File{Submission: corpus.Submission{ID: "空.docx", Doc: b.End("", "")}}
		rows, _ := rules.Judge(rules.Input{Unit: u, Set: set, Roster: roster, Files: []rules.File{blank}})
		for i, row := range rows {
			if reach[i] == nil {
				reach[i] = map[string]string{}
			}
			switch {
			case row.Status != rules.NotApplicable:
				reach[i][u.Name] = "适用"
			case strings.HasPrefix(row.Why, "责任单位只写"):
				reach[i][u.Name] = "不明"
			}
		}
	}
	return reach
}

// tableScore counts items.
type tableScore struct{ items, some, all, wrong, units int }

// item compares one item and writes a line when something of it is wrong.
func (s *tableScore) item(out *strings.Builder, it rules.Indicator, want map[string]string, reach map[string]string, units []corpus.Unit) {
	wanted, never := splitList(want["主题"]), splitList(want["不应有"])
	missed := slices.DeleteFunc(slices.Clone(wanted), func(w string) bool { return slices.Contains(it.Topics, w) })
	wrong := slices.DeleteFunc(slices.Clone(it.Topics), func(w string) bool { return !slices.Contains(never, w) })
	covered := coveredBy(want["适用"], units)
	var lacks, more []string
	for _, u := range units {
		switch is := reach[u.Name]; {
		case covered[u.Name] != "" && is != covered[u.Name]:
			lacks = append(lacks, u.Name)
		case covered[u.Name] == "" && is != "":
			more = append(more, u.Name)
		}
	}
	s.items++
	s.some += count(len(wanted) == 0 || len(missed) < len(wanted))
	s.all += count(len(missed) == 0)
	s.wrong += count(len(wrong) > 0)
	s.units += count(len(lacks)+len(more) == 0)
	if len(missed)+len(wrong)+len(lacks)+len(more) == 0 {
		return
	}
	fmt.Fprintf(out, "%s %s:", it.No, it.Title)
	for _, part := range []struct {
		what  string
		names []string
	}{{"缺主题", missed}, {"多主题", wrong}, {"漏单位", lacks}, {"多单位", more}} {
		if len(part.names) > 0 {
			fmt.Fprintf(out, " %s %s", part.what, strings.Join(part.names, "、"))
		}
	}
	out.WriteString("\n")
}

// coveredBy reads the column 适用: 全部, 不明, or names of units.
func coveredBy(cell string, units []corpus.Unit) map[string]string {
	covered := map[string]string{}
	for _, u := range units {
		switch {
		case cell == "全部" || slices.Contains(splitList(cell), u.Name):
			covered[u.Name] = "适用"
		case cell == "不明":
			covered[u.Name] = "不明"
		}
	}
	return covered
}

func count(ok bool) int {
	if ok {
		return 1
	}
	return 0
}
