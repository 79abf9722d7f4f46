package ofd

import (
	"encoding/xml"
	"errors"
	"io"
	"path"

	"duibiao/ingest/layout"
)

// notesOn is the text of the annotations of a page: what somebody remarked,
// and what they show.
func (b *book) notesOn(page string) []layout.Note {
	name, ok := b.notes[page]
	if !ok {
		return nil
	}
	raw, err := b.parts.read(name)
	if err != nil || raw == nil {
		b.optional("批注", err)
		return nil
	}
	var notes []layout.Note
	d := newDecoder(raw)
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return notes
		}
		if err != nil {
			b.optional("批注", err)
			return notes
		}
		e, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "Remark":
			var remark string
			if d.DecodeElement(&remark, &e) == nil {
				notes = append(notes, layout.Note{Text: remark})
			}
		case "Appearance":
			notes = append(notes, b.appearance(d, e, path.Dir(name))...)
		}
	}
}

// appearance is the text that an annotation shows, each text object apart.
func (b *book) appearance(d *xml.Decoder, e xml.StartElement, dir string) []layout.Note {
	var inner struct {
		XML []byte `xml:",innerxml"`
	}
	if err := d.DecodeElement(&inner, &e); err != nil {
		return nil
	}
	s := &sheet{}
	if err := (&pageReader{book: b, into: s, depth: 1}).walk(newDecoder(inner.XML), dir, placed(e), true); err != nil {
		b.optional("批注", err)
	}
	return s.texts()
}

// texts is the characters of the sheet as they were drawn, a note for each run
// that stays on one line.
func (s *sheet) texts() []layout.Note {
	var notes []layout.Note
	for i, g := range s.Glyphs {
		last := len(notes) - 1
		if i > 0 && g.Y == s.Glyphs[i-1].Y {
			notes[last].Text += string(g.Rune)
			notes[last].Box = notes[last].Box.Union(g.Box)
			continue
		}
		notes = append(notes, layout.Note{Text: string(g.Rune), Box: g.Box})
	}
	return notes
}
