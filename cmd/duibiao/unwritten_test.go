package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// refuse makes the folder of path refuse a file of that name, for whatever
// user: where it would be written before it is named stands a folder.
func (o office) refuse(path ...string) {
	o.Helper()
	dir, name := filepath.Split(o.path(path...))
	if err := os.MkdirAll(filepath.Join(dir, fmt.Sprintf(".%s.%d.tmp", name, os.Getpid())), 0o777); err != nil {
		o.Fatal(err)
	}
	if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
		o.Fatal(err)
	}
}

// One file that cannot be written does not keep the others from being written.
func TestOthersAreWritten(t *testing.T) {
	tests := []struct {
		name     string
		refused  [][]string
		args     []string
		says     []string
		written  []string
		withhold string
	}{
		{"check", [][]string{{"差距清单", "差距清单.xlsx"}, {"差距清单", "差距清单.json"}}, []string{"check", "", "-q"},
			[]string{"差距清单.xlsx：", "差距清单.json："}, []string{"差距清单", "报告.html"}, ""},
		{"letters", [][]string{{"差距清单", "反馈函", "云川县水利局.docx"}}, []string{"gaps", "", "--format", "docx"},
			[]string{"云川县水利局.docx："}, []string{"差距清单", "反馈函", "云川县财政局.docx"}, "云川县水利局"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := newOffice(t)
			if err := os.RemoveAll(o.path("差距清单")); err != nil {
				t.Fatal(err)
			}
			for _, r := range tt.refused {
				o.refuse(r...)
			}
			tt.args[1] = o.dir
			code, out, say := o.run(tt.args...)
			lines := strings.Split(strings.TrimSuffix(say, "\n"), "\n")
			if code != exitFailed || len(lines) != len(tt.says) {
				t.Fatalf("it ends with %d and %q, want %d and %d lines", code, say, exitFailed, len(tt.says))
			}
			for i, line := range lines {
				if !strings.HasPrefix(line, "没有写出 "+o.dir) || !strings.Contains(line, tt.says[i]) {
					t.Errorf("line %q, want one about %s", line, tt.says[i])
				}
			}
			if _, err := os.Stat(o.path(tt.written...)); err != nil {
				t.Errorf("the other file: %v", err)
			}
			if tt.withhold != "" && strings.Contains(out, tt.withhold) {
				t.Errorf("it says %q, and did not write that of %s", out, tt.withhold)
			}
		})
	}
}
