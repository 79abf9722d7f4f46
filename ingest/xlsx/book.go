package xlsx

// Book is a workbook to be written.
type Book struct {
	Title  string // in the file's properties
	Sheets []Sheet
}

// Sheet is one sheet of a Book. From top to bottom it has the title, the note,
// the column titles, which stay in view and are repeated on every printed page,
// and the rows, each as high as its longest text needs. It prints on A4 landscape with page numbers.
type Sheet struct {
	Name    string // made legal and unique when written; Book.Names tells what it became
	Title   string // a line above the table; "" for none
	Note    string // a small line below the title; "" for none
	Back    string // the Name of a sheet that the title links to; "" for none
	Columns []Column
	Rows    [][]Value // rows may be shorter than Columns
	Freeze  int       // how many columns stay in view and are repeated on every printed page
	Filter  bool      // filter buttons on the column titles
	Wide    int       // how many printed pages the columns may take; 0 is one
}

// Column is one column of a Sheet.
type Column struct {
	Title   string
	Above   string   // stands in a row of its own above the title, such as a number
	Width   float64  // in digits of the standard font; a Chinese character takes two
	Hidden  bool     //
	Upright bool     // the title is written from top to bottom
	Choices []string // what a person may choose from in the cells below; nil for free text
}

// Value is what stands in one cell of a Sheet. The zero Value is an empty cell
// with borders.
type Value struct {
	Text   string
	Number float64 // shown when Numeric is set, instead of Text
	Format Format  // of a Number

	Numeric bool
	Style   Style
	Sheet   string // the Name of a sheet that the cell links to; "" for none
}

// Format is how a number is shown.
type Format int

// The formats.
const (
	Count   Format = iota // 1,234 as 1234
	Percent               // 0.452 as 45.2%
)

// Text is a Value that shows s.
func Text(s string) Value { return Value{Text: s} }

// Number is a Value that shows n as a count.
func Number(n int) Value { return Value{Number: float64(n), Numeric: true, Style: Figure} }

// Share is a Value that shows f, from 0 to 1, in percent.
func Share(f float64) Value {
	return Value{Number: f, Numeric: true, Format: Percent, Style: Figure}
}

// With is v in another style.
func (v Value) With(s Style) Value {
	v.Style = s
	return v
}

// Style is one of the looks that cells have.
type Style int

// The styles. The status styles differ in their colour; the sign that goes
// with each is the caller's, so that nothing is told by colour alone.
const (
	Body    Style = iota // text, wrapped, at the left
	Figure               // a number or a sign, centred
	Strong               // text that stands out
	Total                // a line of totals
	Link                 // leads to another sheet
	Good                 // 达标
	Vague                // 空泛
	Promise              // 只有打算
	Copy                 // 雷同
	Absent               // 缺项
	Outside              // 不适用
	Unknown              // 未判, 未报送, 读不出
	header
	upright
	title
	note
	back
	styles // how many there are
)
