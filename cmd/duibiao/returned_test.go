package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"duibiao/corpus/store"
	"duibiao/ingest/xlsx/xlsxtest"
)

// office is a reviewed folder in which two units have gaps.
type office struct {
	*testing.T
	dir string
}

func newOffice(t *testing.T) office {
	t.Helper()
	o := office{t, filepath.Join(t.TempDir(), "报送")}
	for name, text := range map[string]string{
		"指标体系.csv": "序号,三级指标,评分要点,责任单位\n1,行政复议,依法办理行政复议案件，统计收案和审结数量,各单位\n2,合法性审核,规范性文件出台前进行合法性审核,各单位\n3,法治培训,组织开展法治培训,各单位\n",
		"水利局.txt":  "云川县水利局2025年法治工作情况\n\n一、行政复议\n坚持复议为民，行政复议工作不断加强。\n二、合法性审核\n全年审核规范性文件12件，提出修改意见30条。\n三、法治培训\n4月15日举办法治培训班1期，参训86人。\n",
		"财政局.txt":  "云川县财政局2025年法治工作情况\n\n一、行政复议\n高度重视行政复议工作，行政复议质量不断提升。\n二、合法性审核\n切实加强规范性文件合法性审核，审核工作扎实推进。\n三、法治培训\n5月20日举办法治培训班2期，参训150人。\n",
	} {
		if err := os.MkdirAll(o.dir, 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(o.dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if code, _, say := o.run("check", o.dir, "-q"); code != exitDone {
		t.Fatalf("check ends with %d: %s", code, say)
	}
	return o
}

// copy is another folder in the same state.
func (o office) copy(t *testing.T) office {
	t.Helper()
	c := office{t, filepath.Join(t.TempDir(), "报送")}
	if err := os.CopyFS(c.dir, os.DirFS(o.dir)); err != nil {
		t.Fatal(err)
	}
	return c
}

func (o office) run(args ...string) (code int, stdout, stderr string) {
	var out, say bytes.Buffer
	code = run(context.Background(), args, strings.NewReader(""), &out, &say)
	return code, out.String(), say.String()
}

func (o office) path(parts ...string) string {
	return filepath.Join(append([]string{o.dir}, parts...)...)
}

// list is a fresh gap list, to be filled in.
func (o office) list() string {
	o.Helper()
	path := filepath.Join(o.TempDir(), "填.xlsx")
	if code, _, say := o.run("gaps", o.dir, "--out", path); code != exitDone {
		o.Fatalf("gaps ends with %d: %s", code, say)
	}
	return path
}

func (o office) edit(path string, change func(*xlsxtest.Book)) {
	o.Helper()
	if err := xlsxtest.Edit(path, change); err != nil {
		o.Fatal(err)
	}
}

// decided is what stands in the store about the only gap of 水利局, and how
// many findings have a decision.
func (o office) decided() (store.Decision, int) {
	o.Helper()
	st, err := store.Open(o.path(".duibiao"))
	if err != nil {
		o.Fatal(err)
	}
	defer st.Close()
	r, err := kept(st)
	if err != nil {
		o.Fatal(err)
	}
	all, err := st.Decisions()
	if err != nil {
		o.Fatal(err)
	}
	for _, f := range r.Findings {
		if f.Unit == "云川县水利局" && f.Title == "行政复议" {
			return all[f.ID], len(all)
		}
	}
	o.Fatal("the gap of 水利局 is not there")
	return store.Decision{}, 0
}

// TestReturnedLists holds that a list comes back whatever a person or WPS did
// to it that leaves it a list, and that nothing else is taken for one.
func TestReturnedLists(t *testing.T) {
	first := newOffice(t)
	const unit, sheet = "云川县水利局", "全部"
	for _, c := range []struct {
		name   string
		change func(*xlsxtest.Book)
		want   store.Decision // of 水利局's gap
		taken  int
		say    []string // in what the import says
		code   int
	}{
		{"rows in another order", func(b *xlsxtest.Book) {
			b.Set(sheet, unit, "整改进展", "已补")
			b.Reverse(sheet, "编号")
		}, store.Decision{Progress: "已补"}, 1, []string{"收回 1 条"}, exitDone},
		{"rows sorted without the hidden columns", func(b *xlsxtest.Book) {
			b.Set(sheet, unit, "整改进展", "已补")
			b.Reverse(sheet, "编号", "编号", "意见版本")
		}, store.Decision{}, 0, []string{"收回 0 条", "编号是另一条问题的（云川县水利局｜1 行政复议｜空泛），可能排序或粘贴时没有带上隐藏的列"}, exitNotJudged},
		{"a column more, a sheet of another name", func(b *xlsxtest.Book) {
			b.Insert(sheet, "单位", "经办人")
			b.Insert(sheet, "整改进展", "备用")
			b.Set(sheet, unit, "销号状态", "申请销号")
			b.Rename(sheet, "水利局填")
		}, store.Decision{Status: "asked"}, 1, []string{"收回 1 条"}, exitDone},
		{"one sheet alone", func(b *xlsxtest.Book) {
			b.Set(unit, "空泛", "责任科室", "法制科")
			b.Keep(unit)
		}, store.Decision{Section: "法制科"}, 1, []string{"收回 1 条"}, exitDone},
		{"a date", func(b *xlsxtest.Book) {
			b.Set(sheet, unit, "完成时限", time.Date(2026, 4, 30, 0, 0, 0, 0, time.UTC))
		}, store.Decision{Due: "2026/4/30"}, 1, []string{"收回 1 条"}, exitDone},
		{"a formula", func(b *xlsxtest.Book) {
			b.Formula(sheet, unit, "整改进展", "8+4", 12)
		}, store.Decision{Progress: "12"}, 1, []string{"收回 1 条"}, exitDone},
		{"a formula without a value", func(b *xlsxtest.Book) {
			b.Set(sheet, unit, "责任科室", "#N/A")
		}, store.Decision{}, 0, []string{"收回 0 条", "“责任科室”一格的公式出错（#N/A）"}, exitNotJudged},
		{"a row twice", func(b *xlsxtest.Book) {
			b.Set(sheet, unit, "整改进展", "第一稿")
			b.Repeat(sheet, unit)
			b.Set(sheet, "第一稿", "整改进展", "第二稿")
		}, store.Decision{Progress: "第二稿"}, 1, []string{"填了两处而不同（“第二稿”和“第一稿”），取前一处"}, exitNotJudged},
		{"a line break in a title", func(b *xlsxtest.Book) {
			b.Set(sheet, "编号", "编号", "编 号")
			b.Set(sheet, "销号状态", "销号状态", "销号\n状态")
			b.Set(sheet, unit, "整改进展", "已补")
		}, store.Decision{Progress: "已补"}, 1, []string{"收回 1 条"}, exitDone},
		{"an id that is none", func(b *xlsxtest.Book) {
			b.Set(sheet, unit, "整改进展", "已补")
			b.Set(sheet, unit, "编号", "0000")
		}, store.Decision{}, 0, []string{"收回 0 条", "“全部”表第4行（云川县水利局 1 空泛）：没有这个编号"}, exitNotJudged},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := first.copy(t)
			path := o.list()
			o.edit(path, c.change)
			code, say, fault := o.run("gaps", "import", path, o.dir, "--who", "王敏")
			if code != c.code {
				t.Errorf("import ends with %d, want %d: %s%s", code, c.code, say, fault)
			}
			for _, want := range c.say {
				if !strings.Contains(say, want) {
					t.Errorf("import says %q, want %q in it", say, want)
				}
			}
			got, n := o.decided()
			if got.Status == "open" {
				got.Status = ""
			}
			if n != c.taken || got.Status != c.want.Status || got.Section != c.want.Section || got.Due != c.want.Due || got.Progress != c.want.Progress {
				t.Errorf("the store has %d decisions, and of 水利局 %+v; want %d and %+v", n, got, c.taken, c.want)
			}
		})
	}
}

// TestEmptiedCell holds that what was taken back is gone, and that an old list
// in which it never stood does not take it away.
func TestEmptiedCell(t *testing.T) {
	o := newOffice(t)
	old, path := o.list(), o.list()
	set := func(path, value string) {
		o.edit(path, func(b *xlsxtest.Book) { b.Set("全部", "云川县水利局", "完成时限", value) })
	}
	for _, step := range []struct {
		path, value, want string
	}{{path, "3月底", "3月底"}, {old, "", "3月底"}, {"", "", ""}} {
		if step.path == "" {
			step.path = o.list()
		}
		set(step.path, step.value)
		if code, say, fault := o.run("gaps", "import", step.path, o.dir); code != exitDone {
			t.Fatalf("import ends with %d: %s%s", code, say, fault)
		}
		if got, _ := o.decided(); got.Due != step.want {
			t.Errorf("完成时限 is %q after %q was filled in, want %q", got.Due, step.value, step.want)
		}
	}
}

// TestListsForUnitsComeBack holds that the lists that are sent to units can be
// filled in there and taken in.
func TestListsForUnitsComeBack(t *testing.T) {
	o := newOffice(t)
	if code, say, fault := o.run("gaps", o.dir, "--format", "unit"); code != exitDone || strings.Count(say, "已写好") != 2 {
		t.Fatalf("gaps ends with %d: %s%s", code, say, fault)
	}
	path := o.path("差距清单", "单位清单", "云川县水利局.xlsx")
	o.edit(path, func(b *xlsxtest.Book) { b.Set("云川县水利局", "空泛", "销号状态", "整改中") })
	if code, say, fault := o.run("gaps", "import", path); code != exitDone || !strings.Contains(say, "收回 1 条") {
		t.Errorf("import ends with %d: %s%s", code, say, fault)
	}
	if got, _ := o.decided(); got.Status != "fixing" {
		t.Errorf("the store has %+v", got)
	}
	// What the unit filled in is not overwritten by the next list.
	if code, say, _ := o.run("gaps", o.dir, "--format", "unit", "--unit", "水利局"); code != exitDone || !strings.Contains(say, "云川县水利局-2.xlsx") || !strings.Contains(say, "已被人工修改") {
		t.Errorf("gaps ends with %d and says %s", code, say)
	}
}

// TestOutNamesAForm holds what --out may be.
func TestOutNamesAForm(t *testing.T) {
	o := newOffice(t)
	for _, c := range []struct {
		args []string
		code int
		say  string
	}{
		{[]string{"--out", "新/文件夹/清单.csv"}, exitDone, "已写好 "},
		{[]string{"--out", "通报.docx"}, exitDone, "已写好 "},
		{[]string{"--out", "清单.XLSX"}, exitDone, "已写好 "},
		{[]string{"--out", "清单.pdf"}, exitUsage, "看不出是哪种格式"},
		{[]string{"--out", "清单"}, exitUsage, "看不出是哪种格式"},
		{[]string{"--out", "清单.xls", "--format", "xlsx"}, exitUsage, "格式 xlsx 的文件应以 .xlsx 结尾"},
		{[]string{"--out", "函.docx", "--format", "docx"}, exitUsage, "不用 --out"},
		{[]string{"--out", "单.xlsx", "--format", "unit"}, exitUsage, "不用 --out"},
		{[]string{"--template", "甲.docx", "--format", "csv"}, exitUsage, "差距清单不用"},
		{[]string{"--format", "unit", "--status", "缺项"}, exitUsage, "只能用 --unit"},
	} {
		args := append([]string{"gaps", o.dir}, c.args...)
		if args[2] == "--out" {
			args[3] = filepath.Join(o.dir, "出", args[3])
		}
		code, say, fault := o.run(args...)
		if code != c.code || !strings.Contains(say+fault, c.say) {
			t.Errorf("gaps %v ends with %d: %s%s; want %d and %q", c.args, code, say, fault, c.code, c.say)
		}
	}
	if _, err := os.Stat(o.path("出", "新", "文件夹", "清单.csv")); err != nil {
		t.Error(err)
	}
}
