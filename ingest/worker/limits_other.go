//go:build !linux

package worker

import "os/exec"

// dieWithParent does nothing here: the child sees its input end.
func dieWithParent(*exec.Cmd) {}

// resident cannot be told here; the child watches itself.
func resident(int) int64 { return 0 }
