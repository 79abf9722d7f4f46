package main

import (
	"context"
	"slices"

	"duibiao/cmd/duibiao/output"
	"duibiao/corpus/store"
	"duibiao/extract/segment"
)

// review is the whole of duibiao: from a folder of submissions to a report on
// every unit. Everything is read before anything is judged, because a copy
// shows only beside its original.
func review(ctx context.Context, f *folder, st *store.Store, words *segment.Segmenter, show *progress) (*output.Report, error) {
	set, err := f.rules(words)
	if err != nil {
		return nil, err
	}
	papers, skipped, err := readAll(ctx, f, st, show)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(papers, func(p *paper) bool { return p.Shelf == "" }) {
		return nil, usagef("%s 里没有找到报送材料；请把各单位的材料放进去，或核对文件夹是否选对", f.root)
	}
	show.stage("识别单位、年度和段落")
	units, err := understand(f, papers)
	if err != nil {
		return nil, err
	}
	show.stage("比对雷同")
	found, err := compareAll(ctx, papers, publicWording(set))
	if err != nil {
		return nil, err
	}
	show.stage("逐项对照指标")
	rows, findings := judgeAll(f, set, units, papers, found)
	show.stage("建立全文索引")
	if err := indexAll(ctx, f, words, papers, rows); err != nil {
		return nil, err
	}
	r := report(set, units, papers, skipped, rows, findings, found)
	r.Run.Segmenter = words.Version()
	return r, ctx.Err()
}
