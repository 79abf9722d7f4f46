// Package packs holds the rule files that ship with the program, and nothing
// else. How they are written is told in package rules, file load.go.
package packs

import "embed"

// FS is every pack, one folder each.
//
//go:embed */*.yaml
var FS embed.FS
