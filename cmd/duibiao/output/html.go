package output

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"strings"

	"duibiao/corpus"
	"duibiao/rules"
)

// The page of the report: what HTML puts its data into.
var (
	//go:embed page/report.html
	pageHTML string
	//go:embed page/report.css
	pageCSS string
	//go:embed page/report.js
	pageJS string
)

// HTML writes r as one file that needs no network and no other file: the
// overview, a page for each unit, every finding with its passage in context,
// and papers beside what they share text with. Where the text
// of a document is not at hand, its passages are shown as quoted. Documents are
// packed one by one, and unpacked when they are looked at. The same r gives
// the same bytes. A report without indicators, as compare makes it, is shown
// from its pairs on.
func HTML(w io.Writer, r *Report) error {
	p := pageOf(r.ordered())
	p.papers()
	p.unitRows()
	p.chunks[0] = p.pageData
	page := strings.NewReplacer(
		"/*CSS*/", pageCSS, "/*JS*/", pageJS, "<!--TITLE-->", html.EscapeString(p.Title)).Replace(pageHTML)
	head, tail, _ := strings.Cut(page, "<!--DATA-->")
	if _, err := io.WriteString(w, head); err != nil {
		return fmt.Errorf("write html: %w", err)
	}
	for i, c := range p.chunks {
		packed, err := packed(c)
		if err != nil {
			return fmt.Errorf("write html: %w", err)
		}
		if _, err := fmt.Fprintf(w, "<script type=\"text/plain\" id=\"chunk-%d\">%s</script>\n", i, packed); err != nil {
			return fmt.Errorf("write html: %w", err)
		}
	}
	if _, err := io.WriteString(w, tail); err != nil {
		return fmt.Errorf("write html: %w", err)
	}
	return nil
}

// packed is v as JSON, gzip and base64.
func packed(v any) (string, error) {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	e := json.NewEncoder(z)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return "", err
	}
	if err := z.Close(); err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(b.Bytes()), nil
}

// pageData is what the page knows from the beginning. Units, indicators,
// documents and verdicts are named by their places in its lists.
type pageData struct {
	Title    string        `json:"title"`
	Note     string        `json:"note"`
	Round    string        `json:"round"`
	Counts   counts        `json:"counts"`
	Verdicts []pageVerdict `json:"verdicts"`
	Units    []pageUnit    `json:"units"`
	Items    []pageItem    `json:"items"`
	Docs     []pageDoc     `json:"docs"`
	Findings []pageFinding `json:"findings"`
	Reuse    []pageReuse   `json:"reuse"`
	Gone     []pageGone    `json:"gone"`
	Skipped  []Skipped     `json:"skipped"`
	About    [][2]string   `json:"about"`
}

type pageVerdict struct {
	Name  string `json:"name"`
	Sign  string `json:"sign"`
	Means string `json:"means"`
	Gap   bool   `json:"gap"`
}

type pageUnit struct {
	Name    string `json:"name"`
	Kind    string `json:"kind"`
	Missing bool   `json:"missing"`
	Note    string `json:"note"`
	Row     []int  `json:"row"` // the verdict on each indicator
	Chunk   int    `json:"chunk"`
}

type pageItem struct {
	No     string `json:"no"`
	Title  string `json:"title"`
	Level1 string `json:"level1"`
	Text   string `json:"text"`
}

type pageDoc struct {
	ID       string    `json:"id"`
	Unit     int       `json:"unit"` // -1 on a shelf and where it is not known
	Whose    string    `json:"whose"`
	Shelf    string    `json:"shelf"`
	Status   string    `json:"status"`
	Unread   bool      `json:"unread"`
	Notes    string    `json:"notes"`
	Kind     string    `json:"kind"`
	Year     string    `json:"year"`
	Date     string    `json:"date"`
	Runes    int       `json:"runes"`
	Pages    int       `json:"pages"`
	Measures *Measures `json:"measures"`
	Chunk    int       `json:"chunk"` // 0 where its text is not in the page
}

type pagePlace struct {
	Doc     int    `json:"doc"`
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Place   string `json:"place"`
	Section string `json:"section"`
	Quote   string `json:"quote"`
}

type pageFinding struct {
	ID       string     `json:"id"`
	Unit     int        `json:"unit"`
	Item     int        `json:"item"` // -1 where it is about a paper or the unit
	Doc      int        `json:"doc"`  // -1 where it is about the unit
	Check    string     `json:"check"`
	Severity string     `json:"severity"`
	Message  string     `json:"message"`
	At       *pagePlace `json:"at"`
	Source   *pagePlace `json:"source"`
	Ask      string     `json:"ask"`
	State    string     `json:"state"`
	Review   string     `json:"review"`
	Excused  bool       `json:"excused"`
	Note     string     `json:"note"`
	Round    string     `json:"round"`
}

type pageReuse struct {
	At       pagePlace `json:"at"`
	From     pagePlace `json:"from"`
	Relation string    `json:"relation"`
	Runes    int       `json:"runes"`
	Same     [][2]int  `json:"same"` // the parts of At that agree word for word
	There    [][2]int  `json:"there"`
}

type pageGone struct {
	ID      string `json:"id"`
	Unit    string `json:"unit"`
	About   string `json:"about"`
	Check   string `json:"check"`
	Message string `json:"message"`
	Round   string `json:"round"`
	When    string `json:"when"`
}

// pageRow is a verdict with what shows it.
type pageRow struct {
	Item     int         `json:"item"`
	Status   int         `json:"status"`
	Why      string      `json:"why"`
	Evidence []pagePlace `json:"evidence"`
	Measures *Measures   `json:"measures"`
}

// pageParagraph is a paragraph of a document: where it begins, in runes.
type pageParagraph struct {
	Start int    `json:"s"`
	Text  string `json:"t"`
	Page  int    `json:"p,omitempty"`
	Kind  string `json:"k,omitempty"` // h heading, r row, a not the paper's text
}

// htmlPage is a page that is being made.
type htmlPage struct {
	pageData
	r      *Report
	chunks []any // the first is pageData itself
	doc    map[string]int
	unit   map[string]int
	item   map[string]int
}

func pageOf(r *Report) *htmlPage {
	p := &htmlPage{pageData: pageData{Units: []pageUnit{}, Items: []pageItem{}, Docs: []pageDoc{}, Findings: []pageFinding{},
		Reuse: []pageReuse{}, Gone: []pageGone{}}, r: r, chunks: make([]any, 1), doc: map[string]int{}, unit: map[string]int{}, item: map[string]int{}}
	p.Title, p.Counts, p.Round, p.Skipped = workTitle+inBrackets(r.years()), r.counts(), r.RoundSummary(), notNil(r.Skipped)
	if len(r.Indicators) == 0 {
		p.Title = "报送材料雷同对照" + inBrackets(r.years())
	}
	p.Note = "结论均为“疑似”，供审查人核对。" + r.Run.Rules
	for _, v := range verdicts {
		p.Verdicts = append(p.Verdicts, pageVerdict{string(v.status), v.sign, v.means, v.status.Gap()})
	}
	for i, x := range r.Indicators {
		p.item[x.ID] = i
		p.Items = append(p.Items, pageItem{x.No, x.Title, x.Level1, x.Text})
	}
	m, names := r.matrix(), r.fileNames()
	for i, u := range r.Units {
		p.unit[u.Name] = i
		unit := pageUnit{Name: u.Name, Kind: string(u.Kind), Missing: u.Missing, Note: strings.TrimSpace(unitNote(r, names, u)), Row: []int{}}
		for _, x := range r.Indicators {
			unit.Row = append(unit.Row, verdictPlace(m.status(u.Name, x.ID)))
		}
		p.Units = append(p.Units, unit)
	}
	for i, d := range r.Documents {
		p.doc[d.ID] = i
	}
	p.findings()
	for _, u := range r.Reuse {
		p.Reuse = append(p.Reuse, pageReuse{
			At:       p.place(u.Doc, u.Span, u.Place, u.Section, u.Quote),
			From:     p.place(u.Source, u.SourceSpan, u.SourcePlace, u.SourceSection, u.SourceQuote),
			Relation: string(u.Relation), Runes: u.Informative, Same: bounds(u.Same), There: bounds(u.From)})
	}
	for _, g := range r.Rounds.Gone {
		p.Gone = append(p.Gone, pageGone{g.ID, g.Unit, strings.TrimSpace(g.No + " " + g.Title), g.Check, g.Message, string(g.Round), g.When.Format("2006-01-02")})
	}
	for _, row := range wordSheet(r).Rows {
		p.About = append(p.About, [2]string{row[0].Text, row[1].Text})
	}
	return p
}

func bounds(spans []corpus.Span) [][2]int {
	list := make([][2]int, len(spans))
	for i, s := range spans {
		list[i] = [2]int{s.Start, s.End}
	}
	return list
}

func verdictPlace(s rules.Status) int {
	for i, v := range verdicts {
		if v.status == s {
			return i
		}
	}
	return len(verdicts) - 1 // 未判
}

// index is where name stands in a list, or -1.
func index(places map[string]int, name string) int {
	if i, ok := places[name]; ok {
		return i
	}
	return -1
}

func (p *htmlPage) place(doc string, s corpus.Span, at corpus.Location, section, quote string) pagePlace {
	where := ""
	if at != (corpus.Location{}) {
		where = at.String()
	}
	return pagePlace{index(p.doc, doc), s.Start, s.End, where, section, quote}
}

func (p *htmlPage) findings() {
	for _, f := range p.r.Findings {
		d := p.r.Decisions[f.ID]
		x := pageFinding{ID: f.ID, Unit: index(p.unit, f.Unit), Item: index(p.item, f.Indicator), Doc: index(p.doc, f.Doc), Check: f.Check,
			Severity: string(f.Severity), Message: f.Message + measured(f), Ask: f.Ask, State: d.Status.Word(),
			Review: string(d.ReviewOrPending()), Excused: d.excused(), Note: d.Note, Round: string(p.r.Rounds.State[f.ID])}
		if e := f.Evidence; e != nil {
			at := p.place(e.Doc, e.Span, e.Place, e.Section, e.Quote)
			x.At = &at
		}
		if s := f.Source; s != nil {
			from := p.place(s.Doc, s.Span, s.Place, s.Unit, s.Quote)
			x.Source = &from
		}
		p.Findings = append(p.Findings, x)
	}
}

// papers adds the documents: what is under review, and what it shares text
// with.
func (p *htmlPage) papers() {
	shown := map[string]bool{}
	for _, u := range p.r.Reuse {
		shown[u.Source] = true
	}
	for _, d := range p.r.Documents {
		x := pageDoc{ID: d.ID, Unit: index(p.unit, d.Unit.Value), Whose: d.Unit.Value, Shelf: string(d.Shelf), Status: fileWords[d.Status],
			Unread: d.Status == Partial || d.Status == Unreadable, Notes: strings.Join(fileNotes(d), "\n"), Kind: d.Kind.Value,
			Year: d.Year.Value, Date: d.Date.Value, Runes: d.Runes, Pages: d.Pages, Measures: orNone(d.Measures)}
		if doc := p.r.text(d.ID); doc != nil && (d.Shelf == "" || shown[d.ID]) {
			x.Chunk = p.chunk(paragraphsFor(doc))
		}
		p.Docs = append(p.Docs, x)
	}
}

func (p *htmlPage) chunk(v any) int {
	p.chunks = append(p.chunks, v)
	return len(p.chunks) - 1
}

func paragraphsFor(doc *corpus.Document) []pageParagraph {
	kinds := map[corpus.Role]string{corpus.Heading: "h", corpus.Row: "r", corpus.Aside: "a"}
	list := make([]pageParagraph, len(doc.Paragraphs))
	for i, q := range doc.Paragraphs {
		list[i] = pageParagraph{q.Span.Start, doc.Text(q.Span), q.Page, kinds[q.Role]}
	}
	return list
}

// unitRows adds, for each unit, its verdicts with what shows them.
func (p *htmlPage) unitRows() {
	rows := make([][]pageRow, len(p.Units))
	for _, row := range p.r.Rows {
		u, i := index(p.unit, row.Unit), index(p.item, row.Indicator)
		if u < 0 || i < 0 {
			continue
		}
		x := pageRow{Item: i, Status: verdictPlace(row.Status), Why: why(row), Evidence: []pagePlace{},
			Measures: orNone(p.r.Sections[SectionKey(row.Unit, row.Indicator)])}
		for _, e := range row.Evidence {
			x.Evidence = append(x.Evidence, p.place(e.Doc, e.Span, e.Place, e.Section, e.Quote))
		}
		rows[u] = append(rows[u], x)
	}
	for u := range rows {
		p.Units[u].Chunk = p.chunk(notNil(rows[u]))
	}
}
