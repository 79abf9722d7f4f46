package corpus

import (
	"fmt"
	"time"
)

// Limit is a limit on what reading one file may cost. Its value is the name of
// the flag that raises it; cmd/duibiao/limits.go has its default and how it is
// called in Chinese.
type Limit string

// The limits, with what LimitError counts.
const (
	FileSize    Limit = "max-mb"         // bytes of the file
	PageCount   Limit = "max-pages"      // pages
	TextLength  Limit = "max-chars"      // runes of text
	PartSize    Limit = "max-part-mb"    // bytes of one part of an office file, unpacked
	PartsSize   Limit = "max-parts-mb"   // bytes of all parts of an office file, unpacked
	Nesting     Limit = "max-nesting"    // elements inside each other in a part of an office file
	Expansion   Limit = "max-expansion"  // unpacked to packed size of a member or part
	Members     Limit = "max-members"    // files of an archive
	MembersSize Limit = "max-archive-mb" // bytes of all files of an archive, unpacked
	Archives    Limit = "max-archives"   // archives inside each other
	ReadTime    Limit = "timeout"        // nanoseconds
	PageTime    Limit = "ocr-timeout"    // nanoseconds, for the recognition of one page
	WholeTime   Limit = "max-time"       // nanoseconds, with all recognition
	Memory      Limit = "memory-mb"      // bytes the reading process holds
)

// is is the sentinel that a file over the limit wraps.
func (l Limit) is() error {
	switch l {
	case ReadTime, PageTime, WholeTime:
		return ErrTimeout
	case Memory:
		return ErrMemory
	}
	return ErrTooLarge
}

// LimitError says over which limit a file went. It wraps ErrTimeout, ErrMemory
// or ErrTooLarge.
type LimitError struct {
	Limit    Limit `json:"limit"`
	Measured int64 `json:"measured,omitempty"` // 0 where reading stopped before the whole was known
	Allowed  int64 `json:"allowed"`
}

// Error is for developers, and names the flag.
func (e *LimitError) Error() string {
	allowed := fmt.Sprint(e.Allowed)
	if e.Limit.is() == ErrTimeout {
		allowed = time.Duration(e.Allowed).String()
	}
	if e.Measured == 0 {
		return fmt.Sprintf("over %s (--%s): %v", allowed, e.Limit, e.Limit.is())
	}
	return fmt.Sprintf("%d, over %s (--%s): %v", e.Measured, allowed, e.Limit, e.Limit.is())
}

func (e *LimitError) Unwrap() error { return e.Limit.is() }
