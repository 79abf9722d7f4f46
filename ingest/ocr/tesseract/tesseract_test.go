package tesseract

import (
	"context"
	"errors"
	"image"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"duibiao/corpus"
)

const heading = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"

func TestParse(t *testing.T) {
	table := heading +
		"1\t1\t0\t0\t0\t0\t0\t0\t900\t900\t-1\t\n" +
		"4\t1\t1\t1\t1\t0\t10\t20\t200\t30\t-1\t\n" +
		"5\t1\t1\t1\t1\t1\t10\t20\t60\t30\t90\t法治\r\n" +
		"5\t1\t1\t1\t1\t2\t75\t22\t30\t28\t60\t县\n" +
		"5\t1\t1\t1\t1\t3\t110\t22\t5\t28\t95\t \n" +
		"5\t1\t1\t1\t1\t4\t300\t22\t30\t28\t50\t乙\n" +
		"5\t1\t1\t1\t2\t1\t10\t60\t30\t28\t-1\t第2\n" +
		"5\t1\t1\t1\t3\t1\t10\t90\t30\t28\t80\t第\n" +
		"5\t1\t1\t1\t3\t2\t55\t104\t28\t3\t80\t一\n"
	want := []Line{
		{"法治 县", image.Rect(10, 20, 105, 50), 0.8},
		{"乙", image.Rect(300, 22, 330, 50), 0.5},
		{"第2", image.Rect(10, 60, 40, 88), 0},
		{"第 一", image.Rect(10, 90, 83, 118), 0.8},
	}
	got, err := parse([]byte(table))
	near := cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) < 1e-9 })
	if diff := cmp.Diff(want, got, near); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func TestParseRefusesOtherOutput(t *testing.T) {
	for _, out := range []string{"", "法治", heading + "5\t1\t1\t1\t1\t1\tx\t20\t60\t30\t90\t法\n", heading + "5\t1\t1\t1\t1\t1\t1\t20\t60\t30\t\t法\n", heading + "5\t1\t1\t1\t1\t1\t1\t20\t60\t30\tNaN\t法\n"} {
		if lines, err := parse([]byte(out)); err == nil {
			t.Errorf("parse(%q) = %v, want an error", out, lines)
		}
	}
}

// FuzzParse holds that a line has text, in UTF-8, and a confidence over 0 to 1.
func FuzzParse(f *testing.F) {
	f.Add(heading + "5\t1\t1\t1\t1\t1\t10\t20\t60\t30\t90\t法治\n")
	f.Add(heading + "5\t1\t1\t1\t1\t1\t-1\t-2\t99999999\t0\tNaN\t\xff\n")
	f.Add(heading)
	f.Fuzz(func(t *testing.T, table string) {
		lines, err := parse([]byte(table))
		for _, l := range lines {
			if err != nil || l.Text == "" || !utf8.ValidString(l.Text) || !(l.Confidence >= 0 && l.Confidence <= 1) {
				t.Errorf("%+v, %v", l, err)
			}
		}
	})
}

// program writes a shell script that stands in for tesseract.
func program(t *testing.T, script string) Program {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tesseract")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script), 0o755); err != nil {
		t.Fatal(err)
	}
	return Program{Path: path}
}

func TestVersion(t *testing.T) {
	p := program(t, `case "$1" in --version) echo "tesseract 9.1"; echo " leptonica";; *) echo "List:"; echo chi_sim;; esac`)
	if v, err := p.Version(context.Background()); err != nil || v != "tesseract 9.1" {
		t.Errorf("Version = %q, %v", v, err)
	}
	p = program(t, `case "$1" in --version) echo "tesseract 9.1";; *) echo "List:"; echo chi_sim_vert; echo eng;; esac`)
	if v, err := p.Version(context.Background()); err == nil {
		t.Errorf("Version without Chinese data = %q, want an error", v)
	}
}

func TestErrors(t *testing.T) {
	page := image.NewGray(image.Rect(0, 0, 8, 8))
	p := program(t, "echo first >&2; echo 'no such data' >&2; exit 3")
	if _, err := p.Lines(context.Background(), page); err == nil || !strings.Contains(err.Error(), "exit status 3: no such data") {
		t.Errorf("a program that fails: %v", err)
	}
	slow := program(t, "exec sleep 60")
	slow.Timeout = 50 * time.Millisecond
	if _, err := slow.Lines(context.Background(), page); !errors.Is(err, corpus.ErrTimeout) {
		t.Errorf("a program that takes too long: %v", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	slow.Timeout = 0
	if _, err := slow.Lines(ctx, page); !errors.Is(err, context.DeadlineExceeded) || errors.Is(err, corpus.ErrTimeout) {
		t.Errorf("a context that ends: %v", err)
	}
}

func TestPageGoesInAsAPicture(t *testing.T) {
	p := program(t, `head -c 11 >&2; exit 1`)
	if _, err := p.Lines(context.Background(), image.NewGray(image.Rect(0, 0, 3, 2))); err == nil || !strings.Contains(err.Error(), "255") {
		t.Errorf("what came in: %v", err)
	}
	if got := portable(image.NewGray(image.Rect(0, 0, 3, 2))); string(got) != "P5\n3 2\n255\n\x00\x00\x00\x00\x00\x00" {
		t.Errorf("portable = %q", got)
	}
}
