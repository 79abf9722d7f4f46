package pdf

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duibiao/corpus"
	"duibiao/corpus/readertest"
	"duibiao/ingest/pdf/pdftest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// shared is one Reader for all tests, as a worker keeps one for all files.
var shared = sync.OnceValues(func() (*Reader, error) {
	return New(Options{CacheDir: filepath.Join(os.TempDir(), "duibiao-pdf-test")})
})

func readFile(t testing.TB, file []byte) (*corpus.Document, error) {
	t.Helper()
	r, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	return r.Read(t.Context(), save(t, file))
}

func save(t testing.TB, file []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func got(doc *corpus.Document) []paragraphWant {
	var out []paragraphWant
	for _, p := range doc.Paragraphs {
		text := doc.Text(p.Span)
		if p.Role == corpus.Row {
			var cells []string
			for _, c := range p.Cells {
				cells = append(cells, doc.Text(c))
			}
			text = strings.Join(cells, "\t")
		}
		out = append(out, paragraphWant{p.Page, p.Role, text})
	}
	return out
}

// inPageOrder puts the page numbers of a paper, listed last, behind the
// paragraphs of their pages.
func inPageOrder(want []paragraphWant) []paragraphWant {
	var out []paragraphWant
	last := 0
	for _, w := range want {
		last = max(last, w.page)
	}
	for page := 1; page <= last; page++ {
		for _, w := range want {
			if w.page == page {
				out = append(out, w)
			}
		}
	}
	return out
}

func TestRead(t *testing.T) {
	for _, f := range fixtures() {
		t.Run(f.name, func(t *testing.T) {
			doc, err := readFile(t, f.file)
			if err != nil {
				t.Fatal(err)
			}
			readertest.Check(t, doc)
			if diff := cmp.Diff(inPageOrder(f.want), got(doc), cmp.AllowUnexported(paragraphWant{})); diff != "" {
				t.Errorf("paragraphs (-want +got):\n%s", diff)
			}
			var unread []int
			for _, u := range doc.Unread {
				unread = append(unread, u.Page)
			}
			if diff := cmp.Diff(f.unread, unread); diff != "" {
				t.Errorf("unread pages (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadTwiceGivesTheSame(t *testing.T) {
	for _, f := range fixtures() {
		a, err := readFile(t, f.file)
		if err != nil {
			t.Fatal(err)
		}
		b, err := readFile(t, f.file)
		if err != nil {
			t.Fatal(err)
		}
		ja, _ := a.MarshalJSON()
		jb, _ := b.MarshalJSON()
		if string(ja) != string(jb) {
			t.Errorf("%s: two readings differ", f.name)
		}
	}
}

func TestReadErrors(t *testing.T) {
	strange := &pdftest.File{}
	strange.Add().Text(pdftest.Strange, 14, 72, 100, lawful)
	scan := &pdftest.File{}
	scan.Add().Picture(0, 0, pdftest.Width, pdftest.Height)
	scan.Pages[0].Text(pdftest.Song, 10, 290, 820, "1")
	locked := &pdftest.File{UserPassword: "mima"}
	locked.Add().Text(pdftest.Song, 14, 72, 100, lawful)
	blank := &pdftest.File{}
	blank.Add()
	tests := []struct {
		name string
		file []byte
		want error
	}{
		{"empty", nil, corpus.ErrEmpty},
		{"not a PDF", []byte("这不是PDF文件"), corpus.ErrBroken},
		{"cut off", pdftest.Paper("报告", []string{opening})[:400], corpus.ErrBroken},
		{"no pages", (&pdftest.File{}).Bytes(), corpus.ErrNoPages},
		{"password", locked.Bytes(), corpus.ErrEncrypted},
		{"scan", scan.Bytes(), corpus.ErrNoText},
		{"blank", blank.Bytes(), corpus.ErrNoText},
		{"no table of characters", strange.Bytes(), corpus.ErrGarbled},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := readFile(t, tt.file)
			if !errors.Is(err, tt.want) {
				t.Errorf("Read() = %v, %v; want %v", doc, err, tt.want)
			}
		})
	}
	t.Run("missing", func(t *testing.T) {
		r, err := shared()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.Read(t.Context(), filepath.Join(t.TempDir(), "none.pdf")); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("Read() = %v, want %v", err, os.ErrNotExist)
		}
	})
}

func TestLimits(t *testing.T) {
	file := paperFixture().file
	r, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range []Options{{MaxPages: 1}, {MaxRunes: 100}, {MaxBytes: 1000}} {
		limited := &Reader{engine: r.engine, limit: o.withDefaults()}
		if _, err := limited.Read(t.Context(), save(t, file)); !errors.Is(err, corpus.ErrTooLarge) {
			t.Errorf("Read() with %+v = %v, want %v", o, err, corpus.ErrTooLarge)
		}
	}
}

func TestReadAfterCancel(t *testing.T) {
	r, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	path := save(t, paperFixture().file)
	if _, err := r.Read(ctx, path); !errors.Is(err, corpus.ErrTimeout) {
		t.Errorf("Read() with a context that has ended = %v, want %v", err, corpus.ErrTimeout)
	}
	if _, err := r.Read(t.Context(), path); err != nil {
		t.Errorf("Read() after that = %v", err)
	}
}

func TestReadAfterFault(t *testing.T) {
	r, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	r.engine.drop()
	if _, err := r.Read(t.Context(), save(t, paperFixture().file)); err != nil {
		t.Errorf("Read() after PDFium was lost = %v", err)
	}
}

func TestWarnings(t *testing.T) {
	doc, err := readFile(t, hiddenFixture().file)
	if err != nil {
		t.Fatal(err)
	}
	want := []corpus.Warning{{Page: 1, Message: "第1页是图像，文字来自文件自带的识别层，可能有误"}}
	if diff := cmp.Diff(want, doc.Warnings); diff != "" {
		t.Errorf("Warnings (-want +got):\n%s", diff)
	}
	doc, err = readFile(t, scanPageFixture().file)
	if err != nil {
		t.Fatal(err)
	}
	want = []corpus.Warning{{Page: 2, Message: "第2页没有文字层，需OCR"}}
	if diff := cmp.Diff(want, doc.Unread); diff != "" {
		t.Errorf("Unread (-want +got):\n%s", diff)
	}
}

// TestQuality keeps the share of characters and paragraphs that are read
// right, per fixture, in a file that is read when it changes.
func TestQuality(t *testing.T) {
	var b strings.Builder
	b.WriteString("文件\t字符错误率\t整段读对\n")
	for _, f := range fixtures() {
		doc, err := readFile(t, f.file)
		if err != nil {
			t.Fatal(err)
		}
		want, have := inPageOrder(f.want), got(doc)
		right := 0
		in := map[paragraphWant]bool{}
		for _, p := range have {
			in[p] = true
		}
		for _, p := range want {
			if in[p] {
				right++
			}
		}
		wrong, n := distance(letters(want), letters(have)), len(letters(want))
		fmt.Fprintf(&b, "%s\t%.2f%%\t%d/%d\n", f.name, 100*float64(wrong)/float64(n), right, len(want))
	}
	path := filepath.Join("testdata", "quality.golden")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	golden, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(golden), b.String()); diff != "" {
		t.Errorf("%s (-golden +now):\n%s", path, diff)
	}
}

func letters(ps []paragraphWant) []rune {
	var out []rune
	for _, p := range ps {
		for _, r := range p.text {
			if r > ' ' && r != 0x3000 {
				out = append(out, r)
			}
		}
	}
	return out
}

// distance is the least number of characters to insert, delete or replace.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}

// FuzzRead: whatever the bytes, Read gives text that keeps the laws of
// documents, or an error.
func FuzzRead(f *testing.F) {
	small := &pdftest.File{}
	p := small.Add()
	p.Text(pdftest.Song, 14, 72, 100, "一页")
	p.Table(pdftest.Song, 12, 72, 200, []float64{50, 50}, [][]string{{"甲", "乙"}, {"丙", "丁"}})
	p.Note("批注")
	p.Field("表单")
	p.Outlines(10, 72, 300, 9)
	f.Add(small.Bytes())
	f.Add(small.Bytes()[:300])
	f.Add([]byte("%PDF-1.4"))
	for _, x := range fixtures() {
		f.Add(x.file)
	}
	for i, x := range fixtures() { // mutants, the same every time
		bad := bytes.Clone(x.file)
		for k := 1; k < 40; k++ {
			at := (i*7919 + k*k*k*104729) % len(bad)
			bad[at] ^= byte(1 << (k % 8))
		}
		f.Add(bad)
		f.Add(bytes.Replace(x.file, []byte("/Kids ["), []byte("/Kids [1 0 R "), 1))
	}
	f.Fuzz(func(t *testing.T, file []byte) {
		doc, err := readFile(t, file)
		if err != nil {
			return
		}
		if doc.Len() == 0 {
			t.Error("a document without text and without an error")
		}
		readertest.Check(t, doc)
	})
}
