package rules

// checkWords are the lists of a Set as its checks look for them, made once.
type checkWords struct {
	laws           lawNames
	figures        figurePairs
	claims, others []phrases // of each duty
	selves         ownWords
	parts          map[string][]partWords // by profile
	bodies         lexicon
	bodyOf         map[string]Body // by folded name
}

// words are the lists of the set, made when they are first asked for.
func (s *Set) words() *checkWords {
	if s.engine == nil {
		return s.checkWords()
	}
	return s.engine.words()
}

func (s *Set) checkWords() *checkWords {
	w := &checkWords{laws: knownLaws(s), figures: pairsOfFigures(s), selves: s.ownWords(), parts: s.profileWords(), bodies: lexicon{}, bodyOf: map[string]Body{}}
	for _, d := range s.Duties {
		w.claims, w.others = append(w.claims, phrasesOf(d.Words, nil)), append(w.others, phrasesOf(d.Not, nil))
	}
	for _, b := range s.Bodies {
		for _, name := range append([]string{b.Name}, b.Words...) {
			r := foldRunes(name)
			w.bodies.add(r)
			w.bodyOf[string(r)] = b
		}
	}
	return w
}
