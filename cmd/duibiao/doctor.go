package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"duibiao/extract/segment"
	"duibiao/ingest/ocr"
	"duibiao/ingest/pdf"
	"duibiao/rules"
	"duibiao/rules/packs"
)

func doctorCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "doctor",
		Short: "检查本机上各部件是否正常，扫描件能否识别",
		Args:  exactArgs(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			w := cmd.OutOrStdout()
			bad := 0
			for _, c := range checkups {
				say, err := c.run()
				mark := "正常"
				if err != nil {
					mark, say = "异常", err.Error()
					bad++
				}
				fmt.Fprintf(w, "%s　%s　%s\n", mark, c.name, say)
			}
			engines := ocr.Survey(cmd.Context(), "")
			for _, e := range engines {
				mark, say := engineState(e)
				fmt.Fprintf(w, "%s　文字识别 %s　%s\n", mark, e.Title, say)
			}
			if bad > 0 {
				fmt.Fprintf(w, "有 %d 项异常，请把以上内容发给维护人员。\n", bad)
				return exitCode(exitFailed)
			}
			fmt.Fprintln(w, "可以使用。"+scansAre(engines))
			howToAdd(w, engines)
			return nil
		},
	}
}

// engineState says in a word and a sentence how it stands with an engine. One
// that is missing is no fault: it is optional.
func engineState(e ocr.Found) (mark, say string) {
	switch {
	case e.Broken != nil:
		return "不能用", e.Broken.Error()
	case len(e.Missing) == len(e.Parts):
		return "未安装", "可选部件，装法见下"
	case len(e.Missing) > 0:
		return "不完整", "缺少 " + strings.Join(e.Missing, "、")
	}
	return "正常", e.Name + "，" + strings.Join(places(e.Parts), "、")
}

// places are the folders of the parts, each once, and programs themselves.
func places(parts []ocr.Part) []string {
	var dirs []string
	for _, p := range parts {
		if dir := filepath.Dir(p.Path); !slices.Contains(dirs, dir) {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}

// scansAre says what becomes of scans with the engines that work.
func scansAre(engines []ocr.Found) string {
	for _, e := range engines {
		if e.Name != "" && e.Broken == nil {
			return "扫描件用 " + e.Name + " 识别，结果标明“据OCR”。"
		}
	}
	return "本机没有文字识别（OCR）程序：扫描件会列明“需OCR”和页码，不作判断。"
}

// howToAdd prints the commands that add the engines that do not work, and
// where to put their files on a machine without a network.
func howToAdd(w io.Writer, engines []ocr.Found) {
	lacking := false
	for _, e := range engines {
		if e.Name != "" {
			continue
		}
		lacking = true
		fmt.Fprintf(w, "\n安装文字识别 %s：\n", e.Title)
		for _, line := range e.Add {
			fmt.Fprintln(w, "    "+line)
		}
	}
	if !lacking {
		return
	}
	fmt.Fprintf(w, "\n不能联网的机器：在能联网的同类机器上照上面做好，把文件夹整个拷来，放在下列任一处：\n")
	for _, dir := range ocr.Folders("") {
		fmt.Fprintln(w, "    "+dir)
	}
	fmt.Fprintf(w, "也可用环境变量 %s 指明文件夹。PP-OCR 的文件夹里要有：%s、*det*.onnx、*rec*.onnx、*keys*.txt。\n"+
		"tesseract 程序要装在机器上；文件夹里有 tessdata/chi_sim.traineddata 时用它识别。\n", ocr.FolderVariable, ocr.LibraryName())
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
