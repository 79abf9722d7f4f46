// Package readertest holds the one suite that the tests of every reader run:
// what must be true of any document, whatever it was read from.
//
// In: a document a reader made. Out: a test failure for each broken promise.
// A new law for readers is one more function in laws.
package readertest

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"duibiao/corpus"
)

// laws are what Check tests, one function each, which says what is wrong.
var laws = [...]func(*corpus.Document) []string{
	textIsClean,
	spansAreOrdered,
	paragraphsAreTrimmed,
	cellsAreInTheirRow,
	pagesDoNotGoBack,
	namesItsReader,
	survivesJSON,
}

// Check reports every law of a readable document that doc breaks.
func Check(t testing.TB, doc *corpus.Document) {
	t.Helper()
	for _, fault := range Faults(doc) {
		t.Error(fault)
	}
}

// Faults lists the laws that doc breaks, one sentence each; none when doc is
// as it should be.
func Faults(doc *corpus.Document) []string {
	if doc == nil {
		return []string{"the document is nil"}
	}
	var faults []string
	for _, law := range laws {
		faults = append(faults, law(doc)...)
		if len(faults) > 0 {
			break // a later law may panic on what an earlier one found
		}
	}
	return faults
}

func textIsClean(doc *corpus.Document) (faults []string) {
	text := doc.String()
	if !utf8.ValidString(text) {
		faults = append(faults, "the text is not valid UTF-8")
	}
	if strings.ContainsRune(text, 0) {
		faults = append(faults, "the text holds a NUL")
	}
	if n := utf8.RuneCountInString(text); n != doc.Len() {
		faults = append(faults, fmt.Sprintf("Len() = %d, the text has %d runes", doc.Len(), n))
	}
	return faults
}

func spansAreOrdered(doc *corpus.Document) (faults []string) {
	end := 0
	for i, p := range doc.Paragraphs {
		if p.Span.Start < end || p.Span.End < p.Span.Start || p.Span.End > doc.Len() {
			return append(faults, fmt.Sprintf("paragraph %d has span %v after %d in a text of %d runes", i+1, p.Span, end, doc.Len()))
		}
		end = p.Span.End
	}
	return faults
}

func paragraphsAreTrimmed(doc *corpus.Document) (faults []string) {
	for i, p := range doc.Paragraphs {
		text := doc.Text(p.Span)
		switch {
		case text == "":
			faults = append(faults, fmt.Sprintf("paragraph %d is empty", i+1))
		case p.Role != corpus.Row && strings.TrimFunc(text, unicode.IsSpace) != text:
			faults = append(faults, fmt.Sprintf("paragraph %d has white space around it: %q", i+1, text))
		}
		if (p.Role == corpus.Heading) != (p.Level > 0) {
			faults = append(faults, fmt.Sprintf("paragraph %d is %s with level %d", i+1, p.Role, p.Level))
		}
	}
	return faults
}

func cellsAreInTheirRow(doc *corpus.Document) (faults []string) {
	for i, p := range doc.Paragraphs {
		if (p.Role == corpus.Row) != (len(p.Cells) > 0) {
			faults = append(faults, fmt.Sprintf("paragraph %d is %s with %d cells", i+1, p.Role, len(p.Cells)))
		}
		end := 0
		for k, c := range p.Cells {
			if c.Start < end || c.End < c.Start || c.End > doc.Len() || c.Len() > 0 && !p.Span.Contains(c) {
				faults = append(faults, fmt.Sprintf("paragraph %d %v: cell %d has span %v", i+1, p.Span, k+1, c))
				break
			}
			end = c.End
			if text := doc.Text(c); strings.TrimSpace(text) != text {
				faults = append(faults, fmt.Sprintf("paragraph %d: cell %d has white space around it: %q", i+1, k+1, text))
			}
		}
	}
	return faults
}

func pagesDoNotGoBack(doc *corpus.Document) (faults []string) {
	page := 0
	for i, p := range doc.Paragraphs {
		if p.Page < 0 || p.Page > doc.Pages || doc.Pages > 0 && p.Page == 0 {
			faults = append(faults, fmt.Sprintf("paragraph %d is on page %d of %d", i+1, p.Page, doc.Pages))
		}
		if p.Role == corpus.Aside {
			continue
		}
		if p.Page < page {
			faults = append(faults, fmt.Sprintf("paragraph %d is on page %d, after one on page %d", i+1, p.Page, page))
		}
		page = p.Page
	}
	return faults
}

func namesItsReader(doc *corpus.Document) []string {
	if doc.Reader == "" {
		return []string{"the document does not say which reader made it"}
	}
	return nil
}

func survivesJSON(doc *corpus.Document) []string {
	b, err := json.Marshal(doc)
	if err != nil {
		return []string{fmt.Sprintf("json.Marshal: %v", err)}
	}
	var back corpus.Document
	if err := json.Unmarshal(b, &back); err != nil {
		return []string{fmt.Sprintf("json.Unmarshal: %v", err)}
	}
	again, err := json.Marshal(&back)
	if err != nil {
		return []string{fmt.Sprintf("json.Marshal again: %v", err)}
	}
	if string(again) != string(b) || back.String() != doc.String() || back.Len() != doc.Len() {
		return []string{"the document is another after a way through JSON"}
	}
	return nil
}
