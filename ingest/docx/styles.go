package docx

import (
	"regexp"
	"strconv"
	"strings"
)

// style is what matters here of a paragraph, character or numbering style.
type style struct {
	id, name, basedOn string
	outline           int // heading level from 0; 9 says body text; -1 says nothing
	numID             string
	ilvl              int // -1 says nothing
	vanish            *node
}

// styles are the styles of a file by their id.
type styles struct {
	byID   map[string]*style
	normal string // id of the default paragraph style
}

// maxBasedOn is how many styles based on each other are followed; a damaged
// file may let them go round.
const maxBasedOn = 20

func readStyles(root *node) *styles {
	s := &styles{byID: map[string]*style{}}
	if root == nil {
		return s
	}
	for _, n := range root.kids {
		if n.name != "w:style" {
			continue
		}
		st := &style{
			id:      n.attr("styleId"),
			name:    strings.ToLower(n.kid("w:name").attr("val")),
			basedOn: n.kid("w:basedOn").attr("val"),
			outline: n.kid("w:pPr", "w:outlineLvl").number("val", -1),
			numID:   n.kid("w:pPr", "w:numPr", "w:numId").attr("val"),
			ilvl:    n.kid("w:pPr", "w:numPr", "w:ilvl").number("val", -1),
			vanish:  n.kid("w:rPr", "w:vanish"),
		}
		s.byID[st.id] = st
		if n.attr("type") == "paragraph" && (n.attr("default") == "1" || n.attr("default") == "true") {
			s.normal = st.id
		}
	}
	return s
}

// chain calls visit for the style with that id and those it is based on, until
// visit says it has seen enough.
func (s *styles) chain(id string, visit func(*style) bool) {
	for range maxBasedOn {
		st := s.byID[id]
		if st == nil || visit(st) {
			return
		}
		id = st.basedOn
	}
}

// paragraphStyle is the id of the style of a paragraph.
func (s *styles) paragraphStyle(pPr *node) string {
	if id := pPr.kid("w:pStyle").attr("val"); id != "" {
		return id
	}
	return s.normal
}

var headingName = regexp.MustCompile(`^(?:heading|标题|toc heading)\s*([1-9])?$`)

// level is the heading level of a paragraph from 1, or 0 for body text. What
// the paragraph says itself goes before its style, an outline level before a
// name.
func (s *styles) level(pPr *node) int {
	if l := pPr.kid("w:outlineLvl").number("val", -1); l >= 0 {
		return headingLevel(l)
	}
	level := 0
	s.chain(s.paragraphStyle(pPr), func(st *style) bool {
		m := headingName.FindStringSubmatch(st.name)
		switch {
		case st.outline >= 0:
			level = headingLevel(st.outline)
		case m != nil && m[1] != "":
			level, _ = strconv.Atoi(m[1])
		case m != nil, st.name == "title":
			level = 1
		default:
			return false
		}
		return true
	})
	return level
}

func headingLevel(outline int) int {
	if outline > 8 {
		return 0
	}
	return outline + 1
}

// isContents reports whether a paragraph has a style of the table of contents.
func (s *styles) isContents(pPr *node) bool {
	found := false
	s.chain(s.paragraphStyle(pPr), func(st *style) bool {
		found = strings.HasPrefix(st.name, "toc ") && st.name != "toc heading" || st.name == "table of figures"
		return found
	})
	return found
}

// vanishes reports whether the style with that id hides text.
func (s *styles) vanishes(id string) bool {
	hidden := false
	s.chain(id, func(st *style) bool {
		hidden = st.vanish.on()
		return st.vanish != nil
	})
	return hidden
}
