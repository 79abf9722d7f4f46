package reuse

// list goes through the documents that have a fingerprint, in their order,
// over all parts of an index.
type list struct {
	heads []listHead
}

// listHead is where a list stands in one part.
type listHead struct {
	part   *part
	at, to int
	doc    int32 // of the posting before at
}

// open begins the list of hash, and returns how many documents it has.
func (l *list) open(parts []*part, hash uint32) int {
	l.heads = l.heads[:0]
	n := 0
	for _, p := range parts {
		from, to := p.List(hash)
		if from == to {
			continue
		}
		n += to - from - int(p.fewer[hash])
		if h := (listHead{part: p, at: from, to: to}); h.advance() {
			l.heads = append(l.heads, h)
		}
	}
	return n
}

// advance moves to the next document that is not gone, if there is one.
func (h *listHead) advance() bool {
	for h.at < h.to {
		h.doc = h.part.doc[h.part.Doc(h.at)]
		if h.at++; h.doc != gone {
			return true
		}
	}
	return false
}

// next is the next document, or false at the end.
func (l *list) next() (doc int32, ok bool) {
	if len(l.heads) == 0 {
		return 0, false
	}
	first := 0 // few lists stand in more than one part
	for i := range l.heads[1:] {
		if l.heads[i+1].doc < l.heads[first].doc {
			first = i + 1
		}
	}
	h := &l.heads[first]
	doc = h.doc
	if !h.advance() {
		l.heads[first] = l.heads[len(l.heads)-1]
		l.heads = l.heads[:len(l.heads)-1]
	}
	return doc, true
}
