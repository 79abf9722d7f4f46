package main

import (
	"context"
	"slices"

	"duibiao/cmd/duibiao/output"
	"duibiao/corpus/store"
	"duibiao/extract/segment"
	"duibiao/rules"
)

// review is the whole of duibiao: from a folder of submissions to a report on
// every unit. Everything is read before anything is judged, because a copy
// shows only beside its original.
func review(ctx context.Context, f *folder, st *store.Store, words *segment.Segmenter, show *progress) (*output.Report, error) {
	set, err := f.rules(words)
	if err != nil {
		return nil, err
	}
	m, err := gather(ctx, f, st, show)
	if err != nil {
		return nil, err
	}
	j, err := m.judge(ctx, f, set, show)
	if err != nil {
		return nil, err
	}
	show.stage("建立全文索引")
	if err := indexAll(ctx, f, words, m.papers, j.rows); err != nil {
		return nil, err
	}
	r := report(set, m.units, m.papers, m.skipped, j.rows, j.findings, j.copies)
	r.Excused, r.Idle = j.excused, idle(set, j.excused)
	r.Run.Segmenter, r.Run.Basis = words.Version(), f.basis(set)
	return r, ctx.Err()
}

// material is all that a folder holds, read and understood.
type material struct {
	papers  []*paper
	skipped []output.Skipped
	units   []output.Unit
}

// gather reads a folder and finds out whose each paper is.
func gather(ctx context.Context, f *folder, st *store.Store, show *progress) (*material, error) {
	papers, skipped, err := readAll(ctx, f, st, show)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(papers, func(p *paper) bool { return p.Shelf == "" }) {
		return nil, nothingIn(f)
	}
	show.stage("识别单位、年度和段落")
	units, err := understand(f, papers)
	if err != nil {
		return nil, err
	}
	return &material{papers, skipped, units}, nil
}

// nothingIn says that a folder holds nothing to review.
func nothingIn(f *folder) error {
	return usagef("%s 里没有找到报送材料；请把各单位的材料放进去，或核对文件夹是否选对", f.root)
}

// judgement is what a rule set says of a material.
type judgement struct {
	rows     []rules.Row
	findings []rules.Finding
	excused  []rules.Excused
	copies   *copies
}

// judge holds a material against a rule set.
func (m *material) judge(ctx context.Context, f *folder, set *rules.Set, show *progress) (judgement, error) {
	show.stage("比对雷同")
	found, err := compareAll(ctx, f, m.papers, publicWording(set))
	if err != nil {
		return judgement{}, err
	}
	show.stage("逐项对照指标")
	j := judgement{copies: found}
	j.rows, j.findings, j.excused = judgeAll(f, set, m.units, m.papers, found)
	return j, nil
}
