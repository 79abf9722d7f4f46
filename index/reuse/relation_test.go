package reuse

import "testing"

func TestHigherIsNotOfAnotherCity(t *testing.T) {
	paper := func(unit string, level int) Document { return Document{Unit: unit, Level: level} }
	for _, tt := range []struct {
		superior, unit Document
		want           bool
	}{
		{paper("澜州市人民政府", 3), paper("澜州市东湖区水利局", 4), true},
		{paper("澜州市法治政府建设领导小组", 3), paper("中共云河市开发区工作委员会", 4), false},
		{paper("江南省澜州市司法局", 3), paper("澜州市东湖区司法局", 4), true},
		{paper("江南省人民政府", 2), paper("澜州市人民政府", 3), true},
		{paper("澜州市人民政府", 3), paper("柳河镇人民政府", 5), true}, // its name tells no city
		{paper("东湖区人民政府", 4), paper("澜州市水利局", 3), false},
		{paper("澜州市人民政府", 0), paper("柳河镇人民政府", 5), false},
		{paper("澜州市人民政府", 3), paper("柳埠市水利局", 4), true}, // may be a county-level city
	} {
		if got := higher(tt.superior, tt.unit); got != tt.want {
			t.Errorf("higher(%s, %s) = %v", tt.superior.Unit, tt.unit.Unit, got)
		}
	}
}
