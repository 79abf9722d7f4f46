package office

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"duibiao/corpus"
	"duibiao/ingest/office/officetest"
)

func write(t testing.TB, name string, b []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// word is how the stream of a Word file begins, with its flags.
func word(flags byte) string {
	return "\xec\xa5\xc1\x00" + strings.Repeat("\x00", 7) + string(rune(flags))
}

func TestKindOf(t *testing.T) {
	beginning := "\x09\x08\x10\x00" + strings.Repeat("\x06", 16)
	tests := []struct {
		name    string
		streams []officetest.Stream
		want    Kind
		err     error
	}{
		{"Word", []officetest.Stream{{Name: "1Table"}, {Name: "Data"}, {Name: "x"}, {Name: "y"}, {Name: "WordDocument", Beginning: word(0)}}, Word, nil},
		{"Word with a password", []officetest.Stream{{Name: "WordDocument", Beginning: word(1)}}, Unknown, corpus.ErrEncrypted},
		{"Excel", []officetest.Stream{{Name: "Workbook", Beginning: beginning}}, Excel, nil},
		{"Excel 95", []officetest.Stream{{Name: "Book", Beginning: beginning}}, Excel, nil},
		{"Excel with a password", []officetest.Stream{{Name: "Workbook", Beginning: beginning + "\x2f\x00\x02\x00\x01\x00"}}, Unknown, corpus.ErrEncrypted},
		{"slides", []officetest.Stream{{Name: "PowerPoint Document"}, {Name: "Workbook"}}, Slides, nil},
		{"DOCX with a password", []officetest.Stream{{Name: "EncryptionInfo"}, {Name: "EncryptedPackage"}}, Unknown, corpus.ErrEncrypted},
		{"something else", []officetest.Stream{{Name: "Contents"}}, Unknown, nil},
	}
	for _, tt := range tests {
		got, err := KindOf(write(t, "a.doc", officetest.Compound(tt.streams...)))
		if got != tt.want && err == nil || !errors.Is(err, tt.err) {
			t.Errorf("KindOf(%s) = %q, %v, want %q, %v", tt.name, got, err, tt.want, tt.err)
		}
	}
	whole := officetest.Compound(officetest.Stream{Name: "WordDocument"})
	for _, b := range [][]byte{nil, whole[:100], whole[:600], []byte("text"), append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), bytes.Repeat([]byte{0}, 600)...)} {
		if _, err := KindOf(write(t, "a.doc", b)); !errors.Is(err, corpus.ErrBroken) {
			t.Errorf("KindOf(%d bytes): %v, want ErrBroken", len(b), err)
		}
	}
	if _, err := KindOf(filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("KindOf of no file: %v", err)
	}
}

// FuzzKindOf: no bytes make it panic or go in circles.
func FuzzKindOf(f *testing.F) {
	f.Add(officetest.Compound(officetest.Stream{Name: "WordDocument"}))
	f.Add(officetest.Compound(officetest.Stream{Name: "Workbook", Beginning: "\x2f\x00"}))
	f.Fuzz(func(t *testing.T, b []byte) {
		if kind, err := kindOf(bytes.NewReader(b)); err != nil && kind != Unknown && !errors.Is(err, corpus.ErrEncrypted) && !errors.Is(err, corpus.ErrBroken) {
			t.Errorf("kindOf = %q, %v", kind, err)
		}
	})
}
