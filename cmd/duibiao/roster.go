package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"duibiao/corpus"
	"duibiao/ingest/text"
	"duibiao/ingest/xlsx"
)

// sheet is a table with a header row, as people keep rosters and lists.
type sheet struct {
	path    string
	columns map[string]int // header words to column
	rows    [][]xlsx.Cell
	first   int // row number of rows[0] in the file, from 1
}

// readSheet reads the first table of path in which a row holds a cell for each
// of the wanted headers. A header is given by the words it may go by, the
// first being its name here.
func readSheet(path string, headers map[string][]string, wanted ...string) (*sheet, error) {
	tables, err := readTables(path)
	if err != nil {
		return nil, err
	}
	for _, t := range tables {
		for i, row := range t.Rows {
			columns := matchHeaders(row, headers)
			if hasAll(columns, wanted) {
				return &sheet{path: path, columns: columns, rows: t.Rows[i+1:], first: i + 2}, nil
			}
		}
	}
	return nil, usagef("%s 中没有找到表头：应有“%s”列", path, strings.Join(wanted, "”“"))
}

func readTables(path string) ([]xlsx.Table, error) {
	if err := plainFile(path); err != nil {
		return nil, err
	}
	if strings.EqualFold(filepath.Ext(path), ".csv") {
		b, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", path, err)
		}
		return xlsx.ReadCSV(path, b, text.Decode)
	}
	return xlsx.ReadTables(path)
}

func matchHeaders(row []xlsx.Cell, headers map[string][]string) map[string]int {
	columns := map[string]int{}
	for i, cell := range row {
		head := corpus.Fold(cell.Text).String()
		for name, words := range headers {
			if _, taken := columns[name]; taken || head == "" || len([]rune(head)) > 12 {
				continue
			}
			for _, w := range words {
				if strings.Contains(head, w) {
					columns[name] = i
					break
				}
			}
		}
	}
	return columns
}

func hasAll(columns map[string]int, wanted []string) bool {
	for _, w := range wanted {
		if _, ok := columns[w]; !ok {
			return false
		}
	}
	return true
}

// get is the text of a row's column, or "".
func (s *sheet) get(row []xlsx.Cell, name string) string {
	i, ok := s.columns[name]
	if !ok || i >= len(row) {
		return ""
	}
	return strings.TrimSpace(row[i].Text)
}

var rosterHeaders = map[string][]string{
	"单位":   {"单位", "部门名称", "名称"},
	"类别":   {"类别", "类型", "性质"},
	"应报材料": {"应报", "材料"},
	"简称":   {"简称", "别名"},
	"执法权":  {"执法"},
	"主管":   {"隶属", "主管", "所属"},
}

// readRoster reads 报送名册: 单位 | 类别 | 应报材料 | 联络人, in any order.
func readRoster(path string) ([]corpus.Unit, error) {
	s, err := readSheet(path, rosterHeaders, "单位")
	if err != nil {
		return nil, err
	}
	var units []corpus.Unit
	seen := map[string]int{}
	for i, row := range s.rows {
		name, aliases := unitName(s.get(row, "单位"))
		if name == "" || isTotal(name) {
			continue
		}
		if at, dup := seen[name]; dup {
			return nil, usagef("%s 第%d行与第%d行重复列出“%s”，请删去一行", path, s.first+i, at, name)
		}
		seen[name] = s.first + i
		units = append(units, corpus.Unit{
			Name:     name,
			Kind:     unitKind(name, s.get(row, "类别")),
			Class:    s.get(row, "类别"),
			Aliases:  append(aliases, splitList(s.get(row, "简称"))...),
			Owes:     kindsIn(s.get(row, "应报材料")),
			Enforces: containsAny(s.get(row, "执法权"), "有", "是", "√"),
			Parent:   s.get(row, "主管"),
		})
	}
	if len(units) == 0 {
		return nil, usagef("%s 的“单位”列是空的", path)
	}
	return units, nil
}

// unitName is a roster's name of a unit without white space. A name with
// another in brackets, as 甲市林业局（市绿化办）, goes by both as well.
func unitName(cell string) (name string, aliases []string) {
	name = strings.Join(strings.Fields(cell), "")
	before, inside, ok := strings.Cut(strings.NewReplacer("(", "（", ")", "）").Replace(name), "（")
	if inside, _, closed := strings.Cut(inside, "）"); ok && closed && before != "" && inside != "" {
		aliases = []string{before, inside}
	}
	return name, aliases
}

// isTotal reports whether a cell of the unit column is a count of units.
func isTotal(name string) bool {
	return totalLine.MatchString(name)
}

// countyBureau are names of bureaus that begin with a county: 县司法局, 云川县
// 司法局, and not with 社区 or 园区.
var countyBureau = regexp.MustCompile(`^(\p{Han}{2,4}市)?(县|区|[^市社园景小城地库林牧]{1,3}[县区旗])\p{Han}{2,}(局|委|办|办公室|委员会|中心)$`)

var totalLine = regexp.MustCompile(`^(合计|总计|共计|小计|共?\d+[家个])`)

// unitKind reads the 类别 of a unit. A bureau is a county's when its 类别 or
// its own name says so: 政府部门 of 云川县司法局.
func unitKind(name, s string) corpus.UnitKind {
	switch {
	case s == "":
		return ""
	case containsAny(s, "垂管", "驻", "群团", "人民团体", "党委", "区委", "县委") && !containsAny(s, "政府"):
		return corpus.UnitKind(s)
	case containsAny(s, "乡", "镇", "街道", "街镇"):
		return corpus.Township
	case containsAny(s, "部门", "市直", "局", "委办", "县直", "区直", "机关"):
		if containsAny(s, "县", "区") || countyBureau.MatchString(name) {
			return corpus.CountyBureau
		}
		return corpus.Bureau
	case containsAny(s, "县", "区", "旗"):
		return corpus.County
	case s == "市" || containsAny(s, "市级政府", "市政府"):
		return corpus.CityGov
	}
	return corpus.UnitKind(s)
}

func splitList(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、，,；; /\n", r) })
}

// kindsIn are the kinds of paper that a cell names.
func kindsIn(s string) []corpus.Kind {
	var kinds []corpus.Kind
	for _, k := range []struct {
		kind  corpus.Kind
		words []string
	}{
		{corpus.Plan, []string{"方案", "计划"}},
		{corpus.Annual, []string{"年度报告", "年报", "情况报告", "总结"}},
		{corpus.SelfReview, []string{"自评"}},
	} {
		if containsAny(s, k.words...) {
			kinds = append(kinds, k.kind)
		}
	}
	return kinds
}

// entry is one line of a 报送清单: what it says overrides what is detected.
type entry struct {
	unit, year, date, kind string
	level                  int
}

var manifestHeaders = map[string][]string{
	"文件": {"文件", "路径"},
	"单位": {"单位"},
	"年度": {"年度", "年份"},
	"日期": {"日期"},
	"层级": {"层级", "级别"},
	"类别": {"类别", "类型", "种类"},
}

// readManifest reads 报送清单: 文件 | 单位 | 年度 | 日期 | 层级 | 类别. Its files are
// found by the path they have below the manifest's folder.
func readManifest(path string) (map[string]entry, error) {
	s, err := readSheet(path, manifestHeaders, "文件")
	if err != nil {
		return nil, err
	}
	base, err := realPath(filepath.Dir(path))
	if err != nil {
		return nil, err
	}
	entries := map[string]entry{}
	for _, row := range s.rows {
		if file := s.get(row, "文件"); file != "" {
			entries[filepath.Join(base, filepath.FromSlash(file))] = entry{
				unit: s.get(row, "单位"), year: s.get(row, "年度"), date: isoDate(s.get(row, "日期")),
				kind: s.get(row, "类别"), level: level(s.get(row, "层级")),
			}
		}
	}
	return entries, nil
}

// isoDate is s as 2021-01-12 when it is a date written with -, /, . or 年月日.
func isoDate(s string) string {
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("-/.年月日 ", r) })
	if len(parts) < 3 {
		return s
	}
	t, err := time.Parse("2006-1-2", strings.Join(parts[:3], "-"))
	if err != nil {
		return s
	}
	return t.Format(time.DateOnly)
}

// levelWords name the levels of government, 1 (national) to 5 (township); the
// lowest that a cell names is its level.
var levelWords = []struct {
	level int
	words []string
}{
	{5, []string{"township", "乡", "镇", "街道"}},
	{4, []string{"county", "县", "区"}},
	{3, []string{"city", "市"}},
	{2, []string{"province", "省"}},
	{1, []string{"national", "国家", "中央"}},
}

// level is the level of government that a cell names, or 0.
func level(s string) int {
	for _, l := range levelWords {
		if containsAny(s, l.words...) {
			return l.level
		}
	}
	return 0
}
