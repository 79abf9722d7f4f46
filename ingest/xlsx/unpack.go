package xlsx

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// area is a merged range: rows and columns from 0, both ends inside.
type area struct{ top, left, bottom, right int }

// sheet is what unpack learns of one sheet beside its cells.
type sheet struct {
	name   string
	hidden bool
	merged []area
	// rows and cols, from 0, that are not shown
	hiddenRows, hiddenCols map[int]bool
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
			// "hidden" and "veryHidden" are not shown
			State string `xml:"state,attr"`
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
		one := sheet{name: s.Name, hidden: strings.HasSuffix(strings.ToLower(s.State), "hidden")}
		if err := one.scan(parts, r.Target); err != nil {
			return nil, err
		}
		sheets = append(sheets, one)
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

// scan reads a sheet to its end for its merged ranges and for what is hidden
// in it.
func (s *sheet) scan(parts map[string]*zip.File, name string) error {
	s.hiddenRows, s.hiddenCols = map[int]bool{}, map[int]bool{}
	row := 0
	return withPart(parts, name, func(d *xml.Decoder) error {
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
				switch t.Name.Local {
				case "mergeCell":
					if a, ok := parseArea(attr(t, "ref")); ok {
						s.merged = append(s.merged, a)
					}
				case "col":
					s.hideCols(t)
				case "row":
					row = number(t, "r", row+1)
					if isHidden(t) {
						s.hiddenRows[row-1] = true
					}
				}
			case xml.EndElement:
				last = t.Name.Local
			}
		}
	})
}

// hideCols takes the columns of a col element that are not shown.
func (s *sheet) hideCols(t xml.StartElement) {
	const most = 16384 // columns of a sheet
	if !isHidden(t) {
		return
	}
	from := max(1, number(t, "min", 1))
	for i := from; i <= min(number(t, "max", from), most); i++ {
		s.hiddenCols[i-1] = true
	}
}

func isHidden(t xml.StartElement) bool {
	v := attr(t, "hidden")
	return v == "1" || v == "true"
}

func attr(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

func number(t xml.StartElement, name string, def int) int {
	if n, err := strconv.Atoi(attr(t, name)); err == nil {
		return n
	}
	return def
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
