//go:build !linux

package worker

import "os/exec"

// setApart does nothing here: the child sees its input end.
func setApart(*exec.Cmd) {}

// killGroup kills the child; the programs it started see its pipes closed.
func killGroup(cmd *exec.Cmd) { _ = cmd.Process.Kill() }

// resident cannot be told here; the child watches itself.
func resident(int) int64 { return 0 }

func family(int) int64 { return 0 }
