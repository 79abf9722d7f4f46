package fulltext

import (
	"errors"
	"strings"
	"unicode"

	"duibiao/corpus"
)

// ErrEmptyQuery is returned for a query that asks for nothing.
var ErrEmptyQuery = errors.New("empty query")

// Query is what to look for. A passage matches when it holds every one of
// Words and passes every filter field.
type Query struct {
	Words   []string // words and phrases alike: found as they stand, width, case and white space aside
	Filters []Filter // values of one field are alternatives
	Limit   int      // how many hits to return; 0 or less means DefaultLimit
	Offset  int      // how many hits to leave out before them; less than 0 is 0
	Facets  bool     // count all matches by unit, year and kind
}

// DefaultLimit is how many hits a Query returns that does not say.
const DefaultLimit = 20

// Filter asks for passages with a value. A unit, a kind or an indicator is
// matched whole where some document has exactly that value, and otherwise by
// its beginning; width, case and white space do not count.
type Filter struct {
	Field FilterField
	Value string
}

// FilterField is what a Filter looks at, named as in a query.
type FilterField string

// The filter fields.
const (
	ByUnit      FilterField = "单位"
	ByYear      FilterField = "年份"
	ByIndicator FilterField = "指标"
	ByKind      FilterField = "类型"
)

type filterField struct {
	name  FilterField
	field string // in the index
}

// filterFields are the filters in the order in which they are applied.
var filterFields = []filterField{
	{ByUnit, unitField},
	{ByYear, yearField},
	{ByIndicator, indicatorField},
	{ByKind, kindField},
}

// ParseQuery reads a query as a person types it: words, "exact phrases" or
// “exact phrases”, and filters such as 单位:甲县 or 类型："年度报告", with a colon
// of either width. Anything else is text to look for: nothing is a syntax
// error. A phrase that is not closed goes to the end. The only error is
// ErrEmptyQuery.
func ParseQuery(typed string) (Query, error) {
	var q Query
	for rest := strings.TrimSpace(typed); rest != ""; rest = strings.TrimSpace(rest) {
		if f, after, ok := readFilter(rest); ok {
			q.Filters = append(q.Filters, f)
			rest = after
			continue
		}
		var word string
		word, rest = readWord(rest)
		if foldString(word) != "" {
			q.Words = append(q.Words, word)
		}
	}
	if len(q.Words)+len(q.Filters) == 0 {
		return Query{}, ErrEmptyQuery
	}
	return q, nil
}

// readFilter reads a filter at the start of s. A field name without a value is
// none.
func readFilter(s string) (f Filter, rest string, ok bool) {
	for _, field := range filterFields {
		after, found := strings.CutPrefix(s, string(field.name))
		if !found {
			continue
		}
		value, found := strings.CutPrefix(after, ":")
		if !found {
			value, found = strings.CutPrefix(after, "：")
		}
		if !found {
			continue
		}
		value, rest = readWord(strings.TrimSpace(value))
		if field.name == ByYear {
			value = strings.TrimSuffix(strings.TrimSuffix(value, "度"), "年")
		}
		return Filter{field.name, value}, rest, foldString(value) != ""
	}
	return Filter{}, "", false
}

const (
	openQuotes  = "\"＂“"
	closeQuotes = "\"＂”"
)

// readWord reads a quoted phrase, or else all up to the next white space. A
// quotation mark inside a word is part of it.
func readWord(s string) (word, rest string) {
	for _, open := range openQuotes {
		phrase, quoted := strings.CutPrefix(s, string(open))
		if !quoted {
			continue
		}
		end := strings.IndexAny(phrase, closeQuotes)
		if end < 0 {
			return phrase, ""
		}
		_, rest, _ = cutRune(phrase[end:])
		return phrase[:end], rest
	}
	if end := strings.IndexFunc(s, unicode.IsSpace); end >= 0 {
		return s[:end], s[end:]
	}
	return s, ""
}

func cutRune(s string) (first rune, rest string, ok bool) {
	for i, r := range s {
		if i > 0 {
			return first, s[i:], true
		}
		first = r
	}
	return first, "", s != ""
}

func foldString(s string) string { return corpus.Fold(s).String() }
