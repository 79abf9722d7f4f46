package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"duibiao/cmd/duibiao/output"
	"duibiao/corpus/store"
	"duibiao/rules"
)

func markCommand() *cobra.Command {
	var data, as, note, who string
	cmd := &cobra.Command{
		Use:   "mark 文件夹 编号...",
		Short: "对查出的问题写审查意见：属实、误报、豁免、待核",
		Long: `给一条或几条问题写审查意见，和在差距清单里填“审查意见”“审查备注”一样。
编号写在报告（报告.html）的每条问题上、duibiao gaps 文件夹 --format md 每条标题的后面、
json 的 id 里，以及差距清单隐藏的“编号”列里。写开头几位就行，只要没有第二条同样开头的。

判为“误报”“豁免”的不再向单位反馈。意见按编号保留：重新审查、文件别处有改动，都还在。
改回“待核”就是撤回。不写 --note 时，原来的备注不变。
每次的意见都留有记录，用 duibiao gaps history 查看。`,
		Example: `  duibiao gaps mark 报送材料 3f2a9c --as 误报 --note "附件二有数字" --who 王敏
  duibiao gaps mark 报送材料 3f2a9c 81bd07 --as 属实`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) < 2 {
				return exactArgs("文件夹", "编号")(cmd, args)
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("as", as, output.Reviews()...); err != nil {
				return err
			}
			st, marked, err := openFindings(args[0], data, args[1:])
			if err != nil {
				return err
			}
			defer st.Close()
			opinion := store.Decision{Review: as, Who: who, When: time.Now()}
			keepNote := !cmd.Flags().Changed("note")
			if err := mark(st, marked, opinion, note, keepNote); err != nil {
				return err
			}
			for _, m := range marked {
				fmt.Fprintf(cmd.OutOrStdout(), "%s　%s　%s\n", m.ID, as, subjectOf(m))
			}
			return nil
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&as, "as", "", "审查意见："+strings.Join(output.Reviews(), "、"))
	flags.StringVar(&note, "note", "", "审查备注：为什么")
	flags.StringVar(&who, "who", userName(), "审查人")
	addData(cmd, &data)
	return cmd
}

func historyCommand() *cobra.Command {
	var data string
	cmd := &cobra.Command{
		Use:     "history 文件夹 编号",
		Short:   "看一条问题的审查记录：谁在什么时候怎么定的",
		Long:    `按时间列出一条问题历次的审查意见、备注和销号情况，以及是谁定的。编号的写法同 gaps mark。`,
		Example: `  duibiao gaps history 报送材料 3f2a9c`,
		Args:    exactArgs("文件夹", "编号"),
		RunE: func(cmd *cobra.Command, args []string) error {
			st, found, err := openFindings(args[0], data, args[1:])
			if err != nil {
				return err
			}
			defer st.Close()
			all, err := st.History(found[0].ID)
			if err != nil {
				return err
			}
			return showHistory(cmd.OutOrStdout(), found[0], all)
		},
	}
	addData(cmd, &data)
	return cmd
}

// openFindings opens the folder's store, which the caller closes, and gives the
// findings that ids name.
func openFindings(root, data string, ids []string) (*store.Store, []rules.Finding, error) {
	f, err := openFolder(root, data)
	if err != nil {
		return nil, nil, err
	}
	st, r, err := openReviewed(f)
	if err != nil {
		return nil, nil, err
	}
	found, err := chosenFindings(allFindings(r), ids)
	if err != nil {
		st.Close()
		return nil, nil, err
	}
	return st, found, nil
}

// allFindings are those of the last run and those that are gone since.
func allFindings(r *output.Report) []rules.Finding {
	list := slices.Clone(r.Findings)
	for _, g := range r.Rounds.Gone {
		list = append(list, g.Finding)
	}
	return list
}

// chosenFindings are the findings with these ids, each given whole or by its
// beginning. One that is unknown or fits several is an error that names it, so
// that all are marked or none.
func chosenFindings(known []rules.Finding, ids []string) ([]rules.Finding, error) {
	var found []rules.Finding
	for _, id := range ids {
		at := slices.IndexFunc(known, func(f rules.Finding) bool { return f.ID == id })
		if at < 0 {
			fits := keepIf(known, func(f rules.Finding) bool { return id != "" && strings.HasPrefix(f.ID, id) })
			switch len(fits) {
			case 0:
				return nil, usagef("没有编号为“%s”的问题；编号印在报告.html 的每条问题上，也见 duibiao gaps 文件夹 --format md", id)
			case 1:
				at = slices.IndexFunc(known, func(f rules.Finding) bool { return f.ID == fits[0].ID })
			default:
				return nil, usagef("有 %d 条问题的编号以“%s”开头，请多写几位", len(fits), id)
			}
		}
		if !slices.ContainsFunc(found, func(f rules.Finding) bool { return f.ID == known[at].ID }) {
			found = append(found, known[at])
		}
	}
	return found, nil
}

// mark keeps one opinion on several findings. What else was entered about them
// stays, and so does an earlier note where keepNote says so.
func mark(st *store.Store, marked []rules.Finding, opinion store.Decision, note string, keepNote bool) error {
	now, err := st.Decisions()
	if err != nil {
		return err
	}
	var list []store.Decision
	for _, m := range marked {
		d := now[m.ID]
		d.Finding, d.Review, d.Who, d.When = m.ID, opinion.Review, opinion.Who, opinion.When
		if !keepNote {
			d.Note = note
		}
		list = append(list, d)
	}
	return st.Decide(list...)
}

// subjectOf says in a line what a finding is about.
func subjectOf(f rules.Finding) string {
	parts := []string{f.Unit}
	if f.Indicator != "" {
		parts = append(parts, strings.TrimSpace(f.No+" "+f.Title))
	} else if f.Doc != "" {
		parts = append(parts, f.Doc)
	}
	return strings.Join(append(parts, f.Check), "｜")
}

// showHistory prints what was entered at each time, and only that.
func showHistory(w io.Writer, f rules.Finding, all []store.Decision) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "%s　%s\n", f.ID, subjectOf(f))
	fmt.Fprintln(out, f.Message)
	if f.Evidence != nil {
		fmt.Fprintf(out, "“%s”\n", shorten(f.Evidence.Quote, 120))
	}
	if len(all) == 0 {
		fmt.Fprintln(out, "\n还没有人写过审查意见。")
		return out.Flush()
	}
	fmt.Fprintln(out)
	var before store.Decision
	for _, d := range all {
		fmt.Fprintf(out, "%s　%s\n", d.When.Format("2006-01-02 15:04"), cmp.Or(d.Who, "（没有写名字）"))
		for _, field := range fields() {
			was, is := shown(field, before), shown(field, d)
			if was != is {
				fmt.Fprintf(out, "  %s：%s → %s\n", field.title, cmp.Or(wordOf(field, was), "（空）"), cmp.Or(wordOf(field, is), "（空）"))
			}
		}
		before = d
	}
	return out.Flush()
}
