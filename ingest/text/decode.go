package text

import (
	"bytes"
	"fmt"
	"math"
	"sync"
	"unicode/utf16"
	"unicode/utf8"

	"duibiao/corpus"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// sampleBytes is how much of a long file is scored to find its encoding.
const sampleBytes = 64 << 10

// Decode turns the bytes of a text file into its text and names the encoding
// they were in: "UTF-8", "GB18030", "Big5", "UTF-16LE" or "UTF-16BE". A byte
// order mark decides and is removed; otherwise valid UTF-8 does; otherwise the
// encoding in which the bytes read most like Chinese. Line ends are kept.
// Bytes that mean nothing in that encoding become U+FFFD.
//
// The error is corpus.ErrBroken when no encoding gives text.
func Decode(b []byte) (text, encoding string, err error) {
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		text, encoding = utf8Text(b[3:]), "UTF-8"
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		text, encoding = utf16Text(b[2:], littleEndian), "UTF-16LE"
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		text, encoding = utf16Text(b[2:], bigEndian), "UTF-16BE"
	case plainlyUTF8(b):
		text, encoding = string(b), "UTF-8"
	default:
		if text, encoding = likeliest(b); text == "" {
			return "", "", fmt.Errorf("no encoding gives text: %w", corpus.ErrBroken)
		}
	}
	if isRubbish(text) {
		return "", "", fmt.Errorf("no encoding gives text: %w", corpus.ErrBroken)
	}
	return text, encoding, nil
}

// GB18030 is b read as GB18030, and whether all of b has a meaning in it.
func GB18030(b []byte) (string, bool) {
	text := gb18030Text(b)
	return text, !bytes.ContainsRune([]byte(text), utf8.RuneError)
}

// plainlyUTF8 reports whether b is valid UTF-8 and cannot well be anything
// else. Short texts in GB18030 may look like UTF-8 of two bytes a letter
// ("联通"), and UTF-16 may look like ASCII with control characters: those are
// scored.
func plainlyUTF8(b []byte) bool {
	if !utf8.Valid(b) || bytes.ContainsFunc(b[:min(len(b), sampleBytes)], isControl) {
		return false
	}
	ascii := true
	for _, r := range string(b) {
		if r >= 0x800 {
			return true
		}
		ascii = ascii && r < 0x80
	}
	return ascii
}

// likeliest is b in the encoding in which it reads most like Chinese; "" when
// it does not in any.
func likeliest(b []byte) (text, encoding string) {
	part := sample(b)
	best, high := -1, math.MinInt
	for i, c := range candidates {
		read := c.decode(part)
		if s := score(read); s >= 0 && s-c.rare > high && !isRubbish(read) {
			best, high = i, s-c.rare
		}
	}
	if best < 0 {
		return "", ""
	}
	return candidates[best].decode(b), candidates[best].name
}

// candidates are the encodings tried where nothing decides, the likelier first.
// One that mainland offices rarely use must win by more than a character.
var candidates = [...]struct {
	name   string
	decode func([]byte) string
	rare   int // what its score must be higher by
}{
	{"UTF-8", utf8Text, 0},
	{"GB18030", gb18030Text, 0},
	{"Big5", func(b []byte) string { return decoded(b, traditionalchinese.Big5) }, 30},
	{"UTF-16LE", func(b []byte) string { return utf16Text(b, littleEndian) }, 0},
	{"UTF-16BE", func(b []byte) string { return utf16Text(b, bigEndian) }, 0},
}

// sample is the part of b that is scored: a beginning of it, from the first
// bytes that are not ASCII.
func sample(b []byte) []byte {
	if len(b) <= sampleBytes {
		return b
	}
	from := max(0, bytes.IndexFunc(b, func(r rune) bool { return r >= 0x80 || r == 0 }))
	from = min(from, len(b)-sampleBytes) &^ 1
	return b[from : from+sampleBytes]
}

func utf8Text(b []byte) string { return string(bytes.ToValidUTF8(b, []byte("\uFFFD"))) }

func gb18030Text(b []byte) string { return decoded(b, simplifiedchinese.GB18030) }

func decoded(b []byte, e encoding.Encoding) string {
	out, err := e.NewDecoder().Bytes(b)
	if err != nil {
		return "\uFFFD"
	}
	return string(out)
}

func littleEndian(a, b byte) uint16 { return uint16(b)<<8 | uint16(a) }
func bigEndian(a, b byte) uint16    { return uint16(a)<<8 | uint16(b) }

func utf16Text(b []byte, unit func(a, b byte) uint16) string {
	units := make([]uint16, 0, len(b)/2+1)
	for i := 0; i+1 < len(b); i += 2 {
		units = append(units, unit(b[i], b[i+1]))
	}
	if len(b)%2 == 1 {
		units = append(units, utf8.RuneError)
	}
	return string(utf16.Decode(units))
}

// score says how much a text looks like Chinese of today: the sum of the
// weights of its characters, so that encodings are compared over the same
// bytes.
func score(text string) int {
	w := weights()
	sum := 0
	for _, r := range text {
		switch {
		case r == utf8.RuneError:
			sum -= 60
		case r < 0x10000:
			sum += int(w[r])
		default:
			sum -= 25
		}
	}
	return sum
}

// weights gives each character of the basic plane its weight, in tenths.
var weights = sync.OnceValue(func() *[0x10000]int8 {
	var w [0x10000]int8
	set := func(from, to rune, weight int8) {
		for r := from; r <= to; r++ {
			w[r] = weight
		}
	}
	set(0, 0xFFFF, -50)      // unassigned, private, surrogates
	set(0, 0x1F, -90)        // controls
	set(0x20, 0x7E, 6)       // ASCII
	set(0xA0, 0x2FFF, -30)   // other scripts and signs
	set(0x3000, 0x9FFF, -25) // kana, rare characters
	set(0xAC00, 0xD7A3, -30) // Hangul
	set(0xFF01, 0xFF5E, 10)  // full-width letters and signs
	set(0x2460, 0x249B, 5)   // ① ⑴ ⒈
	set(0x2160, 0x216B, 0)   // Ⅰ
	set(0x2500, 0x257F, -10) // table lines
	set(0x25A0, 0x25FF, 0)   // ■ ○
	set(0x3220, 0x3229, 0)   // ㈠
	for _, r := range commonTraditional {
		w[r] = 25
	}
	rank := 0
	for _, r := range commonHan {
		switch {
		case rank < 100:
			w[r] = 60
		case rank < 500:
			w[r] = 45
		case rank < 1200:
			w[r] = 25
		default:
			w[r] = 5
		}
		rank++
	}
	for _, r := range "，。、；：“”（）《》〈〉〔〕【】！？·—…％〇" {
		w[r] = 40
	}
	for _, r := range "\t\n\r\f\u3000" { // 0 is U+3000 with its bytes changed about
		w[r] = 6
	}
	return &w
})

// isControl reports whether r is a control character that no text holds.
func isControl(r rune) bool {
	return r == 0x7F || r < 0x20 && r != '\t' && r != '\n' && r != '\r' && r != '\f' && r != '\v' && r != 0x1A
}

// isRubbish reports whether a decoded text holds so many signs that no text
// holds that its bytes were none.
func isRubbish(text string) bool {
	runes, bad := 0, 0
	for _, r := range text {
		runes++
		switch {
		case r == utf8.RuneError, r >= 0xE000 && r <= 0xF8FF:
			bad++
		case isControl(r):
			bad += 2
		}
	}
	return bad*20 > runes
}
