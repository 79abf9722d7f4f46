package rules

import (
	"strings"
	"testing"

	"duibiao/corpus"
)

var (
	waterBureau = corpus.Unit{Name: "云河市水务局", Kind: corpus.Bureau, Parent: "云河市人民政府"}
	lakeStreet  = corpus.Unit{Name: "东湖街道办事处", Kind: corpus.Township, Parent: "云河市澜溪区人民政府"}
	baitRoster  = []corpus.Unit{waterBureau, lakeStreet,
		{Name: "云河市民政局", Kind: corpus.Bureau, Aliases: []string{"民政局"}}, {Name: "云河市应急管理局", Kind: corpus.Bureau, Aliases: []string{"应急管理局"}},
		{Name: "西岭镇人民政府", Kind: corpus.Township, Aliases: []string{"西岭镇"}}, {Name: "澜溪区人民政府", Kind: corpus.County}, {Name: "荻港县人民政府", Kind: corpus.County}}
)

// byUnitTests are checks that no example in a rule file can stand for: they
// need more than one paper, a file that was not read, or other documents.
var byUnitTests = strings.Fields("未报送 扫描件 加密 读不出 重复文件 必备部分空泛 超字数 逾期报送 上年沿用 照抄上级 上级任务未承接 同级雷同 范文 同源")

// Every other check has papers that it must show and papers that it must leave
// alone in the rule files, and tells a unit fairly what it found.
func TestChecksHaveExamplesAndAreFair(t *testing.T) {
	set := shipped(t, "checks")
	shows, not := map[string]int{}, map[string]int{}
	for i := range set.Trials {
		b := &set.Trials[i]
		shows[b.Check] += len(b.Shows)
		not[b.Check] += len(b.Not)
		for _, text := range b.Shows {
			for _, f := range b.findings(set, text) {
				fair(t, b.Check, f)
			}
		}
	}
	for _, c := range Checks() {
		if strings.Contains(strings.Join(byUnitTests, " "), c.Name) {
			continue
		}
		if shows[c.Name] < 4 || not[c.Name] < 8 {
			t.Errorf("%s: %d papers to show and %d to leave alone, want 4 and 8", c.Name, shows[c.Name], not[c.Name])
		}
	}
}

// fair holds a finding against what a unit may expect of it.
func fair(t *testing.T, check string, f Finding) {
	t.Helper()
	if !strings.HasSuffix(f.Message, "。") || f.Ask == "" || f.Value == "" || f.Threshold == "" || f.Severity == "" {
		t.Errorf("%s: an unfair finding: %+v", check, f)
	}
	whole := check == "缺少必备部分"
	if !whole && !strings.Contains(f.Message, "疑似") {
		t.Errorf("%s: a suspicion told as a fact: %s", check, f.Message)
	}
	if !whole && (f.Evidence == nil || f.Evidence.Quote == "" || f.Evidence.Place.Paragraph == 0) {
		t.Errorf("%s: no place: %+v", check, f)
	}
}

func TestTooLong(t *testing.T) {
	set := checkSet(t)
	for text, want := range map[string]bool{
		strings.Repeat("检查河道并登记。", 60): true, strings.Repeat("清理文件三份。", 70): true, strings.Repeat("学法", 300): true, strings.Repeat("巡查 ", 300): true,
		"检查14次。": false, strings.Repeat("检查河道并登记。", 30): false, strings.Repeat("file ", 150): false, strings.Repeat("2023 ", 200): false, strings.Repeat("巡查 ", 100): false,
	} {
		got := tooLong(&Case{Input: Input{Unit: waterBureau, Set: set, Files: []File{paper("r.txt", corpus.Annual, "2023", text)}}})
		if len(got) > 0 != want {
			t.Errorf("超字数 for %d runes = %v, want %v", len([]rune(text)), got, want)
		}
	}
}
