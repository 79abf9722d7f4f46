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
	hash uint32
	at   int32
}

// hide takes the grams that lie wholly in public wording out of the count.
func hide(grams []uint32, public bits) {
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
			dst = append(dst, print{grams[least], int32(least)})
			last = least
		}
	}
	return dst
}
