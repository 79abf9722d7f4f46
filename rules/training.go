package rules

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
)

// What the thesaurus's words count, in example sentences. All are quarters, so
// that sums over maps are exact and come out alike in any order.
const (
	namesCount = 3
	signsCount = 1.5
	pairsCount = 1.5
	looseCount = 1
	classShare = 0.5 // of a class's words, which many topics share
)

const (
	smoothing = 64  // of how often a topic has a feature, towards how often all have it
	leastLean = 0.2 // of a weight that is kept
)

// exampleSentences reads "@ topic" lines with the sentences below each.
func exampleSentences(body []byte) map[string][]string {
	out := map[string][]string{}
	topic := ""
	for l := range strings.Lines(string(body)) {
		l = strings.TrimSpace(l)
		if name, ok := strings.CutPrefix(l, "@ "); ok {
			topic = name
		} else if l != "" && !strings.HasPrefix(l, "#") {
			out[topic] = append(out[topic], l)
		}
	}
	return out
}

// example is an example sentence by its topic's number.
type example struct {
	topic    int32
	wordings []wording
}

// learn reads example sentences and says what resembles which topic. It fails
// where a topic is not in the thesaurus.
func learn(ts *topics, body []byte) (*likeness, error) {
	examples := exampleSentences(body)
	for name := range examples {
		if ts.byName[name] == nil && name != noTopic {
			return nil, fmt.Errorf("no topic %q", name)
		}
	}
	counts := make([]map[wording]float64, len(ts.all)+1)
	var told []example
	for k := range counts {
		name := noTopic
		if k < len(ts.all) {
			name = ts.all[k].name
		}
		counts[k] = map[wording]float64{}
		for _, s := range examples[name] {
			e := example{int32(k), wordings(foldRunes(s))}
			for _, f := range e.wordings {
				counts[k][f]++
			}
			told = append(told, e)
		}
		if k < len(ts.all) {
			ts.all[k].count(counts[k])
		}
	}
	m := weigh(counts)
	m.sharpen(slices.DeleteFunc(told, func(e example) bool { return int(e.topic) == m.topics }))
	for f := range m.features[:len(m.features)-1] {
		for _, l := range m.leansOf(int32(f)) {
			m.features[f].sum += l.weight
		}
	}
	return m, nil
}

// count adds the topic's own words.
func (t *topic) count(to map[wording]float64) {
	put := func(w string, n float64) {
		for part := range strings.SplitSeq(w, "…") {
			for _, f := range wordings(foldRunes(part)) {
				to[f] = max(to[f], n)
			}
		}
	}
	for _, w := range slices.Concat(t.names, t.when) {
		put(w, namesCount)
	}
	for _, w := range slices.Concat(t.signs, t.objects) {
		put(w, signsCount)
	}
	pairs := func(list []string, n float64) {
		for _, p := range list {
			for g := range strings.SplitSeq(p, "+") {
				share := n
				if strings.Contains(g, "@") {
					share *= classShare
				}
				for _, w := range groupWords(g) {
					put(w, share)
				}
			}
		}
	}
	pairs(t.pairs, pairsCount)
	pairs(t.loose, looseCount)
}

// weigh turns counts by topic into weights: of each feature the logarithm of
// how many times more often it stands in a topic's sentences than in all,
// where it is more often at all (the weights of a naive Bayes classifier
// without what speaks against a topic).
func weigh(counts []map[wording]float64) *likeness {
	total, all := map[wording]float64{}, 0.0
	mine := make([]float64, len(counts))
	for k, c := range counts {
		for f, n := range c {
			total[f] += n
			mine[k] += n
			all += n
		}
	}
	keys := slices.Sorted(maps.Keys(total))
	m := &likeness{features: make([]feature, 1, len(keys)+2), topics: len(counts) - 1}
	for i, f := range keys {
		m.numbers.put(uint32(f), int32(i+1))
	}
	of := make([][]lean, len(keys)+1)
	for k, c := range counts {
		for f, n := range c {
			usual := total[f] / all
			if w := math.Log((n + smoothing*usual) / (mine[k] + smoothing) / usual); w > leastLean {
				id := m.numbers.id(uint32(f))
				of[id] = append(of[id], lean{topic: int32(k), weight: float32(w)})
			}
		}
	}
	for id, leans := range of {
		m.leans = append(m.leans, leans...)
		m.features = append(m.features[:id+1], feature{from: int32(len(m.leans))})
	}
	return m
}

// How the weights are sharpened: chosen on the development places, where a
// fifth of the sentences was told better from the other four as well.
const (
	sharpRounds = 6
	sharpStep   = 0.05 // of a weight
	sharpMargin = 32   // by which a sentence should resemble its topic more than another
)

// sharpen moves the weights until sentences resemble their own topics clearly
// more than others: an averaged perceptron with a margin (Krauth and Mézard
// 1987; Collins 2002) that starts from weigh and gives no feature a topic that
// it had not. Sentences about nothing are told by what weigh counted.
//
// It runs once, in one goroutine; under the race detector it would take ten
// times as long in each process that a test starts.
//
//go:norace
func (m *likeness) sharpen(told []example) {
	features := make([][]int32, len(told))
	for i, e := range told {
		for _, w := range e.wordings {
			features[i] = append(features[i], m.numbers.id(uint32(w)))
		}
	}
	order := rand.New(rand.NewPCG(1, 1)) // the same in each run
	late := make([]float32, len(m.leans))
	scores := make([]float32, m.topics+1)
	for round := range sharpRounds {
		for done, i := range order.Perm(len(told)) {
			before := (float32(round) + float32(done)/float32(len(told))) / sharpRounds // of what is averaged, the share that a move now has missed
			mine := told[i].topic
			other, ahead := m.rival(features[i], mine, scores)
			if ahead >= sharpMargin {
				continue
			}
			for _, f := range features[i] {
				for k := m.features[f].from; k < m.features[f+1].from; k++ {
					step := float32(0)
					switch m.leans[k].topic {
					case mine:
						step = sharpStep
					case other:
						step = -sharpStep
					}
					m.leans[k].weight += step
					late[k] += step * before
				}
			}
		}
	}
	for k := range m.leans {
		m.leans[k].weight -= late[k]
	}
}

// rival is the topic that features resemble most beside their own, and how far
// their own is ahead of it. The scores are room.
//
//go:norace
func (m *likeness) rival(features []int32, mine int32, scores []float32) (other int32, ahead float32) {
	clear(scores)
	for _, f := range features {
		for _, l := range m.leansOf(f) {
			scores[l.topic] += l.weight
		}
	}
	scores[m.topics] *= noneFactor
	ahead = scores[mine]
	other = -1
	for k, s := range scores {
		if int32(k) != mine && (other < 0 || s > scores[other]) {
			other = int32(k)
		}
	}
	return other, ahead - scores[other]
}
