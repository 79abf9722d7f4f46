package main

import (
	"context"
	"errors"
	"io/fs"
	"regexp"
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
}

var hints = []hint{
	{corpus.ErrNoText, "扫描件：各页都只有图像，没有文字层", "需OCR：请报送单位改交可复制文字的 PDF 或 Word 文件。也可以在本机装上文字识别后重跑，办法见 duibiao doctor"},
	{corpus.ErrGarbled, "文字层是乱码：复制出来的字与看到的字不同", "需OCR：请报送单位用 Word 或 WPS 重新导出 PDF，或改交 Word 文件"},
	{corpus.ErrEncrypted, "文件已加密，需要密码才能打开", "请报送单位去掉打开密码后重新报送"},
	{corpus.ErrNoPages, "PDF 中一页也没有", "请核对文件是否完整，重新报送"},
	{corpus.ErrEmpty, "文件是空的，没有任何文字", "请核对是否传错文件，重新报送"},
	{corpus.ErrTooLarge, "超出读取上限", "请单位拆分或另存后重新报送"},
	{corpus.ErrTimeout, "读取超时，已停止读取该文件", "可用 --timeout 延长时限后重跑，或请单位另存后重新报送"},
	{corpus.ErrMemory, "读取时占用内存超限，已停止读取该文件", "可用 --memory-mb 放宽上限后重跑，或请单位另存后重新报送"},
	{corpus.ErrCrashed, "读取该文件时读取程序异常退出", "请单位用 Word 或 WPS 打开后另存，重新报送"},
	{corpus.ErrNoProgram, "这种格式要用 LibreOffice 读取，本机没有安装", "请安装 LibreOffice 后重跑（duibiao doctor 有安装办法），或请单位另存为 DOCX 后重新报送"},
	{corpus.ErrNotZip, "压缩包不是 zip 格式，里面的文件没有读取", "请解压后放进文件夹，或改成 zip 后重新报送"},
	{corpus.ErrUnsupported, "暂不支持这种格式", "请另存为 DOCX、PDF 或 TXT 后重新报送"},
	{corpus.ErrPermission, "没有读取权限", "请修改文件权限后重跑"},
	{corpus.ErrBroken, "文件已损坏，或内容与格式不符", "请用 Word 或 WPS 打开确认，另存后重新报送"},
	{ocr.ErrAbsent, "没有找到要用的文字识别（OCR）程序", "请运行 duibiao doctor 查看怎样安装，或改用 --ocr auto"},
	{corpus.ErrBusy, "数据目录正被另一个对标程序使用", "请等它结束，或用 --data 换一个数据目录"},
	{store.ErrDamaged, "数据目录里的数据已损坏", "请运行 duibiao check 文件夹 --rebuild 重建；审核意见会尽量保留"},
	{store.ErrNewer, "数据目录是更新版本的对标写的", "请改用新版本；或运行 duibiao check 文件夹 --rebuild 重建"},
	{fs.ErrNotExist, "找不到文件或文件夹", "请核对路径"},
	{fs.ErrPermission, "没有权限", "请修改文件或文件夹的权限后重跑"},
	{syscall.ENOSPC, "磁盘已满", "请清出空间后重跑；已读的内容不会丢"},
	{syscall.EROFS, "这个位置只能读，不能写", "结果已存在数据目录里，可用 duibiao gaps 文件夹 --out 别处.xlsx 写到别处"},
	{syscall.ENOTDIR, "路径中有一段是文件，不是文件夹", "请核对路径"},
	{context.Canceled, "已中断", "已读的内容都已保存，再次运行会接着做"},
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
