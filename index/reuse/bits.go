package reuse

import (
	"encoding/binary"
	"math/bits"
)

// bitset is a set of small numbers, one bit each.
type bitset []uint64

func newBits(n int) bitset { return make(bitset, words(n)) }

// words is how many words hold n bits.
func words(n int) int { return (n + 63) / 64 }

func (b bitset) has(i int) bool { return b[i>>6]&(1<<(i&63)) != 0 }
func (b bitset) set(i int)      { b[i>>6] |= 1 << (i & 63) }

func (b bitset) setRange(from, to int) {
	for i := from; i < to; i++ {
		b.set(i)
	}
}

// nth is the place of the n-th number in b, from 0, or the end of b when it has
// fewer.
func (b bitset) nth(n int) int {
	for i, word := range b {
		if in := bits.OnesCount64(word); in <= n {
			n -= in
			continue
		}
		for ; n > 0; n-- {
			word &= word - 1
		}
		return i<<6 + bits.TrailingZeros64(word)
	}
	return len(b) << 6
}

// ranges calls f with every unbroken range of b, in order.
func (b bitset) ranges(f func(from, to int)) {
	from := -1
	for i := range len(b) * 64 {
		switch in := b.has(i); {
		case in && from < 0:
			from = i
		case !in && from >= 0:
			f(from, i)
			from = -1
		}
	}
	if from >= 0 {
		f(from, len(b)*64)
	}
}

func (b bitset) appendTo(dst []byte) []byte {
	for _, word := range b {
		dst = binary.LittleEndian.AppendUint64(dst, word)
	}
	return dst
}
