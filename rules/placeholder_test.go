package rules

import (
	"regexp/syntax"
	"testing"
)

// needs are runes without which a pattern cannot match, or nil where there may
// be none.
func TestNeeds(t *testing.T) {
	for _, c := range []struct{ pattern, want string }{
		{`[x○]{2,}`, "x○"},
		{`某(县|乡)政府`, "某"},
		{`(待填|补充)处?`, "待补"},
		{`[a-c]?[0-9]*年?`, ""},
		{`(甲|乙?)`, ""},
		{`(?i)ab`, ""},
		{`[^年]`, ""},
		{`["“]?[x×](模式|做法|经验)`, "x×"},
	} {
		tree, err := syntax.Parse(c.pattern, syntax.Perl)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(needs(tree)); got != c.want {
			t.Errorf("needs(%s) = %q, want %q", c.pattern, got, c.want)
		}
	}
}
