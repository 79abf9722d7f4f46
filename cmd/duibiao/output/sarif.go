package output

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/url"

	"duibiao/rules"
)

// The parts of SARIF 2.1.0 (OASIS standard) that are used here.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID   string    `json:"id"`
		Text sarifText `json:"shortDescription"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID       string             `json:"ruleId"`
		Level        string             `json:"level"`
		Message      sarifText          `json:"message"`
		Locations    []sarifLocation    `json:"locations,omitempty"`
		Related      []sarifLocation    `json:"relatedLocations,omitempty"`
		Fingerprints map[string]string  `json:"partialFingerprints"`
		Suppressions []sarifSuppression `json:"suppressions,omitempty"`
		Properties   sarifProperties    `json:"properties"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		Offset  int       `json:"charOffset"`
		Length  int       `json:"charLength"`
		Snippet sarifText `json:"snippet"`
	}
	sarifSuppression struct {
		Kind          string `json:"kind"`
		Justification string `json:"justification"`
	}
	sarifProperties struct {
		Unit      string `json:"unit"`
		Indicator string `json:"indicator,omitempty"`
		Place     string `json:"place,omitempty"`
	}
)

// SARIF writes the findings of r in the Static Analysis Results Interchange
// Format 2.1.0, for editors. Places are in characters (code points) of the
// text that was read; a file's URI is relative to the reviewed folder.
func SARIF(w io.Writer, r *Report) error {
	r = r.ordered()
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: []sarifResult{},
		Tool: sarifTool{sarifDriver{Name: "对标", Version: r.Run.Tool, Rules: []sarifRule{}}}}
	var checks []string
	for _, f := range r.Findings {
		checks = append(checks, f.Check)
		run.Results = append(run.Results, r.sarifResult(f))
	}
	for _, check := range distinct(checks) {
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{check, sarifText{meaning(check)}})
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err := e.Encode(sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
	if err == nil {
		_, err = w.Write(b.Bytes())
	}
	if err != nil {
		return fmt.Errorf("write sarif: %w", err)
	}
	return nil
}

// meaning says what a check looks for.
func meaning(check string) string {
	for _, v := range verdicts {
		if string(v.status) == check {
			return v.means
		}
	}
	return check
}

func (r *Report) sarifResult(f rules.Finding) sarifResult {
	level := map[rules.Severity]string{rules.High: "error", rules.Medium: "warning", rules.Low: "note"}[f.Severity]
	s := sarifResult{RuleID: f.Check, Level: level, Message: sarifText{f.Message + measured(f)},
		Fingerprints: map[string]string{"finding/v1": f.ID},
		Properties:   sarifProperties{Unit: f.Unit, Indicator: f.Indicator}}
	switch e := f.Evidence; {
	case e != nil:
		s.Locations = []sarifLocation{located(e.Doc, e.Span.Start, e.Span.Len(), e.Quote)}
		s.Properties.Place = e.Place.String()
	case f.Doc != "":
		s.Locations = []sarifLocation{{sarifPhysical{Artifact: sarifArtifact{uri(f.Doc)}}}}
	}
	if f.Source != nil {
		s.Related = []sarifLocation{located(f.Source.Doc, f.Source.Span.Start, f.Source.Span.Len(), f.Source.Quote)}
	}
	if d := r.Decisions[f.ID]; d.settled() {
		s.Suppressions = []sarifSuppression{{"external", string(d.Review) + " " + d.Status.Word() + " " + d.Note}}
	}
	return s
}

func located(doc string, start, length int, quote string) sarifLocation {
	return sarifLocation{sarifPhysical{sarifArtifact{uri(doc)}, &sarifRegion{start, length, sarifText{quote}}}}
}

func uri(doc string) string { return (&url.URL{Path: doc}).EscapedPath() }
