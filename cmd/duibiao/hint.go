package main

import (
	"context"
	"errors"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"syscall"

	"duibiao/corpus"
	"duibiao/corpus/store"
	"duibiao/ingest/ocr"
)

// hint turns an error a user can act on into one Chinese sentence and the
// next step. code is what the store and the JSON know it by.
type hint struct {
	is        error
	say, next string
	office    string // what the office itself can do; not for the unit
}

var hints = []hint{
	{is: corpus.ErrNoText, say: "扫描件：各页都只有图像，没有文字层", next: "需OCR：请报送单位改交可复制文字的 PDF 或 Word 文件",
		office: "扫描件也可以在本机装上文字识别后重跑，办法见 duibiao doctor"},
	{is: corpus.ErrGarbled, say: "文字层是乱码：复制出来的字与看到的字不同", next: "需OCR：请报送单位用 Word 或 WPS 重新导出 PDF，或改交 Word 文件"},
	{is: corpus.ErrEncrypted, say: "文件已加密，需要密码才能打开", next: "请报送单位去掉打开密码后重新报送"},
	{is: corpus.ErrNoPages, say: "PDF 中一页也没有", next: "请核对文件是否完整，重新报送"},
	{is: corpus.ErrEmpty, say: "文件是空的，没有任何文字", next: "请核对是否传错文件，重新报送"},
	{is: corpus.ErrTooLarge, say: "超出读取上限", next: "请单位拆分或另存后重新报送"},
	{is: corpus.ErrTimeout, say: "读取超时，已停止读取该文件", next: "可用 --timeout 延长时限后重跑，或请单位另存后重新报送"},
	{is: corpus.ErrMemory, say: "读取时占用内存超限，已停止读取该文件", next: "可用 --memory-mb 放宽上限后重跑，或请单位另存后重新报送"},
	{is: corpus.ErrCrashed, say: "读取该文件时读取程序异常退出", next: "请单位用 Word 或 WPS 打开后另存，重新报送"},
	{is: corpus.ErrNoProgram, say: "这种格式要用 LibreOffice 读取，本机没有安装", next: "请单位另存为 DOCX 后重新报送",
		office: "要用 LibreOffice 读取的，也可以在本机安装后重跑，办法见 duibiao doctor"},
	{is: corpus.ErrNotZip, say: "压缩包不是 zip 格式，里面的文件没有读取", next: "请解压后放进文件夹，或改成 zip 后重新报送"},
	{is: corpus.ErrUnsupported, say: "暂不支持这种格式", next: "请另存为 DOCX、PDF 或 TXT 后重新报送"},
	{is: corpus.ErrPermission, say: "没有读取权限", next: "请修改文件权限后重跑"},
	{is: corpus.ErrBroken, say: "文件已损坏，或内容与格式不符", next: "请用 Word 或 WPS 打开确认，另存后重新报送"},
	{is: ocr.ErrAbsent, say: "没有找到要用的文字识别（OCR）程序", next: "请运行 duibiao doctor 查看怎样安装，或改用 --ocr auto"},
	{is: corpus.ErrBusy, say: "数据目录正被另一个对标程序使用", next: "请等它结束，或用 --data 换一个数据目录"},
	{is: store.ErrDamaged, say: "数据目录里的数据已损坏", next: "请运行 duibiao check 文件夹 --rebuild 重建；审核意见会尽量保留"},
	{is: store.ErrNewer, say: "数据目录是更新版本的对标写的", next: "请改用新版本；或运行 duibiao check 文件夹 --rebuild 重建"},
	{is: fs.ErrNotExist, say: "找不到文件或文件夹", next: "请核对路径"},
	{is: fs.ErrPermission, say: "没有权限", next: "请修改文件或文件夹的权限后重跑"},
	{is: syscall.ENOSPC, say: "磁盘已满", next: "请清出空间后重跑；已读的内容不会丢"},
	{is: syscall.EROFS, say: "这个位置只能读，不能写", next: "结果已存在数据目录里，可用 duibiao gaps 文件夹 --out 别处.xlsx 写到别处"},
	{is: syscall.ENOTDIR, say: "路径中有一段是文件，不是文件夹", next: "请核对路径"},
	{is: context.Canceled, say: "已中断", next: "已读的内容都已保存，再次运行会接着做"},
}

// explain is the Chinese sentence and the next step for err, or "" where the
// table has none. A limit that was passed says what was measured.
func explain(err error) (say, next string) {
	if over := (*corpus.LimitError)(nil); errors.As(err, &over) {
		next = "确需读取的，可用 --" + string(over.Limit) + " 调高上限后重跑"
		if !errors.Is(err, corpus.ErrTooLarge) {
			next += "，或请单位另存后重新报送"
		}
		return flagOf(over.Limit).say(over), next
	}
	for _, h := range hints {
		if errors.Is(err, h.is) {
			return h.say, h.next
		}
	}
	return "", ""
}

// officeCan is what the office itself can do about files that were not read for
// these reasons, one Chinese sentence each.
func officeCan(reasons []string) []string {
	var list []string
	for _, h := range hints {
		if h.office != "" && slices.ContainsFunc(reasons, func(r string) bool { return strings.Contains(r, h.next) }) {
			list = append(list, h.office+"。")
		}
	}
	return list
}

// pagesNamed is what a reader says of pages, in Chinese, in an error.
var pagesNamed = regexp.MustCompile(`第[0-9—、，和至]+页[^:]*`)

// reason is what the reports say of a file that was not read.
func reason(err error) string {
	if say, next := explain(err); say != "" {
		if pages := pagesNamed.FindString(err.Error()); pages != "" {
			kind, _, _ := strings.Cut(say, "：")
			say = kind + "：" + pages
		}
		return say + "。" + next + "。"
	}
	return "读不出：" + err.Error()
}
