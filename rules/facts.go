package rules

import (
	"slices"

	"duibiao/corpus"
)

// FactKind says what sort of checkable thing a Fact is.
type FactKind string

// The kinds of fact.
const (
	Count         FactKind = "数量"
	Rate          FactKind = "比例"
	Money         FactKind = "金额"
	Duration      FactKind = "时长"
	Day           FactKind = "日期"
	Deadline      FactKind = "时限"
	OwnPaper      FactKind = "自有文件"
	PaperNo       FactKind = "文号"
	Meeting       FactKind = "会议"
	Named         FactKind = "具名"
	Award         FactKind = "荣誉"
	Change        FactKind = "前后对比"
	Act           FactKind = "具体行为"
	NonOccurrence FactKind = "没有发生"
)

// Fact is something in a text that can be checked, or that looks so: Counts
// tells which, and Why says in Chinese why it does not.
type Fact struct {
	Kind   FactKind
	Span   corpus.Span // runes of the text it was found in
	Text   string
	Counts bool
	Why    string
	Value  float64 // of a number; 0 otherwise
	Unit   string  // the classifier after it, or "%"
}

// Facts finds the facts of one sentence, in order.
func Facts(sentence string) []Fact {
	f := corpus.Fold(sentence)
	found := scanFacts(f.Runes)
	original := []rune(sentence)
	for i := range found {
		found[i].Span = f.Back(found[i].Span.Start, found[i].Span.End)
		found[i].Text = string(original[found[i].Span.Start:found[i].Span.End])
	}
	return found
}

// factScan walks one folded sentence. quoted marks what stands inside 《》,
// where figures are part of a title.
type factScan struct {
	text    []rune
	quoted  []bool
	strange []bool
	found   []Fact
}

// scanFacts finds the facts of a folded sentence; spans count its runes.
func scanFacts(text []rune) []Fact {
	s := &factScan{text: text, quoted: make([]bool, len(text)), strange: vocabulary().strange(text)}
	depth := 0
	for i, r := range text {
		if r == '》' {
			depth = max(0, depth-1)
		}
		s.quoted[i] = depth > 0
		if r == '《' {
			depth++
		}
	}
	s.numbers()
	s.papers()
	s.meetings()
	s.names()
	s.awards()
	s.nonOccurrence()
	s.acts()
	s.strikes()
	slices.SortStableFunc(s.found, func(a, b Fact) int { return a.Span.Start - b.Span.Start })
	s.rates()
	return s.found
}

func (s *factScan) add(kind FactKind, from, to int, counts bool, why string) *Fact {
	s.found = append(s.found, Fact{Kind: kind, Span: corpus.Span{Start: from, End: min(to, len(s.text))}, Text: string(s.text[from:min(to, len(s.text))]), Counts: counts, Why: why})
	return &s.found[len(s.found)-1]
}

// atLeast after a rate makes it a claim that no count can be held against.
var atLeast = words(`以上 左右`)

// ratio reports whether the figure at i is that of a named rate: 满意率达98%.
func (s *factScan) ratio(i int) bool {
	from, _ := clauseAt(s.text, i)
	return slices.Contains(s.text[from:i], '率') || slices.Contains(s.text[from:i], '度')
}

// rates settles which rates have a base: one count of people or things in the
// same sentence.
func (s *factScan) rates() {
	base := slices.ContainsFunc(s.found, func(f Fact) bool { return f.Kind == Count && f.Counts })
	for i := range s.found {
		f := &s.found[i]
		if f.Kind != Rate || !f.Counts || base {
			continue
		}
		switch {
		case f.Value >= 100:
			f.Counts, f.Why = false, "百分之百没有写基数"
		case atLeast.at(s.text, f.Span.End) > 0 && s.ratio(f.Span.Start):
			f.Counts, f.Why = false, "“多少以上”没有写基数"
		}
	}
}

// Checkable are the facts that count towards 达标: without what a rule says
// did not occur.
func Checkable(facts []Fact) []Fact {
	var out []Fact
	for _, f := range facts {
		if f.Counts && f.Kind != NonOccurrence {
			out = append(out, f)
		}
	}
	return out
}
