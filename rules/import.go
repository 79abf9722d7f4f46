package rules

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Cell is one cell of an office's table. Above says that it is a part of a
// merged cell that begins in a row above, so that its text is that cell's.
type Cell struct {
	Text  string
	Above bool
}

// Sheet is one table: a sheet of a workbook, or a table of a document.
type Sheet struct {
	Name   string
	Rows   [][]Cell
	Beside []string // paragraphs of a document that stand beside its tables: notes may be among them
}

// ImportReport tells what Import understood.
type ImportReport struct {
	Columns  []string // which column was read as what, such as "第3列 三级指标 → 指标名称", per table
	Items    int
	Notes    []string            // rows that were read as notes
	Skipped  []string            // rows that were not read, with the reason
	Topics   map[string][]string // item id -> the topics of the thesaurus found in its wording
	Unmapped []string            // items for which no topic and no word was found: they need terms by hand
}

// ErrNoTable is returned by Import when no row of any sheet looks like the
// header of an indicator table.
var ErrNoTable = errors.New("no indicator table found")

// column is what a column of the table holds.
type column int

const (
	colNo column = iota
	colLevel1
	colLevel2
	colTitle
	colText
	colScore // how points are given: read for thresholds
	colAny   // a name that says little: layout decides
	colApplies
	colLead
	colPartner
	colPoints // what an item counts: a row with its own is an item of its own
	colOther
	columns
)

var columnNames = [columns]string{"序号", "一级指标", "二级指标", "三级指标", "评分要点", "评分标准", "内容", "责任单位", "牵头单位", "配合单位", "分值", "其他"}

// headers are the names by which offices call a column; the first list that
// fits a cell wins, so that 指标 alone is tried last.
var headers = []struct {
	col   column
	exact bool
	names []string
}{
	{colNo, true, []string{"序", "指标号", "项号", "代码", "编码", "项次", "序号", "编号", "指标编号", "指标序号", "指标代码", "项目序号", "号", "no", "no."}},
	{colLevel1, false, []string{"一级指标", "一级", "指标类别", "考核类别", "评估领域", "一级项目"}},
	{colLevel2, false, []string{"二级指标", "二级", "二级项目"}},
	{colTitle, false, []string{"三级指标", "三级", "指标名称", "具体指标", "三级项目"}},
	{colText, false, []string{"评分要点", "评价要点", "评估要点", "指标说明", "观测点", "指标要求", "工作要求", "目标要求"}},
	{colScore, false, []string{"评分标准", "评分细则", "评价标准", "考核标准", "考评细则", "考评标准", "具体标准", "评估标准", "计分办法", "计分标准", "评分办法", "考核细则", "评审标准", "评测标准", "扣分标准", "扣分情形", "扣分规则", "问题的情形", "问题情形", "问题表现", "赋分规则", "赋分标准", "赋分办法"}},
	{colAny, false, []string{"考核要点", "考核内容", "指标内容", "考评内容", "具体内容", "工作任务", "任务内容", "创建内容", "测评内容", "主要内容", "考核项目", "考核指标", "测评指标", "评估指标", "考评项目", "测评项目", "自查问题", "检查问题", "测评问题", "自评项", "自评项目", "自评要点", "自评内容", "自评指标", "自查项目", "自查要点", "自查内容", "督察重点", "督察内容", "督察事项", "检查重点", "检查内容", "评估内容", "评价内容", "干什么", "做什么", "看什么", "查什么"}},
	{colApplies, false, []string{"牵头及配合", "牵头和配合", "牵头与配合", "牵头、配合", "牵头配合"}},
	{colLead, false, []string{"牵头单位", "牵头部门", "主责单位"}},
	{colPartner, false, []string{"配合单位", "配合部门", "协助单位", "协办单位", "参与单位"}},
	{colApplies, false, []string{"责任单位", "责任部门", "责任主体", "适用单位", "适用对象", "适用范围", "适用类型", "单位类型", "承担单位", "实施主体", "考核对象", "被考核单位", "谁来", "谁干", "谁负责", "涉及单位", "落实单位", "报送单位"}},
	{colApplies, true, []string{"哪些单位", "哪个单位", "考核单位", "考核单位类别", "考评单位", "参评单位", "评价对象", "考评对象", "评估对象", "督察对象", "督查对象", "检查对象", "评审对象", "测评对象", "被考评单位", "被评价单位", "被评估单位", "被督察单位", "被检查单位", "所属单位", "对应单位", "考核部门", "责任者", "由谁办", "归谁管"}},
	{colLead, true, []string{"牵头", "主责"}},
	{colPartner, true, []string{"配合", "协助"}},
	{colApplies, true, []string{"责任"}},
	{colPoints, false, []string{"分值", "分数", "权重", "多少分"}},
	{colPoints, true, []string{"满分", "标准分", "标准分值"}},
	{colOther, false, []string{"数据来源", "评价方法", "评价方式", "评估方法", "评估方式", "考核方法", "考核方式", "检查方法", "检查方式", "督察方式", "查看方式", "评分单位", "评定单位", "核定单位", "提供单位", "怎么查", "成果形式", "得分", "自评分", "备注", "印证材料", "佐证材料", "证明材料", "完成时限", "自评", "扣分", "说明", "材料清单"}},
	{colAny, true, []string{"指标", "项目", "内容", "任务", "事项", "要点", "要求"}},
	{colLevel1, true, []string{"类别", "分类", "大类", "板块", "模块", "领域", "方面"}},
}

// Import reads an office's indicator tables into a set of one pack named name.
// It understands title rows above the header, a header in any order and the
// usual wordings, merged and blank level cells, several tables, and notes
// below that say what a word of 责任单位 means. segment cuts words (nil for
// the built-in way). The rules carry topics and terms derived from each item's
// wording.
func Import(name string, sheets []Sheet, segment func(string) []string) (*Set, *ImportReport, error) {
	if strings.TrimSpace(name) == "" {
		name = "导入的指标"
	}
	im := &importer{pack: Pack{Name: name, Version: "1", Source: "由指标表导入", Imported: true, Defines: map[string][]string{}},
		report: &ImportReport{Topics: map[string][]string{}}, ids: map[string]bool{}, begins: map[string]*regexp.Regexp{}, smallNotes: map[string][2]int{}}
	found := false
	for _, s := range sheets {
		found = im.sheet(s) || found
	}
	for _, s := range sheets {
		im.beside(s.Beside)
	}
	if !found || len(im.items) == 0 {
		return nil, im.report, fmt.Errorf("read indicator table %s: %w", name, ErrNoTable)
	}
	im.settleDuties()
	im.derive(segment)
	if len(im.pack.Defines) == 0 {
		im.pack.Defines = nil
	}
	im.report.Items = len(im.items)
	set := &Set{Packs: []Pack{im.pack}, Indicators: im.items}
	if err := set.compile(segment); err != nil {
		return nil, im.report, err
	}
	return set, im.report, nil
}

type importer struct {
	pack   Pack
	report *ImportReport
	items  []Indicator
	scores []string // what each item's row says of its points

	leads        [][]string // the 牵头单位 of each item that names 责任单位 beside them
	leadsCount   part       // what the notes say of them
	partners     [][]string // the 配合单位 of each item
	cells        []string   // the 责任单位 of each item as they stand
	heads        []string   // the names over columns of marks
	partnersFree bool       // a note says that partners are not judged
	ids          map[string]bool

	notes       []string
	words       []string                  // of the cells, the longest first, once all are known
	begins      map[string]*regexp.Regexp // how a note goes on to tell of each of them
	lastDefined string                    // the word that a note defined last
	defined     []string                  // the words that the notes define, in order
	exemptions  []exemption               // what the notes say of single items
	rowAsides   []rowAside                // what their own rows say of them

	smallTable       int               // the first item of the small table that is being read
	smallNotes       map[string][2]int // the items of the small table right above a note
	noteFrom, noteTo int               // of the note that is being read
}

// sheet reads one table and reports whether it has a header.
func (im *importer) sheet(s Sheet) bool {
	s, marks := foldMarks(s)
	head := slices.IndexFunc(s.Rows, func(row []Cell) bool { _, ok := header(row); return ok })
	if head < 0 {
		told := false
		for i, row := range s.Rows {
			if t := rowText(row); t != "" && !im.note(t) && !told {
				im.report.Skipped = append(im.report.Skipped, fmt.Sprintf("%s第%d行：没有认出表头，没有读", s.Name, i+1))
				told = true
			}
		}
		return false
	}
	names, first := headerRows(s.Rows, head)
	cols := layout(names, s.Rows[first:])
	im.tellColumns(s.Name, names, cols, marks)
	st := &tableState{cols: cols, appliesBelow: inherits(s.Rows[first:], cols, colApplies), groupsEach: groupsEach(s.Rows[first:], cols), headText: rowText(s.Rows[head])}
	if marks != nil {
		if marks.as == colApplies {
			st.marked, st.appliesBelow = true, false // a row without a mark is not like the one above
		}
		im.heads = append(im.heads, marks.heads...)
	}
	for _, row := range s.Rows[:head] {
		text := rowText(row)
		st.forAll(text, true)
		if rankOf(text) != 1 || !im.heading(row, text, st) {
			im.note(text)
		}
	}
	from := len(im.items)
	st.manyOf, st.manyAlone = itemForms(s.Rows[first:])
	im.smallTable = from
	for i, row := range s.Rows[first:] {
		if !im.another(s, first+i, st) {
			im.row(s.Name, first+1+i, row, st)
		}
	}
	im.settleSheet(from, st)
	return true
}

// tellColumns reports how the columns of a table were read.
func (im *importer) tellColumns(sheet string, head []Cell, cols map[int]column, marks *folded) {
	for k := range head {
		said := ""
		if marks != nil && k == marks.at {
			said = marks.said
		} else if c, ok := cols[k]; ok {
			said = fmt.Sprintf("第%d列“%s”读作%s", k+1, clean(head[k].Text), columnNames[c])
		}
		if said != "" {
			im.report.Columns = append(im.report.Columns, strings.TrimSpace(sheet+" "+said))
		}
	}
}

// headerRows is the header that begins at a row, joined with the one below it
// where there are two, and the first row after it.
func headerRows(rows [][]Cell, head int) (names []Cell, first int) {
	if head+1 < len(rows) {
		if both, ok := secondHeader(rows[head], rows[head+1]); ok {
			return both, head + 2
		}
	}
	return rows[head], head + 1
}

// secondHeader joins a header with the row below it, if that names what
// stands under its merged cells: 二级指标 over 编号 and 名称.
func secondHeader(head, below []Cell) ([]Cell, bool) {
	both := slices.Clone(head)
	group, known, named := "", 0, 0
	for k := range both {
		if t := strings.TrimSpace(head[k].Text); t != "" {
			group = t
		}
		if k >= len(below) {
			break
		}
		name := clean(below[k].Text)
		if name == "" || oneLine(below[k].Text) == oneLine(head[k].Text) {
			continue
		}
		spans := k+1 < len(head) && (strings.TrimSpace(head[k+1].Text) == "" || head[k+1].Text == head[k].Text)
		if len([]rune(name)) > subheadRunes || strings.TrimSpace(head[k].Text) != "" && group != "" && !spans && head[k].Text != group {
			return nil, false
		}
		named++
		if c, ok := headerColumn(name); ok {
			known++
			if c == colAny {
				name = group + name
			}
		} else {
			name = group + name
		}
		both[k] = Cell{Text: name}
	}
	if _, ok := header(both); !ok || named < 2 || 2*known < named {
		return nil, false
	}
	return both, true
}

// subheadRunes is how long a name in a second header row may be.
const subheadRunes = 8

// header reads a row as a header: two columns with known names, one of which
// names the item.
func header(row []Cell) (map[int]column, bool) {
	cols := map[int]column{}
	used := map[column]bool{}
	for k, cell := range row {
		c, ok := headerColumn(cell.Text)
		if !ok || used[c] && c != colOther && c != colPoints && c != colApplies && c != colAny {
			continue
		}
		cols[k] = c
		used[c] = true
	}
	if len(used) < 2 || !used[colTitle] && !used[colText] && !used[colScore] && !used[colAny] && !used[colLevel2] {
		return nil, false
	}
	return cols, true
}

func headerColumn(text string) (column, bool) {
	t := strings.ToLower(clean(text))
	if t == "" || len([]rune(t)) > 14 {
		return 0, false
	}
	for _, h := range headers {
		for _, n := range h.names {
			ends := (h.col == colAny || h.col == colNo && len([]rune(n)) > 1) && strings.HasSuffix(t, n) // 指标编码
			if t == n || !h.exact && strings.Contains(t, n) || ends {
				return h.col, true
			}
		}
	}
	return 0, false
}

// clean removes white space, what stands in brackets and marks of footnotes.
func clean(s string) string {
	var b strings.Builder
	depth := 0
	for _, r := range footnote.ReplaceAllString(s, "") {
		switch {
		case r == '（' || r == '(':
			depth++
		case r == '）' || r == ')':
			depth = max(0, depth-1)
		case depth == 0 && !unicode.IsSpace(r):
			b.WriteRune(r)
		}
	}
	return b.String()
}

// footnote is a mark that points to a note below the table: 行政执法部门[1].
var footnote = regexp.MustCompile(`[\[［【]\d{1,2}[\]］】]|[①-⑳※*＊]+$`)

func rowText(row []Cell) string {
	var parts []string
	for _, c := range row {
		if t := strings.TrimSpace(c.Text); t != "" && !c.Above && !slices.Contains(parts, t) {
			parts = append(parts, t)
		}
	}
	return strings.Join(parts, " ")
}

// tableState is what blank cells inherit from the rows above.
type tableState struct {
	cols                  map[int]column
	level1, level2, title string
	applies               string // the last 责任单位
	lead, partners        string // the last 牵头单位 and 配合单位
	appliesBelow          bool   // blank cells of that column stand for the one above
	marked                bool   // 责任单位 were columns of marks
	groupsEach            bool   // each item has a 二级指标 of its own
	bonus                 bool   // the rows tell of points beside the items
	ended                 bool   // the items are over: what follows are notes
	numbered              bool   // the last item has a number, in a column of its own or before its name
	last                  int    // place of the last item from this table, from 1

	gap        bool            // a blank row stands between the last item and this row
	manyOf     [5]bool         // the ranks of which the items themselves are
	manyAlone  bool            // the items have a single cell
	headText   string          // the header, to know it when it is repeated
	first      int             // the row after the header
	heads      []*dutyHead     // the headings above a row, the highest first
	ranks      []int           // of the headings that were read
	levelText  [columns]string // the last text of a level, with what it says of 责任单位
	sheetUnits []string        // whom the whole table is for
}

var bonusName = regexp.MustCompile(`^(?:加分|减分|扣分|加减分|加扣分|附加分?|奖励加分|倒扣分?|一票否决|否决)(?:项|事项|项目|指标|情形)*$`)

// inBonus settles whether a row without a number tells of points beside the
// items: one that is called so, and those below it until a number or another
// group comes.
func (st *tableState) inBonus(row []Cell, cells [columns]string, fresh [columns]bool) bool {
	called := slices.ContainsFunc(row, func(c Cell) bool {
		return !c.Above && bonusName.MatchString(clean(unnumbered(oneLine(c.Text))))
	})
	numbered := fresh[colNo] && !bonusName.MatchString(clean(cells[colNo]))
	st.bonus = !numbered && (called || st.bonus && !fresh[colLevel1] && filled(row) > 1)
	return st.bonus
}

func (im *importer) row(sheet string, n int, row []Cell, st *tableState) {
	text := rowText(row)
	if text == "" {
		st.gap = true
		return
	}
	if cols, ok := header(row); ok && (text == st.headText || 2*len(cols) > filled(row)) {
		return // the header repeated on the next page
	}
	if im.heading(row, text, st) {
		return
	}
	cells := [columns]string{} // "—" and the like are blank
	fresh := [columns]bool{}   // has its own text, not that of a cell above
	for k, cell := range row {
		c, ok := st.cols[k]
		t := strings.TrimSpace(cell.Text)
		if !ok || c == colOther || strings.Trim(t, "—-－–/／无") == "" {
			continue
		}
		if cells[c] != "" {
			t = cells[c] + "、" + t
		}
		cells[c] = t
		fresh[c] = !cell.Above
	}
	if signature.MatchString(text) {
		return
	}
	if isTotal(firstOf(row)) || isTotal(cells[colTitle]+cells[colText]) {
		st.ended = st.ended || st.last > 0 && !subtotal.MatchString(text)
		return
	}
	if st.inBonus(row, cells, fresh) {
		im.report.Skipped = append(im.report.Skipped, fmt.Sprintf("%s第%d行：是加分、扣分的事，不作为指标", sheet, n))
		return
	}
	if filled(row) <= 2 {
		st.forAll(text, false)
	}
	if filled(row) <= 2 && im.note(text) {
		if !st.gap {
			im.smallNotes[strings.TrimSpace(text)] = [2]int{im.smallTable, len(im.items)}
		}
		st.ended = st.last > 0
		return
	}
	if filled(row) == 1 && (st.ended || st.last > 0 && len([]rune(text)) >= longNote) {
		im.keepNote(text)
		return
	}
	st.openLevels(&cells, fresh)
	before := len(im.items)
	im.item(sheet, n, cells, fresh, st)
	if len(im.items) > before {
		im.asides(row, st)
		st.gap = false
	}
}

func (im *importer) item(sheet string, n int, cells [columns]string, fresh [columns]bool, st *tableState) {
	if cells[colLevel1] != "" && fresh[colLevel1] {
		st.level1, st.level2, st.title = oneLine(cells[colLevel1]), "", ""
	}
	if cells[colLevel2] != "" && fresh[colLevel2] {
		st.level2, st.title = oneLine(cells[colLevel2]), ""
	}
	applies := st.responsible(cells)
	title, body := cells[colTitle], cells[colText]
	switch {
	case title == "" && body == "":
		if !hasColumn(st.cols, colTitle, colText) && fresh[colLevel2] {
			title = st.level2
			break
		}
		if fresh[colLevel1] || fresh[colLevel2] {
			return // a row that only opens a level
		}
		im.report.Skipped = append(im.report.Skipped, fmt.Sprintf("%s第%d行：没有指标名称和评分要点", sheet, n))
		return
	case cells[colNo] == "" && cells[colScore] == "" && section.MatchString(title+body) && (hasColumn(st.cols, colNo) || partOfTable.MatchString(title+body)):
		st.level1, st.level2, st.title = unnumbered(oneLine(title+body)), "", "" // （二）制度建设, in the column of the items
		return
	}
	number := cells[colNo]
	more := hasColumn(st.cols, colTitle, colNo) && body != "" && st.last > 0 && !fresh[colTitle] && (number == "" || !fresh[colNo]) && (!fresh[colPoints] || st.numbered) && st.title != ""
	if more {
		it := &im.items[st.last-1]
		im.scores[st.last-1] += "\n" + cells[colScore]
		if fresh[colText] {
			it.Text = strings.TrimSpace(it.Text + "\n" + body)
		}
		if fresh[colApplies] {
			im.cells[st.last-1] += "；" + applies
		}
		it.Applies = appliesUnion(it.Applies, applies, fresh[colApplies])
		return
	}
	shared := st.last > 0 && !fresh[colTitle] && body != "" && hasColumn(st.cols, colTitle)
	switch {
	case shared:
		title = "" // several items stand under one name: each is known by its wording
	case title == "" && hasColumn(st.cols, colTitle):
		title = st.title
	}
	group := ""
	if st.groupsEach && fresh[colLevel2] {
		group = st.level2
	}
	st.numbered = number != "" || unnumbered(oneLine(title)) != oneLine(title)
	title, body = named(title, body, group)
	title = oneLine(title)
	if !shared {
		st.title = title
	}
	if !hasColumn(st.cols, colNo) {
		number = strconv.Itoa(len(im.items) + 1) // the items are spoken of by number
	}
	applies = st.headed(applies, number, cells[colApplies] != "" || cells[colLead] != "")
	im.items = append(im.items, Indicator{ID: im.id(number), No: number, Level1: st.level1, Level2: st.level2, Title: title, Text: body,
		Applies: splitUnits(applies), Pack: im.pack.Name})
	im.scores = append(im.scores, cells[colScore])
	var leads []string
	if hasColumn(st.cols, colApplies) {
		leads = splitUnits(st.lead)
	}
	im.leads, im.partners, im.cells = append(im.leads, leads), append(im.partners, splitUnits(st.partners)), append(im.cells, applies)
	st.last = len(im.items)
}

// responsible is whom a row names as judged, and remembers it for the blank
// cells below.
func (st *tableState) responsible(cells [columns]string) string {
	applies := cells[colApplies]
	if asAbove(applies) {
		applies = st.applies
	}
	switch {
	case applies != "":
		st.applies = applies
	case st.marked:
		applies = unmarked
	case st.appliesBelow:
		applies = st.applies
	}
	if !asAbove(cells[colLead]) && (cells[colLead] != "" || cells[colPartner] != "" || !st.appliesBelow) {
		st.lead, st.partners = cells[colLead], cells[colPartner]
	}
	if !hasColumn(st.cols, colApplies) {
		return st.lead // who leads is who is judged, when the table names nobody else
	}
	return applies
}

// asAbove reports whether a cell says that it is as the one above.
func asAbove(cell string) bool {
	return slices.Contains([]string{"同上", "同前", "上同", "以上单位", "同上单位", "〃"}, oneLine(cell))
}

func hasColumn(cols map[int]column, want ...column) bool {
	for _, c := range cols {
		if slices.Contains(want, c) {
			return true
		}
	}
	return false
}

func appliesUnion(have []string, cell string, fresh bool) []string {
	if !fresh {
		return have
	}
	return withOthers(have, splitUnits(cell))
}

// longNote is the length in runes from which a row of a single text below the
// items is a note and not the name of a section.
const longNote = 25

// isTotal reports whether the first cell of a row says that it adds up others.
func isTotal(s string) bool { return total.MatchString(clean(s)) }

var (
	total = regexp.MustCompile(`^(?:\p{Han}{2,8}小计|合计|总计|总分|小计|共计|累计)(?:[:：]?\d+(?:\.\d+)?[分项条]?)*$`)
	// partOfTable begins the name of a part of a table, whatever its columns.
	partOfTable = regexp.MustCompile(`^\s*第[一二三四五六七八九十]+(?:部分|章)`)
	// signature begins a line to be signed or filled in.
	signature = regexp.MustCompile(`^(?:填表人|填报人|审核人|经办人|制表人|单位负责人|主要负责人|负责人|督察组长|被督察单位|联系人|联系电话|填表日期|填报日期|填报单位)(?:[（(][^（）()]*[）)]|签字|签名|盖章)*[：:]`)
	subtotal  = regexp.MustCompile(`小计`)
)

// firstOf is the first text of a row.
func firstOf(row []Cell) string {
	for _, c := range row {
		if t := strings.TrimSpace(c.Text); t != "" {
			return t
		}
	}
	return ""
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), "") }

// longName is how many runes the name of an item may have; what is longer is
// its wording.
const longName = 30

// named gives an item a name that fits a list, and its wording: of 合同把关：签订
// 前作合法性审查 what stands before the colon; of a wording of several clauses
// the name of its group, where each item has a group of its own that names its
// matter, or else its first words.
func named(title, body, group string) (name, wording string) {
	whole := title
	if title == "" {
		whole = body
	}
	head, rest, ok := strings.Cut(strings.Replace(oneLine(whole), ":", "：", 1), "：")
	switch n := len([]rune(head)); {
	case ok && n >= 2 && n <= longName/2 && len([]rune(rest)) >= 4:
		name = head
	case title != "" && len([]rune(oneLine(title))) <= longName:
		return title, body
	case title != "" && sharesTopic(group, whole):
		name = unnumbered(group)
	default:
		name = firstClause(whole)
	}
	if title != "" {
		body = strings.TrimSpace(title + "\n" + body)
	}
	return name, body
}

// sharesTopic reports whether a heading names a topic that the wording below
// it names: 责任落实 says nothing of what is asked.
func sharesTopic(heading, wording string) bool {
	by := thesaurus().byName
	below := topicsIn(wording)
	return slices.ContainsFunc(topicsIn(heading), func(n string) bool { return !by[n].vague && slices.Contains(below, n) })
}

// unnumbered is a heading without its number: （八）法律顾问 1.法律顾问.
func unnumbered(heading string) string {
	t := []rune(heading)
	if n := leadIn(foldRunes(heading)); n > 0 && n < len(t) && strings.ContainsRune("）)、.．", t[n-1]) {
		return string(t[n:])
	}
	return heading
}

// firstClause is a name for an item that has only a wording.
func firstClause(s string) string {
	s = oneLine(s)
	if i := strings.IndexAny(s, "。；;\n"); i > 0 {
		s = s[:i]
	}
	if r := []rune(s); len(r) > 40 {
		s = string(r[:40])
	}
	return s
}

// id is made from the table's own number where it has one.
func (im *importer) id(number string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(number) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '.' || r == '-' || unicode.Is(unicode.Han, r) {
			b.WriteRune(r)
		}
	}
	id := strings.TrimSuffix(b.String(), ".")
	if n, err := strconv.Atoi(id); err == nil {
		id = fmt.Sprintf("i%03d", n)
	}
	if id == "" {
		id = fmt.Sprintf("i%03d", len(im.items)+1)
	}
	for base, k := id, 2; im.ids[id]; k++ {
		id = fmt.Sprintf("%s-%d", base, k)
	}
	im.ids[id] = true
	return id
}

// settleDuties reads the notes again, now that all cells are known, and says
// whom each item is for: the 配合单位 with the others unless a note frees them,
// and without those whom a note exempts.
func (im *importer) settleDuties() {
	im.words = im.dutyWords()
	for range 2 { // 其余单位 are those of no group, also of one that is told later
		im.pack.Defines, im.exemptions = map[string][]string{}, nil
		for _, n := range im.notes {
			im.noteFrom, im.noteTo = im.smallNotes[n][0], im.smallNotes[n][1]
			im.readNote(n)
		}
	}
	for i := range im.items {
		it := &im.items[i]
		switch {
		case im.partnersFree && im.cells[i] != "":
			it.Applies = leads(im.cells[i])
		case !im.partnersFree && len(it.Applies) > 0:
			it.Applies = withOthers(it.Applies, im.partners[i])
		}
		if len(it.Applies) > 0 {
			it.Applies = withOthers(it.Applies, im.leading(im.leads[i]))
		}
	}
	im.keepDefined()
	im.keepHeads()
	im.applyExemptions()
}

// part says what share those who lead have in the marks of others.
type part int

const (
	partUnknown part = iota
	partTaken
	partNone
)

// leadsOnly follows a name in 责任单位 of which the table only says that it
// leads: it may be judged or may judge.
const leadsOnly = "（仅牵头）"

// leading are those who lead, as words of 责任单位.
func (im *importer) leading(units []string) []string {
	switch im.leadsCount {
	case partTaken:
		return units
	case partNone:
		return nil
	}
	var out []string
	for _, u := range units {
		out = append(out, u+leadsOnly)
	}
	return out
}

// withOthers adds the words that a list lacks.
func withOthers(words, others []string) []string {
	for _, w := range others {
		if !slices.Contains(words, w) && !slices.Contains(words, strings.TrimSuffix(w, leadsOnly)) {
			words = append(words, w)
		}
	}
	return words
}

// keepDefined keeps whole the words that the notes define and that look like
// lists: “县（区）及园区”.
func (im *importer) keepDefined() {
	for _, word := range im.defined {
		if len(splitUnits(word)) < 2 {
			continue
		}
		for i := range im.items {
			cell := halfBrackets.Replace(im.cells[i])
			if before, after, ok := strings.Cut(cell, word); ok {
				im.items[i].Applies = slices.Concat(splitUnits(before), []string{word}, splitUnits(after))
			}
		}
	}
}

// derive gives each item its topics and terms, and then takes away words that
// too many items share.
func (im *importer) derive(segment func(string) []string) {
	df := map[string]int{}
	for i := range im.items {
		it := &im.items[i]
		title := it.Title
		if len(topicsIn(title)) == 0 && len(topicsIn(it.Level2+title)) > 0 {
			title = it.Level2 + title // 行政规范性文件 / 备案
		}
		it.Topics, it.Terms = derive(title, it.Text, segment)
		it.Thresholds = thresholdsIn(it.Title + "。" + it.Text + "。" + im.scores[i])
		for _, w := range it.Terms.Some {
			df[w]++
		}
	}
	im.partsOfWholes()
	limit := max(3, len(im.items)/8)
	for i := range im.items {
		it := &im.items[i]
		it.Terms.Some = slices.DeleteFunc(it.Terms.Some, func(w string) bool { return df[w] > limit })
		if len(it.Terms.Some) == 0 {
			it.Terms.Some = nil
		}
		im.report.Topics[it.ID] = it.Topics
		if len(it.Topics) == 0 {
			im.report.Unmapped = append(im.report.Unmapped, it.ID)
		}
	}
}

// partsOfWholes gives the items that ask for a matter also the parts that count
// for it, where no item asks for these by themselves.
func (im *importer) partsOfWholes() {
	asked := map[string]bool{}
	for i := range im.items {
		for _, t := range im.items[i].Topics {
			asked[t] = true
		}
	}
	for i := range im.items {
		it := &im.items[i]
		for _, t := range thesaurus().all {
			if !asked[t.name] && t.counts && slices.ContainsFunc(t.of, func(whole string) bool { return slices.Contains(it.Topics, whole) }) {
				it.Topics = append(it.Topics, t.name)
			}
		}
	}
}
