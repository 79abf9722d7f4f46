package output

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"duibiao/corpus"
)

// Saver writes output files without ever destroying what a person did to one.
// It remembers what it wrote in Manifest, a file that it makes and that may be
// lost: then it takes every file it finds for a person's. One process at a
// time may use a Manifest. The zero Saver remembers nothing.
type Saver struct{ Manifest string }

// Saved says where an output went.
type Saved struct {
	Path string // where it was written
	Kept string // the file that has the name it should have had, and was left alone; "" when there is none
	Why  string // why it was left alone, a Chinese clause
}

// Save writes an output to path, or beside it: when the file there was changed
// since Save wrote it, was never written by Save, or cannot be replaced
// because another program has it open, the output goes to "name-2.xlsx", or
// the next number that is free. write gets a new file in the same folder,
// which takes its name only when it is whole.
func (s Saver) Save(path string, write func(io.Writer) error) (Saved, error) {
	saved, err := s.save(path, write)
	if err != nil {
		return Saved{}, fmt.Errorf("write %s: %w", path, err)
	}
	return saved, nil
}

func (s Saver) save(path string, write func(io.Writer) error) (Saved, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return Saved{}, err
	}
	temp, sum, err := writeTemp(path, write)
	if err != nil {
		return Saved{}, err
	}
	defer os.Remove(temp) // it is gone when all went well
	known := s.load()
	saved := Saved{}
	for n := 1; n <= maxBeside; n++ {
		saved.Path = beside(path, n)
		mine, why := s.ours(known, saved.Path, sum)
		if mine {
			// The manifest first: after a crash between the two, the file
			// that still lies there is known as well.
			if err := s.note(known, saved.Path, sum); err != nil {
				return Saved{}, err
			}
			err := os.Rename(temp, saved.Path)
			if err == nil {
				return saved, nil
			}
			if _, there := os.Lstat(saved.Path); there != nil {
				return Saved{}, err
			}
			why = "正被其他程序打开，无法替换"
		}
		if n == 1 {
			saved.Kept, saved.Why = path, why
		}
	}
	return Saved{}, fmt.Errorf("%d files of this name are in the way: %w", maxBeside, fs.ErrExist)
}

const maxBeside = 999

func beside(path string, n int) string {
	if n == 1 {
		return path
	}
	ext := filepath.Ext(path)
	return fmt.Sprintf("%s-%d%s", strings.TrimSuffix(path, ext), n, ext)
}

// writeTemp writes a new file beside path and returns its name and hash.
func writeTemp(path string, write func(io.Writer) error) (name, sum string, err error) {
	name = filepath.Join(filepath.Dir(path), fmt.Sprintf(".%s.%d.tmp", filepath.Base(path), os.Getpid()))
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o666)
	if err != nil {
		return "", "", err
	}
	hash := sha256.New()
	err = write(io.MultiWriter(f, hash))
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return "", "", errors.Join(err, os.Remove(name))
	}
	return name, hex.EncodeToString(hash.Sum(nil)), nil
}

// ours reports whether the file at path may be replaced, and if not, why.
func (s Saver) ours(known map[string][]string, path, sum string) (bool, string) {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return true, ""
	}
	if err != nil || !info.Mode().IsRegular() {
		return false, "不是普通文件"
	}
	there, err := HashFile(path)
	if err != nil {
		return false, "无法读取"
	}
	if there == sum {
		return true, ""
	}
	hashes := known[s.key(path)]
	for _, h := range hashes {
		if h == there {
			return true, ""
		}
	}
	if len(hashes) == 0 {
		return false, "不是本程序写出的"
	}
	return false, "已被人工修改"
}

// HashFile is the SHA-256 of the content of the file at path, in hexadecimal.
// Devices and pipes are not opened: the error wraps corpus.ErrUnsupported.
func HashFile(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() {
		return "", fmt.Errorf("%s is not a plain file: %w", path, corpus.ErrUnsupported)
	}
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// key is path as the manifest knows it: relative, so that the folder may move.
func (s Saver) key(path string) string {
	from, err1 := filepath.Abs(filepath.Dir(s.Manifest))
	to, err2 := filepath.Abs(path)
	if err1 != nil || err2 != nil {
		return filepath.ToSlash(path)
	}
	if rel, err := filepath.Rel(from, to); err == nil {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(to)
}

// load is the manifest: for each path the hashes of what was last written
// there. One that cannot be read is as good as none.
func (s Saver) load() map[string][]string {
	known := map[string][]string{}
	b, err := os.ReadFile(s.Manifest)
	if err != nil || json.Unmarshal(b, &known) != nil || known == nil {
		return map[string][]string{}
	}
	return known
}

// note adds sum to the last two hashes of path.
func (s Saver) note(known map[string][]string, path, sum string) error {
	if s.Manifest == "" {
		return nil
	}
	key := s.key(path)
	hashes := append(known[key], sum)
	known[key] = hashes[max(0, len(hashes)-2):]
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", " ")
	if err := e.Encode(known); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(s.Manifest), 0o777); err != nil {
		return err
	}
	temp, _, err := writeTemp(s.Manifest, func(w io.Writer) error {
		_, err := w.Write(b.Bytes())
		return err
	})
	if err != nil {
		return err
	}
	return os.Rename(temp, s.Manifest)
}
