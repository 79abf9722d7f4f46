// Package text reads plain text, Markdown and CSV files.
//
// In: a file. Out: a corpus.Document; for a file in UTF-8 its text is the
// file's own, with the byte order mark removed and line ends as "\n", so that
// offsets can be checked from outside. Lines become paragraphs, sentences torn
// by a page break become whole again, and what a web page put around the
// paper is set apart as 非正文. A further mark-up is a case in lines.go; a
// further sign of web navigation is a word in aside.go.
package text

import (
	"encoding/csv"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"duibiao/corpus"
	"duibiao/ingest/capped"
)

// Reader names this reader and its version, which is part of cache keys.
const Reader = "text/1"

// DefaultMaxBytes is the size in bytes up to which a text file is read.
const DefaultMaxBytes = 32 << 20

// Limits bounds what Read takes in. The zero value means the defaults.
type Limits struct {
	MaxBytes int64 // size of the file in bytes; DefaultMaxBytes when 0
}

// Read reads the text file at path. The error wraps corpus.ErrEmpty when there
// is nothing but white space in it, ErrBroken when it is not text, ErrTooLarge
// when it is over the limit.
func Read(path string, lim Limits) (*corpus.Document, error) {
	if lim.MaxBytes <= 0 {
		lim.MaxBytes = DefaultMaxBytes
	}
	b, err := capped.File(path, lim.MaxBytes)
	if err != nil {
		return nil, fmt.Errorf("read %s as text: %w", path, err)
	}
	text, encoding, err := Decode(b)
	if err != nil {
		return nil, fmt.Errorf("read %s as text: %w", path, err)
	}
	text = plainLineEnds(text)
	if blank(text) {
		return nil, fmt.Errorf("read %s as text: %w", path, corpus.ErrEmpty)
	}
	var b2 corpus.Builder
	if n := strings.Count(text, "\uFFFD"); n > 0 {
		b2.Warn(fmt.Sprintf("有%d处字节不是%s编码的文字，显示为“\uFFFD”，请对照原件。", n, encoding))
	}
	if strings.EqualFold(filepath.Ext(path), ".csv") && table(&b2, text) == nil {
		return b2.End(Reader, encoding), nil
	}
	paragraphs(&b2, text)
	return b2.End(Reader, encoding), nil
}

func plainLineEnds(text string) string {
	if strings.IndexByte(text, '\r') < 0 {
		return text
	}
	return strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
}

func blank(text string) bool {
	return strings.Trim(text, " \t\n\v\f\u0085\u00a0\u3000\ufeff\u200b\x00\x1a") == ""
}

// table appends the rows of a CSV file. Nothing is appended when the text is
// no table.
func table(b *corpus.Builder, text string) error {
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = -1
	r.LazyQuotes = true
	if first, _, _ := strings.Cut(text, "\n"); strings.Count(first, "\t") > strings.Count(first, ",") {
		r.Comma = '\t'
	}
	rows, err := r.ReadAll()
	if err != nil {
		return err
	}
	for _, cells := range rows {
		for i, c := range cells {
			cells[i] = strings.Join(strings.Fields(c), " ")
		}
		b.Row(cells...)
	}
	if b.Empty() {
		return io.EOF
	}
	return nil
}

// paragraphs appends text, all of it: paragraphs with their roles, and what
// stands between them as gaps.
func paragraphs(b *corpus.Builder, text string) {
	lines := split(text)
	markAsides(lines)
	at := 0
	for _, p := range join(lines) {
		b.Gap(text[at:p.start])
		b.Raw(p.role, p.level, text[p.start:p.end])
		at = p.end
	}
	b.Gap(text[at:])
}

// runes is the number of characters of s.
func runes(s string) int { return utf8.RuneCountInString(s) }
