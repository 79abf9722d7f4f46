package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"

	"duibiao/corpus"
)

func TestALimitSaysWhatWasMeasured(t *testing.T) {
	tests := []struct {
		err       corpus.LimitError
		say, next string
	}{
		{corpus.LimitError{Limit: corpus.TextLength, Measured: 3_214_000, Allowed: 3_000_000}, "单个文件的文字量为3,214,000字，超过上限3,000,000字", "确需读取的，可用 --max-chars 调高上限后重跑"},
		{corpus.LimitError{Limit: corpus.FileSize, Measured: 100<<20 + 1, Allowed: 100 << 20}, "单个文件的大小为100.1 MB，超过上限100 MB", "确需读取的，可用 --max-mb 调高上限后重跑"},
		{corpus.LimitError{Limit: corpus.Nesting, Allowed: 400}, "Word 等文件内部件的嵌套层数超过上限400层", "确需读取的，可用 --max-nesting 调高上限后重跑"},
		{corpus.LimitError{Limit: corpus.PageTime, Allowed: int64(150 * time.Second)}, "识别（OCR）一页的时间超过上限2分30秒", "确需读取的，可用 --ocr-timeout 调高上限后重跑，或请单位另存后重新报送"},
		{corpus.LimitError{Limit: corpus.Memory, Measured: 1600 << 20, Allowed: 1536 << 20}, "读取单个文件占用的内存为1,600 MB，超过上限1,536 MB", "确需读取的，可用 --memory-mb 调高上限后重跑，或请单位另存后重新报送"},
	}
	for _, tt := range tests {
		say, next := explain(fmt.Errorf("read 甲.docx: %w", &tt.err))
		if say != tt.say || next != tt.next {
			t.Errorf("explain(%v) = %s。%s。 want %s。%s。", &tt.err, say, next, tt.say, tt.next)
		}
	}
}

// Every limit that a reader may name has its flag, its default and its Chinese
// name; the child gets what the parent was told.
func TestEveryLimitHasAFlag(t *testing.T) {
	all := []corpus.Limit{corpus.FileSize, corpus.PageCount, corpus.TextLength, corpus.PartSize, corpus.PartsSize, corpus.Nesting, corpus.Expansion,
		corpus.Members, corpus.MembersSize, corpus.Archives, corpus.ReadTime, corpus.PageTime, corpus.WholeTime, corpus.Memory}
	var parent, child limits
	cmd := &cobra.Command{}
	parent.add(cmd)
	var args []string
	for i, l := range all {
		f := cmd.Flags().Lookup(string(l))
		if f == nil {
			t.Fatalf("no flag for %s", l)
		}
		if f.Usage == "" || f.DefValue == "" || parent.of(l) != (limits{}).of(l) {
			t.Errorf("--%s: %q, default %q, %d", l, f.Usage, f.DefValue, parent.of(l))
		}
		value := fmt.Sprint(7 + i)
		if flagOf(l).unit == "" {
			value += "s"
		}
		args = append(args, "--"+string(l)+"="+value)
	}
	if err := cmd.ParseFlags(args); err != nil {
		t.Fatal(err)
	}
	again := &cobra.Command{}
	child.add(again)
	if err := again.ParseFlags(parent.arguments()); err != nil {
		t.Fatal(err)
	}
	for _, l := range all {
		if parent.of(l) != child.of(l) || child.of(l) == (limits{}).of(l) {
			t.Errorf("--%s: the parent has %d, the child %d", l, parent.of(l), child.of(l))
		}
	}
	if diff := cmp.Diff(len(all), len(limitFlags)); diff != "" {
		t.Errorf("limits (-want +got):\n%s", diff)
	}
}

func TestLimitsRefuseWhatIsNoLimit(t *testing.T) {
	for _, arg := range []string{"--max-mb=0", "--max-pages=-1", "--max-mb=9999999999999999", "--timeout=60", "--timeout=0s", "--max-chars=many"} {
		var l limits
		cmd := &cobra.Command{}
		l.add(cmd)
		if err := cmd.ParseFlags([]string{arg}); err == nil {
			t.Errorf("%s is taken", arg)
		}
	}
}

func TestHelpGroupsTheLimits(t *testing.T) {
	var l limits
	cmd := &cobra.Command{Use: "x", RunE: func(*cobra.Command, []string) error { return nil }}
	l.add(cmd)
	var out strings.Builder
	printUsage(&out, cmd)
	_, under, found := strings.Cut(out.String(), "\n"+limitGroup+"：\n")
	if !found || strings.Contains(under, "--workers") {
		t.Fatalf("the help is\n%s", out.String())
	}
	var listed []string
	for line := range strings.Lines(under) {
		listed = append(listed, strings.TrimPrefix(strings.Fields(line)[0], "--"))
	}
	if want := []string{"max-mb", "max-pages", "max-chars"}; !slices.Equal(listed[:3], want) || len(listed) != len(limitFlags) {
		t.Errorf("the help lists %v, want %v first, and %d in all", listed, want, len(limitFlags))
	}
}
