package rules

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAppendExamplesKeepsWhatTheAuthorWrote(t *testing.T) {
	more := []Example{{Status: Met, Text: `办结"简易"案件9件\。`, From: "审查意见"}, {Status: Formulaic, Kind: "方案", Text: "加强复议: 好", Todo: true}}
	const added = `- status: 达标
  text: "办结\"简易\"案件9件\\。"
  from: "审查意见"
- status: 空泛
  kind: 方案
  text: "加强复议: 好"
  todo: true
`
	indented := func(by string) string {
		return by + strings.ReplaceAll(strings.TrimSuffix(added, "\n"), "\n", "\n"+by) + "\n"
	}
	for _, c := range []struct{ name, body, want string }{
		{"no examples", "# 说明\nid: a\ntitle: 复议", "# 说明\nid: a\ntitle: 复议\nexamples:\n" + indented("  ")},
		{"no line end", "id: a\nexamples:\n  - {status: 达标, text: 甲}\ntitle: 复议", "id: a\nexamples:\n  - {status: 达标, text: 甲}\n" + indented("  ") + "title: 复议\n"},
		{"not indented, comments around", "id: a\nexamples: # 例子\n# 甲\n- {status: 达标, text: 甲}\n  # 乙\n\n# 丙\ntitle: 复议\n",
			"id: a\nexamples: # 例子\n# 甲\n- {status: 达标, text: 甲}\n  # 乙\n" + indented("") + "\n# 丙\ntitle: 复议\n"},
		{"deep", "id: a\ntitle: 复议\nexamples:\n     - status: 达标\n       text: |\n         一\n\n         - 二\n", "id: a\ntitle: 复议\nexamples:\n     - status: 达标\n       text: |\n         一\n\n         - 二\n" + indented("     ")},
		{"an empty list", "id: a\nexamples: []   # 还没有\ntitle: 复议\n", "id: a\nexamples:   # 还没有\n" + indented("  ") + "title: 复议\n"},
		{"Windows line ends", "id: a\r\ntitle: 复议\r\nexamples:\r\n  - {status: 达标, text: 甲}\r\n", strings.ReplaceAll("id: a\ntitle: 复议\nexamples:\n  - {status: 达标, text: 甲}\n"+indented("  "), "\n", "\r\n")},
	} {
		got, err := AppendExamples([]byte(c.body), more)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if d := cmp.Diff(c.want, string(got)); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, d)
		}
	}
}

func TestAppendExamplesRefuses(t *testing.T) {
	one := []Example{{Status: Met, Text: "甲"}}
	if _, err := AppendExamples([]byte("id: a\ntitle: b\nexamples: [{status: 达标, text: 甲}]"), one); !errors.Is(err, ErrOneLine) {
		t.Errorf("brackets: %v, want ErrOneLine", err)
	}
	for _, body := range []string{"", "[", "kind: limits\ncopied: 1", "id: a\ntitle: b\nexamples: 甲", "id: a\nid: b\ntitle: c"} {
		if got, err := AppendExamples([]byte(body), one); err == nil {
			t.Errorf("AppendExamples(%q) = %q, want an error", body, got)
		}
	}
	if _, err := AppendExamples([]byte("id: a\ntitle: b"), []Example{{Status: "很好", Text: "甲"}}); err == nil {
		t.Error("a status that no example has is taken")
	}
}

// FuzzAppendExamples: whatever the file, it is refused or reads as before with
// one example more.
func FuzzAppendExamples(f *testing.F) {
	for _, body := range []string{"id: a\ntitle: b\n", "id: a\ntitle: b\nexamples:\n- {status: 达标, text: 甲}\n", "id: a\ntitle: b\nexamples:\n", "{id: a, title: b}", "id: a\ntitle: b\n---\n", "id: a\ntitle: |\n  examples:\n  - x\n"} {
		f.Add(body, "办结9件")
	}
	f.Fuzz(func(t *testing.T, body, text string) {
		before, err := examplesIn([]byte(body))
		if err != nil {
			return
		}
		got, err := AppendExamples([]byte(body), []Example{{Status: Met, Text: text}})
		if err != nil {
			return
		}
		after, err := examplesIn(got)
		if err != nil || len(after) != len(before)+1 || after[len(before)].Text != text {
			t.Errorf("AppendExamples(%q, %q) = %q: %v", body, text, got, err)
		}
	})
}
