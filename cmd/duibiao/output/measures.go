package output

// Measures are what is measured of a text beside the verdicts: of a document,
// or of the parts of it that speak to an indicator. All but Runes, Facts and
// Density are shares of the comparable runes (letters, Han and figures of the
// body, without letterhead, tables and signature), from 0 to 1.
type Measures struct {
	Runes    int     `json:"runes"`              // comparable runes
	Passages float64 `json:"passages"`           // 雷同段落占比: in passages that stand in another document, with the public wording and the changed words in them
	Total    float64 `json:"total"`              // 总文字复制比: in passages that stand in another document too, or in public wording
	Copied   float64 `json:"copied"`             // 去除公共表述复制比: the same without public wording and quotations; rank by this
	Largest  float64 `json:"largest"`            // 单篇最大复制比: the part of Copied that one source accounts for
	Source   string  `json:"source"`             // that source's id; "" where nothing is copied
	Previous float64 `json:"previous"`           // 往年重复率: the part of Copied from the unit's own earlier papers
	Formulae float64 `json:"formulae"`           // 套话率: in public wording of the lists
	Within   float64 `json:"within"`             // 重复率: in runs of 13 characters that stand earlier in the document
	Facts    int     `json:"facts"`              // checkable facts
	Density  float64 `json:"facts_per_thousand"` // 事实/千字: Facts for 1,000 runes
}

// round leaves four places, and one of Density: more would be noise.
func (m Measures) round() Measures {
	for _, f := range []*float64{&m.Passages, &m.Total, &m.Copied, &m.Largest, &m.Previous, &m.Formulae, &m.Within} {
		*f = rounded(*f)
	}
	m.Density = rounded(m.Density/1000) * 1000
	return m
}

// SectionKey is the key of a unit's text on an indicator in Report.Sections.
func SectionKey(unit, indicator string) string { return unit + "\x1f" + indicator }
