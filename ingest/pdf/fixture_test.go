package pdf

import (
	"fmt"
	"strings"

	"duibiao/corpus"
	"duibiao/ingest/pdf/pdftest"
)

// fixture is a PDF built from text, with what must be read from it.
type fixture struct {
	name   string
	file   []byte
	want   []paragraphWant
	unread []int // pages
}

type paragraphWant struct {
	page int
	role corpus.Role
	text string // cells of a row with a tab between them
}

// Invented texts of an invented place.
const (
	opening = "2025年，云溪县坚持把法治政府建设摆在全局工作的突出位置，统筹推进依法行政各项任务，全县行政执法质量稳步提升，群众满意度持续提高。现将有关情况报告如下。"
	lawful  = "全年办理行政处罚案件217件，依法举行听证9次，制发行政执法监督意见书14份，纠正程序不规范问题31个；组织案卷评查4轮，抽查案卷180宗，合格率为97.2%，未发生因程序违法被撤销的案件。"
	decide  = "严格执行重大行政决策程序规定，公布年度决策事项目录6项，全部履行公众参与、专家论证、风险评估、合法性审查和集体讨论决定程序，听取意见412条，采纳173条。"
	rivers  = "青石河、白鹭湖两处水源地的保护范围于3月完成勘界立标，设置界桩264根、警示牌58块，清理违法建筑面积1.3万平方米。"
)

func body(page int, texts ...string) []paragraphWant {
	var out []paragraphWant
	for _, s := range texts {
		out = append(out, paragraphWant{page, corpus.Body, s})
	}
	return out
}

func fixtures() []fixture {
	return []fixture{paperFixture(), blocksFixture(), columnsFixture(), verticalFixture(), doubledFixture(), charactersFixture(),
		marginsFixture(), rotatedFixture(), ruledFixture(), alignedFixture(), watermarkFixture(), notesFixture(),
		hiddenFixture(), scanPageFixture(), strangePageFixture(), ownerFixture(), lookalikeFixture(),
		wrappedFixture(), pairsFixture(), stampedFixture(), wideHeaderFixture(), brokenRowFixture(), outlinedFixture(), repeatedFixture()}
}

func paperFixture() fixture {
	texts := []string{opening, "一、工作举措和成效", "（一）规范行政执法"}
	for i := range 9 {
		texts = append(texts, fmt.Sprintf("第%d季度，", i%4+1)+lawful, fmt.Sprintf("对第%d批事项，", i+1)+decide)
	}
	texts = append(texts, "二、存在的问题", "一是执法力量不足。"+rivers, "二是培训不够系统，Excel 台账与 Word 文书未能同步更新。",
		"云溪县司法局", "2026年1月12日")
	title := "云溪县2025年度法治政府建设情况报告"
	f := fixture{name: "公文", file: pdftest.Paper(title, texts)}
	pages := paperPages(texts)
	f.want = append(f.want, paragraphWant{1, corpus.Heading, title})
	for i, s := range texts {
		role := corpus.Body
		if strings.HasPrefix(s, "一、") || strings.HasPrefix(s, "二、") || strings.HasPrefix(s, "（一）") {
			role = corpus.Heading
		}
		f.want = append(f.want, paragraphWant{pages[i], role, s})
	}
	for n := range pages[len(pages)-1] {
		f.want = append(f.want, paragraphWant{n + 1, corpus.Aside, fmt.Sprintf("— %d —", n+1)})
	}
	return f
}

// paperPages counts the lines of each paragraph as pdftest.Paper breaks them,
// after a title of one line and an empty one.
func paperPages(texts []string) []int {
	var out []int
	line := 2
	for _, s := range texts {
		out = append(out, line/22+1)
		line += len(pdftest.Break(s, 28, 2))
	}
	return out
}

// blocksFixture has paragraphs without an indent, told apart by their gaps.
func blocksFixture() fixture {
	f := &pdftest.File{}
	p := f.Add()
	texts := []string{opening, lawful, decide, rivers}
	y := 100.0
	for _, s := range texts {
		for _, l := range pdftest.Break(s, 32, 0) {
			p.Text(pdftest.Song, 14, 72, y, l)
			y += 21
		}
		y += 14
	}
	return fixture{name: "无缩进段落", file: f.Bytes(), want: body(1, texts...)}
}

// columnsFixture has two columns whose lines do not stand at one height.
func columnsFixture() fixture {
	f := &pdftest.File{}
	p := f.Add()
	p.Text(pdftest.Hei, 20, 178, 80, "云溪法治简报第七期发布")
	columns := [][]string{{opening, lawful}, {decide, rivers}}
	for i, texts := range columns {
		y := 130.0 + 9*float64(i)
		for _, s := range texts {
			for n, l := range pdftest.Break(s, 16, 2) {
				x := 60 + 250*float64(i)
				if n == 0 {
					x += 28
				}
				p.Text(pdftest.Song, 14, x, y, l)
				y += 22
			}
		}
	}
	want := []paragraphWant{{1, corpus.Heading, "云溪法治简报第七期发布"}}
	return fixture{name: "双栏", file: f.Bytes(), want: append(want, body(1, opening, lawful, decide, rivers)...)}
}

// verticalFixture is written downwards, columns from right to left.
func verticalFixture() fixture {
	f := &pdftest.File{}
	p := f.Add()
	texts := []string{strings.ReplaceAll(decide, "6", "六"), rivers}
	texts[0] = "严格执行重大行政决策程序规定，公布年度决策事项目录，全部履行公众参与、专家论证、风险评估、合法性审查和集体讨论决定程序。"
	texts[1] = "青石河、白鹭湖两处水源地的保护范围完成勘界立标，设置界桩与警示牌，清理违法建筑。"
	x := 500.0
	for _, s := range texts {
		for n, l := range pdftest.Break(s, 20, 2) {
			y := 100.0
			if n == 0 {
				y += 28
			}
			p.Column(14, x, y, l)
			x -= 24
		}
	}
	return fixture{name: "竖排", file: f.Bytes(), want: body(1, texts...)}
}

func doubledFixture() fixture {
	f := &pdftest.File{}
	p := f.Add()
	y := 100.0
	for i, l := range pdftest.Break(lawful, 28, 2) {
		x := 72.0
		if i == 0 {
			x += 28
		}
		p.Doubled(pdftest.Song, 14, x, y, l)
		y += 24
	}
	return fixture{name: "重影加粗", file: f.Bytes(), want: body(1, lawful)}
}

func charactersFixture() fixture {
	f := &pdftest.File{}
	p := f.Add()
	y := 100.0
	for i, l := range pdftest.Break(decide, 28, 2) {
		x := 72.0
		if i == 0 {
			x += 28
		}
		p.Characters(pdftest.Kai, 14, x, y, l)
		y += 24
	}
	return fixture{name: "逐字输出", file: f.Bytes(), want: body(1, decide)}
}

// marginsFixture has a header and a footer on each of three pages, and one
// paragraph that goes on over the page break.
func marginsFixture() fixture {
	f := &pdftest.File{}
	lines := pdftest.Break(strings.Repeat(lawful, 4), 28, 2)
	var want []paragraphWant
	for n := range 3 {
		p := f.Add()
		p.Text(pdftest.Song, 9, 230, 40, "云溪县法治政府建设材料汇编")
		p.Line(60, 46, 535, 46)
		p.Text(pdftest.Song, 9, 270, 810, fmt.Sprintf("第%d页 共3页", n+1))
		x := 74.0
		for i, l := range lines[n*len(lines)/3 : (n+1)*len(lines)/3] {
			in := 0.0
			if n == 0 && i == 0 {
				in = 32
			}
			p.Text(pdftest.Fangsong, 16, x+in, 100+28*float64(i), l)
		}
		want = append(want, paragraphWant{n + 1, corpus.Aside, "云溪县法治政府建设材料汇编"})
		if n == 0 {
			want = append(want, paragraphWant{1, corpus.Body, strings.Repeat(lawful, 4)})
		}
		want = append(want, paragraphWant{n + 1, corpus.Aside, fmt.Sprintf("第%d页 共3页", n+1)})
	}
	return fixture{name: "页眉页脚", file: f.Bytes(), want: want}
}

// rotatedFixture is a sheet on its side, its text turned so that a viewer
// shows it upright.
func rotatedFixture() fixture {
	f := &pdftest.File{}
	p := f.Add()
	p.Rotate = 90
	x := 100.0
	for i, l := range pdftest.Break(lawful, 36, 2) {
		y := 760.0
		if i == 0 {
			y -= 28
		}
		p.Turned(pdftest.Song, 14, x, y, 90, l)
		x += 24
	}
	return fixture{name: "旋转页", file: f.Bytes(), want: body(1, lawful)}
}

func ruledFixture() fixture {
	f := &pdftest.File{}
	p := f.Add()
	rows := [][]string{{"序号", "任务", "完成情况"}, {"1", "重大行政决策目录公布", "已公布6项，全部履行法定程序并归档备查"},
		{"2", "行政执法案卷评查", "评查4轮180宗"}, {"3", "执法人员培训", ""}}
	p.Text(pdftest.Song, 14, 72, 90, "现将任务完成情况列表如下：")
	y := p.Table(pdftest.Song, 12, 72, 110, []float64{50, 180, 200}, rows)
	p.Text(pdftest.Song, 14, 72, y+30, "以上数据截至2025年12月31日。")
	want := body(1, "现将任务完成情况列表如下：")
	for _, r := range rows {
		want = append(want, paragraphWant{1, corpus.Row, strings.Join(r, "\t")})
	}
	return fixture{name: "有线表格", file: f.Bytes(), want: append(want, body(1, "以上数据截至2025年12月31日。")...)}
}

func alignedFixture() fixture {
	f := &pdftest.File{}
	p := f.Add()
	rows := [][]string{{"单位", "案件数", "听证数"}, {"城管局", "81", "3"}, {"水利局", "27", "1"}, {"文旅局", "12", "0"}}
	p.Text(pdftest.Song, 14, 72, 90, "各单位办案情况如下：")
	var want []paragraphWant
	for i, r := range rows {
		for j, c := range r {
			p.Text(pdftest.Song, 12, 90+140*float64(j), 120+22*float64(i), c)
		}
		want = append(want, paragraphWant{1, corpus.Row, strings.Join(r, "\t")})
	}
	return fixture{name: "无线表格", file: f.Bytes(), want: append(body(1, "各单位办案情况如下："), want...)}
}

func watermarkFixture() fixture {
	f := &pdftest.File{}
	p := f.Add()
	for i, l := range pdftest.Break(rivers, 28, 2) {
		x := 72.0
		if i == 0 {
			x += 32
		}
		p.Text(pdftest.Fangsong, 16, x, 100+28*float64(i), l)
	}
	p.Turned(pdftest.Song, 40, 150, 500, 45, "内部资料")
	want := append(body(1, rivers), paragraphWant{1, corpus.Aside, "内部资料"})
	return fixture{name: "水印", file: f.Bytes(), want: want}
}

func notesFixture() fixture {
	f := &pdftest.File{}
	p := f.Add()
	p.Text(pdftest.Song, 14, 72, 100, "填报单位如下表单所示。")
	p.Note("此处应补充完成时限")
	p.Field("云溪县水利局")
	want := append(body(1, "填报单位如下表单所示。"), paragraphWant{1, corpus.Aside, "此处应补充完成时限"}, paragraphWant{1, corpus.Aside, "云溪县水利局"})
	return fixture{name: "批注与表单", file: f.Bytes(), want: want}
}

func hiddenFixture() fixture {
	f := &pdftest.File{}
	p := f.Add()
	p.Picture(0, 0, pdftest.Width, pdftest.Height)
	for i, l := range pdftest.Break(lawful, 28, 0) {
		p.Hidden(pdftest.Song, 14, 72, 100+24*float64(i), l)
	}
	return fixture{name: "扫描件自带文字层", file: f.Bytes(), want: body(1, lawful)}
}

func scanPageFixture() fixture {
	f := &pdftest.File{}
	p := f.Add()
	for i, l := range pdftest.Break(lawful, 28, 0) {
		p.Text(pdftest.Song, 14, 72, 100+24*float64(i), l)
	}
	q := f.Add()
	q.Width, q.Height = 300, 200
	q.Picture(0, 0, 300, 200)
	return fixture{name: "夹有扫描页", file: f.Bytes(), want: body(1, lawful), unread: []int{2}}
}

func strangePageFixture() fixture {
	f := &pdftest.File{}
	p := f.Add()
	p.Text(pdftest.Song, 14, 72, 100, "正常的一页，共一段。")
	q := f.Add()
	for i, l := range pdftest.Break(lawful, 28, 0) {
		q.Text(pdftest.Strange, 14, 72, 100+24*float64(i), l)
	}
	return fixture{name: "夹有乱码页", file: f.Bytes(), want: body(1, "正常的一页，共一段。"), unread: []int{2}}
}

// ownerFixture is encrypted, but opens without a password.
func ownerFixture() fixture {
	f := &pdftest.File{OwnerPassword: "suo"}
	p := f.Add()
	p.Text(pdftest.Song, 14, 72, 100, "本文件限制修改，不限制阅读。")
	return fixture{name: "限制修改", file: f.Bytes(), want: body(1, "本文件限制修改，不限制阅读。")}
}

// lookalikeFixture writes radicals for characters, as fonts that share their
// glyphs make producers do.
func lookalikeFixture() fixture {
	f := &pdftest.File{}
	p := f.Add()
	p.Text(pdftest.Song, 14, 72, 100, "⽅案由⼈⺠政府印发，⻓期有效〔2025〕。")
	return fixture{name: "部首字符", file: f.Bytes(), want: body(1, "方案由人民政府印发，长期有效〔2025〕。")}
}

// wrappedFixture is a table without ruling lines whose cells are wrapped, the
// first ones in the middle of their rows.
func wrappedFixture() fixture {
	f := &pdftest.File{}
	p := f.Add()
	p.Text(pdftest.Song, 14, 72, 90, "任务分工如下：")
	rows := [][]string{{"序号", "任务", "责任单位"}, {"1", "公布重大行政决策事项目录并按季通报办理情况", "县政府办"},
		{"2", "开展案卷评查", "县司法局"}, {"3", "清理与上位法不一致的规范性文件", "县司法局"}}
	want := body(1, "任务分工如下：")
	y := 130.0
	for _, r := range rows {
		lines := pdftest.Break(r[1], 12, 0)
		for i, l := range lines {
			p.Text(pdftest.Song, 12, 130, y+16*float64(i), l)
		}
		middle := y + 8*float64(len(lines)-1)
		p.Text(pdftest.Song, 12, 80, middle, r[0])
		p.Text(pdftest.Song, 12, 330, middle, r[2])
		y += 16*float64(len(lines)) + 12
		want = append(want, paragraphWant{1, corpus.Row, strings.Join(r, "\t")})
	}
	p.Text(pdftest.Song, 14, 72, y+20, "以上任务年底前完成。")
	return fixture{name: "无线表格折行", file: f.Bytes(), want: append(want, body(1, "以上任务年底前完成。")...)}
}

// pairsFixture is a table of two columns without ruling lines.
func pairsFixture() fixture {
	f := &pdftest.File{}
	p := f.Add()
	p.Text(pdftest.Song, 14, 72, 90, "整改情况如下：")
	want := body(1, "整改情况如下：")
	for i, r := range [][]string{{"执法人员持证上岗", "已完成"}, {"案卷归档不及时", "正在整改"}, {"罚没物品管理", "已完成"}, {"普法台账", "长期坚持"}} {
		p.Text(pdftest.Song, 12, 90, 120+20*float64(i), r[0])
		p.Text(pdftest.Song, 12, 300, 120+20*float64(i), r[1])
		want = append(want, paragraphWant{1, corpus.Row, strings.Join(r, "\t")})
	}
	return fixture{name: "无线两列", file: f.Bytes(), want: want}
}

// stampedFixture has a level watermark in large type across its text.
func stampedFixture() fixture {
	f := &pdftest.File{}
	p := f.Add()
	for i, l := range pdftest.Break(strings.Repeat(rivers, 3), 28, 2) {
		x := 72.0
		if i == 0 {
			x += 32
		}
		p.Text(pdftest.Fangsong, 16, x, 100+28*float64(i), l)
	}
	p.Text(pdftest.Song, 48, 180, 165, "征求意见稿")
	want := append(body(1, strings.Repeat(rivers, 3)), paragraphWant{1, corpus.Aside, "征求意见稿"})
	return fixture{name: "横排水印", file: f.Bytes(), want: want}
}

// wideHeaderFixture has headers that reach further out than the text, as
// browsers print them.
func wideHeaderFixture() fixture {
	f := &pdftest.File{}
	lines := pdftest.Break(strings.Repeat(decide, 4), 26, 2)
	var want []paragraphWant
	for n := range 2 {
		p := f.Add()
		p.Text(pdftest.Song, 8, 20, 30, "26/1/12 09:30")
		p.Text(pdftest.Song, 8, 20, 826, fmt.Sprintf("云溪县政府网 第%d页", n+1))
		for i, l := range lines[n*len(lines)/2 : (n+1)*len(lines)/2] {
			in := 0.0
			if n == 0 && i == 0 {
				in = 32
			}
			p.Text(pdftest.Fangsong, 16, 90+in, 100+28*float64(i), l)
		}
		want = append(want, paragraphWant{n + 1, corpus.Aside, "26/1/12 09:30"})
		if n == 0 {
			want = append(want, paragraphWant{1, corpus.Body, strings.Repeat(decide, 4)})
		}
		want = append(want, paragraphWant{n + 1, corpus.Aside, fmt.Sprintf("云溪县政府网 第%d页", n+1)})
	}
	return fixture{name: "宽页眉", file: f.Bytes(), want: want}
}

// brokenRowFixture has a table whose last row on a page goes on on the next.
func brokenRowFixture() fixture {
	f := &pdftest.File{}
	p := f.Add()
	p.Text(pdftest.Song, 14, 72, 90, "任务分解如下：")
	left, top, bottom := []float64{72.0, 110.0, 410.0, 500.0}, 110.0, 780.0
	p.Line(left[0], top, left[3], top)
	p.Line(left[0], 700, left[3], 700)
	cells := func(p *pdftest.Page, y float64, first string, lines []string, last string) {
		p.Text(pdftest.Song, 12, left[0]+6, y, first)
		for i, l := range lines {
			p.Text(pdftest.Song, 12, left[1]+6, y+18*float64(i), l)
		}
		p.Text(pdftest.Song, 12, left[2]+6, y, last)
	}
	cells(p, 130, "1", pdftest.Break(lawful, 24, 0), "县司法局")
	lines := pdftest.Break(decide, 24, 0)
	cells(p, 720, "2", lines[:2], "县政府办")
	q := f.Add()
	cells(q, 80, "", lines[2:], "")
	for _, x := range left {
		p.Line(x, top, x, bottom)
		q.Line(x, 66, x, 160)
	}
	q.Line(left[0], 160, left[3], 160)
	want := body(1, "任务分解如下：")
	want = append(want, paragraphWant{1, corpus.Row, "1\t" + lawful + "\t县司法局"}, paragraphWant{1, corpus.Row, "2\t" + decide + "\t县政府办"})
	return fixture{name: "跨页表格行", file: f.Bytes(), want: want}
}

// outlinedFixture has a page whose characters were turned into drawings.
func outlinedFixture() fixture {
	f := &pdftest.File{}
	f.Add().Text(pdftest.Song, 14, 72, 100, "正常的一页，共一段。")
	f.Add().Outlines(14, 72, 100, 120)
	return fixture{name: "文字转曲", file: f.Bytes(), want: body(1, "正常的一页，共一段。"), unread: []int{2}}
}

// repeatedFixture has a character that the author wrote twice, once on each
// side of a page break.
func repeatedFixture() fixture {
	f := &pdftest.File{}
	runes := []rune(strings.Repeat("稳步推进法治政府建设各项任务", 12))
	const first, full = 26, 28 // characters of the first line and of the others
	runes[first+2*full-1], runes[first+2*full] = '年', '年'
	p := f.Add()
	p.Text(pdftest.Fangsong, 16, 74+32, 500, string(runes[:first]))
	p.Text(pdftest.Fangsong, 16, 74, 528, string(runes[first:first+full]))
	p.Text(pdftest.Fangsong, 16, 74, 556, string(runes[first+full:first+2*full]))
	q := f.Add()
	for i, l := range pdftest.Break(string(runes[first+2*full:]), full, 0) {
		q.Text(pdftest.Fangsong, 16, 74, 100+28*float64(i), l)
	}
	text := string(runes)
	return fixture{name: "跨页叠字", file: f.Bytes(), want: body(1, text)}
}
