package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"duibiao/corpus"
	"duibiao/extract"
	"duibiao/extract/segment"
	"duibiao/rules"
)

func rulesCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "规则：列出、新写、导入指标表、检查、试验、解释、比较、从审查意见学",
		Long: `规则包是一个文件夹，每项指标一个 YAML 文件，内有例子。各键的含义用 duibiao rules schema
查看，新写一项用 duibiao rules new。--pack 可给内置的名称（shifan、niandu、gangyao、checks）或自己的文件夹，可给多个。

豁免：不想提出的，在审查文件夹的 duibiao.yaml 里写 exempt，每条必有 reason（理由），
再写下面至少一个键，写了几个的都要符合；不再提出的在摘要里列出：
  phrase   有这些字的句子不看          section  标题有这些字的部分不看
  unit     单位名称或其中一部分        item     指标的编号、序号或名称
  check    问题类型，如 缺项、残留占位符
  until    有效到哪一天，如 2026-12-31；不写则一直有效
例如：
  exempt:
    - {unit: 水利局, item: "3.1", check: 缺项, reason: 今年由县府办统一办理, until: 2026-12-31}`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usagef("没有“rules %s”这个命令；运行 duibiao rules --help 查看", args[0])
			}
			return cmd.Help()
		},
	}
	for _, sub := range []func() *cobra.Command{rulesList, rulesNew, rulesImport, rulesLint, rulesTest, rulesExplain, rulesDiff, rulesLearn, rulesSchema, rulesJudge} {
		cmd.AddCommand(sub())
	}
	return cmd
}

// chosenRules are the packs and the table that a rules command works on.
type chosenRules struct {
	packs []string
	table string
}

func (c *chosenRules) add(cmd *cobra.Command) {
	cmd.Flags().StringSliceVar(&c.packs, "pack", nil, "规则包：内置的名称或文件夹；默认为内置的示范创建")
	cmd.Flags().StringVar(&c.table, "table", "", "指标体系表（.xlsx、.csv 或 .docx），代替规则包")
}

func (c *chosenRules) load() (*rules.Set, error) {
	f, err := c.folder(nil, "")
	if err != nil {
		return nil, err
	}
	return f.rules(segment.New())
}

// own are the chosen rules alone; where none are chosen, all that ship.
func (c *chosenRules) own() (*rules.Set, error) {
	if len(c.packs) == 0 && c.table == "" {
		return c.load()
	}
	f, err := c.folder(nil, "")
	if err != nil {
		return nil, err
	}
	sets, err := f.ownRules(segment.New())
	if err != nil {
		return nil, err
	}
	return sets[0].With(sets[1:]...)
}

// folder is the folder that args name, with the chosen rules put over its own,
// or no folder but the chosen rules.
func (c *chosenRules) folder(args []string, data string) (*folder, error) {
	if len(args) == 0 {
		return &folder{settings: settings{Packs: c.packs, Table: c.table}}, nil
	}
	in := inputs{data: data, packs: c.packs, table: c.table}
	return in.open(args[0])
}

func rulesList() *cobra.Command {
	var c chosenRules
	cmd := &cobra.Command{
		Use:   "list",
		Short: "列出指标",
		Args:  exactArgs(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			set, err := c.load()
			if err != nil {
				return err
			}
			out := bufio.NewWriter(cmd.OutOrStdout())
			for _, i := range set.Indicators {
				applies := strings.Join(i.Applies, "、")
				if applies == "" {
					applies = "各单位"
				}
				fmt.Fprintf(out, "%s\t%s\t%s\t（%s）\n", i.No, i.ID, i.Title, applies)
			}
			return out.Flush()
		},
	}
	c.add(cmd)
	return cmd
}

func rulesImport() *cobra.Command {
	var dir string
	cmd := &cobra.Command{
		Use:   "import 指标表",
		Short: "把办公室的指标表（.xlsx、.csv、.docx）变成规则包",
		Long: `读取办公室的指标表：标题行、合并单元格、任意列序都可以，只要有“三级指标”“指标内容”
一类的表头。表下的注释行（如“有执法权的部门，指……”）用来确定责任单位；
责任单位写在标题里的、一家单位一列打√的，也能读。
写出的规则包可以直接用，也可以逐项修改。`,
		Example: `  duibiao rules import 指标体系.xlsx --out 我市指标
  duibiao check 报送材料 --pack 我市指标`,
		Args: exactArgs("指标表"),
		RunE: func(cmd *cobra.Command, args []string) error {
			set, report, err := importTable(args[0], segment.New())
			if err != nil {
				return err
			}
			showImport(cmd.OutOrStdout(), set, report)
			if dir == "" {
				fmt.Fprintln(cmd.OutOrStdout(), "\n没有写出文件；加 --out 文件夹 可写成规则包。")
				return nil
			}
			if err := set.WritePack(dir); err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "\n已写成规则包 %s\n", dir)
			return nil
		},
	}
	cmd.Flags().StringVar(&dir, "out", "", "写成规则包的文件夹，须是新的")
	return cmd
}

func showImport(w io.Writer, set *rules.Set, r *rules.ImportReport) {
	fmt.Fprintf(w, "读到 %d 项指标。\n", r.Items)
	for _, list := range []struct {
		name  string
		lines []string
	}{{"认出的列", r.Columns}, {"作为注释的行", r.Notes}, {"没有读的行", r.Skipped}} {
		if len(list.lines) > 0 {
			fmt.Fprintf(w, "%s：\n  %s\n", list.name, strings.Join(list.lines, "\n  "))
		}
	}
	fmt.Fprintln(w, "各项的主题和主词：")
	for _, i := range set.Indicators {
		fmt.Fprintf(w, "  %s %s：%s\n", i.No, i.Title, strings.Join(slices.Concat(i.Topics, i.Terms.Any), "、"))
	}
	if len(r.Unmapped) > 0 {
		fmt.Fprintf(w, "这些指标没有认出主题，请在规则文件里补上 terms：%s\n", strings.Join(r.Unmapped, "、"))
	}
}

func rulesLint() *cobra.Command {
	var c chosenRules
	var data string
	cmd := &cobra.Command{
		Use:   "lint [文件夹]",
		Short: "检查规则写法、要补写的例子和没有用上的豁免",
		Long: `检查规则：可疑的写法（退出码 1），还要补写的地方和例子，已到期的豁免。
给出审查文件夹时，检查它所用的规则，并列出上一次审查中没有用上的豁免。`,
		Example: `  duibiao rules lint --pack 我市指标
  duibiao rules lint 报送材料`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				return nil
			}
			return exactArgs("文件夹")(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			f, err := c.folder(args, data)
			if err != nil {
				return err
			}
			set, err := f.rules(segment.New())
			if err != nil {
				return err
			}
			useless := idle(&rules.Set{Expired: set.Expired}, nil)
			if len(args) == 1 {
				if useless, err = idleIn(f, set); err != nil {
					return err
				}
			}
			return showLint(cmd.OutOrStdout(), set, useless)
		},
	}
	c.add(cmd)
	addData(cmd, &data)
	return cmd
}

// showLint prints what is wrong, what is to be written and what is of no use
// any more. Only what is wrong ends the program with 1.
func showLint(w io.Writer, set *rules.Set, useless []string) error {
	wrong, rest := set.Lint(), set.Unfinished()
	for _, line := range slices.Concat(wrong, rest, useless) {
		fmt.Fprintln(w, line)
	}
	fmt.Fprintf(w, "%d 项指标，%d 处可疑写法，%d 处待补写", len(set.Indicators), len(wrong), len(rest))
	if n := len(set.Exemptions) + len(set.Expired); n > 0 {
		fmt.Fprintf(w, "；豁免 %d 条，其中 %d 条没有用上或已到期", n, len(useless))
	}
	fmt.Fprintln(w, "。")
	if len(wrong) > 0 {
		return exitCode(exitFailed)
	}
	return nil
}

func rulesTest() *cobra.Command {
	var c chosenRules
	cmd := &cobra.Command{
		Use:   "test",
		Short: "运行规则里的例子，逐项和合计：正确、漏报、误报、已知问题",
		Long: `运行每项规则里的例子。漏报是有毛病没有看出来，误报是判得比应有的重；
标了 todo 的算已知问题，判对了的提示“已修好”，请去掉 todo。
有漏报、误报或已修好的，退出码为 1。不写 --pack 时，运行全部内置规则的例子。`,
		Args: exactArgs(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			set, err := c.own()
			if err != nil {
				return err
			}
			tested, err := set.Test()
			if err != nil {
				return err
			}
			return showTested(cmd.OutOrStdout(), set, tested)
		},
	}
	c.add(cmd)
	return cmd
}

// showTested prints the counts of each rule, every example that did not come
// out right, and the counts of all. Wrong ones that are not known end the
// program with 1.
func showTested(w io.Writer, set *rules.Set, tested []rules.Tested) error {
	out := bufio.NewWriter(w)
	fmt.Fprintln(out, "正确  漏报  误报  已知问题  规则")
	all := map[rules.Verdict]int{}
	for from := 0; from < len(tested); {
		to, count := from, map[rules.Verdict]int{}
		for to < len(tested) && tested[to].Indicator == tested[from].Indicator {
			count[tested[to].Verdict]++
			all[tested[to].Verdict]++
			to++
		}
		fmt.Fprintf(out, "%4d %5d %5d %9d  %s\n", count[rules.Right], count[rules.Missed], count[rules.Accused],
			count[rules.Known], ruleName(set, tested[from].Indicator))
		for _, t := range tested[from:to] {
			if t.Verdict != rules.Right && t.Verdict != rules.Known {
				fmt.Fprintf(out, "      %s:%d: %s：应为%s，判为%s：%s\n", cmp.Or(t.File, t.Indicator), t.Line, t.Verdict, t.Want, t.Got, shorten(t.Text, 50))
			}
		}
		from = to
	}
	fmt.Fprintf(out, "例子 %d 个：正确 %d，漏报 %d，误报 %d，已知问题 %d，已修好 %d\n", len(tested),
		all[rules.Right], all[rules.Missed], all[rules.Accused], all[rules.Known], all[rules.Mended])
	if err := out.Flush(); err != nil {
		return err
	}
	if all[rules.Missed]+all[rules.Accused]+all[rules.Mended] > 0 {
		return exitCode(exitFailed)
	}
	return nil
}

// ruleName is a rule's id with its title.
func ruleName(set *rules.Set, id string) string {
	if i := set.Find(id); i != nil {
		return id + " " + i.Title
	}
	for _, p := range set.Profiles {
		if p.ID == id {
			return id + " " + p.Title
		}
	}
	return id
}

func rulesExplain() *cobra.Command {
	var c chosenRules
	var l limits
	cmd := &cobra.Command{
		Use:   "explain 指标 文件",
		Short: "解释一项指标在一份文件上是怎样判定的",
		Long: `说清一项指标在一份文件上怎样判的：结论、理由、还缺什么；对照用词和各自的分值；
每个有关句子得几分、用到哪些词、里面哪些算可以核对的事实、哪些不算和为什么。

用词的作用：主词一个就够；旁证、事物要几个合起来；必有的都要在；有排除词的句子不算；
让开、另有所指的词把与它重叠的词抵消；线索只在别处没有写到时才用。`,
		Example: `  duibiao rules explain 2.1 年度报告.docx
  duibiao rules explain 9 年度报告.docx --table 指标体系.xlsx`,
		Args: exactArgs("指标", "文件"),
		RunE: func(cmd *cobra.Command, args []string) error {
			set, err := c.load()
			if err != nil {
				return err
			}
			pool := newPool(l)
			defer pool.Close()
			doc, err := pool.Read(cmd.Context(), args[1])
			if err != nil {
				return &unreadError{args[1], err}
			}
			s, _ := extract.Describe(doc, args[1], nil)
			unit := corpus.Unit{Name: s.Unit.Value, Kind: s.Type}
			x, err := set.Explain(args[0], unit, rules.File{Submission: s, Passages: extract.Passages(doc)})
			if err != nil {
				return usagef("没有“%s”这项指标；运行 duibiao rules list 查看", args[0])
			}
			return showExplanation(cmd.OutOrStdout(), x)
		},
	}
	c.add(cmd)
	l.add(cmd)
	return cmd
}

func showExplanation(w io.Writer, x *rules.Explanation) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s %s：%s\n%s\n", x.Indicator.No, x.Indicator.Title, x.Status, x.Why)
	for _, n := range x.Notes {
		fmt.Fprintln(out, "注："+n)
	}
	for _, m := range x.Missing {
		fmt.Fprintln(out, "还缺："+m)
	}
	fmt.Fprintln(out, "\n对照用词，前面是作用和分值：")
	for from := 0; from < len(x.Terms); {
		to, first := from, x.Terms[from]
		var words []string
		for to < len(x.Terms) && x.Terms[to].Role == first.Role && x.Terms[to].Weight == first.Weight {
			words = append(words, x.Terms[to].Text)
			to++
		}
		if first.Weight > 0 {
			fmt.Fprintf(out, "  %s %.2f　%s\n", first.Role, first.Weight, strings.Join(words, "、"))
		} else {
			fmt.Fprintf(out, "  %s　%s\n", first.Role, strings.Join(words, "、"))
		}
		from = to
	}
	fmt.Fprintln(out, "\n写到有关用词的句子（得分 1 以上算写到此项）：")
	for _, s := range x.Sentences {
		fmt.Fprintf(out, "  %.2f　%s　%s　%s\n", s.Score, s.Counts, s.Place, shorten(s.Quote, 80))
		if len(s.Hits) > 0 {
			var words []string
			for _, h := range s.Hits {
				words = append(words, fmt.Sprintf("%s %.2f", h.Text, h.Weight))
			}
			fmt.Fprintf(out, "        用词 %s\n", strings.Join(words, "、"))
		}
		for _, f := range s.Facts {
			mark := "事实"
			if !f.Counts {
				mark = "不计"
			}
			fmt.Fprintf(out, "        %s\n", strings.TrimSpace(fmt.Sprintf("%s %s：%s %s", mark, f.Kind, f.Text, f.Why)))
		}
		if s.Reason != "" {
			fmt.Fprintf(out, "        %s\n", s.Reason)
		}
	}
	return out.Flush()
}

// question is one line of the input of rules judge.
type question struct {
	Text string      `json:"text"`
	Item string      `json:"item"`
	Kind corpus.Kind `json:"kind"`
}

// answer is one line of its output.
type answer struct {
	Status  rules.Status `json:"status"`
	Facts   []string     `json:"facts"`
	Reasons []string     `json:"reasons"`
}

func rulesJudge() *cobra.Command {
	var c chosenRules
	var format, item string
	cmd := &cobra.Command{
		Use:   "judge",
		Short: "逐行判定标准输入里的段落（JSON Lines）",
		Long: `从标准输入逐行读 {"text":"段落","item":"指标编号或指标原文","kind":"年度报告"}，
逐行输出 {"status","facts","reasons"}。item 为空时，只判断段落有没有可核对的事实。`,
		Args: exactArgs(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := oneOf("format", format, "jsonl"); err != nil {
				return err
			}
			set, err := c.load()
			if err != nil {
				return err
			}
			return judgeLines(set, item, cmd.InOrStdin(), cmd.OutOrStdout())
		},
	}
	c.add(cmd)
	cmd.Flags().StringVar(&item, "item", "", "没有写明 item 的行用这一项")
	cmd.Flags().StringVar(&format, "format", "jsonl", "输出格式：jsonl")
	return cmd
}

func judgeLines(set *rules.Set, item string, in io.Reader, out io.Writer) error {
	dec := json.NewDecoder(in)
	w := bufio.NewWriter(out)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for line := 1; ; line++ {
		var q question
		if err := dec.Decode(&q); errors.Is(err, io.EOF) {
			return w.Flush()
		} else if err != nil {
			return errors.Join(w.Flush(), usagef("标准输入第%d行不是约定的 JSON：%v", line, err))
		}
		if q.Item == "" {
			q.Item = item
		}
		o, err := set.JudgePassage(q.Text, q.Item, q.Kind)
		if err != nil {
			return errors.Join(w.Flush(), fmt.Errorf("judge line %d: %w", line, err))
		}
		a := answer{Status: o.Status, Facts: []string{}, Reasons: append([]string{o.Why}, o.Notes...)}
		for _, f := range o.Facts {
			if f.Counts {
				a.Facts = append(a.Facts, f.Text)
			}
		}
		if err := enc.Encode(a); err != nil {
			return err
		}
	}
}
