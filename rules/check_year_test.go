package rules

import (
	"strings"
	"testing"

	"duibiao/corpus"
)

func TestReportOfAnEarlierYear(t *testing.T) {
	set := checkSet(t)
	lines := []string{"检查河道采砂场14次，补签巡查记录7份。", "# 二、存在的问题", "台账有待规范。", "# 三、下一步打算", "将补齐台账。"}
	of := func(year string, kind corpus.Kind) File { return paper(year+string(kind)+".txt", kind, year, lines...) }
	for _, c := range []struct {
		name  string
		files []File
		year  int
		want  int
	}{
		{"only last year's", []File{of("2022", corpus.Annual)}, 2023, 1},
		{"beside that of the year", []File{of("2022", corpus.Annual), of("2023", corpus.Annual)}, 2023, 0},
		{"beside a plan of the year", []File{of("2022", corpus.Annual), of("2023", corpus.Plan)}, 2023, 1},
		{"one that was not read may be it", []File{of("2022", corpus.Annual), {Submission: corpus.Submission{ID: "s.pdf", Reason: "扫描件"}}}, 2023, 0},
		{"the year is not known", []File{of("2022", corpus.Annual)}, 0, 0},
		{"next year's plan", []File{of("2023", corpus.Annual), of("2024", corpus.Plan)}, 2023, 0},
	} {
		got := wrongYears(&Case{Input: Input{Unit: waterBureau, Set: set, Files: c.files, Year: c.year}})
		if len(got) != c.want {
			t.Errorf("%s: %d findings, want %d: %+v", c.name, len(got), c.want, got)
		}
	}
}

func TestRowsNameWhatWasNotRead(t *testing.T) {
	report := paper("甲局/报告.txt", corpus.Annual, "2022", "检查河道采砂场14次。")
	scan := File{Submission: corpus.Submission{ID: "甲局/附件三.pdf", Reason: "扫描件"}}
	c := &Case{Input: Input{Files: []File{report, scan}, Year: 2023}}
	if got, want := c.unreadFiles(), "“附件三.pdf”没有读出"; got != want {
		t.Errorf("unreadFiles = %s, want %s", got, want)
	}
	c.Files = append(c.Files, scan, scan, scan)
	if got := c.unreadFiles(); !strings.HasSuffix(got, "共4份没有读全") {
		t.Errorf("unreadFiles of four = %s", got)
	}
	if !c.onlyOtherYears() {
		t.Error("onlyOtherYears of a report on 2022 in 2023 = false")
	}
}

func TestLeftNameOfWhoWasServed(t *testing.T) {
	for text, want := range map[string]bool{
		"律师每周坐班,为民政局依法履职提供了有力支撑。": true,
		"律师每周坐班,为民政局提供法律意见12份。":   false,
		"与民政局依法履职提供数据互通。":         false,
	} {
		r := foldRunes(text)
		i := indexRunes(r, 0, len(r), []rune("民政局"))
		if got := servesItself(r, i, i+3); got != want {
			t.Errorf("servesItself(%s) = %v, want %v", text, got, want)
		}
	}
}

func TestSourceQuotesEndAtAMark(t *testing.T) {
	f := paper("r.txt", corpus.Annual, "2023", "逐条核对清单，逐条销号归档，逐条通报进度")
	whole := f.Passages[0].Span
	if got, want := f.Doc.Text(cutTo(f.Doc, whole, 16)), "逐条核对清单，逐条销号归档，"; got != want {
		t.Errorf("cutTo = %s, want %s", got, want)
	}
	if got := cutTo(f.Doc, whole, 99); got != whole {
		t.Errorf("cutTo of a short span = %v, want %v", got, whole)
	}
}
