package main

import "github.com/spf13/cobra"

// jsonHelp is the help topic on the JSON contract.
func jsonHelp() *cobra.Command {
	return &cobra.Command{
		Use:   "json",
		Short: "说明 --format json 输出的字段",
		Long:  jsonContract,
		Args:  exactArgs(),
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
}

const jsonContract = `check --format json 输出一个对象（version 为 1；字段只增不改，改则升版本）：

  version     1
  run         本次运行：文件数、用时（秒）、各部件与规则的版本
  documents   每份文件一项：
    id path             相对于文件夹的路径；压缩包内为 a.zip!/b.docx；书架上的为 书架名/路径
    unit unit_kind year date kind
                        单位、单位类别、年度、落款日期（2025-01-12）、种类（方案、年度报告、自评报告、通知、其他）
    status reason       ok 已读；ocr 据OCR；partial 部分页未读；unreadable 未读。reason 说明原因
    runes pages         字数（含标点，按字符计）、页数（没有页的格式为 0）
    measures            度量，书架上的和没有读出的为 null；比例都在 0 到 1 之间：
                        runes 参与比对的字数；passages 雷同段落占比（连同其中的公共表述和改动的字）；total 总文字复制比；copied 去除公共表述复制比（比较时看这一项）；
                        largest source 单篇最大复制比和那一篇；previous 往年重复率；formulae 套话率；
                        within 文内重复率；facts facts_per_thousand 可核对的事实数、事实/千字
  matrix      每个单位 × 每项指标一项：
    unit indicator no title
                        单位、指标编号、办公室表中的序号、指标名称
    status              达标 空泛 只有打算 雷同 缺项 不适用 未判
    score               匹配把握，0 到 1
    evidence            佐证：doc start end page section quote ocr（据OCR，字可能有误）
    why                 一句话理由
    measures            佐证所在各段的度量，同上；没有佐证的为 null
  findings    每个问题一项：
    id                  由单位、指标、问题类型和原文内容算出，重新运行或改动其他文字后不变
    unit doc indicator  针对整份文件或整个单位的，indicator 为 null
    check severity message value threshold
                        问题类型、程度（高 中 低）、表述、实测值、界限
    start end page section quote ocr
                        原文位置与摘录；不针对某处文字的为 null
    source              雷同的另一方：doc unit start end quote；没有的为 null
    status              open 未销号；fixing 整改中；closed 已销号；exempt 豁免、误报
    review note         审查意见（待核 属实 误报 豁免）和审查备注
    round               与上一轮相比：新增、仍在；第一轮为空。用 gaps --status 选出的还有：已改 撤下 未复核
  reuse       每处雷同一项：
    doc start end source source_start source_end quote source_quote
    kind                上级 同级 往年 范文 同源 引用
    runes share         除去公共表述后的相同字数、占本份文件的比例

start、end 是字符（不是字节）位置，左闭右开，从 0 起，按 duibiao text 打印的文字计。
UTF-8 的 .txt 文件，打印的文字就是文件本身（去掉文件头的 BOM，换行统一为 LF）。

compare --format jsonl     每行一个 reuse 对象
search --format json       {"total","hits":[{"doc","unit","year","page","section","start","end","snippet",
                           "spans":[[start,end],…],"match":"literal|related"}]}，一段一条
rules judge --format jsonl 从标准输入逐行读 {"text","item","kind"}，逐行输出 {"status","facts","reasons"}

退出码：0 完成；1 失败；2 命令用错；3 完成，但有文件未能判读；4 加了 --fail-on gap 且查出差距。`
