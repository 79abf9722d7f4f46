package pdf

// commonHan are characters that ordinary and official Chinese uses all the
// time, in both scripts: well over a third of any text, and a fiftieth of the
// characters that a wrong table would give.
const commonHan = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经" +
	"十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平" +
	"形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党" +
	"程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干" +
	"做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单" +
	"风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界" +
	"拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构" +
	"府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价" +
	"严首底液官德随病苏失尔死讲配女黄推显谈罪神艺呢席含企望密批营项防举球英氧势告李台落木帮轮破亚师围注远字材排供河态封另施减树" +
	"審執監督法規責任依據落實推進加強機關權力復議範圍職能條例國務書記會議貫徹習書學國來時們個這後對發經為學業務產動電長門問題東車無說現實應關變進還過與處實" +
	"执监督依责任贯彻落职违纪监范围职诉讼裁决条款案权益群服务优营环境应急审批街镇村乡社区居宣传训培评估考核清单制度责案件律师调解仲裁矛盾纠纷" +
	"のにはをたがでてとしれさあるいるもなかこらりすくっまよそどけえめだ"

// tables are the lookups that every page needs, made once for a Reader.
type tables struct {
	same   map[rune]rune     // what stands for a character that Unicode holds twice
	common map[rune]struct{} // commonHan
}

func newTables() *tables {
	t := &tables{same: lookalikes(), common: map[rune]struct{}{}}
	for _, r := range commonHan {
		t.common[r] = struct{}{}
	}
	return t
}
