package rules

import (
	"fmt"
	"strings"
)

// sketch is an indicator's file before its author has written it: each key
// with a value, "" for one that holds others. A key with off is written as a
// comment. NAME stands for the indicator's name.
var sketch = []struct {
	key, value string
	off        bool
}{
	{key: "id", value: "NAME"},
	{key: "no", value: `"12"`, off: true},
	{key: "level1", value: "一级指标的名称", off: true},
	{key: "level2", value: "二级指标的名称", off: true},
	{key: "title", value: "TITLE"},
	{key: "text", value: "请补写：办公室表里此项的评分要点"},
	{key: "basis", value: "[请补写：《…》第几条]"},
	{key: "applies", value: "[各单位]"},
	{key: "topics", value: "[]", off: true},
	{key: "terms"},
	{key: "terms.any", value: "[请补写：一说出来就是此项的词]"},
	{key: "terms.some", value: "[两个在一起才是此项的词]", off: true},
	{key: "terms.object", value: "[事物本身]", off: true},
	{key: "terms.all", value: "[必须有的词]", off: true},
	{key: "terms.near", value: "[[制定, 规范性文件]]", off: true},
	{key: "terms.not", value: "[有了就不是此项的词]", off: true},
	{key: "terms.weights", value: "{出具意见: 0.7}", off: true},
	{key: "under", value: "[小标题里的词]", off: true},
	{key: "patterns", value: `["受理…{数量}…审结"]`, off: true},
	{key: "threshold", value: `[{name: 审核率, min: 100, unit: "%"}]`, off: true},
	{key: "plan", value: "[主体, 时限, 措施]", off: true},
	{key: "examples", value: `
  - {status: 达标, text: 请补写：有可以核对的事实的一句话（次数、日期、文件、会议、人和事）}
  - {status: 空泛, text: 请补写：说到此项、却没有一点可以核对的一句话}
  - {status: 无关, text: 请补写：用词相近、说的却是别的事的一句话}`},
	{key: "exempt", value: "[{phrase: 放过的话, reason: 理由, until: 2026-12-31}]", off: true},
}

// Scaffold is a new indicator's file, with what each key is for. name becomes
// its id and, where it is Chinese, its title. ok is false when name cannot be
// an id.
func Scaffold(name string) (body []byte, ok bool) {
	if name == "" || strings.ContainsFunc(name, notInID) {
		return nil, false
	}
	title := toWrite + "：三级指标的名称"
	if strings.ContainsFunc(name, isHan) {
		title = name
	}
	var b strings.Builder
	fmt.Fprintln(&b, "# 前面有 # 的键没有启用，要用时去掉 #。“请补写”的地方逐一换成自己的文字。")
	fmt.Fprintln(&b, "# 写好后运行 duibiao rules lint 和 duibiao rules test。")
	for _, k := range sketch {
		indent := strings.Repeat("  ", strings.Count(k.key, "."))
		key := k.key[strings.LastIndex(k.key, ".")+1:]
		value := strings.NewReplacer("NAME", quotedText(name), "TITLE", quotedText(title)).Replace(k.value)
		fmt.Fprintf(&b, "\n%s# %s\n%s", indent, aboutKey("indicator."+k.key), indent)
		if k.off {
			b.WriteString("# ")
		}
		b.WriteString(key + ":")
		if value != "" && !strings.HasPrefix(value, "\n") {
			b.WriteString(" ")
		}
		b.WriteString(value + "\n")
	}
	return []byte(b.String()), true
}

// PackFile is the pack.yaml of a new pack.
func PackFile(name string) []byte {
	return fmt.Appendf(nil, "# %s\nname: %s\n# %s\nversion: \"1\"\n# %s\nsource: %s：这些指标出自哪里\n",
		aboutKey("pack.name"), quotedText(name), aboutKey("pack.version"), aboutKey("pack.source"), toWrite)
}
