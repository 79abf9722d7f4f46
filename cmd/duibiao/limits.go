package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"duibiao/corpus"
	"duibiao/ingest"
	"duibiao/ingest/pdf"
	"duibiao/ingest/worker"
)

// limits are the limits on reading one file, as flags.
type limits struct {
	megabytes, pages, memory int
	timeout                  time.Duration
	workers                  int
}

func (l *limits) add(cmd *cobra.Command) {
	d := ingest.Limits{}.WithDefaults()
	flags := cmd.Flags()
	flags.IntVar(&l.megabytes, "max-mb", int(d.MaxBytes>>20), "单个文件大小上限，单位 MB")
	flags.IntVar(&l.pages, "max-pages", d.MaxPages, "单个文件页数上限")
	flags.IntVar(&l.memory, "memory-mb", int(d.Memory>>20), "读取单个文件的内存上限，单位 MB")
	flags.DurationVar(&l.timeout, "timeout", d.Time, "读取单个文件的时限，如 60s、5m")
	flags.IntVar(&l.workers, "workers", runtime.GOMAXPROCS(0), "同时读取的进程数")
}

func (l limits) ingest() ingest.Limits {
	return ingest.Limits{MaxBytes: int64(l.megabytes) << 20, MaxPages: l.pages, Memory: int64(l.memory) << 20, Time: l.timeout}.WithDefaults()
}

// workerName is the hidden command with which the program reads files for
// itself in a process of its own.
const workerName = "read-files"

func newPool(l limits) *worker.Pool {
	lim := l.ingest()
	return &worker.Pool{
		Workers: l.workers,
		Limits:  worker.Limits{Time: lim.Time, Memory: lim.Memory},
		Command: func() *exec.Cmd {
			self, err := os.Executable()
			if err != nil {
				self = os.Args[0]
			}
			return exec.Command(self, workerName, fmt.Sprint("--max-mb=", l.megabytes), fmt.Sprint("--max-pages=", l.pages))
		},
	}
}

func workerCommand() *cobra.Command {
	var l limits
	cmd := &cobra.Command{
		Use:    workerName,
		Hidden: true,
		Args:   exactArgs(),
		RunE: func(*cobra.Command, []string) error {
			in, out := worker.Stdio()
			readers := &ingest.Readers{PDF: pdf.Options{CacheDir: cacheDir("pdfium"), Killable: true}}
			defer readers.Close()
			return worker.Serve(in, out, func(ctx context.Context, path string) (*corpus.Document, error) {
				return ingest.Read(ctx, readers, path, l.ingest())
			})
		},
	}
	l.add(cmd)
	return cmd
}

// cacheDir is a folder for what can be made again at any time, or "" where the
// system offers none.
func cacheDir(name string) string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "duibiao", name)
}
