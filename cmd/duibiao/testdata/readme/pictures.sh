#!/bin/sh
# Makes the pictures of the README again, from what the program writes about
# corpus/sample. Run it at the top of the repository: `make pictures`. It needs
# LibreOffice, poppler-utils, Chromium and fonts-noto-cjk (`make test` installs
# them).
set -eu
to=$PWD/cmd/duibiao/testdata/readme
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r corpus/sample "$work/sample"
go build -o "$work/duibiao" ./cmd/duibiao
"$work/duibiao" check "$work/sample" -q || test $? -eq 3 # 3: some files of the sample cannot be read
"$work/duibiao" gaps "$work/sample" --format docx --unit 望梧区 >"$work/said"

# paper FILE NAME PAGE DPI FROM-THE-TOP: the upper part of a page of an office file.
paper() {
	soffice "-env:UserInstallation=file://$work/office" --headless --convert-to pdf --outdir "$work" "$1" >"$work/said" 2>&1
	pdftoppm -f "$3" -l "$3" -r "$4" -x 0 -y 0 -W "$6" -H "$5" -singlefile -png "$work/$(basename "${1%.*}").pdf" "$to/$2"
}
paper "$work/sample/差距清单/差距清单.xlsx" list 1 90 620 1052
paper "$work/sample/差距清单/反馈函/望梧区人民政府.docx" letter 2 75 877 620

# screen PLACE NAME WIDTH HEIGHT: the report in a browser.
cp "$work/sample/差距清单/报告.html" "$work/report.html"
screen() {
	chromium --headless --no-sandbox --disable-gpu --hide-scrollbars "--user-data-dir=$work/browser" --virtual-time-budget=5000 \
		"--window-size=$3,$4" "--screenshot=$to/$2.png" "file://$work/report.html#$1" >"$work/said" 2>&1
}
screen overview report 1220 800
screen pair/0 copies 1000 590
ls -l "$to"
