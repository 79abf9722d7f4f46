package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"duibiao/corpus"
	"duibiao/extract"
)

func textCommand() *cobra.Command {
	var l limits
	var format, out string
	cmd := &cobra.Command{
		Use:   "text 文件",
		Short: "查看从一份文件里读到了什么",
		Long: `显示从一份文件里读到的文字。

  --format outline  识别出的单位、年度、种类，以及每段的页码、段号、部分（正文、标题、版头、落款、
                    非正文……）、层级；据 OCR 的，注明用什么识别、把握多大
  --format html     一个网页文件，原页图像与文字左右对照，不联网也能打开
  --format json     同样的内容，给程序用`,
		Example: `  duibiao text 年度报告.pdf
  duibiao text 年度报告.docx --format outline
  duibiao text 扫描件.pdf --format html --out 对照.html`,
		Args: exactArgs("文件"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("format", format, "text", "outline", "html", "json"); err != nil {
				return err
			}
			if _, err := l.recogniser(); err != nil {
				return err
			}
			pool := newPool(l)
			defer pool.Close()
			doc, err := pool.Read(cmd.Context(), args[0])
			if err != nil {
				return &unreadError{args[0], err}
			}
			for _, w := range append(doc.Warnings, doc.Unread...) {
				fmt.Fprintln(cmd.ErrOrStderr(), "注意："+pageOf(w.Page)+w.Message)
			}
			picture := func(page int) (*corpus.Picture, error) { return pool.Picture(cmd.Context(), args[0], page) }
			if err := writeTo(cmd, out, func(w io.Writer) error { return showText(cmd.Context(), w, format, args[0], doc, picture) }); err != nil {
				return err
			}
			if doc.Partial() {
				return exitCode(exitNotJudged)
			}
			return nil
		},
	}
	l.add(cmd)
	cmd.Flags().StringVar(&format, "format", "text", "输出格式：text、outline、html 或 json")
	cmd.Flags().StringVar(&out, "out", "", "写到这个文件，不显示")
	return cmd
}

// writeTo has write make the file called out, or the standard output where out
// is "".
func writeTo(cmd *cobra.Command, out string, write func(io.Writer) error) error {
	if out == "" {
		return write(cmd.OutOrStdout())
	}
	f, err := os.Create(out)
	if err != nil {
		return fmt.Errorf("write %s: %w", out, err)
	}
	if err := errors.Join(write(f), f.Close()); err != nil {
		return fmt.Errorf("write %s: %w", out, err)
	}
	return nil
}

func showText(ctx context.Context, w io.Writer, format, path string, doc *corpus.Document, picture func(page int) (*corpus.Picture, error)) error {
	switch format {
	case "json":
		return writeReading(w, path, doc)
	case "outline":
		return showOutline(w, path, doc)
	case "html":
		return writeTextPage(ctx, w, path, doc, picture)
	}
	_, err := io.WriteString(w, doc.String())
	return err
}

func pageOf(page int) string {
	if page == 0 {
		return ""
	}
	return fmt.Sprintf("第%d页，", page)
}

// passageJSON is one paragraph of a document, as programs get it.
type passageJSON struct {
	Start      int        `json:"start"`
	End        int        `json:"end"`
	Page       int        `json:"page"`
	Paragraph  int        `json:"paragraph"`
	Box        corpus.Box `json:"box,omitzero"`         // points on its page
	Reader     string     `json:"reader"`               // what read it from the file, or recognised it on a picture
	OCR        bool       `json:"ocr"`                  //
	Confidence float64    `json:"confidence,omitempty"` // of the recognition
	Role       string     `json:"role"`
	Level      int        `json:"level,omitempty"`
	Zone       string     `json:"zone"`
	Headings   []string   `json:"headings"`
	Text       string     `json:"text"`
}

func writeReading(w io.Writer, path string, doc *corpus.Document) error {
	s, conflicts := extract.Describe(doc, path, nil)
	passages := []passageJSON{}
	for i, p := range extract.Passages(doc) {
		of := doc.Paragraphs[i]
		passages = append(passages, passageJSON{
			Start: p.Span.Start, End: p.Span.End, Page: p.Place.Page, Paragraph: p.Place.Paragraph,
			Box: of.Box, Reader: readerOf(doc, of), OCR: of.OCR(), Confidence: of.Confidence,
			Role: string(of.Role), Level: of.Level, Zone: string(p.Zone), Headings: append([]string{}, p.Headings...), Text: p.Text,
		})
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

// readerOf is what read a paragraph.
func readerOf(doc *corpus.Document, p corpus.Paragraph) string {
	if p.OCR() {
		return p.By
	}
	return doc.Reader
}

// namedTaken is a value that was read off a submission, with what it is.
type namedTaken struct {
	Name string
	corpus.Taken
}

// takenFrom is what is told of a submission, in the order in which people ask.
func takenFrom(s corpus.Submission) []namedTaken {
	return []namedTaken{{"单位", s.Unit}, {"年度", s.Year}, {"种类", s.Kind}, {"日期", s.Date}, {"文号", s.No}, {"标题", s.Title}}
}

func showOutline(w io.Writer, path string, doc *corpus.Document) error {
	out := bufio.NewWriter(w)
	s, conflicts := extract.Describe(doc, path, nil)
	for _, line := range takenFrom(s) {
		if line.Value == "" {
			fmt.Fprintf(out, "%s　（未识别）\n", line.Name)
			continue
		}
		fmt.Fprintf(out, "%s　%s（取自%s）\n", line.Name, shorten(line.Value, 60), line.From)
	}
	for _, c := range conflicts {
		fmt.Fprintf(out, "注意　%s\n", c)
	}
	fmt.Fprintln(out)
	for i, p := range extract.Passages(doc) {
		fmt.Fprintf(out, "%s　%s　%s\n", p.Place, p.Zone, shorten(p.Text, 60))
		if len(p.Headings) > 0 && p.Zone == corpus.Content {
			fmt.Fprintf(out, "    %s\n", p.Section())
		}
		if of := doc.Paragraphs[i]; of.OCR() {
			fmt.Fprintf(out, "    识别：%s，把握%s\n", of.By, percent(of.Confidence))
		}
	}
	return out.Flush()
}

// percent is a share for people; a whole is only what is whole.
func percent(share float64) string { return fmt.Sprintf("%d%%", int(share*100)) }
