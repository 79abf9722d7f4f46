package extract

import (
	"strings"

	"duibiao/corpus"
)

// reading is one value that a paper or its path gives for something.
type reading struct {
	corpus.Taken
	unit *corpus.Unit // the unit of the roster that it names, if any
}

// units lists the readings of the unit in the paper and its path, most trusted
// first: 红头, 标题, 落款, 文件名, 目录. The title comes before the signature,
// for of a copied paper the title is what is changed first.
func units(lines []line, titles []block, p path, r *roster) []reading {
	var head, sign, inTitle []reading
	for i := range lines[:firstPaper(lines)] {
		l := &lines[i]
		switch l.zone {
		case corpus.Letter:
			if n := letterUnit(lines, i); n > 0 {
				head = append(head, newReading(l, 0, n, "红头"))
			}
		case corpus.Signature:
			if from, n := signingUnit(lines, i); n > 0 {
				sign = append(sign, newReading(l, from, n, "落款"))
			}
		}
	}
	for _, t := range titles {
		if u, ok := titleUnit(t); ok {
			inTitle = append(inTitle, u)
			break
		}
	}
	all := append(append(head, inTitle...), sign...)
	if p.unit != "" {
		all = append(all, reading{Taken: corpus.Taken{Value: p.unit, From: "文件名"}})
	}
	if p.folderUnit != "" {
		all = append(all, reading{Taken: corpus.Taken{Value: p.folderUnit, From: "目录"}})
	}
	for i := range all {
		all[i].unit = r.find(foldAll(all[i].Value), p)
	}
	return all
}

func newReading(l *line, from, n int, source string) reading {
	span := l.span(from, from+n)
	value := l.shown(from, from+n)
	if parts := strings.Fields(l.raw(span)); len(parts) > 1 && allUnits(parts) {
		value = strings.Join(parts, "、")
	}
	return reading{Taken: corpus.Taken{Value: value, From: source, Span: span}}
}

func allUnits(parts []string) bool {
	for _, p := range parts {
		if !isUnit(foldAll(p)) {
			return false
		}
	}
	return true
}

// firstPaper is the line where the first paper of the file ends: at the title
// of an attached one below the signature. Who signed that did not hand it in.
func firstPaper(lines []line) int {
	signed := false
	for i := range lines {
		switch lines[i].zone {
		case corpus.Signature:
			signed = true
		case corpus.Title:
			if signed {
				return i
			}
		}
	}
	return len(lines)
}

// letterUnit is the length of the unit's name in a line of the letterhead.
func letterUnit(lines []line, i int) int {
	key := lines[i].key
	if n := redHead(key); n > 0 {
		return n
	}
	if isUnit(key) {
		return len(key)
	}
	return 0
}

// signingUnit is the place of the unit's name in a line of the signature, not
// counting who printed the paper.
func signingUnit(lines []line, i int) (from, n int) {
	key := lines[i].key
	if strings.HasSuffix(key, "印发") {
		return 0, 0
	}
	if d, ok := findDate(key, 0); ok {
		key = key[:d.from]
	}
	name := signer(strings.TrimPrefix(key, "("))
	if !isUnit(name) {
		return 0, 0
	}
	for k := i + 1; k < len(lines) && k < i+4; k++ {
		if strings.HasSuffix(lines[k].key, "印发") {
			return 0, 0
		}
		if isSigned(&lines[k]) {
			break
		}
	}
	return strings.Index(key, name), len(name)
}

// titleUnit is the unit that a title names.
func titleUnit(b block) (reading, bool) {
	if len(b) > 1 && isUnit(b[0].key) {
		return newReading(&b[0], 0, len(b[0].key), "标题"), true
	}
	key := b.key()
	if n := leadingUnit(key); n > 0 && n <= len(b[0].key) {
		return newReading(&b[0], 0, n, "标题"), true
	} else if n > 0 {
		return reading{Taken: b.taken(n)}, true
	}
	if about, ok := strings.CutPrefix(key, "关于"); ok {
		if n := leadingUnit(about); n > 0 && len("关于")+n <= len(b[0].key) {
			return newReading(&b[0], len("关于"), n, "标题"), true
		}
	}
	return reading{}, false
}
