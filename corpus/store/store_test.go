package store_test

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"duibiao/corpus"
	"duibiao/corpus/store"
)

// The test binary plays the second process: it opens the folder named in the
// environment and does what it is told there.
func TestMain(m *testing.M) {
	if dir := os.Getenv("STORE_TEST_DIR"); dir != "" {
		os.Exit(child(dir, os.Getenv("STORE_TEST_DO")))
	}
	os.Exit(m.Run())
}

func child(dir, what string) int {
	s, err := store.Open(dir)
	if err != nil {
		fmt.Println("error:", err)
		return 1
	}
	fmt.Println("open")
	switch what {
	case "write": // until it is killed
		for i := 0; ; i++ {
			id := fmt.Sprint("h", i)
			if err := s.PutDocument(id, "text/1", document(i), nil); err != nil {
				fmt.Println("error:", err)
				return 1
			}
			if err := s.Decide(store.Decision{Finding: id, Status: "closed", When: time.Unix(int64(i), 0)}); err != nil {
				fmt.Println("error:", err)
				return 1
			}
			fmt.Println("kept", i)
		}
	case "hold": // until its standard input ends
		bufio.NewReader(os.Stdin).ReadString('\n')
	}
	return 0
}

func start(t *testing.T, dir, what string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), "STORE_TEST_DIR="+dir, "STORE_TEST_DO="+what)
	if _, err := c.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() || lines.Text() != "open" {
		t.Fatalf("child said %q, want open", lines.Text())
	}
	return c, lines
}

func document(i int) *corpus.Document {
	var b corpus.Builder
	b.Page(1)
	b.Heading(1, "一、工作开展情况")
	b.Text(fmt.Sprintf("青石镇办结行政许可%d件。", i))
	b.Row("事项", "", "件数")
	b.Warn("页眉有乱码")
	return b.End("text/1", "GB18030")
}

func mustOpen(t *testing.T, dir string) *store.Store {
	t.Helper()
	s, err := store.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func mustClose(t *testing.T, s *store.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestDocumentsSurviveClosing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "甲 乙?c#d%20e", ".duibiao")
	s := mustOpen(t, dir)
	check(t, s.PutDocument("h1", "text/1", document(7), nil))
	mustClose(t, s)

	s = mustOpen(t, dir)
	defer mustClose(t, s)
	got, why, ok := s.Document("h1", "text/1")
	if !ok || why != nil {
		t.Fatalf("Document = %v, %v, want what was put", why, ok)
	}
	want := document(7)
	if got.String() != want.String() || got.Reader != want.Reader || got.Encoding != want.Encoding || got.Pages != 1 {
		t.Errorf("Document = %q by %s, want %q", got.String(), got.Reader, want.String())
	}
	if d := cmp.Diff(want.Paragraphs, got.Paragraphs); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(want.Warnings, got.Warnings); d != "" {
		t.Error(d)
	}
	for _, key := range [][2]string{{"h1", "text/2"}, {"h2", "text/1"}} {
		if _, _, ok := s.Document(key[0], key[1]); ok {
			t.Errorf("Document(%v) is known, want not", key)
		}
	}
}

func TestReasonsSurvive(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	defer mustClose(t, s)
	for _, sentinel := range []error{
		corpus.ErrNoText, corpus.ErrGarbled, corpus.ErrEncrypted, corpus.ErrBroken, corpus.ErrEmpty, corpus.ErrNoPages, corpus.ErrTooLarge,
		corpus.ErrTimeout, corpus.ErrMemory, corpus.ErrCrashed, corpus.ErrUnsupported, corpus.ErrPermission,
	} {
		put := fmt.Errorf("read 甲局.pdf as pdf: page 3: %w", sentinel)
		check(t, s.PutDocument("h", "pdf/1", nil, put))
		doc, why, ok := s.Document("h", "pdf/1")
		if !ok || doc != nil || !errors.Is(why, sentinel) || why.Error() != put.Error() {
			t.Errorf("Document = %v, %v, %v; want %v", doc, why, ok, put)
		}
	}
	check(t, s.PutDocument("h", "pdf/1", nil, errors.New("something else")))
	if _, why, ok := s.Document("h", "pdf/1"); !ok || why.Error() != "something else" || errors.Unwrap(why) != nil {
		t.Errorf("Document = %v, %v; want an error that is none of corpus", why, ok)
	}
	check(t, s.PutDocument("h", "pdf/1", document(1), nil))
	if doc, why, ok := s.Document("h", "pdf/1"); !ok || why != nil || doc == nil {
		t.Errorf("Document = %v, %v, %v; want the document that took the reason's place", doc, why, ok)
	}
	if err := s.PutDocument("h", "pdf/1", nil, nil); err == nil {
		t.Error("PutDocument took neither a document nor a reason")
	}
}

func TestStat(t *testing.T) {
	s := mustOpen(t, t.TempDir())
	defer mustClose(t, s)
	old := time.Now().Add(-time.Hour)
	check(t, s.PutStat("甲局/报告.txt", 10, old, "h1"))
	check(t, s.PutStat("乙局/报告.txt", 10, time.Now(), "h2"))
	for _, c := range []struct {
		path    string
		size    int64
		changed time.Time
		want    string
	}{
		{"甲局/报告.txt", 10, old, "h1"},
		{"甲局/报告.txt", 11, old, ""},
		{"甲局/报告.txt", 10, old.Add(1), ""},
		{"丙局/报告.txt", 10, old, ""},
	} {
		if got, ok := s.Stat(c.path, c.size, c.changed); got != c.want || ok != (c.want != "") {
			t.Errorf("Stat(%s, %d, %v) = %q, %v; want %q", c.path, c.size, c.changed, got, ok, c.want)
		}
	}
	now := time.Now()
	check(t, s.PutStat("乙局/报告.txt", 10, now, "h2"))
	if got, ok := s.Stat("乙局/报告.txt", 10, now); ok {
		t.Errorf("Stat trusts %q for a file that changed as it was hashed", got)
	}
}

func TestRuns(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir)
	if _, ok, err := s.LastRun(); ok || err != nil {
		t.Errorf("LastRun = %v, %v before any run", ok, err)
	}
	first := store.Run{Key: "k1", Started: time.Unix(1, 0), Finished: time.Unix(2, 5), Info: []byte(`{"documents":3}`),
		Rows:     []store.Record{{Unit: "甲局", Indicator: "x2", Status: "达标", JSON: []byte(`{"a":1}`)}, {Unit: "甲局", Indicator: "x1"}},
		Findings: []store.Record{{ID: "f9", Unit: "甲局", Check: "缺项", JSON: []byte(`{}`)}, {ID: "f1", Unit: "乙局"}},
	}
	check(t, s.SaveRun(first))
	second := first
	second.Key, second.Rows, second.Finished = "k2", first.Rows[:1], time.Time{}
	check(t, s.SaveRun(second))
	mustClose(t, s)

	s = mustOpen(t, dir)
	defer mustClose(t, s)
	got, ok, err := s.LastRun()
	if err != nil || !ok {
		t.Fatalf("LastRun = %v, %v", ok, err)
	}
	got.Findings[1].JSON = nil // an empty value comes back empty, not nil
	if d := cmp.Diff(second, got); d != "" {
		t.Error(d)
	}
}

func TestDecisions(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir)
	day := func(n int) time.Time { return time.Unix(int64(n)*86400, 0) }
	check(t, s.Decide(
		store.Decision{Finding: "f1", Status: "fixing", Review: "属实", Note: "已要求补报", Section: "法制科", Due: "3月底", Progress: "在改", Who: "宋", When: day(3)},
		store.Decision{Finding: "f2", Status: "closed", When: day(3)},
	))
	check(t, s.Decide(store.Decision{Finding: "f1", Status: "open", When: day(1)})) // older, came later
	check(t, s.Decide(store.Decision{Finding: "f2", Status: "open", When: day(4)}))
	check(t, s.SaveRun(store.Run{Key: "next"})) // a run touches no decision
	mustClose(t, s)

	s = mustOpen(t, dir)
	defer mustClose(t, s)
	got, err := s.Decisions()
	check(t, err)
	want := map[string]store.Decision{
		"f1": {Finding: "f1", Status: "fixing", Review: "属实", Note: "已要求补报", Section: "法制科", Due: "3月底", Progress: "在改", Who: "宋", When: day(3)},
		"f2": {Finding: "f2", Status: "open", When: day(4)},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	history, err := s.History("f1")
	check(t, err)
	if len(history) != 2 || history[0].Status != "open" || history[1].Status != "fixing" {
		t.Errorf("History = %v, want both decisions, the older first", history)
	}
}

func TestSecondProcessIsTold(t *testing.T) {
	dir := t.TempDir()
	c, _ := start(t, dir, "hold")
	_, err := store.Open(dir)
	if !errors.Is(err, corpus.ErrBusy) || !strings.Contains(err.Error(), fmt.Sprintf("process %d on ", c.Process.Pid)) {
		t.Errorf("Open = %v, want ErrBusy with process %d", err, c.Process.Pid)
	}
	if _, err := store.Rebuild(dir); !errors.Is(err, corpus.ErrBusy) {
		t.Errorf("Rebuild = %v, want ErrBusy", err)
	}
	check(t, c.Process.Kill())
	_ = c.Wait() // it was killed, and says so
	mustClose(t, mustOpen(t, dir))
}

func TestSameProcessTwice(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir)
	if _, err := store.Open(dir); !errors.Is(err, corpus.ErrBusy) {
		t.Errorf("Open = %v, want ErrBusy", err)
	}
	mustClose(t, s)
	mustClose(t, mustOpen(t, dir))
}

func TestKillLosesNothingKept(t *testing.T) {
	dir := t.TempDir()
	c, lines := start(t, dir, "write")
	for range 25 {
		if !lines.Scan() {
			t.Fatal("child ended early")
		}
	}
	check(t, c.Process.Kill())
	last := -1
	for text := lines.Text(); ; text = lines.Text() {
		if _, err := fmt.Sscanf(text, "kept %d", &last); err != nil {
			t.Fatalf("child said %q", text)
		}
		if !lines.Scan() {
			break
		}
	}
	_ = c.Wait()

	s := mustOpen(t, dir)
	defer mustClose(t, s)
	decisions, err := s.Decisions()
	check(t, err)
	for i := range last + 1 {
		id := fmt.Sprint("h", i)
		doc, _, ok := s.Document(id, "text/1")
		if !ok || doc.String() != document(i).String() {
			t.Errorf("document %d of %d is lost", i, last)
		}
		if decisions[id].Status != "closed" {
			t.Errorf("decision %d of %d is lost", i, last)
		}
	}
}

// fillStore makes a folder with documents and one decision, and closes it.
func fillStore(t *testing.T) string {
	dir := t.TempDir()
	s := mustOpen(t, dir)
	for i := range 50 {
		check(t, s.PutDocument(fmt.Sprint("h", i), "text/1", document(i), nil))
	}
	check(t, s.Decide(store.Decision{Finding: "f1", Status: "closed", When: time.Unix(1, 0)}))
	mustClose(t, s)
	return dir
}

func TestDamageIsNamed(t *testing.T) {
	file := func(dir string) string { return filepath.Join(dir, "duibiao.db") }
	size := func(path string) int64 {
		info, err := os.Stat(path)
		check(t, err)
		return info.Size()
	}
	for name, damage := range map[string]func(path string) error{
		"overwritten": func(path string) error {
			return os.WriteFile(path, []byte(strings.Repeat("不是数据库", 999)), 0o666)
		},
		"first page": func(path string) error { return scribble(path, 100, 400) },
		"all but the first page": func(path string) error {
			return scribble(path, 4096, size(path)-4096)
		},
		"cut": func(path string) error { return os.Truncate(path, 4096) },
	} {
		t.Run(name, func(t *testing.T) {
			dir := fillStore(t)
			check(t, damage(file(dir)))
			_, err := store.Open(dir)
			if !errors.Is(err, store.ErrDamaged) || !strings.Contains(err.Error(), "check --rebuild") {
				t.Fatalf("Open = %v, want ErrDamaged that says how to go on", err)
			}
			r, err := store.Rebuild(dir)
			check(t, err)
			if r.Aside == "" || size(r.Aside) == 0 {
				t.Errorf("the damaged file was put aside as %q, want it kept", r.Aside)
			}
			check(t, r.Store.PutDocument("h", "text/1", document(1), nil))
			mustClose(t, r.Store)
			mustClose(t, mustOpen(t, dir))
		})
	}
}

func scribble(path string, at, n int64) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteAt([]byte(strings.Repeat("\xA5", int(n))), at)
	return errors.Join(err, f.Close())
}

func TestRebuildKeepsDecisions(t *testing.T) {
	dir := fillStore(t)
	r, err := store.Rebuild(dir)
	check(t, err)
	defer mustClose(t, r.Store)
	if r.Decisions != 1 || r.Aside != "" {
		t.Errorf("Rebuild = %d decisions, aside %q; want 1 and nothing put aside", r.Decisions, r.Aside)
	}
	if _, _, ok := r.Store.Document("h1", "text/1"); ok {
		t.Error("a document outlived the rebuilding")
	}
	decisions, err := r.Store.Decisions()
	check(t, err)
	if decisions["f1"].Status != "closed" {
		t.Errorf("Decisions = %v, want f1 closed", decisions)
	}
}

func TestRebuildRescuesDecisions(t *testing.T) {
	dir := fillStore(t)
	path := filepath.Join(dir, "duibiao.db")
	b, err := os.ReadFile(path)
	check(t, err)
	// Damage one table's first page, found by its place in the schema: the
	// index of documents lies on page 5, decisions further on.
	check(t, scribble(path, 4*4096, 4096))
	if len(b) < 10*4096 {
		t.Fatalf("database of %d bytes is too small for this test", len(b))
	}
	r, err := store.Rebuild(dir)
	check(t, err)
	defer mustClose(t, r.Store)
	decisions, err := r.Store.Decisions()
	check(t, err)
	if r.Aside == "" || decisions["f1"].Status != "closed" {
		t.Errorf("Rebuild put aside %q and kept %v; want the file aside and f1 closed", r.Aside, decisions)
	}
}

func TestRebuildCutShort(t *testing.T) {
	dir := fillStore(t)
	path := filepath.Join(dir, "duibiao.db")
	check(t, os.Rename(path, path+".new"))                               // the new one is whole,
	check(t, os.WriteFile(path+"-wal", []byte("of the old one"), 0o666)) // the old one just moved
	s := mustOpen(t, dir)
	defer mustClose(t, s)
	decisions, err := s.Decisions()
	check(t, err)
	if decisions["f1"].Status != "closed" {
		t.Errorf("Decisions = %v, want f1 closed", decisions)
	}
}

func TestNewerDatabaseIsLeftAlone(t *testing.T) {
	dir := fillStore(t)
	path := filepath.Join(dir, "duibiao.db")
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	check(t, err)
	_, err = f.WriteAt([]byte{0, 0, 0, 99}, 60) // where SQLite keeps user_version
	check(t, errors.Join(err, f.Close()))
	before, err := os.ReadFile(path)
	check(t, err)
	if _, err := store.Open(dir); !errors.Is(err, store.ErrNewer) {
		t.Errorf("Open = %v, want ErrNewer", err)
	}
	after, err := os.ReadFile(path)
	check(t, err)
	if !cmp.Equal(before, after) {
		t.Error("Open changed the database of a newer program")
	}
}

func TestFolderThatCannotBeMade(t *testing.T) {
	path := filepath.Join(t.TempDir(), "file")
	check(t, os.WriteFile(path, nil, 0o666))
	if _, err := store.Open(path); err == nil || errors.Is(err, corpus.ErrBusy) {
		t.Errorf("Open of a file = %v, want an error", err)
	}
}

func BenchmarkPutDocument(b *testing.B) {
	s, err := store.Open(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	var build corpus.Builder
	for i := range 100 {
		build.Text(strings.Repeat(fmt.Sprintf("第%d项行政执法监督检查工作按期完成，", i), 6))
	}
	doc := build.End("text/1", "")
	b.SetBytes(int64(len(doc.String())))
	for i := 0; b.Loop(); i++ {
		if err := s.PutDocument(fmt.Sprint(i), "text/1", doc, nil); err != nil {
			b.Fatal(err)
		}
	}
}
