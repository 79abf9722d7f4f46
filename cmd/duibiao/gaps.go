package main

import (
	"cmp"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"duibiao/cmd/duibiao/output"
)

func gapsCommand() *cobra.Command {
	var g gaps
	cmd := &cobra.Command{
		Use:   "gaps 文件夹",
		Short: "生成差距清单、反馈函和通报，收回填好的清单",
		Long: `按上一次 duibiao check 的结果生成差距清单、发给每个单位的清单（unit）和反馈函（docx），
或比较各单位的通报（notice），不重新读取文件。已被人工修改过的不会覆盖：新的写在旁边，
并说明写在哪里。

发给单位的清单里只有该单位的问题和文件，没有审查意见和备注；单位填好退回的，用
duibiao gaps import 收回。

反馈函的版式、落款、时限都在模板里，可以换成本办公室的：先用 duibiao gaps template 写出
内置模板，用 Word 或 WPS 改好，再用 --template 指定。`,
		Example: `  duibiao gaps 报送材料 --unit 水利局
  duibiao gaps 报送材料 --status 缺项 --status 雷同 --out 重点问题.xlsx
  duibiao gaps 报送材料 --status 新增 --since 2026-03-01 --format md
  duibiao gaps 报送材料 --format unit
  duibiao gaps 报送材料 --format docx --unit 水利局
  duibiao gaps import 报送材料/差距清单/差距清单.xlsx`,
		Args: exactArgs("文件夹"),
		RunE: func(cmd *cobra.Command, args []string) error {
			as, err := g.form(cmd.Flags().Changed("format"))
			if err != nil {
				return err
			}
			f, err := openFolder(args[0], g.data)
			if err != nil {
				return err
			}
			return g.write(cmd, f, as)
		},
	}
	cmd.AddCommand(importCommand(), markCommand(), historyCommand(), templateCommand())
	g.add(cmd)
	return cmd
}

// gaps is what the flags of one run ask for.
type gaps struct {
	pick                        choice
	format, out, template, data string
}

func (g *gaps) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.StringSliceVar(&g.pick.units, "unit", nil, "只要这些单位，写出名称、简称或名称中的一段（如 水利局）；可给多个")
	flags.StringSliceVar(&g.pick.indicators, "indicator", nil, "只要这些指标，写出序号、编号或名称的一部分")
	flags.StringSliceVar(&g.pick.statuses, "status", nil, "只要这些：问题类型（缺项、雷同、残留占位符……）、销号状态（未销号……）、审查意见（属实……）或本轮（新增、仍在、已改……）；同类的满足一个即可，不同类的都要满足")
	flags.StringSliceVar(&g.pick.severities, "severity", nil, "只要这些程度：高、中、低")
	flags.StringVar(&g.pick.since, "since", "", "只要这一天以来查出的，如 2026-03-01")
	flags.StringVar(&g.format, "format", "xlsx", "格式："+formNames(gapForms())+"；写了 --out 时看它的结尾")
	flags.StringVar(&g.template, "template", "", "反馈函或通报的模板（.docx）；默认用内置的")
	flags.StringVar(&g.out, "out", "", "写到哪个文件；默认写在“"+outName+"”文件夹里，json、jsonl、sarif、md 默认显示在屏幕上")
	addData(cmd, &g.data)
}

// form is the form asked for, of which the other flags must make sense.
func (g *gaps) form(named bool) (form, error) {
	as, err := formFor(gapForms(), g.format, named, g.out)
	switch {
	case err != nil:
		return form{}, err
	case as.whole && !g.pick.onlyUnits():
		return form{}, usagef("%s写明全部情况，只能用 --unit 选单位", as.what)
	case g.template != "" && !as.template:
		return form{}, usagef("--template 是反馈函（--format docx）和通报（--format notice）的模板，%s不用", as.what)
	}
	return as, nil
}

// write writes what the last check of f found.
func (g *gaps) write(cmd *cobra.Command, f *folder, as form) error {
	r, err := lastReport(f)
	if err != nil {
		return err
	}
	var own []byte
	if g.template != "" {
		if own, err = os.ReadFile(g.template); err != nil {
			return fmt.Errorf("read %s: %w", g.template, err)
		}
	}
	if as.each != nil {
		return writeEach(cmd.OutOrStdout(), cmd.ErrOrStderr(), f, r, as, g.pick.units, own)
	}
	if r, err = g.pick.from(r); err != nil {
		return err
	}
	return as.one(cmd.OutOrStdout(), f, r, g.out, g.pick.name(as), own)
}

const letters = "docx"

// gapForms are the forms in the order of the help.
func gapForms() []form {
	return []form{
		{name: "xlsx", what: "差距清单", ext: ".xlsx", write: plainly(output.XLSX)},
		{name: "unit", what: "单位清单", ext: ".xlsx", whole: true, each: func(w io.Writer, r *output.Report, unit string, _ []byte) error {
			return output.UnitXLSX(w, r, unit)
		}},
		{name: letters, what: "反馈函", ext: ".docx", whole: true, template: true, each: output.Letter},
		{name: "notice", what: "通报", ext: ".docx", whole: true, template: true, write: output.Notice},
		{name: "html", what: "报告", ext: ".html", write: plainly(output.HTML)},
		{name: "csv", what: "差距清单", ext: ".csv", write: plainly(output.CSV)},
		{name: "md", what: "差距清单", ext: ".md", screen: true, write: plainly(output.Markdown)},
		{name: "json", what: "全部结果", ext: ".json", screen: true, write: plainly(output.JSON)},
		{name: "jsonl", what: "问题", ext: ".jsonl", screen: true, write: plainly(output.Lines)},
		{name: "sarif", what: "问题", ext: ".sarif", screen: true, write: plainly(output.SARIF)},
	}
}

func templateCommand() *cobra.Command {
	var of, out string
	cmd := &cobra.Command{
		Use:   "template",
		Short: "写出内置的反馈函、通报模板，供办公室修改",
		Long: `写出内置的反馈函或通报模板（.docx）。用 Word 或 WPS 改好版式、落款、时限之后，
用 duibiao gaps 文件夹 --format docx --template 模板.docx 生成反馈函。
“{{”和“}}”之间的是占位符，不能拆成两种字体；缺了哪个，生成时会指出来。`,
		Example: `  duibiao gaps template --out 我办反馈函模板.docx`,
		Args:    exactArgs(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := oneOf("of", of, letters, "notice"); err != nil {
				return err
			}
			form, name := output.LetterTemplate(), "反馈函模板.docx"
			if of == "notice" {
				form, name = output.NoticeTemplate(), "通报模板.docx"
			}
			saved, err := output.Saver{}.Save(cmp.Or(out, name), func(w io.Writer) error {
				_, err := w.Write(form)
				return err
			})
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "已写好 %s\n", saved.Path)
			return nil
		},
	}
	cmd.Flags().StringVar(&of, "of", letters, "哪种模板：docx（反馈函）或 notice（通报）")
	cmd.Flags().StringVar(&out, "out", "", "写到哪个文件；默认为“反馈函模板.docx”或“通报模板.docx”")
	return cmd
}
