package extract

import (
	"strings"

	"duibiao/corpus"
)

// block is the lines of one title.
type block []line

// key is the keys of the lines joined.
func (b block) key() string {
	var s strings.Builder
	for i := range b {
		s.WriteString(b[i].key)
	}
	return s.String()
}

// taken is the first n bytes of the joined key, with their place.
func (b block) taken(n int) corpus.Taken {
	t := corpus.Taken{From: "标题", Span: b[0].span(0, 0)}
	for i := range b {
		l := &b[i]
		part := min(n, len(l.key))
		if part == 0 {
			break
		}
		t.Value += l.shown(0, part)
		t.Span.End = l.span(0, part).End
		n -= part
	}
	return t
}

// titles returns the titles in the paper, its own first. A title that stands
// there twice counts once.
func titles(lines []line) []block {
	var all []block
	seen := map[string]bool{}
	for i := 0; i < len(lines); i++ {
		if lines[i].zone != corpus.Title {
			continue
		}
		k := i
		for k < len(lines) && lines[k].zone == corpus.Title {
			k++
		}
		b := block(lines[i:k])
		if key := b.key(); !seen[key] {
			seen[key] = true
			all = append(all, b)
		}
		i = k
	}
	return all
}
