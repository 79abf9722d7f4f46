package tesseract

import (
	"errors"
	"fmt"
	"image"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// word is one row of the program's table: a word and the line it is in.
type word struct {
	line  string // the numbers of its page, block, paragraph and line
	place image.Rectangle
	sure  float64 // over 0 to 1
	text  string
}

const columns = 12

// parse reads the table that the program prints: tab-separated, with a heading.
func parse(table []byte) ([]Line, error) {
	rows := strings.Split(string(table), "\n")
	if !strings.HasPrefix(rows[0], "level\t") {
		return nil, errors.New("tesseract printed no table")
	}
	var lines []Line
	var words []word
	flush := func() {
		lines = append(lines, runs(words)...)
		words = words[:0]
	}
	for n, row := range rows[1:] {
		cells := strings.SplitN(strings.TrimSuffix(row, "\r"), "\t", columns)
		if len(cells) != columns || cells[0] != "5" {
			continue
		}
		w, err := parseWord(cells)
		if err != nil {
			return nil, fmt.Errorf("row %d of the table: %w", n+2, err)
		}
		if w.text == "" {
			continue
		}
		if len(words) > 0 && words[0].line != w.line {
			flush()
		}
		words = append(words, w)
	}
	flush()
	return lines, nil
}

func parseWord(cells []string) (word, error) {
	var at [4]int
	for i := range at {
		n, err := strconv.Atoi(cells[6+i])
		if err != nil {
			return word{}, err
		}
		at[i] = n
	}
	sure, err := strconv.ParseFloat(cells[10], 64)
	if err != nil || math.IsNaN(sure) {
		return word{}, fmt.Errorf("confidence %q", cells[10])
	}
	return word{
		line:  strings.Join(cells[1:5], " "),
		place: image.Rect(at[0], at[1], at[0]+at[2], at[1]+at[3]),
		sure:  min(1, max(0, sure/100)),
		text:  strings.TrimSpace(strings.ToValidUTF8(cells[11], "\uFFFD")),
	}, nil
}

// runs are the words of one line as lines that break at gaps of more than
// twice the height of the line: such a gap parts columns or cells. The height
// of a word says little, as that of 一 is nearly nothing.
func runs(words []word) []Line {
	high := 0
	for _, w := range words {
		high = max(high, w.place.Dy())
	}
	var lines []Line
	from := 0
	for i := range words {
		if i+1 == len(words) || words[i+1].place.Min.X-words[i].place.Max.X > 2*high {
			lines = append(lines, joined(words[from:i+1]))
			from = i + 1
		}
	}
	return lines
}

func joined(words []word) Line {
	var l Line
	texts := make([]string, len(words))
	n := 0
	for i, w := range words {
		texts[i] = w.text
		l.Place = l.Place.Union(w.place)
		runes := utf8.RuneCountInString(w.text)
		l.Confidence += w.sure * float64(runes)
		n += runes
	}
	l.Text = strings.Join(texts, " ")
	l.Confidence /= float64(n)
	return l
}
