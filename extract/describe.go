package extract

import (
	"strings"

	"duibiao/corpus"
)

// Describe tells which unit handed in the paper at path id, for which year,
// and the rest of a Submission but its Shelf and Reason. known is the roster;
// without one the unit is told by the form of its name alone. doc is nil when
// the file could not be read: then only the path speaks.
//
// Where readings disagree the most trusted is taken, and conflicts holds a
// Chinese sentence for each unit, and each year in a title or file name, that
// was not. The orders of trust are
//
//	unit  folder or file name that the roster knows, 红头, 标题, 落款, 文件名, 目录
//	year  标题, 文件名, 正文, 目录, 落款 or 文号
//	kind  标题, title of the attached paper, 文件名, headings, 目录
//	date  落款, under the title, 成文日期, 印发日期, a web page's 发布日期
//
// A Taken whose From is a place in the document has its Span; where the roster
// names the unit, Value is the roster's name for what stands there.
func Describe(doc *corpus.Document, id string, known []corpus.Unit) (s corpus.Submission, conflicts []string) {
	s = corpus.Submission{ID: id, Doc: doc}
	var lines []line
	if doc != nil {
		lines = layOut(doc)
	}
	p := newPath(id)
	r := newRoster(known)
	all := titles(lines)
	if len(all) > 0 {
		s.Title = all[0].taken(len(all[0].key()))
	}
	s.No = docNo(lines, s.Title)

	s.Kind = kindOf(lines, all, p)
	s.Date = signed(lines)

	read := units(lines, all, p, r)
	s.Unit, s.Type = r.choose(read, p, corpus.Kind(s.Kind.Value))
	years := years(lines, all, p, s)
	if len(years) > 0 {
		s.Year = years[0]
	}
	return s, append(unitConflicts(s.Unit, read), yearConflicts(years, p)...)
}

// docNo is the 文号 in the letterhead; failing that, one beside the title.
func docNo(lines []line, title corpus.Taken) corpus.Taken {
	for i := range lines {
		l := &lines[i]
		if l.zone != corpus.Letter && l.zone != corpus.NotText || i > frontLines {
			continue
		}
		if no, from, to, ok := findNo(l.key); ok {
			return corpus.Taken{Value: no, From: "红头", Span: l.span(from, to)}
		}
	}
	if strings.HasSuffix(title.Value, "）") || strings.HasSuffix(title.Value, ")") {
		if no, _, to, ok := findNo(foldAll(title.Value)); ok && to > 0 {
			return corpus.Taken{Value: no, From: "标题", Span: title.Span}
		}
	}
	return corpus.Taken{}
}

// kindOf tells the sort of the paper: by its title, that of the paper attached
// to it, the file's name, the folder's, its headings.
func kindOf(lines []line, titles []block, p path) corpus.Taken {
	taken := func(k corpus.Kind, from string, span corpus.Span) corpus.Taken {
		return corpus.Taken{Value: string(k), From: from, Span: span}
	}
	for i, t := range titles {
		k := kindByTitle(t.key())
		if i == 0 && k == corpus.Notice && hasPaper(titles[1:]) || i > 0 && (k == "" || k == corpus.Other || k == corpus.Notice) {
			continue
		}
		if k != "" {
			at := t.taken(len(t.key()))
			return taken(k, at.From, at.Span)
		}
	}
	if k := kindByName(p.name); k != "" {
		return taken(k, "文件名", corpus.Span{})
	}
	shape := kindByShape(lines)
	if shape == corpus.Other {
		for _, folder := range p.folders {
			if k := kindByName(folder); k != "" {
				return taken(k, "目录", corpus.Span{})
			}
		}
	}
	return taken(shape, "正文", corpus.Span{})
}

// hasPaper reports whether one of the titles is a plan's or a report's.
func hasPaper(titles []block) bool {
	for _, t := range titles {
		if k := kindByTitle(t.key()); k == corpus.Plan || k == corpus.Annual || k == corpus.SelfReview {
			return true
		}
	}
	return false
}

// signed is the day on which the paper was signed. In order of trust: the date
// of its signature, one under the title or in the letterhead, that of the
// 印发 line, and last what a web page gives.
func signed(lines []line) corpus.Taken {
	var best corpus.Taken
	rank := 99
	for i := range lines {
		l := &lines[i]
		var r int
		from := "落款"
		switch {
		case l.zone == corpus.Signature && strings.HasSuffix(l.key, "印发"):
			r = 3
		case l.zone == corpus.Signature && isSigned(l):
			r = 0
		case l.zone == corpus.Letter:
			r, from = 1, "标题"
		case l.zone == corpus.NotText && i < frontLines:
			r, from = 4, "正文"
			if strings.Contains(l.key, "成文日期") {
				r, from = 2, "红头"
			}
		default:
			continue
		}
		key := l.key
		offset := 0
		if at := strings.Index(key, "成文日期"); at >= 0 {
			offset = at
		}
		if d, ok := findDate(key, offset); ok && r < rank {
			best, rank = corpus.Taken{Value: d.String(), From: from, Span: l.span(d.from, d.to)}, r
		}
	}
	return best
}
