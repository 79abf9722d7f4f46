// Command gendict writes the dictionaries that package segment embeds, from
// those of the gojieba module that go.mod names:
//
//	go generate ./extract/segment
//
// It writes dict/jieba.dict.utf8.gz and dict/hmm_model.utf8.gz, byte for byte
// the same every time. The two other dictionaries of the module serve keyword
// extraction, which segment never does: they cost 6 MB and 0.4 s at every
// start, so segment passes one-line ones in their place.
package main

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

func main() {
	log.SetFlags(0)
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/yanyiwu/gojieba").Output()
	if err != nil {
		log.Fatalf("find the gojieba module: %v", err)
	}
	from := filepath.Join(strings.TrimSpace(string(out)), "deps", "cppjieba", "dict")
	for _, name := range []string{"jieba.dict.utf8", "hmm_model.utf8"} {
		if err := pack(filepath.Join(from, name), filepath.Join("dict", name+".gz")); err != nil {
			log.Fatal(err)
		}
	}
}

func pack(from, to string) error {
	raw, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	if bytes.ContainsRune(raw, '\r') {
		return fmt.Errorf("%s has CRLF line ends, which cppjieba takes for part of a word", from)
	}
	var packed bytes.Buffer
	w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := w.Write(raw); err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}
	return os.WriteFile(to, packed.Bytes(), 0o644)
}
