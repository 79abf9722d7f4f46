package docx

import (
	"strings"
	"unicode"
)

// notes appends the footnotes and endnotes that the text refers to, after it.
func (w *walker) notes() error {
	for _, kind := range []string{"footnote", "endnote"} {
		refs := w.refs
		if len(refs) == 0 {
			return nil
		}
		root, err := w.pkg.companion(kind + "s")
		if err != nil {
			return err
		}
		byID := map[string]*node{}
		if root != nil {
			for _, k := range root.kids {
				byID[k.attr("id")] = k
			}
		}
		mark := map[string]string{"footnote": "[脚注]", "endnote": "[尾注]"}[kind]
		for _, r := range refs {
			if n := byID[r.id]; r.kind == kind && n != nil {
				w.marked(mark, w.lines(n), w.b.Text)
			}
		}
	}
	return nil
}

// margin appends the page headers or footers, each once.
func (w *walker) margin(kind, mark string) error {
	seen := map[string]bool{}
	for _, name := range w.pkg.companions(kind) {
		root, err := w.pkg.tree(name)
		if err != nil {
			return err
		}
		if root == nil {
			continue
		}
		lines := w.lines(root)
		if key := strings.Join(lines, "\n"); !seen[key] {
			seen[key] = true
			w.marked(mark, lines, w.b.Aside)
		}
	}
	return nil
}

// margins appends what stands outside the text: page headers and footers, then
// comments.
func (w *walker) margins() error {
	if err := w.margin("header", "[页眉]"); err != nil {
		return err
	}
	if err := w.margin("footer", "[页脚]"); err != nil {
		return err
	}
	root, err := w.pkg.companion("comments")
	if err != nil || root == nil {
		return err
	}
	for _, comment := range root.kids {
		w.marked("[批注]", w.lines(comment), w.b.Aside)
	}
	return nil
}

// marked appends lines with a mark in front that belongs to no paragraph.
func (w *walker) marked(mark string, lines []string, write func(string)) {
	for i, line := range lines {
		if i == 0 {
			w.b.Gap(mark)
		}
		write(line)
	}
}

// lines is the paragraphs inside n with anything in them, those of text boxes
// and tables too.
func (w *walker) lines(n *node) []string {
	var lines []string
	n.find("w:p", func(p *node) {
		if text := strings.TrimFunc(w.paragraph(p).text, unicode.IsSpace); text != "" {
			lines = append(lines, text)
		}
		boxes := w.boxes
		w.boxes = nil
		for _, box := range boxes {
			lines = append(lines, w.lines(box)...)
		}
	})
	return lines
}
