package html

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"duibiao/ingest/text"
)

// findPaper marks what is not of the paper: what stands in an element that
// says so, lines that say so themselves, links, and what stands apart from the
// paper by such. Sentences stay.
func (p *page) findPaper() {
	w := p.weigh()
	for _, b := range p.blocks {
		b.aside = w.surrounds(b) || mostlyLinks(b) && b.cells == nil && !strings.HasPrefix(b.text, "附件") || text.Foreign(b.text) && !text.OfPaper(b.text)
	}
	from, to := span(p.blocks, w.smallest(p.blocks))
	title := p.titleBefore(from)
	if title >= 0 {
		b := p.blocks[title]
		b.aside, b.level = false, 1
	}
	for from > max(0, title) && (title >= 0 || !p.blocks[from-1].aside) {
		from--
	}
	for to < len(p.blocks) && !p.blocks[to].aside {
		to++
	}
	for i, b := range p.blocks {
		b.aside = b.aside || (i < from || i >= to) && !prose(b)
	}
}

// prose reports whether a block is made of sentences.
func prose(b *block) bool {
	return utf8.RuneCountInString(b.text) >= 20 && strings.ContainsAny(b.text, "。；！？") && !mostlyLinks(b)
}

func mostlyLinks(b *block) bool { return b.links*2 > utf8.RuneCountInString(b.text) }

// weights is how much of the page's prose stands in each element.
type weights struct {
	of    map[*html.Node]int
	total int
}

func (p *page) weigh() weights {
	w := weights{of: map[*html.Node]int{}}
	for _, b := range p.blocks {
		if !prose(b) {
			continue
		}
		size := utf8.RuneCountInString(b.text)
		w.total += size
		for _, n := range b.in {
			w.of[n] += size
		}
	}
	return w
}

// surrounds reports whether a block stands in an element that says it is not
// the paper, and does not hold most of it all the same.
func (w weights) surrounds(b *block) bool {
	for _, n := range b.in {
		if apart(n) && w.of[n]*2 <= w.total {
			return true
		}
	}
	return false
}

// smallest is the innermost element that holds nearly all prose which is not
// apart; nil when there is no prose.
func (w weights) smallest(blocks []*block) *html.Node {
	own := weights{of: map[*html.Node]int{}}
	for _, b := range blocks {
		if b.aside || !prose(b) {
			continue
		}
		size := utf8.RuneCountInString(b.text)
		own.total += size
		for _, n := range b.in {
			own.of[n] += size
		}
	}
	var main *html.Node
	depth := -1
	for _, b := range blocks {
		for i, n := range b.in {
			if own.total > 0 && own.of[n]*20 >= own.total*19 && i > depth {
				main, depth = n, i
			}
		}
	}
	return main
}

// span is the range of the blocks from the first to the last that stands in
// main: all where main is nil.
func span(blocks []*block, main *html.Node) (from, to int) {
	if main == nil {
		return 0, len(blocks)
	}
	from = len(blocks)
	for i, b := range blocks {
		for _, n := range b.in {
			if n == main {
				from, to = min(from, i), i+1
			}
		}
	}
	return from, to
}

// titleBefore is the index of the block before the paper that is its title, a
// heading or what the page itself is called; -1 when there is none.
func (p *page) titleBefore(from int) int {
	for i := from - 1; i >= 0; i-- {
		b := p.blocks[i]
		n := utf8.RuneCountInString(b.text)
		if n >= 6 && n <= 80 && b.cells == nil && !mostlyLinks(b) && (b.level == 1 || strings.Contains(p.title, b.text)) {
			return i
		}
	}
	return -1
}

// apart reports whether an element says by its name that it is not the paper.
func apart(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Nav, atom.Aside, atom.Footer, atom.Form, atom.Select, atom.Button, atom.Textarea, atom.Menu:
		return true
	}
	switch attr(n, "role") {
	case "navigation", "banner", "contentinfo", "search", "complementary":
		return true
	}
	for name := range strings.FieldsSeq(attr(n, "class") + " " + attr(n, "id")) {
		if named.MatchString(name) {
			return true
		}
	}
	return false
}

// named is how sites name the elements around a paper.
var named = regexp.MustCompile(`(?i)^(page|site|main|top|bottom|left|right)?[_-]?(nav|navbar|navi|navigation|menus?|breadcrumbs?|crumbs?|position|weizhi|sidebar|footer|foot|copyright|share|bdshare|bdsharebuttonbox|social|toolbar|tools?|print|pager|pagination|prevnext|related|recommend|ranking|ads?|advert|adv|banner|login|search|qrcode|ewm|friendlinks?|topbar|returntop|backtop|comments?|feedback)([_-]?(box|bar|wrap|wrapper|list|inner|area|con|links?|\d+))?$`)
