package segment

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/yanyiwu/gojieba"
)

func TestCutKeepsTermsWhole(t *testing.T) {
	for text, want := range map[string][]string{
		"清理规范性文件12件":     {"清理", "规范性文件", "12", "件"},
		"落实三项制度和裁量基准":    {"落实", "三项制度", "和", "裁量基准"},
		"负责人出庭应诉率达到100%": {"负责人", "出庭应诉", "率", "达到", "100", "%"},
		"2025年，办理行政复议案件": {"2025", "年", "，", "办理", "行政复议", "案件"},
	} {
		if diff := cmp.Diff(want, New().Cut(text)); diff != "" {
			t.Errorf("Cut(%q) (-want +got):\n%s", text, diff)
		}
	}
}

func TestCutLosesNothing(t *testing.T) {
	for _, text := range awkward() {
		got := strings.Join(New().Cut(text), "")
		if want := clean(text); got != want {
			t.Errorf("Cut(%.40q) joins to %d bytes, want %d", text, len(got), len(want))
		}
	}
}

func TestSearchTokensStandWhereTheySay(t *testing.T) {
	for _, text := range awkward() {
		covered := make([]bool, len(text))
		for _, tok := range New().CutForSearch(text) {
			if clean(text[tok.Start:tok.End]) != tok.Text {
				t.Errorf("CutForSearch(%.40q): %q at %d-%d, where %q stands", text, tok.Text, tok.Start, tok.End, text[tok.Start:tok.End])
			}
			for i := tok.Start; i < tok.End; i++ {
				covered[i] = true
			}
		}
		for i, r := range text {
			if !covered[i] && strings.TrimSpace(string(r)) != "" {
				t.Fatalf("CutForSearch(%.40q): no token holds byte %d (%q)", text, i, r)
			}
		}
	}
}

func awkward() []string {
	return []string{
		"", " ", "甲", "合法性审核\n规范 性文件", "A1b2 3.5万元，100％", "坏\xff字节\xe4\xb8后面还有字", "空\x00字后面还有字",
		"𠮷野家 👍 e\u0301 \u200b零宽", "\xff", "\x00", "　全角空格\t制表", "\uFFFD\uFEFF头",
		strings.Repeat("依法行政", 9000), strings.Repeat("办理复议案件，", 5000), strings.Repeat("1", 40000), strings.Repeat("\xff", 20000),
	}
}

func TestSearchTokensHoldTheShorterWords(t *testing.T) {
	want := []Token{{"规范", 0, 6}, {"范性", 3, 9}, {"文件", 9, 15}, {"规范性", 0, 9}, {"规范性文件", 0, 15}, {"备案", 15, 21}}
	if diff := cmp.Diff(want, New().CutForSearch("规范性文件备案")); diff != "" {
		t.Errorf("CutForSearch (-want +got):\n%s", diff)
	}
}

func TestPiecesCutAsTheWhole(t *testing.T) {
	text := strings.Repeat("全年办理行政复议案件二十五件，按时办结率百分之百。", 600)
	jieba, err := load()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(jieba.Cut(text, true), New().Cut(text)); diff != "" {
		t.Errorf("a text of %d bytes is cut otherwise in pieces:\n%s", len(text), diff)
	}
}

func TestManyGoroutinesCutAtOnce(t *testing.T) {
	text := strings.Repeat("健全行政执法裁量基准。", 50)
	want := New().Cut(text)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				if got := New().Cut(text); !slices.Equal(got, want) {
					t.Errorf("Cut gave %d words, want %d", len(got), len(want))
				}
			}
		})
	}
	wg.Wait()
}

func TestWordsAreWellFormed(t *testing.T) {
	seen := map[string]bool{}
	for line := range strings.Lines(ownWords) {
		word := strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(word, "#") {
			continue
		}
		if n := utf8.RuneCountInString(word); n < 2 || n > 7 || strings.ContainsAny(word, " \t\r,;|\uFEFF") {
			t.Errorf("dict/words.txt: %q is not a word of 2 to 7 characters", word)
		}
		if seen[word] {
			t.Errorf("dict/words.txt: %q stands there twice", word)
		}
		seen[word] = true
		if got := New().Cut(word); len(got) != 1 {
			t.Errorf("Cut(%q) = %q: the dictionary does not know its own word", word, got)
		}
	}
}

func TestUnpackedIsSharedAndMended(t *testing.T) {
	parts := []part{
		{"words", func() ([]byte, error) { return []byte("依法 3 n\n"), nil }},
		{"model", func() ([]byte, error) { return unzip(modelGz) }},
	}
	base := filepath.Join(t.TempDir(), "cache")
	dirs := make([]string, 8)
	var wg sync.WaitGroup
	for i := range dirs {
		wg.Go(func() {
			dir, err := unpacked(base, "1", parts)
			if err != nil {
				t.Error(err)
			}
			dirs[i] = dir
		})
	}
	wg.Wait()
	if len(slices.Compact(dirs)) != 1 || !whole(dirs[0], parts) {
		t.Fatalf("unpacked gave %q", dirs)
	}
	if err := os.WriteFile(filepath.Join(dirs[0], "words"), []byte("半 行"), 0o600); err != nil {
		t.Fatal(err)
	}
	if dir, err := unpacked(base, "1", parts); err != nil || !whole(dir, parts) {
		t.Errorf("a damaged dictionary was not mended: %s, %v", dir, err)
	}
	left, err := os.ReadDir(base)
	if err != nil || len(left) != 1 {
		t.Errorf("left behind in the cache: %v, %v", left, err)
	}
}

func TestNowhereToUnpack(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s := &Segmenter{func() (*gojieba.Jieba, error) { return open([]string{file}) }}
	if err := s.Load(); err == nil || !strings.Contains(err.Error(), "unpack the dictionaries") {
		t.Errorf("Load() = %v, want why they cannot be unpacked", err)
	}
	if diff := cmp.Diff([]string{"依", "法"}, s.Cut("依法")); diff != "" {
		t.Errorf("Cut without dictionaries (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]Token{{"依", 0, 3}, {"法", 4, 7}}, s.CutForSearch("依 法")); diff != "" {
		t.Errorf("CutForSearch without dictionaries (-want +got):\n%s", diff)
	}
}

func TestVersionNamesTheDictionaries(t *testing.T) {
	if a, b := New().Version(), New().Version(); a != b || !strings.HasPrefix(a, "jieba/1+") || len(a) != len("jieba/1+")+12 {
		t.Errorf("Version() = %q, then %q", a, b)
	}
}

func FuzzCutForSearch(f *testing.F) {
	for _, text := range awkward()[:12] {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, tok := range New().CutForSearch(text) {
			if tok.Start < 0 || tok.End > len(text) || tok.Start >= tok.End || clean(text[tok.Start:tok.End]) != tok.Text {
				t.Fatalf("token %+v of a text of %d bytes", tok, len(text))
			}
		}
		if got, want := strings.Join(New().Cut(text), ""), clean(text); got != want {
			t.Fatalf("Cut joins to %q, want %q", got, want)
		}
	})
}

func BenchmarkCut(b *testing.B) {
	text := strings.Repeat("全年共审核行政规范性文件十二件，办理行政复议案件二十五件，负责人出庭应诉率达到百分之百。\n", 400)
	s := New()
	if err := s.Load(); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		s.Cut(text)
	}
}

func BenchmarkCutForSearch(b *testing.B) {
	text := strings.Repeat("全年共审核行政规范性文件十二件，办理行政复议案件二十五件，负责人出庭应诉率达到百分之百。\n", 400)
	s := New()
	if err := s.Load(); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		s.CutForSearch(text)
	}
}
