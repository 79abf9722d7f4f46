package main

import (
	"path"
	"runtime"
	"slices"
	"sort"
	"strconv"
	"sync"

	"duibiao/cmd/duibiao/output"
	"duibiao/corpus"
	"duibiao/extract"
)

// paper is one file on its way through the pipeline.
type paper struct {
	corpus.Submission
	file      string           // where it lies, as the system knows it
	hash      string           // of its content; "" when it could not be opened
	level     int              // of government, 1 national to 5 township; 0 unknown
	passages  []corpus.Passage //
	conflicts []string         // readings that disagree, in Chinese
	sameAs    []string         // ids of the unit's other files with the same content, left out
}

// unnamed is the unit of a paper that names none.
func unnamed(id string) string { return "未识别单位（" + id + "）" }

// understand tells of every paper which unit made it, for which year, and what
// its passages are. What the 报送清单 says overrides what was detected. The units
// are those of the roster, in its order, then the others by name.
func understand(f *folder, papers []*paper) ([]output.Unit, error) {
	roster, entries, err := f.lists()
	if err != nil {
		return nil, err
	}
	each(len(papers), func(i int) {
		p := papers[i]
		shelf, reason := p.Shelf, p.Reason
		p.Submission, p.conflicts = extract.Describe(p.Doc, p.ID, roster)
		p.Shelf, p.Reason = shelf, reason
		if e, ok := entries[p.file]; ok {
			e.override(p)
		}
		if p.level == 0 {
			p.level = levelOf(p.Type)
		}
		if p.Doc != nil {
			p.passages = extract.Passages(p.Doc)
		}
	})
	joinUnits(roster, papers)
	f.otherYear(papers)
	return unitsOf(roster, papers), nil
}

// joinUnits gives the papers of a unit that no roster knows one name, where some
// tell it in full and others not: those in the folder 县水务局, of which one is
// signed 甲县水务局. A short name that may stand for several units stays.
func joinUnits(roster []corpus.Unit, papers []*paper) {
	listed := map[string]bool{}
	for _, u := range roster {
		listed[u.Name] = true
	}
	in := map[string][]string{} // the folders of a unit's papers, by its name
	kinds := map[string]corpus.UnitKind{}
	var loose []*paper // whose unit's name may be another than was read
	for _, p := range papers {
		name := p.Unit.Value
		if name == "" || listed[name] || p.Unit.From == byList || p.Shelf != "" && p.Shelf != corpus.Previous {
			continue
		}
		loose = append(loose, p)
		in[name] = append(in[name], path.Dir(p.ID))
		kinds[name] = p.Type
	}
	full := map[string]string{}
	for name := range in {
		full[name] = fullName(name, in)
	}
	for _, p := range loose {
		if longer := full[p.Unit.Value]; longer != "" {
			p.Unit.Value, p.Type = longer, kinds[longer]
		}
	}
}

// fullName is the one unit for which name is short; of several the one with
// which it shares a folder. Or "".
func fullName(name string, in map[string][]string) string {
	var all, near []string
	for longer := range in {
		if !extract.ShortFor(name, longer) {
			continue
		}
		all = append(all, longer)
		if slices.ContainsFunc(in[name], func(dir string) bool { return dir != "." && slices.Contains(in[longer], dir) }) {
			near = append(near, longer)
		}
	}
	for _, of := range [][]string{near, all} {
		if longest := longestOf(of); longest != "" {
			return longest
		}
	}
	return ""
}

// longestOf is the longest of several names of one unit, or "" where they are
// not all short for it.
func longestOf(names []string) string {
	longest := ""
	for _, n := range names {
		if len(n) > len(longest) {
			longest = n
		}
	}
	if slices.ContainsFunc(names, func(n string) bool { return n != longest && !extract.ShortFor(n, longest) }) {
		return ""
	}
	return longest
}

// lists reads the roster and the 报送清单, where the folder has them.
func (f *folder) lists() (roster []corpus.Unit, entries map[string]entry, err error) {
	if f.Roster != "" {
		if roster, err = readRoster(f.abs(f.Roster)); err != nil {
			return nil, nil, err
		}
	}
	if f.Manifest != "" {
		entries, err = readManifest(f.abs(f.Manifest))
	}
	return roster, entries, err
}

const byList = "报送清单" // where a reading is from that people wrote

// override puts what the 报送清单 says in place of what was detected.
func (e entry) override(p *paper) {
	for _, o := range []struct {
		to    *corpus.Taken
		value string
	}{{&p.Unit, e.unit}, {&p.Year, e.year}, {&p.Date, e.date}, {&p.Kind, e.kind}} {
		if o.value != "" {
			*o.to = corpus.Taken{Value: o.value, From: byList}
		}
	}
	p.level = e.level
}

// levelOf is the level of government of a type of unit, or 0.
func levelOf(t corpus.UnitKind) int {
	switch t {
	case corpus.CityGov, corpus.Bureau:
		return 3
	case corpus.County, corpus.CountyBureau:
		return 4
	case corpus.Township:
		return 5
	}
	return 0
}

// unitsOf are the units under review.
func unitsOf(roster []corpus.Unit, papers []*paper) []output.Unit {
	var units []output.Unit
	at := map[string]int{}
	for _, u := range roster {
		at[u.Name] = len(units)
		units = append(units, output.Unit{Unit: u, Missing: true})
	}
	listed := len(units)
	for _, p := range papers {
		if p.Shelf != "" {
			continue
		}
		name := p.unitName()
		i, known := at[name]
		if !known {
			i = len(units)
			at[name] = i
			units = append(units, output.Unit{Unit: corpus.Unit{Name: name, Kind: p.Type}})
		}
		units[i].Missing = false
	}
	others := units[listed:]
	sort.Slice(others, func(i, j int) bool { return others[i].Name < others[j].Name })
	return units
}

// unitName is the unit to which a paper's findings go.
func (p *paper) unitName() string {
	if p.Unit.Value == "" {
		return unnamed(p.ID)
	}
	return p.Unit.Value
}

// byUnit are the papers under review of each unit, in order, without those
// whose content the unit handed in before under another name.
func byUnit(papers []*paper) map[string][]*paper {
	files := map[string][]*paper{}
	for _, p := range papers {
		if p.Shelf != "" {
			continue
		}
		name := p.unitName()
		first := slices.IndexFunc(files[name], func(q *paper) bool { return p.hash != "" && q.hash == p.hash })
		if first >= 0 {
			files[name][first].sameAs = append(files[name][first].sameAs, p.ID)
			continue
		}
		files[name] = append(files[name], p)
	}
	return files
}

// yearUnderReview is the settings' year, or that of most papers; the later of
// two equals. 0 when no paper names one.
func (f *folder) yearUnderReview(papers []*paper) int {
	if y, err := strconv.Atoi(f.Year); err == nil {
		return y
	}
	votes := map[int]int{}
	best := 0
	for _, p := range papers {
		y, err := strconv.Atoi(p.Year.Value)
		if err != nil || p.Shelf != "" {
			continue
		}
		votes[y]++
		if votes[y] > votes[best] || votes[y] == votes[best] && y > best {
			best = y
		}
	}
	return best
}

// otherYear tells of a paper about another year than that under review, as
// far as both are known.
func (f *folder) otherYear(papers []*paper) {
	year := strconv.Itoa(f.yearUnderReview(papers))
	for _, p := range papers {
		if p.Shelf == "" && year != "0" && p.Year.Value != "" && p.Year.Value != year {
			p.conflicts = append(p.conflicts, "这份材料写的是"+p.Year.Value+"年度，不是审查的"+year+"年度，内容也计入了判断，请核对是否交错、是否应放在“往年”文件夹。")
		}
	}
}

// each runs do for 0 to n-1, on all cores.
func each(n int, do func(i int)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for i := range next {
				do(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}
