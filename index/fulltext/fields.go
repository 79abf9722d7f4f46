package fulltext

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/document"
	index "github.com/blevesearch/bleve_index_api"

	"duibiao/corpus"
)

// The fields of an indexed passage.
const (
	pairField      = "tb"  // all pairs of neighbouring folded runes, and the last rune alone
	wordField      = "tj"  // the words of the folded text: see cutWords
	docField       = "doc" // document id, NUL, stamp
	unitField      = "unit"
	yearField      = "year"
	kindField      = "kind"
	indicatorField = "indicator"
	recordField    = "p" // stored: see record
)

// newDocument is what is indexed of the n-th passage of d.
func newDocument(d Doc, n int, cut Cut) *document.Document {
	e := d.Entries[n]
	folded := corpus.Fold(e.Text).String()
	doc := document.NewDocument(passageID(d.ID, n))
	add := func(name string, options index.FieldIndexingOptions, value string) {
		if value != "" {
			doc.AddField(newField(name, options|index.IndexField|index.SkipFreqNorm, []string{value}))
		}
	}
	add(docField, index.DocValues, d.ID+"\x00"+d.Stamp)
	add(unitField, index.DocValues, d.Unit)
	add(yearField, index.DocValues, d.Year)
	add(kindField, index.DocValues, string(d.Kind))
	for _, indicator := range e.Indicators {
		add(indicatorField, 0, indicator)
	}
	doc.AddField(newField(pairField, index.IndexField|index.SkipFreqNorm, pairs(folded)))
	doc.AddField(newField(wordField, index.IndexField, cutWords(cut, folded)))
	doc.AddField(&field{name: recordField, options: index.StoreField, value: record{e.Passage, e.Section()}.encode()})
	return doc
}

// passageID is short because it is stored with every passage: a hash of the
// document's id and, in its last four bytes, the number of the passage.
func passageID(doc string, n int) string {
	sum := sha256.Sum256([]byte(doc))
	return string(binary.BigEndian.AppendUint32(sum[:12], uint32(n)))
}

func passageNumber(id string) uint32 {
	return binary.BigEndian.Uint32([]byte(id[len(id)-4:]))
}

// pairs are the pairs of neighbouring runes of folded. The last rune alone is
// among them, so that every rune of the text begins one and a one-rune query
// is a prefix. A query must not be cut by it: where its phrase ends, a passage
// goes on.
func pairs(folded string) []string {
	list := make([]string, 0, len(folded)/3+1)
	for rest := folded; rest != ""; {
		_, first := utf8.DecodeRuneInString(rest)
		_, second := utf8.DecodeRuneInString(rest[first:])
		list = append(list, rest[:first+second])
		rest = rest[first:]
	}
	return list
}

// cutWords are the words of folded that can rank: of two runes or more, with a
// letter or a digit among them. Single characters say too little about a
// passage for the room they take; they are found by their pairs.
func cutWords(cut Cut, folded string) []string {
	var found []string
	for _, w := range cut(folded) {
		if utf8.RuneCountInString(w) > 1 && strings.IndexFunc(w, isLetterOrDigit) >= 0 {
			found = append(found, w)
		}
	}
	return found
}

func isLetterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// record is what is stored of a passage: enough to check it and to show it.
type record struct {
	corpus.Passage // Headings and Sentences are not stored
	section        string
}

func (r record) encode() []byte {
	b := make([]byte, 0, len(r.Text)+len(r.section)+24)
	b = binary.AppendUvarint(b, uint64(r.Span.Start))
	b = binary.AppendUvarint(b, uint64(r.Place.Page))
	b = binary.AppendUvarint(b, uint64(r.Place.Paragraph))
	b = binary.AppendUvarint(b, ocrFlag(r.Place.OCR))
	for _, s := range []string{string(r.Zone), r.section} {
		b = binary.AppendUvarint(b, uint64(len(s)))
		b = append(b, s...)
	}
	return append(b, r.Text...)
}

// numbersOfRecord is how many numbers begin an encoded record.
const numbersOfRecord = 4

func ocrFlag(ocr bool) uint64 {
	if ocr {
		return 1
	}
	return 0
}

var errRecord = errors.New("stored passage is damaged")

// recordText is the text of an encoded record, without decoding the rest.
func recordText(b []byte) ([]byte, error) {
	for range numbersOfRecord {
		_, n := binary.Uvarint(b)
		if n <= 0 {
			return nil, errRecord
		}
		b = b[n:]
	}
	for range 2 {
		_, rest, err := cutString(b)
		if err != nil {
			return nil, err
		}
		b = rest
	}
	return b, nil
}

func cutString(b []byte) (s, rest []byte, err error) {
	size, n := binary.Uvarint(b)
	if n <= 0 || size > uint64(len(b)-n) {
		return nil, nil, errRecord
	}
	return b[n : n+int(size)], b[n+int(size):], nil
}

func decodeRecord(b []byte) (record, error) {
	var numbers [numbersOfRecord]int
	for i := range numbers {
		v, n := binary.Uvarint(b)
		if n <= 0 {
			return record{}, errRecord
		}
		numbers[i], b = int(v), b[n:]
	}
	zone, b, err := cutString(b)
	if err != nil {
		return record{}, err
	}
	section, text, err := cutString(b)
	if err != nil {
		return record{}, err
	}
	r := record{section: string(section)}
	r.Text = string(text)
	r.Zone = corpus.Zone(zone)
	r.Place = corpus.Location{Page: numbers[1], Paragraph: numbers[2], OCR: numbers[3] != 0}
	r.Span = corpus.Span{Start: numbers[0], End: numbers[0] + utf8.RuneCount(text)}
	return r, nil
}
