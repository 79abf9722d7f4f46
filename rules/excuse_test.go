package rules

import (
	"strings"
	"testing"

	"duibiao/corpus"
)

// excused judges one paper of 云河市水务局 and applies the exemptions.
func excused(t *testing.T, set *Set, own []Exemption, files ...File) (map[string]Row, []Finding, []Excused) {
	t.Helper()
	set.Exempt(own, "2026-06-30")
	in := Input{Unit: corpus.Unit{Name: "云河市水务局", Kind: corpus.Bureau}, Set: set, Files: files, Year: 2023}
	rows, findings := Judge(in)
	rows, findings, let := Excuse(in, rows, findings)
	byItem := map[string]Row{}
	for _, r := range rows {
		byItem[r.Indicator] = r
	}
	return byItem, findings, let
}

func checksOn(findings []Finding, item string) string {
	var out []string
	for _, f := range findings {
		if f.Indicator == item {
			out = append(out, f.Check)
		}
	}
	return strings.Join(out, " ")
}

func TestExcuseLetsOffOnlyWhatRestsOnTheText(t *testing.T) {
	alone := paper("r.txt", corpus.Annual, "2023", "# 一、信息公开", "不断规范依申请公开工作。")
	two := paper("r.txt", corpus.Annual, "2023", "# 一、信息公开", "不断规范依申请公开工作。", "依申请公开工作有序推进。")
	good := paper("r.txt", corpus.Annual, "2023", "# 一、信息公开", "不断规范依申请公开工作。", "依申请公开收到申请9件，均按时答复。")
	for _, c := range []struct {
		name   string
		file   File
		own    Exemption
		status Status
		quote  string // of the finding that stands, or ""
		let    int
	}{
		{"the phrase alone", alone, Exemption{Phrase: "不断规范 依申请公开", Reason: "规定的表述"}, NotApplicable, "", 1},
		{"another sentence", two, Exemption{Phrase: "不断规范依申请公开", Reason: "规定的表述"}, Formulaic, "依申请公开工作有序推进。", 0},
		{"the section", two, Exemption{Section: "信息公开", Reason: "另行考核"}, NotApplicable, "", 1},
		{"phrase in another section", alone, Exemption{Phrase: "不断规范", Section: "行政复议", Reason: "另行考核"}, Formulaic, "不断规范依申请公开工作。", 0},
		{"another unit", alone, Exemption{Phrase: "不断规范", Unit: "教育局", Reason: "另行考核"}, Formulaic, "不断规范依申请公开工作。", 0},
		{"another item", alone, Exemption{Phrase: "不断规范", Item: "i001", Reason: "另行考核"}, Formulaic, "不断规范依申请公开工作。", 0},
		{"another check", alone, Exemption{Phrase: "不断规范", Check: "雷同", Reason: "另行考核"}, Formulaic, "不断规范依申请公开工作。", 0},
		{"the item by number, unit and check", alone, Exemption{Unit: "水务", Item: "4", Check: "空泛", Reason: "另行考核"}, NotApplicable, "", 1},
		{"until yesterday", alone, Exemption{Item: "4", Reason: "另行考核", Until: "2026-06-29"}, Formulaic, "不断规范依申请公开工作。", 0},
		{"until today", alone, Exemption{Item: "4", Reason: "另行考核", Until: "2026-06-30"}, NotApplicable, "", 1},
		{"a met row stays", good, Exemption{Phrase: "不断规范", Reason: "规定的表述"}, Met, "", 0},
	} {
		rows, findings, let := excused(t, smallSet(t), []Exemption{c.own}, c.file)
		row := rows["i004"]
		if row.Status != c.status || len(let) != c.let {
			t.Errorf("%s: %s, %d let off; want %s, %d", c.name, row.Status, len(let), c.status, c.let)
		}
		if c.let > 0 && (!strings.Contains(row.Why, "按豁免不提出") || !strings.Contains(row.Why, c.own.Reason)) {
			t.Errorf("%s: the row says %q", c.name, row.Why)
		}
		quote := ""
		for _, f := range findings {
			if f.Indicator == "i004" {
				quote = f.Evidence.Quote
			}
		}
		if quote != c.quote || c.quote != "" && row.Evidence[0].Quote != c.quote {
			t.Errorf("%s: the finding quotes %q, want %q", c.name, quote, c.quote)
		}
	}
}

func TestExcuseOfMissingNeedsTheWholeItem(t *testing.T) {
	f := paper("r.txt", corpus.Annual, "2023", "# 一、复议", "复议工作常抓不懈。")
	_, findings, let := excused(t, smallSet(t), []Exemption{{Section: "复议", Reason: "甲"}}, f)
	if checksOn(findings, "i004") != "缺项" || len(let) > 0 {
		t.Errorf("a section lets off what is missing: %d let off", len(let))
	}
	_, findings, let = excused(t, smallSet(t), []Exemption{{Item: "i004", Reason: "甲"}}, f)
	if checksOn(findings, "i004") != "" || len(let) != 1 {
		t.Errorf("an item is not let off: %d let off", len(let))
	}
}

// A share of copied text is measured again without the section.
func TestExcuseMeasuresReuseAgain(t *testing.T) {
	f := paper("r.txt", corpus.Annual, "2023", "# 一、总体要求", "坚持统筹谋划和一体推进，把各项部署逐条落到实处并按月对账。",
		"# 二、工作情况", "全年审核规范性文件3件，退回1件，向社会公布2件，报送备案2件。")
	f.Reuse = []corpus.Reuse{{Doc: "r.txt", Span: f.Passages[1].Span, Source: "上位文件/a.txt", Relation: corpus.FromSuperior, Informative: 28,
		Same: []corpus.Span{f.Passages[1].Span}}}
	_, findings, let := excused(t, smallSet(t), nil, f)
	if checksOn(findings, "") != "照抄上级" || len(let) > 0 {
		t.Fatalf("findings %q, want 照抄上级", checksOn(findings, ""))
	}
	_, findings, let = excused(t, smallSet(t), []Exemption{{Section: "总体要求", Check: "照抄上级", Reason: "规定的表述"}}, f)
	if checksOn(findings, "") != "" || len(let) != 1 || let[0].By != "部分“总体要求”、问题“照抄上级”" {
		t.Errorf("findings %q, let off %+v", checksOn(findings, ""), let)
	}
}

func TestExemptionFaults(t *testing.T) {
	for _, c := range []struct {
		e    Exemption
		want string
	}{
		{Exemption{Reason: "甲"}, "至少一个"},
		{Exemption{Phrase: "甲乙"}, "理由"},
		{Exemption{Phrase: " 甲 ", Reason: "甲"}, "至少两个字"},
		{Exemption{Check: "空话", Reason: "甲"}, "check 不能是"},
		{Exemption{Unit: "甲局", Reason: "甲", Until: "明年"}, "年-月-日"},
		{Exemption{Unit: "甲局", Reason: "甲", Until: "2026-12-31"}, ""},
		{Exemption{Check: "残留占位符", Reason: "甲"}, ""},
	} {
		if got := c.e.Fault(); (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
			t.Errorf("Fault(%+v) = %q, want %q", c.e, got, c.want)
		}
	}
}
