package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"duibiao/corpus"
)

// why is one sentence, in Chinese, that the unit could accept.
func (c *Case) why(st Status, ind *Indicator, best []weighed) string {
	first := best[0]
	switch st {
	case Met:
		if !c.report {
			return "方案对此项写明了由谁办、何时办或办成什么样。"
		}
		var quoted []string
		for _, f := range first.facts[:min(3, len(first.facts))] {
			quoted = append(quoted, "“"+inClause(first.line, f)+"”")
		}
		return fmt.Sprintf("材料写明了%s等可以核实的内容。", strings.Join(quoted, ""))
	case NotApplicable:
		return "材料如实说明本年度没有发生此类事项，或者本单位没有此项职责，请核对。"
	case Formulaic:
		if !c.report {
			_, missing := planParts(ind, best)
			return fmt.Sprintf("方案提到此项，但没有写明%s。", strings.Join(missing, "、"))
		}
		return "材料提到此项，但只有表态和做法，没有写出可以核实的数量、日期、文件、会议或具体事例。"
	case OnlyPromised:
		return "材料对此项只写了今后的打算，没有写已经做了什么。"
	case Copied:
		r := first.copied
		share := coverage(fromSource(first.line.file.Reuse, r.Source), first.line.span)
		return fmt.Sprintf("写到此项的文字都与《%s》大体相同（%s，摘录的这句有%s相同或相近），没有本单位自己的内容。", c.sourceName(r.Source), relationWords(r.Relation), percent(share))
	}
	return ""
}

// fromSource is the reuse of one source.
func fromSource(all []corpus.Reuse, id string) []corpus.Reuse {
	return slices.DeleteFunc(slices.Clone(all), func(r corpus.Reuse) bool { return r.Source != id })
}

func relationWords(r corpus.Relation) string {
	switch r {
	case corpus.FromSuperior:
		return "疑似沿用上级文件"
	case corpus.FromPeer:
		return "疑似与同级单位雷同"
	case corpus.FromPrevious:
		return "疑似沿用本单位往年材料"
	case corpus.FromTemplate:
		return "疑似套用范文"
	}
	return "两份材料同源，先后无法判定"
}

// sourceName is how people call a source: its unit and title, or its path.
func (c *Case) sourceName(id string) string {
	if c.Library != nil {
		if s, ok := c.Library.Lookup(id); ok && s != nil {
			if name := strings.TrimSpace(s.Title.Value); name != "" {
				return strings.Join(strings.Fields(name), "")
			}
		}
	}
	return id
}

// notes are told beside the status: 未达标 with both numbers, 率无基数, and
// what of a many-part item is not shown.
func (c *Case) notes(st Status, ind *Indicator, best []weighed) []string {
	var out []string
	add := func(s string) {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	for _, w := range best {
		for _, f := range w.line.facts {
			if f.Kind == Rate && f.Value >= 100 && !f.Counts && f.Why == "百分之百没有写基数" && st != OnlyPromised {
				add(fmt.Sprintf("率无基数：“%s”没有写出总数和完成数。", clauseText(w.line, f.Span)))
			}
		}
		if st == Met {
			for _, t := range c.Set.engine.asked[w.claim.item] {
				if n := shortfall(t, w); n != "" {
					add(n)
				}
			}
		}
	}
	if c.unread && st.Gap() {
		add(fmt.Sprintf("%s，其中可能写到此项，请对照原件核对。", c.unreadFiles()))
	}
	if first := best[0]; c.otherYear(first.line.file) {
		add(fmt.Sprintf("依据出自%s年度的材料，不是%d年度，请核对。", first.line.file.Year.Value, c.Year))
	}
	if best[0].claim.faint && best[0].claim.own == nil {
		add("句中没有此项的常用说法，是按行文相近或上文认出的，请核对。")
	}
	if st == Met && !c.report {
		if _, missing := planParts(ind, best); len(missing) > 0 {
			add("方案没有写明" + strings.Join(missing, "、") + "。")
		}
	}
	return out
}

func clauseText(l *line, s corpus.Span) string {
	from, to := clauseAt(l.folded.Runes, s.Start)
	return original(l, corpus.Span{Start: from, End: max(to, s.End)})
}

// shortfall tells that a stated value is below (or above) what the item asks.
func shortfall(t Threshold, w weighed) string {
	for _, f := range w.line.facts {
		if f.Unit != t.Unit || f.Span.Start >= w.line.planned || !f.Counts && f.Kind != Rate || !sameMeasure(t, w.line, f) {
			continue
		}
		if t.HasMin && f.Value < t.Min || t.HasMax && f.Value > t.Max {
			return fmt.Sprintf("未达标：材料写的是%s，要求%s。", original(w.line, f.Span), t)
		}
		return ""
	}
	return ""
}

// sameMeasure guards against comparing numbers of different things: a rate is
// compared only in a clause that names what the threshold names.
func sameMeasure(t Threshold, l *line, f Fact) bool {
	if t.Name == "" || t.Name == "比例" || t.Name == "数量" {
		return t.Unit != "%" || t.Name == ""
	}
	from, _ := clauseAt(l.folded.Runes, f.Span.Start)
	before := string(l.folded.Runes[from:f.Span.Start])
	return strings.Contains(before, string(foldRunes(t.Name)))
}

// gap is the finding of a row that belongs on the gap list.
func (c *Case) gap(r Row) (Finding, bool) {
	if !r.Status.Gap() {
		return Finding{}, false
	}
	f := Finding{Unit: r.Unit, Indicator: r.Indicator, No: r.No, Title: r.Title, Check: string(r.Status), Message: r.Why, Severity: Medium}
	if len(r.Evidence) > 0 {
		e := r.Evidence[0]
		f.Evidence, f.Doc = &e, e.Doc
	}
	switch r.Status {
	case Missing:
		f.Severity = High
		f.Ask = fmt.Sprintf("请补写“%s”做了什么；确实没有的，请注明没有及原因。", r.Title)
	case Formulaic:
		f.Ask = fmt.Sprintf("请就“%s”补充可以核实的内容：次数、件数、日期、文件名称文号、会议或具体事例。", r.Title)
	case OnlyPromised:
		f.Ask = fmt.Sprintf("请写明“%s”本年度已经做了什么；还没有做的，请说明原因。", r.Title)
	case Copied:
		f.Severity = High
		f.Ask = fmt.Sprintf("请核对两处文字相同的原因；属于套用的，请用本单位自己的情况重写“%s”这部分。", r.Title)
		f.Source = c.rowSource(r)
	}
	f.ID = findingID(f)
	return f, true
}

// rowSource is the other side of the copied sentence that a row shows first.
func (c *Case) rowSource(r Row) *Source {
	e := r.Evidence[0]
	for i := range c.Files {
		for k := range c.Files[i].Reuse {
			u := &c.Files[i].Reuse[k]
			if c.Files[i].ID == e.Doc && charged(u.Relation) && u.Span.Overlap(e.Span) > 0 {
				there := *u
				there.SourceSpan = opposite(u, e.Span)
				there.SourceSpan = c.sourceWords(&there, e.Quote)
				return c.source(&there)
			}
		}
	}
	return nil
}

// opposite is what stands in the source of r where s stands in the document:
// from the first to the last part that agrees, or all of it where r does not
// say which parts do.
func opposite(r *corpus.Reuse, s corpus.Span) corpus.Span {
	there := corpus.Span{Start: r.SourceSpan.End, End: r.SourceSpan.Start}
	for i, same := range r.Same {
		if same.Overlap(s) == 0 || i >= len(r.From) {
			continue
		}
		from := r.From[i]
		there.Start = min(there.Start, from.Start+min(max(0, s.Start-same.Start), from.Len()))
		there.End = max(there.End, from.End-min(max(0, same.End-s.End), from.Len()))
	}
	if there.Start >= there.End {
		return r.SourceSpan
	}
	return there
}

// source quotes the other side of a reuse, as far as the library has it.
func (c *Case) source(r *corpus.Reuse) *Source {
	out := &Source{Doc: r.Source, Span: r.SourceSpan}
	if c.Library == nil {
		return out
	}
	s, ok := c.Library.Lookup(r.Source)
	if !ok || s == nil {
		return out
	}
	out.Unit = s.Unit.Value
	if s.Doc != nil && r.SourceSpan.Start >= 0 && r.SourceSpan.Start <= r.SourceSpan.End && r.SourceSpan.End <= s.Doc.Len() {
		out.Quote, out.Place = s.Doc.Text(r.SourceSpan), s.Doc.Locate(r.SourceSpan)
	}
	return out
}

// findingID comes from what a finding is about, not from where it stands, so
// that a reviewer's decision outlives an edit of the file.
func findingID(f Finding) string {
	quote := ""
	if f.Evidence != nil {
		quote = corpus.Fold(f.Evidence.Quote).String()
	}
	key := strings.Join([]string{f.Unit, f.Indicator, f.Check, quote}, "\x00")
	if f.Indicator == "" && quote == "" {
		key += "\x00" + f.Doc + "\x00" + f.Message
	}
	sum := sha256.Sum256([]byte(key))
	return hex.EncodeToString(sum[:6])
}
