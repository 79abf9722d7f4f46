package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"
)

func initCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "init 文件夹",
		Short: "认出文件夹里的名册、指标表和书架，写成 duibiao.yaml",
		Long: `按名称认出报送名册、报送清单、指标体系表和上位文件、往年、范文文件夹，
写成 duibiao.yaml，供核对和修改。不写也能运行 check：它用同样的办法识别。`,
		Args: exactArgs("文件夹"),
		RunE: func(cmd *cobra.Command, args []string) error {
			s, err := guessSettings(args[0])
			if err != nil {
				return err
			}
			if s.Table == "" {
				found, err := s.tablesByContent(args[0])
				if err != nil {
					return err
				}
				if len(found) == 1 {
					s.Table = found[0]
				}
			}
			path := filepath.Join(args[0], settingsName)
			file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
			if errors.Is(err, fs.ErrExist) {
				return usagef("%s 已经存在，没有改动；要重新识别，请先删去或改名", path)
			}
			if err != nil {
				return fmt.Errorf("write %s: %w", path, err)
			}
			_, err = file.WriteString(s.yaml())
			if err = errors.Join(err, file.Close()); err != nil {
				return fmt.Errorf("write %s: %w", path, err)
			}
			fmt.Fprintf(cmd.OutOrStdout(), "已写好 %s：\n\n%s", path, s.yaml())
			return nil
		},
	}
}

// yaml is the settings as a file that explains itself.
func (s settings) yaml() string {
	var b strings.Builder
	b.WriteString("# 对标的设置。路径相对于本文件夹；前面有 # 的行没有启用。\n")
	line := func(key, value, what string) {
		if value == "" || value == "[]" {
			fmt.Fprintf(&b, "# %s:    # %s（没有找到）\n", key, what)
			return
		}
		fmt.Fprintf(&b, "%s: %s    # %s\n", key, value, what)
	}
	line("roster", quoted(s.Roster), "报送名册：单位、类别、应报材料")
	line("manifest", quoted(s.Manifest), "报送清单：逐个文件写明单位、年度、日期、类别，优先于自动识别")
	line("table", quoted(s.Table), "指标体系表")
	line("packs", quotedList(s.Packs), "规则包；没有指标体系表时默认用内置的 shifan（示范创建）")
	line("superior", quotedList(s.Superior), "上位文件")
	line("previous", quotedList(s.Previous), "往年材料")
	line("template", quotedList(s.Template), "范文")
	line("year", quoted(s.Year), "审查的年度；不写则取多数材料的年度")
	b.WriteString(exemptHelp)
	return b.String()
}

// exemptHelp is an example of each key of an exemption.
const exemptHelp = `# exempt:    # 豁免：不想提出的。每条必有 reason，再写其余至少一个键；写了几个的都要符合
#   - phrase: 放过的话          # 有这些字的句子不看
#     reason: 上级规定的表述    # 理由
#   - section: 附表说明         # 标题有这些字的部分不看
#     check: 残留占位符         # 问题类型，如 缺项、空泛、雷同
#     reason: 附表由上级统一印发
#   - unit: 水利局              # 单位名称或其中一部分
#     item: '3.1'               # 指标的编号、序号或名称
#     reason: 今年统一办理
#     until: 2026-12-31         # 有效到这一天；不写则一直有效
`

func quoted(s string) string {
	if s == "" {
		return ""
	}
	return "'" + strings.ReplaceAll(s, "'", "''") + "'"
}

func quotedList(list []string) string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = quoted(s)
	}
	return "[" + strings.Join(out, ", ") + "]"
}
