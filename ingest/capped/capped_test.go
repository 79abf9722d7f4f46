package capped

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duibiao/corpus"
)

func TestFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a")
	if err := os.WriteFile(path, []byte("12345"), 0o600); err != nil {
		t.Fatal(err)
	}
	if b, err := File(path, 5); string(b) != "12345" || err != nil {
		t.Errorf("File of as many bytes as it may = %q, %v", b, err)
	}
	b, err := File(path, 4)
	var over *corpus.LimitError
	if b != nil || !errors.As(err, &over) || *over != (corpus.LimitError{Limit: corpus.FileSize, Measured: 5, Allowed: 4}) {
		t.Errorf("File of one byte over = %q, %v", b, err)
	}
	if _, err := File(path+"x", 4); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("File of none: %v", err)
	}
}

// packed is the parts of a package of one part for each content.
func packed(t *testing.T, method uint16, change func([]byte), contents ...string) []*zip.File {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, s := range contents {
		w, err := z.CreateHeader(&zip.FileHeader{Name: "p", Method: method})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, s); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	change(b.Bytes())
	r, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	return r.File
}

func TestPartsRead(t *testing.T) {
	as := func([]byte) {}
	bomb := strings.Repeat(" ", 40_000) // 100 times smaller when packed
	tests := []struct {
		name  string
		parts []*zip.File
		lim   Parts
		want  error // of the last part; nil: its content
	}{
		{"within", packed(t, zip.Store, as, "甲", "乙"), Parts{PartBytes: 3, AllBytes: 6}, nil},
		{"packed well, and small", packed(t, zip.Deflate, as, bomb), Parts{Ratio: 10}, nil},
		{"a bomb", packed(t, zip.Deflate, as, bomb), Parts{Ratio: 10, RatioFrom: 100}, &corpus.LimitError{Limit: corpus.Expansion, Allowed: 10}},
		{"a large part", packed(t, zip.Store, as, "1234"), Parts{PartBytes: 3}, &corpus.LimitError{Limit: corpus.PartSize, Measured: 4, Allowed: 3}},
		{"many parts", packed(t, zip.Store, as, "12", "34", "5"), Parts{AllBytes: 4}, &corpus.LimitError{Limit: corpus.PartsSize, Measured: 5, Allowed: 4}},
		{"a part larger than it says", packed(t, zip.Store, func(b []byte) { b[bytes.LastIndex(b, []byte("PK\x01\x02"))+24] = 1 }, "1234"), Parts{PartBytes: 3}, corpus.ErrBroken},
		{"encrypted", packed(t, zip.Store, func(b []byte) { b[bytes.LastIndex(b, []byte("PK\x01\x02"))+8] |= 1 }, "甲"), Parts{}, corpus.ErrEncrypted},
		{"broken", packed(t, zip.Store, func(b []byte) { b[bytes.Index(b, []byte("甲"))]++ }, "甲"), Parts{}, corpus.ErrBroken},
		{"packed in an unknown way", packed(t, zip.Store, func(b []byte) { b[bytes.LastIndex(b, []byte("PK\x01\x02"))+10] = 97 }, "甲"), Parts{}, corpus.ErrBroken},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var spent, sum int64
			last := len(tt.parts) - 1
			for _, f := range tt.parts[:last] {
				b, err := tt.lim.WithDefaults().Read(f, "p", &spent)
				if sum += int64(len(b)); err != nil || spent != sum {
					t.Fatalf("Read = %q, %v, and %d bytes spent", b, err, spent)
				}
			}
			b, err := tt.lim.WithDefaults().Read(tt.parts[last], "p", &spent)
			if tt.want == nil {
				if err != nil || uint64(len(b)) != tt.parts[last].UncompressedSize64 {
					t.Errorf("Read = %d bytes, %v", len(b), err)
				}
				return
			}
			if b != nil || spent != sum {
				t.Errorf("Read = %q, and %d bytes spent, want %d", b, spent, sum)
			}
			var want, got *corpus.LimitError
			if !errors.As(tt.want, &want) {
				if !errors.Is(err, tt.want) {
					t.Errorf("Read: %v, want %v", err, tt.want)
				}
				return
			}
			if !errors.As(err, &got) {
				t.Fatalf("Read: %v, want %v", err, want)
			}
			if want.Limit == corpus.Expansion && got.Measured > want.Allowed {
				got.Measured = 0 // how well it is packed is the library's
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("limit (-want +got):\n%s", diff)
			}
		})
	}
}

func TestBroken(t *testing.T) {
	if err := Broken("p", io.EOF); !errors.Is(err, corpus.ErrBroken) || errors.Is(err, io.EOF) || !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("Broken at its end: %v", err)
	}
	over := &corpus.LimitError{Limit: corpus.Nesting, Allowed: 4}
	if err := Broken("p", over); !errors.Is(err, over) || errors.Is(err, corpus.ErrBroken) {
		t.Errorf("Broken over a limit: %v", err)
	}
}
