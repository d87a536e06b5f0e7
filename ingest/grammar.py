"""The numbering grammar of Chinese official documents: which text opens a clause, and with which label.

Source of the levels: GB/T 9704-2012 《党政机关公文格式》 (一、 → （一） → 1. → （1）) and the 立法技术规范 of
the National People's Congress (编, 章, 节, 条, 款, 项, 目).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from functools import partial

_HAN = "[一二三四五六七八九十百〇零]+"
_DIGITS = {"〇": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


class Style(IntEnum):
    """Label styles from the outermost inwards; the value is the canonical rank."""

    PART = 1  # 第一编
    CHAPTER = 2  # 第一章
    SECTION = 3  # 第一节
    ARTICLE = 4  # 第一条
    HAN = 10  # 一、
    ORDINAL = 15  # 第一，
    HAN_PAREN = 20  # （一）
    ARABIC = 30  # 1.
    ARABIC_PAREN = 40  # （1）
    ARABIC_HALF = 45  # 1）
    CIRCLED = 50  # ①
    LETTER = 60  # a.
    DECIMAL = 65  # 1.1; its depth is the number of its parts
    INLINE = 70  # 一是
    BULLET = 80  # ——


STATUTE_STYLES = frozenset({Style.PART, Style.CHAPTER, Style.SECTION, Style.ARTICLE})


@dataclass(frozen=True, slots=True)
class Label:
    """A recognised label: `name` as it stands in a path, `printed` as in the source, `length` characters
    of the line that it takes up (its punctuation and following blanks included)."""

    style: Style
    number: int
    name: str
    printed: str
    length: int

    @property
    def depth(self) -> int:
        """The number of parts of a decimal label, else 0."""
        return self.name.count(".") + 1 if self.style is Style.DECIMAL else 0


def han_number(text: str) -> int:
    """The value of a Chinese numeral below 1,000 (十二 → 12, 一百零三 → 103, 二〇 → 20)."""
    if not re.search("[十百]", text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit = 0, 0
    for char in text:
        if char in "十百":
            total += (digit or 1) * (100 if char == "百" else 10)
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


#: A statute label followed by one of these is a reference (依照第十条规定), not a label.
_REFERENCE = r"(?!(?:规定|所|的|第|、|和|与|至|到|及|中|款|项|以[上下内外前后及]|，|,|。|；|;|或))"
_STATUTE = re.compile(
    rf"第\s*({_HAN}|\d{{1,4}})\s*(编|章|节|条)(?:之({_HAN}))?(?:[\s\u3000]+|{_REFERENCE})[:：]?\s*"
)
_STATUTE_STYLE = {"编": Style.PART, "章": Style.CHAPTER, "节": Style.SECTION, "条": Style.ARTICLE}
#: 一、二类水质 and 一、是 are enumerations inside a sentence.
_HAN_ITEM = re.compile(rf"({_HAN})\s*[、.．](?!\s*{_HAN}[类级、，,])\s*")
_HAN_PAREN = re.compile(rf"[（(]\s*({_HAN})\s*[)）][、.．]?\s*")
_ORDINAL = re.compile(rf"第({_HAN})[，,、：:]\s*")
#: 2、2024年 and 3、5月9日 are labels above a figure; 5、6月 and 11、12号 are enumerations.
_ABOVE_FIGURE = r"(?<=、)(?=[0-9]{1,2}月[0-9]{1,2}日|[0-9]{2,}(?![0-9]|[、号]|月(?![0-9])))"
_ARABIC = re.compile(rf"([0-9０-９]{{1,3}})\s*[.．、](?:(?![0-9０-９])|{_ABOVE_FIGURE})\s*")
_ARABIC_PAREN = re.compile(r"[（(]\s*([0-9０-９]{1,3})\s*[)）][、.．]?\s*")
_ARABIC_HALF = re.compile(r"([0-9０-９]{1,2})\s*[)）]\s*")
_LETTER = re.compile(r"[（(]?([A-Ha-h])[)）.．、]\s*(?=[\u4e00-\u9fff])")
#: 1　总则, without a point: only in documents whose sections are numbered 1.1.
_CHAPTER_NUMBER = re.compile(r"(\d{1,2})[\s\u3000]+(?=[\u4e00-\u9fff])")
_DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,4})[.．、]?\s*(?=[^\d\s%％.．])")
_INLINE = re.compile(rf"({_HAN})(是|要)(?!否|不是)")
#: Dashes alone are an empty cell or a rule, not a bullet.
_BULLET = re.compile(r"(?:[—－–]{1,3}(?![—－–])|-{2,3}(?!-)|[●◆■▪•★])\s*(?=\S)")
#: Single characters that carry a number: ㈠, ⑴, ①, ⒈.
_SINGLES = (
    ("㈠", 10, Style.HAN_PAREN, "（{han}）"),
    ("⑴", 20, Style.ARABIC_PAREN, "（{n}）"),
    ("①", 20, Style.CIRCLED, "{char}"),
    ("⒈", 20, Style.ARABIC, "{n}"),
)
_HAN_DIGITS = "一二三四五六七八九十"
_MEASURE = re.compile(r"\s*(?:[%％℃°]|[A-Za-zμ]|倍|万|亿|个|元|米|吨|年|月|日|生物|低碳|级)")


#: Most lines that begin with a figure are no label: 12, 2024年, 5月9日.
_COULD_OPEN = re.compile(r"[0-9０-９]{1,3}\s*[.．、)）]|[^0-9０-９]")


def match_label(text: str) -> Label | None:
    """The label that the text begins with, or None. Whether it fits its surroundings is the outline's job."""
    matchers = _MATCHERS.get(text[:1])
    if matchers is None or not _COULD_OPEN.match(text):
        return None
    for matcher in matchers:
        label = matcher(text)
        if label is not None:
            return label
    return None


def _match_single(style: Style, number: int, name: str, text: str) -> Label:
    length = 1 + len(text[1:]) - len(text[1:].lstrip(" \u3000、.．"))
    return Label(style, number, name, text[0], length)


def _match_statute(text: str) -> Label | None:
    found = _STATUTE.match(text)
    if not found:
        return None
    numeral, unit, sub = found.groups()
    number = int(unicodedata.normalize("NFKC", numeral)) if numeral[0].isdigit() else han_number(numeral)
    name = f"第{numeral}{unit}" + (f"之{sub}" if sub else "")
    return Label(_STATUTE_STYLE[unit], number, name, found.group().strip(), found.end())


def _match_pattern(pattern: re.Pattern[str], style: Style, form: str, text: str) -> Label | None:
    found = pattern.match(text)
    if not found:
        return None
    numeral = found.group(1)
    if not numeral.isascii():
        numeral = unicodedata.normalize("NFKC", numeral)
    if style is Style.LETTER:
        number = ord(numeral.lower()) - ord("a") + 1
    elif numeral.isdecimal():
        number = int(numeral)
        numeral = str(number)
    else:
        number = han_number(numeral)
    name = form.format(numeral) + (found.group(2) if style is Style.INLINE else "")
    return Label(style, number, name, found.group().strip(), found.end())


def _match_decimal(text: str) -> Label | None:
    found = _DECIMAL.match(text)
    if not found or _MEASURE.match(text, found.end(1)):
        return None
    return Label(
        Style.DECIMAL, int(found.group(1).rsplit(".", 1)[1]), found.group(1), found.group(1), found.end()
    )


def match_chapter_number(text: str) -> Label | None:
    """The label of a first-level section in decimal numbering (1　总则)."""
    found = _CHAPTER_NUMBER.match(text)
    return (
        Label(Style.DECIMAL, int(found.group(1)), found.group(1), found.group(1), found.end())
        if found
        else None
    )


_LEAD_END = re.compile(r"方面(?=[，,。：:；;])|(?=[。：:；;])")


def _match_bullet(text: str) -> Label | None:
    found = _BULLET.match(text)
    if not found:
        return None
    return Label(Style.BULLET, 0, "——" + bullet_lead(text[found.end() :]), found.group().strip(), found.end())


def bullet_lead(text: str) -> str:
    """The words that name a ——bullet: up to 。, ：, ； or the end of 方面; at most 30, cut at a comma."""
    found = _LEAD_END.search(text)
    lead = text[: found.end()] if found else text
    if len(lead) > 30:
        lead = re.split("[，,]", lead, maxsplit=1)[0][:30]
    return lead.strip()


_Matcher = Callable[[str], Label | None]


def _matchers() -> dict[str, tuple[_Matcher, ...]]:
    """What is tried, in order, for a line that begins with each character; most lines begin with another."""
    letter = partial(_match_pattern, _LETTER, Style.LETTER, "{}")
    han_paren = partial(_match_pattern, _HAN_PAREN, Style.HAN_PAREN, "（{}）")
    arabic_paren = partial(_match_pattern, _ARABIC_PAREN, Style.ARABIC_PAREN, "（{}）")
    han_item = partial(_match_pattern, _HAN_ITEM, Style.HAN, "{}")
    inline = partial(_match_pattern, _INLINE, Style.INLINE, "{}")
    arabic = partial(_match_pattern, _ARABIC, Style.ARABIC, "{}")
    half = partial(_match_pattern, _ARABIC_HALF, Style.ARABIC_HALF, "{}）")
    ordinal = partial(_match_pattern, _ORDINAL, Style.ORDINAL, "第{}")
    openers: tuple[tuple[str, tuple[_Matcher, ...]], ...] = (
        ("第", (_match_statute, ordinal)),
        ("（(", (han_paren, arabic_paren, letter)),
        ("0123456789０１２３４５６７８９", (arabic, half, _match_decimal)),
        ("一二三四五六七八九十百〇零", (han_item, inline)),
        ("ABCDEFGHabcdefgh", (letter,)),
        ("—－–-●◆■▪•★", (_match_bullet,)),
    )
    found = {char: matchers for chars, matchers in openers for char in chars}
    for first, count, style, form in _SINGLES:
        for number in range(1, count + 1):
            char = chr(ord(first) + number - 1)
            han = _HAN_DIGITS[number - 1] if number <= 10 else str(number)
            name = form.format(han=han, n=number, char=char)
            found[char] = (partial(_match_single, style, number, name),)
    return found


_MATCHERS = _matchers()


#: 一是 … 二是 inside a paragraph, each at the start of a sentence or clause.
_INLINE_MARK = re.compile(rf"(?:^|(?<=[。；;：:，,！!\s]))({_HAN})(是|要)(?!否|不是)")


#: A sentence that speaks of the whole enumeration, not of its last member.
_CLOSING = re.compile(
    r"(?<=[。；;])(?=(?:在(?:具体|实际)?(?:工作|组织|推进|实施|落实)[\u4e00-\u9fff]{0,4}(?:上|中|时|过程中)|总之|综上|通过(?:以上|上述)[\u4e00-\u9fff]{0,8})[，,])"
)


def closing_of_enumeration(text: str) -> int | None:
    """Where, in the last member of an enumeration, a sentence about the whole begins; None if nowhere."""
    found = _CLOSING.search(text)
    return found.start() if found else None


def closing_after_list(members: list[str]) -> int | None:
    """Where the closing sentence begins in the last member, when all members before it end in ；."""
    if len(members) < 2 or not all(member.rstrip().endswith(("；", ";")) for member in members[:-1]):
        return None
    end = members[-1].find("。")
    rest = members[-1][end + 1 :].strip()
    return end + 1 if end >= 0 and len(rest) > 2 and rest[0] not in "（(" else None


def inline_items(text: str) -> list[tuple[int, Label]]:
    """Positions and labels of an inline enumeration 一是…二是…; empty unless 一 and 二 stand in order."""
    found: list[tuple[int, Label]] = []
    for mark in _INLINE_MARK.finditer(text):
        number = han_number(mark.group(1))
        if number == len(found) + 1 and (not found or mark.group(2) == found[0][1].name[-1]):
            name = mark.group()
            found.append((mark.start(), Label(Style.INLINE, number, name, name, len(name))))
    return found if len(found) >= 2 else []
