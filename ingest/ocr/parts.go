package ocr

import (
	"cmp"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"

	"duibiao/ingest/ocr/tesseract"
)

// FolderVariable is the environment variable that names a folder with the
// parts of the engines.
const FolderVariable = "DUIBIAO_OCR"

// Folders are where the parts are looked for, in order: the given folder, that
// of the environment, the folder ocr beside the program, and the user's.
func Folders(given string) []string {
	list := []string{given, os.Getenv(FolderVariable)}
	if program, err := os.Executable(); err == nil {
		list = append(list, filepath.Join(filepath.Dir(program), "ocr"))
	}
	if config, err := os.UserConfigDir(); err == nil {
		list = append(list, filepath.Join(config, "duibiao", "ocr"))
	}
	return slices.DeleteFunc(list, func(dir string) bool { return dir == "" })
}

// Part is one file, folder or program that an engine needs.
type Part struct {
	What string // in Chinese, with the pattern of its name
	Path string // "" when it is missing
}

// ppocrParts are the files of PP-OCR; those of one folder stay together.
type ppocrParts struct{ library, find, read, keys Part }

func (p ppocrParts) all() []Part { return []Part{p.library, p.find, p.read, p.keys} }

// findPPOCR looks for PP-OCR in the folders. Where none has all of it, it is
// what the fullest has.
func findPPOCR(dirs []string) ppocrParts {
	best, most := ppocrIn(nil, ""), 0
	for _, dir := range dirs {
		names := list(dir)
		p := ppocrIn(names, dir)
		if n := present(p.all()); n > most {
			best, most = p, n
		}
	}
	return best
}

func ppocrIn(names []string, dir string) ppocrParts {
	part := func(what, pattern string) Part {
		return Part{what, first(names, dir, regexp.MustCompile(pattern))}
	}
	return ppocrParts{
		library: part("运行库 "+LibraryName(), libraryPattern()),
		find:    part("文字检测模型 *det*.onnx", `(?i)(^|[^a-z])det.*\.onnx$`),
		read:    part("文字识别模型 *rec*.onnx", `(?i)(^|[^a-z])rec.*\.onnx$`),
		keys:    part("字表 *keys*.txt", `(?i)(keys|dict).*\.txt$`),
	}
}

// LibraryName is what the library that runs the networks is called on this
// system; its file may have a version behind it.
func LibraryName() string {
	switch runtime.GOOS {
	case "windows":
		return "onnxruntime.dll"
	case "darwin":
		return "libonnxruntime.dylib"
	}
	return "libonnxruntime.so"
}

func libraryPattern() string {
	switch runtime.GOOS {
	case "windows":
		return `(?i)^onnxruntime\.dll$`
	case "darwin":
		return `^libonnxruntime[.0-9]*\.dylib$`
	}
	return `^libonnxruntime\.so[.0-9]*$`
}

// list are the names in dir in order, none where it cannot be read.
func list(dir string) []string {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	var names []string
	for _, e := range entries {
		if !e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names
}

func first(names []string, dir string, pattern *regexp.Regexp) string {
	for _, name := range names {
		if pattern.MatchString(name) {
			return filepath.Join(dir, name)
		}
	}
	return ""
}

func present(parts []Part) int {
	n := 0
	for _, p := range parts {
		if p.Path != "" {
			n++
		}
	}
	return n
}

// tesseractParts are the program and its trained data, which may be its own.
type tesseractParts struct{ program, data Part }

func (p tesseractParts) all() []Part {
	if p.data.Path == "" {
		return []Part{p.program}
	}
	return []Part{p.program, p.data}
}

// findTesseract looks for the program in the folders, then on the path, and
// for trained data in a folder tessdata.
func findTesseract(dirs []string) tesseractParts {
	p := tesseractParts{program: Part{What: "程序 tesseract"}, data: Part{What: "识别数据 tessdata/" + tesseract.Language + ".traineddata"}}
	for _, dir := range dirs {
		name := filepath.Join(dir, "tesseract")
		if runtime.GOOS == "windows" {
			name += ".exe"
		}
		if info, err := os.Stat(name); err == nil && info.Mode().IsRegular() {
			p.program.Path = cmp.Or(p.program.Path, name)
		}
		data := filepath.Join(dir, "tessdata")
		if _, err := os.Stat(filepath.Join(data, tesseract.Language+".traineddata")); err == nil {
			p.data.Path = cmp.Or(p.data.Path, data)
		}
	}
	if p.program.Path == "" {
		if path, err := exec.LookPath("tesseract"); err == nil {
			p.program.Path = path
		}
	}
	return p
}

// release is the version of PP-OCR by the name of a model, "ppocr" where it
// does not say.
func release(model string) string {
	if m := regexp.MustCompile(`(?i)ocr[-_]?v(\d+)`).FindStringSubmatch(filepath.Base(model)); m != nil {
		return "ppocr v" + strings.ToLower(m[1])
	}
	return "ppocr"
}
