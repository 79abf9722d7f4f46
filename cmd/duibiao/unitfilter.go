package main

import (
	"slices"
	"strings"

	"duibiao/cmd/duibiao/output"
)

// genericEnd is in the names of all governments and means none of them: 民政 is
// not asked of 青石镇人民政府.
const genericEnd = "人民政府"

// unitEnds are what people leave off the end of a unit's name.
var unitEnds = []string{"", genericEnd, "局", "委员会", "委", "办公室", "办事处", "街道办事处", "中心"}

// unitsNamed are the names of the units that said stands for, in the order of
// units: those called so, by their name or an alias; where there are none,
// those whose name ends so, with or without its last word (水利, 水利局); where
// there are none, those that have it elsewhere in their name.
func unitsNamed(units []output.Unit, said string) []string {
	for _, fits := range []func(output.Unit) bool{
		func(u output.Unit) bool { return u.Name == said || slices.Contains(u.Aliases, said) },
		func(u output.Unit) bool {
			return endsSo(u.Name, said) || slices.ContainsFunc(u.Aliases, func(a string) bool { return endsSo(a, said) })
		},
		func(u output.Unit) bool {
			return strings.Contains(strings.ReplaceAll(u.Name, genericEnd, "\n"), said) ||
				strings.Contains(said, genericEnd) && strings.Contains(u.Name, said)
		},
	} {
		var found []string
		for _, u := range units {
			if said != "" && fits(u) {
				found = append(found, u.Name)
			}
		}
		if len(found) > 0 {
			return found
		}
	}
	return nil
}

func endsSo(name, said string) bool {
	return said != genericEnd && slices.ContainsFunc(unitEnds, func(end string) bool {
		return strings.HasSuffix(name, said+end) && (end != "" || !strings.HasSuffix(genericEnd, said))
	})
}

// chosenUnits are the names of the units that a flag chose; nil where it chose
// none. A name that could be several units' is an error, so that nobody gets
// what was meant for another.
func chosenUnits(units []output.Unit, said []string) ([]string, error) {
	var all []string
	for _, s := range said {
		switch found := unitsNamed(units, s); len(found) {
		case 0:
			return nil, usagef("没有名称含“%s”的单位；有：%s", s, someOf(units))
		case 1:
			all = append(all, found[0])
		default:
			return nil, usagef("“%s”可以是：%s；请写明是哪一个，要几个就写几个 --unit", s, strings.Join(found, "、"))
		}
	}
	return all, nil
}

func someOf(units []output.Unit) string {
	const most = 12
	var names []string
	for i, u := range units {
		if i == most {
			names = append(names, "……")
			break
		}
		names = append(names, u.Name)
	}
	return strings.Join(names, "、")
}
