package rules

import (
	"bytes"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"duibiao/rules/packs"
)

func compiledSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	body, err := Schema()
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("rules.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("rules.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// faultInSchema is why a rule file does not fit the schema, or nil.
func faultInSchema(t *testing.T, s *jsonschema.Schema, body []byte) error {
	t.Helper()
	var v any
	if err := yaml.Unmarshal(body, &v); err != nil {
		t.Fatal(err)
	}
	asJSON, err := yaml.YAMLToJSON(body)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON))
	if err != nil {
		t.Fatalf("%v\n%s", err, asJSON)
	}
	return s.Validate(doc)
}

func TestShippedPacksFitTheSchema(t *testing.T) {
	s := compiledSchema(t)
	files := 0
	err := fs.WalkDir(packs.FS, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !isRuleFile(path) {
			return err
		}
		body, err := fs.ReadFile(packs.FS, path)
		if err != nil {
			return err
		}
		files++
		if why := faultInSchema(t, s, body); why != nil {
			t.Errorf("%s: %v", path, why)
		}
		return nil
	})
	if err != nil || files < 40 {
		t.Errorf("%d files looked at: %v", files, err)
	}
}

// wholeFiles have every key that a file of their kind can have.
var wholeFiles = map[string]string{
	"pack": "name: 甲\nversion: 1\nsource: 乙\nimported: true\ndefines: {执法部门: [甲局]}\nexempt: [{phrase: 某话, section: 某段, unit: 甲, item: i1, check: 空泛, reason: 上级规定, until: 2026-12-31}]",
	"indicator": `kind: indicator
id: 甲-1
no: 3
level1: 一
level2: 二
title: 行政复议
text: 办理行政复议
basis: [《行政复议法》]
applies: [各单位]
topics: []
terms: {any: [行政复议], some: [复议], object: [案件], all: [办], near: [[办理, 复议]], not: [律师], weights: {复议: 0.4}}
under: [复议]
patterns: ["受理…{数量}"]
threshold: [{name: 率, min: 90, unit: "%"}, {name: 天, max: 5, unit: 天}]
plan: [主体]
examples:
  - {status: 达标, text: 办结行政复议12件, kind: 年度报告, from: 某次审查}
  - {status: 空泛, text: 加强行政复议, todo: true}
  - {status: 无关, text: 修路}
exempt: [{phrase: 某话, section: 某段, unit: 甲, check: 空泛, reason: 上级规定, until: 2026-12-31}]`,
	"profile": "kind: profile\nid: p\ntitle: 甲\nbasis: [乙]\nkinds: [年度报告]\nmaxwords: 2000\ndue: 03-01\nparts: [{name: 甲, required: true, heading: [甲], body: [乙], not: [丙], tense: 打算, facts: 1, note: 补}]\n" +
		"examples: [{status: 达标, text: 甲, kind: 方案, todo: true, from: 丙}]",
	"limits":       "kind: limits\ncopied: 0.6\nsuperior: 0.3\nprevious: 0.5\npeer: 0.3\ntemplate: 0.3\nfollow: 0.2\nrunes: 60",
	"bodies":       "kind: bodies\nitems: [{name: 甲, until: 2018-12-31, instead: 乙, words: [丙]}]" + wholeTrials,
	"slogans":      "kind: slogans\nitems: [{words: [甲], until: 2018-12-31, newer: [乙]}]" + wholeTrials,
	"placeholders": "kind: placeholders\nitems: [{pattern: 'x', not: 'y', note: 甲}]" + wholeTrials,
	"laws":         "kind: laws\nitems: [{title: 甲, years: 2021-2025, earlier: [2015-2020], versions: [\"2021-01-01\"], wrong: [乙]}]" + wholeTrials,
	"duties":       "kind: duties\nitems: [{words: [甲], kinds: [县级政府], not: [乙], note: 丙}]" + wholeTrials,
	"places":       "kind: places\nitems: [{province: 甲省, city: 乙市, counties: 丙县 丁区}]" + wholeTrials,
	"selves":       "kind: selves\nitems: [{words: [我镇], ends: [镇], kinds: [乡镇街道], subject: true}, {words: [甲系统], has: [甲]}]" + wholeTrials,
	"figures":      "kind: figures\nitems: [{whole: [甲], part: [乙], rate: [丙]}, {apart: [丁, 戊]}]" + wholeTrials,
	"check":        "kind: check\ncheck: 叠字" + wholeTrials,
}

// wholeTrials are the examples of a document-level check.
const wholeTrials = "\nexamples: [{unit: 甲局, parent: 乙, type: 市直部门, roster: [丙], kind: 方案, year: \"2024\", date: 2024-01-02, shows: [丁], not: [戊]}]"

// load reads one file in a pack of its own, or as pack.yaml.
func loadOne(kind, body string) error {
	if kind == "pack" {
		_, err := Load(packOf(map[string]string{"pack.yaml": body}))
		return err
	}
	_, err := Load(packOf(map[string]string{"pack.yaml": "name: 试\nversion: v\nsource: s", "a.yaml": body}))
	return err
}

// TestSchemaHasTheKeysOfTheReader: a whole file of each kind is right to both,
// has every key of the schema, and with one key more is wrong to both.
func TestSchemaHasTheKeysOfTheReader(t *testing.T) {
	s := compiledSchema(t)
	all := shapes()
	if d := cmp.Diff(slices.Sorted(maps.Keys(all)), slices.Sorted(maps.Keys(wholeFiles))); d != "" {
		t.Fatalf("kinds of file (-schema +test):\n%s", d)
	}
	for kind, body := range wholeFiles {
		if err := loadOne(kind, body); err != nil {
			t.Errorf("Load(%s) = %v", kind, err)
		}
		if err := faultInSchema(t, s, []byte(body)); err != nil {
			t.Errorf("schema on %s: %v", kind, err)
		}
		var v any
		if err := yaml.Unmarshal([]byte(body), &v); err != nil {
			t.Fatal(err)
		}
		used := map[string]bool{}
		keysUsed(v, all[kind], kind, used)
		for _, path := range keyPaths(all[kind], kind) {
			if !used[path] {
				t.Errorf("the whole %s file does not have %s", kind, path)
			}
		}
		wrong := body + "\nzzz: 1"
		if err := loadOne(kind, wrong); err == nil || !strings.Contains(err.Error(), `不认识的键 "zzz"`) {
			t.Errorf("Load(%s with zzz) = %v", kind, err)
		}
		if faultInSchema(t, s, []byte(wrong)) == nil {
			t.Errorf("the schema takes %s with zzz", kind)
		}
	}
}

// keyPaths are the paths of the keys in a shape.
func keyPaths(s shape, at string) []string {
	for s["items"] != nil {
		s = s["items"].(shape)
	}
	var out []string
	properties, _ := s["properties"].(map[string]any)
	for key, below := range properties {
		out = append(out, at+"."+key)
		out = append(out, keyPaths(below.(shape), at+"."+key)...)
	}
	slices.Sort(out)
	return out
}

// keysUsed marks the paths of the keys that a file has.
func keysUsed(v any, s shape, at string, used map[string]bool) {
	if list, ok := v.([]any); ok {
		for _, e := range list {
			keysUsed(e, s["items"].(shape), at, used)
		}
	}
	properties, _ := s["properties"].(map[string]any)
	if m, ok := v.(map[string]any); ok && properties != nil {
		for key, below := range m {
			used[at+"."+key] = true
			keysUsed(below, properties[key].(shape), at+"."+key, used)
		}
	}
}

func TestEveryKeyIsExplainedOnce(t *testing.T) {
	var want, got []string
	for kind, s := range shapes() {
		want = append(want, keyPaths(s, kind)...)
	}
	for _, k := range Keys() {
		got = append(got, k.Path)
	}
	slices.Sort(want)
	slices.Sort(got)
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("keys (-reader +explained):\n%s", d)
	}
}

func TestSchemaFindsFaults(t *testing.T) {
	s := compiledSchema(t)
	for _, body := range []string{
		"id: 甲\ntitle: 乙\ntopics: [没有的主题]",
		"id: 甲\ntitle: 乙\nterms: {near: [[一个]]}",
		"id: 甲\ntitle: 乙\nplan: [地点]",
		"id: 甲\ntitle: 乙\nexamples: [{status: 很好, text: 丙}]",
		"id: A B\ntitle: 乙",
		"title: 没有编号",
		"name: 甲\nversion: \"1\"",
		"kind: limits\ncopied: 3",
		"kind: profile\nid: p\ntitle: 甲\nkinds: [年度报告]\ndue: 三月",
		"kind: 别的\nid: p\ntitle: 甲",
	} {
		if faultInSchema(t, s, []byte(body)) == nil {
			t.Errorf("the schema takes %q", body)
		}
	}
}
