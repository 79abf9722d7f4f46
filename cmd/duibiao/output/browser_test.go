package output

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"duibiao/corpus"
	"duibiao/rules"
)

// browser opens pages in Chromium, and fails the test for whatever a page
// complains of on its console and for whatever it asks of the network.
type browser struct {
	t    *testing.T
	ctx  context.Context
	mu   sync.Mutex
	file string
}

func newBrowser(t *testing.T) *browser {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("this test needs Chromium, which `make test` installs: ", err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.UserDataDir(profile(t)))
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	ctx, stop = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(stop)
	b := &browser{t: t, ctx: ctx}
	chromedp.ListenTarget(ctx, b.hear)
	b.do(network.Enable(), cdplog.Enable())
	return b
}

// profile is a folder for Chromium. Its last processes write there for a moment
// after it was closed.
func profile(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "chromium")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		err := os.RemoveAll(dir)
		for n := 0; err != nil && n < 100; n++ {
			time.Sleep(100 * time.Millisecond)
			err = os.RemoveAll(dir)
		}
		if err != nil {
			t.Error(err)
		}
	})
	return dir
}

func (b *browser) hear(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		b.t.Errorf("the page threw %v", e.ExceptionDetails)
	case *runtime.EventConsoleAPICalled:
		b.t.Errorf("the page wrote %s to its console: %v", e.Type, e.Args)
	case *cdplog.EventEntryAdded:
		b.t.Errorf("the browser complains of the page: %s", e.Entry.Text)
	case *network.EventRequestWillBeSent:
		if u, err := url.Parse(e.Request.URL); err != nil || u.Scheme != "file" || u.Path != b.file {
			b.t.Errorf("the page asks for %s", e.Request.URL)
		}
	}
}

func (b *browser) do(actions ...chromedp.Action) {
	b.t.Helper()
	if err := chromedp.Run(b.ctx, actions...); err != nil {
		b.t.Fatal(err)
	}
}

// open shows r at one place of its page, in a window of that width.
func (b *browser) open(file, hash string, width int64) {
	b.t.Helper()
	b.mu.Lock()
	b.file = file
	b.mu.Unlock()
	u := url.URL{Scheme: "file", Path: file, Fragment: hash}
	b.do(chromedp.EmulateViewport(width, 900), chromedp.Navigate("about:blank"), chromedp.Navigate(u.String()),
		chromedp.WaitNotPresent("#opening"), chromedp.WaitVisible("#main h2"))
}

// eval is the value of a JavaScript expression.
func eval[T any](b *browser, expression string) (v T) {
	b.t.Helper()
	b.do(chromedp.Evaluate(expression, &v))
	return v
}

// until waits for a JavaScript expression to become true.
func (b *browser) until(expression string) {
	b.t.Helper()
	if err := chromedp.Run(b.ctx, chromedp.Poll(expression, nil, chromedp.WithPollingTimeout(10*time.Second))); err != nil {
		b.t.Fatalf("wait for %s: %v", expression, err)
	}
}

// shared is a report in which one paper shares two passages with another.
func shared(t *testing.T) *Report {
	t.Helper()
	r := small()
	docs := map[string]*corpus.Document{}
	write := func(id, first, second string) {
		var b corpus.Builder
		b.Heading(1, "关于法治建设的报告")
		for i := range 30 {
			b.Text(fmt.Sprintf("第%d段，本单位自己写的文字，𠮷日办结%d件。", i, i))
		}
		b.Text(first)
		for i := range 30 {
			b.Text(fmt.Sprintf("又第%d段，%s。", i, strings.Repeat(id, 8)))
		}
		b.Text(second)
		docs[id] = b.End("text/1", "UTF-8")
	}
	doc, source := "青石区/报告.docx", "上位文件/市方案.txt"
	write(doc, "𠮷，全面推行清单管理并按月通报进度。", "建立督察整改台账，逐项销号。")
	write(source, "𠮷，全面推行清单管理并按月通报情况。", "建立督察整改台账，逐项销号。")
	r.Reuse = nil
	for _, i := range []int{31, 62} {
		at, from := docs[doc].Paragraphs[i].Span, docs[source].Paragraphs[i].Span
		same, there := at, from
		if i == 31 {
			same, there = corpus.Span{Start: at.Start, End: at.End - 3}, corpus.Span{Start: from.Start, End: from.End - 3}
		}
		r.Reuse = append(r.Reuse, Reuse{Reuse: corpus.Reuse{Doc: doc, Span: at, Same: []corpus.Span{same}, Source: source, SourceSpan: from,
			From: []corpus.Span{there}, Relation: corpus.FromSuperior, Informative: same.Len()},
			Quote: docs[doc].Text(at), Place: docs[doc].Locate(at), SourceQuote: docs[source].Text(from), SourcePlace: docs[source].Locate(from)})
	}
	e := rules.Evidence{Doc: doc, Span: r.Reuse[0].Span, Place: r.Reuse[0].Place, Quote: r.Reuse[0].Quote}
	r.Findings[0].Evidence = &e
	r.Findings[0].Source = &rules.Source{Doc: source, Unit: "市政府", Span: r.Reuse[0].SourceSpan, Quote: r.Reuse[0].SourceQuote}
	r.Rows[1].Status, r.Rows[1].Evidence = rules.Copied, []rules.Evidence{e}
	r.Texts = func(id string) *corpus.Document { return docs[id] }
	return r
}

func htmlFile(t *testing.T, r *Report) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "报告.html")
	if err := os.WriteFile(path, []byte(text(t, HTML, r)), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestReportInABrowser(t *testing.T) {
	b, file := newBrowser(t), htmlFile(t, shared(t))

	b.open(file, "", 1280)
	if n := eval[int](b, `document.querySelectorAll(".heat td").length`); n != 4 {
		t.Errorf("the heat map has %d cells, want 4", n)
	}
	if s := eval[string](b, `[...document.querySelectorAll(".heat td")].map(e => e.textContent).join("")`); s != "同缺？？" {
		t.Errorf("the heat map shows %s", s)
	}
	if n := eval[int](b, `document.querySelectorAll("figure svg[aria-label]").length`); n != 2 {
		t.Errorf("there are %d charts, want 2", n)
	}

	// With the keyboard from a cell to the passage in its context.
	b.do(chromedp.Focus(`.heat td[data-u="0"][data-i="0"]`), chromedp.KeyEvent(kb.ArrowRight), chromedp.KeyEvent(kb.ArrowLeft), chromedp.KeyEvent(kb.Enter))
	b.until(`location.hash === "#unit/0/item/0" && document.querySelector("#item-0[open] blockquote .beside")`)
	if s := eval[string](b, `document.querySelector("#item-0 blockquote mark").textContent`); s != "𠮷，全面推行清单管理并按月通报进度。" {
		t.Errorf("the passage marked in its context is %q", s)
	}
	if s := eval[string](b, `document.querySelector("#item-0 blockquote .beside").textContent`); s != "第29段，本单位自己写的文字，𠮷日办结29件。" {
		t.Errorf("before the passage stands %q", s)
	}

	b.open(file, "findings", 1280)
	b.do(chromedp.SetValue("#by-check", "未报送"), chromedp.Evaluate(`document.querySelector("#by-check").dispatchEvent(new Event("change"))`, nil))
	if s := eval[string](b, `document.querySelector("[role=status]").textContent + document.querySelectorAll("#list article").length`); s != "共 1 条。1" {
		t.Errorf("the filter shows %s", s)
	}
	b.do(chromedp.SetValue("#by-check", ""), chromedp.SendKeys("#by-words", "按月通报进度"))
	b.until(`document.querySelector("[role=status]").textContent === "共 1 条。"`)
	id := eval[string](b, `document.querySelector("#list article .id").textContent`)
	if id != shared(t).Findings[0].ID {
		t.Errorf("the finding is called %q, want %q", id, shared(t).Findings[0].ID)
	}
	b.do(chromedp.Evaluate(`document.querySelector("#by-words").value = ""`, nil), chromedp.SendKeys("#by-words", id))
	b.until(`document.querySelector("[role=status]").textContent === "共 1 条。"`)
}

func TestSideBySideInABrowser(t *testing.T) {
	b, file := newBrowser(t), htmlFile(t, shared(t))
	b.open(file, "copies", 1280)
	b.do(chromedp.Click(`a[href="#pair/0"]`))
	b.until(`document.querySelectorAll(".side mark.now").length === 2`)
	if s := eval[string](b, `[...document.querySelectorAll(".side mark.now")].map(e => e.textContent).join("|")`); s != "1𠮷，全面推行清单管理并按月通报|1𠮷，全面推行清单管理并按月通报" {
		t.Errorf("the first passage shows %q", s)
	}
	if s := eval[string](b, `document.querySelector(".side .within").textContent`); s != "进度。" {
		t.Errorf("the part that does not agree is %q", s)
	}
	top := `document.querySelectorAll(".side")[1].scrollTop`
	before := eval[float64](b, top)
	b.do(chromedp.KeyEvent("n"))
	b.until(`document.querySelector(".side mark.now").dataset.i === "1"`)
	if after := eval[float64](b, top); after <= before {
		t.Errorf("after n the right side stands at %v, before at %v", after, before)
	}
	b.do(chromedp.KeyEvent("p"))
	b.until(`document.querySelector(".side mark.now").dataset.i === "0"`)
	time.Sleep(500 * time.Millisecond) // linked scrolling rests for a moment after a jump
	b.do(chromedp.Evaluate(`document.querySelectorAll(".side")[0].scrollTop = 1e6`, nil))
	b.until(top + ` > 800`)
}

func TestReportOnANarrowScreenAndOnPaper(t *testing.T) {
	r := shared(t)
	r.Rounds.Gone = []Gone{{Finding: rules.Finding{ID: "0a1b2c3d4e5f", Unit: "青石区", No: "1", Title: "权责清单", Check: "空泛", Message: "没有可以核实的内容。"}, Round: Fixed}}
	b, file := newBrowser(t), htmlFile(t, r)
	for _, hash := range []string{"overview", "units", "unit/0/item/0", "findings", "copies", "pair/0", "files", "about"} {
		b.open(file, hash, 400)
		if w := eval[int](b, `document.documentElement.scrollWidth`); w > 400 {
			t.Errorf("#%s is %d pixels wide on a screen of 400", hash, w)
		}
		if s := eval[string](b, `(document.querySelector("nav [aria-current]") || {}).textContent || ""`); s == "" {
			t.Errorf("#%s does not say where it is", hash)
		}
	}
	b.open(file, "findings", 400)
	if s := eval[string](b, `[...document.querySelectorAll(".id")].map(e => e.textContent).join()`); s != "f2,f1,0a1b2c3d4e5f" {
		t.Errorf("the findings are called %s", s)
	}
	b.open(file, "unit/0", 1280)
	var paper []byte
	b.do(chromedp.ActionFunc(func(ctx context.Context) (err error) {
		paper, _, err = page.PrintToPDF().WithPreferCSSPageSize(true).Do(ctx)
		return err
	}))
	if !regexp.MustCompile(`/MediaBox \[0 0 59[45][.\d]* 84[12]`).Match(paper) {
		t.Errorf("the report is not printed on A4")
	}
	if n := eval[int](b, `document.querySelectorAll("details:not([open])").length`); n > 0 {
		t.Errorf("%d indicators are printed without what was found", n)
	}
	b.do(emulation.SetEmulatedMedia().WithMedia("print"))
	if s := eval[string](b, `getComputedStyle(document.querySelector("nav")).display`); s != "none" {
		t.Errorf("the tabs are printed (%s)", s)
	}
}

// TestKeyboardReachesEveryView goes from the top of the page to each tab and
// opens it, with the keyboard alone, and sees where it is all the way.
func TestKeyboardReachesEveryView(t *testing.T) {
	b, file := newBrowser(t), htmlFile(t, shared(t))
	for i, want := range []string{"概览", "单位", "问题", "雷同", "文件", "说明"} {
		b.open(file, "about", 1280)
		for range i + 2 { // the first leads past the tabs
			b.do(chromedp.KeyEvent(kb.Tab))
			if s := eval[string](b, `getComputedStyle(document.activeElement).outlineStyle + getComputedStyle(document.activeElement).outlineWidth`); s != "solid3px" {
				t.Errorf("the element in focus is outlined as %s", s)
			}
		}
		b.do(chromedp.KeyEvent(kb.Enter))
		b.until(`document.querySelector("#tabs [aria-current]").textContent === "` + want + `"`)
	}
	b.open(file, "copies", 1280)
	b.do(chromedp.Focus(`a[href="#pair/0"]`), chromedp.KeyEvent(kb.Enter))
	b.until(`document.querySelectorAll(".side[tabindex='0']").length === 2`)
}

// TestManyIndicatorsOnPaper holds that a heat map of 130 indicators is printed
// in parts that fit on a page.
func TestManyIndicatorsOnPaper(t *testing.T) {
	b, file := newBrowser(t), htmlFile(t, invented(5, 130))
	b.open(file, "overview", 680) // the line of A4 with its margins
	b.do(chromedp.Evaluate(`dispatchEvent(new Event("beforeprint"))`, nil), emulation.SetEmulatedMedia().WithMedia("print"))
	if s := eval[string](b, `[...document.querySelectorAll(".paper table")].map(e => e.rows.length + "x" + e.rows[0].cells.length).join()`); s != "6x31,6x31,6x31,6x31,6x11" {
		t.Errorf("the heat map is printed as tables of %s", s)
	}
	if w := eval[float64](b, `Math.max(...[...document.querySelectorAll(".paper table")].map(e => e.getBoundingClientRect().right))`); w > 680 {
		t.Errorf("the heat map is %v pixels wide on a page of 680", w)
	}
}

// TestPassagesOfTablesAndLongParagraphs holds that the cells of a row are seen
// and that a paragraph without end does not hide what is marked in it.
func TestPassagesOfTablesAndLongParagraphs(t *testing.T) {
	r := small()
	var d corpus.Builder
	d.Row("序号", "事项", "数量")
	d.Row("1", "行政复议", "12")
	d.Text(strings.Repeat("前文很长，", 2000) + "就是这一句。" + strings.Repeat("后文也很长，", 2000))
	doc := d.End("text/1", "UTF-8")
	r.Texts = func(id string) *corpus.Document { return doc }
	row, long := doc.Paragraphs[1].Span, doc.Paragraphs[2].Span
	at := corpus.Span{Start: long.Start + 10000, End: long.Start + 10006}
	r.Rows[0].Evidence = []rules.Evidence{{Doc: "青石区/报告.docx", Span: row, Quote: doc.Text(row)}}
	r.Rows[1].Evidence = []rules.Evidence{{Doc: "青石区/报告.docx", Span: at, Quote: doc.Text(at)}}
	r.Findings = nil
	b, file := newBrowser(t), htmlFile(t, r)
	b.open(file, "unit/0/item/1", 1280)
	b.until(`document.querySelector("#item-1 blockquote p.beside")`)
	if s := eval[string](b, `[...document.querySelectorAll("#item-1 mark .tab")].length + document.querySelector("#item-1 mark").textContent`); s != "21\t行政复议\t12" {
		t.Errorf("a row shows %q", s)
	}
	b.open(file, "unit/0/item/0", 1280)
	b.until(`document.querySelector("#item-0 blockquote p.beside")`)
	if n := eval[int](b, `document.querySelector("#item-0 blockquote").textContent.length`); n > 1500 {
		t.Errorf("a passage is shown in a context of %d characters", n)
	}
	if s := eval[string](b, `document.querySelector("#item-0 mark").textContent`); s != "就是这一句。" {
		t.Errorf("what is marked in a long paragraph is %q", s)
	}
}

// contrastJS is the smallest contrast (WCAG 2.1) of the page's texts against
// what lies behind them, of those that the selectors name.
const contrastJS = `(() => {
	const light = c => { const [r, g, b] = c.match(/[\d.]+/g).map(v => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }); return .2126 * r + .7152 * g + .0722 * b; };
	const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (!/, 0\)$/.test(c)) return c; } return "rgb(255, 255, 255)"; };
	let least = 21;
	for (const e of document.querySelectorAll(".v, .heat td, .heat th, p, .quiet, nav a, mark, a, h1, h2, th")) {
		const [a, b] = [light(getComputedStyle(e).color), light(behind(e))].sort((x, y) => y - x);
		least = Math.min(least, (a + .05) / (b + .05));
	}
	return least;
})()`

func TestReportCanBeReadInLightAndDark(t *testing.T) {
	b, file := newBrowser(t), htmlFile(t, shared(t))
	for _, scheme := range []string{"light", "dark"} {
		b.do(emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}))
		for _, hash := range []string{"overview", "findings", "pair/0"} {
			b.open(file, hash, 1280)
			if c := eval[float64](b, contrastJS); c < 4.5 {
				t.Errorf("#%s in %s: the contrast of some text is %.2f, want 4.5", hash, scheme, c)
			}
		}
	}
}

func TestCompareReportBeginsWithPairs(t *testing.T) {
	r := shared(t)
	r.Indicators, r.Rows, r.Findings = nil, nil, nil
	b, file := newBrowser(t), htmlFile(t, r)
	b.open(file, "", 1280)
	if s := eval[string](b, `document.title + document.querySelector("#tabs").textContent`); s != "报送材料雷同对照（2025年度）雷同文件说明" {
		t.Errorf("the page of a comparison shows %s", s)
	}
}

// TestReportOfAHundredUnitsCanBeMailed holds the report on 100 units and 130
// indicators, with papers whose characters are drawn at random, which pack
// worse than any language, to 5 MB.
func TestReportOfAHundredUnitsCanBeMailed(t *testing.T) {
	r := invented(100, 130)
	draw := rand.New(rand.NewPCG(1, 2))
	r.Texts = func(string) *corpus.Document {
		var b corpus.Builder
		for range 50 {
			line := make([]rune, 80)
			for i := range line {
				line[i] = rune(0x4E00 + draw.IntN(3000))
			}
			b.Text(string(line))
		}
		return b.End("text/1", "UTF-8")
	}
	if size := len(text(t, HTML, r)); size > 5<<20 {
		t.Errorf("the report has %d bytes, want at most 5 MB", size)
	} else {
		t.Logf("the report has %d bytes", size)
	}
}
