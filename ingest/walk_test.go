package ingest

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"duibiao/corpus"

	"github.com/google/go-cmp/cmp"
)

func tree(t testing.TB, files map[string]string) string {
	t.Helper()
	root := t.TempDir()
	for name, content := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func walked(t *testing.T, root string, opt Options) (files, skipped []string) {
	t.Helper()
	fs, sk, err := Walk(root, opt)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range fs {
		s := f.ID
		if f.Err != nil {
			files = append(files, s+": "+f.Err.Error())
			continue
		}
		b, err := os.ReadFile(f.Abs)
		if err != nil || int64(len(b)) != f.Size || f.ModTime.IsZero() && f.Member == "" {
			t.Errorf("%s: %d bytes at %s, size %d, of %v: %v", f.ID, len(b), f.Abs, f.Size, f.ModTime, err)
		}
		files = append(files, s)
	}
	for _, s := range sk {
		skipped = append(skipped, s.ID+": "+s.Reason)
	}
	return files, skipped
}

func TestWalk(t *testing.T) {
	root := tree(t, map[string]string{
		"县水务局/2025年度报告.docx":   "甲",
		"县水务局/~$25年度报告.docx":   "锁",
		"县水务局/.~lock.报告.docx#": "锁",
		"县水务局/Thumbs.db":       "缩",
		"县林业局/方案.txt":          "乙",
		"县林业局/.DS_Store":       "x",
		"县林业局/~WRL0001.tmp":    "x",
		".duibiao/state.db":    "x",
		"差距清单/汇总.xlsx":         "x",
		"上位文件/省方案.txt":         "丙",
		"零.docx":               "",
		"\xcb\xae\xce\xf1.txt": "丁", // 水务 in GB18030
	})
	if err := os.Symlink(filepath.Join(root, "县林业局"), filepath.Join(root, "链接")); err != nil {
		t.Fatal(err)
	}
	files, skipped := walked(t, root, Options{Skip: []string{"差距清单", "上位文件/省方案.txt"}})
	if diff := cmp.Diff([]string{"县林业局/方案.txt", "县水务局/2025年度报告.docx", "水务.txt", "零.docx"}, files); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	want := []string{
		".duibiao: 是隐藏文件", "上位文件/省方案.txt: 不作为报送材料读取", "县林业局/.DS_Store: 是系统自动生成的文件", "县林业局/~WRL0001.tmp: 是程序留下的临时文件",
		"县水务局/.~lock.报告.docx#: 是打开文档时留下的临时文件", "县水务局/Thumbs.db: 是系统自动生成的文件", "县水务局/~$25年度报告.docx: 是打开文档时留下的临时文件",
		"差距清单: 不作为报送材料读取", "链接: 是链接，不跟随",
	}
	if diff := cmp.Diff(want, skipped); diff != "" {
		t.Errorf("skipped (-want +got):\n%s", diff)
	}
	linked := filepath.Join(t.TempDir(), "入口")
	if err := os.Symlink(root, linked); err != nil {
		t.Fatal(err)
	}
	if again, _ := walked(t, linked, Options{Skip: []string{"差距清单", "上位文件/省方案.txt"}}); !cmp.Equal(files, again) {
		t.Errorf("through a link to the folder: %v, want %v", again, files)
	}
}

func TestWalkUnpacksArchives(t *testing.T) {
	inner := string(zipOf(t, "c.txt", "丙"))
	root := tree(t, map[string]string{
		"报送.zip": string(zipOf(t, "甲局/a.txt", "甲", "甲局/.DS_Store", "x", "__MACOSX/甲局/._a.txt", "x", "内.zip", inner, "b.docx", "乙")),
		"坏.ZIP":  "no zip",
		"空.zip":  string(zipOf(t)),
		"零.zip":  "",
	})
	files, skipped := walked(t, root, Options{Unpack: t.TempDir()})
	want := []string{
		"坏.ZIP: unpack ", "报送.zip!/b.docx", "报送.zip!/内.zip!/c.txt", "报送.zip!/甲局/a.txt", "空.zip: nothing in 空.zip: empty file", "零.zip",
	}
	for i, f := range files {
		if strings.HasPrefix(f, "坏.ZIP: unpack ") && strings.Contains(f, corpus.ErrBroken.Error()) {
			files[i] = "坏.ZIP: unpack "
		}
	}
	if diff := cmp.Diff(want, files); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"报送.zip!/__MACOSX/甲局/._a.txt: 是系统自动生成的文件", "报送.zip!/甲局/.DS_Store: 是系统自动生成的文件"}, skipped); diff != "" {
		t.Errorf("skipped (-want +got):\n%s", diff)
	}
	files, _ = walked(t, root, Options{})
	if diff := cmp.Diff([]string{"坏.ZIP", "报送.zip", "空.zip", "零.zip"}, files); diff != "" {
		t.Errorf("files without unpacking (-want +got):\n%s", diff)
	}
}

func TestWalkErrors(t *testing.T) {
	if _, _, err := Walk(filepath.Join(t.TempDir(), "none"), Options{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("Walk of no folder: %v", err)
	}
	if _, _, err := Walk(write(t, "a.txt", nil), Options{}); err == nil {
		t.Error("Walk of a file gave no error")
	}
}

// A folder that vanishes or is closed while it is listed is reported.
func TestWalkReportsFoldersItCannotOpen(t *testing.T) {
	var w walk
	w.folder(filepath.Join(t.TempDir(), "gone"), "县水务局")
	if len(w.skipped) != 1 || w.skipped[0].Reason != "文件夹打不开" || !errors.Is(w.skipped[0].Err, os.ErrNotExist) {
		t.Errorf("skipped = %v", w.skipped)
	}
}

func TestWalkGivesEachFileItsOwnID(t *testing.T) {
	files := []File{{ID: "a"}, {ID: "a"}, {ID: "b"}}
	distinct(files)
	if files[0].ID == files[1].ID || files[2].ID != "b" {
		t.Errorf("IDs %v", files)
	}
}

func TestLeftoverKeepsSubmissions(t *testing.T) {
	for _, name := range []string{"报告.docx", "~报告.docx", "1.报告.docx", "tmp.docx", "…报告.txt"} {
		if reason := leftover(name); reason != "" {
			t.Errorf("leftover(%s) = %s", name, reason)
		}
	}
}
