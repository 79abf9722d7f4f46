package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io/fs"
	"strings"
)

const (
	rosterSource = "报送名册.tsv"
	tableSource  = "指标体系.tsv"
	notesSource  = "指标体系.注"
)

// sample is the whole sample folder, path to bytes.
func sample(source fs.FS) (map[string][]byte, error) {
	papers, err := readPapers(source)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	archives := map[string][]member{}
	gb := newGBEncoder()
	for _, p := range papers {
		b, err := p.file(gb)
		if err != nil {
			return nil, fmt.Errorf("make %s from %s: %w", p.out, p.name, err)
		}
		if archive, name, inside := strings.Cut(p.out, "!/"); inside {
			archives[archive] = append(archives[archive], member{name, b})
			continue
		}
		files[p.out] = b
		if p.copyTo != "" {
			files[p.copyTo] = b
		}
	}
	for name, members := range archives {
		if files[name], err = pack(members, gb); err != nil {
			return nil, fmt.Errorf("make %s: %w", name, err)
		}
	}
	if files["报送名册.xlsx"], err = rosterBook(source); err != nil {
		return nil, err
	}
	files["指标体系.xlsx"], err = tableBook(source)
	return files, err
}

// member is one file of an archive.
type member struct {
	name string
	b    []byte
}

// pack makes an archive with names in GB18030 and no times, as the packers on
// office machines write them.
func pack(members []member, gb gbEncoder) ([]byte, error) {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, m := range members {
		name, err := gb.encode(m.name)
		if err != nil {
			return nil, err
		}
		w, err := z.CreateHeader(&zip.FileHeader{Name: string(name), NonUTF8: true, Method: zip.Store})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(m.b); err != nil {
			return nil, err
		}
	}
	err := z.Close()
	return out.Bytes(), err
}
