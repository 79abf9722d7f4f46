package reuse

import "math/bits"

// own is a text as far as it is its own: the runes that lie neither in public
// wording nor in one phrase of a list, in order, with where they stand.
type own struct {
	runes []uint16
	count []int32 // how many of the runes before each place are own
}

func newOwn(runes []uint16, public bitset, phrases []stretch) own {
	o := own{runes: make([]uint16, 0, len(runes)), count: make([]int32, len(runes)+1)}
	for i, r := range runes {
		for len(phrases) > 0 && phrases[0].to <= int32(i) {
			phrases = phrases[1:]
		}
		if r != '0' && !public.has(i) && (len(phrases) == 0 || phrases[0].from > int32(i)) {
			o.runes = append(o.runes, r)
		}
		o.count[i+1] = int32(len(o.runes))
	}
	return o
}

func (o own) in(s stretch) []uint16 { return o.runes[o.count[s.from]:o.count[s.to]] }

// inCommon is the length of the longest sequence that stands in both texts in
// this order, with or without gaps (Hyyrö 2004).
func inCommon(a, b []uint16) int {
	places := make(map[uint16]bitset, len(a))
	for i, r := range a {
		if places[r] == nil {
			places[r] = newBits(len(a))
		}
		places[r].set(i)
	}
	open := newBits(len(a)) // a bit is cleared where the sequence grows
	for i := range open {
		open[i] = ^uint64(0)
	}
	for _, r := range b {
		at := places[r]
		if at == nil {
			continue
		}
		carry := uint64(0)
		for i, v := range open {
			u := v & at[i]
			var sum uint64
			sum, carry = bits.Add64(v, u, carry)
			open[i] = sum | v&^at[i]
		}
	}
	n := 0
	for i := range a {
		if !open.has(i) {
			n++
		}
	}
	return n
}
