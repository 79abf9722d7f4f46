package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"duibiao/cmd/duibiao/output"
	"duibiao/corpus"
	"duibiao/corpus/store"
	"duibiao/ingest"
)

// readerKey changes whenever some reader would read a file otherwise: what was
// read by other readers is read again.
const readerKey = "readers/4"

// circumstances is under what the reading of a file is kept that would be
// another with another recogniser, or under other limits: a scan that was not
// read for want of a recogniser is tried again when there is one.
func (l limits) circumstances() (string, error) {
	name, err := l.recogniser()
	if err != nil {
		return "", err
	}
	return strings.Join(append([]string{readerKey, name}, l.values()...), " "), nil
}

// readAll reads every submission and every shelf's documents, in the order of
// their ids, each in a worker process; what was read before and has not
// changed comes from the store. A file that cannot be read is in the list with
// its reason.
func readAll(ctx context.Context, f *folder, st *store.Store, show *progress) ([]*paper, []output.Skipped, error) {
	unpacked, err := os.MkdirTemp("", "duibiao-")
	if err != nil {
		return nil, nil, fmt.Errorf("make a folder to unpack archives in: %w", err)
	}
	defer os.RemoveAll(unpacked)
	files, skipped, err := f.walk(unpacked)
	if err != nil {
		return nil, nil, err
	}
	pool := newPool(f.limits)
	defer pool.Close()
	show.count("读取", len(files))
	papers := make([]*paper, len(files))
	var mu sync.Mutex
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	each(len(files), func(i int) {
		if ctx.Err() != nil {
			return
		}
		p, err := readOne(ctx, files[i], st, f.limits.circumstances, pool.Read)
		mu.Lock()
		defer mu.Unlock()
		papers[i] = p
		if err != nil {
			stop(err) // the first one: the store is gone, or the user
		}
		show.step()
	})
	return papers, skipped, context.Cause(ctx)
}

// source is a file to read, and the shelf on which it stands.
type source struct {
	ingest.File
	shelf corpus.Shelf
	key   string // its path as a 报送清单 names it
}

// walk lists the files below the folder and on the shelves.
func (f *folder) walk(unpacked string) ([]source, []output.Skipped, error) {
	parts, err := f.parts()
	if err != nil {
		return nil, nil, err
	}
	archives := f.limits.archives()
	sources, skipped, err := list(f.root, "", ingest.Options{Skip: parts, Unpack: filepath.Join(unpacked, "0"), Archives: archives})
	if err != nil {
		return nil, nil, err
	}
	for i, s := range f.shelves {
		more, passed, err := list(s.dir, s.name+"/", ingest.Options{Unpack: filepath.Join(unpacked, fmt.Sprint(i+1)), Archives: archives})
		if err != nil {
			return nil, nil, err
		}
		for j := range more {
			more[j].shelf = s.kind
		}
		sources, skipped = append(sources, more...), append(skipped, passed...)
	}
	slices.SortStableFunc(sources, inOrder)
	return sources, skipped, nil
}

func list(dir, prefix string, o ingest.Options) ([]source, []output.Skipped, error) {
	if err := os.MkdirAll(o.Unpack, 0o700); err != nil {
		return nil, nil, fmt.Errorf("make a folder to unpack archives in: %w", err)
	}
	files, passed, err := ingest.Walk(dir, o)
	if err != nil {
		return nil, nil, fmt.Errorf("list %s: %w", dir, err)
	}
	real, err := realPath(dir)
	if err != nil {
		return nil, nil, err
	}
	var sources []source
	for _, file := range files {
		key := filepath.Join(real, filepath.FromSlash(file.ID))
		file.ID = prefix + file.ID
		sources = append(sources, source{File: file, key: key})
	}
	var skipped []output.Skipped
	for _, s := range passed {
		switch {
		case s.Err != nil: // a folder that cannot be opened may hold anything: it is not read, not skipped
			sources = append(sources, source{File: ingest.File{ID: prefix + s.ID, Err: s.Err}})
		case !slices.Contains(o.Skip, s.ID):
			skipped = append(skipped, output.Skipped{Path: prefix + s.ID, Reason: s.Reason})
		}
	}
	return sources, skipped, nil
}

// realPath is dir from the root of the file system, with links followed.
func realPath(dir string) (string, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", fmt.Errorf("find %s: %w", dir, err)
	}
	real, err := filepath.EvalSymlinks(abs)
	if err != nil {
		return "", fmt.Errorf("find %s: %w", dir, err)
	}
	return real, nil
}

// inOrder puts what is reviewed before the shelves, and ids in their order.
func inOrder(a, b source) int {
	return cmp.Or(cmp.Compare(a.shelf, b.shelf), cmp.Compare(a.ID, b.ID))
}

// readOne gives the paper of one file, from the store or by read. The error is
// about the store or the end of ctx; a file that cannot be read is a paper
// without a document.
func readOne(ctx context.Context, s source, st *store.Store, circumstances func() (string, error), read func(context.Context, string) (*corpus.Document, error)) (*paper, error) {
	p := &paper{Submission: corpus.Submission{ID: s.ID, Shelf: s.shelf}, file: s.key}
	if s.Err != nil {
		p.Reason = reason(s.Err)
		return p, nil
	}
	remembered := s.Member == "" // a member of an archive lies at another path in each run
	known := false
	if remembered {
		p.hash, known = st.Stat(s.Abs, s.Size, s.ModTime)
	}
	if !known {
		var err error
		if p.hash, err = output.HashFile(s.Abs); err != nil {
			p.Reason = reason(err)
			return p, nil
		}
	}
	if remembered && !known {
		if err := st.PutStat(s.Abs, s.Size, s.ModTime, p.hash); err != nil {
			return p, err
		}
	}
	doc, why, ok := st.Document(p.hash, readerKey)
	changing := ""
	if !ok {
		var err error
		if changing, err = circumstances(); err != nil {
			return p, err
		}
		doc, why, ok = st.Document(p.hash, changing)
	}
	if !ok {
		if doc, why = read(ctx, s.Abs); ctx.Err() != nil {
			return p, ctx.Err()
		}
		if !passing(why) {
			key := readerKey
			if needsRecogniser(doc, why) {
				key = changing
			}
			if err := st.PutDocument(p.hash, key, doc, why); err != nil {
				return p, err
			}
		}
	}
	p.Doc = doc
	if why != nil {
		p.Doc, p.Reason = nil, reason(why)
	}
	return p, nil
}

// passing reports whether a reason may be gone next time, so that the file is
// to be tried again: limits can be raised, rights given and programs
// installed.
func passing(why error) bool {
	for _, e := range []error{corpus.ErrTooLarge, corpus.ErrTimeout, corpus.ErrMemory, corpus.ErrCrashed, corpus.ErrPermission, corpus.ErrNoProgram} {
		if errors.Is(why, e) {
			return true
		}
	}
	return false
}
