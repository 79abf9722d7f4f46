package rules

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"duibiao/corpus"
)

// Notes on scoring, evidence, data and time free no unit and add none, whatever
// units they name: 第7项由市政务服务局提供数据. Leaving a unit open is the worst
// that they may do.
func TestNotesAboutSomethingElse(t *testing.T) {
	body, err := os.ReadFile("testdata/notes.txt")
	if err != nil {
		t.Fatal(err)
	}
	cells := []string{"各单位", "市直部门", "县级政府", "乡镇街道", "有执法权的部门", "市司法局", "各县（市、区）政府、市直各部门", "市直部门", "各单位", "乡镇（街道）"}
	var units []corpus.Unit
	for _, u := range []struct {
		kind  corpus.UnitKind
		names string
	}{
		{corpus.Bureau, "云河市公安局 云河市水利局 云河市统计局 云河市司法局 云河市财政局 云河市市场监督管理局"},
		{corpus.County, "望梧区人民政府 东川县人民政府"},
		{corpus.Township, "青山镇人民政府 北门街道办事处"},
	} {
		for _, name := range strings.Fields(u.names) {
			units = append(units, corpus.Unit{Name: name, Kind: u.kind, Class: string(u.kind)})
		}
	}
	read := func(notes ...string) [][]reach {
		rows := []string{"序号|一级指标|三级指标|评分标准|责任单位|分值"}
		for i, c := range cells {
			rows = append(rows, fmt.Sprintf("%d|%s|政务公开第%d项|未落实的不得分|%s|5", i+1, []string{"一、组织领导", "二、制度建设", "三、行政执法"}[i*3/len(cells)], i+1, c))
		}
		rows = append(rows, "注：有执法权的部门指市公安局、市水利局、市市场监督管理局。")
		set, _, err := Import("表", []Sheet{sheet(append(rows, notes...)...)}, nil)
		if err != nil || len(set.Indicators) != len(cells) {
			t.Fatalf("%q: %v", notes, err)
		}
		roster := set.Roster(units)
		out := make([][]reach, len(cells))
		for i := range set.Indicators {
			for _, u := range units {
				out[i] = append(out[i], set.covers(&set.Indicators[i], u, roster))
			}
		}
		return out
	}
	want := read()
	for note := range strings.Lines(string(body)) {
		note = strings.TrimSpace(note)
		for i, row := range read("备注：1." + note) {
			for k, got := range row {
				if got != unclear && got != want[i][k] {
					t.Errorf("%s: %s means %s %d, want %d", note, cells[i], units[k].Name, got, want[i][k])
				}
			}
		}
	}
}
