// Package rules holds the rule files, and judges passages by them.
//
// In: the submissions of one unit, their passages and the reuse found in them.
// Out: for each indicator a Row, and the Findings a reviewer may send. To add
// an indicator, add a YAML file to a pack; to add a check, add one file here
// and one line to Checks.
package rules

import "duibiao/corpus"

// Status is the verdict on one unit and one indicator. The order in which
// they are tried is that of the review practice: the first that fits wins.
type Status string

// The statuses.
const (
	Met           Status = "达标"
	Formulaic     Status = "空泛"
	OnlyPromised  Status = "只有打算"
	Copied        Status = "雷同"
	Missing       Status = "缺项"
	NotApplicable Status = "不适用"
	NotJudged     Status = "未判"
)

// Gap reports whether a row with status s belongs on the gap list.
func (s Status) Gap() bool {
	return s == Formulaic || s == OnlyPromised || s == Copied || s == Missing
}

// Evidence is a quoted place: Quote is exactly the text of Span in Doc.
type Evidence struct {
	Doc     string
	Span    corpus.Span
	Place   corpus.Location
	Section string // the headings above it, outermost first
	Quote   string
	Facts   []string // the checkable facts in it, as quoted; empty where there are none
}

// Row is the verdict on one unit and one indicator.
type Row struct {
	Unit      string
	Indicator string // the indicator's id
	No        string // its 序号 in the office's table
	Title     string
	Status    Status
	Score     float64    // 0 to 1: how sure the mapping is of its best passage
	Evidence  []Evidence // best first; empty for 缺项
	Why       string     // one Chinese sentence that the unit could accept
	Notes     []string   // 未达标, 率无基数 and other things told beside the status
}

// Severity orders findings for the reader.
type Severity string

// The severities.
const (
	High   Severity = "高"
	Medium Severity = "中"
	Low    Severity = "低"
)

// Finding is one thing a unit may be asked about. It says what, where, shown
// by what, and the measured value beside its threshold.
type Finding struct {
	ID        string // from unit, indicator, check and folded quote: survives a re-run and an edited file
	Unit      string
	Doc       string // "" when it is about the unit as a whole
	Indicator string // "" when it is about a document or a unit
	No, Title string // the indicator's, where there is one
	Check     string // a Status, or a document-level check such as 残留占位符
	Severity  Severity
	Message   string // one Chinese sentence, with 疑似 where it is a suspicion
	Value     string // measured, such as "45.2%"; "" where nothing is measured
	Threshold string // what Value is held against, such as "≥30%"
	Evidence  *Evidence
	Source    *Source
	Ask       string // what the unit is asked to do, one Chinese sentence
}

// Source is the other side of a copied passage.
type Source struct {
	Doc   string
	Unit  string
	Span  corpus.Span
	Place corpus.Location // zero where it is not known
	Quote string
}
