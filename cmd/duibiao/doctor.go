package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"duibiao/extract/segment"
	"duibiao/ingest/pdf"
	"duibiao/rules"
	"duibiao/rules/packs"
)

func doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "检查本机上各部件是否正常",
		Args:  exactArgs(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			bad := 0
			for _, c := range checkups {
				say, err := c.run()
				mark := "正常"
				if err != nil {
					mark, say = "异常", err.Error()
					bad++
				}
				fmt.Fprintf(cmd.OutOrStdout(), "%s　%s　%s\n", mark, c.name, say)
			}
			return verdict(cmd.OutOrStdout(), bad)
		},
	}
}

func verdict(w io.Writer, bad int) error {
	if bad > 0 {
		fmt.Fprintf(w, "有 %d 项异常，请把以上内容发给维护人员。\n", bad)
		return exitCode(exitFailed)
	}
	fmt.Fprintln(w, "可以使用。扫描件的文字识别（OCR）尚未内置：没有文字层的文件会列明原因，不作判断。")
	return nil
}

// checkups are what doctor looks at, in order.
var checkups = []struct {
	name string
	run  func() (string, error)
}{
	{"程序", func() (string, error) {
		return fmt.Sprintf("duibiao %s，%s/%s，%d 个处理器核", release, runtime.GOOS, runtime.GOARCH, runtime.NumCPU()), nil
	}},
	{"缓存目录", checkCache},
	{"分词词典", func() (string, error) {
		s := segment.New()
		if err := s.Load(); err != nil {
			return "", err
		}
		return "版本 " + s.Version(), nil
	}},
	{"PDF 读取", checkPDF},
	{"内置规则", func() (string, error) {
		set, err := rules.Load(packs.FS)
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("%d 个规则包，%d 项指标", len(set.Packs), len(set.Indicators)), nil
	}},
}

func checkCache() (string, error) {
	dir := cacheDir("")
	if dir == "" {
		return "系统没有提供缓存目录，每次启动会慢几秒", nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	probe, err := os.CreateTemp(dir, "probe-")
	if err != nil {
		return "", err
	}
	return filepath.Clean(dir), errors.Join(probe.Close(), os.Remove(probe.Name()))
}

func checkPDF() (string, error) {
	r, err := pdf.New(pdf.Options{CacheDir: cacheDir("pdfium")})
	if err != nil {
		return "", err
	}
	return "PDFium（WebAssembly）可用", r.Close()
}
