package output

import (
	"strings"

	"duibiao/rules"
)

// excused prints what exemptions let off, by exemption, and the exemptions
// that let nothing off: silence must not be taken for praise.
func (p *printer) excused() {
	const most = 5 // findings shown for one exemption
	var order []string
	by := map[string][]rules.Excused{}
	for _, x := range p.r.Excused {
		if by[x.By] == nil {
			order = append(order, x.By)
		}
		by[x.By] = append(by[x.By], x)
	}
	if len(order) > 0 {
		p.line("\n%s", p.strong("按豁免没有提出的："))
	}
	for _, name := range order {
		list := by[name]
		p.line("  %s：%d 条。理由：%s", name, len(list), strings.TrimRight(list[0].Reason, "。"))
		for _, x := range list[:min(most, len(list))] {
			p.line("    %s", oneLine(x.Unit+"｜"+whatOf(x.Finding)+"｜"+x.Check, p.Width-4))
		}
		if len(list) > most {
			p.line("    ……另有 %d 条", len(list)-most)
		}
	}
	if len(p.r.Idle) > 0 {
		p.line("\n%s", p.strong("没有用上的豁免（可以删去）："))
		for _, s := range p.r.Idle {
			p.line("  %s", oneLine(s, 2*p.Width))
		}
	}
}

// whatOf is the indicator of a finding, or the paper that it is about.
func whatOf(f rules.Finding) string {
	if f.Indicator == "" {
		return f.Doc
	}
	return strings.TrimSpace(f.No + " " + f.Title)
}
