package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// help prints what a command is for and how to use it.
func help(cmd *cobra.Command, _ []string) {
	about := cmd.Long
	if about == "" {
		about = cmd.Short
	}
	fmt.Fprintf(cmd.OutOrStdout(), "%s\n\n", strings.TrimSpace(about))
	printUsage(cmd.OutOrStdout(), cmd)
}

func usage(cmd *cobra.Command) error {
	printUsage(cmd.ErrOrStderr(), cmd)
	return nil
}

func printUsage(w io.Writer, cmd *cobra.Command) {
	fmt.Fprintf(w, "用法：\n  %s\n", useLine(cmd))
	if takesArgs(cmd) && cmd.HasAvailableSubCommands() {
		fmt.Fprintf(w, "  %s 命令 …\n", cmd.CommandPath())
	}
	if cmd.HasExample() {
		fmt.Fprintf(w, "\n例子：\n%s\n", cmd.Example)
	}
	if cmd.HasAvailableSubCommands() {
		fmt.Fprint(w, "\n命令：\n")
		for _, c := range cmd.Commands() {
			if c.IsAvailableCommand() {
				fmt.Fprintf(w, "  %-10s %s\n", c.Name(), c.Short)
			}
		}
		fmt.Fprintf(w, "\n某个命令的详细说明：%s 命令 --help\n", cmd.CommandPath())
	}
	for _, group := range []string{"", limitGroup} {
		if options := optionLines(cmd.LocalFlags(), group); len(options) > 0 {
			fmt.Fprintf(w, "\n%s：\n%s\n", cmp.Or(group, "选项"), strings.Join(options, "\n"))
		}
	}
}

// groupAnnotation is the annotation of a flag that stands under a heading of
// its own in the help.
const groupAnnotation = "duibiao-group"

// takesArgs reports whether a command does something itself, beside having
// others below it.
func takesArgs(cmd *cobra.Command) bool { return strings.Contains(cmd.Use, " ") }

// useLine is how a command is typed.
func useLine(cmd *cobra.Command) string {
	line := cmd.UseLine()
	line = strings.TrimSuffix(line, " [flags]")
	if cmd.HasAvailableSubCommands() && !takesArgs(cmd) {
		return line + " 命令 …"
	}
	if len(optionLines(cmd.LocalFlags(), "")) > 0 {
		line += " [选项]"
	}
	return line
}

// optionLines is one line for each flag of the group: its name, what it does,
// its default.
func optionLines(flags *pflag.FlagSet, group string) []string {
	type option struct{ name, about string }
	var options []option
	widest := 16
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" || strings.Join(f.Annotations[groupAnnotation], "") != group {
			return
		}
		name := "    --" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", --" + f.Name
		}
		about := f.Usage
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "[]" {
			about += "（默认 " + f.DefValue + "）"
		}
		options = append(options, option{name, about})
		widest = max(widest, len(name))
	})
	lines := make([]string, len(options))
	for i, o := range options {
		lines[i] = fmt.Sprintf("  %-*s %s", widest, o.name, o.about)
	}
	return lines
}
