//go:build unix

package pdf

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"duibiao/ingest/pdf/pdftest"
)

// BenchmarkAgainstPdftotext gives the processor time of a page for this reader
// and for pdftotext (Debian: poppler-utils), which reads the same files in the
// same run, and how many times as much the first is. The files: an official
// paper whose fonts are not in it, and the same text as LibreOffice exports it
// (Debian: libreoffice-writer-nogui, fonts-noto-cjk). What bounds the reader is
// PDFium itself: it loads each character's outline from its font, once for the
// page and once more for its text.
func BenchmarkAgainstPdftotext(b *testing.B) {
	for _, name := range []string{"pdftotext", "soffice"} {
		if _, err := exec.LookPath(name); err != nil {
			b.Fatalf("the benchmark needs %s: %v", name, err)
		}
	}
	r, err := New(Options{CacheDir: filepath.Join(b.TempDir(), "cache"), Killable: true})
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	b.Run("paper", func(b *testing.B) { against(b, r, save(b, paperFixture().file)) })
	b.Run("libreoffice", func(b *testing.B) { against(b, r, exported(b)) })
}

func against(b *testing.B, r *Reader, path string) {
	doc, err := r.Read(b.Context(), path)
	if err != nil {
		b.Fatal(err)
	}
	pages := float64(doc.Pages)
	ours, theirs := 0.0, 0.0
	for b.Loop() {
		from := processorTime(b)
		if _, err := r.Read(b.Context(), path); err != nil {
			b.Fatal(err)
		}
		ours += processorTime(b) - from
		cmd := exec.Command("pdftotext", path, os.DevNull)
		if err := cmd.Run(); err != nil {
			b.Fatal(err)
		}
		theirs += float64((cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Microseconds())
	}
	n := float64(b.N) * pages
	b.ReportMetric(0, "ns/op") // both are in it
	b.ReportMetric(ours/n, "µs/page")
	b.ReportMetric(theirs/n, "pdftotext-µs/page")
	b.ReportMetric(ours/theirs, "ratio")
}

// processorTime is what this process has used so far, in microseconds.
func processorTime(b *testing.B) float64 {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return float64(u.Utime.Nano()+u.Stime.Nano()) / 1e3
}

// exported is the text of the paper as LibreOffice makes a PDF of it.
func exported(b *testing.B) string {
	b.Helper()
	dir := b.TempDir()
	text := ""
	for _, w := range paperFixture().want {
		text += w.text + "\n"
	}
	if err := os.WriteFile(filepath.Join(dir, "a.txt"), []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	cmd := exec.Command("soffice", "-env:UserInstallation=file://"+filepath.ToSlash(filepath.Join(dir, "profile")),
		"--headless", "--convert-to", "pdf", "--outdir", dir, filepath.Join(dir, "a.txt"))
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("soffice: %v\n%s", err, out)
	}
	return filepath.Join(dir, "a.pdf")
}

// BenchmarkStart is what a worker pays before its first file, with PDFium
// compiled before and without.
func BenchmarkStart(b *testing.B) {
	b.Run("cached", func(b *testing.B) {
		o := Options{CacheDir: filepath.Join(b.TempDir(), "cache")}
		start(b, o)
		for b.Loop() {
			start(b, o)
		}
	})
	b.Run("compiling", func(b *testing.B) {
		for b.Loop() {
			start(b, Options{})
		}
	})
}

func start(b *testing.B, o Options) {
	r, err := New(o)
	if err == nil {
		err = r.Close()
	}
	if err != nil {
		b.Fatal(err)
	}
}

// BenchmarkRender is a page as a picture for recognition.
func BenchmarkRender(b *testing.B) {
	f := &pdftest.File{}
	f.Add().Text(pdftest.Song, 14, 72, 100, lawful)
	r, err := New(Options{CacheDir: filepath.Join(b.TempDir(), "cache"), Killable: true})
	if err != nil {
		b.Fatal(err)
	}
	defer r.Close()
	path := save(b, f.Bytes())
	for b.Loop() {
		if _, err := r.Render(b.Context(), path, 1, scanDPI); err != nil {
			b.Fatal(err)
		}
	}
}
