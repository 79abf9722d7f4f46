package archive

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"duibiao/corpus"

	"github.com/google/go-cmp/cmp"
)

type entry struct {
	name, content string
	flags         uint16
	raw           bool // name is bytes in another encoding
	method        uint16
	extra         []byte
}

func zipOf(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range entries {
		h := &zip.FileHeader{Name: e.name, Method: zip.Deflate, NonUTF8: e.raw, Flags: e.flags, Extra: e.extra}
		var w interface{ Write([]byte) (int, error) }
		var err error
		if e.method != 0 || e.flags&1 != 0 {
			h.Method, h.CRC32 = e.method, crc32.ChecksumIEEE([]byte(e.content))
			h.CompressedSize64, h.UncompressedSize64 = uint64(len(e.content)), uint64(len(e.content))
			w, err = z.CreateRaw(h)
		} else {
			w, err = z.CreateHeader(h)
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(e.content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// extract unpacks b and lists each member as name=content, or name: reason.
func extract(t *testing.T, b []byte, lim Limits) ([]string, error) {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "a.zip")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "out")
	if err := os.Mkdir(out, 0o700); err != nil {
		t.Fatal(err)
	}
	members, err := Extract(path, out, lim, func(name string) bool { return !strings.HasPrefix(filepath.Base(name), ".") })
	var got []string
	unpacked := 0
	for _, m := range members {
		if m.Err != nil {
			got = append(got, m.Name+": "+sentinel(m.Err))
			continue
		}
		content, err := os.ReadFile(m.Path)
		if err != nil {
			t.Fatal(err)
		}
		if int64(len(content)) != m.Size || filepath.Dir(m.Path) != out {
			t.Errorf("%s: size %d at %s, want %d in %s", m.Name, m.Size, m.Path, len(content), out)
		}
		unpacked++
		got = append(got, m.Name+"="+string(content[:min(len(content), 20)]))
	}
	left, readErr := os.ReadDir(out)
	if readErr != nil || len(left) != unpacked {
		t.Errorf("%d files in the folder, want the %d unpacked: %v", len(left), unpacked, readErr)
	}
	return got, err
}

func sentinel(err error) string {
	for _, s := range []error{corpus.ErrEncrypted, corpus.ErrBroken, corpus.ErrTooLarge, corpus.ErrNotZip, corpus.ErrUnsupported, corpus.ErrEmpty} {
		if errors.Is(err, s) {
			return s.Error()
		}
	}
	return "unnamed " + err.Error()
}

func TestExtract(t *testing.T) {
	plain := "普通名.txt"
	alias := append([]byte{1, 0, 0, 0, 0}, "别名.txt"...)
	binary.LittleEndian.PutUint32(alias[1:], crc32.ChecksumIEEE([]byte("x.txt")))
	alias = append([]byte{0x75, 0x70, byte(len(alias)), 0}, alias...)
	inner := zipOf(t, entry{name: "\xd2\xd2\xbe\xd6/\xb1\xa8\xb8\xe6.txt", raw: true, content: "丙"}, entry{name: "坏.zip", content: "no zip"})
	got, err := extract(t, zipOf(t,
		entry{name: plain, content: "甲"},
		entry{name: "\xcf\xd8\xcb\xae\xce\xf1\xbe\xd6/\xc4\xea\xb6\xc8\xb1\xa8\xb8\xe6.docx", raw: true, content: "乙"},
		entry{name: "内.zip", content: string(inner)},
		entry{name: "../../逃.txt", content: "丁"},
		entry{name: `反斜线\名.txt`, content: "戊"},
		entry{name: "密.docx", content: "????????????", flags: 1},
		entry{name: "怪.docx", content: "己", method: 97},
		entry{name: "x.txt", content: "庚", extra: alias},
		entry{name: "夹/", content: ""},
		entry{name: ".DS_Store", content: "x"},
		entry{name: "空.zip", content: ""},
		entry{name: "空.txt", content: ""},
	), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"普通名.txt=甲", "县水务局/年度报告.docx=乙", "内.zip!/乙局/报告.txt=丙", "内.zip!/坏.zip: broken file", "逃.txt=丁", "反斜线/名.txt=戊",
		"密.docx: encrypted", "怪.docx: format not supported", "别名.txt=庚", "空.zip: empty file", "空.txt=",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("members (-want +got):\n%s", diff)
	}
}

func TestExtractKeepsItsLimits(t *testing.T) {
	many := zipOf(t, entry{name: "1", content: "甲"}, entry{name: "2", content: "乙"}, entry{name: "3", content: "丙"})
	deep := zipOf(t, entry{name: "c.zip", content: string(zipOf(t, entry{name: "d.zip", content: string(zipOf(t, entry{name: "e", content: "x"}))}))})
	bomb := zipOf(t, entry{name: "bomb", content: strings.Repeat("\x00", 1<<20)}, entry{name: "after", content: "y"})
	tests := []struct {
		name string
		b    []byte
		lim  Limits
		want []string
		err  error
	}{
		{"members", many, Limits{Members: 2}, []string{"1=甲", "2=乙"}, corpus.ErrTooLarge},
		{"bytes of a member", many, Limits{MemberBytes: 2}, []string{"1: too large", "2: too large", "3: too large"}, nil},
		{"bytes of all", many, Limits{TotalBytes: 7}, []string{"1=甲", "2=乙", "3: too large"}, nil},
		{"depth", deep, Limits{Depth: 2}, []string{"c.zip!/d.zip: too large"}, nil},
		{"ratio", bomb, Limits{RatioFrom: 1 << 10}, []string{"bomb: too large", "after=y"}, nil},
		{"no zip", []byte("PK"), Limits{}, nil, corpus.ErrBroken},
		{"a RAR file", []byte("Rar!\x1a\x07\x00 and more"), Limits{}, nil, corpus.ErrNotZip},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := extract(t, tt.b, tt.lim)
			if !errors.Is(err, tt.err) {
				t.Errorf("error %v, want %v", err, tt.err)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("members (-want +got):\n%s", diff)
			}
		})
	}
}

func TestExtractOfNoFile(t *testing.T) {
	if _, err := Extract(filepath.Join(t.TempDir(), "none.zip"), t.TempDir(), Limits{}, nil); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("Extract of no file: %v", err)
	}
}

// FuzzExtract: no bytes make Extract panic or write outside its folder.
func FuzzExtract(f *testing.F) {
	f.Add(zipOf(f, entry{name: "../a", content: "x"}, entry{name: "b.zip", content: string(zipOf(f, entry{name: "c", content: "y"}))}))
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, b []byte) {
		_, _ = extract(t, b, Limits{MemberBytes: 1 << 20, TotalBytes: 4 << 20})
	})
}
