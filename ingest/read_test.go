package ingest

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"duibiao/corpus"
	"duibiao/corpus/readertest"
	"duibiao/ingest/docx/docxtest"
	"duibiao/ingest/layout"
	"duibiao/ingest/office"
	"duibiao/ingest/office/officetest"
	"duibiao/ingest/xlsx"

	"github.com/google/go-cmp/cmp"
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

// workbook is a workbook of one row.
func workbook(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := xlsx.Write(&b, xlsx.Book{Sheets: []xlsx.Sheet{{Name: "台账", Columns: []xlsx.Column{{Title: "任务", Width: 9}}, Rows: [][]xlsx.Value{{xlsx.Text("制定方案")}}}}}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// ofdFile is an OFD file of one line.
func ofdFile(t testing.TB) []byte {
	return zipOf(t,
		"OFD.xml", "<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>",
		"D.xml", `<Document><CommonData><PageArea><PhysicalBox>0 0 210 297</PhysicalBox></PageArea></CommonData><Pages><Page ID="1" BaseLoc="P.xml"/></Pages></Document>`,
		"P.xml", `<Page><Content><Layer><TextObject Boundary="30 40 150 8" Size="5"><TextCode X="0" Y="5">全年立案九起。</TextCode></TextObject></Layer></Content></Page>`)
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
		{"a.html", []byte("<!DOCTYPE html><title>报告</title><p>" + plain), "html/1", ""},
		{"a.doc", []byte("<html><body><p>" + plain), "html/1", "文件名的后缀是“.doc”，内容其实是网页，已按网页读取。"},
		{"a.csv", []byte("序号,任务\n1,甲\n"), "text/1", ""},
		{"a.xlsx", workbook(t), "xlsx/1", ""},
		{"a.et", workbook(t), "xlsx/1", "文件名的后缀是“.et”，内容其实是Excel 表格，已按Excel 表格读取。"},
		{"a.ofd", ofdFile(t), "ofd/1", ""},
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
		{"a.html", "\n<META charset=utf-8>\n<p>甲", "网页"},
		{"a.htm", "\xff\xfe<\x00p\x00>\x00\x32\x75", "网页"},
		{"a.mht", "MIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>甲", "网页"},
		{"a.eml", "MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\n甲", "文本"},
		{"a.txt", "<某某局>关于情况的报告", "文本"},
		{"a.xml", "<?xml version=\"1.0\"?><html><p>甲", "网页"},
		{"a.xml", "<?xml version=\"1.0\"?><list/>", "XML 文件"},
		{"a.doc", "<?xml version=\"1.0\"?>\n<?mso-application progid=\"Word.Document\"?>", "Word XML 文档"},
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
	compound := func(streams ...officetest.Stream) string { return string(officetest.Compound(streams...)) }
	rubbish := "\x00\x01\x02" + strings.Repeat("\x00\x03", 100)
	tests := []struct {
		name, content string
		want          error
	}{
		{"空.docx", "", corpus.ErrEmpty},
		{"空白.txt", " \n\n", corpus.ErrEmpty},
		{"有密码.docx", compound(officetest.Stream{Name: "EncryptedPackage"}), corpus.ErrEncrypted},
		{"有密码.doc", compound(officetest.Stream{Name: "WordDocument", Beginning: strings.Repeat("\x01", 20)}), corpus.ErrEncrypted},
		{"演示.dps", compound(officetest.Stream{Name: "PowerPoint Document"}), corpus.ErrUnsupported},
		{"旧.wps", compound(officetest.Stream{Name: "Contents"}), corpus.ErrUnsupported},
		{"坏.doc", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + rubbish, corpus.ErrBroken},
		{"坏.docx", "PK\x03\x04" + rubbish, corpus.ErrBroken},
		{"坏了.docx", rubbish, corpus.ErrBroken},
		{"坏.txt", rubbish, corpus.ErrBroken},
		{"坏.zip", "PK\x03\x04" + rubbish, corpus.ErrUnsupported},
		{"程序.exe", "MZ" + rubbish, corpus.ErrUnsupported},
		{"表.xlsx", string(zipOf(t, "[Content_Types].xml", "<x/>", "xl/workbook.xml", "<x/>")), corpus.ErrBroken},
		{"公文.ofd", string(zipOf(t, "OFD.xml", "<x/>")), corpus.ErrBroken},
		{"网页.html", "<!DOCTYPE html><script>x</script>", corpus.ErrEmpty},
		{"数据.xml", "<?xml version=\"1.0\"?><list/>", corpus.ErrUnsupported},
		{"讲稿.odp", string(zipOf(t, "mimetype", "application/vnd.oasis.opendocument.presentation", "content.xml", "<x/>")), corpus.ErrUnsupported},
		{"压缩.rar", "Rar!\x1a\x07\x00" + rubbish, corpus.ErrNotZip},
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

// listed reads b under a name: its paragraphs with their roles.
func listed(t *testing.T, r *Readers, name string, b []byte) (doc *corpus.Document, paragraphs []string) {
	t.Helper()
	doc, err := Read(t.Context(), r, write(t, name, b), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	readertest.Check(t, doc)
	for _, p := range doc.Paragraphs {
		paragraphs = append(paragraphs, fmt.Sprint(p.Role, p.Level, " ", doc.Text(p.Span)))
	}
	return doc, paragraphs
}

// converted is b in another format, made by LibreOffice.
func converted(t *testing.T, b []byte, from, to string) (made []byte) {
	t.Helper()
	err := office.Convert(t.Context(), write(t, "a."+from, b), from, to, 0, func(path string) (err error) {
		made, err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return made
}

// The formats that LibreOffice reads for us keep what the author wrote, with
// automatic numbers, headings and tables. It needs LibreOffice on the machine.
func TestReadByLibreOffice(t *testing.T) {
	numbered := docxtest.Build(docxtest.Doc{
		Lists: []docxtest.List{{Levels: []docxtest.Level{{Format: "chineseCounting", Text: "%1、", Suffix: "nothing"}, {Format: "chineseCounting", Text: "（%2）", Suffix: "nothing"}}}},
		Body: []docxtest.Block{docxtest.Para{Style: "Heading1", List: 1, Text: "总体情况"}, docxtest.Para{List: 1, Level: 1, Text: "健全制度"},
			docxtest.Para{Text: "全年立案九起。", Runs: []docxtest.Run{docxtest.Note(1)}}, docxtest.Rows([]string{"任务", "时限"}, []string{"制定方案", "三月"})},
		Footnotes: []string{"不含移送案件。"},
	})
	paper := []string{"标题1 一、总体情况", "正文0 （一）健全制度", "正文0 全年立案九起。", "表格0 任务\t时限", "表格0 制定方案\t三月", "正文0 不含移送案件。"}
	tests := []struct {
		name   string
		b      func(t *testing.T) []byte
		reader string
		want   []string
	}{
		{"a.wps", func(t *testing.T) []byte { return converted(t, numbered, "docx", "doc") }, "office/1+docx/1", paper},
		{"a.et", func(t *testing.T) []byte { return converted(t, workbook(t), "xlsx", "xls") }, "office/1+xlsx/1", []string{"标题1 台账", "表格0 任务", "表格0 制定方案"}},
		{"a.rtf", func(*testing.T) []byte {
			return []byte(`{\rtf1\ansi\ansicpg936 \u20840?\u24180?\u31435?\u26696?\par \'be\'c5\'c6\'f0\par}`)
		}, "office/1+docx/1", []string{"正文0 全年立案", "正文0 九起"}},
		{"a.odt", func(t *testing.T) []byte {
			return zipOf(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", `<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:text><text:p>全年立案九起。</text:p></office:text></office:body></office:document-content>`,
				"META-INF/manifest.xml", `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>`)
		}, "office/1+docx/1", []string{"正文0 全年立案九起。"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			doc, got := listed(t, &Readers{}, tt.name, tt.b(t))
			if diff := cmp.Diff(tt.want, got); diff != "" || doc.Reader != tt.reader {
				t.Errorf("by %s (-want +got):\n%s", doc.Reader, diff)
			}
		})
	}
}

// Pictures are read by the recogniser that Readers is given, those of Word files
// too.
func TestReadOfPictures(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 210, 297))); err != nil {
		t.Fatal(err)
	}
	word := docxtest.Build(docxtest.Doc{Body: []docxtest.Block{docxtest.Para{Runs: []docxtest.Run{docxtest.Picture(1, 15, 21)}}}, Pictures: [][]byte{b.Bytes()}})
	r := &Readers{Recognise: func(context.Context, image.Image, float64) ([]layout.Line, error) {
		return []layout.Line{{Text: "全年立案九起。", Box: corpus.Box{Left: 70, Top: 90, Right: 180, Bottom: 106}, By: "试验 1", Confidence: 0.9}}, nil
	}}
	for _, tt := range []struct {
		name  string
		b     []byte
		pages int
	}{{"扫描.png", b.Bytes(), 1}, {"扫描.docx", word, 0}, {"扫描.doc", converted(t, word, "docx", "doc"), 0}} {
		doc, got := listed(t, r, tt.name, tt.b)
		if !cmp.Equal(got, []string{"正文0 全年立案九起。"}) || !doc.OCR() || doc.Pages != tt.pages {
			t.Errorf("%s: paragraphs %q, OCR %v, %d pages", tt.name, got, doc.OCR(), doc.Pages)
		}
		if _, err := Read(t.Context(), &Readers{}, write(t, tt.name, tt.b), Limits{}); !errors.Is(err, corpus.ErrNoText) {
			t.Errorf("%s without a recogniser: %v, want ErrNoText", tt.name, err)
		}
	}
}

// FuzzRead: no bytes under any name make Read panic or give a document that
// breaks the laws of documents.
func FuzzRead(f *testing.F) {
	f.Add(wordFile(), "a.docx")
	f.Add([]byte("一、情况\n全年。"), "a.txt")
	f.Add([]byte("序号,任务\n1,甲\n"), "a.csv")
	f.Add([]byte("\x89PNG\r\n\x1a\n"), "a")
	f.Add(workbook(f), "a.xlsx")
	f.Add(ofdFile(f), "a.ofd")
	f.Add([]byte("<table><tr><td>甲"), "a.html")
	f.Fuzz(func(t *testing.T, b []byte, name string) {
		for _, mark := range []string{"%PDF-", `{\rtf`, "\xD0\xCF\x11\xE0", "Word.Document", "content.xml"} {
			if bytes.Contains(b, []byte(mark)) {
				return // ingest/pdf has its own; LibreOffice is not ours to try
			}
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
