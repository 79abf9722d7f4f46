package tesseract

import (
	"os/exec"
	"syscall"
)

// dieWithParent has the kernel kill the child when its parent dies, even by
// kill -9.
func dieWithParent(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
}
