package main

import (
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
)

// paper is one source: what stands in it, and what file is made of it.
type paper struct {
	name     string // the source's own path, for errors
	out      string // path in the sample; "a.zip!/b.docx" is a member of an archive
	as       string // one of the forms
	encoding string // of a text; UTF-8 when empty
	copyTo   string // a second path that gets the same bytes; "" for none
	pages    int    // of a scan
	body     string
}

// readPapers reads every source below the folders of fsys, in the order of
// their paths. Texts at the top of fsys are tables and notes, not papers.
func readPapers(fsys fs.FS) ([]paper, error) {
	var papers []paper
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || path.Dir(name) == "." {
			return err
		}
		b, err := fs.ReadFile(fsys, name)
		if err != nil {
			return err
		}
		p, err := parsePaper(name, string(b))
		papers = append(papers, p)
		return err
	})
	return papers, err
}

// parsePaper reads a source: lines of "key: value", a line of three dashes,
// and the text.
func parsePaper(name, s string) (paper, error) {
	p := paper{name: name, pages: 1}
	head, body, found := strings.Cut(s, "\n---\n")
	if !found {
		return p, fmt.Errorf("read %s: no line of three dashes", name)
	}
	p.body = body
	for i, line := range strings.Split(head, "\n") {
		key, value, _ := strings.Cut(line, ": ")
		switch key {
		case "out":
			p.out = value
		case "as":
			p.as = value
		case "encoding":
			p.encoding = value
		case "copy":
			p.copyTo = value
		case "pages":
			n, err := strconv.Atoi(value)
			if err != nil {
				return p, fmt.Errorf("read %s:%d: pages: %w", name, i+1, err)
			}
			p.pages = n
		default:
			return p, fmt.Errorf("read %s:%d: unknown key %q", name, i+1, key)
		}
	}
	if p.out == "" {
		return p, fmt.Errorf("read %s: no out", name)
	}
	return p, nil
}

// blockKind is what a line of a source becomes in a file with markup.
type blockKind int

const (
	textBlock   blockKind = iota
	titleBlock            // "# "
	headBlock             // "## ", "### "
	numberBlock           // "+ ": the word processor counts
	rowBlock              // "| a | b |"
)

// block is one line of a source.
type block struct {
	kind  blockKind
	level int // of a headBlock, from 1
	text  string
	cells []string // of a rowBlock
}

// blocks are the lines of the body that are not empty.
func (p paper) blocks() []block {
	var list []block
	for _, line := range strings.Split(p.body, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, parseBlock(line))
		}
	}
	return list
}

func parseBlock(line string) block {
	mark, rest, _ := strings.Cut(line, " ")
	switch mark {
	case "#":
		return block{kind: titleBlock, text: rest}
	case "##", "###":
		return block{kind: headBlock, level: len(mark) - 1, text: rest}
	case "+":
		return block{kind: numberBlock, text: rest}
	case "|":
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		return block{kind: rowBlock, cells: cells}
	}
	return block{text: line}
}
