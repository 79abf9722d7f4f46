package rules

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// shape is what a key takes, as JSON Schema says it.
type shape map[string]any

// idPattern is about what an id may be; the reader knows exactly.
const idPattern = `^[a-z0-9._⺀-鿿豈-﫿-]+$`

func textShape() shape { return shape{"type": []string{"string", "number", "boolean"}, "minLength": 1} }

func listOf(items shape) shape { return shape{"type": "array", "items": items} }

func oneOfShape[S ~string](values []S) shape { return shape{"enum": values} }

// object is the shape of a mapping with these keys.
func (r *reader) object(known fields, required []string) shape {
	properties := map[string]any{}
	for key, read := range known {
		read(nil)
		properties[key] = r.shape
	}
	s := shape{"type": "object", "additionalProperties": false, "properties": properties}
	if len(required) > 0 {
		s["required"] = required
	}
	return s
}

// lists are the kinds of file that are one list of items.
var lists = []string{"bodies", "slogans", "placeholders", "laws", "duties", "places", "selves", "figures"}

// shapes are the shapes of the rule files by kind, and of pack.yaml as "pack",
// made of the functions that read them.
func shapes() map[string]shape {
	all := map[string]shape{}
	describe := func(kind string, read func(*reader, *Set)) {
		r := &reader{describes: true, ids: map[string]string{}}
		read(r, &Set{})
		all[kind] = r.shape
	}
	describe("pack", func(r *reader, s *Set) { r.packTop(s, &Pack{}, nil) })
	describe("indicator", func(r *reader, s *Set) { r.indicator(s, &Pack{}, nil) })
	describe("profile", func(r *reader, s *Set) { r.profile(s, &Pack{}, nil) })
	describe("limits", func(r *reader, s *Set) { r.limits(s, nil) })
	describe("check", func(r *reader, s *Set) { r.check(s, nil) })
	for _, kind := range lists {
		describe(kind, func(r *reader, s *Set) { r.items(s, kind, nil) })
	}
	return all
}

// Schema is the JSON Schema (2020-12) of the rule files, for editors: what
// every key takes and, in Chinese, what it is for. A file is read by its kind;
// one that begins as pack.yaml does, as pack.yaml.
func Schema() ([]byte, error) {
	defs := shapes()
	for _, k := range Keys() {
		if err := explainKey(defs, k); err != nil {
			return nil, err
		}
	}
	kinds := slices.Concat([]string{"profile", "limits", "check"}, lists)
	branches := []shape{}
	for _, kind := range kinds {
		branches = append(branches, shape{"if": shape{"properties": shape{"kind": shape{"const": kind}}, "required": []string{"kind"}},
			"then": shape{"$ref": "#/$defs/" + kind}})
	}
	pack := shape{"anyOf": []shape{{"required": []string{"name"}}, {"required": []string{"version"}}, {"required": []string{"source"}}}}
	other := shape{"required": []string{"kind"}, "properties": shape{"kind": shape{"enum": kinds}}}
	branches = append(branches, shape{"if": other, "else": shape{"if": pack, "then": shape{"$ref": "#/$defs/pack"}, "else": shape{"$ref": "#/$defs/indicator"}}})
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	err := enc.Encode(shape{"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "对标规则文件",
		"type": "object", "allOf": branches, "$defs": defs})
	if err != nil {
		return nil, fmt.Errorf("write schema: %w", err)
	}
	return b.Bytes(), nil
}

// explainKey puts what a key is for beside its shape. A key that no rule file
// has is an error.
func explainKey(defs map[string]shape, k Key) error {
	kind, rest, _ := strings.Cut(k.Path, ".")
	at := defs[kind]
	for key := range strings.SplitSeq(rest, ".") {
		for at["items"] != nil {
			at = at["items"].(shape)
		}
		properties, _ := at["properties"].(map[string]any)
		next, ok := properties[key].(shape)
		if !ok {
			return fmt.Errorf("describe %s: no rule file has this key", k.Path)
		}
		at = next
	}
	at["description"] = k.About
	return nil
}
