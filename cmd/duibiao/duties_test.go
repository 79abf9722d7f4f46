package main

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"duibiao/corpus"
	"duibiao/extract/segment"
	"duibiao/ingest/docx/docxtest"
)

// TestDuties holds what the tool makes of the 责任单位 cells of invented
// offices' tables, with their rosters and notes, against what a careful reader
// said of them.
func TestDuties(t *testing.T) {
	const folder = "testdata/duties"
	files, err := filepath.Glob(filepath.Join(folder, "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatal("no tables", err)
	}
	words := segment.New()
	var got strings.Builder
	for _, name := range files {
		body, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		right, all := 0, 0
		for _, table := range strings.Split("\n"+string(body), "\n## ")[1:] {
			r, n := dutiesOf(t, &got, words, table)
			right, all = right+r, all+n
		}
		fmt.Fprintf(&got, "%s: %d of %d cells right\n", filepath.Base(name), right, all)
	}
	golden(t, folder+".golden", got.String())
}

// dutiesOf reads one mini table and counts the cells whose units are right.
func dutiesOf(t *testing.T, got *strings.Builder, words *segment.Segmenter, table string) (right, all int) {
	t.Helper()
	dir := t.TempDir()
	title, rest, _ := strings.Cut(table, "\n")
	header := "责任单位"
	var roster, rows [][]string
	var notes []string
	for line := range strings.Lines(rest) {
		kind, text, _ := strings.Cut(strings.TrimSpace(line), ":")
		text = strings.TrimSpace(text)
		switch {
		case kind == "列":
			header = text
		case kind == "册":
			name, class, _ := strings.Cut(text, "|")
			roster = append(roster, []string{strings.TrimSpace(name), strings.TrimSpace(class)})
		case kind == "注":
			notes = append(notes, strings.ReplaceAll(text, `\n`, "\n"))
		case strings.HasPrefix(kind, "格"):
			cell, units, _ := strings.Cut(text, "=>")
			section := strings.Trim(strings.TrimPrefix(kind, "格"), "[]")
			rows = append(rows, append(dutyRow(section, len(rows), strings.ReplaceAll(strings.TrimSpace(cell), `\n`, "\n")), strings.TrimSpace(units)))
		}
	}
	slices.SortStableFunc(rows, func(a, b []string) int { return strings.Compare(a[1], b[1]) }) // blank cells of a section stand for the one above
	lines := slices.Concat([][]string{{"序号", "一级指标", "指标内容", header}}, rows)
	for _, n := range notes {
		lines = append(lines, []string{n, "", "", ""})
	}
	writeCSV(t, filepath.Join(dir, "名册.csv"), slices.Concat([][]string{{"单位", "类别"}}, roster))
	writeCSV(t, filepath.Join(dir, "表.csv"), lines)
	units, err := readRoster(filepath.Join(dir, "名册.csv"))
	if err != nil {
		t.Fatal(title, err)
	}
	set, _, err := importTable(filepath.Join(dir, "表.csv"), words)
	if err != nil {
		t.Fatal(title, err)
	}
	if len(set.Indicators) != len(rows) {
		fmt.Fprintf(got, "## %s: %d items read, %d written\n", title, len(set.Indicators), len(rows))
		return 0, len(rows)
	}
	reach := reachOf(set, units)
	for i, cell := range rows {
		is, should := named(reach[i], units), named(coveredBy(cell[4], units), units)
		if is == should {
			right++
			continue
		}
		fmt.Fprintf(got, "## %s: %q means %s, want %s\n", title, cell[3], is, should)
	}
	return right, len(rows)
}

// dutyRow is a row of the table: its number is the one that label gives, 第3项,
// or one that no note names; any other label is the section.
func dutyRow(label string, n int, cell string) []string {
	number, section := fmt.Sprint(200+n), label
	if no, ok := strings.CutPrefix(strings.TrimSuffix(label, "项"), "第"); ok && strings.HasSuffix(label, "项") {
		number, section = no, ""
	}
	return []string{number, section, dutyItems[n%len(dutyItems)], cell}
}

var dutyItems = []string{"行政规范性文件合法性审核", "领导干部学法", "行政复议与应诉", "政务公开", "普法宣传", "矛盾纠纷排查", "重大行政决策程序", "法律顾问作用发挥", "权责清单调整", "述法", "信访工作", "营商环境", "应急预案演练", "人大代表建议办理"}

// named lists what is said of each unit, all alike in one word.
func named(reach map[string]string, units []corpus.Unit) string {
	var yes, open []string
	for _, u := range units {
		switch reach[u.Name] {
		case "适用":
			yes = append(yes, u.Name)
		case "不明":
			open = append(open, u.Name)
		}
	}
	switch {
	case len(yes) == len(units):
		return "全部"
	case len(open) == len(units):
		return "不明"
	case len(open) > 0:
		return strings.Join(yes, "、") + " 不明：" + strings.Join(open, "、")
	case len(yes) == 0:
		return "无"
	}
	return strings.Join(yes, "、")
}

func writeCSV(t *testing.T, path string, rows [][]string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w := csv.NewWriter(f)
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
}

// The notes of a table in a Word file are paragraphs below it.
func TestNotesBesideAWordTable(t *testing.T) {
	path := filepath.Join(t.TempDir(), "考核细则.docx")
	doc := docxtest.Doc{Body: []docxtest.Block{
		docxtest.P("云河市法治政府建设考核细则"),
		docxtest.Rows([]string{"序号", "指标内容", "责任单位"}, []string{"1", "行政执法三项制度", "有执法权的部门"}, []string{"2", "政务公开", "各单位"}),
		docxtest.P("说明：1.“有执法权的部门”指市水利局。"),
		docxtest.P("2.市统计局为新组建单位，不参加本年度考核。"),
		docxtest.P("各单位要高度重视，按时报送。"),
	}}
	if err := os.WriteFile(path, docxtest.Build(doc), 0o666); err != nil {
		t.Fatal(err)
	}
	set, report, err := importTable(path, segment.New())
	if err != nil {
		t.Fatal(err)
	}
	units := []corpus.Unit{{Name: "市水利局", Kind: corpus.Bureau}, {Name: "市统计局", Kind: corpus.Bureau}, {Name: "市教育局", Kind: corpus.Bureau}, {Name: "青石镇人民政府", Kind: corpus.Township}}
	reach := reachOf(set, units)
	for i, want := range []string{"市水利局", "市水利局、市教育局、青石镇人民政府"} {
		if got := named(reach[i], units); got != want {
			t.Errorf("item %d means %s, want %s (notes %q)", i+1, got, want, report.Notes)
		}
	}
}
