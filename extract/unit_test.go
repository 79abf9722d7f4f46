package extract

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"duibiao/corpus"
)

func TestIsUnit(t *testing.T) {
	for _, name := range []string{
		"甲县", "青石县人民政府", "云河市柳湾区科学技术局", "中共青石县委", "白沙镇", "东桥街道办事处", "云河市经济技术开发区管理委员会",
		"青石县人力资源和社会保障局", "云河市民政局", "柳湾区财政局", "中共青石县委、青石县人民政府", "青石县法治政府建设领导小组办公室",
		"云河市城市管理综合执法支队", "青石县公共资源交易中心", "云河市中级人民法院",
	} {
		if !isUnit(name) {
			t.Errorf("isUnit(%s) = false", name)
		}
	}
	for _, name := range []string{
		"", "县", "法治政府", "我局", "各县区", "全县", "某县司法局", "x县人民政府", "关于开展检查的通知", "打造新格局", "示范市", "服务大局",
		"依法全面履行职能", "二、工作任务", "2024年度报告", "加强领导干部", "有关部门", "司法局。", "青石县司法局:",
	} {
		if isUnit(name) {
			t.Errorf("isUnit(%s) = true", name)
		}
	}
}

func TestLeadingUnit(t *testing.T) {
	for title, want := range map[string]string{
		"云河市柳湾区科学技术局法治政府建设示范区创建工作方案": "云河市柳湾区科学技术局",
		"云河市法治政府建设示范市创建工作方案":         "云河市",
		"云河市法治政府建设领导小组关于印发《方案》的通知":   "云河市法治政府建设领导小组",
		"云河市综合行政执法局2024年度法治政府建设报告":   "云河市综合行政执法局",
		"青石县行政执法局行政执法年度报告":           "青石县行政执法局",
		"青石县2024年度法治政府建设情况报告":        "青石县",
		"白沙镇二〇二四年依法行政工作总结":           "白沙镇",
		"柳湾区水利局局长述法报告":               "柳湾区水利局",
		"云河市民政局“八五”普法规划":             "云河市民政局",
		"关于2024年度法治政府建设情况的报告":        "",
		"法治政府建设示范创建活动实施方案":           "",
		"某县司法局2024年度报告":              "",
		"2024年度法治政府建设报告":             "",
		"全面推进依法行政工作方案":               "",
	} {
		key := foldAll(title)
		if got := key[:leadingUnit(key)]; got != want {
			t.Errorf("leadingUnit(%s) = %q, want %q", title, got, want)
		}
	}
}

func TestUnitKind(t *testing.T) {
	for _, c := range []struct {
		name, folder string
		want         corpus.UnitKind
	}{
		{"云河市人民政府", "", corpus.CityGov},
		{"云河市", "", corpus.CityGov},
		{"云河市法治政府建设领导小组", "", corpus.CityGov},
		{"云河市司法局", "", corpus.Bureau},
		{"云河市市场监督管理局", "", corpus.Bureau},
		{"市司法局", "", corpus.Bureau},
		{"司法局", "", corpus.Bureau},
		{"司法局", "青石县", corpus.CountyBureau},
		{"青石县人民政府", "", corpus.County},
		{"云河市柳湾区", "", corpus.County},
		{"中共云河市经济技术示范区工作委员会", "", corpus.County},
		{"云河市高新区管委会", "", corpus.County},
		{"区科工局", "", corpus.CountyBureau},
		{"青石县市场监督管理局", "", corpus.CountyBureau},
		{"青石县城市管理局", "", corpus.CountyBureau},
		{"青石县乡村振兴局", "", corpus.CountyBureau},
		{"青石县城乡规划局", "", corpus.CountyBureau},
		{"青石县全面依法治县委员会办公室", "", corpus.CountyBureau},
		{"青石县白沙镇人民政府", "", corpus.Township},
		{"东桥街道办事处", "", corpus.Township},
		{"国务院办公厅", "", ""},
		{"江北省司法厅", "", ""},
	} {
		if got := unitKind(c.name, c.folder); got != c.want {
			t.Errorf("unitKind(%s, %s) = %q, want %q", c.name, c.folder, got, c.want)
		}
	}
}

func TestRosterFindsUnits(t *testing.T) {
	known := []corpus.Unit{
		{Name: "青石县人民政府", Kind: corpus.County, Aliases: []string{"石县"}},
		{Name: "云河市柳湾区人民政府", Kind: corpus.County},
		{Name: "云河市司法局", Kind: corpus.Bureau},
		{Name: "青石县司法局", Kind: corpus.CountyBureau},
		{Name: "云河市发展和改革委员会", Kind: corpus.Bureau},
		{Name: "云河市文化广电和旅游局", Kind: corpus.Bureau},
		{Name: "云河市水利局", Kind: corpus.Bureau},
		{Name: "白沙镇人民政府", Kind: corpus.Township},
	}
	for _, c := range []struct{ id, want, from string }{
		{"青石县/报告.docx", "青石县人民政府", "目录"},
		{"003-青石县-2024.12.30.docx", "青石县人民政府", "文件名"},
		{"材料/石县2024年报告.docx", "青石县人民政府", "文件名"},
		{"柳湾区/报告.docx", "云河市柳湾区人民政府", "目录"},
		{"司法局/报告.docx", "司法局", "目录"}, // the city's or the county's: taken for neither
		{"市司法局/报告.docx", "云河市司法局", "目录"},
		{"青石县/司法局/报告.docx", "青石县司法局", "目录"},
		{"青石县/司法局2024年报告.docx", "青石县司法局", "文件名"},
		{"青石县/白沙镇.docx", "青石县人民政府", "目录"},
		{"发改委.docx", "云河市发展和改革委员会", "文件名"},
		{"12_文旅局_方案.docx", "云河市文化广电和旅游局", "文件名"},
		{"水利局（盖章）.pdf", "云河市水利局", "文件名"},
		{"白沙镇政府/报告.docx", "白沙镇人民政府", "目录"},
		{"报送.zip!/青石县/报告.docx", "青石县人民政府", "目录"},
		{"红土县/报告.docx", "红土县", "目录"}, // not on the roster
		{"方案/总方案.docx", "", ""},
	} {
		s, _ := Describe(nil, c.id, known)
		if got := (corpus.Taken{Value: c.want, From: c.from}); s.Unit != got {
			t.Errorf("Describe(nil, %s): unit %q from %q, want %q from %q", c.id, s.Unit.Value, s.Unit.From, c.want, c.from)
		}
	}
}

func TestUnreadFileIsToldByItsPath(t *testing.T) {
	s, conflicts := Describe(nil, "青石县/2024年/007-青石县2024年度法治政府建设报告（扫描件）.pdf", nil)
	want := corpus.Submission{
		ID:   "青石县/2024年/007-青石县2024年度法治政府建设报告（扫描件）.pdf",
		Unit: corpus.Taken{Value: "青石县", From: "文件名"}, Type: corpus.County,
		Year: corpus.Taken{Value: "2024", From: "文件名"},
		Kind: corpus.Taken{Value: string(corpus.Annual), From: "文件名"},
	}
	if diff := cmp.Diff(want, s); diff != "" || len(conflicts) > 0 {
		t.Errorf("Describe(nil) (-want +got):\n%s%q", diff, conflicts)
	}
}

func TestKindByTitle(t *testing.T) {
	for title, want := range map[string]corpus.Kind{
		"某市自然资源和规划局2025年度法治政府建设工作报告": corpus.Annual, // what a title is of stands at its end
		"某县2025年法治政府建设工作方案落实情况的报告":   corpus.Annual,
		"某局法治政府建设年度报告制度实施方案":         corpus.Plan,
		"某县法治政府建设“十四五”规划":            corpus.Plan,
		"青石县2024年度法治政府建设情况报告":        corpus.Annual,
		"2024年法治政府建设工作总结":            corpus.Annual,
		"关于推进依法行政工作情况的汇报":            corpus.Annual,
		"法治政府建设示范创建自评报告":             corpus.SelfReview,
		"法治政府建设自查情况报告":               corpus.SelfReview,
		"法治政府建设示范创建工作方案":             corpus.Plan,
		"2025年法治政府建设工作要点":            corpus.Plan,
		"2025年工作计划":                  corpus.Plan,
		"关于印发《法治政府建设实施方案》的通知":        corpus.Plan,
		"关于印发《2024年度法治政府建设情况报告》的通知":  corpus.Annual,
		"关于召开法治政府建设推进会的通知":           corpus.Notice,
		"关于报送2024年度法治政府建设情况报告的通知":    corpus.Notice,
		"局长2024年度述法报告":               corpus.Other,
		"法治政府建设督察报告":                 corpus.Other,
		"关于2024年度法治政府建设报告和2025年工作计划": corpus.Annual,
		"行政执法监督办法":                   corpus.Other,
		"青石县司法局":                     "",
	} {
		if got := kindByTitle(foldAll(title)); got != want {
			t.Errorf("kindByTitle(%s) = %q, want %q", title, got, want)
		}
	}
}
