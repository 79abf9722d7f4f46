package docx

import (
	"fmt"
	"slices"
	"strings"
)

// largePicture is the side in EMU, 8 cm, from which a picture may well hold
// text; pageWidth and pageHeight, 13 and 17 cm, those from which it is
// probably a scanned page.
const (
	largePicture = 8 * 360000
	pageWidth    = 13 * 360000
	pageHeight   = 17 * 360000
)

// picture keeps the text of a drawing for after its paragraph, and notes what
// cannot be read.
func (w *walker) picture(n *node) {
	n.find("w:txbxContent", func(box *node) { w.boxes = append(w.boxes, box) })
	n.find("v:textpath", func(t *node) { w.boxes = append(w.boxes, textBox(t.attr("string"))) })
	n.find("pic:pic", func(*node) { w.pictures++ })
	n.find("v:imagedata", func(*node) { w.pictures++ })
	n.find("o:OLEObject", func(o *node) { w.miss(objectKind(o.attr("ProgID"))) })
	n.find("a:graphicData", func(g *node) {
		switch uri := g.attr("uri"); {
		case strings.HasSuffix(uri, "/chart"), strings.HasSuffix(uri, "/chartex"):
			w.miss("图表")
		case strings.HasSuffix(uri, "/diagram"):
			w.diagram(g)
		}
	})
	if n.name == "w:object" {
		return // its picture shows what was missed
	}
	for _, holder := range n.kids {
		pics := picturesIn(holder)
		wide, high := extent(holder)
		large := wide >= largePicture && high >= largePicture
		switch {
		case len(pics) == 0:
		case wide >= pageWidth && high >= pageHeight, w.scans != nil && w.scans.alone && (large || wide == 0):
			w.page(pics)
		case large:
			w.miss("较大的图片")
		}
	}
}

// Pictures that fill a page: not looked at, and recognised in vain.
const (
	scanned = "整页大小的图片"
	inVain  = "没有识别成功的整页图片"
)

// objectKind is what an embedded object is, by the program that made it.
func objectKind(program string) string {
	for _, k := range []struct{ prefix, kind string }{
		{"Excel", "Excel 表格"}, {"ET.", "Excel 表格"}, {"Word", "Word 文档"}, {"WPS.", "Word 文档"}, {"KWPS", "Word 文档"},
		{"PowerPoint", "演示文稿"}, {"WPP", "演示文稿"}, {"AcroExch", "PDF 文件"}, {"Equation", "公式"}, {"MathType", "公式"}, {"Visio", "绘图"},
	} {
		if strings.HasPrefix(program, k.prefix) {
			return k.kind
		}
	}
	return "其他文件"
}

// diagram keeps the text of SmartArt for after its paragraph.
func (w *walker) diagram(graphic *node) {
	var data *node
	graphic.find("dgm:relIds", func(n *node) {
		if part := w.pkg.byID[n.attr("dm")]; part != "" {
			data, _ = w.pkg.tree(part) // a damaged one is reported like a missing one
		}
	})
	if data == nil {
		w.miss("SmartArt 图示")
		return
	}
	data.find("dgm:pt", func(point *node) {
		if kind := point.attr("type"); kind != "" && kind != "node" && kind != "asst" {
			return
		}
		var s strings.Builder
		point.find("a:t", func(t *node) { s.WriteString(t.content()) })
		w.boxes = append(w.boxes, textBox(s.String()))
	})
}

// textBox is a text box with one paragraph.
func textBox(s string) *node {
	t := &node{name: "w:t", kids: []*node{{text: s}}}
	return &node{name: "w:txbxContent", kids: []*node{{name: "w:p", kids: []*node{{name: "w:r", kids: []*node{t}}}}}}
}

// missed is a kind of thing whose text was not read.
type missed struct {
	kind   string
	n      int
	places []string // the text before each of the first few
}

// miss notes a thing whose text is not read, after what was last written.
func (w *walker) miss(kind string) {
	i := slices.IndexFunc(w.missed, func(m *missed) bool { return m.kind == kind })
	if i < 0 {
		i = len(w.missed)
		w.missed = append(w.missed, &missed{kind: kind})
	}
	m := w.missed[i]
	if m.n++; m.n <= 3 {
		place := "开头"
		if w.last != "" {
			place = "“" + w.last + "”之后"
		}
		m.places = append(m.places, place)
	}
}

// message says what was not read, and about where.
func (m *missed) message() string {
	where := strings.Join(slices.Compact(slices.Clone(m.places)), "、")
	if m.n > len(m.places) {
		where += "等处"
	}
	return fmt.Sprintf("文件里有%d处%s，其中的文字没有读取（在%s）。", m.n, m.kind, where)
}
