package main

import (
	"cmp"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"duibiao/cmd/duibiao/output"
)

func gapsCommand() *cobra.Command {
	var pick choice
	var format, out, template, data string
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
			as, err := formFor(format, cmd.Flags().Changed("format"), out)
			if err != nil {
				return err
			}
			if as.whole && !pick.onlyUnits() {
				return usagef("%s写明全部情况，只能用 --unit 选单位", as.what)
			}
			if template != "" && !as.template {
				return usagef("--template 是反馈函（--format docx）和通报（--format notice）的模板，%s不用", as.what)
			}
			f, err := openFolder(args[0], data)
			if err != nil {
				return err
			}
			r, err := lastReport(f)
			if err != nil {
				return err
			}
			var own []byte
			if template != "" {
				if own, err = os.ReadFile(template); err != nil {
					return fmt.Errorf("read %s: %w", template, err)
				}
			}
			if as.each != nil {
				return writeEach(cmd.OutOrStdout(), f, r, as, pick.units, own)
			}
			if r, err = pick.from(r); err != nil {
				return err
			}
			if as.screen && out == "" {
				return as.write(cmd.OutOrStdout(), r, own)
			}
			if out == "" {
				out = filepath.Join(f.root, outName, pick.name(as))
			}
			return save(cmd.OutOrStdout(), f.saver(), out, func(w io.Writer) error { return as.write(w, r, own) })
		},
	}
	cmd.AddCommand(importCommand(), markCommand(), historyCommand(), templateCommand())
	flags := cmd.Flags()
	flags.StringSliceVar(&pick.units, "unit", nil, "只要这些单位，写出名称或其中一部分")
	flags.StringSliceVar(&pick.indicators, "indicator", nil, "只要这些指标，写出序号、编号或名称的一部分")
	flags.StringSliceVar(&pick.statuses, "status", nil, "只要这些：问题类型（缺项、雷同、残留占位符……）、销号状态（未销号……）、审查意见（属实……）或本轮（新增、仍在、已改……）；同类的满足一个即可，不同类的都要满足")
	flags.StringSliceVar(&pick.severities, "severity", nil, "只要这些程度：高、中、低")
	flags.StringVar(&pick.since, "since", "", "只要这一天以来查出的，如 2026-03-01")
	flags.StringVar(&format, "format", "xlsx", "格式："+formNames()+"；写了 --out 时看它的结尾")
	flags.StringVar(&template, "template", "", "反馈函或通报的模板（.docx）；默认用内置的")
	flags.StringVar(&out, "out", "", "写到哪个文件；默认写在“"+outName+"”文件夹里，json、jsonl、sarif、md 默认显示在屏幕上")
	addData(cmd, &data)
	return cmd
}

// form is a form in which the gaps can be written: one file for all units by
// write, or one for each unit by each.
type form struct {
	name, what string
	ext        string
	screen     bool // shown on the screen where no file is named
	whole      bool // about all indicators and statuses
	template   bool // it has a template that an office may replace
	write      func(w io.Writer, r *output.Report, template []byte) error
	each       func(w io.Writer, r *output.Report, unit string, template []byte) error
}

// plainly is a form that has no template.
func plainly(write func(io.Writer, *output.Report) error) func(io.Writer, *output.Report, []byte) error {
	return func(w io.Writer, r *output.Report, _ []byte) error { return write(w, r) }
}

const letters = "docx"

// forms are the forms in the order of the help.
func forms() []form {
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

// formFor is the form called name; where nobody named one, that of the ending
// of out. A file must end as its form does, or programs do not open it.
func formFor(name string, named bool, out string) (form, error) {
	ext := strings.ToLower(filepath.Ext(out))
	list := forms()
	i := slices.IndexFunc(list, func(f form) bool { return f.name == name })
	if !named && out != "" {
		i = slices.IndexFunc(list, func(f form) bool { return f.ext == ext && f.each == nil })
	}
	switch {
	case i < 0 && named:
		return form{}, usagef("选项 --format 不能是“%s”，可以是：%s", name, formNames())
	case i < 0:
		return form{}, usagef("从“%s”的结尾看不出是哪种格式；请写成 .xlsx 等结尾，或加 --format：%s", out, formNames())
	case out != "" && list[i].each != nil:
		return form{}, usagef("%s一个单位一份，写在“%s”文件夹里，不用 --out", list[i].what, filepath.Join(outName, list[i].what))
	case out != "" && list[i].ext != ext:
		return form{}, usagef("格式 %s 的文件应以 %s 结尾，--out 不能是“%s”", name, list[i].ext, out)
	}
	return list[i], nil
}

func formNames() string {
	var list []string
	for _, f := range forms() {
		list = append(list, f.name)
	}
	return strings.Join(list, "、")
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

// save writes one file and says where it went.
func save(w io.Writer, saver output.Saver, path string, write func(io.Writer) error) error {
	saved, err := saver.Save(path, write)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "已写好 %s\n", saved.Path)
	if saved.Kept != "" {
		fmt.Fprintf(w, "原来的 %s %s，没有改动。\n", saved.Kept, saved.Why)
	}
	return nil
}

// writeEach writes a file for each unit whose name holds one of the chosen
// ones, or for all.
func writeEach(w io.Writer, f *folder, r *output.Report, as form, chosen []string, template []byte) error {
	written := 0
	for _, u := range r.Units {
		if !names(chosen, u.Name) {
			continue
		}
		path := filepath.Join(f.root, outName, as.what, fileName(u.Name)+as.ext)
		err := save(w, f.saver(), path, func(w io.Writer) error { return as.each(w, r, u.Name, template) })
		if err != nil {
			return err
		}
		written++
	}
	if written == 0 {
		return usagef("没有名称含“%s”的单位", strings.Join(chosen, "”“"))
	}
	return nil
}

func (f *folder) saver() output.Saver {
	return output.Saver{Manifest: filepath.Join(f.data, "written.json")}
}

// fileName is s without what a file's name may not hold.
func fileName(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, s)
}
