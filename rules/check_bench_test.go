package rules

import (
	"fmt"
	"testing"

	"duibiao/corpus"
	"duibiao/rules/packs"
)

// What the checks cost on one report of 120 paragraphs in a run of 500 units.
func BenchmarkChecks(b *testing.B) {
	set, err := Load(packs.FS)
	if err != nil {
		b.Fatal(err)
	}
	roster := []corpus.Unit{waterBureau}
	for i := range 500 {
		roster = append(roster, corpus.Unit{Name: fmt.Sprintf("云河市第%d分局", i), Kind: corpus.Bureau})
	}
	var lines []string
	for i := range 120 {
		lines = append(lines, fmt.Sprintf("我局认真落实《行政处罚法》各项要求，全年开展巡查%d次，会同有关部门排查问题%d处，不断提高依法行政水平，法治政府建设取得新进展。", i+2, i+7))
	}
	c := &Case{Input: Input{Unit: waterBureau, Set: set, Roster: set.Roster(roster), Year: 2023, Files: []File{paper("r.txt", corpus.Annual, "2023", lines...)}}}
	b.SetBytes(int64(len(c.Files[0].Doc.String())))
	for b.Loop() {
		for _, k := range Checks() {
			k.Run(c)
		}
	}
}
