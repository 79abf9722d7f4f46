// Package fulltext finds passages again by what stands in them.
//
// In: the passages of each document (Doc), once read. Out: for a Query, the
// passages that literally hold its words, best first; or, when there is none,
// passages that are about the same things. The index is a folder that can be
// thrown away and made again with Rebuild; the documents live elsewhere.
//
// Every passage is indexed twice: by all pairs of neighbouring runes of its
// folded text, which never miss a phrase, and by its words, which say how much
// a passage is about something. The pairs name the candidates, the stored text
// decides, the words rank. To add a filter, add a line to filterFields and the
// field to newDocument, and raise layout.
//
// This is the only package that knows bleve. It uses bleve's index (scorch)
// without its mapping and query layers: analysers are passed as values and
// queries are built from terms, so nothing is registered and no query syntax
// lies between a user's text and the index.
package fulltext

import (
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"

	"duibiao/corpus"
)

// ErrRebuild is wrapped by the errors of Open and Search when the index is
// missing, damaged, or made by another version: nothing it says can be relied
// on, and Rebuild makes it anew.
var ErrRebuild = errors.New("full-text index must be rebuilt")

var errClosed = errors.New("full-text index is closed")

// Cut cuts text into the words it is to be found by, long words also into
// their parts (jieba's search mode). The text it is given is folded and valid
// UTF-8. It is called from several goroutines at once.
type Cut func(text string) []string

// Index is an open full-text index. Its methods may be called from several
// goroutines.
type Index struct {
	cut    Cut
	scorch *scorch.Scorch
	queue  *index.AnalysisQueue

	mu      sync.Mutex // guards what follows
	batch   *index.Batch
	pending map[string]bool // documents in batch
	size    int             // bytes of text in batch
	closed  bool
}

// Open opens the index in folder dir, which Rebuild made. version names the
// cutter and its dictionary; when the index was made by another one, or is
// missing or damaged, the error wraps ErrRebuild. When another process holds
// the index, the error wraps corpus.ErrBusy, after two seconds at most.
func Open(dir string, cut Cut, version string) (*Index, error) {
	x, err := open(dir, cut)
	if err != nil {
		return nil, err
	}
	made, err := x.version()
	if err == nil && made != stamp(version) {
		err = fmt.Errorf("open %s: made as %q, not %q: %w", dir, made, stamp(version), ErrRebuild)
	}
	if err != nil {
		return nil, errors.Join(err, x.Close())
	}
	return x, nil
}

// open opens an index of any version. It never makes one.
func open(dir string, cut Cut) (x *Index, err error) {
	if _, err := os.Stat(filepath.Join(dir, "root.bolt")); err != nil {
		return nil, fmt.Errorf("open %s: %w: %w", dir, err, ErrRebuild)
	}
	defer func() {
		// Whoever panics in here holds the lock until the process ends, so the
		// damaged index is removed at once: a Rebuild must not find it busy.
		if guard(recover(), &err) {
			err = errors.Join(fmt.Errorf("open %s: %w", dir, err), os.RemoveAll(dir))
		}
	}()
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	x, err = start(dir, cut, checkSegments)
	if err != nil && !errors.Is(err, corpus.ErrBusy) {
		err = fmt.Errorf("%w: %w", err, ErrRebuild)
	}
	return x, err
}

// start opens or makes the index in dir. check looks at what was loaded,
// before anything is merged or written.
func start(dir string, cut Cut, check func(*scorch.IndexSnapshot) error) (*Index, error) {
	queue := index.NewAnalysisQueue(runtime.GOMAXPROCS(0))
	made, err := scorch.NewScorch(scorch.Name, map[string]any{
		"path":               dir,
		"bolt_timeout":       "2s", // without it a second opener hangs
		"numSnapshotsToKeep": 1,
	}, queue)
	if err != nil {
		queue.Close()
		return nil, fmt.Errorf("open %s: %w", dir, err)
	}
	x := &Index{cut: cut, scorch: made.(*scorch.Scorch), queue: queue, batch: index.NewBatch(), pending: map[string]bool{}}
	if err := x.scorch.OpenMeta(); err != nil {
		queue.Close()
		if strings.Contains(err.Error(), "timeout") {
			return nil, fmt.Errorf("open %s: %w", dir, corpus.ErrBusy)
		}
		return nil, fmt.Errorf("open %s: %w", dir, err)
	}
	snapshot, err := x.snapshot()
	if err == nil {
		err = errors.Join(check(snapshot), snapshot.Close())
	}
	if err == nil {
		err = x.scorch.Open()
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open %s: %w", dir, err), x.Close())
	}
	return x, nil
}

// Close writes what Update and Delete left unwritten and gives the index back
// to other processes. Closing twice does nothing.
func (x *Index) Close() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed {
		return nil
	}
	err := x.flush()
	x.closed = true
	err = errors.Join(err, x.scorch.Close())
	x.queue.Close()
	return err
}

func (x *Index) snapshot() (*scorch.IndexSnapshot, error) {
	r, err := x.scorch.Reader()
	if err != nil {
		return nil, err
	}
	s := r.(*scorch.IndexSnapshot)
	if s == nil {
		return nil, errClosed
	}
	return s, nil
}

var versionKey = []byte("duibiao")

// layout is the version of what newDocument writes.
const layout = 2

// stamp is what an index records of how it was made. The folding is in it by
// its effect, so that a changed corpus.FoldRune never meets an old index.
func stamp(version string) string {
	h := crc32.NewIEEE()
	for r := rune(0); r < 0x10000; r++ {
		if folded, ok := corpus.FoldRune(r); !ok || folded != r {
			fmt.Fprint(h, r, folded, ok)
		}
	}
	return fmt.Sprintf("layout %d, fold %08x, words %s", layout, h.Sum32(), version)
}

func (x *Index) version() (string, error) {
	s, err := x.snapshot()
	if err != nil {
		return "", err
	}
	v, err := s.GetInternal(versionKey)
	return string(v), errors.Join(err, s.Close())
}

// checkSegments holds every file of the index against the checksum at its end.
// A truncated file would otherwise kill the process when it is read.
func checkSegments(s *scorch.IndexSnapshot) error {
	for _, seg := range s.Segments() {
		file, ok := seg.Segment().(interface{ Path() string })
		if !ok {
			continue
		}
		if err := checkSum(file.Path()); err != nil {
			return err
		}
	}
	return nil
}

// guard turns a recovered panic into an error that wraps ErrRebuild: after the
// checks of Open only a file damaged since can cause one.
func guard(panicked any, err *error) bool {
	if panicked != nil {
		*err = fmt.Errorf("damaged (%v): %w", panicked, ErrRebuild)
	}
	return panicked != nil
}
