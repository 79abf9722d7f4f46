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

// wrongGenre: a personal 述职述法, a speech or a piece of news handed in as the
// unit's report. One beside the unit's report is no fault.
func wrongGenre(c *Case) []Finding {
	hasReport := slices.ContainsFunc(c.Files, func(f File) bool {
		return f.Doc != nil && f.Kind.Value == string(corpus.Annual) && !personalTitle(&f) && f.selfTalk() < mostOnself && otherGenre(&f) == nil
	})
	if hasReport {
		return nil
	}
	return c.eachFile(func(f *File) []Finding {
		if found := otherGenre(f); found != nil {
			return []Finding{*found}
		}
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

// genres are other kinds of paper by the words with which a paragraph of
// theirs begins.
var genres = []struct {
	name   string
	begins lexicon
}{
	{"讲话稿", words(`同志们: 同志们, 同志们! 各位领导、同志们 各位同志: 各位领导,各位同志`)},
	{"新闻稿", words(`本报讯 本网讯 (记者 (通讯员 通讯员 记者从 日前,记者 近日,记者`)},
}

// otherGenre is the finding that an annual report is a speech or a piece of
// news, or nil.
func otherGenre(f *File) *Finding {
	if f.Kind.Value != string(corpus.Annual) {
		return nil
	}
	var out *Finding
	eachSentence(f, func(ps *corpus.Passage, s corpus.Sentence) bool {
		if ps.Zone != corpus.Content && ps.Zone != corpus.Frame && ps.Zone != corpus.Letter || s.Span.Start != ps.Span.Start {
			return true
		}
		t := foldRunes(s.Text)
		for _, g := range genres {
			if n := g.begins.at(t, 0); n > 0 {
				out = &Finding{Doc: f.ID, Severity: Medium, Evidence: quote(f, ps, s), Value: g.name, Threshold: "应为单位的报告",
					Message: fmt.Sprintf("疑似体裁错位：这里是%s的写法，不像单位的年度报告。", g.name), Ask: "请另报本单位的年度报告。"}
				return false
			}
		}
		return true
	})
	return out
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
