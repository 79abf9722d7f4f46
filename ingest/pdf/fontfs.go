package pdf

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"time"

	"github.com/tetratelabs/wazero"
)

// boxFonts shows PDFium the box font alone, so that it reads the same text on
// every machine.
func boxFonts() wazero.FSConfig { return wazero.NewFSConfig().WithFSMount(fontFS{boxFont()}, "/") }

// machineFonts shows PDFium the fonts of this machine, read-only, for drawing.
func machineFonts() wazero.FSConfig {
	guests := []string{"/usr/share/fonts", "/usr/local/share/fonts"} // where PDFium looks
	c := wazero.NewFSConfig()
	used := 0
	for _, dir := range fontDirs(runtime.GOOS) {
		if info, err := os.Stat(dir); err == nil && info.IsDir() && used < len(guests) {
			c = c.WithReadOnlyDirMount(dir, guests[used])
			used++
		}
	}
	return c
}

// fontDirs are the folders in which a system keeps the fonts of all users.
func fontDirs(system string) []string {
	switch system {
	case "windows":
		return []string{filepath.Join(os.Getenv("SystemRoot"), "Fonts")}
	case "darwin":
		return []string{"/System/Library/Fonts", "/Library/Fonts"}
	}
	return []string{"/usr/share/fonts", "/usr/local/share/fonts"}
}

// fontFS is all of a file system that the reading PDFium ever sees: one read-only font in
// the folder where it looks for fonts. Nothing of the machine is in it.
type fontFS struct{ font []byte }

const fontPath = "usr/share/fonts/box.ttf"

// Open opens the font or one of the folders above it.
func (f fontFS) Open(name string) (fs.File, error) {
	if name == fontPath {
		return &memFile{entry{path.Base(name), len(f.font), false}, bytes.NewReader(f.font)}, nil
	}
	for dir, child := path.Dir(fontPath), path.Base(fontPath); ; dir, child = path.Dir(dir), path.Base(dir) {
		if name == dir {
			size := 0
			isDir := child != path.Base(fontPath)
			if !isDir {
				size = len(f.font)
			}
			return &memDir{entry{path.Base(name), 0, true}, []fs.DirEntry{entry{child, size, isDir}}}, nil
		}
		if dir == "." {
			return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
		}
	}
}

type entry struct {
	name string
	size int
	dir  bool
}

func (e entry) Name() string               { return e.name }
func (e entry) Size() int64                { return int64(e.size) }
func (e entry) ModTime() time.Time         { return time.Time{} }
func (e entry) IsDir() bool                { return e.dir }
func (e entry) Sys() any                   { return nil }
func (e entry) Type() fs.FileMode          { return e.Mode().Type() }
func (e entry) Info() (fs.FileInfo, error) { return e, nil }
func (e entry) Mode() fs.FileMode {
	if e.dir {
		return fs.ModeDir | 0o555
	}
	return 0o444
}

type memFile struct {
	entry
	*bytes.Reader
}

func (f *memFile) Size() int64                { return f.entry.Size() }
func (f *memFile) Stat() (fs.FileInfo, error) { return f.entry, nil }
func (f *memFile) Close() error               { return nil }

type memDir struct {
	entry
	left []fs.DirEntry
}

func (d *memDir) Stat() (fs.FileInfo, error) { return d.entry, nil }
func (d *memDir) Close() error               { return nil }
func (d *memDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.name, Err: fs.ErrInvalid}
}

func (d *memDir) ReadDir(n int) ([]fs.DirEntry, error) {
	if n > 0 && len(d.left) == 0 {
		return nil, io.EOF
	}
	if n <= 0 || n > len(d.left) {
		n = len(d.left)
	}
	out := d.left[:n]
	d.left = d.left[n:]
	return out, nil
}
