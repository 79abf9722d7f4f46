package corpus

import "errors"

// The reasons for which a file cannot be read, each of which has its own
// Chinese sentence and next step in cmd/duibiao/hint.go. Readers wrap them.
var (
	ErrNoText      = errors.New("no text layer")        // a scan: needs OCR
	ErrGarbled     = errors.New("text layer garbled")   // the text is not what is drawn: needs OCR
	ErrEncrypted   = errors.New("encrypted")            // needs a password
	ErrBroken      = errors.New("broken file")          // not what its format promises
	ErrEmpty       = errors.New("empty file")           // nothing in it
	ErrNoPages     = errors.New("no pages")             // a PDF without a page
	ErrTooLarge    = errors.New("too large")            // over a named limit
	ErrTimeout     = errors.New("took too long")        // over the time limit
	ErrMemory      = errors.New("took too much memory") // the worker died at its limit
	ErrCrashed     = errors.New("reader crashed")       // the worker died otherwise
	ErrUnsupported = errors.New("format not supported") //
	ErrNoProgram   = errors.New("needs LibreOffice")    // which is not installed
	ErrNotZip      = errors.New("archive is not a zip") // RAR, 7z and the like
	ErrPermission  = errors.New("permission denied")    //
	ErrBusy        = errors.New("data folder in use")   // another process holds it
)
