package ingest

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"duibiao/corpus"
	"duibiao/ingest/archive"
	"duibiao/ingest/text"
)

// File is one file to be read.
type File struct {
	ID      string    // path relative to the folder, with "/"; "a.zip!/b.docx" for one of an archive
	Abs     string    // where to open it; for one of an archive, where it was unpacked
	Member  string    // its name inside the archive; "" for others
	Size    int64     // bytes
	ModTime time.Time // of an archive's member, as the archive says
	Err     error     // why it cannot be read, when that is known already
}

// Skipped is something that was passed over.
type Skipped struct {
	ID     string
	Reason string // a Chinese phrase
	Err    error  // set when it could not be looked at, though it should have been
}

// Options says what Walk does.
type Options struct {
	Skip     []string       // paths relative to the folder, with "/", that are not submissions
	Unpack   string         // an empty folder to unpack archives into; "" leaves them as files
	Archives archive.Limits // for each archive
}

// Walk lists the files below root in the order of their IDs, and what it
// passed over: hidden files, what programs and systems leave behind, links
// (they are not followed, so nothing outside root is read and nothing twice),
// devices, and what opt names. A folder that cannot be opened is among the
// skipped, with the reason; the others are still listed. The error is about
// root itself.
func Walk(root string, opt Options) ([]File, []Skipped, error) {
	real, err := filepath.EvalSymlinks(root)
	if err != nil {
		return nil, nil, named(err)
	}
	real, err = filepath.Abs(real)
	if err != nil {
		return nil, nil, err
	}
	w := &walk{opt: opt}
	entries, err := os.ReadDir(real)
	if err != nil {
		return nil, nil, fmt.Errorf("list %s: %w", root, named(err))
	}
	w.entries(real, "", entries)
	slices.SortFunc(w.files, func(a, b File) int { return cmp.Compare(a.ID, b.ID) })
	slices.SortFunc(w.skipped, func(a, b Skipped) int { return cmp.Compare(a.ID, b.ID) })
	distinct(w.files)
	return w.files, w.skipped, nil
}

type walk struct {
	opt     Options
	files   []File
	skipped []Skipped
}

func (w *walk) skip(id, reason string, err error) {
	w.skipped = append(w.skipped, Skipped{id, reason, err})
}

func (w *walk) entries(dir, prefix string, entries []os.DirEntry) {
	for _, e := range entries {
		w.entry(filepath.Join(dir, e.Name()), path.Join(prefix, shown(e.Name())), e)
	}
}

func (w *walk) entry(abs, id string, e os.DirEntry) {
	if slices.Contains(w.opt.Skip, id) {
		w.skip(id, "不作为报送材料读取", nil)
		return
	}
	if reason := leftover(path.Base(id)); reason != "" {
		w.skip(id, reason, nil)
		return
	}
	switch mode := e.Type(); {
	case mode&fs.ModeSymlink != 0:
		w.skip(id, "是链接，不跟随", nil)
	case mode.IsDir():
		w.folder(abs, id)
	case !mode.IsRegular():
		w.skip(id, "不是普通文件", nil)
	default:
		w.file(abs, id, e)
	}
}

func (w *walk) folder(abs, id string) {
	entries, err := os.ReadDir(abs)
	if err != nil {
		reason := "文件夹打不开"
		if errors.Is(err, os.ErrPermission) {
			reason = "没有权限打开这个文件夹"
		}
		w.skip(id, reason, named(err))
	}
	w.entries(abs, id, entries)
}

func (w *walk) file(abs, id string, e os.DirEntry) {
	f := File{ID: id, Abs: abs}
	if info, err := e.Info(); err != nil {
		f.Err = named(err)
	} else {
		f.Size, f.ModTime = info.Size(), info.ModTime()
	}
	if w.opt.Unpack == "" || f.Err != nil || f.Size == 0 || !strings.EqualFold(path.Ext(id), ".zip") {
		w.files = append(w.files, f)
		return
	}
	w.archive(f)
}

// archive lists the members of a zip file in its place. Where it is broken or
// too large, it is listed itself too, with the reason.
func (w *walk) archive(f File) {
	keep := func(name string) bool {
		reason := hiddenIn(name)
		if reason != "" {
			w.skip(f.ID+"!/"+name, reason, nil)
		}
		return reason == ""
	}
	members, err := archive.Extract(f.Abs, w.opt.Unpack, w.opt.Archives, keep)
	for _, m := range members {
		w.files = append(w.files, File{ID: f.ID + "!/" + m.Name, Abs: m.Path, Member: m.Name, Size: m.Size, ModTime: m.ModTime, Err: m.Err})
	}
	if err == nil && len(members) == 0 {
		err = fmt.Errorf("nothing in %s: %w", f.ID, corpus.ErrEmpty)
	}
	if err != nil {
		f.Err = err
		w.files = append(w.files, f)
	}
}

// hiddenIn is why a member of an archive is passed over: something on its path
// is a leftover.
func hiddenIn(name string) string {
	for _, part := range strings.Split(name, "/") {
		if reason := leftover(part); reason != "" {
			return reason
		}
	}
	return ""
}

// leftover is why a name is that of no submission, or "".
func leftover(name string) string {
	lower := strings.ToLower(name)
	switch {
	case strings.HasPrefix(name, "~$"), strings.HasPrefix(name, ".~"):
		return "是打开文档时留下的临时文件"
	case strings.HasPrefix(lower, "~") && strings.HasSuffix(lower, ".tmp"):
		return "是程序留下的临时文件"
	case lower == ".ds_store", lower == "thumbs.db", lower == "desktop.ini", lower == "__macosx":
		return "是系统自动生成的文件"
	case strings.HasPrefix(name, "."):
		return "是隐藏文件"
	}
	return ""
}

// shown is a file's name as text: names that are not UTF-8 are those of a
// Chinese Windows.
func shown(name string) string {
	if utf8.ValidString(name) {
		return name
	}
	if s, ok := text.GB18030([]byte(name)); ok {
		return s
	}
	return strings.ToValidUTF8(name, "\uFFFD")
}

// distinct gives each file an ID of its own: two names may read the same.
func distinct(files []File) {
	seen := map[string]int{}
	for i, f := range files {
		if seen[f.ID]++; seen[f.ID] > 1 {
			files[i].ID = fmt.Sprintf("%s~%d", f.ID, seen[f.ID])
		}
	}
}
