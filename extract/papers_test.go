package extract

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duibiao/corpus"
)

var update = flag.Bool("update", false, "rewrite the goldens in testdata")

// paper is a file of testdata/papers: what Describe must say, then the paper,
// one paragraph a line; "# " is a heading, "| " a table row, "~ " set aside,
// and \n a line break within the paragraph.
type paper struct {
	path  string
	known []corpus.Unit
	want  map[string]string
	doc   *corpus.Document
}

func readPaper(t testing.TB, name string) paper {
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	head, text, ok := strings.Cut(string(b), "\n\n")
	if !ok {
		t.Fatalf("%s has no empty line after its head", name)
	}
	p := paper{want: map[string]string{}, doc: build(text)}
	for line := range strings.Lines(head) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch key {
		case "路径":
			p.path = value
		case "名册":
			p.known = testRoster()
		default:
			p.want[key] = value
		}
	}
	return p
}

func testRoster() []corpus.Unit {
	return []corpus.Unit{
		{Name: "青石县人民政府", Kind: corpus.County, Aliases: []string{"青石"}},
		{Name: "云河市柳湾区人民政府", Kind: corpus.County},
		{Name: "云河市柳湾区科技和工业信息化局", Kind: corpus.CountyBureau},
		{Name: "云河市司法局", Kind: corpus.Bureau},
		{Name: "青石县司法局", Kind: corpus.CountyBureau},
		{Name: "青石县白沙镇人民政府", Kind: corpus.Township},
		{Name: "青石县红土镇人民政府", Kind: corpus.Township},
	}
}

// build makes a document of the test notation.
func build(text string) *corpus.Document {
	var b corpus.Builder
	for line := range strings.Lines(text) {
		line = strings.ReplaceAll(strings.TrimSuffix(line, "\n"), `\n`, "\n")
		switch {
		case strings.HasPrefix(line, "#"):
			title := strings.TrimLeft(line, "#")
			b.Heading(len(line)-len(title), strings.TrimSpace(title))
		case strings.HasPrefix(line, "| "):
			b.Row(strings.Split(line[2:], "|")...)
		case strings.HasPrefix(line, "~ "):
			b.Aside(line[2:])
		default:
			b.Text(line)
		}
	}
	return b.End("test/1", "")
}

func paperFiles(t testing.TB) []string {
	names, err := filepath.Glob("testdata/papers/*.txt")
	if err != nil || len(names) < 25 {
		t.Fatalf("testdata/papers: %d papers, %v", len(names), err)
	}
	return names
}

func TestDescribePapers(t *testing.T) {
	for _, name := range paperFiles(t) {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txt"), func(t *testing.T) {
			p := readPaper(t, name)
			s, _ := Describe(p.doc, p.path, p.known)
			got := map[string]string{
				"单位": s.Unit.Value, "类别": string(s.Type), "年度": s.Year.Value,
				"材料": s.Kind.Value, "日期": s.Date.Value, "文号": s.No.Value,
			}
			if diff := cmp.Diff(p.want, got); diff != "" {
				t.Errorf("Describe(%s) (-want +got):\n%s", p.path, diff)
			}
		})
	}
}

// TestTakenSaysWhere holds each value against the text at its place.
func TestTakenSaysWhere(t *testing.T) {
	for _, name := range paperFiles(t) {
		p := readPaper(t, name)
		s, _ := Describe(p.doc, p.path, nil)
		for what, taken := range map[string]corpus.Taken{"title": s.Title, "unit": s.Unit, "date": s.Date, "no": s.No, "year": s.Year} {
			if taken.From == "文件名" || taken.From == "目录" || taken.Value == "" {
				continue
			}
			there := foldAll(p.doc.Text(taken.Span))
			if d, ok := findDate(there, 0); ok && what == "date" {
				there = d.String()
			}
			if what == "year" {
				all := yearsIn(there, true)
				if len(all) == 0 || fmt.Sprint(all[0].year) != taken.Value {
					t.Errorf("%s: year %s is said to stand in %q", name, taken.Value, there)
				}
				continue
			}
			want := strings.ReplaceAll(foldAll(taken.Value), "、", "")
			if strings.ReplaceAll(there, "、", "") != want {
				t.Errorf("%s: %s %q is said to stand where %q does", name, what, taken.Value, there)
			}
		}
	}
}

func TestConflictsAreTold(t *testing.T) {
	const text = "青石县司法局文件\n青石县水利局2024年度法治政府建设报告\n一、甲\n字。\n青石县司法局\n2025年1月3日"
	_, got := Describe(build(text), "红土县2023年报告.txt", nil)
	want := []string{
		"单位不一致：红头为“青石县司法局”，标题为“青石县水利局”。",
		"单位不一致：红头为“青石县司法局”，文件名为“红土县”。",
		"年度不一致：标题为2024年，文件名为2023年。",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("conflicts (-want +got):\n%s", diff)
	}
}

// TestOutlineOfPapers holds the zones, headings and sentences of the papers
// against testdata/outline.golden.
func TestOutlineOfPapers(t *testing.T) {
	var out strings.Builder
	for _, name := range paperFiles(t) {
		p := readPaper(t, name)
		fmt.Fprintf(&out, "%s\n", strings.TrimSuffix(filepath.Base(name), ".txt"))
		for _, q := range Passages(p.doc) {
			fmt.Fprintf(&out, "  %s %s", q.Zone, begin(q.Text))
			if len(q.Sentences) > 1 {
				fmt.Fprintf(&out, " ×%d", len(q.Sentences))
			}
			if len(q.Headings) > 0 {
				fmt.Fprintf(&out, " ‹ %s", q.Section())
			}
			out.WriteString("\n")
		}
		_, conflicts := Describe(p.doc, p.path, p.known)
		for _, c := range conflicts {
			fmt.Fprintf(&out, "  ! %s\n", c)
		}
	}
	compareGolden(t, "testdata/outline.golden", out.String())
}

func begin(text string) string {
	runes := []rune(strings.NewReplacer("\t", "|", "\n", "⏎").Replace(text))
	if len(runes) > 16 {
		return string(runes[:15]) + "…"
	}
	return string(runes)
}

func compareGolden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}
