package office

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"duibiao/corpus"
)

// settings keep LibreOffice from running macros, following links and reaching
// the network, and from asking anybody anything.
const settings = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
`

// restart is the exit code by which a LibreOffice with a fresh profile asks to
// be started again.
const restart = 81

// runLibreOffice makes dir/out/in.<to> of the file in, with a profile in dir.
func runLibreOffice(ctx context.Context, program, dir, in, to string, limit time.Duration) error {
	profile, out := filepath.Join(dir, "profile"), filepath.Join(dir, "out")
	if err := os.MkdirAll(filepath.Join(profile, "user"), 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(profile, "user", "registrymodifications.xcu"), []byte(settings), 0o600); err != nil {
		return err
	}
	args := []string{"-env:UserInstallation=" + fileURL(profile), "--headless", "--invisible", "--norestore", "--nolockcheck", "--nologo",
		"--convert-to", to, "--outdir", out, in}
	deadline := time.Now().Add(limit)
	for again := true; again; {
		_, said, err := run(ctx, time.Until(deadline), direct(program), args...)
		var exit *exec.ExitError
		again = again && errors.As(err, &exit) && exit.ExitCode() == restart && ctx.Err() == nil && time.Now().Before(deadline)
		if err != nil && !again && !errors.As(err, &exit) {
			return err
		}
		if !again {
			return made(filepath.Join(out, "in."+to), said)
		}
	}
	return nil
}

// made checks that LibreOffice wrote the file.
func made(path string, said []byte) error {
	info, err := os.Stat(path)
	if err == nil && info.Size() > 0 {
		return nil
	}
	return fmt.Errorf("%w: LibreOffice made nothing of it: %.300s", corpus.ErrBroken, strings.ToValidUTF8(strings.TrimSpace(string(said)), "\uFFFD"))
}

// direct is the program itself where program is a script that starts it: what
// is started directly dies with us.
func direct(program string) string {
	real, err := filepath.EvalSymlinks(program)
	if err != nil {
		return program
	}
	own := filepath.Join(filepath.Dir(real), "soffice.bin")
	if info, err := os.Stat(own); err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0 {
		return own
	}
	return program
}

// fileURL is the file: address of a path.
func fileURL(path string) string {
	path = filepath.ToSlash(path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // a Windows drive
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}
