package output

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// desk is a folder with a Saver, and shorthands for what is done there.
type desk struct {
	*testing.T
	dir string
	Saver
}

func newDesk(t *testing.T) desk {
	dir := t.TempDir()
	return desk{t, dir, Saver{Manifest: filepath.Join(dir, ".duibiao", "outputs.json")}}
}

func (d desk) path(name string) string { return filepath.Join(d.dir, "差距清单", name) }

// save writes text as 差距清单.xlsx and returns the name it got.
func (d desk) save(text string) (string, Saved) {
	d.Helper()
	saved, err := d.Save(d.path("差距清单.xlsx"), func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
	if err != nil {
		d.Fatal(err)
	}
	if got := d.read(filepath.Base(saved.Path)); got != text {
		d.Errorf("%s holds %q, want %q", saved.Path, got, text)
	}
	return filepath.Base(saved.Path), saved
}

func (d desk) read(name string) string {
	d.Helper()
	b, err := os.ReadFile(d.path(name))
	if err != nil {
		d.Fatal(err)
	}
	return string(b)
}

func (d desk) edit(name, text string) {
	d.Helper()
	if err := os.MkdirAll(filepath.Dir(d.path(name)), 0o777); err != nil {
		d.Fatal(err)
	}
	if err := os.WriteFile(d.path(name), []byte(text), 0o666); err != nil {
		d.Fatal(err)
	}
}

func (d desk) wantFiles(names ...string) {
	d.Helper()
	entries, err := os.ReadDir(d.path(""))
	if err != nil {
		d.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if diff := cmp.Diff(names, got); diff != "" {
		d.Error(diff)
	}
}

func TestOwnFilesAreReplaced(t *testing.T) {
	d := newDesk(t)
	for i := range 3 {
		if name, saved := d.save(fmt.Sprint("run ", i)); name != "差距清单.xlsx" || saved.Kept != "" {
			t.Errorf("run %d went to %s, kept %q", i, name, saved.Kept)
		}
	}
	d.wantFiles("差距清单.xlsx")
}

func TestEditedFilesAreKept(t *testing.T) {
	d := newDesk(t)
	d.save("run 1")
	d.edit("差距清单.xlsx", "reviewer's notes")
	name, saved := d.save("run 2")
	if name != "差距清单-2.xlsx" || saved.Kept != d.path("差距清单.xlsx") || saved.Why != "已被人工修改" {
		t.Errorf("Save = %+v, want it beside the edited file", saved)
	}
	d.save("run 3") // replaces its own -2
	d.edit("差距清单-2.xlsx", "more notes")
	if name, _ := d.save("run 4"); name != "差距清单-3.xlsx" {
		t.Errorf("Save went to %s, want -3", name)
	}
	if d.read("差距清单.xlsx") != "reviewer's notes" || d.read("差距清单-2.xlsx") != "more notes" {
		t.Error("an edited file was changed")
	}
	d.wantFiles("差距清单-2.xlsx", "差距清单-3.xlsx", "差距清单.xlsx")
	if err := os.Remove(d.path("差距清单.xlsx")); err != nil {
		t.Fatal(err)
	}
	if name, _ := d.save("run 5"); name != "差距清单.xlsx" {
		t.Errorf("Save went to %s after the edited file was taken away", name)
	}
}

func TestFilesOfOthersAreKept(t *testing.T) {
	d := newDesk(t)
	d.edit("差距清单.xlsx", "made by hand")
	if name, saved := d.save("run 1"); name != "差距清单-2.xlsx" || saved.Why != "不是本程序写出的" {
		t.Errorf("Save = %+v, want it beside the file of another", saved)
	}
	d.edit("差距清单.xlsx", "run 2")
	if name, _ := d.save("run 2"); name != "差距清单.xlsx" {
		t.Errorf("Save went to %s, though the file there has the same content", name)
	}
}

func TestLostManifest(t *testing.T) {
	for name, spoil := range map[string]func(path string) error{
		"gone":    os.Remove,
		"garbage": func(path string) error { return os.WriteFile(path, []byte("{"), 0o666) },
		"null":    func(path string) error { return os.WriteFile(path, []byte("null"), 0o666) },
	} {
		t.Run(name, func(t *testing.T) {
			d := newDesk(t)
			d.save("run 1")
			if err := spoil(d.Manifest); err != nil {
				t.Fatal(err)
			}
			if name, _ := d.save("run 2"); name != "差距清单-2.xlsx" {
				t.Errorf("Save went to %s, want what cannot be known for its own to be kept", name)
			}
		})
	}
}

// TestCrashBetweenManifestAndFile holds that a run that ended after the
// manifest was written and before the file got its name does no harm.
func TestCrashBetweenManifestAndFile(t *testing.T) {
	d := newDesk(t)
	d.save("run 1")
	if err := d.note(d.load(), d.path("差距清单.xlsx"), "hash of a file that never came"); err != nil {
		t.Fatal(err)
	}
	if name, _ := d.save("run 3"); name != "差距清单.xlsx" {
		t.Errorf("Save went to %s, want it to know its own file", name)
	}
}

func TestFolderMayMove(t *testing.T) {
	d := newDesk(t)
	d.save("run 1")
	moved := filepath.Join(t.TempDir(), "moved")
	if err := os.Rename(d.dir, moved); err != nil {
		t.Fatal(err)
	}
	d.dir, d.Manifest = moved, filepath.Join(moved, ".duibiao", "outputs.json")
	if name, _ := d.save("run 2"); name != "差距清单.xlsx" {
		t.Errorf("Save went to %s, want it to know its own file where it is now", name)
	}
}

func TestFailedWriteLeavesNothing(t *testing.T) {
	d := newDesk(t)
	d.save("run 1")
	full := errors.New("disk full")
	_, err := d.Save(d.path("差距清单.xlsx"), func(w io.Writer) error {
		_, err := io.WriteString(w, "half")
		return errors.Join(err, full)
	})
	if !errors.Is(err, full) || !strings.Contains(err.Error(), "差距清单.xlsx") {
		t.Errorf("Save = %v, want %v and the name of the file", err, full)
	}
	if d.read("差距清单.xlsx") != "run 1" {
		t.Error("the old file is gone")
	}
	d.wantFiles("差距清单.xlsx")
}

func TestFolderInTheWay(t *testing.T) {
	d := newDesk(t)
	if err := os.MkdirAll(d.path("差距清单.xlsx"), 0o777); err != nil {
		t.Fatal(err)
	}
	if name, saved := d.save("run 1"); name != "差距清单-2.xlsx" || saved.Why != "不是普通文件" {
		t.Errorf("Save = %+v, want it beside the folder", saved)
	}
}
