package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"duibiao/corpus"
	"duibiao/corpus/store"
	"duibiao/extract/segment"
	"duibiao/rules"
)

func rulesDiff() *cobra.Command {
	var in inputs
	var format string
	var quiet bool
	cmd := &cobra.Command{
		Use:   "diff 旧规则 新规则 文件夹",
		Short: "换一套规则，一个文件夹的判定会变多少",
		Long: `用两套规则各判一遍文件夹里的材料，只列出不同的：哪个单位的哪项指标由什么变成什么，
新旧各引哪句原文、什么理由；文件层面的问题多了哪些、少了哪些。
规则可以是内置规则包的名称、规则包文件夹，或指标表（.xlsx、.csv、.docx）。
两套规则的指标按名称对应，对不上的再按编号。

审查过的材料不重新读取。只作比较：差距清单、审查结果和审查意见都不改动。`,
		Example: `  duibiao rules diff 我市指标 我市指标-修改 报送材料
  duibiao rules diff 指标体系.xlsx 我市指标 报送材料 --format json`,
		Args: exactArgs("旧规则", "新规则", "文件夹"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("format", format, "table", "json"); err != nil {
				return err
			}
			f, err := in.open(args[2])
			if err != nil {
				return err
			}
			d, err := diffRules(cmd, f, args[0], args[1], quiet)
			if err != nil {
				return err
			}
			if format == "json" {
				enc := json.NewEncoder(cmd.OutOrStdout())
				enc.SetEscapeHTML(false)
				enc.SetIndent("", " ")
				return enc.Encode(d)
			}
			return d.show(cmd.OutOrStdout())
		},
	}
	addData(cmd, &in.data)
	cmd.Flags().StringVar(&in.year, "year", "", "审查的年度，如 2025；默认取多数材料的年度")
	cmd.Flags().StringVar(&format, "format", "table", "输出格式：table 或 json")
	cmd.Flags().BoolVarP(&quiet, "quiet", "q", false, "不显示进度")
	in.limits.add(cmd)
	return cmd
}

// rulesDifference is what changes with the rules. Its JSON is what
// `rules diff --format json` prints.
type rulesDifference struct {
	Version int          `json:"version"`
	Old     string       `json:"old"`
	New     string       `json:"new"`
	Same    int          `json:"same"` // unit × item with one status in both
	Changed []rowChange  `json:"changed"`
	Gained  []changedDoc `json:"gained"` // findings about documents and units
	Lost    []changedDoc `json:"lost"`
}

type rowChange struct {
	Unit      string   `json:"unit"`
	Indicator string   `json:"indicator"` // the new rules' id, or the old ones' where the new have no such item
	No        string   `json:"no"`
	Title     string   `json:"title"`
	Old       *verdict `json:"old"` // null where the rules have no such item
	New       *verdict `json:"new"`
}

type verdict struct {
	Status rules.Status `json:"status"`
	Why    string       `json:"why"`
	Doc    string       `json:"doc"`
	Quote  string       `json:"quote"`
}

type changedDoc struct {
	Unit    string `json:"unit"`
	Doc     string `json:"doc"`
	Check   string `json:"check"`
	Message string `json:"message"`
	Quote   string `json:"quote"`
}

// diffRules judges a folder by two rule sets. Nothing is written into a folder
// that was never reviewed; in one that was, only what had to be read anew.
func diffRules(cmd *cobra.Command, f *folder, before, after string, quiet bool) (d *rulesDifference, err error) {
	words := segment.New()
	var sets [2]*rules.Set
	for i, name := range []string{before, after} {
		if sets[i], err = f.rulesNamed(name, words); err != nil {
			return nil, err
		}
	}
	work := *f // compares in a folder of its own
	if work.data, err = os.MkdirTemp("", "duibiao-"); err != nil {
		return nil, fmt.Errorf("make a folder to work in: %w", err)
	}
	defer os.RemoveAll(work.data)
	data := f.data
	if !isFolder(data) {
		data = work.data
	}
	st, err := store.Open(data)
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
	m, err := gather(cmd.Context(), f, st, show)
	if err != nil {
		return nil, err
	}
	var said [2]judgement
	for i, set := range sets {
		if said[i], err = m.judge(cmd.Context(), &work, set, show); err != nil {
			return nil, err
		}
	}
	d = &rulesDifference{Version: 1, Old: before, New: after, Changed: []rowChange{}}
	d.compareRows(said[0].rows, said[1].rows, sameItems(sets[0], sets[1]))
	d.Gained = onlyIn(said[1].findings, said[0].findings)
	d.Lost = onlyIn(said[0].findings, said[1].findings)
	return d, cmd.Context().Err()
}

// rulesNamed are the rules of one pack, by name or folder, or of one table,
// with the checks of every run and the folder's own exemptions.
func (f *folder) rulesNamed(name string, words *segment.Segmenter) (*rules.Set, error) {
	alone := *f
	alone.Table, alone.Packs = "", []string{name}
	if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
		abs, err := filepath.Abs(name)
		if err != nil {
			return nil, fmt.Errorf("find %s: %w", name, err)
		}
		alone.Table, alone.Packs = abs, nil
	}
	return alone.rules(words)
}

// sameItems gives for an old indicator's id the new one's: the item with the
// same title, under the same id where several have it, or else the same id.
// Ids that mostly stand for other titles, as in two tables numbered from 1,
// say nothing.
func sameItems(before, after *rules.Set) map[string]string {
	m := map[string]string{}
	taken := map[string]bool{}
	pair := func(old, new string) {
		if m[old] == "" && !taken[new] {
			m[old], taken[new] = new, true
		}
	}
	shared := 0
	for _, i := range before.Indicators {
		if j := after.Find(i.ID); j != nil {
			shared++
			if corpus.Fold(i.Title).String() == corpus.Fold(j.Title).String() {
				pair(i.ID, j.ID)
			}
		}
	}
	trusted := 2*len(m) >= shared
	for _, i := range before.Indicators {
		for _, j := range after.Indicators {
			if corpus.Fold(i.Title).String() == corpus.Fold(j.Title).String() {
				pair(i.ID, j.ID)
			}
		}
	}
	for _, i := range before.Indicators {
		if trusted && after.Find(i.ID) != nil {
			pair(i.ID, i.ID)
		}
	}
	return m
}

// compareRows lists the rows whose status changes, in the order of the new
// rows and, of those that are gone, of the old ones.
func (d *rulesDifference) compareRows(before, after []rules.Row, same map[string]string) {
	type cell struct{ unit, item string }
	was := map[cell]rules.Row{}
	for _, r := range before {
		was[cell{r.Unit, cmp.Or(same[r.Indicator], "旧\x00"+r.Indicator)}] = r
	}
	matched := map[cell]bool{}
	for _, r := range after {
		at := cell{r.Unit, r.Indicator}
		old, ok := was[at]
		matched[at] = ok
		change := rowChange{Unit: r.Unit, Indicator: r.Indicator, No: r.No, Title: r.Title, New: verdictOf(r)}
		if ok {
			change.Old = verdictOf(old)
		}
		if ok && old.Status == r.Status {
			d.Same++
		} else {
			d.Changed = append(d.Changed, change)
		}
	}
	for _, r := range before {
		if !matched[cell{r.Unit, cmp.Or(same[r.Indicator], "旧\x00"+r.Indicator)}] {
			d.Changed = append(d.Changed, rowChange{Unit: r.Unit, Indicator: r.Indicator, No: r.No, Title: r.Title, Old: verdictOf(r)})
		}
	}
}

func verdictOf(r rules.Row) *verdict {
	v := &verdict{Status: r.Status, Why: strings.Join(append([]string{r.Why}, r.Notes...), " ")}
	if len(r.Evidence) > 0 {
		v.Doc, v.Quote = r.Evidence[0].Doc, r.Evidence[0].Quote
	}
	return v
}

// onlyIn are the findings about documents and units that stand in a and not
// in b.
func onlyIn(a, b []rules.Finding) []changedDoc {
	known := map[string]bool{}
	for _, f := range b {
		known[f.ID] = true
	}
	out := []changedDoc{}
	for _, f := range a {
		if f.Indicator != "" || known[f.ID] {
			continue
		}
		c := changedDoc{Unit: f.Unit, Doc: f.Doc, Check: f.Check, Message: f.Message}
		if f.Evidence != nil {
			c.Quote = f.Evidence.Quote
		}
		out = append(out, c)
	}
	return out
}

// show prints the changes for people.
func (d *rulesDifference) show(w io.Writer) error {
	out := bufio.NewWriter(w)
	for _, c := range d.Changed {
		fmt.Fprintf(out, "%s｜%s：%s → %s\n", c.Unit, strings.TrimSpace(c.No+" "+c.Title), c.Old.word(), c.New.word())
		c.Old.show(out, "旧")
		c.New.show(out, "新")
	}
	for _, list := range []struct {
		name string
		of   []changedDoc
	}{{"文件问题，新规则多出的", d.Gained}, {"文件问题，新规则不再有的", d.Lost}} {
		if len(list.of) > 0 {
			fmt.Fprintf(out, "\n%s：\n", list.name)
		}
		for _, c := range list.of {
			fmt.Fprintf(out, "  %s｜%s｜%s\n    %s\n", c.Unit, c.Check, cmp.Or(c.Doc, "（整个单位）"), c.Message)
			if c.Quote != "" {
				fmt.Fprintf(out, "    “%s”\n", shorten(c.Quote, 80))
			}
		}
	}
	if len(d.Changed)+len(d.Gained)+len(d.Lost) > 0 {
		fmt.Fprintln(out)
	}
	fmt.Fprintf(out, "判定相同 %d 个，不同 %d 个；文件问题多 %d 条，少 %d 条。没有改动任何结果。\n",
		d.Same, len(d.Changed), len(d.Gained), len(d.Lost))
	return out.Flush()
}

func (v *verdict) word() string {
	if v == nil {
		return "（没有此项）"
	}
	return string(v.Status)
}

func (v *verdict) show(w io.Writer, name string) {
	if v == nil {
		return
	}
	fmt.Fprintf(w, "  %s　%s\n", name, v.Why)
	if v.Quote != "" {
		fmt.Fprintf(w, "  　　“%s”（%s）\n", shorten(v.Quote, 80), v.Doc)
	}
}
