package fulltext

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"duibiao/corpus"
)

// mark finds words, which are folded, in text, which starts at rune start of
// its document. The spans are the document's, in order, and do not touch.
func mark(text string, start int, words []string) []corpus.Span {
	f := corpus.Fold(text)
	folded := f.String()
	var spans []corpus.Span
	for _, w := range words {
		size := utf8.RuneCountInString(w)
		for at, rest := 0, folded; ; {
			i := strings.Index(rest, w)
			if i < 0 {
				break
			}
			at += utf8.RuneCountInString(rest[:i])
			s := f.Back(at, at+size)
			spans = append(spans, corpus.Span{Start: start + s.Start, End: start + s.End})
			at += size
			rest = rest[i+len(w):]
		}
	}
	return merge(spans)
}

// merge joins spans that overlap or touch.
func merge(spans []corpus.Span) []corpus.Span {
	slices.SortFunc(spans, func(a, b corpus.Span) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End))
	})
	var merged []corpus.Span
	for _, s := range spans {
		if n := len(merged); n > 0 && s.Start <= merged[n-1].End {
			merged[n-1].End = max(merged[n-1].End, s.End)
			continue
		}
		merged = append(merged, s)
	}
	return merged
}

const (
	snippetLength = 80 // runes
	snippetLead   = 20 // runes before the first match
)

// around is the part of passage to show for spans.
func around(passage corpus.Span, spans []corpus.Span) corpus.Span {
	if passage.Len() <= snippetLength {
		return passage
	}
	start := passage.Start
	if len(spans) > 0 {
		lead := snippetLead
		if spans[0].Len() > snippetLength-lead {
			lead = max(0, snippetLength-spans[0].Len())
		}
		start = max(start, spans[0].Start-lead)
	}
	start = min(start, passage.End-snippetLength)
	return corpus.Span{Start: start, End: start + snippetLength}
}
