// Package segment cuts Chinese text into words.
//
// In: any text. Out: its words in order, or for search its words and the
// shorter words inside them, with their byte offsets. The dictionaries are
// inside the binary. To teach it a term of the field, add a line to
// dict/words.txt. It is the only importer of gojieba.
package segment

import (
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/yanyiwu/gojieba"
)

//go:generate go run ./gendict

// analyser is raised whenever the same dictionaries would come out as other
// tokens, so that indexes built before are rebuilt.
const analyser = "1"

// Token is one word of a text and where it stands, in bytes of the text as it
// was passed in: Text == text[Start:End].
type Token struct {
	Text       string
	Start, End int
}

// Segmenter cuts text. All Segmenters of a process share one instance of the
// dictionaries (121 MB), which the first use loads (0.8 s). Several goroutines
// may use one at once.
type Segmenter struct {
	load func() (*gojieba.Jieba, error)
}

// The instance is never freed: gojieba crashes on use after Free.
var load = sync.OnceValues(func() (*gojieba.Jieba, error) { return open(cacheFolders()) })

// New returns a Segmenter and loads nothing yet.
func New() *Segmenter { return &Segmenter{load} }

// Load loads the dictionaries now and reports why it cannot: nowhere to
// unpack them to. It fails or succeeds once for the process.
func (s *Segmenter) Load() error {
	_, err := s.load()
	return err
}

// Cut returns the words of text in order, white space and punctuation among
// them; joined they are text again, but for NUL and bytes that are not UTF-8,
// which come out as U+FFFD. Where Load fails every rune is a word.
func (s *Segmenter) Cut(text string) []string {
	jieba, err := s.load()
	text = clean(text)
	if err != nil {
		return strings.Split(text, "")
	}
	words := make([]string, 0, len(text)/5)
	for text != "" {
		n := piece(text)
		words = append(words, jieba.Cut(text[:n], true)...)
		text = text[n:]
	}
	return words
}

// CutForSearch returns the words of text and, before each longer one, the
// words of two and three runes inside it; white space is left out. Text is
// replaced as Cut does it, but Start and End count bytes of the text passed in.
// Where Load fails every rune is a word.
func (s *Segmenter) CutForSearch(text string) []Token {
	jieba, err := s.load()
	cleaned := clean(text)
	tokens := make([]Token, 0, len(cleaned)/4)
	for at := 0; at < len(cleaned); {
		n := piece(cleaned[at:])
		if err != nil {
			tokens = appendRunes(tokens, cleaned[at:at+n], at)
		} else {
			tokens = appendWords(tokens, jieba.Tokenize(cleaned[at:at+n], gojieba.SearchMode, true), at)
		}
		at += n
	}
	if len(cleaned) != len(text) {
		moveBack(tokens, text, len(cleaned))
	}
	return tokens
}

// Version names the dictionaries and the way of cutting. An index made under
// another version must be rebuilt.
func (s *Segmenter) Version() string { return "jieba/" + analyser + "+" + dictionaryHash()[:12] }

func appendWords(tokens []Token, words []gojieba.Word, at int) []Token {
	for _, w := range words {
		if strings.TrimSpace(w.Str) != "" {
			tokens = append(tokens, Token{w.Str, at + w.Start, at + w.End})
		}
	}
	return tokens
}

func appendRunes(tokens []Token, text string, at int) []Token {
	for i, r := range text {
		end := i + utf8.RuneLen(r)
		if strings.TrimSpace(text[i:end]) != "" {
			tokens = append(tokens, Token{text[i:end], at + i, at + end})
		}
	}
	return tokens
}

// moveBack turns offsets in the cleaned text, of size bytes, into offsets in
// text. Each bad byte and each NUL of text is one U+FFFD, three bytes long, in
// the cleaned one.
func moveBack(tokens []Token, text string, size int) {
	was := make([]int, size+1)
	n := 0
	for i := 0; i < len(text); {
		was[n] = i
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == 0 {
			r = utf8.RuneError
		}
		n += utf8.RuneLen(r)
		i += size
	}
	was[n] = len(text)
	for i := range tokens {
		tokens[i].Start, tokens[i].End = was[tokens[i].Start], was[tokens[i].End]
	}
}
