// Package office reads what only an office program can: the older formats of
// Word, Excel and WPS, RTF and OpenDocument, by the programs that are found on
// the machine when they are needed.
//
// In: a file. Out: the same in a format that package docx or xlsx reads, made
// by LibreOffice in a folder and with settings of its own, without macros,
// without the network, and stopped at a time limit; or, where only antiword is
// at hand, the text of a Word file as a corpus.Document. A further program is
// one more line in programs.
package office

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"duibiao/corpus"
	"duibiao/ingest/capped"
)

// Program is a program that may help to read files.
type Program struct {
	Name    string // such as "LibreOffice"
	Path    string // "" when it is not there
	Version string // as it says itself; "" when it is not there or does not say
}

// programs are the programs, each with the names of its files and how it is
// asked for its version.
func programs() []candidate {
	return []candidate{
		{"LibreOffice", libreOfficeFiles(), []string{"--version"}},
		{"antiword", []string{"antiword"}, nil},
	}
}

type candidate struct {
	name    string
	files   []string
	version []string
}

// find is the path of the first of the candidate's files that is there.
func (c candidate) find() string {
	for _, f := range c.files {
		if path, err := exec.LookPath(f); err == nil {
			return path
		}
	}
	return ""
}

// libreOfficeFiles are the names under which LibreOffice is looked for.
func libreOfficeFiles() []string {
	return []string{
		"soffice", "libreoffice",
		"/usr/lib/libreoffice/program/soffice", "/opt/libreoffice/program/soffice",
		"/Applications/LibreOffice.app/Contents/MacOS/soffice",
		`C:\Program Files\LibreOffice\program\soffice.exe`, `C:\Program Files (x86)\LibreOffice\program\soffice.exe`,
	}
}

// Found lists the programs this package knows, those that are missing too, for
// people to see.
func Found(ctx context.Context) []Program {
	var all []Program
	for _, c := range programs() {
		p := Program{Name: c.name, Path: c.find()}
		if p.Path != "" {
			p.Version = versionOf(ctx, p.Path, c.version)
		}
		all = append(all, p)
	}
	return all
}

// versionOf is the line in which a program speaks of its version. antiword
// says it in its help.
func versionOf(ctx context.Context, path string, args []string) string {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	out, _ := exec.CommandContext(ctx, path, args...).CombinedOutput() // the help of antiword ends with an exit code
	for line := range strings.Lines(string(out)) {
		if before, after, ok := strings.Cut(line, "Version:"); ok && strings.TrimSpace(before) == "" {
			return strings.TrimSpace(after)
		}
		if rest, ok := strings.CutPrefix(line, "LibreOffice "); ok {
			return strings.TrimSpace(rest)
		}
	}
	return ""
}

// Converted is the name of a reader, which is part of cache keys, that read
// what Convert made.
func Converted(reader string) string { return "office/1+" + reader }

// Convert has LibreOffice make a file of the other format to, such as "docx",
// of the file at path, whose own format is from, such as "doc". read is given
// the new file, which is gone afterwards, as is everything LibreOffice left.
// Convert never writes beside path. limit bounds LibreOffice's time; 0 means
// 50 seconds.
//
// The error is that of read, or wraps corpus.ErrNoProgram, corpus.ErrTimeout, or
// corpus.ErrBroken when LibreOffice makes nothing of the file.
func Convert(ctx context.Context, path, from, to string, limit time.Duration, read func(path string) error) (err error) {
	program := programs()[0].find()
	if program == "" {
		return fmt.Errorf("read %s: %w", path, corpus.ErrNoProgram)
	}
	if limit <= 0 {
		limit = 50 * time.Second
	}
	dir, err := os.MkdirTemp("", "duibiao-office-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	in := filepath.Join(dir, "in."+from)
	if err := copyFile(in, path); err != nil {
		return err
	}
	if err := runLibreOffice(ctx, program, dir, in, to, limit); err != nil {
		return fmt.Errorf("convert %s to %s: %w", path, to, err)
	}
	return read(filepath.Join(dir, "out", "in."+to))
}

func copyFile(to, from string) error {
	r, _, err := capped.Open(from)
	if err != nil {
		return fmt.Errorf("read %s: %w", from, err)
	}
	defer r.Close()
	w, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, r)
	return errors.Join(err, w.Close())
}

// run runs a program to its end, or kills it and all it started when limit
// has passed. It is given none of our standard input.
func run(ctx context.Context, limit time.Duration, name string, args ...string) (stdout, stderr []byte, err error) {
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	cmd := exec.CommandContext(limited, name, args...)
	var out, errs output
	cmd.Stdout, cmd.Stderr = &out, &errs
	cmd.WaitDelay = 2 * time.Second
	killGroup(cmd)
	err = cmd.Run()
	switch {
	case ctx.Err() != nil:
		err = ctx.Err()
	case limited.Err() != nil:
		err = fmt.Errorf("%s over %v: %w", filepath.Base(name), limit, corpus.ErrTimeout)
	case out.over:
		err = fmt.Errorf("%s wrote over %d bytes: %w", filepath.Base(name), maxOutput, corpus.ErrTooLarge)
	}
	return out.b.Bytes(), errs.b.Bytes(), err
}

const maxOutput = 64 << 20 // bytes that a program may write to us

// output keeps what is written to it, up to maxOutput.
type output struct {
	b    bytes.Buffer
	over bool
}

func (o *output) Write(b []byte) (int, error) {
	if o.b.Len()+len(b) > maxOutput {
		o.over = true
		return 0, io.ErrShortWrite
	}
	return o.b.Write(b)
}
