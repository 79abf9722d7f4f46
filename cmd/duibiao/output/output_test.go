package output

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duibiao/corpus"
	"duibiao/ingest/xlsx"
	"duibiao/rules"
)

var update = flag.Bool("update", false, "rewrite the goldens")

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s (-update rewrites it): %s", name, d)
	}
}

func text(t *testing.T, write func(io.Writer, *Report) error, r *Report) string {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// small has one of everything.
func small() *Report {
	e := rules.Evidence{Doc: "青石区/报告.docx", Span: corpus.Span{Start: 10, End: 14}, Place: corpus.Location{Paragraph: 3}, Section: "一、成效", Quote: "<持续>"}
	return &Report{
		Run:   Run{Tool: "0.1.0", Rules: "市级 3", Segmenter: "gojieba 1.4.7", Readers: []string{"text/1", "docx/1", "docx/1"}, Seconds: 1.5},
		Units: []Unit{{Unit: corpus.Unit{Name: "青石区", Kind: corpus.County}}, {Unit: corpus.Unit{Name: "白鹭县", Kind: corpus.County}, Missing: true}},
		Documents: []Document{
			{ID: "上位文件/市方案.txt", Shelf: corpus.Superior, Status: OK, Runes: 900},
			{ID: "青石区/附件.pdf", Unit: corpus.Taken{Value: "青石区"}, Status: Unreadable, Reason: "扫描件：没有文字层，无法判读。"},
			{ID: "青石区/报告.docx", Unit: corpus.Taken{Value: "青石区", From: "目录"}, Type: corpus.County, Year: corpus.Taken{Value: "2025"},
				Date: corpus.Taken{Value: "2026-01-12"}, Kind: corpus.Taken{Value: "年度报告"}, Status: OK, Runes: 4000},
		},
		Skipped: []Skipped{{"视频.mp4", "不是文字材料"}},
		Rows: []rules.Row{
			{Unit: "青石区", Indicator: "b", No: "2", Title: "政务公开", Status: rules.Missing, Why: "没有找到正文。"},
			{Unit: "青石区", Indicator: "a", No: "1", Title: "权责清单", Status: rules.Met, Score: 0.87654321, Evidence: []rules.Evidence{e}, Why: "有事实。", Notes: []string{"未达标", "率无基数"}},
		},
		Findings: []rules.Finding{
			{ID: "f2", Unit: "青石区", Doc: e.Doc, Indicator: "a", No: "1", Title: "权责清单", Check: "雷同", Severity: rules.Medium, Message: "疑似雷同。", Value: "45.2%",
				Threshold: "≥30%", Evidence: &e, Source: &rules.Source{Doc: "上位文件/市方案.txt", Unit: "市政府", Span: corpus.Span{Start: 1, End: 5}, Quote: "持续推进"}, Ask: "请改写。"},
			{ID: "f1", Unit: "白鹭县", Check: "未报送", Severity: rules.High, Message: "没有收到文件。"},
		},
		Reuse: []Reuse{{Reuse: corpus.Reuse{Doc: e.Doc, Span: e.Span, Source: "上位文件/市方案.txt", SourceSpan: corpus.Span{Start: 1, End: 5},
			Relation: corpus.Quotation, Informative: 400, AlsoIn: 2}, Quote: "<持续>", SourceQuote: "持续推进"}},
		Indicators: []Indicator{{ID: "a", No: "1", Title: "权责清单"}, {ID: "b", No: "2", Title: "政务公开"}},
		Decisions:  map[string]Decision{"f2": {Status: Fixing, Section: "法制科", Due: "3月底", Progress: "正在改"}},
	}
}

func TestJSON(t *testing.T) {
	got := text(t, JSON, small())
	golden(t, "small.json", got)
	if !json.Valid([]byte(got)) {
		t.Error("not JSON")
	}
	golden(t, "small.jsonl", text(t, ReuseLines, small()))
}

func TestJSONListsAreNeverNull(t *testing.T) {
	var got map[string]any
	if err := json.Unmarshal([]byte(text(t, JSON, &Report{})), &got); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"documents", "matrix", "findings", "reuse"} {
		if list, ok := got[name].([]any); !ok || len(list) != 0 {
			t.Errorf("%s = %v, want an empty list", name, got[name])
		}
	}
	run := got["run"].(map[string]any)
	for _, name := range []string{"readers", "skipped_files"} {
		if list, ok := run[name].([]any); !ok || len(list) != 0 {
			t.Errorf("run.%s = %v, want an empty list", name, run[name])
		}
	}
	if s := text(t, ReuseLines, &Report{}); s != "" {
		t.Errorf("no reuse is written as %q", s)
	}
}

func TestJSONReportsBadNumbers(t *testing.T) {
	r := small()
	r.Run.Seconds = 1 / float64(len(r.Run.Tool)-5)
	if err := JSON(io.Discard, r); err == nil {
		t.Error("JSON wrote an infinite number")
	}
}

func TestRelationsByTheirShortNames(t *testing.T) {
	r := small()
	for relation, want := range map[corpus.Relation]string{
		corpus.FromSuperior: "上级", corpus.FromPeer: "同级", corpus.FromPrevious: "往年",
		corpus.FromTemplate: "范文", corpus.FromCommon: "同源", corpus.Quotation: "引用",
	} {
		r.Reuse[0].Relation = relation
		var got struct{ Kind string }
		if err := json.Unmarshal([]byte(text(t, ReuseLines, r)), &got); err != nil || got.Kind != want {
			t.Errorf("%s is written as %q, %v; want %q", relation, got.Kind, err, want)
		}
	}
}

// TestOrderDoesNotMatter holds that the order of a Report's lists (but for
// units and indicators, whose order means something) is not seen.
func TestOrderDoesNotMatter(t *testing.T) {
	a, b := invented(9, 6), invented(9, 6)
	shuffle(b.Documents)
	shuffle(b.Skipped)
	shuffle(b.Rows)
	shuffle(b.Findings)
	shuffle(b.Reuse)
	shuffle(b.Run.Readers)
	before := slices.Clone(b.Findings)
	for name, write := range map[string]func(io.Writer, *Report) error{
		"JSON": JSON, "ReuseLines": ReuseLines, "XLSX": XLSX, "Summary": Summary{}.Write,
	} {
		if text(t, write, a) != text(t, write, b) {
			t.Errorf("%s depends on the order of the lists", name)
		}
	}
	if d := cmp.Diff(before, b.Findings); d != "" {
		t.Error("the Report was changed:", d)
	}
}

func shuffle[T any](list []T) {
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
}

// sheets reads a workbook back.
func sheets(t *testing.T, r *Report) map[string][][]string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "x.xlsx")
	if err := os.WriteFile(path, []byte(text(t, XLSX, r)), 0o666); err != nil {
		t.Fatal(err)
	}
	tables, err := xlsx.ReadTables(path)
	if err != nil {
		t.Fatal(err)
	}
	m := map[string][][]string{}
	for _, table := range tables {
		for _, row := range table.Rows {
			texts := make([]string, len(row))
			for i, c := range row {
				texts[i] = c.Text
			}
			m[table.Sheet] = append(m[table.Sheet], texts)
		}
	}
	return m
}

// find is the rows of a sheet below the one that begins with head.
func find(t *testing.T, rows [][]string, head string) [][]string {
	t.Helper()
	for i, row := range rows {
		if row[0] == head && (i+1 == len(rows) || rows[i+1][0] != head) {
			return rows[i:]
		}
	}
	t.Fatalf("no row %q in %q", head, rows)
	return nil
}

func TestOverview(t *testing.T) {
	rows := find(t, sheets(t, small())["汇总"], "单位")
	want := [][]string{
		{"单位", "类别", "报送文件", "达标", "空泛", "只有打算", "雷同", "缺项", "不适用", "未判", "差距合计", "文件问题", "权责清单", "政务公开"},
		{"青石区", "县级政府", "2份，1份未读全", "1", "0", "0", "0", "1", "0", "0", "1", "0", "√", "缺"},
		{"白鹭县", "县级政府", "未报送", "0", "0", "0", "0", "0", "0", "2", "0", "1", "？", "？"},
		{"合计", "", "2份", "1", "0", "0", "0", "1", "0", "2", "1", "1", "0", "1"},
	}
	if d := cmp.Diff(want, rows); d != "" {
		t.Error(d)
	}
}

func TestGapSheets(t *testing.T) {
	m := sheets(t, small())
	rows := find(t, m["全部"], "序号")
	want := [][]string{
		{"序号", "单位", "指标编号", "指标内容", "问题类型", "问题表述", "原文位置", "原文摘录", "参照来源", "整改要求", "责任科室", "完成时限", "整改进展", "销号状态", "本轮", "审查意见", "审查备注", "编号", "意见版本"},
		{"1", "青石区", "1", "权责清单", "雷同", "疑似雷同。（实测45.2%，界限≥30%）\n另请注意：未达标。\n另请注意：率无基数。", "报告.docx\n一、成效\n第3段", "<持续>",
			"市政府\n上位文件/市方案.txt\n“持续推进”", "请改写。", "法制科", "3月底", "正在改", "整改中", "", "待核", "", "f2", "0"},
		{"2", "白鹭县", "", "", "未报送", "没有收到文件。", "", "", "", "", "", "", "", "未销号", "", "待核", "", "f1", "0"},
	}
	if d := cmp.Diff(want, rows); d != "" {
		t.Error(d)
	}
	own := find(t, m["青石区"], "序号")
	want = [][]string{forUnit(slices.Clone(want[0]), false), forUnit(slices.Clone(want[1]), false)}
	if d := cmp.Diff(want, own); d != "" {
		t.Error(d)
	}
	for unit, say := range map[string]string{
		"青石区": "附件.pdf：读不出，扫描件：没有文字层，无法判读。", "白鹭县": "未报送任何材料，适用的指标均未判。",
	} {
		if note := m[unit][1][0]; !strings.Contains(note, say) {
			t.Errorf("the note of %s is %q, want %q in it", unit, note, say)
		}
	}
}

func TestQuotesAreCutBehindAMark(t *testing.T) {
	for _, c := range []struct {
		text string
		n    int
		want string
	}{
		{"逐条核对，逐条销号。", 20, "逐条核对，逐条销号。"},
		{"逐条核对，逐条销号。", 7, "逐条核对，……"},
		{"逐条核对清单并且销号", 5, "逐条核对清……"},
		{"先核对，后由法规科统一销号归档", 13, "先核对，后由法规科统一销号……"}, // the mark is too far back
	} {
		if got := cutQuote(c.text, c.n); got != c.want {
			t.Errorf("cutQuote(%s, %d) = %s, want %s", c.text, c.n, got, c.want)
		}
	}
}

func TestNotesStandBesideTheirRows(t *testing.T) {
	r := small()
	r.Rows = append(r.Rows, rules.Row{Unit: "青石区", Indicator: "met", No: "9", Title: "备案", Status: rules.Met, Why: "写明了。",
		Notes: []string{"未达标：材料写的是80%，要求100%。"}})
	if rows := find(t, sheets(t, r)["另请核实"], "序号"); len(rows) < 2 || !slices.ContainsFunc(rows, func(row []string) bool {
		return row[2] == "9" && row[4] == "达标" && row[5] == "未达标：材料写的是80%，要求100%。"
	}) {
		t.Errorf("另请核实 has %q, want the note on a row without a gap", rows)
	}
	md := text(t, Markdown, r)
	for _, must := range []string{"另请注意：率无基数。", "- 9 备案（达标）：未达标：材料写的是80%，要求100%。"} {
		if !strings.Contains(md, must) {
			t.Errorf("the Markdown does not say %q:\n%s", must, md)
		}
	}
}

func TestEverySheetIsThere(t *testing.T) {
	m := sheets(t, small())
	files := find(t, m["文件"], "文件")
	if len(files) != 5 || files[2][1] != "读不出" || files[4][0] != "视频.mp4" {
		t.Errorf("文件 has %q, want every file and the one left out", files)
	}
	if row := find(t, m["雷同"], "序号")[1]; row[3] != "<持续>" || row[7] != "持续推进" || row[4] != "引用" || row[9] != "10.0%" {
		t.Errorf("雷同 has %q, want both quotes and the share", row)
	}
	if row := find(t, m["指标"], "指标编号")[2]; row[len(row)-1] != "青石区（缺项）" {
		t.Errorf("指标 has %q, want the unit with the gap", row)
	}
	words := ""
	for _, row := range m["说明"] {
		words += strings.Join(row, " ") + "\n"
	}
	for _, must := range []string{"0.1.0", "市级 3", "gojieba 1.4.7", "docx/1、text/1", "？　未判"} {
		if !strings.Contains(words, must) {
			t.Errorf("说明 does not say %q", must)
		}
	}
}

func TestManyUnitsHaveNoSheetsOfTheirOwn(t *testing.T) {
	r := small()
	for i := range maxUnitSheets {
		r.Units = append(r.Units, Unit{Unit: corpus.Unit{Name: fmt.Sprint("某站", i)}})
	}
	m := sheets(t, r)
	if len(m) != 7 || m["青石区"] != nil {
		t.Errorf("%d sheets for %d units, want the seven of all units", len(m), len(r.Units))
	}
	if note := m["汇总"][1][0]; !strings.Contains(note, "gaps 文件夹 --format unit") {
		t.Errorf("汇总 does not say where the units' lists are: %q", note)
	}
}

func TestUnitWithoutFindings(t *testing.T) {
	r := small()
	r.Findings = nil
	if row := find(t, sheets(t, r)["青石区"], "序号")[1]; row[4] != "在已读出的材料中没有发现差距。" {
		t.Errorf("the list of a unit without findings is %q", row)
	}
}

func TestFileNames(t *testing.T) {
	of := func(unit, id string) Document { return Document{ID: id, Unit: corpus.Taken{Value: unit}} }
	r := &Report{Documents: []Document{of("甲局", "甲局/报告.docx"), of("乙局", "乙局/报告.docx"), of("乙局", "乙局/附件.zip!/报告.docx"), of("", "散/方案.txt")}}
	want := map[string]string{"甲局/报告.docx": "报告.docx", "乙局/报告.docx": "乙局/报告.docx",
		"乙局/附件.zip!/报告.docx": "乙局/附件.zip!/报告.docx", "散/方案.txt": "散/方案.txt"}
	if d := cmp.Diff(want, r.fileNames()); d != "" {
		t.Error(d)
	}
}

func TestLongQuotesAreCut(t *testing.T) {
	r := small()
	r.Findings[0].Evidence.Quote = strings.Repeat("长", maxQuote+1)
	row := find(t, sheets(t, r)["全部"], "序号")[1]
	if want := strings.Repeat("长", maxQuote) + "……"; row[7] != want {
		t.Errorf("a quote of %d characters is shown as %d", maxQuote+1, len([]rune(row[7])))
	}
}

func TestReportWithoutAnything(t *testing.T) {
	m := sheets(t, &Report{})
	if len(m) != 6 {
		t.Errorf("an empty report has %d sheets, want the 6 that are always there", len(m))
	}
	if s := text(t, Summary{}.Write, &Report{}); !strings.HasPrefix(s, "单位 0 家，文件 0 份") {
		t.Errorf("the summary of nothing is %q", s)
	}
}

func TestSummary(t *testing.T) {
	s := Summary{Width: 80, Units: 7, Top: 3, Files: []Saved{
		{Path: "差距清单/差距清单-2.xlsx", Kept: "差距清单/差距清单.xlsx", Why: "已被人工修改"}, {Path: "差距清单/差距清单.json"},
	}, Next: []string{"duibiao search 报送 权责清单"}}
	got := text(t, s.Write, invented(9, 6))
	golden(t, "summary.txt", got)
	if strings.ContainsRune(got, '\x1b') {
		t.Error("colour codes without being asked")
	}
	s.Colour = true
	coloured := text(t, s.Write, invented(9, 6))
	if plain := strings.NewReplacer("\x1b[1m", "", "\x1b[0m", "").Replace(coloured); plain != got || plain == coloured {
		t.Error("colour changes more than the colour, or nothing")
	}
}

func TestSummaryIsSafeForTerminals(t *testing.T) {
	r := small()
	r.Findings[0].Message = "坏\x1b[2J\n字"
	r.Documents[1].ID = "a\x1bb\nc.pdf"
	if got := text(t, Summary{}.Write, r); strings.ContainsAny(got, "\x1b") || !strings.Contains(got, "a b c.pdf") {
		t.Errorf("the summary is %q, want no control characters", got)
	}
}

func TestSummaryCountsTheSkippedItDoesNotName(t *testing.T) {
	r := small()
	for len(r.Skipped) < 25 {
		r.Skipped = append(r.Skipped, Skipped{Path: strings.Repeat("图", len(r.Skipped)) + ".png", Reason: "图片"})
	}
	got := text(t, Summary{}.Write, r)
	if strings.Count(got, ".png：") != 20 || !strings.Contains(got, "另有 5 个") {
		t.Errorf("the summary names the skipped files so: %s", got)
	}
}

func TestSummaryLeavesOutWhatIsSettled(t *testing.T) {
	r := small()
	r.Decisions["f1"] = Decision{Status: Closed}
	r.Decisions["f2"] = Decision{Review: Exempted}
	if got := text(t, Summary{}.Write, r); strings.Contains(got, "先看这几条") {
		t.Errorf("the summary shows findings that are closed: %s", got)
	}
}

func TestDocumentOf(t *testing.T) {
	var b corpus.Builder
	b.Page(1)
	b.Text("已办结三十件。")
	b.Page(2)
	b.Unread("没有文字层。")
	part := DocumentOf(corpus.Submission{ID: "a.pdf", Doc: b.End("pdf/1", "")})
	if part.Status != Partial || part.Reason != "第2页：没有文字层" || part.Runes != 8 || part.Pages != 2 {
		t.Errorf("DocumentOf = %+v, want a partial document that says why", part)
	}
	b.Text("全文")
	if whole := DocumentOf(corpus.Submission{ID: "b.txt", Doc: b.End("text/1", "GB18030")}); whole.Status != OK || whole.Encoding != "GB18030" {
		t.Errorf("DocumentOf = %+v, want ok", whole)
	}
	if none := DocumentOf(corpus.Submission{ID: "c.pdf", Reason: "文件已损坏。"}); none.Status != Unreadable || none.Reason != "文件已损坏。" {
		t.Errorf("DocumentOf = %+v, want unreadable with the reason", none)
	}
}

func TestWritersReportFailure(t *testing.T) {
	full := errors.New("disk full")
	for name, write := range map[string]func(io.Writer, *Report) error{
		"JSON": JSON, "ReuseLines": ReuseLines, "XLSX": XLSX, "Summary": Summary{}.Write,
	} {
		if err := write(failing{full}, small()); !errors.Is(err, full) {
			t.Errorf("%s = %v, want %v", name, err, full)
		}
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// BenchmarkXLSX writes a workbook of 2,000 findings, once in 全部 and once in
// the sheets of the units: -benchtime 5x says its milliseconds.
func BenchmarkXLSX(b *testing.B) {
	r := invented(70, 60)
	r.Findings = r.Findings[:min(2000, len(r.Findings))]
	for b.Loop() {
		if err := XLSX(io.Discard, r); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(r.Findings)), "findings")
	b.ReportMetric(float64(b.Elapsed().Milliseconds())/float64(b.N), "ms/op")
}

// TestListForAUnit holds that what is sent to a unit says nothing of other
// units, of what the office thinks, and of the program; and that it comes back.
func TestListForAUnit(t *testing.T) {
	r := small()
	r.Decisions["f2"] = Decision{Review: Confirmed, Note: "内部意见"}
	r.Findings[0].Message = "没有读出来：读取超时。可用 --timeout 延长时限后重跑，或请单位另存后重新报送。本单位的材料待补。"
	path := filepath.Join(t.TempDir(), "x.xlsx")
	var b bytes.Buffer
	if err := UnitXLSX(&b, r, "青石区"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	tables, err := xlsx.ReadTables(path)
	if err != nil {
		t.Fatal(err)
	}
	all, names := "", ""
	for _, table := range tables {
		names += table.Sheet + " "
		for _, row := range table.Rows {
			for _, c := range row {
				all += c.Text + "\n"
			}
		}
	}
	if names != "青石区 另请核实 文件 说明 " {
		t.Errorf("the sheets are %s", names)
	}
	for _, not := range []string{"白鹭县", "内部意见", "审查意见", "--timeout", "返回汇总"} {
		if strings.Contains(all, not) {
			t.Errorf("the list for the unit says %q", not)
		}
	}
	if !strings.Contains(all, "你单位的材料待补") || !strings.Contains(all, "附件.pdf：读不出") {
		t.Errorf("the list for the unit does not speak to the unit: %s", all)
	}
	entries, err := ReadLedger(path)
	if err != nil || len(entries) != 1 || entries[0].ID != "f2" || entries[0].Office {
		t.Errorf("ReadLedger = %+v, %v; want the one finding, without an opinion", entries, err)
	}
	if err := UnitXLSX(io.Discard, r, "别处"); err == nil {
		t.Error("a list was written for a unit that is not there")
	}
}
