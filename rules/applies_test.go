package rules

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duibiao/corpus"
)

func TestSplitUnitsKeepsNamesThatHoldAnAnd(t *testing.T) {
	for cell, want := range map[string][]string{
		"市自然资源和规划局、市住房和城乡建设局": {"市自然资源和规划局", "市住房和城乡建设局"},
		"市发展和改革局和市财政局":        {"市发展和改革局", "市财政局"},
		"县级政府及市直部门":           {"县级政府", "市直部门"},
		"各乡镇（街道）与市农业农村局":      {"各乡镇（街道）", "市农业农村局"},
		"工业和信息化局，文化广电和旅游局":    {"工业和信息化局", "文化广电和旅游局"},
		"各单位。": {"各单位"},
		"":     nil,
	} {
		if diff := cmp.Diff(want, splitUnits(cell)); diff != "" {
			t.Errorf("splitUnits(%s) (-want +got):\n%s", cell, diff)
		}
	}
}

// Whom a cell covers: units by a letter, in the order of covered.
func TestCellsWithBrackets(t *testing.T) {
	units := []corpus.Unit{
		{Name: "青山镇人民政府", Kind: corpus.Township}, {Name: "白石乡人民政府", Kind: corpus.Township},
		{Name: "市统计局", Kind: corpus.Bureau}, {Name: "市气象局", Kind: corpus.Bureau}, {Name: "市水利局", Kind: corpus.Bureau},
		{Name: "望梧区人民政府", Kind: corpus.County}, {Name: "云河经济技术开发区管委会", Kind: "开发区管委会"},
	}
	for cell, want := range map[string]string{
		"各乡镇（街道）（青山镇除外）":   "白石乡人民政府",
		"各单位（市统计局，市气象局除外）": "青山镇人民政府 白石乡人民政府 市水利局 望梧区人民政府 云河经济技术开发区管委会",
		"市直部门（不含市统计局）":     "市气象局 市水利局",
		"市水利局（牵头）":         "市水利局",
		"各县区（含经开区）":        "望梧区人民政府 云河经济技术开发区管委会",
		"各县区（含经开区，望梧区除外）":  "云河经济技术开发区管委会",
		"市直部门（指市统计局、市水利局）": "市统计局 市水利局",
		"乡镇（街道）以外的单位":      "市统计局 市气象局 市水利局 望梧区人民政府 云河经济技术开发区管委会",
		"外的":               "",
	} {
		var s Set
		var got []string
		for _, u := range units {
			if s.covers(&Indicator{Applies: splitUnits(cell)}, u, nil) == covered {
				got = append(got, u.Name)
			}
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%s covers %s, want %s", cell, got, want)
		}
	}
}

// Words for everybody, as offices write them in a cell, leave nobody out.
func TestEverybody(t *testing.T) {
	units := []corpus.Unit{{Name: "甲县", Class: "县（市、区）", Kind: corpus.County}, {Name: "市教育局", Kind: corpus.Bureau}, {Name: "甲县东山镇", Kind: corpus.Township}}
	for _, w := range []string{"全部", "全体", "所有", "均适用", "全部适用", "都适用", "通用", "共性指标", "普遍适用", "全员", "全市", "各级", "各地各部门", "市县乡三级", "全部单位", "各参评单位", "所有被考核对象"} {
		set, _, err := Import("表", []Sheet{sheet("序号|指标名称|适用单位", "1|政务公开|"+w)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		roster := set.Roster(units)
		for _, u := range units {
			if set.covers(&set.Indicators[0], u, roster) != covered {
				t.Errorf("%s leaves out %s", w, u.Name)
			}
		}
	}
}
