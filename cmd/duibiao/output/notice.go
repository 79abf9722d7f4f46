package output

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"duibiao/corpus"
	"duibiao/rules"
)

const (
	maxItems = 10 // indicators that a notice names
	maxPairs = 15 // pairs of papers with copied text that it names
)

// Notice writes the 通报 on all units as a .docx file: who reported, how the
// units stand beside each other, the indicators in which most of them fall
// short, what is often wrong with papers, and which papers share text. The
// units stand in the order of the roster: it ranks nobody. template is what
// NoticeTemplate returns or an office's own version of it; nil is the built-in
// one. The same input gives the same bytes.
func Notice(w io.Writer, r *Report, template []byte) error {
	n := notice{r: r.ordered()}
	n.matrix = n.r.matrix()
	n.write()
	if template == nil {
		template = NoticeTemplate()
	}
	file, err := fillTemplate(template, map[string]string{"年度": r.yearOfMost(), "节号": chinese(n.sections + 1)}, n.pieces)
	if err == nil {
		_, err = w.Write(file)
	}
	if err != nil {
		return fmt.Errorf("write the notice: %w", err)
	}
	return nil
}

// notice is a notice that is being written.
type notice struct {
	r      *Report
	matrix matrix
	composed
}

func (n *notice) write() {
	n.reported()
	n.standing()
	n.items()
	n.papers()
	n.copies()
	n.progress()
}

// reported tells who handed in what.
func (n *notice) reported() {
	n.section("报送和读取情况")
	c := n.r.counts()
	n.say("应报送的%d家单位中，%d家报送了材料，共%d份；其中全文读出%d份，部分页没有读出%d份，没有读出%d份。没有读出的内容未作审查，不等于缺项。",
		c.Units, c.Units-c.Missing, c.Documents, c.Read, c.Partial, c.Unreadable)
	var missing []string
	for _, u := range n.r.Units {
		if u.Missing {
			missing = append(missing, u.Name)
		}
	}
	if len(missing) > 0 {
		n.say("截至审查时没有收到材料的：%s。", strings.Join(missing, "、"))
	}
	_, unread := n.r.files()
	var bad []string
	for _, u := range n.r.Units {
		if k := unread[u.Name]; k > 0 {
			bad = append(bad, fmt.Sprintf("%s（%d份）", u.Name, k))
		}
	}
	if len(bad) > 0 {
		n.say("材料没有全部读出，需要重新报送的：%s。", strings.Join(bad, "、"))
	}
}

// standing is the table of the units.
func (n *notice) standing() {
	n.section("各单位初步审查情况")
	if len(n.r.Indicators) == 0 {
		n.say("本次没有按指标审查。")
		return
	}
	n.say("指标体系共%d项，各单位的情况如下表，按名册的次序排列。“空泛”“只有打算”“雷同”“缺项”均为疑似，待各单位核实。", len(n.r.Indicators))
	t := &table{widths: []int{25, 9, 9, 11, 9, 9, 10, 9, 9}, centred: []bool{false, true, true, true, true, true, true, true, true}}
	head := []string{"单位"}
	for _, v := range verdicts {
		head = append(head, short(v.status))
	}
	t.rows = append(t.rows, append(head, "文件问题"))
	whole := n.r.wholeFindings()
	for _, u := range n.r.Units {
		name := u.Name
		if u.Missing {
			name += "（未报送）"
		}
		row := []string{name}
		for _, k := range n.matrix.unit(u.Name).of {
			row = append(row, fmt.Sprint(k))
		}
		t.rows = append(t.rows, append(row, fmt.Sprint(whole[u.Name])))
	}
	n.show(t)
}

// items names the indicators in which most units fall short.
func (n *notice) items() {
	type item struct {
		Indicator
		tally
	}
	var list []item
	for _, x := range n.r.Indicators {
		if t := n.matrix.indicator(x.ID); t.gaps > 0 {
			list = append(list, item{x, t})
		}
	}
	if len(list) == 0 {
		return
	}
	slices.SortStableFunc(list, func(a, b item) int { return cmp.Compare(b.gaps, a.gaps) })
	n.section("差距较集中的指标")
	n.say("疑似存在差距的指标共%d项，涉及单位较多的如下表。", len(list))
	t := &table{widths: []int{10, 40, 14, 9, 9, 9, 9}, centred: []bool{true, false, true, true, true, true, true},
		rows: [][]string{{"编号", "指标", "有差距的单位数", "空泛", "打算", "雷同", "缺项"}}}
	for _, x := range list[:min(maxItems, len(list))] {
		of := x.byStatus()
		t.rows = append(t.rows, []string{x.No, shorten(x.Title, maxTitle), fmt.Sprint(x.gaps), fmt.Sprint(of[rules.Formulaic]),
			fmt.Sprint(of[rules.OnlyPromised]), fmt.Sprint(of[rules.Copied]), fmt.Sprint(of[rules.Missing])})
	}
	n.show(t)
}

// papers counts what is wrong with papers as a whole.
func (n *notice) papers() {
	units := map[string][]string{}
	var checks []string
	for _, f := range n.r.Findings {
		if f.Indicator != "" || f.Check == notSent || n.r.Decisions[f.ID].settled() {
			continue
		}
		if units[f.Check] == nil {
			checks = append(checks, f.Check)
		}
		if !slices.Contains(units[f.Check], f.Unit) {
			units[f.Check] = append(units[f.Check], f.Unit)
		}
	}
	if len(checks) == 0 {
		return
	}
	slices.SortStableFunc(checks, func(a, b string) int { return cmp.Compare(len(units[b]), len(units[a])) })
	n.section("材料整体方面的问题")
	n.say("以下问题均为疑似，原文和位置见各单位的反馈函。")
	t := &table{widths: []int{24, 14, 62}, centred: []bool{false, true, false}, rows: [][]string{{"问题", "单位数", "涉及单位"}}}
	for _, check := range checks {
		t.rows = append(t.rows, []string{check, fmt.Sprint(len(units[check])), strings.Join(units[check], "、")})
	}
	n.show(t)
}

// copies names the pairs of papers that share most text.
func (n *notice) copies() {
	docs := map[string]Document{}
	for _, d := range n.r.Documents {
		docs[d.ID] = d
	}
	shared := map[pair]int{}
	relation := map[pair]corpus.Relation{}
	var pairs []pair
	for _, u := range n.r.Reuse {
		p := pair{u.Doc, u.Source}
		if u.Relation == corpus.Quotation {
			continue
		}
		if shared[p] == 0 {
			pairs, relation[p] = append(pairs, p), u.Relation
		}
		shared[p] += u.Informative
	}
	if len(pairs) == 0 {
		return
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(shared[b], shared[a]) })
	n.section("文字雷同情况")
	n.say("除去公共表述（政治要求、法律名称、固定用语），发现%d对材料有相同的文字，字数较多的如下表。先后和来源只供参考，是否照搬由有关单位说明、由我们核实。", len(pairs))
	t := &table{widths: []int{20, 29, 10, 12, 29}, centred: []bool{false, false, true, true, false},
		rows: [][]string{{"单位", "材料", "相同字数", "关系", "对照材料"}}}
	names := n.r.fileNames()
	for _, p := range pairs[:min(maxPairs, len(pairs))] {
		d, src := docs[p.doc], docs[p.source]
		t.rows = append(t.rows, []string{d.Unit.Value, inLine(names[p.doc]), fmt.Sprint(shared[p]), string(relation[p]),
			strings.TrimSpace(src.Unit.Value + " " + inLine(names[p.source]))})
	}
	n.show(t)
}

// progress tells what became of the findings of the round before.
func (n *notice) progress() {
	if s := n.r.RoundSummary(); s != "" {
		n.section("整改情况")
		n.say("%s", s)
	}
}
