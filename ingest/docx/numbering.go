package docx

import "strings"

const levels = 9

// level is one level of a list: how its numbers are written.
type level struct {
	start   int
	format  string
	text    string // such as "第%1条"
	suffix  string
	restart int // level from 1 whose numbers restart this one; 0 never; -1 any above
	legal   bool
	style   string // the paragraph style linked to the level
}

// list is an abstract list, whose numbers count on through all its uses.
type list struct {
	levels    [levels]level
	styleLink string // the style that holds the real list
	count     [levels]int
	begun     [levels]bool
}

// use is one use of a list, which may begin anew.
type use struct {
	list   *list
	starts map[int]int
	own    map[int]level
	used   map[int]bool
}

// numbering are the lists of a file, with how far each has counted.
type numbering struct {
	uses   map[string]*use
	styles *styles
}

func readNumbering(root *node, s *styles) *numbering {
	n := &numbering{uses: map[string]*use{}, styles: s}
	if root == nil {
		return n
	}
	lists := map[string]*list{}
	for _, k := range root.kids {
		if k.name == "w:abstractNum" {
			lists[k.attr("abstractNumId")] = readList(k)
		}
	}
	for _, k := range root.kids {
		if l := lists[k.kid("w:abstractNumId").attr("val")]; k.name == "w:num" && l != nil {
			n.uses[k.attr("numId")] = readUse(k, l)
		}
	}
	for _, u := range n.uses {
		u.list = n.resolve(u.list, 0)
	}
	return n
}

// resolve follows a list that only points to a numbering style.
func (n *numbering) resolve(l *list, depth int) *list {
	st := n.styles.byID[l.styleLink]
	if l.styleLink == "" || st == nil || depth > 8 {
		return l
	}
	if u := n.uses[st.numID]; u != nil && u.list != l {
		return n.resolve(u.list, depth+1)
	}
	return l
}

func readList(n *node) *list {
	l := &list{styleLink: n.kid("w:numStyleLink").attr("val")}
	for i := range l.levels {
		l.levels[i] = level{start: 1, restart: -1}
	}
	for _, k := range n.kids {
		if i := k.number("ilvl", -1); k.name == "w:lvl" && i >= 0 && i < levels {
			l.levels[i] = readLevel(k)
		}
	}
	return l
}

func readLevel(n *node) level {
	format := n.kid("w:numFmt")
	if format == nil {
		format = n.kid("mc:AlternateContent", "mc:Fallback", "w:numFmt")
	}
	l := level{
		start:   n.kid("w:start").number("val", 1),
		format:  format.attr("val"),
		text:    n.kid("w:lvlText").attr("val"),
		suffix:  n.kid("w:suff").attr("val"),
		restart: n.kid("w:lvlRestart").number("val", -1),
		legal:   n.kid("w:isLgl").on(),
		style:   n.kid("w:pStyle").attr("val"),
	}
	switch l.format {
	case "":
		l.format = "decimal"
	case "custom": // such as "001, 002, 003, ..."
		l.format, _, _ = strings.Cut(format.attr("format"), ",")
	}
	if n.kid("w:lvlPicBulletId") != nil {
		l.format = "bullet"
	}
	return l
}

func readUse(n *node, l *list) *use {
	u := &use{list: l, starts: map[int]int{}, own: map[int]level{}, used: map[int]bool{}}
	for _, k := range n.kids {
		i := k.number("ilvl", -1)
		if k.name != "w:lvlOverride" || i < 0 || i >= levels {
			continue
		}
		if lvl := k.kid("w:lvl"); lvl != nil {
			u.own[i] = readLevel(lvl)
			u.starts[i] = u.own[i].start
		}
		if s := k.kid("w:startOverride"); s != nil {
			u.starts[i] = s.number("val", 1)
		}
	}
	return u
}

// label is the number in front of a paragraph with what separates them, such
// as "（一）", and counts on. It is "" for a paragraph without a number.
func (n *numbering) label(pPr *node) string {
	u, i := n.place(pPr)
	if u == nil {
		return ""
	}
	u.advance(i)
	return u.write(i)
}

// place is the list and level of a paragraph; nil when it has no number. What
// it says itself goes before its style.
func (n *numbering) place(pPr *node) (*use, int) {
	own := pPr.kid("w:numPr")
	ilvl := own.kid("w:ilvl").number("val", -1)
	if id := own.kid("w:numId").attr("val"); id != "" {
		return n.uses[id], min(max(ilvl, 0), levels-1)
	}
	id := n.styles.paragraphStyle(pPr)
	var u *use
	n.styles.chain(id, func(st *style) bool {
		if st.numID == "" {
			if ilvl < 0 {
				ilvl = st.ilvl
			}
			return false
		}
		if u = n.uses[st.numID]; u != nil && ilvl < 0 {
			ilvl = u.linked(st)
		}
		return true
	})
	return u, min(max(ilvl, 0), levels-1)
}

// linked is the level that a style stands for.
func (u *use) linked(st *style) int {
	for i := range levels {
		if u.level(i).style == st.id {
			return i
		}
	}
	return st.ilvl
}

func (u *use) level(i int) level {
	if l, ok := u.own[i]; ok {
		return l
	}
	return u.list.levels[i]
}

func (u *use) start(i int) int {
	if s, ok := u.starts[i]; ok {
		return s
	}
	return u.level(i).start
}

// advance counts level i on, and lets the levels below it begin anew.
func (u *use) advance(i int) {
	l := u.list
	_, anew := u.starts[i]
	if !l.begun[i] || anew && !u.used[i] {
		l.count[i] = u.start(i)
	} else {
		l.count[i]++
	}
	l.begun[i] = true
	u.used[i] = true
	for j := i + 1; j < levels; j++ {
		if r := u.level(j).restart; r < 0 || i < r {
			l.begun[j] = false
		}
	}
}

// write is the number of level i as it now stands.
func (u *use) write(i int) string {
	lvl := u.level(i)
	if lvl.format == "bullet" {
		return bullet(lvl.text) + " "
	}
	var b strings.Builder
	for rest := lvl.text; rest != ""; {
		if len(rest) > 1 && rest[0] == '%' && rest[1] >= '1' && rest[1] <= '9' {
			b.WriteString(u.figure(int(rest[1]-'1'), lvl.legal))
			rest = rest[2:]
			continue
		}
		next := strings.IndexByte(rest[1:], '%') + 1
		if next == 0 {
			next = len(rest)
		}
		b.WriteString(rest[:next])
		rest = rest[next:]
	}
	return b.String() + separator(lvl.suffix, b.String())
}

func (u *use) figure(i int, legal bool) string {
	n := u.start(i)
	if u.list.begun[i] {
		n = u.list.count[i]
	}
	if legal {
		return numeral("decimal", n)
	}
	return numeral(u.level(i).format, n)
}

// separator is what stands between a number and its text. Numbers that end in
// a sign of their own ("一、", "（一）") need none, as they are printed.
func separator(suffix, label string) string {
	if suffix == "nothing" || label == "" || strings.HasSuffix(label, " ") {
		return ""
	}
	for _, end := range []string{"、", "．", ".", "）", ")", "】", "〕", "]", "：", "，"} {
		if strings.HasSuffix(label, end) {
			return ""
		}
	}
	if r := []rune(label); len(r) == 1 && r[0] >= '①' && r[0] <= '⒛' {
		return ""
	}
	return " "
}

// bullet is the sign of a list without numbers. Signs of symbol fonts have no
// character of their own.
func bullet(text string) string {
	for _, r := range text {
		if r >= 0xE000 && r <= 0xF8FF {
			return "•"
		}
	}
	if strings.TrimSpace(text) == "" {
		return "•"
	}
	return text
}
