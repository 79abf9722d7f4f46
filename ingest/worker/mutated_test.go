package worker

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"duibiao/corpus"
	"duibiao/corpus/readertest"
	"duibiao/ingest"
	"duibiao/ingest/docx/docxtest"
	"duibiao/ingest/pdf"
	"duibiao/ingest/pdf/pdftest"
)

// How many damaged files TestMutatedFiles reads, and from what they are made:
//
//	go test ./ingest/worker -run TestMutatedFiles -v -mutants 1000
//	go test ./ingest/worker -run TestMutatedFiles -v -mutants 1000 -mutate FOLDER -seed 7 -artifacts
//
// With -artifacts, the mutants that fail are kept.
var (
	mutants    = flag.Int("mutants", 60, "how many damaged files to read")
	mutateSeed = flag.Uint64("seed", 1, "which damage to do")
	mutateDir  = flag.String("mutate", "", "damage the files of this folder, and not those that the test makes")
)

// readingEnv makes the test binary a child that reads files.
const readingEnv = "DUIBIAO_WORKER_TEST_READS"

func readingChild() *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"=1", readingEnv+"=1", "GORACE=atexit_sleep_ms=0")
	return cmd
}

// reading is the work of such a child.
func reading() Work {
	readers := &ingest.Readers{PDF: pdf.Options{CacheDir: filepath.Join(os.TempDir(), "duibiao-worker-test"), Killable: true}}
	return Work{Read: func(ctx context.Context, path string) (*corpus.Document, error) {
		return ingest.Read(ctx, readers, path, ingest.Limits{})
	}}
}

// whole are files of every kind, undamaged, by name.
func whole(t *testing.T) map[string][]byte {
	t.Helper()
	if *mutateDir != "" {
		return folder(t, *mutateDir)
	}
	title, paper := "关于2025年度法治政府建设情况的报告", []string{"溪桥县人民政府：", "一、主要举措", "（一）规范执法。全年开展检查12次，查出问题30件，均已办结。",
		"（二）化解纠纷。调解案件218件，成功率98.2%。", "二、存在问题", "培训覆盖面不够。", "溪桥县司法局", "2026年1月12日"}
	table := docxtest.Rows([]string{"序号", "任务"}, []string{"1", "制定清单"})
	rich := docxtest.Build(docxtest.Doc{
		Body: []docxtest.Block{docxtest.Para{Style: "Title", Text: title}, docxtest.H(1, "一、情况"), docxtest.Para{List: 1, Runs: []docxtest.Run{docxtest.Text("甲"), docxtest.Bold("乙"), docxtest.Hidden("丙"),
			docxtest.Inserted("丁"), docxtest.Deleted("戊"), docxtest.Field("DATE", "今日"), docxtest.Note(1), docxtest.Box("框")}}, table},
		Lists:  []docxtest.List{{Levels: []docxtest.Level{{Format: "chineseCounting", Text: "%1、"}}}},
		Header: "溪桥县司法局文件", Footer: "第#页", Footnotes: []string{"注"}, Comments: []string{"批注"},
	})
	sheet := pdftest.File{}
	page := sheet.Add()
	page.Text(pdftest.Song, 16, 100, 100, title)
	page.Table(pdftest.Song, 12, 100, 160, []float64{100, 200}, [][]string{{"序号", "任务"}, {"1", "制定清单"}})
	page.Note("批注")
	text := title + "\n" + strings.Join(paper, "\n")
	plain := docxtest.Paper(title, paper)
	return map[string][]byte{
		"报告.pdf": pdftest.Paper(title, paper), "表格.pdf": sheet.Bytes(),
		"报告.docx": plain, "丰富.docx": rich,
		"报告.txt": []byte(text), "双字节.txt": utf16File(text), "台账.csv": []byte("序号,任务\n1,制定清单\n"),
		"网页.html": []byte("<!doctype html><html><body><div>首页</div><h1>" + title + "</h1><p>" + strings.Join(paper, "</p><p>") + "</p></body></html>"),
		"报告.ofd":  ofdFile(paper),
		"报送.zip":  zipped("溪桥县/报告.docx", string(plain), "溪桥县/报告.txt", text, "附件.zip", string(zipped("台账.csv", "序号,任务\n1,制定清单\n"))),
	}
}

// ofdFile is an OFD file of one page with a line for each paragraph.
func ofdFile(paragraphs []string) []byte {
	const space = ` xmlns:ofd="http://www.ofdspec.org/2016"`
	var objects strings.Builder
	for i, s := range paragraphs {
		fmt.Fprintf(&objects, `<ofd:TextObject ID="%d" Boundary="20 %d 170 8" Font="2" Size="5"><ofd:TextCode X="0" Y="5" DeltaX="g %d 5">%s</ofd:TextCode></ofd:TextObject>`, 10+i, 30+10*i, len([]rune(s))-1, s)
	}
	return zipped(
		"OFD.xml", `<ofd:OFD`+space+` DocType="OFD" Version="1.0"><ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>`,
		"Doc_0/Document.xml", `<ofd:Document`+space+`><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>`,
		"Doc_0/PublicRes.xml", `<ofd:Res`+space+` BaseLoc="Res"><ofd:Fonts><ofd:Font ID="2" FontName="宋体"/></ofd:Fonts></ofd:Res>`,
		"Doc_0/Pages/Page_0/Content.xml", `<ofd:Page`+space+`><ofd:Content><ofd:Layer ID="3">`+objects.String()+`</ofd:Layer></ofd:Content></ofd:Page>`,
	)
}

// folder is the files of a folder, but for those too large to be damaged by the
// thousand.
func folder(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if info, err := e.Info(); err != nil || !info.Mode().IsRegular() || info.Size() > 4<<20 {
			continue
		}
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = b
	}
	return files
}

// TestMutatedFiles: whatever is done to a file, the run goes on and the file
// ends as text, or with a reason that a user can act on. No reader crashes, and
// none needs to be stopped.
func TestMutatedFiles(t *testing.T) {
	files := whole(t)
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	var others [][]byte
	for _, name := range names {
		others = append(others, files[name])
	}
	p := &Pool{Workers: runtime.GOMAXPROCS(0), Command: readingChild}
	defer p.Close()
	ends := tally{}
	work := make(chan int)
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range work {
				r := rand.New(rand.NewPCG(*mutateSeed, uint64(i)))
				name := names[i%len(names)]
				ends.add(readMutant(t, p, mutate(r, name, files[name], others), i))
			}
		})
	}
	for i := range *mutants {
		work <- i
	}
	close(work)
	wg.Wait()
	t.Log(ends.String())
}

// readMutant reads a mutant as a run does, and says how it ended.
func readMutant(t *testing.T, p *Pool, m mutant, i int) []string {
	dir := t.TempDir()
	in, unpacked := filepath.Join(dir, "in"), filepath.Join(dir, "unpacked")
	for _, d := range []string{in, unpacked} {
		if err := os.Mkdir(d, 0o700); err != nil {
			t.Error(err)
		}
	}
	if err := os.WriteFile(filepath.Join(in, m.name), m.b, 0o600); err != nil {
		t.Error(err)
	}
	listed, _, err := ingest.Walk(in, ingest.Options{Unpack: unpacked})
	if err != nil {
		t.Error(err)
	}
	var ends []string
	for _, f := range listed {
		var doc *corpus.Document
		err := f.Err
		if err == nil {
			doc, err = p.Read(t.Context(), f.Abs)
		}
		end, fault := endOf(doc, err)
		ends = append(ends, end)
		if fault != "" {
			t.Errorf("mutant %d of %s (%s), %s: %s", i, m.name, m.how, f.ID, fault)
			keep := filepath.Join(t.ArtifactDir(), fmt.Sprintf("%d-%s", i, m.name))
			if err := os.WriteFile(keep, m.b, 0o600); err != nil {
				t.Error(err)
			}
		}
	}
	return ends
}

// endOf is how the reading of a file ended, and what is wrong with that.
func endOf(doc *corpus.Document, err error) (end, fault string) {
	if err == nil {
		end = "text"
		if doc.Partial() {
			end = "partial"
		}
		return end, strings.Join(readertest.Faults(doc), "; ")
	}
	for _, s := range sentinels() {
		if errors.Is(err, s) {
			end = s.Error()
			break
		}
	}
	switch {
	case end == "":
		fault = fmt.Sprintf("ended without a reason: %v", err)
	case errors.Is(err, corpus.ErrCrashed), errors.Is(err, corpus.ErrTimeout), errors.Is(err, corpus.ErrMemory), errors.Is(err, fs.ErrNotExist):
		fault = err.Error()
	}
	return end, fault
}

// tally counts how files ended.
type tally struct {
	mu sync.Mutex
	n  map[string]int
}

func (t *tally) add(ends []string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.n == nil {
		t.n = map[string]int{}
	}
	for _, end := range ends {
		t.n[end]++
	}
}

func (t *tally) String() string {
	var out bytes.Buffer
	names := make([]string, 0, len(t.n))
	for name := range t.n {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Fprintf(&out, "%s %d, ", name, t.n[name])
	}
	return strings.TrimSuffix(out.String(), ", ")
}

// BenchmarkOneMoreFile is what a file costs beyond its own reading: a small
// text, read by a child that is running.
func BenchmarkOneMoreFile(b *testing.B) {
	path := filepath.Join(b.TempDir(), "a.txt")
	if err := os.WriteFile(path, []byte("全年开展检查12次。\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	p := &Pool{Command: readingChild}
	defer p.Close()
	for b.Loop() {
		if _, err := p.Read(b.Context(), path); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkFirstFile is that with the start of the child.
func BenchmarkFirstFile(b *testing.B) {
	path := filepath.Join(b.TempDir(), "a.txt")
	if err := os.WriteFile(path, []byte("全年开展检查12次。\n"), 0o600); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		p := &Pool{Command: readingChild}
		if _, err := p.Read(b.Context(), path); err != nil {
			b.Fatal(err)
		}
		if err := p.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
