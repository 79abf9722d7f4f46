package rules

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"duibiao/corpus"
)

const republic = "中华人民共和国"

// wrongTitles: a known misnomer, a dated plan with the wrong years, or the
// name of a national law that is off by one character.
func wrongTitles(c *Case) []Finding {
	known := knownLaws(c.Set)
	return c.eachFile(func(f *File) []Finding {
		n := 0
		var out Finding
		eachSentence(f, func(ps *corpus.Passage, s corpus.Sentence) bool {
			t := foldRunes(s.Text)
			for _, title := range slices.Concat(quotedTitles(t), datedPlans(c.Set, t), oldVersions(c.Set, t, c.year(f))) {
				right := known.wrong(title)
				if right == "" {
					continue
				}
				n++
				if out.Evidence == nil {
					out = Finding{Doc: f.ID, Severity: Medium, Evidence: quote(f, ps, s), Value: "《" + title + "》", Threshold: "《" + right + "》",
						Message: fmt.Sprintf("疑似引用错误：写的是《%s》，应为《%s》", title, right), Ask: "请核对文件名称和年份。"}
				}
			}
			return true
		})
		if out.Evidence == nil {
			return nil
		}
		out.Message += times(n) + "。"
		return []Finding{out}
	})
}

// quotedTitles are the titles in 《》, outermost only.
func quotedTitles(t []rune) []string {
	var out []string
	depth, from := 0, 0
	for i, r := range t {
		switch r {
		case '《':
			if depth == 0 {
				from = i + 1
			}
			depth++
		case '》':
			if depth == 1 {
				out = append(out, string(t[from:i]))
			}
			depth = max(0, depth-1)
		}
	}
	return out
}

// datedPlans are titles of dated plans that stand without 《》.
func datedPlans(s *Set, t []rune) []string {
	var out []string
	text := string(t)
	for _, l := range s.Laws {
		if l.Years == "" {
			continue
		}
		rest := text
		for {
			i := strings.Index(rest, l.Title+"(")
			if i < 0 {
				break
			}
			end := strings.Index(rest[i:], ")")
			if end > 0 && !strings.Contains(rest[:i], "《") {
				out = append(out, rest[i:i+end+1])
			}
			rest = rest[i+len(l.Title):]
		}
	}
	return out
}

// oldVersions are titles quoted with the year of a text no longer in force:
// 《…法》(2017年修正) in a paper of a year after the last revision.
func oldVersions(s *Set, t []rune, year int) []string {
	var out []string
	for i := range t {
		if t[i] != '》' || i+6 >= len(t) || t[i+1] != '(' || !isDigit(t[i+2]) {
			continue
		}
		v, _ := arabic(t, i+2)
		end := indexRunes(t, i, min(len(t), i+14), []rune(")"))
		if end < 0 || versionWords.in(t, i, end) < 0 {
			continue
		}
		for _, l := range s.Laws {
			bare := []rune(strings.TrimPrefix(l.Title, republic))
			if n := len(l.Versions); n > 0 && hasAt(t, i-len(bare), bare) && int(v) < atoi(l.Versions[n-1][:4]) && year > atoi(l.Versions[n-1][:4]) {
				out = append(out, string(bare)+string(t[i+1:end+1]))
			}
		}
	}
	return out
}

// lawNames knows the right titles.
type lawNames struct {
	right  map[string]string // bare name -> full title
	wrongs map[string]string
	plans  []Law
	lists  []string // bare names of national laws
}

func knownLaws(s *Set) lawNames {
	k := lawNames{right: map[string]string{}, wrongs: map[string]string{}}
	for _, l := range s.Laws {
		bare := strings.TrimPrefix(string(foldRunes(l.Title)), republic)
		k.right[bare] = l.Title
		if l.Years != "" {
			k.plans = append(k.plans, l)
		}
		if strings.HasSuffix(bare, "法") {
			k.lists = append(k.lists, bare)
		}
		for _, w := range l.Wrong {
			k.wrongs[string(foldRunes(w))] = l.Title
		}
	}
	return k
}

// wrong is the right title when this one is wrong, or "".
func (k lawNames) wrong(title string) string {
	bare := strings.TrimPrefix(title, republic)
	if r, ok := k.wrongs[bare]; ok {
		return r
	}
	if name, version, ok := strings.Cut(bare, "("); ok && k.right[name] != "" && containsAny(version, []string{"修正", "修订", "版"}) {
		return k.right[name] + "（现行版本）"
	}
	for _, p := range k.plans {
		rest, ok := strings.CutPrefix(title, p.Title)
		if !ok || !strings.HasPrefix(rest, "(") {
			continue
		}
		span := yearsOnly(rest)
		if span == "" || span == p.Years {
			return ""
		}
		for _, e := range p.Earlier {
			if span == e {
				return ""
			}
		}
		return p.Title + "（" + strings.Replace(p.Years, "-", "—", 1) + "年）"
	}
	if k.right[bare] != "" || !strings.HasSuffix(bare, "法") || strings.ContainsAny(bare, "省市县区州") || len([]rune(bare)) < 5 {
		return ""
	}
	if !strings.HasPrefix(title, republic) && len([]rune(bare)) < 6 {
		return ""
	}
	for _, l := range k.lists {
		if oneOff([]rune(bare), []rune(l)) {
			return k.right[l]
		}
	}
	return ""
}

// yearsOnly is "2021-2025" of "(2021-2025年)", or "".
func yearsOnly(s string) string {
	t := []rune(s)
	for i := range t {
		if a, b, ok := yearSpan(t, i); ok {
			return fmt.Sprintf("%d-%d", a, b)
		}
	}
	return ""
}

// oneOff reports whether two names differ by one rune put in, left out or
// changed.
func oneOff(a, b []rune) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 || string(a) == string(b) {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return string(a[i+1:]) == string(b[i+1:])
	}
	return string(a[i:]) == string(b[i+1:])
}

var formerly = sync.OnceValue(func() lexicon { return words(`原 撤销 改革前 划转 并入 更名 前身 曾`) })

// dissolved: a body that no longer existed when the paper was written.
func dissolved(c *Case) []Finding {
	return c.eachFile(func(f *File) []Finding {
		when := f.Date.Value
		if !isoDate.MatchString(when) && c.year(f) > 0 {
			when = fmt.Sprintf("%d-12-31", c.year(f))
		}
		if when == "" {
			return nil
		}
		n := 0
		var out Finding
		eachSentence(f, func(ps *corpus.Passage, s corpus.Sentence) bool {
			t := foldRunes(s.Text)
			if ps.Zone == corpus.Signature || formerly().in(t, 0, len(t)) >= 0 {
				return true
			}
			for _, b := range c.Set.Bodies {
				word := ""
				for _, w := range append([]string{b.Name}, b.Words...) {
					if indexRunes(t, 0, len(t), foldRunes(w)) >= 0 && !inside2(s.Text, w) {
						word = w
						break
					}
				}
				if word == "" || when <= b.Until {
					continue
				}
				n++
				if out.Evidence == nil {
					out = Finding{Doc: f.ID, Severity: Medium, Evidence: quote(f, ps, s), Value: word, Threshold: b.Instead,
						Message: fmt.Sprintf("疑似提到已经不存在的机构“%s”（%s前后撤销或改名，现为%s）", word, b.Until[:4], b.Instead), Ask: "请核对机构名称，确认用的不是旧稿。"}
				}
			}
			return true
		})
		if out.Evidence == nil {
			return nil
		}
		out.Message += times(n) + "。"
		return []Finding{out}
	})
}

// inside2 reports whether a word stands only inside 《》, where an old title
// keeps its old names.
func inside2(text, w string) bool {
	outside := scoringText(text)
	return !strings.Contains(corpus.Fold(outside).String(), corpus.Fold(w).String())
}

// stale: a slogan of an earlier congress with no newer one in the paper.
func stale(c *Case) []Finding {
	return c.eachFile(func(f *File) []Finding {
		year := c.year(f)
		if year == 0 {
			return nil
		}
		whole := corpus.Fold(f.Doc.String()).String()
		for _, l := range c.Set.Slogans {
			if fmt.Sprintf("%d-01-01", year) <= l.Until || containsAny(whole, l.Newer) || !containsAny(whole, l.Words) {
				continue
			}
			var out []Finding
			eachSentence(f, func(ps *corpus.Passage, s corpus.Sentence) bool {
				if containsAny(corpus.Fold(s.Text).String(), l.Words) {
					out = []Finding{{Doc: f.ID, Severity: Low, Evidence: quote(f, ps, s), Message: fmt.Sprintf("疑似口号过期：%d年的材料还停在“%s”，没有更新的提法。", year, l.Words[0]), Ask: "请核对提法，确认用的不是旧稿。"}}
				}
				return out == nil
			})
			if out != nil {
				return out
			}
		}
		return nil
	})
}

func containsAny(s string, list []string) bool {
	for _, w := range list {
		if strings.Contains(s, corpus.Fold(w).String()) {
			return true
		}
	}
	return false
}

var versionWords = words(`修正 修订 版`)
