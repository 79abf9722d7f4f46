package ofd

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"duibiao/corpus"
	"duibiao/corpus/readertest"
	"duibiao/ingest/capped"
	"duibiao/ingest/layout"

	"github.com/google/go-cmp/cmp"
)

const space = `xmlns:ofd="http://www.ofdspec.org/2016"`

// pack makes a package of parts: a name, then its content.
func pack(t testing.TB, parts ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(parts[i+1])); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// root is OFD.xml for documents in the folders Doc_0, Doc_1 …
func root(n int) string {
	s := `<?xml version="1.0" encoding="UTF-8"?><ofd:OFD ` + space + `>`
	for i := range n {
		s += fmt.Sprintf(`<ofd:DocBody><ofd:DocRoot>/Doc_%d/Document.xml</ofd:DocRoot></ofd:DocBody>`, i)
	}
	return s + `</ofd:OFD>`
}

// document is Document.xml for pages named P0.xml, P1.xml …; more goes into it.
func document(pages int, common, more string) string {
	s := `<ofd:Document ` + space + `><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>` + common + `</ofd:CommonData><ofd:Pages>`
	for i := range pages {
		s += fmt.Sprintf(`<ofd:Page ID="%d" BaseLoc="P%d.xml"/>`, 100+i, i)
	}
	return s + `</ofd:Pages>` + more + `</ofd:Document>`
}

func content(objects ...string) string {
	return `<ofd:Page ` + space + `><ofd:Content><ofd:Layer ID="1">` + strings.Join(objects, "") + `</ofd:Layer></ofd:Content></ofd:Page>`
}

// line is a line of text of 5 mm at x, y.
func line(x, y float64, s string, attrs ...string) string {
	return fmt.Sprintf(`<ofd:TextObject ID="9" Font="3" Size="5" Boundary="%g %g 180 8" %s><ofd:TextCode X="0" Y="6" DeltaX="g %d 5">%s</ofd:TextCode></ofd:TextObject>`,
		x, y, strings.Join(attrs, " "), len([]rune(s))-1, s)
}

func ofdFile(t testing.TB, pages ...string) []byte {
	t.Helper()
	parts := []string{"OFD.xml", root(1), "Doc_0/Document.xml", document(len(pages), "", "")}
	for i, p := range pages {
		parts = append(parts, fmt.Sprintf("Doc_0/P%d.xml", i), p)
	}
	return pack(t, parts...)
}

func parse(b []byte, lim Limits, recognise func(context.Context, image.Image, float64) ([]layout.Line, error)) (*corpus.Document, error) {
	return read(context.Background(), bytes.NewReader(b), int64(len(b)), lim.withDefaults(), recognise)
}

// listed is the paragraphs, each with its page and role.
func listed(t *testing.T, doc *corpus.Document) []string {
	t.Helper()
	readertest.Check(t, doc)
	var got []string
	for _, p := range doc.Paragraphs {
		got = append(got, fmt.Sprintf("%d %s %s", p.Page, p.Role, doc.Text(p.Span)))
	}
	return got
}

const (
	first  = "全年共办理行政执法案件三十五件，均在规定的期限以内办"
	second = "结，没有被撤销的。"
)

func TestReadPages(t *testing.T) {
	b := ofdFile(t,
		content(line(15, 120, second), line(25, 110, first), line(60, 40, "关于执法情况的报告")),
		content(line(25, 40, "二、下一步打算继续做好各项执法工作。")))
	doc, err := parse(b, Limits{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := listed(t, doc)
	want := []string{"1 正文 关于执法情况的报告", "1 正文 " + first + second, "2 正文 二、下一步打算继续做好各项执法工作。"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("paragraphs (-want +got):\n%s", diff)
	}
	box := doc.Paragraphs[2].Box
	if wantBox := (corpus.Box{Left: 25 * points, Top: (46 - ascent*5) * points, Right: (25 + 18*5) * points, Bottom: (46 + descent*5) * points}); !near(box, wantBox) {
		t.Errorf("box %v, want %v", box, wantBox)
	}
}

func near(a, b corpus.Box) bool {
	const slack = 0.5
	diff := func(x, y float64) bool { return x-y < slack && y-x < slack }
	return diff(a.Left, b.Left) && diff(a.Top, b.Top) && diff(a.Right, b.Right) && diff(a.Bottom, b.Bottom)
}

func TestReadTakesWhatAPageStandsOn(t *testing.T) {
	common := `<ofd:PublicRes>Res.xml</ofd:PublicRes><ofd:TemplatePage ID="7" BaseLoc="T.xml"/><ofd:TemplatePage ID="8" BaseLoc="Loop.xml"/>`
	more := `<ofd:Annotations>Notes/List.xml</ofd:Annotations><ofd:Attachments>Files.xml</ofd:Attachments>`
	page := func(template, s string) string {
		return strings.Replace(content(line(25, 100, s)), "<ofd:Content>", `<ofd:Template TemplateID="`+template+`"/><ofd:Content>`, 1)
	}
	composite := `<ofd:CompositeObject ID="5" ResourceID="55" Boundary="0 0 210 297" CTM="1 0 0 1 25 150"/>`
	doc, err := parse(pack(t,
		"OFD.xml", root(2),
		"Doc_0/Document.xml", document(3, common, more),
		"Doc_0/P0.xml", page("7", "县水务局认真落实各项要求。"),
		"Doc_0/P1.xml", page("8", "全年召开专题会议四次。"),
		"Doc_0/P2.xml", content(composite),
		"Doc_0/T.xml", content(line(60, 40, "云栖县水务局文件")),
		"Doc_0/Loop.xml", strings.Replace(content(line(25, 60, "模板里的话。")), "<ofd:Content>", `<ofd:Template TemplateID="8"/><ofd:Content>`, 1),
		"Doc_0/Res.xml", `<ofd:Res `+space+` BaseLoc="Res"><ofd:Fonts><ofd:Font ID="3" FontName="黑体"/></ofd:Fonts><ofd:CompositeGraphicUnits>`+
			`<ofd:CompositeGraphicUnit ID="55" Width="9" Height="9"><ofd:Content>`+line(0, 0, "组合对象里的文字。")+composite+`</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>`,
		"Doc_0/Notes/List.xml", `<ofd:Annotations `+space+`><ofd:Page PageID="100"><ofd:FileLoc>N0.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>`,
		"Doc_0/Notes/N0.xml", `<ofd:PageAnnot `+space+`><ofd:Annot ID="1" Type="Highlight"><ofd:Remark>请核对数字</ofd:Remark><ofd:Appearance Boundary="10 280 50 9">`+line(0, 0, "已阅")+`</ofd:Appearance></ofd:Annot></ofd:PageAnnot>`,
		"Doc_0/Files.xml", `<ofd:Attachments `+space+`><ofd:Attachment ID="1" Name="台账.xlsx"/></ofd:Attachments>`,
		"Doc_1/Document.xml", document(1, "", ""),
		"Doc_1/P0.xml", content(line(25, 40, "第二个文档的第一页。")),
	), Limits{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(listed(t, doc), "\n")
	for _, want := range []string{"1 非正文 请核对数字", "1 非正文 已阅", "云栖县水务局文件", "1 正文 县水务局认真落实各项要求。", "2 正文 模板里的话。", "3 正文 组合对象里的文字。", "4 正文 第二个文档的第一页。"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if n := strings.Count(got, "模板里的话"); n != 1 {
		t.Errorf("a template on itself is read %d times", n)
	}
	if len(doc.Warnings) != 1 || doc.Warnings[0].Message != "文件带有1个附件（台账.xlsx），没有读取。" || doc.Pages != 4 {
		t.Errorf("warnings %v, %d pages", doc.Warnings, doc.Pages)
	}
}

func TestReadPlacesCharacters(t *testing.T) {
	vertical := `<ofd:TextObject ID="9" Font="3" Size="5" Boundary="%d 20 8 200" ReadDirection="90"><ofd:TextCode X="1" Y="6" DeltaY="g 19 5.5">%s</ofd:TextCode></ofd:TextObject>`
	tests := []struct {
		name    string
		objects []string
		want    []string
	}{
		{"no distances", []string{`<ofd:TextObject Font="3" Size="5" Boundary="25 40 100 8"><ofd:TextCode X="0" Y="6">没有给出距离的一行文字。</ofd:TextCode></ofd:TextObject>`},
			[]string{"没有给出距离的一行文字。"}},
		{"the second run goes on", []string{`<ofd:TextObject Font="3" Size="5" Boundary="25 40 180 8"><ofd:TextCode X="0" Y="6" DeltaX="5 5 5">一行文字</ofd:TextCode><ofd:TextCode X="20" DeltaX="5 5 5 5">分成两段。</ofd:TextCode></ofd:TextObject>`},
			[]string{"一行文字分成两段。"}},
		{"a matrix of its own", []string{`<ofd:TextObject Font="3" Size="10" Boundary="25 40 180 20" CTM="0.5 0 0 0.5 0 0"><ofd:TextCode X="0" Y="12" DeltaX="g 4 10">缩小的文字</ofd:TextCode></ofd:TextObject>`, line(50, 40, "接在后面。")},
			[]string{"缩小的文字接在后面。"}},
		{"two units for a rare character", []string{`<ofd:TextObject Font="3" Size="5" Boundary="25 40 180 8"><ofd:TextCode X="0" Y="6" DeltaX="5 0 5 5">𠮷家河村</ofd:TextCode></ofd:TextObject>`, line(45, 40, "也已完成。")},
			[]string{"𠮷家河村也已完成。"}},
		{"vertical writing", []string{fmt.Sprintf(vertical, 150, "本年度法治政府建设各项任务均已按期完成情"), fmt.Sprintf(vertical, 140, "况良好现报告如下请予审阅此致敬礼某县水务")},
			[]string{"本年度法治政府建设各项任务均已按期完成情况良好现报告如下请予审阅此致敬礼某县水务"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := parse(ofdFile(t, content(tt.objects...)), Limits{}, nil)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range doc.Paragraphs {
				got = append(got, doc.Text(p.Span))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("paragraphs (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSteps(t *testing.T) {
	tests := []struct {
		s    string
		most int
		want []float64
	}{
		{"5 2.5 5", 9, []float64{5, 2.5, 5}},
		{"g 3 2.5 5", 9, []float64{2.5, 2.5, 2.5, 5}},
		{"5 g 2 1 7 g 1 3", 9, []float64{5, 1, 1, 7, 3}},
		{"g 1000000000 1", 4, []float64{1, 1, 1, 1}},
		{"g -5 1 2", 4, []float64{2}},
		{"g 2", 4, nil},
		{"1 NaN 3", 4, []float64{1}},
		{"1 1e300 3", 4, []float64{1}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, steps(tt.s, tt.most)); diff != "" {
			t.Errorf("steps(%q, %d) (-want +got):\n%s", tt.s, tt.most, diff)
		}
	}
}

func TestReadMakesRowsOfRuledTables(t *testing.T) {
	rule := func(x0, y0, x1, y1 int) string {
		return fmt.Sprintf(`<ofd:PathObject Boundary="0 0 210 297" LineWidth="0.3"><ofd:AbbreviatedData>M %d %d L %d %d</ofd:AbbreviatedData></ofd:PathObject>`, x0, y0, x1, y1)
	}
	box := `<ofd:PathObject Boundary="20 40 150 30" Fill="false"><ofd:AbbreviatedData>M 0 0 L 150 0 L 150 30 L 0 30 C</ofd:AbbreviatedData></ofd:PathObject>`
	doc, err := parse(ofdFile(t, content(box, rule(20, 55, 170, 55), rule(80, 40, 80, 70),
		line(25, 43, "任务"), line(85, 43, "时限"), line(25, 58, "制定方案"), line(85, 58, "三月底前"))), Limits{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"1 表格 任务\t时限", "1 表格 制定方案\t三月底前"}, listed(t, doc)); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
}

func picturePart(t testing.TB, w, h int) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// scan is a page of a picture, with further objects.
func scan(t testing.TB, objects ...string) []byte {
	t.Helper()
	picture := `<ofd:ImageObject ID="4" ResourceID="5" CTM="210 0 0 297 0 0" Boundary="0 0 210 297"/>`
	return pack(t, "OFD.xml", root(1),
		"Doc_0/Document.xml", document(1, `<ofd:DocumentRes>Res.xml</ofd:DocumentRes>`, ""),
		"Doc_0/Res.xml", `<ofd:Res `+space+` BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia ID="5" Type="Image"><ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>`,
		"Doc_0/Res/A.PNG", picturePart(t, 210, 297),
		"Doc_0/P0.xml", content(append([]string{picture}, objects...)...))
}

func TestReadOfPictures(t *testing.T) {
	_, err := parse(scan(t), Limits{}, nil)
	if !errors.Is(err, corpus.ErrNoText) || !strings.Contains(err.Error(), "第1页") {
		t.Errorf("a scan without a recogniser: %v, want ErrNoText with its page", err)
	}
	recognise := func(_ context.Context, img image.Image, dpi float64) ([]layout.Line, error) {
		if img.Bounds().Dx() != 210 || dpi < 25.3 || dpi > 25.5 {
			t.Errorf("recognise(%v, %v)", img.Bounds(), dpi)
		}
		return []layout.Line{{Text: "扫描件上的一行文字。", Box: corpus.Box{Left: 70, Top: 100, Right: 220, Bottom: 115}, By: "试验 1", Confidence: 0.9}}, nil
	}
	doc, err := parse(scan(t), Limits{}, recognise)
	if err != nil {
		t.Fatal(err)
	}
	if got := listed(t, doc); !cmp.Equal(got, []string{"1 正文 扫描件上的一行文字。"}) || doc.Paragraphs[0].By != "试验 1" {
		t.Errorf("paragraphs %q, by %q", got, doc.Paragraphs[0].By)
	}
	failing := func(context.Context, image.Image, float64) ([]layout.Line, error) { return nil, errors.New("no") }
	if _, err := parse(scan(t), Limits{}, failing); !errors.Is(err, corpus.ErrNoText) {
		t.Errorf("a recogniser that fails: %v, want ErrNoText", err)
	}
}

func TestReadOfTextThatIsNotShown(t *testing.T) {
	shown := line(25, 40, "看得见的一行文字。")
	tests := []struct{ name, object string }{
		{"invisible", line(25, 60, "看不见的话", `Visible="false"`)},
		{"transparent", line(25, 60, "看不见的话", `Alpha="0"`)},
		{"without ink", line(25, 60, "看不见的话", `Fill="false"`)},
		{"in an invisible block", `<ofd:PageBlock Visible="false">` + line(25, 60, "看不见的话") + `</ofd:PageBlock>`},
		{"a transparent colour", strings.Replace(line(25, 60, "看不见的话"), "<ofd:TextCode", `<ofd:FillColor Alpha="0"/><ofd:TextCode`, 1)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			doc, err := parse(ofdFile(t, content(shown, tt.object)), Limits{}, nil)
			if err != nil {
				t.Fatal(err)
			}
			if got := listed(t, doc); !cmp.Equal(got, []string{"1 正文 看得见的一行文字。"}) || len(doc.Warnings) != 1 || doc.Warnings[0].Message != "文件有不显示的文字5字，没有计入。" {
				t.Errorf("paragraphs %q, warnings %v", got, doc.Warnings)
			}
		})
	}
	var layer []string
	for i := range 5 {
		layer = append(layer, line(25, float64(40+10*i), first, `Alpha="0"`))
	}
	doc, err := parse(scan(t, layer...), Limits{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(doc.Warnings) != 1 || !strings.Contains(doc.Warnings[0].Message, "识别层") || !strings.Contains(doc.String(), first) {
		t.Errorf("a layer over a scan: %v, %q", doc.Warnings, doc)
	}
}

func TestReadErrors(t *testing.T) {
	ok := content(line(25, 40, "一行文字。"))
	deep := content(strings.Repeat("<ofd:PageBlock>", 500) + line(25, 40, "深处") + strings.Repeat("</ofd:PageBlock>", 500))
	bomb := `<ofd:Page>` + strings.Repeat(" ", 2<<20) + `</ofd:Page>`
	many := content(`<ofd:CompositeObject ResourceID="1"/>`)
	grow := `<ofd:Res ` + space + `><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="1"><ofd:Content>` + strings.Repeat(`<ofd:CompositeObject ResourceID="1"/>`, 40) +
		line(0, 0, first) + strings.Repeat(" ", 200<<10) + `</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>`
	tests := []struct {
		name string
		b    []byte
		lim  Limits
		want error
	}{
		{"no package", []byte("PK\x03\x04 no"), Limits{}, corpus.ErrBroken},
		{"no root", pack(t, "a", "b"), Limits{}, corpus.ErrBroken},
		{"empty root", pack(t, "OFD.xml", "<x/>"), Limits{}, corpus.ErrBroken},
		{"root cut off", pack(t, "OFD.xml", "<ofd:OFD><ofd:DocBody>"), Limits{}, corpus.ErrBroken},
		{"no document", pack(t, "OFD.xml", root(1)), Limits{}, corpus.ErrBroken},
		{"no pages", pack(t, "OFD.xml", root(1), "Doc_0/Document.xml", document(0, "", "")), Limits{}, corpus.ErrNoPages},
		{"a blank page", ofdFile(t, content()), Limits{}, corpus.ErrNoText},
		{"pages", ofdFile(t, ok, ok, ok), Limits{Pages: 2}, corpus.ErrTooLarge},
		{"characters", ofdFile(t, ok, ok, ok), Limits{Runes: 12}, corpus.ErrTooLarge},
		{"depth", ofdFile(t, deep), Limits{}, corpus.ErrTooLarge},
		{"a bomb", ofdFile(t, bomb), Limits{}, corpus.ErrTooLarge},
		{"a large part", ofdFile(t, ok), Limits{Parts: capped.Parts{PartBytes: 200}}, corpus.ErrTooLarge},
		{"growth", pack(t, "OFD.xml", root(1), "Doc_0/Document.xml", document(1, `<ofd:PublicRes>R.xml</ofd:PublicRes>`, ""), "Doc_0/R.xml", grow, "Doc_0/P0.xml", many), Limits{Parts: capped.Parts{RatioFrom: 2 << 20}}, corpus.ErrTooLarge},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if doc, err := parse(tt.b, tt.lim, nil); doc != nil || !errors.Is(err, tt.want) {
				t.Errorf("read = %v, %v, want %v", doc, err, tt.want)
			}
		})
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	path := filepath.Join(t.TempDir(), "a.ofd")
	if err := os.WriteFile(path, ofdFile(t, ok), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(ended, path, Limits{}, nil); !errors.Is(err, corpus.ErrTimeout) {
		t.Errorf("Read after the end of ctx: %v, want ErrTimeout", err)
	}
	if _, err := Read(t.Context(), filepath.Join(t.TempDir(), "none"), Limits{}, nil); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("Read of no file: %v", err)
	}
}

// A damaged page or list is told, and the others are read.
func TestReadOfAPartOfAFile(t *testing.T) {
	doc, err := parse(pack(t, "OFD.xml", root(1),
		"Doc_0/Document.xml", document(3, `<ofd:PublicRes>R.xml</ofd:PublicRes>`, `<ofd:Annotations>N.xml</ofd:Annotations>`),
		"Doc_0/R.xml", "<ofd:Res><x", "Doc_0/N.xml", "no", "Doc_0/P0.xml", content(line(25, 40, "第一页的文字。\x01")), "Doc_0/P1.xml", "<ofd:Page><ofd:Content>"), Limits{}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := listed(t, doc); !cmp.Equal(got, []string{"1 正文 第一页的文字。"}) {
		t.Errorf("paragraphs %q", got)
	}
	if len(doc.Unread) != 2 || doc.Unread[0].Page != 2 || doc.Unread[1].Page != 3 {
		t.Errorf("unread %v, want pages 2 and 3", doc.Unread)
	}
	if len(doc.Warnings) != 1 || doc.Warnings[0].Message != "文件的字体和图片的目录、批注的目录损坏，没有读取。" {
		t.Errorf("warnings %v", doc.Warnings)
	}
}

// FuzzRead: no package makes Read panic or give a document that breaks the
// laws of documents.
func FuzzRead(f *testing.F) {
	f.Add(ofdFile(f, content(line(25, 40, "一行文字。"))))
	f.Add(scan(f, line(25, 40, "一行文字。", `Alpha="0"`)))
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if doc, err := parse(b, Limits{}, nil); err == nil {
			readertest.Check(t, doc)
		}
	})
}

// FuzzContent: no content of a page does either.
func FuzzContent(f *testing.F) {
	f.Add(line(25, 40, "一行文字。", `CTM="1 0 0 -1 0 0"`, `CharDirection="90"`))
	f.Add(`<ofd:PathObject Boundary="0 0 9 9"><ofd:AbbreviatedData>M 0 0 L 99 0 Q 1 1 2 2 C S</ofd:AbbreviatedData></ofd:PathObject>`)
	f.Add(`<ofd:TextObject Size="-5" Boundary="1"><ofd:TextCode X="x" DeltaX="g g g">文</ofd:TextCode>`)
	f.Fuzz(func(t *testing.T, s string) {
		if doc, err := parse(ofdFile(t, content(s)), Limits{}, nil); err == nil {
			readertest.Check(t, doc)
		}
	})
}

func BenchmarkPage(b *testing.B) {
	var lines []string
	for i := range 30 {
		lines = append(lines, line(25, float64(30+8*i), first))
	}
	file := ofdFile(b, content(lines...))
	for b.Loop() {
		if _, err := parse(file, Limits{}, nil); err != nil {
			b.Fatal(err)
		}
	}
}
