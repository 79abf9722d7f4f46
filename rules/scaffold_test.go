package rules

import (
	"strings"
	"testing"
	"testing/fstest"
)

func packOf(files map[string]string) fstest.MapFS {
	m := fstest.MapFS{}
	for name, body := range files {
		m[name] = &fstest.MapFile{Data: []byte(body)}
	}
	return m
}

func TestScaffoldLoadsAndTellsWhatIsToWrite(t *testing.T) {
	for _, name := range []string{"行政复议", "my-1.2", "12"} {
		body, ok := Scaffold(name)
		if !ok {
			t.Fatalf("Scaffold(%q) is refused", name)
		}
		set, err := Load(packOf(map[string]string{"pack.yaml": string(PackFile("我县: 指标")), "a.yaml": string(body)}))
		if err != nil {
			t.Fatalf("Load(Scaffold(%q)): %v\n%s", name, err, body)
		}
		if set.Find(name) == nil {
			t.Errorf("Scaffold(%q) has another id", name)
		}
		if got := set.Lint(); len(got) > 0 {
			t.Errorf("Lint of Scaffold(%q) = %q", name, got)
		}
		said := strings.Join(set.Unfinished(), "\n")
		for _, want := range []string{"请补写 text：", "请补写 basis：", "请补写 terms.any：", "请补写 examples 里达标的例子", "请补写 examples 里空泛的例子", "请补写 examples 里无关的例子"} {
			if !strings.Contains(said, want) {
				t.Errorf("Unfinished of Scaffold(%q) = %s, want %q", name, said, want)
			}
		}
		if tested, err := set.Test(); err != nil || len(tested) > 0 {
			t.Errorf("Test of Scaffold(%q) = %v, %v, want no example run", name, tested, err)
		}
		for off, line := range map[string]string{"# plan": "plan: [主体, 时限, 措施]", "# patterns": "patterns:"} {
			if !strings.Contains(string(body), off) {
				t.Errorf("Scaffold(%q) has no %q", name, line)
			}
		}
	}
	for _, name := range []string{"", "A", "a b", "../a", "甲/乙"} {
		if _, ok := Scaffold(name); ok {
			t.Errorf("Scaffold(%q) is taken", name)
		}
	}
}

// TestScaffoldWithAllKeysLoads takes every # from the keys that are off.
func TestScaffoldWithAllKeysLoads(t *testing.T) {
	body, _ := Scaffold("行政复议")
	var lines []string
	for line := range strings.Lines(string(body)) {
		for _, k := range sketch {
			key := k.key[strings.LastIndex(k.key, ".")+1:] + ":"
			if trimmed := strings.TrimLeft(line, " "); k.off && strings.HasPrefix(trimmed, "# "+key) {
				line = strings.Replace(line, "# ", "", 1)
			}
		}
		lines = append(lines, line)
	}
	if _, err := Load(packOf(map[string]string{"pack.yaml": string(PackFile("甲")), "a.yaml": strings.Join(lines, "")})); err != nil {
		t.Errorf("%v\n%s", err, strings.Join(lines, ""))
	}
}

func TestUnfinishedNamesMissingExamples(t *testing.T) {
	set, err := Load(packOf(map[string]string{
		"pack.yaml": "name: 甲\nversion: v\nsource: s\nimported: true",
		"a.yaml":    "id: a\ntitle: 行政复议\nexamples: [{status: 达标, text: 办结行政复议12件}]",
		"b.yaml":    "id: b\ntitle: 政务公开",
	}))
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(set.Unfinished(), "\n")
	want := "a.yaml: 缺少例子：毛病（空泛或只有打算）、无关\n1 项还没有任何例子（达标、毛病（空泛或只有打算）、无关各要一个）：b.yaml"
	if got != want {
		t.Errorf("Unfinished = %s\nwant %s", got, want)
	}
}
