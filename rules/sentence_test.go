package rules

import (
	"testing"

	"duibiao/corpus"
)

// TestSentencesOfAParagraph judges what single sentences, or a few in one paragraph, are
// worth for an item.
func TestSentencesOfAParagraph(t *testing.T) {
	set := smallSet(t)
	for _, c := range []struct {
		no   int // of the item
		text string
		want Status
	}{
		// a promise, whatever leads up to it
		{3, "负责人出庭应诉方面，计划2024年建立月通报。", OnlyPromised},
		{6, "2024年起局党组每季度安排一次会前学法。", OnlyPromised},
		{6, "法规科只有三人，下一年度将开展会前学法四次。", OnlyPromised},
		{6, "会前学法次数不够，自扣1分，计划2024年按月安排会前学法。", OnlyPromised},
		{6, "会前学法已开展3次，计划2024年增加到6次。", Met},
		// the name of a matter, then what is said of it
		{6, "会前学法。拟每季度安排一次，请法官来讲。", OnlyPromised},
		// nothing occurred, whatever else the sentence dates
		{3, "我局3月才组建，全年没有行政诉讼案件。", NotApplicable},
		{3, "行政诉讼2件都由分管副局长出庭应诉，没有败诉案件。", Met},
		{4, "信息公开申请。全年收到0件。", NotApplicable},
		{4, "没有人向我局提出政府信息公开申请。公示低保名单11次。", NotApplicable},
		// a shortcoming is no coverage
		{6, "主要差距是会前学法没有形成制度、次数偏少。", Missing},
		{6, "除会前学法、应诉等项外，其余指标都已完成。", Missing},
		{6, "除会前学法6次外，还组织旁听庭审1次。", Met},
		{6, "会前学法证明材料不足，据实说明，不予得分。", Missing},
		// nor is what somebody else's paper says
		{6, "《全市法治工作要点》明确提出，“坚持会前学法，领导干部带头”。", Missing},
		{6, "按照《全市法治工作要点》提出的“会前学法”要求，全年学法5次。", Met},
	} {
		f := paper("r.txt", corpus.Annual, "2023", "# 一、主要举措", c.text)
		rows, _ := Judge(Input{Unit: corpus.Unit{Name: "云河市水务局", Kind: corpus.Bureau}, Set: set, Files: []File{f}, Year: 2023})
		if got := rows[c.no-1]; got.Status != c.want {
			t.Errorf("%s: %s, want %s (%s)", c.text, got.Status, c.want, got.Why)
		}
	}
}

func TestLeaderNamedInTheSentenceBefore(t *testing.T) {
	set, _, err := Import("表", []Sheet{sheet("序号|三级指标", "1|主要负责人履行推进法治建设第一责任人职责", "2|行政复议")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]Status{
		"局长沈汝舟认真履行第一责任人职责。":                     Formulaic,
		"局长沈汝舟认真履行第一责任人职责。全年研究行政复议案件两回，批示7份。":   Met,
		"局长沈汝舟认真履行第一责任人职责。行政复议机构全年办理行政复议案件31件。": Formulaic,
	} {
		rows, _ := Judge(Input{Unit: corpus.Unit{Name: "云河市水务局", Kind: corpus.Bureau}, Set: set, Files: []File{paper("r.txt", corpus.Annual, "2023", text)}, Year: 2023})
		if rows[0].Status != want {
			t.Errorf("%s: %s, want %s", text, rows[0].Status, want)
		}
	}
}

func TestOwnClauseInACopiedSentence(t *testing.T) {
	set := smallSet(t)
	const stock = "全年收到政府信息公开申请9件，均在法定期限内答复"
	for _, c := range []struct {
		text string
		same [][2]int // parts that the source has word for word
		want Status
	}{
		{stock + "，其中一件问的是堤坝裂缝，科里跑了三趟水管站才找齐图纸。", [][2]int{{0, 12}, {13, 24}}, Met},
		{stock + "，做到事事有回音。", [][2]int{{0, 12}, {13, 24}}, Copied},
		{stock + "。", [][2]int{{0, 12}, {13, 24}}, Copied}, // a swapped figure
		{stock + "，存档9卷。", [][2]int{{0, 12}, {13, 24}}, Copied},
	} {
		f := paper("r.txt", corpus.Annual, "2023", c.text)
		at := f.Passages[0].Span
		r := corpus.Reuse{Doc: "r.txt", Span: at, Source: "S", Relation: corpus.FromPrevious, Informative: 22}
		for _, s := range c.same {
			r.Same = append(r.Same, corpus.Span{Start: at.Start + s[0], End: at.Start + s[1]})
		}
		f.Reuse = []corpus.Reuse{r}
		rows, _ := Judge(Input{Unit: corpus.Unit{Name: "云河市水务局", Kind: corpus.Bureau}, Set: set, Files: []File{f}, Year: 2023})
		if rows[3].Status != c.want {
			t.Errorf("%s: %s, want %s", c.text, rows[3].Status, c.want)
		}
	}
}

func TestNameOnly(t *testing.T) {
	for text, want := range map[string]bool{
		"普法宣传。": true, "信息公开申请。": true, "案卷评查、执法监督。": true,
		"普法宣传扎实。": false, "没有案件。": false, "学法5次。": false, "班子学法不摆样子。": false, "加强监督。": false,
	} {
		if got := nameOnly(foldRunes(text)); got != want {
			t.Errorf("nameOnly(%s) = %v, want %v", text, got, want)
		}
	}
}

func TestOnlyCites(t *testing.T) {
	for text, want := range map[string]bool{
		"《云河市要点》明确提出，“有件必备、有错必纠”。":      true,
		"市里的《普法规划》要求：“抓住关键少数”。":         true,
		"《云河市要点》明确提出“有错必纠”，我局据此废止文件3件。": false,
		"印发《云河市要点》，提出“一网统管”。我局照办。":      false,
		"坚持“谁执法谁普法”。":                   false,
	} {
		if got := onlyCites(foldRunes(text)); got != want {
			t.Errorf("onlyCites(%s) = %v, want %v", text, got, want)
		}
	}
}

func TestAnAnnexIsNotUnderTheHeadingBeforeIt(t *testing.T) {
	set := smallSet(t)
	for _, title := range []string{"附：工作情况表", "附件：报送口径和填表的几点说明，一并报上。"} {
		f := paper("r.txt", corpus.Annual, "2023", "# 一、主要举措", "修路3公里。", "# 二、下一步打算", "把路修好。", title, "会前学法　　6次　　每次由一名班子成员主讲")
		rows, _ := Judge(Input{Unit: corpus.Unit{Name: "云河市水务局", Kind: corpus.Bureau}, Set: set, Files: []File{f}, Year: 2023})
		if want := map[bool]Status{true: Met, false: OnlyPromised}[title == "附：工作情况表"]; rows[5].Status != want {
			t.Errorf("after %s: %s, want %s", title, rows[5].Status, want)
		}
	}
}
