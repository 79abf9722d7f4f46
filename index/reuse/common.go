package reuse

// common tells in how many independent units' papers a gram stands, for the
// grams that stand in at least fewestVotes of them.
type common struct {
	slots []uint64 // hash above, votes below; 0 is empty
	shift uint
}

const (
	fewestVotes = 3
	countAtOnce = 1 << 23 // grams sorted at one time: 128 MB
)

// countCommon counts the grams of all documents, a part of the hashes at a
// time.
func (x *Index) countCommon(group []int32) *common {
	parts := 1
	for len(x.text) > parts*countAtOnce {
		parts *= 2
	}
	var found []uint64
	var grams []uint32
	keys := make([]uint64, 0, min(len(x.text), countAtOnce))
	for part := range parts {
		keys = keys[:0]
		for doc := range x.docs {
			grams = gramHashes(x.runes(doc), grams)
			for _, h := range grams {
				if int(h)&(parts-1) == part {
					keys = append(keys, uint64(h)<<32|uint64(group[doc]))
				}
			}
		}
		sortKeys(keys, len(x.docs))
		found = appendCommon(found, keys)
	}
	return newCommon(found)
}

// appendCommon appends the hashes of sorted keys, which hold a group below,
// that enough groups share, with their number.
func appendCommon(dst, keys []uint64) []uint64 {
	for from := 0; from < len(keys); {
		votes, to := uint64(1), from+1
		for ; to < len(keys) && keys[to]>>32 == keys[from]>>32; to++ {
			if keys[to] != keys[to-1] {
				votes++
			}
		}
		if votes >= fewestVotes {
			dst = append(dst, keys[from]>>32<<32|votes)
		}
		from = to
	}
	return dst
}

func newCommon(found []uint64) *common {
	c := &common{shift: 28}
	for 1<<(32-c.shift) < 2*len(found) {
		c.shift--
	}
	c.slots = make([]uint64, 1<<(32-c.shift))
	for _, f := range found {
		slot := f >> 32 >> c.shift
		for c.slots[slot] != 0 {
			slot = (slot + 1) & uint64(len(c.slots)-1)
		}
		c.slots[slot] = f
	}
	return c
}

// votes is how many groups share the gram with hash h, or 1 where they are
// fewer than fewestVotes.
func (c *common) votes(h uint32) int {
	for slot := h >> c.shift; c.slots[slot] != 0; slot = (slot + 1) & uint32(len(c.slots)-1) {
		if uint32(c.slots[slot]>>32) == h {
			return int(uint32(c.slots[slot]))
		}
	}
	return 1
}
