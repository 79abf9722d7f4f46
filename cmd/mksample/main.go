// Command mksample makes the sample folder from its sources.
//
// In: the plain texts and tables of cmd/mksample/source. Out: corpus/sample,
// the folder that the README's first command runs on, and the truth table that
// says what a careful reviewer finds in it. The same sources give the same
// bytes. Run it at the top of the project:
//
//	go run ./cmd/mksample
package main

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

func main() {
	source := flag.String("source", "cmd/mksample/source", "材料来源文件夹")
	out := flag.String("out", "corpus/sample", "样例文件夹")
	truth := flag.String("truth", "cmd/duibiao/testdata/sample/truth.tsv", "判定结果表")
	flag.Parse()
	if err := run(os.DirFS(*source), *out, *truth); err != nil {
		fmt.Fprintln(os.Stderr, "mksample:", err)
		os.Exit(1)
	}
}

// run writes every file of the sample below out, and the truth table. Files
// that the sources no longer give are left for the test to name.
func run(source fs.FS, out, truth string) error {
	files, err := sample(source)
	if err != nil {
		return err
	}
	for name, b := range files {
		path := filepath.Join(out, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(path, b, 0o666); err != nil {
			return err
		}
	}
	rows, err := truthTable(source)
	if err != nil {
		return err
	}
	return os.WriteFile(truth, rows, 0o666)
}
