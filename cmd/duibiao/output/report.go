// Package output writes a Report in the forms that an office uses.
//
// In: one Report, the whole of what a run found. Out: JSON, the workbook
// 差距清单.xlsx, the summary on the terminal. Every form is a function of the
// Report alone, so that the same run gives the same bytes. To add a form, add
// a file with one function; what is shown in several forms (signs, places,
// cut quotes) is in words.go.
package output

import (
	"cmp"
	"slices"

	"duibiao/corpus"
	"duibiao/rules"
)

// Report is what a run found. The writers bring its lists into their order
// themselves, and do not change it.
type Report struct {
	Run        Run
	Units      []Unit // in the order of the roster; that order is kept
	Documents  []Document
	Skipped    []Skipped
	Rows       []rules.Row
	Findings   []rules.Finding
	Reuse      []Reuse
	Indicators []Indicator         // in the order of the office's table; that order is kept
	Decisions  map[string]Decision // by finding id; a finding without one is open
	Excused    []rules.Excused     // what an exemption lets off, in the order of the units
	Idle       []string            // exemptions that let nothing off, for people
	Rounds     Rounds
	Texts      Texts               `json:"-"` // nil gives none
	Sections   map[string]Measures // of what a unit wrote on an indicator, by SectionKey
}

// Texts gives a document as it was read, by its id, or nil where it is not at
// hand.
type Texts func(id string) *corpus.Document

// rowKey names a row.
type rowKey struct{ unit, indicator string }

// notes are what is told beside the verdicts, by row.
func (r *Report) notes() map[rowKey][]string {
	of := map[rowKey][]string{}
	for _, row := range r.Rows {
		if len(row.Notes) > 0 {
			of[rowKey{row.Unit, row.Indicator}] = row.Notes
		}
	}
	return of
}

func (r *Report) text(id string) *corpus.Document {
	if r.Texts == nil {
		return nil
	}
	return r.Texts(id)
}

// Run says by what the results were made.
type Run struct {
	Tool       string   // version of duibiao
	Rules      string   // the packs and their versions
	Basis      string   // what the indicators are from, for people
	Segmenter  string   // word segmenter and dictionary
	Readers    []string // readers with their versions
	Seconds    float64
	Thresholds []Threshold
}

// Threshold is a limit that the rules held something against.
type Threshold struct{ Name, Value string }

// Unit is one unit under review.
type Unit struct {
	corpus.Unit
	Missing bool // 未报送: it is on the roster and nothing of it came in
}

// FileStatus says how much of a file was read.
type FileStatus string

// The states of a file.
const (
	OK         FileStatus = "ok"
	OCR        FileStatus = "ocr"
	Partial    FileStatus = "partial"
	Unreadable FileStatus = "unreadable"
)

// Document is one file: what was read of it, and what it was taken for.
type Document struct {
	ID     string // see corpus.Submission
	Hash   string // of the file's content; "" where it could not be opened
	Path   string // where it lies; "" when that is ID
	Shelf  corpus.Shelf
	Unit   corpus.Taken
	Type   corpus.UnitKind
	Year   corpus.Taken
	Date   corpus.Taken
	Kind   corpus.Taken
	No     corpus.Taken
	Title  corpus.Taken
	Status FileStatus
	Reason string // why it was not read, or not wholly; a Chinese sentence

	Reader   string
	Encoding string
	Runes    int
	Pages    int
	Warnings []corpus.Warning
	Unread   []corpus.Warning
	Measures Measures // of what is under review
}

// DocumentOf is s as a Document: ok, partial or unreadable as its text is.
func DocumentOf(s corpus.Submission) Document {
	d := Document{
		ID: s.ID, Shelf: s.Shelf, Unit: s.Unit, Type: s.Type, Year: s.Year, Date: s.Date, Kind: s.Kind,
		No: s.No, Title: s.Title, Status: OK, Reason: s.Reason,
	}
	if s.Doc == nil {
		d.Status = Unreadable
		return d
	}
	d.Reader, d.Encoding, d.Runes, d.Pages = s.Doc.Reader, s.Doc.Encoding, s.Doc.Len(), s.Doc.Pages
	d.Warnings, d.Unread = s.Doc.Warnings, s.Doc.Unread
	if s.Doc.OCR() {
		d.Status = OCR
	}
	if s.Doc.Partial() {
		d.Status = Partial
		if d.Reason == "" {
			d.Reason = unreadPages(d.Unread)
		}
	}
	return d
}

// Skipped is a file that was not taken for a submission, with the reason, a
// Chinese sentence.
type Skipped struct {
	Path   string `json:"path"`
	Reason string `json:"reason"`
}

// Reuse is a copied passage with what stands on both sides.
type Reuse struct {
	corpus.Reuse
	Quote         string // the text of Span in Doc
	Place         corpus.Location
	Section       string
	SourceQuote   string // the text of SourceSpan in Source
	SourcePlace   corpus.Location
	SourceSection string
}

// Indicator is one item of the office's table.
type Indicator struct {
	ID     string
	No     string // its 序号 in the office's table
	Title  string
	Level1 string
	Level2 string
	Text   string // 评分要点
}

// status is the state of the finding with that id.
func (r *Report) status(id string) DecisionStatus {
	if s := r.Decisions[id].Status; s != "" {
		return s
	}
	return Open
}

// runes is how long each document is, by id.
func (r *Report) runes() map[string]int {
	m := make(map[string]int, len(r.Documents))
	for _, d := range r.Documents {
		m[d.ID] = d.Runes
	}
	return m
}

// ordered is r with its lists in the one order that all forms use: what is
// reviewed before the shelves; units and indicators in the order of their
// lists, unknown ones after them; places from first to last.
func (r *Report) ordered() *Report {
	o := *r
	unit, indicator := map[string]int{}, map[string]int{}
	for i, u := range r.Units {
		unit[u.Name] = i - len(r.Units)
	}
	for i, x := range r.Indicators {
		indicator[x.ID] = i - len(r.Indicators)
	}
	o.Documents = sorted(r.Documents, func(a, b Document) int {
		return cmp.Or(cmp.Compare(a.Shelf, b.Shelf), cmp.Compare(a.ID, b.ID))
	})
	o.Skipped = sorted(r.Skipped, func(a, b Skipped) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Reason, b.Reason))
	})
	o.Rows = sorted(r.Rows, func(a, b rules.Row) int {
		return cmp.Or(cmp.Compare(unit[a.Unit], unit[b.Unit]), cmp.Compare(a.Unit, b.Unit),
			cmp.Compare(indicator[a.Indicator], indicator[b.Indicator]), cmp.Compare(a.Indicator, b.Indicator))
	})
	o.Findings = sorted(r.Findings, func(a, b rules.Finding) int {
		return cmp.Or(cmp.Compare(unit[a.Unit], unit[b.Unit]), cmp.Compare(a.Unit, b.Unit),
			cmp.Compare(indicator[a.Indicator], indicator[b.Indicator]), cmp.Compare(a.Indicator, b.Indicator),
			cmp.Compare(a.Doc, b.Doc), cmp.Compare(start(a.Evidence), start(b.Evidence)),
			cmp.Compare(a.Check, b.Check), cmp.Compare(a.ID, b.ID))
	})
	o.Reuse = sorted(r.Reuse, func(a, b Reuse) int {
		return cmp.Or(cmp.Compare(a.Doc, b.Doc), cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(a.Span.End, b.Span.End),
			cmp.Compare(a.Source, b.Source), cmp.Compare(a.SourceSpan.Start, b.SourceSpan.Start), cmp.Compare(a.Relation, b.Relation))
	})
	return &o
}

func sorted[T any](list []T, by func(a, b T) int) []T {
	list = slices.Clone(list)
	slices.SortStableFunc(list, by)
	return list
}

func start(e *rules.Evidence) int {
	if e == nil {
		return -1
	}
	return e.Span.Start
}

// counts is how often each thing stands in a Report.
type counts struct {
	Units      int `json:"units"`
	Missing    int `json:"units_missing"`
	Documents  int `json:"documents"` // under review, without the shelves
	Read       int `json:"read"`
	Partial    int `json:"partial"`
	Unreadable int `json:"unreadable"`
	Skipped    int `json:"skipped"`
	Shelf      int `json:"shelf_documents"`
	Indicators int `json:"indicators"`
	Findings   int `json:"findings"`
	Reuse      int `json:"reuse"`
}

func (r *Report) counts() counts {
	c := counts{Units: len(r.Units), Skipped: len(r.Skipped), Indicators: len(r.Indicators),
		Findings: len(r.Findings), Reuse: len(r.Reuse)}
	for _, u := range r.Units {
		if u.Missing {
			c.Missing++
		}
	}
	for _, d := range r.Documents {
		if d.Shelf != "" {
			c.Shelf++
			continue
		}
		c.Documents++
		switch d.Status {
		case Partial:
			c.Partial++
		case Unreadable:
			c.Unreadable++
		default:
			c.Read++
		}
	}
	return c
}
