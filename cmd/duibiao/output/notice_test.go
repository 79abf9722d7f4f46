package output

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"duibiao/corpus"
	"duibiao/rules"
)

func noticeOf(t *testing.T, r *Report, template []byte) []string {
	t.Helper()
	var b bytes.Buffer
	if err := Notice(&b, r, template); err != nil {
		t.Fatal(err)
	}
	return linesOf(t, b.Bytes())
}

func TestNoticeComparesUnits(t *testing.T) {
	r := small()
	r.Rows[1].Status = rules.Copied
	r.Reuse[0].Relation = corpus.FromSuperior
	r.Findings = append(r.Findings, rules.Finding{ID: "f3", Unit: "青石区", Check: "残留占位符", Severity: rules.High, Message: "疑似残留占位符。"})
	lines := noticeOf(t, r, nil)
	for _, want := range []string{
		"关于2025年度法治政府建设／报送材料审查情况的通报",
		"应报送的2家单位中，1家报送了材料，共2份；其中全文读出1份，部分页没有读出0份，没有读出1份。没有读出的内容未作审查，不等于缺项。",
		"截至审查时没有收到材料的：白鹭县。",
		"青石区｜0｜0｜0｜1｜1｜0｜0｜1", // 雷同, 缺项; one finding about a paper
		"白鹭县（未报送）｜0｜0｜0｜0｜0｜0｜2｜1",
		"1｜权责清单｜1｜0｜0｜1｜0",
		"残留占位符｜1｜青石区",
		"青石区｜报告.docx｜400｜上级沿用｜上位文件/市方案.txt",
		"六、有关要求",
	} {
		if !slices.Contains(lines, want) {
			t.Errorf("the notice does not say %q:\n%s", want, strings.Join(lines, "\n"))
		}
	}
}

func TestNoticeLeavesOutWhatIsNotThere(t *testing.T) {
	r := small()
	r.Rows, r.Findings, r.Reuse, r.Indicators = nil, nil, nil, nil
	lines := noticeOf(t, r, nil)
	if all := strings.Join(lines, "\n"); strings.Contains(all, "差距较集中") || strings.Contains(all, "雷同情况") || !slices.Contains(lines, "三、有关要求") {
		t.Errorf("the notice of nothing is\n%s", all)
	}
}

func TestNoticeNamesWhatItsTemplateLacks(t *testing.T) {
	err := Notice(&bytes.Buffer{}, small(), LetterTemplate())
	if err == nil || !strings.Contains(err.Error(), "{{单位}}") {
		t.Errorf("Notice on the template of a letter = %v, want an error that names {{单位}}", err)
	}
}
