package fulltext

import (
	index "github.com/blevesearch/bleve_index_api"
)

// field is one field of an indexed passage. Its terms are found when it is
// made, by its caller's goroutine, and not through a mapping, in which a wrong
// name means another analyser and no error.
type field struct {
	name    string
	options index.FieldIndexingOptions
	value   []byte // what is stored
	terms   index.TokenFrequencies
	length  int // number of terms, repeated ones included
}

// newField is an indexed field with the given terms, which need not differ.
func newField(name string, options index.FieldIndexingOptions, terms []string) *field {
	f := &field{name: name, options: options, length: len(terms), terms: make(index.TokenFrequencies, len(terms))}
	freqs := make([]index.TokenFreq, 0, len(terms))
	for _, t := range terms {
		freq := f.terms[t]
		if freq == nil {
			freqs = append(freqs, index.TokenFreq{Term: []byte(t)})
			freq = &freqs[len(freqs)-1]
			f.terms[t] = freq
		}
		if !options.SkipFreqNorm() {
			freq.SetFrequency(freq.Frequency() + 1)
		}
	}
	return f
}

func (f *field) Name() string                                     { return f.name }
func (f *field) Value() []byte                                    { return f.value }
func (f *field) Options() index.FieldIndexingOptions              { return f.options }
func (f *field) Analyze()                                         {}
func (f *field) AnalyzedLength() int                              { return f.length }
func (f *field) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.terms }
func (f *field) ArrayPositions() []uint64                         { return nil }
func (f *field) EncodedFieldType() byte                           { return 't' }
func (f *field) NumPlainTextBytes() uint64                        { return uint64(len(f.value)) }
func (f *field) Size() int                                        { return len(f.value) + f.terms.Size() }
