package xlsx

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/xuri/excelize/v2"
)

// area is a merged range: rows and columns from 0, both ends inside.
type area struct{ top, left, bottom, right int }

// sheet is what unpack learns of one sheet beside its cells.
type sheet struct {
	name   string
	merged []area
}

// unpack lists the sheets of the workbook b in their order, with their merged
// ranges. It reads each sheet to its end, because excelize takes a sheet that
// breaks off in the middle for a short one.
func unpack(b []byte, max limits) ([]sheet, error) {
	z, err := open(b, max)
	if err != nil {
		return nil, err
	}
	parts := make(map[string]*zip.File, len(z.File))
	for _, f := range z.File {
		parts[strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))] = f
	}
	root, err := related(parts, "_rels/.rels", "")
	if err != nil {
		return nil, err
	}
	main := ""
	for _, r := range root {
		if strings.HasSuffix(r.Type, "/officeDocument") {
			main = r.Target
		}
	}
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			Rel  string `xml:"id,attr"`
		} `xml:"sheets>sheet"`
	}
	if err := decode(parts, main, &book); err != nil {
		return nil, err
	}
	dir, file := path.Split(main)
	targets, err := related(parts, dir+"_rels/"+file+".rels", dir)
	if err != nil {
		return nil, err
	}
	var sheets []sheet
	for _, s := range book.Sheets {
		r := targets[s.Rel]
		if !strings.HasSuffix(r.Type, "/worksheet") {
			continue // a chart or a macro sheet holds no table
		}
		merged, err := mergedIn(parts, r.Target)
		if err != nil {
			return nil, err
		}
		sheets = append(sheets, sheet{s.Name, merged})
	}
	return sheets, nil
}

type relation struct {
	ID     string `xml:"Id,attr"`
	Type   string `xml:"Type,attr"`
	Target string `xml:"Target,attr"`
}

// related reads a list of relations, by id; targets become part names.
func related(parts map[string]*zip.File, name, dir string) (map[string]relation, error) {
	var list struct {
		Relations []relation `xml:"Relationship"`
	}
	if err := decode(parts, name, &list); err != nil {
		return nil, err
	}
	m := make(map[string]relation, len(list.Relations))
	for _, r := range list.Relations {
		if strings.HasPrefix(r.Target, "/") {
			r.Target = strings.TrimPrefix(r.Target, "/")
		} else {
			r.Target = path.Join(dir, r.Target)
		}
		m[r.ID] = r
	}
	return m, nil
}

func decode(parts map[string]*zip.File, name string, into any) error {
	return withPart(parts, name, func(d *xml.Decoder) error { return d.Decode(into) })
}

func withPart(parts map[string]*zip.File, name string, read func(*xml.Decoder) error) error {
	f := parts[strings.ToLower(name)]
	if f == nil {
		return broken("no part %q", name)
	}
	r, err := f.Open()
	if err != nil {
		return broken("part %s: %w", name, err)
	}
	defer r.Close()
	d := xml.NewDecoder(r)
	if err := read(d); err != nil {
		return broken("part %s: %w", name, err)
	}
	return nil
}

// mergedIn reads a sheet to its end for its merged ranges.
func mergedIn(parts map[string]*zip.File, name string) ([]area, error) {
	var merged []area
	err := withPart(parts, name, func(d *xml.Decoder) error {
		last := ""
		for {
			token, err := d.RawToken()
			if errors.Is(err, io.EOF) && last == "worksheet" {
				return nil
			}
			if err != nil {
				return err
			}
			switch t := token.(type) {
			case xml.StartElement:
				if t.Name.Local != "mergeCell" {
					continue
				}
				for _, attr := range t.Attr {
					if a, ok := parseArea(attr.Value); ok && attr.Name.Local == "ref" {
						merged = append(merged, a)
					}
				}
			case xml.EndElement:
				last = t.Name.Local
			}
		}
	})
	return merged, err
}

func parseArea(ref string) (area, bool) {
	from, to, _ := strings.Cut(ref, ":")
	if to == "" {
		to = from
	}
	left, top, err1 := excelize.CellNameToCoordinates(from)
	right, bottom, err2 := excelize.CellNameToCoordinates(to)
	if err1 != nil || err2 != nil {
		return area{}, false
	}
	return area{min(top, bottom) - 1, min(left, right) - 1, max(top, bottom) - 1, max(left, right) - 1}, true
}
