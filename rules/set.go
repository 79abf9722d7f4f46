package rules

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"duibiao/corpus"
)

// Pack is a folder of rules.
type Pack struct {
	Name     string
	Version  string
	Source   string
	Imported bool                // made from an office's table; its items may lack examples
	Defines  map[string][]string // what a word of 责任单位 means in this pack's table
	Folder   string              `json:"-"`
}

// Indicator is one item of an indicator table.
type Indicator struct {
	ID, No         string
	Level1, Level2 string
	Title          string
	Text           string // 评分要点
	Basis          []string
	Applies        []string // words of 责任单位; empty means every unit
	Topics         []string // topics of the thesaurus
	Terms          Terms
	Under          []string
	Patterns       []string
	Thresholds     []Threshold
	Plan           []string
	Examples       []Example
	Pack           string // the name of its pack
	File           string `json:"-"`
}

// Terms are the words by which a sentence is known to speak of an item. The
// package's rule reference (load.go) says how each list counts.
type Terms struct {
	Any, Some, Object []string
	All, Not          []string
	Near              [][2]string
	Weights           map[string]float64
}

func (t Terms) empty() bool {
	return len(t.Any)+len(t.Some)+len(t.Object)+len(t.Near)+len(t.All) == 0
}

// Threshold is a number that the item asks for. Has tells which bound is set.
type Threshold struct {
	Name           string
	Min, Max       float64
	HasMin, HasMax bool
	Unit           string // "%", 次, 学时 …
}

// String is the threshold for people, such as "≥100%".
func (t Threshold) String() string {
	if t.HasMin {
		return "≥" + number(t.Min) + t.Unit
	}
	return "≤" + number(t.Max) + t.Unit
}

// Example is a passage with the status a rule must give it.
type Example struct {
	Status Status // or Unrelated
	Kind   corpus.Kind
	Text   string
	Todo   bool
	From   string `json:"-"` // where it came from, for people; "" where the author wrote it
	Line   int    `json:"-"`
}

// Unrelated is what an example says of a passage that does not speak of the
// item; on a row it shows as Missing.
const Unrelated Status = "无关"

// Profile is the structure that papers of some kinds must have.
type Profile struct {
	ID, Title string
	Basis     []string
	Kinds     []corpus.Kind
	MaxWords  int    // 0 for no limit; counted as Word counts 字数
	Due       string // "03-01" of the next year, or ""
	Parts     []Part
	Examples  []Example
	Pack      string
}

// Part is one part of a Profile.
type Part struct {
	Name               string
	Required           bool
	Heading, Body, Not []string
	Planned            bool // a body sentence that plans counts as the part
	Past               bool // a body sentence under a heading of plans does not
	Facts              int
	Note               string
}

// Body is a body that no longer exists after Until ("2018-12-31").
type Body struct {
	Name, Until, Instead string
	Words                []string
}

// Slogan is dated: after Until a paper that has one of Words and none of Newer
// is out of date.
type Slogan struct {
	Words, Newer []string
	Until        string
}

// Placeholder is a pattern of something left unfilled.
type Placeholder struct {
	Pattern, Not, Note string

	pattern, not *regexp.Regexp
	needs        lexicon // single runes of which every match has one; empty where that is not known
}

// Law is a title that papers quote. Years is the right span of a dated plan,
// Earlier the spans of its forerunners; Versions are the days on which the
// text now in force, and earlier ones, were passed.
type Law struct {
	Title           string
	Years           string
	Earlier         []string
	Versions, Wrong []string
}

// Duty is something that only units of Kinds can do.
type Duty struct {
	Words, Not []string
	Kinds      []corpus.UnitKind
	Note       string
}

// strange reports whether nobody can tell from an imported item what it asks
// for: its wording names no topic, and nobody has written words for it.
func (s *Set) strange(ind *Indicator) bool {
	title := string(foldRunes(ind.Title))
	byHand := slices.ContainsFunc(ind.Terms.Any, func(w string) bool { return !strings.Contains(title, string(foldRunes(w))) })
	return s.imported(ind.Pack) && len(ind.Topics) == 0 && !byHand && len(ind.Patterns)+len(ind.Terms.Near)+len(ind.Terms.All)+len(ind.Terms.Object) == 0
}

// Limits are the thresholds of the checks, as shares from 0 to 1.
type Limits struct {
	Copied                             float64 // of a sentence
	Superior, Previous, Peer, Template float64 // of a paper's body
	Follow                             float64 // of the tasks of a superior's plan, from which a plan plainly follows it
	Runes                              int     // informative runes at the least
}

// Set is every rule of a run. Its slices are not to be changed after Load.
type Set struct {
	Packs        []Pack
	Indicators   []Indicator
	Profiles     []Profile
	Bodies       []Body
	Slogans      []Slogan
	Placeholders []Placeholder
	Laws         []Law
	Duties       []Duty
	Places       []Place
	Selves       []Self
	Figures      []Figure
	Trials       []Trial
	Limits       Limits
	Exemptions   []Exemption // in force; see Exempt
	Expired      []Exemption `json:"-"`

	engine *engine
}

// Hash is the same for equal rules, thesaurus included, and differs otherwise:
// a part of the key of everything that is cached.
func (s *Set) Hash() string {
	h := sha256.New()
	enc := json.NewEncoder(h)
	if err := enc.Encode(s); err != nil {
		panic(fmt.Sprintf("rules: a set that json cannot write: %v", err))
	}
	h.Write(thesaurusFile)
	h.Write(classesFile)
	h.Write(sentencesFile)
	h.Write(vocabularyFile)
	h.Write([]byte(judgeVersion))
	return hex.EncodeToString(h.Sum(nil)[:12])
}

// judgeVersion changes when the same rules would judge otherwise.
const judgeVersion = "judge/2"

// Find returns the indicator with this id, or nil.
func (s *Set) Find(id string) *Indicator {
	for i := range s.Indicators {
		if s.Indicators[i].ID == id {
			return &s.Indicators[i]
		}
	}
	return nil
}

// With is the union of s and the others, in that order: an imported table
// together with the profiles and checks, for example. An id that stands in two
// of them is an error. The limits are those of the last set that has any.
func (s *Set) With(others ...*Set) (*Set, error) {
	u := &Set{}
	seen := map[string]string{}
	for _, o := range append([]*Set{s}, others...) {
		for _, i := range o.Indicators {
			if p, ok := seen[i.ID]; ok {
				return nil, fmt.Errorf("指标编号 %s 在《%s》和《%s》里都有", i.ID, p, i.Pack)
			}
			seen[i.ID] = i.Pack
		}
		u.Packs = append(u.Packs, o.Packs...)
		u.Indicators = append(u.Indicators, o.Indicators...)
		u.Profiles = append(u.Profiles, o.Profiles...)
		u.Bodies = append(u.Bodies, o.Bodies...)
		u.Slogans = append(u.Slogans, o.Slogans...)
		u.Placeholders = append(u.Placeholders, o.Placeholders...)
		u.Laws = append(u.Laws, o.Laws...)
		u.Duties = append(u.Duties, o.Duties...)
		u.Places = append(u.Places, o.Places...)
		u.Selves = append(u.Selves, o.Selves...)
		u.Figures = append(u.Figures, o.Figures...)
		u.Trials = append(u.Trials, o.Trials...)
		u.Exemptions = append(u.Exemptions, o.Exemptions...)
		u.Expired = append(u.Expired, o.Expired...)
		if o.Limits != (Limits{}) {
			u.Limits = o.Limits
		}
	}
	if err := u.compile(nil); err != nil {
		return nil, err
	}
	return u, nil
}
