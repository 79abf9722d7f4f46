package docxtest

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"testing"
)

func everything() Doc {
	return Doc{
		Body: []Block{
			Para{Style: "Title", Text: "关于 <测试> & “符号” 的\n报告"}, H(1, "一、情况"), P("正文\t制表"),
			Para{List: 1, Runs: []Run{Text("甲"), Bold("乙"), Hidden("丙"), Inserted("丁"), Deleted("戊"), Field("DATE", "今日"), Note(1), Endnote(1), Box("框")}},
			Rows([]string{"序号", "任务"}, []string{"1", "一段\n二段"}), Raw("<w:p/>"),
		},
		Lists:     []List{{Levels: []Level{{Format: "decimal", Text: "%1."}}}, {Like: 1, Start: 4}},
		Header:    "页眉",
		Footer:    "第#页",
		Footnotes: []string{"脚注"},
		Endnotes:  []string{"尾注"},
		Comments:  []string{"批注"},
	}
}

func TestBuildMakesWellFormedParts(t *testing.T) {
	strict := everything()
	strict.Strict, strict.NoRels = true, true
	for _, file := range [][]byte{Build(Doc{}), Build(everything()), Build(strict), Paper("关于情况的报告", []string{"县政府：", "一、情况", "正文。", "某局", "2025年1月2日"})} {
		z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			t.Fatal(err)
		}
		if z.File[0].Name != "[Content_Types].xml" {
			t.Errorf("the first part is %s", z.File[0].Name)
		}
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			for d := xml.NewDecoder(r); ; {
				if _, err := d.Token(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					t.Fatalf("%s: %v", f.Name, err)
				}
			}
		}
	}
}

func TestBuildIsDeterministic(t *testing.T) {
	if !bytes.Equal(Build(everything()), Build(everything())) {
		t.Error("two builds of one description differ")
	}
}

func TestPaperChoosesStyles(t *testing.T) {
	blocks := PaperBlocks("关于情况的报告", []string{"云栖县水务局文件", "云水〔2025〕1号", "县政府：", "一、情况", "（一）做法", "（二）其他。正文接在后面。", "云栖县水务局", "2025年1月2日"})
	want := []string{"Letterhead", "Centre", "Title", "Left", "Heading1", "Heading2", "", "Right", "Right"}
	if len(blocks) != len(want) {
		t.Fatalf("%d blocks, want %d", len(blocks), len(want))
	}
	for i, b := range blocks {
		if got := b.(Para).Style; got != want[i] {
			t.Errorf("block %d %q has style %q, want %q", i, b.(Para).Text, got, want[i])
		}
	}
}
