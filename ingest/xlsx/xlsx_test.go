package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"duibiao/corpus"
)

// workbook saves a workbook that build filled, and returns its path.
func workbook(t testing.TB, build func(f *excelize.File), opts ...excelize.Options) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	build(f)
	path := filepath.Join(t.TempDir(), "指标表.xlsx")
	if err := f.SaveAs(path, opts...); err != nil {
		t.Fatal(err)
	}
	return path
}

func set(t testing.TB, f *excelize.File, sheet string, cells map[string]any) {
	t.Helper()
	for at, v := range cells {
		if err := f.SetCellValue(sheet, at, v); err != nil {
			t.Fatal(err)
		}
	}
}

// shape draws a table: ^ above, < left of it is where the text comes from.
func shape(t Table) string {
	var b strings.Builder
	for _, row := range t.Rows {
		for i, c := range row {
			if i > 0 {
				b.WriteString("|")
			}
			if c.Above {
				b.WriteString("^")
			}
			if c.Left {
				b.WriteString("<")
			}
			b.WriteString(c.Text)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestMergedCells(t *testing.T) {
	path := workbook(t, func(f *excelize.File) {
		set(t, f, "Sheet1", map[string]any{
			"A1": "指标体系（试行）", "A3": "序号", "B3": "一级指标", "C3": "评分要点",
			"A4": 1, "B4": " 依法行政 ", "C4": "权责清单", "A5": 2, "C5": "负面清单", "A6": 3, "B6": "监督", "C6": "政务公开",
		})
		for _, m := range [][2]string{{"A1", "E1"}, {"B4", "B5"}, {"C6", "D9"}} {
			if err := f.MergeCell("Sheet1", m[0], m[1]); err != nil {
				t.Fatal(err)
			}
		}
	})
	got, err := ReadTables(path)
	if err != nil {
		t.Fatal(err)
	}
	want := "指标体系（试行）|<指标体系（试行）|<指标体系（试行）\n" +
		"||\n" +
		"序号|一级指标|评分要点\n" +
		"1|依法行政|权责清单\n" +
		"2|^依法行政|负面清单\n" +
		"3|监督|政务公开\n"
	if d := cmp.Diff(want, shape(got[0])); d != "" {
		t.Error(d)
	}
}

func TestValuesAsShown(t *testing.T) {
	formats := map[string]struct {
		value any
		num   int
		code  string
		want  string
	}{
		"A1": {45669, 14, "", "2025/1/12"},
		"A2": {45669, 0, `yyyy"年"m"月"d"日"`, "2025年1月12日"},
		"A3": {45669, 0, "yyyy-mm-dd", "2025-01-12"},
		"A4": {0.452, 10, "", "45.20%"},
		"A5": {0.1 + 0.2, 0, "", "0.3"},
		"A6": {1234567.5, 4, "", "1,234,567.50"},
		"A7": {202500123, 0, "", "202500123"},
		"A8": {true, 0, "", "TRUE"},
		"A9": {7, 0, "000", "007"},
	}
	path := workbook(t, func(f *excelize.File) {
		for at, v := range formats {
			set(t, f, "Sheet1", map[string]any{at: v.value})
			style := &excelize.Style{NumFmt: v.num}
			if v.code != "" {
				style.CustomNumFmt = &v.code
			}
			id, err := f.NewStyle(style)
			if err != nil {
				t.Fatal(err)
			}
			if err := f.SetCellStyle("Sheet1", at, at, id); err != nil {
				t.Fatal(err)
			}
		}
	})
	got, err := ReadTables(path)
	if err != nil {
		t.Fatal(err)
	}
	for i, row := range got[0].Rows {
		if want := formats[fmt.Sprint("A", i+1)].want; row[0].Text != want {
			t.Errorf("row %d reads %q, want %q", i+1, row[0].Text, want)
		}
	}
}

func TestSheets(t *testing.T) {
	path := workbook(t, func(f *excelize.File) {
		for _, name := range []string{"空表", "名册", "隐藏"} {
			if _, err := f.NewSheet(name); err != nil {
				t.Fatal(err)
			}
		}
		set(t, f, "名册", map[string]any{"C2": "青石镇"})
		set(t, f, "隐藏", map[string]any{"A1": "也要读"})
		if err := f.SetSheetVisible("隐藏", false); err != nil {
			t.Fatal(err)
		}
	})
	got, err := ReadTables(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0].Sheet != "名册" || got[1].Sheet != "隐藏" {
		t.Fatalf("ReadTables = %v, want the sheets 名册 and 隐藏", got)
	}
	if s := shape(got[0]); s != "||\n||青石镇\n" {
		t.Errorf("名册 reads %q", s)
	}
}

func TestFilesThatAreNoWorkbook(t *testing.T) {
	dir := t.TempDir()
	good, err := os.ReadFile(workbook(t, func(f *excelize.File) { set(t, f, "Sheet1", map[string]any{"A1": "单位"}) }))
	if err != nil {
		t.Fatal(err)
	}
	locked, err := os.ReadFile(workbook(t, func(f *excelize.File) { set(t, f, "Sheet1", map[string]any{"A1": "单位"}) },
		excelize.Options{Password: "123456"}))
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		bytes []byte
		want  error
	}{
		"empty":          {nil, corpus.ErrEmpty},
		"no text":        {mustRead(t, workbook(t, func(*excelize.File) {})), corpus.ErrEmpty},
		"password":       {locked, corpus.ErrEncrypted},
		"old":            {append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 2000)...), corpus.ErrUnsupported},
		"text":           {[]byte("单位,类别\n"), corpus.ErrBroken},
		"cut":            {good[:len(good)/2], corpus.ErrBroken},
		"other zip":      {zipped(t, map[string]string{"a.txt": "x"}), corpus.ErrBroken},
		"half a sheet":   {edited(t, good, "xl/worksheets/sheet1.xml", func(s string) string { return s[:len(s)-20] }), corpus.ErrBroken},
		"no sheet":       {edited(t, good, "xl/worksheets/sheet1.xml", nil), corpus.ErrBroken},
		"no relations":   {edited(t, good, "xl/_rels/workbook.xml.rels", nil), corpus.ErrBroken},
		"one far column": {mustRead(t, workbook(t, func(f *excelize.File) { set(t, f, "Sheet1", map[string]any{"XFD1": "x", "A400": "y"}) })), corpus.ErrTooLarge},
	} {
		path := filepath.Join(dir, name+".xlsx")
		if err := os.WriteFile(path, c.bytes, 0o666); err != nil {
			t.Fatal(err)
		}
		if got, err := ReadTables(path); !errors.Is(err, c.want) {
			t.Errorf("%s: ReadTables = %v, %v; want %v", name, got, err, c.want)
		}
	}
	if _, err := ReadTables(dir); !errors.Is(err, corpus.ErrUnsupported) {
		t.Errorf("ReadTables of a folder = %v, want ErrUnsupported", err)
	}
	if _, err := ReadTables(filepath.Join(dir, "nowhere.xlsx")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("ReadTables = %v, want that there is no such file", err)
	}
}

func TestLimits(t *testing.T) {
	path := workbook(t, func(f *excelize.File) { set(t, f, "Sheet1", map[string]any{"A1": "单位", "C4": "类别"}) })
	b := mustRead(t, path)
	csv := []byte("单位\n\n\n\n\n类别\n")
	plain := func([]byte) (string, string, error) { return "", "", errors.New("not asked for") }
	if _, err := parse(b, limits{file: 1 << 20, unpacked: 1 << 20, cells: 12}); err != nil {
		t.Errorf("parse = %v, want a table of 12 cells to be read", err)
	}
	for name, max := range map[string]limits{
		"unpacked": {file: 1 << 20, unpacked: 900, cells: 100},
		"area":     {file: 1 << 20, unpacked: 1 << 20, cells: 11},
		"cells":    {file: 1 << 20, unpacked: 1 << 20, cells: 3},
	} {
		if _, err := parse(b, max); !errors.Is(err, corpus.ErrTooLarge) {
			t.Errorf("%s: parse = %v, want ErrTooLarge", name, err)
		}
	}
	if _, err := load(path, limits{file: int64(len(b)) - 1}); !errors.Is(err, corpus.ErrTooLarge) {
		t.Errorf("load = %v, want ErrTooLarge", err)
	}
	for _, max := range []limits{{file: 3, cells: 100}, {file: 100, cells: 4}} {
		if _, err := parseCSV(csv, plain, max); !errors.Is(err, corpus.ErrTooLarge) {
			t.Errorf("parseCSV within %v = %v, want ErrTooLarge", max, err)
		}
	}
}

func mustRead(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func zipped(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := newSortedZip(&b)
	for name, s := range parts {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(s)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// edited is the workbook b with one part changed, or left out when edit is nil.
func edited(t testing.TB, b []byte, part string, edit func(string) string) []byte {
	t.Helper()
	parts := unzipped(t, b)
	if _, ok := parts[part]; !ok {
		t.Fatalf("no part %s", part)
	}
	if edit == nil {
		delete(parts, part)
	} else {
		parts[part] = edit(parts[part])
	}
	return zipped(t, parts)
}

func unzipped(t testing.TB, b []byte) map[string]string {
	t.Helper()
	r, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range r.File {
		rc, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		var s bytes.Buffer
		if _, err := s.ReadFrom(rc); err != nil {
			t.Fatal(err)
		}
		rc.Close()
		parts[f.Name] = s.String()
	}
	return parts
}

func TestCSV(t *testing.T) {
	decode := func(b []byte) (string, string, error) {
		if bytes.HasPrefix(b, []byte("\xB5\xA5")) { // 单 in GB18030
			return "单位,类别\n", "GB18030", nil
		}
		return "", "", errors.New("unknown encoding")
	}
	for _, c := range []struct{ in, want string }{
		{"单位,类别\n青石镇,乡镇街道\n", "单位|类别\n青石镇|乡镇街道\n"},
		{"\xEF\xBB\xBF单位,类别\r\n青石镇\r\n", "单位|类别\n青石镇|\n"},
		{"单位\t类别\n甲,乙\t丙\n", "单位|类别\n甲,乙|丙\n"},
		{"单位;类别\n甲;乙\n", "单位|类别\n甲|乙\n"},
		{"\"单位,全称\";类别\n甲;乙\n", "单位,全称|类别\n甲|乙\n"},
		{"单位,类别\n\n\"多\n行\", 乙 \n丙\n", "单位|类别\n|\n多\n行|乙\n丙|\n"},
		{"单位\r甲\r", "单位\n甲\n"},
		{"单位,做法\n甲,设\"一窗\"通办\n", "单位|做法\n甲|设\"一窗\"通办\n"},
		{"\xB5\xA5", "单位|类别\n"},
	} {
		got, err := ReadCSV("名册.csv", []byte(c.in), decode)
		if err != nil {
			t.Errorf("ReadCSV(%q): %v", c.in, err)
			continue
		}
		if d := cmp.Diff(c.want, shape(got[0])); d != "" {
			t.Errorf("ReadCSV(%q): %s", c.in, d)
		}
	}
	for in, want := range map[string]error{
		"":                 corpus.ErrEmpty,
		" \n,,\n":          corpus.ErrEmpty,
		"单位\n\"甲\n乙\n":     corpus.ErrBroken,
		"\xFF\xFE\x00\xD8": corpus.ErrBroken,
	} {
		if _, err := ReadCSV("名册.csv", []byte(in), decode); !errors.Is(err, want) {
			t.Errorf("ReadCSV of %d bytes = %v, want %v", len(in), err, want)
		}
	}
}

func TestWriteReadsBack(t *testing.T) {
	book := Book{Title: "差距清单", Sheets: []Sheet{
		{Name: "汇总", Title: "汇总表", Note: "说明", Freeze: 1, Wide: 2,
			Columns: []Column{{Title: "单位", Width: 16}, {Title: "指标一", Above: "1", Width: 4, Upright: true}, {Title: "占比", Width: 8}},
			Rows: [][]Value{
				{{Text: "青石区", Style: Link, Sheet: "青石区"}, Text("缺").With(Absent), Share(0.4521)},
				{Text("合计").With(Total), Number(3)},
			}},
		{Name: "青石区", Title: "青石区差距", Back: "汇总", Filter: true,
			Columns: []Column{{Title: "问题", Width: 30}, {Title: "依据", Width: 20}, {Title: "状态", Width: 10, Choices: []string{"未销号", "已销号"}}, {Title: "编号", Width: 5, Hidden: true}},
			Rows:    [][]Value{{Text("甲\n乙"), {}, Text("未销号"), Text("f1")}}},
	}}
	b := written(t, book)
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if d := cmp.Diff([]string{"汇总", "青石区"}, f.GetSheetList()); d != "" {
		t.Error(d)
	}
	for at, want := range map[string]string{"A1": "汇总表", "A2": "说明", "A4": "单位", "B3": "1", "B4": "指标一", "A5": "青石区", "B5": "缺", "C5": "45.2%", "B6": "3"} {
		if got, err := f.GetCellValue("汇总", at); err != nil || got != want {
			t.Errorf("汇总 %s = %q, %v; want %q", at, got, err, want)
		}
	}
	if ok, to, err := f.GetCellHyperLink("汇总", "A5"); !ok || to != "'青石区'!A1" || err != nil {
		t.Errorf("汇总 A5 links to %q, %v", to, err)
	}
	if panes, err := f.GetPanes("汇总"); err != nil || !panes.Freeze || panes.XSplit != 1 || panes.YSplit != 4 {
		t.Errorf("panes = %+v, %v; want 1 column and 4 rows frozen", panes, err)
	}
	page, err := f.GetPageLayout("汇总")
	if err != nil || *page.Size != 9 || *page.Orientation != "landscape" || *page.FitToWidth != 2 || *page.FitToHeight != 0 {
		t.Errorf("page = %+v, %v; want A4 landscape, 2 pages wide", page, err)
	}
	if props, err := f.GetSheetProps("青石区"); err != nil || !*props.FitToPage {
		t.Errorf("props = %+v, %v; want fit to page", props, err)
	}
	lists, err := f.GetDataValidations("青石区")
	if err != nil || len(lists) != 1 || lists[0].Sqref != "C3:C3" || lists[0].Formula1 != `"未销号,已销号"` {
		t.Errorf("lists = %+v, %v", lists, err)
	}
	if seen, err := f.GetColVisible("青石区", "D"); seen || err != nil {
		t.Errorf("column D is seen: %v, %v", seen, err)
	}
	var names []string
	for _, n := range f.GetDefinedName() {
		names = append(names, n.Name+" "+n.Scope+" "+n.RefersTo)
	}
	if d := cmp.Diff([]string{
		"_xlnm.Print_Titles 汇总 '汇总'!$A:$A,'汇总'!$3:$4",
		"_xlnm._FilterDatabase 青石区 '青石区'!$A$2:$D$3",
		"_xlnm.Print_Titles 青石区 '青石区'!$2:$2",
	}, names); d != "" {
		t.Error(d)
	}
	if !bytes.Equal(b, written(t, book)) {
		t.Error("the same book has other bytes")
	}
}

func written(t testing.TB, b Book) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, b); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func TestTextsThatProgramsMistake(t *testing.T) {
	long := strings.Repeat("长", maxText) + "尾"
	texts := []struct{ in, want string }{
		{"=HYPERLINK(\"x\")", "=HYPERLINK(\"x\")"},
		{"+1", "+1"}, {"-依法行政", "-依法行政"}, {"@SUM(1)", "@SUM(1)"}, {"＝1+1", "＝1+1"},
		{"a\x00b\x1Fc\uFFFEd\xFFe", "abcd\uFFFDe"},
		{"一\r\n二\r三", "一\n二\n三"},
		{"_x0041_", "_x0041_"},
		{"<a & b>", "<a & b>"},
		{long, strings.Repeat("长", maxText-utf8.RuneCountInString(cutMark)) + cutMark},
		{strings.Repeat("长", maxText), strings.Repeat("长", maxText)},
	}
	s := Sheet{Name: "s", Columns: []Column{{Title: "t", Width: 10}}}
	for _, c := range texts {
		s.Rows = append(s.Rows, []Value{Text(c.in)})
	}
	b := written(t, Book{Sheets: []Sheet{s}})
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for i, c := range texts {
		at := fmt.Sprint("A", i+2)
		got, err := f.GetCellValue("s", at)
		if err != nil || got != c.want {
			t.Errorf("%.20q is read back as %.20q, %v", c.in, got, err)
		}
		if formula, err := f.GetCellFormula("s", at); formula != "" || err != nil {
			t.Errorf("%.20q became the formula %q, %v", c.in, formula, err)
		}
		id, err := f.GetCellStyle("s", at)
		if err != nil {
			t.Fatal(err)
		}
		if style, err := f.GetStyle(id); err != nil || (style.NumFmt == 49) != (i < 5) {
			t.Errorf("%.20q has number format %d, %v; text format is for what looks like a formula", c.in, style.NumFmt, err)
		}
	}
}

func TestSheetNames(t *testing.T) {
	var b Book
	long := strings.Repeat("某", 40)
	for _, name := range []string{"", "a/b:c", "A B C", "a b c", "History", long, long, "甲'乙", "  ", "\U00020000" + long} {
		b.Sheets = append(b.Sheets, Sheet{Name: name})
	}
	want := []string{"表", "a b c", "A B C(2)", "a b c(3)", "History(2)", long[:31*3], long[:28*3] + "(2)", "甲’乙", "表(2)",
		"\U00020000" + long[:29*3]}
	if d := cmp.Diff(want, b.Names()); d != "" {
		t.Error(d)
	}
	for i := range b.Sheets {
		b.Sheets[i].Columns = []Column{{Title: "t", Width: 9}}
		b.Sheets[i].Filter = true
		b.Sheets[i].Rows = [][]Value{{Text("x")}}
	}
	f, err := excelize.OpenReader(bytes.NewReader(written(t, b)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if d := cmp.Diff(want, f.GetSheetList()); d != "" {
		t.Error(d)
	}
}

func TestNamesOfEachSheetStay(t *testing.T) {
	var b Book
	for i := range 3 {
		b.Sheets = append(b.Sheets, Sheet{Name: fmt.Sprint("某局", i), Filter: true, Columns: []Column{{Title: "t", Width: 9}}, Rows: [][]Value{{Text("x")}}})
	}
	f, err := excelize.OpenReader(bytes.NewReader(written(t, b)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var got []string
	for _, n := range f.GetDefinedName() {
		got = append(got, n.Name+" "+n.Scope+" "+n.RefersTo)
	}
	want := []string{
		"_xlnm._FilterDatabase 某局0 '某局0'!$A$1:$A$2", "_xlnm.Print_Titles 某局0 '某局0'!$1:$1",
		"_xlnm._FilterDatabase 某局1 '某局1'!$A$1:$A$2", "_xlnm.Print_Titles 某局1 '某局1'!$1:$1",
		"_xlnm._FilterDatabase 某局2 '某局2'!$A$1:$A$2", "_xlnm.Print_Titles 某局2 '某局2'!$1:$1",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestRowsAreHighEnough(t *testing.T) {
	for _, c := range []struct {
		text  string
		width float64
		want  float64
	}{
		{"", 10, 1}, {"甲乙丙丁戊", 10, 1}, {"甲乙丙丁戊己", 10, 2}, {"甲\n\n乙", 10, 3}, {"2025", 4, 1}, {"2025年", 4, 2}, {"甲", 1, 1},
	} {
		if got := lines(c.text, c.width); got != c.want {
			t.Errorf("lines(%q, %v) = %v, want %v", c.text, c.width, got, c.want)
		}
	}
	s := Sheet{Name: "s", Columns: []Column{{Title: "t", Width: 10}, {Title: "h", Width: 1, Hidden: true}}, Rows: [][]Value{
		{Text("甲"), Text("不计隐藏列")}, {Text("甲乙丙丁戊己")}, {Text(strings.Repeat("长", 2000))},
	}}
	f, err := excelize.OpenReader(bytes.NewReader(written(t, Book{Sheets: []Sheet{s}})))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for i, want := range []float64{lineHeight + 4, 2*lineHeight + 4, maxHeight} {
		if got, err := f.GetRowHeight("s", i+2); got != want || err != nil {
			t.Errorf("row %d is %v high, %v; want %v", i+2, got, err, want)
		}
	}
}

func TestWriteNothing(t *testing.T) {
	if err := Write(&bytes.Buffer{}, Book{}); err == nil {
		t.Error("Write made a workbook without a sheet")
	}
	written(t, Book{Sheets: []Sheet{{Name: "空"}}})
}

func TestCellNames(t *testing.T) {
	for _, c := range [][2]int{{1, 1}, {26, 9}, {27, 10}, {702, 100}, {703, 2000}, {16384, 1048576}} {
		want, err := excelize.CoordinatesToCellName(c[0], c[1])
		if err != nil {
			t.Fatal(err)
		}
		if got := cell(c[0], c[1]); got != want {
			t.Errorf("cell(%d, %d) = %s, want %s", c[0], c[1], got, want)
		}
	}
}

func FuzzReadTables(f *testing.F) {
	book := mustRead(f, workbook(f, func(x *excelize.File) { set(f, x, "Sheet1", map[string]any{"A1": "单位", "B2": 3.5}) }))
	f.Add(book)
	f.Add(book[:len(book)/2])
	f.Add([]byte("PK\x05\x06"))
	f.Add([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))
	for _, forged := range []string{"A1:XFD1048576", "A1", ":", "B2:A1"} {
		f.Add(edited(f, book, "xl/worksheets/sheet1.xml", func(s string) string {
			return strings.Replace(s, "</sheetData>", `</sheetData><mergeCells><mergeCell ref="`+forged+`"/></mergeCells>`, 1)
		}))
	}
	for _, cell := range []string{`<c r="ZZZZ9"/>`, `<c r="A1" t="s"><v>99</v></c>`, `<c r="B1" s="77"><v>1e999</v></c>`} {
		f.Add(edited(f, book, "xl/worksheets/sheet1.xml", func(s string) string {
			return strings.Replace(s, "<sheetData>", "<sheetData><row>"+cell+"</row>", 1)
		}))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		tables, err := parse(b, limits{1 << 20, 10 << 20, 100_000})
		checkTables(t, tables, err)
	})
}

func FuzzReadCSV(f *testing.F) {
	for _, s := range []string{"单位,类别\n甲,乙\n", "\"", "a\tb\n\n\"c\nd\"", "\r", "\xFF\xFE\x00"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		tables, err := ReadCSV("x", b, func([]byte) (string, string, error) { return "", "", errors.New("unknown") })
		checkTables(t, tables, err)
	})
}

// checkTables holds what Table promises.
func checkTables(t *testing.T, tables []Table, err error) {
	if (err == nil) != (len(tables) > 0) {
		t.Fatalf("%d tables and %v", len(tables), err)
	}
	for _, table := range tables {
		for i, row := range table.Rows {
			if len(row) != len(table.Rows[0]) || len(row) == 0 {
				t.Fatalf("row %d has %d cells, the first %d", i+1, len(row), len(table.Rows[0]))
			}
			for j, c := range row {
				if c.Text != strings.TrimSpace(c.Text) {
					t.Fatalf("cell %q has space around it", c.Text)
				}
				if c.Above && c.Text != table.Rows[i-1][j].Text || c.Left && c.Text != row[j-1].Text {
					t.Fatalf("cell %d of row %d does not repeat its merged text", j+1, i+1)
				}
			}
		}
	}
}

// BenchmarkWrite1000Sheets is a book of many units: the time may not grow with
// the cube of their number.
func BenchmarkWrite1000Sheets(b *testing.B) {
	var book Book
	for i := range 1000 {
		book.Sheets = append(book.Sheets, Sheet{Name: fmt.Sprint("某局", i), Filter: true,
			Columns: []Column{{Title: "列", Width: 9}}, Rows: [][]Value{{Text("x")}}})
	}
	for b.Loop() {
		if err := Write(&bytes.Buffer{}, book); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWrite2000Rows(b *testing.B) {
	s := Sheet{Name: "全部", Filter: true}
	for i := range 15 {
		s.Columns = append(s.Columns, Column{Title: fmt.Sprint("列", i), Width: 12})
	}
	for i := range 2000 {
		row := make([]Value, 15)
		for j := range row {
			row[j] = Text(fmt.Sprintf("第%d行第%d列：未见本年度办理件数，请补充可以核对的事实", i, j))
		}
		s.Rows = append(s.Rows, row)
	}
	for b.Loop() {
		if err := Write(&bytes.Buffer{}, Book{Sheets: []Sheet{s}}); err != nil {
			b.Fatal(err)
		}
	}
}
