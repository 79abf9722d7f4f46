package corpus

// Relation names how a copied passage stands to its source.
type Relation string

// The relations. Direction is only claimed by the first four, and only where
// the dates allow it, or where an undated source stands on a shelf, which is
// the office's word that it came first. With dates less than seven days apart,
// or unknown on both sides, a pair is FromCommon, and nobody is said to have
// copied anybody.
const (
	FromSuperior Relation = "上级沿用"
	FromPeer     Relation = "同级雷同"
	FromPrevious Relation = "往年沿用"
	FromTemplate Relation = "范文"
	FromCommon   Relation = "同源"
	Quotation    Relation = "引用" // quoted from the superior's paper; never charged
)

// Reuse is one passage that stands in two documents, as far as it goes in
// both. Formulae that everybody uses are not counted in Informative, and no
// Reuse consists of them alone.
type Reuse struct {
	Doc         string
	Span        Span
	Same        []Span // the parts of Span that stand in the source word for word, formulae included, in order and apart
	From        []Span // where each of Same stands in the source, in the same order
	Source      string
	SourceSpan  Span
	Relation    Relation
	Informative int // runes of Span shared with the source, formulae not counted
	AlsoIn      int // how many further documents hold the passage
}
