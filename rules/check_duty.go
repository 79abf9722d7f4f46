package rules

import (
	"fmt"
	"slices"
	"strings"

	"duibiao/corpus"
)

// units that draft for their government, and may write of its duties
var forGovernment = words(`司法 发展和改革 发展改革 发改 政府办公室 依法治`)

// misplacedDuties: a unit promises or claims what only others can do.
func misplacedDuties(c *Case) []Finding {
	kind := unitKind(c.Unit)
	name := foldRunes(c.Unit.Name)
	if kind == "" || forGovernment.in(name, 0, len(name)) >= 0 {
		return nil
	}
	words := c.Set.words()
	claims, others := words.claims, words.others
	return c.eachFile(func(f *File) []Finding {
		whole := foldRunes(f.Doc.String())
		var out []Finding
		for i, d := range c.Set.Duties {
			if slices.Contains(d.Kinds, kind) || !claims[i].in(whole) {
				continue
			}
			eachSentence(f, func(ps *corpus.Passage, s corpus.Sentence) bool {
				if ps.Zone != corpus.Content && ps.Zone != corpus.Table {
					return true
				}
				if raw := foldRunes(s.Text); !claimed(&claims[i], raw) || others[i].in(withoutAsking(&claims[i], foldRunes(scoringText(s.Text)))) {
					return true
				}
				note := strings.TrimRight(d.Note, "。") + c.unadapted(f, s)
				if i := slices.IndexFunc(out, func(f Finding) bool { return f.Evidence.Span == s.Span }); i >= 0 {
					out[i].Message = strings.TrimSuffix(out[i].Message, "。") + "；" + note + "。"
					return false
				}
				out = append(out, Finding{Doc: f.ID, Severity: Medium, Evidence: quote(f, ps, s), Value: c.Unit.Name + "（" + string(kind) + "）", Threshold: mayDo(d.Kinds),
					Message: fmt.Sprintf("疑似职责错位：%s。", note), Ask: "请改写成本单位职责以内的事，或写明是配合哪个单位。"})
				return false
			})
		}
		return out
	})
}

// claimed reports whether one of the words begins in t outside 《》.
func claimed(words *phrases, t []rune) bool {
	for i := range t {
		if words.at(t, i) && !within(t, i) {
			return true
		}
	}
	return false
}

var (
	asking = words(`提请 报请 争取`)
	// what is asked with these is leave for what was said before
	leave = words(`审定 批准 审议 同意 通过 研究 考虑 采纳 发布 印发 决定`)
)

// withoutAsking is t without the clauses after a claim that begin by asking
// others for something else: 把…纳入…规划,提请市财政安排经费.
func withoutAsking(claims *phrases, t []rune) []rune {
	at := 0
	for at < len(t) && !claims.at(t, at) {
		at++
	}
	_, end := clauseAt(t, at)
	out := slices.Clone(t[:end])
	for from := end + 1; from < len(t); {
		_, to := clauseAt(t, from)
		if asking.at(t, from) == 0 || leave.in(t, from, to) >= 0 {
			out = append(append(out, ','), t[from:to]...)
		}
		from = to + 1
	}
	return out
}

// unadapted adds that a sentence was taken over from a superior's paper as it
// stands there.
func (c *Case) unadapted(f *File, s corpus.Sentence) string {
	for _, r := range f.Reuse {
		if r.Relation == corpus.FromSuperior && r.Span.Overlap(s.Span)*2 >= s.Span.Len() {
			return "；这句话照搬了" + c.shortSource(r.Source) + "，没有改成本单位的事"
		}
	}
	return ""
}

// mayDo names the kinds of unit that can do a thing.
func mayDo(kinds []corpus.UnitKind) string {
	if len(kinds) == 0 {
		return "人大及其常委会"
	}
	out := make([]string, len(kinds))
	for i, k := range kinds {
		out[i] = string(k)
	}
	return strings.Join(out, "、")
}
