package reuse

// bits is a set of small numbers, one bit each.
type bits []uint64

func newBits(n int) bits { return make(bits, (n+63)/64) }

func (b bits) has(i int) bool { return b[i>>6]&(1<<(i&63)) != 0 }
func (b bits) set(i int)      { b[i>>6] |= 1 << (i & 63) }

func (b bits) setRange(from, to int) {
	for i := from; i < to; i++ {
		b.set(i)
	}
}

// grow returns b with room for n numbers.
func (b bits) grow(n int) bits {
	for len(b)*64 < n {
		b = append(b, 0)
	}
	return b
}
