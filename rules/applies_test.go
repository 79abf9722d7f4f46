package rules

import (
	"testing"

	"github.com/google/go-cmp/cmp"
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
