package reuse

import (
	_ "embed"
	"strings"
)

//go:embed formulae.txt
var shipped string

// formulae is a list of public wording, in which any stretch of gramLen runes
// of one entry is known again.
type formulae struct {
	text  []uint16
	ends  []int32 // by place in text: where its entry ends
	table []int32 // by hash: where in text a gram begins + 1
	shift uint
}

func newFormulae(entries []string) *formulae {
	f := &formulae{shift: 28}
	var hashes []uint32
	var places []int32
	var grams []uint32
	for _, e := range entries {
		n := normalise(Document{Text: e})
		grams = gramHashes(n.runes, grams)
		for i, h := range grams {
			hashes = append(hashes, h)
			places = append(places, int32(len(f.text)+i))
		}
		f.text = append(f.text, n.runes...)
		for range n.runes {
			f.ends = append(f.ends, int32(len(f.text)))
		}
	}
	for 1<<(32-f.shift) < 4*len(hashes) {
		f.shift--
	}
	f.table = make([]int32, 1<<(32-f.shift))
	for i, h := range hashes {
		slot := h >> f.shift
		for f.table[slot] != 0 {
			slot = f.after(slot)
		}
		f.table[slot] = places[i] + 1
	}
	return f
}

func (f *formulae) after(slot uint32) uint32 { return (slot + 1) & uint32(len(f.table)-1) }

// longest is how many runes at the start of runes, whose first gram has hash
// h, stand together in one entry; 0 where they are fewer than gramLen.
func (f *formulae) longest(runes []uint16, h uint32) int {
	most := 0
	for slot := h >> f.shift; f.table[slot] != 0; slot = f.after(slot) {
		at := f.table[slot] - 1
		entry := f.text[at:f.ends[at]]
		n := 0
		for n < len(entry) && n < len(runes) && entry[n] == runes[n] {
			n++
		}
		most = max(most, n)
	}
	if most < gramLen {
		return 0
	}
	return most
}

// find returns the longest stretches of runes that stand in one entry each, in
// order; none lies inside another. grams are those of runes.
func (f *formulae) find(runes []uint16, grams []uint32) []stretch {
	var out []stretch
	end := 0
	for i, h := range grams {
		if n := f.longest(runes[i:], h); i+n > end {
			end = i + n
			out = append(out, stretch{int32(i), int32(end)})
		}
	}
	return out
}

// shippedFormulae are the entries of formulae.txt: "#" begins a remark, "[" a
// group. Entries of the groups marked 连用不计 are everywhere, others stock.
func shippedFormulae() (everywhere, stock []string) {
	into := &everywhere
	for line := range strings.Lines(shipped) {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[' && strings.Contains(line, "] 连用不计。"):
			into = &everywhere
		case line[0] == '[':
			into = &stock
		default:
			*into = append(*into, line)
		}
	}
	return everywhere, stock
}
