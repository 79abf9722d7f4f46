package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"duibiao/ingest/ocr"
)

// TestReadmeIsTrue holds what README.md shows against what the program prints
// and what the goldens say: each block below a comment such as
// <!-- output: check corpus/sample --> is made here.
func TestReadmeIsTrue(t *testing.T) {
	path := filepath.Join("..", "..", "README.md")
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	readme := string(b)
	for name, want := range map[string]string{
		"output: check corpus/sample": firstRun(t),
		"quality":                     qualityTable(t),
	} {
		block := regexp.MustCompile("(?s)<!-- " + regexp.QuoteMeta(name) + " -->\n```\n(.*?)```\n")
		found := block.FindStringSubmatch(readme)
		if found == nil {
			t.Fatalf("README.md has no block %q", name)
		}
		if found[1] == want {
			continue
		}
		if !*update {
			t.Errorf("README.md shows %q as\n%s\nit is\n%s", name, found[1], want)
			continue
		}
		readme = strings.Replace(readme, found[0], "<!-- "+name+" -->\n```\n"+want+"```\n", 1)
	}
	if readme != string(b) {
		if err := os.WriteFile(path, []byte(readme), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// firstRun is what the first command of the README prints.
func firstRun(t *testing.T) string {
	t.Helper()
	root := t.TempDir()
	if err := os.CopyFS(filepath.Join(root, "corpus", "sample"), os.DirFS(filepath.Join("..", "..", "corpus", "sample"))); err != nil {
		t.Fatal(err)
	}
	cmd := asProgram(t, "check", filepath.Join("corpus", "sample"))
	cmd.Dir = root
	cmd.Env = append(cmd.Env, "PATH=", "XDG_CONFIG_HOME="+root, ocr.FolderVariable+"=") // as on a machine without OCR and LibreOffice
	out, err := cmd.Output()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitNotJudged {
		t.Fatalf("check corpus/sample: %v, want exit code %d", err, exitNotJudged)
	}
	return string(out)
}

// qualityTable is a line of figures from each quality golden.
func qualityTable(t *testing.T) string {
	t.Helper()
	var s strings.Builder
	s.WriteString("             判定  正确率  宏平均F1  误指    缺项查准  摘录对  文件问题F1\n")
	for _, set := range []string{"sample", "unseen", "dev", "townships", "formal", "plain", "merged", "signs", "county", "foundry", "harbour", "orchard", "saltern", "forest", "teahill", "loess", "delta", "gorge", "weavers", "bamboo", "lakes", "coast", "test"} {
		b, err := os.ReadFile(filepath.Join("testdata", set+".quality.golden"))
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&s, "%-12s", set)
		for _, figure := range []struct{ format, pattern string }{
			{"%5s", `rows (\d+)`}, {"  %-6s", `rows .* accuracy (\S+)`}, {"  %-8s", `macro-f1 (\S+)`}, {"  %-6s", `false accusations .*\((\S+)\)`},
			{"  %-8s", `status 缺项: precision (\S+)`}, {"  %-6s", `evidence quotes .*\((\S+)\)`}, {"  %s", `checks: .* f1 (\S+)`},
		} {
			found := regexp.MustCompile(figure.pattern).FindStringSubmatch(string(b))
			if found == nil {
				t.Fatalf("%s.quality.golden has no %s", set, figure.pattern)
			}
			fmt.Fprintf(&s, figure.format, found[1])
		}
		s.WriteString("\n")
	}
	return s.String()
}
