package ingest

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"duibiao/corpus"
	"duibiao/corpus/readertest"
	"duibiao/ingest/docx/docxtest"
)

func write(t testing.TB, name string, b []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func zipOf(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(files[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func wordFile() []byte {
	return docxtest.Paper("关于情况的报告", []string{"一、情况", "全年立案九起。"})
}

func TestReadGoesByContent(t *testing.T) {
	const plain = "关于情况的报告\n一、情况\n全年立案九起。\n"
	tests := []struct {
		name    string
		b       []byte
		reader  string
		warning string
	}{
		{"a.docx", wordFile(), "docx/1", ""},
		{"a.DOCX", wordFile(), "docx/1", ""},
		{"a.txt", []byte(plain), "text/1", ""},
		{"a.md", []byte(plain), "text/1", ""},
		{"a", []byte(plain), "text/1", ""},
		{"a.2025年报告", []byte(plain), "text/1", ""},
		{"a.pdf", wordFile(), "docx/1", "文件名的后缀是“.pdf”，内容其实是Word 文档，已按Word 文档读取。"},
		{"a.doc", wordFile(), "docx/1", "文件名的后缀是“.doc”，内容其实是Word 文档，已按Word 文档读取。"},
		{"a.docx", []byte(plain), "text/1", "文件名的后缀是“.docx”，内容其实是文本，已按文本读取。"},
		{"a.zip", wordFile(), "docx/1", "文件名的后缀是“.zip”，内容其实是Word 文档，已按Word 文档读取。"},
	}
	var r Readers
	for _, tt := range tests {
		doc, err := Read(t.Context(), &r, write(t, tt.name, tt.b), Limits{})
		if err != nil {
			t.Errorf("Read(%s): %v", tt.name, err)
			continue
		}
		readertest.Check(t, doc)
		got := ""
		for _, w := range doc.Warnings {
			got += w.Message
		}
		if doc.Reader != tt.reader || got != tt.warning {
			t.Errorf("Read(%s): reader %s, warning %q, want %s, %q", tt.name, doc.Reader, got, tt.reader, tt.warning)
		}
	}
	if err := r.Close(); err != nil {
		t.Error(err)
	}
}

func TestRecogniseGoesByContent(t *testing.T) {
	tests := []struct{ name, content, want string }{
		{"a.docx", "%PDF-1.7\n", "PDF"},
		{"a.pdf", "\n\njunk %PDF-1.4\n", "PDF"},
		{"a.pdf", "\x00\x01", "PDF"}, // nothing to go by but the name
		{"a.doc", `{\rtf1}`, "RTF 文档"},
		{"a.doc", "<html><body>甲", "网页"},
		{"a.jpg", "RIFF\x00\x00\x00\x00WEBPVP8 ", "图片"},
		{"a.txt", "BM，一种做法", "文本"},
		{"a.docx", string(zipOf(t, "OFD.xml", "")), "OFD"},
		{"a.docx", string(zipOf(t, "word\\document.xml", "")), "Word 文档"},
		{"a.xlsx", string(zipOf(t, "x", "")), "压缩包"},
	}
	for _, tt := range tests {
		o, err := look(write(t, tt.name, []byte(tt.content)))
		if err != nil {
			t.Fatal(err)
		}
		if f := recognise(o, tt.name); f == nil || f.name != tt.want {
			t.Errorf("recognise(%s, %.20q) = %v, want %s", tt.name, tt.content, f, tt.want)
		}
	}
}

func TestReadErrors(t *testing.T) {
	ole := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 512)
	password := ole + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"
	rubbish := "\x00\x01\x02" + strings.Repeat("\x00\x03", 100)
	tests := []struct {
		name, content string
		want          error
	}{
		{"空.docx", "", corpus.ErrEmpty},
		{"空白.txt", " \n\n", corpus.ErrEmpty},
		{"有密码.docx", password, corpus.ErrEncrypted},
		{"旧.doc", ole, corpus.ErrUnsupported},
		{"旧.wps", ole, corpus.ErrUnsupported},
		{"坏.docx", "PK\x03\x04" + rubbish, corpus.ErrBroken},
		{"坏了.docx", rubbish, corpus.ErrBroken},
		{"坏.txt", rubbish, corpus.ErrBroken},
		{"坏.zip", "PK\x03\x04" + rubbish, corpus.ErrUnsupported},
		{"程序.exe", "MZ" + rubbish, corpus.ErrUnsupported},
		{"表.xlsx", string(zipOf(t, "[Content_Types].xml", "<x/>", "xl/workbook.xml", "<x/>")), corpus.ErrUnsupported},
		{"公文.ofd", string(zipOf(t, "OFD.xml", "<x/>")), corpus.ErrUnsupported},
		{"网页.html", "<!DOCTYPE html><p>甲", corpus.ErrUnsupported},
		{"富文本.rtf", `{\rtf1 a}`, corpus.ErrUnsupported},
		{"压缩.rar", "Rar!\x1a\x07\x00" + rubbish, corpus.ErrUnsupported},
		{"扫描.png", "\x89PNG\r\n\x1a\n" + rubbish, corpus.ErrNoText},
		{"扫描.jpg", "\xFF\xD8\xFF\xE0" + rubbish, corpus.ErrNoText},
		{"扫描.docx", "\xFF\xD8\xFF\xE0" + rubbish, corpus.ErrBroken},
		{"多.txt", strings.Repeat("字", 200), corpus.ErrTooLarge},
		{"大.txt", strings.Repeat("字", 2000), corpus.ErrTooLarge},
	}
	for _, tt := range tests {
		doc, err := Read(t.Context(), &Readers{}, write(t, tt.name, []byte(tt.content)), Limits{MaxBytes: 5000, MaxRunes: 100})
		if doc != nil || !errors.Is(err, tt.want) {
			t.Errorf("Read(%s) = %v, %v, want %v", tt.name, doc, err, tt.want)
		}
	}
	if _, err := Read(t.Context(), &Readers{}, filepath.Join(t.TempDir(), "none"), Limits{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("Read of no file: %v", err)
	}
	if _, err := Read(t.Context(), &Readers{}, t.TempDir(), Limits{}); !errors.Is(err, corpus.ErrUnsupported) {
		t.Errorf("Read of a folder: %v", err)
	}
	if err := named(&os.PathError{Op: "open", Path: "x", Err: syscall.EACCES}); !errors.Is(err, corpus.ErrPermission) {
		t.Errorf("named(EACCES) = %v", err)
	}
}

// A pipe is never opened: nobody would ever write to it.
func TestLimitsGrowTogether(t *testing.T) {
	for _, tt := range []struct {
		megabytes int64
		want      int
	}{{0, 3_000_000}, {1, 3_000_000}, {100, 3_000_000}, {1000, 30_000_000}} {
		if got := (Limits{MaxBytes: tt.megabytes << 20}).WithDefaults().MaxRunes; got != tt.want {
			t.Errorf("%d MB: %d runes, want %d", tt.megabytes, got, tt.want)
		}
	}
}

func TestReadDoesNotOpenDevices(t *testing.T) {
	if _, err := Read(t.Context(), &Readers{}, os.DevNull, Limits{}); !errors.Is(err, corpus.ErrUnsupported) {
		t.Errorf("Read(%s): %v, want ErrUnsupported", os.DevNull, err)
	}
}

func TestReadSurvivesAPanic(t *testing.T) {
	if _, err := Read(t.Context(), nil, write(t, "a.pdf", []byte("%PDF-1.7\n")), Limits{}); !errors.Is(err, corpus.ErrCrashed) {
		t.Errorf("Read with a reader that panics: %v, want ErrCrashed", err)
	}
}

func TestReadersCloseTwice(t *testing.T) {
	var r Readers
	if err := errors.Join(r.Close(), r.Close()); err != nil {
		t.Error(err)
	}
	if _, err := Read(t.Context(), &r, write(t, "a.pdf", []byte("%PDF-1.7\n")), Limits{}); err == nil {
		t.Error("Read after Close gave no error")
	}
}

// FuzzRead: no bytes under any name make Read panic or give a document that
// breaks the laws of documents.
func FuzzRead(f *testing.F) {
	f.Add(wordFile(), "a.docx")
	f.Add([]byte("一、情况\n全年。"), "a.txt")
	f.Add([]byte("序号,任务\n1,甲\n"), "a.csv")
	f.Add([]byte("\x89PNG\r\n\x1a\n"), "a")
	f.Fuzz(func(t *testing.T, b []byte, name string) {
		if bytes.Contains(b, []byte("%PDF-")) {
			return // ingest/pdf has its own
		}
		ext := ".txt"
		if strings.HasSuffix(name, ".docx") || strings.HasSuffix(name, ".csv") {
			ext = filepath.Ext(name)
		}
		doc, err := Read(t.Context(), &Readers{}, write(t, "a"+ext, b), Limits{})
		switch {
		case errors.Is(err, corpus.ErrCrashed):
			t.Error(err)
		case err == nil:
			readertest.Check(t, doc)
		}
	})
}
