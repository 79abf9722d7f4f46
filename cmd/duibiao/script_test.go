package main

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/rogpeppe/go-internal/testscript"

	"duibiao/corpus/store"
	"duibiao/ingest/docx/docxtest"
	"duibiao/ingest/pdf/pdftest"
	"duibiao/ingest/xlsx"
	"duibiao/ingest/xlsx/xlsxtest"
)

// TestMain lets the test binary be the program: in the stories under its name,
// and as the worker process that reads files.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == workerName || os.Getenv(asProgramVariable) != "" {
		main()
	}
	testscript.Main(m, map[string]func(){"duibiao": main})
}

// TestScripts runs the stories in testdata/script: whole commands on whole
// folders, as a user meets them.
func TestScripts(t *testing.T) {
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	sample, err := filepath.Abs(filepath.Join("..", "..", "corpus", "sample"))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Setup: func(env *testscript.Env) error {
			env.Setenv("XDG_CACHE_HOME", cache) // dictionaries and PDFium are unpacked once for all stories
			own, _, _ := strings.Cut(env.Getenv("PATH"), string(os.PathListSeparator))
			env.Setenv("PATH", own) // no OCR, no LibreOffice: the stories end alike on every machine
			return os.CopyFS(filepath.Join(env.WorkDir, "sample"), os.DirFS(sample))
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"make":    makeFile,
			"hold":    hold,
			"hasjson": hasJSON,
			"fill":    fill,
		},
	})
}

// fill writes into a workbook: fill FILE SHEET ROW COLUMN VALUE. ROW is a text
// that stands in the row.
func fill(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 5 {
		ts.Fatalf("usage: fill FILE SHEET ROW COLUMN VALUE")
	}
	ts.Check(xlsxtest.Fill(ts.MkAbs(args[0]), args[1], args[2], args[3], args[4]))
}

// makeFile makes a file that a story cannot hold as text: make KIND FILE [TEXT].
func makeFile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: make KIND FILE [TEXT]")
	}
	said := strings.Join(args[2:], " ")
	path := ts.MkAbs(args[1])
	ts.Check(os.MkdirAll(filepath.Dir(path), 0o777))
	if args[0] == "huge" {
		ts.Check(os.WriteFile(path, []byte("%PDF-1.7\n"), 0o666))
		ts.Check(os.Truncate(path, 101<<20))
		return
	}
	ts.Check(os.WriteFile(path, made(ts, args[0], said), 0o666))
}

func made(ts *testscript.TestScript, kind, said string) []byte {
	switch kind {
	case "xlsx":
		var b bytes.Buffer
		ts.Check(xlsx.Write(&b, xlsx.Book{Sheets: []xlsx.Sheet{{Name: "表", Columns: []xlsx.Column{{Title: said, Width: 20}}, Rows: [][]xlsx.Value{{xlsx.Text(said)}}}}}))
		return b.Bytes()
	case "empty":
		return nil
	case "docx":
		return docxtest.Paper("关于法治建设情况的报告", []string{said})
	case "truncated-docx":
		whole := docxtest.Paper("关于法治建设情况的报告", []string{said})
		return whole[:len(whole)/2]
	case "protected-docx":
		return append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), append(make([]byte, 1024), utf16le("EncryptedPackage")...)...)
	case "pdf":
		return pdftest.Paper("关于法治建设情况的报告", []string{said})
	case "encrypted-pdf":
		f := pdftest.File{UserPassword: "mima"}
		f.Add().Text(pdftest.Song, 16, 100, 100, said)
		return f.Bytes()
	case "no-page-pdf":
		return (&pdftest.File{}).Bytes()
	case "blank-pdf":
		f := pdftest.File{}
		f.Add()
		return f.Bytes()
	case "broken-pdf":
		return []byte("%PDF-1.7\n1 0 obj\n<< /Type /Catalog")
	case "zip":
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for _, name := range []string{"报告.txt", "附件.txt"} {
			w, err := z.Create(name)
			ts.Check(err)
			_, err = w.Write([]byte(said))
			ts.Check(err)
		}
		ts.Check(z.Close())
		return b.Bytes()
	case "png":
		return []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
	case "utf16":
		return append([]byte{0xFF, 0xFE}, utf16le(said)...)
	}
	ts.Fatalf("make: no kind %q", kind)
	return nil
}

func utf16le(s string) []byte {
	var b bytes.Buffer
	for _, u := range utf16.Encode([]rune(s)) {
		b.Write(binary.LittleEndian.AppendUint16(nil, u))
	}
	return b.Bytes()
}

// hold keeps a data folder open for the rest of the story, as another duibiao
// would: hold FOLDER.
func hold(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: hold FOLDER")
	}
	st, err := store.Open(ts.MkAbs(args[0]))
	ts.Check(err)
	ts.Defer(func() { ts.Check(st.Close()) })
}

// hasJSON wants the last standard output to be one JSON value with the given
// top-level keys: hasjson KEY...
func hasJSON(ts *testscript.TestScript, neg bool, args []string) {
	var top map[string]json.RawMessage
	if err := json.Unmarshal([]byte(ts.ReadFile("stdout")), &top); err != nil {
		ts.Fatalf("stdout is not a JSON object: %v", err)
	}
	for _, key := range args {
		if _, ok := top[key]; ok == neg {
			ts.Fatalf("key %s: present %v", key, ok)
		}
	}
}
