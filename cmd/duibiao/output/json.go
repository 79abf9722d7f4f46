package output

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strings"

	"duibiao/rules"
)

// JSON writes r as one JSON object, version 1 of the contract that
// `duibiao help json` prints. Each element of its lists stands in a line of
// its own; the same r gives the same bytes.
func JSON(w io.Writer, r *Report) error {
	r = r.ordered()
	out := bufio.NewWriter(w)
	fmt.Fprint(out, `{"version":1,"run":`)
	if err := line(out, runOf(r), ",\n"); err != nil {
		return fmt.Errorf("write json: %w", err)
	}
	runes := r.runes()
	for i, err := range []error{
		list(out, "documents", ",\n", r.Documents, documentOf),
		list(out, "matrix", ",\n", r.Rows, func(row rules.Row) any { return r.rowOf(row) }),
		list(out, "findings", ",\n", r.Findings, func(f rules.Finding) any { return r.findingOf(f) }),
		list(out, "reuse", "}\n", r.Reuse, func(u Reuse) any { return reuseOf(u, runes) }),
	} {
		if err != nil {
			return fmt.Errorf("write json: list %d: %w", i+1, err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write json: %w", err)
	}
	return nil
}

// Lines writes the findings of r as JSON objects, one a line, each as JSON has
// them.
func Lines(w io.Writer, r *Report) error {
	r = r.ordered()
	out := bufio.NewWriter(w)
	for _, f := range r.Findings {
		if err := line(out, r.findingOf(f), "\n"); err != nil {
			return fmt.Errorf("write jsonl: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write jsonl: %w", err)
	}
	return nil
}

// ReuseLines writes the copied passages of r as JSON objects, one a line.
func ReuseLines(w io.Writer, r *Report) error {
	r = r.ordered()
	runes := r.runes()
	out := bufio.NewWriter(w)
	for _, u := range r.Reuse {
		if err := line(out, reuseOf(u, runes), "\n"); err != nil {
			return fmt.Errorf("write jsonl: %w", err)
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write jsonl: %w", err)
	}
	return nil
}

func list[T any](out *bufio.Writer, name, end string, elements []T, object func(T) any) error {
	fmt.Fprintf(out, "%q:[", name)
	for i, e := range elements {
		before := ",\n"
		if i == 0 {
			before = "\n"
		}
		out.WriteString(before)
		if err := line(out, object(e), ""); err != nil {
			return err
		}
	}
	_, err := out.WriteString("]" + end)
	return err
}

func line(out *bufio.Writer, v any, end string) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	out.Write(bytes.TrimSuffix(b.Bytes(), []byte("\n")))
	_, err := out.WriteString(end)
	return err
}

type jsonRun struct {
	counts
	Status      map[rules.Status]int `json:"status"`
	SkippedList []Skipped            `json:"skipped_files"`
	Seconds     float64              `json:"seconds"`
	Tool        string               `json:"tool"`
	Rules       string               `json:"rules"`
	Segmenter   string               `json:"segmenter"`
	Readers     []string             `json:"readers"`
}

func runOf(r *Report) jsonRun {
	status := make(map[rules.Status]int, len(verdicts))
	for _, v := range verdicts {
		status[v.status] = 0
	}
	for _, row := range r.Rows {
		status[row.Status]++
	}
	return jsonRun{
		counts: r.counts(), Status: status, SkippedList: notNil(r.Skipped), Seconds: r.Run.Seconds,
		Tool: r.Run.Tool, Rules: r.Run.Rules, Segmenter: r.Run.Segmenter, Readers: distinct(notNil(r.Run.Readers)),
	}
}

func notNil[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

type jsonDocument struct {
	ID       string     `json:"id"`
	Path     string     `json:"path"`
	Unit     string     `json:"unit"`
	UnitKind string     `json:"unit_kind"`
	Year     string     `json:"year"`
	Date     string     `json:"date"`
	Kind     string     `json:"kind"`
	Status   FileStatus `json:"status"`
	Reason   string     `json:"reason"`
	Runes    int        `json:"runes"`
	Pages    int        `json:"pages"`
	Measures *Measures  `json:"measures"` // null on a shelf
}

func documentOf(d Document) any {
	path := d.Path
	if path == "" {
		path = d.ID
	}
	return jsonDocument{d.ID, path, d.Unit.Value, string(d.Type), d.Year.Value, d.Date.Value, d.Kind.Value,
		d.Status, d.Reason, d.Runes, d.Pages, orNone(d.Measures)}
}

// orNone is m, or nil where nothing was measured.
func orNone(m Measures) *Measures {
	if m.Runes == 0 {
		return nil
	}
	m = m.round()
	return &m
}

type jsonRow struct {
	Unit      string         `json:"unit"`
	Indicator string         `json:"indicator"`
	No        string         `json:"no"`
	Title     string         `json:"title"`
	Status    rules.Status   `json:"status"`
	Score     float64        `json:"score"`
	Evidence  []jsonEvidence `json:"evidence"`
	Why       string         `json:"why"`
	Measures  *Measures      `json:"measures"` // of the paragraphs of the evidence; null where there are none
}

type jsonEvidence struct {
	Doc     string `json:"doc"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Page    int    `json:"page"`
	Section string `json:"section"`
	Quote   string `json:"quote"`
	OCR     bool   `json:"ocr"` // recognised from a picture, and may hold wrong characters
}

func (r *Report) rowOf(row rules.Row) any {
	evidence := make([]jsonEvidence, len(row.Evidence))
	for i, e := range row.Evidence {
		evidence[i] = jsonEvidence{e.Doc, e.Span.Start, e.Span.End, e.Place.Page, e.Section, e.Quote, e.Place.OCR}
	}
	return jsonRow{row.Unit, row.Indicator, row.No, row.Title, row.Status, rounded(row.Score), evidence, why(row),
		orNone(r.Sections[SectionKey(row.Unit, row.Indicator)])}
}

// why is the reason of r with what is told beside its status.
func why(r rules.Row) string {
	if len(r.Notes) == 0 {
		return r.Why
	}
	notes := make([]string, len(r.Notes))
	for i, n := range r.Notes {
		notes[i] = strings.TrimSuffix(n, "。")
	}
	return r.Why + "（" + strings.Join(notes, "；") + "）"
}

type jsonFinding struct {
	ID        string         `json:"id"`
	Unit      string         `json:"unit"`
	Doc       *string        `json:"doc"`
	Indicator *string        `json:"indicator"`
	Check     string         `json:"check"`
	Severity  rules.Severity `json:"severity"`
	Message   string         `json:"message"`
	Value     string         `json:"value"`
	Threshold string         `json:"threshold"`
	Start     *int           `json:"start"`
	End       *int           `json:"end"`
	Page      *int           `json:"page"`
	Section   *string        `json:"section"`
	Quote     *string        `json:"quote"`
	OCR       bool           `json:"ocr"`
	Source    *jsonSource    `json:"source"`
	Status    string         `json:"status"`
	Review    Review         `json:"review"`
	Note      string         `json:"note"`
	Round     Round          `json:"round"`
}

type jsonSource struct {
	Doc   string `json:"doc"`
	Unit  string `json:"unit"`
	Start int    `json:"start"`
	End   int    `json:"end"`
	Quote string `json:"quote"`
}

// jsonStatus is the state of a finding in the words of the contract.
func jsonStatus(d Decision) string {
	switch {
	case d.excused():
		return "exempt"
	case d.Status == Asked:
		return string(Fixing)
	case d.Status == "":
		return string(Open)
	}
	return string(d.Status)
}

func (r *Report) findingOf(f rules.Finding) any {
	d := r.Decisions[f.ID]
	j := jsonFinding{ID: f.ID, Unit: f.Unit, Doc: orNull(f.Doc), Indicator: orNull(f.Indicator), Check: f.Check,
		Severity: f.Severity, Message: f.Message, Value: f.Value, Threshold: f.Threshold, Status: jsonStatus(d), Review: d.ReviewOrPending(), Note: d.Note,
		Round: r.Rounds.State[f.ID]}
	if e := f.Evidence; e != nil {
		j.OCR = e.Place.OCR
		j.Start, j.End, j.Page, j.Section, j.Quote = &e.Span.Start, &e.Span.End, &e.Place.Page, &e.Section, &e.Quote
		if j.Doc == nil {
			j.Doc = orNull(e.Doc)
		}
	}
	if s := f.Source; s != nil {
		j.Source = &jsonSource{s.Doc, s.Unit, s.Span.Start, s.Span.End, s.Quote}
	}
	return j
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

type jsonReuse struct {
	Doc         string  `json:"doc"`
	Start       int     `json:"start"`
	End         int     `json:"end"`
	Source      string  `json:"source"`
	SourceStart int     `json:"source_start"`
	SourceEnd   int     `json:"source_end"`
	Quote       string  `json:"quote"`
	SourceQuote string  `json:"source_quote"`
	Kind        string  `json:"kind"`
	Runes       int     `json:"runes"` // shared, formulae not counted
	Share       float64 `json:"share"` // Runes in the runes of doc
}

func reuseOf(u Reuse, runes map[string]int) any {
	kind, ok := relationWords[u.Relation]
	if !ok {
		kind = string(u.Relation)
	}
	return jsonReuse{u.Doc, u.Span.Start, u.Span.End, u.Source, u.SourceSpan.Start, u.SourceSpan.End,
		u.Quote, u.SourceQuote, kind, u.Informative, share(u.Informative, runes[u.Doc])}
}

// share is n of all, rounded; 0 where all is unknown.
func share(n, all int) float64 {
	if all <= 0 {
		return 0
	}
	return rounded(float64(n) / float64(all))
}

// rounded has four places: more would be noise.
func rounded(f float64) float64 { return math.Round(f*1e4) / 1e4 }
