package extract

import (
	"strings"

	"duibiao/corpus"
)

// frame marks the opening of a paper, before its first heading and under
// headings such as 指导思想, where every sentence is political frame and none
// tells a deed or a figure. A paper without headings has no frame: everything
// in it may be content.
func frame(lines []line) {
	if !hasHeadings(lines) {
		return
	}
	opening, guiding := !hasTitle(lines), false
	var split splitter
	for i := range lines {
		l := &lines[i]
		switch {
		case l.zone == corpus.Title:
			opening, guiding = true, false
			continue
		case l.opens:
			opening, guiding = false, isGuiding(l)
		case l.zone == "" && l.num.style != unnumbered && l.num.style <= hanParen:
			opening, guiding = false, false
		}
		if l.zone == "" && (opening || guiding) && isFrame(l, &split) {
			l.zone = corpus.Frame
		}
	}
}

func hasTitle(lines []line) bool {
	for i := range lines {
		if lines[i].zone == corpus.Title {
			return true
		}
	}
	return false
}

func hasHeadings(lines []line) bool {
	n := 0
	for i := range lines {
		if lines[i].opens {
			n++
		}
	}
	return n >= 2
}

// isGuiding reports whether l heads a section that is frame by its name.
func isGuiding(l *line) bool {
	name := strings.TrimRight(l.heading, ":： ")
	for _, w := range []string{"指导思想", "指導思想", "总体要求", "總體要求", "总体思路"} {
		if strings.HasSuffix(name, w) {
			return true
		}
	}
	return false
}

// isFrame reports whether every sentence of l is political frame.
func isFrame(l *line, split *splitter) bool {
	if hasFigure(l.text) {
		return false
	}
	for _, s := range split.sentences(l.text, 0) {
		whole := foldAll(s.Text)
		if hasAny(whole, ownPapers, strings.Contains) {
			return false
		}
		key := untitled(whole)
		if l.opens && strings.HasPrefix(l.key, key) && l.zone == "" {
			continue // the run-in heading itself
		}
		if !hasAny(key, frameWords, strings.Contains) || hasAny(key, deeds, strings.Contains) {
			return false
		}
	}
	return true
}

// untitled takes the titles in 《》 out of key, whose words say nothing.
func untitled(key string) string {
	var b strings.Builder
	for {
		from := strings.Index(key, "《")
		to := strings.LastIndex(key, "》")
		if from < 0 || to < from {
			break
		}
		to = from + strings.Index(key[from:], "》")
		b.WriteString(key[:from])
		key = key[to+len("》"):]
	}
	b.WriteString(key)
	return b.String()
}

// frameWords are the words of which one stands in each sentence of a frame.
var frameWords = []string{"为指导", "指导下", "领导下", "指引下", "为深入", "为全面", "为贯彻", "为进一步", "为切实", "为加快", "为推进", "为推动", "为扎实", "为认真", "为做好", "为确保", "贯彻落实", "深入贯彻", "全面贯彻", "贯彻习近平", "精神", "根据", "紧紧围绕", "紧扣", "为目标", "为主线", "为契机", "如下", "结合我", "决定在", "两个确立", "两个维护", "牢固树立", "现印发", "现制定", "制定本", "特制定"}

// ownPapers are words before the name of a paper that the unit made itself.
var ownPapers = []string{",印发《", "制定《", "出台《", "修订《", "印发了《", "制定了《", "编制《", "下发《"}

// deeds are words by which a unit tells what it did; they keep a sentence out
// of the frame.
var deeds = []string{"成立", "召开", "印发了", "出台", "修订", "办理", "举办", "聘请", "聘任", "审核", "培训", "排查", "化解", "研究部署", "专题研究", "听取", "查处", "清理", "建成", "组织了", "开展了", "完成了", "建立了", "制定了", "修改", "废止", "公布", "通报", "约谈", "整改", "检查", "抽查", "验收", "获评", "荣获", "被评为"}
