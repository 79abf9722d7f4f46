package rules

import (
	"fmt"
	"slices"
	"strings"

	"duibiao/corpus"
)

// task is a numbered task of a plan.
type task struct {
	name string      // its heading, without the number
	span corpus.Span // of the plan: heading and what stands under it
	text string      // of span
}

const (
	leastTasks = 4   // so many tasks make a list that can be followed
	leastShare = 0.1 // of a task's words taken over: it is carried on
	leastLike  = 0.5 // of a heading's pairs of runes in one passage: it is spoken of
	mostNamed  = 6   // tasks that are named in a finding
)

// droppedTasks: a plan that plainly follows its superior's, taking up most of
// the tasks, but has nothing on the others. Tasks that name other units as
// responsible do not count.
func droppedTasks(c *Case) []Finding {
	limit := c.Set.Limits.Follow
	if limit == 0 || c.Library == nil {
		return nil
	}
	return c.eachFile(func(f *File) []Finding {
		if f.Kind.Value != string(corpus.Plan) || f.Doc.Partial() {
			return nil
		}
		var out []Finding
		for _, id := range f.superiors() {
			s, ok := c.Library.Lookup(id)
			if !ok || s == nil || s.Doc == nil {
				continue
			}
			mine := fromSource(f.Reuse, id)
			if share, informative := reuseShare(f, mine); share < c.Set.Limits.Superior || informative < c.Set.Limits.Runes {
				continue
			}
			all := slices.DeleteFunc(tasksOf(s.Doc), func(t task) bool { return !c.concerned(t.text) })
			dropped := slices.DeleteFunc(slices.Clone(all), func(t task) bool { return takenOver(t, mine) || f.speaksOf(t.name) })
			if n := len(dropped); len(all) < leastTasks || n == 0 || float64(len(all)-n) < limit*float64(len(all)) {
				continue
			}
			first := dropped[0]
			out = append(out, Finding{Doc: f.ID, Severity: Low, Evidence: spanEvidence(f, f.Title.Span),
				Source: &Source{Doc: id, Unit: s.Unit.Value, Span: cutTo(s.Doc, first.span, mostQuoted), Quote: s.Doc.Text(cutTo(s.Doc, first.span, mostQuoted))},
				Value:  fmt.Sprintf("%d项没有对应内容", len(dropped)), Threshold: fmt.Sprintf("上级方案%d项任务", len(all)),
				Message: fmt.Sprintf("疑似上级任务未承接：%s列了%d项任务，下列%d项没有找到对应内容：%s。", c.shortSource(id), len(all), len(dropped), taskNames(dropped)),
				Ask:     "请补写这些任务怎样落实；不属于本单位职责的请说明。"})
		}
		return out
	})
}

// superiors are the superior's papers from which a file takes something, in
// the order in which they first do.
func (f *File) superiors() []string {
	var out []string
	for _, r := range f.Reuse {
		if r.Relation == corpus.FromSuperior && !slices.Contains(out, r.Source) {
			out = append(out, r.Source)
		}
	}
	return out
}

func taskNames(tasks []task) string {
	var names []string
	for _, t := range tasks[:min(mostNamed, len(tasks))] {
		names = append(names, "“"+t.name+"”")
	}
	if len(tasks) > mostNamed {
		names = append(names, "等")
	}
	return strings.Join(names, "")
}

// what stands under a heading of the first level with one of these is no task
var noTask = words(`指导思想 总体要求 总体目标 工作目标 基本原则 组织领导 工作机制 保障 步骤 阶段 时间安排 工作要求 有关要求 相关要求 方法 附则 背景`)

// a heading of the first level that says that the tasks stand under it
var taskHead = words(`任务 重点工作 主要措施 工作措施 工作举措 主要举措`)

// tasksOf are the tasks of a plan: its items (一) (二) under a heading that
// says so; where there are none such, under any heading that may be about
// tasks; and else 一、 二、 or 1. 2.
func tasksOf(doc *corpus.Document) []task {
	for _, way := range []struct {
		level int
		under lexicon
	}{{2, taskHead}, {2, lexicon{}}, {1, lexicon{}}, {3, lexicon{}}} {
		if tasks := tasksAt(doc, way.level, way.under); len(tasks) >= leastTasks {
			return tasks
		}
	}
	return nil
}

// tasksAt are the tasks numbered on one level, under headings with one of the
// words of under, if any. A task ends where the next item of its level or of
// one above begins.
func tasksAt(doc *corpus.Document, level int, under lexicon) []task {
	var out []task
	open, skipping := false, under.by != nil
	for _, p := range doc.Paragraphs {
		text := doc.Text(p.Span)
		t := foldRunes(text)
		at, n := itemLevel(t)
		name := itemName(t, n)
		outside := noTask.in([]rune(name), 0, 40) >= 0
		switch {
		case at == 1 && level != 1:
			open, skipping = false, outside || under.by != nil && under.in([]rune(name), 0, 40) < 0
		case at > 0 && at < level:
			open = false
		case at == level:
			if open = !skipping && (level > 1 || !outside) && len([]rune(name)) >= leastHeading; open {
				out = append(out, task{name: name, span: p.Span})
				continue
			}
		}
		if open {
			out[len(out)-1].span.End = p.Span.End
		}
	}
	for i := range out {
		out[i].text = doc.Text(out[i].span)
	}
	return out
}

const (
	leastHeading = 4  // runes of a task's heading
	mostHeading  = 30 // runes of it that are shown
)

// itemLevel is 1 for 一、, 2 for (一), 3 for 1. and 0 for other text, with the
// runes of the number.
func itemLevel(t []rune) (level, n int) {
	const digits = "一二三四五六七八九十"
	i := 0
	bracket := len(t) > 0 && t[0] == '('
	if bracket {
		i++
	}
	from := i
	for i < len(t) && strings.ContainsRune(digits, t[i]) {
		i++
	}
	switch {
	case i == from || i >= len(t):
	case bracket && t[i] == ')':
		return 2, i + 1
	case !bracket && (t[i] == '、' || t[i] == '.'):
		return 1, i + 1
	}
	for i = 0; i < len(t) && i < 2 && isDigit(t[i]); i++ {
	}
	if i > 0 && i+1 < len(t) && (t[i] == '.' || t[i] == '、') && !isDigit(t[i+1]) {
		return 3, i + 1
	}
	return 0, 0
}

// itemName is the heading of an item whose number has n runes: up to the end
// of its first clause.
func itemName(t []rune, n int) string {
	to := n
	for to < len(t) && !clauseEnd(t[to]) {
		to++
	}
	return string(t[n:min(to, n+mostHeading)])
}

var (
	responsible = words(`牵头单位 责任单位 责任部门 牵头部门 配合单位`)
	everybody   = words(`各 全体 有关部门 相关部门 所有`)
)

// concerned reports whether a task is for the unit: no body is named as
// responsible, or this one or all are.
func (c *Case) concerned(text string) bool {
	t := foldRunes(text)
	at := responsible.in(t, 0, len(t))
	return at < 0 || everybody.in(t, at, len(t)) >= 0 || c.namesItself(t[at:])
}

// takenOver reports whether a good part of a task stands in the file.
func takenOver(t task, mine []corpus.Reuse) bool {
	n := 0
	for _, r := range mine {
		n += r.SourceSpan.Overlap(t.span)
	}
	return float64(n) >= leastShare*float64(t.span.Len())
}

// speaksOf reports whether one passage of the file holds most of a heading's
// words.
func (f *File) speaksOf(name string) bool {
	want := pairsOf(name)
	for i := range f.Passages {
		ps := &f.Passages[i]
		if ps.Zone == corpus.NotText || ps.Zone == corpus.Letter {
			continue
		}
		n := 0
		have := pairsOf(ps.Text)
		for pair := range want {
			if have[pair] {
				n++
			}
		}
		if float64(n) >= leastLike*float64(len(want)) {
			return true
		}
	}
	return false
}
