package rules

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"duibiao/corpus"
)

// notSent: the roster says what a unit owes. Where it says nothing, a unit
// with no file at all owes its paper.
func notSent(c *Case) []Finding {
	if len(c.Files) == 0 {
		return []Finding{{Severity: High, Value: "0份", Threshold: "应报材料", Message: "没有收到本单位的任何材料。", Ask: "请尽快报送。"}}
	}
	var out []Finding
	for _, k := range c.Unit.Owes {
		has := slices.ContainsFunc(c.Files, func(f File) bool {
			instead := f.Doc == nil && (f.Kind.Value == "" || f.Kind.Value == string(corpus.Other)) || k == corpus.Annual && personalTitle(&f)
			return f.Kind.Value == string(k) || instead // 体裁错位 tells of a personal paper
		})
		if !has {
			out = append(out, Finding{Severity: High, Value: "0份", Threshold: string(k), Message: fmt.Sprintf("名册要求报送%s，没有收到。", k), Ask: fmt.Sprintf("请补报%s。", k)})
		}
	}
	return out
}

// unreadAs lists the files that could not be read for one kind of reason.
func unreadAs(name string) func(*Case) []Finding {
	ask := map[string]string{
		"扫描件": "请报送可以复制文字的电子版，或者由审查人员识别文字后再审。",
		"加密":  "请去掉密码后重新报送。",
		"读不出": "请核对文件能否打开，另存后重新报送。",
	}[name]
	return func(c *Case) []Finding {
		var out []Finding
		for i := range c.Files {
			f := &c.Files[i]
			switch {
			case f.Doc == nil && unreadKind(f.Reason) == name:
				out = append(out, Finding{Doc: f.ID, Severity: High, Message: fmt.Sprintf("“%s”没有读出来：%s", fileName(f.ID), f.Reason), Ask: ask})
			case f.Doc != nil && f.Doc.Partial() && unreadKind(f.Doc.Unread[0].Message) == name:
				out = append(out, Finding{Doc: f.ID, Severity: Medium, Message: fmt.Sprintf("“%s”有%d页没有读出来：%s", fileName(f.ID), len(f.Doc.Unread), f.Doc.Unread[0].Message), Ask: ask})
			}
		}
		return out
	}
}

// unreadKind sorts the reason for which a file was not read.
func unreadKind(reason string) string {
	has := func(subs ...string) bool {
		return slices.ContainsFunc(subs, func(s string) bool { return strings.Contains(reason, s) })
	}
	switch {
	case has("加密", "密码", "口令"):
		return "加密"
	case has("扫描", "没有文字", "无文字", "图像", "图片", "OCR"):
		return "扫描件"
	}
	return "读不出"
}

// leastSame is the runes of text from which two files of different bytes are
// told to be the same paper: two captions may well be alike.
const leastSame = 50

// repeated: two files of one unit with the same bytes or the same text. Files
// with the bytes of one that is here may have been left out of the case.
func repeated(c *Case) []Finding {
	var out []Finding
	first := map[string]string{}
	here := map[string]bool{}
	for i := range c.Files {
		here[c.Files[i].ID] = true
	}
	for i := range c.Files {
		f := &c.Files[i]
		same := ""
		if key := f.wording(); len(key) > 0 {
			if id, ok := first[key]; ok {
				same = id
			} else {
				first[key] = f.ID
			}
		}
		doc := f.ID
		for _, id := range f.SameAs {
			if same == "" && id < f.ID {
				same = id
			} else if same == "" && !here[id] {
				doc, same = id, f.ID // the later of the two is the one too many
			}
		}
		if same != "" {
			out = append(out, Finding{Doc: doc, Severity: Low, Value: "内容相同", Threshold: same,
				Message: fmt.Sprintf("重复文件：“%s”与“%s”内容完全相同。", fileName(doc), fileName(same)), Ask: "请确认是否交错了文件；确属重复的，只保留一份。"})
		}
	}
	return out
}

// wording is the folded text of a file without what is not the paper's own, or
// "" when there is too little of it.
func (f *File) wording() string {
	if f.Doc == nil {
		return ""
	}
	var b strings.Builder
	for _, p := range f.Passages {
		if p.Zone != corpus.NotText {
			b.WriteString(corpus.Fold(p.Text).String())
		}
	}
	if utf8.RuneCountInString(b.String()) < leastSame {
		return ""
	}
	return b.String()
}
