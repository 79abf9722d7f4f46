package main

import (
	"context"

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
	return report(set, units, papers, skipped, rows, findings, found), nil
}
