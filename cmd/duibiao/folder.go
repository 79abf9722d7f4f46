package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"sort"
	"strings"

	"duibiao/corpus"
	"duibiao/rules"
)

// settingsName is the file in which a folder's settings are kept, and dataName
// and outName the two folders that duibiao makes in it.
const (
	settingsName = "duibiao.yaml"
	dataName     = ".duibiao"
	outName      = "差距清单"
)

// settings name the parts of a folder once. Paths are relative to the folder.
type settings struct {
	Roster   string   `yaml:"roster,omitempty"`   // 报送名册
	Manifest string   `yaml:"manifest,omitempty"` // 报送清单
	Table    string   `yaml:"table,omitempty"`    // 指标体系
	Packs    []string `yaml:"packs,omitempty"`    // rule packs, by name or folder
	Superior []string `yaml:"superior,omitempty"` // 上位文件
	Previous []string `yaml:"previous,omitempty"` // 往年
	Template []string `yaml:"template,omitempty"` // 范文
	Year     string   `yaml:"year,omitempty"`     // 年度 under review

	Exempt []rules.Exemption `yaml:"exempt,omitempty"` // 豁免: what is not raised
}

// folder is a reviewer's folder with what is known of its parts.
type folder struct {
	root string // as the user typed it
	data string // where the state is kept
	settings
	byContent bool     // the table was recognised by what it holds
	alike     []string // files that are or could be the table, taken or not; no submissions
	shelves   []shelf  // in order: 上位文件, 往年, 范文
	limits    limits
}

// shelf is one folder of reference documents. Its documents' ids begin with
// name.
type shelf struct {
	kind corpus.Shelf
	name string
	dir  string
}

// openFolder finds the parts of root: the settings file says, or their names
// do. data is the data folder, or "" for the usual one.
func openFolder(root, data string) (*folder, error) {
	info, err := os.Stat(root)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", root, err)
	}
	if !info.IsDir() {
		return nil, usagef("%s 是文件，不是文件夹；请给出存放报送材料的文件夹", root)
	}
	f := &folder{root: root, data: data}
	if data == "" {
		f.data = filepath.Join(root, dataName)
	}
	if f.settings, err = guessSettings(root); err != nil {
		return nil, err
	}
	said, err := f.readSettings()
	if err != nil {
		return nil, err
	}
	if !said["table"] && f.Table == "" && len(f.Packs) == 0 {
		if err := f.findTable(); err != nil {
			return nil, err
		}
	}
	f.addShelves(corpus.Superior, f.Superior)
	f.addShelves(corpus.Previous, f.Previous)
	f.addShelves(corpus.Template, f.Template)
	return f, nil
}

// readSettings puts what the settings file says over what was recognised: a
// part that it does not name is still found by its name, one that it leaves
// empty ("" or []) is switched off. It gives the keys of the file.
func (f *folder) readSettings() (keys map[string]bool, err error) {
	path := filepath.Join(f.root, settingsName)
	if err := plainFile(path); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	var said settings
	var named map[string]any
	if err := rules.DecodeYAML(path, b, &named); err != nil {
		return nil, err
	}
	if err := rules.DecodeYAML(path, b, &said); err != nil {
		return nil, inSettings(path, named, err)
	}
	keys = map[string]bool{}
	for key, take := range map[string]func(){
		"roster": func() { f.Roster = said.Roster }, "manifest": func() { f.Manifest = said.Manifest },
		"table": func() { f.Table = said.Table }, "packs": func() { f.Packs = said.Packs },
		"superior": func() { f.Superior = said.Superior }, "previous": func() { f.Previous = said.Previous },
		"template": func() { f.Template = said.Template }, "year": func() { f.Year = said.Year },
		"exempt": func() { f.Exempt = said.Exempt },
	} {
		if _, ok := named[key]; ok {
			take()
			keys[key] = true
		}
	}
	for i := range f.Exempt {
		e := &f.Exempt[i]
		e.Where = fmt.Sprintf("%s 第%d条豁免", settingsName, i+1)
		if why := e.Fault(); why != "" {
			return nil, fmt.Errorf("%s：第%d条豁免：%s", path, i+1, why)
		}
	}
	return keys, nil
}

// unknownKey is what the YAML decoder says of a key that it does not know.
var unknownKey = regexp.MustCompile(`\[(\d+):\d+\] unknown field "([^"]*)"`)

// wrongShape is what it says of a value of another shape than its key has.
var wrongShape = regexp.MustCompile(`\[(\d+):\d+\] \w+ was used where (\w+) is expected`)

// inSettings is err in Chinese; where a key is unknown, with those that there
// are. named is the whole file.
func inSettings(path string, named map[string]any, err error) error {
	m := unknownKey.FindStringSubmatch(err.Error())
	if wrong := wrongShape.FindStringSubmatch(err.Error()); wrong != nil {
		shape := map[string]string{"sequence": "列表，每项以 - 开头", "mapping": "“键: 值”", "map": "“键: 值”"}
		return fmt.Errorf("%s 第%s行：这里应当是%s", path, wrong[1], cmp.Or(shape[wrong[2]], "一段文字"))
	}
	if m == nil {
		return err
	}
	of, keys := "exempt 里", yamlKeys(rules.Exemption{})
	if _, top := named[m[2]]; top {
		of, keys = "", yamlKeys(settings{})
	}
	return fmt.Errorf("%s 第%s行：%s不认识的键“%s”；可用的键：%s", path, m[1], of, m[2], strings.Join(keys, "、"))
}

// yamlKeys are the keys by which the fields of a struct stand in a file.
func yamlKeys(of any) []string {
	var keys []string
	t := reflect.TypeOf(of)
	for i := range t.NumField() {
		if key, _, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ","); key != "" && key != "-" {
			keys = append(keys, key)
		}
	}
	return keys
}

// plainFile is nil when path is a file that can be read to its end: a pipe or
// a device may never end.
func plainFile(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return fmt.Errorf("open %s: %w", path, err)
	}
	if !info.Mode().IsRegular() {
		return usagef("%s 不是普通文件", path)
	}
	return nil
}

// addShelves adds folders of the settings file. The documents of several
// folders of one kind are told apart by the folder's name in their ids.
func (f *folder) addShelves(kind corpus.Shelf, dirs []string) {
	for _, dir := range dirs {
		f.addShelf(kind, f.abs(dir))
	}
}

// addShelf adds a folder that is not a shelf already.
func (f *folder) addShelf(kind corpus.Shelf, dir string) {
	if real, err := realPath(dir); err == nil {
		dir = real
	}
	if slices.ContainsFunc(f.shelves, func(s shelf) bool { return s.dir == dir }) {
		return
	}
	name := string(kind)
	for n := 2; slices.ContainsFunc(f.shelves, func(s shelf) bool { return s.name == name }); n++ {
		name = fmt.Sprintf("%s%d", kind, n)
	}
	f.shelves = append(f.shelves, shelf{kind, name, dir})
}

// take adds the shelves that flags name, relative to where the user stands. A
// folder whose name does not say which shelf it is stands for reference.
func (f *folder) take(shelves, previous []string) error {
	for _, dir := range shelves {
		kind := shelfKind(filepath.Base(filepath.Clean(dir)))
		if kind == "" {
			kind = corpus.Reference
		}
		f.addShelf(kind, dir)
	}
	for _, dir := range previous {
		f.addShelf(corpus.Previous, dir)
	}
	for _, s := range f.shelves {
		if info, err := os.Stat(s.dir); err != nil {
			return fmt.Errorf("open %s: %w", s.dir, err)
		} else if !info.IsDir() {
			return usagef("%s 是文件，不是文件夹；书架要给出文件夹", s.dir)
		}
	}
	return nil
}

// abs is a path of the settings file as the system knows it.
func (f *folder) abs(path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(f.root, path)
}

// guessSettings names the parts of a folder by the names reviewers give them.
func guessSettings(root string) (settings, error) {
	var s settings
	entries, err := os.ReadDir(root)
	if err != nil {
		return s, fmt.Errorf("open %s: %w", root, err)
	}
	sort.Slice(entries, func(i, j int) bool { return entries[i].Name() < entries[j].Name() })
	for _, e := range entries {
		name := e.Name()
		if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") {
			continue
		}
		if e.IsDir() {
			if list := shelfList(&s, name); list != nil {
				*list = append(*list, name)
			}
			continue
		}
		if part := tablePart(&s, name); part != nil && *part == "" {
			*part = name
		}
	}
	return s, nil
}

// shelfList is the list of s to which a folder called name belongs, or nil.
func shelfList(s *settings, name string) *[]string {
	switch shelfKind(name) {
	case corpus.Superior:
		return &s.Superior
	case corpus.Previous:
		return &s.Previous
	case corpus.Template:
		return &s.Template
	}
	return nil
}

// shelfKind is the shelf that a folder's name speaks of, or "".
func shelfKind(name string) corpus.Shelf {
	switch {
	case containsAny(name, "上位", "上级"):
		return corpus.Superior
	case containsAny(name, "往年", "历年", "上年度", "去年"):
		return corpus.Previous
	case containsAny(name, "范文", "模板", "模版"):
		return corpus.Template
	}
	return ""
}

// tablePart is the setting that a table called name fills, or nil.
func tablePart(s *settings, name string) *string {
	ext := strings.ToLower(filepath.Ext(name))
	sheet := ext == ".xlsx" || ext == ".csv"
	switch {
	case sheet && containsAny(name, "名册", "名单"):
		return &s.Roster
	case sheet && containsAny(name, "报送清单", "材料清单"):
		return &s.Manifest
	case (sheet || ext == ".docx") && containsAny(name, "指标体系", "指标表", "评分表", "评分标准", "考核细则", "考核指标", "评估指标"):
		return &s.Table
	}
	return nil
}

func containsAny(s string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// parts are the paths below the folder, with "/", that are not submissions:
// its settings, tables and shelves, and what duibiao makes in it.
func (f *folder) parts() ([]string, error) {
	root, err := realPath(f.root)
	if err != nil {
		return nil, err
	}
	paths := []string{filepath.Join(root, settingsName), filepath.Join(root, dataName), filepath.Join(root, outName)}
	for _, p := range slices.Concat([]string{f.Roster, f.Manifest, f.Table}, f.Packs, f.alike) {
		if p != "" {
			paths = append(paths, f.abs(p))
		}
	}
	for _, s := range f.shelves {
		paths = append(paths, s.dir)
	}
	paths = append(paths, f.data)
	var below []string
	for _, p := range paths {
		if real, err := realPath(p); err == nil {
			p = real
		}
		if rel, err := filepath.Rel(root, p); err == nil && rel != "." && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
			below = append(below, filepath.ToSlash(rel))
		}
	}
	return below, nil
}
