package text

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"duibiao/corpus"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

var update = flag.Bool("update", false, "rewrite the goldens")

// encode is s in the named encoding, without a byte order mark.
func encode(t testing.TB, s, name string) []byte {
	t.Helper()
	var b []byte
	var err error
	switch name {
	case "UTF-8":
		return []byte(s)
	case "GB18030":
		b, err = simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(s))
	case "Big5":
		b, err = traditionalchinese.Big5.NewEncoder().Bytes([]byte(s))
	default:
		for _, u := range utf16.Encode([]rune(s)) {
			if name == "UTF-16LE" {
				b = append(b, byte(u), byte(u>>8))
			} else {
				b = append(b, byte(u>>8), byte(u))
			}
		}
	}
	if err != nil {
		t.Fatalf("%q as %s: %v", s, name, err)
	}
	return b
}

func TestDecode(t *testing.T) {
	const report = "云栖县司法局2025年度法治政府建设情况报告\r\n一、总体情况"
	const longer = "雲棲縣圖書館新增閱覽座位，請讀者利用。"
	tests := []struct {
		name           string
		b              []byte
		text, encoding string
	}{
		{"UTF-8", []byte(report), report, "UTF-8"},
		{"UTF-8 BOM", []byte("\ufeff" + report), report, "UTF-8"},
		{"UTF-16LE BOM", append([]byte("\xff\xfe"), encode(t, report, "UTF-16LE")...), report, "UTF-16LE"},
		{"UTF-16BE BOM", append([]byte("\xfe\xff"), encode(t, report, "UTF-16BE")...), report, "UTF-16BE"},
		{"UTF-16LE", encode(t, report, "UTF-16LE"), report, "UTF-16LE"},
		{"UTF-16BE", encode(t, report, "UTF-16BE"), report, "UTF-16BE"},
		{"UTF-16LE of ASCII", encode(t, "a,b,c\r\n1,2,3", "UTF-16LE"), "a,b,c\r\n1,2,3", "UTF-16LE"},
		{"UTF-16BE of figures", encode(t, "A-100.00", "UTF-16BE"), "A-100.00", "UTF-16BE"},
		{"UTF-16LE like ASCII with a control", encode(t, "场主体正常生", "UTF-16LE"), "场主体正常生", "UTF-16LE"},
		{"GB18030", encode(t, report, "GB18030"), report, "GB18030"},
		{"GB18030 like UTF-8", encode(t, "联通", "GB18030"), "联通", "GB18030"},
		{"GB18030 of four bytes", encode(t, "㐂㛃人名用字，共三个：𠮷。", "GB18030"), "㐂㛃人名用字，共三个：𠮷。", "GB18030"},
		{"Big5", encode(t, longer, "Big5"), longer, "Big5"},
		{"Big5 of Hong Kong", append(encode(t, "有關部門處理", "Big5"), append(hongKong(t, '嘅'), encode(t, "個案", "Big5")...)...), "有關部門處理嘅個案", "Big5"},
		{"GB18030 with rare characters", encode(t, "责任人：䶮某、㙟某、𡎚某，完成12件。", "GB18030"), "责任人：䶮某、㙟某、𡎚某，完成12件。", "GB18030"},
		{"UTF-16LE with rare characters", encode(t, "责任人：䶮某、𡎚某。", "UTF-16LE"), "责任人：䶮某、𡎚某。", "UTF-16LE"},
		{"ASCII", []byte("plain"), "plain", "UTF-8"},
		{"empty", nil, "", "UTF-8"},
		{"UTF-8 cut short", []byte(strings.Repeat(report, 3) + "\xe4\xbd"), strings.Repeat(report, 3) + "\uFFFD", "UTF-8"},
		{"long after ASCII", append(bytes.Repeat([]byte("a b\n"), 40000), encode(t, report, "GB18030")...), strings.Repeat("a b\n", 40000) + report, "GB18030"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			text, encoding, err := Decode(tt.b)
			if err != nil {
				t.Fatal(err)
			}
			if encoding != tt.encoding {
				t.Errorf("encoding %s, want %s", encoding, tt.encoding)
			}
			if diff := cmp.Diff(tt.text, text); diff != "" {
				t.Errorf("text (-want +got):\n%s", diff)
			}
		})
	}
}

// hongKong is the character in the Hong Kong supplement of Big5, which can be
// read here but not written.
func hongKong(t *testing.T, want rune) []byte {
	t.Helper()
	for lead := byte(0x87); lead < 0xFF; lead++ {
		for trail := 0x40; trail < 0xFF; trail++ {
			b := []byte{lead, byte(trail)}
			if decoded(b, traditionalchinese.Big5) == string(want) {
				return b
			}
		}
	}
	t.Fatalf("%c is not in Big5", want)
	return nil
}

func TestDecodeRefusesRubbish(t *testing.T) {
	noise := make([]byte, 4096)
	x := uint32(1)
	for i := range noise {
		x = x*1664525 + 1013904223
		noise[i] = byte(x >> 24)
	}
	for name, b := range map[string][]byte{"noise": noise, "zeros": make([]byte, 512), "controls": []byte("MZ\x01\x02\x03\x04\x05\x06"), "pairs": []byte(strings.Repeat("\x00\x03", 99)), "elf": append([]byte("\x7fELF\x02\x01\x01\x00\x00\x00"), noise[:200]...)} {
		if text, encoding, err := Decode(b); !errors.Is(err, corpus.ErrBroken) {
			t.Errorf("Decode(%s) = %.20q, %s, %v, want ErrBroken", name, text, encoding, err)
		}
	}
}

func TestGB18030(t *testing.T) {
	if s, ok := GB18030(encode(t, "云栖县报告.docx", "GB18030")); s != "云栖县报告.docx" || !ok {
		t.Errorf("GB18030 = %q, %v", s, ok)
	}
	if s, ok := GB18030([]byte("\xff\xff")); ok {
		t.Errorf("GB18030(ff ff) = %q, true", s)
	}
}

// TestDecodeShortTexts measures how often texts of a few characters are read
// in the right encoding. Every window of the invented texts in testdata is one.
func TestDecodeShortTexts(t *testing.T) {
	var report strings.Builder
	for _, enc := range []string{"UTF-8", "GB18030", "UTF-16LE", "UTF-16BE", "Big5"} {
		file := "testdata/simplified.txt"
		if enc == "Big5" {
			file = "testdata/traditional.txt"
		}
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, length := range []int{4, 6, 8, 12, 24} {
			right, all := 0, 0
			for _, line := range strings.Fields(string(b)) {
				rs := []rune(line)
				for i := 0; i+length <= len(rs); i++ {
					want := string(rs[i : i+length])
					got, _, err := Decode(encode(t, want, enc))
					if all++; err == nil && got == want {
						right++
					}
				}
			}
			fmt.Fprintf(&report, "%-8s %2d characters: %4d of %4d right\n", enc, length, right, all)
			if length >= 12 && float64(right) < 0.995*float64(all) {
				t.Errorf("%s, %d characters: %d of %d right, want 99.5%%", enc, length, right, all)
			}
		}
	}
	for _, enc := range []string{"UTF-8", "GB18030", "UTF-16LE", "UTF-16BE", "Big5"} {
		for _, han := range []int{1, 2, 3, 4} {
			right, all := 0, 0
			for _, want := range figures(t, enc, han) {
				got, _, err := Decode(encode(t, want, enc))
				if all++; err == nil && got == want {
					right++
				}
			}
			fmt.Fprintf(&report, "%-8s figures and %d characters: %4d of %4d right\n", enc, han, right, all)
			if han >= 3 && float64(right) < 0.98*float64(all) {
				t.Errorf("%s, figures and %d characters: %d of %d right, want 98%%", enc, han, right, all)
			}
		}
	}
	golden(t, "testdata/decode.golden", report.String())
}

// figures are texts of a dozen signs of which only han are Chinese characters,
// as in the cells of a short table.
func figures(t *testing.T, enc string, han int) []string {
	t.Helper()
	file := "testdata/simplified.txt"
	if enc == "Big5" {
		file = "testdata/traditional.txt"
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, line := range strings.Fields(string(b)) {
		rs := []rune(line)
		for i := 0; i+han <= len(rs); i++ {
			first, rest := string(rs[i:i+(han+1)/2]), string(rs[i+(han+1)/2:i+han])
			all = append(all, "2025-"+first+"12,"+rest+"3", first+"\t35\t"+rest+"8.5%", "1."+first+"12"+rest+"\r\n")
		}
	}
	return all
}

func golden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("\xff\xfe\x00\xd8"))
	f.Add([]byte("\xc1\xaa\xcd\xa8"))
	f.Add([]byte("\xef\xbb\xbf\xe4"))
	f.Add([]byte("a\x00\r\n\x1a"))
	f.Fuzz(func(t *testing.T, b []byte) {
		text, encoding, err := Decode(b)
		if err != nil {
			if !errors.Is(err, corpus.ErrBroken) {
				t.Errorf("Decode(%q): %v", b, err)
			}
			return
		}
		if !utf8.ValidString(text) || encoding == "" {
			t.Errorf("Decode(%q) = %q in %q", b, text, encoding)
		}
	})
}
