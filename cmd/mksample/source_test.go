package main

import (
	"strings"
	"testing"

	"duibiao/ingest/text"

	"github.com/google/go-cmp/cmp"
)

func TestParsePaper(t *testing.T) {
	const source = "out: 某局/报告.docx\nas: docx\nencoding: utf-8\ncopy: 某局/又一份.docx\npages: 2\n---\n# 题目\n正文\n"
	got, err := parsePaper("甲", source)
	if err != nil {
		t.Fatal(err)
	}
	want := paper{name: "甲", out: "某局/报告.docx", as: "docx", encoding: "utf-8", copyTo: "某局/又一份.docx", pages: 2, body: "# 题目\n正文\n"}
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(paper{})); diff != "" {
		t.Errorf("parsePaper (-want +got):\n%s", diff)
	}
}

func TestParsePaperErrors(t *testing.T) {
	for _, c := range []struct{ source, want string }{
		{"out: 甲\n正文", "read 甲: no line of three dashes"},
		{"as: txt\n---\n", "read 甲: no out"},
		{"out: 甲\n颜色: 红\n---\n", `read 甲:2: unknown key "颜色"`},
		{"out: 甲\npages: 三\n---\n", "read 甲:2: pages: "},
	} {
		if _, err := parsePaper("甲", c.source); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("parsePaper(%q) = %v, want %s", c.source, err, c.want)
		}
	}
}

func TestBlocks(t *testing.T) {
	p := paper{body: "首页 | 关闭\n\n# 题目\n### （一）小标题\n+ 第一\n| 甲 | 乙 |\n"}
	want := []block{
		{text: "首页 | 关闭"},
		{kind: titleBlock, text: "题目"},
		{kind: headBlock, level: 2, text: "（一）小标题"},
		{kind: numberBlock, text: "第一"},
		{kind: rowBlock, cells: []string{"甲", "乙"}},
	}
	if diff := cmp.Diff(want, p.blocks(), cmp.AllowUnexported(block{})); diff != "" {
		t.Errorf("blocks (-want +got):\n%s", diff)
	}
}

func TestGBEncoder(t *testing.T) {
	gb := newGBEncoder()
	const s = "云阙市“普法”2025年，〔1〕号—①\r\n"
	b, err := gb.encode(s)
	if err != nil {
		t.Fatal(err)
	}
	if got, ok := text.GB18030(b); !ok || got != s {
		t.Errorf("GB18030(encode(%q)) = %q, %v", s, got, ok)
	}
	if _, err := gb.encode("甲𠀀"); err == nil || !strings.Contains(err.Error(), "𠀀") {
		t.Errorf("encode of a rare character: %v, want an error that names it", err)
	}
}

func TestCovered(t *testing.T) {
	enforcing := enforcers("注：1.有执法权的部门，指市甲局、市乙局。\n2.其他。")
	for _, c := range []struct {
		cell, unit, kind string
		want             bool
	}{
		{"各单位", "云阙市丙局", "市直部门", true},
		{"县级政府、市直部门", "云阙市丙局", "市直部门", true},
		{"县级政府", "云阙市丙局", "市直部门", false},
		{"县级政府、市丙局", "云阙市丙局", "市直部门", true},
		{"有执法权的部门", "云阙市乙局", "市直部门", true},
		{"有执法权的部门", "云阙市丙局", "市直部门", false},
		{"有执法权的部门、各乡镇（街道）", "丁镇人民政府", "乡镇街道", true},
		{"县级政府、各乡镇（街道）", "云阙市乙局", "市直部门", false},
	} {
		if got := covered(c.cell, c.unit, c.kind, enforcing); got != c.want {
			t.Errorf("covered(%s, %s, %s) = %v, want %v", c.cell, c.unit, c.kind, got, c.want)
		}
	}
}

func TestMergedAreas(t *testing.T) {
	g := grid{
		header: []string{"序号", "一级", "二级"},
		rows:   [][]string{{"1", "甲", "乙"}, {"2", "甲", "乙"}, {"3", "丙", "乙"}},
		merge:  []bool{false, true, true},
		notes:  []string{"注"},
	}
	want := []string{"A1:C1", "B3:B4", "C3:C4", "A6:C6"}
	if diff := cmp.Diff(want, g.merged()); diff != "" {
		t.Errorf("merged (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"2", "", ""}, g.shown(1)); diff != "" {
		t.Errorf("shown(1) (-want +got):\n%s", diff)
	}
}
