package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"strings"
	"testing"

	"duibiao/corpus"
)

// drawn is a document of three pages: one of text, one recognised from a
// picture, one that was not read.
func drawn() *corpus.Document {
	var b corpus.Builder
	line := 0
	put := func(by string, confidence float64, write func(string), s string) {
		top := 60 + 40*float64(line)
		line++
		b.From(corpus.Origin{Box: corpus.Box{Left: 59.5, Top: top, Right: 535.5, Bottom: top + 24}, By: by, Confidence: confidence})
		write(s)
	}
	b.Page(1)
	put("", 0, b.Text, "溪桥镇人民政府关于2025年度法治政府建设情况的报告")
	put("", 0, func(s string) { b.Heading(1, s) }, "一、主要举措")
	put("", 0, b.Text, "全年开展“双随机”检查12次，查出问题30件，均已办结。<script>alert(1)</script>")
	b.Row("任务", "完成数")
	b.Page(2)
	line = 0
	put("tesseract 5.3.0", 0.97, b.Text, "（一）规范执法。办理行政处罚案件27件。")
	put("tesseract 5.3.0", 0.61, b.Text, "开展执法人员培训3期，参训81人次。")
	b.Page(3)
	b.Unread("需OCR：这一页只有图像。")
	return b.End("pdf/1", "")
}

func blank(page int) (*corpus.Picture, error) {
	if page == 3 {
		return nil, fmt.Errorf("draw page 3: %w", corpus.ErrBroken)
	}
	sheet := image.NewGray(image.Rect(0, 0, 119, 168))
	for i := range sheet.Pix {
		sheet.Pix[i] = 255
	}
	for line := range 5 {
		for x := 12; x < 107; x++ {
			sheet.SetGray(x, 14+8*line, color.Gray{90})
		}
	}
	var out bytes.Buffer
	err := png.Encode(&out, sheet)
	return &corpus.Picture{Image: out.Bytes(), Width: 595, Height: 842}, err
}

func page(t *testing.T, doc *corpus.Document, picture func(int) (*corpus.Picture, error)) string {
	t.Helper()
	var out bytes.Buffer
	if err := writeTextPage(t.Context(), &out, "报送/溪桥镇.pdf", doc, picture); err != nil {
		t.Fatal(err)
	}
	if to := os.Getenv("DUIBIAO_TEXT_PAGE"); to != "" { // to look at it in a browser
		if err := os.WriteFile(to, out.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return out.String()
}

func TestTextPageShowsPicturesBesideText(t *testing.T) {
	got := page(t, drawn(), blank)
	for _, want := range []string{
		"<title>溪桥镇.pdf　读取对照</title>",
		`src="data:image/png;base64,`,
		`<a href="#t1" id="b1" tabindex="-1" aria-label="第1段" style="left:10.00%;top:7.13%;width:80.00%;height:2.85%">1</a>`,
		`id="t1" tabindex="0"`,
		`&lt;script&gt;alert(1)&lt;/script&gt;`,
		`<div class="cells"><span>任务</span><span>完成数</span></div>`,
		`<span class="tag ocr" title="tesseract 5.3.0">据OCR 97%</span>`,
		`<div class="paragraph doubtful" id="t6"`,
		"本页没有读出：需OCR：这一页只有图像。",
		"这一页的图像没有画出来：文件已损坏",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if n := strings.Count(got, `class="sheet"`); n != 3 {
		t.Errorf("%d pages with pictures, want 3", n)
	}
	for _, foreign := range []string{"http:", "https:", `id="b4"`, "<link", "@import"} {
		if strings.Contains(got, foreign) {
			t.Errorf("the page holds %s", foreign)
		}
	}
}

func TestTextPageWithoutPictures(t *testing.T) {
	got := page(t, drawn(), func(int) (*corpus.Picture, error) { return nil, corpus.ErrUnsupported })
	if strings.Contains(got, "<figure") || strings.Count(got, `class="sheet plain"`) != 3 {
		t.Error("a page without a picture has one")
	}
	var b corpus.Builder
	b.Text("没有页的文件。")
	asked := false
	got = page(t, b.End("docx/1", ""), func(int) (*corpus.Picture, error) { asked = true; return nil, nil })
	if asked || !strings.Contains(got, "没有页的文件。") || strings.Contains(got, "<h2>") {
		t.Errorf("a file without pages: asked for a picture %v", asked)
	}
}

func TestTextPageEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out bytes.Buffer
	if err := writeTextPage(ctx, &out, "a.pdf", drawn(), blank); !errors.Is(err, context.Canceled) {
		t.Errorf("writeTextPage: %v, want context.Canceled", err)
	}
}
