"""The numbers that a browser prints in front of the items of an ordered list."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*[^;]*?(none|decimal|cjk-ideographic|simp-chinese-\w+)")
_CHINESE_DIGITS = "〇一二三四五六七八九"
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MAX_NUMBER = 99_999
# An item that already begins with a label: the page's style sheet switches the list's own numbers off.
_OWN_LABEL = re.compile(
    r"\s*(?:[(（]?[0-9０-９一二三四五六七八九十]{1,3}[)）.．、]|第[一二三四五六七八九十百0-9]+|[①-⑳㈠-㈩⑴-⒛])"
)


def item_numbers(ordered: etree._Element) -> Mapping[etree._Element, str]:
    """Return what a browser prints before each `li` of the list `ordered`, such as `1.` or `一、`.

    The ordinal is that of the HTML standard: `value` sets it, each item before it adds one. Items that begin
    with a label of their own, or whose style says so, have no entry.
    """
    style = _style(ordered)
    kind = style or ordered.get("type") or "decimal"
    start = _integer(ordered.get("start"))
    ordinal = 1 if start is None else start
    numbers: dict[etree._Element, str] = {}
    for item in ordered.iterchildren("li"):
        own = _integer(item.get("value"))
        ordinal = ordinal if own is None else own
        item_style = _style(item) or style
        if item_style != "none" and not _OWN_LABEL.match("".join(item.itertext())):
            numbers[item] = _written(ordinal, item_style or kind)
        ordinal += 1
    return numbers


def _style(element: etree._Element) -> str:
    match = _LIST_STYLE.search(element.get("style") or "")
    return match.group(1) if match else ""


def _integer(text: str | None) -> int | None:
    match = re.match(r"\s*([+-]?[0-9]{1,5})", text or "")
    return int(match.group(1)) if match else None


def _written(number: int, style: str) -> str:
    if not 1 <= number <= _MAX_NUMBER:
        return f"{number}."
    if style.startswith(("cjk", "simp")):
        return f"{_chinese(number)}、"
    if style in ("a", "A") and number <= 26:
        return f"{chr(ord(style) + number - 1)}."
    if style in ("i", "I") and number < 400:
        roman = _roman(number)
        return f"{roman if style == 'i' else roman.upper()}."
    return f"{number}."


def _chinese(number: int) -> str:
    if number >= 100:
        return str(number)
    tens, units = divmod(number, 10)
    ten = ("" if tens < 2 else _CHINESE_DIGITS[tens]) + "十" if tens else ""
    return ten + (_CHINESE_DIGITS[units] if units else "")


def _roman(number: int) -> str:
    written = ""
    for value, letters in _ROMAN:
        while number >= value:
            written += letters
            number -= value
    return written
