package rules

import (
	"fmt"
	"slices"

	"duibiao/corpus"
)

var (
	personal = words(`述职述法 述法报告 述职报告 述法述职 述责述廉 个人述法 述学述职 述学述职述廉述法 年度述法`)
	// a person who speaks of himself at the beginning of a clause
	oneself    = words(`本人 我作为 我始终 我坚持 我主持 我带头 我亲自 我个人 作为党组书记 作为局长 作为镇长 作为主要负责人,我`)
	mostOnself = 3 // so many such clauses make a personal paper
)

// wrongGenre: a personal 述职述法 handed in as the unit's report. One beside
// the unit's report is no fault.
func wrongGenre(c *Case) []Finding {
	hasReport := slices.ContainsFunc(c.Files, func(f File) bool {
		return f.Doc != nil && f.Kind.Value == string(corpus.Annual) && !personalTitle(&f) && f.selfTalk() < mostOnself
	})
	if hasReport {
		return nil
	}
	return c.eachFile(func(f *File) []Finding {
		n := f.selfTalk()
		titled := personalTitle(f)
		if isPlan(f) || !titled && (f.Kind.Value != string(corpus.Annual) || n < mostOnself) {
			return nil
		}
		ev := firstSelfTalk(f)
		if titled && f.Title.Span.Len() > 0 {
			ev = spanEvidence(f, f.Title.Span)
		}
		return []Finding{{Doc: f.ID, Severity: Medium, Evidence: ev, Value: fmt.Sprintf("个人自述%d处", n), Threshold: "应为单位的报告",
			Message: "疑似体裁错位：交来的像是个人的述职述法，不是单位的年度报告。", Ask: "请另报本单位的年度报告；个人述法可以作为附件。"}}
	})
}

func personalTitle(f *File) bool {
	t := foldRunes(f.Title.Value)
	return personal.in(t, 0, len(t)) >= 0
}

// selfTalk counts the clauses in which a person speaks of himself.
func (f *File) selfTalk() int {
	n := 0
	f.eachSelfTalk(func(*corpus.Passage, corpus.Sentence) bool { n++; return true })
	return n
}

func firstSelfTalk(f *File) *Evidence {
	var ev *Evidence
	f.eachSelfTalk(func(ps *corpus.Passage, s corpus.Sentence) bool { ev = quote(f, ps, s); return false })
	return ev
}

func (f *File) eachSelfTalk(do func(*corpus.Passage, corpus.Sentence) bool) {
	eachSentence(f, func(ps *corpus.Passage, s corpus.Sentence) bool {
		if ps.Zone != corpus.Content && ps.Zone != corpus.Frame {
			return true
		}
		t := foldRunes(s.Text)
		for i := range t {
			if (i == 0 || clauseEnd(t[i-1])) && oneself.at(t, i) > 0 && !within(t, i) {
				return do(ps, s)
			}
		}
		return true
	})
}
