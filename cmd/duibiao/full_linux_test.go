package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"duibiao/ingest/xlsx/xlsxtest"
)

// disk is a file system of a few kilobytes.
type disk struct {
	*testing.T
	at string
}

// newDisk mounts a file system at path, with what stood there.
func newDisk(t *testing.T, path string, kilobytes int) disk {
	t.Helper()
	before := os.DirFS(path)
	aside := filepath.Join(t.TempDir(), "aside")
	if _, err := os.Stat(path); err == nil {
		if err := os.CopyFS(aside, before); err != nil {
			t.Fatal(err)
		}
	} else if err := os.MkdirAll(path, 0o777); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", path, "tmpfs", 0, fmt.Sprintf("size=%dk", kilobytes)); err != nil {
		t.Fatalf("NOT TESTED: what happens on a full disk. This test mounts a small file system and needs to run as root: %v", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(path, 0); err != nil {
			t.Error(err)
		}
	})
	if _, err := os.Stat(aside); err == nil {
		if err := os.CopyFS(path, os.DirFS(aside)); err != nil {
			t.Fatal(err)
		}
	}
	return disk{t, path}
}

// fill takes all space that is left; the function it returns gives it back.
func (d disk) fill() (free func()) {
	d.Helper()
	path := filepath.Join(d.at, "占满")
	f, err := os.Create(path)
	if err != nil {
		d.Fatal(err)
	}
	defer f.Close()
	for size := 4096; size > 0; size /= 2 {
		for err == nil {
			_, err = f.Write(make([]byte, size))
		}
		err = nil
	}
	return func() {
		if err := os.Remove(path); err != nil {
			d.Fatal(err)
		}
	}
}

// only is an error where anything but names stands on the disk.
func (d disk) only(names ...string) {
	d.Helper()
	entries, err := os.ReadDir(d.at)
	if err != nil {
		d.Fatal(err)
	}
	for _, e := range entries {
		if !slices.Contains(append(names, "占满"), e.Name()) {
			d.Errorf("%s is left on the disk", e.Name())
		}
	}
}

func (o office) wantFull(args ...string) {
	o.Helper()
	code, out, say := o.run(args...)
	if code != exitFailed || !strings.Contains(say, "磁盘已满。请清出空间后重跑") {
		o.Errorf("%v ends with %d: %s%s; want %d and that the disk is full", args, code, out, say, exitFailed)
	}
}

func (o office) want(args ...string) string {
	o.Helper()
	code, out, say := o.run(args...)
	if code != exitDone {
		o.Fatalf("%v ends with %d: %s%s", args, code, out, say)
	}
	return out
}

func TestDiskFullWhileCheckWrites(t *testing.T) {
	o := newOffice(t)
	d := newDisk(t, o.path("差距清单"), 256)
	before, err := os.ReadFile(o.path("差距清单", "差距清单.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	free := d.fill()
	if err := os.WriteFile(o.path("财政局.txt"), []byte("云川县财政局2025年法治工作情况\n\n一、行政复议\n全年办结行政复议案件9件。\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	o.wantFull("check", o.dir, "-q")
	d.only("差距清单.xlsx", "差距清单.json", "报告.html")
	after, err := os.ReadFile(o.path("差距清单", "差距清单.xlsx"))
	if err != nil || string(after) != string(before) {
		t.Errorf("the list of the last run was changed (%v)", err)
	}
	free()
	if say := o.want("gaps", o.dir); !strings.Contains(say, "已写好") || strings.Contains(say, "-2") {
		t.Errorf("after space was made, gaps says %s", say)
	}
}

func TestDiskFullWhileListsAreTakenIn(t *testing.T) {
	o := newOffice(t)
	path := o.list()
	o.edit(path, func(b *xlsxtest.Book) {
		b.Set("全部", "云川县水利局", "整改进展", strings.Repeat("已补全年收案九件、审结九件的数据。", 400))
	})
	d := newDisk(t, o.path(".duibiao"), 4096)
	free := d.fill()
	o.wantFull("gaps", "import", path, o.dir)
	free()
	if got, n := o.decided(); n != 0 {
		t.Errorf("half of it was kept: %+v", got)
	}
	if say := o.want("gaps", "import", path, o.dir); !strings.Contains(say, "收回 1 条") {
		t.Errorf("after space was made, import says %s", say)
	}
}

func TestDiskFullWhileLettersAreWritten(t *testing.T) {
	o := newOffice(t)
	d := newDisk(t, o.path("差距清单", "反馈函"), 64)
	free := d.fill()
	o.wantFull("gaps", o.dir, "--format", "docx")
	d.only()
	free()
	o.want("gaps", o.dir, "--format", "docx")
	d.only("云川县水利局.docx", "云川县财政局.docx")
}

func TestFolderThatCannotBeWritten(t *testing.T) {
	o := newOffice(t)
	d := newDisk(t, o.path("差距清单"), 256)
	if err := syscall.Mount("tmpfs", d.at, "tmpfs", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
		t.Fatal(err)
	}
	code, _, say := o.run("gaps", o.dir)
	if code != exitFailed || !strings.Contains(say, "这个位置只能读，不能写") {
		t.Errorf("gaps ends with %d: %s", code, say)
	}
	o.want("gaps", o.dir, "--out", filepath.Join(t.TempDir(), "别处.xlsx"))
}
