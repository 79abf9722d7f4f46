package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"duibiao/cmd/duibiao/output"
	"duibiao/corpus/store"
	"duibiao/ingest/text"
	"duibiao/rules"
)

func compareCommand() *cobra.Command {
	var in inputs
	var allow, format, out string
	var quiet bool
	cmd := &cobra.Command{
		Use:   "compare 文件夹",
		Short: "只比对雷同：文件夹里的文件相互比对，并与书架比对",
		Long: `把文件夹里的每份文件与书架上的文件、与其他文件比对，列出雷同段落、出处和关系。
公共表述（政策套语、法律名称等）不计入。日期能分出先后的才说方向，分不出的一律称“同源”。`,
		Example: `  duibiao compare 报送材料 --shelf 上位文件 --shelf 范文
  duibiao compare 报送材料 --shelf 上位文件 --format html
  duibiao compare 报送材料 --shelf 上位文件 --out 雷同清单.txt
  duibiao compare 报送材料 --shelf 历年 --manifest 清单.csv --format jsonl`,
		Args: exactArgs("文件夹"),
		RunE: func(cmd *cobra.Command, args []string) error {
			as, err := formFor(compareForms(), format, cmd.Flags().Changed("format"), out)
			if err != nil {
				return err
			}
			f, err := in.open(args[0])
			if err != nil {
				return err
			}
			wording, err := allowList(allow)
			if err != nil {
				return err
			}
			r, err := runCompare(cmd, f, wording, quiet)
			if err != nil {
				return err
			}
			if err := as.one(cmd.OutOrStdout(), f, r, out, as.what+as.ext, nil); err != nil {
				return err
			}
			return outcome(r, "")
		},
	}
	in.add(cmd)
	cmd.Flags().StringVar(&allow, "allow", "", "不计入雷同的文字，文本文件，一行一条")
	cmd.Flags().StringVar(&format, "format", "table", "格式：table、jsonl 或 html（两份并排，一个文件，可以转发）；写了 --out 时看它的结尾")
	cmd.Flags().StringVar(&out, "out", "", "写到哪个文件（.txt、.jsonl 或 .html）；html 默认写在“"+outName+"”文件夹里，其余默认显示在屏幕上")
	cmd.Flags().BoolVarP(&quiet, "quiet", "q", false, "不显示进度")
	return cmd
}

// compareForms are the forms in which copied passages can be written.
func compareForms() []form {
	return []form{
		{name: "table", what: "雷同清单", ext: ".txt", screen: true, write: plainly(showCopies)},
		{name: "jsonl", what: "雷同段落", ext: ".jsonl", screen: true, write: plainly(output.ReuseLines)},
		{name: "html", what: "雷同对照", ext: ".html", write: plainly(output.HTML)},
	}
}

// allowList reads the lines of a text file.
func allowList(path string) ([]string, error) {
	if path == "" {
		return nil, nil
	}
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	s, _, err := text.Decode(b)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return slices.DeleteFunc(strings.Split(s, "\n"), func(line string) bool { return strings.TrimSpace(line) == "" }), nil
}

// runCompare is review without rules: read, understand, compare.
func runCompare(cmd *cobra.Command, f *folder, wording []string, quiet bool) (*output.Report, error) {
	st, err := store.Open(f.data)
	if err != nil {
		return nil, err
	}
	defer st.Close()
	show := newProgress(cmd.ErrOrStderr(), quiet)
	defer show.clear()
	return compared(cmd.Context(), f, st, wording, show)
}

func compared(ctx context.Context, f *folder, st *store.Store, wording []string, show *progress) (*output.Report, error) {
	started := time.Now()
	papers, skipped, err := readAll(ctx, f, st, show)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(papers, func(p *paper) bool { return p.Shelf == "" }) {
		return nil, nothingIn(f)
	}
	show.stage("识别单位和日期")
	units, err := understand(f, papers)
	if err != nil {
		return nil, err
	}
	show.stage("比对雷同")
	c, err := compareAll(ctx, f, papers, wording)
	if err != nil {
		return nil, err
	}
	r := report(&rules.Set{}, units, papers, skipped, nil, nil, c)
	r.Run.Seconds = time.Since(started).Seconds()
	return r, nil
}

// showCopies prints, for each file with copied passages, the share and the
// passages with both places.
func showCopies(w io.Writer, r *output.Report) error {
	out := bufio.NewWriter(w)
	byDoc := map[string][]output.Reuse{}
	for _, x := range r.Reuse {
		byDoc[x.Doc] = append(byDoc[x.Doc], x)
	}
	read, found := 0, 0
	for _, d := range r.Documents {
		if d.Shelf != "" {
			continue
		}
		if d.Status == output.Unreadable {
			fmt.Fprintf(out, "未比对　%s：%s\n\n", d.ID, d.Reason)
			continue
		}
		read++
		if len(byDoc[d.ID]) == 0 {
			continue
		}
		found++
		fmt.Fprintf(out, "%s　雷同段落占 %.1f%%；除去公共表述，逐字相同的占 %.1f%%\n", d.ID, 100*d.Measures.Passages, 100*d.Measures.Copied)
		for _, x := range byDoc[d.ID] {
			fmt.Fprintf(out, "  %s　%s，%d字 ← %s，%s\n    %s\n", x.Relation, x.Place, x.Span.Len(), x.Source, x.SourcePlace, shorten(x.Quote, 60))
		}
		fmt.Fprintln(out)
	}
	fmt.Fprintf(out, "比对 %d 份，%d 份有雷同段落，共 %d 段。\n", read, found, len(r.Reuse))
	return out.Flush()
}

// shorten is s on one line, cut to at most n runes.
func shorten(s string, n int) string {
	runes := []rune(strings.Join(strings.Fields(s), ""))
	if len(runes) <= n {
		return string(runes)
	}
	return string(runes[:n]) + "…"
}
