package ofd

import (
	"encoding/xml"
	"math"
	"strings"

	"duibiao/ingest/layout"
)

const (
	thin      = 3.0 // points: a filled rectangle no thicker than this is a line
	shortRule = 8.0 // points: shorter lines are decoration
)

// path takes the straight lines of a path, and thin rectangles as lines.
func (r *pageReader) path(d *xml.Decoder, e xml.StartElement, m matrix) error {
	var object struct {
		Data string `xml:"AbbreviatedData"`
	}
	if err := d.DecodeElement(&object, &e); err != nil {
		return err
	}
	m = placed(e).then(m)
	stroked := attr(e, "Stroke") != "false"
	for _, sub := range outlines(object.Data) {
		for i := range sub {
			x, y := m.apply(sub[i].x, sub[i].y)
			sub[i] = point{x * points, y * points}
		}
		r.into.rules(sub, stroked)
	}
	return r.into.bound()
}

type point struct{ x, y float64 }

// outlines is the sub-paths of a path that are made of straight lines. Its
// letters are those of the standard: S and M begin one, L goes on, C closes;
// Q, B and A bend.
func outlines(data string) [][]point {
	const most = 20_000 // numbers
	var all [][]point
	var sub []point
	bent := false
	end := func() {
		if len(sub) > 1 && !bent {
			all = append(all, sub)
		}
		sub, bent = nil, false
	}
	fields := strings.Fields(data)
	for i := 0; i < min(len(fields), most); i++ {
		switch letter := fields[i]; letter {
		case "S", "M", "L":
			n := numbers(strings.Join(fields[i+1:min(i+3, len(fields))], " "), 2)
			if len(n) < 2 {
				end()
				return all
			}
			if letter != "L" {
				end()
			}
			sub = append(sub, point{n[0], n[1]})
			i += 2
		case "C":
			if len(sub) > 2 {
				sub = append(sub, sub[0])
			}
		case "Q", "B", "A":
			bent = true
		}
	}
	end()
	return all
}

// rules takes one sub-path: what is stroked gives its straight edges, what is
// only filled counts as a line when it is thin.
func (s *sheet) rules(sub []point, stroked bool) {
	left, right, top, bottom := math.Inf(1), math.Inf(-1), math.Inf(1), math.Inf(-1)
	for _, p := range sub {
		left, right, top, bottom = min(left, p.x), max(right, p.x), min(top, p.y), max(bottom, p.y)
	}
	switch {
	case bottom-top <= thin && right-left >= shortRule:
		s.Rules = append(s.Rules, layout.Rule{X0: left, Y0: (top + bottom) / 2, X1: right, Y1: (top + bottom) / 2})
	case right-left <= thin && bottom-top >= shortRule:
		s.Rules = append(s.Rules, layout.Rule{X0: (left + right) / 2, Y0: top, X1: (left + right) / 2, Y1: bottom})
	case stroked && len(sub) > 2:
		for i := 1; i < len(sub); i++ {
			s.rules(sub[i-1:i+1], false)
		}
	}
}
