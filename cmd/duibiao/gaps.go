package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"duibiao/cmd/duibiao/output"
	"duibiao/rules"
)

func gapsCommand() *cobra.Command {
	var units, indicators, statuses, severities []string
	var format, out, template, data string
	cmd := &cobra.Command{
		Use:   "gaps 文件夹",
		Short: "生成差距清单和每个单位的反馈函",
		Long: `按上一次 duibiao check 的结果生成差距清单（xlsx、json）或每个单位的反馈函（docx），
不重新读取文件。已被人工修改过的不会覆盖：新的写在旁边，并说明写在哪里。

反馈函的版式、落款、时限都在模板里，可以换成本办公室的：先用 --format template 写出
内置模板，用 Word 或 WPS 改好，再用 --template 指定。`,
		Example: `  duibiao gaps 报送材料 --unit 水利局
  duibiao gaps 报送材料 --status 缺项 --status 雷同 --out 重点问题.xlsx
  duibiao gaps 报送材料 --format docx --unit 水利局
  duibiao gaps 报送材料 --format template --out 我办反馈函模板.docx
  duibiao gaps 报送材料 --format json`,
		Args: exactArgs("文件夹"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("format", format, "xlsx", "json", "docx", "template"); err != nil {
				return err
			}
			if format == "docx" && (out != "" || len(indicators)+len(statuses)+len(severities) > 0) {
				return usagef("反馈函写明一个单位的全部情况，只能用 --unit 选单位；写在“%s”文件夹里，不用 --out", outName)
			}
			f, err := openFolder(args[0], data)
			if err != nil {
				return err
			}
			r, err := lastReport(f)
			if err != nil {
				return err
			}
			if format == "docx" {
				return writeLetters(cmd.OutOrStdout(), f, r, units, template)
			}
			if r, err = only(r, units, indicators, statuses, severities); err != nil {
				return err
			}
			if format == "json" && out == "" {
				return output.JSON(cmd.OutOrStdout(), r)
			}
			name, write := listName(units, indicators, statuses, severities)+".xlsx", func(w io.Writer) error { return output.XLSX(w, r) }
			switch format {
			case "json":
				write = func(w io.Writer) error { return output.JSON(w, r) }
			case "template":
				name, write = "反馈函模板.docx", func(w io.Writer) error { _, err := w.Write(output.LetterTemplate()); return err }
			}
			if out == "" {
				out = filepath.Join(f.root, outName, name)
			}
			return save(cmd.OutOrStdout(), f.saver(), out, write)
		},
	}
	cmd.AddCommand(importCommand())
	flags := cmd.Flags()
	flags.StringSliceVar(&units, "unit", nil, "只要这些单位，写出名称或其中一部分")
	flags.StringSliceVar(&indicators, "indicator", nil, "只要这些指标，写出序号、编号或名称的一部分")
	flags.StringSliceVar(&statuses, "status", nil, "只要这些问题类型，如 缺项、雷同、残留占位符")
	flags.StringSliceVar(&severities, "severity", nil, "只要这些程度：高、中、低")
	flags.StringVar(&format, "format", "xlsx", "格式：xlsx、json、docx（反馈函）或 template（反馈函模板）")
	flags.StringVar(&template, "template", "", "反馈函的模板（.docx）；默认用内置的")
	flags.StringVar(&out, "out", "", "写到哪个文件；默认写在“"+outName+"”文件夹里，json 默认显示在屏幕上")
	addData(cmd, &data)
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

// writeLetters writes the letters to the units whose names hold one of the
// chosen ones, or to all.
func writeLetters(w io.Writer, f *folder, r *output.Report, chosen []string, template string) error {
	var form []byte
	if template != "" {
		var err error
		if form, err = os.ReadFile(template); err != nil {
			return fmt.Errorf("read %s: %w", template, err)
		}
	}
	written := 0
	for _, u := range r.Units {
		if !names(chosen, u.Name) {
			continue
		}
		path := filepath.Join(f.root, outName, "反馈函", fileName(u.Name)+".docx")
		err := save(w, f.saver(), path, func(w io.Writer) error { return output.Letter(w, r, u.Name, form) })
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

// listName names a list by what was chosen for it.
func listName(choices ...[]string) string {
	parts := []string{outName}
	for _, c := range choices {
		parts = append(parts, c...)
	}
	return fileName(strings.Join(parts, "-"))
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

// only is the part of a report that the flags ask for. A choice that nothing
// in the report has is an error, so that a misspelt name is not an empty list.
func only(r *output.Report, units, indicators, statuses, severities []string) (*output.Report, error) {
	for _, s := range statuses {
		if !slices.Contains(problems(), s) {
			return nil, usagef("没有“%s”这种问题类型；有 %s", s, strings.Join(problems(), "、"))
		}
	}
	for _, s := range severities {
		if err := oneOf("severity", s, string(rules.High), string(rules.Medium), string(rules.Low)); err != nil {
			return nil, err
		}
	}
	part := *r
	part.Units = keepIf(r.Units, func(u output.Unit) bool { return names(units, u.Name) })
	if len(part.Units) == 0 && len(r.Units) > 0 {
		return nil, usagef("没有名称含“%s”的单位", strings.Join(units, "”“"))
	}
	part.Indicators = keepIf(r.Indicators, func(i output.Indicator) bool { return item(indicators, i.ID, i.No, i.Title) })
	if len(part.Indicators) == 0 && len(r.Indicators) > 0 {
		return nil, usagef("没有“%s”这项指标", strings.Join(indicators, "”“"))
	}
	part.Documents = keepIf(r.Documents, func(d output.Document) bool { return names(units, d.Unit.Value) })
	part.Rows = keepIf(r.Rows, func(row rules.Row) bool {
		return names(units, row.Unit) && item(indicators, row.Indicator, row.No, row.Title) && chosen(statuses, string(row.Status))
	})
	part.Findings = keepIf(r.Findings, func(f rules.Finding) bool {
		return names(units, f.Unit) && item(indicators, f.Indicator, f.No, f.Title) &&
			chosen(statuses, f.Check) && chosen(severities, string(f.Severity))
	})
	kept := map[string]bool{}
	for _, d := range part.Documents {
		kept[d.ID] = true
	}
	part.Reuse = keepIf(r.Reuse, func(x output.Reuse) bool { return kept[x.Doc] })
	return &part, nil
}

// problems are the names that --status knows: the statuses of rows and the
// document-level checks.
func problems() []string {
	list := []string{string(rules.Met), string(rules.Formulaic), string(rules.OnlyPromised), string(rules.Copied),
		string(rules.Missing), string(rules.NotApplicable), string(rules.NotJudged)}
	for _, c := range rules.Checks() {
		list = append(list, c.Name)
	}
	return list
}

func keepIf[T any](list []T, keep func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(list), func(x T) bool { return !keep(x) })
}

// names reports whether one of the chosen names stands in name; no choice
// takes every name.
func names(chosen []string, name string) bool {
	return len(chosen) == 0 || containsAny(name, chosen...)
}

func item(choices []string, id, no, title string) bool {
	return len(choices) == 0 || slices.Contains(choices, id) || slices.Contains(choices, no) || title != "" && containsAny(title, choices...)
}

func chosen(choices []string, value string) bool {
	return len(choices) == 0 || slices.Contains(choices, value)
}
