package docx

import (
	"strconv"
	"strings"
)

// symbol is the character of a w:sym, which names a font and a place in it.
func symbol(n *node) string {
	code, err := strconv.ParseUint(n.attr("char"), 16, 32)
	if err != nil {
		return ""
	}
	return string(symbolRune(n.attr("font"), rune(code)))
}

// symbolRune is the character that looks like the one at code in a symbol
// font; "•" where there is none.
func symbolRune(font string, code rune) rune {
	if code >= 0xF000 && code <= 0xF0FF {
		code -= 0xF000
	}
	var table map[rune]rune
	switch font := strings.ToLower(font); {
	case font == "wingdings":
		table = wingdings
	case font == "wingdings 2":
		table = wingdings2
	case font == "symbol":
		table = symbolFont
	case strings.HasPrefix(font, "wingdings"), strings.HasPrefix(font, "webdings"):
		return '•'
	default:
		return code
	}
	if r, ok := table[code]; ok {
		return r
	}
	return '•'
}

var wingdings = map[rune]rune{
	0x6C: '●', 0x6D: '❍', 0x6E: '■', 0x6F: '□', 0x71: '❑', 0x72: '❒', 0x75: '◆', 0x76: '❖', 0x77: '◆',
	0x80: '⓪', 0x81: '①', 0x82: '②', 0x83: '③', 0x84: '④', 0x85: '⑤', 0x86: '⑥', 0x87: '⑦', 0x88: '⑧', 0x89: '⑨', 0x8A: '⑩',
	0x8C: '❶', 0x8D: '❷', 0x8E: '❸', 0x8F: '❹', 0x90: '❺', 0x91: '❻', 0x92: '❼', 0x93: '❽', 0x94: '❾', 0x95: '❿',
	0x9F: '•', 0xA1: '○', 0xA4: '◉', 0xA7: '▪', 0xA8: '□', 0xAB: '★', 0xAC: '✪', 0xD8: '➢', 0xDF: '←', 0xE0: '→', 0xE1: '↑', 0xE2: '↓',
	0xE8: '➔', 0xF0: '⇨', 0xFB: '✗', 0xFC: '✔', 0xFD: '☒', 0xFE: '☑',
}

var wingdings2 = map[rune]rune{
	0x4F: '✗', 0x50: '✓', 0x51: '☒', 0x52: '☑', 0x53: '☒', 0x54: '☒', 0x97: '●', 0x98: '•', 0xA2: '■', 0xA3: '□', 0x2A: '□',
	0x6A: '①', 0x6B: '②', 0x6C: '③', 0x6D: '④', 0x6E: '⑤', 0x6F: '⑥', 0x70: '⑦', 0x71: '⑧', 0x72: '⑨', 0x73: '⑩',
}

var symbolFont = map[rune]rune{
	0xB0: '°', 0xB1: '±', 0xB2: '″', 0xB3: '≥', 0xA3: '≤', 0xA5: '∞', 0xA7: '♣', 0xA8: '♦', 0xA9: '♥', 0xAA: '♠', 0xAC: '←', 0xAD: '↑', 0xAE: '→', 0xAF: '↓',
	0xB4: '×', 0xB7: '•', 0xB8: '÷', 0xB9: '≠', 0xBB: '≈', 0xD2: '®', 0xD3: '©', 0xD4: '™', 0x2D: '−', 0x5C: '∴',
	0x61: 'α', 0x62: 'β', 0x67: 'γ', 0x64: 'δ', 0x6C: 'λ', 0x6D: 'μ', 0x70: 'π', 0x73: 'σ', 0x77: 'ω', 0x57: 'Ω', 0x53: 'Σ',
}
