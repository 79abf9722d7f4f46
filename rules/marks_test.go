package rules

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duibiao/corpus"
)

// markUnits are a roster for tables with columns of marks.
func markUnits() []corpus.Unit {
	var units []corpus.Unit
	for class, names := range map[string]string{
		"部门": "青原区人民政府办公室 青原区司法局 市公安局青原分局 青原区教育体育局 青原区行政审批服务局",
		"街镇": "东岭街道办事处 白沙镇人民政府",
	} {
		for _, n := range strings.Fields(names) {
			units = append(units, corpus.Unit{Name: n, Class: class})
		}
	}
	slicesSortUnits(units)
	return units
}

func TestColumnsOfMarks(t *testing.T) {
	const head = "序号|考核事项|考核要求|考核对象|||||备注"
	const names = "|||府办|司法|公安分局|教体|东岭|"
	for _, c := range []struct {
		name string
		rows []string
		want string // who each item is for, ? after those of whom nobody can tell
	}{
		{"names in a second row", []string{head, names, "1|案卷评查|每年一次|√|√||||", "2|负责人出庭|按时出庭|||√||√|无案件的注明", "合计||||||||"},
			"府办 司法;公安 东岭"},
		{"names in the header", []string{"序号|考核事项|区司法局|公安分局|白沙镇|分值", "1|案卷评查|√|√||5", "2|负责人出庭|||√|5"},
			"公安 司法;白沙"},
		{"a note takes a mark away", []string{head, names, "1|案卷评查|每年一次|○|★||√||", "注：★为牵头单位，√为责任单位，○为提供数据单位，不考核，空白为不涉及。"},
			"司法 教体"},
		{"a mark of which nothing is said", []string{head, names, "1|案卷评查|每年一次|△|√||√||"},
			"司法 府办? 教体"},
		{"only those who lead are judged", []string{head, names, "1|案卷评查|每年一次||★||√||", "注：★为牵头单位，√为责任单位。只考核牵头单位。"},
			"司法"},
		{"those who help are not judged", []string{head, names, "1|案卷评查|每年一次||★||○||", "注：★为牵头单位，○为配合单位，配合单位不考核。"},
			"司法"},
		{"counts of marks", []string{head, names, "1|案卷评查|每年一次|√|√||||", "|小计||1|1|0|0|0|", "2|负责人出庭|按时出庭|||√||√|", "|填报项数合计||1|1|1|0|1|", "合 计|||√1|★1 √1|√1|||"},
			"府办 司法;公安 东岭"},
		{"no mark in a row", []string{head, names, "1|案卷评查|每年一次|√|√||||", "2|负责人出庭|按时出庭||||||"},
			"府办 司法;东岭? 公安? 府办? 司法? 教体? 审批? 白沙?"},
		{"words among the marks", []string{head, names, "1|案卷评查|每年一次|√|√||||", "2|负责人出庭|按时出庭|√|√||||", "3|信息公开|按时答复|各单位|||||", "4|年度报告|按时公开|√|√|×|无|√|"},
			"府办 司法;府办 司法;东岭 公安 府办 司法 教体 审批 白沙;东岭 府办 司法"},
		{"restrictions", []string{"序号|考核事项|考核要求|部门|街镇", "1|案卷评查|每年一次|√（限区司法局）|√", "2|负责人出庭|按时出庭|√（除区司法局、公安分局外）|", "3|证明清理|公布清单|√（区司法局除外）|√", "4|入企检查|扫码|√（有关科室）|", "5|普法|以案释法|√①|√"},
			"东岭 司法 白沙;府办 教体 审批;东岭 公安 府办 教体 审批 白沙;公安? 府办? 司法? 教体? 审批?;东岭 公安? 府办? 司法? 教体? 审批? 白沙"},
		{"merged cells", []string{"序号|考核事项|考核要求|责任主体|||分值", "^序号|^考核事项|^考核要求|司法|公安|教体|^分值", "1|案卷评查|每年一次|√||√|5", "2|负责人出庭|按时出庭|^√||^√|^5"},
			"司法 教体;司法 教体"},
		{"a header that only the marks tell", []string{"青原区任务表", "事项|区司法局|公安分局|白沙镇", "案卷评查|√|√|", "负责人出庭|||√"},
			"公安 司法;白沙"},
		{"who leads and who helps in columns of their own", []string{"序号|考核事项|牵头单位||配合单位|", "||司法|教体|司法|教体", "1|案卷评查|√|||√", "2|负责人出庭||√|√|", "注：配合单位不考核。|||||"},
			"司法;教体"},
		{"marks of those who help beside a column of who leads", []string{"序号|考核事项|牵头单位|配合单位|", "|||司法|教体", "1|案卷评查|公安分局||√", "2|负责人出庭|区司法局|√|√"},
			"公安 教体;司法 教体"},
		{"the header repeated on the next page", []string{head, names, "1|案卷评查|每年一次|√|√||||", head, names, "2|负责人出庭|按时出庭|||√||√|"},
			"府办 司法;公安 东岭"},
		{"two kinds of columns of marks", []string{"序号|考核事项|责任单位||考核方式|", "||司法|教体|查资料|实地看", "1|案卷评查|√||√|", "2|负责人出庭||√||√"},
			"司法;教体"},
		{"sections between the items", []string{head, names, "一、执法||||||||", "1|案卷评查|每年一次|√|√||||", "二、应诉||||||||", "2|负责人出庭|按时出庭|||√||√|"},
			"府办 司法;公安 东岭"},
		{"kinds of units", []string{"序号|考核事项|区直部门|镇（街道）", "1|案卷评查|√|", "2|负责人出庭|✔|✔", "3|一村一顾问||★"},
			"公安 府办 司法 教体 审批;东岭 公安 府办 司法 教体 审批 白沙;东岭 白沙"},
		{"two units named alike", []string{"序号|考核事项|司法|审批|政务", "1|案卷评查|√||", "2|事项清单|√|√|√"},
			"司法;司法 审批 东岭? 公安? 府办? 教体? 白沙?"},
		{"a name that fits none", []string{"序号|考核事项|区司法局|公安分局|教体|水务|白沙镇", "1|案卷评查|√|||√|", "2|负责人出庭|√|√|√||√"},
			"司法 东岭? 府办? 审批?;公安 司法 教体 白沙"},
	} {
		set, report, err := Import("表", []Sheet{sheet(c.rows...)}, nil)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		units := markUnits()
		roster := set.Roster(units)
		var got []string
		for i := range set.Indicators {
			var in, may []string
			for _, u := range units {
				switch short := shortMarkUnit(u.Name); set.covers(&set.Indicators[i], u, roster) {
				case covered:
					in = append(in, short)
				case unclear:
					may = append(may, short+"?")
				}
			}
			got = append(got, strings.Join(append(in, may...), " "))
		}
		if d := cmp.Diff(sortWords(c.want), sortWords(strings.Join(got, ";"))); d != "" {
			t.Errorf("%s (-want +got):\n%s%s", c.name, d, strings.Join(report.Columns, "\n"))
		}
	}
}

// Columns that hold marks but no units are left alone.
func TestMarksThatAreNotUnits(t *testing.T) {
	for _, rows := range [][]string{
		{"序号|考核事项|考核要求|有|无|责任单位", "1|案卷评查|每年一次|√||各单位", "2|负责人出庭|按时出庭||√|各单位"},
		{"序号|考核事项|考核要求|评议等次|||责任单位", "|||好|较好|差|", "1|案卷评查|每年一次|√|||各单位", "2|负责人出庭|按时出庭||√||各单位"},
		{"序号|考核事项|考核要求|已完成|未完成|责任单位", "1|案卷评查|每年一次|√||各单位", "2|负责人出庭|按时出庭||√|各单位"},
		{"序号|考核事项|考核要求|查资料|实地看|责任单位", "1|案卷评查|每年一次|√||各单位", "2|负责人出庭|按时出庭||√|各单位"},
		{"序号|考核事项|考核要求|评分单位||责任单位", "|||区司法局|区财政局|", "1|案卷评查|每年一次|√||各单位", "2|负责人出庭|按时出庭||√|各单位"},
		{"序号|考核事项|考核要求|是否新增|责任单位", "1|案卷评查|每年一次|√|各单位", "2|负责人出庭|按时出庭|√|各单位"},
	} {
		set, _, err := Import("表", []Sheet{sheet(rows...)}, nil)
		if err != nil || len(set.Indicators) != 2 {
			t.Errorf("%q: %v", rows, err)
			continue
		}
		for _, it := range set.Indicators {
			if got := strings.Join(it.Applies, "、"); got != "各单位" {
				t.Errorf("%q: item %s is for %s, want 各单位", rows[0], it.No, got)
			}
		}
	}
}

func TestImportSaysWhichColumnsAreMarks(t *testing.T) {
	_, report, err := Import("表", []Sheet{sheet("序号|考核事项|区司法局|公安分局|白沙镇", "1|案卷评查|√|√|△", "2|负责人出庭|||√")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := "表 第3至5列“区司法局、公安分局、白沙镇”读作责任单位（打√的列，△没有说明，记作不明）"
	if got := report.Columns[len(report.Columns)-1]; got != want {
		t.Errorf("Import says %s, want %s", got, want)
	}
}

func TestReadMarks(t *testing.T) {
	for note, want := range map[string]string{
		"★为牵头单位，√为责任单位，空白为不涉及":      "√0 ★1",
		"“●”“√”均须填报，“○”仅提供数据，不列入考核": "√0 ○3 ●0",
		"打√的单位考核，未打√的不考核":           "√0",
		"▲表示数据提供单位":                 "▲4",
		"△：配合单位":                    "△2",
		"自查问题清单（√表）":                "",
		"标“V”的为考核对象":                "√0",
		"√后加括号注明“限××”的，仅评价所列单位":     "",
		"除标○的外，均须考核，★的加倍计分，其余的不考核":  "○3",
	} {
		told := map[rune]markMeaning{}
		for s := range statements(note) {
			readMarks(s, told)
		}
		if got := tellMarks(told); got != want {
			t.Errorf("%s is read as %s, want %s", note, got, want)
		}
	}
}

func slicesSortUnits(units []corpus.Unit) {
	slices.SortFunc(units, func(a, b corpus.Unit) int { return strings.Compare(a.Name, b.Name) })
}

func shortMarkUnit(name string) string {
	for _, s := range []string{"府办", "司法", "公安", "教体", "审批", "东岭", "白沙"} {
		if strings.Contains(strings.NewReplacer("政府办", "府办", "教育体育", "教体").Replace(name), s) {
			return s
		}
	}
	return name
}

func sortWords(s string) string {
	var out []string
	for item := range strings.SplitSeq(s, ";") {
		words := strings.Fields(item)
		slices.Sort(words)
		out = append(out, strings.Join(words, " "))
	}
	return strings.Join(out, ";")
}

func tellMarks(told map[rune]markMeaning) string {
	var out []string
	for r, m := range told {
		out = append(out, fmt.Sprintf("%c%d", r, m))
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}
