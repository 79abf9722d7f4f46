package rules

import (
	"testing"

	"duibiao/corpus"
)

func TestOppositeIsWhatStandsThere(t *testing.T) {
	r := &corpus.Reuse{
		Span: corpus.Span{Start: 100, End: 200}, SourceSpan: corpus.Span{Start: 10, End: 120},
		Same: []corpus.Span{{Start: 100, End: 130}, {Start: 140, End: 160}, {Start: 170, End: 200}},
		From: []corpus.Span{{Start: 10, End: 40}, {Start: 60, End: 80}, {Start: 90, End: 120}},
	}
	for _, c := range []struct{ s, want corpus.Span }{
		{corpus.Span{Start: 140, End: 160}, corpus.Span{Start: 60, End: 80}},
		{corpus.Span{Start: 110, End: 150}, corpus.Span{Start: 20, End: 70}},
		{corpus.Span{Start: 162, End: 168}, r.SourceSpan}, // nothing of it agrees word for word
	} {
		if got := opposite(r, c.s); got != c.want {
			t.Errorf("opposite(%v) = %v, want %v", c.s, got, c.want)
		}
	}
}
