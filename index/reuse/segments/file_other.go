//go:build !unix

package segments

import "os"

// mapFile is the content of a file, read: where files are not mapped.
func mapFile(path string) (b []byte, mapped bool, err error) {
	b, err = os.ReadFile(path)
	return b, false, err
}

func unmap([]byte) error { return nil }

// syncDir does nothing: a directory cannot be synced here.
func syncDir(string) error { return nil }
