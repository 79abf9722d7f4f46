package output

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/mattn/go-runewidth"

	"duibiao/rules"
)

// Summary says how the summary of a run is to be printed.
type Summary struct {
	Width  int      // columns of the terminal; 0 is 100
	Colour bool     // with colour codes
	Units  int      // how many units are listed; 0 is 30
	Top    int      // how many findings are shown; 0 is 8
	Files  []Saved  // what was written
	Office []string // what the office itself can do about what was not read
	Next   []string // commands to go on with
}

// Write prints what a reviewer wants to know first: how each unit stands, what
// was not read and why, the gravest findings, where the lists are, and how to
// go on.
func (s Summary) Write(w io.Writer, r *Report) error {
	out := bufio.NewWriter(w)
	p := printer{out, s.orDefault(), r.ordered()}
	p.head()
	p.units()
	p.notRead()
	p.excused()
	p.top()
	p.files()
	p.next()
	return out.Flush()
}

func (s Summary) orDefault() Summary {
	s.Width, s.Units, s.Top = cmp.Or(s.Width, 100), cmp.Or(s.Units, 30), cmp.Or(s.Top, 8)
	s.Width = max(s.Width, 40)
	return s
}

type printer struct {
	out *bufio.Writer
	Summary
	r *Report
}

// columns measures as terminals show Chinese: two columns a character. It does
// not depend on the locale.
func columns() *runewidth.Condition { return &runewidth.Condition{StrictEmojiNeutral: true} }

// oneLine is s without line breaks and control characters, cut to width.
func oneLine(s string, width int) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7F || r == '\u2028' }), " ")
	return columns().Truncate(s, max(width, 1), "…")
}

func (p *printer) line(format string, args ...any) { fmt.Fprintf(p.out, format+"\n", args...) }

// strong is s in bold, where colour codes are wanted.
func (p *printer) strong(s string) string {
	if !p.Colour {
		return s
	}
	return "\x1b[1m" + s + "\x1b[0m"
}

func (p *printer) head() {
	c := p.r.counts()
	p.line("%s", p.strong(fmt.Sprintf("单位 %d 家，文件 %d 份，指标 %d 项，问题 %d 条。", c.Units, c.Documents, c.Indicators, c.Findings)))
	if p.r.Run.Basis != "" {
		p.line("指标：%s，%d 项。", p.r.Run.Basis, c.Indicators)
	}
	rest := ""
	if c.Shelf > 0 {
		rest = fmt.Sprintf("；另有参照材料 %d 份", c.Shelf)
	}
	p.line("已读 %d 份，部分未读 %d 份，读不出 %d 份，未作为材料 %d 份%s。", c.Read, c.Partial, c.Unreadable, c.Skipped, rest)
	if s := p.r.RoundSummary(); s != "" {
		p.line("%s", s)
	}
}

// units prints the verdicts of each unit, the most gaps first.
func (p *printer) units() {
	if len(p.r.Units) == 0 {
		return
	}
	m := p.r.matrix()
	whole := p.r.wholeFindings()
	tallies := make(map[string]tally, len(p.r.Units))
	var all tally
	name := len("单位") / 3 * 2
	for _, u := range p.r.Units {
		t := m.unit(u.Name)
		tallies[u.Name] = t
		all.plus(t)
		name = max(name, columns().StringWidth(u.Name))
	}
	name = min(name, p.Width/3)
	list := sorted(p.r.Units, func(a, b Unit) int { return cmp.Compare(tallies[b.Name].gaps, tallies[a.Name].gaps) })

	p.line("")
	head := make([]string, 0, len(verdicts)+2)
	for _, v := range verdicts {
		head = append(head, short(v.status))
	}
	p.row(name, "单位", append(head, "差距", "文件问题"), "")
	files, unread := p.r.files()
	rest := 0
	for i, u := range list {
		if i >= p.Units {
			rest++
			continue
		}
		p.row(name, u.Name, cells(tallies[u.Name], whole[u.Name]), mark(u, files[u.Name], unread[u.Name]))
	}
	if rest > 0 {
		p.line("……另有 %d 家，见差距清单", rest)
	}
	n := 0
	for _, of := range whole {
		n += of
	}
	p.row(name, "合计", cells(all, n), "")
}

// short is a status in at most three characters.
func short(s rules.Status) string {
	if s == rules.OnlyPromised {
		return "打算"
	}
	return string(s)
}

func cells(t tally, whole int) []string {
	var list []string
	for _, n := range t.of {
		list = append(list, strconv.Itoa(n))
	}
	return append(list, strconv.Itoa(t.gaps), strconv.Itoa(whole))
}

func mark(u Unit, files, unread int) string {
	switch {
	case u.Missing:
		return "未报送"
	case unread > 0:
		return fmt.Sprintf("%d份中%d份未读全", files, unread)
	}
	return ""
}

func (p *printer) row(name int, first string, cells []string, last string) {
	c := columns()
	var b strings.Builder
	b.WriteString(c.FillRight(oneLine(first, name), name))
	for _, s := range cells {
		b.WriteString(c.FillLeft(s, max(6, c.StringWidth(s)+2)))
	}
	if last != "" {
		b.WriteString("  " + last)
	}
	p.line("%s", b.String())
}

// notRead prints all that was not judged; the list of what was not read is
// never cut.
func (p *printer) notRead() {
	var missing []string
	for _, u := range p.r.Units {
		if u.Missing {
			missing = append(missing, u.Name)
		}
	}
	if len(missing) > 0 {
		p.line("\n%s%s", p.strong(fmt.Sprintf("未报送（%d 家，适用的指标均未判）：", len(missing))), strings.Join(missing, "、"))
	}
	title := false
	for _, d := range p.r.Documents {
		if d.Status != Partial && d.Status != Unreadable {
			continue
		}
		if !title {
			p.line("\n%s", p.strong("没有读出、未作判断的（不等于缺项）："))
			title = true
		}
		p.line("  %s  %s", oneLine(d.ID, p.Width), fileWords[d.Status])
		p.line("    %s", oneLine(d.Reason, 4*p.Width))
	}
	for _, s := range p.Office {
		p.line("  %s", s)
	}
	p.skipped()
}

// skipped prints the files that are no submissions, as far as they fit; all of
// them stand in the workbook.
func (p *printer) skipped() {
	const most = 20
	for i, x := range p.r.Skipped {
		switch {
		case i == 0:
			p.line("\n%s", p.strong("没有作为报送材料的："))
		case i == most:
			p.line("  ……另有 %d 个，见差距清单“文件”表", len(p.r.Skipped)-most)
			return
		}
		p.line("  %s：%s", oneLine(x.Path, p.Width), oneLine(x.Reason, 2*p.Width))
	}
}

// top prints the gravest findings, of as many units and on as many things as
// there are.
func (p *printer) top() {
	rank := map[rules.Severity]int{rules.High: -3, rules.Medium: -2, rules.Low: -1}
	seen := map[string]int{}
	type ranked struct {
		rules.Finding
		nth int // how many of its severity stand before it, of its unit or on the same thing
	}
	var list []ranked
	for _, f := range p.r.Findings {
		if p.r.Decisions[f.ID].settled() {
			continue
		}
		who, what := string(f.Severity)+"\n"+f.Unit, string(f.Severity)+"\n"+f.Indicator+"\n"+f.Check
		list = append(list, ranked{f, seen[who] + seen[what]})
		seen[who]++
		seen[what]++
	}
	if len(list) == 0 {
		return
	}
	list = sorted(list, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(rank[a.Severity], rank[b.Severity]), cmp.Compare(a.nth, b.nth))
	})
	p.line("\n%s", p.strong(fmt.Sprintf("先看这几条（共 %d 条，全部见差距清单）：", len(list))))
	for i, f := range list[:min(p.Top, len(list))] {
		p.finding(i+1, f.Finding)
	}
}

func (p *printer) finding(n int, f rules.Finding) {
	what := f.Unit
	if f.No != "" || f.Title != "" {
		what += "｜" + strings.TrimSpace(f.No+" "+f.Title)
	}
	p.line("%2d. [%s] %s", n, f.Severity, oneLine(what+"｜"+f.Check, p.Width-9))
	p.line("    %s", oneLine(f.Message+measured(f), p.Width-4))
	if f.Evidence == nil {
		return
	}
	at := f.Evidence.Doc
	if f.Evidence.Place.Paragraph > 0 {
		at += " " + f.Evidence.Place.String()
	}
	p.line("    %s", oneLine(at+"：“"+f.Evidence.Quote+"”", p.Width-4))
}

func (p *printer) files() {
	if len(p.Files) == 0 {
		return
	}
	p.line("\n%s", p.strong("已写出："))
	for _, f := range p.Files {
		p.line("  %s", f.Path)
		if f.Kept != "" {
			p.line("    （%s %s，没有覆盖，本次另存）", f.Kept, f.Why)
		}
	}
}

func (p *printer) next() {
	if len(p.Next) == 0 {
		return
	}
	p.line("\n%s", p.strong("接着可以："))
	for _, c := range p.Next {
		p.line("  %s", c)
	}
}
