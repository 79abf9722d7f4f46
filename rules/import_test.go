package rules

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"duibiao/corpus"
)

func TestImportShapes(t *testing.T) {
	for _, c := range []struct {
		name   string
		sheets []Sheet
		want   string // no/level1/level2/title/applies of each item
	}{
		{"plain", []Sheet{sheet("序号|一级指标|二级指标|三级指标|评分要点|责任单位", "1|甲|乙|权责清单动态调整|公布得2分|各单位", "2|||法律顾问|聘请得2分|市直部门、乡镇街道")},
			"1/甲/乙/权责清单动态调整/各单位;2/甲/乙/法律顾问/市直部门,乡镇街道"},
		{"numbers called otherwise", []Sheet{sheet("指标编码|指标名称|适用单位", "SL01|法律顾问|全部")}, "SL01///法律顾问/全部"},
		{"titles above, other order", []Sheet{sheet("附件1", "云河市指标体系（2023年）", "责任单位|考核内容|序号|分值", "各县（市、区）政府、市直各部门|双随机抽查|1|3")},
			"1///双随机抽查/各县（市、区）政府,市直各部门"},
		{"merged cells", []Sheet{sheet("编号|一级指标|三级指标|评分标准|责任部门", "1|甲|行政复议|受理及时|司法局", "2|^甲|行政应诉|出庭|^司法局", "|^甲|^行政应诉|履行判决|^司法局")},
			"1/甲//行政复议/司法局;2/甲//行政应诉/司法局"},
		{"lead and duty columns", []Sheet{sheet("序号|指标内容|牵头单位|责任单位", "1|证明事项清理|政务服务局|各单位", "合计|||")},
			"1///证明事项清理/各单位,政务服务局（仅牵头）"},
		{"who leads is judged too, a note says", []Sheet{sheet("序号|指标内容|牵头单位|责任单位", "1|证明事项清理|政务服务局|各单位", "注：牵头单位同时承担本单位任务。|||")},
			"1///证明事项清理/各单位,政务服务局"},
		{"who leads is not judged, a note says", []Sheet{sheet("序号|指标内容|牵头单位|责任单位", "1|证明事项清理|政务服务局|各单位", "注：牵头单位不因牵头而列为责任单位。|||")},
			"1///证明事项清理/各单位"},
		{"points beside the items", []Sheet{sheet("序号|三级指标|评分标准|分值", "1|案卷评查|未评查扣1分|2", "合计|||2", "加分项|经验被省级推广的加2分||", "|创成示范地区的加3分||")},
			"1///案卷评查/"},
		{"points below a number", []Sheet{sheet("三级指标|考核内容|分值", "1.年度部署|①制定年度工作要点|2", "|②每半年听取一次汇报|1", "2.案卷评查|每年一次|2")},
			"1///1.年度部署/;2///2.案卷评查/"},
		{"two header rows", []Sheet{sheet("一级指标|二级指标||评估要点|||责任分工|", "|编号|名称|序|内容|分值|牵头单位|配合单位", "甲|B1|案卷评查|a|每年一次|2|司法局|公安局", "||^|b|问题整改到位|1||")},
			"B1/甲//案卷评查/司法局,公安局"},
		{"names beside sentences of scoring", []Sheet{sheet("编号|评估要点|评估标准[1]", "1|政府信息公开|主动公开重点信息，申请在二十个工作日内答复", "2|公平竞争审查|政策措施出台前开展审查，清理妨碍统一市场的规定")},
			"1///政府信息公开/;2///公平竞争审查/"},
		{"section rows with points", []Sheet{sheet("序号|考核项目|考核内容|责任单位", "|一、组织领导（16分）||", "1|年度报告|按时报送并公开|执法单位[2]")},
			"1/组织领导（16分）//年度报告/执法单位"},
		{"who leads, when nobody else is named", []Sheet{sheet("序号|指标内容|牵头单位", "1|证明事项清理|政务服务局")},
			"1///证明事项清理/政务服务局"},
		{"names that say little, blanks for what was merged", []Sheet{sheet("考核项目|考核要点|编号|考核内容|评分标准|责任部门",
			"一、组织|责任|1|听取法治工作汇报|少于2次扣分|各单位", "||2|制定年度计划|没有不得分|", "|公开|3|年度报告公开|未公开不得分|", "二、执法|规范|4|执法案卷评查|不足20卷扣分|执法单位", "||5|行政裁量基准|没有不得分|",
			"合计||||100|", "注：表中执法单位指市城市管理局。|||||", "2.牵头的不考核。|||||")},
			"1/一、组织/责任/听取法治工作汇报/各单位;2/一、组织/责任/制定年度计划/各单位;3/一、组织/公开/年度报告公开/各单位;4/二、执法/规范/执法案卷评查/执法单位;5/二、执法/规范/行政裁量基准/执法单位"},
		{"two sheets, header repeated", []Sheet{sheet("序号|三级指标", "1|案卷评查", "序号|三级指标", "2|执法培训"), sheet("序号|三级指标", "1|人民调解")},
			"1///案卷评查/;2///执法培训/;1///人民调解/"},
		{"level rows", []Sheet{sheet("序号|一级指标|三级指标", "|一、依法履职|", "1||双随机抽查", "|二、依法决策|", "2||重大行政决策目录")},
			"1/一、依法履职//双随机抽查/;2/二、依法决策//重大行政决策目录/"},
	} {
		set, report, err := Import("表", c.sheets, nil)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var got []string
		for _, i := range set.Indicators {
			got = append(got, strings.Join([]string{i.No, i.Level1, i.Level2, i.Title, strings.Join(i.Applies, ",")}, "/"))
		}
		if d := cmp.Diff(c.want, strings.Join(got, ";")); d != "" {
			t.Errorf("Import(%s) (-want +got):\n%s%s", c.name, d, strings.Join(report.Skipped, "\n"))
		}
	}
}

func TestImportJoinsManyPoints(t *testing.T) {
	set, _, err := Import("表", []Sheet{sheet("序号|三级指标|评分标准", "1|行政应诉|负责人出庭", "^1|^行政应诉|履行生效判决")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(set.Indicators) != 1 || set.Indicators[0].Text != "负责人出庭\n履行生效判决" {
		t.Errorf("Import = %+v, want one item with both points", set.Indicators)
	}
}

func TestImportNotesDefineUnits(t *testing.T) {
	set := smallSet(t)
	want := map[string][]string{"有执法权的部门": {"城市管理局", "市场监督管理局"}}
	if d := cmp.Diff(want, set.Packs[0].Defines); d != "" {
		t.Error(d)
	}
	for name, want := range map[string]reach{"云河市城市管理局": covered, "云河市水务局": notCovered} {
		if got := set.covers(&set.Indicators[4], corpus.Unit{Name: name, Kind: corpus.Bureau}, nil); got != want {
			t.Errorf("covers(%s) = %v, want %v", name, got, want)
		}
	}
}

func TestImportOfNoTable(t *testing.T) {
	for _, s := range [][]Sheet{nil, {sheet("随便一行", "又一行|两格")}, {sheet("序号|三级指标")}} {
		if _, _, err := Import("x", s, nil); !errors.Is(err, ErrNoTable) {
			t.Errorf("Import = %v, want ErrNoTable", err)
		}
	}
}

func TestWritePackReadsBackTheSame(t *testing.T) {
	set := smallSet(t)
	dir := filepath.Join(t.TempDir(), "pack")
	if err := set.WritePack(dir); err != nil {
		t.Fatal(err)
	}
	back, err := Load(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	opt := cmp.Options{cmpopts.IgnoreFields(Indicator{}, "File"), cmpopts.IgnoreFields(Pack{}, "Folder"), cmpopts.EquateEmpty()}
	if d := cmp.Diff(set.Indicators, back.Indicators, opt); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(set.Packs, back.Packs, opt); d != "" {
		t.Error(d)
	}
	if err := set.WritePack(dir); !errors.Is(err, os.ErrExist) {
		t.Errorf("second WritePack = %v, want ErrExist", err)
	}
}

func TestApplicability(t *testing.T) {
	set := &Set{}
	bureau := corpus.Unit{Name: "云河市民政局", Kind: corpus.Bureau, Aliases: []string{"市民政局"}}
	town := corpus.Unit{Name: "青石镇", Kind: corpus.Township}
	county := corpus.Unit{Name: "东川县人民政府", Kind: corpus.County}
	for _, c := range []struct {
		word string
		unit corpus.Unit
		want reach
	}{
		{"各单位", town, covered}, {"市直部门", bureau, covered}, {"市直部门", town, notCovered}, {"乡镇（街道）", town, covered},
		{"各县（市、区）政府", county, covered}, {"县级政府", town, notCovered}, {"民政局", bureau, covered}, {"司法局", bureau, notCovered},
		{"各单位（民政局除外）", bureau, notCovered}, {"各单位（民政局除外）", town, covered}, {"相关部门", bureau, unclear}, {"东川县", county, covered},
		{"有执法权的部门", bureau, unclear}, {"有执法权的部门", town, notCovered},
	} {
		if got := set.covers(&Indicator{Applies: []string{c.word}}, c.unit, nil); got != c.want {
			t.Errorf("covers(%s, %s) = %v, want %v", c.word, c.unit.Name, got, c.want)
		}
	}
}

func FuzzImport(f *testing.F) {
	f.Add("序号|三级指标|责任单位\n1|行政复议|各单位\n注：有执法权的部门指甲局")
	f.Add("指标|评分标准\n|^a\n^|b")
	f.Add("no.|内容\n1|…\n2|《》\n3|{数量}")
	f.Fuzz(func(t *testing.T, table string) {
		set, report, err := Import("x", []Sheet{sheet(strings.Split(table, "\n")...)}, nil)
		if (set == nil) == (err == nil) || report == nil {
			t.Fatalf("Import(%q) = %v, %v, %v", table, set, report, err)
		}
		if set != nil {
			Judge(Input{Unit: corpus.Unit{Name: "甲局"}, Set: set, Files: []File{paper("a", corpus.Annual, "2023", table)}})
		}
	})
}
