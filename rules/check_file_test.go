package rules

import (
	"strings"
	"testing"

	"duibiao/corpus"
)

// one is a file of the unit with so many lines of the same work.
func one(id string, kind corpus.Kind, lines ...string) File {
	return paper(id, kind, "2023", lines...)
}

const ownWorkText = "对河道采砂场检查14次，补签巡查记录7份，台账按季度归档，三处界桩由巡河员重新埋设，另有两户养殖场的取水口装上了计量表。执法台账有待规范。"

func TestRepeatedFiles(t *testing.T) {
	a := one("a.docx", corpus.Annual, ownWorkText)
	b := one("b.docx", corpus.Annual, ownWorkText)
	otherYear := one("b.docx", corpus.Annual, strings.ReplaceAll(ownWorkText, "14", "15"))
	short := one("b.docx", corpus.Other, "活动照片")
	withNumber := one("b.pdf", corpus.Annual, ownWorkText)
	withNumber.Passages = append(withNumber.Passages, corpus.Passage{Text: "—1—", Zone: corpus.NotText})
	leftOut := one("a.docx", corpus.Annual, ownWorkText)
	leftOut.SameAs = []string{"z.docx"}
	unread := File{Submission: corpus.Submission{ID: "u.docx", Reason: "文件已损坏"}, SameAs: []string{"v.docx"}}
	for _, c := range []struct {
		name  string
		files []File
		want  int
	}{
		{"the same text", []File{a, b}, 1},
		{"the same text with page numbers", []File{a, withNumber}, 1},
		{"same bytes, left out", []File{leftOut}, 1},
		{"same bytes, unreadable", []File{unread}, 1},
		{"one file", []File{a}, 0},
		{"a figure differs", []File{a, otherYear}, 0},
		{"two captions alike", []File{one("a.docx", corpus.Other, "活动照片"), short}, 0},
		{"empty", nil, 0},
		{"unread files", []File{{Submission: corpus.Submission{ID: "a"}}, {Submission: corpus.Submission{ID: "b"}}}, 0},
		{"a report and a plan", []File{a, one("p.docx", corpus.Plan, "制定清单，6月底前检查采砂场，由水政科负责，按季度通报，台账逐条销号，联络人由水政科长担任，遇汛期顺延并书面说明。")}, 0},
	} {
		got := repeated(&Case{Input: Input{Unit: waterBureau, Set: &Set{}, Files: c.files}})
		if len(got) != c.want {
			t.Errorf("%s: %d findings, want %d: %+v", c.name, len(got), c.want, got)
		}
	}
}

func TestUnreadFilesByReason(t *testing.T) {
	for _, c := range []struct{ reason, want string }{
		{"扫描件：各页都只有图像，没有文字层。", "扫描件"},
		{"文字层是乱码：复制出来的字与看到的字不同。需OCR。", "扫描件"},
		{"文件已加密，需要密码才能打开。", "加密"},
		{"文件已损坏，或内容与格式不符。", "读不出"},
		{"暂不支持这种格式。", "读不出"},
		{"读取超时，已停止读取该文件。", "读不出"},
		{"文件是空的，没有任何文字。", "读不出"},
		{"PDF 中一页也没有。", "读不出"},
	} {
		if got := unreadKind(c.reason); got != c.want {
			t.Errorf("unreadKind(%s) = %s, want %s", c.reason, got, c.want)
		}
	}
}

func TestLate(t *testing.T) {
	set := checkSet(t)
	for date, want := range map[string]bool{
		"2024-03-02": true, "2024-04-11": true, "2024-12-30": true, "2024-07-01": true,
		"2024-03-01": false, "2024-02-29": false, "2024-01-05": false, "2023-12-31": false, "": false, "2023": false, "2026-05-01": false, "2023-06-30": false,
	} {
		f := one("r.txt", corpus.Annual, "检查14次。")
		f.Date = corpus.Taken{Value: date, From: "落款"}
		if got := len(tooLate(&Case{Input: Input{Unit: waterBureau, Set: set, Files: []File{f}}})) > 0; got != want {
			t.Errorf("逾期报送 for %q = %v, want %v", date, got, want)
		}
	}
}

func TestSignatureOfAnotherYear(t *testing.T) {
	for _, c := range []struct {
		date, from string
		want       bool
	}{
		{"2019-01-18", "落款", true}, {"2022-12-30", "落款", true}, {"2026-01-10", "落款", true}, {"2021-02-01", "落款", true}, {"2023-01-18", "落款", true},
		{"2023-12-30", "落款", false}, {"2024-01-18", "落款", false}, {"2024-12-01", "落款", false}, {"2023-07-01", "落款", false},
		{"2019-01-18", "正文", false}, {"2026-01-10", "文件名", false}, {"", "", false}, {"2021-02-01", "目录", false},
	} {
		f := one("r.txt", corpus.Annual, "检查14次。")
		f.Date = corpus.Taken{Value: c.date, From: c.from}
		if got := len(wrongYears(&Case{Input: Input{Unit: waterBureau, Set: &Set{}, Files: []File{f}}})) > 0; got != c.want {
			t.Errorf("年份不符 for %s from %s = %v, want %v", c.date, c.from, got, c.want)
		}
	}
}

func TestPersonalPaper(t *testing.T) {
	named := func(title string, kind corpus.Kind) File {
		f := one("f.txt", kind, "检查14次。")
		f.Title = corpus.Taken{Value: title}
		return f
	}
	report := named("2023年度法治政府建设情况报告", corpus.Annual)
	for _, c := range []struct {
		name  string
		files []File
		want  bool
	}{
		{"only a personal paper", []File{named("2023年度述职述法报告", corpus.Other)}, true},
		{"beside the report", []File{named("2023年度述职述法报告", corpus.Other), report}, false},
		{"a report", []File{report}, false},
		{"an inspection report", []File{named("法治督察整改报告", corpus.Other)}, false},
		{"a plan for such talks", []File{named("述职述法工作方案", corpus.Plan)}, false},
	} {
		if got := len(wrongGenre(&Case{Input: Input{Unit: waterBureau, Set: &Set{}, Files: c.files}})) > 0; got != c.want {
			t.Errorf("%s: 体裁错位 = %v, want %v", c.name, got, c.want)
		}
	}
}

// A passage copied from another bureau, with its name left in or not.
func TestNameLeftInACopiedPassage(t *testing.T) {
	set := checkSet(t)
	long := "窗口人员轮流值守并逐件登记，超过三日未办的由科长上门说明原因，年底按件数评出两个先进窗口。"
	for sentence, want := range map[string]string{
		"收到申请6件，民政局答复书一律先核稿再盖章。":  "民政局",
		"收到申请6件，市民政局答复书一律先核稿再盖章。": "市民政局",
		"云河市民政局把台账挂在门口，过路人都能看到。":  "云河市民政局",
		"民政局三楼设调解室，每周三开门。":        "民政局",
		"会同民政局答复申请6件，一律先核稿再盖章。":   "",
		"收到申请6件，经民政局核稿再盖章。":       "",
		"收到申请6件，民政局、水务局一起核稿再盖章。":  "",
		"收到申请6件，由民政局牵头办理。":        "",
		"收到申请6件，民政局牵头办理。":         "",
		"收到申请6件，“民政局答复书”一律先核稿。":   "",
		"收到申请6件，转办至民政局。":          "",
		"《民政局答复书》一律先核稿再盖章，共6件。":   "",
		"收到申请6件，市水务局答复书一律先核稿再盖章。": "",
		"收到申请6件，民政局反馈意见2条，全部采纳。":  "",
	} {
		src := paper("报送材料/民政局/r.txt", corpus.Annual, "2023", sentence+long)
		src.Unit = corpus.Taken{Value: "云河市民政局"}
		f := paper("r.txt", corpus.Annual, "2023", sentence+long, "执法台账有待规范。", "# 下一步打算", "将补齐台账。")
		f.Reuse = []corpus.Reuse{{Doc: f.ID, Span: f.Passages[0].Span, Source: src.ID, SourceSpan: src.Passages[0].Span, Relation: corpus.FromPeer, Informative: 130}}
		got := ""
		for _, x := range misnamed(&Case{Input: Input{Unit: waterBureau, Set: set, Roster: set.Roster(baitRoster), Files: []File{f}, Library: shelf{src.ID: &src.Submission}}}) {
			got = x.Value
		}
		if got != want {
			t.Errorf("%s: 张冠李戴 %q, want %q", sentence, got, want)
		}
	}
}

// Who the two papers are decides how a shared passage is called.
func TestReuseIsCalledWhatItIs(t *testing.T) {
	set := checkSet(t)
	for _, c := range []struct {
		relation corpus.Relation
		source   corpus.Submission
		want     string
		says     string
	}{
		{corpus.FromPeer, corpus.Submission{ID: "m.txt", Unit: corpus.Taken{Value: "云河市民政局"}}, "同级雷同", "疑似同级雷同：正文的100.0%与云河市民政局《普法工作方案》相同或相近。"},
		{corpus.FromCommon, corpus.Submission{ID: "m.txt", Unit: corpus.Taken{Value: "云河市民政局"}, Type: corpus.Bureau}, "同级雷同", "先后无法判定"},
		{corpus.FromCommon, corpus.Submission{ID: "m.txt", Unit: corpus.Taken{Value: "澜溪区人民政府"}}, "同源", "先后无法判定"},
		{corpus.FromCommon, corpus.Submission{ID: "m.txt"}, "同源", "与《普法工作方案》相同或相近"},
		{corpus.FromPrevious, corpus.Submission{ID: "m.txt", Unit: corpus.Taken{Value: "云河市水务局"}}, "上年沿用", "与本单位《普法工作方案》"},
		{corpus.FromSuperior, corpus.Submission{ID: "m.txt", Unit: corpus.Taken{Value: "云河市人民政府"}}, "照抄上级", "疑似沿用上级文件"},
		{corpus.FromTemplate, corpus.Submission{ID: "m.txt"}, "范文", "疑似套用范文"},
		{corpus.Quotation, corpus.Submission{ID: "m.txt"}, "", ""},
	} {
		src := paper("m.txt", corpus.Plan, "2023", ownWorkText)
		sub := c.source
		sub.Doc, sub.Title = src.Doc, corpus.Taken{Value: "关于印发《普法工作方案》的通知"}
		f := paper("r.txt", corpus.Plan, "2023", ownWorkText)
		f.Reuse = []corpus.Reuse{{Doc: f.ID, Span: f.Passages[0].Span, Source: "m.txt", SourceSpan: src.Passages[0].Span, Relation: c.relation, Informative: 70}}
		_, findings := Judge(Input{Unit: waterBureau, Set: set, Files: []File{f}, Year: 2023, Library: shelf{"m.txt": &sub}})
		var got, says string
		for _, x := range findings {
			if x.Source != nil {
				got, says = got+x.Check, x.Message
				if n := len([]rune(x.Evidence.Quote)); n > mostQuoted || len([]rune(x.Source.Quote)) > mostQuoted || x.Value == "" || x.Threshold == "" {
					t.Errorf("%s: %d runes quoted, value %q, threshold %q", c.relation, n, x.Value, x.Threshold)
				}
				if strings.Contains(says, "抄自") || x.Evidence.Quote != f.Doc.Text(x.Evidence.Span) {
					t.Errorf("%s: %+v", c.relation, x)
				}
			}
		}
		if got != c.want || !strings.Contains(says, c.says) {
			t.Errorf("%s from %q is called %s (%s), want %s (%s)", c.relation, c.source.Unit.Value, got, says, c.want, c.says)
		}
	}
}

// Below the threshold, or with nothing but formulae, nothing is shown.
func TestLittleReuseIsNotShown(t *testing.T) {
	set := checkSet(t)
	f := paper("r.txt", corpus.Plan, "2023", ownWorkText, strings.Repeat("另有自己的安排。", 30))
	shared := corpus.Reuse{Doc: f.ID, Span: f.Passages[0].Span, Source: "m.txt", Relation: corpus.FromPeer, Informative: 70}
	for _, c := range []struct {
		name string
		edit func(*corpus.Reuse)
	}{
		{"little of the body", func(*corpus.Reuse) {}},
		{"formulae", func(r *corpus.Reuse) { r.Span, r.Informative = corpus.Span{Start: 0, End: f.Doc.Len()}, 10 }},
		{"quoted", func(r *corpus.Reuse) { r.Span, r.Relation = corpus.Span{Start: 0, End: f.Doc.Len()}, corpus.Quotation }},
	} {
		r := shared
		c.edit(&r)
		g := f
		g.Reuse = []corpus.Reuse{r}
		_, findings := Judge(Input{Unit: waterBureau, Set: set, Files: []File{g}, Year: 2023})
		if got := checksOf(findings); got != "" {
			t.Errorf("%s: %s", c.name, got)
		}
	}
}

func TestOwedPapers(t *testing.T) {
	report, plan := one("r.txt", corpus.Annual, "检查14次。"), one("p.txt", corpus.Plan, "将检查。")
	unread := File{Submission: corpus.Submission{ID: "x.pdf", Reason: "扫描件"}}
	owes := func(k ...corpus.Kind) corpus.Unit {
		u := waterBureau
		u.Owes = k
		return u
	}
	for _, c := range []struct {
		name  string
		unit  corpus.Unit
		files []File
		want  int
	}{
		{"nothing at all", owes(), nil, 1},
		{"nothing of two", owes(corpus.Annual, corpus.Plan), nil, 1},
		{"no plan", owes(corpus.Annual, corpus.Plan), []File{report}, 1},
		{"no report", owes(corpus.Annual), []File{plan}, 1},
		{"both", owes(corpus.Annual, corpus.Plan), []File{report, plan}, 0},
		{"owes nothing", owes(), []File{plan}, 0},
		{"what is unread may be it", owes(corpus.Annual), []File{unread}, 0},
		{"more than owed", owes(corpus.Plan), []File{report, plan}, 0},
	} {
		if got := notSent(&Case{Input: Input{Unit: c.unit, Set: &Set{}, Files: c.files}}); len(got) != c.want {
			t.Errorf("%s: %d findings, want %d", c.name, len(got), c.want)
		}
	}
}

// The title and the signature say whose paper it is.
func TestTitleAndSignatureOfAnotherUnit(t *testing.T) {
	set := checkSet(t)
	for _, c := range []struct {
		zone corpus.Zone
		text string
		want bool
	}{
		{corpus.Title, "云河市民政局2023年度法治政府建设情况报告", true},
		{corpus.Title, "云河市应急管理局关于2023年度法治政府建设情况的报告", true},
		{corpus.Signature, "云河市民政局", true},
		{corpus.Signature, "云河市应急管理局", true},
		{corpus.Title, "云河市水务局2023年度法治政府建设情况报告", false},
		{corpus.Title, "云河市水务局 云河市民政局关于联合检查的报告", false},
		{corpus.Title, "2023年度法治政府建设情况报告", false},
		{corpus.Title, "关于与云河市民政局联合执法情况的报告", false},
		{corpus.Signature, "云河市水务局", false},
		{corpus.Signature, "抄送：云河市民政局", false},
		{corpus.Signature, "2024年1月18日", false},
		{corpus.Letter, "云河市民政局：", false},
	} {
		f := one("r.txt", corpus.Annual, c.text, ownWorkText)
		f.Passages[0].Zone = c.zone
		if got := len(misnamed(&Case{Input: Input{Unit: waterBureau, Set: set, Roster: set.Roster(baitRoster), Files: []File{f}}})) > 0; got != c.want {
			t.Errorf("%s %s: 张冠李戴 = %v, want %v", c.zone, c.text, got, c.want)
		}
	}
	joint := one("r.txt", corpus.Annual, ownWorkText, "云河市水务局", "云河市民政局")
	joint.Passages[1].Zone, joint.Passages[2].Zone = corpus.Signature, corpus.Signature
	if got := misnamed(&Case{Input: Input{Unit: waterBureau, Set: set, Roster: set.Roster(baitRoster), Files: []File{joint}}}); got != nil {
		t.Errorf("a joint signature is called %+v", got)
	}
}
