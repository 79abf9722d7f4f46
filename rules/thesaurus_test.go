package rules

import (
	"slices"
	"strings"
	"testing"

	"duibiao/corpus"
)

func TestThesaurusFaults(t *testing.T) {
	for _, c := range []struct{ body, want string }{
		{"- {topic: 甲, names: [甲], pairs: ['乙/丙']}", "2 to 8 groups"},
		{"- {topic: 甲, names: [甲], pairs: ['乙 + @没有这一类']}", "group without words"},
		{"- {topic: 甲, names: [甲], loose: ['乙 + ']}", "group without words"},
		{"- {topic: 甲, names: [甲], yields: [乙]}", `no topic "乙"`},
		{"- {topic: 甲, names: [甲], parts: [乙]}", `no topic "乙"`},
	} {
		if _, err := parseThesaurus([]byte(c.body)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.body, err, c.want)
		}
	}
}

// An item is found by words that stand near each other, in any order, in one
// sentence; a law that is studied, a closer matter and a deputy's title do not
// speak of it.
func TestWhatASentenceIsAbout(t *testing.T) {
	set, _, err := Import("表", []Sheet{sheet("序号|三级指标", "1|公平竞争审查", "2|法律顾问", "3|村（社区）法律顾问", "4|主要负责人履职", "5|政务诚信", "6|人大代表建议和政协提案", "7|执法人员持证上岗", "8|政务公开")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, want string }{
		{"还清18家企业的工程尾款。", "5"},
		{"工程尾款拖到年底，18家企业都还清了。", "5"},
		{"工程尾款还差一笔。18家企业今年还清了银行的贷款。", ""},
		{"党组学习了公平竞争审查条例。", ""},
		{"对4份政策措施开展公平竞争审查。", "1"},
		{"9个社区都有律师坐班，签了服务合同。", "3"},
		{"律师参与了特许经营合同谈判。", "2"},
		{"局长主持研究法治政府建设工作。", "4"},
		{"副局长主持研究法治政府建设工作。", ""},
		{"行政复议案件4件，满意率提高。", ""},
		{"新增持证焊工31人。", ""},
		{"请资产评估公司估价，方案实施一年。", ""},
		{"面向社会公开招聘信息员9名。", ""},
	} {
		var got []string
		for _, m := range set.engine.mentions(foldRunes(c.text)) {
			if int(m.owner) < set.engine.indicators && m.strong {
				got = append(got, set.Indicators[m.owner].No)
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s speaks of %q, want %q", c.text, s, c.want)
		}
	}
}

func TestUnitNames(t *testing.T) {
	for _, c := range []struct {
		word, unit string
		want       bool
	}{
		{"市市场监督管理局", "岚江市市场监督管理局", true},
		{"市场监督管理局", "岚江市市场监督管理局", true},
		{"岚江市水利局", "岚江市水利局", true},
		{"县水利局", "岚江市水利局", false},
		{"市城管局", "岚江市城市管理局", true},
		{"市卫健委", "岚江市卫生健康委员会", true},
		{"规划局", "岚江市城乡规划局", false},
		{"桐岭街道", "桐岭街道办事处", true},
		{"市教育局", "岚江市体育局", false},
	} {
		if got := namesUnit(c.word, corpus.Unit{Name: c.unit}); got != c.want {
			t.Errorf("namesUnit(%s, %s) = %v, want %v", c.word, c.unit, got, c.want)
		}
	}
	if got := (&Set{}).covers(&Indicator{Applies: []string{"行政复议机关"}}, corpus.Unit{Name: "岚江市水利局", Kind: corpus.Bureau}, nil); got != unclear {
		t.Errorf("covers(行政复议机关) = %v, want unclear", got)
	}
}

func TestTopicsOfAnItem(t *testing.T) {
	for _, c := range []struct{ title, text, want string }{
		{"行政执法三项制度落实", "", "三项制度 执法公示 执法全过程记录 法制审核"},
		{"法律顾问和公职律师", "参与重大行政决策、合同审查", "法律顾问 公职律师"},
		{"政务服务便民热线", "", "热线办理"},
		{"公平竞争审查关口前移", "文件出台前审查，存量清理", "公平竞争审查"},
		{"行政执法案卷评查", "评查行政处罚、行政许可案卷", "案卷评查"},
		{"重大行政决策执行跟踪", "对已实施的重大决策开展评估", "决策后评估"},
		{"有问必答", "对申请公开政府信息的，按期答复", "依申请公开"},
	} {
		names, _ := derive(c.title, c.text, nil)
		want := strings.Fields(c.want)
		slices.Sort(want)
		slices.Sort(names)
		if !slices.Equal(names, want) {
			t.Errorf("derive(%s) = %v, want %v", c.title, names, want)
		}
	}
}
