package main

import (
	"strings"
	"testing"

	"duibiao/corpus"
)

// What a report says of a file that was not read goes to the unit: it does not
// say what only the office can do on its own machine.
func TestReasonsAreForTheUnit(t *testing.T) {
	for _, err := range []error{corpus.ErrNoText, corpus.ErrNoProgram} {
		why := reason(err)
		if !strings.Contains(why, "重新报送") && !strings.Contains(why, "改交") {
			t.Errorf("%v: %q does not say what the unit is to do", err, why)
		}
		for _, word := range []string{"duibiao", "在本机", "重跑"} {
			if strings.Contains(why, word) {
				t.Errorf("%v: %q is not for the unit: %s", err, why, word)
			}
		}
		if tips := officeCan([]string{"", why}); len(tips) != 1 || !strings.Contains(tips[0], "duibiao doctor") {
			t.Errorf("%v: officeCan = %q, want one sentence that names duibiao doctor", err, tips)
		}
	}
	if tips := officeCan([]string{reason(corpus.ErrEmpty)}); len(tips) > 0 {
		t.Errorf("officeCan of an empty file = %q, want none", tips)
	}
}
