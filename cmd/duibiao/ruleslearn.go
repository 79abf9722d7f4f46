package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"duibiao/cmd/duibiao/output"
	"duibiao/corpus"
	"duibiao/corpus/store"
	"duibiao/extract/segment"
	"duibiao/rules"
	"duibiao/rules/packs"
)

func rulesLearn() *cobra.Command {
	var c chosenRules
	var data, out string
	var todo, anonymous bool
	cmd := &cobra.Command{
		Use:   "learn 文件夹",
		Short: "把审查意见变成规则的例子",
		Long: `把 duibiao gaps mark 或差距清单里写下的审查意见（属实、误报、豁免）变成规则包里的例子：
判为误报的，原文应判达标；备注里写明了应判什么的（如“应为不适用”），照备注。
判为属实、豁免的，原文应判查出的那种毛病。
误报的理由在别处的，请在备注里用引号写出那句原文，例子就用那一句；缺项没有原文，也要这样写。

例子接在该项规则文件的 examples 最后，注明来历；作者写的文字、注释和次序不动，已有的不重复写。
判得还不对的例子逐一列出：改好规则，或者加 --todo，写的时候就标成已知问题。

写进哪个规则包：--out 指定的，或文件夹所用的规则包文件夹。--out 还不存在的，
先把文件夹所用的指标表（或内置规则包）写成规则包。`,
		Example: `  duibiao rules learn 报送材料 --out 我市指标
  duibiao rules test --pack 我市指标`,
		Args: exactArgs("文件夹"),
		RunE: func(cmd *cobra.Command, args []string) error {
			f, err := c.folder(args, data)
			if err != nil {
				return err
			}
			lessons, err := lessonsOf(f, anonymous)
			if err != nil {
				return err
			}
			if len(lessons) == 0 {
				fmt.Fprintln(cmd.OutOrStdout(), "还没有属实、误报、豁免的审查意见；先用 duibiao gaps mark 或差距清单写意见。")
				return nil
			}
			pack, err := f.packToTeach(cmd.OutOrStdout(), out)
			if err != nil {
				return err
			}
			return teach(cmd.OutOrStdout(), pack, lessons, todo)
		},
	}
	c.add(cmd)
	flags := cmd.Flags()
	flags.StringVar(&out, "out", "", "规则包的文件夹；不存在的，先由指标表写成")
	flags.BoolVar(&todo, "todo", false, "判得还不对的例子标成已知问题")
	flags.BoolVar(&anonymous, "anonymous", true, "把单位自己的名称换成“本单位”；--anonymous=false 保留原名")
	addData(cmd, &data)
	return cmd
}

// lesson is what a reviewer's decision teaches: an example of an indicator, or
// why it teaches nothing.
type lesson struct {
	finding rules.Finding
	example rules.Example
	cannot  string
}

// lessonsOf are the lessons of a folder's decisions, in the order of the
// findings.
func lessonsOf(f *folder, anonymous bool) ([]lesson, error) {
	st, r, err := openReviewed(f)
	if err != nil {
		return nil, err
	}
	defer st.Close()
	now, err := st.Decisions()
	if err != nil {
		return nil, err
	}
	var lessons []lesson
	for _, x := range allFindings(r) {
		d, ok := now[x.ID]
		if review := output.Review(d.Review); !ok || review == "" || review == output.Pending {
			continue
		}
		l := lessonOf(x, d, kindOf(r, x.Doc))
		if anonymous {
			l.example.Text = anonymised(l.example.Text, r.Units, x.Unit)
			l.example.From = anonymised(l.example.From, r.Units, x.Unit)
		}
		lessons = append(lessons, l)
	}
	return lessons, nil
}

// kindOf is the kind of the paper with that id, as an example names it.
func kindOf(r *output.Report, id string) corpus.Kind {
	for _, d := range r.Documents {
		if k := corpus.Kind(d.Kind.Value); d.ID == id && k != corpus.Annual &&
			slices.Contains([]corpus.Kind{corpus.Plan, corpus.SelfReview, corpus.Notice, corpus.Other}, k) {
			return k
		}
	}
	return ""
}

// lessonOf is what one decision teaches.
func lessonOf(x rules.Finding, d store.Decision, kind corpus.Kind) lesson {
	l := lesson{finding: x}
	text := ""
	if x.Evidence != nil {
		text = x.Evidence.Quote
	}
	status := rules.Status(x.Check)
	if output.Review(d.Review) == output.Mistaken {
		status = shouldBe(d.Note, status)
		text = cmp.Or(quotedIn(d.Note), text)
	}
	switch {
	case x.Indicator == "":
		l.cannot = "是文件层面的问题，没有对应的指标规则"
	case status == rules.Copied:
		l.cannot = "雷同要两份材料对照，一句话看不出来"
	case strings.TrimSpace(text) == "":
		l.cannot = "没有原文；写到此项的话，请在备注里用引号写出那句原文"
	}
	l.example = rules.Example{Status: status, Kind: kind, Text: strings.TrimSpace(text), From: origin(d)}
	return l
}

// origin says where an example came from.
func origin(d store.Decision) string {
	s := "审查意见：" + d.Review
	if d.Who != "" {
		s += "，" + d.Who
	}
	s += "，" + d.When.Format("2006-01-02") + "，编号 " + d.Finding
	if note := strings.Join(strings.Fields(d.Note), " "); note != "" {
		s += "。" + note
	}
	return s
}

// shouldBe is the status that a note on a mistaken finding names; where it
// names none, or several, the unit was right.
func shouldBe(note string, found rules.Status) rules.Status {
	var named []rules.Status
	for _, s := range []rules.Status{rules.Met, rules.Formulaic, rules.OnlyPromised, rules.Missing, rules.NotApplicable, rules.Unrelated} {
		if s != found && namesStatus(note, s) {
			named = append(named, s)
		}
	}
	if len(named) == 1 {
		return named[0]
	}
	return rules.Met
}

// namesStatus reports whether a note names a status other than to deny it.
func namesStatus(note string, s rules.Status) bool {
	for {
		before, after, ok := strings.Cut(note, string(s))
		if !ok {
			return false
		}
		denied := slices.ContainsFunc([]string{"不", "不是", "不算", "不应为", "未", "没有", "并非", "非"}, func(no string) bool { return strings.HasSuffix(before, no) })
		if !denied {
			return true
		}
		note = after
	}
}

var inQuotes = regexp.MustCompile(`“([^”]{10,})”|"([^"]{10,})"|「([^」]{10,})」`)

// quotedIn is the first sentence that a note quotes, or "".
func quotedIn(note string) string {
	m := inQuotes.FindStringSubmatch(note)
	if m == nil {
		return ""
	}
	return cmp.Or(m[1:]...)
}

// anonymised is a text without the names of its unit: the names become 本单位,
// the places in them 本县, 本镇 and so on.
func anonymised(text string, units []output.Unit, name string) string {
	names, places := []string{name}, placesIn(name)
	for _, u := range units {
		if u.Name == name {
			names = append(names, u.Aliases...)
			places = append(places, placesIn(u.Parent)...)
		}
	}
	slices.SortStableFunc(names, func(a, b string) int { return len([]rune(b)) - len([]rune(a)) })
	for _, n := range names {
		if n != "" {
			text = strings.ReplaceAll(text, n, "本单位")
		}
	}
	for _, p := range places {
		text = strings.ReplaceAll(text, p.name, "本"+p.kind)
	}
	return text
}

type locality struct{ name, kind string }

var leadingPlace = regexp.MustCompile(`^\p{Han}{2,5}?(自治区|自治州|自治县|街道|省|市|州|盟|县|区|旗|镇|乡)`)

// placesIn are the places with which a unit's name begins, such as 云川县 and
// 白石镇 of 云川县白石镇人民政府.
func placesIn(name string) []locality {
	var out []locality
	for {
		m := leadingPlace.FindStringSubmatch(name)
		if m == nil {
			return out
		}
		out = append(out, locality{m[0], m[1]})
		name = name[len(m[0]):]
	}
}

// packToTeach is the folder of the rule pack into which examples go. One that
// is not there yet is made of the rules by which the folder is judged.
func (f *folder) packToTeach(w io.Writer, out string) (string, error) {
	own := keepIf(f.Packs, func(p string) bool { return !slices.Contains(shippedPacks(), p) })
	if out == "" {
		if f.Table != "" || len(own) != 1 {
			return "", usagef("不知道写进哪个规则包；请加 --out 文件夹，还没有的会先写成规则包")
		}
		return packFolder(own[0], f.root)
	}
	if _, err := os.Stat(filepath.Join(out, "pack.yaml")); err == nil {
		return out, nil
	}
	from := cmp.Or(f.Table, strings.Join(f.Packs, "、"), defaultPack)
	var err error
	switch {
	case f.Table != "":
		var set *rules.Set
		if set, _, err = importTable(f.abs(f.Table), segment.New()); err == nil {
			err = set.WritePack(out)
		}
	case len(f.Packs) > 1:
		err = usagef("文件夹用了几个规则包（%s）；请用 --out 指明写进其中哪一个", from)
	case slices.Contains(shippedPacks(), from):
		var shipped fs.FS
		if shipped, err = fs.Sub(packs.FS, from); err == nil {
			err = os.CopyFS(out, shipped)
		}
	default:
		var dir string
		if dir, err = packFolder(from, f.root); err == nil {
			err = os.CopyFS(out, os.DirFS(dir))
		}
	}
	if err != nil {
		return "", fmt.Errorf("make rule pack %s: %w", out, err)
	}
	fmt.Fprintf(w, "已由 %s 写成规则包 %s。以后审查加 --pack %s，或在 %s 里写 packs，才会用上它。\n\n", filepath.Base(from), out, out, settingsName)
	return out, nil
}

// packFolder is where a pack of the user's lies: where he stands, or below
// root.
func packFolder(name, root string) (string, error) {
	for _, dir := range []string{name, filepath.Join(root, name)} {
		if isFolder(dir) {
			return dir, nil
		}
	}
	return "", usagef("没有规则包“%s”", name)
}

// teach writes the lessons that are new into the pack, and tells of each what
// became of it.
func teach(w io.Writer, pack string, lessons []lesson, todo bool) error {
	set, err := rules.Load(os.DirFS(pack))
	if err != nil {
		return fmt.Errorf("load rule pack %s: %w", pack, err)
	}
	added := map[string][]rules.Example{} // by file
	var files, told, cannot []string
	known, wrong := 0, 0
	for _, l := range lessons {
		ind := set.Find(l.finding.Indicator)
		if l.cannot == "" && ind == nil {
			l.cannot = "规则包里没有此项"
		}
		if l.cannot == "" {
			if e := ind.HasExample(l.example.Text); e != nil && e.Status == l.example.Status {
				known++
				continue
			} else if e != nil {
				l.cannot = fmt.Sprintf("%s:%d 已有同样的例子，写的是%s，这次是%s；请核对后改那里", ind.File, e.Line, e.Status, l.example.Status)
			}
		}
		if l.cannot != "" {
			cannot = append(cannot, subjectOf(l.finding)+"："+l.cannot)
			continue
		}
		t, err := set.Try(ind.ID, l.example)
		if err != nil {
			return err
		}
		said := "判对"
		if t.Verdict != rules.Right {
			wrong++
			l.example.Todo = todo
			said = "现判为" + string(t.Got)
		}
		told = append(told, fmt.Sprintf("%s　%s（%s）：%s", ind.File, l.example.Status, said, shorten(l.example.Text, 60)))
		if added[ind.File] == nil {
			files = append(files, ind.File)
		}
		added[ind.File] = append(added[ind.File], l.example)
		ind.Examples = append(ind.Examples, l.example)
	}
	for _, file := range files {
		if err := addExamples(filepath.Join(pack, file), added[file]); err != nil {
			return err
		}
	}
	fmt.Fprintf(w, "写入例子 %d 个，已有的 %d 个，没有写的 %d 条。\n", len(told), known, len(cannot))
	for _, list := range []struct {
		title string
		lines []string
	}{{"写入的", told}, {"没有写的", cannot}} {
		if len(list.lines) > 0 {
			fmt.Fprintf(w, "\n%s：\n  %s\n", list.title, strings.Join(list.lines, "\n  "))
		}
	}
	if wrong > 0 && !todo {
		fmt.Fprintf(w, "\n有 %d 个例子按现在的规则判得不对：请改规则；暂时不改的，在例子里写上 todo: true（或 --todo）。\n", wrong)
	}
	if len(told) > 0 {
		fmt.Fprintf(w, "\n接着可以：duibiao rules test --pack %s\n", pack)
	}
	return nil
}

// addExamples adds examples to a rule file, whole or not at all.
func addExamples(path string, more []rules.Example) error {
	body, err := os.ReadFile(path)
	if err != nil {
		return fmt.Errorf("read %s: %w", path, err)
	}
	body, err = rules.AppendExamples(body, more)
	if errors.Is(err, rules.ErrOneLine) {
		return usagef("%s 的 examples 写在方括号里，没有改动；请改成每个例子一行、以 - 开头，再运行一次", path)
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	part := path + ".part"
	if err := os.WriteFile(part, body, 0o666); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := os.Rename(part, path); err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", path, err), os.Remove(part))
	}
	return nil
}
