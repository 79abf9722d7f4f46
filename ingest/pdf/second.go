package pdf

import (
	"bytes"
	"fmt"
	"time"
	"unicode"

	second "github.com/ledongthuc/pdf"

	"duibiao/ingest/layout"
)

// opinion is what a second, independent reader finds in the same file. It
// knows few Chinese encodings, so it is never a reason to change the text; but
// where it sees more than the first reader did, the reviewer is told.
type opinion struct {
	pages int   // 0 when it cannot read the file
	han   []han // of each page
}

// han counts the Chinese characters of a page.
type han struct {
	all   int
	kinds map[rune]struct{} // each one once
}

func (h *han) add(r rune) {
	if !unicode.Is(unicode.Han, r) {
		return
	}
	if h.kinds == nil {
		h.kinds = map[rune]struct{}{}
	}
	h.all++
	h.kinds[r] = struct{}{}
}

func hanOf(glyphs []layout.Glyph) (h han) {
	for i := range glyphs {
		h.add(glyphs[i].Rune)
	}
	return h
}

// ask reads the file a second time. The reader may panic on bad input, and
// once ran for ever: it is given limit and left alone when that is over.
func ask(file []byte, limit time.Duration) opinion {
	done := make(chan opinion, 1)
	stop := make(chan struct{})
	go func() { done <- read(file, stop) }()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	defer close(stop)
	select {
	case o := <-done:
		return o
	case <-timer.C:
		return opinion{}
	}
}

func read(file []byte, stop <-chan struct{}) (o opinion) {
	defer func() {
		if recover() != nil {
			o = opinion{}
		}
	}()
	r, err := second.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		return opinion{}
	}
	o.pages = r.NumPage()
	for n := 1; n <= o.pages && n <= maxOpinionPages; n++ {
		select {
		case <-stop:
			return opinion{}
		default:
		}
		o.han = append(o.han, pageHan(r, n))
	}
	return o
}

const maxOpinionPages = 2000

// pageHan counts the Chinese characters of one page; a page that the reader
// cannot read has none. Its fonts are found anew for each page: the reader
// keeps them by name, and two pages may mean different fonts by one name.
func pageHan(r *second.Reader, n int) (h han) {
	defer func() {
		if recover() != nil {
			h = han{}
		}
	}()
	text, err := r.Page(n).GetPlainText(nil)
	if err != nil {
		return han{}
	}
	for _, r := range text {
		h.add(r)
	}
	return h
}

// disagree gives the Chinese sentence for page n when the second reader finds
// clearly more on it than the first. What is drawn twice counts twice
// with it, so it must also know characters that the first has not seen.
func (o opinion) disagree(n int, first han) []string {
	if n > len(o.han) {
		return nil
	}
	second := o.han[n-1]
	more, unseen := second.all-first.all, 0
	for r := range second.kinds {
		if _, ok := first.kinds[r]; !ok {
			unseen++
		}
	}
	const few, share, new = 30, 10, 5
	if more <= few || more*share <= first.all || unseen < new {
		return nil
	}
	return []string{fmt.Sprintf("第%d页：第二个读取程序读出%d个汉字，比采用的文字多%d个，请对照原件核对", n, second.all, more)}
}
