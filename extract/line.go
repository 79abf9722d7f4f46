package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"duibiao/corpus"
)

// keyRunes is how many runes of a paragraph are looked at to tell what it is.
// Headings, titles, letterheads and signatures are shorter; of a body
// paragraph only the beginning matters.
const keyRunes = 160

// line is one paragraph made ready for telling what it is.
type line struct {
	corpus.Paragraph
	text  string
	key   string  // the first keyRunes runes, folded, in simplified script, Markdown marks gone
	at    []int32 // where each rune of key stands in text, in runes; one more for the end
	runes int     // folded runes in the whole text, counted as key is; keyRunes+1 when more
	bold  bool    // the whole paragraph stands between Markdown bold marks
	num   number
	zone  corpus.Zone

	opens   bool   // a heading: alone or run in
	heading string // its text, with its number
}

// short reports whether key is the whole line and no longer than n runes.
func (l *line) short(n int) bool { return l.runes <= min(n, keyRunes) }

// rest is the key after the number.
func (l *line) rest() string { return l.key[l.num.size:] }

// span is the place in the document of key[from:to], which are bytes.
func (l *line) span(from, to int) corpus.Span {
	a := utf8.RuneCountInString(l.key[:from])
	b := a + utf8.RuneCountInString(l.key[from:to])
	if b == a {
		return corpus.Span{Start: l.Span.Start + int(l.at[a]), End: l.Span.Start + int(l.at[a])}
	}
	return corpus.Span{Start: l.Span.Start + int(l.at[a]), End: l.Span.Start + int(l.at[b-1]) + 1}
}

// shown is the text of key[from:to] as a person writes it in one line: as it
// stands in the document, without white space between Han characters.
func (l *line) shown(from, to int) string {
	return oneLine(l.raw(l.span(from, to)))
}

// raw is the text of a span of the document inside the line.
func (l *line) raw(s corpus.Span) string {
	from := bytesOf(l.text, s.Start-l.Span.Start)
	return l.text[from : from+bytesOf(l.text[from:], s.Len())]
}

// oneLine takes the white space and Markdown marks out of text, but for one
// blank between two ASCII letters or digits.
func oneLine(text string) string {
	var b strings.Builder
	var last rune
	gap := false
	for _, r := range text {
		if unicode.IsSpace(r) || r == '*' {
			gap = true
			continue
		}
		if gap && isWord(last) && isWord(r) {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		last, gap = r, false
	}
	return b.String()
}

func isWord(r rune) bool {
	return r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// newLine prepares the paragraph p of doc.
func newLine(doc *corpus.Document, p corpus.Paragraph) line {
	l := line{Paragraph: p, text: doc.Text(p.Span)}
	l.bold = isBold(l.text)
	var b strings.Builder
	n := int32(0)
	for _, r := range l.text {
		g, ok := foldKey(r)
		n++
		if !ok || l.runes == 0 && (g == '#' || g == '>') {
			continue
		}
		l.runes++
		if l.runes > keyRunes {
			break
		}
		b.WriteRune(g)
		l.at = append(l.at, n-1)
	}
	l.at = append(l.at, n)
	l.key = b.String()
	if p.Role != corpus.Row {
		l.num = parseNumber(l.key, l.gapAfter)
	}
	return l
}

// gapAfter reports whether white space follows key[:size] in the text.
func (l *line) gapAfter(size int) bool {
	n := utf8.RuneCountInString(l.key[:size])
	return n > 0 && n < len(l.at) && l.at[n]-l.at[n-1] > 1
}

// foldKey folds a rune as corpus does, and further: Markdown's asterisks are
// dropped and traditional characters of office words become simplified.
func foldKey(r rune) (rune, bool) {
	if r == '*' || r == '＊' {
		return 0, false
	}
	if r >= 0x4E00 {
		if s, ok := simplified[r]; ok {
			return s, true
		}
		if r < 0xA000 {
			return r, true
		}
	}
	return corpus.FoldRune(r)
}

// simplified holds the characters of unit names, titles and headings that
// differ between the two scripts. It is for recognising only: what is shown
// stays as written.
var simplified = func() map[rune]rune {
	const pairs = "關关於于報报縣县區区鎮镇鄉乡辦办務务廳厅會会員员與与設设體体實实計计劃划總总結结評评監监執执責责導导" +
		"領领組组號号發发單单聯联稅税財财環环護护農农業业產产資资衛卫應应審审處处統统標标準准範范創创擬拟見见" +
		"綱纲條条則则規规彙汇匯汇轉转貫贯徹彻學学習习簽签機机構构黨党書书記记長长級级屬属團团隊队國国際际經经濟济" +
		"鐵铁電电網网訊讯臺台灣湾廣广東东華华門门陽阳龍龙嶺岭島岛橋桥節节難难題题幹干樹树確确強强證证" +
		"術术藝艺館馆場场園园開开聞闻廠厂質质量量權权決决調调訴诉訟讼議议諮咨詢询職职種种類类將将為为點点進进" +
		"時时間间這这個个們们後后來来對对現现動动勞劳協协社社區区劍剑勢势壓压異异達达遠远運运過过還还邊边選选" +
		"內内兩两劇剧勝胜圍围備备復复複复夠够奪夺婦妇孫孙寧宁寶宝審审尋寻層层歷历歸归殘残減减溫温滅灭滿满漢汉濱滨" +
		"獨独獲获環环畫画當当盡尽礎础禮礼稱称穩稳競竞簡简紀纪約约級级細细終终給给維维緊紧線线練练縮缩績绩繼继續续" +
		"習习聖圣聽听膽胆臨临興兴舉举蘇苏處处號号補补製制視视親亲觀观訂订認认誠诚說说請请諾诺謀谋講讲變变讓让財财" +
		"責责貴贵費费資资賓宾賽赛贊赞趙赵車车軍军輔辅輕轻較较辭辞農农遷迁鄭郑鋼钢錄录鍵键鐘钟閉闭閣阁陳陈際际隨随險险" +
		"雙双雜杂電电響响頁页項项順顺預预頒颁頭头顯显風风飛飞館馆馬马驗验鬥斗魯鲁麗丽黃黄齊齐"
	m := make(map[rune]rune)
	runes := []rune(pairs)
	for i := 0; i+1 < len(runes); i += 2 {
		m[runes[i]] = runes[i+1]
	}
	return m
}()

func isBold(text string) bool {
	t := strings.TrimLeft(strings.TrimSpace(text), "# ")
	return len(t) > 4 && strings.HasPrefix(t, "**") && strings.HasSuffix(t, "**") && !strings.Contains(t[2:len(t)-2], "**")
}
