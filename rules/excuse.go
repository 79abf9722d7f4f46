package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"duibiao/corpus"
)

// Exemption is what an office does not want raised. Each key that is not empty
// narrows it; Phrase and Section name text that is passed over, so that only a
// finding that rests on nothing else is let off.
type Exemption struct {
	Phrase  string `yaml:"phrase"`  // a sentence with these words is passed over
	Section string `yaml:"section"` // so is what stands under a heading with these words
	Unit    string `yaml:"unit"`    // the unit's name, or a part of it
	Item    string `yaml:"item"`    // an indicator's id, 序号 or title
	Check   string `yaml:"check"`   // a Status that is a gap, or a document-level check
	Reason  string `yaml:"reason"`
	Until   string `yaml:"until"` // the last day on which it holds, "2026-12-31"; "" for no end
	Where   string `yaml:"-" json:"-"`
}

// String names the exemption for people, by all that it says but its reason.
func (e Exemption) String() string {
	var parts []string
	for _, p := range []struct{ name, value string }{{"短语", e.Phrase}, {"部分", e.Section}, {"单位", e.Unit}, {"指标", e.Item}, {"问题", e.Check}} {
		if p.value != "" {
			parts = append(parts, p.name+"“"+p.value+"”")
		}
	}
	if e.Until != "" {
		parts = append(parts, "到"+e.Until)
	}
	return strings.Join(parts, "、")
}

// Fault is what is wrong with an exemption, one Chinese sentence, or "".
func (e Exemption) Fault() string {
	switch {
	case e.Phrase+e.Section+e.Unit+e.Item+e.Check == "":
		return "豁免要写明豁免什么：phrase、section、unit、item、check 至少一个"
	case e.Reason == "":
		return "豁免要写明理由：reason"
	case e.Phrase != "" && len(foldRunes(e.Phrase)) < 2 || e.Section != "" && len(foldRunes(e.Section)) < 2:
		return "豁免的 phrase、section 至少两个字"
	case e.Check != "" && !slices.Contains(exemptChecks(), Status(e.Check)):
		return fmt.Sprintf("豁免的 check 不能是 %q，可以是：%s", e.Check, join(exemptChecks()))
	case e.Until != "" && !isoDate.MatchString(e.Until):
		return "豁免的 until 应当写成 年-月-日，如 2026-12-31"
	}
	return ""
}

// exemptChecks are what a finding can be of.
func exemptChecks() []Status {
	names := []Status{Formulaic, OnlyPromised, Copied, Missing}
	for _, c := range Checks() {
		names = append(names, Status(c.Name))
	}
	return names
}

// exemptions reads an exempt list. Within an indicator's file the item is that
// indicator, and is not named.
func (r *reader) exemptions(to *[]Exemption, named bool) func(ast.Node) {
	return r.each(func(n ast.Node) {
		e := Exemption{Where: fmt.Sprintf("%s:%d", r.file, lineOf(n))}
		known := fields{"phrase": r.text(&e.Phrase), "section": r.text(&e.Section), "unit": r.text(&e.Unit),
			"check": r.oneOf(&e.Check, exemptChecks()), "reason": r.text(&e.Reason), "until": r.date(&e.Until)}
		if named {
			known["item"] = r.text(&e.Item)
		}
		before := len(r.errs)
		r.mapping(n, known, "reason")
		whole := e
		if !named {
			whole.Item = "本项"
		}
		if why := whole.Fault(); why != "" && len(r.errs) == before && !r.describes {
			r.fault(lineOf(n), "%s", why)
		}
		*to = append(*to, e)
	})
}

// Exempt adds a folder's own exemptions to those of the packs, and puts aside
// those whose last day is before today ("2026-01-31").
func (s *Set) Exempt(own []Exemption, today string) {
	all := slices.Concat(s.Exemptions, own)
	s.Exemptions = nil
	for _, e := range all {
		if e.Until != "" && e.Until < today {
			s.Expired = append(s.Expired, e)
		} else {
			s.Exemptions = append(s.Exemptions, e)
		}
	}
}

// Excused is a finding that is not raised, and the exemption that lets it off.
type Excused struct {
	Finding
	By     string // the Exemption, for people
	Reason string
}

// Excuse takes out of what Judge said of a unit the findings that the set's
// exemptions let off. Where an exemption names text, the unit is judged again
// without that text: a finding stays when the rest still shows it, and then
// quotes the rest. A row that is let off becomes 不适用 and says why.
func Excuse(in Input, rows []Row, findings []Finding) ([]Row, []Finding, []Excused) {
	x := excuser{in: in, again: map[string]judged{}, known: map[string]bool{}}
	for _, e := range in.Set.Exemptions {
		if strings.Contains(in.Unit.Name, e.Unit) && (!e.text() || x.stands(e)) {
			x.mine = append(x.mine, e)
		}
	}
	if len(x.mine) == 0 {
		return rows, findings, nil
	}
	for _, f := range findings {
		x.known[f.ID] = true
	}
	x.rows = slices.Clone(rows)
	for _, f := range findings {
		x.hold(f)
	}
	return x.rows, x.kept, x.let
}

type excuser struct {
	in    Input
	mine  []Exemption
	again map[string]judged // by the exemptions whose text was left out
	known map[string]bool   // ids of the findings that stand
	rows  []Row
	kept  []Finding
	let   []Excused
}

// judged is what Judge says.
type judged struct {
	rows     []Row
	findings []Finding
}

// text reports whether e names text to pass over.
func (e Exemption) text() bool { return e.Phrase != "" || e.Section != "" }

// stands reports whether the unit's papers have text that e passes over.
func (x *excuser) stands(e Exemption) bool {
	return slices.ContainsFunc(x.in.Files, func(f File) bool { return len(f.without([]Exemption{e}).gone) > 0 })
}

// hold puts one finding among those that stand or those let off.
func (x *excuser) hold(f Finding) {
	var text []Exemption // whose text f may rest on
	for _, e := range x.mine {
		switch {
		case !e.of(f):
		case !e.text():
			x.letOff(f, e)
			return
		case f.Check != string(Missing): // which rests on no text
			text = append(text, e)
		}
	}
	if len(text) == 0 {
		x.kept = append(x.kept, f)
		return
	}
	again := x.without(text)
	rest := again.rest(f, x.known)
	if len(rest) == 0 {
		by := slices.IndexFunc(text, func(e Exemption) bool {
			return f.Evidence != nil && e.passes(f.Evidence.Quote, []string{f.Evidence.Section})
		})
		x.letOff(f, text[max(by, 0)])
		return
	}
	for _, r := range rest {
		x.known[r.ID] = true
	}
	x.kept = append(x.kept, rest...)
	if at := x.rowOf(f); at >= 0 {
		x.rows[at] = again.rows[at]
	}
}

// of reports whether e is about findings like f.
func (e Exemption) of(f Finding) bool {
	return (e.Check == "" || e.Check == f.Check) &&
		(e.Item == "" || f.Indicator != "" && (e.Item == f.Indicator || e.Item == f.No || e.Item == f.Title))
}

// passes reports whether e passes over a sentence under these headings.
func (e Exemption) passes(sentence string, headings []string) bool {
	if e.Phrase != "" && !saysWords(e.Phrase, sentence) {
		return false
	}
	return e.Section == "" || slices.ContainsFunc(headings, func(h string) bool { return saysWords(e.Section, h) })
}

// saysWords reports whether words stand in a text, however they are spaced.
func saysWords(words, text string) bool {
	return strings.Contains(corpus.Fold(text).String(), corpus.Fold(words).String())
}

func (x *excuser) rowOf(f Finding) int {
	if f.Indicator == "" {
		return -1
	}
	return slices.IndexFunc(x.rows, func(r Row) bool { return r.Indicator == f.Indicator })
}

func (x *excuser) letOff(f Finding, e Exemption) {
	x.let = append(x.let, Excused{Finding: f, By: e.String(), Reason: e.Reason})
	if at := x.rowOf(f); at >= 0 {
		r := &x.rows[at]
		r.Status, r.Why = NotApplicable, fmt.Sprintf("程序判为%s，按豁免不提出（%s）：%s。", r.Status, e, strings.TrimRight(e.Reason, "。"))
	}
}

// rest is what is left of f when it is judged again.
func (j judged) rest(f Finding, known map[string]bool) (rest []Finding) {
	for _, g := range j.findings {
		switch {
		case g.Indicator != f.Indicator:
		case g.Indicator != "":
			if g.Check != string(Missing) {
				return []Finding{g}
			}
		case g.Check != f.Check || g.Doc != f.Doc:
		case g.ID == f.ID:
			return []Finding{g}
		case !known[g.ID]:
			rest = append(rest, g)
		}
	}
	return rest
}

// without judges the unit again, without the text that the exemptions pass
// over.
func (x *excuser) without(text []Exemption) judged {
	key := ""
	for _, e := range text {
		key += e.String() + "\n"
	}
	if j, ok := x.again[key]; ok {
		return j
	}
	in := x.in
	in.Files = nil
	for _, f := range x.in.Files {
		in.Files = append(in.Files, f.without(text).File)
	}
	var j judged
	j.rows, j.findings = Judge(in)
	x.again[key] = j
	return j
}

// thinned is a file without some of its sentences.
type thinned struct {
	File
	gone []corpus.Span // the sentences that are left out
}

// without is f without the sentences that the exemptions pass over, and
// without reuse that lies in them alone.
func (f File) without(text []Exemption) thinned {
	t := thinned{File: f}
	t.Passages = nil
	for _, p := range f.Passages {
		all := p.Sentences
		if len(all) == 0 {
			all = []corpus.Sentence{{Span: p.Span, Text: p.Text}}
		}
		var stay []corpus.Sentence
		for _, s := range all {
			if slices.ContainsFunc(text, func(e Exemption) bool { return e.passes(s.Text, p.Headings) }) {
				t.gone = append(t.gone, s.Span)
			} else {
				stay = append(stay, s)
			}
		}
		if len(stay) < len(all) {
			p.Sentences = stay
		}
		if len(stay) > 0 {
			t.Passages = append(t.Passages, p)
		}
	}
	t.Reuse = slices.DeleteFunc(slices.Clone(f.Reuse), func(r corpus.Reuse) bool {
		covered := 0
		for _, s := range t.gone {
			covered += s.Overlap(r.Span)
		}
		return covered >= r.Span.Len()
	})
	return t
}
