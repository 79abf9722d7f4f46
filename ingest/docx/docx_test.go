package docx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"duibiao/corpus"
	"duibiao/corpus/readertest"
	"duibiao/ingest/capped"
	"duibiao/ingest/docx/docxtest"

	"github.com/google/go-cmp/cmp"
)

func write(t testing.TB, b []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.docx")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// read is the document of d, each paragraph as "role level|text".
func read(t *testing.T, d docxtest.Doc) (*corpus.Document, []string) {
	t.Helper()
	doc, err := Read(t.Context(), write(t, docxtest.Build(d)), Limits{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	readertest.Check(t, doc)
	var got []string
	for _, p := range doc.Paragraphs {
		role := map[corpus.Role]string{corpus.Body: "", corpus.Heading: fmt.Sprintf("h%d ", p.Level), corpus.Aside: "aside ", corpus.Row: "row "}[p.Role]
		got = append(got, role+doc.Text(p.Span))
		if p.Page != 0 {
			t.Errorf("paragraph on page %d of a format without pages", p.Page)
		}
	}
	return doc, got
}

func chinese(style1, style2 string) docxtest.List {
	return docxtest.List{Levels: []docxtest.Level{
		{Format: "chineseCountingThousand", Text: "%1、", Suffix: "nothing", Style: style1},
		{Format: "chineseCountingThousand", Text: "（%2）", Suffix: "nothing", Style: style2},
		{Format: "decimal", Text: "%3."},
		{Format: "decimal", Text: "（%4）"},
		{Format: "decimalEnclosedCircle", Text: "%5"},
	}}
}

func item(list, level int, text string) docxtest.Block {
	return docxtest.Para{List: list, Level: level, Text: text}
}

func TestRead(t *testing.T) {
	tests := []struct {
		name string
		doc  docxtest.Doc
		want []string
	}{
		{"numbers of all levels", docxtest.Doc{Lists: []docxtest.List{chinese("", "")}, Body: []docxtest.Block{
			item(1, 0, "情况"), item(1, 1, "做法"), item(1, 2, "甲"), item(1, 2, "乙"), item(1, 3, "丙"), item(1, 4, "丁"), item(1, 4, "戊"),
			item(1, 1, "成效"), item(1, 2, "己"), item(1, 0, "问题"), item(1, 1, "庚")}},
			[]string{"一、情况", "（一）做法", "1.甲", "2.乙", "（1）丙", "①丁", "②戊", "（二）成效", "1.己", "二、问题", "（一）庚"}},
		{"numbers by style", docxtest.Doc{Lists: []docxtest.List{chinese("Heading1", "Heading2")}, Styles: linked("Heading1", 0) + linked("Heading2", 1), Body: []docxtest.Block{
			docxtest.Para{Style: "Title", Text: "工作方案"}, docxtest.Para{Style: "H1n", Text: "目标"}, docxtest.Para{Style: "H2n", Text: "任务"}, docxtest.P("正文。"), docxtest.Para{Style: "H2n", Text: "要求"}, docxtest.Para{Style: "H1n", Text: "保障"}}},
			[]string{"h1 工作方案", "h1 一、目标", "h2 （一）任务", "正文。", "h2 （二）要求", "h1 二、保障"}},
		{"a list that goes on and one that begins anew", docxtest.Doc{Lists: []docxtest.List{chinese("", ""), {Like: 1}, {Like: 1, Start: 1}, {Like: 1, Start: 7}}, Body: []docxtest.Block{
			item(1, 0, "甲"), item(2, 0, "乙"), item(3, 0, "丙"), item(3, 0, "丁"), item(4, 0, "戊"), item(1, 0, "己")}},
			[]string{"一、甲", "二、乙", "一、丙", "二、丁", "七、戊", "八、己"}},
		{"articles", docxtest.Doc{Lists: []docxtest.List{{Levels: []docxtest.Level{{Format: "chineseCountingThousand", Text: "第%1章", Suffix: "space"}, {Format: "chineseCountingThousand", Text: "第%2条", Suffix: "space", Extra: `<w:lvlRestart w:val="0"/>`}}}}, Body: []docxtest.Block{
			item(1, 0, "总则"), item(1, 1, "为了规范。"), item(1, 1, "适用本办法。"), item(1, 0, "职责"), item(1, 1, "各部门负责。")}},
			[]string{"第一章 总则", "第一条 为了规范。", "第二条 适用本办法。", "第二章 职责", "第三条 各部门负责。"}},
		{"figures of all levels in one", docxtest.Doc{Lists: []docxtest.List{{Levels: []docxtest.Level{{Format: "chineseCounting", Text: "%1、"}, {Format: "decimal", Text: "%1.%2", Extra: `<w:isLgl/>`, Suffix: "space"}}}}, Body: []docxtest.Block{
			item(1, 0, "甲"), item(1, 1, "乙"), item(1, 1, "丙")}},
			[]string{"一、甲", "1.1 乙", "1.2 丙"}},
		{"figures of a width", docxtest.Doc{Lists: []docxtest.List{{Levels: []docxtest.Level{{Format: `custom" w:format="001, 002, 003, ...`, Text: "%1", Start: 99, Suffix: "space"}}}}, Body: []docxtest.Block{item(1, 0, "甲"), item(1, 0, "乙")}},
			[]string{"099 甲", "100 乙"}},
		{"bullets", docxtest.Doc{Lists: []docxtest.List{{Levels: []docxtest.Level{{Format: "bullet", Text: "\uf06c"}, {Format: "bullet", Text: "—"}}}}, Body: []docxtest.Block{item(1, 0, "甲"), item(1, 1, "乙")}},
			[]string{"• 甲", "— 乙"}},
		{"no number", docxtest.Doc{Lists: []docxtest.List{chinese("", "")}, Body: []docxtest.Block{item(1, 0, "甲"), docxtest.Raw(`<w:p><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr><w:r><w:t>乙</w:t></w:r></w:p>`), item(9, 0, "丙")}},
			[]string{"一、甲", "乙", "丙"}},
		{"headings", docxtest.Doc{Body: []docxtest.Block{docxtest.H(1, "甲"), docxtest.H(3, "乙"),
			docxtest.Raw(`<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:r><w:t>丙</w:t></w:r></w:p>`),
			docxtest.Raw(`<w:p><w:pPr><w:pStyle w:val="Heading1"/><w:outlineLvl w:val="9"/></w:pPr><w:r><w:t>丁</w:t></w:r></w:p>`),
			docxtest.H(2, "（一）加强领导。"+strings.Repeat("成立领导小组，明确职责分工，", 4)+"定期研究。")}},
			[]string{"h1 甲", "h3 乙", "h2 丙", "丁", "（一）加强领导。" + strings.Repeat("成立领导小组，明确职责分工，", 4) + "定期研究。"}},
		{"runs", docxtest.Doc{Body: []docxtest.Block{docxtest.Para{Runs: []docxtest.Run{docxtest.Text("政务"), docxtest.Bold("公开"), docxtest.Text("\t表\n行"), "<w:r><w:noBreakHyphen/><w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:t>换\n行</w:t></w:r>"}}}},
			[]string{"政务公开\t表\n行-☑换 行"}},
		{"tracked changes", docxtest.Doc{Body: []docxtest.Block{docxtest.Para{Runs: []docxtest.Run{docxtest.Text("年底前"), docxtest.Deleted("基本"), docxtest.Inserted("全部"), docxtest.Text("完成")}},
			docxtest.Raw(`<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p>`), docxtest.P("后半")}},
			[]string{"年底前全部完成", "前半后半"}},
		{"hidden text", docxtest.Doc{Body: []docxtest.Block{docxtest.Para{Runs: []docxtest.Run{docxtest.Text("明"), docxtest.Hidden("暗"), docxtest.Text("处")}}, docxtest.Para{Runs: []docxtest.Run{docxtest.Hidden("全暗")}}}},
			[]string{"明处"}},
		{"fields", docxtest.Doc{Body: []docxtest.Block{docxtest.Para{Runs: []docxtest.Run{docxtest.Text("共"), docxtest.Field("=SUM(ABOVE)", "35"), docxtest.Text("件")}},
			docxtest.Raw(`<w:p><w:fldSimple w:instr=" REF x "><w:r><w:t>见附件</w:t></w:r></w:fldSimple></w:p>`),
			docxtest.Raw(`<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>坏</w:instrText></w:r></w:p>`), docxtest.P("后文还在")}},
			[]string{"共35件", "见附件", "后文还在"}},
		{"table of contents", docxtest.Doc{Body: []docxtest.Block{
			docxtest.Raw(`<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \o "1-3" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>一、情况 1</w:t></w:r></w:p>`),
			docxtest.Raw(`<w:p><w:r><w:t>二、问题 3</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`), docxtest.H(1, "一、情况")}},
			[]string{"aside 一、情况 1", "aside 二、问题 3", "h1 一、情况"}},
		{"a text box once", docxtest.Doc{Body: []docxtest.Block{docxtest.Para{Runs: []docxtest.Run{docxtest.Text("正文"), docxtest.Box("框里的字")}}}},
			[]string{"正文", "框里的字"}},
		{"what only wraps", docxtest.Doc{Body: []docxtest.Block{
			docxtest.Raw(`<w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent><w:p><w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink><w:sdt><w:sdtContent><w:r><w:t>接</w:t></w:r></w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>`),
			docxtest.Raw(`<w:customXml w:element="x"><w:p><w:smartTag w:element="y"><w:r><w:t>标记</w:t></w:r></w:smartTag></w:p></w:customXml>`),
			docxtest.Raw(`<w:p><w:r><w:ruby><w:rt><w:r><w:t>han</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>汉</w:t></w:r></w:rubyBase></w:ruby></w:r><m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath></w:p>`)}},
			[]string{"链接", "标记", "汉x+1"}},
		{"outside the text", docxtest.Doc{Header: "某局文件", Footer: "第#页", Footnotes: []string{"注甲"}, Endnotes: []string{"注乙"}, Comments: []string{"请补充"}, Body: []docxtest.Block{
			docxtest.Para{Runs: []docxtest.Run{docxtest.Text("正文"), docxtest.Note(1), docxtest.Endnote(1)}}, docxtest.P("结尾")}},
			[]string{"正文", "结尾", "注甲", "注乙", "aside 某局文件", "aside 第1页", "aside 请补充"}},
		{"tables", docxtest.Doc{Lists: []docxtest.List{{Levels: []docxtest.Level{{Format: "decimal", Text: "%1"}}}}, Body: []docxtest.Block{tableOf(
			[][]docxtest.Cell{{{Text: "序号"}, {Text: "任务", Span: 2}}, {{List: 1}, {Text: "甲", Merge: "restart"}, {Text: "一段\n二段"}}, {{List: 1}, {Text: "x", Merge: "continue"}, {}}, {{}, {}, {}}, {{Text: "外", Inner: []docxtest.Block{docxtest.Rows([]string{"内", "表"})}}, {}, {Text: "后"}}})}},
			[]string{"row 序号\t任务", "row 1\t甲\t一段 二段", "row 2", "row 外\t\t后", "row 内\t表"}},
		{"a frame around text", docxtest.Doc{Body: []docxtest.Block{tableOf([][]docxtest.Cell{{{Text: "一、情况\n全年立案九起。"}}})}},
			[]string{"一、情况", "全年立案九起。"}},
		{"signs that a field makes", docxtest.Doc{Body: []docxtest.Block{
			ring(`<w:instrText> eq \o\ac(○,</w:instrText></w:r><w:r><w:instrText>3</w:instrText></w:r><w:r><w:instrText>)</w:instrText>`, "县委编办"),
			ring(`<w:instrText>EQ \o \ac(○,\s\up2(十))</w:instrText>`, "后"), ring(`<w:instrText>EQ \f(3,4)</w:instrText>`, "以上"),
			ring(`<w:instrText>SYMBOL 254 \f "Wingdings" \s 12</w:instrText>`, "是"), ring(`<w:instrText>MACROBUTTON NoMacro 点此 填写</w:instrText>`, "。"),
			docxtest.Raw(`<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>公开</w:t></w:r></w:p>`),
			docxtest.Raw(`<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="甲类"/><w:listEntry w:val="乙类"/></w:ddList></w:ffData></w:fldChar></w:r><w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`)}},
			[]string{"③县委编办", "㊉后", "3/4以上", "☑是", "点此 填写。", "☑公开", "乙类"}},
		{"SmartArt and drawn words", docxtest.Doc{Parts: map[string]string{
			"word/_rels/document.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="d1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData" Target="diagrams/data1.xml"/></Relationships>`,
			"word/diagrams/data1.xml":      `<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><dgm:ptLst><dgm:pt type="doc"><dgm:t><a:p><a:r><a:t>不是</a:t></a:r></a:p></dgm:t></dgm:pt><dgm:pt><dgm:t><a:p><a:r><a:t>组长</a:t></a:r><a:r><a:t>：局长</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:ptLst></dgm:dataModel>`},
			Body: []docxtest.Block{docxtest.Raw(`<w:p><w:r><w:t>机构如图</w:t></w:r><w:r><w:drawing><wp:inline><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/diagram"><dgm:relIds xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:dm="d1"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r><w:r><w:pict><v:shape><v:textpath string="溪桥县文件"/></v:shape></w:pict></w:r></w:p>`)}},
			[]string{"机构如图", "组长：局长", "溪桥县文件"}},
		{"signs of newer fonts", docxtest.Doc{Body: []docxtest.Block{docxtest.Raw(`<w:p><w:r><mc:AlternateContent><mc:Choice Requires="w16se"><x:symEx xmlns:x="y" char="2611"/></mc:Choice><mc:Fallback><w:t>☑</w:t></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>是</w:t></w:r></w:p>`)}}, []string{"☑是"}},
		{"a page ends a paragraph", docxtest.Doc{Body: []docxtest.Block{docxtest.Raw(`<w:p><w:r><w:t>落款</w:t></w:r><w:r><w:br w:type="page"/><w:t>附件</w:t></w:r></w:p>`)}}, []string{"落款", "附件"}},
		{"a moved sentence", docxtest.Doc{Body: []docxtest.Block{docxtest.Raw(`<w:p><w:moveFrom w:id="1"><w:r><w:t>甲。</w:t></w:r></w:moveFrom><w:r><w:t>乙。</w:t></w:r><w:moveTo w:id="2"><w:r><w:t>甲。</w:t></w:r></w:moveTo></w:p>`)}}, []string{"乙。甲。"}},
		{"soft line breaks", docxtest.Doc{Body: []docxtest.Block{docxtest.P("一、情况\n全年立案九起。\n二、问题"), docxtest.P("关于\n情况的报告"), docxtest.P("投入\n3.5万元，开展\n三条措施"), docxtest.P("目标：\n甲。\n（1）乙")}},
			[]string{"一、情况\n全年立案九起。", "二、问题", "关于\n情况的报告", "投入\n3.5万元，开展\n三条措施", "目标：", "甲。", "（1）乙"}},
		{"strict edition", docxtest.Doc{Strict: true, Header: "眉", Lists: []docxtest.List{chinese("", "")}, Body: []docxtest.Block{item(1, 1, "甲"), docxtest.H(1, "乙"), docxtest.Rows([]string{"丙", "丁"})}},
			[]string{"（一）甲", "h1 乙", "row 丙\t丁", "aside 眉"}},
		{"UTF-16", docxtest.Doc{UTF16: true, Body: []docxtest.Block{docxtest.P("正文")}}, []string{"正文"}},
		{"no relations", docxtest.Doc{NoRels: true, Header: "眉", Lists: []docxtest.List{chinese("", "")}, Body: []docxtest.Block{item(1, 0, "甲")}}, []string{"一、甲", "aside 眉"}},
		{"forbidden characters", docxtest.Doc{Body: []docxtest.Block{docxtest.Raw("<w:p><w:r><w:t>甲\x01乙&#x2;丙&#55357;\uffff丁</w:t></w:r></w:p>")}}, []string{"甲乙丙丁"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, got := read(t, tt.doc)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("paragraphs (-want +got):\n%s", diff)
			}
		})
	}
}

// ring is a paragraph that begins with a field without a result.
func ring(instruction, text string) docxtest.Block {
	return docxtest.Raw(`<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r>` + instruction + `</w:r><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>` + text + `</w:t></w:r></w:p>`)
}

func tableOf(rows [][]docxtest.Cell) docxtest.Table { return docxtest.Table{Rows: rows} }

// linked is a style like the heading, numbered by list 1.
func linked(heading string, level int) string {
	return fmt.Sprintf(`<w:style w:type="paragraph" w:styleId="H%dn"><w:name w:val="x%d"/><w:basedOn w:val="%s"/><w:pPr><w:numPr><w:ilvl w:val="%d"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>`, level+1, level, heading, level)
}

func TestReadReportsWhatItLeavesOut(t *testing.T) {
	picture := docxtest.Raw(`<w:p><w:r><w:drawing><wp:inline><wp:extent cx="6000000" cy="8000000"/><a:graphic><a:graphicData uri="x"><pic:pic/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`)
	photo := docxtest.Raw(strings.Replace(string(picture), `cy="8000000"`, `cy="3000000"`, 1))
	doc, _ := read(t, docxtest.Doc{Body: []docxtest.Block{docxtest.Raw(`<w:altChunk/>`), docxtest.Para{Runs: []docxtest.Run{docxtest.Text("明"), docxtest.Hidden("暗处"), docxtest.Deleted("删去"), docxtest.Inserted("新"), docxtest.Field(`DATE \@ "yyyy"`, "年")}}, photo, photo, picture}})
	var got []string
	for _, w := range doc.Warnings {
		got = append(got, w.Message)
	}
	want := []string{
		"文件带有修订痕迹：标为删除的2字没有计入，标为新增的1字按已接受计入。",
		"文件有隐藏文字2字，没有计入。",
		"文件里有1处插入的其他文档，其中的文字没有读取（在开头）。",
		"文件里有2处较大的图片，其中的文字没有读取（在“明新年”之后）。",
		"文中有随打开日期自动更新的日期，读到的不一定是成文日期，请核对。",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
	unread := []corpus.Warning{{Message: "需OCR：文件里有1处整页大小的图片，其中的文字没有读取（在“明新年”之后）。"}}
	if diff := cmp.Diff(unread, doc.Unread); diff != "" {
		t.Errorf("unread (-want +got):\n%s", diff)
	}
}

func TestReadErrors(t *testing.T) {
	whole := docxtest.Build(docxtest.Doc{Body: []docxtest.Block{docxtest.P("正文")}})
	oleHead := "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 600)
	encrypted := oleHead + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00"
	deep := strings.Repeat("<w:smartTag>", 500) + strings.Repeat("</w:smartTag>", 500)
	random := make([]byte, 64<<10)
	x := uint32(1)
	for i := range random {
		x = x*1664525 + 1013904223
		random[i] = 'a' + byte(x>>24)%16
	}
	tests := []struct {
		name string
		b    []byte
		lim  Limits
		want error
	}{
		{"no bytes", nil, Limits{}, corpus.ErrEmpty},
		{"no text", docxtest.Build(docxtest.Doc{Header: "眉", Body: []docxtest.Block{docxtest.P(" ")}}), Limits{}, corpus.ErrEmpty},
		{"a picture only", docxtest.Build(docxtest.Doc{Body: []docxtest.Block{docxtest.Raw(`<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><pic:pic/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`)}}), Limits{}, corpus.ErrNoText},
		{"no package", []byte("正文"), Limits{}, corpus.ErrBroken},
		{"cut package", whole[:len(whole)/2], Limits{}, corpus.ErrBroken},
		{"cut XML", docxtest.Build(docxtest.Doc{Parts: map[string]string{"word/document.xml": `<w:document><w:body><w:p>`}}), Limits{}, corpus.ErrBroken},
		{"no main part", zipOf(t, "a.txt", "甲"), Limits{}, corpus.ErrBroken},
		{"broken styles", docxtest.Build(docxtest.Doc{Parts: map[string]string{"word/styles.xml": "<w:styles"}, Body: []docxtest.Block{docxtest.P("甲")}}), Limits{}, corpus.ErrBroken},
		{"password", []byte(encrypted), Limits{}, corpus.ErrEncrypted},
		{"older format", []byte(oleHead), Limits{}, corpus.ErrUnsupported},
		{"over the size of a part", docxtest.Build(docxtest.Doc{Body: []docxtest.Block{docxtest.P(string(random))}}), Limits{Parts: capped.Parts{PartBytes: 1 << 15}}, corpus.ErrTooLarge},
		{"over the size of all parts", docxtest.Build(docxtest.Doc{Body: []docxtest.Block{docxtest.P(string(random))}}), Limits{Parts: capped.Parts{AllBytes: 1 << 15}}, corpus.ErrTooLarge},
		{"packed too well", docxtest.Build(docxtest.Doc{Body: []docxtest.Block{docxtest.P(strings.Repeat("0", 1<<20))}}), Limits{Parts: capped.Parts{RatioFrom: 1 << 12}}, corpus.ErrTooLarge},
		{"too deep", docxtest.Build(docxtest.Doc{Body: []docxtest.Block{docxtest.Raw("<w:p>" + deep + "</w:p>")}}), Limits{}, corpus.ErrTooLarge},
		{"too deep outside paragraphs", docxtest.Build(docxtest.Doc{Body: []docxtest.Block{docxtest.Raw(deep)}}), Limits{}, corpus.ErrTooLarge},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := Read(t.Context(), write(t, tt.b), tt.lim, nil)
			if !errors.Is(err, tt.want) || doc != nil {
				t.Errorf("Read = %v, %v, want %v", doc, err, tt.want)
			}
		})
	}
	if _, err := Read(t.Context(), filepath.Join(t.TempDir(), "none.docx"), Limits{}, nil); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("Read of no file: %v", err)
	}
}

func zipOf(t testing.TB, name, content string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestTables(t *testing.T) {
	doc := docxtest.Doc{Lists: []docxtest.List{{Levels: []docxtest.Level{{Format: "decimal", Text: "%1"}}}}, Body: []docxtest.Block{
		docxtest.P("指标体系"),
		tableOf([][]docxtest.Cell{
			{{Text: "序号"}, {Text: "指标", Span: 2}, {Text: "要点"}},
			{{List: 1}, {Text: "甲", Merge: "restart"}, {Text: "乙"}, {Text: "一是。\n二是。"}},
			{{List: 1}, {Merge: "continue"}, {Text: "丙", Inner: []docxtest.Block{docxtest.Rows([]string{"内"})}}, {}},
		}),
		docxtest.Rows([]string{"又一张"}),
	}}
	got, beside, err := Tables(write(t, docxtest.Build(doc)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"指标体系"}, beside); diff != "" {
		t.Errorf("paragraphs beside the tables (-want +got):\n%s", diff)
	}
	want := [][][]Cell{
		{
			{{Text: "序号"}, {Text: "指标"}, {}, {Text: "要点"}},
			{{Text: "1"}, {Text: "甲"}, {Text: "乙"}, {Text: "一是。\n二是。"}},
			{{Text: "2"}, {Above: true}, {Text: "丙"}, {}},
		},
		{{{Text: "内"}}},
		{{{Text: "又一张"}}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("tables (-want +got):\n%s", diff)
	}
	if _, _, err := Tables(write(t, []byte("x"))); !errors.Is(err, corpus.ErrBroken) {
		t.Errorf("Tables of no package: %v", err)
	}
	if got, _, err := Tables(write(t, docxtest.Build(docxtest.Doc{Body: []docxtest.Block{docxtest.P("无表")}}))); err != nil || len(got) != 0 {
		t.Errorf("Tables without one = %v, %v", got, err)
	}
}

func TestNumeral(t *testing.T) {
	tests := []struct {
		format string
		n      int
		want   string
	}{
		{"decimal", 12, "12"}, {"decimalZero", 7, "07"}, {"decimalFullWidth", 12, "１２"},
		{"chineseCounting", 10, "十"}, {"chineseCounting", 21, "二十一"}, {"chineseCounting", 102, "一〇二"},
		{"chineseCountingThousand", 11, "十一"}, {"chineseCountingThousand", 20, "二十"}, {"chineseCountingThousand", 101, "一百零一"},
		{"chineseCountingThousand", 110, "一百一十"}, {"chineseCountingThousand", 1005, "一千零五"}, {"chineseCountingThousand", 0, "零"}, {"chineseCountingThousand", 10000, "10000"},
		{"chineseLegalSimplified", 12, "壹拾贰"}, {"ideographDigital", 105, "一〇五"}, {"ideographTraditional", 2, "乙"}, {"ideographTraditional", 11, "11"},
		{"ideographZodiac", 3, "寅"}, {"ideographZodiacTraditional", 13, "丙子"}, {"decimalEnclosedCircle", 1, "①"}, {"decimalEnclosedCircle", 20, "⑳"}, {"decimalEnclosedCircle", 21, "㉑"},
		{"decimalEnclosedCircle", 36, "㊱"}, {"decimalEnclosedCircle", 51, "51"}, {"decimalEnclosedParen", 3, "⑶"}, {"decimalEnclosedFullstop", 9, "⒐"},
		{"upperRoman", 1994, "MCMXCIV"}, {"lowerRoman", 4, "iv"}, {"upperLetter", 27, "AA"}, {"lowerLetter", 3, "c"}, {"unheard of", 5, "5"}, {"upperRoman", -1, "-1"},
	}
	for _, tt := range tests {
		if got := numeral(tt.format, tt.n); got != tt.want {
			t.Errorf("numeral(%s, %d) = %q, want %q", tt.format, tt.n, got, tt.want)
		}
	}
}

// FuzzMainPart: whatever XML stands in the main part, the result is a lawful
// document or a named error.
func FuzzMainPart(f *testing.F) {
	f.Add(`<w:p><w:pPr><w:numPr><w:ilvl w:val="99"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>`)
	f.Add(`<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="-5"/></w:tcPr></w:tc></w:tr></w:tbl><w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`)
	f.Add(`<mc:AlternateContent/><w:p><w:del><w:r><w:delText>x</w:delText></w:r></w:del><w:r><w:sym w:char="zz"/></w:r></w:p>`)
	f.Add("<w:p><w:r><w:t>\x00&#x1;\xff</w:t></w:r></w:p></w:body><x>")
	f.Add(`<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>尾</w:t></w:r></w:p>`)
	f.Add(`<w:p><w:r><w:pict><v:shape style="width:1e9pt;height:-5cm"><v:imagedata r:id="picture1"/></v:shape></w:pict></w:r><w:r><w:t>甲</w:t></w:r></w:p>`)
	f.Add(string(docxtest.Picture(1, 15, 21)))
	pictures := sheets(f, 1)
	f.Fuzz(func(t *testing.T, body string) {
		b := docxtest.Build(docxtest.Doc{Lists: []docxtest.List{chinese("", "")}, Body: []docxtest.Block{docxtest.Raw(body)}, Pictures: pictures})
		doc, err := readPackage(t.Context(), bytes.NewReader(b), int64(len(b)), Limits{Pages: 9}, (&reader{pages: [][]string{{"乙"}}}).read)
		if err == nil {
			readertest.Check(t, doc)
			return
		}
		for _, known := range []error{corpus.ErrBroken, corpus.ErrEmpty, corpus.ErrNoText, corpus.ErrTooLarge} {
			if errors.Is(err, known) {
				return
			}
		}
		t.Errorf("Read: %v", err)
	})
}

// FuzzPackage: no bytes make Read panic or give a document that is not lawful.
func FuzzPackage(f *testing.F) {
	f.Add(docxtest.Build(docxtest.Doc{Body: []docxtest.Block{docxtest.P("正文")}}))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if doc, err := readPackage(t.Context(), bytes.NewReader(b), int64(len(b)), Limits{}, nil); err == nil {
			readertest.Check(t, doc)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	var body []docxtest.Block
	for range 300 {
		body = append(body, item(1, 1, "健全机制"), docxtest.P(strings.Repeat("成立领导小组，定期研究部署依法行政工作。", 4)))
	}
	file := docxtest.Build(docxtest.Doc{Lists: []docxtest.List{chinese("", "")}, Body: body})
	path := write(b, file)
	for b.Loop() {
		if _, err := Read(b.Context(), path, Limits{}, nil); err != nil {
			b.Fatal(err)
		}
	}
}
