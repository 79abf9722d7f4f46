package rules

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
)

// Rule files
//
// A pack is a folder with pack.yaml and one YAML file for each rule. Keys are
// English, values Chinese. An unknown key, a wrong type, an id used twice or a
// missing example is an error with file and line; all errors come at once.
//
// pack.yaml:
//
//	name: 示范创建指标          # required
//	version: "2024.1"          # required
//	source: 本项目依公开的法律法规编写   # required: where the wording comes from
//	imported: true             # optional: made from an office's table; examples may then be missing
//	defines:                   # optional: what a word of 责任单位 means in this table
//	  有执法权的部门: [城市管理局, 市场监管局]
//	exempt: …                  # optional: see below; for every item of the run
//
// Every other file has a kind (indicator when absent).
//
// kind: indicator — one 指标:
//
//	id: sf-204                 # required, unique over all packs loaded, a-z 0-9 . - _ or Han
//	no: "12"                   # 序号 in the office's table
//	level1: 依法行政制度体系     # 一级指标
//	level2: 规范性文件监督管理   # 二级指标
//	title: 规范性文件合法性审核   # required, 三级指标
//	text: 合法性审核率达到100%   # 评分要点 as the office wrote it
//	basis: [《…办法》第七条]     # where the duty stands; our own packs must have it
//	applies: [各单位]           # 责任单位: 各单位 县级政府 市级政府 市直部门 县直部门 乡镇街道 有执法权的部门
//	                           # or the names of units; empty = 各单位
//	topics: [规范性文件审核]     # topics of the thesaurus (words/thesaurus.yaml): brings their names, signs and
//	                           # objects. A missing topics key = the topics that the title names (with no terms
//	                           # either: those of title and text, and words of the title). topics: [] = the terms below alone
//	terms:
//	  any: [合法性审核, 提请…审核]   # one of them in a sentence is enough (weight 1)
//	  some: [出具意见, 法制机构]     # two of them are (weight 0.5)
//	  object: [规范性文件]          # the thing itself (0.5); "没有" with it = 不适用 by statement
//	  all: [文件]                  # each must stand in the sentence, its headings or the sentence before
//	  near: [[制定, 规范性文件]]     # both within 12 runes, in either order: weight 1
//	  not: [废止]                  # a sentence with one of these does not speak of the item
//	  weights: {出具意见: 0.7}      # other weights than these, 0.1 to 2
//	                           # "…" inside a word stands for up to 12 runes of the same sentence
//	under: [规范性文件]          # headings; under one of them half the words are enough
//	patterns: ["受理…{数量}…审结"] # weight 1; words and {数量} {比例} {日期} {文号} {会议} {自有文件} in this order
//	threshold:                 # told beside the status when a stated value falls short (未达标)
//	  - {name: 审核率, min: 100, unit: "%"}
//	  - {name: 次数, min: 2, unit: 次}
//	plan: [主体, 时限, 措施]      # what a 方案 must say on it; default all three, of which two are enough
//	examples:                  # at least one 达标 (or 不适用), one fault and one 无关
//	  - {status: 达标, text: …}  # 达标 空泛 只有打算 缺项 不适用 无关
//	  - {status: 空泛, kind: 方案, text: …}   # kind: 年度报告 (default) or 方案
//	  - {status: 无关, text: …, todo: true}  # a known weakness: must keep failing
//	  - {status: 达标, text: …, from: …}      # from: optional, where the example came from
//	exempt:                    # what is not to be raised, in this item (pack.yaml and duibiao.yaml: in every one)
//	  - phrase: 行政复议工作不断加强   # a sentence with these words is passed over, or
//	    section: 指导思想        # what stands under a heading with these words; both: in that section only
//	    unit: 水利局            # only for units with this in their name
//	    check: 空泛             # only this status or document-level check
//	    reason: 上级规定的表述    # required
//	    until: 2026-12-31       # optional: the last day on which it holds
//	                           # pack.yaml and duibiao.yaml: item, an id, 序号 or title. Without phrase and
//	                           # section all that the other keys name is not raised
//
// kind: profile — the structure of a paper:
//
//	id: nb-2019
//	title: 年度报告的必备部分
//	basis: [《法治政府建设与责任落实督察工作规定》第二十五条]
//	kinds: [年度报告]           # the kinds of paper it is for
//	maxwords: 2000             # optional, counted as Word counts 字数
//	due: 03-01                 # optional: month-day of the next year by which it is due
//	parts:
//	  - name: 存在的不足和原因
//	    required: true         # a missing required part is 缺少必备部分
//	    heading: [问题, 不足]    # a heading with one of these words, or
//	    body: [有待, 还不够]      # a body sentence with one of these ("…" allowed)
//	    not: [问题导向]          # words that do not count although they hold one of the above
//	    tense: 打算             # optional: a body sentence of this tense counts too; 过去: one under a heading of plans does not
//	    facts: 1               # optional: a part with fewer checkable facts is 必备部分空泛 (low severity)
//	    note: 原因也要写         # optional: told to the unit when the part is missing
//	examples:                  # optional here: {status: 达标|缺少必备部分, text: a whole paper, a line 一、… is a heading}
//
// kind: bodies — dissolved bodies (过期机构):
//
//	items: [{name: 政府法制办公室, until: 2018-12-31, instead: 司法行政部门, words: [法制办]}]
//
// kind: slogans — dated slogans (过期口号); fires only when no newer one of the same line stands in the paper:
//
//	items: [{words: [党的十八大], until: 2017-10-24, newer: [十九大, 二十大]}]   # without newer only the day counts
//
// kind: placeholders — regular expressions over the folded text (half-width, lower case, no spaces):
//
//	items: [{pattern: "x{1,3}(县|市)", note: 地名没有填, not: "[a-z]x"}]
//
// kind: laws — titles (引用错误); wrong holds known misnomers, years the right span of a dated plan,
// versions the days on which its texts were passed (the last is in force):
//
//	items: [{title: 法治政府建设实施纲要, years: 2021-2025, earlier: [2015-2020]},
//	        {title: 中华人民共和国反有组织犯罪法, versions: ["2021-12-24"], wrong: [有组织犯罪法]}]
//
// kind: duties — what only some units can do (职责错位):
//
//	items: [{words: [纳入国民经济和社会发展], kinds: [县级政府, 市级政府], not: [建议, 配合], note: 规划由政府编制}]
//
// kind: places — the places of the country (张冠李戴): a place that speaks as the paper's own and can be neither
// its home nor above it:
//
//	items: [{province: 河南省, city: 濮阳市, counties: 华龙区 清丰县}]
//
// kind: selves — words by which only some units call themselves (张冠李戴):
//
//	items: [{words: [我镇], ends: [镇]},   # the ends of the names of those that may
//	        {words: [水务系统], has: [水利, 水务], kinds: [市直部门], subject: true}]   # what their names hold
//
// kind: figures — numbers that go together (数字矛盾):
//
//	items: [{whole: [应答复], part: [按时答复], rate: [按时答复率]}, {apart: [维持, 撤销, 驳回]}]
//
// Each of these lists may have examples, and so does a file of kind check for a check without a list:
//
//	kind: check
//	check: 叠字
//	examples:                  # papers that the check must show, and papers that it must leave alone; a line is
//	  - unit: 云河市水务局        # a paragraph, "# …" a heading, "标题：…" the title, "落款：…" the signature
//	    year: "2023"           # optional, and so are type, parent, roster, kind and date
//	    shows: [民政局民政局来函。]
//	    not: [民政局来函。]
//
// kind: limits — every threshold of the document-level checks:
//
//	copied: 0.6                # share of a sentence covered by charged reuse from which it is copied
//	superior: 0.3              # share of a paper's body from which 照抄上级 is shown
//	previous: 0.5              # 上年沿用
//	peer: 0.3                  # 同级雷同
//	template: 0.3              # 范文
//	follow: 0.6                # share of the tasks of a superior's plan from which a plan plainly follows it (上级任务未承接)
//	runes: 60                  # and at least so many informative runes

// Load reads the packs in each file system: a folder with pack.yaml, or a
// folder of such folders. It reports every fault it finds, joined, one a line
// as "file:line: message"; the Set is nil then. The order of the rules is that
// of the packs given, and of the file names within a pack.
func Load(from ...fs.FS) (*Set, error) {
	r := &reader{ids: map[string]string{}}
	s := &Set{}
	for _, f := range from {
		roots, err := packRoots(f)
		if err != nil {
			return nil, fmt.Errorf("read rule packs: %w", err)
		}
		if len(roots) == 0 {
			r.errs = append(r.errs, errors.New("pack.yaml:1: 这里没有规则包：找不到 pack.yaml"))
		}
		for _, root := range roots {
			if err := r.pack(s, f, root); err != nil {
				return nil, fmt.Errorf("read rule pack %s: %w", root, err)
			}
		}
	}
	if len(r.errs) > 0 {
		return nil, errors.Join(r.errs...)
	}
	if err := s.compile(nil); err != nil {
		return nil, err
	}
	return s, nil
}

// packRoots lists the folders that hold a pack.yaml: "." or its children.
func packRoots(f fs.FS) ([]string, error) {
	if _, err := fs.Stat(f, "pack.yaml"); err == nil {
		return []string{"."}, nil
	}
	entries, err := fs.ReadDir(f, ".")
	if err != nil {
		return nil, err
	}
	var roots []string
	for _, e := range entries {
		if _, err := fs.Stat(f, path.Join(e.Name(), "pack.yaml")); err == nil {
			roots = append(roots, e.Name())
		}
	}
	slices.Sort(roots)
	return roots, nil
}

func isRuleFile(name string) bool {
	return strings.HasSuffix(name, ".yaml") || strings.HasSuffix(name, ".yml")
}

// pack reads one folder into s. An error is one of reading; faults in rule
// files are collected in r.errs.
func (r *reader) pack(s *Set, f fs.FS, root string) error {
	entries, err := fs.ReadDir(f, root)
	if err != nil {
		return err
	}
	body, err := fs.ReadFile(f, path.Join(root, "pack.yaml"))
	if err != nil {
		return err
	}
	r.file = path.Join(root, "pack.yaml")
	p := r.packFile(s, body)
	p.Folder = root
	s.Packs = append(s.Packs, p)
	for _, e := range entries {
		if e.IsDir() || e.Name() == "pack.yaml" || !isRuleFile(e.Name()) {
			continue
		}
		r.file = path.Join(root, e.Name())
		body, err := fs.ReadFile(f, r.file)
		if err != nil {
			return err
		}
		r.ruleFile(s, &p, body)
	}
	return nil
}
