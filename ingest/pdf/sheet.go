package pdf

import (
	"context"
	"math"
	"strings"
	"unicode/utf16"
)

// glyph is one character with its place on the page. As PDFium gives it, x
// grows to the right and y upwards; turn makes y grow downwards in the
// direction in which the text is read.
type glyph struct {
	r                        rune
	x, y                     float64 // origin: the pen's place on the baseline
	left, right, top, bottom float64 // the box that the font gives every character
	size                     float64 // points, as drawn
	angle                    float64 // radians, of the direction of the line
	font                     int     // index into sheet.fonts
	order                    int     // place in the content stream
	bad                      bool    // PDFium found no Unicode value for it
	hidden                   bool    // drawn with no ink: a text layer over a scan
}

// face is one font as it is used on a page.
type face struct {
	name string
	bold bool
}

// stroke is a ruling line, horizontal or vertical.
type stroke struct{ x0, y0, x1, y1 float64 }

// sheet is one page as PDFium sees it, before any layout.
type sheet struct {
	page          int // from 1
	width, height float64
	left, bottom  float64 // the origin of the page box
	glyphs        []glyph
	fonts         []face
	strokes       []stroke
	pictures      float64  // the share of the page that images cover, 0 to 1
	notes         []string // annotations and form fields
}

// document is an open PDF inside the engine.
type document struct {
	e      *engine
	handle uint64
	file   uint64
	pages  int
	faces  map[uint64]face
}

// style is what the characters of one text object have in common.
type style struct {
	font   int
	size   float64
	angle  float64
	hidden bool
}

// PDFium's object types and text modes.
const (
	pathObject  = 2
	imageObject = 3
	formObject  = 5
	invisible   = 3
)

const maxObjects = 50000 // page objects looked at for lines and pictures

func (d *document) sheet(ctx context.Context, n int) (s *sheet, err error) {
	e := d.e
	page, err := e.call(ctx, "FPDF_LoadPage", d.handle, uint64(n-1))
	if err != nil {
		return nil, err
	}
	if page == 0 {
		return nil, errBadPage
	}
	defer func() {
		if _, e2 := e.call(ctx, "FPDF_ClosePage", page); err == nil {
			err = e2
		}
	}()
	s = &sheet{page: n}
	if err := d.pageBox(ctx, page, s); err != nil {
		return nil, err
	}
	if err := d.characters(ctx, page, s); err != nil {
		return nil, err
	}
	if err := d.drawings(ctx, page, s); err != nil {
		return nil, err
	}
	return s, d.annotations(ctx, page, s)
}

// pageBox takes the box that shows the page, in the page's own space, in
// which the characters are given too.
func (d *document) pageBox(ctx context.Context, page uint64, s *sheet) error {
	e := d.e
	if _, err := e.call(ctx, "FPDF_GetPageBoundingBox", page, uint64(e.scratch)); err != nil {
		return err
	}
	left, top, right, bottom := e.float(0), e.float(4), e.float(8), e.float(12)
	s.left, s.bottom = min(left, right), min(top, bottom)
	s.width, s.height = math.Abs(right-left), math.Abs(top-bottom)
	return nil
}

func (d *document) characters(ctx context.Context, page uint64, s *sheet) (err error) {
	e := d.e
	text, err := e.call(ctx, "FPDFText_LoadPage", page)
	if err != nil || text == 0 {
		return err
	}
	defer func() {
		if _, e2 := e.call(ctx, "FPDFText_ClosePage", text); err == nil {
			err = e2
		}
	}()
	count, err := e.call(ctx, "FPDFText_CountChars", text)
	if err != nil {
		return err
	}
	n := int(int32(count))
	if n <= 0 {
		return nil
	}
	s.glyphs = make([]glyph, 0, n)
	styles := map[uint64]style{}
	fonts := map[uint64]int{}
	for i := range n {
		g, ok, err := d.character(ctx, text, i)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		object, err := call(ctx, e.hot.object, text, uint64(i))
		if err != nil {
			return err
		}
		st, known := styles[object]
		if !known {
			if st, err = d.style(ctx, text, i, object, s, fonts); err != nil {
				return err
			}
			styles[object] = st
		}
		g.font, g.size, g.angle, g.hidden, g.order = st.font, st.size, st.angle, st.hidden, len(s.glyphs)
		if !joinSurrogate(s.glyphs, g.r) {
			s.glyphs = append(s.glyphs, g)
		}
	}
	return nil
}

// joinSurrogate completes the character before with the second half r.
func joinSurrogate(before []glyph, r rune) bool {
	if len(before) == 0 {
		return false
	}
	last := &before[len(before)-1]
	if full := utf16.DecodeRune(last.r, r); full != 0xFFFD {
		last.r = full
		return true
	}
	return false
}

// character reads character i, or says false for those that PDFium made up
// itself: spaces and line ends, which the layout finds on its own.
func (d *document) character(ctx context.Context, text uint64, i int) (g glyph, ok bool, err error) {
	e := d.e
	at, index := uint64(e.scratch), uint64(i)
	made, err := call(ctx, e.hot.generated, text, index)
	if err != nil || int32(made) == 1 {
		return g, false, err
	}
	r, err := call(ctx, e.hot.unicode, text, index)
	if err != nil {
		return g, false, err
	}
	if _, err = call(ctx, e.hot.box, text, index, at); err != nil {
		return g, false, err
	}
	if _, err = call(ctx, e.hot.origin, text, index, at+16, at+24); err != nil {
		return g, false, err
	}
	g.r = rune(int32(r))
	if g.r == 2 { // PDFium's mark for a hyphen at a line's end
		g.r = '-'
	}
	if g.r == 0 || g.r == 0xFFFE || g.r == 0xFFFF || g.r > 0x10FFFF || g.r < 0 {
		g.r, g.bad = 0xFFFD, true
	}
	g.left, g.top, g.right, g.bottom = e.float(0), e.float(4), e.float(8), e.float(12)
	g.x, g.y = e.double(16), e.double(24)
	return g, true, nil
}

func (d *document) style(ctx context.Context, text uint64, i int, object uint64, s *sheet, fonts map[uint64]int) (style, error) {
	e := d.e
	size, err := e.call(ctx, "FPDFText_GetFontSize", text, uint64(i))
	if err != nil {
		return style{}, err
	}
	if _, err := e.call(ctx, "FPDFText_GetMatrix", text, uint64(i), uint64(e.scratch)); err != nil {
		return style{}, err
	}
	a, b, c, dd := e.float(0), e.float(4), e.float(8), e.float(12)
	st := style{size: finite(math.Float64frombits(size)) * math.Hypot(c, dd), angle: math.Atan2(b, a)}
	if object == 0 {
		st.font = s.addFont(fonts, 0, face{})
		return st, nil
	}
	font, err := e.call(ctx, "FPDFTextObj_GetFont", object)
	if err != nil {
		return st, err
	}
	mode, err := e.call(ctx, "FPDFTextObj_GetTextRenderMode", object)
	if err != nil {
		return st, err
	}
	st.hidden = int32(mode) == invisible
	if at, ok := fonts[font]; ok {
		st.font = at
		return st, nil
	}
	f, err := d.face(ctx, font)
	st.font = s.addFont(fonts, font, f)
	return st, err
}

func (s *sheet) addFont(fonts map[uint64]int, handle uint64, f face) int {
	if at, ok := fonts[handle]; ok {
		return at
	}
	fonts[handle] = len(s.fonts)
	s.fonts = append(s.fonts, f)
	return len(s.fonts) - 1
}

// face is asked once for each font of the document.
func (d *document) face(ctx context.Context, font uint64) (face, error) {
	if f, ok := d.faces[font]; ok || font == 0 {
		return f, nil
	}
	e := d.e
	n, err := e.call(ctx, "FPDFFont_GetBaseFontName", font, uint64(e.scratch), scratchSize)
	if err != nil {
		return face{}, err
	}
	name, _ := e.mod.Memory().Read(e.scratch, min(uint32(n), scratchSize))
	f := face{name: strings.ToLower(strings.TrimRight(string(name), "\x00"))}
	weight, err := e.call(ctx, "FPDFFont_GetWeight", font)
	if err != nil {
		return face{}, err
	}
	f.bold = int32(weight) >= 600 || strings.Contains(f.name, "bold") || strings.Contains(f.name, "heavy") ||
		strings.Contains(f.name, "simhei") || strings.Contains(f.name, "black")
	d.faces[font] = f
	return f, nil
}
