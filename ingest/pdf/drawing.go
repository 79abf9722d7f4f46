package pdf

import (
	"context"
	"math"

	"duibiao/ingest/layout"
)

const (
	thin      = 3.0 // points: a filled rectangle no thicker than this is a line
	shortRule = 8.0 // points: shorter lines are decoration
	maxDepth  = 4   // of form XObjects inside each other
)

// matrix maps a point as PDF matrices do.
type matrix struct{ a, b, c, d, e, f float64 }

func (m matrix) apply(x, y float64) (float64, float64) {
	return m.a*x + m.c*y + m.e, m.b*x + m.d*y + m.f
}

// then is m followed by n.
func (m matrix) then(n matrix) matrix {
	e, f := n.apply(m.e, m.f)
	return matrix{m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d, m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d, e, f}
}

// drawings collects the ruling lines of a page and how much of it is covered
// by images.
func (d *document) drawings(ctx context.Context, page uint64, s *sheet) error {
	n, err := d.e.call(ctx, "FPDFPage_CountObjects", page)
	if err != nil {
		return err
	}
	w := &drawingWalk{d: d, s: s, left: maxObjects}
	return w.walk(ctx, "FPDFPage_GetObject", page, int(int32(n)), matrix{a: 1, d: 1}, 0)
}

type drawingWalk struct {
	d    *document
	s    *sheet
	left int // objects that may still be looked at
}

func (w *drawingWalk) walk(ctx context.Context, get string, parent uint64, n int, m matrix, depth int) error {
	e := w.d.e
	for i := 0; i < n && w.left > 0; i++ {
		w.left--
		object, err := e.call(ctx, get, parent, uint64(i))
		if err != nil {
			return err
		}
		if object == 0 {
			continue
		}
		kind, err := e.call(ctx, "FPDFPageObj_GetType", object)
		if err != nil {
			return err
		}
		switch int32(kind) {
		case pathObject:
			err = w.path(ctx, object, m)
		case imageObject:
			err = w.image(ctx, object, m)
		case formObject:
			if depth < maxDepth {
				err = w.form(ctx, object, m, depth)
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (w *drawingWalk) form(ctx context.Context, object uint64, m matrix, depth int) error {
	own, err := w.matrix(ctx, object)
	if err != nil {
		return err
	}
	n, err := w.d.e.call(ctx, "FPDFFormObj_CountObjects", object)
	if err != nil {
		return err
	}
	return w.walk(ctx, "FPDFFormObj_GetObject", object, int(int32(n)), own.then(m), depth+1)
}

func (w *drawingWalk) matrix(ctx context.Context, object uint64) (matrix, error) {
	e := w.d.e
	ok, err := e.call(ctx, "FPDFPageObj_GetMatrix", object, uint64(e.scratch))
	if err != nil || int32(ok) == 0 {
		return matrix{a: 1, d: 1}, err
	}
	return matrix{e.float(0), e.float(4), e.float(8), e.float(12), e.float(16), e.float(20)}, nil
}

func (w *drawingWalk) image(ctx context.Context, object uint64, m matrix) error {
	own, err := w.matrix(ctx, object)
	if err != nil {
		return err
	}
	own = own.then(m)
	if area := w.s.Width * w.s.Height; area > 0 {
		w.s.Pictures += math.Min(1, math.Abs(own.a*own.d-own.b*own.c)/area)
	}
	return nil
}

// path takes the straight lines of a path, and thin rectangles as lines.
func (w *drawingWalk) path(ctx context.Context, object uint64, m matrix) error {
	e := w.d.e
	n, err := e.call(ctx, "FPDFPath_CountSegments", object)
	if err != nil || int32(n) < 2 || int32(n) > 4000 {
		return err
	}
	own, err := w.matrix(ctx, object)
	if err != nil {
		return err
	}
	own = own.then(m)
	if _, err = e.call(ctx, "FPDFPath_GetDrawMode", object, uint64(e.scratch), uint64(e.scratch+4)); err != nil {
		return err
	}
	fill, _ := e.mod.Memory().ReadUint32Le(e.scratch)
	line, _ := e.mod.Memory().ReadUint32Le(e.scratch + 4)
	if fill == 0 && line == 0 {
		return nil
	}
	const letter = 8 // segments
	if fill != 0 && int32(n) >= letter {
		w.s.Shapes++
	}
	var sub []point
	flush := func() {
		w.s.addRules(sub, line != 0)
		sub = sub[:0]
	}
	for i := range int(int32(n)) {
		seg, err := e.call(ctx, "FPDFPath_GetPathSegment", object, uint64(i))
		if err != nil {
			return err
		}
		kind, err := e.call(ctx, "FPDFPathSegment_GetType", seg)
		if err != nil {
			return err
		}
		if _, err := e.call(ctx, "FPDFPathSegment_GetPoint", seg, uint64(e.scratch), uint64(e.scratch+4)); err != nil {
			return err
		}
		x, y := own.apply(e.float(0), e.float(4))
		const bezier, moveTo = 1, 2
		switch int32(kind) {
		case bezier:
			sub = append(sub, point{x: x, y: y, curved: true})
			continue
		case moveTo:
			flush()
		}
		closed, err := e.call(ctx, "FPDFPathSegment_GetClose", seg)
		if err != nil {
			return err
		}
		sub = append(sub, point{x: x, y: y})
		if int32(closed) != 0 && len(sub) > 2 {
			sub = append(sub, sub[0])
		}
	}
	flush()
	return nil
}

type point struct {
	x, y   float64
	curved bool
}

// addRules takes one sub-path: what is stroked gives its straight edges, what
// is only filled counts as a line when it is thin.
func (s *sheet) addRules(sub []point, stroked bool) {
	if len(sub) < 2 || len(s.Rules) > maxObjects {
		return
	}
	left, right, low, high := sub[0].x, sub[0].x, sub[0].y, sub[0].y
	for _, p := range sub {
		if p.curved {
			return
		}
		left, right, low, high = min(left, p.x), max(right, p.x), min(low, p.y), max(high, p.y)
	}
	switch {
	case high-low <= thin && right-left >= shortRule:
		s.addRule(left, (low+high)/2, right, (low+high)/2)
	case right-left <= thin && high-low >= shortRule:
		s.addRule((left+right)/2, low, (left+right)/2, high)
	case stroked:
		for i := 1; i < len(sub); i++ {
			s.addRules([]point{sub[i-1], sub[i]}, false)
		}
	}
}

func (s *sheet) addRule(x0, y0, x1, y1 float64) {
	b := s.frame.box(x0, y0, x1, y1)
	s.Rules = append(s.Rules, layout.Rule{X0: b.Left, Y0: b.Top, X1: b.Right, Y1: b.Bottom})
}
