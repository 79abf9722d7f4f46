package extract

import (
	"strings"

	"duibiao/corpus"
)

// kindByTitle tells what sort of paper key names, or "" when it names none.
// The first line that fits wins.
func kindByTitle(key string) corpus.Kind {
	if rest, ok := cutNotice(key); ok {
		if k := kindByTitle(rest); k != "" && k != corpus.Other {
			return k
		}
		return corpus.Notice
	}
	for _, k := range []struct {
		kind  corpus.Kind
		words []string
	}{
		{corpus.Other, otherReports},
		{corpus.SelfReview, []string{"自评", "自查", "自我评估", "自我评价"}},
	} {
		if hasAny(key, k.words, strings.Contains) {
			return k.kind
		}
	}
	// What a title is of stands at its end: 自然资源和规划局工作报告 is a report,
	// 报告制度实施方案 a plan.
	reportAt := lastOf(key, []string{"报告", "总结", "汇报", "情况", "年报", "小结"})
	if lastOf(key, []string{"方案", "计划的", "规划", "实施意见", "要点"}) > reportAt {
		return corpus.Plan
	}
	report := reportAt >= 0
	ours := hasAny(key, []string{"法治政府", "法治建设", "依法行政", "法治工作", "年度", "依法治", "全年", "法治"}, strings.Contains)
	if _, dated := titleYear(key); dated && hasAny(key, []string{"总结", "工作报告", "年报"}, strings.Contains) {
		ours = true
	}
	switch {
	case report && ours:
		return corpus.Annual
	case hasAny(key, []string{"计划", "安排", "任务分工"}, strings.Contains):
		return corpus.Plan
	case strings.HasSuffix(key, "通知"):
		return corpus.Notice
	case titleEnd(key):
		return corpus.Other
	}
	return ""
}

// lastOf is where the last of the words in key begins, or -1.
func lastOf(key string, words []string) int {
	at := -1
	for _, w := range words {
		at = max(at, strings.LastIndex(key, w))
	}
	return at
}

// otherReports are reports that are not the year's report of a unit.
var otherReports = []string{"述法", "述职", "述责", "督察报告", "督查报告", "调研报告", "整改报告", "审计报告", "自评表", "评分表", "考察报告", "统计报告", "信息公开工作年度报告", "信息公开年度报告"}

// kindByName tells what sort of paper the name of a file or folder says. Such
// names are short: a plain 报告 among what is handed in is the year's.
func kindByName(name string) corpus.Kind {
	k := kindByTitle(name)
	if (k == corpus.Other || k == "") && hasAny(name, []string{"报告", "总结", "汇报"}, strings.Contains) && !hasAny(name, otherReports, strings.Contains) {
		return corpus.Annual
	}
	return k
}

// cutNotice takes from the title of a 通知 that passes a paper on the name of
// that paper.
func cutNotice(key string) (rest string, ok bool) {
	if !strings.HasSuffix(key, "通知") && !strings.HasSuffix(key, "通知)") {
		return "", false
	}
	for _, verb := range []string{"印发", "转发", "下发"} {
		if i := strings.Index(key, verb); i >= 0 {
			rest = strings.TrimSuffix(key[i+len(verb):], "通知")
			return strings.Trim(strings.TrimSuffix(rest, "的"), "《》<>"), true
		}
	}
	return "", true
}

// kindByShape tells the sort of a paper without a title by its headings.
func kindByShape(lines []line) corpus.Kind {
	plan, report, review := 0, 0, 0
	for i := range lines {
		l := &lines[i]
		if !l.opens {
			continue
		}
		key := foldAll(l.heading)
		plan += count(key, "指导思想", "基本原则", "工作目标", "总体目标", "创建目标", "主要目标", "工作任务", "创建任务", "重点任务", "实施步骤", "创建步骤", "工作步骤", "时间安排", "保障措施", "工作要求", "责任分工", "方法步骤")
		report += count(key, "成效", "主要做法", "工作开展情况", "工作情况", "存在的问题", "存在问题", "不足", "下一步", "下一年", "明年", "工作打算", "工作思路", "第一责任人")
		review += count(key, "自评", "自查", "得分")
	}
	switch {
	case review > 0 && review >= plan:
		return corpus.SelfReview
	case plan >= 2 && plan > report:
		return corpus.Plan
	case report >= 2 && report > plan:
		return corpus.Annual
	}
	return corpus.Other
}

func count(key string, words ...string) int {
	if hasAny(key, words, strings.Contains) {
		return 1
	}
	return 0
}
