package rules

import (
	"fmt"
	"strings"

	"duibiao/corpus"
)

var (
	unitEnds  = words(`局 委员会 人民政府 办公室 街道办事处 管委会`)
	placeTail = words(`省 市 县 区 镇 乡 街道`)
)

const longestName = 14 // runes of a name that may stand twice

// doubledNames: 民政局民政局. What a page break doubles has a line break
// between its halves, and is no fault of the unit's.
func doubledNames(c *Case) []Finding {
	return c.eachFile(func(f *File) []Finding {
		n := 0
		var out Finding
		eachSentence(f, func(ps *corpus.Passage, s corpus.Sentence) bool {
			folded := corpus.Fold(s.Text)
			for i := range folded.Runes {
				k := c.doubledAt(folded.Runes, i)
				if k == 0 || folded.Back(i, i+2*k).Len() != 2*k {
					continue
				}
				n++
				if out.Evidence == nil {
					twice := string(folded.Runes[i : i+2*k])
					out = Finding{Doc: f.ID, Severity: Low, Evidence: quote(f, ps, s), Value: twice, Threshold: string(folded.Runes[i : i+k]),
						Message: fmt.Sprintf("疑似叠字：“%s”，名称接连写了两遍", twice), Ask: "请核对单位名称，确认不是批量替换留下的。"}
				}
				break
			}
			return true
		})
		if out.Evidence == nil {
			return nil
		}
		out.Message += times(n) + "。"
		return []Finding{out}
	})
}

// doubledAt is the length of a name that stands twice at i, or 0.
func (c *Case) doubledAt(t []rune, i int) int {
	for k := 3; k <= longestName && i+2*k <= len(t); k++ {
		if t[i] != t[i+k] || t[i+k-1] != t[i+2*k-1] || !hasAt(t, i+k, t[i:i+k]) {
			continue
		}
		name := t[i : i+k]
		if !allHan(name) || i+2*k < len(t) && t[i+2*k] == '长' {
			continue
		}
		if endsWith(name, unitEnds) || endsWith(name, placeTail) && strings.Contains(c.Unit.Name, string(name)) {
			return k
		}
	}
	return 0
}

func allHan(t []rune) bool {
	for _, r := range t {
		if !isHan(r) {
			return false
		}
	}
	return true
}
