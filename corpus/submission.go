package corpus

// UnitKind is the type of a unit, as a roster's 类别 column names it.
type UnitKind string

// The unit types that applicability speaks of.
const (
	County   UnitKind = "县级政府" // 县（市、区）政府 and 功能区管委会
	Bureau   UnitKind = "市直部门" // 市级政府部门; a county's own bureaus are CountyBureau
	Township UnitKind = "乡镇街道"
	CityGov  UnitKind = "市级政府"
	// CountyBureau is a department of a county government.
	CountyBureau UnitKind = "县直部门"
)

// Unit is one 单位 that hands something in.
type Unit struct {
	Name     string   `json:"unit"`
	Kind     UnitKind `json:"unit_kind"`
	Class    string   `json:"-"`                  // the roster's 类别 as it stands there
	Aliases  []string `json:"aliases,omitempty"`  // short names by which files and texts call it
	Owes     []Kind   `json:"owes,omitempty"`     // 应报材料
	Enforces bool     `json:"enforces,omitempty"` // 有行政执法权, where the roster says so
	Parent   string   `json:"parent,omitempty"`   // the government it belongs to, where known
}

// Kind is what sort of paper a submission is.
type Kind string

// The kinds of submission.
const (
	Plan       Kind = "方案"
	Annual     Kind = "年度报告"
	SelfReview Kind = "自评报告"
	Notice     Kind = "通知"
	Other      Kind = "其他"
)

// Taken is a value read off a submission, with where it was taken from: "目录",
// "文件名", "红头", "标题", "落款", "文号", "报送清单", "名册" or "正文".
type Taken struct {
	Value string `json:"value"`
	From  string `json:"from,omitempty"`
	Span  Span   `json:"-"` // where in the document, when From is a place in it
}

// Submission is one file that one unit handed in for one year.
type Submission struct {
	ID    string    // path relative to the folder, with "/"; "a.zip!/b.docx" inside an archive; "SHELF/path" for a shelf
	Shelf Shelf     // "" for what is reviewed
	Doc   *Document // nil when the file could not be read; Reason then says why
	Unit  Taken     // Value "" when nothing names it
	Type  UnitKind  // the unit's type, from the roster or from its name
	Year  Taken     // the year the paper is about, "2025"
	Date  Taken     // the day it was signed, "2025-01-12"
	Kind  Taken     // Value is one of the Kind constants
	No    Taken     // 文号
	Title Taken

	Reason string // why it was not read, a Chinese sentence
}

// Shelf names a set of reference documents, which are compared with but never
// reviewed.
type Shelf string

// The shelves.
const (
	Superior Shelf = "上位文件" // the superior's plans and prescribed outlines
	Previous Shelf = "往年"   // what units handed in in earlier years
	Template Shelf = "范文"   // template-shop texts
	// Reference is a shelf of which nothing more is known: what its papers are
	// to a copy of them follows from their units, levels and dates.
	Reference Shelf = "参照"
)

// Sentence is one sentence, with the mark that ends it.
type Sentence struct {
	Span Span
	Text string
}

// Passage is a body paragraph or a table row: the piece that is indexed and
// shown. Judging goes sentence by sentence within it.
type Passage struct {
	Span      Span
	Text      string // doc.Text(Span)
	Zone      Zone
	Place     Location
	Headings  []string // the headings above it, outermost first, with their numbers; a run-in heading is the last
	Sentences []Sentence
}

// Zone says which part of the paper a passage belongs to. Only Content and
// Table are judged; all are searched.
type Zone string

// The zones of a paper.
const (
	Content   Zone = "正文"
	Title     Zone = "标题"  // the paper's title
	Head      Zone = "小标题" // a heading that stands alone
	Table     Zone = "表格"
	Letter    Zone = "版头"  // 红头, 文号, 签发人, addressee
	Signature Zone = "落款"  // unit, date, 附件 list, 版记
	NotText   Zone = "非正文" // web navigation, adverts, page headers, comments
	Frame     Zone = "引言"  // the opening frame: judged for no item by itself
)

// Section is the headings above the passage joined for people, for example
// "一、主要举措 › （二）规范执法".
func (p Passage) Section() string {
	s := ""
	for i, h := range p.Headings {
		if i > 0 {
			s += " › "
		}
		s += h
	}
	return s
}
