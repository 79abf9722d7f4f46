package rules

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"duibiao/corpus"
)

// HasExample is an indicator's example with the same text, however it is
// spaced, or nil.
func (i *Indicator) HasExample(text string) *Example {
	want := corpus.Fold(text).String()
	at := slices.IndexFunc(i.Examples, func(e Example) bool { return corpus.Fold(e.Text).String() == want })
	if at < 0 {
		return nil
	}
	return &i.Examples[at]
}

// ErrOneLine says that the examples of a rule file stand in brackets, where
// none can be added without rewriting what the author wrote.
var ErrOneLine = errors.New("examples are written in brackets")

// AppendExamples is the rule file of an indicator with more examples at the end
// of its list. All else stays as the author wrote it, comments and line ends
// too. A file that is no rule, or whose examples stand in brackets, is an error.
func AppendExamples(body []byte, more []Example) ([]byte, error) {
	before, err := examplesIn(body)
	if err != nil {
		return nil, err
	}
	end := "\n"
	if bytes.Contains(body, []byte("\r\n")) {
		end = "\r\n"
	}
	lines := strings.Split(strings.TrimRight(string(body), "\r\n"), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], "\r")
	}
	at, indent, err := endOfExamples(body, &lines)
	if err != nil {
		return nil, err
	}
	var added []string
	for _, e := range more {
		added = append(added, exampleLines(e, indent)...)
	}
	lines = slices.Insert(lines, at, added...)
	out := []byte(strings.Join(lines, end) + end)
	after, err := examplesIn(out)
	if err != nil {
		return nil, fmt.Errorf("add examples: %w", err)
	}
	if !sameExamples(after, slices.Concat(before, more)) {
		return nil, errors.New("add examples: the file would read otherwise than meant")
	}
	return out, nil
}

// examplesIn are the examples of an indicator's file.
func examplesIn(body []byte) ([]Example, error) {
	r, s := &reader{file: "examples", ids: map[string]string{}}, &Set{}
	r.ruleFile(s, &Pack{Imported: true}, body)
	if len(r.errs) > 0 {
		return nil, errors.Join(r.errs...)
	}
	if len(s.Indicators) != 1 {
		return nil, errors.New("not an indicator's file")
	}
	return s.Indicators[0].Examples, nil
}

func sameExamples(a, b []Example) bool {
	return slices.EqualFunc(a, b, func(x, y Example) bool {
		x.Line, y.Line = 0, 0
		return x == y
	})
}

var (
	emptyExamples = regexp.MustCompile(`^(examples:)\s*\[\s*\]`)
	listItem      = regexp.MustCompile(`^(\s*)-\s`)
)

// endOfExamples is the place among the lines where the next example goes, and
// how far its "-" is indented. A file without examples gets the key.
func endOfExamples(body []byte, lines *[]string) (at int, indent string, err error) {
	var value ast.Node
	r := &reader{}
	for _, v := range mappingValues(r.parse(body)) {
		if v.Key.GetToken().Value == "examples" {
			at, value = lineOf(v.Key), v.Value
		}
	}
	if value == nil {
		*lines = append(*lines, "examples:")
		return len(*lines), "  ", nil
	}
	if list, ok := value.(*ast.SequenceNode); ok && list.IsFlowStyle {
		key := &(*lines)[at-1]
		if !emptyExamples.MatchString(*key) {
			return 0, "", ErrOneLine
		}
		*key = emptyExamples.ReplaceAllString(*key, "$1")
	}
	indent, first := "  ", true
	end := at
	for i := at; i < len(*lines); i++ {
		line := (*lines)[i]
		if line != "" && !strings.ContainsRune(" \t-#", rune(line[0])) {
			break // the next key
		}
		if m := listItem.FindStringSubmatch(line); m != nil && first {
			indent, first = m[1], false
		}
		if strings.TrimSpace(line) != "" && line[0] != '#' {
			end = i + 1
		}
	}
	return end, indent, nil
}

func exampleLines(e Example, indent string) []string {
	lines := []string{indent + "- status: " + string(e.Status)}
	more := func(key, value string) { lines = append(lines, indent+"  "+key+": "+value) }
	if e.Kind != "" {
		more("kind", string(e.Kind))
	}
	more("text", quotedText(e.Text))
	if e.From != "" {
		more("from", quotedText(e.From))
	}
	if e.Todo {
		more("todo", "true")
	}
	return lines
}

// quotedText is s as a YAML string on one line.
func quotedText(s string) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(s); err != nil {
		panic(fmt.Sprintf("rules: a string that json cannot write: %v", err))
	}
	return strings.TrimSpace(b.String())
}
