package main

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"duibiao/cmd/duibiao/output"
	"duibiao/corpus"
	"duibiao/rules"
)

func TestShouldBe(t *testing.T) {
	for _, c := range []struct {
		note  string
		found rules.Status
		want  rules.Status
	}{
		{"", rules.Formulaic, rules.Met},
		{"附件二有数字", rules.Formulaic, rules.Met},
		{"应为不适用", rules.Formulaic, rules.NotApplicable},
		{"不是空泛，只有打算", rules.Formulaic, rules.OnlyPromised},
		{"不算达标，应判空泛", rules.OnlyPromised, rules.Formulaic},
		{"空泛判错了", rules.Formulaic, rules.Met},
		{"未达标另说", rules.Missing, rules.Met},
		{"是空泛还是只有打算说不清", rules.Missing, rules.Met},
		{"这句说的是别的事，无关", rules.Formulaic, rules.Unrelated},
	} {
		if got := shouldBe(c.note, c.found); got != c.want {
			t.Errorf("shouldBe(%q, %s) = %s, want %s", c.note, c.found, got, c.want)
		}
	}
}

func TestQuotedIn(t *testing.T) {
	for note, want := range map[string]string{
		"":       "",
		"见“附件二”": "",
		"见“附件二”：“全年办结复议案件九件，无一撤销。”": "全年办结复议案件九件，无一撤销。",
		`第三部分写了"全年办结复议案件九件"`:        "全年办结复议案件九件",
		"第三部分「全年办结复议案件十二件」":         "全年办结复议案件十二件",
	} {
		if got := quotedIn(note); got != want {
			t.Errorf("quotedIn(%q) = %q, want %q", note, got, want)
		}
	}
}

func TestAnonymised(t *testing.T) {
	units := []output.Unit{{Unit: corpus.Unit{Name: "云川县白石镇人民政府", Aliases: []string{"白石镇政府", "白石镇"}, Parent: "云川县人民政府"}},
		{Unit: corpus.Unit{Name: "云川县水利局"}}, {Unit: corpus.Unit{Name: "鹭洲区滨江街道办事处"}}}
	for _, c := range []struct{ unit, text, want string }{
		{"云川县白石镇人民政府", "云川县白石镇人民政府与白石镇政府站所、云川县司法局会商3次。", "本单位与本单位站所、本县司法局会商3次。"},
		{"云川县水利局", "云川县水利局在云川县城区检查9次，白石镇配合。", "本单位在本县城区检查9次，白石镇配合。"},
		{"鹭洲区滨江街道办事处", "滨江街道组织普法2场，鹭洲区普法办指导。", "本街道组织普法2场，本区普法办指导。"},
		{"没有名册的单位", "全年办结9件。", "全年办结9件。"},
	} {
		if got := anonymised(c.text, units, c.unit); got != c.want {
			t.Errorf("anonymised(%s) = %s, want %s", c.text, got, c.want)
		}
	}
}

func TestSameItems(t *testing.T) {
	set := func(items ...string) *rules.Set {
		s := &rules.Set{}
		for i := 0; i < len(items); i += 2 {
			s.Indicators = append(s.Indicators, rules.Indicator{ID: items[i], Title: items[i+1]})
		}
		return s
	}
	for _, c := range []struct {
		name          string
		before, after *rules.Set
		want          map[string]string
	}{
		{"an edited pack", set("i1", "行政复议", "i2", "普法", "i3", "公开"), set("i1", "行政复议", "i2", "普法宣传教育", "i4", "培训"),
			map[string]string{"i1": "i1", "i2": "i2"}},
		{"another table", set("i1", "行政复议", "i2", "普法", "i3", "公开"), set("i1", "公开", "i2", "行政 复议", "i3", "执法"),
			map[string]string{"i1": "i2", "i3": "i1"}},
		{"one title twice", set("i1", "培训", "i2", "培训"), set("i2", "培训", "i1", "培训"), map[string]string{"i1": "i1", "i2": "i2"}},
	} {
		if d := cmp.Diff(c.want, sameItems(c.before, c.after)); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, d)
		}
	}
}
