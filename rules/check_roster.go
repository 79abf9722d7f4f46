package rules

import (
	"strings"
	"sync"

	"duibiao/corpus"
)

// Roster is every unit of a run as the checks need to know them. It is made
// once for all units of a run, and may be used by several at a time.
type Roster struct {
	units  []corpus.Unit
	byName map[string]int
	names  map[corpus.UnitKind]nameSet // full names and aliases, by kind; those of bureaus together
	stems  map[corpus.UnitKind]nameSet // 澄水 of 澄水县人民政府, of counties and towns
	places *places
	duties sync.Map // dutyKey -> group
	settled
}

// Roster makes the units of a run ready for Judge by the rules of s.
func (s *Set) Roster(units []corpus.Unit) *Roster {
	r := &Roster{units: units, byName: map[string]int{}, names: map[corpus.UnitKind]nameSet{}, stems: map[corpus.UnitKind]nameSet{},
		places: placesOf(s.Places), settled: settled{map[string]bool{}, map[string]bool{}}}
	for i, u := range units {
		if _, ok := r.byName[u.Name]; !ok {
			r.byName[u.Name] = i
		}
		kind := unitKind(u)
		for _, name := range append([]string{u.Name}, u.Aliases...) {
			if len([]rune(name)) >= 3 {
				add(r.names, likeKind(kind), name)
			}
		}
		if kind == corpus.County || kind == corpus.Township {
			if stem := placeStem(u.Name); len([]rune(stem)) >= 2 {
				add(r.stems, kind, stem)
			}
		}
		r.places.settle(u, &r.settled)
	}
	return r
}

// likeKind is the kind under which units of the own kind are kept: the bureaus
// of a city and of its counties are alike.
func likeKind(k corpus.UnitKind) corpus.UnitKind {
	if k == corpus.CountyBureau {
		return corpus.Bureau
	}
	return k
}

// placeStem is a place without the word for its kind: 澄水 of 澄水县人民政府.
func placeStem(name string) string {
	return strings.TrimSuffix(strings.TrimRight(bareName(name), "县区镇乡"), "街道")
}

func add(to map[corpus.UnitKind]nameSet, kind corpus.UnitKind, name string) {
	s, ok := to[kind]
	if !ok {
		s = nameSet{all: map[string]string{}, first: map[rune]bool{}, last: map[rune]bool{}}
		to[kind] = s
	}
	if r := foldRunes(name); len(r) > 0 {
		s.all[string(r)], s.first[r[0]], s.last[r[len(r)-1]] = name, true, true
	}
}

// nameSet is a set of names of a run's units, quick to say that none stands
// somewhere, without those that are a unit's own.
type nameSet struct {
	all         map[string]string // by folded name
	first, last map[rune]bool
	own         func(name string) bool
}

func (s nameSet) has(folded string) bool {
	name, ok := s.all[folded]
	return ok && !s.own(name)
}

// aliases are the other names of a unit of the run.
func (r *Roster) aliases(unit string) []string {
	if i, ok := r.byName[unit]; ok {
		return r.units[i].Aliases
	}
	return nil
}
