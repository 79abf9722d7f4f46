package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"duibiao/rules"
)

func rulesNew() *cobra.Command {
	var pack string
	cmd := &cobra.Command{
		Use:   "new 名称",
		Short: "写出一项新指标的规则文件，供填写",
		Long: `在规则包里写出“名称.yaml”：各键都有说明，带三个待写的例子（达标、空泛、无关）。
名称就是这项指标的编号，用小写字母、数字、汉字和 . - _。

规则包还没有的，连同 pack.yaml 一起写出。已有的文件不会覆盖。
填写的时候运行 duibiao rules lint --pack 规则包，看还有哪些要补写；
写好后运行 duibiao rules test --pack 规则包。`,
		Example: `  duibiao rules new 行政复议 --pack 我市指标
  duibiao rules lint --pack 我市指标`,
		Args: exactArgs("名称"),
		RunE: func(cmd *cobra.Command, args []string) error {
			body, ok := rules.Scaffold(args[0])
			if !ok {
				return usagef("“%s”不能作编号；只用小写字母、数字、汉字和 . - _", args[0])
			}
			return newRule(cmd.OutOrStdout(), pack, args[0], body)
		},
	}
	cmd.Flags().StringVar(&pack, "pack", ".", "规则包的文件夹")
	return cmd
}

// newRule writes a rule file into a pack, and pack.yaml where there is none.
// What is there already stays.
func newRule(w io.Writer, pack, name string, body []byte) error {
	if err := os.MkdirAll(pack, 0o777); err != nil {
		return fmt.Errorf("make rule pack %s: %w", pack, err)
	}
	taken, err := ruleWithID(pack, name)
	if err != nil {
		return err
	}
	if taken != "" {
		return usagef("规则包 %s 里已经有编号“%s”，在 %s；请换一个名称", pack, name, taken)
	}
	abs, err := filepath.Abs(pack)
	if err != nil {
		return fmt.Errorf("find %s: %w", pack, err)
	}
	path := filepath.Join(pack, name+".yaml")
	if err := writeNew(path, body); errors.Is(err, fs.ErrExist) {
		return usagef("%s 已经存在，没有改动；请换一个名称", path)
	} else if err != nil {
		return err
	}
	fmt.Fprintf(w, "已写好 %s\n", path)
	about := filepath.Join(pack, "pack.yaml")
	switch err := writeNew(about, rules.PackFile(filepath.Base(abs))); {
	case err == nil:
		fmt.Fprintf(w, "已写好 %s\n", about)
	case !errors.Is(err, fs.ErrExist):
		return err
	}
	fmt.Fprintf(w, "写着“请补写”的地方换成自己的文字，再运行 duibiao rules lint --pack %s\n", pack)
	return nil
}

// ruleWithID is the file of a pack in which the id is used, or "". A pack
// that cannot be loaded is an error, since nobody knows what it uses.
func ruleWithID(pack, id string) (string, error) {
	if _, err := os.Stat(filepath.Join(pack, "pack.yaml")); errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	set, err := rules.Load(os.DirFS(pack))
	if err != nil {
		return "", fmt.Errorf("load rule pack %s: %w", pack, err)
	}
	if found := set.Find(id); found != nil {
		return found.File, nil
	}
	return "", nil
}

// writeNew writes a file that is not there yet; fs.ErrExist says that it is.
func writeNew(path string, body []byte) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	_, err = file.Write(body)
	if err = errors.Join(err, file.Close()); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	return nil
}

func rulesSchema() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "规则文件的 JSON Schema，供编辑器提示和检查",
		Long: `打印规则文件的 JSON Schema（2020-12）：各键的含义、写什么、哪些必须写。
编辑器（如 VS Code 的 YAML 插件）有了它，写规则时会提示键名，并标出写错的地方。

存成文件后，在规则文件第一行写上：
  # yaml-language-server: $schema=规则.schema.json
或者在编辑器里为规则包的文件夹指定。`,
		Example: `  duibiao rules schema > 规则.schema.json`,
		Args:    exactArgs(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			body, err := rules.Schema()
			if err != nil {
				return err
			}
			_, err = cmd.OutOrStdout().Write(body)
			return err
		},
	}
}
