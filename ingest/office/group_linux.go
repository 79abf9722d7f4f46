package office

import (
	"os/exec"
	"syscall"
)

// killGroup has cmd killed with all it started, and killed by the kernel when
// this process dies.
func killGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
