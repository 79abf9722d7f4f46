package main

import (
	"context"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"duibiao/corpus"
	"duibiao/ingest"
	"duibiao/ingest/archive"
	"duibiao/ingest/ocr"
	"duibiao/ingest/pdf"
	"duibiao/ingest/worker"
)

// limitFlag is a limit on reading one file as people know it: its flag is the
// name of the limit.
type limitFlag struct {
	limit corpus.Limit
	name  string // what is limited
	unit  string // of the flag's value; "" for a duration
	size  int64  // how many of what corpus.LimitError counts make one unit
	def   int64  // in units; nanoseconds for a duration
}

// limitFlags are all limits, in the order of the help.
var limitFlags = []limitFlag{
	{corpus.FileSize, "单个文件的大小", " MB", 1 << 20, 100},
	{corpus.PageCount, "单个文件的页数", "页", 1, 2000},
	{corpus.TextLength, "单个文件的文字量", "字", 1, 3_000_000},
	{corpus.ReadTime, "读取单个文件的时间", "", 1, int64(time.Minute)},
	{corpus.PageTime, "识别（OCR）一页的时间，不占上一项的时间", "", 1, int64(2 * time.Minute)},
	{corpus.WholeTime, "读取单个文件的时间，连同识别", "", 1, int64(time.Hour)},
	{corpus.Memory, "读取单个文件占用的内存", " MB", 1 << 20, 1536},
	{corpus.PartSize, "Word 等文件内单个部件解压后的大小", " MB", 1 << 20, 64},
	{corpus.PartsSize, "Word 等文件内全部部件解压后的大小", " MB", 1 << 20, 128},
	{corpus.Nesting, "Word 等文件内部件的嵌套层数", "层", 1, 400},
	{corpus.Expansion, "文件内部件、压缩包成员解压前后的倍数", "倍", 1, 300},
	{corpus.Members, "压缩包里的文件数", "个", 1, 5000},
	{corpus.MembersSize, "压缩包全部解压后的大小", " MB", 1 << 20, 2048},
	{corpus.Archives, "压缩包套压缩包的层数", "层", 1, 3},
}

// limitGroup is the heading of the limits in the help.
const limitGroup = "读取上限（每份文件；超过的列明实测值，不判断）"

// limits are the limits on reading one file, how many are read at a time, and
// what recognises scans. The zero limits are the defaults, and recognise none.
type limits struct {
	set     map[corpus.Limit]*limitValue
	workers int
	ocr     *ocrChoice
	find    finder
}

func (l *limits) add(cmd *cobra.Command) {
	flags := cmd.Flags()
	flags.SortFlags = false
	l.set = map[corpus.Limit]*limitValue{}
	for _, f := range limitFlags {
		v := &limitValue{limitFlag: f, is: f.def}
		l.set[f.limit] = v
		about := f.name
		if f.unit != "" {
			about += "，单位：" + strings.TrimSpace(f.unit)
		}
		flags.Var(v, string(f.limit), about)
		flags.Lookup(string(f.limit)).Annotations = map[string][]string{groupAnnotation: {limitGroup}}
	}
	flags.IntVar(&l.workers, "workers", runtime.GOMAXPROCS(0), "同时读取的进程数")
	l.ocr = &ocrChoice{ocr.Auto}
	l.find = find(l.ocr)
	flags.Var(l.ocr, "ocr", "用什么识别扫描件："+ocrChoices()+"；auto 用本机现有的")
}

// recogniser is the name of what recognises scans, with its version; "" where
// there is nothing. The error is about one that was asked for by name.
func (l limits) recogniser() (string, error) {
	if l.find == nil {
		return "", nil
	}
	return l.find()
}

// limitValue is the value of a limit's flag.
type limitValue struct {
	limitFlag
	is int64 // in the flag's units
}

// Set is called by pflag with what the user typed.
func (v *limitValue) Set(s string) (err error) {
	if v.unit == "" {
		var d time.Duration
		d, err = time.ParseDuration(s)
		v.is = int64(d)
	} else {
		v.is, err = strconv.ParseInt(s, 10, 64)
	}
	if err == nil && (v.is <= 0 || v.is > math.MaxInt64/v.size) {
		return fmt.Errorf("%s is out of range", s)
	}
	return err
}

// String is the value as it is typed.
func (v *limitValue) String() string {
	if v.unit == "" {
		s := time.Duration(v.is).String()
		return strings.TrimSuffix(strings.TrimSuffix(s, "0s"), "0m")
	}
	return strconv.FormatInt(v.is, 10)
}

// Type is for pflag.
func (v *limitValue) Type() string { return string(v.limit) }

// of is the value of a limit, in what corpus.LimitError counts.
func (l limits) of(limit corpus.Limit) int64 {
	if v := l.set[limit]; v != nil {
		return v.is * v.size
	}
	f := flagOf(limit)
	return f.def * f.size
}

func flagOf(limit corpus.Limit) limitFlag {
	for _, f := range limitFlags {
		if f.limit == limit {
			return f
		}
	}
	return limitFlag{limit: limit, name: string(limit), size: 1}
}

// say is the Chinese sentence about a limit that was passed: the value
// measured beside the value allowed.
func (f limitFlag) say(e *corpus.LimitError) string {
	name, _, _ := strings.Cut(f.name, "，")
	if e.Measured > 0 {
		return fmt.Sprintf("%s为%s，超过上限%s", name, f.amount(e.Measured), f.amount(e.Allowed))
	}
	return fmt.Sprintf("%s超过上限%s", name, f.amount(e.Allowed))
}

// amount is n, in what LimitError counts, in the flag's units. It is rounded
// up, so that what is over a limit never reads as the limit itself.
func (f limitFlag) amount(n int64) string {
	if f.unit == "" {
		return chineseDuration(time.Duration(n))
	}
	tenths := int64(math.Ceil(float64(n) / float64(f.size) * 10))
	s := grouped(tenths / 10)
	if rest := tenths % 10; rest != 0 {
		s += "." + strconv.FormatInt(rest, 10)
	}
	return s + f.unit
}

// grouped is n with its digits in groups of three.
func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

func (l limits) ingest() ingest.Limits {
	return ingest.Limits{
		MaxBytes: l.of(corpus.FileSize), MaxPages: int(l.of(corpus.PageCount)), MaxRunes: int(l.of(corpus.TextLength)),
		PartBytes: l.of(corpus.PartSize), PartsBytes: l.of(corpus.PartsSize), Nesting: int(l.of(corpus.Nesting)), Expansion: l.of(corpus.Expansion),
		Program: time.Duration(l.of(corpus.ReadTime)) * 4 / 5, // LibreOffice must end before the file's time does
	}
}

func (l limits) archives() archive.Limits {
	return archive.Limits{
		Members: int(l.of(corpus.Members)), MemberBytes: l.of(corpus.FileSize), TotalBytes: l.of(corpus.MembersSize),
		Ratio: l.of(corpus.Expansion), Depth: int(l.of(corpus.Archives)),
	}
}

// values are the limits as the flags of a command line.
func (l limits) values() []string {
	var args []string
	for _, f := range limitFlags {
		v := l.set[f.limit]
		if v == nil {
			v = &limitValue{limitFlag: f, is: f.def}
		}
		args = append(args, "--"+string(f.limit)+"="+v.String())
	}
	return args
}

// arguments are the flags for a child.
func (l limits) arguments() []string {
	choice := ocr.Off
	if name, err := l.recogniser(); err == nil && name != "" {
		choice = l.ocr.is
	}
	return append(l.values(), "--ocr="+string(choice), "--workers="+strconv.Itoa(l.workers))
}

// workerName is the hidden command with which the program reads files for
// itself in a process of its own.
const workerName = "read-files"

func newPool(l limits) *worker.Pool {
	return &worker.Pool{
		Workers: l.workers,
		Limits: worker.Limits{
			Time: time.Duration(l.of(corpus.ReadTime)), PageTime: time.Duration(l.of(corpus.PageTime)), WholeTime: time.Duration(l.of(corpus.WholeTime)),
			Memory: l.of(corpus.Memory),
		},
		Command: func() *exec.Cmd {
			self, err := os.Executable()
			if err != nil {
				self = os.Args[0]
			}
			return exec.Command(self, append([]string{workerName}, l.arguments()...)...)
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
			if l.ocr.is != ocr.Off {
				r := newRecogniser(l)
				defer r.close()
				readers.Recognise = r.lines
			}
			return worker.Serve(in, out, worker.Work{
				Read: func(ctx context.Context, path string) (*corpus.Document, error) {
					return ingest.Read(ctx, readers, path, l.ingest())
				},
				Picture: func(ctx context.Context, path string, page int) (*corpus.Picture, error) {
					return ingest.Picture(ctx, readers, path, page, l.ingest())
				},
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
