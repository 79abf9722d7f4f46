package worker

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"duibiao/corpus"
	"duibiao/corpus/readertest"
)

const childEnv = "DUIBIAO_WORKER_TEST_CHILD"

// TestMain makes the test binary a child when a test starts it as one.
func TestMain(m *testing.M) {
	if os.Getenv(childEnv) == "" {
		os.Exit(m.Run())
	}
	work := Work{Read: play, Picture: draw}
	if os.Getenv(readingEnv) != "" {
		work = reading()
	}
	in, out := Stdio()
	if err := Serve(in, out, work); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

var hoard [][]byte

// play does what the path says.
func play(ctx context.Context, path string) (*corpus.Document, error) {
	what, rest, _ := strings.Cut(path, ":")
	switch what {
	case "text":
		fmt.Println("a library prints this")
		var b corpus.Builder
		b.Text(rest)
		return b.End("play/1", ""), nil
	case "pid":
		var b corpus.Builder
		b.Text(fmt.Sprint(os.Getpid()))
		return b.End("play/1", ""), nil
	case "encrypted":
		return nil, fmt.Errorf("read %s as pdf: %w", rest, corpus.ErrEncrypted)
	case "both":
		return nil, errors.Join(corpus.ErrBroken, corpus.ErrTooLarge)
	case "missing":
		_, err := os.Stat(rest)
		return nil, err
	case "over":
		return nil, fmt.Errorf("read %s: %w", rest, &corpus.LimitError{Limit: corpus.TextLength, Measured: 12, Allowed: 10})
	case "pages":
		pages, err := strconv.Atoi(rest)
		for range pages {
			Progress(ctx)
			time.Sleep(100 * time.Millisecond)
		}
		if err != nil {
			return nil, err
		}
		return play(ctx, "text:"+rest)
	case "stuck page":
		Progress(ctx)
		select {}
	case "start":
		cmd := exec.Command("sleep", "600")
		if err := cmd.Start(); err != nil {
			return nil, err
		}
		if err := os.WriteFile(rest, []byte(strconv.Itoa(cmd.Process.Pid)), 0o600); err != nil {
			return nil, err
		}
		select {}
	case "nothing":
		return nil, nil
	case "hang":
		select {}
	case "panic":
		panic("the reader's fault")
	case "exit":
		fmt.Fprintln(os.Stderr, "last words")
		os.Exit(7)
	case "eat":
		for {
			hoard = append(hoard, bytes.Repeat([]byte{1}, 8<<20))
		}
	case "hoard":
		hoard = append(hoard, bytes.Repeat([]byte{1}, 60<<20))
		return play(ctx, "text:held")
	case "crash if not first":
		if len(hoard) > 0 {
			os.Exit(9)
		}
		return play(ctx, "text:first")
	case "garbage":
		os.Stdout.Sync()
		fmt.Fprintln(os.NewFile(1, "stdout"), "}")
		select {}
	}
	return nil, fmt.Errorf("unknown play %q", path)
}

func draw(_ context.Context, path string, page int) (*corpus.Picture, error) {
	if path != "drawn" {
		return nil, corpus.ErrUnsupported
	}
	return &corpus.Picture{Image: fmt.Appendf(nil, "page %d", page), Width: 595}, nil
}

func pool(t *testing.T, workers int, limits Limits) *Pool {
	t.Helper()
	p := &Pool{Workers: workers, Limits: limits, Command: func() *exec.Cmd {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), childEnv+"=1", "GORACE=atexit_sleep_ms=0")
		return cmd
	}}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

func mustRead(t *testing.T, p *Pool, path string) string {
	t.Helper()
	doc, err := p.Read(t.Context(), path)
	if err != nil {
		t.Fatalf("Read(%s): %v", path, err)
	}
	readertest.Check(t, doc)
	return doc.Text(doc.Paragraphs[0].Span)
}

func TestReadGivesTheChildsDocument(t *testing.T) {
	p := pool(t, 1, Limits{})
	long := strings.Repeat("一段很长的文字，", 50000)
	if got := mustRead(t, p, "text:"+long[:60000]); got != strings.ToValidUTF8(long[:60000], "\uFFFD") {
		t.Errorf("%d bytes came back", len(got))
	}
	if got, want := mustRead(t, p, "text:名\xff"), "名\uFFFD"; got != want {
		t.Errorf("Read = %q, want %q", got, want)
	}
	if a, b := mustRead(t, p, "pid"), mustRead(t, p, "pid"); a != b {
		t.Errorf("children %s and %s, want one for many files", a, b)
	}
}

func TestErrorsKeepTheirSentinels(t *testing.T) {
	p := pool(t, 1, Limits{Time: time.Minute})
	tests := []struct {
		path string
		want []error
		text string
	}{
		{"encrypted:甲.pdf", []error{corpus.ErrEncrypted}, "read 甲.pdf as pdf: encrypted"},
		{"both", []error{corpus.ErrBroken, corpus.ErrTooLarge}, "broken file"},
		{"missing:没有.txt", []error{fs.ErrNotExist}, "没有.txt"},
		{"nothing", nil, "neither"},
		{"panic", []error{corpus.ErrCrashed}, "the reader's fault"},
		{"exit", []error{corpus.ErrCrashed}, "last words"},
		{"garbage", []error{corpus.ErrCrashed}, "read garbage"},
		{"unknown", nil, "unknown play"},
	}
	for _, tt := range tests {
		doc, err := p.Read(t.Context(), tt.path)
		if err == nil || doc != nil || !strings.Contains(err.Error(), tt.text) {
			t.Errorf("Read(%s) = %v, %v, want %q", tt.path, doc, err, tt.text)
			continue
		}
		for _, s := range sentinels() {
			want := false
			for _, w := range tt.want {
				want = want || w == s
			}
			if errors.Is(err, s) != want {
				t.Errorf("Read(%s): errors.Is(%q, %q) = %v", tt.path, err, s, !want)
			}
		}
	}
	if got := mustRead(t, p, "text:还能读"); got != "还能读" {
		t.Errorf("after all that: %q", got)
	}
}

func TestTimeLimit(t *testing.T) {
	p := pool(t, 1, Limits{Time: 300 * time.Millisecond})
	if _, err := p.Read(t.Context(), "hang"); !errors.Is(err, corpus.ErrTimeout) {
		t.Errorf("Read(hang): %v, want ErrTimeout", err)
	}
}

func TestEachPageHasItsTime(t *testing.T) {
	limits := Limits{Time: 400 * time.Millisecond, PageTime: 400 * time.Millisecond}
	p := pool(t, 1, limits)
	if got := mustRead(t, p, "pages:9"); got != "9" {
		t.Errorf("Read(pages:9) = %q", got)
	}
	limits.WholeTime = 600 * time.Millisecond
	capped := pool(t, 1, limits)
	tests := []struct {
		pool *Pool
		path string
		want corpus.LimitError
	}{
		{p, "hang", corpus.LimitError{Limit: corpus.ReadTime, Allowed: int64(limits.Time)}},
		{p, "stuck page", corpus.LimitError{Limit: corpus.PageTime, Allowed: int64(limits.PageTime)}},
		{capped, "pages:9", corpus.LimitError{Limit: corpus.WholeTime, Allowed: int64(limits.WholeTime)}},
	}
	for _, tt := range tests {
		var over *corpus.LimitError
		if _, err := tt.pool.Read(t.Context(), tt.path); !errors.As(err, &over) || *over != tt.want {
			t.Errorf("Read(%s): %v, want %v", tt.path, err, &tt.want)
		}
	}
}

func TestALimitComesBackFromTheChild(t *testing.T) {
	var over *corpus.LimitError
	_, err := pool(t, 1, Limits{}).Read(t.Context(), "over:甲.txt")
	if want := (corpus.LimitError{Limit: corpus.TextLength, Measured: 12, Allowed: 10}); !errors.As(err, &over) || *over != want {
		t.Errorf("Read: %v, want %v", err, &want)
	}
}

func TestPicture(t *testing.T) {
	p := pool(t, 1, Limits{})
	if got, err := p.Picture(t.Context(), "drawn", 3); err != nil || string(got.Image) != "page 3" || got.Width != 595 {
		t.Errorf("Picture = %v, %v", got, err)
	}
	if got, err := p.Picture(t.Context(), "else", 1); !errors.Is(err, corpus.ErrUnsupported) {
		t.Errorf("Picture = %v, %v, want ErrUnsupported", got, err)
	}
}

// What a child started, such as a recogniser, dies with it.
func TestProgramsOfAChildDieWithIt(t *testing.T) {
	pidFile := filepath.Join(t.TempDir(), "pid")
	if _, err := pool(t, 1, Limits{Time: time.Second}).Read(t.Context(), "start:"+pidFile); !errors.Is(err, corpus.ErrTimeout) {
		t.Fatalf("Read: %v, want ErrTimeout", err)
	}
	pid, err := os.ReadFile(pidFile)
	if err != nil {
		t.Fatal(err)
	}
	for range 100 { // the kernel takes a moment
		stat, err := os.ReadFile("/proc/" + string(pid) + "/stat")
		if err != nil || bytes.Contains(stat, []byte(") Z ")) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("process %s lives on", pid)
}

func TestMemoryLimit(t *testing.T) {
	p := pool(t, 1, Limits{Memory: 300 << 20})
	if _, err := p.Read(t.Context(), "eat"); !errors.Is(err, corpus.ErrMemory) {
		t.Errorf("Read(eat): %v, want ErrMemory", err)
	}
	if got := mustRead(t, p, "text:下一份"); got != "下一份" {
		t.Errorf("after that: %q", got)
	}
}

func TestAFileDoesNotPayForThoseBeforeIt(t *testing.T) {
	p := pool(t, 1, Limits{Memory: 400 << 20})
	for range 9 { // each fits alone, not all together
		if got := mustRead(t, p, "hoard"); got != "held" {
			t.Errorf("Read = %q", got)
		}
	}
	if got := mustRead(t, p, "crash if not first"); got != "first" {
		t.Errorf("Read = %q", got)
	}
}

func TestContextEndsTheReading(t *testing.T) {
	p := pool(t, 1, Limits{})
	ctx, cancel := context.WithCancel(t.Context())
	pid := mustRead(t, p, "pid")
	time.AfterFunc(100*time.Millisecond, cancel)
	if _, err := p.Read(ctx, "hang"); !errors.Is(err, context.Canceled) {
		t.Errorf("Read(hang): %v, want context.Canceled", err)
	}
	if _, err := p.Read(ctx, "pid"); !errors.Is(err, context.Canceled) {
		t.Errorf("Read after the end: %v, want context.Canceled", err)
	}
	if again := mustRead(t, p, "pid"); again == pid {
		t.Errorf("child %s lives on, want it killed", pid)
	}
}

func TestManyGoroutines(t *testing.T) {
	p := pool(t, 2, Limits{})
	pids := make(chan string, 40)
	var wg sync.WaitGroup
	for i := range 40 {
		wg.Go(func() {
			doc, err := p.Read(t.Context(), fmt.Sprintf("text:%d", i))
			if err != nil || doc.Text(doc.Paragraphs[0].Span) != fmt.Sprint(i) {
				t.Errorf("file %d: %v, %v", i, doc, err)
			}
			if doc, err := p.Read(t.Context(), "pid"); err == nil {
				pids <- doc.Text(doc.Paragraphs[0].Span)
			}
		})
	}
	wg.Wait()
	close(pids)
	seen := map[string]bool{}
	for pid := range pids {
		seen[pid] = true
	}
	if len(seen) > 2 {
		t.Errorf("%d children, want at most 2", len(seen))
	}
}

func TestClosedPool(t *testing.T) {
	p := pool(t, 1, Limits{})
	mustRead(t, p, "pid")
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Read(t.Context(), "pid"); !errors.Is(err, errClosed) {
		t.Errorf("Read after Close: %v", err)
	}
}

func TestACommandThatDoesNotStart(t *testing.T) {
	p := &Pool{Command: func() *exec.Cmd { return exec.Command("no-such-program-here") }}
	if _, err := p.Read(t.Context(), "x"); !errors.Is(err, exec.ErrNotFound) {
		t.Errorf("Read: %v, want exec.ErrNotFound", err)
	}
	if err := p.Close(); err != nil {
		t.Error(err)
	}
}

// The child of a parent that is gone ends, though it is busy with a file.
func TestAChildEndsWithItsParent(t *testing.T) {
	for _, busy := range []bool{false, true} {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), childEnv+"=1", "GORACE=atexit_sleep_ms=0")
		in, err := cmd.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		if busy {
			if _, err := io.WriteString(in, `{"path":"aGFuZw=="}`+"\n"); err != nil {
				t.Fatal(err)
			}
		}
		if err := in.Close(); err != nil {
			t.Fatal(err)
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("busy %v: %v", busy, err)
		}
	}
}

func TestServeRefusesGarbage(t *testing.T) {
	var out bytes.Buffer
	if err := Serve(strings.NewReader("no JSON"), &out, Work{Read: play, Picture: draw}); err == nil || out.Len() > 0 {
		t.Errorf("Serve = %v with output %q, want an error", err, out.String())
	}
}

func TestTailKeepsBothEnds(t *testing.T) {
	var w tail
	fmt.Fprint(&w, "first", strings.Repeat(".", 3*tailBytes))
	fmt.Fprint(&w, "last")
	s := w.String()
	if !strings.HasPrefix(s, "first") || !strings.HasSuffix(s, "last") || len(s) > 2*tailBytes+16 {
		t.Errorf("tail is %d bytes: %.10q … %q", len(s), s, s[len(s)-10:])
	}
}

// FuzzReplies: whatever a child says, each reply is a document, a picture, a
// sign of life or an error.
func FuzzReplies(f *testing.F) {
	f.Add([]byte(`{"working":true}` + "\n" + `{"document":{"reader":"a","text":"甲","paragraphs":[{"span":{"start":0,"end":1},"role":"正文"}]}}`))
	f.Add([]byte(`{"error":"x","kinds":["broken file","?"],"limit":{"limit":"max-mb","allowed":3}}{}`))
	f.Add([]byte(`{"picture":{"image":"AAAA","width":1}}}`))
	f.Add([]byte(`{"document":{"paragraphs":[{"span":{"start":-1,"end":9}}]}}`))
	f.Fuzz(func(t *testing.T, said []byte) {
		c := &child{replies: make(chan reply)}
		go c.listen(bytes.NewReader(said))
		for r := range c.replies {
			err := r.err()
			if err == nil && r.Document == nil && r.Picture == nil {
				t.Errorf("reply %+v is nothing", r)
			}
			if err != nil {
				_ = err.Error()
			}
			if r.Document != nil {
				for _, p := range r.Document.Paragraphs {
					_ = r.Document.Text(p.Span)
				}
			}
		}
	})
}
