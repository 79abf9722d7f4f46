package fulltext

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duibiao/corpus"
)

func TestParseQuery(t *testing.T) {
	words := func(w ...string) Query { return Query{Words: w} }
	for _, c := range []struct {
		typed string
		want  Query
	}{
		{"行政执法", words("行政执法")},
		{"  行政执法　公示 \n", words("行政执法", "公示")},
		{`"依法 行政" 公示`, words("依法 行政", "公示")},
		{"“依法 行政”公示", words("依法 行政", "公示")},
		{"＂依法 行政＂", words("依法 行政")},
		{`"依法 行政`, words("依法 行政")},
		{`坚持“三治”融合`, words("坚持“三治”融合")},
		{`""`, Query{}},
		{"“” 公示", words("公示")},
		{"单位:云山县", Query{Filters: []Filter{{ByUnit, "云山县"}}}},
		{"单位：云山县 公示", Query{Words: []string{"公示"}, Filters: []Filter{{ByUnit, "云山县"}}}},
		{"单位: 云山县", Query{Filters: []Filter{{ByUnit, "云山县"}}}},
		{`单位:"云山 县" 单位:“平江县”公示`, Query{Words: []string{"公示"}, Filters: []Filter{{ByUnit, "云山 县"}, {ByUnit, "平江县"}}}},
		{"年份:2024年 年份：２０２３年度 指标:2.1 类型:年度报告", Query{Filters: []Filter{{ByYear, "2024"}, {ByYear, "２０２３"}, {ByIndicator, "2.1"}, {ByKind, "年度报告"}}}},
		{"单位:", words("单位:")},
		{`单位:""`, words(`单位:""`)},
		{"责任单位:司法局", words("责任单位:司法局")},
		{"依据:条例 a:b", words("依据:条例", "a:b")},
		{`+法 -治 法* 法~2 (法 AND \治) [1 TO 2] ^`, words("+法", "-治", "法*", "法~2", "(法", "AND", `\治)`, "[1", "TO", "2]", "^")},
		{"\u200b", Query{}},
		{"法\xff", words("法\xff")},
		{"", Query{}},
	} {
		got, err := ParseQuery(c.typed)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("ParseQuery(%q): -want +got\n%s", c.typed, diff)
		}
		if empty := len(c.want.Words)+len(c.want.Filters) == 0; empty != errors.Is(err, ErrEmptyQuery) {
			t.Errorf("ParseQuery(%q): error %v", c.typed, err)
		}
	}
}

// Law: whatever a person types is answered, not refused.
func FuzzSearch(f *testing.F) {
	x, _ := rebuilt(f, cutTwos,
		paper("a.txt", "云山县", "2024", corpus.Annual, "加强行政执法监督，全年办案120件。", "(法)"),
		paper("b.txt", "平江局", "2023", corpus.Plan, "法", "\xff\x00 ", ""),
	)
	for _, s := range []string{"行政执法", `"行政`, "单位:云 法", "年份：", "*", "(法 AND \\", "\x00", "\xff", "法\xff", "，", " 120件"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, err := ParseQuery(s)
		if err != nil {
			if !errors.Is(err, ErrEmptyQuery) {
				t.Fatalf("ParseQuery(%q): %v", s, err)
			}
			return
		}
		r, err := x.Search(context.Background(), q)
		if err != nil {
			t.Fatalf("Search(%+v): %v", q, err)
		}
		if r.Match == Literal && r.Total != len(r.Hits) {
			t.Fatalf("Search(%+v): total %d, %d hits", q, r.Total, len(r.Hits))
		}
	})
}

func filterDocs() []Doc {
	docs := []Doc{
		paper("甲.txt", "云山县", "2023", corpus.Annual, "公示制度落实", "公示平台建设"),
		paper("乙.txt", "云山县水务局", "2024", corpus.Annual, "公示台账"),
		paper("丙.txt", "平江县", "2024", corpus.Plan, "公示目录", "监督计划"),
		paper("丁.txt", "", "", corpus.Other, "公示"),
	}
	docs[0].Entries[0].Indicators = []string{"zf-07", "7"}
	docs[1].Entries[0].Indicators = []string{"zf-07", "zf-08"}
	return docs
}

func TestFilters(t *testing.T) {
	x, _ := rebuilt(t, cutTwos, filterDocs()...)
	for _, c := range []struct {
		typed   string
		want    []string
		unknown []Filter
	}{
		{"公示 单位:云山县", []string{"甲.txt 1", "甲.txt 2"}, nil},
		{"公示 单位:云山", []string{"乙.txt 1", "甲.txt 1", "甲.txt 2"}, nil},
		{"公示 单位:水务局", []string{}, []Filter{{ByUnit, "水务局"}}},
		{"公示 单位:云山县水务局 单位:平江县", []string{"丙.txt 1", "乙.txt 1"}, nil},
		{"公示 单位:平江县 单位:没有县", []string{"丙.txt 1"}, []Filter{{ByUnit, "没有县"}}},
		{"公示 年份:２０２４年", []string{"丙.txt 1", "乙.txt 1"}, nil},
		{"公示 年份:202", []string{}, []Filter{{ByYear, "202"}}},
		{"公示 年份:2024 单位:云山", []string{"乙.txt 1"}, nil},
		{"公示 类型:方案", []string{"丙.txt 1"}, nil},
		{"公示 类型:年度", []string{"乙.txt 1", "甲.txt 1", "甲.txt 2"}, nil},
		{"指标:ZF-07", []string{"乙.txt 1", "甲.txt 1"}, nil},
		{"指标:zf", []string{"乙.txt 1", "甲.txt 1"}, nil},
		{"指标:7", []string{"甲.txt 1"}, nil},
		{"单位:平江县", []string{"丙.txt 1", "丙.txt 2"}, nil},
		{"监督 单位:云山", []string{}, nil},
	} {
		q := typed(t, c.typed)
		r := find(t, x, q)
		got := places(r)
		byName(got)
		byName(c.want)
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("Search(%q): -want +got\n%s", c.typed, diff)
		}
		if diff := cmp.Diff(c.unknown, r.Unknown); diff != "" {
			t.Errorf("Search(%q) unknown: -want +got\n%s", c.typed, diff)
		}
	}
}

func TestUnknownFilterFieldIsAnError(t *testing.T) {
	x, _ := rebuilt(t, cutTwos, filterDocs()...)
	if _, err := x.Search(context.Background(), Query{Words: []string{"公示"}, Filters: []Filter{{"地区", "云山"}}}); err == nil {
		t.Errorf("Search by an unknown field: no error")
	}
}

func TestFacetsCountAllMatches(t *testing.T) {
	x, _ := rebuilt(t, cutTwos, filterDocs()...)
	r := find(t, x, Query{Words: []string{"公示"}, Limit: 1, Facets: true})
	want := Result{
		Match: Literal, Total: 5,
		Units: []Count{{"云山县", 2}, {"", 1}, {"云山县水务局", 1}, {"平江县", 1}},
		Years: []Count{{"2023", 2}, {"2024", 2}, {"", 1}},
		Kinds: []Count{{"年度报告", 3}, {"其他", 1}, {"方案", 1}},
	}
	if len(r.Hits) != 1 {
		t.Errorf("%d hits, want 1", len(r.Hits))
	}
	r.Hits = nil
	if diff := cmp.Diff(want, r); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestRelatedOnlyWhenNothingIsLiteral(t *testing.T) {
	x, _ := rebuilt(t, cutTwos,
		paper("a", "", "", corpus.Annual, "办理行政复议案件", "行政执法"),
		paper("b", "", "", corpus.Annual, "植树造林"),
	)
	r := find(t, x, typed(t, "行政复议纠错"))
	if diff := cmp.Diff([]string{"a 1", "a 2"}, places(r)); diff != "" || r.Match != Related || r.Total != 0 || r.Related != 2 {
		t.Errorf("Match %s, Total %d, Related %d, -want +got\n%s", r.Match, r.Total, r.Related, diff)
	}
	if diff := cmp.Diff([]corpus.Span{{Start: 2, End: 6}}, r.Hits[0].Spans); diff != "" {
		t.Errorf("spans: -want +got\n%s", diff)
	}
	if r := find(t, x, typed(t, "行政复议")); r.Match != Literal || r.Total != 1 || r.Related != 0 {
		t.Errorf("Match %s, Total %d, Related %d, want one literal", r.Match, r.Total, r.Related)
	}
	if r := find(t, x, typed(t, "鲸鱼")); r.Total+r.Related != 0 {
		t.Errorf("Total %d, Related %d, want none", r.Total, r.Related)
	}
}

func TestHitsSayWhereTheyStand(t *testing.T) {
	d := Doc{ID: "云山县/2024.docx", Unit: "云山县", Year: "2024", Kind: corpus.Annual, Entries: []Entry{{
		Passage: corpus.Passage{
			Span: corpus.Span{Start: 100, End: 115}, Text: "全年办结\n复议案１２８件，𠮷日", Zone: corpus.Table,
			Place: corpus.Location{Page: 3, Paragraph: 12}, Headings: []string{"一、主要举措", "（二）复议"},
		},
	}}}
	x, _ := rebuilt(t, cutTwos, d)
	r := find(t, x, typed(t, "办结复议 128件"))
	want := []Hit{{
		Doc: "云山县/2024.docx", Unit: "云山县", Year: "2024", Kind: corpus.Annual, Zone: corpus.Table, Place: corpus.Location{Page: 3, Paragraph: 12},
		Section: "一、主要举措 › （二）复议", Span: corpus.Span{Start: 100, End: 115},
		Spans:   []corpus.Span{{Start: 102, End: 107}, {Start: 108, End: 112}},
		Snippet: "全年办结\n复议案１２８件，𠮷日", SnippetSpan: corpus.Span{Start: 100, End: 115},
	}}
	for i := range r.Hits {
		r.Hits[i].Score = 0
	}
	if diff := cmp.Diff(want, r.Hits); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestSnippetShowsTheFirstMatch(t *testing.T) {
	for _, c := range []struct {
		passage corpus.Span
		spans   []corpus.Span
		want    corpus.Span
	}{
		{corpus.Span{Start: 10, End: 90}, []corpus.Span{{Start: 88, End: 90}}, corpus.Span{Start: 10, End: 90}},
		{corpus.Span{Start: 10, End: 500}, nil, corpus.Span{Start: 10, End: 90}},
		{corpus.Span{Start: 10, End: 500}, []corpus.Span{{Start: 15, End: 17}}, corpus.Span{Start: 10, End: 90}},
		{corpus.Span{Start: 10, End: 500}, []corpus.Span{{Start: 200, End: 204}}, corpus.Span{Start: 180, End: 260}},
		{corpus.Span{Start: 10, End: 500}, []corpus.Span{{Start: 498, End: 500}}, corpus.Span{Start: 420, End: 500}},
		{corpus.Span{Start: 10, End: 500}, []corpus.Span{{Start: 200, End: 270}}, corpus.Span{Start: 190, End: 270}},
		{corpus.Span{Start: 10, End: 500}, []corpus.Span{{Start: 200, End: 400}}, corpus.Span{Start: 200, End: 280}},
	} {
		if got := around(c.passage, c.spans); got != c.want {
			t.Errorf("around(%v, %v) = %v, want %v", c.passage, c.spans, got, c.want)
		}
	}
}

func TestEndedContextEndsTheSearch(t *testing.T) {
	x, _ := rebuilt(t, cutTwos, filterDocs()...)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := x.Search(ctx, typed(t, "公示")); !errors.Is(err, context.Canceled) {
		t.Errorf("Search: %v, want %v", err, context.Canceled)
	}
	if _, err := x.Search(context.Background(), Query{Words: []string{" "}}); !errors.Is(err, ErrEmptyQuery) {
		t.Errorf("Search: %v, want %v", err, ErrEmptyQuery)
	}
}

func TestNegativeLimitsAreNone(t *testing.T) {
	x, _ := rebuilt(t, cutTwos, reports(60)...)
	want := find(t, x, Query{Words: []string{"件"}})
	got := find(t, x, Query{Words: []string{"件"}, Limit: -1, Offset: -3})
	if diff := cmp.Diff(want, got); diff != "" || len(want.Hits) != DefaultLimit {
		t.Errorf("Search with a limit of -1: %d hits, want %d: -want +got\n%s", len(got.Hits), DefaultLimit, diff)
	}
}

func TestPagesPartitionTheHits(t *testing.T) {
	docs := reports(300)
	x, _ := rebuilt(t, cutTwos, docs...)
	for _, q := range []Query{{Words: []string{"件"}}, {Filters: []Filter{{ByYear, "2021"}}}} {
		q.Limit = 1000
		whole := find(t, x, q)
		if whole.Total < 20 || len(whole.Hits) != whole.Total {
			t.Fatalf("total %d, %d hits", whole.Total, len(whole.Hits))
		}
		var paged []Hit
		for q.Limit = 7; q.Offset < whole.Total+7; q.Offset += q.Limit {
			paged = append(paged, find(t, x, q).Hits...)
		}
		if diff := cmp.Diff(whole.Hits, paged); diff != "" {
			t.Errorf("Search(%+v) by pages: -whole +pages\n%s", q, diff)
		}
	}
}

// Law: scores and order depend on what is indexed, not on how it came there.
func TestRankingDoesNotDependOnHistory(t *testing.T) {
	docs := reports(200)
	fresh, _ := rebuilt(t, cutTwos, docs...)
	x, _ := rebuilt(t, cutTwos)
	for i := range 3 * len(docs) {
		d := docs[(5*i+i/len(docs))%len(docs)]
		if i < 2*len(docs) { // first another text
			d = paper(d.ID, "旧", "1999", corpus.Plan, d.Entries[i%40].Text, "旧文")
		}
		if err := x.Update(d); err != nil {
			t.Fatal(err)
		}
		if i%3 == 0 {
			if err := x.Flush(); err != nil {
				t.Fatal(err)
			}
		}
	}
	if err := x.Flush(); err != nil {
		t.Fatal(err)
	}
	for _, p := range append(phrases(docs, 100), "件", "，", "1", "旧文") {
		q := Query{Words: []string{p}, Limit: 50, Facets: true}
		if diff := cmp.Diff(find(t, fresh, q), find(t, x, q)); diff != "" {
			t.Errorf("Search(%q): -rebuilt +updated\n%s", p, diff)
		}
	}
}

func TestRankingOrder(t *testing.T) {
	filler := "其他工作正常开展有关情况另行报告"
	x, _ := rebuilt(t, cutTwos,
		paper("a", "", "", corpus.Annual, "行政复议"+filler+filler+filler+filler),
		paper("b", "", "", corpus.Annual, "行政复议"+filler),
		paper("c", "", "", corpus.Annual, "行政复议行政复议行政复议"+filler),
		paper("d", "", "", corpus.Annual, "行政复议"+filler),
		paper("e", "", "", corpus.Annual, filler),
	)
	r := find(t, x, typed(t, "行政复议"))
	if diff := cmp.Diff([]string{"c 1", "b 1", "d 1", "a 1"}, places(r)); diff != "" {
		t.Errorf("more often, then shorter, then by id: -want +got\n%s", diff)
	}
	for i, h := range r.Hits {
		if h.Score <= 0 || i > 0 && h.Score > r.Hits[i-1].Score {
			t.Errorf("score of hit %d is %v", i, h.Score)
		}
	}
}

func TestLongQueries(t *testing.T) {
	docs := reports(200)
	x, _ := rebuilt(t, cutTwos, docs...)
	whole := docs[2].Entries[7].Text
	if r := find(t, x, Query{Words: []string{whole}}); r.Total != 1 || places(r)[0] != fmt.Sprintf("%s 8", docs[2].ID) {
		t.Errorf("a whole passage is found %d times: %v", r.Total, places(r))
	}
	huge := ""
	for _, e := range docs[2].Entries {
		huge += e.Text
	}
	if r := find(t, x, Query{Words: []string{huge}}); r.Match != Related || r.Related == 0 {
		t.Errorf("a text of many passages is %s, %d related", r.Match, r.Related)
	}
}
