package ocr

import (
	"strings"
	"testing"
)

func TestTidy(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{"  法 治 政 府 建设 ", "法治政府建设"},
		{"第 3 次 会议", "第3次会议"},
		{"使用 PP OCR 识别", "使用PP OCR识别"},
		{"Go 1.26 is out", "Go 1.26 is out"},
		{"工作,会议;责任:", "工作，会议；责任："},
		{"(一)加强领导", "（一）加强领导"},
		{"1.加强领导(3次)", "1.加强领导（3次）"},
		{"金额1,846.5万元", "金额1,846.5万元"},
		{"2021 一 2025 年", "2021—2025年"},
		{"第一 2 次", "第一2次"},
		{"云杉政办发【2024] 17 号", "云杉政办发〔2024〕17号"},
		{"白石政发(2023)5号", "白石政发〔2023〕5号"},
		{"（2023）年度", "（2023）年度"},
	}
	for _, tt := range tests {
		if got := tidy(tt.in); got != tt.want {
			t.Errorf("tidy(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

// FuzzTidy holds that nothing but white space goes, and nothing comes.
func FuzzTidy(f *testing.F) {
	f.Add("法 , 治(2024) 5 号 一 3")
	f.Add("一 1 一 1")
	f.Add("\xff ( 法")
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "\uFFFD")
		got := tidy(s)
		if len(counted(got)) != len(counted(s)) || got != strings.TrimSpace(got) {
			t.Errorf("tidy(%q) = %q", s, got)
		}
	})
}
