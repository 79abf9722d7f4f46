package rules

// table numbers keys: a hash table with open addressing, half empty at least.
// It is only read once filled, and then takes half the time of a map. No key
// has the number 0.
type table[K uint32 | uint64] struct {
	slots []slot[K]
	used  int
}

type slot[K uint32 | uint64] struct {
	key K
	id  int32
}

// put gives a key a number, not 0.
func (t *table[K]) put(key K, id int32) {
	if 2*(t.used+1) > len(t.slots) {
		old := t.slots
		t.slots = make([]slot[K], max(64, 2*len(old)))
		for _, s := range old {
			if s.id != 0 {
				t.slots[t.at(s.key)] = s
			}
		}
	}
	s := &t.slots[t.at(key)]
	if s.id == 0 {
		t.used++
	}
	*s = slot[K]{key, id}
}

// id is the number of a key, 0 where it has none.
func (t *table[K]) id(key K) int32 {
	if t.used == 0 {
		return 0
	}
	return t.slots[t.at(key)].id
}

// at is where a key stands, or the free slot where it would (Knuth's
// multiplicative hashing).
func (t *table[K]) at(key K) int {
	last := uint64(len(t.slots) - 1)
	i := uint64(key) * 0x9E3779B97F4A7C15 >> 32 & last
	for t.slots[i].id != 0 && t.slots[i].key != key {
		i = (i + 1) & last
	}
	return int(i)
}
