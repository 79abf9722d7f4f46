package rules

import (
	"fmt"
	"slices"

	"duibiao/corpus"
)

// reused measures how much of a paper's body is shared with sources of one
// kind, formulae not counted, and shows it from the threshold of the rules on.
func reused(name string) func(*Case) []Finding {
	relations := map[string][]corpus.Relation{
		"上年沿用": {corpus.FromPrevious}, "照抄上级": {corpus.FromSuperior},
		"同级雷同": {corpus.FromPeer, corpus.FromCommon}, "范文": {corpus.FromTemplate},
	}[name]
	return func(c *Case) []Finding {
		l := c.Set.Limits
		limit := map[string]float64{"上年沿用": l.Previous, "照抄上级": l.Superior, "同级雷同": l.Peer, "范文": l.Template}[name]
		if limit == 0 {
			return nil
		}
		return c.eachFile(func(f *File) []Finding {
			share, informative, longest := reuseShare(f, relations)
			if longest == nil || share < limit || informative < l.Runes {
				return nil
			}
			source := c.source(longest)
			return []Finding{{Doc: f.ID, Severity: High, Evidence: spanEvidence(f, longest.Span), Source: source,
				Message: fmt.Sprintf("疑似%s：正文有%s与《%s》等相同（通用套话不计），%s。", name, percent(share), c.sourceName(longest.Source), relationWords(longest.Relation)),
				Value:   percent(share), Threshold: "≥" + percent(limit), Ask: "请对照两份材料，把相同的部分改写成本单位今年的实际情况。"}}
		})
	}
}

// reuseShare is the share of the body that some reuse of these relations
// covers, the informative runes in it, and the longest such passage.
func reuseShare(f *File, relations []corpus.Relation) (share float64, informative int, longest *corpus.Reuse) {
	var mine []corpus.Reuse
	for i := range f.Reuse {
		r := &f.Reuse[i]
		if !slices.Contains(relations, r.Relation) {
			continue
		}
		mine = append(mine, *r)
		informative += r.Informative
		if longest == nil || r.Span.Len() > longest.Span.Len() {
			longest = r
		}
	}
	body, shared := 0, 0.0
	for _, p := range f.Passages {
		if p.Zone == corpus.Content || p.Zone == corpus.Table || p.Zone == corpus.Frame {
			body += p.Span.Len()
			shared += coverage(mine, p.Span) * float64(p.Span.Len())
		}
	}
	if body == 0 {
		return 0, informative, longest
	}
	return shared / float64(body), informative, longest
}

func percent(f float64) string { return fmt.Sprintf("%.1f%%", 100*f) }

// spanEvidence quotes a span of a file.
func spanEvidence(f *File, s corpus.Span) *Evidence {
	if s.Start < 0 || s.End > f.Doc.Len() || s.Start > s.End {
		return nil
	}
	e := &Evidence{Doc: f.ID, Span: s, Quote: f.Doc.Text(s), Place: f.Doc.Locate(s)}
	for i := range f.Passages {
		if f.Passages[i].Span.Overlap(s) > 0 {
			e.Section = f.Passages[i].Section()
			break
		}
	}
	return e
}
