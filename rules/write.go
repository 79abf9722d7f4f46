package rules

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"sort"

	"github.com/goccy/go-yaml"
)

type packYAML struct {
	Name     string        `yaml:"name"`
	Version  string        `yaml:"version"`
	Source   string        `yaml:"source"`
	Imported bool          `yaml:"imported,omitempty"`
	Defines  yaml.MapSlice `yaml:"defines,omitempty"`
}

type thresholdYAML struct {
	Name string   `yaml:"name"`
	Min  *float64 `yaml:"min,omitempty"`
	Max  *float64 `yaml:"max,omitempty"`
	Unit string   `yaml:"unit"`
}

type exampleYAML struct {
	Status string `yaml:"status"`
	Kind   string `yaml:"kind,omitempty"`
	Text   string `yaml:"text"`
	Todo   bool   `yaml:"todo,omitempty"`
	From   string `yaml:"from,omitempty"`
}

type termsYAML struct {
	Any     []string      `yaml:"any,omitempty"`
	Some    []string      `yaml:"some,omitempty"`
	Object  []string      `yaml:"object,omitempty"`
	All     []string      `yaml:"all,omitempty"`
	Near    [][2]string   `yaml:"near,omitempty"`
	Not     []string      `yaml:"not,omitempty"`
	Weights yaml.MapSlice `yaml:"weights,omitempty"`
}

type indicatorYAML struct {
	ID         string          `yaml:"id"`
	No         string          `yaml:"no,omitempty"`
	Level1     string          `yaml:"level1,omitempty"`
	Level2     string          `yaml:"level2,omitempty"`
	Title      string          `yaml:"title"`
	Text       string          `yaml:"text,omitempty"`
	Basis      []string        `yaml:"basis,omitempty"`
	Applies    []string        `yaml:"applies,omitempty"`
	Topics     []string        `yaml:"topics"`
	Terms      *termsYAML      `yaml:"terms,omitempty"`
	Under      []string        `yaml:"under,omitempty"`
	Patterns   []string        `yaml:"patterns,omitempty"`
	Thresholds []thresholdYAML `yaml:"threshold,omitempty"`
	Plan       []string        `yaml:"plan,omitempty"`
	Examples   []exampleYAML   `yaml:"examples,omitempty"`
}

// WritePack writes the set's indicators as one pack of YAML files in dir,
// which is made when it is not there. Load reads the same rules back. A set
// of several packs, or a dir that already holds a pack, is an error.
func (s *Set) WritePack(dir string) error {
	if len(s.Packs) != 1 {
		return fmt.Errorf("write rule pack %s: the set has %d packs, not one", dir, len(s.Packs))
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("write rule pack: %w", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "pack.yaml")); err == nil {
		return fmt.Errorf("write rule pack %s: %w", dir, os.ErrExist)
	}
	p := s.Packs[0]
	out := packYAML{Name: p.Name, Version: p.Version, Source: p.Source, Imported: p.Imported}
	var words []string
	for w := range p.Defines {
		words = append(words, w)
	}
	sort.Strings(words)
	for _, w := range words {
		out.Defines = append(out.Defines, yaml.MapItem{Key: w, Value: p.Defines[w]})
	}
	if err := writeYAML(filepath.Join(dir, "pack.yaml"), out); err != nil {
		return err
	}
	for i := range s.Indicators {
		name := fmt.Sprintf("%03d-%s.yaml", i+1, s.Indicators[i].ID)
		if err := writeYAML(filepath.Join(dir, name), asYAML(&s.Indicators[i])); err != nil {
			return err
		}
	}
	return nil
}

func asYAML(i *Indicator) indicatorYAML {
	out := indicatorYAML{ID: i.ID, No: i.No, Level1: i.Level1, Level2: i.Level2, Title: i.Title, Text: i.Text, Basis: i.Basis, Applies: i.Applies,
		Topics: i.Topics, Under: i.Under, Patterns: i.Patterns, Plan: i.Plan}
	if out.Topics == nil {
		out.Topics = []string{}
	}
	if t := i.Terms; !t.empty() || len(t.Not) > 0 {
		y := termsYAML{Any: t.Any, Some: t.Some, Object: t.Object, All: t.All, Near: t.Near, Not: t.Not}
		var ws []string
		for w := range t.Weights {
			ws = append(ws, w)
		}
		sort.Strings(ws)
		for _, w := range ws {
			y.Weights = append(y.Weights, yaml.MapItem{Key: w, Value: t.Weights[w]})
		}
		out.Terms = &y
	}
	for _, t := range i.Thresholds {
		y := thresholdYAML{Name: t.Name, Unit: t.Unit}
		if t.HasMin {
			y.Min = &t.Min
		} else {
			y.Max = &t.Max
		}
		out.Thresholds = append(out.Thresholds, y)
	}
	for _, e := range i.Examples {
		out.Examples = append(out.Examples, exampleYAML{string(e.Status), string(e.Kind), e.Text, e.Todo, e.From})
	}
	return out
}

func writeYAML(path string, v any) error {
	var b bytes.Buffer
	if err := yaml.NewEncoder(&b, yaml.IndentSequence(true)).Encode(v); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		return fmt.Errorf("write rule file: %w", err)
	}
	return nil
}
