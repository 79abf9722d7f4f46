package layout

import (
	"fmt"
	"slices"
	"strings"

	"duibiao/corpus"
)

// Write appends the pages to b: each page's header, text, footnotes, footer
// and what stands apart, with their boxes; a paragraph stands whole on the page
// on which it begins. Pages that were not read are recorded as Unread, what a
// reviewer should know as warnings, and with them the sentences that warn gives
// for a page; warn may be nil.
//
// The error wraps corpus.ErrNoText when no page has text, and
// corpus.ErrGarbled when none has text that is what is drawn; it names the
// pages.
func Write(b *corpus.Builder, sheets []*Sheet, warn func(page int) []string) error {
	if !slices.ContainsFunc(sheets, (*Sheet).readable) {
		return nothing(sheets)
	}
	for _, s := range recognisers(sheets) {
		b.Warn(s)
	}
	body := bodySize(sheets)
	setApart(sheets, body)
	footnotes(sheets, body)
	for _, s := range sheets {
		s.measure()
	}
	text := paragraphs(sheets)
	for _, s := range sheets {
		b.Page(s.page.Number)
		asides(b, s.head)
		for len(text) > 0 && text[0].page == s.page.Number {
			text[0].write(b)
			text = text[1:]
		}
		for _, n := range s.notes {
			b.From(n.origin)
			b.Text(n.text)
		}
		asides(b, s.foot)
		asides(b, s.aside)
		if reason := s.Unread(); reason != "" {
			if s.tried != "" {
				reason += "（" + s.tried + "）"
			}
			b.Unread(fmt.Sprintf("第%d页%s", s.page.Number, reason))
		}
		warnings := s.warnings()
		if warn != nil && !s.verdict.unreadable {
			warnings = append(warnings, warn(s.page.Number)...)
		}
		for _, w := range warnings {
			b.Warn(w)
		}
	}
	return nil
}

func asides(b *corpus.Builder, list []scrap) {
	for _, s := range list {
		b.From(s.origin)
		b.Aside(s.text)
	}
}

func (p *paragraph) write(b *corpus.Builder) {
	b.From(p.origin)
	switch {
	case p.cells != nil:
		b.Row(p.cells...)
	case p.level > 0:
		b.Heading(p.level, p.text)
	default:
		b.Text(p.text)
	}
}

func (s *Sheet) readable() bool { return s.Unread() == "" && s.verdict.runes > 0 }

// nothing is the error for a file without one readable page.
func nothing(sheets []*Sheet) error {
	var unread, garbled []int
	for _, s := range sheets {
		switch {
		case s.verdict.unreadable:
			garbled = append(garbled, s.page.Number)
		case s.page.Fault == "":
			unread = append(unread, s.page.Number)
		}
	}
	if len(garbled) > 0 {
		return fmt.Errorf("%s的文字层是乱码%s: %w", pageList(garbled), inVain(sheets), corpus.ErrGarbled)
	}
	return fmt.Errorf("%s没有文字层%s: %w", pageList(unread), inVain(sheets), corpus.ErrNoText)
}

// inVain says how recognising the first page ended that was tried.
func inVain(sheets []*Sheet) string {
	for _, s := range sheets {
		if s.tried != "" {
			return "，" + s.tried
		}
	}
	return ""
}

// pageList names pages, which are in order, for people: "第1—3、7页".
func pageList(pages []int) string {
	var parts []string
	for i := 0; i < len(pages); {
		j := i
		for j+1 < len(pages) && pages[j+1] == pages[j]+1 {
			j++
		}
		if j > i {
			parts = append(parts, fmt.Sprintf("%d—%d", pages[i], pages[j]))
		} else {
			parts = append(parts, fmt.Sprint(pages[i]))
		}
		i = j + 1
	}
	return "第" + strings.Join(parts, "、") + "页"
}

// recognisers says which pages were read by which recogniser.
func recognisers(sheets []*Sheet) []string {
	var names []string
	pages := map[string][]int{}
	for _, s := range sheets {
		for _, l := range s.page.Lines {
			if !slices.Contains(names, l.By) {
				names = append(names, l.By)
			}
			if n := len(pages[l.By]); n == 0 || pages[l.By][n-1] != s.page.Number {
				pages[l.By] = append(pages[l.By], s.page.Number)
			}
		}
	}
	var out []string
	for _, by := range names {
		out = append(out, fmt.Sprintf("%s有文字由OCR（%s）识别，可能有误，请对照原件核对", pageList(pages[by]), by))
	}
	return out
}

const (
	scanShare = 0.5  // of a page is covered by pictures on a scan
	someShare = 0.05 // of a page without text, so that it is not simply blank
	littleRun = 40   // characters: a scan may have so many of its own, such as a page number
	fewShapes = 20   // filled outlines on a page without text, so that they are not simply decoration
	allShapes = 200  // on one with little text
)

// Unread is the reason for which the page, or a part of it, was not read, in
// Chinese; "" when it was.
func (s *Sheet) Unread() string {
	switch {
	case s.page.Fault != "":
		return s.page.Fault
	case s.verdict.unreadable:
		return s.verdict.reason
	case len(s.garbled) > 0:
		return fmt.Sprintf("有%d行疑似乱码，需OCR", len(s.garbled))
	case len(s.page.Lines) > 0:
		return ""
	case len(s.elements) == 0 && s.page.Pictures > someShare:
		return "没有文字层，需OCR"
	case s.page.Pictures > scanShare && s.runes() < littleRun:
		return "大部分是图像，文字很少，需OCR"
	case len(s.elements) == 0 && s.page.Shapes >= fewShapes, s.runes() < littleRun && s.page.Shapes >= allShapes:
		return "的文字画成了图形，没有文字层，需OCR"
	}
	return ""
}

func (s *Sheet) warnings() []string {
	var out []string
	if s.verdict.lost > 0 && !s.verdict.unreadable {
		out = append(out, fmt.Sprintf("第%d页有%d个字符无法识别", s.page.Number, s.verdict.lost))
	}
	if s.hidden {
		out = append(out, fmt.Sprintf("第%d页是图像，文字来自文件自带的识别层，可能有误", s.page.Number))
	}
	return out
}
