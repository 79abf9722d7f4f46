package extract

import "testing"

func TestFindDate(t *testing.T) {
	for text, want := range map[string]string{
		"2021年1月12日":       "2021-01-12",
		"２０２１年１月１２日":       "2021-01-12",
		"二〇二一年一月十二日":       "2021-01-12",
		"二○二一年十二月三十一日":     "2021-12-31",
		"二O二一年二月二十日":       "2021-02-20",
		"二零二五年元月六日":        "2025-01-06",
		"2021-01-12":       "2021-01-12",
		"2021.1.2":         "2021-01-02",
		"2021/3/4":         "2021-03-04",
		"2021 年 3 月 4 日":   "2021-03-04",
		"发布时间：2021-03-04至": "2021-03-04",
		"2021年2月29日":       "",
		"2021年13月1日":       "",
		"2021年3月":          "",
		"第12021年3月4日":      "",
		"20XX年X月X日":        "",
		"1234-5-6":         "",
	} {
		got := ""
		if d, ok := findDate(foldAll(text), 0); ok {
			got = d.String()
		}
		if got != want {
			t.Errorf("findDate(%s) = %q, want %q", text, got, want)
		}
	}
}

func TestFindNo(t *testing.T) {
	for text, want := range map[string]string{
		"青司〔2021〕4号":            "青司〔2021〕4号",
		"青司[2021] 4 号":          "青司〔2021〕4号",
		"青司发（2021）第4号":          "青司发〔2021〕4号",
		"文号：青政办〔2021〕117号":      "青政办〔2021〕117号",
		"云示范工〔2021〕117号 签发人：张三": "云示范工〔2021〕117号",
		"〔2021〕4号":              "",
		"青司〔2021〕号":             "",
		"（2021年）4号":             "",
		"青司〔20XX〕4号":            "",
	} {
		no, from, to, ok := findNo(foldAll(text))
		if no != want || ok != (want != "") || from > to {
			t.Errorf("findNo(%s) = %q, %v, want %q", text, no, ok, want)
		}
	}
}

func TestTitleYear(t *testing.T) {
	for text, want := range map[string]int{
		"2021年度法治政府建设报告":             2021,
		"二〇二四年度法治政府建设报告":             2024,
		"2024年度报告和2025年工作计划":         2024,
		"实施纲要（2021—2025年）":           0,
		"实施纲要（2021-2025年）实施方案":       0,
		"贯彻《2024年工作要点》的方案":           0,
		"关于印发《2024年工作要点》的通知":         2024,
		"20XX年度报告":                   0,
		"2016年以来法治建设情况":              0,
		"落实《纲要（2021—2025年）》2023年度报告": 2023,
	} {
		m, _ := titleYear(foldAll(text))
		if m.year != want {
			t.Errorf("titleYear(%s) = %d, want %d", text, m.year, want)
		}
	}
	for name, want := range map[string]int{"青石县-2021报告": 2021, "003_2022": 2022, "20210112报告": 0, "2021.1.12报告": 0, "1201号": 0} {
		if got, _ := nameYear(foldAll(name)); got != want {
			t.Errorf("nameYear(%s) = %d, want %d", name, got, want)
		}
	}
}

func TestHasFigure(t *testing.T) {
	for text, want := range map[string]bool{
		"办理案件25件":          true,
		"报备率100％":          true,
		"3月5日召开会议":         true,
		"召开两次会议":           true,
		"罚款1.5万元":          true,
		"2021年度工作":         false,
		"（2021—2025年）":     false,
		"豫法政办〔2019〕14号":    false,
		"《条例（2021年修订）第3版》": false,
		"“12·4”宣传":         false,
		"第3次修订":            false,
		"十九届四中全会精神":        false,
		"六个新城、三项制度":        false,
		"第一次、第二次会议":        false,
	} {
		if got := hasFigure(text); got != want {
			t.Errorf("hasFigure(%s) = %v, want %v", text, got, want)
		}
	}
}

func TestParseNumber(t *testing.T) {
	for text, want := range map[string]number{
		"一、甲":    {han, 1, 6},
		"十二、甲":   {han, 12, 9},
		"二十一.甲":  {han, 21, 10},
		"（一）甲":   {hanParen, 1, 5},
		"(三)、甲":  {hanParen, 3, 8},
		"〔二〕甲":   {hanParen, 2, 5},
		"一）甲":    {hanParen, 1, 4},
		"㈢甲":     {hanParen, 3, 3},
		"1．甲":    {digit, 1, 2},
		"12、甲":   {digit, 12, 5},
		"⒈甲":     {digit, 1, 3},
		"（1）甲":   {digitParen, 1, 3},
		"2)甲":    {digitParen, 2, 2},
		"⑶甲":     {digitParen, 3, 3},
		"④甲":     {circled, 4, 3},
		"第三章总则":  {chapter, 3, 9},
		"第2节甲":   {section, 2, 7},
		"第四部分：甲": {part, 4, 12},
		"第一部分企业": {},
		"1.5万元":  {},
		"2021年":  {},
		"一是甲":    {},
		"第三方评估":  {},
		"（略）":    {},
		"一、":     {han, 1, 6},
		"第":      {},
		"（":      {},
	} {
		if got := parseNumber(foldAll(text), func(int) bool { return false }); got != want {
			t.Errorf("parseNumber(%s) = %+v, want %+v", text, got, want)
		}
	}
}
