package main

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// mayImport is the star: which of our own packages a package below each
// folder may import beside those of its own folder.
var mayImport = map[string][]string{
	"corpus":  nil,
	"ingest":  {"corpus"},
	"extract": {"corpus"},
	"index":   {"corpus", "extract/segment"},
	"rules":   {"corpus"},
	"cmd":     {"corpus", "ingest", "extract", "index", "rules"},
}

// libraries are the outside libraries of the product, each with the one
// package that may import it.
var libraries = map[string]string{
	"github.com/yanyiwu/gojieba":             "extract/segment",
	"github.com/blevesearch/bleve":           "index/fulltext",
	"github.com/blevesearch/bleve_index_api": "index/fulltext",
	"github.com/klippa-app/go-pdfium":        "ingest/pdf",
	"github.com/tetratelabs/wazero":          "ingest/pdf",
	"github.com/ledongthuc/pdf":              "ingest/pdf",
	"github.com/nguyenthenguyen/docx":        "cmd/duibiao/output",
	"github.com/xuri/excelize":               "ingest/xlsx",
	"modernc.org/sqlite":                     "corpus/store",
	"github.com/goccy/go-yaml":               "rules",
	"github.com/spf13/cobra":                 "cmd/duibiao",
	"github.com/mattn/go-runewidth":          "cmd/duibiao/output",
	"github.com/spf13/pflag":                 "cmd/duibiao",
	"golang.org/x/text":                      "ingest/text",
	"golang.org/x/net":                       "ingest/html",
	"golang.org/x/image":                     "ingest/picture",
	"github.com/yalue/onnxruntime_go":        "ingest/ocr",
	"golang.org/x/term":                      "cmd/duibiao",
	"github.com/google/go-cmp":               anyTest,
	"github.com/santhosh-tekuri/jsonschema":  anyTest,
	"github.com/rogpeppe/go-internal":        anyTest,
	"pgregory.net/rapid":                     anyTest,
	"github.com/chromedp":                    anyTest,
}

const anyTest = "tests"

// TestImportsAreAStar holds the house together: cmd joins; ingest, extract,
// index and rules know corpus and not each other; corpus knows only the
// standard library (its store: also the database); and every outside library
// has one importer.
func TestImportsAreAStar(t *testing.T) {
	root := filepath.Join("..", "..")
	seen := map[string]bool{}
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Ext(file) != ".go" {
			return err
		}
		rel, err := filepath.Rel(root, file)
		if err != nil {
			return err
		}
		pkg := path.Dir(filepath.ToSlash(rel))
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, imp := range f.Imports {
			name := strings.Trim(imp.Path.Value, `"`)
			isTest := strings.HasSuffix(file, "_test.go")
			if why := forbidden(pkg, name, isTest, seen); why != "" {
				t.Errorf("%s imports %s: %s", filepath.ToSlash(rel), name, why)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, must := range []string{"github.com/yanyiwu/gojieba", "github.com/blevesearch/bleve",
		"github.com/ledongthuc/pdf", "github.com/nguyenthenguyen/docx"} {
		if !seen[must] {
			t.Errorf("no package imports %s, which the product is required to use", must)
		}
	}
}

func forbidden(pkg, name string, isTest bool, seen map[string]bool) string {
	top, _, _ := strings.Cut(pkg, "/")
	if own, ok := strings.CutPrefix(name, "duibiao/"); ok {
		ownTop, _, _ := strings.Cut(own, "/")
		switch {
		case ownTop == top && (pkg != "corpus" || isTest):
			return ""
		case slices.Contains(mayImport[top], ownTop), slices.Contains(mayImport[top], own):
			return ""
		}
		return "the imports are a star"
	}
	if first, _, _ := strings.Cut(name, "/"); !strings.Contains(first, ".") {
		return "" // the standard library
	}
	for lib, importer := range libraries {
		if name == lib || strings.HasPrefix(name, lib+"/") {
			seen[lib] = true
			if importer == pkg || pkg == importer+"/"+path.Base(importer)+"test" || importer == anyTest && isTest {
				return ""
			}
			return "its one importer is " + importer
		}
	}
	return "it is not on the list of libraries"
}
