package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"duibiao/corpus"
	"duibiao/extract"
)

func textCommand() *cobra.Command {
	var l limits
	var format string
	cmd := &cobra.Command{
		Use:   "text 文件",
		Short: "查看从一份文件里读到了什么",
		Long: `显示从一份文件里读到的文字；加 --format outline 显示识别出的单位、年度、种类，
以及每段的页码、段号、层级和部分（正文、标题、版头、落款、非正文……）。`,
		Example: `  duibiao text 年度报告.pdf
  duibiao text 年度报告.docx --format outline`,
		Args: exactArgs("文件"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("format", format, "text", "outline", "json"); err != nil {
				return err
			}
			pool := newPool(l)
			defer pool.Close()
			doc, err := pool.Read(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			for _, w := range append(doc.Warnings, doc.Unread...) {
				fmt.Fprintln(cmd.ErrOrStderr(), "注意："+pageOf(w.Page)+w.Message)
			}
			switch format {
			case "json":
				err = writeReading(cmd.OutOrStdout(), args[0], doc)
			case "outline":
				err = showOutline(cmd.OutOrStdout(), args[0], doc)
			default:
				_, err = io.WriteString(cmd.OutOrStdout(), doc.String())
			}
			if err == nil && doc.Partial() {
				return exitCode(exitNotJudged)
			}
			return err
		},
	}
	l.add(cmd)
	cmd.Flags().StringVar(&format, "format", "text", "输出格式：text、outline 或 json")
	return cmd
}

func pageOf(page int) string {
	if page == 0 {
		return ""
	}
	return fmt.Sprintf("第%d页，", page)
}

type passageJSON struct {
	Start     int      `json:"start"`
	End       int      `json:"end"`
	Page      int      `json:"page"`
	Paragraph int      `json:"paragraph"`
	Zone      string   `json:"zone"`
	Headings  []string `json:"headings"`
	Text      string   `json:"text"`
}

func writeReading(w io.Writer, path string, doc *corpus.Document) error {
	s, conflicts := extract.Describe(doc, path, nil)
	passages := []passageJSON{}
	for _, p := range extract.Passages(doc) {
		passages = append(passages, passageJSON{p.Span.Start, p.Span.End, p.Place.Page, p.Place.Paragraph, string(p.Zone),
			append([]string{}, p.Headings...), p.Text})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(map[string]any{
		"path": path, "reader": doc.Reader, "encoding": doc.Encoding, "pages": doc.Pages, "runes": doc.Len(),
		"unit": s.Unit, "unit_kind": s.Type, "year": s.Year, "date": s.Date, "kind": s.Kind, "no": s.No, "title": s.Title,
		"conflicts": append([]string{}, conflicts...), "warnings": append([]corpus.Warning{}, doc.Warnings...),
		"unread": append([]corpus.Warning{}, doc.Unread...), "passages": passages, "text": doc.String(),
	})
}

func showOutline(w io.Writer, path string, doc *corpus.Document) error {
	out := bufio.NewWriter(w)
	s, conflicts := extract.Describe(doc, path, nil)
	for _, line := range []struct {
		name string
		corpus.Taken
	}{{"单位", s.Unit}, {"年度", s.Year}, {"种类", s.Kind}, {"日期", s.Date}, {"文号", s.No}, {"标题", s.Title}} {
		if line.Value == "" {
			fmt.Fprintf(out, "%s　（未识别）\n", line.name)
			continue
		}
		fmt.Fprintf(out, "%s　%s（取自%s）\n", line.name, shorten(line.Value, 60), line.From)
	}
	for _, c := range conflicts {
		fmt.Fprintf(out, "注意　%s\n", c)
	}
	fmt.Fprintln(out)
	for _, p := range extract.Passages(doc) {
		fmt.Fprintf(out, "%s　%s　%s\n", p.Place, p.Zone, shorten(p.Text, 60))
		if len(p.Headings) > 0 && p.Zone == corpus.Content {
			fmt.Fprintf(out, "    %s\n", p.Section())
		}
	}
	return out.Flush()
}
