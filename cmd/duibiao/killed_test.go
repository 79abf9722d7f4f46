//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"duibiao/corpus/store"
)

// asProgram makes the test binary behave as duibiao when it is started with
// this name.
func asProgram(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Env = append(os.Environ(), asProgramVariable+"=1")
	return cmd
}

const asProgramVariable = "DUIBIAO_TEST_AS_PROGRAM"

// manyPapers writes n small reports.
func manyPapers(t *testing.T, n int) string {
	t.Helper()
	dir := t.TempDir()
	for i := range n {
		text := fmt.Sprintf("河湾镇第%d片区2025年度法治政府建设情况报告\n\n全年排查矛盾纠纷%d起，化解%d起。\n", i, 50+i, 40+i)
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("河湾镇%03d.txt", i)), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestAKilledRunGoesOn kills a run with SIGKILL at several moments; the next
// one finishes it with the result of a run that nobody disturbed, and does not
// read again what was read.
func TestAKilledRunGoesOn(t *testing.T) {
	want := resultOf(t, manyPapers(t, 120))
	for _, kept := range []int{1, 40, 90} {
		dir := manyPapers(t, 120)
		cmd := asProgram(t, "check", dir, "-q")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		waitForDocuments(t, filepath.Join(dir, dataName), kept, cmd)
		if got := resultOf(t, dir); got != want {
			t.Errorf("after a kill at %d documents the result differs from an undisturbed run's", kept)
		}
	}
}

// waitForDocuments kills cmd as soon as its store is as large as kept small
// documents make it.
func waitForDocuments(t *testing.T, data string, kept int, cmd *exec.Cmd) {
	t.Helper()
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	for {
		select {
		case <-done: // it was faster than we: the next run then has nothing left to do
			return
		case <-time.After(time.Millisecond):
		}
		if size(data) >= int64(kept)*4096 {
			if err := cmd.Process.Kill(); err != nil && !errors.Is(err, os.ErrProcessDone) {
				t.Fatal(err)
			}
			<-done
			return
		}
	}
}

// size is the bytes of all files below dir.
func size(dir string) int64 {
	total := int64(0)
	entries, err := os.ReadDir(dir)
	if err != nil {
		return 0
	}
	for _, e := range entries {
		if info, err := e.Info(); err == nil {
			total += info.Size()
		}
	}
	return total
}

// resultOf is the JSON of a run over dir without what the clock puts in.
func resultOf(t *testing.T, dir string) string {
	t.Helper()
	var errs bytes.Buffer
	cmd := asProgram(t, "check", dir, "--format", "json", "-q")
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("check %s: %v\n%s", dir, err, errs.String())
	}
	var top map[string]any
	if err := json.Unmarshal(out, &top); err != nil {
		t.Fatal(err)
	}
	delete(top["run"].(map[string]any), "seconds")
	b, err := json.Marshal(top)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestInterrupt ends a run with Ctrl-C: it says so, exits with 1, leaves no
// half-written list, and the next run goes on.
func TestInterrupt(t *testing.T) {
	dir := manyPapers(t, 150)
	var errs bytes.Buffer
	cmd := asProgram(t, "check", dir, "-q")
	cmd.Stderr = &errs
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for size(filepath.Join(dir, dataName)) < 8*4096 {
		time.Sleep(time.Millisecond)
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	err := cmd.Wait()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitFailed {
		t.Fatalf("check after Ctrl-C: %v, want exit code %d\n%s", err, exitFailed, errs.String())
	}
	if !strings.Contains(errs.String(), "已中断。已读的内容都已保存，再次运行会接着做。") {
		t.Errorf("check after Ctrl-C said %q", errs.String())
	}
	if _, err := os.Stat(filepath.Join(dir, outName)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("an interrupted run left %s", outName)
	}
	resultOf(t, dir)
}

// TestASecondProcessIsTold runs two processes on one folder: the second says
// who holds it and ends.
func TestASecondProcessIsTold(t *testing.T) {
	dir := manyPapers(t, 1)
	st, err := store.Open(filepath.Join(dir, dataName))
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	var errs bytes.Buffer
	cmd := asProgram(t, "check", dir)
	cmd.Stderr = &errs
	err = cmd.Run()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitFailed {
		t.Errorf("second check: %v, want exit code %d", err, exitFailed)
	}
	if holder := fmt.Sprint(os.Getpid()); !strings.Contains(errs.String(), "正被另一个对标程序使用") || !strings.Contains(errs.String(), holder) {
		t.Errorf("second check said %q, want the holder %s", errs.String(), holder)
	}
}

// TestUnreadablePermission reads a folder in which a file and a sub-folder may
// not be read. The superuser may read everything, so as root the program runs
// as nobody.
func TestUnreadablePermission(t *testing.T) {
	dir := manyPapers(t, 2)
	locked := filepath.Join(dir, "锁住的文件夹")
	if err := os.Mkdir(locked, 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(locked, 0o700) })
	if err := os.Chmod(filepath.Join(dir, "河湾镇000.txt"), 0); err != nil {
		t.Fatal(err)
	}
	cmd := asProgram(t, "check", dir, "--data", filepath.Join(dir, dataName))
	if os.Geteuid() == 0 {
		asNobody(t, cmd, dir)
	}
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != exitNotJudged {
		t.Fatalf("check: %v, want exit code %d\n%s", err, exitNotJudged, out)
	}
	for _, want := range []string{"河湾镇000.txt", "锁住的文件夹", "没有读取权限"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("check does not say %q:\n%s", want, out)
		}
	}
}

// asNobody lets cmd run as the user nobody, from a place that it may reach.
func asNobody(t *testing.T, cmd *exec.Cmd, dir string) {
	t.Helper()
	const nobody = 65534
	home, err := os.MkdirTemp("", "duibiao-nobody-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(home) })
	program := filepath.Join(home, "duibiao")
	b, err := os.ReadFile(cmd.Path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(program, b, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, d := range []string{home, dir} {
		if err := os.Chown(d, nobody, nobody); err != nil {
			t.Fatal(err)
		}
	}
	for d := filepath.Dir(dir); d != filepath.Dir(d) && d != os.TempDir(); d = filepath.Dir(d) {
		if err := os.Chmod(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	cmd.Path = program
	cmd.Env = append(cmd.Env, "HOME="+home, "XDG_CACHE_HOME="+home, "TMPDIR="+home)
	cmd.Dir = dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
}
