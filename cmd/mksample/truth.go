package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"strings"
)

const (
	judgedSource  = "判定.tsv"
	unjudgeSource = "未判.tsv"
)

// truthTable is truth.tsv: every unit of the roster with every item of the
// table. What a person judged comes from 判定.tsv; a unit of which nothing
// could be read is 未判 wherever the item covers it, with the reason of
// 未判.tsv; an item whose 责任单位 does not cover the unit is 不适用.
func truthTable(source fs.FS) ([]byte, error) {
	var in [4][][]string
	for i, name := range [...]string{rosterSource, tableSource, judgedSource, unjudgeSource} {
		rows, err := readTSV(source, name)
		if err != nil {
			return nil, err
		}
		in[i] = rows[1:]
	}
	notes, err := fs.ReadFile(source, notesSource)
	if err != nil {
		return nil, err
	}
	roster, items, enforcing := in[0], in[1], enforcers(string(notes))
	judged := map[string][]string{}
	for _, r := range in[2] {
		judged[r[0]+" "+r[1]] = r
	}
	unread := map[string]string{}
	for _, r := range in[3] {
		unread[r[0]] = r[1]
	}
	out := bytes.NewBufferString("单位\t序号\t状态\t摘录\t说明\n")
	for _, u := range roster {
		for _, it := range items {
			unit, kind, no := u[0], u[1], it[0]
			row, isJudged := judged[unit+" "+no]
			delete(judged, unit+" "+no)
			switch covers := covered(it[5], unit, kind, enforcing); {
			case isJudged != (covers && unread[unit] == ""):
				return nil, fmt.Errorf("%s: %s, item %s: judged is %v, covered is %v", judgedSource, unit, no, isJudged, covers)
			case isJudged:
			case covers:
				row = []string{unit, no, "未判", "", unread[unit]}
			default:
				row = []string{unit, no, "不适用", "", "责任单位不含本单位"}
			}
			out.WriteString(strings.Join(row, "\t") + "\n")
		}
	}
	if len(judged) > 0 {
		return nil, fmt.Errorf("%s: %d rows name no unit or item", judgedSource, len(judged))
	}
	return out.Bytes(), nil
}

// enforcers are the units that the table's note names as having 执法权, as it
// names them.
func enforcers(notes string) []string {
	_, after, _ := strings.Cut(notes, "有执法权的部门，指")
	list, _, _ := strings.Cut(after, "。")
	return strings.Split(list, "、")
}

// covered reports whether a cell of 责任单位 covers a unit. The table writes
// 市 where the roster writes the city's name.
func covered(cell, unit, kind string, enforcing []string) bool {
	for _, who := range strings.Split(cell, "、") {
		switch who {
		case "各单位", kind:
			return true
		case "各乡镇（街道）":
			if kind == "乡镇街道" {
				return true
			}
		case "有执法权的部门":
			for _, e := range enforcing {
				if isUnit(e, unit) {
					return true
				}
			}
		default:
			if isUnit(who, unit) {
				return true
			}
		}
	}
	return false
}

func isUnit(short, unit string) bool { return "云阙"+short == unit }
