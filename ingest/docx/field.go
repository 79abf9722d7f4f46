package docx

import (
	"strconv"
	"strings"
)

// field is one level of fields inside each other.
type field struct {
	instruction string
	form        *node // w:ffData of a field of a form
	result      bool  // past the separator: what follows is shown
	contents    bool  // the field makes the table of contents
}

func (w *walker) fieldChar(b *strings.Builder, n *node, hidden bool) {
	switch kind, last := n.attr("fldCharType"), len(w.fields)-1; {
	case kind == "begin":
		w.fields = append(w.fields, field{form: n.kid("w:ffData")})
	case last < 0:
	case kind == "separate":
		w.fields[last].result = true
	case kind == "end":
		f := w.fields[last]
		w.fields = w.fields[:last]
		if !f.result {
			w.add(b, w.unstored(f), hidden)
		}
	}
}

func (w *walker) instruct(s string) {
	if last := len(w.fields) - 1; last >= 0 {
		f := &w.fields[last]
		f.instruction += s
		f.contents = f.contents || strings.HasPrefix(strings.TrimSpace(f.instruction), "TOC")
		w.clock = w.clock || ofClock(f.instruction)
	}
}

// ofClock reports whether a field shows the day on which the file is opened,
// whatever day stands in it.
func ofClock(instruction string) bool {
	kind, _, _ := strings.Cut(strings.TrimSpace(instruction), " ")
	return strings.EqualFold(kind, "DATE") || strings.EqualFold(kind, "TIME")
}

// closeFields ends, with its paragraph, each field that has not come to its
// result: an instruction does not go on into the next, and a damaged field
// must not swallow the rest of the file.
func (w *walker) closeFields() {
	for i, f := range w.fields {
		if !f.result {
			w.fields = w.fields[:i]
			return
		}
	}
}

// unstored is what a field shows whose result is not in the file, because the
// instruction says all: characters in a circle, signs, boxes to tick.
func (w *walker) unstored(f field) string {
	kind, rest, _ := strings.Cut(strings.TrimSpace(f.instruction), " ")
	switch kind = strings.ToUpper(kind); kind {
	case "EQ":
		return equation(rest)
	case "SYMBOL":
		return fieldSymbol(strings.Fields(rest))
	case "MACROBUTTON", "GOTOBUTTON":
		_, shown, _ := strings.Cut(strings.TrimSpace(rest), " ")
		return shown
	case "FORMCHECKBOX":
		return tick(f.form.kid("w:checkBox"))
	case "FORMDROPDOWN":
		return chosenEntry(f.form.kid("w:ddList"))
	case "", "TC", "XE", "RD", "PRIVATE", "SET", "ASK", "ADVANCE", "PRINT", "FORMTEXT":
		return "" // shows nothing
	}
	w.unstoredFields++
	return ""
}

// tick is the box of a form.
func tick(box *node) string {
	checked := box.kid("w:checked")
	if checked == nil {
		checked = box.kid("w:default")
	}
	if checked.on() {
		return "☑"
	}
	return "□"
}

func chosenEntry(list *node) string {
	if list == nil {
		return ""
	}
	n := list.kid("w:result").number("val", list.kid("w:default").number("val", 0))
	for _, k := range list.kids {
		if k.name != "w:listEntry" {
			continue
		}
		if n == 0 {
			return k.attr("val")
		}
		n--
	}
	return ""
}

// fieldSymbol is the character that a SYMBOL field names by its number and
// font.
func fieldSymbol(words []string) string {
	if len(words) == 0 {
		return ""
	}
	code, err := strconv.ParseInt(words[0], 0, 32)
	if err != nil || code <= 0 {
		return ""
	}
	font := ""
	for i, word := range words[:len(words)-1] {
		if strings.EqualFold(word, `\f`) {
			font = strings.Trim(strings.Join(words[i+1:], " "), `"`)
			font, _, _ = strings.Cut(font, `"`)
		}
	}
	return string(symbolRune(font, rune(code)))
}
