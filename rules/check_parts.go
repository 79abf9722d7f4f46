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

// missingParts: a part counts as present under any heading, or when a sentence
// of the body says it. A paper of which a page could not be read is not asked.
func missingParts(c *Case) []Finding {
	return c.eachFile(func(f *File) []Finding {
		if f.Doc.Partial() {
			return nil
		}
		var out []Finding
		for _, p := range c.profilesOf(f) {
			for _, part := range p.Parts {
				if !part.Required || partPresent(f, part, c.year(f)) {
					continue
				}
				ask := fmt.Sprintf("请补写“%s”。", part.Name)
				if part.Note != "" {
					ask = fmt.Sprintf("请补写“%s”：%s", part.Name, part.Note)
				}
				out = append(out, Finding{Doc: f.ID, Severity: High, Message: fmt.Sprintf("疑似缺少“%s”部分：没有这样的标题，正文也没有写到。", part.Name), Threshold: strings.Join(p.Basis, "；"), Ask: ask})
			}
		}
		return out
	})
}

func partPresent(f *File, part Part, year int) bool {
	found := false
	for i := range f.Passages {
		ps := &f.Passages[i]
		if ps.Zone != corpus.Content && ps.Zone != corpus.Table {
			continue
		}
		for _, h := range ps.Headings {
			if saysPart(foldRunes(h), part.Heading, part.Not) {
				return true // a heading with a body under it
			}
		}
	}
	eachSentence(f, func(ps *corpus.Passage, s corpus.Sentence) bool {
		if ps.Zone != corpus.Content && ps.Zone != corpus.Table && ps.Zone != corpus.Frame {
			return true
		}
		t := foldRunes(s.Text)
		found = saysPart(t, part.Body, part.Not) || part.Planned && ps.Zone != corpus.Frame && plannedFrom(t, year) < len(t)
		return !found
	})
	return found
}

// thinParts: a part that is there, under a heading or in its own words, with
// fewer checkable facts than its profile asks for.
func thinParts(c *Case) []Finding {
	return c.eachFile(func(f *File) []Finding {
		var out []Finding
		for _, p := range c.profilesOf(f) {
			for _, part := range p.Parts {
				if part.Facts == 0 || !partPresent(f, part, c.year(f)) {
					continue
				}
				if n, ev := partFacts(f, part); n < part.Facts {
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
func partFacts(f *File, part Part) (n int, first *Evidence) {
	eachSentence(f, func(ps *corpus.Passage, s corpus.Sentence) bool {
		if ps.Zone != corpus.Content && ps.Zone != corpus.Table {
			return true
		}
		under := slices.ContainsFunc(ps.Headings, func(h string) bool { return saysPart(foldRunes(h), part.Heading, part.Not) })
		if !under && !saysPart(foldRunes(s.Text), part.Body, part.Not) {
			return true
		}
		if first == nil {
			first = quote(f, ps, s)
		}
		n += len(Checkable(Facts(s.Text)))
		return true
	})
	return n, first
}

// saysPart reports whether a word stands in t outside the words that do not
// count. "…" in a word is a gap.
func saysPart(t []rune, list, not []string) bool {
	for _, w := range list {
		if gapMatch(t, w, not) {
			return true
		}
	}
	return false
}

func gapMatch(t []rune, w string, not []string) bool {
	parts := strings.Split(string(foldRunes(w)), "…")
	for i := range t {
		if !hasAt(t, i, []rune(parts[0])) || inside(t, i, not) {
			continue
		}
		at, ok := i+len([]rune(parts[0])), true
		for _, p := range parts[1:] {
			k := indexRunes(t, at, min(len(t), at+gapRunes+len([]rune(p))), []rune(p))
			if k < 0 {
				ok = false
				break
			}
			at = k + len([]rune(p))
		}
		if ok {
			return true
		}
	}
	return false
}

// inside reports whether place i stands inside one of the words.
func inside(t []rune, i int, list []string) bool {
	for _, w := range list {
		r := []rune(w)
		for k := max(0, i-len(r)+1); k <= i; k++ {
			if hasAt(t, k, r) {
				return true
			}
		}
	}
	return false
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

func wordCount(f *File) int {
	n := 0
	for _, p := range f.Doc.Paragraphs {
		if p.Role != corpus.Aside {
			n += countWords(f.Doc.Text(p.Span))
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
			if p.Due != "" && year > 0 && isoDate.MatchString(date) && date > limit {
				return []Finding{{Doc: f.ID, Severity: Low, Message: fmt.Sprintf("落款日期%s晚于规定的%s。", date, limit), Value: date, Threshold: "≤" + limit, Ask: "请说明晚报的原因。"}}
			}
		}
		return nil
	})
}
