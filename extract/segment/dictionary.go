package segment

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/yanyiwu/gojieba"
)

// gojieba finds its dictionaries through the path of its own source, which no
// machine but the builder's has: so they are inside the binary and are
// unpacked once to a cache folder, from where the C++ side reads them.
var (
	//go:embed dict/jieba.dict.utf8.gz
	mainGz []byte
	//go:embed dict/hmm_model.utf8.gz
	modelGz []byte
	//go:embed dict/words.txt
	ownWords string
)

// wordCount is the frequency our own words get in a dictionary of 60 million:
// enough to win over their parts, which rarely come near it together.
const wordCount = "2000"

// part is one of the five files that gojieba takes, in its order.
type part struct {
	name string
	text func() ([]byte, error)
}

var parts = []part{
	{"jieba.dict.utf8", func() ([]byte, error) { return unzip(mainGz) }},
	{"hmm_model.utf8", func() ([]byte, error) { return unzip(modelGz) }},
	{"user.dict.utf8", func() ([]byte, error) { return userDictionary(ownWords), nil }},
	// Only for keyword extraction, which we never do; the C++ side wants a line in each.
	{"idf.utf8", func() ([]byte, error) { return []byte("法治 10.0\n"), nil }},
	{"stop_words.utf8", func() ([]byte, error) { return []byte("的\n"), nil }},
}

var dictionaryHash = sync.OnceValue(func() string {
	h := sha256.New()
	for _, b := range [][]byte{mainGz, modelGz, userDictionary(ownWords)} {
		sum := sha256.Sum256(b)
		h.Write(sum[:])
	}
	return hex.EncodeToString(h.Sum(nil))
})

// userDictionary makes gojieba's form of our words. It silently ignores lines
// of another form, so they are made here and not written by hand.
func userDictionary(words string) []byte {
	var b bytes.Buffer
	for line := range strings.Lines(words) {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		b.WriteString(line + " " + wordCount + " n\n")
	}
	return b.Bytes()
}

func unzip(packed []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// cacheFolders are the folders to try, best first.
func cacheFolders() []string {
	var folders []string
	if dir, err := os.UserCacheDir(); err == nil {
		folders = append(folders, filepath.Join(dir, "duibiao"))
	}
	return append(folders, filepath.Join(os.TempDir(), fmt.Sprintf("duibiao-%d", os.Getuid())))
}

// open loads the dictionaries from the first cache folder that serves,
// unpacking them there when they are not there yet.
func open(folders []string) (*gojieba.Jieba, error) {
	var faults []error
	for _, folder := range folders {
		dir, err := unpacked(folder, dictionaryHash()[:16], parts)
		if err == nil {
			return gojieba.NewJieba(paths(dir, parts)...), nil
		}
		faults = append(faults, err)
	}
	return nil, fmt.Errorf("unpack the dictionaries: %w", errors.Join(faults...))
}

// unpacked returns the folder name below base that holds the parts. Several
// processes may ask at once: each unpacks to a folder of its own and renames
// it, and whoever comes second takes the first one's.
func unpacked(base, name string, parts []part) (string, error) {
	dir := filepath.Join(base, name)
	if whole(dir, parts) {
		return dir, nil
	}
	if err := os.MkdirAll(base, 0o700); err != nil {
		return "", err
	}
	tmp, err := os.MkdirTemp(base, "unpack-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(tmp)
	if err := unpackTo(tmp, parts); err != nil {
		return "", err
	}
	if err := os.Rename(tmp, dir); err == nil {
		return dir, nil
	}
	if whole(dir, parts) {
		return dir, nil
	}
	if err := os.RemoveAll(dir); err != nil { // a damaged one stands in the way
		return "", err
	}
	if err := os.Rename(tmp, dir); err != nil && !whole(dir, parts) {
		return "", err
	}
	return dir, nil
}

func unpackTo(dir string, parts []part) error {
	sums := make([]string, 0, len(parts))
	for _, p := range parts {
		text, err := p.text()
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		if err := os.WriteFile(filepath.Join(dir, p.name), text, 0o600); err != nil {
			return err
		}
		sums = append(sums, sum(text))
	}
	return os.WriteFile(filepath.Join(dir, "sums"), []byte(strings.Join(sums, "\n")), 0o600)
}

// whole reports whether dir holds the parts undamaged. The C++ side
// ends the whole process over a damaged one.
func whole(dir string, parts []part) bool {
	b, err := os.ReadFile(filepath.Join(dir, "sums"))
	if err != nil {
		return false
	}
	sums := strings.Split(string(b), "\n")
	if len(sums) != len(parts) {
		return false
	}
	for i, path := range paths(dir, parts) {
		text, err := os.ReadFile(path)
		if err != nil || sum(text) != sums[i] {
			return false
		}
	}
	return true
}

func paths(dir string, parts []part) []string {
	var all []string
	for _, p := range parts {
		all = append(all, filepath.Join(dir, p.name))
	}
	return all
}

func sum(text []byte) string {
	s := sha256.Sum256(text)
	return hex.EncodeToString(s[:])
}
