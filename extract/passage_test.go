package extract

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"duibiao/corpus"
)

func sentencesOf(text string) []string {
	var s splitter
	var all []string
	for _, q := range s.sentences(text, 0) {
		all = append(all, q.Text)
	}
	return all
}

func TestSentences(t *testing.T) {
	for _, c := range []struct {
		name string
		want []string
	}{
		{"plain", []string{"甲。", "乙！", "丙？", "丁"}},
		{"closing quote stays", []string{"会议强调“要依法行政。”", "会后印发纪要。"}},
		{"quote goes on", []string{"喊出“坚决整改！”的口号。", "完。"}},
		{"brackets are not broken", []string{"印发通知（见附件。共3份）并公开。", "完。"}},
		{"titles are not broken", []string{"学习《什么是法治？为什么要法治》一书。", "完。"}},
		{"an unclosed bracket breaks", []string{"印发（通知。", "完成整改。"}},
		{"numbers are not broken", []string{"罚没1.5万元，No.3案卷评分92.5。", "完。"}},
		{"several end marks", []string{"真的吗？！", "真的……是的。"}},
		{"short parts stay together", []string{"查处3件；移送1件；结案2件。"}},
		{"clauses are judged apart", []string{"全年办理行政复议案件二十五件；", "明年将继续加强行政复议规范化建设。"}},
		{"one short part keeps the mark", []string{"全年办理行政复议案件二十五件；无败诉。"}},
		{"numbered parts", []string{"一是健全学法制度并全年学习六次；", "二是规范执法。"}},
		{"half-width marks", []string{"完成整改!", "效果很好?", "是的。"}},
		{"half-width stops", []string{"全年开展执法检查一百二十次.", "办理案件二十五件."}},
		{"a last remark belongs to its sentence", []string{"甲。", "乙。（责任科室：法规科）"}},
		{"a number in brackets begins a sentence", []string{"甲。", "（二）乙。"}},
		{"nested brackets", []string{"印发《办法（试行）》（甲〔2024〕1号。附件：《表》《单》）执行。", "完。"}},
	} {
		text := strings.Join(c.want, "")
		if diff := cmp.Diff(c.want, sentencesOf(text)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestTableCellsAreSentences(t *testing.T) {
	doc := build("| 学法 |  | 组织4次。参加 156人次 | 已完成")
	p := Passages(doc)[0]
	var got []string
	for _, s := range p.Sentences {
		got = append(got, s.Text)
	}
	if diff := cmp.Diff([]string{"学法", "组织4次。", "参加 156人次", "已完成"}, got); diff != "" {
		t.Errorf("sentences of a row (-want +got):\n%s", diff)
	}
	checkLaws(t, doc)
}

func TestPassagesOfPapersKeepTheLaws(t *testing.T) {
	for _, name := range paperFiles(t) {
		checkLaws(t, readPaper(t, name).doc)
	}
}

// checkLaws holds passages against what Passages promises.
func checkLaws(t *testing.T, doc *corpus.Document) {
	t.Helper()
	passages := Passages(doc)
	if len(passages) != len(doc.Paragraphs) {
		t.Fatalf("%d passages for %d paragraphs", len(passages), len(doc.Paragraphs))
	}
	for i, p := range passages {
		if p.Span != doc.Paragraphs[i].Span || p.Text != doc.Text(p.Span) || p.Place != doc.Locate(p.Span) {
			t.Fatalf("passage %d is at %v (%v), text %q", i+1, p.Span, p.Place, p.Text)
		}
		if p.Zone == "" {
			t.Fatalf("passage %d has no zone", i+1)
		}
		if role := doc.Paragraphs[i].Role; (role == corpus.Aside) && p.Zone != corpus.NotText {
			t.Fatalf("passage %d is set apart and has zone %s", i+1, p.Zone)
		}
		var joined strings.Builder
		at := p.Span.Start
		for _, s := range p.Sentences {
			if s.Text != doc.Text(s.Span) || s.Span.Start < at || s.Span.End > p.Span.End || s.Text == "" {
				t.Fatalf("passage %d: sentence %v %q after rune %d", i+1, s.Span, s.Text, at)
			}
			at = s.Span.End
			joined.WriteString(s.Text)
		}
		if got, want := spaceless(joined.String()), spaceless(p.Text); got != want {
			t.Fatalf("passage %d: sentences hold %q, want %q", i+1, got, want)
		}
	}
}

func spaceless(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

func TestHeadings(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"mixed brackets are one level", "一、甲\n(一)乙\n字。\n（二）丙\n字。", "|一、甲|一、甲 › (一)乙|一、甲|一、甲 › （二）丙"},
		{"a run-in heading is its passage's last", "一、甲\n（一）依法履职。优化服务流程。\n另有说明。", "|一、甲 › （一）依法履职|一、甲 › （一）依法履职"},
		{"one with a colon too", "一、甲\n1.组织领导：局长任组长，下设办公室。", "|一、甲 › 1.组织领导"},
		{"a long item is no heading but closes one", "一、甲\n（一）依法履职。优化。\n（二）对照年度任务逐项梳理并按月向领导小组报告进展和问题同时通报各单位。", "|一、甲 › （一）依法履职|一、甲"},
		{"一是 is no heading", "一、甲\n一是加强学习。组织四次。", "|一、甲"},
		{"a list is none", "一、甲\n1.完成培训\n2.完成评查\n以上两项按期完成。", "|一、甲|一、甲|一、甲"},
		{"items with text below are", "一、甲\n1.培训\n四期。\n2.评查\n两次。", "|一、甲|一、甲 › 1.培训|一、甲|一、甲 › 2.评查"},
		{"an empty heading in a sequence is one", "一、甲\n二、乙\n字。\n三、丙\n字。", "||二、乙||三、丙"},
		{"formal numerals are outermost", "壹、甲\n一、乙\n字。\n贰、丙\n一、丁\n字。", "|壹、甲|壹、甲 › 一、乙||贰、丙|贰、丙 › 一、丁"},
		{"decimal numbers", "1.甲\n1.1 乙\n字。\n1.2 丙\n字。\n2.丁\n字。", "|1.甲|1.甲 › 1.1乙|1.甲|1.甲 › 1.2丙||2.丁"},
		{"1.5 is no number", "一、甲\n1.5 万元罚款已缴清。", "|一、甲"},
		{"circled digits", "一、甲\n（一）乙\n①丙\n字。\n②丁\n字。", "|一、甲|一、甲 › （一）乙|一、甲 › （一）乙 › ①丙|一、甲 › （一）乙|一、甲 › （一）乙 › ②丁"},
		{"the other way round", "（一）甲\n一、乙\n字。\n二、丙\n字。\n（二）丁\n一、戊\n字。", "|（一）甲|（一）甲 › 一、乙|（一）甲|（一）甲 › 二、丙||（二）丁|（二）丁 › 一、戊"},
		{"markup without numbers", "# 甲\n## 乙\n字。\n## 丙\n字。\n# 丁\n字。", "|甲|甲 › 乙|甲|甲 › 丙||丁"},
		{"markup levels yield to numbers", "## 一、甲\n字。\n### 二、乙\n字。", "|一、甲||二、乙"},
		{"articles", "第一章 总则\n第一条 为了规范执法，制定本办法。\n本办法自发布之日起施行。\n第二条 适用于本市。", "|第一章总则 › 第一条|第一章总则 › 第一条|第一章总则 › 第二条"},
		{"三、四季度 is no number", "一、甲\n三、四季度开展检查两次\n字。", "|一、甲|一、甲"},
		{"第一条生产线 is no article", "一、甲\n第一条生产线已经验收。", "|一、甲"},
	} {
		var got []string
		for _, p := range Passages(build(c.text)) {
			got = append(got, p.Section())
		}
		if diff := cmp.Diff(c.want, strings.Join(got, "|")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestDoubtIsContent(t *testing.T) {
	for _, text := range []string{
		"2024年，我局召开专题会议研究法治工作，现将有关情况报告如下：\n一、甲\n字。\n二、乙\n字。", // a deed in the frame
		"坚持以习近平法治思想为指导，全年培训120人次。\n一、甲\n字。\n二、乙\n字。",         // a figure in it
		"坚持以习近平法治思想为指导，全面贯彻落实各项部署。",                          // a paper without headings
		"（三）办理行政复议案件25件\n其中维持20件。",                           // a heading with a figure
		"一、甲\n责任单位：司法局\n字。",                                  // a line with a colon
		"一、甲\n司法局", // nothing but the line itself; see below
		"2024年3月5日，县政府常务会议审议通过《办法》。\n一、甲\n字。\n二、乙\n字。", // a date that is none of a signature
	} {
		p := Passages(build(text))
		i := 0
		if strings.HasPrefix(text, "一、") {
			i = 1
		}
		if text == "一、甲\n司法局" {
			if p[1].Zone != corpus.Signature {
				t.Errorf("the unit that closes %q has zone %s", text, p[1].Zone)
			}
			continue
		}
		if p[i].Zone != corpus.Content {
			t.Errorf("%q has zone %s, want 正文", p[i].Text, p[i].Zone)
		}
	}
}

func FuzzPassages(f *testing.F) {
	for _, name := range paperFiles(f) {
		p := readPaper(f, name)
		f.Add(p.doc.String())
	}
	f.Add("第\n（\n一、\n1.\n〔2024〕号\n20\n《\n”。）\n| a |")
	f.Fuzz(func(t *testing.T, text string) {
		doc := build(text)
		checkLaws(t, doc)
		s, _ := Describe(doc, string([]rune(text)[:min(60, utf8.RuneCountInString(text))]), testRoster())
		for _, taken := range []corpus.Taken{s.Unit, s.Year, s.Date, s.Kind, s.No, s.Title} {
			if taken.Value != "" && taken.From == "" {
				t.Fatalf("%q was taken from nowhere", taken.Value)
			}
			doc.Text(taken.Span)
		}
	})
}

func BenchmarkPassages(b *testing.B) {
	doc := bigPaper()
	b.SetBytes(int64(len(doc.String())))
	for b.Loop() {
		Passages(doc)
	}
}

func BenchmarkDescribe(b *testing.B) {
	doc := bigPaper()
	b.SetBytes(int64(len(doc.String())))
	for b.Loop() {
		Describe(doc, "青石县/003-青石县司法局-2024年度报告.docx", testRoster())
	}
}

// bigPaper is a report of some 20 thousand characters.
func bigPaper() *corpus.Document {
	var b strings.Builder
	b.WriteString("青石县司法局文件\n青司〔2025〕1号\n青石县司法局关于2024年度法治政府建设情况的报告\n县委、县政府：\n现将2024年有关情况报告如下：\n")
	for _, n := range []string{"一", "二", "三", "四", "五", "六"} {
		b.WriteString(n + "、主要工作\n")
		for _, m := range []string{"一", "二", "三", "四", "五", "六", "七", "八"} {
			b.WriteString("（" + m + "）规范执法行为。" + strings.Repeat("全年开展执法检查36次，办理案件25件，组织集中学习“法治思想”4次；修订《裁量基准（试行）》并报县政府备案。", 8) + "\n")
		}
	}
	b.WriteString("青石县司法局\n2025年1月12日\n")
	return build(b.String())
}
