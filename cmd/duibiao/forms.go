package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"duibiao/cmd/duibiao/output"
)

// form is a form in which a result can be written: one file for all units by
// write, or one for each unit by each.
type form struct {
	name, what string
	ext        string
	screen     bool // shown on the screen where no file is named
	whole      bool // about all indicators and statuses
	template   bool // it has a template that an office may replace
	write      func(w io.Writer, r *output.Report, template []byte) error
	each       func(w io.Writer, r *output.Report, unit string, template []byte) error
}

// plainly is a form that has no template.
func plainly(write func(io.Writer, *output.Report) error) func(io.Writer, *output.Report, []byte) error {
	return func(w io.Writer, r *output.Report, _ []byte) error { return write(w, r) }
}

// formFor is the form of list that is called name; where nobody named one, that
// of the ending of out. A file must end as its form does, or programs do not
// open it.
func formFor(list []form, name string, named bool, out string) (form, error) {
	ext := strings.ToLower(filepath.Ext(out))
	i := slices.IndexFunc(list, func(f form) bool { return f.name == name })
	if !named && out != "" {
		i = slices.IndexFunc(list, func(f form) bool { return f.ext == ext && f.each == nil })
	}
	switch {
	case i < 0 && named:
		return form{}, usagef("选项 --format 不能是“%s”，可以是：%s", name, formNames(list))
	case i < 0:
		return form{}, usagef("从“%s”的结尾看不出是哪种格式；请写成 %s 等结尾，或加 --format：%s", out, list[0].ext, formNames(list))
	case out != "" && list[i].each != nil:
		return form{}, usagef("%s一个单位一份，写在“%s”文件夹里，不用 --out", list[i].what, filepath.Join(outName, list[i].what))
	case out != "" && list[i].ext != ext:
		return form{}, usagef("格式 %s 的文件应以 %s 结尾，--out 不能是“%s”", name, list[i].ext, out)
	}
	return list[i], nil
}

func formNames(list []form) string {
	var names []string
	for _, f := range list {
		names = append(names, f.name)
	}
	return strings.Join(names, "、")
}

// one writes r to the file called out; where that is "", to the screen w, or
// into the folder of the lists under that name.
func (as form) one(w io.Writer, f *folder, r *output.Report, out, name string, template []byte) error {
	if as.screen && out == "" {
		return as.write(w, r, template)
	}
	path := cmp.Or(out, filepath.Join(f.root, outName, name))
	return save(w, f.saver(), path, func(w io.Writer) error { return as.write(w, r, template) })
}

// save writes one file and says where it went.
func save(w io.Writer, saver output.Saver, path string, write func(io.Writer) error) error {
	saved, err := saver.Save(path, write)
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "已写好 %s\n", saved.Path)
	if saved.Kept != "" {
		fmt.Fprintf(w, "原来的 %s %s，没有改动。\n", saved.Kept, saved.Why)
	}
	return nil
}

// unwritten is a file that could not be written, and why.
type unwritten struct {
	path string
	err  error
}

// tellUnwritten says why files could not be written and what to do about it. It
// ends the program as a failed one when there are any.
func tellUnwritten(w io.Writer, files []unwritten) error {
	for _, f := range files {
		if say, next := explain(f.err); say != "" {
			fmt.Fprintf(w, "没有写出 %s：%s。%s。（%v）\n", f.path, say, next, f.err)
			continue
		}
		fmt.Fprintf(w, "没有写出 %s：%v\n", f.path, f.err)
	}
	if len(files) > 0 {
		return exitCode(exitFailed)
	}
	return nil
}

// writeEach writes a file for each of the chosen units, or for all. One that the disk refuses does not keep the others from
// being written.
func writeEach(w, say io.Writer, f *folder, r *output.Report, as form, units []string, template []byte) error {
	names, err := chosenUnits(r.Units, units)
	if err != nil {
		return err
	}
	var failed []unwritten
	for _, u := range r.Units {
		if !chosen(names, u.Name) {
			continue
		}
		path := filepath.Join(f.root, outName, as.what, fileName(u.Name)+as.ext)
		err := save(w, f.saver(), path, func(w io.Writer) error { return as.each(w, r, u.Name, template) })
		var refused syscall.Errno
		if err != nil && !errors.As(err, &refused) {
			return err // the template's: it would be the same for every unit
		}
		if err != nil {
			failed = append(failed, unwritten{path, err})
		}
	}
	return tellUnwritten(say, failed)
}

func (f *folder) saver() output.Saver {
	return output.Saver{Manifest: filepath.Join(f.data, "written.json")}
}

// fileName is s without what a file's name may not hold.
func fileName(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\:*?"<>|`, r) {
			return '_'
		}
		return r
	}, s)
}
