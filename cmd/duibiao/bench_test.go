//go:build unix

package main

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"duibiao/extract/segment"
	"duibiao/ingest/docx/docxtest"
	"duibiao/rules"
	"duibiao/rules/packs"
)

// BenchmarkCheck reviews 1,000 generated submissions, a third of them DOCX, by
// a table of 130 items, and reports documents a second, CPU seconds with the worker processes',
// the largest memory of one process, and the share of each stage.
func BenchmarkCheck(b *testing.B) {
	const papers = 1000
	for b.Loop() {
		b.StopTimer()
		dir := b.TempDir()
		generate(b, dir, papers)
		tabulate(b, filepath.Join(dir, "考核细则.csv"), 130)
		before := cpu(b)
		b.StartTimer()
		started := time.Now()
		_, show := reviewIn(b, dir)
		wall := time.Since(started).Seconds()
		b.StopTimer()
		b.ReportMetric(papers/wall, "docs/s")
		b.ReportMetric(cpu(b)-before, "cpu-s")
		b.ReportMetric(peak(b), "peak-MB")
		for _, s := range show.spent() {
			b.ReportMetric(100*s.time.Seconds()/wall, "%"+s.name)
		}
		b.StartTimer()
	}
}

// tabulate writes an office's table of n items, those of the test tables and of
// the packs.
func tabulate(b *testing.B, path string, n int) {
	b.Helper()
	var items []rules.Indicator
	for _, table := range []string{"harness/dev/folder/考核细则.csv", "harness/test/folder/考核指标.csv", "unseen/folder/考核细则.csv"} {
		set, _, err := importTable(filepath.Join("testdata", table), segment.New())
		if err != nil {
			b.Fatal(err)
		}
		items = append(items, set.Indicators...)
	}
	all, err := rules.Load(packs.FS)
	if err != nil {
		b.Fatal(err)
	}
	items = append(items, all.Indicators...)
	var out strings.Builder
	w := csv.NewWriter(&out)
	lines := [][]string{{"序号", "三级指标", "评分要点", "责任单位"}}
	seen := map[string]bool{}
	for _, i := range items {
		if !seen[i.Title] && len(lines) <= n {
			seen[i.Title] = true
			lines = append(lines, []string{strconv.Itoa(len(lines)), i.Title, i.Text, "各单位"})
		}
	}
	if len(lines) != n+1 {
		b.Fatalf("%d items, want %d", len(lines)-1, n)
	}
	if err := w.WriteAll(lines); err != nil {
		b.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(out.String()), 0o666); err != nil {
		b.Fatal(err)
	}
}

// cpu is the time in seconds that this process and its ended children took.
func cpu(b *testing.B) float64 {
	b.Helper()
	total := 0.0
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var u syscall.Rusage
		if err := syscall.Getrusage(who, &u); err != nil {
			b.Fatal(err)
		}
		total += float64(u.Utime.Nano()+u.Stime.Nano()) / 1e9
	}
	return total
}

// peak is the most memory that this process or one of its children held.
func peak(b *testing.B) float64 {
	b.Helper()
	most := int64(0)
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var u syscall.Rusage
		if err := syscall.Getrusage(who, &u); err != nil {
			b.Fatal(err)
		}
		most = max(most, u.Maxrss)
	}
	return float64(most) / 1024
}

// generate writes n annual reports of about 2,000 characters, each by a unit
// of its own.
func generate(b *testing.B, dir string, n int) {
	b.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	for i := range n {
		unit := fmt.Sprintf("%s%s镇人民政府", pick(r, "青柳", "石湾", "云溪", "白鹭", "枫桥", "龙塘"), han(r, 2))
		paragraphs := report2000(r, unit)
		title := unit + "2025年度法治政府建设情况报告"
		path := filepath.Join(dir, fmt.Sprintf("%04d-%s", i, unit))
		body, ext := []byte(title+"\n\n"+strings.Join(paragraphs, "\n")+"\n"), ".txt"
		if i%3 == 0 {
			body, ext = docxtest.Paper(title, paragraphs), ".docx"
		}
		if err := os.WriteFile(path+ext, body, 0o666); err != nil {
			b.Fatal(err)
		}
	}
}

func report2000(r *rand.Rand, unit string) []string {
	out := []string{"2025年，" + unit + "坚持以习近平新时代中国特色社会主义思想为指导，深入学习贯彻习近平法治思想，现将有关情况报告如下："}
	for n, part := range []string{"一、主要举措和成效", "二、存在的问题和原因", "三、主要负责人履行第一责任人职责情况", "四、下一年度主要安排"} {
		out = append(out, part)
		for range 4 {
			var s strings.Builder
			for range 4 {
				fmt.Fprintf(&s, "%s%s%s，", pick(r, "组织", "办理", "审核", "排查", "公开", "调解"), han(r, 4), pick(r, "规范性文件", "行政复议案件", "矛盾纠纷", "执法人员培训", "政府信息", "法治宣传"))
				fmt.Fprintf(&s, "涉及%s%d件，%s。", han(r, 6), 1+r.IntN(90), pick(r, "均已办结", "全部整改", "已在网站公布", "正在推进"))
			}
			if n == 3 {
				s.WriteString("下一步将继续推进。")
			}
			out = append(out, s.String())
		}
	}
	return append(out, unit, "2026年2月10日")
}

func pick(r *rand.Rand, from ...string) string { return from[r.IntN(len(from))] }

// han is n common characters that make no sense.
func han(r *rand.Rand, n int) string {
	const common = "的一是在了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处理府研究书"
	runes := []rune(common)
	var s strings.Builder
	for range n {
		s.WriteRune(runes[r.IntN(len(runes))])
	}
	return s.String()
}
