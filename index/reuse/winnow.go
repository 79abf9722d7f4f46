package reuse

import "math"

// Fingerprints are hashes of gramLen runes, the least of every window of
// window neighbours (Schleimer, Wilkerson, Aiken 2003): two texts that share
// gramLen+window-1 = 15 runes share at least one.
const (
	gramLen = 8
	window  = 8
)

const (
	hashBase = 0x9E3779B97F4A7C15 // odd; the golden ratio
	hashMix  = 0xD6E8FEB86659FD93
	noHash   = math.MaxUint32 // of a gram that is not fingerprinted
)

// gramHashes appends the hash of each gram of runes to dst[:0].
func gramHashes(runes []uint16, dst []uint32) []uint32 {
	dst = dst[:0]
	if len(runes) < gramLen {
		return dst
	}
	var h, top uint64 = 0, 1
	for i := 0; i < gramLen-1; i++ {
		h = h*hashBase + uint64(runes[i])
		top *= hashBase
	}
	for i := gramLen - 1; i < len(runes); i++ {
		h = h*hashBase + uint64(runes[i])
		g := uint32((h ^ h>>29) * hashMix >> 32)
		if g == noHash {
			g--
		}
		dst = append(dst, g)
		h -= top * uint64(runes[i-gramLen+1])
	}
	return dst
}

// print is one fingerprint: a gram's hash and where the gram begins.
type print struct {
	hash  uint32
	at    int32
	stock bool // the gram lies in one stock phrase
}

// within calls f with the place of each gram that lies in one of the phrases,
// which are in order.
func within(phrases []stretch, f func(at int)) {
	done := int32(0)
	for _, p := range phrases {
		for at := max(done, p.from); at+gramLen <= p.to; at++ {
			f(int(at))
			done = at + 1
		}
	}
}

// hide takes the grams that lie wholly in public wording out of the count.
func hide(grams []uint32, public bitset) {
	if len(grams) == 0 {
		return
	}
	run := 0 // public runes in a row
	for i := range len(grams) + gramLen - 1 {
		if !public.has(i) {
			run = 0
			continue
		}
		if run++; run >= gramLen {
			grams[i-gramLen+1] = noHash
		}
	}
}

// winnow appends the fingerprints to dst[:0], in order of place. Hidden grams
// have none.
func winnow(grams []uint32, dst []print) []print {
	dst = dst[:0]
	least, last := 0, -1
	for end := range grams {
		if from := end - window + 1; least < from {
			least = from
			for i := from + 1; i <= end; i++ {
				if grams[i] <= grams[least] {
					least = i
				}
			}
		} else if grams[end] <= grams[least] {
			least = end
		}
		if end >= min(window, len(grams))-1 && least != last && grams[least] != noHash {
			dst = append(dst, print{hash: grams[least], at: int32(least)})
			last = least
		}
	}
	return dst
}

// gramSet is a set of grams by the first bits of their hashes: it may hold
// some that were not put in.
type gramSet []uint64

const gramSetBits = 16

func newGramSet(grams []uint32) gramSet {
	g := make(gramSet, 1<<gramSetBits/64)
	for _, h := range grams {
		if h != noHash {
			h >>= 32 - gramSetBits
			g[h>>6] |= 1 << (h & 63)
		}
	}
	return g
}

// share reports whether there may be so many grams in a row, none of them
// hidden, that are in g: where it says no, the texts have no run in common
// that is longer than so many grams.
func (g gramSet) share(grams []uint32, inRow int) bool {
	n := 0
	for _, h := range grams {
		top := h >> (32 - gramSetBits)
		if h == noHash || g[top>>6]&(1<<(top&63)) == 0 {
			n = 0
		} else if n++; n >= inRow {
			return true
		}
	}
	return inRow <= 0
}
