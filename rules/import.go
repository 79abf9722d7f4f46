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
	Name string
	Rows [][]Cell
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
	{colNo, true, []string{"序号", "编号", "指标编号", "指标序号", "指标代码", "项目序号", "号", "no", "no."}},
	{colLevel1, false, []string{"一级指标", "一级", "指标类别", "考核类别", "评估领域", "一级项目"}},
	{colLevel2, false, []string{"二级指标", "二级", "二级项目"}},
	{colTitle, false, []string{"三级指标", "三级", "指标名称", "具体指标", "三级项目"}},
	{colText, false, []string{"评分要点", "评价要点", "评估要点", "指标说明", "观测点", "指标要求", "工作要求", "目标要求"}},
	{colScore, false, []string{"评分标准", "评分细则", "评价标准", "考核标准", "考评细则", "考评标准", "具体标准", "评估标准", "计分办法", "计分标准", "评分办法", "考核细则", "评审标准"}},
	{colAny, false, []string{"考核要点", "考核内容", "指标内容", "考评内容", "具体内容", "工作任务", "任务内容", "创建内容", "测评内容", "主要内容", "考核项目", "考核指标", "测评指标", "评估指标", "考评项目", "测评项目", "干什么", "做什么", "看什么", "查什么"}},
	{colLead, false, []string{"牵头单位", "牵头部门", "主责单位"}},
	{colPartner, false, []string{"配合单位", "配合部门", "协助单位", "协办单位", "参与单位"}},
	{colApplies, false, []string{"责任单位", "责任部门", "责任主体", "适用单位", "适用对象", "适用范围", "承担单位", "实施主体", "考核对象", "被考核单位", "谁来", "谁干", "谁负责", "涉及单位", "落实单位", "报送单位"}},
	{colPoints, false, []string{"分值", "分数", "权重", "多少分"}},
	{colOther, false, []string{"得分", "自评分", "备注", "印证材料", "佐证材料", "证明材料", "完成时限", "自评", "扣分", "说明", "材料清单"}},
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
		report: &ImportReport{Topics: map[string][]string{}}, ids: map[string]bool{}}
	found := false
	for _, s := range sheets {
		found = im.sheet(s) || found
	}
	if !found || len(im.items) == 0 {
		return nil, im.report, fmt.Errorf("read indicator table %s: %w", name, ErrNoTable)
	}
	im.addPartners()
	im.applyExemptions()
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

	partners     [][]string // the 配合单位 of each item
	partnersFree bool       // a note says that they are not judged
	ids          map[string]bool

	exemptions []exemption // what the notes say of single items
}

// sheet reads one table and reports whether it has a header.
func (im *importer) sheet(s Sheet) bool {
	head := slices.IndexFunc(s.Rows, func(row []Cell) bool { _, ok := header(row); return ok })
	if head < 0 {
		for i, row := range s.Rows {
			if t := rowText(row); t != "" && !im.note(t) {
				im.report.Skipped = append(im.report.Skipped, fmt.Sprintf("%s第%d行：没有认出表头，没有读", s.Name, i+1))
				break
			}
		}
		return false
	}
	cols := layout(s.Rows[head], s.Rows[head+1:])
	for k := range s.Rows[head] {
		if c, ok := cols[k]; ok {
			im.report.Columns = append(im.report.Columns, strings.TrimSpace(fmt.Sprintf("%s 第%d列“%s”读作%s", s.Name, k+1, clean(s.Rows[head][k].Text), columnNames[c])))
		}
	}
	for _, row := range s.Rows[:head] {
		im.note(rowText(row))
	}
	st := &tableState{cols: cols, appliesBelow: inherits(s.Rows[head+1:], cols, colApplies), groupsEach: groupsEach(s.Rows[head+1:], cols)}
	for i, row := range s.Rows[head+1:] {
		im.row(s.Name, head+2+i, row, st)
	}
	return true
}

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
			if t == n || !h.exact && strings.Contains(t, n) || h.col == colAny && strings.HasSuffix(t, n) {
				return h.col, true
			}
		}
	}
	return 0, false
}

// clean removes white space and what stands in brackets.
func clean(s string) string {
	var b strings.Builder
	depth := 0
	for _, r := range s {
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
	groupsEach            bool   // each item has a 二级指标 of its own
	ended                 bool   // the items are over: what follows are notes
	last                  int    // place of the last item from this table, from 1
}

func (im *importer) row(sheet string, n int, row []Cell, st *tableState) {
	text := rowText(row)
	if text == "" {
		return
	}
	if _, ok := header(row); ok {
		return // the header repeated on the next page
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
	if filled(row) <= 2 && im.note(text) {
		st.ended = st.last > 0
		return
	}
	if st.ended && filled(row) == 1 {
		im.report.Notes = append(im.report.Notes, oneLine(text))
		return
	}
	im.item(sheet, n, cells, fresh, st)
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
	case isTotal(title+body) || isTotal(cells[colLevel1]):
		st.ended = true
		return
	case hasColumn(st.cols, colNo) && cells[colNo] == "" && cells[colScore] == "" && section.MatchString(title+body):
		st.level1, st.level2, st.title = unnumbered(oneLine(title+body)), "", "" // （二）制度建设, in the column of the items
		return
	}
	number := cells[colNo]
	more := hasColumn(st.cols, colTitle, colNo) && body != "" && st.last > 0 && !fresh[colTitle] && (number == "" || !fresh[colNo]) && !fresh[colPoints] && st.title != ""
	if more {
		it := &im.items[st.last-1]
		if fresh[colText] {
			it.Text = strings.TrimSpace(it.Text + "\n" + body)
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
	title, body = named(title, body, group)
	title = oneLine(title)
	if !shared {
		st.title = title
	}
	if !hasColumn(st.cols, colNo) {
		number = strconv.Itoa(len(im.items) + 1) // the items are spoken of by number
	}
	im.items = append(im.items, Indicator{ID: im.id(number), No: number, Level1: st.level1, Level2: st.level2, Title: title, Text: body,
		Applies: splitUnits(applies), Pack: im.pack.Name})
	im.scores = append(im.scores, cells[colScore])
	im.partners = append(im.partners, splitUnits(st.partners))
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
	for _, w := range splitUnits(cell) {
		if !slices.Contains(have, w) {
			have = append(have, w)
		}
	}
	return have
}

func isTotal(s string) bool {
	s = clean(s)
	return s == "合计" || s == "总计" || s == "总分" || s == "小计" || s == "共计"
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

// freesPartners reads a note that 配合单位 are not judged.
func (im *importer) freesPartners(note string) bool {
	for s := range strings.FieldsFuncSeq(note, func(r rune) bool { return strings.ContainsRune("。；;\n", r) }) {
		t := []rune(s)
		if at := partnerWords.in(t, 0, len(t)); at >= 0 && notCountedWords.in(t, at, len(t)) >= 0 {
			im.partnersFree = true
			return true
		}
	}
	return false
}

var (
	partnerWords    = words(`配合 协助 协办`)
	notCountedWords = words(`不计分 不记分 不单独计分 不考核 不评 不扣分 不参与 不计入`)
)

// addPartners judges the 配合单位 of each item with its 责任单位, unless a note
// frees them.
func (im *importer) addPartners() {
	for i := range im.items {
		if it := &im.items[i]; !im.partnersFree && len(it.Applies) > 0 {
			for _, u := range im.partners[i] {
				if !slices.Contains(it.Applies, u) {
					it.Applies = append(it.Applies, u)
				}
			}
		}
	}
}

// note reads a row of notes: what it defines of the words of 责任单位. It
// reports whether the row is a note at all.
func (im *importer) note(text string) bool {
	t := strings.TrimSpace(text)
	lead := strings.TrimLeft(t, "*※★（(【[ ")
	isNote := false
	for _, p := range []string{"注", "备注", "说明", "填表说明", "附注"} {
		if rest, ok := strings.CutPrefix(lead, p); ok && (rest == "" || strings.ContainsAny(string([]rune(rest)[:1]), "：:1１.、）)】] ")) {
			isNote = true
		}
	}
	for s := range strings.FieldsFuncSeq(strings.ReplaceAll(t, "，“", "；“"), func(r rune) bool { return strings.ContainsRune("。；;\n", r) }) {
		if im.define(s) {
			isNote = true
		}
	}
	if im.exempt(t) || im.freesPartners(t) {
		isNote = true
	}
	if isNote {
		im.report.Notes = append(im.report.Notes, oneLine(t))
	}
	return isNote
}

// define reads "有执法权的部门指市场监管局、城市管理局", and “机关各局”是区里的
// 五个局, where any word may stand in the quotes. What is said to count as a
// group joins it: 开发区管委会视同县（市、区）政府.
func (im *importer) define(s string) bool {
	if m := likened.FindStringSubmatch(s); m != nil {
		key := groupKey(m[2])
		if len(im.pack.Defines[key]) == 0 {
			im.pack.Defines[key] = []string{"各" + key}
		}
		im.pack.Defines[key] = append(im.pack.Defines[key], splitUnits(m[1])...)
		return true
	}
	if m := quotedWord.FindStringSubmatch(s); m != nil {
		meaning := m[3]
		if m[2] == "含" { // “各单位”含垂管单位: they come on top
			meaning = "全体" + strings.TrimPrefix(m[1], "各") + "、" + meaning
		}
		return im.defines(m[1], meaning)
	}
	for _, mark := range []string{"是指", "系指", "仅指", "专指", "特指", "均指", "即指", "包括", "指", "即", "：", ":"} {
		i := strings.Index(s, mark)
		if i <= 0 {
			continue
		}
		word := trimLabel(s[:i])
		for _, p := range []string{"注", "备注", "说明", "表中", "本表中", "本表", "责任单位中", "所称", "其中"} {
			word = trimLabel(strings.TrimPrefix(word, p))
		}
		if n := len([]rune(word)); n >= 3 && n <= 14 && unitWord(word) && im.defines(word, s[i+len(mark):]) {
			return true
		}
	}
	return false
}

var (
	section    = regexp.MustCompile(`^\s*([（(][一二三四五六七八九十]+[）)]|[一二三四五六七八九十]+、)\s*\p{Han}{2,12}\s*$`)
	quotedWord = regexp.MustCompile(`[“"]([^“”"]{2,20})[”"]\s*(是指|系指|仅指|专指|特指|均指|即指|指的是|包括|就是|指|即|是|为|含|：|:)(.+)`)
	likened    = regexp.MustCompile(`^[\d.．、）)\s注附：:]*([^，,：:。“”]{2,24})(?:视同|视作|参照|比照|按照?)(\p{Han}*[（(]?[\p{Han}、]*[）)]?\p{Han}*?)(?:进行|一并|标准|管理|对待|的)*(?:(?:考核|考评|评价|测评|计分|评分|对待)\p{Han}*|$)`)
)

func trimLabel(s string) string {
	return strings.TrimFunc(unnumbered(strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '：' || r == ':' })), func(r rune) bool {
		return unicode.IsPunct(r) || unicode.IsSpace(r) || unicode.IsDigit(r) || r == '“' || r == '”'
	})
}

// defines takes what a word of 责任单位 is said to mean.
func (im *importer) defines(word, meaning string) bool {
	var names []string
	if described, list, ok := strings.Cut(strings.Replace(meaning, ":", "：", 1), "："); ok && strings.HasSuffix(described, "的") && list != "" {
		meaning = list // “持证的”是手里有执法证的：甲局、乙局
	}
	for _, u := range splitUnits(meaning) {
		u = strings.TrimSuffix(strings.TrimFunc(u, unicode.IsPunct), "等")
		for _, tail := range []string{"等单位", "等部门"} {
			u = strings.TrimSuffix(u, tail)
		}
		if n := len([]rune(u)); n >= 2 && n <= 24 {
			names = append(names, u)
		}
	}
	if len(names) > 0 {
		im.pack.Defines[groupKey(word)] = names
	}
	return len(names) > 0
}

func unitWord(w string) bool {
	return slices.ContainsFunc([]string{"部门", "单位", "政府", "机关", "乡", "镇", "街道", "县", "区", "主体"}, func(x string) bool { return strings.Contains(w, x) })
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
