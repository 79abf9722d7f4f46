package docx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"path"
	"sort"
	"strings"

	"duibiao/corpus"
	"duibiao/ingest/capped"
)

// parts is the package of a DOCX file: its parts by name, read with caps.
type parts struct {
	files   map[string]*zip.File
	names   []string // sorted
	lim     capped.Parts
	spent   int64
	main    string // name of the main part, such as "word/document.xml"
	doubled bool   // the main part is there twice
	related map[string][]string
	byID    map[string]string // what the main part refers to, by the relation's id
}

func openPackage(f io.ReaderAt, size int64, lim capped.Parts) (*parts, error) {
	if size == 0 {
		return nil, corpus.ErrEmpty
	}
	z, err := zip.NewReader(f, size)
	if err != nil {
		if compound(f) {
			return nil, compoundReason(f)
		}
		return nil, fmt.Errorf("%w: %w", corpus.ErrBroken, err)
	}
	p := &parts{files: map[string]*zip.File{}, lim: lim}
	var twice []string
	for _, file := range z.File {
		name := strings.TrimPrefix(strings.ReplaceAll(file.Name, "\\", "/"), "/")
		if p.files[name] != nil {
			twice = append(twice, name)
			continue
		}
		p.files[name] = file
		p.names = append(p.names, name)
	}
	sort.Strings(p.names)
	if err := p.findMain(); err != nil {
		return nil, err
	}
	for _, name := range twice {
		p.doubled = p.doubled || name == p.main
	}
	p.byID = map[string]string{}
	p.related, err = p.relations(p.main, func(id, part string) { p.byID[id] = part })
	return p, err
}

// findMain finds the main part: by the package's relations, else under its
// usual name.
func (p *parts) findMain() error {
	related, err := p.relations("", func(string, string) {})
	if err != nil {
		return err
	}
	for _, name := range append(related["officeDocument"], "word/document.xml", "word/document2.xml") {
		if p.files[name] != nil {
			p.main = name
			return nil
		}
	}
	return fmt.Errorf("%w: no main document in the package", corpus.ErrBroken)
}

// relations is what the named part refers to: part names by the last word of
// the relation's type; each is told with its id. No relations at all is no
// error.
func (p *parts) relations(part string, tell func(id, part string)) (map[string][]string, error) {
	dir, base := path.Split(part)
	root, err := p.tree(dir + "_rels/" + base + ".rels")
	if err != nil || root == nil {
		return map[string][]string{}, err
	}
	found := map[string][]string{}
	for _, r := range root.kids {
		if r.attr("TargetMode") == "External" {
			continue
		}
		target := strings.ReplaceAll(r.attr("Target"), "\\", "/")
		if strings.HasPrefix(target, "/") {
			target = target[1:]
		} else {
			target = path.Join(dir, target)
		}
		tell(r.attr("Id"), target)
		kind := path.Base(r.attr("Type"))
		found[kind] = append(found[kind], target)
	}
	return found, nil
}

// companion is the tree of the part that the main part relates to as kind, or
// of the part of the usual name; nil when there is none.
func (p *parts) companion(kind string) (*node, error) {
	for _, name := range append(p.related[kind], path.Join(path.Dir(p.main), kind+".xml")) {
		if p.files[name] != nil {
			return p.tree(name)
		}
	}
	return nil, nil
}

// companions is the names of all parts that the main part relates to as kind,
// sorted; where it has no relations, of those named so.
func (p *parts) companions(kind string) []string {
	var names []string
	if len(p.related) > 0 {
		names = append(names, p.related[kind]...)
		sort.Strings(names)
		return names
	}
	for _, name := range p.names {
		if strings.HasPrefix(name, path.Join(path.Dir(p.main), kind)) && strings.HasSuffix(name, ".xml") {
			names = append(names, name)
		}
	}
	return names
}

// read is the bytes of a part, or nil when there is none.
func (p *parts) read(name string) ([]byte, error) {
	f := p.files[name]
	if f == nil {
		return nil, nil
	}
	return p.lim.Read(f, name, &p.spent)
}

// compound reports whether f is an OLE compound file, as the older formats of
// Office and files with a password are.
func compound(f io.ReaderAt) bool {
	head := make([]byte, 8)
	_, err := f.ReadAt(head, 0)
	return err == nil && bytes.Equal(head, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))
}

// compoundReason is why a compound file is not read. Its directory names its
// streams in UTF-16; a file with a password has one named EncryptedPackage.
func compoundReason(f io.ReaderAt) error {
	var mark []byte
	for _, c := range []byte("EncryptedPackage") {
		mark = append(mark, c, 0)
	}
	const step = 1 << 20
	buf := make([]byte, step+len(mark))
	for at := int64(0); ; at += step {
		n, err := f.ReadAt(buf, at)
		if bytes.Contains(buf[:n], mark) {
			return corpus.ErrEncrypted
		}
		if err != nil {
			return fmt.Errorf("older binary format: %w", corpus.ErrUnsupported)
		}
	}
}
