package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"duibiao/cmd/duibiao/output"
	"duibiao/corpus/store"
	"duibiao/extract/segment"
)

// inputs are the flags by which a run's inputs can be named instead of being
// found in the folder.
type inputs struct {
	data, roster, manifest, table, year string
	packs, shelves, previous            []string
	limits                              limits
}

func (in *inputs) add(cmd *cobra.Command) {
	addData(cmd, &in.data)
	flags := cmd.Flags()
	flags.StringVar(&in.roster, "roster", "", "报送名册（.xlsx 或 .csv）：单位 | 类别 | 应报材料 | 联络人")
	flags.StringVar(&in.manifest, "manifest", "", "报送清单（.xlsx 或 .csv）：文件 | 单位 | 年度 | 日期 | 层级 | 类别")
	flags.StringVar(&in.table, "table", "", "指标体系表（.xlsx 或 .docx）：序号 一级 二级 三级 评分要点 责任单位")
	flags.StringSliceVar(&in.packs, "pack", nil, "规则包：内置的名称或文件夹，可给多个")
	flags.StringSliceVar(&in.shelves, "shelf", nil, "书架文件夹：上级文件、范文等，可给多个")
	flags.StringSliceVar(&in.previous, "previous", nil, "往年材料的文件夹，可给多个")
	flags.StringVar(&in.year, "year", "", "审查的年度，如 2025；默认取多数材料的年度")
	in.limits.add(cmd)
}

// open is the folder at root with the flags put over its own settings.
func (in *inputs) open(root string) (*folder, error) {
	f, err := openFolder(root, in.data)
	if err != nil {
		return nil, err
	}
	if f.Table != "" {
		f.alike = append(f.alike, f.Table) // another table in its place does not make it a submission
	}
	for _, o := range []struct {
		to    *string
		value string
	}{{&f.Roster, in.roster}, {&f.Manifest, in.manifest}, {&f.Table, in.table}} {
		if o.value == "" {
			continue
		}
		f.byContent = f.byContent && o.to != &f.Table
		if *o.to, err = filepath.Abs(o.value); err != nil {
			return nil, fmt.Errorf("find %s: %w", o.value, err)
		}
	}
	if in.year != "" {
		if t, err := time.Parse("2006", in.year); err != nil || t.Year() < 1990 {
			return nil, usagef("选项 --year 应为四位年份，如 2025，不能是“%s”", in.year)
		}
		f.Year = in.year
	}
	if len(in.packs) > 0 {
		f.Packs = in.packs
		if in.table == "" {
			f.Table, f.byContent = "", false // who names packs does not want the folder's table besides
		}
	}
	f.limits = in.limits
	return f, f.take(in.shelves, in.previous)
}

func checkCommand() *cobra.Command {
	var in inputs
	var format, failOn string
	var quiet, rebuild bool
	cmd := &cobra.Command{
		Use:   "check 文件夹",
		Short: "审查一个文件夹里的全部报送材料，写出差距清单",
		Long: `读取文件夹里各单位的方案、报告（PDF、DOCX、文本，压缩包内的也读），逐条对照指标体系，
写出“差距清单”文件夹，并显示摘要。原文件只读，不会改动。

文件夹里可以有（名称能看出用途即可，指标表也按内容认；也可用选项或 duibiao.yaml 指定）：
  报送名册.xlsx    应报单位；没有的话，未报送的单位无从得知
  指标体系.xlsx    办公室自己的指标表；没有的话，使用内置的“示范创建”指标
  上位文件/  往年/  范文/    用来比对雷同的文件，只比对，不审查

再次运行只读取新增和改动的文件。中断后再运行会接着做。`,
		Example: `  duibiao check 报送材料
  duibiao check 报送材料 --table 指标体系.xlsx --shelf 上位文件 --previous 2024年报告
  duibiao check 报送材料 --format json > 结果.json`,
		Args: exactArgs("文件夹"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("format", format, "text", "json"); err != nil {
				return err
			}
			if err := oneOf("fail-on", failOn, "", "gap"); err != nil {
				return err
			}
			f, err := in.open(args[0])
			if err != nil {
				return err
			}
			r, err := runCheck(cmd, f, rebuild, quiet)
			if err != nil {
				return err
			}
			files, failed := f.write(r) // the result is shown even where it cannot be written
			if format == "json" {
				err = output.JSON(cmd.OutOrStdout(), r)
			} else if !quiet {
				err = summarise(cmd, f, r, files)
			}
			if err != nil {
				return err
			}
			if err := tellUnwritten(cmd.ErrOrStderr(), failed); err != nil {
				return err
			}
			return outcome(r, failOn)
		},
	}
	in.add(cmd)
	cmd.Flags().StringVar(&format, "format", "text", "输出格式：text 或 json（字段说明见 duibiao json）")
	cmd.Flags().StringVar(&failOn, "fail-on", "", "设为 gap 时，查出差距则退出码为 4")
	cmd.Flags().BoolVarP(&quiet, "quiet", "q", false, "不显示摘要和进度")
	cmd.Flags().BoolVar(&rebuild, "rebuild", false, "丢弃已读内容和索引，全部重读；审核意见保留")
	return cmd
}

// runCheck reviews the folder and keeps what was found.
func runCheck(cmd *cobra.Command, f *folder, rebuild, quiet bool) (r *output.Report, err error) {
	st, err := openStore(cmd, f, rebuild)
	if err != nil {
		return nil, err
	}
	defer func() {
		if closed := st.Close(); err == nil {
			err = closed
		}
	}()
	show := newProgress(cmd.ErrOrStderr(), quiet)
	defer show.clear()
	started := time.Now()
	r, err = review(cmd.Context(), f, st, segment.New(), show)
	if err != nil {
		return nil, err
	}
	r.Run.Seconds = time.Since(started).Seconds()
	if err := keep(st, r, started); err != nil {
		return nil, err
	}
	return r.Decided(), nil
}

func openStore(cmd *cobra.Command, f *folder, rebuild bool) (*store.Store, error) {
	if !rebuild {
		return store.Open(f.data)
	}
	for _, index := range []string{f.indexFolder(), f.comparisonFolder()} {
		if err := os.RemoveAll(index); err != nil {
			return nil, fmt.Errorf("remove the index: %w", err)
		}
	}
	rebuilt, err := store.Rebuild(f.data)
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(cmd.ErrOrStderr(), "已丢弃旧数据，保留审核意见 %d 条。\n", rebuilt.Decisions)
	if rebuilt.Aside != "" {
		fmt.Fprintf(cmd.ErrOrStderr(), "旧数据不能全部读出，原样留在 %s。\n", rebuilt.Aside)
	}
	return rebuilt.Store, nil
}

// outcome is the exit code that a report asks for.
func outcome(r *output.Report, failOn string) error {
	for _, d := range r.Documents {
		if d.Shelf == "" && (d.Status == output.Unreadable || d.Status == output.Partial) {
			return exitCode(exitNotJudged)
		}
	}
	for _, row := range r.Rows {
		if failOn == "gap" && row.Status.Gap() {
			return exitCode(exitGaps)
		}
	}
	return nil
}

// write writes the gap lists and the report into the folder.
func (f *folder) write(r *output.Report) (files []output.Saved, failed []unwritten) {
	timeless := *r
	timeless.Run.Seconds = 0 // so that the same result is the same file
	for _, x := range []struct {
		name  string
		write func(io.Writer) error
	}{
		{outName + ".xlsx", func(w io.Writer) error { return output.XLSX(w, r) }},
		{reportName, func(w io.Writer) error { return output.HTML(w, r) }},
		{outName + ".json", func(w io.Writer) error { return output.JSON(w, &timeless) }},
	} {
		path := filepath.Join(f.root, outName, x.name)
		if saved, err := f.saver().Save(path, x.write); err != nil {
			failed = append(failed, unwritten{path, err})
		} else {
			files = append(files, saved)
		}
	}
	return files, failed
}

const reportName = "报告.html"

func summarise(cmd *cobra.Command, f *folder, r *output.Report, files []output.Saved) error {
	var reasons []string
	for _, d := range r.Documents {
		reasons = append(reasons, d.Reason)
	}
	s := output.Summary{Files: files, Office: officeCan(reasons), Next: []string{
		"duibiao search " + f.root + " \"要找的文字\"",
		"duibiao gaps " + f.root + " --unit 单位名称",
		"duibiao text 文件",
	}}
	if out, ok := cmd.OutOrStdout().(*os.File); ok && term.IsTerminal(int(out.Fd())) {
		if width, _, err := term.GetSize(int(out.Fd())); err == nil {
			s.Width = width
		}
		s.Colour = os.Getenv("NO_COLOR") == ""
	}
	return s.Write(cmd.OutOrStdout(), r)
}
