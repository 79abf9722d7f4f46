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

// Facts of another year's paper still count, after those of the year under
// review, and the row says so.
func TestAnotherYearIsTold(t *testing.T) {
	set := smallSet(t)
	files := []File{
		paper("a.txt", corpus.Annual, "2022", "党组会前学法9次，6月2日学习《中华人民共和国档案法》。"),
		paper("b.txt", corpus.Annual, "2023", "党组会前学法2次。"),
	}
	row := func(files ...File) Row {
		rows, _ := Judge(Input{Unit: corpus.Unit{Name: "云河市水务局"}, Set: set, Files: files, Year: 2023})
		return rows[5]
	}
	if r := row(files...); r.Status != Met || r.Evidence[0].Doc != "b.txt" || len(r.Notes) > 1 {
		t.Errorf("with both years: %s by %v, notes %v", r.Status, r.Evidence, r.Notes)
	}
	if r := row(files[0]); r.Status != Met || len(r.Notes) == 0 || r.Notes[0] != "依据出自2022年度的材料，不是2023年度，请核对。" {
		t.Errorf("with another year alone: %s, notes %v", r.Status, r.Notes)
	}
}
