//go:build !linux

package tesseract

import "os/exec"

// dieWithParent does nothing where the kernel cannot do it: the child ends
// when it writes to a pipe that nobody reads.
func dieWithParent(*exec.Cmd) {}
