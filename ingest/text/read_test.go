package text

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"duibiao/corpus"
	"duibiao/corpus/readertest"

	"github.com/google/go-cmp/cmp"
)

func write(t testing.TB, name string, b []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// read is the document of a text, each paragraph as "role level|text".
func read(t *testing.T, name, text string) (*corpus.Document, []string) {
	t.Helper()
	doc, err := Read(write(t, name, []byte(text)), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	readertest.Check(t, doc)
	var got []string
	for _, p := range doc.Paragraphs {
		role := map[corpus.Role]string{corpus.Body: "", corpus.Heading: fmt.Sprintf("h%d ", p.Level), corpus.Aside: "aside ", corpus.Row: "row "}[p.Role]
		got = append(got, role+doc.Text(p.Span))
	}
	return doc, got
}

func TestReadKeepsTheFilesOwnText(t *testing.T) {
	for _, text := range []string{
		"关于开展执法检查的通知\n\n各村（社区）：\n　　现将有关事项通知如下。\n\n\n2025年3月1日\n",
		"\n\n# 标题\n\n**加粗的一行**\n正文里有**加粗**。\n---\n> 引文",
		"\t缩进　　\n  \n尾行没有换行 ",
	} {
		doc, _ := read(t, "a.txt", text)
		if doc.String() != text {
			t.Errorf("String() = %q, want the file's own %q", doc, text)
		}
		withMark, _ := read(t, "a.txt", "\ufeff"+strings.ReplaceAll(text, "\n", "\r\n"))
		if withMark.String() != text {
			t.Errorf("with a mark and CRLF: %q, want %q", withMark, text)
		}
	}
	if doc, _ := read(t, "a.txt", "甲\r乙\r\n丙"); doc.String() != "甲\n乙\n丙" {
		t.Errorf("mixed line ends: %q", doc)
	}
}

func TestReadParagraphs(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"a paragraph a line", "云栖县水务局年度工作方案\n一、工作目标\n全面落实河长制。\n二、主要任务\n", []string{
			"云栖县水务局年度工作方案", "一、工作目标", "全面落实河长制。", "二、主要任务"}},
		{"torn by a page break", "（一）健全机制。成立领导小组，由局长担任组长，各股室负责\n\n人为成员，定期召开会议。\n", []string{
			"（一）健全机制。成立领导小组，由局长担任组长，各股室负责\n\n人为成员，定期召开会议。"}},
		{"torn after a year", "2025年，云栖县水务局围绕中心工作，扎实推进河湖长制各项\n工作，现将有关情况报告如下。", []string{
			"2025年，云栖县水务局围绕中心工作，扎实推进河湖长制各项\n工作，现将有关情况报告如下。"}},
		{"the line under a table's head", "| 指标 | 数值 |\n| --- | :-: |\n| 受理 | 35 |", []string{"| 指标 | 数值 |", "| 受理 | 35 |"}},
		{"torn after a comma", "坚持以问题为导向，\n\n逐项整改到位。", []string{"坚持以问题为导向，\n\n逐项整改到位。"}},
		{"torn before an amount", "全年共办理各类行政执法案件，其中一般程序案件\n\n35件，简易程序案件九件。", []string{
			"全年共办理各类行政执法案件，其中一般程序案件\n\n35件，简易程序案件九件。"}},
		{"headings are whole", "一、总体要求\n\n以习近平新时代中国特色社会主义思想为指导，抓好落实。\n（二）强化培训，提高能力\n\n全年组织培训四次。", []string{
			"一、总体要求", "以习近平新时代中国特色社会主义思想为指导，抓好落实。", "（二）强化培训，提高能力", "全年组织培训四次。"}},
		{"a title is whole", "云栖县水务局关于二〇二五年度推进依法行政、建设法治机关工作情况的报告\n\n县人民政府：\n\n现将有关情况报告如下。", []string{
			"云栖县水务局关于二〇二五年度推进依法行政、建设法治机关工作情况的报告", "县人民政府：", "现将有关情况报告如下。"}},
		{"a year begins a paragraph", "县水务局高度重视，认真组织，扎实推进法治建设各项工作\n\n2025年，全局共组织学法四次。", []string{
			"县水务局高度重视，认真组织，扎实推进法治建设各项工作", "2025年，全局共组织学法四次。"}},
		{"a number begins a paragraph", "县水务局高度重视，认真组织，扎实推进法治建设各项工作\n\n二是强化培训，组织学法四次。", []string{
			"县水务局高度重视，认真组织，扎实推进法治建设各项工作", "二是强化培训，组织学法四次。"}},
		{"the signature is apart", "以上报告，请审阅，并请对我局下一步工作提出意见和建议\n\n云栖县水务局\n2025年1月6日", []string{
			"以上报告，请审阅，并请对我局下一步工作提出意见和建议", "云栖县水务局", "2025年1月6日"}},
		{"labels are apart", "牵头领导：县政府分管副县长，县水务局主要负责人，各乡镇长\n完成进度：年底前全部完成。", []string{
			"牵头领导：县政府分管副县长，县水务局主要负责人，各乡镇长", "完成进度：年底前全部完成。"}},
		{"names are apart", "张某某 县水务局党组书记、局长，兼任河长办主任，负责全面工作\n李某某 县水务局副局长", []string{
			"张某某 县水务局党组书记、局长，兼任河长办主任，负责全面工作", "李某某 县水务局副局长"}},
		{"Markdown", "# 工作方案 #\n\n## **一、目标**\n正文有**重点**词。\n**（一）分工**\n#不是标题\n- 列表项\n", []string{
			"h1 工作方案", "h2 一、目标", "正文有**重点**词。", "（一）分工", "#不是标题", "- 列表项"}},
		{"narrow window", "" +
			"　　今年以来，我镇认真学习贯彻上级精神，坚持把依法行政\n" +
			"贯穿于各项工作的始终，健全制度机制，规范执法行为，群众\n" +
			"满意度进一步提升。\n" +
			"　　一是压实责任。镇党委书记亲自部署，镇长负责日常调度，\n" +
			"分管领导具体推进，形成了一级抓一级、层层抓落实的格局。\n" +
			"全镇设立联络员十二名。\n" +
			"　　二是强化保障。安排专项经费八万元，聘请法律顾问二名，\n" +
			"购置执法记录仪六台，基本满足工作需要。\n", []string{
			"今年以来，我镇认真学习贯彻上级精神，坚持把依法行政\n贯穿于各项工作的始终，健全制度机制，规范执法行为，群众\n满意度进一步提升。",
			"一是压实责任。镇党委书记亲自部署，镇长负责日常调度，\n分管领导具体推进，形成了一级抓一级、层层抓落实的格局。\n全镇设立联络员十二名。",
			"二是强化保障。安排专项经费八万元，聘请法律顾问二名，\n购置执法记录仪六台，基本满足工作需要。"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, got := read(t, "a.txt", tt.text)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("paragraphs (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadSetsWebPagesApart(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"a government site", "当前位置：首页 > 政务公开 > 计划总结\n云栖县林业局2025年度法治建设情况报告\n发布机构：县林业局 发布时间：2025-01-20 浏览次数：31\n" +
			"【字体：大 中 小】\n全年立案九起，均已办结。\n云栖县林业局\n2025年1月18日\n附件：1.案件台账\n打印本页 \n关闭窗口\n上一篇：某通知\n主办：云栖县人民政府 技术支持：某公司\n某ICP备10000001号\n", []string{
			"aside 当前位置：首页 > 政务公开 > 计划总结", "云栖县林业局2025年度法治建设情况报告",
			"aside 发布机构：县林业局 发布时间：2025-01-20 浏览次数：31", "aside 【字体：大 中 小】",
			"全年立案九起，均已办结。", "云栖县林业局", "2025年1月18日", "附件：1.案件台账",
			"aside 打印本页", "aside 关闭窗口", "aside 上一篇：某通知", "aside 主办：云栖县人民政府 技术支持：某公司", "aside 某ICP备10000001号"}},
		{"a template shop", "某某文库\n加入会员，免费下载十万份资料\n海量更新\n扫码关注公众号\n\n某县法治建设实施方案\n一、目标\n力争做好。\n", []string{
			"aside 某某文库", "aside 加入会员，免费下载十万份资料", "aside 海量更新", "aside 扫码关注公众号",
			"某县法治建设实施方案", "一、目标", "力争做好。"}},
		{"pages are numbered", "工作情况\n办结案件三件。\n- 1 -\n又办结两件。\n第 2 页 共 2 页\n", []string{
			"工作情况", "办结案件三件。", "aside - 1 -", "又办结两件。", "aside 第 2 页 共 2 页"}},
		{"the paper's own words stay", "云栖县文旅局文件\n云文旅〔2025〕3号\n关于免费开放公共文化场馆的通知\n各乡镇：\n编辑：要求各馆设专人。\n一、免费范围\n市民凭证免费入馆，不限会员。\n二、举报与监督\n欢迎关注和举报\n云栖县文旅局\n2025年2月3日\n联系人：王某\n", []string{
			"云栖县文旅局文件", "云文旅〔2025〕3号", "关于免费开放公共文化场馆的通知", "各乡镇：", "编辑：要求各馆设专人。", "一、免费范围",
			"市民凭证免费入馆，不限会员。", "二、举报与监督", "欢迎关注和举报", "云栖县文旅局", "2025年2月3日", "联系人：王某"}},
		{"no paper in it", "会员免费\n扫码关注\n", []string{"会员免费", "扫码关注"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, got := read(t, "a.txt", tt.text)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("paragraphs (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadCSV(t *testing.T) {
	doc, got := read(t, "台账.csv", "序号,任务,时限\r\n1,\"制定方案,\n并印发\",3月\r\n\r\n2,,6月\r\n")
	if diff := cmp.Diff([]string{"row 序号\t任务\t时限", "row 1\t制定方案, 并印发\t3月", "row 2\t\t6月"}, got); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	if n := len(doc.Paragraphs[2].Cells); n != 3 {
		t.Errorf("the last row has %d cells, want 3", n)
	}
	_, got = read(t, "台账.csv", "任务\t时限\n制定方案\t3月\n")
	if diff := cmp.Diff([]string{"row 任务\t时限", "row 制定方案\t3月"}, got); diff != "" {
		t.Errorf("rows between tabs (-want +got):\n%s", diff)
	}
}

func TestReadOtherEncodings(t *testing.T) {
	const text = "云栖县水务局年度报告\n一、总体情况\n全年立案九起。\n"
	for _, enc := range []string{"GB18030", "UTF-16LE", "UTF-16BE"} {
		doc, err := Read(write(t, "a.txt", encode(t, text, enc)), Limits{})
		if err != nil {
			t.Fatal(err)
		}
		readertest.Check(t, doc)
		if doc.Encoding != enc || doc.String() != text {
			t.Errorf("%s: read as %s: %q", enc, doc.Encoding, doc)
		}
	}
	doc, err := Read(write(t, "a.txt", append(encode(t, strings.Repeat(text, 4), "GB18030"), 0xff)), Limits{})
	if err != nil || len(doc.Warnings) != 1 {
		t.Errorf("a stray byte: %v, warnings %v, want one", err, doc.Warnings)
	}
}

func TestReadErrors(t *testing.T) {
	tests := []struct {
		name string
		b    []byte
		want error
	}{
		{"empty", nil, corpus.ErrEmpty},
		{"blank", []byte("\ufeff \r\n\t　\n"), corpus.ErrEmpty},
		{"zeros", make([]byte, 2000), corpus.ErrBroken},
		{"large", make([]byte, 101), corpus.ErrTooLarge},
	}
	for _, tt := range tests {
		lim := Limits{}
		if tt.want == corpus.ErrTooLarge {
			lim.MaxBytes = 100
		}
		if _, err := Read(write(t, "a.txt", tt.b), lim); !errors.Is(err, tt.want) {
			t.Errorf("Read(%s): %v, want %v", tt.name, err, tt.want)
		}
	}
	if _, err := Read(filepath.Join(t.TempDir(), "none.txt"), Limits{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("Read of no file: %v", err)
	}
}

// FuzzRead: whatever UTF-8 is read, the document's text is the file's own, and
// every letter of it is in a paragraph but for Markdown marks.
func FuzzRead(f *testing.F) {
	f.Add("# 标题\n\n## **一、目标**\n正文\n\n续。\n---\n")
	f.Add("会员免费QQ群\n方案\n点击下载附件\n\n- 3 -")
	f.Add("**\n****\n__a__\n#  #\n")
	f.Add("\x00\ufeff\u200b甲\u200b\n\x1a")
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\r") || blank(s) {
			return
		}
		var b corpus.Builder
		paragraphs(&b, s)
		doc := b.End(Reader, "UTF-8")
		readertest.Check(t, doc)
		if doc.String() != s {
			t.Errorf("String() = %q, want %q", doc, s)
		}
		in := 0
		for _, p := range doc.Paragraphs {
			in += strings.Count(doc.Text(p.Span), "字")
		}
		if want := strings.Count(s, "字"); in != want {
			t.Errorf("%d of %d 字 are in paragraphs of %q", in, want, s)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	text := strings.Repeat("（一）健全机制。成立领导小组，由局长担任组长，各股室负责\n\n人为成员，定期召开会议，研究部署依法行政工作。\n", 500)
	path := write(b, "a.txt", []byte(text))
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		if _, err := Read(path, Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}
