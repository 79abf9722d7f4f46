package rules

import (
	"fmt"
	"slices"
	"strings"

	"duibiao/corpus"
)

// reuseCheck is one way of standing to a source, and how its finding speaks.
// The share is that of the paper's body, the same as its threshold's.
type reuseCheck struct {
	limit    func(Limits) float64
	severity Severity
	says     string // what is suspected
	after    string // what more can be said of the two papers
	ask      string
}

var reuseChecks = map[string]reuseCheck{
	"上年沿用": {func(l Limits) float64 { return l.Previous }, High, "疑似沿用往年材料", "", "请把相同的部分改写成本年度的实际情况。"},
	"照抄上级": {func(l Limits) float64 { return l.Superior }, High, "疑似沿用上级文件", "", "请把相同的部分改写成本单位自己的任务、责任人和时限。"},
	"同级雷同": {func(l Limits) float64 { return l.Peer }, High, "疑似同级雷同", "", "请对照两份材料，把相同的部分改写成本单位的实际情况，确属联合开展的请注明。"},
	"范文":   {func(l Limits) float64 { return l.Template }, High, "疑似套用范文", "", "请把相同的部分改写成本单位的实际情况。"},
	"同源":   {func(l Limits) float64 { return l.Peer }, Medium, "疑似同源", "，先后无法判定，可能出自同一份材料", "请说明这些文字的来源，并改写成本单位的实际情况。"},
}

// reused measures how much of a paper's body is shared with sources of one
// relation, and shows it from the threshold of the rules on.
func reused(name string) func(*Case) []Finding {
	check := reuseChecks[name]
	return func(c *Case) []Finding {
		limit := check.limit(c.Set.Limits)
		if limit == 0 {
			return nil
		}
		return c.eachFile(func(f *File) []Finding {
			if name == "上年沿用" && !isReport(f) && f.Kind.Value != string(corpus.Plan) {
				return nil // letters and notices repeat themselves by their nature
			}
			mine := c.reuseOf(f, name)
			share, informative := reuseShare(f, mine)
			if len(mine) == 0 || share < limit || informative < c.Set.Limits.Runes {
				return nil
			}
			main, others := mainSource(mine)
			shown := *main
			shown.Span = shownWords(f, main.Span)
			shown.SourceSpan = c.sourceWords(main, f.Doc.Text(shown.Span))
			return []Finding{{Doc: f.ID, Severity: check.severity, Evidence: spanEvidence(f, shown.Span), Source: c.source(&shown),
				Message: fmt.Sprintf("%s：正文的%s与%s%s相同或相近%s%s。", check.says, percent(share), c.shortSource(main.Source), others, check.after, c.ofWhich(main, name)),
				Value:   percent(share), Threshold: "≥" + percent(limit), Ask: check.ask}}
		})
	}
}

// ofWhich adds, for a pair of equals whose dates are too near, that nobody can
// tell which came first.
func (c *Case) ofWhich(r *corpus.Reuse, name string) string {
	if name == "同级雷同" && r.Relation == corpus.FromCommon {
		return "，先后无法判定"
	}
	return ""
}

// reuseOf is the reuse in a file that belongs to one check. Two papers of
// which nobody knows the first are 同级雷同 only between units of one kind;
// all else of that sort is 同源.
func (c *Case) reuseOf(f *File, name string) []corpus.Reuse {
	var out []corpus.Reuse
	for _, r := range f.Reuse {
		if c.checkOf(&r) == name {
			out = append(out, r)
		}
	}
	return out
}

func (c *Case) checkOf(r *corpus.Reuse) string {
	switch r.Relation {
	case corpus.FromPrevious:
		return "上年沿用"
	case corpus.FromSuperior:
		return "照抄上级"
	case corpus.FromTemplate:
		return "范文"
	case corpus.FromPeer:
		return "同级雷同"
	case corpus.FromCommon:
		if c.isPeer(r.Source) {
			return "同级雷同"
		}
		return "同源"
	}
	return ""
}

// isPeer reports whether a source was made by another unit of the own kind.
func (c *Case) isPeer(id string) bool {
	if c.Library == nil {
		return false
	}
	s, ok := c.Library.Lookup(id)
	if !ok || s == nil || s.Unit.Value == "" || s.Shelf == corpus.Template {
		return false
	}
	kind := unitKind(c.Unit)
	return kind != "" && unitKind(corpus.Unit{Name: s.Unit.Value, Kind: s.Type}) == kind
}

// reuseShare is the share of the body that some of the reuse covers, and the
// informative runes in it.
func reuseShare(f *File, mine []corpus.Reuse) (share float64, informative int) {
	for _, r := range mine {
		informative += r.Informative
	}
	body, shared := 0, 0.0
	for i := range f.Passages {
		p := &f.Passages[i]
		if p.Zone != corpus.Content && p.Zone != corpus.Table && p.Zone != corpus.Frame {
			continue
		}
		body += p.Span.Len()
		for _, s := range spansOf(p) {
			if alike(mine, s) || alike(mine, p.Span) {
				shared += coverage(mine, s) * float64(s.Len())
			}
		}
	}
	if body == 0 {
		return 0, informative
	}
	return shared / float64(body), informative
}

// spansOf are the sentences of a passage, or the whole of it where it has none.
func spansOf(p *corpus.Passage) []corpus.Span {
	if p.Zone == corpus.Table || len(p.Sentences) == 0 {
		return []corpus.Span{p.Span}
	}
	var out []corpus.Span
	for _, s := range p.Sentences {
		out = append(out, s.Span)
	}
	return out
}

// leastVerbatim is the share of a sentence that must stand word for word in the
// source: a sentence of the unit's own between two copied ones is not copied.
const leastVerbatim = 0.2

func alike(mine []corpus.Reuse, s corpus.Span) bool { return verbatim(mine, s) >= leastVerbatim }

// mainSource is the longest passage of the source with which most is shared,
// and "等N份材料" when there are more sources.
func mainSource(mine []corpus.Reuse) (longest *corpus.Reuse, others string) {
	runes := map[string]int{}
	for _, r := range mine {
		runes[r.Source] += r.Span.Len()
	}
	for i := range mine {
		r := &mine[i]
		more := longest == nil || runes[r.Source] > runes[longest.Source] || runes[r.Source] == runes[longest.Source] && r.Source < longest.Source
		if more || r.Source == longest.Source && r.Span.Len() > longest.Span.Len() {
			longest = r
		}
	}
	if len(runes) > 1 {
		others = fmt.Sprintf("等%d份材料", len(runes))
	}
	return longest, others
}

const (
	mostQuoted  = 120 // runes of a long span that are quoted
	leastQuoted = 20  // runes of a sentence that says something
)

// shownWords is the part of a long span that is quoted: its first sentence of
// body text with a checkable fact, else the first that says something.
func shownWords(f *File, span corpus.Span) corpus.Span {
	first := cutTo(f.Doc, span, mostQuoted)
	found := false
	for i := range f.Passages {
		ps := &f.Passages[i]
		if ps.Zone != corpus.Content && ps.Zone != corpus.Table || ps.Span.Overlap(span) == 0 {
			continue
		}
		for _, s := range ps.Sentences {
			t := foldRunes(s.Text)
			if span.Contains(s.Span) && alike(f.Reuse, s.Span) && len(t) >= leastQuoted && asFollows.in(t, 0, len(t)) < 0 {
				if len(Checkable(Facts(s.Text))) > 0 {
					return cutTo(f.Doc, s.Span, mostQuoted)
				}
				if !found {
					first, found = cutTo(f.Doc, s.Span, mostQuoted), true
				}
			}
		}
	}
	return first
}

// cutTo is the beginning of a span of doc, of at most n runes, up to a mark of
// punctuation where one stands in the latter half of them.
func cutTo(doc *corpus.Document, s corpus.Span, n int) corpus.Span {
	if s.Len() <= n {
		return s
	}
	cut := corpus.Span{Start: s.Start, End: s.Start + n}
	t := []rune(doc.Text(cut))
	for i := n; i > n/2; i-- {
		if strings.ContainsRune("。；，、！？;,!?\n", t[i-1]) {
			cut.End = s.Start + i
			break
		}
	}
	return cut
}

// sourceWords is the sentence of the source's side that is most like the one
// quoted.
func (c *Case) sourceWords(r *corpus.Reuse, quoted string) corpus.Span {
	if c.Library == nil {
		return r.SourceSpan
	}
	s, ok := c.Library.Lookup(r.Source)
	if !ok || s == nil || s.Doc == nil || r.SourceSpan.Start < 0 || r.SourceSpan.Start > r.SourceSpan.End || r.SourceSpan.End > s.Doc.Len() {
		return r.SourceSpan
	}
	pairs := pairsOf(quoted)
	best, most := cutTo(s.Doc, r.SourceSpan, mostQuoted), 0
	for _, p := range s.Doc.Paragraphs {
		if p.Span.Overlap(r.SourceSpan) == 0 {
			continue
		}
		for _, t := range sentences(s.Doc, p.Span) {
			n := 0
			for pair := range pairsOf(t.Text) {
				if pairs[pair] {
					n++
				}
			}
			if t.Span.Overlap(r.SourceSpan) > 0 && n > most {
				best, most = cutTo(s.Doc, t.Span, mostQuoted), n
			}
		}
	}
	return best
}

// pairsOf are the pairs of neighbouring runes in a folded text.
func pairsOf(text string) map[[2]rune]bool {
	t := foldRunes(text)
	out := make(map[[2]rune]bool, len(t))
	for i := 1; i < len(t); i++ {
		out[[2]rune{t[i-1], t[i]}] = true
	}
	return out
}

// shortSource names a source by its unit and its title, as short as both stay
// plain: 云河市民政局《2023年度法治政府建设情况报告》.
func (c *Case) shortSource(id string) string {
	title, unit := c.sourceName(id), ""
	if c.Library != nil {
		if s, ok := c.Library.Lookup(id); ok && s != nil {
			unit = s.Unit.Value
		}
	}
	if from := strings.Index(title, "《"); from >= 0 { // 关于印发《…》的通知
		if to := strings.LastIndex(title, "》"); to > from {
			title = title[from+len("《") : to]
		}
	}
	if title == id {
		title = fileName(id)
	}
	rest := strings.TrimPrefix(title, unit)
	rest = strings.TrimPrefix(rest, "关于")
	if unit != "" && len([]rune(rest)) >= 6 {
		title = rest
	}
	if r := []rune(title); len(r) > 40 {
		title = string(r[:40]) + "…"
	}
	if unit == c.Unit.Name {
		unit = "本单位"
	}
	return unit + "《" + title + "》"
}

func percent(f float64) string { return fmt.Sprintf("%.1f%%", 100*f) }

// spanEvidence quotes a span of a file.
func spanEvidence(f *File, s corpus.Span) *Evidence {
	if s.Start < 0 || s.End > f.Doc.Len() || s.Start >= s.End {
		return nil
	}
	e := &Evidence{Doc: f.ID, Span: s, Quote: f.Doc.Text(s), Place: f.Doc.Locate(s)}
	if i := slices.IndexFunc(f.Passages, func(p corpus.Passage) bool { return p.Span.Overlap(s) > 0 }); i >= 0 {
		e.Section = f.Passages[i].Section()
	}
	return e
}
