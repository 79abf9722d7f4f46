package reuse

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"duibiao/corpus"

	"github.com/google/go-cmp/cmp"
)

func newInventor(seed uint64) *inventor {
	everywhere, stock := shippedFormulae()
	return &inventor{r: rand.New(rand.NewPCG(seed, 9)), formulae: append(everywhere, stock...)}
}

// plain is invented text of n sentences without formulae.
func plain(seed uint64, n int) string {
	v := newInventor(seed)
	var b strings.Builder
	for range n {
		b.WriteString(v.sentence())
	}
	return b.String()
}

// batch is what is found in docs from nothing.
func batch(t *testing.T, docs ...Document) []corpus.Reuse {
	t.Helper()
	return batchOf(t, New(Options{}), docs)
}

func batchOf(t *testing.T, x *Index, docs []Document) []corpus.Reuse {
	t.Helper()
	found, err := x.Update(context.Background(), docs)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func cut(d Document, s corpus.Span) string { return string([]rune(d.Text)[s.Start:s.End]) }

func TestRelation(t *testing.T) {
	shared := plain(1, 4)
	tests := []struct {
		name        string
		doc, source Document
		want        corpus.Relation // of the document's passage; "" means none is reported
	}{
		{"上级早发", Document{Unit: "乙镇", Date: "2024-03-20", Level: 5}, Document{Unit: "甲县", Date: "2024-03-01", Level: 4, Shelf: corpus.Superior}, corpus.FromSuperior},
		{"上级没有日期，书架为凭", Document{Unit: "乙镇", Date: "2024-03-20"}, Document{Unit: "甲县", Shelf: corpus.Superior}, corpus.FromSuperior},
		{"放在上位文件书架上的外市方案，不是上级", Document{Unit: "云河市东湖区水利局", Date: "2024-03-20"}, Document{Unit: "澜州市人民政府", Date: "2024-03-01", Shelf: corpus.Superior}, corpus.FromCommon},
		{"上级早六天，方向不明", Document{Unit: "乙镇", Date: "2024-03-07"}, Document{Unit: "甲县", Date: "2024-03-01", Shelf: corpus.Superior}, corpus.FromCommon},
		{"上级晚发，不是来源", Document{Unit: "乙镇", Date: "2024-03-01"}, Document{Unit: "甲县", Date: "2024-03-20", Shelf: corpus.Superior}, ""},
		{"同批里级别高且早发", Document{Unit: "乙局", Date: "2024-03-20", Level: 4}, Document{Unit: "甲市", Date: "2024-03-01", Level: 3}, corpus.FromSuperior},
		{"同级早七天", Document{Unit: "乙局", Date: "2024-03-08", Level: 4}, Document{Unit: "甲局", Date: "2024-03-01", Level: 4}, corpus.FromPeer},
		{"同级早六天", Document{Unit: "乙局", Date: "2024-03-07", Level: 4}, Document{Unit: "甲局", Date: "2024-03-01", Level: 4}, corpus.FromCommon},
		{"同级晚六天", Document{Unit: "乙局", Date: "2024-03-01", Level: 4}, Document{Unit: "甲局", Date: "2024-03-07", Level: 4}, corpus.FromCommon},
		{"同级晚七天", Document{Unit: "乙局", Date: "2024-03-01", Level: 4}, Document{Unit: "甲局", Date: "2024-03-08", Level: 4}, ""},
		{"只知年月，源在前", Document{Unit: "乙局", Date: "2024-03-20", Level: 4}, Document{Unit: "甲局", Date: "2024-02", Level: 4}, corpus.FromPeer},
		{"只知年月，同月", Document{Unit: "乙局", Date: "2024-03-20", Level: 4}, Document{Unit: "甲局", Date: "2024-03", Level: 4}, corpus.FromCommon},
		{"只知年份，源早一年", Document{Unit: "乙局", Date: "2024", Level: 4}, Document{Unit: "甲局", Date: "2023", Level: 4}, corpus.FromCommon},
		{"只知年份，源早两年", Document{Unit: "乙局", Date: "2025", Level: 4}, Document{Unit: "甲局", Date: "2023", Level: 4}, corpus.FromPeer},
		{"只知年份，源晚两年", Document{Unit: "乙局", Date: "2023", Level: 4}, Document{Unit: "甲局", Date: "2025", Level: 4}, ""},
		{"只知所写年度，同年", Document{Unit: "乙局", Year: "2024", Level: 4}, Document{Unit: "甲局", Year: "2024", Level: 4}, corpus.FromCommon},
		{"只知所写年度，相邻", Document{Unit: "乙局", Year: "2024", Level: 4}, Document{Unit: "甲局", Year: "2023", Level: 4}, corpus.FromCommon},
		{"只知所写年度，早两年", Document{Unit: "乙局", Year: "2024", Level: 4}, Document{Unit: "甲局", Year: "2022", Level: 4}, corpus.FromPeer},
		{"同一天", Document{Unit: "乙局", Date: "2024-03-01", Level: 4}, Document{Unit: "甲局", Date: "2024-03-01", Level: 4}, corpus.FromCommon},
		{"上级只知年份，书架为凭", Document{Unit: "乙镇", Date: "2024-03-20", Level: 5}, Document{Unit: "甲县", Date: "2024", Level: 4, Shelf: corpus.Superior}, corpus.FromSuperior},
		{"日期不明", Document{Unit: "乙局", Date: "2024-03-01"}, Document{Unit: "甲局"}, corpus.FromCommon},
		{"本单位上年", Document{Unit: "甲局", Date: "2025-01-10", Year: "2024"}, Document{Unit: "甲局", Date: "2024-01-10", Year: "2023"}, corpus.FromPrevious},
		{"往年书架上的本单位", Document{Unit: "甲局"}, Document{Unit: "甲局", Shelf: corpus.Previous}, corpus.FromPrevious},
		{"往年书架上的别单位", Document{Unit: "乙局"}, Document{Unit: "甲局", Shelf: corpus.Previous}, corpus.FromPeer},
		{"本单位同年的另一份", Document{Unit: "甲局", Date: "2024-12-10", Year: "2024"}, Document{Unit: "甲局", Date: "2024-01-10", Year: "2024"}, ""},
		{"范文没有日期", Document{Unit: "甲局", Date: "2024-12-10"}, Document{Unit: "某网站", Shelf: corpus.Template}, corpus.FromTemplate},
		{"范文晚于报送", Document{Unit: "甲局", Date: "2024-12-10"}, Document{Unit: "某网站", Date: "2025-12-10", Shelf: corpus.Template}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.doc.ID, tt.source.ID = "报送", "来源"
			tt.doc.Text = plain(2, 6) + "\n" + shared + "\n" + plain(3, 6)
			tt.source.Text = plain(4, 6) + "\n" + shared + "\n" + plain(5, 6)
			found := slices.DeleteFunc(batch(t, tt.doc, tt.source), func(r corpus.Reuse) bool { return r.Doc != "报送" })
			if tt.want == "" {
				if len(found) > 0 {
					t.Fatalf("found %v, want nothing", found)
				}
				return
			}
			if len(found) != 1 || found[0].Relation != tt.want {
				t.Fatalf("found %v, want one passage as %s", found, tt.want)
			}
			if got := cut(tt.doc, found[0].Span); strings.TrimSuffix(shared, "。") != got {
				t.Errorf("passage is %q, want %q", got, shared)
			}
			if got := cut(tt.source, found[0].SourceSpan); strings.TrimSuffix(shared, "。") != got {
				t.Errorf("source passage is %q, want %q", got, shared)
			}
		})
	}
}

// What stands in quotation marks, or is announced as another's, is quoted; what
// goes on after the announced sentence, or begins like anybody's own, is not.
func TestQuotationIsNotCopying(t *testing.T) {
	one, three := strings.TrimSuffix(plain(1, 1), "。"), strings.TrimSuffix(plain(1, 3), "。")
	tests := []struct {
		name, lead, shared, after string
		want                      corpus.Relation
	}{
		{"引号", "县里的方案写道：“", three, "。”", corpus.Quotation},
		{"根据规定", "根据《甲县办法》第五条规定，", one, "。", corpus.Quotation},
		{"按照要求，冒号", "按照县政府常务会议要求：", one, "。", corpus.Quotation},
		{"按照要求，逗号", "按照县政府常务会议要求，", one, "。", corpus.FromSuperior},
		{"规定的话说完以后", "根据《甲县办法》第五条规定，", three, "。", corpus.FromSuperior},
		{"没有引入语", "大家说，", one, "。", corpus.FromSuperior},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			superior := Document{ID: "上级", Unit: "甲县", Date: "2024-01-02", Level: 4, Shelf: corpus.Superior, Text: plain(6, 2) + tt.shared + "。" + plain(4, 5)}
			doc := Document{ID: "报送", Unit: "乙镇", Date: "2024-06-01", Level: 5, Text: plain(2, 5) + tt.lead + tt.shared + tt.after + plain(3, 5)}
			x := New(Options{})
			found := batchOf(t, x, []Document{superior, doc})
			if len(found) != 1 || found[0].Relation != tt.want {
				t.Fatalf("found %+v, want one passage as %s", found, tt.want)
			}
			s := x.Measure(doc, found).Shares()
			if charged := tt.want != corpus.Quotation; (s.Copied > 0) != charged || (s.Source != "") != charged || s.Total == 0 {
				t.Errorf("Shares = %+v, want charged: %t", s, charged)
			}
		})
	}
}

func TestFormulaeAreNeverCharged(t *testing.T) {
	everywhere, stock := shippedFormulae()
	for i := 0; i+4 <= len(everywhere); i += 4 {
		chain := strings.Join(everywhere[i:i+4], "，") + "。"
		a := Document{ID: "甲", Unit: "甲局", Date: "2024-01-01", Text: plain(2, 5) + chain + plain(3, 5)}
		b := Document{ID: "乙", Unit: "乙局", Date: "2024-06-01", Text: plain(4, 5) + chain + plain(5, 5)}
		if found := batch(t, a, b); len(found) > 0 {
			t.Errorf("%q is charged: %v", chain, found)
		}
	}
	for i := 0; i+2 <= len(stock); i += 2 {
		pair := strings.Join(stock[i:i+2], "；") + "。"
		a := Document{ID: "甲", Unit: "甲局", Date: "2024-01-01", Text: plain(2, 5) + pair + plain(3, 5)}
		b := Document{ID: "乙", Unit: "乙局", Date: "2024-06-01", Text: plain(4, 5) + pair + plain(5, 5)}
		if found := batch(t, a, b); len(found) > 0 {
			t.Errorf("%q is charged: %v", pair, found)
		}
	}
}

// Stock phrases one by one are nobody's own; a page of them in the same order
// is a copy.
func TestManyStockPhrasesInOneOrderAreCharged(t *testing.T) {
	_, stock := shippedFormulae()
	page := strings.Join(stock[40:52], "。") + "。"
	a := Document{ID: "甲", Unit: "甲局", Date: "2024-01-01", Text: plain(2, 5) + page + plain(3, 5)}
	b := Document{ID: "乙", Unit: "乙局", Date: "2024-06-01", Text: plain(4, 5) + page + plain(5, 5)}
	if found := batch(t, a, b); len(found) != 1 {
		t.Errorf("found %v, want one passage", found)
	}
}

func TestOptionsFormulaeAreNotCharged(t *testing.T) {
	indicator := strings.TrimSuffix(plain(1, 1), "。")
	a := Document{ID: "甲", Unit: "甲局", Date: "2024-01-01", Text: plain(2, 5) + indicator + "。" + plain(3, 5)}
	b := Document{ID: "乙", Unit: "乙局", Date: "2024-06-01", Text: plain(4, 5) + indicator + "。" + plain(5, 5)}
	if found := batch(t, a, b); len(found) != 1 {
		t.Fatalf("without the list found %v, want one passage", found)
	}
	if found := batchOf(t, New(Options{Formulae: []string{indicator}}), []Document{a, b}); len(found) != 0 {
		t.Errorf("with the list found %v, want nothing", found)
	}
}

// A phrase that many units use among words of their own is learned; the same
// number of papers of one unit, or of one family, teach nothing.
func TestPhrasesAreLearned(t *testing.T) {
	phrase := strings.TrimSuffix(plain(1, 1), "。")
	pair := []Document{
		{ID: "甲", Unit: "甲局", Date: "2024-01-01", Text: plain(2, 5) + phrase + "，" + plain(3, 5)},
		{ID: "乙", Unit: "乙局", Date: "2024-06-01", Text: plain(4, 5) + phrase + "，" + plain(5, 5)},
	}
	others := func(unit func(i int) string, text func(i int) string) []Document {
		docs := slices.Clone(pair)
		for i := range 8 {
			docs = append(docs, Document{ID: fmt.Sprint("别", i), Unit: unit(i), Date: "2023-05-01", Shelf: corpus.Previous, Text: text(i)})
		}
		return docs
	}
	many := func(i int) string { return fmt.Sprint("丙局", i) }
	own := func(i int) string { return plain(uint64(10+i), 5) + phrase + "，" + plain(uint64(30+i), 5) }
	charged := func(docs []Document) bool {
		return slices.ContainsFunc(batch(t, docs...), func(r corpus.Reuse) bool { return r.Doc == "乙" })
	}
	if charged(others(many, own)) {
		t.Errorf("a phrase of ten units is charged")
	}
	if !charged(others(func(int) string { return "丙局" }, own)) {
		t.Errorf("the papers of one unit taught a phrase")
	}
	if !charged(others(many, func(int) string { return own(0) })) {
		t.Errorf("the papers of one family taught a phrase")
	}
}

func TestTheEarliestOfEqualSourcesIsNamed(t *testing.T) {
	shared := plain(1, 4)
	docs := []Document{{ID: "报送", Unit: "乙局", Date: "2024-06-01", Text: plain(2, 6) + shared + plain(3, 6)}}
	for i, date := range []string{"2023-04-01", "2023-02-01", "", "2023-03-01"} {
		docs = append(docs, Document{ID: fmt.Sprint("源", i), Unit: fmt.Sprint("甲局", i), Date: date, Shelf: corpus.Previous,
			Text: plain(uint64(10+i), 6) + shared + plain(uint64(20+i), 6)})
	}
	found := batch(t, docs...)
	if len(found) != 1 || found[0].Source != "源1" || found[0].AlsoIn != 3 {
		t.Errorf("found %+v, want one passage from 源1, also in 3", found)
	}
}

func TestOnlyZonesAreCompared(t *testing.T) {
	head, shared := plain(6, 4), plain(1, 4)
	doc := Document{ID: "乙", Unit: "乙局", Date: "2024-06-01", Text: head + plain(2, 6) + shared}
	a := Document{ID: "甲", Unit: "甲局", Date: "2024-01-01", Text: head + plain(3, 6) + shared}
	zone := func(d Document) Document {
		d.Zones = []corpus.Span{{Start: utf8.RuneCountInString(head), End: utf8.RuneCountInString(d.Text)}}
		return d
	}
	if found := batch(t, a, doc); len(found) != 2 {
		t.Fatalf("without zones found %v, want two passages", found)
	}
	found := batch(t, zone(a), zone(doc))
	if len(found) != 1 || cut(doc, found[0].Span) != strings.TrimSuffix(shared, "。") {
		t.Errorf("with zones found %v, want only the shared end", found)
	}
}

func TestLineBreaksWidthAndFiguresDoNotHideACopy(t *testing.T) {
	shared := plain(1, 5) + "全年办结１２３４件。"
	var b strings.Builder
	for i, r := range []rune(strings.ReplaceAll(shared, "，", ",")) {
		if b.WriteRune(r); i%17 == 0 {
			b.WriteString("\n　")
		}
	}
	laid := strings.ReplaceAll(b.String(), "１２３４", "56")
	a := Document{ID: "甲", Unit: "甲局", Date: "2024-01-01", Text: plain(2, 5) + shared + plain(3, 5)}
	d := Document{ID: "乙", Unit: "乙局", Date: "2024-06-01", Text: plain(4, 5) + laid + plain(5, 5)}
	found := batch(t, a, d)
	if len(found) != 1 || cut(a, found[0].SourceSpan) != strings.TrimSuffix(shared, "。") {
		t.Errorf("found %v, want the whole passage once", found)
	}
}

func TestShares(t *testing.T) {
	own, shared, formula := plain(2, 10), plain(1, 10), "增强“四个意识”、坚定“四个自信”、做到“两个维护”。"
	a := Document{ID: "甲", Unit: "甲局", Date: "2023-01-01", Text: shared, Shelf: corpus.Previous}
	d := Document{ID: "乙", Unit: "甲局", Date: "2024-06-01", Text: own + shared + formula}
	x := New(Options{})
	found := batchOf(t, x, []Document{a, d})
	m := x.Measure(d, found)
	n := func(s string) float64 { return float64(len(normalise(Document{Text: s}).runes)) }
	all := n(d.Text)
	near := func(name string, got, want float64) {
		if got < want-0.01 || got > want+0.01 {
			t.Errorf("%s is %.3f, want %.3f", name, got, want)
		}
	}
	s := m.Shares()
	near("Copied", s.Copied, n(shared)/all)
	near("Previous", s.Previous, n(shared)/all)
	near("Largest", s.Largest, n(shared)/all)
	near("Formulae", s.Formulae, n(formula)/all)
	near("Total", s.Total, (n(shared)+n(formula))/all)
	near("Within", s.Within, 0)
	if s.Source != "甲" {
		t.Errorf("Source is %q, want 甲", s.Source)
	}
	half := utf8.RuneCountInString(own)
	near("Copied in the first part", m.Shares(corpus.Span{Start: 0, End: half}).Copied, 0)
	near("Copied in the second part", m.Shares(corpus.Span{Start: half, End: half + utf8.RuneCountInString(shared)}).Copied, 1)
	twice := Document{ID: "丙", Text: own + own}
	near("Within", x.Measure(twice, nil).Shares().Within, 0.5)
	if got := x.Measure(Document{ID: "空"}, nil).Shares(); got != (Shares{}) {
		t.Errorf("Shares of nothing = %+v, want zero", got)
	}
}

func TestOrderOfInputDoesNotMatter(t *testing.T) {
	s := newInventor(3).set(24, 12)
	want := batch(t, s.docs...)
	if len(want) == 0 {
		t.Fatal("nothing found")
	}
	shuffled := slices.Clone(s.docs)
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	if d := cmp.Diff(want, batch(t, shuffled...)); d != "" {
		t.Errorf("the order of input changed the result (-want +got):\n%s", d)
	}
}

func TestUpdateStopsWhenAsked(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := New(Options{}).Update(ctx, newInventor(5).set(16, 6).docs); !errors.Is(err, context.Canceled) {
		t.Error("Update went on after its context was done")
	}
}

// FuzzUpdate: whatever the texts and zones, spans lie inside them and the
// result is the same twice.
func FuzzUpdate(f *testing.F) {
	shared := plain(1, 3)
	f.Add(shared+plain(2, 2), plain(3, 2)+shared, 0, 10_000)
	f.Add("", "\x00\xff", 0, 0)
	f.Add("《"+shared+"“", "”》"+shared, 3, 40)
	f.Add(strings.Repeat("法治政府建设示范创建", 60), strings.Repeat("法治政府建设示范创建", 50)+"1２3", 0, 500)
	f.Add("𠀀𠀁𠀂"+shared, shared+"𠀀𠀁𠀂①〇⑩", 0, 999)
	f.Fuzz(func(t *testing.T, a, b string, from, to int) {
		da := Document{ID: "甲", Unit: "甲局", Date: "2023-01-01", Text: a}
		db := Document{ID: "乙", Unit: "乙局", Date: "2024-01-01", Text: b, Zones: []corpus.Span{{Start: from, End: to}}}
		found := batch(t, da, db)
		for _, r := range found {
			if r.Doc != "乙" || r.Span.Start < max(0, from) || r.Span.End > min(to, utf8.RuneCountInString(b)) || r.Span.Len() <= 0 {
				t.Errorf("span %v of %q in zone %d-%d of %d runes", r.Span, r.Doc, from, to, utf8.RuneCountInString(b))
			}
			if r.SourceSpan.Start < 0 || r.SourceSpan.End > utf8.RuneCountInString(a) || r.SourceSpan.Len() <= 0 {
				t.Errorf("source span %v in %d runes", r.SourceSpan, utf8.RuneCountInString(a))
			}
		}
		if d := cmp.Diff(found, batch(t, da, db)); d != "" {
			t.Errorf("not the same twice:\n%s", d)
		}
	})
}

// TestSameStandsInTheSource is the law of Reuse.Same and Reuse.From: the parts
// are apart, inside the passage, and word for word the same on both sides but
// for figures, marks and breaks. What the unit wrote between them is in none.
func TestSameStandsInTheSource(t *testing.T) {
	shared := strings.SplitAfter(plain(21, 8), "。")
	own := "本句是我们自己后来写进去的内容与别处都不相同。"
	source := Document{ID: "甲", Unit: "甲局", Date: "2024-03-01", Text: strings.Join(shared, "")}
	doc := Document{ID: "乙", Unit: "乙局", Date: "2024-05-01", Text: strings.Join(shared[:4], "\n") + own + strings.Join(shared[4:], "")}
	found := batch(t, source, doc)
	if len(found) == 0 {
		t.Fatal("nothing found")
	}
	covered := 0
	for _, r := range found {
		if len(r.Same) == 0 || len(r.Same) != len(r.From) {
			t.Fatalf("%d parts, %d in the source", len(r.Same), len(r.From))
		}
		end := r.Span.Start
		for i, s := range r.Same {
			if s.Start < end || s.End > r.Span.End {
				t.Errorf("part %v is not apart from the others inside %v", s, r.Span)
			}
			end = s.End
			covered += s.Len()
			a := textOf(normalise(Document{Text: cut(doc, s)}).runes)
			b := textOf(normalise(Document{Text: cut(source, r.From[i])}).runes)
			if a != b {
				t.Errorf("part %q stands in the source as %q", a, b)
			}
			if strings.Contains(cut(doc, s), "后来写进去") {
				t.Errorf("part %q holds the unit's own sentence", cut(doc, s))
			}
		}
	}
	if all := utf8.RuneCountInString(doc.Text); covered < all/2 {
		t.Errorf("the parts cover %d of %d runes", covered, all)
	}
}

// TestPublicPartsAreNeverCharged: headings join copied paragraphs, and a paper
// that shares nothing but headings shares nothing.
func TestPublicPartsAreNeverCharged(t *testing.T) {
	parts := strings.SplitAfter(plain(22, 3), "。")
	heading, body := parts[0], parts[1]+parts[2]
	split := func(id, unit, date, text string) Document {
		n, all := utf8.RuneCountInString(heading), utf8.RuneCountInString(text)
		return Document{ID: id, Unit: unit, Date: date, Text: text, Zones: []corpus.Span{{Start: 0, End: all}}, Public: []corpus.Span{{Start: 0, End: n}}}
	}
	source := split("甲", "甲局", "2024-03-01", heading+body)
	if found := batch(t, source, split("乙", "乙局", "2024-05-01", heading+plain(23, 3))); len(found) != 0 {
		t.Errorf("a shared heading was charged: %+v", found)
	}
	found := batch(t, source, split("乙", "乙局", "2024-05-01", heading+body))
	if len(found) != 1 || found[0].Span.Start != 0 {
		t.Errorf("heading and body are %+v, want one passage from the beginning", found)
	}
}
