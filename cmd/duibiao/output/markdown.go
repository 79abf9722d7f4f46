package output

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"duibiao/rules"
)

// Markdown writes the gaps of r unit by unit, for a terminal and for tools
// that show Markdown: each with its id, what is wrong, where, the quote and what
// is asked. What a reviewer excused is left out.
func Markdown(w io.Writer, r *Report) error {
	r = r.ordered()
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "# %s%s\n", workTitle, inBrackets(r.years()))
	if s := r.RoundSummary(); s != "" {
		fmt.Fprintf(out, "\n%s\n", s)
	}
	m, names := r.matrix(), r.fileNames()
	of, notes := r.findingsOf(), r.notes()
	for _, u := range r.Units {
		t := m.unit(u.Name)
		fmt.Fprintf(out, "\n## %s\n\n差距 %d 项，问题 %d 条。%s\n", plain(u.Name), t.gaps, len(of[u.Name]), plain(unitNote(r, names, u)))
		for i, f := range of[u.Name] {
			bullet(out, r, names, i+1, f)
			for _, note := range notes[rowKey{f.Unit, f.Indicator}] {
				fmt.Fprintf(out, "   另请注意：%s\n", plain(sentence(note)))
			}
		}
		besides(out, r, u.Name)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write markdown: %w", err)
	}
	return nil
}

// findingsOf are the findings that a unit is asked about, by unit.
func (r *Report) findingsOf() map[string][]rules.Finding {
	of := map[string][]rules.Finding{}
	for _, f := range r.Findings {
		if !r.Decisions[f.ID].excused() {
			of[f.Unit] = append(of[f.Unit], f)
		}
	}
	return of
}

// besides tells what is to be noted of a unit's items without a gap.
func besides(out io.Writer, r *Report, unit string) {
	first := true
	for _, row := range r.Rows {
		if row.Unit != unit || row.Status.Gap() {
			continue
		}
		for _, note := range row.Notes {
			if first {
				fmt.Fprint(out, "\n没有列为差距、但请一并核实的：\n\n")
				first = false
			}
			fmt.Fprintf(out, "- %s（%s）：%s\n", plain(row.No+" "+row.Title), row.Status, plain(sentence(note)))
		}
	}
}

func bullet(out io.Writer, r *Report, names map[string]string, n int, f rules.Finding) {
	about := plain(f.No + " " + f.Title)
	if about != "" {
		about = "　" + about
	}
	state := r.status(f.ID).Word()
	if round := r.Rounds.State[f.ID]; round != "" {
		state += "，" + string(round)
	}
	fmt.Fprintf(out, "\n%d. **%s**%s（%s） `%s`\n   %s\n", n, plain(f.Check), about, state, f.ID, plain(f.Message+measured(f)))
	if e := f.Evidence; e != nil {
		fmt.Fprintf(out, "   > %s\n   > —— %s\n", plain(cutQuote(e.Quote, maxQuote)), plain(names[e.Doc]+"　"+place(e.Section, e.Place)))
	}
	if f.Source != nil {
		fmt.Fprintf(out, "   参照：%s\n", plain(sourceOf(f.Source)))
	}
	if f.Ask != "" {
		fmt.Fprintf(out, "   要求：%s\n", plain(f.Ask))
	}
}

// plain is s on one line, with what Markdown would take for marks escaped.
func plain(s string) string {
	return marks.Replace(strings.Join(strings.Fields(s), " "))
}

var marks = strings.NewReplacer(`\`, `\\`, "*", `\*`, "_", `\_`, "`", "\\`", "#", `\#`, "<", `\<`, "[", `\[`, "|", `\|`)
