package readertest

import (
	"encoding/json"
	"strings"
	"testing"

	"duibiao/corpus"
)

func TestCheckAcceptsWhatBuilderMakes(t *testing.T) {
	var b corpus.Builder
	b.Page(1)
	b.Heading(1, "一、总体情况")
	b.Text("　　全年受理申请三件。")
	b.Aside("页眉")
	b.Row("", "甲", "", "乙", "")
	b.Page(2)
	b.Text("续")
	b.Warn("有一行看不清")
	Check(t, b.End("test/1", ""))
}

// A suite that accepts everything would test nothing: each broken document,
// smuggled in through JSON, must be found.
func TestFaultsFindsBrokenDocuments(t *testing.T) {
	tests := []struct{ name, json, want string }{
		{"empty paragraph", `{"reader":"t","text":"甲乙","paragraphs":[{"span":{"start":1,"end":1},"role":"正文"}]}`, "is empty"},
		{"white space", `{"reader":"t","text":" 甲","paragraphs":[{"span":{"start":0,"end":2},"role":"正文"}]}`, "white space"},
		{"heading without level", `{"reader":"t","text":"甲","paragraphs":[{"span":{"start":0,"end":1},"role":"标题"}]}`, "with level 0"},
		{"row without cells", `{"reader":"t","text":"甲","paragraphs":[{"span":{"start":0,"end":1},"role":"表格"}]}`, "with 0 cells"},
		{"cell outside", `{"reader":"t","text":"甲乙","paragraphs":[{"span":{"start":0,"end":1},"role":"表格","cells":[{"start":1,"end":2}]}]}`, "cell 1"},
		{"page without pages", `{"reader":"t","text":"甲","paragraphs":[{"span":{"start":0,"end":1},"role":"正文","page":1}]}`, "on page 1 of 0"},
		{"page back", `{"reader":"t","text":"甲乙","pages":2,"paragraphs":[{"span":{"start":0,"end":1},"role":"正文","page":2},{"span":{"start":1,"end":2},"role":"正文","page":1}]}`, "after one on page 2"},
		{"no reader", `{"text":"甲","paragraphs":[]}`, "which reader"},
		{"NUL", `{"reader":"t","text":"\u0000","paragraphs":[]}`, "NUL"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var doc corpus.Document
			if err := json.Unmarshal([]byte(tt.json), &doc); err != nil {
				t.Fatal(err)
			}
			got := strings.Join(Faults(&doc), "\n")
			if !strings.Contains(got, tt.want) {
				t.Errorf("Faults() = %q, want %q in it", got, tt.want)
			}
		})
	}
	if len(Faults(nil)) == 0 {
		t.Error("Faults(nil) is empty")
	}
}
