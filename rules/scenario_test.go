package rules

import (
	"fmt"
	"strings"
	"testing"

	"duibiao/corpus"
)

// Three invented units of one city, an office's own table, the shipped checks:
// a whole review without a file.
func TestScenario(t *testing.T) {
	base := shipped(t, "checks")
	base.Indicators = nil
	table := smallSet(t)
	table.Limits = Limits{}
	set, err := table.With(base)
	if err != nil {
		t.Fatal(err)
	}
	roster := []corpus.Unit{
		{Name: "云河市城市管理局", Kind: corpus.Bureau, Enforces: true, Owes: []corpus.Kind{corpus.Annual}},
		{Name: "东湖街道", Kind: corpus.Township, Owes: []corpus.Kind{corpus.Annual}},
		{Name: "云河市文化旅游局", Kind: corpus.Bureau, Owes: []corpus.Kind{corpus.Annual}},
	}
	files := map[string][]File{
		"云河市城市管理局": {paper("城管/报告.txt", corpus.Annual, "2023",
			"# 一、主要举措和成效",
			"印发前的3份文件都由法规科作了合法性审核，改了两处。",
			"《夜市迁移方案》列入年度重大决策目录，4月12日听证，27名代表参加。",
			"收到政府信息公开申请4件，均按时答复。",
			"58名执法人员持证上岗，人均培训64学时。",
			"会前学法5次，1月9日学习《中华人民共和国行政处罚法》。",
			"全年没有以我局为被告的行政诉讼案件。",
			"# 二、主要负责人履行第一责任人职责情况", "局长2次主持研究法治建设。",
			"# 三、存在的问题和原因", "个别文书还不够规范，原因是新人多。",
			"# 四、下一年打算", "将开展文书评比。")},
		"东湖街道": {paper("东湖/报告.txt", corpus.Annual, "2023",
			"# 一、工作情况",
			"高度重视法治建设，严格落实规范性文件合法性审核制度。",
			"坚持领导干部会前学法。",
			"排查矛盾纠纷46起，化解45起，余下1起已转诉讼。",
			"我局认真办理政府信息公开申请，答复率100%。",
			"# 二、不足", "普法有待加强。",
			"# 三、下一步", "将落实负责人出庭应诉制度。")},
	}
	want := map[string]string{
		"云河市城市管理局": "达标 达标 不适用 达标 达标 达标 不适用 | ",
		"东湖街道":     "空泛 不适用 只有打算 空泛 不适用 空泛 达标 | 张冠李戴",
		"云河市文化旅游局": "未判 未判 未判 未判 不适用 未判 不适用 | 未报送",
	}
	for _, u := range roster {
		rows, findings := Judge(Input{Unit: u, Set: set, Files: files[u.Name], Year: 2023, Roster: set.Roster(roster)})
		var checks []string
		for _, f := range findings {
			if f.Indicator == "" && f.Check != "缺少必备部分" {
				checks = append(checks, f.Check)
			}
		}
		got := statuses(rows) + " | " + strings.Join(checks, " ")
		if got != want[u.Name] {
			t.Errorf("%s: %s, want %s%s", u.Name, got, want[u.Name], describe(rows))
		}
	}
}

func describe(rows []Row) string {
	var b strings.Builder
	for _, r := range rows {
		fmt.Fprintf(&b, "\n  %s %s %s", r.Status, r.Title, r.Why)
		for _, e := range r.Evidence {
			fmt.Fprintf(&b, " «%s» %q", e.Quote, e.Facts)
		}
	}
	return b.String()
}

// An office's table of 130 items over a long paper: what mapping costs.
func BenchmarkJudge(b *testing.B) {
	th := thesaurus()
	s := Sheet{Rows: [][]Cell{cells("序号|三级指标|责任单位")}}
	for i := range 130 {
		tp := th.all[i%len(th.all)]
		s.Rows = append(s.Rows, cells(fmt.Sprintf("%d|%s，建立健全工作机制%d|各单位", i+1, strings.ReplaceAll(tp.names[0], "…", ""), i)))
	}
	set, _, err := Import("大表", []Sheet{s}, nil)
	if err != nil {
		b.Fatal(err)
	}
	var lines []string
	for i := range 120 {
		lines = append(lines, fmt.Sprintf("我局认真落实%s各项要求，全年开展%d次，会同有关部门排查问题%d处，不断提高依法行政水平。", strings.ReplaceAll(th.all[i].names[0], "…", ""), i+2, i+7))
	}
	f := paper("r.txt", corpus.Annual, "2023", lines...)
	b.SetBytes(int64(len(f.Doc.String())))
	for b.Loop() {
		Judge(Input{Unit: corpus.Unit{Name: "云河市水务局", Kind: corpus.Bureau}, Set: set, Files: []File{f}, Year: 2023})
	}
}
