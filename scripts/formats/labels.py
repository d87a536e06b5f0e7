"""Labels at the start of a paragraph, as a word processor's lists generate them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

_DIGITS = "零一二三四五六七八九"


class Form(Enum):
    """A way of printing a number: pattern of the label, the list's format in OOXML, its number in MS-DOC."""

    CHAPTER = (r"第([一二三四五六七八九十]+)章", "chineseCounting", "第%章", 37)
    ARTICLE = (r"第([一二三四五六七八九十]+)条", "chineseCounting", "第%条", 37)
    HAN = (r"([一二三四五六七八九十]+)、", "chineseCounting", "%、", 37)
    HAN_PAREN = (r"（([一二三四五六七八九十]+)）", "chineseCounting", "（%）", 37)
    ARABIC = (r"(\d{1,2})\.(?!\d)", "decimal", "%.", 0)
    CIRCLED = (r"([①-⑳])", "decimalEnclosedCircle", "%", 18)

    def __init__(self, pattern: str, ooxml: str, template: str, code: int) -> None:
        self.pattern = re.compile(pattern)
        self.ooxml = ooxml
        self.template = template
        self.code = code


@dataclass(frozen=True, slots=True)
class Label:
    """The label of a paragraph; `length` counts its characters and the blanks behind it."""

    form: Form
    number: int
    length: int


def label_of(text: str) -> Label | None:
    """The label that opens a paragraph, if any."""
    for form in Form:
        found = form.pattern.match(text)
        if found:
            blanks = len(text) - found.end() - len(text[found.end() :].lstrip())
            return Label(form, _number(found.group(1)), found.end() + blanks)
    return None


def _number(written: str) -> int:
    if written.isdecimal():
        return int(written)
    if "①" <= written <= "⑳":
        return ord(written) - ord("①") + 1
    tens, ten, ones = written.rpartition("十")
    return (_DIGITS.index(tens) if tens else 1) * 10 * bool(ten) + (_DIGITS.index(ones) if ones else 0)


class Lists:
    """Gives each labelled paragraph the list that counts to its number; lists are numbered from 1."""

    def __init__(self, start_list: Callable[[Form, int], int]) -> None:
        self._start_list = start_list
        self._open: dict[Form, tuple[int, int]] = {}  # form → (list, last number)

    def list_of(self, label: Label) -> int:
        """The list that goes on with this label, or a new one that begins with its number."""
        last = self._open.get(label.form)
        if last is None or last[1] + 1 != label.number:
            last = self._start_list(label.form, label.number), 0
        self._open[label.form] = last[0], label.number
        return last[0]
