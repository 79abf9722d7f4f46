package rules

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"duibiao/corpus"
)

func TestExemptionIn(t *testing.T) {
	for note, want := range map[string]exemption{
		"2.第7项不适用于市统计局、市气象局":       {items: [][2]string{{"7", "7"}}, units: []string{"市统计局", "市气象局"}},
		"第3、5项不考核乡镇（街道）":           {items: [][2]string{{"3", "3"}, {"5", "5"}}, units: []string{"乡镇(街道)"}},
		"第12至14项只考核有执法权的单位":        {items: [][2]string{{"12", "14"}}, units: []string{"有执法权的单位"}, only: true},
		"市档案局、垂管单位不考核第9项":          {items: [][2]string{{"9", "9"}}, units: []string{"市档案局", "垂管单位"}},
		"一、编号1.2至1.4只测县区政府和镇街":     {items: [][2]string{{"1.2", "1.4"}}, units: []string{"县区政府", "镇街"}, only: true},
		"6.第9项：市水利局、枣林镇":           {items: [][2]string{{"9", "9"}}, units: []string{"市水利局", "枣林镇"}, only: true, named: true},
		"2.低于1.5分的不计分，各单位自行核对":     {},
		"第8项由市司法局汇总":               {},
		"各单位每年3月1日前报送":             {},
		"第27项负责人出庭率低于90%的，每低1%扣1分": {},
	} {
		got, _ := exemptionIn(note)
		if len(want.units) == 0 {
			want, got.items, got.only = exemption{}, nil, false
		}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(exemption{}), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("exemptionIn(%s) (-want +got):\n%s", note, diff)
		}
	}
}

// Whom a cell leaves out it does not cover, in whatever words it says so.
func TestCoversLeavesOut(t *testing.T) {
	bureau := func(name string) corpus.Unit { return corpus.Unit{Name: name, Kind: corpus.Bureau} }
	town := corpus.Unit{Name: "麦田镇人民政府", Kind: corpus.Township}
	zone := corpus.Unit{Name: "云河高新技术产业开发区管理委员会", Kind: "管委会"}
	for _, c := range []struct {
		cell string
		unit corpus.Unit
		want reach
	}{
		{"各单位（市气象局、市税务局除外）", bureau("云河市气象局"), notCovered},
		{"各单位（市气象局、市税务局除外）", bureau("云河市税务局"), notCovered},
		{"各单位（市气象局、市税务局除外）", bureau("云河市水利局"), covered},
		{"各单位，市气象局、市税务局除外", bureau("云河市气象局"), notCovered},
		{"除市气象局外的各单位", bureau("云河市气象局"), notCovered},
		{"除市气象局外的各单位", bureau("云河市水利局"), covered},
		{"市直部门（不含市统计局）", bureau("云河市统计局"), notCovered},
		{"各单位（乡镇、街道除外）", town, notCovered},
		{"各单位（不含乡镇）", town, notCovered},
		{"各单位（不含乡镇）", bureau("云河市水利局"), covered},
		{"县（市、区）政府（含所属执法部门）、管委会", zone, covered},
		{"县（市、区）政府（含所属执法部门）", corpus.Unit{Name: "东川县人民政府", Kind: corpus.County}, covered},
		{"高新技术产业开发区管委会", zone, covered},
		{"没有执法权的单位", town, unclear},
		{"垂管单位", corpus.Unit{Name: "云河市气象局", Kind: "垂管单位"}, covered},
		{"县财政局及各垂管单位", bureau("云河市水利局"), notCovered},
		{"中央驻云单位", corpus.Unit{Name: "云河海关", Kind: "中央驻云单位"}, covered},
		{"中央驻云单位", corpus.Unit{Name: "云河市气象局", Kind: "垂管单位"}, unclear},
		{"中央驻云单位", corpus.Unit{Name: "云河市妇女联合会", Kind: "群团组织"}, notCovered},
		{"大家都要做", town, covered},
		{"大家都要做（高新区不看）", zone, notCovered},
		{"小麦、麦田两个镇", town, covered},
		{"小麦、谷雨两个镇", town, notCovered},
		{"各乡镇（街道）", town, covered},
		{"市直各部门、各乡镇（街道）", town, covered},
	} {
		ind := &Indicator{Applies: splitUnits(c.cell)}
		if got := (&Set{}).covers(ind, c.unit, nil); got != c.want {
			t.Errorf("covers(%s, %s) = %v, want %v", c.cell, c.unit.Name, got, c.want)
		}
	}
	im := &importer{pack: Pack{Defines: map[string][]string{}}, report: &ImportReport{}}
	im.note("“带证的”是有执法证的：市水利局、麦田镇")
	noted := &Set{Packs: []Pack{im.pack}}
	for u, want := range map[string]reach{"云河市水利局": covered, "云河市气象局": notCovered} {
		if got := noted.covers(&Indicator{Applies: []string{"带证的（见下）"}}, bureau(u), nil); got != want {
			t.Errorf("covers(带证的（见下）, %s) = %v, want %v", u, got, want)
		}
	}
	p := Pack{Name: "表", Defines: map[string][]string{"政府部门": splitUnits("名册中的市直部门，垂管单位不在其内")}}
	s := &Set{Packs: []Pack{p}}
	ind := &Indicator{Pack: "表", Applies: []string{"政府部门"}}
	if got := s.covers(ind, corpus.Unit{Name: "云河市气象局", Kind: "垂管单位"}, nil); got != notCovered {
		t.Errorf("a note that leaves out 垂管单位 covers one")
	}
	if got := s.covers(ind, bureau("云河市水利局"), nil); got != covered {
		t.Errorf("a note that defines 政府部门 as 市直部门 does not cover one")
	}
}
