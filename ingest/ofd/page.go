package ofd

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"duibiao/corpus"
	"duibiao/ingest/layout"
)

const (
	points     = 72 / 25.4 // in a millimetre, the unit of OFD
	maxNesting = 5         // of templates and of composite objects inside each other
)

// sheet is one page, or a template, as far as it is read.
type sheet struct {
	layout.Page
	unseen   []layout.Glyph // marked as not to be shown, or drawn without ink
	pictures []drawn
}

// drawn is an image with its place.
type drawn struct {
	box  corpus.Box
	part string // "" when its resource is not known
}

// pageReader walks through the content of one page.
type pageReader struct {
	book  *book
	into  *sheet
	depth int // of templates and composites around
	bytes int // of composites read so far
}

// page reads one page with its template.
func (b *book) page(name string) (*sheet, error) {
	s := &sheet{}
	s.setArea(b.area)
	if err := (&pageReader{book: b, into: s}).part(name); err != nil {
		return nil, err
	}
	s.settle()
	return s, nil
}

// part reads one page, template or annotation part into the sheet.
func (r *pageReader) part(name string) error {
	raw, err := r.book.parts.read(name)
	if err != nil {
		return err
	}
	if raw == nil {
		return fmt.Errorf("%w: no part %q", corpus.ErrBroken, name)
	}
	if err := r.walk(newDecoder(raw), path.Dir(name), plain(), true); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// walk reads elements up to the end of the input, whatever they stand in.
func (r *pageReader) walk(d *xml.Decoder, dir string, m matrix, seen bool) error {
	unseen := make([]bool, 0, 8) // of each element around, whether it is
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%w: %w", corpus.ErrBroken, err)
		}
		switch t := t.(type) {
		case xml.EndElement:
			unseen = unseen[:len(unseen)-1]
		case xml.StartElement:
			if len(unseen) >= r.book.parts.lim.Depth {
				return &corpus.LimitError{Limit: corpus.Nesting, Allowed: int64(r.book.parts.lim.Depth)}
			}
			shown := seen && !hides(t) && (len(unseen) == 0 || !unseen[len(unseen)-1])
			done, err := r.element(d, t, dir, m, shown)
			if err != nil {
				return err
			}
			if !done {
				unseen = append(unseen, !shown)
			}
		}
	}
}

// hides reports whether an element says that it is not to be shown.
func hides(e xml.StartElement) bool { return attr(e, "Visible") == "false" }

// element reads an element that the page is made of, to its end; false for
// those that others stand in.
func (r *pageReader) element(d *xml.Decoder, e xml.StartElement, dir string, m matrix, shown bool) (bool, error) {
	var err error
	switch e.Name.Local {
	case "TextObject":
		err = r.text(d, e, m, shown)
	case "PathObject":
		err = r.path(d, e, m)
	case "ImageObject":
		err = r.image(d, e, m, shown)
	case "CompositeObject":
		err = r.composite(d, e, dir, m, shown)
	case "Template":
		err = r.template(d, e)
	case "PhysicalBox":
		var s string
		if err = d.DecodeElement(&s, &e); err == nil && r.depth == 0 {
			r.into.setArea(s)
		}
	case "PageRes":
		var loc string
		if err = d.DecodeElement(&loc, &e); err == nil {
			r.book.optional("字体和图片的目录", r.book.resources.add(r.book.parts, resolve(dir, loc)))
		}
	default:
		return false, nil
	}
	if err != nil && !errors.Is(err, corpus.ErrTooLarge) && !errors.Is(err, corpus.ErrBroken) {
		err = fmt.Errorf("%w: %w", corpus.ErrBroken, err)
	}
	return true, err
}

// settle decides what becomes of text that is not shown: over a picture that
// fills the page it is what somebody's recogniser read there.
func (s *sheet) settle() {
	s.Pictures = s.share()
	if s.Pictures <= 0.5 || len(s.unseen) < len(s.Glyphs) {
		return
	}
	for _, g := range s.unseen {
		g.Hidden = true
		s.Glyphs = append(s.Glyphs, g)
	}
	s.unseen = nil
}

// share is the part of the page that its pictures cover, from 0 to 1.
func (s *sheet) share() float64 {
	covered := 0.0
	for _, p := range s.pictures {
		w := min(p.box.Right, s.Width) - max(p.box.Left, 0)
		h := min(p.box.Bottom, s.Height) - max(p.box.Top, 0)
		covered += max(0, w) * max(0, h)
	}
	if s.Width*s.Height <= 0 {
		return 0
	}
	return min(1, covered/(s.Width*s.Height))
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (s *sheet) setArea(box string) {
	if n := numbers(box, 4); len(n) == 4 && n[2] > 0 && n[3] > 0 {
		s.Width, s.Height = n[2]*points, n[3]*points
	}
}

// template reads the template that a page stands on.
func (r *pageReader) template(d *xml.Decoder, e xml.StartElement) error {
	if err := d.Skip(); err != nil {
		return err
	}
	id := attr(e, "TemplateID")
	name, ok := r.book.templates[id]
	if !ok || r.depth >= maxNesting {
		return nil
	}
	t := r.book.templating[id]
	if t == nil {
		t = &sheet{}
		r.book.templating[id] = t // before it is read: one that stands on itself ends here
		if err := (&pageReader{book: r.book, into: t, depth: r.depth + 1}).part(name); err != nil {
			delete(r.book.templating, id)
			return err
		}
	}
	r.into.Glyphs = append(r.into.Glyphs, t.Glyphs...)
	r.into.Rules = append(r.into.Rules, t.Rules...)
	r.into.unseen = append(r.into.unseen, t.unseen...)
	r.into.pictures = append(r.into.pictures, t.pictures...)
	return r.into.bound()
}

// composite reads an object that is made of others and kept as a resource.
func (r *pageReader) composite(d *xml.Decoder, e xml.StartElement, dir string, m matrix, shown bool) error {
	if err := d.Skip(); err != nil {
		return err
	}
	content := r.book.resources.composites[attr(e, "ResourceID")]
	if content == nil || r.depth >= maxNesting {
		return nil
	}
	const most = 4 << 20 // bytes: objects that hold themselves twice grow without end
	if r.bytes += len(content); r.bytes > most {
		return fmt.Errorf("over %d bytes of composite objects on a page: %w", most, corpus.ErrTooLarge)
	}
	r.depth++
	defer func() { r.depth-- }()
	return r.walk(newDecoder(content), dir, placed(e).then(m), shown)
}

func (r *pageReader) image(d *xml.Decoder, e xml.StartElement, m matrix, shown bool) error {
	if err := d.Skip(); err != nil || !shown {
		return err
	}
	box := placed(e).then(m).box(0, 0, 1, 1) // an image is one unit wide and high
	if attr(e, "CTM") == "" {
		if n := numbers(attr(e, "Boundary"), 4); len(n) == 4 {
			box = m.box(n[0], n[1], n[0]+n[2], n[1]+n[3])
		}
	}
	part := r.book.resources.media[strings.TrimSpace(attr(e, "ResourceID"))]
	r.into.pictures = append(r.into.pictures, drawn{box, part})
	return r.into.bound()
}

// bound keeps a page that repeats its objects by composites from growing
// without end.
func (s *sheet) bound() error {
	const most = 200_000 // objects and characters
	if len(s.Glyphs)+len(s.unseen)+len(s.Rules)+len(s.pictures) > most {
		return fmt.Errorf("more than %d objects on a page: %w", most, corpus.ErrTooLarge)
	}
	return nil
}
