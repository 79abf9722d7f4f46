package main

import (
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"duibiao/cmd/duibiao/output"
	"duibiao/rules"
)

func gapsCommand() *cobra.Command {
	var units, indicators, statuses, severities []string
	var format, out, data string
	cmd := &cobra.Command{
		Use:   "gaps 文件夹",
		Short: "按单位、指标、问题类型生成差距清单",
		Long: `按上一次 duibiao check 的结果生成差距清单，不重新读取文件。
已被人工修改过的清单不会覆盖：新清单写在旁边，并说明写在哪里。`,
		Example: `  duibiao gaps 报送材料 --unit 水利局
  duibiao gaps 报送材料 --status 缺项 --status 雷同 --out 重点问题.xlsx
  duibiao gaps 报送材料 --format json`,
		Args: exactArgs("文件夹"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("format", format, "xlsx", "json"); err != nil {
				return err
			}
			f, err := openFolder(args[0], data)
			if err != nil {
				return err
			}
			r, err := lastReport(f)
			if err != nil {
				return err
			}
			if r, err = only(r, units, indicators, statuses, severities); err != nil {
				return err
			}
			if format == "json" && out == "" {
				return output.JSON(cmd.OutOrStdout(), r)
			}
			write := func(w io.Writer) error { return output.XLSX(w, r) }
			if format == "json" {
				write = func(w io.Writer) error { return output.JSON(w, r) }
			}
			if out == "" {
				out = filepath.Join(f.root, outName, listName(units, indicators, statuses, severities)+".xlsx")
			}
			saved, err := f.saver().Save(out, write)
			if err != nil {
				return err
			}
			fmt.Fprintf(cmd.OutOrStdout(), "已写好 %s\n", saved.Path)
			if saved.Kept != "" {
				fmt.Fprintf(cmd.OutOrStdout(), "原来的 %s %s，没有改动。\n", saved.Kept, saved.Why)
			}
			return nil
		},
	}
	flags := cmd.Flags()
	flags.StringSliceVar(&units, "unit", nil, "只要这些单位，写出名称或其中一部分")
	flags.StringSliceVar(&indicators, "indicator", nil, "只要这些指标，写出序号、编号或名称的一部分")
	flags.StringSliceVar(&statuses, "status", nil, "只要这些问题类型，如 缺项、雷同、残留占位符")
	flags.StringSliceVar(&severities, "severity", nil, "只要这些程度：高、中、低")
	flags.StringVar(&format, "format", "xlsx", "格式：xlsx 或 json")
	flags.StringVar(&out, "out", "", "写到哪个文件；默认写在“"+outName+"”文件夹里，json 默认显示在屏幕上")
	addData(cmd, &data)
	return cmd
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
	name := strings.Join(parts, "-")
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, name)
}

// only is the part of a report that the flags ask for. A choice that nothing
// in the report has is an error, so that a misspelt name is not an empty list.
func only(r *output.Report, units, indicators, statuses, severities []string) (*output.Report, error) {
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
