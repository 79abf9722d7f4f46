// Package tesseract reads the lines of a page with the tesseract program.
//
// In: an upright page in grey, and the program. Out: lines of text with their
// places and how sure the program was of them. The page goes in and the text
// comes out through pipes, so that nothing is left behind when this process is
// killed; on Linux the program is killed with it, elsewhere it ends when it
// finds nobody to talk to.
package tesseract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"duibiao/corpus"
)

// Language is the one that is read: simplified Chinese, which knows Latin
// letters and digits as well.
const Language = "chi_sim"

// Program is an installed tesseract.
type Program struct {
	Path    string        // of the program
	Data    string        // the folder of its trained data; "" for its own
	Timeout time.Duration // for one page; two minutes when 0
}

// Line is one line of text, or the part of one up to a wide gap.
type Line struct {
	Text       string
	Place      image.Rectangle // in pixels
	Confidence float64         // mean over its characters, over 0 to 1
}

// Version is the first line of what the program says of itself, such as
// "tesseract 5.3.0". It is an error if the program does not know the language.
func (p Program) Version(ctx context.Context) (string, error) {
	out, err := p.run(ctx, nil, "--version")
	if err != nil {
		return "", err
	}
	version, _, _ := strings.Cut(string(out), "\n")
	langs, err := p.run(ctx, nil, p.args("--list-langs")...)
	if err != nil {
		return "", err
	}
	for _, l := range strings.Fields(string(langs)) {
		if l == Language {
			return strings.TrimSpace(version), nil
		}
	}
	return "", fmt.Errorf("%s has no trained data for %s", p.Path, Language)
}

// Lines reads the page, in the program's reading order. It is best at pages of
// about 200 dots to the inch. The error wraps
// corpus.ErrTimeout where the page takes too long.
func (p Program) Lines(ctx context.Context, page *image.Gray) ([]Line, error) {
	out, err := p.run(ctx, portable(page), p.args("stdin", "stdout", "-l", Language, "--psm", "3",
		"--dpi", "200", "-c", "tessedit_create_tsv=1")...)
	if err != nil {
		return nil, err
	}
	return parse(out)
}

func (p Program) args(args ...string) []string {
	if p.Data != "" {
		args = append(args, "--tessdata-dir", p.Data)
	}
	return args
}

func (p Program) run(ctx context.Context, in []byte, args ...string) ([]byte, error) {
	timeout := p.Timeout
	if timeout <= 0 {
		timeout = 2 * time.Minute
	}
	limited, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	cmd := exec.CommandContext(limited, p.Path, args...)
	// With more threads it is slower: they wait for each other by spinning.
	cmd.Env = append(os.Environ(), "OMP_THREAD_LIMIT=1")
	cmd.Stdin = bytes.NewReader(in)
	cmd.WaitDelay = 2 * time.Second
	dieWithParent(cmd)
	// The kernel kills the child when the thread that started it ends.
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	out, err := cmd.Output()
	switch {
	case err == nil:
		return out, nil
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case limited.Err() != nil:
		return nil, fmt.Errorf("%s: over %v: %w", filepath.Base(p.Path), timeout, corpus.ErrTimeout)
	}
	return nil, fmt.Errorf("%s: %w%s", filepath.Base(p.Path), err, lastWords(err))
}

// lastWords is the last line that the program wrote before it ended with err.
func lastWords(err error) string {
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		return ""
	}
	said := strings.TrimSpace(strings.ToValidUTF8(string(exit.Stderr), "\uFFFD"))
	if said == "" {
		return ""
	}
	return ": " + said[strings.LastIndexByte(said, '\n')+1:]
}

// portable is the page as a portable greymap, the plainest picture that the
// program reads.
func portable(page *image.Gray) []byte {
	w, h := page.Rect.Dx(), page.Rect.Dy()
	b := fmt.Appendf(make([]byte, 0, w*h+32), "P5\n%d %d\n255\n", w, h)
	for y := range h {
		b = append(b, page.Pix[y*page.Stride:y*page.Stride+w]...)
	}
	return b
}
