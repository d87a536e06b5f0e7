"""Signs of symbol fonts that notices are printed with, as the Unicode characters that look the same."""

from __future__ import annotations

from collections.abc import Mapping

_WINGDINGS: Mapping[int, str] = {
    **{0x80: "⓪", **{0x81 + i: chr(0x2460 + i) for i in range(10)}},
    **{0x8B: "⓿", **{0x8C + i: chr(0x2776 + i) for i in range(10)}},
    **{0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x74: "◆", 0x75: "◆", 0x76: "❖"},
    **{0x77: "◆", 0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xB2: "☆"},
    **{0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"},
}
_SYMBOL: Mapping[int, str] = {
    **{0xB7: "•", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xA3: "≤", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈"},
    **{0xA5: "∞", 0xAE: "→", 0xAC: "←", 0x6D: "μ", 0x61: "α", 0x62: "β", 0x67: "γ", 0x44: "Δ", 0x53: "∑"},
}
_FONTS: Mapping[str, Mapping[int, str]] = {
    "wingdings": _WINGDINGS,
    "symbol": _SYMBOL,
    "wingdings 2": {0x50: "✓", 0x52: "☑", 0x54: "☒", 0xA3: "□", 0x30: "☑", 0x97: "●"},
}


def symbol(font: str, code: str) -> str:
    """Return the character with the hexadecimal `code` in `font`; "" if the code is none.

    Symbol fonts have their signs at F000–F0FF as well as at 00–FF. A sign without an equal in Unicode stays
    what it is, in the private use area, so that it is not lost.
    """
    try:
        point = int(code, 16)
    except ValueError:
        return ""
    if not 0 < point < 0x110000 or 0xD800 <= point < 0xE000:
        return ""
    signs = _FONTS.get(font.strip().lower())
    return chr(point) if signs is None else signs.get(point & 0xFF, chr(point))
