package rules

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"duibiao/corpus"
)

// profilesOf are the profiles for a file's kind.
func (c *Case) profilesOf(f *File) []Profile {
	var out []Profile
	for _, p := range c.Set.Profiles {
		if slices.Contains(p.Kinds, corpus.Kind(f.Kind.Value)) {
			out = append(out, p)
		}
	}
	return out
}

// profileWords are the parts of every profile, ready to be looked for.
func (s *Set) profileWords() map[string][]partWords {
	out := map[string][]partWords{}
	for _, p := range s.Profiles {
		for _, part := range p.Parts {
			out[p.ID] = append(out[p.ID], wordsOf(part))
		}
	}
	return out
}

// missingParts: a part counts as present under any heading, or when a sentence
// of the body says it. A paper of which a page could not be read is not asked.
func missingParts(c *Case) []Finding {
	profiles := c.Set.words().parts
	return c.eachFile(func(f *File) []Finding {
		if f.Doc.Partial() {
			return nil
		}
		var out []Finding
		for _, p := range c.profilesOf(f) {
			for _, part := range profiles[p.ID] {
				if !part.Required || c.partTold(f, &part) {
					continue
				}
				ask := fmt.Sprintf("请补写“%s”。", part.Name)
				if part.Note != "" {
					ask = fmt.Sprintf("请补写“%s”：%s", part.Name, part.Note)
				}
				if len(p.Basis) > 0 {
					ask += fmt.Sprintf("（依据：%s）", strings.Join(p.Basis, "；"))
				}
				out = append(out, Finding{Doc: f.ID, Severity: High, Value: "没有找到", Threshold: "应有" + part.Name, Ask: ask,
					Message: fmt.Sprintf("疑似缺少“%s”部分：没有这样的标题，正文也没有写到。", part.Name)})
			}
		}
		return out
	})
}

// partTold reports whether a paper has a part, or another of the unit's own of
// the same kind and year: a supplement need not repeat the report.
func (c *Case) partTold(f *File, part *partWords) bool {
	return slices.ContainsFunc(c.Files, func(other File) bool {
		same := other.Doc != nil && other.Kind.Value == f.Kind.Value && c.year(&other) == c.year(f)
		return same && partPresent(&other, part, c.year(f))
	})
}

func partPresent(f *File, part *partWords, year int) bool {
	found := false
	for i := range f.Passages {
		ps := &f.Passages[i]
		if ps.Zone != corpus.Content && ps.Zone != corpus.Table {
			continue
		}
		for _, h := range ps.Headings {
			if part.inHeading(foldRunes(h), year) {
				return true // a heading with a body under it
			}
		}
	}
	eachSentence(f, func(ps *corpus.Passage, s corpus.Sentence) bool {
		t := foldRunes(s.Text)
		if ps.Zone != corpus.Content && ps.Zone != corpus.Table && ps.Zone != corpus.Frame {
			found = ps.Zone == corpus.Letter && part.letter.in(t)
			return !found
		}
		if part.Past && zoneOf(ps.Headings, year) == planning {
			return true
		}
		found = part.letter.in(t) || part.inBody(ps, s, t, year) || part.Planned && ps.Zone != corpus.Frame && plannedFrom(t, year) < len(t)
		return !found
	})
	return found
}

// thinParts: a part that is there, under a heading or in its own words, with
// fewer checkable facts than its profile asks for.
func thinParts(c *Case) []Finding {
	profiles := c.Set.words().parts
	return c.eachFile(func(f *File) []Finding {
		var out []Finding
		for _, p := range c.profilesOf(f) {
			for _, part := range profiles[p.ID] {
				if part.Facts == 0 || !partPresent(f, &part, c.year(f)) {
					continue
				}
				if n, ev := c.partFacts(f, &part); n < part.Facts {
					out = append(out, Finding{Doc: f.ID, Severity: Low, Evidence: ev, Value: fmt.Sprintf("%d处", n), Threshold: fmt.Sprintf("≥%d处", part.Facts),
						Message: fmt.Sprintf("“%s”部分疑似没有可以核实的内容。", part.Name), Ask: fmt.Sprintf("请在“%s”部分写明具体的时间、会议、文件或做成的事。%s", part.Name, part.Note)})
				}
			}
		}
		return out
	})
}

// partFacts counts the checkable facts of a part, and quotes its first
// sentence.
func (c *Case) partFacts(f *File, part *partWords) (n int, first *Evidence) {
	year := c.year(f)
	eachSentence(f, func(ps *corpus.Passage, s corpus.Sentence) bool {
		if ps.Zone != corpus.Content && ps.Zone != corpus.Table {
			return true
		}
		under := slices.ContainsFunc(ps.Headings, func(h string) bool { return part.inHeading(foldRunes(h), year) })
		t := foldRunes(s.Text)
		if !under && !part.inBody(ps, s, t, year) {
			return true
		}
		if first == nil {
			first = quote(f, ps, s)
		}
		n += len(Checkable(c.factsIn(f, s, t)))
		return true
	})
	return n, first
}

// partWords are the words of a part, ready to be looked for.
type partWords struct {
	Part
	heading, body, opening, letter phrases
}

// wordsOf makes a part's words ready. A body word with "^" before it counts
// only where it opens a paragraph, after its number: a promise in the middle of
// another matter is no part of its own. One with "：" after it is
// an addressee, and may stand above the text.
func wordsOf(p Part) partWords {
	var body, opening, letter []string
	for _, w := range p.Body {
		if o, ok := strings.CutPrefix(w, "^"); ok {
			opening = append(opening, o)
		} else if strings.HasSuffix(w, "：") {
			letter = append(letter, w)
		} else {
			body = append(body, w)
		}
	}
	return partWords{Part: p, heading: phrasesOf(p.Heading, p.Not), body: phrasesOf(body, p.Not), opening: phrasesOf(opening, p.Not), letter: phrasesOf(letter, p.Not)}
}

// inHeading reports whether a heading names the part. A part with opening
// words is about the next year, and a heading with that year names it too.
func (p *partWords) inHeading(t []rune, year int) bool {
	return p.heading.in(t) || len(p.opening.by) > 0 && year > 0 && headYear(t) > year
}

// inBody reports whether a body sentence belongs to the part by its words.
func (p *partWords) inBody(ps *corpus.Passage, s corpus.Sentence, t []rune, year int) bool {
	if p.body.in(t) {
		return true
	}
	at := leadNumber(t)
	if len(p.opening.by) == 0 || s.Span.Start != ps.Span.Start || at >= len(t) {
		return false
	}
	return p.opening.at(t, at) || nextYearAt(t, at, year)
}

func indexRunes(t []rune, from, to int, w []rune) int {
	for i := from; i+len(w) <= to; i++ {
		if hasAt(t, i, w) {
			return i
		}
	}
	return -1
}

// tooLong counts as Word counts 字数: each Han character and each Chinese mark
// is one, and each run of Latin letters or digits.
func tooLong(c *Case) []Finding {
	return c.eachFile(func(f *File) []Finding {
		var out []Finding
		for _, p := range c.profilesOf(f) {
			if n := wordCount(f); p.MaxWords > 0 && n > p.MaxWords {
				out = append(out, Finding{Doc: f.ID, Severity: Medium, Message: fmt.Sprintf("正文%d字，超过%d字的规定（按Word的字数统计计数）。", n, p.MaxWords),
					Value: fmt.Sprintf("%d字", n), Threshold: fmt.Sprintf("≤%d字", p.MaxWords), Ask: fmt.Sprintf("请压缩到%d字以内。", p.MaxWords)})
			}
		}
		return out
	})
}

// wordCount counts a paper without its letterhead and signature.
func wordCount(f *File) int {
	n := 0
	for _, p := range f.Passages {
		if p.Zone != corpus.NotText && p.Zone != corpus.Letter && p.Zone != corpus.Signature {
			n += countWords(p.Text)
		}
	}
	return n
}

func countWords(text string) int {
	n, latin := 0, false
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			latin = false
		case r >= 0x2E80 || r >= 0x2010 && r <= 0x2026:
			n++
			latin = false
		default:
			if !latin {
				n++
			}
			latin = true
		}
	}
	return n
}

// tooLate holds the date of a report against the day by which it is due.
func tooLate(c *Case) []Finding {
	return c.eachFile(func(f *File) []Finding {
		year, date := c.year(f), f.Date.Value
		for _, p := range c.profilesOf(f) {
			limit := fmt.Sprintf("%d-%s", year+1, p.Due)
			if p.Due != "" && year > 0 && isoDate.MatchString(date) && date > limit && atoi(date[:4]) == year+1 && f.Date.From != "正文" {
				return []Finding{{Doc: f.ID, Severity: Low, Evidence: spanEvidence(f, f.Date.Span), Value: date, Threshold: "≤" + limit,
					Message: fmt.Sprintf("逾期报送：材料的日期是%s，晚于规定的%s。", date, limit), Ask: "请说明晚报的原因；日期写错的请更正。"}}
			}
		}
		return nil
	})
}
