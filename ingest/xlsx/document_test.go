package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"duibiao/corpus"
	"duibiao/corpus/readertest"
)

// submission reads the workbook at path: its paragraphs with their roles, and
// its warnings.
func submission(t *testing.T, path string) (paragraphs, warnings []string) {
	t.Helper()
	doc, err := Read(path, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	readertest.Check(t, doc)
	for _, p := range doc.Paragraphs {
		paragraphs = append(paragraphs, fmt.Sprint(p.Role, " ", doc.Text(p.Span)))
	}
	for _, w := range doc.Warnings {
		warnings = append(warnings, w.Message)
	}
	return paragraphs, warnings
}

func TestReadOfASubmission(t *testing.T) {
	path := workbook(t, func(f *excelize.File) {
		check := func(err error) {
			if err != nil {
				t.Fatal(err)
			}
		}
		check(f.SetSheetName("Sheet1", "执法案件台账"))
		day, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		check(err)
		set(t, f, "执法案件台账", map[string]any{
			"A1": "云栖县水务局2025年执法案件台账", "A2": "序号", "B2": "案由", "C2": "决定日期", "D2": "备注", "E2": "内部",
			"A3": 1, "B3": "未经批准取水\n（已整改）", "C3": time.Date(2025, 3, 7, 0, 0, 0, 0, time.UTC), "D3": "同案", "E3": "不显示",
			"A4": 2, "B4": "在河道内\n弃置渣土", "A5": 3, "B5": "隐藏的案件", "A6": "合计", "B6": "3件",
		})
		check(f.SetCellStyle("执法案件台账", "C3", "C3", day))
		check(f.MergeCell("执法案件台账", "A1", "E1"))
		check(f.MergeCell("执法案件台账", "D3", "D4"))
		check(f.SetRowVisible("执法案件台账", 5, false))
		check(f.SetColVisible("执法案件台账", "E", false))
		check(f.AddComment("执法案件台账", excelize.Comment{Cell: "B10", Author: "审", Paragraph: []excelize.RichTextRun{{Text: "第二条"}}}))
		check(f.AddComment("执法案件台账", excelize.Comment{Cell: "B4", Author: "审", Paragraph: []excelize.RichTextRun{{Text: "请核对"}}}))
		for _, name := range []string{"底稿", "Sheet3"} {
			_, err := f.NewSheet(name)
			check(err)
			set(t, f, name, map[string]any{"A1": "单位", "A2": "内容" + name})
		}
		check(f.SetSheetVisible("底稿", false))
	})
	b := edited(t, mustRead(t, path), "xl/worksheets/sheet1.xml", func(s string) string { // with a formula, as programs store it
		return regexp.MustCompile(`<c r="B6"[^>]*><v>\d+</v></c>`).ReplaceAllString(s, `<c r="B6" t="str"><f>COUNT(A3:A5)&amp;"件"</f><v>3件</v></c>`)
	})
	if !bytes.Contains([]byte(unzipped(t, b)["xl/worksheets/sheet1.xml"]), []byte("<f>COUNT")) {
		t.Fatal("no formula in the sheet")
	}
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	got, warnings := submission(t, path)
	want := []string{"标题 执法案件台账", "正文 云栖县水务局2025年执法案件台账", "表格 序号\t案由\t决定日期\t备注", "表格 1\t未经批准取水 （已整改）\t2025/3/7\t同案", "表格 2\t在河道内 弃置渣土",
		"表格 合计\t3件", "非正文 批注（B4）：请核对", "非正文 批注（B10）：第二条", "表格 单位", "表格 内容Sheet3"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("paragraphs (-want +got):\n%s", diff)
	}
	want = []string{"工作表“执法案件台账”有1个隐藏的行，没有计入。", "工作表“执法案件台账”有1个隐藏的列，没有计入。", "工作表“底稿”是隐藏的，没有计入。"}
	if diff := cmp.Diff(want, warnings); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
}

// The text of a merged range whose first rows are hidden is shown in the next.
func TestReadOfMergedCellsWithAHiddenBeginning(t *testing.T) {
	path := workbook(t, func(f *excelize.File) {
		set(t, f, "Sheet1", map[string]any{"A1": "任务", "B1": "时限", "A2": "制定方案", "B2": "二月", "B3": "三月", "B4": "四月"})
		for _, err := range []error{f.MergeCell("Sheet1", "A2", "A4"), f.SetRowVisible("Sheet1", 2, false)} {
			if err != nil {
				t.Fatal(err)
			}
		}
	})
	got, _ := submission(t, path)
	if diff := cmp.Diff([]string{"表格 任务\t时限", "表格 制定方案\t三月", "表格 四月"}, got); diff != "" {
		t.Errorf("paragraphs (-want +got):\n%s", diff)
	}
}

func TestReadOfWorkbooksWithoutText(t *testing.T) {
	empty := workbook(t, func(*excelize.File) {})
	if _, err := Read(empty, Limits{}); !errors.Is(err, corpus.ErrEmpty) {
		t.Errorf("Read of an empty workbook: %v, want ErrEmpty", err)
	}
	parts := unzipped(t, mustRead(t, empty))
	parts["xl/media/image1.jpeg"] = strings.Repeat("picture", 10_000)
	if _, err := document(zipped(t, parts), most()); !errors.Is(err, corpus.ErrNoText) {
		t.Errorf("a picture alone: %v, want ErrNoText", err)
	}
	if _, err := Read(empty, Limits{AllBytes: 100}); !errors.Is(err, corpus.ErrTooLarge) {
		t.Errorf("Read over its limit: %v, want ErrTooLarge", err)
	}
}

func TestDefaultName(t *testing.T) {
	for name, want := range map[string]bool{"Sheet1": true, "sheet": true, "工作表2": true, "工作表": true, "Sheet1汇总": false, "台账": false, "2025": false, "工作表二": false} {
		if got := defaultName(name); got != want {
			t.Errorf("defaultName(%s) = %v", name, got)
		}
	}
}

// FuzzRead: no bytes make Read panic or give a document that breaks the laws
// of documents.
func FuzzRead(f *testing.F) {
	f.Add(mustRead(f, workbook(f, func(book *excelize.File) { set(f, book, "Sheet1", map[string]any{"A1": "甲", "B2": 2}) })))
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if doc, err := document(b, limits{1 << 20, 10 << 20, 100_000}); err == nil {
			readertest.Check(t, doc)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	path := workbook(b, func(f *excelize.File) {
		for i := range 1000 {
			row := []any{i, "未经批准擅自取水", "2025年3月7日", "罚款一万元", "已结案"}
			if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
				b.Fatal(err)
			}
		}
	})
	for b.Loop() {
		if _, err := Read(path, Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}
