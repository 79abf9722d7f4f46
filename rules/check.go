package rules

import (
	"fmt"
	"strings"

	"duibiao/corpus"
)

// Check is a document-level check.
type Check struct {
	Name  string // as findings show it
	About string // what it looks for, one Chinese sentence
	Run   func(*Case) []Finding
}

// Checks is every document-level check, in the order in which findings are
// shown. To add one, write its file and add its line.
func Checks() []Check {
	return []Check{
		{"未报送", "名册上应报的材料没有收到", notSent},
		{"扫描件", "文件只有图像，没有文字", unreadAs("扫描件")},
		{"加密", "文件有密码，打不开", unreadAs("加密")},
		{"读不出", "文件损坏、格式不支持或其他原因读不出", unreadAs("读不出")},
		{"重复文件", "同一份材料交了两次", repeated},
		{"缺少必备部分", "报告或方案缺少规定的部分", missingParts},
		{"必备部分空泛", "必备部分有标题，却没有可以核实的内容", thinParts},
		{"残留占位符", "模板里的空格没有填", leftPlaceholders},
		{"张冠李戴", "写成了别的单位或别的地方", misnamed},
		{"年份不符", "标题、开头、小标题或落款的年份对不上", wrongYears},
		{"引用错误", "法律文件的名称或年份写错", wrongTitles},
		{"过期机构", "提到已经撤销的机构", dissolved},
		{"过期口号", "口号停在上一届大会", stale},
		{"超字数", "超过规定的篇幅", tooLong},
		{"逾期报送", "落款日期晚于规定的期限", tooLate},
		{"上年沿用", "大段沿用本单位往年的材料", reused("上年沿用")},
		{"照抄上级", "大段沿用上级的文件", reused("照抄上级")},
		{"上级任务未承接", "照着上级方案写，却有任务没有下文，也没有说明", droppedTasks},
		{"同级雷同", "与同级单位大段相同", reused("同级雷同")},
		{"范文", "大段套用范文", reused("范文")},
		{"同源", "与先后不明的材料大段相同", reused("同源")},
		{"职责错位", "写了本单位没有权限做的事", misplacedDuties},
		{"体裁错位", "把个人述职述法、讲话稿、新闻稿当作单位报告", wrongGenre},
		{"叠字", "单位或地方的名称接连写了两遍", doubledNames},
		{"数字矛盾", "同一份材料里的数字互相对不上", contradicted},
		{"陈旧截止", "年底以后的报告，数字只统计到年中", staleCutOff},
	}
}

// eachFile calls f for each file that could be read.
func (c *Case) eachFile(f func(*File) []Finding) []Finding {
	var out []Finding
	for i := range c.Files {
		if c.Files[i].Doc != nil {
			out = append(out, f(&c.Files[i])...)
		}
	}
	return out
}

// eachSentence calls f for the sentences of a file in reading order, headings,
// title and opening included, until f says false. What is not the paper's own
// text (web navigation, page headers) is left out.
func eachSentence(file *File, f func(ps *corpus.Passage, s corpus.Sentence) bool) {
	for i := range file.Passages {
		ps := &file.Passages[i]
		if ps.Zone == corpus.NotText {
			continue
		}
		all := ps.Sentences
		if len(all) == 0 {
			all = []corpus.Sentence{{Span: ps.Span, Text: ps.Text}}
		}
		for _, s := range all {
			if !f(ps, s) {
				return
			}
		}
	}
}

// quote makes a whole sentence the evidence of a finding.
func quote(file *File, ps *corpus.Passage, s corpus.Sentence) *Evidence {
	return &Evidence{Doc: file.ID, Span: s.Span, Quote: s.Text, Section: ps.Section(), Place: ps.Place}
}

// times says how often something was seen, when more than once.
func times(n int) string {
	if n < 2 {
		return ""
	}
	return fmt.Sprintf("（共%d处）", n)
}

// fileName is the last part of a submission's id.
func fileName(id string) string { return id[strings.LastIndex(id, "/")+1:] }
