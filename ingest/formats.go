package ingest

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"duibiao/corpus"
	"duibiao/ingest/capped"
	"duibiao/ingest/text"
)

// format is one kind of file: how to know it, and how to read it.
type format struct {
	name string             // as a reviewer calls it
	exts []string           // the endings its files rightly have, lower case
	is   func(*opened) bool // by content
	read func(ctx context.Context, r *Readers, path string, lim Limits) (*corpus.Document, error)
}

// formats is every format this program knows, in the order in which a file's
// content is tried. To read a new one, add a sub-package and a line here.
func formats() []format {
	return []format{
		{"PDF", exts("pdf"), hasPDFMark, readPDF},
		{"Word 文档", exts("docx docm dotx dotm"), holds("word/"), readDOCX},
		{"Excel 表格", exts("xlsx xlsm xltx"), holds("xl/"), readXLSX},
		{"演示文稿", exts("pptx pptm ppsx"), holds("ppt/"), unsupported},
		{"OFD", exts("ofd"), holds("OFD.xml"), readOFD},
		{"ODF 文档", exts("odt ods odp"), holds("content.xml"), readODF},
		{"压缩包", exts("zip"), begins("PK\x03\x04", "PK\x05\x06"), readPackage},
		{"旧版 Office 或 WPS 文档", exts("doc dot wps wpt xls xlt et ett ppt pps dps"), begins("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), readCompound}, // with a password docx and xlsx are this too
		{"压缩包", exts("rar 7z gz tar bz2 xz"), begins("Rar!", "7z\xBC\xAF\x27\x1C", "\x1F\x8B", "BZh", "\xFD7zXZ"), notZip},
		{"RTF 文档", exts("rtf doc"), begins(`{\rtf`), readRTF},
		{"图片", exts("png jpg jpeg gif bmp tif tiff webp heic"), isImage, readPicture},
		{"Word XML 文档", exts("xml doc"), isWordXML, readWordXML},
		{"网页", exts("html htm xhtml mht mhtml"), isMarkup, readHTML},
		{"XML 文件", exts("xml"), begins("<?xml", "\xef\xbb\xbf<?xml"), unsupported},
		{"文本", exts("txt text md markdown csv tsv log"), isText, readText},
	}
}

func exts(list string) []string { return strings.Fields(list) }

// opened is what is looked at to know a file's format.
type opened struct {
	head  []byte   // its first bytes
	parts []string // the names in it, when it is a zip package
}

const headBytes = 8 << 10

// look opens the file at path for long enough to know its format.
func look(path string) (*opened, error) {
	f, size, err := capped.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	o := &opened{head: make([]byte, headBytes)}
	n, err := io.ReadFull(f, o.head)
	if err != nil && n == 0 {
		return nil, err
	}
	o.head = o.head[:n]
	if bytes.HasPrefix(o.head, []byte("PK")) {
		if z, err := zip.NewReader(f, size); err == nil {
			for _, part := range z.File {
				o.parts = append(o.parts, strings.ReplaceAll(part.Name, "\\", "/"))
			}
		}
	}
	return o, nil
}

// recognise is the format of a file by its content; where that says nothing,
// by its name. nil when neither does.
func recognise(o *opened, path string) *format {
	for _, f := range formats() {
		if f.is(o) {
			return &f
		}
	}
	return byName(path)
}

func byName(path string) *format {
	for _, f := range formats() {
		if slices.Contains(f.exts, extension(path)) {
			return &f
		}
	}
	return nil
}

func extension(path string) string {
	return strings.ToLower(strings.TrimPrefix(filepath.Ext(path), "."))
}

func begins(marks ...string) func(*opened) bool {
	return func(o *opened) bool {
		for _, m := range marks {
			if bytes.HasPrefix(o.head, []byte(m)) {
				return true
			}
		}
		return false
	}
}

// holds is true of a zip package with a part of that name, or below it.
func holds(part string) func(*opened) bool {
	return func(o *opened) bool {
		return slices.ContainsFunc(o.parts, func(name string) bool {
			return name == part || strings.HasSuffix(part, "/") && strings.HasPrefix(name, part) && !strings.HasSuffix(name, "/")
		})
	}
}

// hasPDFMark allows the mark of a PDF some way in, as its readers do.
func hasPDFMark(o *opened) bool {
	return bytes.Contains(o.head[:min(len(o.head), 1024)], []byte("%PDF-"))
}

func isImage(o *opened) bool {
	if len(o.head) >= 12 && (bytes.HasPrefix(o.head, []byte("RIFF")) && string(o.head[8:12]) == "WEBP" || string(o.head[4:8]) == "ftyp") {
		return true
	}
	return begins("\x89PNG", "\xFF\xD8\xFF", "GIF8", "BM", "II*\x00", "MM\x00*")(o) && !isText(o)
}

// isMarkup reports whether a file is a web page, or one saved as a mail.
func isMarkup(o *opened) bool {
	head := opening(o)
	if strings.HasPrefix(head, "mime-version:") || strings.HasPrefix(head, "from: <saved by") {
		return strings.Contains(head, "text/html")
	}
	if strings.HasPrefix(head, "<?xml") {
		return strings.Contains(head, "<html")
	}
	tag, found := strings.CutPrefix(head, "<")
	if !found {
		return false
	}
	tag = tag[:max(0, strings.IndexAny(tag, " \t\r\n/>"))]
	switch tag {
	case "!doctype":
		return strings.HasPrefix(head, "<!doctype html")
	case "html", "head", "meta", "title", "body", "div", "p", "table", "span", "section", "article", "center", "font", "style", "script", "link", "base", "h1", "h2", "h3", "!--":
		return true
	}
	return false
}

// isWordXML reports whether a file is a document of Word in a single XML file.
func isWordXML(o *opened) bool {
	head := opening(o)
	return strings.HasPrefix(head, "<?xml") && (strings.Contains(head, `progid="word.document"`) ||
		strings.Contains(head, "schemas.microsoft.com/office/word/2003/wordml"))
}

// opening is the beginning of a text in small letters, without white space
// before it; "" of what is no text.
func opening(o *opened) string {
	head, _, err := text.Decode(o.head)
	if err != nil {
		head = string(o.head)
	}
	return strings.ToLower(strings.TrimLeft(head, "\ufeff \t\r\n"))
}

func isText(o *opened) bool {
	_, _, err := text.Decode(o.head)
	return err == nil
}
