package rules

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestSentences(t *testing.T) {
	examples := exampleSentences(sentencesFile)
	for _, tp := range thesaurus().all {
		if len(examples[tp.name]) == 0 {
			t.Errorf("no example sentence for topic %s", tp.name)
		}
	}
	if _, err := learn(thesaurus(), []byte("@ 没有这个主题\n一句话。\n")); err == nil || !strings.Contains(err.Error(), `no topic "没有这个主题"`) {
		t.Errorf("an unknown topic: %v", err)
	}
}

// Sentences that name no matter are told by their wording, and words that also
// stand in other matters do not deceive.
func TestResemblance(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"办公会头一件事是由分管领导讲一节法，缺席的下回补听。", "领导干部学法"},
		{"把前些年的旧规定翻出来过了一遍，九份没人照着办的停了。", "规范性文件清理"},
		{"停车怎么收钱，先问了住户，又请人算过，最后会上举手定的。", "重大决策程序"},
		{"当事人头一回忘了年检，改了就没有罚。", "免罚轻罚"},
		{"队里的旧案卷抽出来互相挑错，三本重做。", "案卷评查"},
		{"两家为滴水檐吵了三年，老主任上门说了四回，签了字。", "人民调解"},
		{"新修公路三十公里，改造危桥两座，绿化村庄五个。", noTopic},
	} {
		k, _ := resemblance().best(foldRunes(c.text))
		got := noTopic
		if all := thesaurus().all; k < len(all) {
			got = all[k].name
		}
		if got != c.want {
			t.Errorf("%s resembles %s, want %s", c.text, got, c.want)
		}
	}
}

// An item named as nobody else names it still finds its topic by wording.
func TestDeriveByWording(t *testing.T) {
	for _, c := range []struct{ title, text, want string }{
		{"减证便民", "能够核验的不再要求群众提供，实行承诺替代", "证明事项"},
		{"罚多罚少有尺子", "细化处罚裁量档次并引用", "裁量基准"},
		{"年初公布涉企检查计划，入企扫码", "", "涉企检查"},
		{"重大事项拍板之前走完听取意见、专家论证、集体讨论等步骤", "", "重大决策程序"},
	} {
		names, _ := derive(c.title, c.text, nil)
		if !slices.Contains(names, c.want) {
			t.Errorf("topics of %s: %v, want %s", c.title, names, c.want)
		}
	}
}

// Three sentences under one matter: the facts stand in those after the one that
// names it, and a sentence on something else takes none of them.
func TestFactsFollowTheirMatter(t *testing.T) {
	set, _, err := Import("表", []Sheet{sheet("序号|三级指标", "1|领导干部学法", "2|案卷评查")}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, want string }{
		{"班子学法不摆样子。每月头一个周一由一名副局长开讲，讲完提问，全年讲了9回。", "达标 缺项"},
		{"班子学法不摆样子。", "空泛 缺项"},
		{"班子学法不摆样子。全年新修公路19公里。", "空泛 缺项"},
	} {
		got := fmt.Sprint(strings.Join(verdicts(set, c.text), " "))
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.text, got, c.want)
		}
	}
}

func verdicts(set *Set, text string) []string {
	c := gather(Input{Set: set, Files: []File{asFile(text, "年度报告")}})
	var out []string
	for i := range set.Indicators {
		out = append(out, string(c.row(i).Status))
	}
	return out
}

func BenchmarkResemblance(b *testing.B) {
	t := foldRunes("把前些年的旧规定翻出来过了一遍，九份没人照着办的停了，剩下的重新编目，目录贴在网上。")
	for b.Loop() {
		resemblance().scores(t)
	}
}

// The name of a law that is learnt says nothing of the law's matter.
func TestLearntLawIsNoMatter(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"会前学了行政复议法、招标投标法。", "会前学了"},
		{"撤销的行政复议决定已经重作。", "撤销的行政复议决定已经重作"},
	} {
		got := string(withoutLaws(foldRunes(c.text)))
		if left := strings.Trim(got, ",。"); !strings.HasPrefix(c.want, left) {
			t.Errorf("%s: %q is left, want no more than %q", c.text, left, c.want)
		}
	}
}
