package reuse

import (
	"maps"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestFormulaeFile(t *testing.T) {
	seen := map[string]string{}
	group, groups, n := "", map[string]bool{}, 0
	for line := range strings.Lines(shipped) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			name, basis, ok := strings.Cut(line[1:], "] ")
			how, basis, cut := strings.Cut(basis, "。")
			if !ok || !cut || how != "连用不计" && how != "单用不计" || len([]rune(basis)) < 8 || groups[name] {
				t.Errorf("group %q must have a name of its own, 连用不计 or 单用不计, and a basis", line)
			}
			group = name
			groups[name] = true
		default:
			n++
			text := textOf(normalise(Document{Text: line}).runes)
			if len([]rune(text)) < gramLen {
				t.Errorf("%q has fewer than %d runes and is never found", line, gramLen)
			}
			if group == "" || seen[text] != "" {
				t.Errorf("%q stands in %q and again in %q", line, seen[text], group)
			}
			seen[text] = group
		}
	}
	if n < 800 {
		t.Errorf("the list has %d entries, want at least 800", n)
	}
	for _, part := range []string{"十六大", "十八大", "十九大", "二十大", "第一责任人", "法律条文", "问题与打算", "公文起结"} {
		if !strings.Contains(strings.Join(slices.Collect(maps.Keys(groups)), " "), part) {
			t.Errorf("no group is about %s", part)
		}
	}
	if first, _, _ := strings.Cut(shipped, "\n"); !regexp.MustCompile(`^# 公共表述 20\d\d\.\d+$`).MatchString(first) {
		t.Errorf("the list begins with %q, want its version", first)
	}
}

// textOf is a normal form as text.
func textOf(runes []uint16) string {
	out := make([]rune, len(runes))
	for i, r := range runes {
		out[i] = rune(r)
	}
	return string(out)
}

func TestNormal(t *testing.T) {
	tests := []struct{ text, want string }{
		{"华龙 科〔2021〕4号", "华龙科0号"},
		{"ＡＢｃ，第１２．５％条", "abc第0条"},
		{"一、（二）3. “引”\r\n续", "一二0引续"},
		{"〇×①", "〇"},
	}
	for _, tt := range tests {
		if got := textOf(normalise(Document{Text: tt.text}).runes); got != tt.want {
			t.Errorf("normalise(%q) = %q, want %q", tt.text, got, tt.want)
		}
	}
	n := normalise(Document{Text: "依照《某某条例（试行）》办理，另“有说法”在。"})
	marked := func(b bitset) string {
		var s strings.Builder
		for i, r := range []rune(textOf(n.runes)) {
			if b.has(i) {
				s.WriteRune(r)
			}
		}
		return s.String()
	}
	if got := marked(n.public); got != "某某条例试行" {
		t.Errorf("the title is %q", got)
	}
	if got := marked(n.quoted); got != "有说法" {
		t.Errorf("the quotation is %q", got)
	}
	if got := marked(n.breaks[:1]); got != "依另" {
		t.Errorf("clauses begin with %q", got)
	}
	n = normalise(Document{Text: "根据三月二日碰头会部署，各组领题。有的按照自己的安排走，没有根据图纸要求。"})
	if got := marked(n.public); got != "根据三月二日碰头会部署" {
		t.Errorf("what only names an order is %q", got)
	}
}

// No other seeds in one order hold more than the sequence does.
func TestSequence(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 500 {
		var seeds []seed
		for range 1 + r.IntN(9) {
			seeds = append(seeds, seed{q: int32(r.IntN(40)), s: int32(r.IntN(40)), n: int32(1 + r.IntN(9))})
		}
		want := int32(0)
		for set := range 1 << len(seeds) {
			var some []seed
			for i, sd := range seeds {
				if set>>i&1 == 1 {
					some = append(some, sd)
				}
			}
			slices.SortFunc(some, func(a, b seed) int { return int(a.q - b.q) })
			if n, ok := held(some); ok {
				want = max(want, n)
			}
		}
		if got, ok := held(sequence(seeds)); !ok || got != want {
			t.Fatalf("sequence(%v) holds %d, in order %v, want %d", seeds, got, ok, want)
		}
	}
}

// held is how much seeds hold, if they follow each other in both texts.
func held(seeds []seed) (n int32, ok bool) {
	for i, sd := range seeds {
		if i > 0 && (seeds[i-1].inQuery().to > sd.q || seeds[i-1].inSource().to > sd.s) {
			return 0, false
		}
		n += sd.n
	}
	return n, true
}

// What one text says once is evidence once, however often the other repeats it.
func TestRepeatedEvidence(t *testing.T) {
	twice := []seed{{q: 0, s: 7, n: 12, informative: 12}, {q: 30, s: 7, n: 12, informative: 12}}
	g := (&pair{}).passage(twice)
	if g.informative != 12 || g.evidence != 12-chance {
		t.Errorf("the same place twice is %d runes and %d of evidence, want 12 and %d", g.informative, g.evidence, 12-chance)
	}
}

func TestTrimmed(t *testing.T) {
	main := []seed{{q: 100, s: 100, n: 20}, {q: 125, s: 126, n: 6}}
	before := seed{q: 80, s: 150, n: 6} // before it in one text, behind it in the other
	if d := cmp.Diff(main, trimmed(append(main[:2:2], before)), cmp.AllowUnexported(seed{})); d != "" {
		t.Errorf("a short one in another order is kept (-want +got):\n%s", d)
	}
	moved := seed{q: 80, s: 150, n: 14}
	if got := trimmed(append(main[:2:2], moved)); len(got) != 3 {
		t.Errorf("a long one in another order is lost: %v", got)
	}
}

// Two texts that share a run of gramLen+window-1 runes share a fingerprint.
func TestWinnowGuarantee(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	text := func(n int) []uint16 {
		out := make([]uint16, n)
		for i := range out {
			out[i] = uint16(r.IntN(40))
		}
		return out
	}
	for range 2000 {
		shared := text(gramLen + window - 1)
		prints := func() []uint32 {
			all := slices.Concat(text(r.IntN(40)), shared, text(r.IntN(40)))
			var out []uint32
			for _, p := range winnow(gramHashes(all, nil), nil) {
				out = append(out, p.hash)
			}
			return out
		}
		a, b := prints(), prints()
		if !slices.ContainsFunc(a, func(h uint32) bool { return slices.Contains(b, h) }) {
			t.Fatalf("no fingerprint in common: %v and %v", a, b)
		}
	}
}

func TestPhrasesOf(t *testing.T) {
	tests := []struct {
		name  string
		votes []int
		want  []stretch
	}{
		{"stands out on both sides", []int{1, 1, 9, 9, 8, 1, 1}, []stretch{{2, 12}}},
		{"too few units", []int{1, 1, 5, 5, 5, 1, 1}, nil},
		{"surroundings as common", []int{4, 4, 9, 9, 9, 4, 4}, nil},
		{"common among what fewer have", []int{1, 7, 7, 30, 30, 30, 7, 1}, []stretch{{1, 14}}},
		{"public wording in what was copied with it", []int{1, 3, 3, 3, 8, 8, 3, 3, 1}, nil},
		{"a phrase in a common page", append(append(slices.Repeat([]int{6}, 80), 30, 30), slices.Repeat([]int{6}, 80)...), []stretch{{80, 89}}},
		{"two phrases", []int{9, 1, 1, 1, 9}, []stretch{{0, 8}, {4, 12}}},
	}
	for _, tt := range tests {
		if d := cmp.Diff(tt.want, phrasesOf(nil, tt.votes, 6), cmp.AllowUnexported(stretch{})); d != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, d)
		}
	}
}

// inCommon counts what the textbook's table counts.
func TestInCommon(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	text := func() []uint16 {
		out := make([]uint16, r.IntN(150))
		for i := range out {
			out[i] = uint16(r.IntN(12))
		}
		return out
	}
	for range 300 {
		a, b := text(), text()
		table := make([][]int, len(a)+1)
		table[0] = make([]int, len(b)+1)
		for i := range a {
			table[i+1] = make([]int, len(b)+1)
			for j := range b {
				table[i+1][j+1] = max(table[i][j+1], table[i+1][j])
				if a[i] == b[j] {
					table[i+1][j+1] = table[i][j] + 1
				}
			}
		}
		if got, want := inCommon(a, b), table[len(a)][len(b)]; got != want {
			t.Fatalf("inCommon(%v, %v) = %d, want %d", a, b, got, want)
		}
	}
}

func TestTrailing(t *testing.T) {
	tests := []struct {
		q, s      string
		back      bool
		wantQ, ws int32
	}{
		{"群众满意度甲乙丙丁", "群众认可满意度戊己庚辛", forward, 5, 7},
		{"甲乙丙丁戊己", "子丑寅卯辰巳", forward, 0, 0},
		{"两个字", "两本书", forward, 0, 0},
		{"甲乙丙扎实推动工作", "子丑寅扎实推进工作", backward, 6, 6},
		{"", "任何文字", forward, 0, 0},
	}
	for _, tt := range tests {
		q, s := normalise(Document{Text: tt.q}).runes, normalise(Document{Text: tt.s}).runes
		if gotQ, gotS := trailing(q, s, tt.back); gotQ != tt.wantQ || gotS != tt.ws {
			t.Errorf("trailing(%s, %s, %t) = %d, %d, want %d, %d", tt.q, tt.s, tt.back, gotQ, gotS, tt.wantQ, tt.ws)
		}
	}
}

// share never says no to texts that have the run.
func TestGramSetShare(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	text := func(n int) []uint16 {
		out := make([]uint16, n)
		for i := range out {
			out[i] = uint16(r.IntN(5000))
		}
		return out
	}
	no := 0
	for range 300 {
		run := text(10)
		a, b := slices.Concat(text(60), run, text(60)), slices.Concat(text(30), run, text(90))
		set := newGramSet(gramHashes(a, nil))
		if !set.share(gramHashes(b, nil), 10-gramLen+1) {
			t.Fatalf("share misses a run of 10 in %v and %v", a, b)
		}
		if !set.share(gramHashes(text(130), nil), 10-gramLen+1) {
			no++
		}
	}
	if no < 250 {
		t.Errorf("share says no to only %d of 300 texts of their own", no)
	}
}

// What both texts say over and over neither hides a copy nor stretches it.
func TestRepetition(t *testing.T) {
	filler, shared := strings.Repeat("各科室要按照台账逐项销号，", 2000), plain(1, 6)
	a := Document{ID: "甲", Unit: "甲局", Date: "2023-01-01", Text: filler + plain(2, 9) + shared + plain(3, 9)}
	b := Document{ID: "乙", Unit: "乙局", Date: "2024-01-01", Text: plain(4, 9) + shared + plain(5, 9) + filler}
	found := batch(t, a, b)
	if len(found) != 1 || found[0].Span.Len() > utf8.RuneCountInString(shared)+10 || !strings.Contains(cut(b, found[0].Span), strings.TrimSuffix(shared, "。")) {
		t.Errorf("found %v, want the shared passage of %d runes", found, utf8.RuneCountInString(shared))
	}
}
