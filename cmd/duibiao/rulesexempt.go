package main

import (
	"fmt"
	"slices"

	"duibiao/corpus/store"
	"duibiao/rules"
)

// idle are the exemptions of a set that let nothing off, and those whose last
// day has passed, one Chinese line each.
func idle(set *rules.Set, excused []rules.Excused) []string {
	var out []string
	for _, e := range unused(set, excused) {
		out = append(out, fmt.Sprintf("%s: 豁免没有用上：%s", e.Where, e))
	}
	for _, e := range set.Expired {
		out = append(out, fmt.Sprintf("%s: 豁免已到期，没有再用：%s", e.Where, e))
	}
	return out
}

func unused(set *rules.Set, excused []rules.Excused) []rules.Exemption {
	return keepIf(set.Exemptions, func(e rules.Exemption) bool {
		return !slices.ContainsFunc(excused, func(x rules.Excused) bool { return x.By == e.String() })
	})
}

// idleIn are the exemptions of set that let nothing off in the folder's last
// run.
func idleIn(f *folder, set *rules.Set) ([]string, error) {
	if len(set.Exemptions)+len(set.Expired) == 0 || !isFolder(f.data) {
		return idle(&rules.Set{Expired: set.Expired}, nil), nil
	}
	st, err := store.Open(f.data)
	if err != nil {
		return nil, err
	}
	defer st.Close()
	r, err := kept(st)
	if err != nil {
		return nil, err
	}
	if r == nil {
		return idle(&rules.Set{Expired: set.Expired}, nil), nil
	}
	return idle(set, r.Excused), nil
}
