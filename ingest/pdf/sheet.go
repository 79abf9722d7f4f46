package pdf

import (
	"context"
	"math"
	"strings"
	"unicode/utf16"

	"duibiao/corpus"
	"duibiao/ingest/layout"
)

// sheet is one page as it is read out of PDFium.
type sheet struct {
	layout.Page
	frame frame
}

// frame is the box that shows a page, in the page's own space, in which y
// grows upwards, and the quarter turns clockwise by which a viewer turns it.
type frame struct {
	left, bottom, width, height float64
	turns                       int
}

// shown maps a place in the page's own space to the page as it is shown.
func (f *frame) shown(x, y float64) (float64, float64) {
	x, y = x-f.left, y-f.bottom
	switch f.turns {
	case 1:
		return y, x
	case 2:
		return f.width - x, y
	case 3:
		return f.height - y, f.width - x
	}
	return x, f.height - y
}

// box maps a box likewise.
func (f *frame) box(x0, y0, x1, y1 float64) corpus.Box {
	x0, y0 = f.shown(x0, y0)
	x1, y1 = f.shown(x1, y1)
	return corpus.Box{Left: min(x0, x1), Top: min(y0, y1), Right: max(x0, x1), Bottom: max(y0, y1)}
}

// document is an open PDF inside the engine.
type document struct {
	e      *engine
	handle uint64
	file   uint64
	pages  int
	faces  map[uint64]layout.Face
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
	s = &sheet{Page: layout.Page{Number: n}}
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
	turns, err := e.call(ctx, "FPDFPage_GetRotation", page)
	if err != nil {
		return err
	}
	f := &s.frame
	f.left, f.bottom = min(left, right), min(top, bottom)
	f.width, f.height = math.Abs(right-left), math.Abs(top-bottom)
	f.turns = int(turns) & 3
	s.Width, s.Height = f.width, f.height
	if f.turns%2 == 1 {
		s.Width, s.Height = s.Height, s.Width
	}
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
	s.Glyphs = make([]layout.Glyph, 0, n)
	styles := map[uint64]style{}
	fonts := map[uint64]int{}
	for i := range n {
		object, err := call(ctx, e.hot.object, text, uint64(i))
		if err != nil {
			return err
		}
		if object == 0 {
			continue
		}
		g, ok, err := d.character(ctx, text, i, &s.frame)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		st, known := styles[object]
		if !known {
			if st, err = d.style(ctx, text, i, object, s, fonts); err != nil {
				return err
			}
			styles[object] = st
		}
		g.Face, g.Size, g.Angle, g.Hidden = st.font, st.size, st.angle-float64(s.frame.turns)*math.Pi/2, st.hidden
		if !joinSurrogate(s.Glyphs, g.Rune) {
			s.Glyphs = append(s.Glyphs, g)
		}
	}
	return nil
}

// joinSurrogate completes the character before with the second half r.
func joinSurrogate(before []layout.Glyph, r rune) bool {
	if len(before) == 0 {
		return false
	}
	last := &before[len(before)-1]
	if full := utf16.DecodeRune(last.Rune, r); full != 0xFFFD {
		last.Rune = full
		return true
	}
	return false
}

// character reads character i, or says false for white space that PDFium made
// up itself: the layout finds spaces and line ends on its own.
func (d *document) character(ctx context.Context, text uint64, i int, f *frame) (g layout.Glyph, ok bool, err error) {
	e := d.e
	at, index := uint64(e.scratch), uint64(i)
	r, err := call(ctx, e.hot.unicode, text, index)
	if err != nil {
		return g, false, err
	}
	if uint32(r) <= ' ' {
		made, err := call(ctx, e.hot.generated, text, index)
		if err != nil || int32(made) == 1 {
			return g, false, err
		}
	}
	if _, err = call(ctx, e.hot.box, text, index, at); err != nil {
		return g, false, err
	}
	if _, err = call(ctx, e.hot.origin, text, index, at+16, at+24); err != nil {
		return g, false, err
	}
	g.Rune = rune(int32(r))
	if g.Rune == 2 { // PDFium's mark for a hyphen at a line's end
		g.Rune = '-'
	}
	if g.Rune == 0 || g.Rune == 0xFFFE || g.Rune == 0xFFFF || g.Rune > 0x10FFFF || g.Rune < 0 {
		g.Rune = 0xFFFD
	}
	g.Box = f.box(e.float(0), e.float(12), e.float(8), e.float(4))
	g.X, g.Y = f.shown(e.double(16), e.double(24))
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

func (s *sheet) addFont(fonts map[uint64]int, handle uint64, f layout.Face) int {
	if at, ok := fonts[handle]; ok {
		return at
	}
	fonts[handle] = len(s.Faces)
	s.Faces = append(s.Faces, f)
	return len(s.Faces) - 1
}

// face is asked once for each font of the document.
func (d *document) face(ctx context.Context, font uint64) (layout.Face, error) {
	if f, ok := d.faces[font]; ok || font == 0 {
		return f, nil
	}
	e := d.e
	n, err := e.call(ctx, "FPDFFont_GetBaseFontName", font, uint64(e.scratch), scratchSize)
	if err != nil {
		return layout.Face{}, err
	}
	name, _ := e.mod.Memory().Read(e.scratch, min(uint32(n), scratchSize))
	f := layout.Face{Name: strings.ToLower(strings.TrimRight(string(name), "\x00"))}
	weight, err := e.call(ctx, "FPDFFont_GetWeight", font)
	if err != nil {
		return layout.Face{}, err
	}
	embedded, err := e.call(ctx, "FPDFFont_GetIsEmbedded", font)
	if err != nil {
		return layout.Face{}, err
	}
	f.Absent = int32(embedded) == 0
	f.Bold = int32(weight) >= 600 || strings.Contains(f.Name, "bold") || strings.Contains(f.Name, "heavy") ||
		strings.Contains(f.Name, "simhei") || strings.Contains(f.Name, "black")
	d.faces[font] = f
	return f, nil
}
