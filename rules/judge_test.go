package rules

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duibiao/corpus"
)

// cells makes a row; "^" is a cell merged with the one above.
func cells(line string) []Cell {
	var out []Cell
	for c := range strings.SplitSeq(line, "|") {
		c = strings.TrimSpace(c)
		out = append(out, Cell{Text: strings.TrimPrefix(c, "^"), Above: strings.HasPrefix(c, "^")})
	}
	return out
}

func sheet(lines ...string) Sheet {
	s := Sheet{Name: "表"}
	for _, l := range lines {
		s.Rows = append(s.Rows, cells(l))
	}
	return s
}

func smallSet(t testing.TB) *Set {
	t.Helper()
	s, _, err := Import("试用指标", []Sheet{sheet(
		"云河市法治建设指标",
		"序号|三级指标|责任单位",
		"1|规范性文件合法性审核率达到100%|各单位",
		"2|重大行政决策事项列入年度目录并向社会公布|县级政府、市直部门",
		"3|行政机关负责人出庭应诉|各单位",
		"4|依申请公开政府信息按时答复率100%|各单位",
		"5|行政执法人员持证上岗、每年培训不少于60学时|有执法权的部门",
		"6|领导干部会前学法每年不少于4次|各单位",
		"7|开展矛盾纠纷排查化解|乡镇街道",
		"注：有执法权的部门指城市管理局、市场监督管理局。",
	)}, nil)
	if err != nil {
		t.Fatal(err)
	}
	s.Limits = Limits{Copied: 0.6, Superior: 0.3, Previous: 0.5, Peer: 0.3, Template: 0.3, Runes: 20}
	return s
}

// paper builds a submission: lines with "# " are headings, the rest passages.
func paper(id string, kind corpus.Kind, year string, lines ...string) File {
	var b corpus.Builder
	for _, l := range lines {
		if h, ok := strings.CutPrefix(l, "# "); ok {
			b.Heading(1, h)
		} else {
			b.Text(l)
		}
	}
	doc := b.End("test/1", "")
	f := File{Submission: corpus.Submission{ID: id, Doc: doc, Kind: corpus.Taken{Value: string(kind)}, Year: corpus.Taken{Value: year},
		Title: corpus.Taken{Value: year + "年度法治政府建设情况报告"}}}
	var headings []string
	for i, p := range doc.Paragraphs {
		ps := corpus.Passage{Span: p.Span, Text: doc.Text(p.Span), Place: corpus.Location{Paragraph: i + 1}, Zone: corpus.Content, Sentences: sentences(doc, p.Span)}
		if p.Role == corpus.Heading {
			headings = []string{ps.Text}
			ps.Zone = corpus.Head
		} else {
			ps.Headings = headings
		}
		f.Passages = append(f.Passages, ps)
	}
	return f
}

func statuses(rows []Row) string {
	var out []string
	for _, r := range rows {
		out = append(out, string(r.Status))
	}
	return strings.Join(out, " ")
}

func TestJudgePassageByItem(t *testing.T) {
	set := smallSet(t)
	for _, c := range []struct {
		item string
		text string
		want Status
	}{
		{"i001", "全年送审文件4件，政策法规股逐件出具合法性审核意见，退回修改1件。", Met},
		{"i001", "落实规范性文件合法性审核制度，审核率达到100%。", Formulaic},
		{"i001", "拟建立文件合法性审核台账。", OnlyPromised},
		{"i001", "3.文件合法性审核：明年起所有文件一律先送审再上会。", OnlyPromised},
		{"i001", "我局本年度没有制发规范性文件。", NotApplicable},
		{"i001", "修复破损路面3.2公里。", Missing},
		{"i002", "《河滨停车收费方案》列入目录，7月2日召开听证会，19名代表参加。", Met},
		{"i002", "严格履行公众参与、专家论证、风险评估等程序，提高科学决策水平。", Missing},
		{"i003", "2件行政诉讼均由分管副局长到庭并发言。", Met},
		{"i003", "全年没有以本局为被告的案件。", NotApplicable},
		{"i003", "明年将落实负责人出庭应诉制度。", OnlyPromised},
		{"i004", "收到申请9件，均按时答复，不予公开1件。", Met},
		{"i004", "不断规范依申请公开工作。", Formulaic},
		{"i005", "36名执法人员全部参加换证考试，人均培训62学时。", Met},
		{"i005", "本单位不具有行政执法权，无执法人员。", NotApplicable},
		{"i006", "党组会前学法6次，3月5日学习《中华人民共和国安全生产法》。", Met},
		{"i006", "坚持领导干部带头学法。", Formulaic},
		{"i007", "镇调委会排查纠纷31起，调解成功30起。", Met},
		{"i007", "全面排查化解各类矛盾纠纷。", Formulaic},
		{"i007", "新建果园200亩，招商引资3亿元。", Missing},
		{"按时公开年度报告", "报告于2024年2月20日在门户网站发布，年度报告全文可查。", Met},
	} {
		o, err := set.JudgePassage(c.text, c.item, "")
		if err != nil {
			t.Fatal(err)
		}
		if o.Status != c.want {
			t.Errorf("JudgePassage(%s, %s) = %s, want %s (%v)", c.text, c.item, o.Status, c.want, o.Facts)
		}
		if o.Why == "" {
			t.Errorf("JudgePassage(%s, %s) gives no reason", c.text, c.item)
		}
	}
}

func TestThresholdsAreToldBesideTheStatus(t *testing.T) {
	set := smallSet(t)
	o, err := set.JudgePassage("收到依申请公开20件，按时答复19件，按时答复率95%。", "i004", "")
	if err != nil {
		t.Fatal(err)
	}
	if o.Status != Met || len(o.Notes) != 1 || !strings.Contains(o.Notes[0], "95%") || !strings.Contains(o.Notes[0], "≥100%") {
		t.Errorf("JudgePassage = %s %q, want 达标 with 未达标 95%% against ≥100%%", o.Status, o.Notes)
	}
	if o, _ = set.JudgePassage("规范性文件合法性审核率100%。", "i001", ""); len(o.Notes) != 1 || !strings.HasPrefix(o.Notes[0], "率无基数") {
		t.Errorf("notes %q, want 率无基数", o.Notes)
	}
}

func TestRowOrder(t *testing.T) {
	set := smallSet(t)
	unit := corpus.Unit{Name: "云河市城市管理局", Kind: corpus.Bureau, Enforces: true}
	report := paper("r.txt", corpus.Annual, "2023",
		"# 一、主要举措", "落实规范性文件合法性审核制度。全年审核文件3件，出具意见书3份。", "严格落实负责人出庭应诉制度。",
		"# 二、存在的问题", "依申请公开工作还不够规范。",
		"# 三、下一步打算", "组织会前学法6次。", "将公布重大行政决策目录。")
	rows, findings := Judge(Input{Unit: unit, Set: set, Files: []File{report}, Year: 2023})
	if got, want := statuses(rows), "达标 只有打算 空泛 缺项 缺项 只有打算 不适用"; got != want {
		t.Errorf("statuses %s, want %s", got, want)
	}
	for _, r := range rows {
		if r.Why == "" {
			t.Errorf("row %s has no reason", r.Title)
		}
		for _, e := range r.Evidence {
			if report.Doc.Text(e.Span) != e.Quote {
				t.Errorf("row %s: quote %q is not the text at %v", r.Title, e.Quote, e.Span)
			}
		}
	}
	ids := map[string]bool{}
	for _, f := range findings {
		if f.ID == "" || ids[f.ID] || f.Message == "" || f.Ask == "" {
			t.Errorf("finding %+v: id missing or repeated, or nothing said or asked", f)
		}
		ids[f.ID] = true
	}
	if len(findings) != 5 {
		t.Errorf("%d findings, want 5", len(findings))
	}
}

func TestReuseInRows(t *testing.T) {
	set := smallSet(t)
	unit := corpus.Unit{Name: "云河市水务局", Kind: corpus.Bureau}
	plan := paper("p.txt", corpus.Plan, "2023", "建立规范性文件合法性审核台账，由法规科于9月底前完成12件。")
	plan.Reuse = []corpus.Reuse{{Doc: "p.txt", Span: plan.Passages[0].Span, Source: "S", Relation: corpus.FromSuperior, Informative: 30}}
	rows, _ := Judge(Input{Unit: unit, Set: set, Files: []File{plan}, Year: 2023})
	if rows[0].Status != Copied {
		t.Errorf("copied plan: %s, want 雷同", rows[0].Status)
	}
	report := paper("r.txt", corpus.Annual, "2023", "全年审核规范性文件3件，退回1件。")
	rows, _ = Judge(Input{Unit: unit, Set: set, Files: []File{plan, report}, Year: 2023})
	if rows[0].Status != Met {
		t.Errorf("fact in the report beside a copied plan: %s, want 达标", rows[0].Status)
	}
	plan.Reuse[0].Relation = corpus.Quotation
	rows, _ = Judge(Input{Unit: unit, Set: set, Files: []File{plan}, Year: 2023})
	if rows[0].Status != Met {
		t.Errorf("quotation is not charged: %s, want 达标", rows[0].Status)
	}
}

func TestOwnSentenceBetweenCopiedOnes(t *testing.T) {
	set := smallSet(t)
	f := paper("r.txt", corpus.Annual, "2023", "逐级压实责任并按月通报。全年审核规范性文件3件，退回1件。年底统一开展评议。")
	whole := f.Passages[0].Span
	f.Reuse = []corpus.Reuse{{Doc: "r.txt", Span: whole, Source: "S", Relation: corpus.FromPeer, Informative: 22,
		Same: []corpus.Span{f.Passages[0].Sentences[0].Span, f.Passages[0].Sentences[2].Span}}}
	rows, _ := Judge(Input{Unit: corpus.Unit{Name: "云河市水务局", Kind: corpus.Bureau}, Set: set, Files: []File{f}, Year: 2023})
	if rows[0].Status != Met {
		t.Errorf("own sentence inside a reuse: %s, want 达标", rows[0].Status)
	}
}

func TestUnreadIsNotMissing(t *testing.T) {
	set := smallSet(t)
	unit := corpus.Unit{Name: "云河市水务局", Kind: corpus.Bureau}
	scan := File{Submission: corpus.Submission{ID: "s.pdf", Reason: "这是扫描件，没有文字"}}
	rows, findings := Judge(Input{Unit: unit, Set: set, Files: []File{scan}, Year: 2023})
	if got, want := statuses(rows), "未判 未判 未判 未判 不适用 未判 不适用"; got != want {
		t.Errorf("statuses %s, want %s", got, want)
	}
	if len(findings) != 1 || findings[0].Check != "扫描件" {
		t.Errorf("findings %+v, want one 扫描件", findings)
	}
	report := paper("r.txt", corpus.Annual, "2023", "全年审核规范性文件3件。")
	rows, _ = Judge(Input{Unit: unit, Set: set, Files: []File{report, scan}, Year: 2023})
	if rows[0].Status != Met || rows[2].Status != NotJudged {
		t.Errorf("statuses %s, want 达标 first and 未判 for what is not found", statuses(rows))
	}
	rows, findings = Judge(Input{Unit: unit, Set: set, Year: 2023})
	if len(findings) != 1 || findings[0].Check != "未报送" || strings.Contains(statuses(rows), "缺项") {
		t.Errorf("nothing sent: %s, %+v", statuses(rows), findings)
	}
}

func TestJudgeIsDeterministic(t *testing.T) {
	set := smallSet(t)
	in := Input{Unit: corpus.Unit{Name: "云河市水务局", Kind: corpus.Bureau}, Set: set, Year: 2023, Files: []File{
		paper("r.txt", corpus.Annual, "2023", "全年审核规范性文件3件。收到申请9件，答复9件，不予公开1件。会前学法5次。")}}
	rows, findings := Judge(in)
	for range 5 {
		r, f := Judge(in)
		if d := cmp.Diff(rows, r); d != "" {
			t.Fatal(d)
		}
		if d := cmp.Diff(findings, f); d != "" {
			t.Fatal(d)
		}
	}
}

func TestExplain(t *testing.T) {
	set := smallSet(t)
	f := paper("r.txt", corpus.Annual, "2023", "严格落实负责人出庭应诉制度。", "修路3公里。")
	x, err := set.Explain("i003", corpus.Unit{Name: "云河市水务局", Kind: corpus.Bureau}, f)
	if err != nil {
		t.Fatal(err)
	}
	if x.Status != Formulaic || len(x.Sentences) != 1 || len(x.Sentences[0].Hits) == 0 || len(x.Terms) == 0 || len(x.Missing) == 0 {
		t.Errorf("Explain = %+v", x)
	}
	if _, err := set.Explain("没有", corpus.Unit{}, f); err == nil {
		t.Error("Explain of an unknown id gives no error")
	}
}

// Where a report names a matter and says nothing of it, words that only happen
// to meet elsewhere, or a mere likeness of wording, do not make it 达标.
func TestEmptyNameAsksForMore(t *testing.T) {
	set, _, err := Import("表", []Sheet{sheet("序号|三级指标", "1|领导干部学法", "2|法律顾问", "3|行政规范性文件清理")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		text, no string
		want     Status
	}{
		{"党组学法用法抓得很紧，成效明显。", "1", Formulaic},
		{"党组学法用法抓得很紧，成效明显。党委中心组9月6日专题学习习近平法治思想，22人参加。", "1", Formulaic},
		{"党委中心组9月6日专题学习习近平法治思想，22人参加。", "1", Met},
		{"党组学法用法抓得很紧，全年会前学法7次。", "1", Met},
		{"法律顾问作用充分发挥。", "2", Formulaic},
		{"法律顾问作用充分发挥。全年清理文件17份，废止6份。", "2", Formulaic},
		{"法律顾问作用充分发挥。法律顾问陈律师看了17份合同，改了6份。", "2", Met},
		{"拟于明年二季度开展规范性文件清理。全年印发规范性文件2件，均按期报备。", "3", OnlyPromised},
	} {
		rows, _ := Judge(Input{Unit: corpus.Unit{Name: "云河市水务局"}, Set: set, Files: []File{asFile(c.text, corpus.Annual)}})
		for _, r := range rows {
			if r.No == c.no && r.Status != c.want {
				t.Errorf("%s: item %s is %s, want %s", c.text, c.no, r.Status, c.want)
			}
		}
	}
}

func TestAddressed(t *testing.T) {
	for text, want := range map[string]bool{
		"市委、市政府，市人大常委会：":   true,
		"县委依法治县办：":         true,
		"接受人大、政协监督情况：":     false,
		"市人大常委会对我局提出三点意见：": false,
		"市委、市政府高度重视。":      false,
		"：":                false,
	} {
		if got := addressed(text); got != want {
			t.Errorf("addressed(%s) = %v, want %v", text, got, want)
		}
	}
}

// Under the heading for it, a deed of the person in charge counts whatever it
// was about.
func TestLeadersDeeds(t *testing.T) {
	set, _, err := Import("表", []Sheet{sheet("序号|三级指标", "1|主要负责人履行推进法治建设第一责任人职责", "2|政务公开")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		heading, text string
		want          Status
	}{
		{"三、主要负责人履行第一责任人职责情况", "局长郑川就采购投诉核查12次，退回合同3份。", Met},
		{"三、主要负责人履行第一责任人职责情况", "采购科全年受理采购投诉5次。", Missing},
		{"三、政府采购", "局长郑川就采购投诉核查12次，退回合同3份。", Missing},
	} {
		f := asFile(c.text, corpus.Annual)
		f.Passages[0].Headings = []string{c.heading}
		rows, _ := Judge(Input{Unit: corpus.Unit{Name: "云河市财政局", Kind: corpus.Bureau}, Set: set, Files: []File{f}})
		if rows[0].Status != c.want {
			t.Errorf("%s｜%s: %s, want %s", c.heading, c.text, rows[0].Status, c.want)
		}
	}
}

// A heading that runs in speaks of the sentences of its paragraph, also where
// their words are those of another item.
func TestRunInHeading(t *testing.T) {
	set, _, err := Import("表", []Sheet{sheet("序号|三级指标|要求", "1|法律顾问和公职律师|为决策和合同提供意见", "2|重大行政决策程序|合法性审查、集体讨论", "3|政务服务便利化|压缩办理时限")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	text := "（一）法律顾问先看。全年上常务会的重大项目31项，30项附了法律意见书，码头转让一项因未附意见当场撤下议题。"
	rows, _ := Judge(Input{Unit: corpus.Unit{Name: "云河区"}, Set: set, Files: []File{asFile(text, corpus.Annual)}})
	if rows[0].Status != Met {
		t.Errorf("%s: %s, want %s", text, rows[0].Status, Met)
	}
}

func TestGoesOn(t *testing.T) {
	for text, want := range map[string]bool{"11月他把移送卷调来看过。": true, "全年主持研究3次。": true, "采购科受理投诉5次。": false, "执法队员把他的摊位挪到路边。": false} {
		if got := goesOn(foldRunes(text)); got != want {
			t.Errorf("goesOn(%s) = %v, want %v", text, got, want)
		}
	}
}
