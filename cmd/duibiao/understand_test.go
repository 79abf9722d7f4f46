package main

import (
	"strings"
	"testing"

	"duibiao/corpus"
)

func TestJoinUnits(t *testing.T) {
	for _, c := range []struct {
		name   string
		roster []corpus.Unit
		papers [][2]string // id and unit
		want   string
	}{
		{"a folder and a signature", nil, [][2]string{{"县水务局/附件.txt", "县水务局"}, {"县水务局/报告.txt", "甲岭县水务局"}}, "甲岭县水务局 甲岭县水务局"},
		{"a place and its government", nil, [][2]string{{"a.txt", "甲岭县"}, {"b.txt", "甲岭县人民政府"}}, "甲岭县人民政府 甲岭县人民政府"},
		{"two counties, told by the folder", nil, [][2]string{{"x/a.txt", "县水务局"}, {"x/b.txt", "甲岭县水务局"}, {"y/c.txt", "乙川县水务局"}}, "甲岭县水务局 甲岭县水务局 乙川县水务局"},
		{"two counties, not told", nil, [][2]string{{"z/a.txt", "县水务局"}, {"x/b.txt", "甲岭县水务局"}, {"y/c.txt", "乙川县水务局"}}, "县水务局 甲岭县水务局 乙川县水务局"},
		{"another bureau", nil, [][2]string{{"x/a.txt", "县民政局"}, {"x/b.txt", "甲岭县水务局"}}, "县民政局 甲岭县水务局"},
		{"on the roster", []corpus.Unit{{Name: "县水务局"}}, [][2]string{{"x/a.txt", "县水务局"}, {"x/b.txt", "甲岭县水务局"}}, "县水务局 甲岭县水务局"},
	} {
		var papers []*paper
		for _, p := range c.papers {
			papers = append(papers, &paper{Submission: corpus.Submission{ID: p[0], Unit: corpus.Taken{Value: p[1], From: "落款"}}})
		}
		joinUnits(c.roster, papers)
		var got []string
		for _, p := range papers {
			got = append(got, p.Unit.Value)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: %s, want %s", c.name, s, c.want)
		}
	}
}
