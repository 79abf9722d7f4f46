package output

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"duibiao/corpus"
	"duibiao/rules"
)

// letterTo is the letter to a unit, as a file.
func letterTo(t *testing.T, r *Report, unit string, template []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Letter(&b, r, unit, template); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// partOf is one part of a .docx file.
func partOf(t *testing.T, file []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// linesOf is the text of a .docx file: a line a paragraph, a table row with a
// bar between its cells.
func linesOf(t *testing.T, file []byte) []string {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(partOf(t, file, documentPart)))
	var lines, cells []string
	line, inRow, inText := "", false, false
	for {
		token, err := d.Token()
		if err == io.EOF {
			return lines
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			switch token.Name.Local {
			case "tr":
				inRow, cells = true, nil
			case "t":
				inText = true
			case "br":
				line += "／"
			}
		case xml.CharData:
			if inText {
				line += string(token)
			}
		case xml.EndElement:
			switch {
			case token.Name.Local == "t":
				inText = false
			case token.Name.Local == "p" && inRow:
				cells, line = append(cells, line), ""
			case token.Name.Local == "p":
				lines, line = append(lines, line), ""
			case token.Name.Local == "tr":
				inRow, lines = false, append(lines, strings.Join(cells, "｜"))
			}
		}
	}
}

func words(t *testing.T, file []byte) string {
	t.Helper()
	return strings.Join(linesOf(t, file), "\n") + "\n"
}

// remade is the built-in template with the pairs of old and new put into one
// of its parts, as an office would change it.
func remade(t *testing.T, part string, pairs ...string) []byte {
	t.Helper()
	old := LetterTemplate()
	z, err := zip.NewReader(bytes.NewReader(old), int64(len(old)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range z.File {
		content := partOf(t, old, f.Name)
		if f.Name == part {
			changed := strings.NewReplacer(pairs...).Replace(content)
			if changed == content {
				t.Fatalf("%q changes nothing in %s", pairs, part)
			}
			content = changed
		}
		add(t, w, f.Name, content)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func add(t *testing.T, w *zip.Writer, name, content string) {
	t.Helper()
	f, err := w.Create(name)
	if err == nil {
		_, err = io.WriteString(f, content)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// corresponded is a unit to which there is everything to say.
func corresponded() *Report {
	r := small()
	r.Skipped = append(r.Skipped, Skipped{"青石区/现场.mp4", "视频文件，不是文字材料"})
	r.Indicators = append(r.Indicators, Indicator{ID: "c", No: "3", Title: "领导干部学法"}, Indicator{ID: "d", No: "4", Title: "行政复议"}, Indicator{ID: "e", No: "5", Title: "备案审查"})
	r.Rows[0].Notes = []string{"率无基数：“公开率100%”没有写出总数。"}
	r.Rows[1].Status, r.Rows[1].Notes = rules.Copied, nil
	r.Rows = append(r.Rows,
		rules.Row{Unit: "青石区", Indicator: "c", No: "3", Title: "领导干部学法", Status: rules.Met, Notes: []string{"未达标：材料写的是1次，要求≥2次"}},
		rules.Row{Unit: "青石区", Indicator: "d", No: "4", Title: "行政复议", Status: rules.NotJudged, Why: "能读出的材料里没有写到此项，但还有文件读不出，不能断定缺项。"},
		rules.Row{Unit: "青石区", Indicator: "e", No: "5", Title: "备案审查", Status: rules.NotApplicable, Why: "责任单位不包括本单位。"})
	r.Findings[0].Evidence.Quote = "持续推进“一网通办”，\n梳理事项126项。"
	r.Findings[0].Source.Quote = "总体要求如下。持续推进“一网通办”，梳理事项126项。其他事项另行通知。"
	r.Findings[0].Ask = "请用本单位自己的情况重写“权责清单”这部分。"
	r.Findings = append(r.Findings,
		rules.Finding{ID: "f3", Unit: "青石区", Indicator: "b", No: "2", Title: "政务公开", Check: "缺项", Message: "没有写到此项。", Ask: "请补写。"},
		rules.Finding{ID: "f4", Unit: "青石区", Doc: "青石区/附件.pdf", Check: "扫描件", Message: "“附件.pdf”没有读出来：扫描件：没有文字层，无法判读。", Ask: "请改交。"},
		rules.Finding{ID: "f5", Unit: "青石区", Doc: "青石区/报告.docx", Check: "残留占位符", Message: "疑似残留占位符“X县”：没有填。", Value: "1处", Threshold: "0处",
			Evidence: &rules.Evidence{Doc: "青石区/报告.docx", Span: corpus.Span{Start: 20, End: 24}, Place: corpus.Location{Page: 2, Paragraph: 9}, Quote: "X县高度重视"}, Ask: "请核对全文。"},
		rules.Finding{ID: "f6", Unit: "青石区", Check: "缺少必备部分", Message: "疑似缺少“下一年度安排”部分。", Threshold: "某规定"},
		rules.Finding{ID: "f7", Unit: "青石区", Indicator: "c", Check: "空泛", Message: "已经改好了。"})
	r.Decisions["f7"] = Decision{Status: Closed}
	return r
}

func TestLetterSaysWhatWasFound(t *testing.T) {
	golden(t, "letter.txt", words(t, letterTo(t, corresponded(), "青石区", nil)))
}

func TestLetterCountsWhatItLeavesOut(t *testing.T) {
	r := corresponded()
	r.Decisions["f3"], r.Decisions["f5"] = Decision{Review: Mistaken}, Decision{Review: Exempted}
	got := words(t, letterTo(t, r, "青石区", nil))
	if want := "此前已销号的1条、予以豁免的1条、经核实不成立的1条，本函不再列出。"; !strings.Contains(got, want) {
		t.Errorf("the letter does not say %q:\n%s", want, got)
	}
}

func TestLetterToAUnitThatSentNothing(t *testing.T) {
	r := corresponded()
	r.Units[1].Owes = []corpus.Kind{corpus.Annual, corpus.Plan}
	r.Skipped = append(r.Skipped, Skipped{"白鹭县.zip!/照片.jpg", "图片文件"})
	golden(t, "letter_none.txt", words(t, letterTo(t, r, "白鹭县", nil)))
}

func TestLetterToAUnitWithoutGaps(t *testing.T) {
	r := small()
	r.Findings = nil
	r.Rows = r.Rows[1:]
	r.Rows[0].Notes = nil
	r.Indicators = r.Indicators[:1]
	got := words(t, letterTo(t, r, "青石区", nil))
	if !strings.Contains(got, "在已读出的材料中，没有发现需要反馈的指标差距。") {
		t.Errorf("the letter does not say that there is no gap: %s", got)
	}
	for _, not := range []string{"整改要求", "问题表述", "材料整体方面", "其他请一并核实"} {
		if strings.Contains(got, not) {
			t.Errorf("the letter to a unit without gaps says %q", not)
		}
	}
}

func TestLetterToAUnitOfWhichNothingWasRead(t *testing.T) {
	r := small()
	r.Documents = r.Documents[:2]
	r.Findings = r.Findings[1:]
	r.Rows = []rules.Row{
		{Unit: "青石区", Indicator: "a", Status: rules.NotJudged, Why: "没有一份能读出文字。"},
		{Unit: "青石区", Indicator: "b", Status: rules.NotApplicable},
	}
	got := words(t, letterTo(t, r, "青石区", nil))
	for _, want := range []string{"共收到你单位材料1份，均没有读出", "其余1项均未判：没有一份能读出文字。未判不等于缺项。"} {
		if !strings.Contains(got, want) {
			t.Errorf("the letter does not say %q: %s", want, got)
		}
	}
	if strings.Contains(got, "没有发现") {
		t.Errorf("nothing was judged, and the letter says that nothing was found: %s", got)
	}
}

func TestLetterIsNeverAVerdict(t *testing.T) {
	r := invented(9, 12)
	for _, u := range r.Units {
		for _, line := range linesOf(t, letterTo(t, r, u.Name, nil)) {
			for _, s := range []rules.Status{rules.Formulaic, rules.OnlyPromised, rules.Copied, rules.Missing} {
				if kind, _, _ := strings.Cut(strings.TrimPrefix(line, "问题类型："), "。"); strings.HasPrefix(line, "问题类型：") && kind == string(s) {
					t.Errorf("the letter to %s says %q, want 疑似", u.Name, line)
				}
			}
		}
	}
}

func TestLetterIsTheSameEachTime(t *testing.T) {
	a, b := invented(9, 12), invented(9, 12)
	shuffle(b.Documents)
	shuffle(b.Skipped)
	shuffle(b.Rows)
	shuffle(b.Findings)
	for _, u := range a.Units {
		first := letterTo(t, a, u.Name, nil)
		if !bytes.Equal(first, letterTo(t, b, u.Name, nil)) {
			t.Errorf("the letter to %s depends on the order of the lists", u.Name)
		}
		z, err := zip.NewReader(bytes.NewReader(first), int64(len(first)))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range z.File {
			if f.ModifiedTime != 0 || f.ModifiedDate != 0 {
				t.Errorf("%s has the time %v, want none", f.Name, f.Modified)
			}
		}
	}
}

// TestLetterLayout holds GB/T 9704: A4, the margins, the sizes and the fonts.
func TestLetterLayout(t *testing.T) {
	file := letterTo(t, small(), "青石区", nil)
	for part, musts := range map[string][]string{
		documentPart: {
			`<w:pgSz w:w="11906" w:h="16838"/>`,
			`w:top="2098" w:right="1474" w:bottom="1984" w:left="1588"`, // 37, 26, 35 and 28 mm
			`<w:pStyle w:val="LetterTitle"/>`, `<w:pStyle w:val="LetterHead1"/>`, `<w:pStyle w:val="LetterBody"/>`,
			`<w:tblHeader/>`, `w:type="even"`,
		},
		"word/styles.xml": {
			`w:eastAsia="仿宋_GB2312"`, `<w:sz w:val="32"/>`, `<w:spacing w:line="560" w:lineRule="exact"/>`,
			`w:eastAsia="方正小标宋简体" w:cs="Times New Roman"/><w:sz w:val="44"/>`, `<w:ind w:firstLineChars="200"`,
			`w:eastAsia="黑体"`, `w:eastAsia="楷体_GB2312"`,
		},
		"word/fontTable.xml": {`<w:altName w:val="仿宋,`, `<w:altName w:val="SimHei,`},
		"word/footer1.xml":   {"— </w:t>", " PAGE ", "> —</w:t>"},
		"word/settings.xml":  {"<w:evenAndOddHeaders/>"},
	} {
		content := partOf(t, file, part)
		for _, must := range musts {
			if !strings.Contains(content, must) {
				t.Errorf("%s has no %s", part, must)
			}
		}
	}
}

func TestLetterPackageIsWhole(t *testing.T) {
	file := letterTo(t, small(), "青石区", nil)
	z, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	types := partOf(t, file, "[Content_Types].xml")
	for _, f := range z.File {
		wellFormed(t, f.Name, partOf(t, file, f.Name))
		if strings.HasPrefix(f.Name, "word/") && !strings.HasSuffix(f.Name, ".rels") && !strings.Contains(types, `"/`+f.Name+`"`) {
			t.Errorf("%s has no content type", f.Name)
		}
	}
	if _, faults := paragraphsOf(partOf(t, file, documentPart)); faults != nil || strings.Contains(words(t, file), "{{") {
		t.Error("placeholders are left in the letter")
	}
}

func wellFormed(t *testing.T, name, content string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(content))
	for {
		if _, err := d.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
}

func TestLetterQuotesStrangeText(t *testing.T) {
	r := corresponded()
	r.Findings[0].Evidence.Quote = "a<b>&\"c\x00\x1b\u202e\ufffe\x80{{单位}}</w:t>"
	r.Units[0].Name = "青<石>&区"
	for i := range r.Findings {
		r.Findings[i].Unit = strings.ReplaceAll(r.Findings[i].Unit, "青石区", r.Units[0].Name)
	}
	for i := range r.Rows {
		r.Rows[i].Unit = r.Units[0].Name
	}
	for i := range r.Documents {
		r.Documents[i].Unit.Value = strings.ReplaceAll(r.Documents[i].Unit.Value, "青石区", r.Units[0].Name)
	}
	file := letterTo(t, r, r.Units[0].Name, remade(t, "word/footer1.xml", "— ", "{{单位}}— "))
	got := linesOf(t, file)
	if want := "原文摘录：“a<b>&\"c\uFFFD{{单位}}</w:t>”"; !slices.Contains(got, want) {
		t.Errorf("no line %q in %q", want, got)
	}
	if got[1] != "青<石>&区：" {
		t.Errorf("the letter is to %q", got[1])
	}
	footer := partOf(t, file, "word/footer1.xml")
	wellFormed(t, "footer1.xml", footer)
	if !strings.Contains(footer, "青&lt;石&gt;&amp;区— ") {
		t.Errorf("the footer is %s", footer)
	}
}

func TestOfficeTemplate(t *testing.T) {
	// Word has cut the placeholder in two; the office has its own words, its
	// own look of headings and no paragraph for quotes.
	template := remade(t, documentPart,
		"{{单位}}：", `{{单</w:t></w:r><w:proofErr w:type="spellEnd"/><w:r><w:rPr><w:b/></w:rPr><w:t>位}}并抄送　{{ 年度 }}组`,
		"现将你单位的有关情况反馈如下", "特此函告",
		`<w:pPr><w:pStyle w:val="LetterHead1"/></w:pPr>
      <w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{{一级标题}}`, `<w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:color w:val="FF0000"/></w:rPr><w:t>{{一级标题}}`,
		"{{摘录}}", "")
	file := letterTo(t, corresponded(), "青石区", template)
	got := linesOf(t, file)
	if want := "青石区并抄送　2025年度组"; got[1] != want {
		t.Errorf("the addressee is %q, want %q", got[1], want)
	}
	if !strings.HasSuffix(got[2], "特此函告。") {
		t.Errorf("the office's words are gone: %q", got[2])
	}
	content := partOf(t, file, documentPart)
	if want := `<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr><w:color w:val="FF0000"/></w:rPr><w:t xml:space="preserve">二、总体情况</w:t></w:r></w:p>`; !strings.Contains(content, want) {
		t.Errorf("headings do not look as in the template: %s", content)
	}
	if !strings.Contains(content, `<w:pPr><w:pStyle w:val="LetterBody"/></w:pPr><w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">原文摘录：`) {
		t.Error("quotes do not look as the text does where the template has no paragraph for them")
	}
}

func TestBadTemplates(t *testing.T) {
	var noDocument bytes.Buffer
	w := zip.NewWriter(&noDocument)
	add(t, w, "mimetype", "text/plain")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		template []byte
		want     string
	}{
		"no addressee":      {remade(t, documentPart, "{{单位}}", "各单位"), "缺少占位符{{单位}}"},
		"no text":           {remade(t, documentPart, "{{正文}}", ""), "缺少占位符{{正文}}"},
		"unknown":           {remade(t, documentPart, "{{年度}}", "{{年份}}"), "不认识的占位符{{年份}}；能用的有{{单位}}、{{年度}}、{{节号}}、{{一级标题}}"},
		"twice":             {remade(t, documentPart, "{{二级标题}}", "{{正文}}"), "占位符{{正文}}只能出现一次"},
		"not alone":         {remade(t, documentPart, "{{正文}}", "正文：{{正文}}"), "占位符{{正文}}必须单独成段"},
		"section end":       {remade(t, documentPart, `<w:pStyle w:val="LetterQuote"/>`, `<w:pStyle w:val="LetterQuote"/><w:sectPr/>`), "占位符{{摘录}}所在的段落带有分节符"},
		"half":              {remade(t, documentPart, "{{年度}}法治政府建设报送", "{{年度}法治政府建设报送"), "占位符不完整"},
		"full width":        {remade(t, documentPart, "{{单位}}", "{{单位}}｛｛年度｝｝"), "占位符不完整"},
		"in a table":        {remade(t, documentPart, "<w:body>", "<w:body><w:tbl><w:tr><w:tc><w:p><w:r><w:t>{{表头}}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"), "不能放在表格或文本框里"},
		"unknown in footer": {remade(t, "word/footer1.xml", "— ", "{{正文}}"), "页眉页脚中不能用占位符{{正文}}"},
		"cut in footer":     {remade(t, "word/footer2.xml", "— <", "{{单</w:t></w:r><w:r><w:t>位}}<"), "占位符{{单位}}的各个字格式不一"},
		"half in footer":    {remade(t, "word/footer2.xml", "— ", "{{单位"), "占位符不完整"},
		"not a document":    {[]byte("二进制的旧格式"), "不是可用的 Word 文档"},
		"empty":             {[]byte{}, "不是可用的 Word 文档"},
		"no document":       {noDocument.Bytes(), "不是可用的 Word 文档"},
		"broken XML":        {remade(t, documentPart, "</w:body>", ""), "不是可用的 Word 文档"},
		"no body":           {remade(t, documentPart, "w:body", "w:boby"), "不是可用的 Word 文档"},
		"broken footer":     {remade(t, "word/footer1.xml", "</w:ftr>", ""), "不是可用的 Word 文档"},
		"huge":              {make([]byte, maxTemplate+1), "超过 32 MB"},
	} {
		err := Letter(io.Discard, small(), "青石区", c.template)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: Letter = %v, want %q", name, err, c.want)
		}
	}
	err := Letter(io.Discard, small(), "青石区", remade(t, documentPart, "{{单位}}", "{{甲}}", "{{正文}}", "{{乙}}"))
	for _, want := range []string{"{{单位}}", "{{正文}}", "{{甲}}", "{{乙}}"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Letter = %v, want every fault at once, %s too", err, want)
		}
	}
}

// TestDamagedTemplate: the library would write the part cut off where it is
// damaged, and say nothing.
func TestDamagedTemplate(t *testing.T) {
	file := LetterTemplate()
	at := bytes.Index(file, []byte("word/settings.xml")) + 40
	file[at] ^= 0xFF
	if err := Letter(io.Discard, small(), "青石区", file); !errors.Is(err, corpus.ErrBroken) {
		t.Errorf("Letter = %v, want %v", err, corpus.ErrBroken)
	}
}

func TestTemplateBomb(t *testing.T) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	add(t, w, "word/media/a.bin", strings.Repeat("\x00", 1<<20))
	add(t, w, "word/media/b.bin", "\x00")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := templateParts(b.Bytes(), 1<<20); !errors.Is(err, corpus.ErrTooLarge) {
		t.Errorf("templateParts = %v, want %v", err, corpus.ErrTooLarge)
	}
	if _, err := templateParts(b.Bytes(), 1<<20+1); err != nil {
		t.Errorf("templateParts = %v, want that what is at the limit is read", err)
	}
}

func TestLetterErrors(t *testing.T) {
	if err := Letter(io.Discard, small(), "无此县", nil); err == nil || !strings.Contains(err.Error(), "没有“无此县”这个单位") {
		t.Errorf("Letter = %v, want that there is no such unit", err)
	}
	full := errors.New("disk full")
	if err := Letter(failing{full}, small(), "青石区", nil); !errors.Is(err, full) {
		t.Errorf("Letter = %v, want %v", err, full)
	}
}

func TestYearOfMost(t *testing.T) {
	of := func(years ...string) *Report {
		r := &Report{Documents: []Document{{Shelf: corpus.Previous, Year: corpus.Taken{Value: "2019"}}}}
		for _, y := range years {
			r.Documents = append(r.Documents, Document{Year: corpus.Taken{Value: y}})
		}
		return r
	}
	for _, c := range []struct {
		r    *Report
		want string
	}{{of(), ""}, {of("", ""), ""}, {of("2025", "2024", "2025"), "2025年度"}, {of("2024", "2025"), "2025年度"}} {
		if got := c.r.yearOfMost(); got != c.want {
			t.Errorf("yearOfMost = %q, want %q", got, c.want)
		}
	}
}

func TestToUnit(t *testing.T) {
	for in, want := range map[string]string{
		"超出读取上限。确需读取的，可用 --max-mb 放宽上限后重跑。":          "超出读取上限。",
		"扫描件：没有文字层。需OCR：请报送单位改交 Word 文件。":            "扫描件：没有文字层。请你单位改交 Word 文件。",
		"疑似沿用本单位往年材料，“本单位高度重视”一句在先，请本单位说明。":          "疑似沿用你单位往年材料，“本单位高度重视”一句在先，请你单位说明。",
		"“附件.pdf”没有读出来：文件已加密。请单位用 Word 打开后另存。可用 --x": "“附件.pdf”没有读出来：文件已加密。请你单位用 Word 打开后另存。",
	} {
		if got := toUnit(in); got != want {
			t.Errorf("toUnit(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestAlikeShowsTheOtherSide(t *testing.T) {
	source := "一、总体要求\n坚持稳中求进。\n二、重点任务\n全年办理行政复议案件38件，纠错5件。开展执法培训两期。"
	for quote, want := range map[string]string{
		"全年办理行政复议案件41件，纠错5件。": "全年办理行政复议案件38件，纠错5件。",
		"开展执法培训两期。":           "开展执法培训两期。",
		"组织消防演练三次，参加二百人。":     "",
		"": "",
	} {
		if got := alike(quote, source); got != want {
			t.Errorf("alike(%q) = %q, want %q", quote, got, want)
		}
	}
}

func TestChineseNumerals(t *testing.T) {
	got := map[int]string{}
	want := map[int]string{0: "零", 1: "一", 10: "十", 11: "十一", 20: "二十", 45: "四十五", 100: "一百", 103: "一百零三", 110: "一百一十", 119: "一百一十九", 250: "二百五十"}
	for n := range want {
		got[n] = chinese(n)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// FuzzFillDocument holds that a document that can be filled stays one, and
// that strange ones are errors.
func FuzzFillDocument(f *testing.F) {
	for _, seed := range []string{
		documentXML, "", "<w:body>", "<a/>",
		`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>{{单位}}</w:t></w:r></w:p><w:p><w:pPr/><w:r><w:t/><w:t>{{正文}}</w:t></w:r></w:p></w:body></w:document>`,
		`<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body><w:p><w:r><w:t><![CDATA[{{单]]>位}}&amp;</w:t></w:r></w:p><w:p><w:r><w:t>{{</w:t><w:p><w:t>{{年度}}</w:t></w:p><w:t>正文}}</w:t></w:r></w:p></w:body></w:document>`,
	} {
		f.Add(seed)
	}
	pieces := []piece{{form: heading1, text: "一、<甲>"}, {form: bodyText, text: "下表", keep: true},
		{table: &table{widths: []int{50, 50}, centred: []bool{true, false}, rows: [][]string{{"甲", "乙"}, {"1", "&"}}}}}
	f.Fuzz(func(t *testing.T, content string) {
		filled, err := fillDocument(content, map[string]string{"单位": "甲&局", "年度": ""}, pieces, "单位")
		if err != nil {
			return
		}
		if _, err := paragraphsOf(filled); err != nil {
			t.Fatalf("a document that can be filled is broken afterwards: %v\n%s", err, filled)
		}
		if !strings.Contains(filled, "一、&lt;甲&gt;") {
			t.Fatalf("the letter's text is not in it: %s", filled)
		}
	})
}
