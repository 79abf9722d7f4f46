package xlsx

import (
	"github.com/xuri/excelize/v2"
)

// kind is how the content of a cell is to be taken.
type kind int

const (
	plain   kind = iota
	literal      // stays text even after a person edited it
	percent
	kinds
)

// look holds the number by which the file knows each style and kind.
type look [styles][kinds]int

func (l *look) id(s Style, k kind) int { return l[s][k] }

// cell is v as excelize takes it.
func (l *look) cell(v Value) excelize.Cell {
	style := v.Style
	if style < 0 || style >= header {
		style = Body
	}
	if v.Numeric {
		if v.Format == Percent {
			return excelize.Cell{StyleID: l.id(style, percent), Value: v.Number}
		}
		return excelize.Cell{StyleID: l.id(style, plain), Value: v.Number}
	}
	s := fit(v.Text)
	if s == "" {
		return excelize.Cell{StyleID: l.id(style, plain)}
	}
	if formulaLike(s) {
		return excelize.Cell{StyleID: l.id(style, literal), Value: s}
	}
	return excelize.Cell{StyleID: l.id(style, plain), Value: s}
}

const (
	serif = "宋体"
	sans  = "黑体"
	ink   = "222222"
	grey  = "595959"
	blue  = "1F3864"
	pale  = "DCE6F1"
)

// looks is the one list of what each style looks like.
var looks = [styles]func() *excelize.Style{
	Body:    func() *excelize.Style { return boxed(serif, ink, "", "left", "center") },
	Figure:  func() *excelize.Style { return boxed(serif, ink, "", "center", "center") },
	Strong:  func() *excelize.Style { return bold(boxed(serif, ink, "", "left", "center")) },
	Total:   func() *excelize.Style { return bold(boxed(serif, ink, "EDEDED", "center", "center")) },
	Link:    func() *excelize.Style { return underlined(boxed(serif, blue, "", "left", "center")) },
	Good:    func() *excelize.Style { return boxed(serif, "1E5631", "E2F0D9", "center", "center") },
	Vague:   func() *excelize.Style { return boxed(serif, "6B4A00", "FFF2CC", "center", "center") },
	Promise: func() *excelize.Style { return boxed(serif, "1F3864", "DDEBF7", "center", "center") },
	Copy:    func() *excelize.Style { return boxed(serif, "4A2466", "E4DFEC", "center", "center") },
	Absent:  func() *excelize.Style { return bold(boxed(serif, "8B1A1A", "F8D7CD", "center", "center")) },
	Outside: func() *excelize.Style { return boxed(serif, "7F7F7F", "F7F7F7", "center", "center") },
	Unknown: func() *excelize.Style { return bold(boxed(serif, ink, "D9D9D9", "center", "center")) },
	header:  func() *excelize.Style { return bold(boxed(sans, blue, pale, "center", "center")) },
	upright: func() *excelize.Style { return turned(boxed(sans, blue, pale, "center", "top")) },
	title:   func() *excelize.Style { return sized(16, bare(sans, ink, "left", false)) },
	note:    func() *excelize.Style { return sized(9, bare(serif, grey, "left", true)) },
	back:    func() *excelize.Style { return underlined(sized(9, bare(serif, blue, "right", false))) },
}

func bare(font, colour, across string, wrap bool) *excelize.Style {
	return &excelize.Style{
		Font:      &excelize.Font{Family: font, Size: 10, Color: colour},
		Alignment: &excelize.Alignment{Horizontal: across, Vertical: "center", WrapText: wrap},
	}
}

func boxed(font, colour, fill, across, down string) *excelize.Style {
	s := bare(font, colour, across, true)
	s.Alignment.Vertical = down
	for _, side := range []string{"left", "right", "top", "bottom"} {
		s.Border = append(s.Border, excelize.Border{Type: side, Color: "BFBFBF", Style: 1})
	}
	if fill != "" {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}}
	}
	return s
}

func bold(s *excelize.Style) *excelize.Style {
	s.Font.Bold = true
	return s
}

func underlined(s *excelize.Style) *excelize.Style {
	s.Font.Underline = "single"
	return s
}

func sized(points float64, s *excelize.Style) *excelize.Style {
	s.Font.Size = points
	return s
}

// turned writes from top to bottom, one character below the other.
func turned(s *excelize.Style) *excelize.Style {
	s.Alignment.TextRotation = 255
	return s
}

func newLook(f *excelize.File) (l look, err error) {
	percents := "0.0%"
	for i := range looks {
		for k := range kinds {
			s := looks[i]()
			switch k {
			case literal:
				s.NumFmt = 49 // text
			case percent:
				s.CustomNumFmt = &percents
			}
			if l[i][k], err = f.NewStyle(s); err != nil {
				return l, err
			}
		}
	}
	return l, nil
}
