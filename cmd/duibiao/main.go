// Command duibiao reviews the 法治政府建设 submissions of a city's units: it
// reads a folder of them, holds every passage against an indicator system and
// writes a gap list for each unit. `review` in review.go is the whole of it on
// one page; each sub-command is one file.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// The exit codes.
const (
	exitDone      = 0 // everything was judged
	exitFailed    = 1 // nothing came of it
	exitUsage     = 2 // the command was wrong
	exitNotJudged = 3 // done, but something was not read and not judged
	exitGaps      = 4 // with --fail-on gap: gaps were found
)

// commands are the sub-commands in the order of the help.
var commands = []func() *cobra.Command{
	checkCommand, searchCommand, gapsCommand, compareCommand, textCommand,
	rulesCommand, initCommand, doctorCommand, versionCommand, jsonHelp, workerCommand,
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	log.SetOutput(io.Discard)    // libraries log in English; what matters comes back as an error
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is the program without the process around it: it returns the exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	root := rootCommand()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	var done exitCode
	var wrong *usageError
	var unread *unreadError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &done):
		return int(done)
	case errors.As(err, &wrong):
		fmt.Fprintln(stderr, "用法不对："+wrong.Error())
		return exitUsage
	case errors.As(err, &unread) && !errors.Is(err, context.Canceled):
		why := reason(unread.why)
		fmt.Fprintf(stderr, "出错：%s%s\n（%s）\n", why, strings.Join(officeCan([]string{why}), ""), unread.path)
		return exitFailed
	}
	tell(stderr, err)
	return exitFailed
}

// tell prints an error for people: the sentence and the next step where the
// table of hints has them, and always what exactly happened.
func tell(w io.Writer, err error) {
	if say, next := explain(err); say != "" {
		fmt.Fprintf(w, "出错：%s。%s。\n（%v）\n", say, next, err)
		return
	}
	fmt.Fprintf(w, "出错：%v\n", err)
}

// exitCode ends the program with a code and without a message.
type exitCode int

func (c exitCode) Error() string { return fmt.Sprintf("exit %d", int(c)) }

// usageError is a command that was wrong; its text is a Chinese sentence.
type usageError struct{ say string }

func (e *usageError) Error() string { return e.say }

// unreadError is that the one file a command is about cannot be read. It is told
// as the reports tell it.
type unreadError struct {
	path string
	why  error
}

func (e *unreadError) Error() string { return "read " + e.path + ": " + e.why.Error() }

func (e *unreadError) Unwrap() error { return e.why }

func usagef(format string, args ...any) error {
	return &usageError{fmt.Sprintf(format, args...)}
}

func rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "duibiao",
		Short: "对标：法治政府建设报送材料的对标审查",
		Long: `对标（duibiao）读取一个文件夹里各单位报送的方案和年度报告，
逐条对照指标体系，指出哪些有事实、哪些空泛、哪些只有打算、哪些雷同、哪些缺项，
并为每个单位生成差距清单。全部在本机完成，不联网。

最短的一步：duibiao check 文件夹`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usagef("没有“%s”这个命令；运行 duibiao --help 查看全部命令", args[0])
			}
			return cmd.Help()
		},
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return flagError(err) })
	root.SetUsageFunc(usage)
	root.SetHelpFunc(help)
	root.SetHelpCommand(&cobra.Command{Use: "help [命令]", Short: "显示命令的帮助", RunE: showHelp})
	for _, command := range commands {
		root.AddCommand(command())
	}
	return root
}

func showHelp(cmd *cobra.Command, args []string) error {
	found, rest, err := cmd.Root().Find(args)
	if err != nil || found == nil || len(rest) > 0 {
		return usagef("没有“%s”这个命令；运行 duibiao --help 查看全部命令", strings.Join(args, " "))
	}
	return found.Help()
}

// flagError says in Chinese what pflag says in English.
func flagError(err error) error {
	var missing *pflag.NotExistError
	var value *pflag.ValueRequiredError
	var invalid *pflag.InvalidValueError
	switch {
	case errors.As(err, &missing):
		return usagef("没有 --%s 这个选项；加 --help 查看全部选项", missing.GetSpecifiedName())
	case errors.As(err, &value):
		return usagef("选项 --%s 后面要跟一个值", value.GetFlag().Name)
	case errors.As(err, &invalid):
		if v, ok := invalid.GetFlag().Value.(interface{ choices() string }); ok {
			return usagef("选项 --%s 只能是 %s，不能是“%s”", invalid.GetFlag().Name, v.choices(), invalid.GetValue())
		}
		return usagef("选项 --%s 的值“%s”不对", invalid.GetFlag().Name, invalid.GetValue())
	}
	return usagef("%v", err)
}

// exactArgs wants as many arguments as names, and says in Chinese which are
// missing.
func exactArgs(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < len(names):
			return usagef("缺少%s；用法：%s", names[len(args)], useLine(cmd))
		case len(args) > len(names):
			return usagef("多出了“%s”；用法：%s（名称中有空格的，请加引号）", args[len(names)], useLine(cmd))
		}
		return nil
	}
}
