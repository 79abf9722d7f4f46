package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"duibiao/cmd/duibiao/output"
	"duibiao/extract/segment"
	"duibiao/index/fulltext"
)

func searchCommand() *cobra.Command {
	var limit int
	var format, data string
	cmd := &cobra.Command{
		Use:   "search 文件夹 查询",
		Short: "在全部报送材料中查找文字",
		Long: `在全部报送材料和书架文件中查找文字。要先运行过 duibiao check。

查询里空格分开的几个词要同时出现在一段中；加引号的短语要原样出现（跨行、全角半角
都算）。可以用 单位: 年份: 指标: 类型: 限定范围，例如：
  单位:水利局 年份:2025 "法制审核"
找不到原样的文字时，列出用词相近的段落，标明“相关”。`,
		Example: `  duibiao search 报送材料 "出庭应诉"
  duibiao search 报送材料 '类型:方案 联络人' --limit 50`,
		Args: exactArgs("文件夹", "查询"),
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := oneOf("format", format, "text", "json"); err != nil {
				return err
			}
			q, err := fulltext.ParseQuery(args[1])
			if err != nil {
				return usagef("查询是空的；请给出要找的词或短语")
			}
			q.Limit = limit
			f, err := openFolder(args[0], data)
			if err != nil {
				return err
			}
			found, err := f.search(cmd, q)
			if err != nil {
				return err
			}
			if format == "json" {
				return writeHits(cmd.OutOrStdout(), found.Result)
			}
			showHits(cmd.OutOrStdout(), found)
			return nil
		},
	}
	cmd.Flags().IntVar(&limit, "limit", fulltext.DefaultLimit, "最多列出多少段")
	cmd.Flags().StringVar(&format, "format", "text", "输出格式：text 或 json")
	addData(cmd, &data)
	return cmd
}

// search answers q from the index that the last check made.
func (f *folder) search(cmd *cobra.Command, q fulltext.Query) (answered, error) {
	r, err := lastReport(f)
	if err != nil {
		return answered{}, err
	}
	typed := q.Filters
	q.Filters = widened(typed, r)
	x, err := f.openIndex(segment.New())
	if errors.Is(err, fulltext.ErrRebuild) {
		return answered{}, usagef("%s 还没有全文索引，或索引已过期；请先运行 duibiao check %s", f.root, f.root)
	}
	if err != nil {
		return answered{}, err
	}
	found, err := x.Search(cmd.Context(), q)
	if err == nil {
		found.Unknown = notWidened(found.Unknown, q.Filters, typed)
	}
	var within int
	if err == nil && len(found.Hits) == 0 && len(typed) > 0 && len(q.Words) > 0 && len(found.Unknown) == 0 {
		var all fulltext.Result
		all, err = x.Search(cmd.Context(), fulltext.Query{Filters: q.Filters, Limit: 1})
		within = all.Total
	}
	return answered{found, typed, q.Words, within}, errors.Join(err, x.Close())
}

// answered is what a search found, and what a reader must know where it found
// nothing.
type answered struct {
	fulltext.Result
	filters []fulltext.Filter // as they were typed
	words   []string
	within  int // how many passages the filters alone find, where with the words there are none
}

// notWidened are the filters of unknown that stand for no known name either.
func notWidened(unknown, all, typed []fulltext.Filter) []fulltext.Filter {
	return keepIf(unknown, func(u fulltext.Filter) bool {
		return slices.Contains(typed, u) && !slices.ContainsFunc(all, func(f fulltext.Filter) bool {
			return f.Field == u.Field && !slices.Contains(unknown, f)
		})
	})
}

// widened lets a part of a unit's or an indicator's name stand for the whole:
// 单位:水利局 finds 某市水利局.
func widened(filters []fulltext.Filter, r *output.Report) []fulltext.Filter {
	out := filters
	for _, f := range filters {
		var known []string
		switch f.Field {
		case fulltext.ByUnit:
			known = unitsNamed(r.Units, f.Value)
		case fulltext.ByIndicator:
			for _, i := range r.Indicators {
				if strings.Contains(i.Title, f.Value) {
					known = append(known, i.Title)
				}
			}
		}
		for _, name := range known {
			if name != f.Value {
				out = append(out, fulltext.Filter{Field: f.Field, Value: name})
			}
		}
	}
	return out
}

type hitJSON struct {
	Doc     string   `json:"doc"`
	Unit    string   `json:"unit"`
	Year    string   `json:"year"`
	Page    int      `json:"page"`
	Section string   `json:"section"`
	Start   int      `json:"start"`
	End     int      `json:"end"`
	Snippet string   `json:"snippet"`
	Spans   [][2]int `json:"spans"`
	Match   string   `json:"match"`
}

func writeHits(w io.Writer, r fulltext.Result) error {
	hits := make([]hitJSON, 0, len(r.Hits))
	for _, h := range r.Hits {
		j := hitJSON{Doc: h.Doc, Unit: h.Unit, Year: h.Year, Page: h.Place.Page, Section: h.Section,
			Start: h.Span.Start, End: h.Span.End, Snippet: h.Snippet, Spans: [][2]int{}, Match: string(r.Match)}
		for _, s := range h.Spans {
			j.Spans = append(j.Spans, [2]int{s.Start, s.End})
		}
		hits = append(hits, j)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(map[string]any{"total": r.Total, "hits": hits})
}

func showHits(w io.Writer, r answered) {
	switch {
	case r.Match == fulltext.Related && len(r.Hits) > 0:
		fmt.Fprintf(w, "没有原样出现的段落；用词相近的有 %d 段：\n", r.Related)
	case len(r.Hits) == 0:
		for _, u := range r.Unknown {
			fmt.Fprintf(w, "没有哪一段的“%s”是“%s”。\n", u.Field, u.Value)
		}
		if r.within > 0 {
			fmt.Fprintf(w, "符合%s的有 %d 段，其中没有哪一段写到“%s”。\n", typedAs(r.filters), r.within, strings.Join(r.words, "”“"))
			return
		}
		fmt.Fprintln(w, "没有找到。")
		return
	default:
		fmt.Fprintf(w, "共 %d 段，列出 %d 段：\n", r.Total, len(r.Hits))
	}
	for i, h := range r.Hits {
		unit := h.Unit
		if unit == "" {
			unit = "未识别单位"
		}
		fmt.Fprintf(w, "\n%d. %s　%s %s　%s\n", i+1, unit, h.Year, h.Kind, h.Place)
		if h.Section != "" {
			fmt.Fprintf(w, "   %s\n", h.Section)
		}
		fmt.Fprintf(w, "   %s\n   （%s）\n", marked(h), h.Doc)
	}
}

func typedAs(filters []fulltext.Filter) string {
	var s strings.Builder
	for _, f := range filters {
		fmt.Fprintf(&s, "“%s:%s”", f.Field, f.Value)
	}
	return s.String()
}

// marked is the snippet with what matched in 〖〗.
func marked(h fulltext.Hit) string {
	runes := []rune(h.Snippet)
	var b strings.Builder
	at := 0
	for _, s := range h.Spans {
		from, to := s.Start-h.SnippetSpan.Start, s.End-h.SnippetSpan.Start
		if from < at || to > len(runes) {
			continue
		}
		b.WriteString(string(runes[at:from]) + "〖" + string(runes[from:to]) + "〗")
		at = to
	}
	b.WriteString(string(runes[at:]))
	return strings.Join(strings.Fields(b.String()), " ")
}

// oneOf checks a flag that has a few values.
func oneOf(flag, value string, values ...string) error {
	for _, v := range values {
		if v == value {
			return nil
		}
	}
	named := slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == "" })
	return usagef("选项 --%s 只能是 %s，不能是“%s”", flag, strings.Join(named, "、"), value)
}

func addData(cmd *cobra.Command, data *string) {
	cmd.Flags().StringVar(data, "data", "", "数据目录，默认为文件夹下的 "+dataName)
}
