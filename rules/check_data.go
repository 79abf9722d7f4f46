package rules

import "duibiao/corpus"

// Place is a prefecture with its counties, or the counties that stand directly
// under a province (City "").
type Place struct {
	Province, City string
	Counties       []string
}

// Self is words by which only some units call themselves: those whose names
// end with one of Ends, or hold one of Has. Only units of Kinds are asked (all
// kinds, when empty). With Subject the words count only where they are what a
// clause speaks of.
type Self struct {
	Words, Ends, Has []string
	Kinds            []corpus.UnitKind
	Subject          bool
}

// Figure says which numbers go together: a number after one of Part is no
// greater than that after one of Whole before it, and Rate is the one by the
// other. Apart are outcomes of which a thing has only one, so that their
// numbers together are no more than the whole.
type Figure struct {
	Whole, Part, Rate []string
	Apart             []string
}
