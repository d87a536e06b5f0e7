"""Ideographs that a PDF spells with look-alike code points: U+2F08 ⼈ for 人, U+2EAC ⺬ for 示.

Some programs (macOS among them) write the code point of the radical whose glyph the font shares with the
ideograph; a search for 人民 would not find it. Source: Unicode, EquivalentUnifiedIdeograph.txt.
"""

from __future__ import annotations

import unicodedata

_PAIRS = (
    "⺁厂 ⺅亻 ⺈刀 ⺉刂 ⺋㔾 ⺎兀 ⺏尣 ⺐尢 ⺒巳 ⺓幺 ⺔彑 ⺕彐 ⺖忄 ⺗㣺 ⺘扌 ⺙攵 ⺛旡 ⺜日 ⺝月 ⺞歺 "
    "⺟母 ⺠民 ⺡氵 ⺢氺 ⺣灬 ⺤爫 ⺥爫 ⺦丬 ⺧牛 ⺨犭 ⺩王 ⺪疋 ⺫目 ⺬示 ⺭礻 ⺮竹 ⺯糹 ⺰纟 ⺱罓 ⺲罒 "
    "⺳罓 ⺴罓 ⺵罒 ⺶羊 ⺷羊 ⺸羊 ⺹耂 ⺺聿 ⺻聿 ⺼肉 ⺽臼 ⺾艹 ⺿艹 ⻀艹 ⻁虎 ⻂衤 ⻃覀 ⻄西 ⻅见 ⻆角 "
    "⻈讠 ⻉贝 ⻊足 ⻋车 ⻌辶 ⻍辶 ⻎辶 ⻏阝 ⻐钅 ⻑長 ⻒镸 ⻓长 ⻔门 ⻕阝 ⻖阝 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 "
    "⻜飞 ⻝食 ⻟飠 ⻠饣 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫斉 ⻬齐 ⻭歯 ⻮齿 ⻯竜 ⻰龙 ⻱龜 "
    "⻲亀 ⻳龟 "
)
_SUPPLEMENT = {pair[0]: pair[1] for pair in _PAIRS.split()}


def unified(character: str) -> str:
    """The ideograph for a radical or a compatibility ideograph; any other character as it is."""
    if "\u2e80" <= character <= "\u2eff":
        return _SUPPLEMENT.get(character, character)
    if "\u2f00" <= character <= "\u2fd5" or "\uf900" <= character <= "\ufaff":
        return unicodedata.normalize("NFKC", character)
    return character
