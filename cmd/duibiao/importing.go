package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/user"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"duibiao/cmd/duibiao/output"
	"duibiao/corpus/store"
	"duibiao/rules"
)

func importCommand() *cobra.Command {
	var data, who string
	var force bool
	cmd := &cobra.Command{
		Use:   "import 差距清单.xlsx [文件夹]",
		Short: "收回填好的差距清单：销号状态、责任科室、时限、进展、审查意见",
		Long: `把人工填好的差距清单收回来：责任科室、完成时限、整改进展、销号状态、审查意见、审查备注。
按隐藏的“编号”列对应，行的次序可以变，列可以增加；没有改过的行不算。
对不上的行逐一列出。填表之后别处又改过的，不会被覆盖，除非加 --force。

不写文件夹时，用清单所在的审查文件夹。收回之后，duibiao check 和 duibiao gaps
写出的清单都带着这些内容；判为“误报”“豁免”的不再向单位反馈。`,
		Example: `  duibiao gaps import 报送材料/差距清单/差距清单.xlsx
  duibiao gaps import 水利局填好的.xlsx 报送材料 --who 王敏`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				return nil
			}
			return exactArgs("差距清单.xlsx", "文件夹")(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if _, err := os.Stat(args[0]); err != nil {
				return fmt.Errorf("read %s: %w", args[0], err)
			}
			root, err := reviewedFolder(args)
			if err != nil {
				return err
			}
			f, err := openFolder(root, data)
			if err != nil {
				return err
			}
			entries, err := output.ReadLedger(args[0])
			if errors.Is(err, output.ErrNotLedger) {
				return usagef("%s 不是对标写出的差距清单：没有“编号”和“销号状态”列", args[0])
			}
			if err != nil {
				return err
			}
			return takeIn(cmd.OutOrStdout(), f, entries, who, force)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&who, "who", userName(), "填写人")
	flags.BoolVar(&force, "force", false, "与后来的修改冲突时，以这份清单为准")
	addData(cmd, &data)
	return cmd
}

// reviewedFolder is the folder that the user named, or the one in which the
// list lies.
func reviewedFolder(args []string) (string, error) {
	if len(args) == 2 {
		return args[1], nil
	}
	at, err := filepath.Abs(args[0])
	if err != nil {
		return "", fmt.Errorf("find %s: %w", args[0], err)
	}
	for dir := filepath.Dir(at); ; dir = filepath.Dir(dir) {
		if isFolder(filepath.Join(dir, dataName)) {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", usagef("不知道 %s 是哪个文件夹的清单；请写出：duibiao gaps import 差距清单.xlsx 文件夹", args[0])
		}
	}
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// userName is what the system calls the user, or "".
func userName() string {
	u, err := user.Current()
	if err != nil {
		return ""
	}
	return u.Username
}

// takeIn keeps what was filled in, and says what was taken and what was not.
func takeIn(w io.Writer, f *folder, entries []output.Entry, who string, force bool) error {
	st, r, err := openReviewed(f)
	if err != nil {
		return err
	}
	defer st.Close()
	in := intake{st: st, known: map[string]rules.Finding{}, later: map[string]bool{}, made: map[string]*store.Decision{}, force: force}
	if in.now, err = st.Decisions(); err != nil {
		return err
	}
	for _, x := range r.Findings {
		in.known[x.ID] = x
	}
	for _, x := range r.Rounds.Gone {
		in.known[x.ID] = x.Finding
	}
	for _, was := range r.Rounds.Was {
		in.later[was] = true
	}
	for _, e := range entries {
		if err := in.take(e); err != nil {
			return err
		}
	}
	when := time.Now()
	var list []store.Decision
	for _, id := range in.order {
		d := *in.made[id]
		d.Who, d.When = who, when
		list = append(list, d)
	}
	if err := st.Decide(list...); err != nil {
		return err
	}
	return in.tell(w, len(entries), len(list))
}

// intake is what comes out of the rows of a filled-in list.
type intake struct {
	st                          *store.Store
	known                       map[string]rules.Finding     // by id
	later                       map[string]bool              // ids under which a finding stood before the unit's papers changed
	now                         map[string]store.Decision    // the decisions in force
	made                        map[string]*store.Decision   // the new ones
	order                       []string                     // of their ids
	entered                     map[string]map[string]string // by id and field: what this list says already
	unmatched, wrong, conflicts []string
	force                       bool
}

// field is a column that people fill in.
type field struct {
	title  string
	in     func(output.Entry) string
	at     func(*store.Decision) *string
	office bool // only in the list of all units
	clear  bool // an emptied cell says something
}

func fields() []field {
	return []field{
		{title: "销号状态", in: func(e output.Entry) string { return string(e.Status) }, at: func(d *store.Decision) *string { return &d.Status }},
		{title: "责任科室", in: func(e output.Entry) string { return e.Section }, at: func(d *store.Decision) *string { return &d.Section }, clear: true},
		{title: "完成时限", in: func(e output.Entry) string { return e.Due }, at: func(d *store.Decision) *string { return &d.Due }, clear: true},
		{title: "整改进展", in: func(e output.Entry) string { return e.Progress }, at: func(d *store.Decision) *string { return &d.Progress }, clear: true},
		{title: "审查意见", in: func(e output.Entry) string { return string(e.Review) }, at: func(d *store.Decision) *string { return &d.Review }, office: true},
		{title: "审查备注", in: func(e output.Entry) string { return e.Note }, at: func(d *store.Decision) *string { return &d.Note }, office: true, clear: true},
	}
}

// take holds one row against the decision on which it was filled in, and
// against the one in force.
func (in *intake) take(e output.Entry) error {
	at := fmt.Sprintf("“%s”表第%d行（%s）", e.Sheet, e.Row, e.About)
	finding, known := in.known[e.ID]
	switch {
	case e.Wrong != "":
		in.wrong = append(in.wrong, at+"："+e.Wrong)
		return nil
	case !known && in.later[e.ID]:
		in.unmatched = append(in.unmatched, at+"：单位换了材料，这一项的问题已另行列出，请填在新的清单里")
		return nil
	case !known:
		in.unmatched = append(in.unmatched, at+"：没有这个编号")
		return nil
	case !e.About.Fits(finding):
		in.unmatched = append(in.unmatched, at+"：编号是另一条问题的（"+subjectOf(finding)+"），可能排序或粘贴时没有带上隐藏的列")
		return nil
	}
	base, err := in.base(e)
	if err != nil {
		return err
	}
	now := in.now[e.ID]
	for _, f := range fields() {
		said, was, is := f.in(e), shown(f, base), shown(f, now)
		if f.office && !e.Office || said == "" && !f.clear || said == was || said == is {
			continue
		}
		if earlier, ok := in.entered[e.ID][f.title]; ok && earlier != said {
			in.conflicts = append(in.conflicts, fmt.Sprintf("%s：%s在这份清单里填了两处而不同（“%s”和“%s”），取前一处", at, f.title, wordOf(f, earlier), wordOf(f, said)))
			continue
		}
		if is != was && !in.force {
			in.conflicts = append(in.conflicts, fmt.Sprintf("%s：%s在填表之后已改为“%s”，清单里的“%s”没有收", at, f.title, wordOf(f, is), wordOf(f, said)))
			continue
		}
		in.enter(e.ID, f, said)
	}
	return nil
}

// base is the decision that the list showed when it was written.
func (in *intake) base(e output.Entry) (store.Decision, error) {
	if !e.Known || e.Made.IsZero() {
		return store.Decision{}, nil
	}
	all, err := in.st.History(e.ID)
	if err != nil {
		return store.Decision{}, err
	}
	for _, d := range all {
		if d.When.Equal(e.Made) {
			return d, nil
		}
	}
	return store.Decision{}, nil
}

// shown is how a list shows a field of d.
func shown(f field, d store.Decision) string {
	v := *f.at(&d)
	if v != "" {
		return v
	}
	switch f.title {
	case "销号状态":
		return string(output.Open)
	case "审查意见":
		return string(output.Pending)
	}
	return ""
}

func wordOf(f field, v string) string {
	if f.title == "销号状态" {
		return output.DecisionStatus(v).Word()
	}
	return v
}

func (in *intake) enter(id string, f field, said string) {
	if in.made[id] == nil {
		d := in.now[id]
		d.Finding = id
		in.made[id] = &d
		in.order = append(in.order, id)
	}
	if in.entered == nil {
		in.entered = map[string]map[string]string{}
	}
	if in.entered[id] == nil {
		in.entered[id] = map[string]string{}
	}
	*f.at(in.made[id]), in.entered[id][f.title] = said, said
}

func (in *intake) tell(w io.Writer, rows, taken int) error {
	fmt.Fprintf(w, "读到 %d 行，收回 %d 条问题的填写内容。\n", rows, taken)
	for _, list := range []struct {
		say  string
		rows []string
	}{
		{"对不上的行，没有收：", in.unmatched},
		{"填写不合要求的行，没有收：", in.wrong},
		{"有冲突的：", in.conflicts},
	} {
		if len(list.rows) == 0 {
			continue
		}
		fmt.Fprintf(w, "\n%s\n", list.say)
		for _, row := range list.rows {
			fmt.Fprintf(w, "  %s\n", row)
		}
	}
	if len(in.conflicts) > 0 && !in.force {
		fmt.Fprintln(w, "\n确认以这份清单为准的，加 --force 再收一次。")
	}
	if len(in.unmatched)+len(in.wrong)+len(in.conflicts) > 0 {
		return exitCode(exitNotJudged)
	}
	return nil
}
