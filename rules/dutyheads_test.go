package rules

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duibiao/corpus"
)

// headUnitsOf are the units of the invented office of these tests.
var headUnitsOf = []corpus.Unit{
	{Name: "云河市公安局", Kind: corpus.Bureau, Class: "市直部门"}, {Name: "云河市水利局", Kind: corpus.Bureau, Class: "市直部门"},
	{Name: "云河市档案局", Kind: corpus.Bureau, Class: "市直部门"}, {Name: "青山镇人民政府", Kind: corpus.Township, Class: "乡镇街道"},
	{Name: "北门街道办事处", Kind: corpus.Township, Class: "乡镇街道"},
}

// reachesOf writes of each item its name and the first runes of the units that
// it covers: 公, 水, 档, 青 and 北; a question mark before those left open.
func reachesOf(t *testing.T, sheets ...Sheet) string {
	t.Helper()
	set, _, err := Import("表", sheets, nil)
	if err != nil {
		t.Fatal(err)
	}
	roster := set.Roster(headUnitsOf)
	var lines []string
	for i := range set.Indicators {
		line := set.Indicators[i].Level1 + "/" + set.Indicators[i].Title + " "
		for _, u := range headUnitsOf {
			short := string([]rune(strings.TrimPrefix(u.Name, "云河市"))[0])
			switch set.covers(&set.Indicators[i], u, roster) {
			case covered:
				line += short
			case unclear:
				line += "?" + short
			}
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// What a heading says of 责任单位 holds for the items below it, until the next
// heading of its rank or a higher one; the heading is no item.
func TestHeadingsSayWhoIsJudged(t *testing.T) {
	for _, c := range []struct{ name, rows, want string }{
		{"label in a heading row", `
			序号|指标|评分标准|分值
			一、制度（10分） 责任单位：市直各部门（市档案局不考）
			1|文件审核|未审核扣分|5
			2|文件备案|未备案扣分|5
			二、基层（5分） 责任单位：各乡镇（街道）；第一条另由市公安局共同承担
			3|人民调解|无台账扣分|5
			4|社区矫正|无档案扣分|5
			三、其他（5分）
			5|政务公开|未公开扣分|5`,
			`一、制度（10分）/文件审核 公水
			一、制度（10分）/文件备案 公水
			二、基层（5分）/人民调解 公青北
			二、基层（5分）/社区矫正 青北
			三、其他（5分）/政务公开 公水档青北`},
		{"brackets, and single items", `
			编号|事项|查什么|问题
			A 决策（督察对象：市直部门；乡镇只查A2）
			A1|决策审查|是否审查|
			A2|集体决策|是否集体研究|
			B 治理（督察对象：全体督察对象，B2街道不查）
			B1|矛盾排查|是否排查|
			B2|村规民约|是否审查|
			C 执法（督察对象：相关单位）
			C1|持证上岗|有无无证上岗|`,
			`A决策/决策审查 公水档
			A决策/集体决策 公水档青
			B治理/矛盾排查 公水档青北
			B治理/村规民约 公水档青
			C执法/持证上岗 ?公?水?档?青?北`},
		{"a lower heading narrows, the next higher one ends it", `
			序号|指标|评分标准|分值
			第一部分 市直部门
			（一）公开【责任单位：市公安局】
			1|政务公开|未公开扣分|5
			（二）顾问
			2|法律顾问|未聘请扣分|5
			第二部分（由乡镇（街道）填报，青山镇除外）
			3|人民调解|无台账扣分|5`,
			`第一部分市直部门/政务公开 公
			第一部分市直部门/法律顾问 公水档
			第二部分/人民调解 北`},
		{"cells of the levels", `
			一级指标|二级指标|三级指标|评分标准|责任单位
			一、制度（责任单位：市直部门）|审核|文件审核|未审核扣分|
			||文件清理|未清理扣分|市水利局
			|决策【责任单位：市公安局】|决策目录|没有扣分|
			二、基层|调解|人民调解|没有扣分|各乡镇`,
			`一、制度/文件审核 公水档
			一、制度/文件清理 水
			一、制度/决策目录 公
			二、基层/人民调解 青`},
		{"small tables", `
			表一 市直部门填写
			序号|指标|评分标准|分值
			1|政务公开|未公开扣分|5
			2|法律顾问|未聘请扣分|5
			*市档案局免填第2项。

			表二 执法部门加填（市公安局、市水利局）
			序号|项目|分值|标准|备注
			1|持证上岗|5|无证上岗扣分|
			2|罚缴分离|5|下达指标扣分|市公安局不填

			表三 乡镇（街道）抽评用
			序号|项目|分值|标准|备注
			1|人民调解|5|没有台账扣分|`,
			`表一市直部门填写/政务公开 公水档
			表一市直部门填写/法律顾问 公水
			表二执法部门加填（市公安局、市水利局）/持证上岗 公水
			表二执法部门加填（市公安局、市水利局）/罚缴分离 水
			表三乡镇（街道）抽评用/人民调解 青北`},
		{"a bracket that is about something else", `
			序号|指标|评分标准|分值
			一、公开（由司法所审查）
			1|政务公开（年度）|本单位未公开的（仅限本单位网站）扣分|5
			2|法律顾问（仅乡镇）|未聘请扣分（市直部门以合同为准）|5`,
			`/政务公开（年度） 公水档青北
			/法律顾问 青`},
		{"rows of a single cell are items", `
			考核指标|得分|备注
			一、公布权责清单（市直部门填）||
			二、开展人民调解||
			三、落实政务公开||`,
			`/一、公布权责清单（市直部门填） 公水档青北
			/二、开展人民调解 公水档青北
			/三、落实政务公开 公水档青北`},
	} {
		var rows []string
		for row := range strings.SplitSeq(strings.TrimSpace(c.rows), "\n") {
			rows = append(rows, strings.TrimSpace(row))
		}
		want := strings.ReplaceAll(c.want, "\t", "")
		if d := cmp.Diff(want, reachesOf(t, sheet(rows...))); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, d)
		}
	}
}

// What a sheet says of the whole of it holds for the items of which nothing
// else is said; a table that somebody fills in for the others is for all.
func TestSheetsSayWhoIsJudged(t *testing.T) {
	items := []string{"编号|指标|评分标准|备注", "B1|文件审核|未审核扣分|", "B2|人民调解|未调解扣分|街道不填", "B3|执法监督|未监督扣分|仅市公安局填"}
	for _, c := range []struct{ above, below, want string }{
		{"", "说明：本表由市直各部门填报", "公水档;公水档;公"},
		{"考核对象：各乡镇（街道）。另有规定的见表后说明。", "", "青北;青;公"},
		{"云河市考核指标（乡镇街道）", "", "青北;青;公"},
		{"考核对象：各乡镇（街道）", "说明：B1同时考核市水利局、市公安局，B2同时考核市档案局；其余项目市直部门不填。", "公水青北;档青;公"},
		{"", "说明：本表由考核组统一填写", "公水档青北;公水档青;公"},
		{"", "说明：本表由市档案局填写", "公水档青北;公水档青;公"},
		{"填报单位（盖章）：", "说明：B1不考核街道", "公水档青;公水档青;公"},
	} {
		rows := append([]string{c.above}, append(items, c.below)...)
		var got []string
		for line := range strings.SplitSeq(reachesOf(t, sheet(rows...)), "\n") {
			got = append(got, line[strings.LastIndex(line, " ")+1:])
		}
		if got := strings.Join(got, ";"); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.above, c.below, got, c.want)
		}
	}
}

func TestRowExemption(t *testing.T) {
	for s, want := range map[string]string{
		"仅行政执法部门、乡镇填": "只 行政执法部门,乡镇", "街道不填": "除 街道", "乡镇由市档案局统一核查，不填": "除 乡镇",
		"2024年仅市公安局、市水利局承担，其他部门不考核": "只 市公安局,市水利局", "市水利局暂不考核本项": "除 市水利局",
		"仅供考核组使用": "", "只查3个部门": "", "限本单位填写": "", "无该类事项不填": "", "市公安局报数据": "", "只填一次": "",
	} {
		got := ""
		if e, ok := rowExemption(s); ok {
			got = map[bool]string{true: "只 ", false: "除 "}[e.only] + strings.Join(e.units, ",")
		}
		if got != want {
			t.Errorf("rowExemption(%s) = %q, want %q", s, got, want)
		}
	}
}
