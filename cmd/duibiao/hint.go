package main

import (
	"context"
	"errors"
	"io/fs"
	"syscall"

	"duibiao/corpus"
	"duibiao/corpus/store"
)

// hint turns an error a user can act on into one Chinese sentence and the
// next step. code is what the store and the JSON know it by.
type hint struct {
	is        error
	say, next string
}

var hints = []hint{
	{corpus.ErrNoText, "扫描件：各页都只有图像，没有文字层", "需OCR：请报送单位改交可复制文字的 PDF 或 Word 文件"},
	{corpus.ErrGarbled, "文字层是乱码：复制出来的字与看到的字不同", "需OCR：请报送单位用 Word 或 WPS 重新导出 PDF，或改交 Word 文件"},
	{corpus.ErrEncrypted, "文件已加密，需要密码才能打开", "请报送单位去掉打开密码后重新报送"},
	{corpus.ErrNoPages, "PDF 中一页也没有", "请核对文件是否完整，重新报送"},
	{corpus.ErrEmpty, "文件是空的，没有任何文字", "请核对是否传错文件，重新报送"},
	{corpus.ErrTooLarge, "超出读取上限", "确需读取的，可用 --max-mb、--max-pages 放宽上限后重跑"},
	{corpus.ErrTimeout, "读取超时，已停止读取该文件", "可用 --timeout 延长时限后重跑，或请单位另存后重新报送"},
	{corpus.ErrMemory, "读取时占用内存超限，已停止读取该文件", "可用 --memory-mb 放宽上限后重跑，或请单位另存后重新报送"},
	{corpus.ErrCrashed, "读取该文件时读取程序异常退出", "请单位用 Word 或 WPS 打开后另存，重新报送"},
	{corpus.ErrUnsupported, "暂不支持这种格式", "请另存为 DOCX、PDF 或 TXT 后重新报送"},
	{corpus.ErrPermission, "没有读取权限", "请修改文件权限后重跑"},
	{corpus.ErrBroken, "文件已损坏，或内容与格式不符", "请用 Word 或 WPS 打开确认，另存后重新报送"},
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
// table has none.
func explain(err error) (say, next string) {
	for _, h := range hints {
		if errors.Is(err, h.is) {
			return h.say, h.next
		}
	}
	return "", ""
}

// reason is what the reports say of a file that was not read.
func reason(err error) string {
	if say, next := explain(err); say != "" {
		return say + "。" + next + "。"
	}
	return "读不出：" + err.Error()
}
