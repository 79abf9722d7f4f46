package fulltext

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"runtime"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"

	"duibiao/corpus"
)

// Rebuild makes the index in folder dir anew from docs. An index that is there
// stays until the new one is complete: an error of docs, two documents with
// one id, or an ended ctx leave it as it was. An index that is in use, in this
// process too, is corpus.ErrBusy. Meanwhile dir+".new" is used.
func Rebuild(ctx context.Context, dir string, cut Cut, version string, docs iter.Seq2[Doc, error]) error {
	old, err := open(dir, cut)
	if errors.Is(err, corpus.ErrBusy) {
		return err
	}
	if err == nil {
		defer old.Close() // until then nobody else rebuilds it
	}
	temp := dir + ".new"
	if err := build(ctx, temp, cut, version, docs); err != nil {
		return errors.Join(fmt.Errorf("rebuild %s: %w", dir, err), os.RemoveAll(temp))
	}
	if old != nil {
		if err := old.Close(); err != nil {
			return fmt.Errorf("rebuild %s: %w", dir, err)
		}
	}
	if err := os.RemoveAll(dir); err != nil {
		return fmt.Errorf("rebuild %s: %w", dir, err)
	}
	return os.Rename(temp, dir)
}

// build makes a new index in dir.
func build(ctx context.Context, dir string, cut Cut, version string, docs iter.Seq2[Doc, error]) error {
	if err := os.RemoveAll(dir); err != nil { // an earlier Rebuild was killed
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	b, err := scorch.NewBuilder(map[string]any{
		"path":            dir,
		"buildPathPrefix": dir, // not the system's folder for temporary files: files are renamed from there
		"batchSize":       buildBatch,
		"internal":        map[string][]byte{string(versionKey): []byte(stamp(version))},
	})
	if err != nil {
		return err
	}
	passages, err := fill(ctx, b, cut, docs)
	if err != nil {
		return err
	}
	if passages == 0 {
		return buildEmpty(dir, cut, version) // a builder without passages panics when it is closed
	}
	return b.Close()
}

// buildBatch is how many passages make a segment before segments are merged.
const buildBatch = 4000

// fill gives all passages of docs to b, analysed on all processors, and says
// how many there were.
func fill(ctx context.Context, b *scorch.Builder, cut Cut, docs iter.Seq2[Doc, error]) (int, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	read := make(chan Doc)
	passages := 0
	seen := map[string]bool{}
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			for d := range read {
				if err := buildDoc(b, d, cut); err != nil {
					cancel(err)
				}
			}
		})
	}
	for d, err := range docs {
		if err == nil && seen[d.ID] {
			err = fmt.Errorf("index %s: given twice", d.ID)
		}
		if err != nil {
			cancel(err)
		}
		if ctx.Err() != nil {
			break
		}
		seen[d.ID] = true
		passages += len(d.Entries)
		read <- d
	}
	close(read)
	workers.Wait()
	return passages, context.Cause(ctx)
}

func buildDoc(b *scorch.Builder, d Doc, cut Cut) error {
	passages, err := newDocuments(d, cut)
	for _, p := range passages {
		if err == nil {
			err = b.Index(p)
		}
	}
	return err
}

func buildEmpty(dir string, cut Cut, version string) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	x, err := start(dir, cut, func(*scorch.IndexSnapshot) error { return nil })
	if err != nil {
		return err
	}
	return errors.Join(x.scorch.SetInternal(versionKey, []byte(stamp(version))), x.Close())
}
