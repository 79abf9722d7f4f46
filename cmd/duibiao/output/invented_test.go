package output

import (
	"fmt"
	"strings"

	"duibiao/corpus"
	"duibiao/rules"
)

// invented is a report on a city that does not exist, with n units and items
// indicators; every status, every state of a file and every sort of finding
// occurs in it.
func invented(n, items int) *Report {
	r := &Report{
		Run: Run{Tool: "0.1.0", Rules: "市级八项任务 2025-3", Segmenter: "gojieba 1.4.7", Readers: []string{"text/1", "docx/1", "pdf/2", "docx/1"},
			Seconds: 12.5, Thresholds: []Threshold{{"同级雷同", "相同文字达到该篇的 30%"}, {"超字数", "自评报告不超过 2000 字"}}},
		Decisions: map[string]Decision{},
		Skipped:   []Skipped{{"说明.mp4", "视频文件，不是报送材料"}, {"~$报告.docx", "Word 的临时文件"}},
	}
	for i := range items {
		r.Indicators = append(r.Indicators, Indicator{
			ID: fmt.Sprintf("x%02d", i+1), No: fmt.Sprint(i + 1), Level1: levels[i/8%len(levels)], Level2: "二级指标" + fmt.Sprint(i/4+1),
			Title: topics[i%len(topics)], Text: topics[i%len(topics)] + "，建立制度并按期公开，年度内有可以核对的办理情况。",
		})
	}
	for i := range n {
		r.unit(i)
	}
	r.Documents = append(r.Documents, Document{ID: "上位文件/市方案.docx", Shelf: corpus.Superior, Status: OK, Reader: "docx/1", Runes: 5200,
		Title: corpus.Taken{Value: "法治政府建设示范创建工作方案", From: "标题"}, Year: corpus.Taken{Value: "2025", From: "标题"}})
	r.copies()
	return r
}

var (
	levels = []string{"政府职能依法全面履行", "依法行政制度体系完善", "行政决策科学民主合法", "行政执法严格规范"}
	topics = []string{"权责清单动态调整", "行政规范性文件合法性审核和备案", "重大行政决策程序", "行政执法公示、执法全过程记录、重大执法决定法制审核", "政务公开", "矛盾纠纷化解", "领导干部学法", "党政主要负责人履行第一责任人职责"}
	places = []string{"青石区", "云桥县", "柳河镇", "枫林街道", "市交通运输局", "市农业农村局", "白鹭县", "市市场监督管理局"}
)

func (r *Report) unit(i int) {
	name, kind := places[i%len(places)], corpus.County
	if i >= len(places) {
		name += fmt.Sprintf("第%d片区", i/len(places)+1)
	}
	switch {
	case strings.Contains(name, "局"):
		kind = corpus.Bureau
	case strings.Contains(name, "镇"), strings.Contains(name, "街道"):
		kind = corpus.Township
	}
	u := Unit{Unit: corpus.Unit{Name: name, Kind: kind}, Missing: i%8 == 6}
	r.Units = append(r.Units, u)
	id := name + "/2025年度法治政府建设报告.docx"
	d := Document{ID: id, Unit: corpus.Taken{Value: name, From: "目录"}, Type: kind, Year: corpus.Taken{Value: "2025", From: "标题"},
		Date: corpus.Taken{Value: "2026-01-12", From: "落款"}, Kind: corpus.Taken{Value: "年度报告", From: "标题"},
		No: corpus.Taken{Value: "青政〔2026〕3号", From: "红头"}, Title: corpus.Taken{Value: name + "2025年度法治政府建设情况报告", From: "标题"},
		Status: OK, Reader: "docx/1", Runes: 4000 + i, Measures: Measures{Runes: 3800, Total: 0.5, Copied: 0.12, Largest: 0.1, Formulae: 0.3, Facts: 24, Density: 6.3158}}
	switch {
	case u.Missing:
	case i%8 == 3:
		d.Status, d.Reason, d.Reader, d.Runes, d.Title, d.Measures = Unreadable, "扫描件：没有文字层，无法判读。需OCR：请报送单位改交可复制文字的文件。", "", 0, corpus.Taken{}, Measures{}
		r.Documents = append(r.Documents, d)
	case i%8 == 4:
		d.ID, d.Reader, d.Pages, d.Status = strings.TrimSuffix(id, "docx")+"pdf", "pdf/2", 9, Partial
		d.Unread = []corpus.Warning{{Page: 3, Message: "没有文字层"}, {Page: 7, Message: "没有文字层"}}
		d.Reason = unreadPages(d.Unread)
		r.Documents = append(r.Documents, d)
	default:
		d.Warnings = []corpus.Warning{{Message: "批注 2 处没有计入正文"}}
		r.Documents = append(r.Documents, d)
	}
	for j, x := range r.Indicators {
		r.verdict(i, j, u, d, x)
	}
	if u.Missing {
		r.Findings = append(r.Findings, rules.Finding{ID: fmt.Sprintf("u%03d", i), Unit: name, Check: "未报送", Severity: rules.High,
			Message: "名册上应报年度报告，没有收到任何文件。", Ask: "请补报年度报告。"})
	}
}

func (r *Report) verdict(i, j int, u Unit, d Document, x Indicator) {
	status := verdicts[(i*5+j*3+i*j)%6].status
	if u.Missing || d.Status == Unreadable {
		status = rules.NotJudged
	}
	at := corpus.Span{Start: 100 * j, End: 100*j + 40}
	e := rules.Evidence{Doc: d.ID, Span: at, Place: corpus.Location{Page: d.Pages / 3, Paragraph: 10 + j},
		Section: "一、主要举措和成效 › （二）" + x.Title, Quote: "持续推进" + x.Title + "，不断健全工作机制，切实提升法治化水平，取得明显成效。"}
	row := rules.Row{Unit: u.Name, Indicator: x.ID, No: x.No, Title: x.Title, Status: status, Score: 0.8123456, Why: "有表述，没有可以核对的事实。"}
	if status != rules.Missing && status != rules.NotJudged && status != rules.NotApplicable {
		row.Evidence = []rules.Evidence{e}
	}
	if status == rules.Met {
		row.Notes = []string{"未达标：培训 36 学时，要求 60 学时"}
	}
	r.Rows = append(r.Rows, row)
	if !status.Gap() {
		return
	}
	f := rules.Finding{ID: fmt.Sprintf("f%03d-%02d", i, j), Unit: u.Name, Doc: d.ID, Indicator: x.ID, No: x.No, Title: x.Title, Check: string(status),
		Severity: rules.Medium, Message: "疑似" + string(status) + "：有关“" + x.Title + "”的段落没有数字、文件名或具体事例。",
		Ask: "请补充本年度" + x.Title + "的办理件数、文件名称和日期。", Evidence: &e}
	switch status {
	case rules.Missing:
		f.Severity, f.Evidence, f.Message = rules.High, nil, "在已读出的材料中没有找到关于“"+x.Title+"”的正文。"
	case rules.Copied:
		f.Value, f.Threshold = "92.5%", "≥80%"
		f.Source = &rules.Source{Doc: "云桥县/2025年度法治政府建设报告.docx", Unit: "云桥县", Span: at, Quote: e.Quote}
	}
	r.Findings = append(r.Findings, f)
}

func (r *Report) copies() {
	relations := []corpus.Relation{corpus.FromPeer, corpus.FromSuperior, corpus.Quotation, corpus.FromCommon}
	for i, d := range r.Documents {
		if d.Shelf != "" || d.Status != OK || i%2 == 0 {
			continue
		}
		for k, relation := range relations {
			quote := strings.Repeat("建立"+topics[k%len(topics)]+"台账，明确责任单位和完成时限，每季度通报一次进展；", 2+k)
			r.Reuse = append(r.Reuse, Reuse{
				Reuse: corpus.Reuse{Doc: d.ID, Span: corpus.Span{Start: 500 * k, End: 500*k + 60}, Source: r.Documents[0].ID,
					SourceSpan: corpus.Span{Start: 700, End: 760}, Relation: relation, Informative: 50 + 20*k, AlsoIn: k},
				Quote: quote, SourceQuote: quote, Place: corpus.Location{Paragraph: 9 + k}, SourcePlace: corpus.Location{Paragraph: 12},
				Section: "二、存在的不足和原因", SourceSection: "三、重点任务",
			})
		}
	}
}
