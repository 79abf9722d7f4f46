package output

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"duibiao/corpus"
	"duibiao/ingest/xlsx"
	"duibiao/rules"
)

// The sheets of the workbook beside one for each unit.
const (
	overview  = "汇总"
	everyGap  = "全部"
	byItem    = "指标"
	besideIt  = "另请核实"
	goneList  = "已改"
	copies    = "雷同"
	fileList  = "文件"
	colophon  = "说明"
	workTitle = "法治政府建设报送材料差距清单"
)

// XLSX writes r as the workbook 差距清单.xlsx: an overview of units and
// indicators, all gaps, the gaps of each unit, the indicators, what was
// copied, every file, and what the words mean. A hidden column holds the
// finding ids.
func XLSX(w io.Writer, r *Report) error {
	r = r.ordered()
	m, l := r.matrix(), r.ledger()
	book := xlsx.Book{Title: workTitle, Sheets: []xlsx.Sheet{overviewSheet(r), gapSheet(r, l)}}
	if len(r.Units) <= maxUnitSheets {
		for _, u := range r.Units {
			book.Sheets = append(book.Sheets, unitSheet(r, m, l, u))
		}
	}
	if len(r.Rounds.Gone) > 0 {
		book.Sheets = append(book.Sheets, goneSheet(r))
	}
	if notes := noteSheet(r, true); len(notes.Rows) > 0 {
		book.Sheets = append(book.Sheets, notes)
	}
	book.Sheets = append(book.Sheets, itemSheet(r, m), copySheet(r), fileSheet(r), wordSheet(r))
	return xlsx.Write(w, book)
}

// UnitXLSX writes what XLSX says of one unit as a workbook of its own, to be
// sent to that unit: its gaps, its files and what the words mean, without what
// the office thinks of the findings and without the papers of others. What the
// unit fills in can be read by ReadLedger. A unit that is not in r is an error.
func UnitXLSX(w io.Writer, r *Report, unit string) error {
	part, err := r.part(unit)
	if err != nil {
		return fmt.Errorf("write the list of %s: %w", unit, err)
	}
	part = part.ordered()
	for i := range part.Documents { // the lists of an ordered report are its own
		part.Documents[i].Reason = toUnit(part.Documents[i].Reason)
	}
	sheets := []xlsx.Sheet{unitSheet(part, part.matrix(), part.ledger(), part.Units[0])}
	if notes := noteSheet(part, false); len(notes.Rows) > 0 {
		sheets = append(sheets, notes)
	}
	return xlsx.Write(w, xlsx.Book{Title: unit + workTitle, Sheets: append(sheets, fileSheet(part), wordSheet(part))})
}

// maxUnitSheets is up to how many units each have a sheet: nobody finds one
// among more, and the programs that open the file take minutes.
const maxUnitSheets = 500

// looks is the style in which each verdict is shown.
var looks = map[rules.Status]xlsx.Style{
	rules.Met: xlsx.Good, rules.Formulaic: xlsx.Vague, rules.OnlyPromised: xlsx.Promise, rules.Copied: xlsx.Copy,
	rules.Missing: xlsx.Absent, rules.NotApplicable: xlsx.Outside, rules.NotJudged: xlsx.Unknown,
}

func lookOf(s rules.Status) xlsx.Style {
	if style, ok := looks[s]; ok {
		return style
	}
	return xlsx.Body
}

func sign(s rules.Status) xlsx.Value { return xlsx.Text(signOf(s)).With(lookOf(s)) }

// count is n in the colour of s, or a quiet cell for none.
func count(n int, s rules.Status) xlsx.Value {
	if n == 0 {
		return xlsx.Number(0).With(xlsx.Outside)
	}
	return xlsx.Number(n).With(lookOf(s))
}

func quiet(n int) xlsx.Value {
	if n == 0 {
		return xlsx.Number(0).With(xlsx.Outside)
	}
	return xlsx.Number(n)
}

func overviewSheet(r *Report) xlsx.Sheet {
	m := r.matrix()
	files, unread := r.files()
	whole := r.wholeFindings()
	c := r.counts()
	s := xlsx.Sheet{
		Name: overview, Freeze: 1,
		Title: workTitle + "　" + overview + inBrackets(r.years()),
		Note: fmt.Sprintf("单位 %d 家（未报送 %d 家），文件 %d 份（部分未读 %d 份，读不出 %d 份），指标 %d 项。结论均为“疑似”，供审查人核对。\n%s",
			c.Units, c.Missing, c.Documents, c.Partial, c.Unreadable, c.Indicators, legend()+"　　（末行：各项指标有差距的单位数）"+noSheets(c.Units)),
		Columns: []xlsx.Column{{Title: "单位", Width: r.nameWidth(16, 34)}, {Title: "类别", Width: 9}, {Title: "报送文件", Width: 10}},
	}
	for _, v := range verdicts {
		s.Columns = append(s.Columns, xlsx.Column{Title: string(v.status), Width: 5})
	}
	s.Columns = append(s.Columns, xlsx.Column{Title: "差距合计", Width: 5}, xlsx.Column{Title: "文件问题", Width: 5})
	for _, x := range r.Indicators {
		s.Columns = append(s.Columns, xlsx.Column{Title: heading(x), Above: x.No, Width: 3.4, Upright: true})
	}
	s.Wide = pages(s)

	var all tally
	for _, u := range r.Units {
		t := m.unit(u.Name)
		all.plus(t)
		row := []xlsx.Value{
			{Text: u.Name, Style: xlsx.Link, Sheet: u.Name}, xlsx.Text(string(u.Kind)),
			handedIn(u, files[u.Name], unread[u.Name]),
		}
		row = append(row, tallied(t)...)
		row = append(row, quiet(whole[u.Name]))
		for _, x := range r.Indicators {
			row = append(row, sign(m.status(u.Name, x.ID)))
		}
		s.Rows = append(s.Rows, row)
	}
	s.Rows = append(s.Rows, totals(r, m, all, whole))
	return s
}

// nameWidth is how wide a column must be so that the names of the units stand in
// it on one line, but at least least and at most most.
func (r *Report) nameWidth(least, most float64) float64 {
	width := least
	for _, u := range r.Units {
		width = max(width, 2*float64(utf8.RuneCountInString(u.Name))+1)
	}
	return min(width, most)
}

// noSheets says why units have no sheets of their own, or nothing.
func noSheets(units int) string {
	if units <= maxUnitSheets {
		return ""
	}
	return fmt.Sprintf("\n单位超过 %d 家，没有逐个单位附表：请在“%s”表中按单位筛选，或用 duibiao gaps 文件夹 --format unit 给每个单位各出一份。", maxUnitSheets, everyGap)
}

func inBrackets(s string) string {
	if s == "" {
		return ""
	}
	return "（" + s + "）"
}

// heading is the indicator as it stands above its column.
func heading(x Indicator) string {
	title := []rune(x.Title)
	if len(title) > maxHeading {
		title = append(title[:maxHeading-1], '…')
	}
	return string(title)
}

const maxHeading = 14 // runes

// pages is over how many printed pages the columns of s go, so that they can
// still be read.
func pages(s xlsx.Sheet) int {
	const readable = 230 // digits across a page at the smallest bearable scale
	width := 0.0
	for _, c := range s.Columns {
		width += c.Width
	}
	n := 1
	for first := s.Columns[0].Width; width > first+float64(n)*(readable-first); {
		n++
	}
	return n
}

func handedIn(u Unit, files, unread int) xlsx.Value {
	switch {
	case u.Missing:
		return xlsx.Text("未报送").With(xlsx.Unknown)
	case files > 0 && unread == files:
		return xlsx.Text(fmt.Sprintf("%d份，均未读全", files)).With(xlsx.Unknown)
	case unread > 0:
		return xlsx.Text(fmt.Sprintf("%d份，%d份未读全", files, unread)).With(xlsx.Unknown)
	}
	return xlsx.Text(fmt.Sprintf("%d份", files)).With(xlsx.Figure)
}

// tallied is the cells of t: each verdict, then the gaps.
func tallied(t tally) []xlsx.Value {
	var row []xlsx.Value
	for i, v := range verdicts {
		row = append(row, count(t.of[i], v.status))
	}
	return append(row, xlsx.Number(t.gaps).With(xlsx.Total))
}

func totals(r *Report, m matrix, all tally, whole map[string]int) []xlsx.Value {
	row := []xlsx.Value{xlsx.Text("合计").With(xlsx.Total), xlsx.Text("").With(xlsx.Total)}
	n := 0
	for _, d := range r.Documents {
		if d.Shelf == "" {
			n++
		}
	}
	row = append(row, xlsx.Text(fmt.Sprintf("%d份", n)).With(xlsx.Total))
	for _, n := range all.of {
		row = append(row, xlsx.Number(n).With(xlsx.Total))
	}
	n = 0
	for _, of := range whole {
		n += of
	}
	row = append(row, xlsx.Number(all.gaps).With(xlsx.Total), xlsx.Number(n).With(xlsx.Total))
	for _, x := range r.Indicators {
		row = append(row, xlsx.Number(m.indicator(x.ID).gaps).With(xlsx.Total))
	}
	return row
}

// The titles by which ReadLedger finds the columns that people fill in.
const (
	sectionTitle  = "责任科室"
	dueTitle      = "完成时限"
	progressTitle = "整改进展"
	statusTitle   = "销号状态"
	reviewTitle   = "审查意见"
	noteTitle     = "审查备注"
	idTitle       = "编号"
	madeTitle     = "意见版本"
)

// ledger is what the rows of a gap list are made of.
type ledger struct {
	r     *Report
	of    map[string][]rules.Finding // what a unit is asked about
	names map[string]string          // of the files
	notes map[rowKey][]string        // told beside the verdicts
	width float64                    // of the column of units
}

func (r *Report) ledger() ledger {
	return ledger{r, r.findingsOf(), r.fileNames(), r.notes(), r.nameWidth(10, 16)}
}

// columns are the columns of a gap list. The list of all units has 单位 and
// what is the office's own: the reviewer's opinion.
func (l ledger) columns(ofAll bool) []xlsx.Column {
	return forUnit([]xlsx.Column{
		{Title: "序号", Width: 5}, {Title: "单位", Width: l.width}, {Title: "指标编号", Width: 5.5}, {Title: "指标内容", Width: 16},
		{Title: "问题类型", Width: 9}, {Title: "问题表述", Width: 28}, {Title: "原文位置", Width: 20}, {Title: "原文摘录", Width: 34},
		{Title: "参照来源", Width: 22}, {Title: "整改要求", Width: 22}, {Title: sectionTitle, Width: 8.6}, {Title: dueTitle, Width: 9},
		{Title: progressTitle, Width: 12}, {Title: statusTitle, Width: 8.6, Choices: Choices()}, {Title: "本轮", Width: 5.5},
		{Title: reviewTitle, Width: 8.6, Choices: Reviews()}, {Title: noteTitle, Width: 12},
		{Title: idTitle, Width: 12, Hidden: true}, {Title: madeTitle, Width: 12, Hidden: true},
	}, ofAll)
}

// forUnit leaves out what only the list of all units has.
func forUnit[T any](columns []T, ofAll bool) []T {
	if ofAll {
		return columns
	}
	return slices.Delete(slices.Delete(columns, 15, 17), 1, 2)
}

func (l ledger) row(n int, f rules.Finding, ofAll bool) []xlsx.Value {
	at, quote := "", ""
	if e := f.Evidence; e != nil {
		at, quote = inColumn(e.Section, e.Place), cutQuote(e.Quote, maxQuote)
	}
	if f.Doc != "" {
		at = strings.TrimSuffix(cmp.Or(l.names[f.Doc], f.Doc)+"\n"+at, "\n")
	}
	message, ask := f.Message+measured(f), f.Ask
	for _, note := range l.notes[rowKey{f.Unit, f.Indicator}] {
		message += "\n另请注意：" + sentence(note)
	}
	if !ofAll {
		message, ask = toUnit(message), toUnit(ask)
	}
	d := l.r.Decisions[f.ID]
	style := xlsx.Figure
	if s := rules.Status(f.Check); s.Gap() {
		style = lookOf(s)
	}
	return forUnit([]xlsx.Value{
		xlsx.Number(n), xlsx.Text(f.Unit), xlsx.Text(f.No).With(xlsx.Figure), xlsx.Text(f.Title),
		xlsx.Text(f.Check).With(style), xlsx.Text(message), xlsx.Text(at), xlsx.Text(quote),
		xlsx.Text(sourceOf(f.Source)), xlsx.Text(ask), xlsx.Text(d.Section), xlsx.Text(d.Due),
		xlsx.Text(d.Progress), xlsx.Text(l.r.status(f.ID).Word()).With(xlsx.Figure), xlsx.Text(string(l.r.Rounds.State[f.ID])).With(xlsx.Figure),
		xlsx.Text(string(d.ReviewOrPending())).With(xlsx.Figure), xlsx.Text(d.Note), xlsx.Text(f.ID), xlsx.Text(madeWord(d.Made)),
	}, ofAll)
}

// inColumn is place with each heading on a line of its own.
func inColumn(section string, l corpus.Location) string {
	return place(strings.ReplaceAll(section, " › ", "\n"), l)
}

func sourceOf(s *rules.Source) string {
	if s == nil {
		return ""
	}
	from := s.Doc
	if !strings.Contains(s.Doc, s.Unit) {
		from = s.Unit + "\n" + s.Doc
	}
	if s.Place != (corpus.Location{}) {
		from += "\n" + s.Place.String()
	}
	return from + "\n“" + nested.Replace(cutQuote(s.Quote, maxQuote/4)) + "”"
}

func gapSheet(r *Report, l ledger) xlsx.Sheet {
	s := xlsx.Sheet{
		Name: everyGap, Title: workTitle + "　" + everyGap + inBrackets(r.years()), Filter: true, Freeze: 2,
		Note:    fmt.Sprintf("共 %d 条。“销号状态”“审查意见”从下拉列表中选择；填好后用 duibiao gaps import 收回，请勿删除隐藏的“编号”“意见版本”两列。%s", len(r.Findings), onNewLine(r.RoundSummary())),
		Columns: l.columns(true),
	}
	for i, f := range r.Findings {
		s.Rows = append(s.Rows, l.row(i+1, f, true))
	}
	return s
}

func onNewLine(s string) string {
	if s == "" {
		return ""
	}
	return "\n" + s
}

// unitSheet is the gap list of one unit, as it may be sent to the unit.
func unitSheet(r *Report, m matrix, l ledger, u Unit) xlsx.Sheet {
	t, findings := m.unit(u.Name), l.of[u.Name]
	parts := make([]string, 0, len(verdicts))
	for i, v := range verdicts {
		parts = append(parts, fmt.Sprintf("%s %d", v.status, t.of[i]))
	}
	s := xlsx.Sheet{
		Name: u.Name, Title: u.Name + "　差距清单" + inBrackets(r.years()), Back: overview, Filter: len(findings) > 0,
		Note:    fmt.Sprintf("指标 %d 项：%s。问题共 %d 条，均为疑似，请核实。%s", len(r.Indicators), strings.Join(parts, "，"), len(findings), toUnit(unitNote(r, l.names, u))),
		Columns: l.columns(false),
	}
	if len(findings) == 0 {
		s.Rows = [][]xlsx.Value{{xlsx.Text("—").With(xlsx.Figure), {}, {}, {}, xlsx.Text("在已读出的材料中没有发现差距。")}}
	}
	if len(findings) > 0 {
		s.Note += "\n请填写责任科室、完成时限、整改进展，“销号状态”从下拉列表中选择，填好后原表退回；请勿删除隐藏的列。"
	}
	for i, f := range findings {
		s.Rows = append(s.Rows, l.row(i+1, f, false))
	}
	return s
}

// unitNote is what a reader must know of a unit before its list: what did not
// come in and what was not read.
func unitNote(r *Report, names map[string]string, u Unit) string {
	var lines []string
	if u.Missing {
		lines = append(lines, "未报送任何材料，适用的指标均未判。")
	}
	for _, d := range r.Documents {
		if d.Shelf == "" && d.Unit.Value == u.Name && (d.Status == Unreadable || d.Status == Partial) {
			lines = append(lines, fmt.Sprintf("%s：%s，%s", names[d.ID], fileWords[d.Status], sentence(d.Reason)))
		}
	}
	if len(lines) > maxNotes {
		lines = append(lines[:maxNotes], fmt.Sprintf("……共 %d 份，见“%s”表。", len(lines), fileList))
	}
	if len(lines) == 0 {
		return ""
	}
	return "\n" + strings.Join(lines, "\n")
}

const maxNotes = 12 // lines above a list

func sentence(s string) string { return strings.TrimSuffix(s, "。") + "。" }

// goneSheet lists what was found in earlier rounds and is no longer.
func goneSheet(r *Report) xlsx.Sheet {
	s := xlsx.Sheet{
		Name: goneList, Title: "以前各轮的问题，本轮不再列出的" + inBrackets(r.years()), Filter: true,
		Note: "已改：该单位换了材料，新材料里不再有这个问题。撤下：材料没有变，是规则或比对的文件变了。未复核：本轮没有读到该单位的材料，不能说已改。",
		Columns: []xlsx.Column{
			{Title: "序号", Width: 5}, {Title: "单位", Width: 14}, {Title: "指标编号", Width: 6}, {Title: "指标内容", Width: 22},
			{Title: "问题类型", Width: 9}, {Title: "问题表述", Width: 44}, {Title: "当时的原文摘录", Width: 44}, {Title: "结果", Width: 8}, {Title: "时间", Width: 12},
		},
	}
	looks := map[Round]xlsx.Style{Fixed: xlsx.Good, Withdrawn: xlsx.Outside, Unchecked: xlsx.Unknown}
	for i, g := range r.Rounds.Gone {
		quote := ""
		if g.Evidence != nil {
			quote = cutQuote(g.Evidence.Quote, maxQuote)
		}
		s.Rows = append(s.Rows, []xlsx.Value{
			xlsx.Number(i + 1), xlsx.Text(g.Unit), xlsx.Text(g.No).With(xlsx.Figure), xlsx.Text(g.Title),
			xlsx.Text(g.Check).With(xlsx.Figure), xlsx.Text(g.Message), xlsx.Text(quote),
			xlsx.Text(string(g.Round)).With(looks[g.Round]), xlsx.Text(g.When.Format("2006-01-02")).With(xlsx.Figure),
		})
	}
	return s
}

// noteSheet lists what is to be noted of items without a gap: a figure below
// what is asked, a rate without its base.
func noteSheet(r *Report, ofAll bool) xlsx.Sheet {
	s := xlsx.Sheet{
		Name: besideIt, Title: "没有列为差距、但请一并核实的" + inBrackets(r.years()), Filter: true, Freeze: 2,
		Note:    "有差距的指标，另请注意的内容写在该条的“问题表述”里。",
		Columns: []xlsx.Column{{Title: "序号", Width: 5}, {Title: "单位", Width: r.nameWidth(10, 16)}, {Title: "指标编号", Width: 6}, {Title: "指标内容", Width: 26}, {Title: "结论", Width: 8}, {Title: "另请注意", Width: 50}, {Title: "原文摘录", Width: 50}},
	}
	for _, row := range r.Rows {
		if row.Status.Gap() {
			continue
		}
		quote := ""
		if len(row.Evidence) > 0 {
			quote = cutQuote(row.Evidence[0].Quote, maxQuote)
		}
		for _, note := range row.Notes {
			if !ofAll {
				note = toUnit(note)
			}
			s.Rows = append(s.Rows, []xlsx.Value{xlsx.Number(len(s.Rows) + 1), xlsx.Text(row.Unit), xlsx.Text(row.No).With(xlsx.Figure), xlsx.Text(row.Title),
				xlsx.Text(string(row.Status)).With(lookOf(row.Status)), xlsx.Text(sentence(note)), xlsx.Text(quote)})
		}
	}
	return s
}

func itemSheet(r *Report, m matrix) xlsx.Sheet {
	s := xlsx.Sheet{
		Name: byItem, Title: "各项指标的覆盖情况" + inBrackets(r.years()), Freeze: 1, Filter: true,
		Columns: []xlsx.Column{{Title: "指标编号", Width: 7}, {Title: "一级指标", Width: 12}, {Title: "二级指标", Width: 14}, {Title: "指标内容", Width: 44}},
	}
	for _, v := range verdicts {
		s.Columns = append(s.Columns, xlsx.Column{Title: string(v.status), Width: 6})
	}
	s.Columns = append(s.Columns, xlsx.Column{Title: "差距合计", Width: 6}, xlsx.Column{Title: "有差距的单位", Width: 44})
	for _, x := range r.Indicators {
		what := shorten(x.Text, maxQuote)
		if !strings.HasPrefix(x.Text, x.Title) {
			what = strings.TrimSuffix(x.Title+"\n"+what, "\n")
		}
		row := []xlsx.Value{xlsx.Text(x.No).With(xlsx.Figure), xlsx.Text(x.Level1), xlsx.Text(x.Level2), xlsx.Text(what)}
		row = append(row, tallied(m.indicator(x.ID))...)
		var names []string
		for _, u := range r.Units {
			if st := m.status(u.Name, x.ID); st.Gap() {
				names = append(names, u.Name+"（"+string(st)+"）")
			}
		}
		if len(names) > maxNames {
			names = append(names[:maxNames], fmt.Sprintf("……共 %d 家", len(names)))
		}
		s.Rows = append(s.Rows, append(row, xlsx.Text(strings.Join(names, "、"))))
	}
	return s
}

const maxNames = 30 // units named in one cell

// pair is a document and one that it shares text with.
type pair struct{ doc, source string }

func copySheet(r *Report) xlsx.Sheet {
	s := xlsx.Sheet{
		Name: copies, Title: "雷同对照" + inBrackets(r.years()), Filter: true,
		Note: "“相同字数”不计公共表述（各家必写的政治要求、法律名称、固定用语）。先后和来源只供参考，是否抄袭由审查人判断；“引用”不计为问题。" +
			"“两份合计”是左侧文件与该来源全部相同字数占左侧文件的比例。",
		Columns: []xlsx.Column{
			{Title: "序号", Width: 5}, {Title: "单位", Width: 11}, {Title: "文件和位置", Width: 20}, {Title: "原文", Width: 36},
			{Title: "关系", Width: 8}, {Title: "来源单位", Width: 11}, {Title: "来源文件和位置", Width: 20}, {Title: "来源原文", Width: 36},
			{Title: "相同字数", Width: 6}, {Title: "占本文", Width: 7}, {Title: "两份合计", Width: 7}, {Title: "另见于（份）", Width: 7},
		},
	}
	docs := map[string]Document{}
	for _, d := range r.Documents {
		docs[d.ID] = d
	}
	shared := map[pair]int{}
	for _, u := range r.Reuse {
		shared[pair{u.Doc, u.Source}] += u.Informative
	}
	of := func(u Reuse) float64 { return share(shared[pair{u.Doc, u.Source}], docs[u.Doc].Runes) }
	list := sorted(r.Reuse, func(a, b Reuse) int { // the largest pairs first
		return cmp.Or(cmp.Compare(of(b), of(a)), cmp.Compare(a.Doc, b.Doc), cmp.Compare(a.Source, b.Source))
	})
	for i, u := range list {
		d, src := docs[u.Doc], docs[u.Source]
		s.Rows = append(s.Rows, []xlsx.Value{
			xlsx.Number(i + 1), xlsx.Text(d.Unit.Value), xlsx.Text(u.Doc + "\n" + inColumn(u.Section, u.Place)), xlsx.Text(cutQuote(u.Quote, maxQuote)),
			xlsx.Text(string(u.Relation)).With(xlsx.Figure), xlsx.Text(src.Unit.Value), xlsx.Text(u.Source + "\n" + inColumn(u.SourceSection, u.SourcePlace)),
			xlsx.Text(cutQuote(u.SourceQuote, maxQuote)), xlsx.Number(u.Informative),
			xlsx.Share(share(u.Informative, d.Runes)), xlsx.Share(of(u)), xlsx.Number(u.AlsoIn),
		})
	}
	return s
}

func fileSheet(r *Report) xlsx.Sheet {
	s := xlsx.Sheet{
		Name: fileList, Title: "文件读取情况", Filter: true, Freeze: 1,
		Note: "每份文件读出了什么、怎样读的。单位、年度、日期、种类后的括号是判断的出处；有误时可在报送清单中更正。",
		Columns: []xlsx.Column{
			{Title: "文件", Width: 28}, {Title: "状态", Width: 8.6}, {Title: "单位", Width: 20}, {Title: "类别", Width: 9}, {Title: "年度", Width: 8.6},
			{Title: "日期", Width: 11}, {Title: "种类", Width: 9}, {Title: "文号", Width: 12}, {Title: "标题", Width: 24}, {Title: "读取方式", Width: 9},
			{Title: "字数", Width: 7}, {Title: "页数", Width: 5}, {Title: "去除公共表述复制比", Width: 9}, {Title: "总文字复制比", Width: 7}, {Title: "单篇最大复制比", Width: 7}, {Title: "往年重复率", Width: 7},
			{Title: "套话率", Width: 7}, {Title: "重复率", Width: 7}, {Title: "事实/千字", Width: 10}, {Title: "说明", Width: 40},
		},
	}
	for _, d := range r.Documents {
		s.Rows = append(s.Rows, fileRow(d))
	}
	for _, x := range r.Skipped {
		row := make([]xlsx.Value, len(s.Columns))
		row[0], row[1], row[len(row)-1] = xlsx.Text(x.Path), xlsx.Text("未作为材料").With(xlsx.Outside), xlsx.Text(x.Reason)
		s.Rows = append(s.Rows, row)
	}
	return s
}

func fileRow(d Document) []xlsx.Value {
	style := xlsx.Figure
	if d.Status == Partial || d.Status == Unreadable {
		style = xlsx.Unknown
	}
	kind := string(d.Type)
	if d.Shelf != "" {
		kind = "书架：" + string(d.Shelf)
	}
	how := d.Reader
	if d.Encoding != "" {
		how += "\n" + d.Encoding
	}
	row := []xlsx.Value{
		xlsx.Text(d.ID), xlsx.Text(fileWords[d.Status]).With(style), takenFrom(d.Unit), xlsx.Text(kind), takenFrom(d.Year),
		takenFrom(d.Date), takenFrom(d.Kind), takenFrom(d.No), takenFrom(d.Title), xlsx.Text(how),
		orDash(d.Runes > 0, xlsx.Number(d.Runes)), orDash(d.Pages > 0, xlsx.Number(d.Pages)),
	}
	m := d.Measures
	for _, share := range []float64{m.Passages, m.Copied, m.Total, m.Largest, m.Previous, m.Formulae, m.Within} {
		row = append(row, orDash(m.Runes > 0, xlsx.Share(share)))
	}
	return append(row, orDash(m.Runes > 0, xlsx.Text(strconv.FormatFloat(m.Density, 'f', 1, 64)).With(xlsx.Figure)), xlsx.Text(strings.Join(fileNotes(d), "\n")))
}

// takenFrom is a value, and below it where it was taken from.
func takenFrom(t corpus.Taken) xlsx.Value {
	if t.Value == "" || t.From == "" {
		return xlsx.Text(t.Value)
	}
	return xlsx.Text(t.Value + "\n" + inBrackets(t.From))
}

// fileNotes is what is to be said of a file: why it was not read, and what its
// reader noticed.
func fileNotes(d Document) []string {
	var notes []string
	if d.Reason != "" {
		notes = append(notes, d.Reason)
	}
	if pages := unreadPages(d.Unread); pages != d.Reason && pages != "" {
		notes = append(notes, "未读："+pages)
	}
	for _, w := range d.Warnings {
		notes = append(notes, warning(w))
	}
	return notes
}

// orDash is v where it is known.
func orDash(known bool, v xlsx.Value) xlsx.Value {
	if known {
		return v
	}
	return xlsx.Text("—").With(xlsx.Figure)
}

func wordSheet(r *Report) xlsx.Sheet {
	s := xlsx.Sheet{
		Name: colophon, Title: "说明",
		Columns: []xlsx.Column{{Title: "项目", Width: 24}, {Title: "内容", Width: 110}},
	}
	add := func(name string, style xlsx.Style, what string) {
		s.Rows = append(s.Rows, []xlsx.Value{xlsx.Text(name).With(style), xlsx.Text(what)})
	}
	add("怎样看", xlsx.Strong, "本清单由程序对照指标逐项、逐句比对生成，结论均为“疑似”，每条都附原文、位置和理由，由审查人核对后使用。"+
		"读不出的文件和页不作判断，列在“文件”表中。政治性、固定性表述不计为问题；按上级要求使用的统一标题不计为雷同。")
	for _, v := range verdicts {
		add(v.sign+"　"+string(v.status), lookOf(v.status), v.means)
	}
	add("差距合计", xlsx.Strong, "空泛、只有打算、雷同、缺项四种之和。")
	add("文件问题", xlsx.Strong, "针对整份文件或整个单位的问题，如未报送、残留占位符、年份不符、缺少必备部分，不计入差距合计。")
	for _, k := range []struct {
		relation corpus.Relation
		means    string
	}{
		{corpus.FromSuperior, "与上级文件相同。沿用上级要求本身不是问题，看有没有本单位的内容。"},
		{corpus.FromPeer, "与其他单位在先的材料相同。"},
		{corpus.FromPrevious, "与本单位往年的材料相同。"},
		{corpus.FromTemplate, "与范文相同。"},
		{corpus.FromCommon, "两份相同，但先后不明（日期不详或相差不足七天），或都来自第三份材料；不能说谁照搬谁。"},
		{corpus.Quotation, "注明出处的引用，不计为问题。"},
	} {
		add("雷同　"+string(k.relation), xlsx.Strong, k.means)
	}
	for _, m := range [][2]string{
		{"雷同段落占比", "正文中落在雷同段落里的文字所占的比例，连同段落里的公共表述和改动过的字，不含引用。"},
		{"去除公共表述复制比", "正文中与其他材料相同、又不是公共表述的文字所占的比例。比较各单位时看这一项。"},
		{"总文字复制比", "与其他材料相同的文字和公共表述合计所占的比例。公共表述是各家必写的，不是问题。"},
		{"单篇最大复制比", "去除公共表述复制比中，来自同一份材料最多的部分。"},
		{"往年重复率", "与本单位往年材料相同的部分。"},
		{"套话率", "政策套语等公共表述所占的比例，只供参考，不作为问题。"},
		{"重复率", "同一份材料内部前后重复（连续13字以上）的部分。"},
		{"事实/千字", "每千字中可以核对的事实（数字与基数、本单位文件、具体会议、案例等）的个数。"},
	} {
		add(m[0], xlsx.Strong, m[1])
	}
	for _, t := range r.Run.Thresholds {
		add("界限　"+t.Name, xlsx.Strong, t.Value)
	}
	add("程序版本", xlsx.Strong, r.Run.Tool)
	add("规则版本", xlsx.Strong, r.Run.Rules)
	add("分词版本", xlsx.Strong, r.Run.Segmenter)
	add("读取程序", xlsx.Strong, strings.Join(distinct(r.Run.Readers), "、"))
	return s
}
