package ocr

import (
	"image"
	"testing"

	"duibiao/ingest/ocr/picture"
)

// kind is a kind of page that is read, with its truth.
type kind struct {
	name  string
	img   image.Image
	dpi   float64
	truth string
}

func kinds(t testing.TB) []kind {
	plan, report := paragraphs(t, "plan.txt"), paragraphs(t, "report.txt")
	clean := written("Noto Serif CJK SC", 16, 28, report[:6])
	plain := written("Noto Sans CJK SC", 14, 31, plan[6:])
	rough := written("Noto Serif CJK SC", 16, 28, report[6:])
	pair := &sheet{font: "Noto Sans CJK SC", size: 10.5, lead: 19}
	pair.column(60, 90, 21, plan[3:9])
	pair.column(315, 90, 21, report[1:6])
	turned := written("Noto Sans CJK SC", 14, 31, report[7:])
	official := official(plan)
	return []kind{
		{"清晰宋体", clean.scan(t, 200), 200, clean.truth()},
		{"清晰黑体", plain.scan(t, 200), 200, plain.truth()},
		{"歪斜噪声", worn(t, rough.scan(t, 200), 2, 25), 200, rough.truth()},
		{"两栏小字", worn(t, pair.scan(t, 200), -0.7, 10), 200, pair.truth()},
		{"红头红章", worn(t, official.scan(t, 200), 0.4, 8), 200, official.truth()},
		{"横放", quarter(turned.scan(t, 150)), 150, turned.truth()},
	}
}

// written is a page with one column of text.
func written(font string, size float64, perLine int, paragraphs []string) *sheet {
	s := &sheet{font: font, size: size, lead: 1.75 * size}
	s.column(79, 110, perLine, paragraphs)
	return s
}

// official is a page as an office sends it out: its name in red at the head,
// and its seal over the name and the day at the end.
func official(text []string) *sheet {
	s := &sheet{font: "Noto Serif CJK SC", size: 33}
	s.text(100, 120, "#d01818", "font-weight:bold", text[0])
	s.size, s.lead = 14, 25
	s.text(220, 160, "black", "", text[1])
	s.parts.WriteString(`<line x1="79" y1="172" x2="516" y2="172" stroke="#d01818" stroke-width="2"/>`)
	end := s.column(79, 205, 31, text[2:6]) + 40
	s.text(310, end, "black", "", "云杉县人民政府办公室")
	s.text(330, end+28, "black", "", "2024年3月15日")
	s.seal(385, end, "云杉县人民政府办公室")
	return s
}

// quarter is img on its side.
func quarter(img image.Image) image.Image {
	g, _ := picture.Turn(picture.Grey(img), 90)
	return g
}
