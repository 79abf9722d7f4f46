package office

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"duibiao/corpus"
	"duibiao/corpus/readertest"
	"duibiao/ingest/docx/docxtest"

	"github.com/google/go-cmp/cmp"
)

// TestConvert makes a Word file of the older format and reads it in both ways.
// It needs LibreOffice and antiword on the machine.
func TestConvert(t *testing.T) {
	long := strings.Repeat("全年共办理案件三十五件，均已办结。", 100) // antiword reads no short paper
	paper := docxtest.Build(docxtest.Doc{Body: []docxtest.Block{
		docxtest.H(1, "一、总体情况"), docxtest.P(long), docxtest.H(2, "（一）制度"),
		docxtest.Rows([]string{"任务", "时限"}, []string{"制定方案", "三月"}), docxtest.P("以上报告，请审阅。"),
	}})
	from := write(t, "-怪 名.docx", paper)
	var doc []byte
	if err := Convert(t.Context(), from, "docx", "doc", 0, func(path string) (err error) {
		doc, err = os.ReadFile(path)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	beside, err := os.ReadDir(filepath.Dir(from))
	if err != nil || len(beside) != 1 {
		t.Errorf("beside the file: %v, %v", beside, err)
	}
	old := write(t, "a.doc", doc)
	if kind, err := KindOf(old); kind != Word || err != nil {
		t.Errorf("KindOf = %q, %v", kind, err)
	}
	read, err := ReadWord(t.Context(), old, 0)
	if err != nil {
		t.Fatal(err)
	}
	readertest.Check(t, read)
	var got []string
	for _, p := range read.Paragraphs {
		got = append(got, fmt.Sprint(p.Role, p.Level, " ", read.Text(p.Span)))
	}
	want := []string{"标题1 一、总体情况", "正文0 " + long, "标题2 （一）制度", "表格0 任务\t时限", "表格0 制定方案\t三月", "正文0 以上报告，请审阅。"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("by antiword (-want +got):\n%s", diff)
	}
	if len(read.Warnings) != 1 || !strings.Contains(read.Warnings[0].Message, "自动编号没有读出") {
		t.Errorf("warnings %v", read.Warnings)
	}
}

func TestConvertErrors(t *testing.T) {
	never := func(string) error { t.Error("read was called"); return nil }
	if err := Convert(t.Context(), write(t, "a.doc", []byte("x")), "doc", "docx", time.Millisecond, never); !errors.Is(err, corpus.ErrTimeout) {
		t.Errorf("Convert without time: %v, want ErrTimeout", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Convert(ended, write(t, "a.doc", []byte("x")), "doc", "docx", 0, never); !errors.Is(err, context.Canceled) {
		t.Errorf("Convert after the end of ctx: %v", err)
	}
	if err := Convert(t.Context(), filepath.Join(t.TempDir(), "none"), "doc", "docx", 0, never); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("Convert of no file: %v", err)
	}
	if err := made(filepath.Join(t.TempDir(), "none"), []byte("no filter\xff")); !errors.Is(err, corpus.ErrBroken) || !strings.Contains(err.Error(), "no filter") {
		t.Errorf("made of no file: %v, want ErrBroken with what it said", err)
	}
}

func TestReadWordErrors(t *testing.T) {
	if _, err := ReadWord(t.Context(), write(t, "a.doc", bytes.Repeat([]byte("text "), 2000)), 0); !errors.Is(err, corpus.ErrBroken) {
		t.Errorf("ReadWord of a text: %v, want ErrBroken", err)
	}
	if _, err := ReadWord(t.Context(), filepath.Join(t.TempDir(), "none"), 0); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("ReadWord of no file: %v", err)
	}
}

func TestWithoutPrograms(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	for _, c := range programs() {
		if path := c.find(); path != "" && !filepath.IsAbs(path) {
			t.Errorf("%s is at %q", c.name, path)
		}
	}
	path := write(t, "a.doc", []byte("x"))
	if _, err := ReadWord(t.Context(), path, 0); !errors.Is(err, corpus.ErrNoProgram) {
		t.Errorf("ReadWord without antiword: %v, want ErrNoProgram", err)
	}
}

func TestFound(t *testing.T) {
	dir := t.TempDir()
	for name, says := range map[string]string{"soffice": "echo LibreOffice 1.2.3 abc", "antiword": "echo 'Name: antiword'; echo '	Version: 0.1  (today)'; exit 1"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+says+"\n"), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir+string(filepath.ListSeparator)+os.Getenv("PATH"))
	want := []Program{{"LibreOffice", filepath.Join(dir, "soffice"), "1.2.3 abc"}, {"antiword", filepath.Join(dir, "antiword"), "0.1  (today)"}}
	if diff := cmp.Diff(want, Found(t.Context())); diff != "" {
		t.Errorf("Found (-want +got):\n%s", diff)
	}
}

// What a program started dies with it.
func TestRunKillsWhatWasStarted(t *testing.T) {
	pid := filepath.Join(t.TempDir(), "pid")
	_, _, err := run(t.Context(), 300*time.Millisecond, "/bin/sh", "-c", "sleep 60 & echo $! >"+pid+"; wait")
	if !errors.Is(err, corpus.ErrTimeout) {
		t.Fatalf("run: %v, want ErrTimeout", err)
	}
	b, err := os.ReadFile(pid)
	if err != nil {
		t.Fatal(err)
	}
	stat := "/proc/" + strings.TrimSpace(string(b)) + "/stat"
	for range 250 { // the kernel takes its time
		state, err := os.ReadFile(stat)
		if err != nil || strings.Contains(string(state), ") Z ") {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Error("the child's child lives")
}

func TestRunKeepsOutputInBounds(t *testing.T) {
	if _, _, err := run(t.Context(), time.Minute, "/bin/sh", "-c", "head -c 70000000 /dev/zero"); !errors.Is(err, corpus.ErrTooLarge) {
		t.Errorf("run: %v, want ErrTooLarge", err)
	}
}

func TestDocBook(t *testing.T) {
	doc, err := docBook([]byte("<book><bookinfo><title>属性</title></bookinfo><chapter><title/><para>\n第一行\x01\n第二行\n</para><sect1><title>小标题</title>" +
		"<orderedlist><listitem><para>甲</para></listitem></orderedlist><para>----</para></sect1></chapter></book>"))
	if err != nil {
		t.Fatal(err)
	}
	readertest.Check(t, doc)
	if want := "第一行 第二行\n小标题\n甲\n"; doc.String() != want {
		t.Errorf("text %q, want %q", doc, want)
	}
	if _, err := docBook([]byte("<book><para> </para></book>")); !errors.Is(err, corpus.ErrEmpty) {
		t.Errorf("no text: %v, want ErrEmpty", err)
	}
}

// FuzzDocBook: whatever antiword writes, the document keeps the laws of
// documents.
func FuzzDocBook(f *testing.F) {
	f.Add([]byte("<book><chapter><title>甲</title><para>乙<row><entry>丙</entry></row></para>"))
	f.Add([]byte("</chapter></sect1><title>a</title>&#1;&x;"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if doc, err := docBook(b); err == nil {
			readertest.Check(t, doc)
		}
	})
}
