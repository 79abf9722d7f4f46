package main

import (
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
	if options := optionLines(cmd.LocalFlags()); len(options) > 0 {
		fmt.Fprintf(w, "\n选项：\n%s\n", strings.Join(options, "\n"))
	}
}

// useLine is how a command is typed.
func useLine(cmd *cobra.Command) string {
	line := cmd.UseLine()
	line = strings.TrimSuffix(line, " [flags]")
	if cmd.HasAvailableSubCommands() {
		return line + " 命令 …"
	}
	if len(optionLines(cmd.LocalFlags())) > 0 {
		line += " [选项]"
	}
	return line
}

// optionLines is one line for each flag: its name, what it does, its default.
func optionLines(flags *pflag.FlagSet) []string {
	var lines []string
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" {
			return
		}
		name := "    --" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", --" + f.Name
		}
		line := fmt.Sprintf("  %-16s %s", name, f.Usage)
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "[]" {
			line += "（默认 " + f.DefValue + "）"
		}
		lines = append(lines, line)
	})
	return lines
}
