package rules

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestFacts(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"全年审核规范性文件5件，提出意见12条。", "数量 5件;数量 12条"},
		{"6月18日局党组第7次会议听取汇报。", "日期 6月18日;会议 第7次"},
		{"印发《河汊管理办法》（云水发〔2023〕8号）。", "自有文件 《河汊管理办法》;文号 〔2023〕8号"},
		{"认真学习《中华人民共和国行政处罚法》。", "-自有文件 《中华人民共和国行政处罚法》"},
		{"按照《全省普法要点》要求开展工作。", "-自有文件 《全省普法要点》"},
		{"确保合法性审核率达到100%。", "-比例 100%"},
		{"合法性审核率100%。", "-比例 100%"},
		{"应答复20件，按时答复20件，答复率100%。", "数量 20件;数量 20件;比例 100%"},
		{"满意率98.6%。", "比例 98.6%"},
		{"2023年认真落实三项制度、两个维护，一是加强领导，二是压实责任。", "-数量 2023年"},
		{"开展“12·4”宣传。", "-日期 12·4"},
		{"12月4日国家宪法日开展宣传。", "-日期 12月4日"},
		{"1—11月持续推进。", "-日期 1—11月"},
		{"多次召开会议，参加人员达数百人次。", ""},
		{"移交单由收件人当面签字，原件存档。", "具体行为"},
		{"柳塘村老支书每周三在祠堂坐班。", "具名 柳塘村;具体行为;日期 每周三"},
		{"养殖户赵某当天拆掉了围网。", "具体行为;具名 赵某"},
		{"获评全市法治建设先进单位。", "荣誉"},
		{"力争获评先进单位。", ""},
		{"本年度未制定规范性文件。", "没有发生 本年度未制定规范性文件"},
		{"没有形成长效机制。", ""},
		{"劝离了占道经营的四户。", "具体行为;数量 四户"},
		{"罚款1.2万元，卸载4,870吨。", "金额 1.2万元;数量 4,870吨"},
		{"每年不少于2次。", "-数量 2次"},
		{"应当在20个工作日内答复。", "-时长 20个工作日"},
		{"审批时限由15个工作日压缩至4个工作日。", "时长 15个工作日;时长 4个工作日"},
		{"观看《铁轨旁的承诺》警示教育片。", "具名 《铁轨旁的承诺》"},
		{"1２月3日召开会议", "日期 1２月3日"},
		{"租赁办法送审时，删去“须在本地开户满五年”的门槛。", "具体行为"},
		{"对“外地货车限行”一条提出修改。", "具体行为"},
		{"落实“谁主管谁负责”的规定，提出明确要求。", ""},
		{"由“大水漫灌”转为“精准滴灌”。", ""},
		{"在滞留船案上“碰头”两次。", "数量 两次"},
		{"深入渔港渔村开展宣传。", ""},
		{"局长沈汝舟严格履行第一责任人职责。", "-具名 局长沈汝舟"},
		{"局长沈汝舟两次到庭。", "具名 局长沈汝舟;数量 两次"},
		{"依法决策18分得16分，应得9分。", "-数量 18分;-数量 16分;-数量 9分"},
		{"依法移送涉嫌犯罪案件，绝不以罚代刑。", ""},
		{"", ""},
	} {
		var got []string
		for _, f := range Facts(c.text) {
			sign := ""
			if !f.Counts {
				sign = "-"
			}
			text := " " + f.Text
			if f.Kind == Act || f.Kind == Award {
				text = ""
			}
			got = append(got, sign+string(f.Kind)+text)
			if r := []rune(c.text); string(r[f.Span.Start:f.Span.End]) != f.Text {
				t.Errorf("Facts(%q): span %v is not %q", c.text, f.Span, f.Text)
			}
			if !f.Counts && f.Why == "" {
				t.Errorf("Facts(%q): %q does not count, without a reason", c.text, f.Text)
			}
		}
		if d := cmp.Diff(c.want, strings.Join(got, ";")); d != "" {
			t.Errorf("Facts(%q) = %s, want %s", c.text, strings.Join(got, ";"), c.want)
		}
	}
}

func TestPlannedFrom(t *testing.T) {
	for _, c := range []struct {
		text string
		want string // what is planned
	}{
		{"将法治建设纳入年度考核", ""},
		{"将于5月公布清单", "将于5月公布清单"},
		{"已完成清理，下一步将公布清单", "下一步将公布清单"},
		{"拟任干部12名参加测试", ""},
		{"拟对基准进行修订", "拟对基准进行修订"},
		{"制定年度学法计划", ""},
		{"计划举办培训班2期", "计划举办培训班2期"},
		{"2024年，我局将继续努力", "2024年，我局将继续努力"},
		{"2023年度报告于2024年3月公开", ""},
		{"各乡镇要在5月底前报送", "各乡镇要在5月底前报送"},
		{"将证明材料由5份减为2份", ""},
		{"计划五月由法规科抽卷", "计划五月由法规科抽卷"},
		{"准备2024年从律所请一人", "准备2024年从律所请一人"},
		{"准备把网格员轮训一遍", "准备把网格员轮训一遍"},
		{"准备材料6份", ""},
		{"2024年起每季度学法一次", "2024年起每季度学法一次"},
		{"2024年二季度组织评查", "2024年二季度组织评查"},
		{"该办法2024年1月印发", ""},
		{"答复时限将实行提醒制", "答复时限将实行提醒制"},
		{"全年会审拟制发文件9件", ""},
		{"县司法局给拟发文件提意见13条", ""},
		{"看过拟签合同40份", ""},
	} {
		f := foldRunes(c.text)
		if got := string(f[plannedFrom(f, 2023):]); got != string(foldRunes(c.want)) {
			t.Errorf("plannedFrom(%s) leaves %q, want %q", c.text, got, c.want)
		}
	}
}

func TestAutomatonFindsWhatASearchFinds(t *testing.T) {
	patterns := [][]rune{[]rune("规范性文件"), []rune("文件"), []rune("性文"), []rune("件备案"), []rune("备案")}
	text := []rune("规范性文件备案和文件文件备案")
	want := map[string]int{}
	for id, p := range patterns {
		for i := range text {
			if hasAt(text, i, p) {
				want[fmt.Sprintf("%d@%d", id, i)]++
			}
		}
	}
	got := map[string]int{}
	newAutomaton(patterns).find(text, func(p int32, start, end int) {
		got[fmt.Sprintf("%d@%d", p, start)]++
		if string(text[start:end]) != string(patterns[p]) {
			t.Errorf("pattern %d at %d-%d is %s", p, start, end, string(text[start:end]))
		}
	})
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}
