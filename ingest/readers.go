package ingest

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"strings"
	"sync"

	"duibiao/corpus"
	"duibiao/ingest/capped"
	"duibiao/ingest/docx"
	"duibiao/ingest/html"
	"duibiao/ingest/layout"
	"duibiao/ingest/ofd"
	"duibiao/ingest/office"
	"duibiao/ingest/pdf"
	"duibiao/ingest/picture"
	"duibiao/ingest/text"
	"duibiao/ingest/xlsx"
)

// Readers holds what is costly to make and is used for many files, made when
// first needed: the PDF engine. The zero Readers is ready to use, by several
// goroutines; Close it at the end.
type Readers struct {
	PDF pdf.Options // for the PDF engine, read when the first PDF comes
	// Recognise finds the lines of text in a picture of dpi dots per inch, with
	// their boxes in points from the picture's left and upper edges. nil leaves
	// pages that are pictures unread.
	Recognise func(ctx context.Context, page image.Image, dpi float64) ([]layout.Line, error)

	once   sync.Once
	engine *pdf.Reader
	err    error
}

func readPDF(ctx context.Context, r *Readers, path string, lim Limits) (*corpus.Document, error) {
	engine, err := r.pdf(lim)
	if err != nil {
		return nil, fmt.Errorf("read %s as pdf: %w", path, err)
	}
	return engine.Read(ctx, path)
}

// pdf is the PDF engine, made when first asked for.
func (r *Readers) pdf(lim Limits) (*pdf.Reader, error) {
	r.once.Do(func() {
		o := r.PDF
		o.Recognise = r.Recognise
		o.MaxBytes, o.MaxPages, o.MaxRunes = lim.MaxBytes, lim.MaxPages, lim.MaxRunes
		r.engine, r.err = pdf.New(o)
	})
	return r.engine, r.err
}

// Close frees the engines. Reading after it starts none again.
func (r *Readers) Close() error {
	r.once.Do(func() { r.err = fmt.Errorf("the readers are closed") })
	if r.engine == nil {
		return nil
	}
	return r.engine.Close()
}

func readDOCX(ctx context.Context, r *Readers, path string, lim Limits) (*corpus.Document, error) {
	return docx.Read(ctx, path, docx.Limits{Parts: lim.parts(), Pages: lim.MaxPages}, r.Recognise)
}

func (l Limits) parts() capped.Parts {
	return capped.Parts{PartBytes: l.PartBytes, AllBytes: l.PartsBytes, Ratio: l.Expansion, Depth: l.Nesting}
}

func readXLSX(_ context.Context, _ *Readers, path string, lim Limits) (*corpus.Document, error) {
	return xlsx.Read(path, xlsx.Limits{AllBytes: lim.PartsBytes})
}

func readOFD(ctx context.Context, r *Readers, path string, lim Limits) (*corpus.Document, error) {
	return ofd.Read(ctx, path, ofd.Limits{Parts: lim.parts(), Pages: lim.MaxPages, Runes: lim.MaxRunes}, r.Recognise)
}

func readHTML(_ context.Context, _ *Readers, path string, lim Limits) (*corpus.Document, error) {
	return html.Read(path, html.Limits{MaxBytes: lim.MaxBytes})
}

func readText(_ context.Context, _ *Readers, path string, lim Limits) (*corpus.Document, error) {
	return text.Read(path, text.Limits{MaxBytes: lim.MaxBytes})
}

// readPicture reads pictures. One that is named as a document is not what its
// name promises, and no scan.
func readPicture(ctx context.Context, r *Readers, path string, lim Limits) (*corpus.Document, error) {
	if f := byName(path); f != nil && f.name != "图片" {
		return nil, fmt.Errorf("read %s, a picture by its content: %w", path, corpus.ErrBroken)
	}
	return picture.Read(ctx, path, picture.Limits{MaxBytes: lim.MaxBytes, MaxPages: lim.MaxPages}, r.Recognise)
}

// readPackage reads a zip file that is no document. One that is named as a
// Word file is a broken Word file.
func readPackage(ctx context.Context, r *Readers, path string, lim Limits) (*corpus.Document, error) {
	if f := byName(path); f != nil && f.name == "Word 文档" {
		return readDOCX(ctx, r, path, lim)
	}
	return unsupported(ctx, r, path, lim)
}

// readCompound reads the older binary formats.
func readCompound(ctx context.Context, r *Readers, path string, lim Limits) (*corpus.Document, error) {
	kind, err := office.KindOf(path)
	if err != nil {
		return nil, err
	}
	switch kind {
	case office.Word:
		return readWord(ctx, r, path, lim)
	case office.Excel:
		return convert(ctx, r, path, "xls", lim)
	}
	return unsupported(ctx, r, path, lim)
}

// readWord reads a file of the old Word by LibreOffice, which knows its
// automatic numbers, else by antiword.
func readWord(ctx context.Context, r *Readers, path string, lim Limits) (*corpus.Document, error) {
	doc, err := convert(ctx, r, path, "doc", lim)
	if !errors.Is(err, corpus.ErrNoProgram) {
		return doc, err
	}
	if doc, second := office.ReadWord(ctx, path, lim.Program); !errors.Is(second, corpus.ErrNoProgram) {
		return doc, second
	}
	return nil, err
}

func readRTF(ctx context.Context, r *Readers, path string, lim Limits) (*corpus.Document, error) {
	return convert(ctx, r, path, "rtf", lim)
}

func readWordXML(ctx context.Context, r *Readers, path string, lim Limits) (*corpus.Document, error) {
	return convert(ctx, r, path, "xml", lim)
}

// readODF reads texts and tables of OpenDocument.
func readODF(ctx context.Context, r *Readers, path string, lim Limits) (*corpus.Document, error) {
	switch kind, err := kindOfODF(path); {
	case err != nil:
		return nil, fmt.Errorf("read %s: %w", path, err)
	case strings.HasPrefix(kind, "text"):
		return convert(ctx, r, path, "odt", lim)
	case strings.HasPrefix(kind, "spreadsheet"):
		return convert(ctx, r, path, "ods", lim)
	}
	return unsupported(ctx, r, path, lim)
}

// kindOfODF is what a file of OpenDocument says it is, such as "text".
func kindOfODF(path string) (string, error) {
	z, err := zip.OpenReader(path)
	if err != nil {
		return "", fmt.Errorf("%w: %w", corpus.ErrBroken, err)
	}
	defer z.Close()
	f, err := z.Open("mimetype")
	if err != nil {
		return "", fmt.Errorf("%w: %w", corpus.ErrBroken, err)
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, 100))
	if err != nil {
		return "", fmt.Errorf("%w: %w", corpus.ErrBroken, err)
	}
	kind, _ := strings.CutPrefix(string(b), "application/vnd.oasis.opendocument.")
	return kind, nil
}

// convert reads a file of the format from by way of LibreOffice.
func convert(ctx context.Context, r *Readers, path, from string, lim Limits) (doc *corpus.Document, err error) {
	to, read := "docx", func(made string) (*corpus.Document, error) { return readDOCX(ctx, r, made, lim) }
	if from == "xls" || from == "ods" {
		to, read = "xlsx", func(made string) (*corpus.Document, error) {
			return xlsx.Read(made, xlsx.Limits{AllBytes: lim.PartsBytes})
		}
	}
	err = office.Convert(ctx, path, from, to, lim.Program, func(made string) error {
		doc, err = read(made)
		return err
	})
	if err != nil {
		return nil, err
	}
	doc.Reader = office.Converted(doc.Reader)
	return doc, nil
}

func unsupported(_ context.Context, _ *Readers, path string, _ Limits) (*corpus.Document, error) {
	return nil, fmt.Errorf("read %s: %w", path, corpus.ErrUnsupported)
}

func notZip(_ context.Context, _ *Readers, path string, _ Limits) (*corpus.Document, error) {
	return nil, fmt.Errorf("read %s: %w", path, corpus.ErrNotZip)
}
