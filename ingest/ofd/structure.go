package ofd

import (
	"fmt"
	"path"
	"strings"

	"duibiao/corpus"
	"duibiao/ingest/layout"
)

// The parts of the package that lead to the pages, as the standard GB/T 33190
// names their elements.
type (
	rootPart struct {
		Bodies []struct {
			Root string `xml:"DocRoot"`
		} `xml:"DocBody"`
	}
	documentPart struct {
		Common struct {
			Area      area      `xml:"PageArea"`
			Public    []string  `xml:"PublicRes"`
			Resources []string  `xml:"DocumentRes"`
			Templates []located `xml:"TemplatePage"`
		} `xml:"CommonData"`
		Pages       []located `xml:"Pages>Page"`
		Annotations string    `xml:"Annotations"`
		Attachments string    `xml:"Attachments"`
	}
	located struct {
		ID  string `xml:"ID,attr"`
		Loc string `xml:"BaseLoc,attr"`
	}
	area struct {
		Physical string `xml:"PhysicalBox"`
	}
	annotationList struct {
		Pages []struct {
			Page string `xml:"PageID,attr"`
			File string `xml:"FileLoc"`
		} `xml:"Page"`
	}
	attachmentList struct {
		Files []struct {
			Name string `xml:"Name,attr"`
		} `xml:"Attachment"`
	}
	resourcePart struct {
		Base  string `xml:"BaseLoc,attr"`
		Fonts []struct {
			ID   string `xml:"ID,attr"`
			Name string `xml:"FontName,attr"`
			Bold bool   `xml:"Bold,attr"`
		} `xml:"Fonts>Font"`
		Media []struct {
			ID   string `xml:"ID,attr"`
			File string `xml:"MediaFile"`
		} `xml:"MultiMedias>MultiMedia"`
		Composites []struct {
			ID      string `xml:"ID,attr"`
			Content struct {
				XML []byte `xml:",innerxml"`
			} `xml:"Content"`
		} `xml:"CompositeGraphicUnits>CompositeGraphicUnit"`
	}
)

// book is one of the documents of a package.
type book struct {
	parts      *parts
	dir        string
	area       string
	pages      []located
	templates  map[string]string // names of parts, by ID
	notes      map[string]string // names of the parts with the annotations, by the page's ID
	attached   []string          // the names of attachments
	faults     []string          // what could not be read beside the pages, in Chinese
	resources  resources
	templating map[string]*sheet // templates read so far
}

// resources is what the pages refer to by ID.
type resources struct {
	fonts      map[string]layout.Face
	faces      []layout.Face // those that pages use
	indexes    map[usedFace]int
	media      map[string]string // names of parts
	composites map[string][]byte
}

// usedFace is a font as a text object names it.
type usedFace struct {
	id   string
	bold bool
}

// face is the index in faces of the font, as bold as the text asks for.
func (r *resources) face(id string, bold bool) int {
	use := usedFace{id, bold}
	if i, ok := r.indexes[use]; ok {
		return i
	}
	f := r.fonts[id]
	f.Bold = f.Bold || bold
	r.faces = append(r.faces, f)
	r.indexes[use] = len(r.faces) - 1
	return r.indexes[use]
}

// books are the documents of the package, in order. One that cannot be read
// is an error: its pages would be missing without a word.
func (p *parts) books() ([]*book, error) {
	var root rootPart
	found, err := p.decode("OFD.xml", &root)
	if err != nil {
		return nil, err
	}
	if !found || len(root.Bodies) == 0 {
		return nil, fmt.Errorf("%w: OFD.xml names no document", corpus.ErrBroken)
	}
	var books []*book
	for _, body := range root.Bodies {
		b, err := p.book(resolve("", body.Root))
		if err != nil {
			return nil, err
		}
		books = append(books, b)
	}
	return books, nil
}

func (p *parts) book(name string) (*book, error) {
	var d documentPart
	found, err := p.decode(name, &d)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, fmt.Errorf("%w: no part %q", corpus.ErrBroken, name)
	}
	b := &book{
		parts: p, dir: path.Dir(name), area: d.Common.Area.Physical, pages: d.Pages,
		templates: map[string]string{}, notes: map[string]string{}, templating: map[string]*sheet{},
		resources: resources{
			fonts: map[string]layout.Face{}, indexes: map[usedFace]int{},
			media: map[string]string{}, composites: map[string][]byte{},
		},
	}
	for _, t := range d.Common.Templates {
		b.templates[t.ID] = resolve(b.dir, t.Loc)
	}
	for _, loc := range append(d.Common.Public, d.Common.Resources...) {
		b.optional("字体和图片的目录", b.resources.add(p, resolve(b.dir, loc)))
	}
	b.optional("批注的目录", b.annotations(d.Annotations))
	b.optional("附件的目录", b.attachments(d.Attachments))
	return b, nil
}

// optional notes what could not be read without which the pages still can.
func (b *book) optional(what string, err error) {
	if err != nil {
		b.faults = append(b.faults, what)
	}
}

// add takes in the resources of one part.
func (r *resources) add(p *parts, name string) error {
	var part resourcePart
	if found, err := p.decode(name, &part); err != nil || !found {
		return err
	}
	base := resolve(path.Dir(name), part.Base)
	for _, f := range part.Fonts {
		n := strings.ToLower(f.Name)
		r.fonts[f.ID] = layout.Face{Name: n, Bold: f.Bold || strings.Contains(n, "bold") || strings.Contains(n, "simhei") || strings.Contains(n, "黑")}
	}
	for _, m := range part.Media {
		r.media[m.ID] = resolve(base, m.File)
	}
	for _, c := range part.Composites {
		r.composites[c.ID] = c.Content.XML
	}
	return nil
}

func (b *book) annotations(loc string) error {
	if loc == "" {
		return nil
	}
	name := resolve(b.dir, loc)
	var list annotationList
	if _, err := b.parts.decode(name, &list); err != nil {
		return err
	}
	for _, page := range list.Pages {
		b.notes[page.Page] = resolve(path.Dir(name), page.File)
	}
	return nil
}

func (b *book) attachments(loc string) error {
	if loc == "" {
		return nil
	}
	var list attachmentList
	_, err := b.parts.decode(resolve(b.dir, loc), &list)
	for _, f := range list.Files {
		b.attached = append(b.attached, f.Name)
	}
	return err
}
