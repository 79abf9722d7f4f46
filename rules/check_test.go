package rules

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duibiao/corpus"
	"duibiao/rules/packs"
)

// shipped is one of the packs that ship with the program, by its folder.
func shipped(t testing.TB, root string) *Set {
	t.Helper()
	f, err := fs.Sub(packs.FS, root)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Load(f)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func checkSet(t testing.TB) *Set {
	t.Helper()
	s := shipped(t, "checks")
	s.Indicators = nil
	s.Profiles = []Profile{{ID: "p", Title: "年度报告", Kinds: []corpus.Kind{corpus.Annual}, MaxWords: 400, Due: "03-01", Parts: []Part{
		{Name: "存在的问题", Required: true, Heading: []string{"问题", "不足", "差在哪"}, Body: []string{"有待", "还不够"}, Not: []string{"问题导向"}},
		{Name: "下一年安排", Required: true, Heading: []string{"下一步", "打算"}, Planned: true},
	}}}
	u, err := s.With()
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func checksOf(findings []Finding) string {
	var out []string
	for _, f := range findings {
		out = append(out, f.Check)
	}
	return strings.Join(out, " ")
}

func TestDocumentChecks(t *testing.T) {
	set := checkSet(t)
	bureau := corpus.Unit{Name: "云河市水务局", Kind: corpus.Bureau}
	street := corpus.Unit{Name: "东湖街道", Kind: corpus.Township}
	roster := []corpus.Unit{bureau, street, {Name: "云河市民政局", Kind: corpus.Bureau, Aliases: []string{"民政局"}}, {Name: "西岭镇", Kind: corpus.Township}}
	whole := []string{"# 二、我们还差在哪儿", "执法台账有待规范。", "# 三、下一步打算", "将补齐台账。"}
	for _, c := range []struct {
		name  string
		unit  corpus.Unit
		lines []string
		want  string
	}{
		{"nothing wrong", bureau, append([]string{"我局与民政局联合检查2次，2023年度报告于2024年3月公开。"}, whole...), ""},
		{"no next year", bureau, []string{"全年检查2次。", "# 二、存在的问题", "有待规范。"}, "缺少必备部分"},
		{"problem orientation is no problem part", bureau, []string{"坚持问题导向。", "# 下一步打算", "将检查。"}, "缺少必备部分"},
		{"placeholder", bureau, append([]string{"推进法治X县建设，XX局全年检查××次。"}, whole...), "残留占位符"},
		{"a person called Li", bureau, append([]string{"对当事人李某某罚款200元，X光机通过检定。"}, whole...), ""},
		{"another unit speaks", bureau, append([]string{"民政局认真落实三项制度。"}, whole...), "张冠李戴"},
		{"a partner acts", bureau, append([]string{"民政局派出2人参加检查。"}, whole...), ""},
		{"wrong self", street, append([]string{"我局认真学习法律。"}, whole...), "张冠李戴"},
		{"unknown place speaks", street, append([]string{"青榆县坚持依法行政。"}, whole...), "张冠李戴"},
		{"old year in a heading", bureau, append([]string{"# 一、2022年主要工作成效", "全年检查2次。"}, whole...), "年份不符"},
		{"old year in the opening", bureau, append([]string{"现将我局2022年法治政府建设情况报告如下：", "全年检查2次。"}, whole...), "年份不符"},
		{"broken span", bureau, append([]string{"落实实施纲要（2023—2023年）。"}, whole...), "年份不符"},
		{"misnamed law", bureau, append([]string{"学习《有组织犯罪法》。"}, whole...), "引用错误"},
		{"misdated plan", bureau, append([]string{"落实《法治政府建设实施纲要（2022—2025年）》。"}, whole...), "引用错误"},
		{"right titles", bureau, append([]string{"学习《反有组织犯罪法》《法治政府建设实施纲要（2021—2025年）》《中华人民共和国海商法》。"}, whole...), ""},
		{"one rune off", bureau, append([]string{"学习《中华人民共和国安全产生法》《行政复义法》《中华人民共和国消费者权宜保护法》。"}, whole...), "引用错误"},
		{"old version", bureau, append([]string{"执行《行政处罚法》（2017年修正）。"}, whole...), "引用错误"},
		{"dissolved body", bureau, append([]string{"报市政府法制办审核。"}, whole...), "过期机构"},
		{"former body", bureau, append([]string{"承接原市政府法制办职责。"}, whole...), ""},
		{"duty", bureau, append([]string{"将法治政府建设纳入国民经济和社会发展规划。"}, whole...), "职责错位"},
		{"stale slogan", bureau, append([]string{"为贯彻党的十八大精神，开展工作。"}, whole...), "过期口号"},
		{"too long", bureau, append([]string{strings.Repeat("检查台账、", 100)}, whole...), "超字数"},
	} {
		_, findings := Judge(Input{Unit: c.unit, Set: set, Roster: set.Roster(roster), Year: 2023, Files: []File{paper("a/r.txt", corpus.Annual, "2023", c.lines...)}})
		if got := checksOf(findings); got != c.want {
			t.Errorf("%s: findings %q, want %q: %+v", c.name, got, c.want, findings)
		}
	}
}

func TestRepeatedAndLateAndOwed(t *testing.T) {
	set := checkSet(t)
	a := paper("a.txt", corpus.Annual, "2023", "全年对河道采砂场检查2次，补签巡查记录7份，台账按季度归档，另有三处界桩由巡河员重新埋设。执法文书有待规范。", "将补齐台账。")
	b := a
	b.ID = "b.txt"
	a.Date = corpus.Taken{Value: "2024-04-11"}
	unit := corpus.Unit{Name: "云河市水务局", Kind: corpus.Bureau, Owes: []corpus.Kind{corpus.Annual, corpus.Plan}}
	_, findings := Judge(Input{Unit: unit, Set: set, Files: []File{a, b}, Year: 2023})
	if got, want := checksOf(findings), "未报送 重复文件 逾期报送"; got != want {
		t.Errorf("findings %q, want %q", got, want)
	}
}

type shelf map[string]*corpus.Submission

func (s shelf) Lookup(id string) (*corpus.Submission, bool) { v, ok := s[id]; return v, ok }

func TestReuseChecksQuoteBothSides(t *testing.T) {
	set := checkSet(t)
	src := paper("上位文件/p.txt", corpus.Plan, "2023", "建立台账管理办法，逐级报告检查情况，按月汇总通报。")
	f := paper("r.txt", corpus.Plan, "2023", "建立台账管理办法，逐级报告检查情况，按月汇总通报。", "另外两句是自己的。")
	f.Reuse = []corpus.Reuse{{Doc: "r.txt", Span: f.Passages[0].Span, Source: src.ID, SourceSpan: src.Passages[0].Span, Relation: corpus.FromSuperior, Informative: 80}}
	_, findings := Judge(Input{Unit: corpus.Unit{Name: "云河市水务局", Kind: corpus.Bureau}, Set: set, Files: []File{f}, Year: 2023, Library: shelf{src.ID: &src.Submission}})
	if len(findings) != 1 || findings[0].Check != "照抄上级" || findings[0].Source == nil || findings[0].Source.Quote != src.Passages[0].Text || findings[0].Evidence.Quote != f.Passages[0].Text {
		t.Fatalf("findings %+v", findings)
	}
	if findings[0].Value == "" || findings[0].Threshold == "" {
		t.Errorf("no measure beside its threshold: %+v", findings[0])
	}
}

func TestCountWordsAsWordDoes(t *testing.T) {
	for text, want := range map[string]int{"法治政府": 4, "法治，政府。": 6, "WTO 规则 2023年": 5, "": 0, "12 345": 2} {
		if got := countWords(text); got != want {
			t.Errorf("countWords(%q) = %d, want %d", text, got, want)
		}
	}
}

// Each pack's examples are for its own rules.
func TestShippedExamples(t *testing.T) {
	roots, err := packRoots(packs.FS)
	if err != nil || len(roots) < 4 {
		t.Fatalf("packs %v, %v", roots, err)
	}
	var results []Tested
	for _, root := range roots {
		tested, err := shipped(t, root).Test()
		if err != nil {
			t.Fatal(err)
		}
		results = append(results, tested...)
	}
	wrong := map[Verdict][]string{}
	for _, r := range results {
		if r.Verdict != Right && r.Verdict != Known {
			wrong[r.Verdict] = append(wrong[r.Verdict], r.Indicator+" "+string(r.Got)+" "+r.Text)
		}
	}
	if d := cmp.Diff(map[Verdict][]string{}, wrong); d != "" {
		t.Errorf("%d examples, of which wrong:\n%s", len(results), d)
	}
}

func TestProfileExamplesAndThinParts(t *testing.T) {
	p := Profile{ID: "p", Kinds: []corpus.Kind{corpus.Annual}, Parts: []Part{{Name: "履职", Required: true, Heading: []string{"第一责任人"}, Facts: 1}},
		Examples: []Example{{Status: Met, Text: "一、第一责任人履职\n亲自部署。"}, {Status: "缺少必备部分", Text: "一、成效\n检查2次。"}, {Status: Met, Text: "检查2次。"}}}
	set, err := (&Set{Profiles: []Profile{p}}).With()
	if err != nil {
		t.Fatal(err)
	}
	results, err := set.Test()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range results {
		got = append(got, string(r.Verdict))
	}
	if d := cmp.Diff([]string{"正确", "正确", "误报"}, got); d != "" {
		t.Error(d)
	}
	_, findings := Judge(Input{Unit: corpus.Unit{Name: "云河市水务局"}, Set: set, Files: []File{outlined(p.Examples[0].Text, corpus.Annual)}})
	if got := checksOf(findings); got != "必备部分空泛" {
		t.Errorf("findings %q, want 必备部分空泛", got)
	}
}

func TestLint(t *testing.T) {
	s := &Set{Packs: []Pack{{Name: "p"}}, Indicators: []Indicator{{ID: "a", Pack: "p", Title: "甲", Terms: Terms{Any: []string{"制度"}}}, {ID: "b", Pack: "p", Title: "乙"}}}
	if got := s.Lint(); len(got) != 4 {
		t.Errorf("Lint = %q, want 4 remarks", got)
	}
}
