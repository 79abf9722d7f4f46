package rules

import (
	"strings"
	"testing"

	"duibiao/corpus"
)

const cityPlan = `为推进法治政府建设，制定本方案。
一、总体要求
（一）坚持统筹兼顾。把各项工作放在一起谋划。
二、主要任务
（一）校准权责清单。对照法律法规逐项校准权责清单，三月底前在网站公开，年底前再校一遍。
（二）清理存量文件。对现行文件分领域集中清理，及时公布废止、修改和继续有效的目录。
（三）规范听证程序。涉及群众切身利益的事项一律听证，听证笔录附卷备查。
（四）亮证检查。进企业检查先亮证后开口，检查结果当场交企业一份。
（五）调解渔事纠纷。在码头设调解桌，渔船碰擦当天受理。责任单位：农业农村局
（六）按时出庭。负责人出庭又出声，庭后三日内写出应诉小结。
三、组织保障
（一）加强领导。每季度听取一次汇报。`

// planPair is a superior's plan and a bureau's, which takes the lines of taken
// from it word for word and adds own.
func planPair(taken []string, own string) (File, shelf) {
	src := paper("上位文件/p.txt", corpus.Plan, "2024", strings.Split(cityPlan, "\n")...)
	src.Unit, src.Title = corpus.Taken{Value: "云河市人民政府"}, corpus.Taken{Value: "云河市2024年法治政府建设方案"}
	f := paper("r.txt", corpus.Plan, "2024", append(taken, own)...)
	for i, line := range taken {
		for _, p := range src.Passages {
			if p.Text == line {
				f.Reuse = append(f.Reuse, corpus.Reuse{Doc: f.ID, Span: f.Passages[i].Span, Source: src.ID, SourceSpan: p.Span, Relation: corpus.FromSuperior, Informative: p.Span.Len()})
			}
		}
	}
	return f, shelf{src.ID: &src.Submission}
}

func TestDroppedTasks(t *testing.T) {
	set := checkSet(t)
	lines := strings.Split(cityPlan, "\n")
	for _, c := range []struct {
		name  string
		taken []string
		own   string
		want  string // named in the message, or "" for no finding
	}{
		{"one task dropped", lines[4:8], "每月通报一次进度。", "“按时出庭”"},
		{"the task in own words", lines[4:8], "局长按时出庭，庭后写小结。", ""},
		{"another's task dropped too", lines[4:8], "水政科负责人按时出庭。", ""},
		{"two dropped", lines[4:7], "每月通报一次进度。", "“亮证检查”“按时出庭”"},
		{"only a part is followed", lines[4:6], strings.Repeat("我局另行安排管网巡查，每周两次。", 2), ""},
		{"everything", append(append([]string{}, lines[4:8]...), lines[9]), "每月通报一次进度。", ""},
		{"little is copied", lines[4:8], strings.Repeat("我局另行安排管网巡查，逐段登记，逐段签字，遇险情先断水后抢修。", 30), ""},
	} {
		f, library := planPair(c.taken, c.own)
		got := droppedTasks(&Case{Input: Input{Unit: waterBureau, Set: set, Files: []File{f}, Library: library}})
		switch {
		case len(got) > 1 || len(got) == 0 != (c.want == ""):
			t.Errorf("%s: %d findings, want %q: %+v", c.name, len(got), c.want, got)
		case c.want != "" && (!strings.Contains(got[0].Message, c.want+"。") || got[0].Source == nil || got[0].Severity != Low):
			t.Errorf("%s: %+v, want %s named and the superior's task quoted", c.name, got[0], c.want)
		}
	}
}

func TestDutyTakenOverUnadapted(t *testing.T) {
	set := checkSet(t)
	line := "将法治政府建设纳入全市国民经济和社会发展规划，制定年度计划并组织实施。"
	src := paper("上位文件/p.txt", corpus.Plan, "2024", line)
	f := paper("r.txt", corpus.Plan, "2024", line)
	f.Reuse = []corpus.Reuse{{Doc: f.ID, Span: f.Passages[0].Span, Source: src.ID, SourceSpan: src.Passages[0].Span, Relation: corpus.FromSuperior, Informative: 30}}
	for _, c := range []struct {
		name  string
		reuse []corpus.Reuse
		want  bool
	}{{"taken over", f.Reuse, true}, {"own words", nil, false}} {
		f.Reuse = c.reuse
		got := misplacedDuties(&Case{Input: Input{Unit: waterBureau, Set: set, Files: []File{f}, Library: shelf{src.ID: &src.Submission}}})
		if len(got) != 1 || strings.Contains(got[0].Message, "照搬了") != c.want {
			t.Errorf("%s: %+v, want one finding, told as taken over: %v", c.name, got, c.want)
		}
	}
}

func TestItemLevel(t *testing.T) {
	for text, want := range map[string]struct{ level, n int }{
		"一、总体要求": {1, 2}, "十二、附则": {1, 3}, "(一)甲": {2, 3}, "（十一）甲": {2, 4}, "1.甲": {3, 2}, "12、甲": {3, 3},
		"2024年": {0, 0}, "一是": {0, 0}, "": {0, 0}, "(1)": {0, 0}, "1.5公里": {0, 0}, "一": {0, 0},
	} {
		if level, n := itemLevel(foldRunes(text)); level != want.level || n != want.n {
			t.Errorf("itemLevel(%s) = %d, %d, want %d, %d", text, level, n, want.level, want.n)
		}
	}
}
