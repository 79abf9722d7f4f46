package rules

import (
	"regexp"
	"strings"
)

// markMeaning is what a mark says of the unit in whose column it stands.
type markMeaning int

const (
	markCounts markMeaning = iota
	markLeads
	markHelps
	markOut    // not judged: ○为提供数据单位，不考核
	markUnsure // nobody says what it means
)

// markKind is the mark that stands for all that look like it.
func markKind(r rune) rune {
	switch r {
	case '✓', '✔', '☑', 'V', 'v', 'Ｖ':
		return '√'
	case '＊':
		return '*'
	case '◯':
		return '○'
	}
	return r
}

// marksNotes are the texts of a table that may say what its marks mean: all that
// stands above its first marks, and the notes below, but no items.
func marksNotes(s Sheet, first int) []string {
	var notes []string
	for i, row := range s.Rows {
		for _, c := range row {
			if t := oneLine(c.Text); (i < first || oneText(row)) && strings.ContainsAny(t, markRunes) && !c.Above {
				notes = append(notes, t)
			}
		}
	}
	return append(notes, s.Beside...)
}

var (
	aboutBlank  = regexp.MustCompile(`空白|留白|未打|没打|不打|未标|没有标|没标|未注|其余|其他`)
	markAside   = regexp.MustCompile(`^[”"』」]?的?(?:后|右|旁|上|里)`)
	markLeaves  = regexp.MustCompile(`^[”"』」）)]?的?(?:单位|部门)?(?:以外|之外|外|除外|不|免)|[，,、为是表示](?:均|都|但|也|本项|该项|一律|单位)*(?:不(?:列入|纳入|考核|考评|评|计入|计分|参|涉及|适用|作|算|用|需|须|承担|是)|免|无关)|[仅只](?:负责)?(?:提供|报送|配合提供)`)
	markLeading = regexp.MustCompile(`牵头|主责|主办|带头`)
	markHelping = regexp.MustCompile(`配合|协助|协办|参与|参加`)
	markTells   = regexp.MustCompile(`^[”"』」）)]*(?:的(?:单位)?)?(?:[:：=＝—\-]|为|表示|代表|是|指|即|系)`)
	markMeant   = regexp.MustCompile(`责任|适用|考核|考评|评价|评估|填报|填写|涉及|对象|承担|落实|报送|须|需|应|有此|职责|任务`)
)

// read takes what the notes say of the marks that the rows use. What they do
// not tell is plain for solid marks; a hollow one beside solid ones is open.
func (m *matrix) read(notes []string, rows [][]Cell) {
	m.means = map[rune]markMeaning{}
	solid := false
	for _, row := range rows {
		for _, c := range m.cols {
			if c.at >= len(row) || isCount(row) {
				continue
			}
			if found := marked.FindStringSubmatch(markText(row[c.at])); found != nil {
				for _, r := range found[1] {
					m.means[markKind(r)] = markCounts
					solid = solid || !strings.ContainsRune(hollowRunes, markKind(r))
				}
			}
		}
	}
	told := map[rune]markMeaning{}
	onlyLead := false
	for _, n := range notes {
		for s := range statements(n) {
			onlyLead = onlyLead || onlyLeads.MatchString(s)
			readMarks(s, told)
		}
	}
	for r := range m.means {
		mean, ok := told[r]
		switch {
		case ok && mean == markCounts && onlyLead:
			m.means[r] = markHelps
		case ok:
			m.means[r] = mean
		case solid && strings.ContainsRune(hollowRunes, r):
			m.means[r] = markUnsure
		}
	}
}

// readMarks reads one statement: ★为牵头单位，√为责任单位. A mark of which
// nothing is said shares what is said of the next: ★、√均须考核.
func readMarks(s string, told map[rune]markMeaning) {
	r := []rune(s)
	var waiting []rune
	for i := 0; i < len(r); i++ {
		if !markAt(r, i) {
			continue
		}
		end := i + 1
		for end < len(r) && !markAt(r, end) {
			end++
		}
		said := string(r[i+1 : end])
		before := string(r[max(0, i-4):i])
		if at := aboutBlank.FindStringIndex(said); at != nil {
			said = said[:at[0]]
		}
		if aboutBlank.MatchString(before) || markAside.MatchString(said) {
			continue
		}
		waiting = append(waiting, markKind(r[i]))
		if strings.Trim(said, "“”\"『』「」、和及与或，, （）()打标注") == "" {
			continue
		}
		if mean := markMeans(said); mean != markUnsure || markTells.MatchString(said) {
			for _, k := range waiting {
				if _, ok := told[k]; !ok {
					told[k] = mean
				}
			}
		}
		waiting = nil
	}
}

// markAt reports whether a mark stands at a place of a note: a letter is one
// only where it is quoted or said to be put.
func markAt(r []rune, i int) bool {
	if strings.ContainsRune("*＊VvＶ", r[i]) {
		return i > 0 && strings.ContainsRune("“\"「『打标画", r[i-1])
	}
	return strings.ContainsRune(markRunes, r[i])
}

// markMeans reads what a note says of a mark.
func markMeans(said string) markMeaning {
	switch {
	case markLeaves.MatchString(said):
		return markOut
	case markLeading.MatchString(said):
		return markLeads
	case markHelping.MatchString(said):
		return markHelps
	case markMeant.MatchString(said):
		return markCounts
	}
	return markUnsure
}
