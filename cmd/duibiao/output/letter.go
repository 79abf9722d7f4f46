package output

import (
	"cmp"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"duibiao/corpus"
	"duibiao/rules"
)

const (
	maxExcerpt      = 200 // runes of a quote in a letter
	maxTitle        = 60  // runes of an indicator's title
	maxHeadingQuote = 30  // runes of a heading that says where a quote stands
)

// Letter writes the 反馈函 to one unit as a .docx file: what was received and
// read, how the unit stands, every finding that is not settled with its quote
// and place, and what is asked. template is what LetterTemplate returns or an
// office's own version of it; nil is the built-in one. r must be the report on
// all indicators and statuses, or the numbers in the letter are wrong; the year
// is that of most papers in it. A unit that is not in r and a template that
// cannot be filled are errors. The same input gives the same bytes.
func Letter(w io.Writer, r *Report, unit string, template []byte) error {
	l, err := r.letter(unit)
	if err != nil {
		return fmt.Errorf("write the letter to %s: %w", unit, err)
	}
	if template == nil {
		template = LetterTemplate()
	}
	file, err := fillTemplate(template, map[string]string{"单位": unit, "年度": l.year, "节号": chinese(l.sections + 1)}, l.pieces, "单位")
	if err == nil {
		_, err = w.Write(file)
	}
	if err != nil {
		return fmt.Errorf("write the letter to %s: %w", unit, err)
	}
	return nil
}

const notSent = "未报送" // the check that finds that a unit handed nothing in

// letter is a letter that is being written.
type letter struct {
	r       *Report // the part of the report that is about the unit, in order
	unit    Unit
	year    string // such as "2025年度"; "" where no paper names one
	names   map[string]string
	shelves map[string]corpus.Shelf // of the papers on shelves
	skipped []Skipped
	settled [3]int // findings that are not told: closed, exempt, and mistaken ones
	items   []rules.Finding
	whole   []rules.Finding // about a paper or the unit as a whole
	composed
}

// composed is the body of a letter that is being written.
type composed struct {
	sections int
	parts    int // within the section
	pieces   []piece
}

func (r *Report) letter(unit string) (*letter, error) {
	part, err := r.part(unit)
	if err != nil {
		return nil, err
	}
	l := &letter{unit: part.Units[0], year: r.yearOfMost(), shelves: map[string]corpus.Shelf{}, skipped: part.Skipped}
	for _, d := range r.Documents {
		if d.Shelf != "" {
			l.shelves[d.ID] = d.Shelf
		}
	}
	l.r = part.ordered()
	l.names = l.r.fileNames()
	l.sort()
	l.write()
	return l, nil
}

// part is the part of r that is about one unit, without the papers of others.
func (r *Report) part(unit string) (*Report, error) {
	i := slices.IndexFunc(r.Units, func(u Unit) bool { return u.Name == unit })
	if i < 0 {
		return nil, fmt.Errorf("没有“%s”这个单位", unit)
	}
	part := &Report{Run: r.Run, Units: r.Units[i : i+1], Indicators: r.Indicators, Decisions: r.Decisions, Rounds: r.Rounds, Skipped: r.skippedOf(r.Units[i])}
	for _, d := range r.Documents {
		if d.Shelf == "" && d.Unit.Value == unit {
			part.Documents = append(part.Documents, d)
		}
	}
	for _, row := range r.Rows {
		if row.Unit == unit {
			part.Rows = append(part.Rows, row)
		}
	}
	for _, f := range r.Findings {
		if f.Unit == unit {
			part.Findings = append(part.Findings, f)
		}
	}
	return part, nil
}

// yearOfMost is the year that most reviewed papers are about, the later of
// two.
func (r *Report) yearOfMost() string {
	times := map[string]int{}
	best := ""
	for _, d := range r.Documents {
		if y := d.Year.Value; d.Shelf == "" && y != "" {
			times[y]++
		}
	}
	for y, n := range times {
		if best == "" || n > times[best] || n == times[best] && y > best {
			best = y
		}
	}
	if best == "" {
		return ""
	}
	return strings.TrimSuffix(best, "年") + "年度"
}

// skippedOf are the files that were not taken for submissions and lie where
// only u's files lie, or in a folder that has its name.
func (r *Report) skippedOf(u Unit) []Skipped {
	owner := map[string]string{} // of a folder; "" where several units have files
	for _, d := range r.Documents {
		dir := path.Dir(d.ID)
		if at, taken := owner[dir]; taken && at != d.Unit.Value {
			owner[dir] = ""
			continue
		}
		owner[dir] = d.Unit.Value
	}
	names := append([]string{u.Name}, u.Aliases...)
	var list []Skipped
	for _, s := range r.Skipped {
		dirs := strings.Split(path.Dir(s.Path), "/")
		named := slices.ContainsFunc(dirs, func(dir string) bool {
			return slices.Contains(names, strings.TrimSuffix(strings.TrimSuffix(dir, "!"), ".zip"))
		})
		if named || owner[path.Dir(s.Path)] == u.Name {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(a, b Skipped) int { return cmp.Compare(a.Path, b.Path) })
	return list
}

// sort keeps what is to be told: not what is settled, and not once more that a
// file was not read, which the list of files says.
func (l *letter) sort() {
	told := map[string]string{}
	for _, d := range l.r.Documents {
		if d.Status == Unreadable && d.Reason != "" {
			told[d.ID] = d.Reason
		}
	}
	for _, f := range l.r.Findings {
		reason := told[f.Doc]
		switch {
		case l.r.Decisions[f.ID].settled():
			l.settled[settledAs(l.r.Decisions[f.ID])]++
		case f.Indicator != "":
			l.items = append(l.items, f)
		case f.Check == notSent && len(l.r.Documents) == 0:
			// The letter to such a unit is about nothing else.
		case reason == "" || !strings.Contains(f.Message, reason):
			l.whole = append(l.whole, f)
		}
	}
}

// settledAs is the place in letter.settled where a finding is counted.
func settledAs(d Decision) int {
	switch d.Review {
	case Exempted:
		return 1
	case Mistaken:
		return 2
	}
	return 0
}

func (l *composed) say(format string, args ...any) {
	l.pieces = append(l.pieces, piece{form: bodyText, text: inLine(fmt.Sprintf(format, args...))})
}

// show adds a table to the text that announces it.
func (l *composed) show(t *table) {
	l.pieces[len(l.pieces)-1].keep = true
	l.pieces = append(l.pieces, piece{table: t})
}

func (l *composed) section(title string) {
	l.sections++
	l.parts = 0
	l.pieces = append(l.pieces, piece{form: heading1, text: chinese(l.sections) + "、" + title})
}

func (l *composed) part(title string) {
	l.parts++
	l.pieces = append(l.pieces, piece{form: heading2, text: "（" + chinese(l.parts) + "）" + inLine(title)})
}

func (l *letter) write() {
	if len(l.r.Documents) == 0 {
		l.nothingSent()
		return
	}
	l.received()
	t := l.r.matrix().unit(l.unit.Name)
	l.standing(t)
	l.gaps(t)
	l.papers()
	l.notes()
}

// nothingSent is the letter to a unit that handed nothing in.
func (l *letter) nothingSent() {
	l.section("材料接收情况")
	owed := ""
	if len(l.unit.Owes) > 0 {
		kinds := make([]string, len(l.unit.Owes))
		for i, k := range l.unit.Owes {
			kinds[i] = string(k)
		}
		owed = "按照报送名册，你单位应当报送" + strings.Join(kinds, "、") + "。"
	}
	l.say("截至本次审查，我们没有收到你单位可供审查的%s法治政府建设材料。%s", l.year, owed)
	l.files()
	l.section("指标审查情况")
	l.say("因没有材料可供审查，适用于你单位的指标均未作判断。未判不等于缺项。")
	l.papers()
	l.section("需要办理的事项")
	l.say("请你单位核实报送情况：尚未报送的，请尽快报送；已经报送的，请告知报送的时间、方式和文件名称，以便核查；有其他情况的，请作出说明。")
}

// received lists the files and what was read of them.
func (l *letter) received() {
	n := map[FileStatus]int{}
	for _, d := range l.r.Documents {
		n[d.Status]++
	}
	all := len(l.r.Documents)
	how := "，均已读出"
	if bad := n[Partial] + n[Unreadable]; bad > 0 {
		var parts []string
		for _, p := range []struct {
			n    int
			word string
		}{{n[OK] + n[OCR], "全文读出"}, {n[Partial], "部分页没有读出"}, {n[Unreadable], "没有读出"}} {
			if p.n > 0 {
				parts = append(parts, fmt.Sprintf("%s%d份", p.word, p.n))
			}
		}
		how = "，其中" + strings.Join(parts, "、")
		if n[Unreadable] == all {
			how = "，均没有读出"
		}
	}
	l.section("材料接收和读取情况")
	l.say("共收到你单位材料%d份%s，详见下表。", all, how)
	l.files()
	if n[Partial]+n[Unreadable] > 0 {
		l.say("没有读出的内容未作审查，由此未判的指标不等于缺项。请按表中所列原因处理后重新报送。")
	}
	if n[OCR] > 0 {
		l.say("由图像识别文字的材料，文字可能有误，以原件为准。")
	}
}

// files is the table of what came in.
func (l *letter) files() {
	if len(l.r.Documents)+len(l.skipped) == 0 {
		return
	}
	t := &table{widths: []int{8, 40, 14, 38}, centred: []bool{true, false, true, false},
		rows: [][]string{{"序号", "文件名称", "种类", "读取情况"}}}
	for _, d := range l.r.Documents {
		kind := d.Kind.Value
		if kind == "" || d.Status == Unreadable && kind == string(corpus.Other) {
			kind = "—"
		}
		t.rows = append(t.rows, []string{fmt.Sprint(len(t.rows)), inLine(l.names[d.ID]), kind, inLine(readingOf(d))})
	}
	for _, s := range l.skipped {
		t.rows = append(t.rows, []string{fmt.Sprint(len(t.rows)), inLine(path.Base(s.Path)), "—",
			inLine("未作为审查材料：" + toUnit(sentence(s.Reason)))})
	}
	l.show(t)
}

// readingOf says what was read of d.
func readingOf(d Document) string {
	if d.Status == Unreadable {
		return "没有读出：" + toUnit(sentence(cmp.Or(d.Reason, "原因不明")))
	}
	size := fmt.Sprintf("%d字", d.Runes)
	if d.Pages > 0 {
		size = fmt.Sprintf("%d页，", d.Pages) + size
	}
	say := "已读出，" + size + "。"
	switch d.Status {
	case OCR:
		say = "由图像识别文字，" + size + "。"
	case Partial:
		say = "部分页没有读出：" + toUnit(sentence(cmp.Or(d.Reason, unreadPages(d.Unread)))) + "其余" + size + "。"
	}
	for _, w := range d.Warnings {
		say += toUnit(sentence(warning(w)))
	}
	return say
}

// toUnit is what the program says of a file or a finding as a letter says it to
// the unit: without what only the office can do with the program.
func toUnit(s string) string {
	var kept strings.Builder
	for _, part := range strings.SplitAfter(s, "。") {
		if !strings.Contains(part, "--") && !strings.Contains(part, "重跑") && !strings.Contains(part, "duibiao") {
			kept.WriteString(part)
		}
	}
	// What stands between quotation marks is the unit's own text.
	parts := strings.SplitAfter(kept.String(), "”")
	for i, part := range parts {
		own := strings.Index(part, "“")
		if own < 0 {
			own = len(part)
		}
		parts[i] = addressed.Replace(part[:own]) + part[own:]
	}
	return strings.Join(parts, "")
}

var addressed = strings.NewReplacer("需OCR：", "", "请报送单位", "请你单位", "请单位", "请你单位", "本单位", "你单位")

// told are the verdicts in the order of the table of numbers, each a suspicion
// where it is a gap.
var told = [...]rules.Status{rules.Met, rules.Formulaic, rules.OnlyPromised, rules.Copied, rules.Missing, rules.NotJudged}

// standing counts the verdicts.
func (l *letter) standing(t tally) {
	l.section("总体情况")
	all := len(l.r.Indicators)
	if all == 0 {
		l.say("本次没有按指标审查。")
		return
	}
	n := t.byStatus()
	outside := ""
	if k := n[rules.NotApplicable]; k > 0 {
		outside = fmt.Sprintf("，不适用于你单位或者你单位说明没有发生的%d项", k)
	}
	if nothingJudged(n, all) {
		l.say("指标体系共%d项%s，其余%d项均未判：%s未判不等于缺项。", all, outside, n[rules.NotJudged], l.whyNotJudged())
		return
	}
	l.say("指标体系共%d项%s，其余%d项的初步审查情况如下表。", all, outside, all-n[rules.NotApplicable])
	counts := &table{centred: []bool{true, true, true, true, true, true}, widths: []int{14, 16, 22, 16, 16, 16},
		rows: [][]string{nil, nil}}
	for _, s := range told {
		name := string(s)
		if s.Gap() {
			name = "疑似" + name
		}
		counts.rows[0] = append(counts.rows[0], name)
		counts.rows[1] = append(counts.rows[1], fmt.Sprint(n[s]))
	}
	l.show(counts)
	l.say("表中，“达标”指材料写有可以核对的事实；“空泛”指有表述而没有可以核对的事实；“只有打算”指只写了今后的安排；" +
		"“雷同”指有关文字与其他材料大体相同；“缺项”指已读出的材料中没有找到有关正文。")
	if k := n[rules.NotJudged]; k > 0 {
		l.say("未判的%d项%s，原因是：%s未判不等于缺项。", k, inBrackets(l.notJudged()), l.whyNotJudged())
	}
	var settled []string
	for i, n := range l.settled {
		if n > 0 {
			settled = append(settled, fmt.Sprintf("%s的%d条", [...]string{"此前已销号", "予以豁免", "经核实不成立"}[i], n))
		}
	}
	if len(settled) > 0 {
		l.say("%s，本函不再列出。", strings.Join(settled, "、"))
	}
}

// nothingJudged reports whether no indicator that applies has a verdict.
func nothingJudged(n map[rules.Status]int, all int) bool {
	return n[rules.NotJudged] == all-n[rules.NotApplicable]
}

func (t tally) byStatus() map[rules.Status]int {
	n := map[rules.Status]int{}
	for i, v := range verdicts {
		n[v.status] = t.of[i]
	}
	return n
}

// notJudged names the indicators without a verdict by their numbers.
func (l *letter) notJudged() string {
	var nos []string
	m := l.r.matrix()
	for _, x := range l.r.Indicators {
		if m.status(l.unit.Name, x.ID) == rules.NotJudged {
			nos = append(nos, cmp.Or(x.No, x.Title))
		}
	}
	return "指标" + strings.Join(nos, "、")
}

func (l *letter) whyNotJudged() string {
	var why []string
	for _, row := range l.r.Rows {
		if row.Status == rules.NotJudged && row.Why != "" {
			why = append(why, strings.TrimSuffix(toUnit(sentence(row.Why)), "。"))
		}
	}
	if len(why) == 0 {
		return "没有可供判断的材料或者规则。"
	}
	return strings.Join(distinct(why), "；") + "。"
}

// gaps tells the findings about indicators, grouped by indicator.
func (l *letter) gaps(t tally) {
	if len(l.items) == 0 && nothingJudged(t.byStatus(), len(l.r.Indicators)) {
		return
	}
	l.section("需要核实的指标差距")
	if len(l.items) == 0 {
		other := ""
		if l.settled != [3]int{} {
			other = "其他"
		}
		l.say("在已读出的材料中，没有发现%s需要反馈的指标差距。", other)
		return
	}
	l.say("共%d项指标疑似存在差距，请逐项核实原文；情况属实的，按整改要求补正。", l.indicators())
	notes := l.r.notes()
	for i, f := range l.items {
		if i == 0 || l.items[i-1].Indicator != f.Indicator {
			l.part(itemName(f.No, f.Title))
		}
		l.finding(f)
		if i+1 == len(l.items) || l.items[i+1].Indicator != f.Indicator {
			for _, note := range notes[rowKey{f.Unit, f.Indicator}] {
				l.say("另请注意：%s", toUnit(sentence(note)))
			}
		}
	}
}

func (l *letter) indicators() int {
	n := 0
	for i, f := range l.items {
		if i == 0 || l.items[i-1].Indicator != f.Indicator {
			n++
		}
	}
	return n
}

// itemName is an indicator as a heading names it.
func itemName(no, title string) string {
	title = shorten(title, maxTitle)
	if no == "" {
		return title
	}
	return "指标" + no + "　" + title
}

// papers tells the findings about papers and the unit as a whole.
func (l *letter) papers() {
	if len(l.whole) == 0 {
		return
	}
	l.section("材料整体方面需要核实的问题")
	l.say("共%d个问题，请逐个核实。", len(l.whole))
	for _, f := range l.whole {
		l.part(suspected(f))
		l.finding(f)
	}
}

// suspected is what a finding is about, as a suspicion where it is one.
func suspected(f rules.Finding) string {
	if rules.Status(f.Check).Gap() || strings.Contains(f.Message, "疑似") {
		return "疑似" + f.Check
	}
	return f.Check
}

// finding tells one finding: what, where, beside what, and what is asked.
func (l *letter) finding(f rules.Finding) {
	kind := ""
	if f.Indicator != "" {
		kind = "问题类型：" + suspected(f) + "。"
	}
	message := strings.TrimPrefix(toUnit(sentence(f.Message)), "疑似"+f.Check+"：")
	l.say("%s问题表述：%s%s", kind, message, grounds(f))
	if where := l.where(f); where != "" {
		l.say("原文位置：%s。", where)
	}
	if f.Evidence != nil && f.Evidence.Quote != "" {
		l.quote("原文摘录：", f.Evidence.Quote)
	}
	l.source(f)
	if f.Ask != "" {
		l.say("整改要求：%s", sentence(toUnit(f.Ask)))
	}
}

// grounds is the measured value, or what the question is based on.
func grounds(f rules.Finding) string {
	if f.Value == "" && f.Threshold != "" {
		return "（依据：" + strings.TrimSuffix(f.Threshold, "。") + "）"
	}
	return measured(f)
}

func (l *letter) where(f rules.Finding) string {
	var parts []string
	if f.Doc != "" {
		parts = append(parts, titled(cmp.Or(l.names[f.Doc], f.Doc)))
	}
	if e := f.Evidence; e != nil {
		if e.Section != "" {
			parts = append(parts, under(inLine(e.Section)))
		}
		if e.Place != (corpus.Location{}) {
			parts = append(parts, e.Place.String())
		}
	}
	return strings.Join(parts, "，")
}

// titled is the name of a file as a text names a paper.
func titled(name string) string {
	return "《" + strings.NewReplacer("《", "〈", "》", "〉").Replace(name) + "》"
}

// under is the headings above a passage in words.
func under(section string) string {
	headings := strings.Split(section, " › ")
	for i, h := range headings {
		headings[i] = "“" + nested.Replace(shorten(h, maxHeadingQuote)) + "”"
	}
	return strings.Join(headings, "中的")
}

func (l *letter) quote(label, text string) {
	l.pieces = append(l.pieces, piece{form: excerpt, text: label + "“" + nested.Replace(cutQuote(inLine(text), maxExcerpt)) + "”"})
}

// nested turns the marks of a quote inside a quote.
var nested = strings.NewReplacer("“", "‘", "”", "’", "‘", "“", "’", "”")

// source names the other side of a copied passage and quotes what is alike in
// it.
func (l *letter) source(f rules.Finding) {
	s := f.Source
	if s == nil {
		return
	}
	shelf := ""
	if on, ok := l.shelves[s.Doc]; ok {
		shelf = inBrackets(string(on))
	}
	at := ""
	if s.Place != (corpus.Location{}) {
		at = "，" + s.Place.String()
	}
	l.say("参照来源：%s%s%s%s。", s.Unit, titled(path.Base(s.Doc)), shelf, at)
	if f.Evidence == nil {
		return
	}
	if like := alike(cutQuote(f.Evidence.Quote, maxExcerpt), s.Quote); like != "" {
		l.quote("参照原文：", like)
	}
}

// notes tells what is said beside the verdict on items without a gap.
func (l *letter) notes() {
	first := true
	for _, row := range l.r.Rows {
		if row.Status.Gap() || len(row.Notes) == 0 {
			continue
		}
		if first {
			l.section("其他请一并核实的事项")
			first = false
		}
		for _, note := range row.Notes {
			l.say("%s：%s", itemName(row.No, row.Title), toUnit(sentence(note)))
		}
	}
}

// alike is the run of sentences of source that is about as long as quote and
// most like it by the pairs of characters in both, or "" where none is much
// like it. It is for showing both sides of a copy that is longer than can be
// shown.
func alike(quote, source string) string {
	want := pairsOf(quote)
	length := utf8.RuneCountInString(quote) * 9 / 10
	sentences := strings.SplitAfter(ends.Replace(source), "\n")
	type size struct{ runes, pairs, shared int }
	sizes := make([]size, len(sentences))
	for i, s := range sentences {
		has := pairsOf(s)
		sizes[i] = size{runes: utf8.RuneCountInString(s), pairs: len(has)}
		for pair := range has {
			if want[pair] {
				sizes[i].shared++
			}
		}
	}
	from, end, most := 0, 0, likeEnough
	var sum size // of the sentences from i to the one before to
	to := 0
	for i := range sentences {
		for ; to < len(sentences) && sum.runes < length; to++ {
			sum = size{sum.runes + sizes[to].runes, sum.pairs + sizes[to].pairs, sum.shared + sizes[to].shared}
		}
		if of := 2 * float64(min(sum.shared, len(want))) / float64(max(1, len(want)+sum.pairs)); of > most {
			from, end, most = i, to, of
		}
		if to > i {
			sum = size{sum.runes - sizes[i].runes, sum.pairs - sizes[i].pairs, sum.shared - sizes[i].shared}
		}
		to = max(to, i+1)
	}
	return inLine(strings.Join(sentences[from:end], ""))
}

const likeEnough = 0.4 // of the pairs of both sides

var ends = strings.NewReplacer("。", "。\n", "；", "；\n", "！", "！\n")

func pairsOf(s string) map[[2]rune]bool {
	pairs := map[[2]rune]bool{}
	last := rune(-1)
	for _, r := range s {
		if last >= 0 && r != '\n' {
			pairs[[2]rune{last, r}] = true
		}
		last = r
	}
	return pairs
}

// inLine is s in one line, with a space where lines met and no mark stood.
func inLine(s string) string {
	var b strings.Builder
	for line := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune("\n\r\t\v\f\u2028\u2029", r) }) {
		if last, _ := utf8.DecodeLastRuneInString(b.String()); b.Len() > 0 && !strings.ContainsRune("，。；：、！？", last) {
			b.WriteByte(' ')
		}
		b.WriteString(line)
	}
	return b.String()
}

// chinese is n, below a thousand, in Chinese numerals, as headings count.
func chinese(n int) string {
	digits := []rune("零一二三四五六七八九")
	hundred, ten, one := n/100, n/10%10, n%10
	s := ""
	if hundred > 0 {
		s = string(digits[hundred]) + "百"
		if ten == 0 && one > 0 {
			s += "零"
		}
	}
	if ten > 1 || ten == 1 && hundred > 0 {
		s += string(digits[ten])
	}
	if ten > 0 {
		s += "十"
	}
	if one > 0 || n == 0 {
		s += string(digits[one])
	}
	return s
}
