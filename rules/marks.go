package rules

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"duibiao/corpus"
)

// Many offices give each unit, or each kind of unit, a column of its own and
// mark in it the items that it answers for: √, ★, ○. foldMarks reads such
// columns as one 责任单位 cell a row, so that all that follows knows one form of
// table only.

// folded tells what foldMarks did with a table.
type folded struct {
	at    int      // the column that now holds them all
	as    column   // what it holds: 责任单位 or 配合单位
	said  string   // how the columns were read, for the report
	heads []string // the names that stand over the columns
}

// marksKey is the word under which a pack keeps the names over its columns.
const marksKey = "打√的列"

// unsureAside follows a unit whose mark cannot be understood.
const unsureAside = "是否适用不明"

// unmarked is whom a row is for in which no column has a mark: nobody can tell.
const unmarked = "有关单位"

// foldMarks reads the columns of marks of a table as one column 责任单位. A
// table without such columns comes back as it is, with nil.
func foldMarks(s Sheet) (Sheet, *folded) {
	first := slices.IndexFunc(s.Rows, func(row []Cell) bool { return !oneText(row) && slices.ContainsFunc(row, isMark) })
	if first < 1 {
		return s, nil
	}
	cols, blank := markColumns(s.Rows, first)
	if len(cols)-len(blank) < 2 {
		return s, nil
	}
	for h := range first {
		m := matrixAt(s.Rows, h, first, cols, blank)
		if m == nil {
			continue
		}
		head := m.header(s.Rows)
		if _, ok := header(head); !ok {
			continue
		}
		m.read(marksNotes(s, first), s.Rows[first:])
		rows := slices.Clone(s.Rows)
		rows[h] = head
		for i := h + 1; i < len(rows); i++ {
			if rows[i] = m.row(s.Rows[i]); i <= h+m.subs {
				rows[i] = nil
			}
		}
		s.Rows = rows
		return s, &folded{at: m.cols[0].at, as: m.as(), said: m.said(), heads: m.heads()}
	}
	return s, nil
}

const (
	markRunes   = `√✓✔☑★☆●○◎◯▲△■◆◇＊*VvＶ`
	hollowRunes = `☆○◎◯△◇`
)

var (
	marked    = regexp.MustCompile(`^([` + markRunes + `]+)(?:[（(](.*)[）)]|([①-⑳]|\[\d+\]|\d))?$`)
	notMarked = regexp.MustCompile(`^(?:[×✗✘xX—–－\-/／]+|无|否|不适用|不涉及|不考核)$`)
	markCount = regexp.MustCompile(`^(?:[` + markRunes + `]?[:：]?\d+[项个条]?[、，,；;]?)+$`)
	countRow  = regexp.MustCompile(`计|总|数`)
)

// isMark reports whether a cell holds a mark, with a restriction or without.
func isMark(c Cell) bool { return marked.MatchString(markText(c)) }

func markText(c Cell) string { return strings.ReplaceAll(oneLine(c.Text), "\ufe0f", "") }

// oneText reports whether a row says one thing only, as a title or a note does.
func oneText(row []Cell) bool {
	said := ""
	for _, c := range row {
		if t := oneLine(c.Text); t != "" && t != said && said != "" {
			return false
		} else if t != "" {
			said = t
		}
	}
	return true
}

// nearlyAll is the share of the cells of a column that must be marks.
const nearlyAll = 0.75

// markColumns are the columns whose cells are nearly all marks, and those
// without a cell, which may be of a unit that answers for nothing.
func markColumns(rows [][]Cell, first int) (cols, blank []int) {
	above := map[string]bool{} // a page begins with the header again
	for _, row := range rows[:first] {
		above[rowText(row)] = true
	}
	marks, others := map[int]int{}, map[int]int{}
	width := 0
	for _, row := range rows[first:] {
		if oneText(row) || isCount(row) || above[rowText(row)] {
			continue
		}
		width = max(width, len(row))
		for k, c := range row {
			switch t := markText(c); {
			case marked.MatchString(t):
				marks[k]++
			case t != "" && !notMarked.MatchString(t):
				others[k]++
			}
		}
	}
	for k := range width {
		n := marks[k]
		if float64(n) >= nearlyAll*float64(n+others[k]) {
			cols = append(cols, k)
		}
		if n+others[k] == 0 {
			blank = append(blank, k)
		}
	}
	return cols, blank
}

// isCount reports whether a row counts the marks of the columns.
func isCount(row []Cell) bool {
	counts, named := 0, false
	for _, c := range row {
		t := markText(c)
		if markCount.MatchString(t) {
			counts++
		} else if countRow.MatchString(t) && len([]rune(t)) <= 12 {
			named = true
		} else if marked.MatchString(t) {
			return false
		}
	}
	return named && counts > 1
}

// matrix are the columns of marks under one header.
type matrix struct {
	head, subs int // the header row, and how many rows of names follow it
	cols       []markColumn
	means      map[rune]markMeaning
}

// markColumn is a column of marks: the name over it, what stands over that,
// and the part in the matter that it gives.
type markColumn struct {
	at           int
	name, parent string
	role         dutyRole
}

// matrixAt reads the names over the columns of marks, the header being row h
// and the first marks in row first; nil when they are no units.
func matrixAt(rows [][]Cell, h, first int, cols, blank []int) *matrix {
	m := &matrix{head: h}
	for i := h + 1; i < first && namesOnly(rows[h], rows[i], cols); i++ {
		m.subs++
	}
	for group := range columnGroups(rows[h:h+m.subs+1], cols) {
		group = slices.DeleteFunc(group, func(c markColumn) bool { return slices.Contains(blank, c.at) && !mayBeUnit(c) })
		if len(group) > 0 && ofUnits(group) {
			m.cols = append(m.cols, group...)
		}
	}
	if len(m.cols) < 2 {
		return nil
	}
	return m
}

// namesOnly reports whether a row goes on with the header above it: it has
// names over columns of marks, and else only what the header leaves blank.
func namesOnly(head, row []Cell, cols []int) bool {
	names := 0
	for k, c := range row {
		t := oneLine(c.Text)
		switch {
		case t == "" || c.Above:
		case isMark(c) || len([]rune(t)) > 14:
			return false
		case slices.Contains(cols, k):
			names++
		case k < len(head) && oneLine(head[k].Text) != "":
			return false
		}
	}
	return names > 1
}

// columnGroups are the columns that stand under one word, or side by side.
func columnGroups(heads [][]Cell, cols []int) func(func([]markColumn) bool) {
	return func(yield func([]markColumn) bool) {
		var group []markColumn
		for _, k := range cols {
			c := columnHead(heads, k)
			if n := len(group); n > 0 && (group[n-1].parent != c.parent || c.parent == "" && group[n-1].at != k-1) {
				if !yield(group) {
					return
				}
				group = nil
			}
			group = append(group, c)
		}
		if len(group) > 0 {
			yield(group)
		}
	}
}

// columnHead reads what stands over a column.
func columnHead(heads [][]Cell, k int) markColumn {
	c := markColumn{at: k}
	for _, row := range heads {
		if k < len(row) && !row[k].Above && oneLine(row[k].Text) != "" {
			c.name = strings.Trim(oneLine(row[k].Text), markRunes)
		}
	}
	if len(heads) > 1 && k < len(heads[len(heads)-1]) && oneLine(heads[len(heads)-1][k].Text) != "" {
		for i := k; i >= 0 && c.parent == ""; i-- {
			if i < len(heads[0]) {
				c.parent = oneLine(heads[0][i].Text)
			}
		}
	}
	switch col, _ := headerColumn(c.parent); col {
	case colLead:
		c.role = leading
	case colPartner:
		c.role = helping
	}
	return c
}

var (
	shortOffices = words(`公安 司法 财政 教育 教体 民政 民宗 人社 住建 住房 城管 市监 市场 卫健 审批 信访 发改 工信 水利 水务 农业 应急 审计 统计 税务 交通 文旅 文广 环保 生态 资规 自然资源 国土 医保 林业 气象 消防 科技 商务 数据 政数 残联 妇联 编办 组织 宣传 统战 国资 金融 开发区 高新区 经开区 园区`)
	notUnitHead  = regexp.MustCompile(`^[有无是否好中差优良]$|^(?:已|未|待|拟|正在|不|有无|是否)|好$|一般|完成|达标|合格|优秀|良好|落实|情况|材料|方式|[分率次月项]$|季度|年|[%％]`)
	notUnitsOver = regexp.MustCompile(`评分|评议|打分|验收|检查|审核|复核|提供|来源|方式|情况|等次|结果|频次`)
)

// ofUnits reports whether the names over columns are units: by what stands over
// them, or because most of them look like units.
func ofUnits(group []markColumn) bool {
	look := 0
	for _, c := range group {
		if !mayBeUnit(c) {
			return false
		}
		r := []rune(c.name)
		if unitName(c.name) || unitWord(c.name) || shortOffices.in(r, 0, len(r)) >= 0 {
			look++
		}
	}
	over := group[0].parent
	if notUnitsOver.MatchString(over) {
		return false
	}
	col, ok := headerColumn(over)
	return ok && (col == colApplies || col == colLead || col == colPartner) || unitWord(over) || 2*look > len(group)
}

// as is what the columns hold: 责任单位, or 配合单位 where all stand under that.
func (m *matrix) as() column {
	if slices.ContainsFunc(m.cols, func(c markColumn) bool { return c.role != helping }) {
		return colApplies
	}
	return colPartner
}

// mayBeUnit reports whether the name over a column can be that of a unit.
func mayBeUnit(c markColumn) bool {
	col, known := headerColumn(c.name)
	n := len([]rune(withoutBrackets.Replace(c.name)))
	return n >= 2 && n <= 20 && !notUnitHead.MatchString(clean(c.name)) && (!known || col == colApplies)
}

// header is the header row with one column 责任单位 for the columns of marks,
// and with the names that the rows below it add to other columns.
func (m *matrix) header(rows [][]Cell) []Cell {
	head := slices.Clone(rows[m.head])
	for _, row := range rows[m.head+1 : m.head+1+m.subs] {
		for k, c := range row {
			for len(head) <= k {
				head = append(head, Cell{})
			}
			if !c.Above && oneLine(c.Text) != "" {
				head[k] = c
			}
		}
	}
	for i, c := range m.cols {
		if head[c.at] = (Cell{}); i == 0 {
			head[c.at].Text = columnNames[m.as()]
		}
	}
	return head
}

// row is a row of the table with its marks read as names. One that counts the
// marks adds up the others, and one that repeats the names says nothing.
func (m *matrix) row(row []Cell) []Cell {
	if isCount(row) {
		if strings.Contains(rowText(row), "小计") {
			return []Cell{{Text: "小计"}}
		}
		return []Cell{{Text: "合计"}}
	}
	if oneText(row) {
		return row
	}
	if m.repeats(row) {
		return nil
	}
	out := slices.Clone(row)
	cell := m.cell(row)
	for i, c := range m.cols {
		if c.at < len(out) {
			if out[c.at] = (Cell{}); i == 0 {
				out[c.at] = cell
			}
		}
	}
	return out
}

func (m *matrix) repeats(row []Cell) bool {
	same := 0
	for _, c := range m.cols {
		if c.at < len(row) && oneLine(row[c.at].Text) == c.name {
			same++
		}
	}
	return same > 1
}

// cell is the 责任单位 of a row: the names over its marks.
func (m *matrix) cell(row []Cell) Cell {
	var units [helping + 1][]string
	said, fresh := "", false
	for _, c := range m.cols {
		if c.at >= len(row) {
			continue
		}
		t := markText(row[c.at])
		if t == "" || notMarked.MatchString(t) {
			continue
		}
		fresh = fresh || !row[c.at].Above
		found := marked.FindStringSubmatch(t)
		if found == nil { // words in the place of marks: 各单位
			said = strings.Trim(said+"、"+t, "、")
			continue
		}
		if word, role := m.word(c, found); word != "" {
			units[role] = append(units[role], word)
		}
	}
	return Cell{Text: joinRoles(units, said), Above: !fresh}
}

// joinRoles lists units as a cell of 责任单位 does; parts are told apart only
// where some help.
func joinRoles(units [helping + 1][]string, said string) string {
	list := func(role dutyRole) string { return strings.Join(units[role], "、") }
	var parts []string
	for _, p := range []struct{ label, list string }{
		{"牵头单位：", list(leading)}, {"", list(anyRole)}, {"配合单位：", list(helping)}, {"", said},
	} {
		if p.list == "" {
			continue
		}
		if len(units[helping]) == 0 {
			p.label = ""
		}
		parts = append(parts, p.label+p.list)
	}
	if len(units[helping]) == 0 {
		return strings.Join(parts, "、")
	}
	return strings.Join(parts, "；")
}

// word is the name over a mark, with what the cell says beside the mark. It is
// blank where the mark does not count.
func (m *matrix) word(c markColumn, found []string) (string, dutyRole) {
	marks, aside, footnote := found[1], found[2], found[3]
	role, count, unsure := c.role, false, false
	for _, r := range marks {
		switch mean := m.means[markKind(r)]; mean {
		case markLeads:
			role, count = leading, true
		case markHelps:
			count = true
			if role != leading {
				role = helping
			}
		case markCounts:
			count = true
		case markUnsure:
			unsure = true
		}
	}
	switch {
	case !count && !unsure:
		return "", role
	case !count || footnote != "":
		return c.name + "（" + unsureAside + "）", role
	case aside == "":
		return c.name, role
	}
	if as := roleAside.FindStringSubmatch("（" + aside + "）"); as != nil {
		return c.name, roleOf(as[1])
	}
	return c.name + restriction(aside), role
}

var (
	onlyThese  = regexp.MustCompile(`^(?:仅限于?|只限于?|限于?|仅指|仅|只|指)(.+)$`)
	butThese   = regexp.MustCompile(`^除了?(.+?)(?:以外|之外|外)?$`)
	pointAside = regexp.MustCompile(`^\d+(?:\.\d+)?分$`)
)

// restriction says in the words of 责任单位 what a bracket beside a mark says of
// those in the column; what is not understood leaves them open.
func restriction(aside string) string {
	aside = strings.NewReplacer("，", "、", ",", "、", "；", "、", ";", "、").Replace(aside)
	if pointAside.MatchString(aside) {
		return ""
	}
	if rest, ok := leftOut(aside); ok && rest != "" {
		return "（" + rest + "除外）"
	}
	if m := butThese.FindStringSubmatch(aside); m != nil {
		return "（" + m[1] + "除外）"
	}
	if m := onlyThese.FindStringSubmatch(aside); m != nil {
		return "（仅" + m[1] + "）"
	}
	if strings.HasPrefix(aside, "含") || strings.HasPrefix(aside, "包括") {
		return "（" + aside + "）"
	}
	names := splitUnits(aside)
	if len(names) > 0 && !slices.ContainsFunc(names, func(n string) bool { return !unitName(n) }) {
		return "（仅" + aside + "）"
	}
	return "（" + aside + "）（" + unsureAside + "）"
}

// onlyOf are those of a group that a bracket names: 市直部门（仅市水利局）. Where it
// names none of them, nobody can tell whom it means.
func (d *duties) onlyOf(g group, names string) group {
	only := d.list(splitUnits(names))
	kept := group{in: slices.Clone(g.in), may: slices.Clone(g.may), known: g.known}
	kept.keep(only)
	if !only.known || only.open() || kept.size() == 0 && g.size() > 0 {
		return g.unsure()
	}
	return kept
}

// officeOfGovernment is 人民政府办公室 as people shorten it: 区府办, 政府办.
var officeOfGovernment = regexp.MustCompile(`^(\p{Han}*?)(?:人民政府|政府|府)办(?:公室)?$`)

// governmentOffice is the office of a government, however it is written: 区府办
// for 青原区人民政府办公室.
func (d *duties) governmentOffice(word string) group {
	m := officeOfGovernment.FindStringSubmatch(word)
	if m == nil {
		return d.none()
	}
	return d.where(func(u *corpus.Unit) bool {
		of := officeOfGovernment.FindStringSubmatch(u.Name)
		return of != nil && strings.HasSuffix(of[1], m[1])
	})
}

// unsure are the same units, of none of which anybody can tell.
func (g group) unsure() group {
	may := slices.Clone(g.may)
	for i, in := range g.in {
		may[i] = may[i] || in
	}
	return group{in: make([]bool, len(g.in)), may: may, known: g.known}
}

// overColumn reads a name over a column of marks that fits no unit, or several:
// any may be meant that no other column names.
func (d *duties) overColumn(w string) (group, bool) {
	heads := d.defines[marksKey]
	if !slices.Contains(heads, w) {
		return group{}, false
	}
	inner, g := d.withoutColumns(), d.unknown(w)
	for _, h := range heads {
		if h != w {
			g.leaveOut(inner.list([]string{h}))
		}
	}
	return g, true
}

// withoutColumns reads words as if no columns were named by them.
func (d *duties) withoutColumns() *duties {
	inner := &duties{units: d.units, defines: maps.Clone(d.defines), zonesApart: d.zonesApart, read: new(int)}
	delete(inner.defines, marksKey)
	return inner
}

// rivalled reports whether another column fits as well the unit that the name
// over a column shortens: beside 审批, 政务 is not 行政审批服务局.
func (d *duties) rivalled(w string, g group) bool {
	heads := d.defines[marksKey]
	at := slices.Index(g.in, true)
	if at < 0 || !slices.Contains(heads, w) {
		return false
	}
	full, inner := plainName(d.units[at].Name), d.withoutColumns()
	far := func(word string) int {
		if strings.Contains(full, plainName(word)) {
			return 0
		}
		return shortens(plainName(word), full)
	}
	return slices.ContainsFunc(heads, func(h string) bool {
		other := inner.list([]string{h})
		return h != w && other.in[at] && other.size() == 1 && far(h) <= far(w)
	})
}

// keepHeads remembers the names over columns of marks.
func (im *importer) keepHeads() {
	if len(im.heads) > 0 {
		im.pack.Defines[marksKey] = im.heads
	}
}

func (m *matrix) heads() []string {
	var out []string
	for _, c := range m.cols {
		if !slices.Contains(out, c.name) {
			out = append(out, c.name)
		}
	}
	return out
}

// said tells how the columns were read: 第6至19列“甲局、乙局等14个”读作责任单位（打√的列）.
func (m *matrix) said() string {
	names := m.heads()
	list := strings.Join(names, "、")
	if len(names) > 4 {
		list = strings.Join(names[:3], "、") + fmt.Sprintf("等%d个", len(names))
	}
	marks, without, open := "", "", ""
	for _, r := range markRunes {
		switch mean, used := m.means[r]; {
		case !used:
		case mean == markOut:
			without += string(r)
		case mean == markUnsure:
			open += string(r)
		default:
			marks += string(r)
		}
	}
	t := fmt.Sprintf("第%d至%d列“%s”读作%s（打%s的列", m.cols[0].at+1, m.cols[len(m.cols)-1].at+1, list, columnNames[m.as()], marks)
	if without != "" {
		t += "，" + without + "不计"
	}
	if open != "" {
		t += "，" + open + "没有说明，记作不明"
	}
	return t + "）"
}
