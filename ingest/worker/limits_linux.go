package worker

import (
	"bytes"
	"os"
	"os/exec"
	"strconv"
	"syscall"
)

// setApart puts the child into a process group of its own, with every program
// that it will start, and has the kernel kill the child when its parent dies,
// even by kill -9. Elsewhere the child sees its input end.
func setApart(cmd *exec.Cmd) {
	if cmd.SysProcAttr == nil {
		cmd.SysProcAttr = &syscall.SysProcAttr{}
	}
	cmd.SysProcAttr.Setpgid = true
	cmd.SysProcAttr.Pdeathsig = syscall.SIGKILL
}

// killGroup kills the child and every program that it started.
func killGroup(cmd *exec.Cmd) {
	_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
}

// family is the memory in bytes that a process holds and the programs that it
// started, as far as can be told.
func family(pid int) int64 { return heldBelow(pid, 4) }

func heldBelow(pid, depth int) int64 {
	held := resident(pid)
	threads, err := os.ReadDir("/proc/" + strconv.Itoa(pid) + "/task")
	if err != nil || depth == 0 {
		return held
	}
	for _, t := range threads {
		b, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/task/" + t.Name() + "/children")
		if err != nil {
			continue
		}
		for _, field := range bytes.Fields(b) {
			if started, err := strconv.Atoi(string(field)); err == nil {
				held += heldBelow(started, depth-1)
			}
		}
	}
	return held
}

// resident is the memory in bytes that a process holds, or 0 when that cannot
// be told.
func resident(pid int) int64 {
	b, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/statm")
	if err != nil {
		return 0
	}
	fields := bytes.Fields(b)
	if len(fields) < 2 {
		return 0
	}
	pages, err := strconv.ParseInt(string(fields[1]), 10, 64)
	if err != nil {
		return 0
	}
	return pages * int64(os.Getpagesize())
}
