package html

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// page is what is gathered of a web page.
type page struct {
	blocks   []*block
	title    string // the page's own, of the head
	text     strings.Builder
	links    int // runes of the text that are links
	pictures int
	frames   int
	hidden   int // runes
	deleted  int // runes
	deep     bool
}

// block is a paragraph, a heading or a row of a table.
type block struct {
	text  string
	level int      // of a heading
	cells []string // of a row
	links int      // runes that are links
	in    []*html.Node
	aside bool
}

// context is what the elements around a node say of it.
type context struct {
	in    []*html.Node // the elements that blocks stand in, outermost first
	link  bool
	level int    // of the heading around
	cell  bool   // within a cell of a table, where nothing is a block
	pre   bool   // line ends count
	depth int    // elements around
	lists []list // numbered lists around
}

const maxDepth = 400 // elements inside each other

// walk gathers the text of n and of what is in it.
func (p *page) walk(n *html.Node, c context) {
	switch n.Type {
	case html.TextNode:
		p.add(n.Data, c)
		return
	case html.ElementNode, html.DocumentNode:
	default:
		return
	}
	if c.depth++; c.depth > maxDepth {
		p.deep = true
		return
	}
	if p.special(n, &c) {
		return
	}
	if !breaks(n) || c.cell {
		p.kids(n, c)
		return
	}
	p.flush(c)
	c.in = append(c.in[:len(c.in):len(c.in)], n)
	if level := headingLevel(n); level > 0 {
		c.level = level
	}
	if n.DataAtom == atom.Li {
		p.text.WriteString(c.mark(n))
	}
	p.kids(n, c)
	p.flush(c)
}

func (p *page) kids(n *html.Node, c context) {
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		p.walk(k, c)
	}
}

// special deals with the elements that are not simply what is in them.
func (p *page) special(n *html.Node, c *context) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Rt, atom.Rp, atom.Canvas:
		return true
	case atom.Title:
		p.title = inline(contentOf(n))
		return true
	case atom.Img:
		if !tiny(n) {
			p.pictures++
		}
		return true
	case atom.Iframe, atom.Object, atom.Embed, atom.Frame:
		p.frames++
		return true
	case atom.Br:
		p.lineEnd(*c)
		return true
	case atom.Table:
		if !c.cell && isTable(n) {
			p.flush(*c)
			p.table(n, *c)
			return true
		}
	case atom.Del:
		p.deleted += utf8.RuneCountInString(inline(contentOf(n)))
		return true
	case atom.A:
		c.link = true
	case atom.Pre, atom.Textarea:
		c.pre = true
	case atom.Ol, atom.Ul:
		c.lists = append(c.lists[:len(c.lists):len(c.lists)], newList(n))
	}
	if concealed(n) {
		p.hidden += utf8.RuneCountInString(inline(contentOf(n)))
		return true
	}
	return false
}

// lineEnd ends a paragraph: pages break their paragraphs by br as often as
// by p.
func (p *page) lineEnd(c context) {
	if c.cell {
		p.text.WriteByte(' ')
		return
	}
	p.flush(c)
}

// add appends text that stands in the page.
func (p *page) add(s string, c context) {
	if c.pre && !c.cell {
		for line := range strings.Lines(s) {
			p.text.WriteString(line)
			if strings.HasSuffix(line, "\n") {
				p.flush(c)
			}
		}
		return
	}
	p.text.WriteString(s)
	if c.link {
		p.links += utf8.RuneCountInString(inline(s))
	}
}

// flush makes a block of the text gathered.
func (p *page) flush(c context) {
	s := inline(p.text.String())
	if s != "" {
		p.blocks = append(p.blocks, &block{text: s, level: c.level, links: p.links, in: c.in})
	}
	p.text.Reset()
	p.links = 0
}

// inline is s with each run of white space as one space, and none where a line
// of the source ends between Chinese characters.
func inline(s string) string {
	var b strings.Builder
	before := rune(0)
	space, lineEnd := false, false
	for _, r := range s {
		if unicode.IsSpace(r) || r == '\u200b' || r == '\ufeff' {
			space = space || r != '\u200b' && r != '\ufeff'
			lineEnd = lineEnd || r == '\n'
			continue
		}
		if space && before != 0 && !(lineEnd && wide(before) && wide(r)) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		before, space, lineEnd = r, false, false
	}
	return b.String()
}

// wide reports whether r is a Chinese character or sign.
func wide(r rune) bool { return r >= 0x2E80 && r <= 0x9FFF || r >= 0xFF00 && r <= 0xFF60 }

// contentOf is all text in n, of whatever kind.
func contentOf(n *html.Node) string {
	var b strings.Builder
	for k := range n.Descendants() {
		if k.Type == html.TextNode {
			b.WriteString(k.Data)
		}
	}
	return b.String()
}

func headingLevel(n *html.Node) int {
	switch n.DataAtom {
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		return int(n.Data[1] - '0')
	}
	return 0
}

// breaks reports whether an element begins a paragraph of its own.
func breaks(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Html, atom.Body, atom.Address, atom.Article, atom.Aside, atom.Blockquote, atom.Center, atom.Dd, atom.Details, atom.Dialog,
		atom.Dir, atom.Div, atom.Dl, atom.Dt, atom.Fieldset, atom.Figcaption, atom.Figure, atom.Footer, atom.Form, atom.H1, atom.H2,
		atom.H3, atom.H4, atom.H5, atom.H6, atom.Header, atom.Hgroup, atom.Hr, atom.Li, atom.Main, atom.Menu, atom.Nav, atom.Ol,
		atom.P, atom.Pre, atom.Section, atom.Summary, atom.Table, atom.Tbody, atom.Thead, atom.Tfoot, atom.Tr, atom.Td, atom.Th,
		atom.Caption, atom.Ul, atom.Option, atom.Select, atom.Button, atom.Textarea, atom.Legend:
		return true
	}
	return n.Type == html.DocumentNode
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

func has(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

// concealed reports whether an element says itself that it is not shown.
func concealed(n *html.Node) bool {
	style := strings.ToLower(strings.ReplaceAll(attr(n, "style"), " ", ""))
	return has(n, "hidden") || strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") || strings.Contains(style, "mso-hide:all")
}

// tiny reports whether a picture is an ornament, by the size it is given.
func tiny(n *html.Node) bool {
	const least = 200 // pixels
	w, h := whole(attr(n, "width")), whole(attr(n, "height"))
	return w > 0 && w < least || h > 0 && h < least
}

// whole is the whole number with which s begins, or 0.
func whole(s string) int {
	n := 0
	for _, r := range strings.TrimSpace(s) {
		if r < '0' || r > '9' || n > 1e6 {
			break
		}
		n = 10*n + int(r-'0')
	}
	return n
}
