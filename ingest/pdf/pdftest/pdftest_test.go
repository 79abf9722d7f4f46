package pdftest

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBreak(t *testing.T) {
	tests := []struct {
		text        string
		ems, indent float64
		want        []string
	}{
		{"依法行政稳步推进", 4, 0, []string{"依法行政", "稳步推进"}},
		{"依法行政稳步推进", 4, 2, []string{"依法", "行政稳步", "推进"}},
		{"依法行政。稳步推进", 4, 0, []string{"依法行", "政。稳步", "推进"}},
		{"全面推进（试行）", 5, 0, []string{"全面推进", "（试行）"}},
		{"共计217件", 3, 0, []string{"共计", "217件"}},
		{"abcdefghij", 2, 0, []string{"ab", "cd", "ef", "ghij"}},
		{"", 4, 0, nil},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, Break(tt.text, tt.ems, tt.indent)); diff != "" {
			t.Errorf("Break(%q, %v, %v) (-want +got):\n%s", tt.text, tt.ems, tt.indent, diff)
		}
	}
}

func TestBreakLosesNothing(t *testing.T) {
	text := "（一）“严格规范”执法，全年办理《行政处罚法》案件217件；listed in Excel 2019……其中97.2%合格。"
	for ems := 1.0; ems < 30; ems++ {
		if got := strings.Join(Break(text, ems, 0), ""); got != text {
			t.Errorf("Break at %v ems gives %q", ems, got)
		}
	}
}

func TestPaperIsTheSameEveryTime(t *testing.T) {
	texts := []string{"一、总则", "依法行政。", "云溪县司法局", "2026年1月12日"}
	if !bytes.Equal(Paper("报告", texts), Paper("报告", texts)) {
		t.Error("two papers of the same text differ")
	}
}

func TestTitleLines(t *testing.T) {
	got := titleLines("云溪县人民政府关于印发2025年法治政府建设工作要点的通知")
	if len(got) != 2 || strings.Join(got, "") != "云溪县人民政府关于印发2025年法治政府建设工作要点的通知" {
		t.Errorf("titleLines() = %q, want two lines", got)
	}
}
