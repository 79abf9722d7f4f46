package rules

import (
	"strings"
	"unicode/utf8"

	"duibiao/corpus"
)

// Opinion is what JudgePassage says of one passage.
type Opinion struct {
	Status Status
	Facts  []Fact   // with runes of the passage's text; those that do not count say why
	Why    string   // one Chinese sentence
	Notes  []string // 未达标, 率无基数 …
	Score  float64
}

// JudgePassage judges one passage by itself. item is an indicator's id, or the
// wording of an item that the set need not hold; kind says what sort of paper
// the passage is from ("" = 年度报告). Without an item the question is only
// whether the passage says anything checkable: Met or Formulaic.
func (s *Set) JudgePassage(text, item string, kind corpus.Kind) (Opinion, error) {
	if item == "" {
		return substance(text, kind), nil
	}
	one, err := s.about(item)
	if err != nil {
		return Opinion{}, err
	}
	return one.judgeOnly(text, kind), nil
}

// about is a set of the one item.
func (s *Set) about(item string) (*Set, error) {
	one := &Set{Limits: s.Limits}
	if found := s.Find(item); found != nil {
		one.Indicators = []Indicator{*found}
	} else {
		ind := Indicator{ID: "wording", Title: item}
		ind.Topics, ind.Terms = derive(item, "", s.engine.segment)
		ind.Thresholds = thresholdsIn(item)
		one.Indicators = []Indicator{ind}
	}
	one.Indicators[0].Applies = nil
	return one, one.compile(s.engine.segment)
}

// judgeOnly judges a passage by the first indicator of the set.
func (s *Set) judgeOnly(text string, kind corpus.Kind) Opinion {
	f := asFile(text, kind)
	c := gather(Input{Unit: corpus.Unit{Name: "本单位"}, Set: s, Files: []File{f}})
	r := c.row(0)
	o := Opinion{Status: r.Status, Facts: passageFacts(text), Why: r.Why, Notes: r.Notes, Score: r.Score}
	folded := foldRunes(text)
	if r.Status == Missing && saysInapplicable.in(folded, 0, len(folded)) >= 0 {
		o.Status, o.Why = NotApplicable, "材料说明此项不适用于本单位，请核对。"
	}
	return o
}

var saysInapplicable = words(`本指标不适用 该指标不适用 此项不适用 本项不适用 该项不适用 不适用本指标 不适用此项 本指标不涉及 此项不涉及 本项不涉及 不涉及此项 不涉及本项 不涉及该项 没有相关材料 无此项职责 无相关职责`)

// asFile makes a passage look like a submission of one paragraph.
func asFile(text string, kind corpus.Kind) File {
	text = strings.ToValidUTF8(text, "\uFFFD")
	var b corpus.Builder
	b.Text(text)
	doc := b.End("passage/1", "")
	f := File{Submission: corpus.Submission{ID: "passage", Doc: doc, Kind: corpus.Taken{Value: string(kindOrReport(kind))}}}
	for i, p := range doc.Paragraphs {
		f.Passages = append(f.Passages, corpus.Passage{Span: p.Span, Text: doc.Text(p.Span), Zone: corpus.Content, Place: corpus.Location{Paragraph: i + 1}, Sentences: sentences(doc, p.Span)})
	}
	return f
}

// sentences splits a paragraph after 。！？；and their half-width forms.
func sentences(doc *corpus.Document, span corpus.Span) []corpus.Sentence {
	var out []corpus.Sentence
	from := span.Start
	at := span.Start
	put := func(to int) {
		s := corpus.Span{Start: from, End: to}
		if t := doc.Text(s); strings.TrimSpace(t) != "" {
			out = append(out, corpus.Sentence{Span: s, Text: t})
		}
		from = to
	}
	for _, r := range doc.Text(span) {
		at++
		if strings.ContainsRune("。！？；!?;", r) {
			put(at)
		}
	}
	if from < span.End {
		put(span.End)
	}
	return out
}

// passageFacts are the facts of a passage, sentence by sentence.
func passageFacts(text string) []Fact {
	var out []Fact
	at := 0
	for _, s := range splitText(text) {
		for _, f := range Facts(s) {
			f.Span.Start += at
			f.Span.End += at
			out = append(out, f)
		}
		at += utf8.RuneCountInString(s)
	}
	return out
}

func splitText(text string) []string {
	var out []string
	from := 0
	for i, r := range text {
		if strings.ContainsRune("。！？；!?;", r) {
			out = append(out, text[from:i+utf8.RuneLen(r)])
			from = i + utf8.RuneLen(r)
		}
	}
	return append(out, text[from:])
}

// substance tells whether a passage says anything checkable at all.
func substance(text string, kind corpus.Kind) Opinion {
	o := Opinion{Status: Formulaic, Facts: passageFacts(text), Why: "只有表态和做法，没有可以核实的内容。"}
	for _, f := range o.Facts {
		if f.Counts {
			o.Status, o.Why = Met, "写明了可以核实的内容。"
		}
	}
	return o
}
