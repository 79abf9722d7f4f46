package rules

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"duibiao/corpus"
)

// reader turns YAML into rules and keeps every fault with its line. A reader
// that describes reads nothing: each of its functions leaves in shape what it
// would take, so that the schema of the rule files is made of what reads them.
type reader struct {
	file string
	errs []error
	ids  map[string]string // id -> where it was defined

	describes bool
	shape     shape
}

// fields maps each key that may stand in a mapping to what reads its value.
type fields map[string]func(ast.Node)

func (r *reader) fault(line int, format string, args ...any) {
	r.errs = append(r.errs, fmt.Errorf("%s:%d: %s", r.file, max(line, 1), fmt.Sprintf(format, args...)))
}

func lineOf(n ast.Node) int {
	if n == nil || n.GetToken() == nil || n.GetToken().Position == nil {
		return 1
	}
	return n.GetToken().Position.Line
}

// parse returns the top mapping of a file, or nil after recording why not.
func (r *reader) parse(body []byte) (top ast.Node) {
	defer func() {
		if p := recover(); p != nil { // the YAML parser panics on some malformed files
			r.fault(1, "不是合格的 YAML：%v", p)
			top = nil
		}
	}()
	f, err := parser.ParseBytes(body, 0)
	if err != nil {
		r.fault(errorLine(err), "不是合格的 YAML：%s", firstLine(err.Error()))
		return nil
	}
	if len(f.Docs) == 0 || f.Docs[0].Body == nil {
		r.fault(1, "文件是空的")
		return nil
	}
	if len(f.Docs) > 1 {
		r.fault(1, "一个文件只写一条规则（不要用 --- 分隔）")
		return nil
	}
	return f.Docs[0].Body
}

var errorAt = regexp.MustCompile(`^\[(\d+):\d+\]\s*(.*)`)

func errorLine(err error) int {
	if m := errorAt.FindStringSubmatch(err.Error()); m != nil {
		n, _ := strconv.Atoi(m[1])
		return n
	}
	return 1
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	if m := errorAt.FindStringSubmatch(s); m != nil {
		return m[2]
	}
	return s
}

// mapping reads a mapping: unknown and repeated keys are faults, and so is a
// missing one of required.
func (r *reader) mapping(n ast.Node, known fields, required ...string) {
	if r.describes {
		r.shape = r.object(known, required)
		return
	}
	var values []*ast.MappingValueNode
	switch m := n.(type) {
	case *ast.MappingNode:
		values = m.Values
	case *ast.MappingValueNode:
		values = []*ast.MappingValueNode{m}
	default:
		r.fault(lineOf(n), "这里应当是“键: 值”")
		return
	}
	seen := map[string]bool{}
	for _, v := range values {
		key := v.Key.GetToken().Value
		read, ok := known[key]
		switch {
		case !ok:
			r.fault(lineOf(v.Key), "不认识的键 %q", key)
		case seen[key]:
			r.fault(lineOf(v.Key), "键 %q 写了两次", key)
		default:
			read(v.Value)
		}
		seen[key] = true
	}
	for _, k := range required {
		if !seen[k] {
			r.fault(lineOf(n), "缺少 %s", k)
		}
	}
}

// scalar is the text of a plain value, or false.
func scalar(n ast.Node) (string, bool) {
	switch v := n.(type) {
	case *ast.StringNode:
		return v.Value, true
	case *ast.LiteralNode:
		return v.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return n.GetToken().Value, true
	}
	return "", false
}

func (r *reader) text(to *string) func(ast.Node) {
	return func(n ast.Node) {
		if r.describes {
			r.shape = textShape()
			return
		}
		s, ok := scalar(n)
		if !ok || strings.TrimSpace(s) == "" {
			r.fault(lineOf(n), "这里应当是一段文字")
			return
		}
		*to = strings.TrimSpace(s)
	}
}

func (r *reader) list(to *[]string) func(ast.Node) {
	return func(n ast.Node) {
		if r.describes {
			r.shape = listOf(textShape())
			return
		}
		seq, ok := n.(*ast.SequenceNode)
		if !ok {
			r.fault(lineOf(n), "这里应当是列表，如 [甲, 乙]")
			return
		}
		*to = []string{}
		for _, v := range seq.Values {
			var s string
			r.text(&s)(v)
			if s != "" {
				*to = append(*to, s)
			}
		}
	}
}

func (r *reader) flag(to *bool) func(ast.Node) {
	return func(n ast.Node) {
		if r.describes {
			r.shape = shape{"type": "boolean"}
			return
		}
		b, ok := n.(*ast.BoolNode)
		if !ok {
			r.fault(lineOf(n), "这里应当是 true 或 false")
			return
		}
		*to = b.Value
	}
}

func (r *reader) number(to *float64, least, most float64) func(ast.Node) {
	return func(n ast.Node) {
		if r.describes {
			r.shape = shape{"type": "number", "minimum": least, "maximum": most}
			return
		}
		s, ok := scalar(n)
		f, err := strconv.ParseFloat(s, 64)
		switch _, quoted := n.(*ast.StringNode); {
		case !ok || quoted || err != nil:
			r.fault(lineOf(n), "这里应当是数字")
		case f < least || f > most:
			r.fault(lineOf(n), "数字应当在 %s 和 %s 之间", number(least), number(most))
		default:
			*to = f
		}
	}
}

func (r *reader) whole(to *int) func(ast.Node) {
	return func(n ast.Node) {
		var f float64
		r.number(&f, 0, 1e9)(n)
		*to = int(f)
	}
}

// each reads a list of mappings.
func (r *reader) each(read func(ast.Node)) func(ast.Node) {
	return func(n ast.Node) {
		if r.describes {
			read(nil)
			r.shape = listOf(r.shape)
			return
		}
		seq, ok := n.(*ast.SequenceNode)
		if !ok {
			r.fault(lineOf(n), "这里应当是列表，每项以 - 开头")
			return
		}
		for _, v := range seq.Values {
			read(v)
		}
	}
}

func (r *reader) pairs(to *[][2]string) func(ast.Node) {
	return r.each(func(n ast.Node) {
		var two []string
		r.list(&two)(n)
		if r.describes {
			r.shape["minItems"], r.shape["maxItems"] = 2, 2
			return
		}
		if len(two) != 2 {
			r.fault(lineOf(n), "near 的每一项是两个词，如 [制定, 规范性文件]")
			return
		}
		*to = append(*to, [2]string{two[0], two[1]})
	})
}

func (r *reader) weights(to *map[string]float64) func(ast.Node) {
	return r.free(func(k string, v ast.Node) {
		if *to == nil {
			*to = map[string]float64{}
		}
		var f float64
		r.number(&f, 0.1, 2)(v)
		(*to)[k] = f
	})
}

// free reads a mapping whose keys are the author's own words.
func (r *reader) free(read func(key string, v ast.Node)) func(ast.Node) {
	return func(n ast.Node) {
		if r.describes {
			read("", nil)
			r.shape = shape{"type": "object", "additionalProperties": r.shape}
			return
		}
		known := fields{}
		for _, k := range keys(n) {
			known[k] = func(v ast.Node) { read(k, v) }
		}
		r.mapping(n, known)
	}
}

func keys(n ast.Node) []string {
	var out []string
	switch m := n.(type) {
	case *ast.MappingNode:
		for _, v := range m.Values {
			out = append(out, v.Key.GetToken().Value)
		}
	case *ast.MappingValueNode:
		out = append(out, m.Key.GetToken().Value)
	}
	return out
}

func (r *reader) packFile(s *Set, body []byte) Pack {
	var p Pack
	if top := r.parse(body); top != nil {
		r.packTop(s, &p, top)
	}
	return p
}

func (r *reader) packTop(s *Set, p *Pack, top ast.Node) {
	r.mapping(top, fields{
		"name": r.text(&p.Name), "version": r.text(&p.Version), "source": r.text(&p.Source),
		"imported": r.flag(&p.Imported), "exempt": r.exemptions(&s.Exemptions, true),
		"defines": r.free(func(k string, v ast.Node) {
			if p.Defines == nil {
				p.Defines = map[string][]string{}
			}
			var names []string
			r.list(&names)(v)
			p.Defines[k] = names
		}),
	}, "name", "version", "source")
}

func (r *reader) ruleFile(s *Set, p *Pack, body []byte) {
	top := r.parse(body)
	if top == nil {
		return
	}
	kind := "indicator"
	for _, v := range mappingValues(top) {
		if v.Key.GetToken().Value == "kind" {
			r.text(&kind)(v.Value)
		}
	}
	switch kind {
	case "indicator":
		r.indicator(s, p, top)
	case "profile":
		r.profile(s, p, top)
	case "limits":
		r.limits(s, top)
	case "check":
		r.check(s, top)
	case "bodies", "slogans", "placeholders", "laws", "duties", "places", "selves", "figures":
		r.items(s, kind, top)
	default:
		r.fault(lineOf(top), "不认识的 kind %q", kind)
	}
}

func mappingValues(n ast.Node) []*ast.MappingValueNode {
	switch m := n.(type) {
	case *ast.MappingNode:
		return m.Values
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{m}
	}
	return nil
}

// kind reads the key that said how the file is read.
func (r *reader) kind(is string) func(ast.Node) {
	return func(ast.Node) { r.shape = shape{"const": is} }
}

func (r *reader) indicator(s *Set, p *Pack, top ast.Node) {
	i := Indicator{Pack: p.Name, File: r.file}
	var exempt []Exemption
	r.mapping(top, fields{
		"kind": r.kind("indicator"), "id": r.id(&i.ID), "no": r.text(&i.No),
		"level1": r.text(&i.Level1), "level2": r.text(&i.Level2), "title": r.text(&i.Title), "text": r.text(&i.Text),
		"basis": r.list(&i.Basis), "applies": r.list(&i.Applies), "topics": r.topics(&i.Topics),
		"terms": func(n ast.Node) {
			r.mapping(n, fields{
				"any": r.list(&i.Terms.Any), "some": r.list(&i.Terms.Some), "object": r.list(&i.Terms.Object),
				"all": r.list(&i.Terms.All), "not": r.list(&i.Terms.Not),
				"near": r.pairs(&i.Terms.Near), "weights": r.weights(&i.Terms.Weights),
			})
		},
		"under": r.list(&i.Under), "patterns": r.patterns(&i.Patterns), "threshold": r.thresholds(&i.Thresholds),
		"plan": r.plan(&i.Plan), "examples": r.examples(&i.Examples, true),
		"exempt": r.exemptions(&exempt, false),
	}, "id", "title")
	for _, e := range exempt {
		e.Item = i.ID
		s.Exemptions = append(s.Exemptions, e)
	}
	if !p.Imported {
		r.enoughExamples(lineOf(top), i.Examples)
	}
	if i.Topics == nil && i.Title != "" {
		if i.Terms.empty() {
			var own Terms
			i.Topics, own = derive(i.Title, i.Text, nil)
			i.Terms.Any, i.Terms.Some = own.Any, own.Some
		} else {
			i.Topics, _ = derive(i.Title, "", nil)
		}
	}
	s.Indicators = append(s.Indicators, i)
}

func (r *reader) enoughExamples(at int, examples []Example) {
	var good, fault, unrelated bool
	for _, e := range examples {
		good = good || e.Status == Met || e.Status == NotApplicable
		fault = fault || e.Status.Gap() && e.Status != Missing
		unrelated = unrelated || e.Status == Unrelated || e.Status == Missing
	}
	if !good || !fault || !unrelated {
		r.fault(at, "examples 至少要有一个达标、一个毛病（空泛或只有打算）和一个无关的例子")
	}
}

func (r *reader) id(to *string) func(ast.Node) {
	return func(n ast.Node) {
		r.text(to)(n)
		if r.describes {
			r.shape["pattern"] = idPattern
			return
		}
		if at := strings.IndexFunc(*to, notInID); at >= 0 {
			c, _ := utf8.DecodeRuneInString((*to)[at:])
			r.fault(lineOf(n), "编号 %q 里有不能用的字 %q（用小写字母、数字、汉字和 . - _）", *to, c)
			return
		}
		if where, ok := r.ids[*to]; ok {
			r.fault(lineOf(n), "编号 %q 已经在 %s 用过", *to, where)
			return
		}
		if *to != "" {
			r.ids[*to] = fmt.Sprintf("%s:%d", r.file, lineOf(n))
		}
	}
}

func notInID(c rune) bool {
	return !unicode.Is(unicode.Han, c) && !strings.ContainsRune("abcdefghijklmnopqrstuvwxyz0123456789.-_", c)
}

func (r *reader) topics(to *[]string) func(ast.Node) {
	return func(n ast.Node) {
		r.list(to)(n)
		if r.describes {
			r.shape = listOf(oneOfShape(slices.Sorted(maps.Keys(thesaurus().byName))))
			return
		}
		for _, t := range *to {
			if thesaurus().byName[t] == nil {
				r.fault(lineOf(n), "词库里没有主题 %q", t)
			}
		}
	}
}

func (r *reader) patterns(to *[]string) func(ast.Node) {
	return func(n ast.Node) {
		r.list(to)(n)
		for _, p := range *to {
			if _, err := parsePattern(p); err != nil {
				r.fault(lineOf(n), "%v", err)
			}
		}
	}
}

func (r *reader) thresholds(to *[]Threshold) func(ast.Node) {
	return r.each(func(n ast.Node) {
		var t Threshold
		r.mapping(n, fields{
			"name": r.text(&t.Name), "unit": r.text(&t.Unit),
			"min": func(v ast.Node) { t.HasMin = true; r.number(&t.Min, 0, 1e12)(v) },
			"max": func(v ast.Node) { t.HasMax = true; r.number(&t.Max, 0, 1e12)(v) },
		}, "name", "unit")
		if t.HasMin == t.HasMax {
			r.fault(lineOf(n), "threshold 要写 min 或 max 之一")
		}
		*to = append(*to, t)
	})
}

var planWords = []string{"主体", "时限", "措施"}

func (r *reader) plan(to *[]string) func(ast.Node) {
	return func(n ast.Node) {
		r.list(to)(n)
		if r.describes {
			r.shape = listOf(oneOfShape(planWords))
			return
		}
		for _, w := range *to {
			if !slices.Contains(planWords, w) {
				r.fault(lineOf(n), "plan 里只能是 主体、时限、措施，不能是 %q", w)
			}
		}
	}
}

func (r *reader) examples(to *[]Example, indicator bool) func(ast.Node) {
	allowed := []Status{Met, "缺少必备部分"}
	if indicator {
		allowed = []Status{Met, Formulaic, OnlyPromised, Missing, NotApplicable, Unrelated}
	}
	return r.each(func(n ast.Node) {
		e := Example{Line: lineOf(n)}
		r.mapping(n, fields{
			"status": r.oneOf((*string)(&e.Status), allowed), "text": r.text(&e.Text), "todo": r.flag(&e.Todo),
			"kind": r.oneOf((*string)(&e.Kind), paperKinds),
			"from": r.text(&e.From),
		}, "status", "text")
		*to = append(*to, e)
	})
}

var paperKinds = []Status{"方案", "年度报告", "自评报告", "通知", "其他"}

func (r *reader) oneOf(to *string, allowed []Status) func(ast.Node) {
	return func(n ast.Node) {
		if r.describes {
			r.shape = oneOfShape(allowed)
			return
		}
		r.text(to)(n)
		for _, a := range allowed {
			if *to == string(a) {
				return
			}
		}
		r.fault(lineOf(n), "%q 不在可选的值里：%s", *to, join(allowed))
	}
}

func join(all []Status) string {
	out := make([]string, len(all))
	for i, a := range all {
		out[i] = string(a)
	}
	return strings.Join(out, " ")
}

func (r *reader) profile(s *Set, pk *Pack, top ast.Node) {
	p := Profile{Pack: pk.Name}
	var kinds []string
	r.mapping(top, fields{
		"kind": r.kind("profile"), "id": r.id(&p.ID), "title": r.text(&p.Title), "basis": r.list(&p.Basis),
		"kinds": r.list(&kinds), "maxwords": r.whole(&p.MaxWords), "due": r.monthDay(&p.Due),
		"parts":    r.each(func(n ast.Node) { p.Parts = append(p.Parts, r.part(n)) }),
		"examples": r.examples(&p.Examples, false),
	}, "id", "title", "kinds")
	for _, k := range kinds {
		if !slices.Contains(paperKinds, Status(k)) {
			r.fault(lineOf(top), "kinds 里的 %q 不是材料类型", k)
		}
		p.Kinds = append(p.Kinds, corpus.Kind(k))
	}
	if len(p.Kinds) == 0 {
		r.fault(lineOf(top), "kinds 是空的")
	}
	s.Profiles = append(s.Profiles, p)
}

var monthDay = regexp.MustCompile(`^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$`)

func (r *reader) monthDay(to *string) func(ast.Node) {
	return func(n ast.Node) {
		r.text(to)(n)
		if r.describes {
			r.shape["pattern"] = monthDay.String()
			return
		}
		if !monthDay.MatchString(*to) {
			r.fault(lineOf(n), "日期应当写成 月-日，如 03-01")
		}
	}
}

func (r *reader) part(n ast.Node) Part {
	var p Part
	var tense string
	r.mapping(n, fields{
		"name": r.text(&p.Name), "required": r.flag(&p.Required), "heading": r.list(&p.Heading),
		"body": r.list(&p.Body), "not": r.list(&p.Not), "facts": r.whole(&p.Facts), "note": r.text(&p.Note),
		"tense": r.oneOf(&tense, []Status{"打算", "过去"}),
	}, "name")
	p.Planned, p.Past = tense == "打算", tense == "过去"
	if len(p.Heading)+len(p.Body) == 0 && !p.Planned {
		r.fault(lineOf(n), "part 至少要有 heading 或 body")
	}
	return p
}

func (r *reader) limits(s *Set, top ast.Node) {
	l := &s.Limits
	r.mapping(top, fields{
		"kind": r.kind("limits"), "copied": r.number(&l.Copied, 0, 1), "superior": r.number(&l.Superior, 0, 1),
		"previous": r.number(&l.Previous, 0, 1), "peer": r.number(&l.Peer, 0, 1),
		"template": r.number(&l.Template, 0, 1), "follow": r.number(&l.Follow, 0, 1), "runes": r.whole(&l.Runes),
	}, "copied", "superior", "previous", "peer", "template", "runes")
}

var isoDate = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)

func (r *reader) date(to *string) func(ast.Node) {
	return func(n ast.Node) {
		r.text(to)(n)
		if r.describes {
			r.shape["pattern"] = isoDate.String()
			return
		}
		if !isoDate.MatchString(*to) {
			r.fault(lineOf(n), "日期应当写成 年-月-日，如 2018-12-31")
		}
	}
}

// items reads the files that are one list.
func (r *reader) items(s *Set, kind string, top ast.Node) {
	one := map[string]func(ast.Node){
		"bodies": func(n ast.Node) {
			var b Body
			r.mapping(n, fields{"name": r.text(&b.Name), "until": r.date(&b.Until), "instead": r.text(&b.Instead),
				"words": r.list(&b.Words)}, "name", "until", "instead")
			s.Bodies = append(s.Bodies, b)
		},
		"slogans": func(n ast.Node) {
			var l Slogan
			r.mapping(n, fields{"words": r.list(&l.Words), "newer": r.list(&l.Newer), "until": r.date(&l.Until)}, "words", "until")
			s.Slogans = append(s.Slogans, l)
		},
		"placeholders": func(n ast.Node) {
			var p Placeholder
			r.mapping(n, fields{"pattern": r.regexp(&p.Pattern), "not": r.regexp(&p.Not), "note": r.text(&p.Note)}, "pattern", "note")
			s.Placeholders = append(s.Placeholders, p)
		},
		"laws": func(n ast.Node) {
			var l Law
			r.mapping(n, fields{"title": r.text(&l.Title), "years": r.text(&l.Years),
				"earlier": r.list(&l.Earlier), "versions": r.list(&l.Versions), "wrong": r.list(&l.Wrong)}, "title")
			s.Laws = append(s.Laws, l)
		},
		"duties": func(n ast.Node) {
			var d Duty
			var kinds []string
			r.mapping(n, fields{"words": r.list(&d.Words), "not": r.list(&d.Not), "kinds": r.list(&kinds), "note": r.text(&d.Note)}, "words", "kinds", "note")
			for _, k := range kinds {
				d.Kinds = append(d.Kinds, corpus.UnitKind(k))
			}
			s.Duties = append(s.Duties, d)
		},
		"places": func(n ast.Node) {
			var p Place
			r.mapping(n, fields{"province": r.text(&p.Province), "city": r.text(&p.City), "counties": r.spaced(&p.Counties)}, "province")
			s.Places = append(s.Places, p)
		},
		"selves": func(n ast.Node) {
			var w Self
			var kinds []string
			r.mapping(n, fields{"words": r.list(&w.Words), "ends": r.list(&w.Ends), "has": r.list(&w.Has), "kinds": r.list(&kinds), "subject": r.flag(&w.Subject)}, "words")
			for _, k := range kinds {
				w.Kinds = append(w.Kinds, corpus.UnitKind(k))
			}
			if (len(w.Ends) == 0) == (len(w.Has) == 0) && !r.describes {
				r.fault(lineOf(n), "ends 和 has 要写其中之一")
			}
			s.Selves = append(s.Selves, w)
		},
		"figures": func(n ast.Node) {
			var f Figure
			r.mapping(n, fields{"whole": r.list(&f.Whole), "part": r.list(&f.Part), "rate": r.list(&f.Rate), "apart": r.list(&f.Apart)})
			if (len(f.Apart) == 0) == (len(f.Whole)*len(f.Part) == 0) && !r.describes {
				r.fault(lineOf(n), "要写 whole 和 part，或者只写 apart")
			}
			s.Figures = append(s.Figures, f)
		},
	}[kind]
	r.mapping(top, fields{"kind": r.kind(kind), "items": r.each(one), "examples": r.trials(s, checkOfList[kind])}, "items")
}

// checkOfList is the check that reads a kind of list.
var checkOfList = map[string]string{"bodies": "过期机构", "slogans": "过期口号", "placeholders": "残留占位符", "laws": "引用错误",
	"duties": "职责错位", "places": "张冠李戴", "selves": "张冠李戴", "figures": "数字矛盾"}

// check reads the examples of a check that has no list of its own.
func (r *reader) check(s *Set, top ast.Node) {
	var name string
	var names []Status
	for _, c := range Checks() {
		names = append(names, Status(c.Name))
	}
	from := len(s.Trials)
	r.mapping(top, fields{"kind": r.kind("check"), "check": r.oneOf(&name, names), "examples": r.trials(s, "")}, "check", "examples")
	for i := range s.Trials[from:] {
		s.Trials[from+i].Check = name
	}
}

// trials reads the examples of a check.
func (r *reader) trials(s *Set, check string) func(ast.Node) {
	return r.each(func(n ast.Node) {
		t := Trial{Check: check, Kind: corpus.Annual, Year: "2023", File: r.file, Line: lineOf(n)}
		r.mapping(n, fields{
			"unit": r.text(&t.Unit.Name), "parent": r.text(&t.Unit.Parent), "type": r.text((*string)(&t.Unit.Kind)), "roster": r.list(&t.Roster),
			"kind": r.oneOf((*string)(&t.Kind), paperKinds), "year": r.text(&t.Year), "date": r.date(&t.Date),
			"shows": r.list(&t.Shows), "not": r.list(&t.Not),
		}, "unit")
		if len(t.Shows)+len(t.Not) == 0 && !r.describes {
			r.fault(lineOf(n), "例子要有 shows 或 not")
		}
		if !r.describes {
			t.Unit.Kind = unitKind(t.Unit)
			s.Trials = append(s.Trials, t)
		}
	})
}

// spaced reads names parted by spaces.
func (r *reader) spaced(to *[]string) func(ast.Node) {
	return func(n ast.Node) {
		var all string
		r.text(&all)(n)
		*to = strings.Fields(all)
	}
}

func (r *reader) regexp(to *string) func(ast.Node) {
	return func(n ast.Node) {
		r.text(to)(n)
		if _, err := regexp.Compile(*to); err != nil {
			r.fault(lineOf(n), "正则式写错了：%v", err)
		}
	}
}

// number writes f as people do: 100, 98.5.
func number(f float64) string { return strconv.FormatFloat(f, 'f', -1, 64) }
