// Package archive unpacks zip files that units hand in.
//
// In: a zip file, also with zip files inside. Out: its members as files in a
// folder of the caller's, with their names as the sender saw them. Members
// that cannot be unpacked are listed with the reason. The names of the files
// made are our own, so no member can be written elsewhere.
package archive

import (
	"archive/zip"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"duibiao/corpus"
	"duibiao/ingest/capped"
	"duibiao/ingest/text"
)

// Limits bounds what an archive may hold. Each zero field means its default.
type Limits struct {
	Members     int   // members, also of archives inside; 5,000
	MemberBytes int64 // bytes of one member unpacked; 100 MB
	TotalBytes  int64 // bytes of all members unpacked; 2 GB
	Ratio       int64 // unpacked to packed size of a member; 200
	RatioFrom   int64 // bytes of a member up to which its ratio does not matter; 10 MB
	Depth       int   // archives inside each other; 3
}

func (l Limits) withDefaults() Limits {
	if l.Members <= 0 {
		l.Members = 5000
	}
	if l.MemberBytes <= 0 {
		l.MemberBytes = 100 << 20
	}
	if l.TotalBytes <= 0 {
		l.TotalBytes = 2 << 30
	}
	if l.Ratio <= 0 {
		l.Ratio = 200
	}
	if l.RatioFrom <= 0 {
		l.RatioFrom = 10 << 20
	}
	if l.Depth <= 0 {
		l.Depth = 3
	}
	return l
}

// Member is one file of an archive.
type Member struct {
	Name    string // with "/"; "b.zip!/c.docx" for one of an archive inside
	Path    string // where it was unpacked; "" when Err is not nil
	Size    int64  // bytes unpacked
	ModTime time.Time
	Err     error // why it was not unpacked
}

// Extract unpacks the members of the zip file at path, for which keep says
// true, into dir, in the order of the archive. A member that cannot be had
// carries its reason: corpus.ErrEncrypted, ErrBroken, ErrTooLarge or
// ErrUnsupported. The error is about the archive as a whole, and wraps
// ErrBroken, ErrNotZip (RAR, 7z …), ErrUnsupported, ErrTooLarge or ErrPermission; the
// members met before are returned beside it.
func Extract(path, dir string, lim Limits, keep func(name string) bool) ([]Member, error) {
	f, size, err := capped.Open(path)
	if err != nil {
		return nil, fmt.Errorf("unpack %s: %w", path, err)
	}
	defer f.Close()
	u := &unpacker{dir: dir, lim: lim.withDefaults(), keep: keep}
	if err := u.archive(f, size, "", 1); err != nil {
		return u.members, fmt.Errorf("unpack %s: %w", path, err)
	}
	return u.members, nil
}

type unpacker struct {
	dir     string
	lim     Limits
	keep    func(name string) bool
	members []Member
	seen    int
	spent   int64
}

// archive unpacks one zip file; prefix stands before the names of its members.
func (u *unpacker) archive(r io.ReaderAt, size int64, prefix string, depth int) error {
	z, err := zip.NewReader(r, size)
	if errors.Is(err, zip.ErrInsecurePath) {
		err = nil // names are made safe below
	}
	if err != nil && isOther(r) {
		return corpus.ErrNotZip
	}
	if err != nil {
		return fmt.Errorf("%w: %w", corpus.ErrBroken, err)
	}
	for i, f := range z.File {
		name := memberName(f)
		if name == "" || strings.HasSuffix(f.Name, "/") || f.Mode().IsDir() {
			continue
		}
		if u.seen++; u.seen > u.lim.Members {
			return &corpus.LimitError{Limit: corpus.Members, Measured: int64(u.seen + len(z.File) - i - 1), Allowed: int64(u.lim.Members)}
		}
		if name = prefix + name; u.keep != nil && !u.keep(name) {
			continue
		}
		u.member(f, name, depth)
	}
	return nil
}

// isOther reports whether a file is an archive of another kind, whatever its
// name.
func isOther(r io.ReaderAt) bool {
	head := make([]byte, 8)
	n, _ := r.ReadAt(head, 0)
	for _, mark := range []string{"Rar!", "7z\xBC\xAF\x27\x1C", "\x1F\x8B", "BZh", "\xFD7zXZ"} {
		if strings.HasPrefix(string(head[:n]), mark) {
			return true
		}
	}
	return false
}

// member unpacks f, and what is in it when it is an archive itself.
func (u *unpacker) member(f *zip.File, name string, depth int) {
	m := Member{Name: name, ModTime: f.Modified}
	m.Path, m.Size, m.Err = u.unpack(f)
	inner := strings.EqualFold(path.Ext(name), ".zip")
	if m.Err == nil && inner {
		m.Err = u.inside(m, depth)
		if err := os.Remove(m.Path); m.Err == nil {
			m.Err = err
		}
		m.Path = ""
	}
	if m.Err != nil || !inner {
		u.members = append(u.members, m)
	}
}

// inside unpacks the members of an archive that was itself unpacked.
func (u *unpacker) inside(m Member, depth int) error {
	if depth >= u.lim.Depth {
		return &corpus.LimitError{Limit: corpus.Archives, Measured: int64(depth) + 1, Allowed: int64(u.lim.Depth)}
	}
	if m.Size == 0 {
		return corpus.ErrEmpty
	}
	f, err := os.Open(m.Path)
	if err != nil {
		return err
	}
	defer f.Close()
	return u.archive(f, m.Size, m.Name+"!/", depth+1)
}

// unpack writes f to a file of our own naming.
func (u *unpacker) unpack(f *zip.File) (to string, size int64, err error) {
	if f.Flags&1 != 0 {
		return "", 0, corpus.ErrEncrypted
	}
	if f.Mode()&os.ModeType != 0 {
		return "", 0, fmt.Errorf("not a plain file: %w", corpus.ErrUnsupported)
	}
	r, err := f.Open()
	if err != nil && !errors.Is(err, zip.ErrAlgorithm) {
		err = fmt.Errorf("%w: %w", corpus.ErrBroken, err) // also a place outside the file
	}
	if err != nil {
		return "", 0, reason(err)
	}
	defer r.Close()
	ext := strings.ToLower(path.Ext(memberName(f)))
	if len(ext) > 10 || strings.ContainsAny(ext, `\/:*?"<>|`) {
		ext = ""
	}
	w, err := os.CreateTemp(u.dir, "member-*"+ext)
	if err != nil {
		return "", 0, err
	}
	most, over := u.most(f)
	size, err = io.Copy(w, io.LimitReader(r, most+1))
	u.spent += size
	if size > most {
		err = over
	}
	if closed := w.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return "", 0, errors.Join(reason(err), os.Remove(w.Name()))
	}
	return w.Name(), size, nil
}

// most is how many bytes of f may be unpacked, and the error when there are
// more.
func (u *unpacker) most(f *zip.File) (int64, error) {
	l := u.lim
	most, over := capped.Parts{PartBytes: l.MemberBytes, AllBytes: l.TotalBytes, Ratio: l.Ratio, RatioFrom: l.RatioFrom}.Room(f, u.spent)
	switch over.Limit {
	case corpus.PartSize:
		over.Limit = corpus.FileSize
	case corpus.PartsSize:
		over.Limit = corpus.MembersSize
	}
	return most, over
}

func reason(err error) error {
	switch {
	case errors.Is(err, zip.ErrAlgorithm):
		return fmt.Errorf("%w: %w", corpus.ErrUnsupported, err)
	case errors.Is(err, zip.ErrFormat), errors.Is(err, zip.ErrChecksum), errors.Is(err, io.ErrUnexpectedEOF), strings.Contains(err.Error(), "flate:"):
		return fmt.Errorf("%w: %w", corpus.ErrBroken, err)
	}
	return err
}

// memberName is the name of a member as the sender saw it, with "/" and
// without ways out of the archive. Names are UTF-8, or in GB18030 as Chinese
// Windows writes them.
func memberName(f *zip.File) string {
	name := f.Name
	if alias := unicodeName(f); alias != "" {
		name = alias
	} else if !utf8.ValidString(name) {
		name, _ = text.GB18030([]byte(name))
	}
	name = path.Clean("/" + strings.ReplaceAll(name, "\\", "/"))
	return strings.TrimPrefix(strings.ToValidUTF8(name, "\uFFFD"), "/")
}

// unicodeName is the name that a further field of the member gives in UTF-8,
// or "".
func unicodeName(f *zip.File) string {
	for extra := f.Extra; len(extra) >= 4; {
		id, size := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		if size > len(extra)-4 {
			return ""
		}
		field := extra[4 : 4+size]
		if id == 0x7075 && size > 5 && field[0] == 1 && binary.LittleEndian.Uint32(field[1:]) == crc32.ChecksumIEEE([]byte(f.Name)) && utf8.Valid(field[5:]) {
			return string(field[5:])
		}
		extra = extra[4+size:]
	}
	return ""
}
