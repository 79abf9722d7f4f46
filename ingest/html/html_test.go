package html

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"duibiao/corpus"
	"duibiao/corpus/readertest"

	"github.com/google/go-cmp/cmp"
)

// listed is the paragraphs of a page, each with its role.
func listed(t *testing.T, source string) (*corpus.Document, []string) {
	t.Helper()
	doc, err := read([]byte(source))
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

const (
	one = "全年共办理行政执法案件三十五件，全部经过法制审核，没有被复议纠正的。"
	two = "下一步，我局将继续完善制度、加强培训，努力提高依法行政的能力和水平。"
)

func TestReadFindsThePaper(t *testing.T) {
	tests := []struct {
		name, source string
		want         []string
	}{
		{"a government site", `<!DOCTYPE html><html><head><title>云栖县林业局2025年度工作报告_云栖县人民政府</title></head><body>
			<div class="header"><a href="/">首页</a>云栖县人民政府</div><ul class="nav"><li><a href="#">政务公开</a></li></ul>
			<div class="position">当前位置：<a>首页</a></div>
			<div class="wrap"><h1>云栖县林业局2025年度工作报告</h1><div class="info">发布时间：2026-01-05 来源：县林业局</div>
			<div class="content"><p>　　` + one + `</p><p><b>一、下一步打算</b></p><p>` + two + `</p><p>云栖县林业局</p><p>2026年1月4日</p></div>
			<p><a href="x">附件：1.案件台账.xls</a></p></div>
			<div class="share">分享到：</div><div class="related"><a>另一篇报告的标题</a></div><div class="footer">主办：云栖县人民政府。某路一号。</div></body></html>`,
			[]string{"aside 首页云栖县人民政府", "aside 政务公开", "aside 当前位置：首页", "h1 云栖县林业局2025年度工作报告", "aside 发布时间：2026-01-05 来源：县林业局",
				one, "一、下一步打算", two, "云栖县林业局", "2026年1月4日", "附件：1.案件台账.xls", "aside 分享到：", "aside 另一篇报告的标题", "aside 主办：云栖县人民政府。某路一号。"}},
		{"a page laid out by tables", `<table><tr><td colspan=2>云栖县人民政府门户网站</td></tr><tr><td><a>通知公告</a><br><a>政策文件</a></td><td>
			<table><tr><td>云栖县林业局工作总结</td></tr><tr><td>　　` + one + `<br>　　` + two + `<br></td></tr></table></td></tr></table>`,
			[]string{"aside 云栖县人民政府门户网站", "aside 通知公告", "aside 政策文件", "云栖县林业局工作总结", one, two}},
		{"sentences that stand apart", `<body><div><p>` + one + one + `</p></div><div class="position-relative"><p>` + two + `</p></div><a>返回</a><p>短句</p><div class="sidebar"><p>` + two + `</p></div></body>`,
			[]string{one + one, two, "aside 返回", "短句", "aside " + two}},
		{"what is named so but is the paper", `<body><div class="print"><p>` + one + `</p><p>` + two + `</p></div></body>`, []string{one, two}},
		{"saved by Word", `<html xmlns:o="urn:schemas-microsoft-com:office:office"><body lang=ZH-CN><div class=WordSection1><p class=MsoNormal>` +
			one[:30] + "\n" + one[30:] + `<o:p></o:p></p><p class=MsoNormal><span style='mso-hide:all;display:none'>隐藏的字</span>` + two + `</p></div></body></html>`, []string{one, two}},
		{"no paper in it", `<p>只有一行</p>`, []string{"只有一行"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, got := listed(t, tt.source)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("paragraphs (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadElements(t *testing.T) {
	tests := []struct {
		name, source string
		want         []string
	}{
		{"headings and spaces", "<h2>一、  总体\n情况</h2><p>A\nB&nbsp;C<sup>2</sup> 甲\n乙</p>", []string{"h2 一、 总体情况", "A B C2 甲乙"}},
		{"numbered lists", `<ol start=3><li>丙</li><li value=9>壬<ol type=a><li>内</ol></li><li>癸</ol><ol style="list-style-type: cjk-ideographic"><li>甲<li>乙</ol><ol type=I start=4><li>丁</ol><ul><li>点</ul>`,
			[]string{"3. 丙", "9. 壬", "a. 内", "10. 癸", "一、甲", "二、乙", "IV. 丁", "点"}},
		{"tables", `<table><caption>任务表</caption><thead><tr><th>序号<th>任务<th colspan=2>时限</thead><tr><td rowspan=2>1<td>制定<br>方案<td>3月<td>底</tr><tr><td>印发<td>4月<td></tr></table>`,
			[]string{"任务表", "row 序号\t任务\t时限\t", "row 1\t制定 方案\t3月\t底", "row 印发\t4月"}},
		{"scripts and pictures", `<script>var a="甲";</script><style>p{}</style><img src=a.png><p>乙<ruby>字<rt>zì</rt></ruby></p><!-- 注 -->`, []string{"乙字"}},
		{"lines as they are", "<pre>一行\n  二行\n</pre>三", []string{"一行", "二行", "三"}},
		{"forms", `<form><select><option>选项</option></select><textarea>填写</textarea></form><p>` + one + `</p>`, []string{"aside 选项", "aside 填写", one}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, got := listed(t, tt.source)
			for i := range got {
				got[i] = strings.TrimRight(got[i], "\t")
			}
			for i := range tt.want {
				tt.want[i] = strings.TrimRight(tt.want[i], "\t")
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("paragraphs (-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadTellsWhatItLeavesOut(t *testing.T) {
	doc, _ := listed(t, `<p hidden>看不见</p><p><del>删去</del></p><iframe src=x></iframe><img src=a><img width=16 src=b><p>`+one+`</p>`+strings.Repeat("<div>", 500)+"深处"+strings.Repeat("</div>", 500))
	var got []string
	for _, w := range doc.Warnings {
		got = append(got, w.Message)
	}
	want := []string{"网页有不显示的文字3字，没有计入。", "网页有标为删除的文字2字，没有计入。", "网页的结构嵌套过深，最里层的内容没有读取。", "网页嵌有1个其他网页或对象，其中的文字没有读取。", "网页有1幅图片，图片里的文字没有读取。"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
}

// gb is 法治 in GB18030.
const gb = "\xb7\xa8\xd6\xce"

func TestReadEncodings(t *testing.T) {
	mht := "From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\n" +
		"Content-Type: image/png\r\n\r\nx\r\n--b\r\nContent-Type: text/html; charset=\"gb2312\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>=B7=A8=D6=\r\n=CE</p>\r\n--b--\r\n"
	tests := []struct{ name, source, encoding string }{
		{"UTF-8", "<p>法治</p>", "UTF-8"},
		{"UTF-8, with a mark", "\xef\xbb\xbf<p>法治</p>", "UTF-8"},
		{"UTF-8, whatever it says", `<meta charset="gb2312"><p>法治</p>`, "UTF-8"},
		{"GB18030 that says so", `<meta http-equiv="Content-Type" content="text/html; charset=gbk"><p>` + gb + `</p>`, "GB18030"},
		{"GB18030 that says nothing", `<p>` + gb + `</p>`, "GB18030"},
		{"UTF-16", "\xff\xfe<\x00p\x00>\x00\xd5\x6c\xbb\x6c", "UTF-16LE"},
		{"MHT", mht, "GB18030"},
	}
	for _, tt := range tests {
		doc, got := listed(t, tt.source)
		if !cmp.Equal(got, []string{"法治"}) || doc.Encoding != tt.encoding {
			t.Errorf("%s: %q in %s, want 法治 in %s", tt.name, got, doc.Encoding, tt.encoding)
		}
	}
	nested := strings.Replace(mht, "image/png\r\n\r\nx", "multipart/alternative; boundary=c\r\n\r\n--c\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+5rOV5rK7\r\n--c--", 1)
	if _, got := listed(t, nested); !cmp.Equal(got, []string{"法治"}) {
		t.Errorf("a part in a part: %q", got)
	}
}

func TestReadErrors(t *testing.T) {
	tests := []struct {
		source string
		want   error
	}{
		{"<html><body><script>x</script></body></html>", corpus.ErrEmpty},
		{"<p> &nbsp; </p>", corpus.ErrEmpty},
		{"<img src=scan.jpg>", corpus.ErrNoText},
		{strings.Repeat("<div>", 5000) + "深处", corpus.ErrTooLarge},
		{"<p>\x00\x01\x02\x03\x04\x05\x06", corpus.ErrBroken},
	}
	for _, tt := range tests {
		if _, err := read([]byte(tt.source)); !errors.Is(err, tt.want) {
			t.Errorf("read(%q): %v, want %v", tt.source, err, tt.want)
		}
	}
	path := filepath.Join(t.TempDir(), "a.html")
	if err := os.WriteFile(path, []byte("<p>甲</p>"), 0o600); err != nil {
		t.Fatal(err)
	}
	if doc, err := Read(path, Limits{}); err != nil || doc.Reader != Reader {
		t.Errorf("Read = %v, %v", doc, err)
	}
	if _, err := Read(path, Limits{MaxBytes: 3}); !errors.Is(err, corpus.ErrTooLarge) {
		t.Errorf("Read of a large file: %v, want ErrTooLarge", err)
	}
	if _, err := Read(filepath.Join(t.TempDir(), "none"), Limits{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("Read of no file: %v", err)
	}
}

func TestNumerals(t *testing.T) {
	tests := []struct {
		kind string
		n    int
		want string
	}{
		{"decimal", 0, "0. "}, {"cjk-ideographic", 10, "十、"}, {"cjk-ideographic", 21, "二十一、"}, {"cjk-ideographic", 100, "100、"},
		{"lower-alpha", 26, "z. "}, {"upper-latin", 28, "AB. "}, {"upper-roman", 1994, "MCMXCIV. "}, {"lower-roman", 4000, "4000. "},
	}
	for _, tt := range tests {
		if got := numeral(tt.kind, tt.n); got != tt.want {
			t.Errorf("numeral(%s, %d) = %q, want %q", tt.kind, tt.n, got, tt.want)
		}
	}
}

// FuzzRead: whatever is read, the document keeps the laws of documents.
func FuzzRead(f *testing.F) {
	f.Add([]byte(`<table><tr><td rowspan=9 colspan=99999>甲<table><tr><td>乙</table><tr><td>丙`))
	f.Add([]byte("<ol start=99999999999><li value=-1>甲<p>乙<br><a>丙"))
	f.Add([]byte("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>x"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if doc, err := read(b); err == nil {
			readertest.Check(t, doc)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	page := []byte(`<html><body><div class="nav"><a>首页</a></div><div>` + strings.Repeat("<p>"+one+"</p><p><b>"+two+"</b></p>", 500) + `</div></body></html>`)
	b.SetBytes(int64(len(page)))
	for b.Loop() {
		if _, err := read(page); err != nil {
			b.Fatal(err)
		}
	}
}
